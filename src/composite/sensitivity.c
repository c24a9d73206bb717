/* sensitivity.c - what drives a composite: variance-based indices of its uncertain inputs.
 *
 * Comes in: data, tree, methods, what is uncertain and how it is grouped; goes out: indices with intervals.
 *
 * How it works. num/indices.h hands over blocks of points, one column for each single thing that varies. A worker keeps
 * values, weights and choices of block A; for a block in which one input has changed it exchanges that input's values
 * alone, evaluates, and puts them back. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "composite/acceptability.h"
#include "composite/composite.h"
#include "composite/inputs.h"
#include "num/indices.h"

enum { BLOCK = ENT_INDICES_BLOCK, STOPPED = INT_MAX };

#define MOST_CELLS ((size_t)1 << 17)
#define MOST_RESULTS ((size_t)1 << 26) /* inputs x units x scramblings */

typedef struct worker {
  double *columns;               /* block x cells: of A */
  const double **number;         /* nodes: where the uniform numbers of its variates stand; NULL: it has none */
  double *weight, *other_weight; /* block x nodes: of A; where an input changes them */
  double *changed;               /* most atoms x block: values that change */
  double *score, *sum;           /* units; nodes */
  ent_uncertain_pick pick[BLOCK], other_pick[BLOCK];
  const ent_uncertain_weights *around[BLOCK];
  ent_uncertain_plans plans;
  ent_acceptability_place *place;
  uint32_t *first, *last;
} worker;

typedef struct run {
  ent_uncertain uncertain;
  ent_inputs inputs;
  uint32_t *first, *last; /* units: nominal ranks */
  worker *workers;
  unsigned worker_count;
} run;

/* ---- memory ---- */

static bool worker_init(worker *w, const run *r, ent_arena *arena) {
  const ent_uncertain *u = &r->uncertain;
  const size_t n = u->data.unit_count, nodes = u->tree->node_count;
  size_t p;
  memset(w, 0, sizeof *w);
  w->columns = ent_arena_take(arena, BLOCK, u->cell_count * sizeof *w->columns);
  w->number = ent_arena_take(arena, nodes, sizeof *w->number);
  w->weight = ent_arena_take(arena, nodes, BLOCK * sizeof *w->weight);
  w->other_weight = ent_arena_take(arena, nodes, BLOCK * sizeof *w->other_weight);
  w->changed = ent_arena_take(arena, r->inputs.most_atoms, BLOCK * sizeof *w->changed);
  w->score = ent_arena_take(arena, n, sizeof *w->score);
  w->sum = ent_arena_take(arena, nodes, sizeof *w->sum);
  w->place = ent_arena_take(arena, n, 2 * sizeof *w->place);
  w->first = ent_arena_take(arena, n, sizeof *w->first);
  w->last = ent_arena_take(arena, n, sizeof *w->last);
  if (!w->columns || !w->number || !w->weight || !w->other_weight || !w->changed || !w->score || !w->sum || !w->place ||
      !w->first || !w->last)
    return false;
  for (p = 0; p < BLOCK; p++) {
    memcpy(w->columns + p * u->cell_count, u->columns, u->cell_count * sizeof *w->columns);
    w->pick[p] = w->other_pick[p] = ent_uncertain_nominal(u);
  }
  return true;
}

static bool run_init(run *r, ent_arena *arena, unsigned threads) {
  unsigned i;
  r->worker_count = threads < ENT_PARALLEL_MOST_THREADS ? threads : ENT_PARALLEL_MOST_THREADS;
  if (!r->worker_count) r->worker_count = 1;
  r->first = ent_arena_take(arena, r->uncertain.data.unit_count, sizeof *r->first);
  r->last = ent_arena_take(arena, r->uncertain.data.unit_count, sizeof *r->last);
  r->workers = ent_arena_take(arena, r->worker_count, sizeof *r->workers);
  if (!r->first || !r->last || !r->workers) return false;
  for (i = 0; i < r->worker_count; i++)
    if (!worker_init(&r->workers[i], r, arena)) return false;
  return true;
}

static void run_clear(run *r) {
  unsigned i;
  for (i = 0; r->workers && i < r->worker_count; i++) ent_uncertain_plans_clear(&r->workers[i].plans);
}

