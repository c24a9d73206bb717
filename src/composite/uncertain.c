/* uncertain.c - see uncertain.h. Comes in: data, tree, methods and what is uncertain of them; goes out: lists of what
 * varies, and values made of numbers. */
#include "composite/uncertain.h"

#include <math.h>
#include <string.h>

#include "composite/composite.h"
#include "num/gamma.h"
#include "num/triangular.h"

/* ---- the streams: what is drawn, and its number ---- */

enum { PERT_STEPS = 256, LOOKED_UP = 64 };

enum { STREAM_VALUE = 1, STREAM_WEIGHT, STREAM_CHOICE };

static uint64_t stream_of(unsigned kind, size_t node, size_t unit) {
  return (uint64_t)kind << 56 | (uint64_t)node << 28 | (uint64_t)unit;
}

uint64_t ent_uncertain_value_stream(const ent_uncertain_value *value) {
  return stream_of(STREAM_VALUE, value->indicator, value->unit);
}

uint64_t ent_uncertain_weight_stream(size_t node) { return stream_of(STREAM_WEIGHT, node, 0); }

uint64_t ent_uncertain_choice_stream(ent_uncertain_choice choice) { return stream_of(STREAM_CHOICE, choice, 0); }

/* ---- values ---- */

static double at_or_nan(const double *values, size_t i) { return values ? values[i] : NAN; }

/* Whether one value varies, and how; a reason where what is said of it makes no sense. */
static ent_composite_reason read_value(const ent_composite_data *data, const ent_composite_uncertainty *uncertainty,
                                       size_t unit, size_t indicator, ent_uncertain_value *out, bool *varies) {
  const size_t cell = unit * data->indicator_count + indicator;
  const double low = at_or_nan(uncertainty->low, cell), high = at_or_nan(uncertainty->high, cell);
  const double error = at_or_nan(uncertainty->standard_error, cell), value = data->values[cell];
  *out = (ent_uncertain_value){(uint32_t)unit, (uint32_t)indicator, low, value, high, false};
  *varies = false;
  if (!isnan(error)) {
    if (error < 0 || isinf(error) || !isnan(low) || !isnan(high)) return ENT_COMPOSITE_RANGE;
    out->high = error;
    out->low = NAN;
    *varies = error > 0 && !isnan(value);
    return ENT_COMPOSITE_FINE;
  }
  if (isnan(low) && isnan(high)) return ENT_COMPOSITE_FINE;
  if (isnan(low) || isnan(high) || isinf(low) || isinf(high) || low > high) return ENT_COMPOSITE_RANGE;
  if (!isnan(value) && (value < low || value > high)) return ENT_COMPOSITE_RANGE;
  out->uniform = isnan(value) || uncertainty->distribution == ENT_UNIFORM;
  if (isnan(value)) out->mode = low + (high - low) / 2;
  *varies = low < high || isnan(value);
  return ENT_COMPOSITE_FINE;
}

static ent_composite_reason read_values(ent_uncertain *u, ent_arena *arena, const ent_composite_data *data,
                                        ent_composite_fault *fault) {
  const size_t n = data->unit_count, m = data->indicator_count;
  double *rows = ent_arena_take(arena, u->cell_count, sizeof *rows);
  double *columns = ent_arena_take(arena, u->cell_count, sizeof *columns);
  size_t i, k, count = 0;
  if (!rows || !columns) return ENT_COMPOSITE_MEMORY;
  for (int pass = 0; pass < 2; pass++) { /* counts, then notes */
    if (pass) u->values = ent_arena_take(arena, count, sizeof *u->values);
    if (pass && !u->values) return ENT_COMPOSITE_MEMORY;
    count = 0;
    for (k = 0; k < m; k++) {
      for (i = 0; i < n; i++) {
        ent_uncertain_value value;
        bool varies;
        ent_composite_reason reason = read_value(data, u->uncertainty, i, k, &value, &varies);
        if (reason) return ent_composite_wrong(fault, reason, (long)i, (long)k);
        if (varies && pass) u->values[count] = value;
        count += varies;
        rows[i * m + k] = columns[k * n + i] = varies ? value.mode : data->values[i * m + k];
      }
    }
  }
  u->value_count = count;
  u->data.values = rows;
  u->columns = columns;
  return ENT_COMPOSITE_FINE;
}

