/* compare.c - the operation compare: the difference between two sides on the evidence that both have, and what made it.
 *
 * The way from one side to the other is walked in up to three steps, each an assessment with the same draws: what the
 * package says (edition, known-at), then the date, then the model. What differs between two steps is the work of what
 * changed there: of the evidence, of the world, of the model. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/text.h"
#include "study/figures.h"

enum { STEPS = 4 };

typedef struct comparison {
  ent_run from, to;        /* each on all the evidence that it has */
  ent_run steps[STEPS];    /* on common evidence */
  size_t count, last;      /* last: count - 1 */
  ent_comparing comparing; /* opened where both sides read the same evidence, so that their figures can be judged */
  bool judges;
  size_t evidence, world, model; /* the step in which such a change has been made; 0: nothing of the kind differs */
  bool is_split;                 /* both sides are of the same alliances, so that parts of the way mean something */
  ent_arena *arena;
  float *draws; /* scratch: of a difference */
  ent_status status;
} comparison;

/* One alliance of it. */
typedef struct pair {
  comparison *c;
  const ent_assessed_alliance *at[STEPS]; /* in the steps */
  const ent_assessed_alliance *from, *to; /* on all evidence */
  ent_compared_alliance *out;
} pair;

static void *take(comparison *c, size_t count, size_t size) {
  void *memory = c->status ? NULL : ent_arena_take(c->arena, count, size);
  if (!memory && !c->status) c->status = ent_fail_memory(c->from.study->context);
  return memory;
}

static ent_figure difference_of(const comparison *c, const float *from, const float *to) {
  ent_figure figure = {NAN, NAN, NAN};
  uint32_t d, draws = c->from.request.draws;
  if (!from || !to) return figure;
  for (d = 0; d < draws; d++) c->draws[d] = to[d] - from[d];
  ent_assess_summary(c->draws, draws, c->from.scratch, &figure.median, &figure.low, &figure.high);
  return figure;
}

static bool differ(const comparison *c, const float *a, const float *b) {
  return a && b && a != b && memcmp(a, b, c->from.request.draws * sizeof *a) != 0;
}

/* ---- the steps ---- */

static bool same_evidence(const ent_study *a, const ent_study *b) {
  return a == b || (strcmp(a->edition.content_sha256, b->edition.content_sha256) == 0 &&
                    ent_text_same(a->known_at ? a->known_at : "", b->known_at ? b->known_at : ""));
}

static bool same_model(const ent_model *a, const ent_model *b) { return strcmp(a->sha256, b->sha256) == 0; }

/* Another step like the last so far. */
static ent_run *add_step(comparison *c, size_t *mark) {
  c->steps[c->count] = c->steps[c->last];
  c->last = *mark = c->count++;
  return &c->steps[c->last];
}

static ent_status make_steps(comparison *c) {
  size_t unnamed;
  c->is_split = ent_text_same(c->from.request.alliance ? c->from.request.alliance : "",
                              c->to.request.alliance ? c->to.request.alliance : "");
  c->steps[0] = c->from;
  c->count = 1;
  if (!c->is_split) {
    *add_step(c, &unnamed) = c->to;
    return ent_run_common(c->steps, c->count);
  }
  if (!same_evidence(c->from.study, c->to.study)) add_step(c, &c->evidence)->study = c->to.study;
  if (c->from.request.day != c->to.request.day) add_step(c, &c->world)->request.day = c->to.request.day;
  if (!same_model(c->from.model, c->to.model)) add_step(c, &c->model)->model = c->to.model;
  if (c->count == 1)
    return ent_fail(c->from.study->context, ENT_USAGE, NULL,
                    "give --as-of, --edition, --known-at, --model or --alliance twice, or two studies",
                    "the two sides of the comparison are the same");
  return ent_run_common(c->steps, c->count);
}