/* The ranking from which the others are said to move. */
static ent_composite_reason rank_nominally(run *r, ent_composite_fault *fault) {
  const ent_uncertain_pick pick = ent_uncertain_nominal(&r->uncertain);
  worker *w = &r->workers[0];
  ent_composite_fault here = {ENT_COMPOSITE_FINE, -1, -1};
  const ent_composite_reason reason =
      ent_uncertain_run(&r->uncertain, &w->plans, &pick, r->uncertain.columns, NULL, w->score, &here);
  if (reason) return ent_composite_wrong(fault, reason, here.unit, here.node);
  ent_acceptability_rank(w->score, r->uncertain.data.unit_count, w->place, r->first, r->last);
  return ENT_COMPOSITE_FINE;
}

/* ---- a block of points ---- */

/* The weights of all points, from the numbers of their variates and from their picks. */
static void weigh(const run *r, worker *w, const ent_uncertain_pick *pick, size_t count, double *weight) {
  const ent_uncertain *u = &r->uncertain;
  const size_t nodes = u->tree->node_count;
  double numbers[BLOCK];
  size_t i, p, end;
  for (p = 0; p < count; p++) w->around[p] = ent_uncertain_weights_of(u, &pick[p]);
  for (i = 0; i < nodes; i++) {
    if (w->number[i]) memcpy(numbers, w->number[i], count * sizeof *numbers);
    for (p = 0; p < count; p = end) {
      for (end = p + 1; end < count && w->around[end] == w->around[p];) end++;
      if (w->around[p] && w->number[i]) ent_uncertain_variates_of(u, w->around[p], i, numbers + p, end - p);
    }
    for (p = 0; p < count; p++)
      if (w->around[p]) weight[p * nodes + i] = w->number[i] ? numbers[p] : w->around[p]->share[i];
  }
  for (p = 0; p < count; p++)
    if (w->around[p]) ent_uncertain_share_out(u->tree, weight + p * nodes, w->sum);
}

static void pick_all(const run *r, const ent_indices_points *points, ent_uncertain_pick *pick) {
  size_t i, p;
  for (i = 0; i < r->inputs.atom_count && r->inputs.atoms[i].kind == ENT_ATOM_CHOICE; i++) {
    const ent_uncertain_choice choice = (ent_uncertain_choice)r->inputs.atoms[i].at;
    for (p = 0; p < points->count; p++)
      pick[p].of[choice] = ent_uncertain_chosen(&r->uncertain, choice, points->column[i][p]);
  }
}

static void find_numbers(const run *r, worker *w, const ent_indices_points *points) {
  size_t i;
  for (i = 0; i < r->inputs.atom_count; i++)
    if (r->inputs.atoms[i].kind == ENT_ATOM_WEIGHT) w->number[r->inputs.atoms[i].at] = points->column[i];
}

static const ent_uncertain_value *value_of(const run *r, size_t atom) {
  const ent_inputs_atom *a = &r->inputs.atoms[atom];
  return a->kind == ENT_ATOM_VALUE ? &r->uncertain.values[a->at] : NULL;
}

static double *cell_of(const run *r, worker *w, const ent_uncertain_value *v, size_t point) {
  return w->columns + point * r->uncertain.cell_count + v->indicator * r->uncertain.data.unit_count + v->unit;
}

/* Block A, or B before it: everything anew. */
static void set_all(const run *r, worker *w, const ent_indices_points *points) {
  double numbers[BLOCK];
  size_t i, p;
  for (i = 0; i < r->inputs.atom_count; i++) {
    const ent_uncertain_value *v = value_of(r, i);
    if (!v) continue;
    memcpy(numbers, points->column[i], points->count * sizeof *numbers);
    ent_uncertain_values_of(&r->uncertain, v, numbers, points->count);
    for (p = 0; p < points->count; p++) *cell_of(r, w, v, p) = numbers[p];
  }
  pick_all(r, points, w->pick);
  find_numbers(r, w, points);
  weigh(r, w, w->pick, points->count, w->weight);
}

