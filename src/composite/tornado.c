/* tornado.c - each uncertain input of a composite at its ends, all others nominal.
 *
 * Comes in: data, tree, methods, what is uncertain and how it is grouped; goes out: scores and ranks at the ends. */
#include <math.h>
#include <string.h>

#include "composite/acceptability.h"
#include "composite/composite.h"
#include "composite/inputs.h"
#include "num/beta.h"
#include "num/normal.h"

static const double LOW_END = 0.05, HIGH_END = 0.95;

typedef struct run {
  ent_uncertain uncertain;
  ent_inputs inputs;
  const ent_composite_tornado *out;
  ent_uncertain_plans plans;
  double *columns, *weight; /* cells; nodes */
  double *score;
  ent_acceptability_place *place;
  uint32_t *first, *last, *first_before, *last_before;
  double *low, *high, *rank_low, *rank_high; /* units: of the input at hand */
  double change;
} run;

static bool run_init(run *r, ent_arena *arena) {
  const ent_uncertain *u = &r->uncertain;
  const size_t n = u->data.unit_count;
  double *rows = ent_arena_take(arena, n, 5 * sizeof *rows);
  uint32_t *ranks = ent_arena_take(arena, n, 4 * sizeof *ranks);
  r->columns = ent_arena_take(arena, u->cell_count, sizeof *r->columns);
  r->weight = ent_arena_take(arena, u->tree->node_count, sizeof *r->weight);
  r->place = ent_arena_take(arena, n, 2 * sizeof *r->place);
  if (!rows || !ranks || !r->columns || !r->weight || !r->place) return false;
  memcpy(r->columns, u->columns, u->cell_count * sizeof *r->columns);
  r->score = rows;
  r->low = rows + n;
  r->high = rows + 2 * n;
  r->rank_low = rows + 3 * n;
  r->rank_high = rows + 4 * n;
  r->first = ranks;
  r->last = ranks + n;
  r->first_before = ranks + 2 * n;
  r->last_before = ranks + 3 * n;
  return true;
}

static ent_composite_reason evaluate(run *r, const ent_uncertain_pick *pick, const double *weight,
                                     ent_composite_fault *fault) {
  const ent_uncertain *u = &r->uncertain;
  ent_composite_fault here = {ENT_COMPOSITE_FINE, -1, -1};
  const ent_composite_reason reason = ent_uncertain_run(u, &r->plans, pick, r->columns, weight, r->score, &here);
  double change;
  if (reason) return ent_composite_wrong(fault, reason, here.unit, here.node);
  ent_acceptability_rank(r->score, u->data.unit_count, r->place, r->first, r->last);
  change = ent_acceptability_shift(r->first, r->last, r->first_before, r->last_before, u->data.unit_count);
  r->change = fmax(r->change, change); /* of which one may be NaN */
  return ENT_COMPOSITE_FINE;
}

static double rank_of(const run *r, size_t unit) {
  return r->first[unit] ? ((double)r->first[unit] + r->last[unit]) / 2 : NAN;
}

static void keep(const run *r, double *score, double *rank) {
  size_t i;
  for (i = 0; i < r->uncertain.data.unit_count; i++) {
    score[i] = r->score[i];
    rank[i] = rank_of(r, i);
  }
}

/* Least and largest of what is there. */
static void widen(const run *r) {
  size_t i;
  for (i = 0; i < r->uncertain.data.unit_count; i++) {
    r->low[i] = fmin(r->low[i], r->score[i]);
    r->high[i] = fmax(r->high[i], r->score[i]);
    r->rank_low[i] = fmin(r->rank_low[i], rank_of(r, i));
    r->rank_high[i] = fmax(r->rank_high[i], rank_of(r, i));
  }
}

/* ---- values ---- */

static double end_of(const ent_uncertain_value *v, double p) {
  if (isnan(v->low)) return v->mode + v->high * ent_normal_quantile(p);
  return p < 0.5 ? v->low : v->high;
}

/* All values that an input names at one end; NaN: as they are. */
static void set_values(run *r, size_t input, double p) {
  const ent_uncertain *u = &r->uncertain;
  size_t i;
  for (i = r->inputs.begin[input]; i < r->inputs.begin[input + 1]; i++) {
    const ent_uncertain_value *v = &u->values[r->inputs.atoms[r->inputs.of[i]].at];
    r->columns[v->indicator * u->data.unit_count + v->unit] = isnan(p) ? v->mode : end_of(v, p);
  }
}

static const double *nominal_weight(const ent_uncertain *u, const ent_uncertain_pick *pick) {
  const ent_uncertain_weights *weights = ent_uncertain_weights_of(u, pick);
  return weights ? weights->share : NULL;
}

static ent_composite_reason swing_values(run *r, size_t input, ent_composite_fault *fault) {
  const ent_uncertain_pick pick = ent_uncertain_nominal(&r->uncertain);
  const double *weight = nominal_weight(&r->uncertain, &pick);
  ent_composite_reason reason;
  set_values(r, input, LOW_END);
  reason = evaluate(r, &pick, weight, fault);
  if (!reason) keep(r, r->low, r->rank_low);
  set_values(r, input, HIGH_END);
  if (!reason) reason = evaluate(r, &pick, weight, fault);
  if (!reason) keep(r, r->high, r->rank_high);
  set_values(r, input, NAN);
  return reason;
}

/* ---- weights: one of a Dirichlet's is a beta variate ---- */

