/* coherence.c - see coherence.h and entente/composite.h. Comes in: data, tree, methods; goes out: correlations of their
 * scores, alpha of groups, and how much each node moves what stands above it. */
#include "composite/coherence.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "composite/composite.h"
#include "composite/uncertain.h"
#include "num/correlation.h"

#define MOST_UNITS ((size_t)20000) /* for importance, whose cost is their square */

/* ---- alpha ---- */

/* The sum of a row; NaN where a part is missing. */
static double row_sum(const double *const *columns, size_t items, size_t row) {
  double sum = 0;
  size_t k;
  for (k = 0; k < items; k++) sum += columns[k][row];
  return sum;
}

double ent_coherence_alpha(const double *const *columns, size_t items, size_t count, size_t least) {
  double parts = 0, whole = 0, mean = 0, sum;
  size_t rows = 0, i, k;
  if (items < 2) return NAN;
  for (i = 0; i < count; i++) {
    if (isnan(sum = row_sum(columns, items, i))) continue;
    mean += sum;
    rows++;
  }
  if (rows < least || rows < 2) return NAN;
  mean /= (double)rows;
  for (i = 0; i < count; i++)
    if (!isnan(sum = row_sum(columns, items, i))) whole += (sum - mean) * (sum - mean);
  for (k = 0; k < items; k++) {
    double centre = 0;
    for (i = 0; i < count; i++)
      if (!isnan(row_sum(columns, items, i))) centre += columns[k][i];
    centre /= (double)rows;
    for (i = 0; i < count; i++)
      if (!isnan(row_sum(columns, items, i))) parts += (columns[k][i] - centre) * (columns[k][i] - centre);
  }
  return whole > 0 ? (double)items / (double)(items - 1) * (1 - parts / whole) : NAN;
}

/* ---- correlation ratio ---- */

static void moments_of(const double *x, size_t count, double *mean, double *square) {
  size_t i;
  *mean = *square = 0;
  for (i = 0; i < count; i++) *mean += x[i];
  *mean /= (double)count;
  for (i = 0; i < count; i++) *square += (x[i] - *mean) * (x[i] - *mean);
}

/* The regression's value at the point at, and how much the point's own y counts in it. width: bandwidth; 0: a straight
 * line, all points alike. */
static double local_line(const double *x, const double *y, size_t count, size_t at, double width, double *own) {
  double s0 = 0, s1 = 0, s2 = 0, t0 = 0, t1 = 0, bottom;
  size_t i;
  for (i = 0; i < count; i++) {
    const double d = x[i] - x[at], z = width > 0 ? d / width : 0, k = exp(-z * z / 2);
    s0 += k;
    s1 += k * d;
    s2 += k * d * d;
    t0 += k * y[i];
    t1 += k * d * y[i];
  }
  bottom = s0 * s2 - s1 * s1;
  if (!(bottom > 1e-12 * s0 * s2)) { /* all that counts stands at one place */
    *own = 1 / s0;
    return t0 / s0;
  }
  *own = s2 / bottom;
  return (s2 * t0 - s1 * t1) / bottom;
}

/* Fits all points; the sum of squared errors when each is left out of its own fit. */
static double fit(const double *x, const double *y, size_t count, double width, double *fitted) {
  double error = 0;
  size_t i;
  for (i = 0; i < count; i++) {
    double own, e;
    fitted[i] = local_line(x, y, count, i, width, &own);
    e = own < 1 ? (y[i] - fitted[i]) / (1 - own) : INFINITY;
    error += e * e;
  }
  return error;
}