/* A PERT's mode, in steps of its range. */
static double pert_place(const ent_uncertain_value *v) { return (v->mode - v->low) / (v->high - v->low) * PERT_STEPS; }

static void pert_of(const ent_uncertain *u, const ent_uncertain_value *v, double *numbers, size_t count) {
  const double place = pert_place(v), width = v->high - v->low;
  const size_t below = (size_t)place;
  const double above = place - (double)below;
  double first[LOOKED_UP], second[LOOKED_UP];
  size_t i, k, some;
  for (i = 0; i < count; i += some) {
    some = count - i < LOOKED_UP ? count - i : LOOKED_UP;
    ent_quantile_table_look_up(u->pert[below], numbers + i, some, first);
    if (above > 0) ent_quantile_table_look_up(u->pert[below + 1], numbers + i, some, second);
    for (k = 0; k < some; k++)
      numbers[i + k] = v->low + width * (above > 0 ? first[k] + above * (second[k] - first[k]) : first[k]);
  }
}

void ent_uncertain_values_of(const ent_uncertain *uncertain, const ent_uncertain_value *value, double *numbers,
                             size_t count) {
  size_t i;
  if (isnan(value->low)) {
    ent_quantile_table_look_up(uncertain->normal, numbers, count, numbers);
    for (i = 0; i < count; i++) numbers[i] = value->mode + value->high * numbers[i];
  } else if (!(value->low < value->high)) {
    for (i = 0; i < count; i++) numbers[i] = value->low;
  } else if (value->uniform) {
    for (i = 0; i < count; i++) numbers[i] = value->low + numbers[i] * (value->high - value->low);
  } else if (uncertain->uncertainty->distribution == ENT_PERT) {
    pert_of(uncertain, value, numbers, count);
  } else {
    ent_triangular_quantiles(value->low, value->mode, value->high, numbers, count);
  }
}

static const ent_quantile_table *pert_table(ent_arena *arena, size_t step) {
  ent_quantile_table *table = ent_arena_take(arena, 1, sizeof *table);
  return table && ent_quantile_table_pert((double)step / PERT_STEPS, table) ? table : NULL;
}

/* Those tables that the values ask for. */
static bool make_tables(ent_uncertain *u, ent_arena *arena) {
  size_t i;
  u->pert = ent_arena_take(arena, PERT_STEPS + 2, sizeof *u->pert);
  if (!u->pert) return false;
  for (i = 0; i < u->value_count; i++) {
    const ent_uncertain_value *v = &u->values[i];
    if (isnan(v->low) && !u->normal) {
      ent_quantile_table *table = ent_arena_take(arena, 1, sizeof *table);
      if (!table) return false;
      ent_quantile_table_normal(table);
      u->normal = table;
    }
    if (isnan(v->low) || v->uniform || !(v->low < v->high) || u->uncertainty->distribution != ENT_PERT) continue;
    const size_t below = (size_t)pert_place(v), above = below < PERT_STEPS ? below + 1 : below;
    if (!u->pert[below] && !(u->pert[below] = pert_table(arena, below))) return false;
    if (!u->pert[above] && !(u->pert[above] = pert_table(arena, above))) return false;
  }
  return true;
}

/* ---- choices ---- */

unsigned ent_uncertain_chosen(const ent_uncertain *uncertain, ent_uncertain_choice choice, double number) {
  const unsigned count = uncertain->choice_count[choice], chosen = (unsigned)(number * count);
  if (!count) return ENT_UNCERTAIN_NOMINAL;
  return chosen < count ? chosen : count - 1;
}

