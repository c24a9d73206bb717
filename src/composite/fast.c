/* fast.c - arithmetic means of indicators that are normalised one by one, without going through the tree: weights are
 * multiplied down to the indicators, and each column is added to the scores with its own factor. Units that lack a
 * value go through the tree afterwards. Where anything is wrong it says no, and the steps tell what. */
#include "composite/composite.h"

#include <math.h>

#include "num/columns.h"

static bool is_arithmetic(const ent_composite_work *work) {
  const ent_composite_methods *m = &work->methods;
  size_t k;
  for (k = 0; k < m->level_count; k++) {
    bool power_1 = m->aggregation[k] == ENT_AGGREGATE_POWER && !(m->power[k] < 1) && !(m->power[k] > 1);
    if ((m->aggregation[k] != ENT_AGGREGATE_ARITHMETIC && !power_1) || m->least_present[k] > 0) return false;
  }
  return true;
}

static bool is_linear(ent_composite_normalisation method) {
  return method == ENT_NORMALISE_GOALPOSTS || method == ENT_NORMALISE_MIN_MAX || method == ENT_NORMALISE_Z_SCORE ||
         method == ENT_NORMALISE_REFERENCE;
}

bool ent_composite_fast_can(const ent_composite_work *work) {
  const ent_composite_methods *m = &work->methods;
  size_t i;
  if (m->treatment != ENT_TREAT_NONE || m->least_coverage > 0 || m->imputation != ENT_IMPUTE_NONE) return false;
  if (!is_linear(m->normalisation) || !is_arithmetic(work)) return false;
  if (m->normalisation == ENT_NORMALISE_GOALPOSTS || m->normalisation == ENT_NORMALISE_REFERENCE) {
    for (i = 0; m->normalisation == ENT_NORMALISE_REFERENCE && i < work->indicator_count; i++)
      if (ent_composite_direction(work, i) < 0) return false; /* not linear */
    return true;
  }
  return work->unit_count > 2;
}

bool ent_composite_fast_init(ent_composite_fast *out, const ent_composite_work *work) {
  *out = (ent_composite_fast){.through = ent_arena_take(work->arena, work->nodes.count, sizeof *out->through),
                              .value = ent_arena_take(work->arena, work->nodes.count, sizeof *out->value),
                              .there = ent_arena_take(work->arena, work->nodes.count, sizeof *out->there),
                              .scale = ent_arena_take(work->arena, work->indicator_count, sizeof *out->scale),
                              .term = ent_arena_take(work->arena, work->indicator_count, sizeof *out->term)};
  return out->through && out->value && out->there && out->scale && out->term;
}

/* ---- the first reading: what one unit of an indicator is worth ---- */

/* Of a column with values that are missing. false: one that is infinite. */
static bool look_closely(const double *column, size_t units, double *least, double *most, size_t *present) {
  *present = ent_composite_ends(column, units, least, most);
  return !*present || (isfinite(*least) && isfinite(*most));
}

/* Mean and standard deviation, in two readings. */
static void deviation_of(const double *column, size_t units, size_t present, double *mean, double *deviation) {
  double sum = 0, squares = 0;
  size_t unit;
  if (present == units) {
    ent_column_moments(column, units, column[0], &sum, &squares);
    *mean = column[0] + sum / (double)present;
    ent_column_moments(column, units, *mean, &sum, &squares);
  } else {
    *mean = 0;
    for (unit = 0; unit < units; unit++)
      if (!isnan(column[unit])) *mean += column[unit] / (double)present;
    for (unit = 0; unit < units; unit++)
      if (!isnan(column[unit])) squares += (column[unit] - *mean) * (column[unit] - *mean);
  }
  *deviation = sqrt(squares / (double)(present - 1));
}

/* Normalised = offset + factor x (value - origin). false: the steps shall say what is wrong, or care for extremes. */
static bool measure(const ent_composite_work *work, ent_composite_fast *fast, size_t i, const double *column) {
  const ent_composite_methods *m = &work->methods;
  ent_composite_scale *scale = fast->scale + i;
  int direction = ent_composite_direction(work, i);
  double least, most, span, deviation;
  size_t present = work->unit_count;
  if (isnan(ent_column_ends(column, present, &least, &most)) &&
      !look_closely(column, work->unit_count, &least, &most, &present))
    return false;
  fast->there[i] = present > 0;
  if (!present) return true;
  if (m->normalisation == ENT_NORMALISE_REFERENCE) {
    *scale = (ent_composite_scale){.factor = 1 / work->tree.reference[i]};
    return isfinite(scale->factor);
  }
  if (m->normalisation == ENT_NORMALISE_GOALPOSTS) {
    least = work->tree.low[i];
    most = work->tree.high[i];
  } else {
    if (present < 3) return false;
    fast->there[i] = least < most;
    if (!fast->there[i]) return true;
  }
  if (m->normalisation == ENT_NORMALISE_Z_SCORE) {
    deviation_of(column, work->unit_count, present, &scale->origin, &deviation);
    scale->offset = 0;
    scale->factor = direction / deviation;
    return deviation > 1e-150 && deviation < 1e150;
  }
  span = direction * (most - least) / (m->to - m->from);
  *scale = (ent_composite_scale){
      .offset = direction > 0 ? m->from : m->to, .factor = 1 / span, .origin = least, .low = least, .high = most};
  return isfinite(scale->factor) && isfinite(span);
}