static ent_status make_runs(comparison *c, ent_study *from, const ent_assess_options *from_options, ent_study *to,
                            const ent_assess_options *to_options) {
  ent_status status = ent_run_prepare(from, from_options, NULL, c->arena, &c->from);
  if (!status) status = ent_run_prepare(to, to_options, NULL, c->arena, &c->to);
  if (status) return status;
  c->to.request.seed = c->from.request.seed;
  c->to.request.draws = c->from.request.draws;
  c->to.request.held = c->from.request.held;
  c->to.request.methods = c->from.request.methods;
  ent_run_is_part(&c->from, 0, 0.5);
  if ((status = make_steps(c))) return status;
  ent_run_is_part(&c->from, 0.5, 0.75);
  ent_run_is_part(&c->to, 0.75, 1);
  if (!status) status = ent_run_common(&c->from, 1);
  if (!status) status = ent_run_common(&c->to, 1);
  c->draws = take(c, c->from.request.draws + ENT_QUANTILE_SLACK, sizeof *c->draws);
  return status ? status : c->status;
}

/* ---- one figure ---- */

/* The cell of step s that stands for a cell of the first step; NULL where there is none. */
static const ent_cell *cell_in(const pair *p, size_t s, const ent_cell *cell) {
  int from = cell->from, to = cell->to, c = cell->criterion, d = cell->dimension, i = cell->indicator;
  const ent_run *first = &p->c->steps[0], *run = &p->c->steps[s];
  if (!p->at[s]) return NULL;
  if (from >= 0 && (from = ent_assess_member(p->at[0], from, p->at[s])) < 0) return NULL;
  if (to >= 0 && (to = ent_assess_member(p->at[0], to, p->at[s])) < 0) return NULL;
  if (c >= 0 && !ent_assess_place(first->model, run->model, &c, &d, &i)) return NULL;
  return ent_assess_find(p->at[s], cell->kind, cell->scope, from, to, c, d, i);
}

static ent_change change_of(const pair *p, const float *from, const float *to) {
  return (ent_change){ent_run_summary(&p->c->steps[0], from), ent_run_summary(&p->c->steps[p->c->last], to),
                      difference_of(p->c, from, to)};
}

/* Whether a cell's draws changed in a step. */
static bool moved(const pair *p, const ent_cell *cell, size_t step) {
  const ent_cell *before = step ? cell_in(p, step - 1, cell) : NULL, *after = step ? cell_in(p, step, cell) : NULL;
  return before && after && differ(p->c, before->draws, after->draws);
}

static ent_cause cause_of(const pair *p, const ent_cell *cell) {
  return (ent_cause){moved(p, cell, p->c->world), moved(p, cell, p->c->evidence), moved(p, cell, p->c->model)};
}

static bool same_rows(const ent_cell *a, const ent_cell *b) {
  return a && b && a->input_count == b->input_count &&
         (!a->input_count || memcmp(a->inputs, b->inputs, a->input_count * sizeof *a->inputs) == 0);
}

static const char *key_of(const pair *p, const ent_cell *cell) {
  const char *key = ent_run_key(&p->c->steps[0], p->at[0], cell);
  if (!key && !p->c->status) p->c->status = ent_fail_memory(p->c->from.study->context);
  return key ? key : "";
}

/* ---- the trees ---- */

static ent_change no_change(void) {
  const ent_figure none = {NAN, NAN, NAN};
  return (ent_change){none, none, none};
}

static void fill_node(pair *p, const ent_cell *cell, const char *id, ent_compared_answer *out) {
  const ent_cell *other = cell_in(p, p->c->last, cell);
  out->id = id;
  out->key = key_of(p, cell);
  out->label = ent_run_cell_label(&p->c->steps[0], cell);
  out->score = p->out->shares_nothing ? no_change() : change_of(p, cell->draws, other ? other->draws : NULL);
  out->missing_from = cell->missing;
  out->missing_to = other ? other->missing : "missing.not_there";
  out->carried_from = cell->carried > 0;
  out->carried_to = other && other->carried > 0;
  out->same_rows = same_rows(cell, other);
  if (!p->out->shares_nothing) out->cause = cause_of(p, cell);
}