double ent_coherence_ratio(const double *x, const double *y, size_t count, double *scratch) {
  static const double steps[] = {0, 4, 2.8, 2, 1.4, 1, 0.7, 0.5, 0.35, 0.25};
  double *fitted = scratch, *best = scratch + count;
  double mean, square, y_mean, y_square, least = INFINITY, centre, ratio;
  size_t i;
  if (count < 3) return NAN;
  moments_of(x, count, &mean, &square);
  moments_of(y, count, &y_mean, &y_square);
  if (!(square > 0) || !(y_square > 0)) return NAN;
  for (i = 0; i < sizeof steps / sizeof *steps; i++) {
    const double width = steps[i] * sqrt(square / (double)(count - 1)) * pow((double)count, -0.2);
    const double error = fit(x, y, count, width, fitted);
    if (i && !(error < least)) continue;
    least = error;
    memcpy(best, fitted, count * sizeof *best);
  }
  moments_of(best, count, &centre, &ratio);
  ratio /= y_square;
  return ratio < 1 ? ratio : 1;
}

/* ---- a composite ---- */

typedef struct scored { /* nodes by columns of units */
  const ent_composite_tree *tree;
  size_t units, nodes, top;
  const double **column;
  double *weight;
  double *x, *y, *scratch; /* units, units, 3 x units */
} scored;

/* The units that have both. */
static size_t pair_up(const scored *s, size_t a, size_t b) {
  size_t i, count = 0;
  for (i = 0; i < s->units; i++) {
    s->x[count] = s->column[a][i];
    s->y[count] = s->column[b][i];
    count += !isnan(s->column[a][i]) && !isnan(s->column[b][i]);
  }
  return count;
}

static void put(double *array, size_t i, double value) {
  if (array) array[i] = value;
}

static void correlate(const scored *s, const ent_composite_coherence *out) {
  const size_t n = s->nodes;
  size_t a, b;
  for (a = 0; a < n; a++) {
    for (b = a; b < n; b++) {
      const size_t count = pair_up(s, a, b);
      const bool enough = count >= ENT_COMPOSITE_LEAST_TO_CORRELATE;
      double r[3] = {NAN, NAN, NAN};
      if (enough && out->pearson) r[0] = ent_correlation_pearson(s->x, s->y, count);
      if (enough && out->spearman) r[1] = ent_correlation_spearman(s->x, s->y, count, s->scratch);
      if (enough && out->kendall) r[2] = ent_correlation_kendall(s->x, s->y, count, s->scratch);
      put(out->pearson, a * n + b, r[0]), put(out->pearson, b * n + a, r[0]);
      put(out->spearman, a * n + b, r[1]), put(out->spearman, b * n + a, r[1]);
      put(out->kendall, a * n + b, r[2]), put(out->kendall, b * n + a, r[2]);
    }
  }
}

static void put_alphas(const scored *s, const double **children, const ent_composite_coherence *out) {
  size_t i, k;
  for (i = 0; i < s->nodes; i++) {
    size_t count = 0;
    for (k = 0; k < s->nodes; k++)
      if (s->tree->parent[k] == (int)i) children[count++] = s->column[k];
    out->alpha[i] = ent_coherence_alpha(children, count, s->units, ENT_COMPOSITE_LEAST_TO_CORRELATE);
  }
}

static double main_effect(const scored *s, size_t node, size_t of) {
  const size_t count = pair_up(s, node, of);
  return count < ENT_COMPOSITE_LEAST_TO_CORRELATE ? NAN : ent_coherence_ratio(s->x, s->y, count, s->scratch);
}

static void put_effects(const scored *s, double *sum, const ent_composite_coherence *out) {
  const int *parent = s->tree->parent;
  double *importance = s->weight + s->nodes; /* kept here where it is not wanted outside */
  size_t i;
  for (i = 0; i < s->nodes; i++) {
    double r;
    if (parent[i] < 0) {
      put(out->linear, i, NAN);
      importance[i] = NAN;
      continue;
    }
    const size_t count = pair_up(s, i, (size_t)parent[i]);
    r = count < ENT_COMPOSITE_LEAST_TO_CORRELATE ? NAN : ent_correlation_pearson(s->x, s->y, count);
    put(out->linear, i, r * r);
    importance[i] = out->importance || out->importance_share ? main_effect(s, i, (size_t)parent[i]) : NAN;
    if (!isnan(importance[i])) sum[parent[i]] += importance[i];
  }
  for (i = 0; i < s->nodes; i++) {
    put(out->importance, i, importance[i]);
    put(out->importance_share, i, parent[i] >= 0 && sum[parent[i]] > 0 ? importance[i] / sum[parent[i]] : NAN);
    if (out->top_importance) out->top_importance[i] = i == s->top ? NAN : main_effect(s, i, s->top);
  }
}

