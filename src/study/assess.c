/* assess.c - the operation assess: from draws to an answer with words, keys and footnotes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/text.h"
#include "study/draw_log.h"
#include "study/forces.h"

typedef struct builder {
  const ent_run *run;
  const ent_assessed_alliance *from; /* the alliance whose answer is built */
  ent_alliance_answer *to;
  ent_status status;
} builder;

static void *take(builder *b, size_t count, size_t size) {
  void *memory = b->status ? NULL : ent_arena_take(b->run->arena, count, size);
  if (!memory && !b->status) b->status = ent_fail_memory(b->run->study->context);
  return memory;
}

static const ent_cell *score_of(const builder *b, ent_scope scope, int from, int to, int c, int d, int i) {
  return ent_assess_find(b->from, ENT_SCORE, scope, from, to, c, d, i);
}

/* "" when memory is short: the status says so. */
static const char *key_of(builder *b, const ent_cell *cell) {
  const char *key = ent_run_key(b->run, b->from, cell);
  if (!key && !b->status) b->status = ent_fail_memory(b->run->study->context);
  return key ? key : "";
}

static void fill_node(builder *b, const ent_cell *cell, const char *id, ent_node_answer *out) {
  out->id = id;
  out->key = key_of(b, cell);
  out->label = ent_run_cell_label(b->run, cell);
  out->score = ent_run_summary(b->run, cell->draws);
  out->coverage = cell->coverage;
  out->carried = cell->carried > 0;
  out->missing = cell->missing;
}

/* A criterion of a scope with its dimensions and indicators; those that do not apply to it are left out. */
static bool fill_criterion(builder *b, ent_scope scope, int from, int to, size_t c, ent_node_answer *out) {
  const ent_model_criterion *criterion = &b->run->model->criteria[c];
  const ent_cell *cell = score_of(b, scope, from, to, (int)c, -1, -1);
  size_t d, i;
  if (!cell) return false;
  fill_node(b, cell, criterion->id, out);
  out->children = take(b, criterion->dimension_count, sizeof *out->children);
  for (d = 0; d < criterion->dimension_count && !b->status; d++) {
    const ent_model_dimension *dimension = &criterion->dimensions[d];
    ent_node_answer *child = &out->children[out->child_count];
    if (!(cell = score_of(b, scope, from, to, (int)c, (int)d, -1))) continue;
    out->child_count++;
    fill_node(b, cell, dimension->id, child);
    child->children = take(b, dimension->indicator_count, sizeof *child->children);
    for (i = 0; i < dimension->indicator_count && !b->status; i++)
      if ((cell = score_of(b, scope, from, to, (int)c, (int)d, (int)i)))
        fill_node(b, cell, dimension->indicators[i].id, &child->children[child->child_count++]);
  }
  return true;
}

static void fill_criteria(builder *b, ent_scope scope, int from, int to, ent_node_answer **out, size_t *count) {
  size_t c;
  *count = 0;
  *out = take(b, b->run->model->criterion_count, sizeof **out);
  for (c = 0; c < b->run->model->criterion_count && !b->status; c++)
    if (fill_criterion(b, scope, from, to, c, &(*out)[*count])) ++*count;
}

static void fill_aggregations(builder *b) {
  const ent_model *model = b->run->model;
  const char *headline =
      b->run->request.methods ? "mixed" : ent_aggregation_id(model->headline); /* where methods vary it mixes them */
  bool classed = b->from->coverage >= model->least_coverage;
  int a;
  for (a = 0; a < ENT_AGGREGATIONS; a++) {
    ent_aggregation_answer *out = &b->to->aggregations[a];
    out->id = a == (int)model->headline ? headline : ent_aggregation_id((ent_aggregation)a);
    out->score = ent_run_summary(b->run, b->from->aggregated[a]);
    if (!classed || isnan(out->score.median)) continue;
    out->class_id = model->classes[ent_assess_class(model, out->score.median)].id;
    out->class_label = model->classes[ent_assess_class(model, out->score.median)].label;
  }
  b->to->headline = headline;
  b->to->score = b->to->aggregations[model->headline].score;
  b->to->class_id = b->to->aggregations[model->headline].class_id;
  b->to->class_label = b->to->aggregations[model->headline].class_label;
  for (a = 0; a < ENT_AGGREGATIONS; a++)
    if (!ent_text_same(b->to->aggregations[a].class_id, b->to->class_id)) b->to->verdict_differs = true;
}