static bool fill_criterion(pair *p, ent_scope scope, int from, int to, size_t c, ent_compared_answer *out) {
  const ent_model_criterion *criterion = &p->c->steps[0].model->criteria[c];
  const ent_cell *cell = ent_assess_find(p->at[0], ENT_SCORE, scope, from, to, (int)c, -1, -1);
  size_t d, i;
  if (!cell) return false;
  fill_node(p, cell, criterion->id, out);
  out->of_members = criterion->of_members;
  out->children = take(p->c, criterion->dimension_count, sizeof *out->children);
  for (d = 0; d < criterion->dimension_count && !p->c->status; d++) {
    const ent_model_dimension *dimension = &criterion->dimensions[d];
    ent_compared_answer *child = &out->children[out->child_count];
    if (!(cell = ent_assess_find(p->at[0], ENT_SCORE, scope, from, to, (int)c, (int)d, -1))) continue;
    out->child_count++;
    fill_node(p, cell, dimension->id, child);
    child->children = take(p->c, dimension->indicator_count, sizeof *child->children);
    for (i = 0; i < dimension->indicator_count && !p->c->status; i++)
      if ((cell = ent_assess_find(p->at[0], ENT_SCORE, scope, from, to, (int)c, (int)d, (int)i)))
        fill_node(p, cell, dimension->indicators[i].id, &child->children[child->child_count++]);
  }
  return true;
}

static void fill_criteria(pair *p) {
  size_t count = p->c->steps[0].model->criterion_count, c;
  p->out->criteria = take(p->c, count, sizeof *p->out->criteria);
  for (c = 0; c < count && !p->c->status; c++)
    if (fill_criterion(p, ENT_OF_ALLIANCE, -1, -1, c, &p->out->criteria[p->out->criterion_count]))
      p->out->criterion_count++;
}

static ent_label pair_label(pair *p, size_t from, size_t to) {
  const ent_label a = p->at[0]->members[from]->label, b = p->at[0]->members[to]->label;
  ent_label label = {ent_arena_print(p->c->arena, "%s → %s", a.en, b.en),
                     ent_arena_print(p->c->arena, "%s → %s", a.de, b.de)};
  if (!label.en || !label.de) p->c->status = ent_fail_memory(p->c->from.study->context);
  return label;
}

static void fill_giving(pair *p) {
  size_t members = p->at[0]->member_count, count = p->c->steps[0].model->criterion_count, from, to, c;
  p->out->giving = take(p->c, members * members * count, sizeof *p->out->giving);
  for (from = 0; from < members; from++)
    for (to = 0; to < members; to++)
      for (c = 0; c < count && !p->c->status; c++) {
        ent_compared_answer *out = &p->out->giving[p->out->giving_count];
        if (from == to || !p->c->steps[0].model->criteria[c].of_members ||
            !fill_criterion(p, ENT_OF_PAIR, (int)from, (int)to, c, out))
          continue;
        out->pair_label = pair_label(p, from, to);
        p->out->giving_count++;
      }
}

/* ---- what drives it ---- */

static int by_expected(const void *a, const void *b) {
  const ent_driver_answer *x = a, *y = b;
  if (fabs(x->expected) != fabs(y->expected)) return fabs(x->expected) > fabs(y->expected) ? -1 : 1;
  return strcmp(x->key, y->key);
}

static void fill_driver(pair *p, const ent_cell *effect, ent_driver_answer *out) {
  const ent_run *last = &p->c->steps[p->c->last];
  const ent_cell *after = cell_in(p, p->c->last, effect),
                 *score = ent_assess_find(p->at[0], ENT_SCORE, effect->scope, effect->from, effect->to,
                                          effect->criterion, effect->dimension, effect->indicator),
                 *other = cell_in(p, p->c->last, score);
  uint32_t d, draws = p->c->from.request.draws;
  out->key = key_of(p, effect);
  out->label = ent_run_giver_label(&p->c->steps[0], p->at[0], effect);
  out->score = change_of(p, score->draws, other->draws);
  out->effect = change_of(p, effect->draws, after->draws);
  for (d = 0; d < draws; d++) out->expected += ((double)after->draws[d] - effect->draws[d]) / draws;
  out->cause = cause_of(p, score);
  p->c->status = ent_run_citations(&p->c->steps[0], score, &out->from_citations, &out->from_count);
  if (!p->c->status) p->c->status = ent_run_citations(last, other, &out->to_citations, &out->to_count);
  if (!p->c->status && p->c->judges)
    p->c->status = ent_comparing_keys(&p->c->comparing, score->inputs, score->input_count, other->inputs,
                                      other->input_count, &out->figures);
}