static void put_weights(const scored *s, const ent_composite_coherence *out) {
  const int *parent = s->tree->parent;
  size_t i;
  for (i = 0; i < s->nodes; i++) {
    double product = 1;
    int at;
    for (at = (int)i; parent[at] >= 0; at = parent[at]) product *= s->weight[at];
    put(out->weight, i, s->weight[i]);
    put(out->top_weight, i, product);
  }
}

/* Evaluates, and turns scores into columns. */
static ent_composite_reason score(scored *s, ent_arena *arena, const ent_composite_data *data,
                                  const ent_composite_methods *methods, ent_composite_fault *fault) {
  const size_t n = s->units, nodes = s->nodes;
  double *rows = ent_arena_take(arena, n, nodes * sizeof *rows),
         *columns = ent_arena_take(arena, n, nodes * sizeof *rows);
  ent_composite_scores out = {.score = rows};
  ent_composite_reason reason;
  size_t i, k;
  s->column = ent_arena_take(arena, nodes, sizeof *s->column);
  s->weight = out.weight = ent_arena_take(arena, nodes, 2 * sizeof *s->weight);
  s->x = ent_arena_take(arena, n, sizeof *s->x);
  s->y = ent_arena_take(arena, n, sizeof *s->y);
  s->scratch = ent_arena_take(arena, n, 3 * sizeof *s->scratch);
  if (!rows || !columns || !s->column || !s->weight || !s->x || !s->y || !s->scratch)
    return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_composite_evaluate(data, s->tree, methods, &out, fault);
  for (k = 0; k < nodes && !reason; k++) {
    s->column[k] = columns + k * n;
    for (i = 0; i < n; i++) columns[k * n + i] = rows[i * nodes + k];
    if (s->tree->parent[k] < 0) s->top = k;
  }
  return reason;
}

static ent_composite_reason cohere(scored *s, ent_arena *arena, const ent_composite_coherence *out,
                                   ent_composite_fault *fault) {
  const double **children = ent_arena_take(arena, s->nodes, sizeof *children);
  double *sum = ent_arena_take(arena, s->nodes, sizeof *sum);
  size_t i, count = 0;
  if (!children || !sum) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (i = 0; i < s->units; i++) count += !isnan(s->column[s->top][i]);
  if (count < ENT_COMPOSITE_LEAST_TO_CORRELATE)
    return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_TO_CORRELATE, -1, -1);
  if (out->pearson || out->spearman || out->kendall) correlate(s, out);
  if (out->alpha) put_alphas(s, children, out);
  put_effects(s, sum, out);
  put_weights(s, out);
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_cohere(const ent_composite_data *data, const ent_composite_tree *tree,
                                          const ent_composite_methods *methods, const ent_composite_coherence *out,
                                          ent_composite_fault *fault) {
  scored s = {.tree = tree, .units = data->unit_count, .nodes = tree->node_count};
  ent_composite_reason reason;
  ent_arena *arena;
  ent_composite_wrong(fault, ENT_COMPOSITE_FINE, -1, -1);
  if (!s.units || !s.nodes) return ent_composite_wrong(fault, ENT_COMPOSITE_NO_UNITS, -1, -1);
  if (s.units > MOST_UNITS || s.nodes > ENT_UNCERTAIN_MOST / s.units)
    return ent_composite_wrong(fault, ENT_COMPOSITE_TOO_LARGE, -1, -1);
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = score(&s, arena, data, methods, fault);
  if (!reason) reason = cohere(&s, arena, out, fault);
  ent_arena_free(arena);
  return reason;
}