ent_uncertain_pick ent_uncertain_nominal(const ent_uncertain *uncertain) {
  ent_uncertain_pick pick;
  int c;
  for (c = 0; c < ENT_CHOICES; c++) pick.of[c] = uncertain->choice_count[c] == 1 ? 0 : ENT_UNCERTAIN_NOMINAL;
  return pick;
}

ent_uncertain_pick ent_uncertain_first(const ent_uncertain *uncertain) {
  ent_uncertain_pick pick = ent_uncertain_nominal(uncertain);
  int c;
  for (c = 0; c < ENT_CHOICE_EXPERT; c++)
    if (uncertain->choice_count[c]) pick.of[c] = 0;
  return pick;
}

bool ent_uncertain_next(const ent_uncertain *uncertain, ent_uncertain_pick *pick) {
  int c;
  for (c = 0; c < ENT_CHOICE_EXPERT; c++) {
    if (!uncertain->choice_count[c]) continue;
    if (++pick->of[c] < uncertain->choice_count[c]) return true;
    pick->of[c] = 0;
  }
  return false;
}

uint64_t ent_uncertain_number(const ent_uncertain *uncertain, const ent_uncertain_pick *pick) {
  uint64_t number = 0;
  int c;
  for (c = 0; c < ENT_CHOICE_EXPERT; c++) {
    const unsigned count = uncertain->choice_count[c];
    number = number * (count + 1) + (pick->of[c] < count ? pick->of[c] : count);
  }
  return number;
}

ent_composite_methods ent_uncertain_methods(const ent_uncertain *uncertain, const ent_uncertain_pick *pick) {
  const ent_composite_uncertainty *u = uncertain->uncertainty;
  ent_composite_methods methods = *uncertain->methods;
  const unsigned *of = pick->of;
  int level;
  if (of[ENT_CHOICE_TREATMENT] < u->treatment_count) methods.treatment = u->treatments[of[ENT_CHOICE_TREATMENT]];
  if (of[ENT_CHOICE_IMPUTATION] < u->imputation_count) methods.imputation = u->imputations[of[ENT_CHOICE_IMPUTATION]];
  if (of[ENT_CHOICE_NORMALISATION] < u->normalisation_count)
    methods.normalisation = u->normalisations[of[ENT_CHOICE_NORMALISATION]];
  if (of[ENT_CHOICE_WEIGHTING] < u->weighting_count) methods.weighting = u->weightings[of[ENT_CHOICE_WEIGHTING]];
  if (of[ENT_CHOICE_AGGREGATION] < u->aggregation_count)
    for (level = 0; level < ENT_COMPOSITE_MOST_LEVELS; level++)
      methods.aggregation[level] = u->aggregations[of[ENT_CHOICE_AGGREGATION]];
  return methods;
}

static bool count_choices(ent_uncertain *u) {
  const ent_composite_uncertainty *of = u->uncertainty;
  const size_t counts[ENT_CHOICE_EXPERT] = {of->treatment_count, of->imputation_count, of->normalisation_count,
                                            of->weighting_count, of->aggregation_count};
  const bool listed[ENT_CHOICE_EXPERT] = {of->treatments, of->imputations, of->normalisations, of->weightings,
                                          of->aggregations};
  size_t i, c;
  for (c = 0; c < ENT_CHOICE_EXPERT; c++) {
    if (counts[c] > 16 || (counts[c] && !listed[c])) return false;
    u->choice_count[c] = (unsigned)counts[c];
  }
  for (i = 0; i < of->weighting_count; i++) {
    if (of->weightings[i] != ENT_WEIGHT_BUDGET) continue;
    if (u->methods->expert_count >= ENT_UNCERTAIN_NOMINAL) return false;
    u->choice_count[ENT_CHOICE_EXPERT] = (unsigned)u->methods->expert_count;
  }
  return true;
}

