/* forces.c - strengths and fault lines of an alliance, ranked by what is expected of them (see forces.h). */
#include "study/forces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct builder {
  const ent_run *run;
  ent_trends *trends;
  const ent_assessed_alliance *from;
  ent_status status;
} builder;

static void *take(builder *b, size_t count, size_t size) {
  void *memory = b->status ? NULL : ent_arena_take(b->run->arena, count, size);
  if (!memory && !b->status) b->status = ent_fail_memory(b->run->study->context);
  return memory;
}

/* Whether members' own values lie on two sides of the reference, or further apart than the model's limit. */
static bool divides(const builder *b, const ent_cell *effect) {
  const ent_model *model = b->run->model;
  bool of_members = model->criteria[effect->criterion].of_members;
  double low = INFINITY, high = -INFINITY;
  size_t m;
  for (m = 0; m < b->from->member_count; m++) {
    const ent_cell *own = ent_assess_find(b->from, of_members ? ENT_SCORE : ENT_OWN, ENT_OF_MEMBER, (int)m, -1,
                                          effect->criterion, effect->dimension, effect->indicator);
    double median = own && own->draws ? ent_run_summary(b->run, own->draws).median : NAN;
    if (isnan(median)) continue;
    if (median < low) low = median;
    if (median > high) high = median;
  }
  if (!(high > low)) return false;
  return (low < model->reference && high > model->reference) || high - low > model->divides;
}

bool ent_force_expected(const ent_run *run, const ent_cell *effect, ent_expected_answer *out) {
  const ent_summary s = ent_run_summary_of(run, effect->draws);
  if (!(s.median > 0 || s.median < 0)) return false;
  if (s.median > 0) {
    out->mean = s.gain;
    out->error = s.gain_error;
    out->range = (ent_figure){.median = s.median, .low = s.low > 0 ? s.low : 0, .high = s.high > 0 ? s.high : 0};
  } else {
    out->mean = s.loss;
    out->error = s.loss_error;
    out->range = (ent_figure){.median = s.loss_median, .low = s.loss_low, .high = s.loss_high};
  }
  return true;
}

static void fill_force(builder *b, const ent_cell *effect, ent_figure summary, ent_force_answer *out) {
  const ent_model_criterion *criterion = &b->run->model->criteria[effect->criterion];
  const ent_cell *score = ent_assess_find(b->from, ENT_SCORE, effect->scope, effect->from, effect->to,
                                          effect->criterion, effect->dimension, effect->indicator);
  ent_source_kind kind = criterion->dimensions[effect->dimension].indicators[effect->indicator].source.kind;
  out->key = ent_run_key(b->run, b->from, effect);
  if (!out->key && !b->status) b->status = ent_fail_memory(b->run->study->context);
  if (!out->key) out->key = "";
  out->indicator = criterion->dimensions[effect->dimension].indicators[effect->indicator].id;
  out->label = ent_run_giver_label(b->run, b->from, effect);
  out->effect = summary;
  out->score = ent_run_summary(b->run, score->draws);
  out->carried = score->carried > 0;
  out->divides = divides(b, effect);
  out->is_distance = kind == ENT_FROM_POSITION_DISTANCE || kind == ENT_FROM_THREAT_DISTANCE;
  if (!b->status) b->status = ent_trends_of(b->trends, b->from, effect, &out->trends);
  if (!b->status) out->trend_count = b->trends->setting.count;
  if (!b->status) b->status = ent_run_citations(b->run, score, &out->citations, &out->citation_count);
}

static int by_expected(const void *a, const void *b) {
  const ent_force_answer *x = a, *y = b;
  if (x->expected.mean != y->expected.mean) return x->expected.mean > y->expected.mean ? -1 : 1;
  return strcmp(x->key, y->key);
}

ent_status ent_forces_fill(const ent_run *run, ent_trends *trends, const ent_assessed_alliance *from,
                           ent_alliance_answer *to) {
  builder b = {run, trends, from, ENT_OK};
  size_t c;
  to->strengths = take(&b, from->cell_count, sizeof *to->strengths);
  to->fault_lines = take(&b, from->cell_count, sizeof *to->fault_lines);
  for (c = 0; c < from->cell_count && !b.status; c++) {
    const ent_cell *cell = &from->cells[c];
    ent_expected_answer expected;
    ent_force_answer *out;
    ent_figure summary;
    if (cell->kind != ENT_EFFECT || !cell->draws || !ent_force_expected(run, cell, &expected)) continue;
    summary = ent_run_summary(run, cell->draws);
    out = summary.median > 0 ? &to->strengths[to->strength_count++] : &to->fault_lines[to->fault_line_count++];
    out->expected = expected;
    fill_force(&b, cell, summary, out);
  }
  if (b.status) return b.status;
  qsort(to->strengths, to->strength_count, sizeof *to->strengths, by_expected);
  qsort(to->fault_lines, to->fault_line_count, sizeof *to->fault_lines, by_expected);
  return ENT_OK;
}