/* Exchanges the changed values of one point with those that are kept for it. */
static void exchange(const run *r, worker *w, const ent_indices_points *points, size_t point) {
  size_t i;
  for (i = 0; i < points->changed_count; i++) {
    const ent_uncertain_value *v = value_of(r, points->changed_columns[i]);
    double *cell, *other = w->changed + i * BLOCK + point, kept;
    if (!v) continue;
    cell = cell_of(r, w, v, point);
    kept = *cell;
    *cell = *other;
    *other = kept;
  }
}

/* What an input has changed: values stand ready to be exchanged; whether other picks and weights hold. */
static bool set_changed(const run *r, worker *w, const ent_indices_points *points) {
  bool others = false;
  size_t i;
  for (i = 0; i < points->changed_count; i++) {
    const ent_uncertain_value *v = value_of(r, points->changed_columns[i]);
    double *numbers = w->changed + i * BLOCK;
    if (!v) others = true;
    if (!v) continue;
    memcpy(numbers, points->column[points->changed_columns[i]], points->count * sizeof *numbers);
    ent_uncertain_values_of(&r->uncertain, v, numbers, points->count);
  }
  if (!others) return false;
  pick_all(r, points, w->other_pick);
  find_numbers(r, w, points);
  weigh(r, w, w->other_pick, points->count, w->other_weight);
  return true;
}

/* What went wrong, and where, as one positive number: a run hands on that of the first part that failed, whichever
 * thread did it. */
static int code_of(const run *r, ent_composite_fault fault) {
  const size_t nodes = r->uncertain.tree->node_count + 1;
  return (int)(((size_t)(fault.unit + 1) * nodes + (size_t)(fault.node + 1)) * ENT_COMPOSITE_REASONS + fault.reason);
}

static ent_composite_reason fault_of(const run *r, int code, ent_composite_fault *fault) {
  const size_t nodes = r->uncertain.tree->node_count + 1, place = (size_t)code / ENT_COMPOSITE_REASONS;
  return ent_composite_wrong(fault, (ent_composite_reason)(code % ENT_COMPOSITE_REASONS), (long)(place / nodes) - 1,
                             (long)(place % nodes) - 1);
}

static int evaluate(void *context, const ent_indices_points *points, unsigned worker_index, double *out) {
  const run *r = context;
  const ent_uncertain *u = &r->uncertain;
  worker *w = &r->workers[worker_index];
  const size_t n = u->data.unit_count, count = points->count;
  const bool all = points->changed == ENT_INDICES_ALL;
  bool others = false;
  size_t p, i;
  if (all) set_all(r, w, points);
  else others = set_changed(r, w, points);
  const ent_uncertain_pick *pick = others ? w->other_pick : w->pick;
  const double *weight = others ? w->other_weight : w->weight;
  for (p = 0; p < count; p++) {
    const double *own = ent_uncertain_weights_of(u, &pick[p]) ? weight + p * u->tree->node_count : NULL;
    ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
    ent_composite_reason reason;
    exchange(r, w, points, p);
    reason = ent_uncertain_run(u, &w->plans, &pick[p], w->columns + p * u->cell_count, own, w->score, &fault);
    exchange(r, w, points, p);
    fault.reason = reason;
    if (reason) return code_of(r, fault);
    for (i = 0; i < n; i++) out[i * count + p] = w->score[i];
    ent_acceptability_rank(w->score, n, w->place, w->first, w->last);
    out[n * count + p] = ent_acceptability_shift(w->first, w->last, r->first, r->last, n);
  }
  return 0;
}

/* ---- the course of it ---- */

static int tell(void *context, double done) {
  const ent_composite_uncertainty *u = context;
  return u->progress(u->progress_context, done) ? STOPPED : 0;
}

static void put(double *array, size_t i, double value) {
  if (array) array[i] = value;
}

static void put_indices(const run *r, const ent_indices *found, const ent_composite_indices *out) {
  const size_t outputs = r->uncertain.data.unit_count + 1;
  size_t o, i;
  for (o = 0; o < outputs; o++) {
    put(out->mean, o, found[o].mean);
    put(out->variance, o, found[o].variance);
    for (i = 0; i < r->inputs.input_count; i++) {
      const ent_sensitivity_index *first = &found[o].first[i], *total = &found[o].total[i];
      put(out->first, i * outputs + o, first->value);
      put(out->first_low, i * outputs + o, first->low);
      put(out->first_high, i * outputs + o, first->high);
      put(out->total, i * outputs + o, total->value);
      put(out->total_low, i * outputs + o, total->low);
      put(out->total_high, i * outputs + o, total->high);
    }
  }
}