/* ---- weights ---- */

void ent_uncertain_share_out(const ent_composite_tree *tree, double *weight, double *sum) {
  size_t i;
  for (i = 0; i < tree->node_count; i++) sum[i] = 0;
  for (i = 0; i < tree->node_count; i++)
    if (tree->parent[i] >= 0) sum[tree->parent[i]] += weight[i];
  for (i = 0; i < tree->node_count; i++) {
    if (tree->parent[i] < 0) weight[i] = 1;
    else if (sum[tree->parent[i]] > 0) weight[i] /= sum[tree->parent[i]];
  }
}

enum { MOST_TABLES = 512 }; /* of gamma variates: 6 MB */

/* *out: the table of a shape, made when it is first asked for; NULL where tables do not reach. What a shape beyond them
 * could not use is kept for the next. false: memory is short. */
static bool gamma_table(ent_uncertain *u, ent_arena *arena, double shape, const ent_quantile_table **out) {
  size_t i;
  *out = NULL;
  for (i = 0; i < u->gamma_count; i++) {
    if (u->gamma_shape[i] < shape || u->gamma_shape[i] > shape) continue;
    *out = u->gamma[i];
    return true;
  }
  if (u->gamma_count == MOST_TABLES) return true;
  if (!u->spare && !(u->spare = ent_arena_take(arena, 1, sizeof *u->spare))) return false;
  if (!ent_quantile_table_gamma(shape, u->spare)) return true;
  u->gamma_shape[u->gamma_count] = shape;
  *out = u->gamma[u->gamma_count++] = u->spare;
  u->spare = NULL;
  return true;
}

static double shape_of(const ent_uncertain *u, const ent_uncertain_weights *weights, size_t node) {
  return u->drawn[node] ? u->uncertainty->concentration * weights->share[node] : 0;
}

/* weight: nodes; NULL: all alike. */
static bool read_shares(ent_uncertain *u, ent_arena *arena, const double *weight, double *sum,
                        ent_uncertain_weights *out) {
  const size_t nodes = u->tree->node_count;
  double *share = ent_arena_take(arena, nodes, sizeof *share);
  size_t i;
  out->share = share;
  out->variate = ent_arena_take(arena, nodes, sizeof *out->variate);
  if (!share || !out->variate) return false;
  for (i = 0; i < nodes; i++) share[i] = weight ? weight[i] : 1;
  ent_uncertain_share_out(u->tree, share, sum);
  for (i = 0; i < nodes; i++) {
    const double shape = shape_of(u, out, i);
    if (shape > 0 && !gamma_table(u, arena, shape, &out->variate[i])) return false;
  }
  return true;
}

static bool read_experts(ent_uncertain *u, ent_arena *arena, double *sum) {
  const size_t experts = u->methods->expert_count, nodes = u->tree->node_count;
  double *mean = ent_arena_take(arena, nodes, sizeof *mean);
  size_t e, i;
  u->expert = ent_arena_take(arena, experts, sizeof *u->expert);
  if (!mean || !u->expert) return false;
  for (e = 0; e < experts; e++) {
    if (!read_shares(u, arena, u->methods->experts + e * nodes, sum, &u->expert[e])) return false;
    for (i = 0; i < nodes; i++) mean[i] += u->expert[e].share[i];
  }
  return read_shares(u, arena, mean, sum, &u->budget);
}

/* Weights vary in groups of two or more. */
static bool find_drawn(ent_uncertain *u, ent_arena *arena) {
  const ent_composite_tree *tree = u->tree;
  size_t *children = ent_arena_take(arena, tree->node_count, sizeof *children);
  size_t i;
  u->drawn = ent_arena_take(arena, tree->node_count, sizeof *u->drawn);
  if (!children || !u->drawn) return false;
  for (i = 0; i < tree->node_count; i++)
    if (tree->parent[i] >= 0) children[tree->parent[i]]++;
  for (i = 0; i < tree->node_count && u->uncertainty->concentration > 0; i++) {
    u->drawn[i] = tree->parent[i] >= 0 && children[tree->parent[i]] > 1;
    u->weights_vary |= u->drawn[i];
  }
  return true;
}

