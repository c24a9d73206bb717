/* sensitivity_indices.c - variance-based indices of the headline scores (see sensitivity.h): from columns of uniform
 * numbers to inputs, and from these to scores. */
#include <math.h>
#include <string.h>

#include "assess/sensitivity.h"
#include "num/random_block.h"

_Static_assert((int)ENT_EVALUATE_BLOCK == (int)ENT_INDICES_BLOCK, "one block");

size_t ent_sensitivity_outputs(size_t alliances) { return alliances == 2 ? 3 : alliances; }

void ent_sensitivity_read(const ent_evaluation *evaluation, const ent_bench *bench, size_t output, double *out) {
  size_t alliances = ent_evaluation_of(evaluation)->alliance_count, d;
  const double *score = ent_evaluate_score(evaluation, bench, output < alliances ? output : 0);
  const double *other = output < alliances ? NULL : ent_evaluate_score(evaluation, bench, 1);
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) {
    out[d] = score ? score[d] : NAN;
    if (output >= alliances) out[d] -= other ? other[d] : NAN;
  }
}

void ent_sensitivity_uniforms(const ent_assess_input *inputs, size_t input_count, uint64_t seed, uint32_t first,
                              double *out) {
  size_t i;
  for (i = 0; i < input_count; i++)
    ent_random_block(seed, inputs[i].key, first, ENT_EVALUATE_BLOCK, out + i * ENT_EVALUATE_BLOCK);
}

static bool same_group(const ent_assess_input *a, const ent_assess_input *b) {
  if (a->kind != ENT_INPUT_WEIGHT || b->kind != ENT_INPUT_WEIGHT) return false;
  if ((a->dimension < 0) != (b->dimension < 0) || (a->indicator < 0) != (b->indicator < 0)) return false;
  if (a->dimension < 0) return true;
  return a->criterion == b->criterion && (a->indicator < 0 || a->dimension == b->dimension);
}

double ent_sensitivity_group(const ent_assess_input *inputs, size_t count, size_t weight) {
  double sum = 0;
  size_t i;
  for (i = 0; i < count; i++)
    if (same_group(&inputs[i], &inputs[weight])) sum += inputs[i].nominal;
  return sum;
}

/* ---- columns ---- */

bool ent_factors_make(const ent_evaluation *evaluation, ent_arena *arena, ent_factors *out) {
  size_t i;
  ent_factor *of;
  size_t *owner;
  memset(out, 0, sizeof *out);
  out->evaluation = evaluation;
  out->inputs = ent_evaluation_inputs(evaluation, &out->input_count);
  out->output_count = ent_sensitivity_outputs(ent_evaluation_of(evaluation)->alliance_count);
  out->of = of = ent_arena_take(arena, out->input_count, sizeof *of);
  out->owner = owner = ent_arena_take(arena, out->input_count, 2 * sizeof *owner);
  if (!of || !owner) return false;
  for (i = 0; i < out->input_count; i++) {
    of[i] = (ent_factor){SIZE_MAX, SIZE_MAX};
    if (out->inputs[i].kind == ENT_INPUT_WEIGHT) of[i].range = out->column_count++;
  }
  for (i = 0; i < out->input_count; i++)
    if (out->inputs[i].evidence_count > 1) of[i].choice = out->column_count++;
  for (i = 0; i < out->input_count; i++)
    if (of[i].range == SIZE_MAX) of[i].range = out->column_count++;
  for (i = 0; i < out->input_count; i++) {
    if (of[i].choice != SIZE_MAX) owner[of[i].choice] = i;
    owner[of[i].range] = i;
  }
  return true;
}

/* ---- a block ---- */

typedef struct desk { /* of one worker */
  ent_bench *bench;
  double *all, *changed;  /* inputs x block: of inputs with several columns */
  const double **uniform; /* inputs */
} desk;

typedef struct change { /* a set, as the evaluation knows it */
  size_t count;
  const size_t *inputs;
  const ent_input_group *group;
  bool *reaches; /* alliances */
} change;

typedef struct run {
  const ent_factors *factors;
  const change *changes;
  desk *desks;
} run;

/* The uniform number of an input from those of its columns: the choice makes the integer part of what the evaluation
 * multiplies by the number of alternatives, the range of the chosen one its fraction. */
static const double *combine(const ent_factors *f, size_t input, const double *const *column, double *out) {
  const ent_factor *of = &f->of[input];
  const double *range = column[of->range], *choice, n = (double)f->inputs[input].evidence_count;
  size_t d;
  if (of->choice == SIZE_MAX) return range;
  choice = column[of->choice];
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) out[d] = (floor(choice[d] * n) + range[d]) / n; /* choice is below 1 */
  return out;
}

static void evaluate_all(const run *r, desk *at, const ent_indices_points *points) {
  const ent_factors *f = r->factors;
  size_t i;
  for (i = 0; i < f->input_count; i++) at->uniform[i] = combine(f, i, points->column, at->all + i * ENT_EVALUATE_BLOCK);
  ent_evaluate(f->evaluation, at->bench, at->uniform);
}

