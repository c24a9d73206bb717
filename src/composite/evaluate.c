/* evaluate.c - all steps, in their order. */
#include "composite/composite.h"

#include <math.h>

size_t ent_composite_ends(const double *values, size_t count, double *least, double *most) {
  size_t i, present = 0;
  *least = *most = NAN;
  for (i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    if (!present++) *least = *most = values[i];
    if (values[i] < *least) *least = values[i];
    if (values[i] > *most) *most = values[i];
  }
  return present;
}

/* ---- turning matrices, a few rows at a time, so that both sides stay at hand ---- */

enum { ROWS = 64 };

/* columns x rows to rows x columns, as they go out; and in. */
static void turn(const double *from, size_t rows, size_t columns, double *to) {
  size_t begin, row, column;
  for (begin = 0; begin < rows; begin += ROWS) {
    size_t end = rows - begin < ROWS ? rows : begin + ROWS;
    for (column = 0; column < columns; column++)
      for (row = begin; row < end; row++) to[row * columns + column] = ent_composite_plain(from[column * rows + row]);
  }
}

static void turn_in(const double *from, size_t rows, size_t columns, double *to) {
  size_t begin, row, column;
  for (begin = 0; begin < rows; begin += ROWS) {
    size_t end = rows - begin < ROWS ? rows : begin + ROWS;
    for (column = 0; column < columns; column++)
      for (row = begin; row < end; row++) to[column * rows + row] = from[row * columns + column];
  }
}

/* ---- the steps ---- */

static ent_composite_reason find_infinite(const ent_composite_work *work, ent_composite_fault *fault) {
  size_t k, count = work->indicator_count * work->unit_count;
  for (k = 0; k < count; k++)
    if (isinf(work->column[k]))
      return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, (long)(k % work->unit_count),
                                 (long)(k / work->unit_count));
  return ENT_COMPOSITE_FINE;
}

typedef enum step { SCREEN, TREAT, IMPUTE, FIRST_STEPS } step;

static const step orders[ENT_ORDERS][FIRST_STEPS] = {
    [ENT_ORDER_SCREEN_TREAT_IMPUTE] = {SCREEN, TREAT, IMPUTE},
    [ENT_ORDER_SCREEN_IMPUTE_TREAT] = {SCREEN, IMPUTE, TREAT},
    [ENT_ORDER_IMPUTE_SCREEN_TREAT] = {IMPUTE, SCREEN, TREAT},
};

static ent_composite_reason first_steps(ent_composite_work *work, double *treated, double *imputed,
                                        ent_composite_fault *fault) {
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  int k;
  for (k = 0; !reason && k < FIRST_STEPS; k++) {
    double *wanted = NULL;
    switch (orders[work->methods.order][k]) {
      case SCREEN: ent_composite_screen(work); break;
      case TREAT:
        reason = ent_composite_treat(work, fault);
        wanted = treated;
        break;
      case IMPUTE:
        ent_composite_impute(work);
        wanted = imputed;
        break;
      case FIRST_STEPS: break;
    }
    if (wanted && !reason) turn(work->column, work->unit_count, work->indicator_count, wanted);
  }
  return reason;
}

ent_composite_reason ent_composite_steps(ent_composite_work *work, const double *given, double *treated,
                                         double *imputed, ent_composite_fault *fault) {
  ent_composite_reason reason;
  bool by_scores =
      !given && (work->methods.weighting == ENT_WEIGHT_PRINCIPAL || work->methods.weighting == ENT_WEIGHT_CORRELATION);
  size_t unit, a;
  for (unit = 0; unit < work->unit_count; unit++) work->kept[unit] = 1;
  work->kept_count = work->unit_count;
  if ((reason = find_infinite(work, fault)) || (reason = first_steps(work, treated, imputed, fault)) ||
      (reason = ent_composite_normalise(work, fault)) || (reason = ent_composite_weigh(work, given, fault)))
    return reason;
  for (a = 0; !reason && a < work->nodes.aggregate_count; a++) {
    int node = work->nodes.upward[a];
    if (by_scores) reason = ent_composite_weigh_group(work, node, fault);
    if (!reason) reason = ent_composite_aggregate(work, node, work->weight, ent_composite_column(work, node), fault);
  }
  return reason;
}

/* ---- what is wanted of them ---- */

/* Weights through the tree, then the share of each unit that has a value. */
static void find_coverage(const ent_composite_work *work, const double *values, double *coverage) {
  const ent_composite_nodes *nodes = &work->nodes;
  double *through = work->node_scratch;
  size_t a, k, unit, i;
  through[nodes->top] = 1;
  for (a = nodes->aggregate_count; a-- > 0;) {
    int node = nodes->upward[a];
    for (k = nodes->first[node]; k < nodes->first[node + 1]; k++)
      through[nodes->child[k]] = through[node] * work->weight[nodes->child[k]];
  }
  for (unit = 0; unit < work->unit_count; unit++) {
    const double *row = values + unit * work->indicator_count;
    double sum = 0, all = 0;
    for (i = 0; i < work->indicator_count; i++) {
      all += through[i];
      if (!isnan(row[i])) sum += through[i];
    }
    coverage[unit] = sum / all;
  }
}

static void write_out(ent_composite_work *work, const ent_composite_data *data, const ent_composite_scores *out) {
  size_t k;
  if (out->kept)
    for (k = 0; k < work->unit_count; k++) out->kept[k] = work->kept[k];
  if (out->weight)
    for (k = 0; k < work->nodes.count; k++) out->weight[k] = work->weight[k];
  if (out->normalised) turn(work->column, work->unit_count, work->indicator_count, out->normalised);
  if (out->score) turn(work->column, work->unit_count, work->nodes.count, out->score);
  if (out->rank)
    ent_composite_rank(ent_composite_column(work, work->nodes.top), work->unit_count, work->place, work->first,
                       work->last, out->rank);
  if (out->coverage) find_coverage(work, data->values, out->coverage);
}

ent_composite_reason ent_composite_evaluate(const ent_composite_data *data, const ent_composite_tree *tree,
                                            const ent_composite_methods *methods, const ent_composite_scores *out,
                                            ent_composite_fault *fault) {
  ent_composite_reason reason;
  ent_composite_work work;
  ent_arena *arena = ent_arena_new(0);
  if (fault) *fault = (ent_composite_fault){ENT_COMPOSITE_FINE, -1, -1};
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_composite_work_init(&work, arena, data, tree, methods, fault);
  if (!reason) {
    turn_in(data->values, data->unit_count, data->indicator_count, work.column);
    work.change = out->change;
    reason = ent_composite_steps(&work, NULL, out->treated, out->imputed, fault);
  }
  if (!reason) write_out(&work, data, out);
  ent_arena_free(arena);
  return reason;
}