/* Whether some pick divides budgets: experts are looked at, and checked, in that case alone. */
static bool uses_budgets(const ent_uncertain *u) {
  ent_uncertain_pick pick = ent_uncertain_first(u);
  do {
    if (ent_uncertain_methods(u, &pick).weighting == ENT_WEIGHT_BUDGET) return true;
  } while (ent_uncertain_next(u, &pick));
  return u->methods->weighting == ENT_WEIGHT_BUDGET && u->methods->experts;
}

static bool read_weights(ent_uncertain *u, ent_arena *arena) {
  double *sum = ent_arena_take(arena, u->tree->node_count, sizeof *sum);
  u->gamma = ent_arena_take(arena, MOST_TABLES, sizeof *u->gamma);
  u->gamma_shape = ent_arena_take(arena, MOST_TABLES, sizeof *u->gamma_shape);
  return sum && u->gamma && u->gamma_shape && find_drawn(u, arena) &&
         read_shares(u, arena, u->tree->weight, sum, &u->given) && read_shares(u, arena, NULL, sum, &u->equal) &&
         (!uses_budgets(u) || read_experts(u, arena, sum));
}

const ent_uncertain_weights *ent_uncertain_weights_of(const ent_uncertain *uncertain, const ent_uncertain_pick *pick) {
  const unsigned expert = pick->of[ENT_CHOICE_EXPERT];
  switch (ent_uncertain_methods(uncertain, pick).weighting) {
    case ENT_WEIGHT_GIVEN: return &uncertain->given;
    case ENT_WEIGHT_EQUAL: return &uncertain->equal;
    case ENT_WEIGHT_BUDGET:
      return expert < uncertain->choice_count[ENT_CHOICE_EXPERT] ? &uncertain->expert[expert] : &uncertain->budget;
    default: return NULL;
  }
}

void ent_uncertain_variates_of(const ent_uncertain *uncertain, const ent_uncertain_weights *weights, size_t node,
                               double *numbers, size_t count) {
  const double shape = shape_of(uncertain, weights, node);
  size_t i;
  if (!(shape > 0)) {
    for (i = 0; i < count; i++) numbers[i] = weights->share[node];
  } else if (weights->variate[node]) {
    ent_quantile_table_look_up(weights->variate[node], numbers, count, numbers);
  } else {
    for (i = 0; i < count; i++) numbers[i] = ent_gamma_quantile(shape, numbers[i]);
  }
}

/* ---- running ---- */

enum { LARGE = 1 << 18 }; /* of larger data one plan is kept */

ent_composite_reason ent_uncertain_run(const ent_uncertain *uncertain, ent_uncertain_plans *plans,
                                       const ent_uncertain_pick *pick, const double *columns, const double *weight,
                                       double *score, ent_composite_fault *fault) {
  const uint64_t number = ent_uncertain_number(uncertain, pick);
  const size_t at = uncertain->cell_count > LARGE ? 0 : number % ENT_UNCERTAIN_MOST_PLANS;
  if (!plans->slot[at].plan || plans->slot[at].number != number) {
    ent_composite_plan_free(plans->slot[at].plan);
    plans->slot[at].methods = ent_uncertain_methods(uncertain, pick);
    plans->slot[at].number = number;
    ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
    plans->slot[at].plan = ent_composite_plan_new(&uncertain->data, uncertain->tree, &plans->slot[at].methods, fault);
    if (!plans->slot[at].plan) return fault->reason;
  }
  return ent_composite_plan_run(plans->slot[at].plan, columns, weight, score, fault);
}

