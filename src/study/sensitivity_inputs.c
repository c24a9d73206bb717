/* sensitivity_inputs.c - the inputs of an assessment as people know them: what is coded or measured, whose weight it
 * is, what they rest on and which indicators they feed. */
#include <math.h>
#include <string.h>

#include "study/sensitive.h"

static bool reaches(ent_sensitive *s, size_t input) {
  const ent_evaluation *e = s->factors.evaluation;
  const ent_input_group *group = ent_evaluation_group(e, &input, 1, s->run.arena);
  size_t a;
  if (!group) {
    s->status = ent_fail_memory(s->run.study->context);
    return false;
  }
  for (a = 0; a < s->answer->alliance_count; a++)
    if (ent_evaluation_reaches(e, group, a)) return true;
  return false;
}

/* ---- values ---- */

static void fill_rows(ent_sensitive *s, const ent_assess_input *in, ent_input_answer *out) {
  size_t i;
  out->rows = ent_sensitive_take(s, in->evidence_count, sizeof *out->rows);
  for (i = 0; i < in->evidence_count && !s->status; i++) {
    ent_catalog_row row;
    if ((s->status = ent_catalog_key(s->run.study->catalog, in->evidence[i], &row))) return;
    out->rows[i] = ent_arena_print(s->run.arena, "%s:%s", row.table, row.id);
    if (!out->rows[i]) s->status = ent_fail_memory(s->run.study->context);
  }
  out->row_count = in->evidence_count;
}

/* "USD_bn, USD": the unit, with the currency where it has one. */
static const char *unit_of(ent_sensitive *s, const ent_catalog_row *row) {
  const char *unit = ent_catalog_value(row, "unit"), *currency = ent_catalog_value(row, "currency");
  char *text =
      *currency ? ent_arena_print(s->run.arena, "%s %s", currency, unit) : ent_arena_print(s->run.arena, "%s", unit);
  if (!text) s->status = ent_fail_memory(s->run.study->context);
  return text;
}

/* What is coded, or the first of the figures. */
static void fill_value(ent_sensitive *s, const ent_assess_input *in, ent_input_answer *out) {
  ent_study *study = s->run.study;
  ent_catalog_row row;
  out->kind = in->aspect ? "code" : "figure";
  out->aspect = in->aspect;
  s->status = ent_catalog_key(study->catalog, in->aspect ? in->item : in->evidence[0], &row);
  if (!s->status) s->status = ent_row_label(study, s->run.arena, &row, &out->label);
  if (!s->status) s->status = ent_row_citations(study, s->run.arena, &row, &out->citations, &out->citation_count);
  if (s->status) return;
  out->withheld = row.withheld;
  if (!in->aspect) out->unit = unit_of(s, &row);
  if (!(out->key = ent_arena_print(s->run.arena, "%s:%s", row.table, row.id)))
    s->status = ent_fail_memory(study->context);
  if (in->aspect) {
    out->scale_low = in->least;
    out->scale_high = in->most;
  }
  fill_rows(s, in, out);
}

static void fill_places(ent_sensitive *s, const ent_assess_input *in, ent_input_answer *out) {
  size_t i;
  out->places = ent_sensitive_take(s, in->place_count, sizeof *out->places);
  for (i = 0; i < in->place_count && !s->status; i++) {
    const ent_input_place *p = &in->places[i];
    out->places[i] = ent_run_key_of(&s->run, &s->run.assessment->alliances[p->alliance],
                                    p->giver < 0 ? ENT_OF_ALLIANCE : ENT_OF_PAIR, p->giver, p->receiver, p->criterion,
                                    p->dimension, p->indicator);
    if (!out->places[i]) s->status = ent_fail_memory(s->run.study->context);
  }
  out->place_count = in->place_count;
}

/* ---- weights ---- */

/* The first cell of a node: an alliance's, or a member's where the alliance has none. */
static const ent_cell *cell_of(const ent_sensitive *s, const ent_assess_input *in, const ent_assessed_alliance **of) {
  size_t a, c;
  for (a = 0; a < s->run.assessment->alliance_count; a++)
    for (c = 0; c < s->run.assessment->alliances[a].cell_count; c++) {
      const ent_cell *cell = &s->run.assessment->alliances[a].cells[c];
      if (cell->kind == ENT_SCORE && cell->criterion == in->criterion && cell->dimension == in->dimension &&
          cell->indicator == in->indicator && cell->scope == ENT_OF_ALLIANCE) {
        *of = &s->run.assessment->alliances[a];
        return cell;
      }
    }
  return NULL;
}

static void fill_weight(ent_sensitive *s, const ent_assess_input *in, ent_input_answer *out) {
  const ent_assessed_alliance *of = NULL;
  const ent_cell *cell = cell_of(s, in, &of);
  const ent_model_criterion *c = &s->run.model->criteria[in->criterion];
  ent_label label = in->dimension < 0   ? c->label
                    : in->indicator < 0 ? c->dimensions[in->dimension].label
                                        : c->dimensions[in->dimension].indicators[in->indicator].label;
  out->kind = "weight";
  out->of_criterion = in->dimension < 0;
  out->label = ent_run_label(&s->run, label);
  if (cell && !(out->key = ent_run_key(&s->run, of, cell))) s->status = ent_fail_memory(s->run.study->context);
}

/* ---- methods ---- */

static void fill_method(ent_sensitive *s, size_t input, ent_input_answer *out) {
  const ent_assess_input *in = &s->factors.inputs[input];
  size_t o;
  out->kind = "method";
  out->method = in->method;
  out->whole = false;
  out->choice_count = in->choice_count;
  out->choices = in->choices;
  out->stated = (size_t)in->nominal;
  if (!(out->key = ent_arena_print(s->run.arena, "methods:%s", in->method)))
    s->status = ent_fail_memory(s->run.study->context);
  out->at_choices = ent_sensitive_take(s, s->answer->output_count, sizeof *out->at_choices);
  double *scores = ent_sensitive_take(s, s->answer->output_count * in->choice_count, sizeof *scores);
  if (s->status) return;
  if (ent_sensitivity_choices(&s->factors, input, s->run.arena, scores))
    s->status = ent_fail_memory(s->run.study->context);
  for (o = 0; o < s->answer->output_count; o++) out->at_choices[o] = scores + o * in->choice_count;
}

static void fill_input(ent_sensitive *s, size_t input, ent_input_answer *out) {
  const ent_assess_input *in = &s->factors.inputs[input];
  *out = (ent_input_answer){.nominal = NAN, .low = NAN, .high = NAN, .scale_low = NAN, .scale_high = NAN};
  out->whole = in->whole;
  if (in->kind == ENT_INPUT_WEIGHT) fill_weight(s, in, out);
  else if (in->kind == ENT_INPUT_METHOD) fill_method(s, input, out);
  else fill_value(s, in, out);
  if (!s->status) fill_places(s, in, out);
  out->of = ent_sensitive_take(s, s->answer->output_count, sizeof *out->of);
}

void ent_sensitive_list_inputs(ent_sensitive *s) {
  size_t *listed = ent_sensitive_take(s, s->factors.input_count, sizeof *listed), i, count = 0;
  for (i = 0; i < s->factors.input_count && !s->status; i++)
    if (reaches(s, i)) listed[count++] = i;
  s->listed = listed;
  s->answer->beside_count = s->factors.input_count - count;
  s->answer->inputs = ent_sensitive_take(s, count, sizeof *s->answer->inputs);
  for (i = 0; i < count && !s->status; i++) fill_input(s, listed[i], &s->answer->inputs[i]);
  s->answer->input_count = count;
}