static ent_composite_reason swing_weight(run *r, size_t node, double p, ent_composite_fault *fault) {
  const ent_uncertain *u = &r->uncertain;
  const ent_uncertain_pick pick = ent_uncertain_nominal(u);
  const double *share = nominal_weight(u, &pick), k = u->uncertainty->concentration;
  double own;
  size_t i;
  ent_composite_reason reason;
  if (share && share[node] > 0 && share[node] < 1) {
    own = ent_beta_quantile(k * share[node], k * (1 - share[node]), p);
    for (i = 0; i < u->tree->node_count; i++) {
      r->weight[i] = share[i];
      if (u->tree->parent[i] == u->tree->parent[node]) r->weight[i] *= (1 - own) / (1 - share[node]);
    }
    r->weight[node] = own;
    share = r->weight;
  }
  reason = evaluate(r, &pick, share, fault);
  if (!reason) widen(r);
  return reason;
}

/* ---- choices ---- */

static ent_composite_reason swing_pick(run *r, const ent_uncertain_pick *pick, ent_composite_fault *fault) {
  const ent_composite_reason reason = evaluate(r, pick, nominal_weight(&r->uncertain, pick), fault);
  if (!reason) widen(r);
  return reason;
}

static ent_composite_reason swing_choice(run *r, ent_uncertain_choice choice, ent_composite_fault *fault) {
  const ent_uncertain *u = &r->uncertain;
  const unsigned experts = choice == ENT_CHOICE_WEIGHTING ? u->choice_count[ENT_CHOICE_EXPERT] : 0;
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  unsigned i, e;
  for (i = 0; i < u->choice_count[choice] && !reason; i++) {
    ent_uncertain_pick pick = ent_uncertain_nominal(u);
    pick.of[choice] = i;
    if (!experts || ent_uncertain_methods(u, &pick).weighting != ENT_WEIGHT_BUDGET) {
      reason = swing_pick(r, &pick, fault);
      continue;
    }
    for (e = 0; e < experts && !reason; e++) {
      pick.of[ENT_CHOICE_EXPERT] = e;
      reason = swing_pick(r, &pick, fault);
    }
  }
  return reason;
}

/* Each atom of an input of weights or choices by itself; the expert goes with the weighting. */
static ent_composite_reason swing_atom(run *r, const ent_inputs_atom *atom, ent_composite_fault *fault) {
  ent_composite_reason reason;
  if (atom->kind == ENT_ATOM_CHOICE)
    return swing_choice(r, atom->at == ENT_CHOICE_EXPERT ? ENT_CHOICE_WEIGHTING : (ent_uncertain_choice)atom->at,
                        fault);
  reason = swing_weight(r, atom->at, LOW_END, fault);
  return reason ? reason : swing_weight(r, atom->at, HIGH_END, fault);
}

/* ---- all inputs ---- */

static ent_composite_reason swing(run *r, size_t input, ent_composite_fault *fault) {
  const size_t n = r->uncertain.data.unit_count, begin = r->inputs.begin[input], end = r->inputs.begin[input + 1];
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  size_t i;
  r->change = NAN;
  if (r->inputs.atoms[r->inputs.of[begin]].kind == ENT_ATOM_VALUE) return swing_values(r, input, fault);
  for (i = 0; i < n; i++) r->low[i] = r->high[i] = r->rank_low[i] = r->rank_high[i] = NAN;
  for (i = begin; i < end && !reason; i++) reason = swing_atom(r, &r->inputs.atoms[r->inputs.of[i]], fault);
  return reason;
}

static void put_row(double *array, size_t input, const double *row, size_t count) {
  if (array) memcpy(array + input * count, row, count * sizeof *array);
}

static ent_composite_reason swing_all(run *r, ent_composite_fault *fault) {
  const ent_uncertain *u = &r->uncertain;
  const size_t n = u->data.unit_count;
  const ent_uncertain_pick pick = ent_uncertain_nominal(u);
  ent_composite_reason reason = evaluate(r, &pick, nominal_weight(u, &pick), fault);
  size_t i;
  memcpy(r->first_before, r->first, n * sizeof *r->first);
  memcpy(r->last_before, r->last, n * sizeof *r->last);
  for (i = 0; i < r->inputs.input_count && !reason; i++) {
    reason = swing(r, i, fault);
    if (reason) break;
    put_row(r->out->low, i, r->low, n);
    put_row(r->out->high, i, r->high, n);
    put_row(r->out->rank_low, i, r->rank_low, n);
    put_row(r->out->rank_high, i, r->rank_high, n);
    if (r->out->rank_change) r->out->rank_change[i] = r->change;
  }
  return reason;
}

ent_composite_reason ent_composite_swing(const ent_composite_data *data, const ent_composite_tree *tree,
                                         const ent_composite_methods *methods,
                                         const ent_composite_uncertainty *uncertainty,
                                         const ent_composite_input *inputs, size_t input_count,
                                         const ent_composite_tornado *out, ent_composite_fault *fault) {
  run r = {.out = out};
  ent_composite_reason reason;
  ent_arena *arena;
  ent_composite_wrong(fault, ENT_COMPOSITE_FINE, -1, -1);
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_uncertain_init(&r.uncertain, arena, data, tree, methods, uncertainty, fault);
  if (!reason) reason = ent_inputs_init(&r.inputs, arena, &r.uncertain, inputs, input_count, fault);
  if (!reason && !run_init(&r, arena)) reason = ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  if (!reason) reason = swing_all(&r, fault);
  ent_uncertain_plans_clear(&r.plans);
  ent_arena_free(arena);
  return reason;
}