/* Indicators whose own score changed; one whose score stayed drives nothing, even where its effect shifts a little. */
static void fill_drivers(pair *p) {
  size_t i;
  p->out->drivers = take(p->c, p->at[0]->cell_count, sizeof *p->out->drivers);
  for (i = 0; i < p->at[0]->cell_count && !p->c->status; i++) {
    const ent_cell *effect = &p->at[0]->cells[i], *after, *score, *other;
    if (effect->kind != ENT_EFFECT || !effect->draws) continue;
    after = cell_in(p, p->c->last, effect);
    score = ent_assess_find(p->at[0], ENT_SCORE, effect->scope, effect->from, effect->to, effect->criterion,
                            effect->dimension, effect->indicator);
    other = score ? cell_in(p, p->c->last, score) : NULL;
    if (!after || !after->draws || !other || !differ(p->c, score->draws, other->draws)) continue;
    fill_driver(p, effect, &p->out->drivers[p->out->driver_count++]);
  }
  if (!p->c->status && p->out->driver_count > 1)
    qsort(p->out->drivers, p->out->driver_count, sizeof *p->out->drivers, by_expected);
}

/* ---- an alliance ---- */

static const float *headline(const ent_run *run, const ent_assessed_alliance *alliance) {
  return alliance->aggregated[run->model->headline];
}

static void fill_side(const ent_run *run, const ent_assessed_alliance *alliance, ent_side_answer *out) {
  out->id = alliance->alliance->id;
  out->label = alliance->alliance->label;
  out->score = ent_run_summary(run, headline(run, alliance));
  out->coverage = alliance->coverage;
  if (isnan(out->score.median) || alliance->coverage < run->model->least_coverage) return;
  const ent_model_class *within = &run->model->classes[ent_assess_class(run->model, out->score.median)];
  out->class_id = within->id;
  out->class_label = within->label;
}

/* The part of the way that was walked in a step. */
static ent_figure part(const pair *p, size_t step) {
  ent_figure none = {NAN, NAN, NAN};
  if (!step || !p->at[step - 1] || !p->at[step]) return none;
  return difference_of(p->c, headline(&p->c->steps[step - 1], p->at[step - 1]),
                       headline(&p->c->steps[step], p->at[step]));
}

/* What evidence on one side alone adds: the difference on all evidence less that on common evidence. */
static ent_figure rest_of(const pair *p) {
  ent_figure figure = {NAN, NAN, NAN};
  const float *a = headline(&p->c->from, p->from), *b = headline(&p->c->to, p->to),
              *x = headline(&p->c->steps[0], p->at[0]), *y = headline(&p->c->steps[p->c->last], p->at[p->c->last]);
  uint32_t d, draws = p->c->from.request.draws;
  if (!a || !b || !x || !y) return figure;
  for (d = 0; d < draws; d++) p->c->draws[d] = (b[d] - a[d]) - (y[d] - x[d]);
  ent_assess_summary(p->c->draws, draws, p->c->from.scratch, &figure.median, &figure.low, &figure.high);
  return figure;
}

/* Whether an indicator of the first step is one of the last. */
static bool shares_any(const pair *p) {
  for (size_t i = 0; i < p->at[0]->cell_count; i++) {
    const ent_cell *cell = &p->at[0]->cells[i];
    if (cell->kind == ENT_SCORE && cell->indicator >= 0 && cell_in(p, p->c->last, cell)) return true;
  }
  return false;
}