static bool reaches_any(const run *r, const change *c) {
  size_t a, alliances = ent_evaluation_of(r->factors->evaluation)->alliance_count;
  for (a = 0; a < alliances; a++)
    if (c->reaches[a]) return true;
  return false;
}

static void evaluate_change(const run *r, desk *at, const ent_indices_points *points) {
  const ent_factors *f = r->factors;
  const change *c = &r->changes[points->changed];
  size_t i;
  if (!reaches_any(r, c)) {
    ent_evaluate_back(f->evaluation, at->bench);
    return;
  }
  for (i = 0; i < c->count; i++)
    at->uniform[i] = combine(f, c->inputs[i], points->column, at->changed + i * ENT_EVALUATE_BLOCK);
  ent_evaluate_change(f->evaluation, at->bench, c->group, at->uniform);
}

static int evaluate(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  const run *r = context;
  desk *at = &r->desks[worker];
  size_t o;
  if (points->changed == ENT_INDICES_ALL) evaluate_all(r, at, points);
  else evaluate_change(r, at, points);
  for (o = 0; o < r->factors->output_count; o++)
    ent_sensitivity_read(r->factors->evaluation, at->bench, o, out + o * points->count);
  return 0;
}

/* ---- the run ---- */

/* The inputs of a set, each once: columns are in no order of inputs. */
static bool make_change(const ent_factors *f, const ent_factor_set *set, bool *seen, ent_arena *arena, change *out) {
  size_t a, k, alliances = ent_evaluation_of(f->evaluation)->alliance_count;
  size_t *inputs = ent_arena_take(arena, set->count, sizeof *inputs);
  if (!inputs) return false;
  for (k = 0; k < set->count; k++) {
    size_t input = f->owner[set->columns[k]];
    if (!seen[input]) inputs[out->count++] = input;
    seen[input] = true;
  }
  for (k = 0; k < out->count; k++) seen[inputs[k]] = false;
  out->inputs = inputs;
  out->group = ent_evaluation_group(f->evaluation, inputs, out->count, arena);
  out->reaches = ent_arena_take(arena, alliances, sizeof *out->reaches);
  if (!out->group || !out->reaches) return false;
  for (a = 0; a < alliances; a++) out->reaches[a] = ent_evaluation_reaches(f->evaluation, out->group, a);
  return true;
}

static bool make_desk(const ent_factors *f, ent_arena *arena, desk *out) {
  out->bench = ent_bench_new(f->evaluation, arena);
  out->all = ent_arena_take(arena, f->input_count * ENT_EVALUATE_BLOCK, sizeof *out->all);
  out->changed = ent_arena_take(arena, f->input_count * ENT_EVALUATE_BLOCK, sizeof *out->changed);
  out->uniform = ent_arena_take(arena, f->input_count, sizeof *out->uniform);
  return out->bench && out->all && out->changed && out->uniform;
}

static bool make_run(const ent_factors *f, const ent_factor_set *sets, size_t set_count, unsigned threads,
                     ent_arena *arena, run *out, ent_indices_design *design) {
  change *changes = ent_arena_take(arena, set_count, sizeof *changes);
  bool *seen = ent_arena_take(arena, f->input_count, sizeof *seen);
  size_t *begin = ent_arena_take(arena, set_count + 1, sizeof *begin), *columns, s, all = 0;
  unsigned w, workers = ent_parallel_workers(SIZE_MAX, threads);
  if (!changes || !seen || !begin || !(out->desks = ent_arena_take(arena, workers, sizeof *out->desks))) return false;
  out->factors = f;
  out->changes = changes;
  for (w = 0; w < workers; w++)
    if (!make_desk(f, arena, &out->desks[w])) return false;
  for (s = 0; s < set_count; s++) {
    if (!make_change(f, &sets[s], seen, arena, &changes[s])) return false;
    all += sets[s].count;
  }
  if (!(columns = ent_arena_take(arena, all, sizeof *columns))) return false;
  for (s = 0; s < set_count; s++) {
    if (sets[s].count) memcpy(columns + begin[s], sets[s].columns, sets[s].count * sizeof *columns);
    begin[s + 1] = begin[s] + sets[s].count;
  }
  design->begin = begin;
  design->columns = columns;
  return true;
}

int ent_sensitivity_indices(const ent_factors *f, const ent_factor_set *sets, size_t set_count,
                            const ent_sensitivity_setting *setting, ent_arena *arena, ent_indices *out) {
  run r = {.factors = f};
  ent_indices_design design = {.column_count = f->column_count,
                               .input_count = set_count,
                               .output_count = f->output_count,
                               .points = setting->points,
                               .scramblings = setting->scramblings,
                               .seed = setting->seed,
                               .threads = setting->threads,
                               .evaluate = evaluate,
                               .context = &r,
                               .progress = setting->progress,
                               .progress_context = setting->progress_context};
  int answer;
  if (f->column_count > ENT_INDICES_MOST_PADDED) return ENT_SENSITIVITY_TOO_MANY;
  if (!make_run(f, sets, set_count, setting->threads, arena, &r, &design)) return ENT_SENSITIVITY_NO_MEMORY;
  answer = ent_indices_run(arena, &design, out);
  return answer < 0 ? ENT_SENSITIVITY_NO_MEMORY : answer;
}