static ent_composite_reason run_all(run *r, ent_arena *arena, const ent_composite_design *design,
                                    const ent_composite_indices *out, ent_composite_fault *fault) {
  const ent_composite_uncertainty *u = r->uncertain.uncertainty;
  const size_t outputs = r->uncertain.data.unit_count + 1;
  const ent_indices_design of = {.column_count = r->inputs.atom_count,
                                 .input_count = r->inputs.input_count,
                                 .begin = r->inputs.begin,
                                 .columns = r->inputs.of,
                                 .output_count = outputs,
                                 .points = design->points ? design->points : 1024,
                                 .scramblings = design->scramblings ? design->scramblings : 16,
                                 .level = design->confidence > 0 ? design->confidence : 0.95,
                                 .seed = u->seed,
                                 .threads = r->worker_count,
                                 .evaluate = evaluate,
                                 .context = r,
                                 .progress = u->progress ? tell : NULL,
                                 .progress_context = (void *)(uintptr_t)u};
  ent_indices *found = ent_arena_take(arena, outputs, sizeof *found);
  const int code = found ? ent_indices_run(arena, &of, found) : ENT_INDICES_NO_MEMORY;
  if (code == STOPPED) return ent_composite_wrong(fault, ENT_COMPOSITE_STOPPED, -1, -1);
  if (code == ENT_INDICES_NO_MEMORY) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  if (code < 0) return ent_composite_wrong(fault, ENT_COMPOSITE_PARAMETER, -1, -1);
  if (code) return fault_of(r, code, fault);
  put_indices(r, found, out);
  return ENT_COMPOSITE_FINE;
}

static ent_composite_reason check_design(const ent_composite_data *data, const ent_composite_tree *tree,
                                         const ent_composite_design *design) {
  const size_t n = data->unit_count;
  const uint32_t points = design->points ? design->points : 1024;
  const unsigned scramblings = design->scramblings ? design->scramblings : 16;
  if (!design->input_count || !design->inputs || points < 2 || points > (uint32_t)1 << 20 || (points & (points - 1)) ||
      scramblings < 16 || scramblings > 1000 || !(design->confidence >= 0 && design->confidence < 1))
    return ENT_COMPOSITE_PARAMETER;
  if (!n || !data->indicator_count) return ENT_COMPOSITE_NO_UNITS;
  if (n > MOST_CELLS / data->indicator_count || tree->node_count > (MOST_CELLS << 2) / n ||
      design->input_count > MOST_RESULTS / (n + 1) / scramblings)
    return ENT_COMPOSITE_TOO_LARGE;
  return ENT_COMPOSITE_FINE;
}

static ent_composite_reason prepare(run *r, ent_arena *arena, const ent_composite_design *design,
                                    ent_composite_fault *fault) {
  ent_composite_reason reason =
      ent_inputs_init(&r->inputs, arena, &r->uncertain, design->inputs, design->input_count, fault);
  if (reason) return reason;
  if (r->inputs.atom_count > ENT_INDICES_MOST_PADDED)
    return ent_composite_wrong(fault, ENT_COMPOSITE_TOO_LARGE, -1, -1);
  if (!run_init(r, arena, r->uncertain.uncertainty->threads))
    return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  return rank_nominally(r, fault);
}

ent_composite_reason ent_composite_sensitivity(const ent_composite_data *data, const ent_composite_tree *tree,
                                               const ent_composite_methods *methods,
                                               const ent_composite_uncertainty *uncertainty,
                                               const ent_composite_design *design, const ent_composite_indices *out,
                                               ent_composite_fault *fault) {
  run r = {.worker_count = 0};
  ent_composite_reason reason = check_design(data, tree, design);
  ent_arena *arena;
  ent_composite_wrong(fault, reason, -1, -1);
  if (reason) return reason;
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_uncertain_init(&r.uncertain, arena, data, tree, methods, uncertainty, fault);
  if (!reason) reason = prepare(&r, arena, design, fault);
  if (!reason) reason = run_all(&r, arena, design, out, fault);
  run_clear(&r);
  ent_arena_free(arena);
  return reason;
}