/* What was made by the steps, where they have something to compare. */
static void fill_steps(pair *p) {
  comparison *c = p->c;
  const ent_figure none = {NAN, NAN, NAN};
  ent_compared_alliance *out = p->out;
  out->shares_nothing = !shares_any(p);
  out->common = no_change();
  out->world = out->evidence = out->model = out->rest = none;
  if (out->shares_nothing) return;
  out->common = change_of(p, headline(&c->steps[0], p->at[0]), headline(&c->steps[c->last], p->at[c->last]));
  out->common_coverage = p->at[0]->coverage;
  out->world = part(p, c->world);
  out->evidence = part(p, c->evidence);
  out->model = part(p, c->model);
  out->rest = rest_of(p);
}

static void fill_alliance(pair *p) {
  comparison *c = p->c;
  ent_compared_alliance *out = p->out;
  fill_side(&c->from, p->from, &out->from);
  fill_side(&c->to, p->to, &out->to);
  out->difference = difference_of(c, headline(&c->from, p->from), headline(&c->to, p->to));
  out->is_split = c->is_split;
  fill_steps(p);
  fill_criteria(p);
  fill_giving(p);
  fill_drivers(p);
}

/* Finds an alliance of the first step in all runs; false where the last does not have it. */
static bool find_pair(comparison *c, size_t a, pair *out) {
  const ent_assessment *first = c->steps[0].assessment;
  size_t s;
  *out = (pair){.c = c, .at = {&first->alliances[a]}};
  for (s = 1; s < c->count; s++) out->at[s] = ent_assess_counterpart(first, a, c->steps[s].assessment);
  out->from = ent_assess_counterpart(first, a, c->from.assessment);
  out->to = ent_assess_counterpart(first, a, c->to.assessment);
  return out->at[c->last] && out->from && out->to;
}

static void fill_only(comparison *c, ent_compare_answer *out) {
  const ent_assessment *first = c->steps[0].assessment, *last = c->steps[c->last].assessment;
  size_t a;
  out->only = take(c, first->alliance_count + last->alliance_count, sizeof *out->only);
  for (a = 0; a < first->alliance_count && !c->status; a++)
    if (!ent_assess_counterpart(first, a, last)) out->only[out->only_count++] = first->alliances[a].alliance->label;
  for (a = 0; a < last->alliance_count && !c->status; a++)
    if (!ent_assess_counterpart(last, a, first)) out->only[out->only_count++] = last->alliances[a].alliance->label;
}

static void fill_answer(comparison *c, ent_compare_answer *out) {
  const ent_assessment *first = c->steps[0].assessment;
  size_t a;
  out->from = c->from.answer;
  out->to = c->to.answer;
  out->alliances = take(c, first->alliance_count, sizeof *out->alliances);
  for (a = 0; a < first->alliance_count && !c->status; a++) {
    pair p;
    if (!find_pair(c, a, &p)) continue;
    p.out = &out->alliances[out->alliance_count++];
    fill_alliance(&p);
  }
  if (!c->status) fill_only(c, out);
  if (!c->status && !out->alliance_count)
    c->status = ent_fail(c->from.study->context, ENT_NOT_FOUND, NULL, "name one alliance on each side with --alliance",
                         "no alliance stands on both sides");
}

ent_status ent_compare_fill(ent_study *from, const ent_assess_options *from_options, ent_study *to,
                            const ent_assess_options *to_options, ent_arena *arena, ent_compare_answer *out) {
  comparison c;
  memset(&c, 0, sizeof c);
  c.arena = arena;
  c.status = make_runs(&c, from, from_options, to, to_options);
  c.judges = same_evidence(from, to);
  if (!c.status && c.judges) c.status = ent_comparing_open(from, arena, &c.comparing);
  if (!c.status) fill_answer(&c, out);
  return c.status;
}

ent_status ent_compare_run(ent_study *from, const ent_assess_options *from_options, ent_study *to,
                           const ent_assess_options *to_options, ent_result **out) {
  static const ent_assess_options defaults;
  ent_result *result;
  ent_status status;
  *out = NULL;
  ent_context_clear(from->context);
  result = ent_result_new(from->context, ENT_COMPARE);
  if (!result) return ent_fail_memory(from->context);
  status = ent_compare_fill(from, from_options ? from_options : &defaults, to, to_options ? to_options : &defaults,
                            result->arena, &result->compare);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