void ent_uncertain_plans_clear(ent_uncertain_plans *plans) {
  size_t i;
  for (i = 0; i < ENT_UNCERTAIN_MOST_PLANS; i++) ent_composite_plan_free(plans->slot[i].plan);
  memset(plans, 0, sizeof *plans);
}

/* ---- whether all of it makes sense ---- */

/* All values at their number-th quantile; 0: nominal. */
static void set_values(const ent_uncertain *u, double number, double *rows) {
  size_t i;
  memcpy(rows, u->data.values, u->cell_count * sizeof *rows);
  for (i = 0; i < u->value_count && number > 0; i++) {
    const ent_uncertain_value *v = &u->values[i];
    double value = number;
    ent_uncertain_values_of(u, v, &value, 1);
    rows[v->unit * u->data.indicator_count + v->indicator] = value;
  }
}

static ent_composite_reason try_combinations(const ent_uncertain *u, ent_arena *arena, ent_composite_fault *fault) {
  static const double numbers[] = {0, 0.001, 0.999};
  ent_composite_data data = u->data;
  double *rows = ent_arena_take(arena, u->cell_count, sizeof *rows);
  ent_composite_scores none = {0};
  size_t k;
  if (!rows) return ENT_COMPOSITE_MEMORY;
  data.values = rows;
  for (k = 0; k < (u->value_count ? sizeof numbers / sizeof *numbers : 1); k++) {
    set_values(u, numbers[k], rows);
    ent_uncertain_pick pick = ent_uncertain_first(u);
    do {
      const ent_composite_methods methods = ent_uncertain_methods(u, &pick);
      ent_composite_reason reason = ent_composite_evaluate(&data, u->tree, &methods, &none, fault);
      if (reason) return reason;
    } while (ent_uncertain_next(u, &pick));
  }
  return ENT_COMPOSITE_FINE;
}

static ent_composite_reason check_sizes(const ent_composite_data *data, const ent_composite_tree *tree) {
  if (!data->unit_count || !data->indicator_count) return ENT_COMPOSITE_NO_UNITS;
  if (data->unit_count > ENT_UNCERTAIN_MOST / data->indicator_count) return ENT_COMPOSITE_TOO_LARGE;
  return tree->node_count > ENT_UNCERTAIN_MOST ? ENT_COMPOSITE_TOO_LARGE : ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_uncertain_init(ent_uncertain *uncertain, ent_arena *arena, const ent_composite_data *data,
                                        const ent_composite_tree *tree, const ent_composite_methods *methods,
                                        const ent_composite_uncertainty *uncertainty, ent_composite_fault *fault) {
  ent_composite_reason reason = check_sizes(data, tree);
  if (reason) return ent_composite_wrong(fault, reason, -1, -1);
  memset(uncertain, 0, sizeof *uncertain);
  uncertain->data = *data;
  uncertain->tree = tree;
  uncertain->methods = methods;
  uncertain->uncertainty = uncertainty;
  uncertain->cell_count = data->unit_count * data->indicator_count;
  if ((unsigned)uncertainty->distribution >= ENT_DISTRIBUTIONS)
    return ent_composite_wrong(fault, ENT_COMPOSITE_METHOD, -1, -1);
  if (!(uncertainty->concentration >= 0) || isinf(uncertainty->concentration) || !count_choices(uncertain))
    return ent_composite_wrong(fault, ENT_COMPOSITE_PARAMETER, -1, -1);
  reason = read_values(uncertain, arena, data, fault);
  if (!reason && !make_tables(uncertain, arena)) reason = ENT_COMPOSITE_MEMORY;
  if (!reason) reason = try_combinations(uncertain, arena, fault);
  if (!reason && !read_weights(uncertain, arena)) reason = ENT_COMPOSITE_MEMORY;
  return reason == ENT_COMPOSITE_MEMORY ? ent_composite_wrong(fault, reason, -1, -1) : reason;
}
