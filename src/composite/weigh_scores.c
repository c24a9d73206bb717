/* weigh_scores.c - weights of a group that hang on its children's scores: the first principal component, and equal
 * correlations with the parent. */
#include "composite/composite.h"

#include <float.h>
#include <math.h>

#include "num/principal.h"

/* ---- the children as deviations of length 1 ---- */

typedef struct family {
  int node;
  const int *child;
  size_t count, units; /* children; units that are kept */
  double *centred;     /* children x units: deviations from the mean, over their length */
} family;

/* false: it does not vary, but for rounding. */
static bool centre(const ent_composite_work *work, const double *column, size_t units, double *out) {
  double least, most, mean = 0, squares = 0;
  size_t unit, k = 0;
  ent_composite_ends(column, work->unit_count, &least, &most);
  if (!(most - least > 1e-12 * fmax(fabs(least), fabs(most)))) return false;
  for (unit = 0; unit < work->unit_count; unit++)
    if (work->kept[unit]) mean += column[unit] / (double)units;
  for (unit = 0; unit < work->unit_count; unit++)
    if (work->kept[unit]) out[k++] = (column[unit] - mean) / (most - least);
  for (k = 0; k < units; k++) squares += out[k] * out[k];
  for (k = 0; k < units; k++) out[k] /= sqrt(squares);
  return true;
}

static double product(const double *a, const double *b, size_t count) {
  double sum = 0;
  size_t k;
  for (k = 0; k < count; k++) sum += a[k] * b[k];
  return sum;
}

static ent_composite_reason gather(ent_composite_work *work, int node, ent_arena *arena, family *out,
                                   ent_composite_fault *fault) {
  const ent_composite_nodes *nodes = &work->nodes;
  size_t unit, k;
  *out = (family){.node = node,
                  .child = nodes->child + nodes->first[node],
                  .count = nodes->first[node + 1] - nodes->first[node],
                  .units = work->kept_count};
  if (out->units < 3) return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  if (out->units <= SIZE_MAX / out->count)
    out->centred = ent_arena_take(arena, out->count * out->units, sizeof *out->centred);
  if (!out->centred) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (k = 0; k < out->count; k++) {
    const double *column = ent_composite_column(work, out->child[k]);
    double least, most;
    if (ent_composite_ends(column, work->unit_count, &least, &most))
      for (unit = 0; unit < work->unit_count; unit++)
        if (work->kept[unit] && isnan(column[unit]))
          return ent_composite_wrong(fault, ENT_COMPOSITE_MISSING_VALUES, (long)unit, out->child[k]);
    if (!centre(work, column, out->units, out->centred + k * out->units))
      return ent_composite_wrong(fault, ENT_COMPOSITE_NO_VARIATION, -1, out->child[k]);
  }
  return ENT_COMPOSITE_FINE;
}

/* ---- the first principal component ---- */

static ent_composite_reason weigh_by_component(ent_composite_work *work, const family *in, ent_arena *arena,
                                               ent_composite_fault *fault) {
  size_t n = in->count, i, k;
  double *correlation = ent_arena_take(arena, n * n, sizeof *correlation);
  double *vectors = ent_arena_take(arena, n * n, sizeof *vectors), *values = ent_arena_take(arena, n, sizeof *values);
  double sum = 0;
  if (!correlation || !vectors || !values) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (i = 0; i < n; i++)
    for (k = 0; k <= i; k++)
      correlation[i * n + k] =
          i == k ? 1 : product(in->centred + i * in->units, in->centred + k * in->units, in->units);
  if (!ent_eigen_symmetric(correlation, n, values, vectors, arena))
    return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (k = 0; k < n; k++) sum += vectors[k * n] * vectors[k * n];
  for (k = 0; k < n; k++) work->weight[in->child[k]] = vectors[k * n] * vectors[k * n] / sum;
  return ENT_COMPOSITE_FINE;
}

/* ---- equal correlations: Levenberg (1944) and Marquardt (1963), on logarithms of weights ---- */

typedef struct search {
  ent_composite_work *work;
  const family *family;
  double *parent;                           /* units of the work, then of the family */
  double *weight;                           /* nodes */
  double *at, *to, *gap, *trial, *gradient; /* children */
  double *slope;                      /* children x children: of the gap of the row with the weight of the column */
  double *product, *values, *vectors; /* children x children, children, children x children */
  ent_composite_fault *fault;
} search;

static bool open_search(search *out, ent_arena *arena) {
  size_t n = out->family->count, units = out->work->unit_count;
  double *list = ent_arena_take(arena, n, 6 * sizeof *list);
  out->parent = ent_arena_take(arena, units, 2 * sizeof *out->parent);
  out->weight = ent_arena_take(arena, out->work->nodes.count, sizeof *out->weight);
  out->slope = ent_arena_take(arena, n * n, sizeof *out->slope);
  out->product = ent_arena_take(arena, n * n, sizeof *out->product);
  out->vectors = ent_arena_take(arena, n * n, sizeof *out->vectors);
  if (!list || !out->parent || !out->weight || !out->slope || !out->product || !out->vectors) return false;
  out->at = list;
  out->to = list + n;
  out->gap = list + 2 * n;
  out->trial = list + 3 * n;
  out->gradient = list + 4 * n;
  out->values = list + 5 * n;
  return true;
}

static void set_weights(const search *in, const double *at, double *weight) {
  const family *f = in->family;
  double most = at[0], sum = 0;
  size_t k;
  for (k = 1; k < f->count; k++) most = fmax(most, at[k]);
  for (k = 0; k < f->count; k++) sum += exp(at[k] - most);
  for (k = 0; k < f->count; k++) weight[f->child[k]] = exp(at[k] - most) / sum;
}