static void fill_shares(builder *b) {
  const ent_model *model = b->run->model;
  const float *draws = b->from->aggregated[model->headline];
  size_t i, d;
  if (!b->to->class_id) return;
  b->to->share_count = model->class_count;
  b->to->shares = take(b, model->class_count, sizeof *b->to->shares);
  for (i = 0; i < model->class_count && !b->status; i++) {
    b->to->shares[i].id = model->classes[i].id;
    b->to->shares[i].label = model->classes[i].label;
  }
  for (d = 0; d < b->run->assessment->draws && !b->status; d++)
    b->to->shares[ent_assess_class(model, draws[d])].share += 1.0 / b->run->assessment->draws;
}

static void fill_members(builder *b) {
  size_t m;
  b->to->member_count = b->from->member_count;
  b->to->members = take(b, b->from->member_count, sizeof *b->to->members);
  b->to->member_labels = take(b, b->from->member_count, sizeof *b->to->member_labels);
  for (m = 0; m < b->from->member_count && !b->status; m++) {
    b->to->members[m] = b->from->members[m]->id;
    b->to->member_labels[m] = b->from->members[m]->label;
  }
}

/* ---- the directed view and the readings ---- */

static void fill_directed(builder *b) {
  size_t m = b->from->member_count, from, to;
  b->to->directed = take(b, m * m, sizeof *b->to->directed);
  for (from = 0; from < m; from++)
    for (to = 0; to < m && !b->status; to++) {
      const ent_cell *cell = score_of(b, ENT_OF_PAIR, (int)from, (int)to, -1, -1, -1);
      ent_directed_answer *out = &b->to->directed[b->to->directed_count];
      if (!cell) continue;
      b->to->directed_count++;
      out->from = b->from->members[from]->id;
      out->to = b->from->members[to]->id;
      out->from_label = b->from->members[from]->label;
      out->to_label = b->from->members[to]->label;
      out->key = key_of(b, cell);
      out->score = ent_run_summary(b->run, cell->draws);
      fill_criteria(b, ENT_OF_PAIR, (int)from, (int)to, &out->criteria, &out->criterion_count);
    }
}

static void fill_readings(builder *b) {
  size_t c;
  b->to->readings = take(b, b->from->cell_count, sizeof *b->to->readings);
  for (c = 0; c < b->from->cell_count && !b->status; c++) {
    const ent_cell *cell = &b->from->cells[c];
    ent_reading_answer *out = &b->to->readings[b->to->reading_count];
    if (cell->kind != ENT_READING) continue;
    b->to->reading_count++;
    out->id = b->run->model->readings[cell->indicator].id;
    out->key = key_of(b, cell);
    out->label = ent_run_cell_label(b->run, cell);
    out->member_label = b->from->members[cell->from]->label;
    out->value = ent_run_summary(b->run, cell->draws);
    out->missing = cell->missing;
  }
}

static ent_status fill_alliance(const ent_run *run, ent_trends *trends, const ent_assessed_alliance *from,
                                ent_alliance_answer *to) {
  builder b = {run, from, to, ENT_OK};
  to->id = to->key = from->alliance->id;
  to->label = from->alliance->label;
  to->coverage = from->coverage;
  to->carried = from->carried;
  to->least_coverage = run->model->least_coverage;
  fill_members(&b);
  fill_aggregations(&b);
  fill_shares(&b);
  fill_criteria(&b, ENT_OF_ALLIANCE, -1, -1, &to->criteria, &to->criterion_count);
  if (!b.status) b.status = ent_forces_fill(run, trends, from, to);
  fill_directed(&b);
  fill_readings(&b);
  return b.status;
}

ent_status ent_assess_run(ent_study *study, const ent_assess_options *options, ent_result **out) {
  static const ent_assess_options defaults;
  ent_result *result;
  ent_status status;
  ent_trends trends;
  ent_run run;
  size_t a;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_ASSESS);
  if (!result) return ent_fail_memory(study->context);
  status = ent_run_make(study, options ? options : &defaults, NULL, result->arena, &run);
  if (status) goto end;
  result->assess.run = run.answer;
  result->assess.alliance_count = run.assessment->alliance_count;
  result->assess.alliances = ent_arena_take(result->arena, run.assessment->alliance_count, sizeof(ent_alliance_answer));
  if (!result->assess.alliances) status = ent_fail_memory(study->context);
  if (!status) status = ent_run_summarise(&run);
  if (!status) status = ent_trends_make(&run, &trends);
  if (!status) result->assess.trend = trends.setting;
  result->assess.ranges = run.model->ranges;
  result->assess.ranges_reason = run.model->ranges_reason;
  result->assess.grades = run.model->grades;
  for (a = 0; a < run.assessment->alliance_count && !status; a++)
    status = fill_alliance(&run, &trends, &run.assessment->alliances[a], &result->assess.alliances[a]);
  if (!status && options && options->draw_log)
    status = ent_draw_log_write(&run, options->draw_log, options->draw_all != 0, &result->assess.draw_log);
end:
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