/* ---- weights, multiplied down ---- */

/* What is missing for all units spreads its weight over its neighbours. */
static void multiply_down(const ent_composite_work *work, ent_composite_fast *fast) {
  const ent_composite_nodes *nodes = &work->nodes;
  size_t a, k;
  for (a = 0; a < nodes->aggregate_count; a++) {
    int node = nodes->upward[a];
    fast->there[node] = false;
    for (k = nodes->first[node]; k < nodes->first[node + 1]; k++)
      fast->there[node] |= fast->there[nodes->child[k]] && work->weight[nodes->child[k]] > 0;
  }
  fast->through[nodes->top] = 1;
  for (a = nodes->aggregate_count; a-- > 0;) {
    int node = nodes->upward[a];
    double sum = 0;
    for (k = nodes->first[node]; k < nodes->first[node + 1]; k++)
      if (fast->there[nodes->child[k]]) sum += work->weight[nodes->child[k]];
    for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) {
      int child = nodes->child[k];
      fast->through[child] = fast->there[child] && sum > 0 ? fast->through[node] * (work->weight[child] / sum) : 0;
    }
  }
}

/* ---- the second reading ---- */

static void add_up(const ent_composite_work *work, ent_composite_fast *fast, const double *columns, double *score) {
  size_t units = work->unit_count, unit, i, count = 0;
  double offset = 0;
  for (i = 0; i < work->indicator_count; i++) {
    const ent_composite_scale *scale = fast->scale + i;
    if (!(fast->through[i] > 0)) continue;
    offset += fast->through[i] * scale->offset;
    fast->term[count++] = (ent_column_term){.values = columns + i * units,
                                            .origin = scale->origin,
                                            .factor = fast->through[i] * scale->factor,
                                            .low = scale->low,
                                            .high = scale->high};
  }
  for (unit = 0; unit < units; unit++) score[unit] = offset;
  if (work->methods.normalisation == ENT_NORMALISE_GOALPOSTS) ent_columns_add_within(score, units, fast->term, count);
  else ent_columns_add(score, units, fast->term, count);
}

/* ---- units that lack a value ---- */

static double normalised(const ent_composite_work *work, const ent_composite_scale *scale, double x) {
  if (work->methods.normalisation == ENT_NORMALISE_GOALPOSTS) {
    if (x < scale->low) x = scale->low;
    if (x > scale->high) x = scale->high;
  }
  return scale->offset + scale->factor * (x - scale->origin);
}

static double through_the_tree(const ent_composite_work *work, const ent_composite_fast *fast, const double *columns,
                               size_t unit) {
  const ent_composite_nodes *nodes = &work->nodes;
  size_t i, a, k;
  for (i = 0; i < work->indicator_count; i++)
    fast->value[i] = fast->there[i] ? normalised(work, fast->scale + i, columns[i * work->unit_count + unit]) : NAN;
  for (a = 0; a < nodes->aggregate_count; a++) {
    int node = nodes->upward[a];
    double sum = 0, all = 0;
    for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) {
      int child = nodes->child[k];
      if (isnan(fast->value[child])) continue;
      sum += work->weight[child] * fast->value[child];
      all += work->weight[child];
    }
    fast->value[node] = all > 0 ? sum / all : NAN;
  }
  return fast->value[nodes->top];
}

/* Shares stay within their scale. false: a score that is not finite. */
static bool finish(const ent_composite_work *work, const ent_composite_fast *fast, const double *columns,
                   double *score) {
  const ent_composite_methods *m = &work->methods;
  bool shares = m->normalisation == ENT_NORMALISE_GOALPOSTS || m->normalisation == ENT_NORMALISE_MIN_MAX;
  size_t unit;
  for (unit = 0; unit < work->unit_count; unit++) {
    if (isnan(score[unit]) || !fast->there[work->nodes.top]) score[unit] = through_the_tree(work, fast, columns, unit);
    if (isinf(score[unit])) return false;
    if (shares && score[unit] < m->from) score[unit] = m->from;
    if (shares && score[unit] > m->to) score[unit] = m->to;
  }
  return true;
}

bool ent_composite_fast_run(ent_composite_work *work, ent_composite_fast *fast, const double *columns,
                            const double *given, double *score) {
  size_t i;
  if (ent_composite_weigh(work, given, NULL)) return false;
  for (i = 0; i < work->indicator_count; i++)
    if (!measure(work, fast, i, columns + i * work->unit_count)) return false;
  multiply_down(work, fast);
  add_up(work, fast, columns, score);
  return finish(work, fast, columns, score);
}