/* How far each child's correlation with the parent lies from their mean. A parent that does not vary: NO_VARIATION. */
static ent_composite_reason find_gaps(const search *in, const double *at, double *gap) {
  const family *f = in->family;
  double *centred = in->parent + in->work->unit_count, mean = 0;
  ent_composite_reason reason;
  size_t k;
  set_weights(in, at, in->weight);
  if ((reason = ent_composite_aggregate(in->work, f->node, in->weight, in->parent, in->fault))) return reason;
  if (!centre(in->work, in->parent, f->units, centred))
    return ent_composite_wrong(in->fault, ENT_COMPOSITE_NO_VARIATION, -1, f->node);
  for (k = 0; k < f->count; k++) {
    gap[k] = product(f->centred + k * f->units, centred, f->units);
    mean += gap[k] / (double)f->count;
  }
  for (k = 0; k < f->count; k++) gap[k] -= mean;
  return ENT_COMPOSITE_FINE;
}

/* Slopes by differences, their products in vectors and values, and the gradient along each vector. */
static ent_composite_reason find_slopes(const search *in, ent_arena *arena) {
  const double step = 1e-6;
  size_t n = in->family->count, i, k, m;
  ent_composite_reason reason;
  for (k = 0; k < n; k++) in->to[k] = in->at[k];
  for (k = 0; k < n; k++) {
    in->to[k] = in->at[k] + step;
    if ((reason = find_gaps(in, in->to, in->trial))) return reason;
    in->to[k] = in->at[k];
    for (i = 0; i < n; i++) in->slope[i * n + k] = (in->trial[i] - in->gap[i]) / step;
  }
  for (i = 0; i < n; i++)
    for (k = 0; k < n; k++)
      for (in->product[i * n + k] = 0, m = 0; m < n; m++)
        in->product[i * n + k] += in->slope[m * n + i] * in->slope[m * n + k];
  if (!ent_eigen_symmetric(in->product, n, in->values, in->vectors, arena))
    return ent_composite_wrong(in->fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (i = 0; i < n; i++)
    for (in->gradient[i] = 0, k = 0; k < n; k++)
      for (m = 0; m < n; m++) in->gradient[i] += in->vectors[k * n + i] * in->slope[m * n + k] * in->gap[m];
  return ENT_COMPOSITE_FINE;
}

/* No weight moves by more than e^2 at once, nor beyond e^-30 of the largest. */
static void damped_step(const search *in, double damping) {
  size_t n = in->family->count, i, k;
  double most = -INFINITY;
  for (k = 0; k < n; k++) {
    double step = 0;
    for (i = 0; i < n; i++) step -= in->vectors[k * n + i] * in->gradient[i] / (fmax(in->values[i], 0) + damping);
    in->to[k] = in->at[k] + (step > 2 ? 2 : step < -2 ? -2 : step);
    most = fmax(most, in->to[k]);
  }
  for (k = 0; k < n; k++) in->to[k] = fmax(in->to[k] - most, -30);
}

enum { MOST_ROUNDS = 200 };

static ent_composite_reason equalise(const search *in, ent_arena *arena) {
  size_t n = in->family->count, k;
  ent_composite_reason reason = find_gaps(in, in->at, in->gap);
  double damping = 1e-3, squares = product(in->gap, in->gap, n);
  bool fresh = true;
  int round;
  for (round = 0; !reason && round < MOST_ROUNDS && squares > 1e-24 && damping < 1e10; round++) {
    double now;
    if (fresh && (reason = find_slopes(in, arena))) break;
    damped_step(in, damping);
    if ((reason = find_gaps(in, in->to, in->trial))) break;
    now = product(in->trial, in->trial, n);
    fresh = now < squares;
    damping *= fresh ? 0.1 : 10;
    if (!fresh) continue;
    for (k = 0; k < n; k++) in->at[k] = in->to[k], in->gap[k] = in->trial[k];
    squares = now;
  }
  if (!reason) set_weights(in, in->at, in->work->weight);
  return reason;
}

static bool is_mean(const ent_composite_work *work, int node) {
  size_t level = (size_t)work->nodes.height[node] - 1;
  if (level >= work->methods.level_count) level = work->methods.level_count - 1;
  switch (work->methods.aggregation[level]) {
    case ENT_AGGREGATE_ARITHMETIC:
    case ENT_AGGREGATE_GEOMETRIC:
    case ENT_AGGREGATE_HARMONIC:
    case ENT_AGGREGATE_POWER: return true;
    default: return false;
  }
}

static ent_composite_reason weigh_by_correlations(ent_composite_work *work, const family *in, ent_arena *arena,
                                                  ent_composite_fault *fault) {
  search all = {.work = work, .family = in, .fault = fault};
  if (!is_mean(work, in->node)) return ent_composite_wrong(fault, ENT_COMPOSITE_MISMATCH, -1, in->node);
  if (!open_search(&all, arena)) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  return equalise(&all, arena);
}

/* An only child takes all; equal weights, which ent_composite_weigh has set, are that. */
ent_composite_reason ent_composite_weigh_group(ent_composite_work *work, int node, ent_composite_fault *fault) {
  ent_composite_reason reason;
  ent_arena *arena;
  family in;
  if (work->nodes.first[node + 1] - work->nodes.first[node] < 2) return ENT_COMPOSITE_FINE;
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = gather(work, node, arena, &in, fault);
  if (!reason && work->methods.weighting == ENT_WEIGHT_PRINCIPAL) reason = weigh_by_component(work, &in, arena, fault);
  else if (!reason) reason = weigh_by_correlations(work, &in, arena, fault);
  ent_arena_free(arena);
  return reason;
}
