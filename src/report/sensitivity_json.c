/* sensitivity_json.c - what drives the scores as JSON, as share/schemas/sensitivity.json describes it. Lists of outputs
 * stand in the order of "outputs". */
#include <math.h>

#include "base/text.h"
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

/* A number; null where it is missing. */
static bool set_number(ent_json *object, const char *key, double value) {
  return isnan(value) ? ent_json_set_text(object, key, NULL) : ent_json_set_number(object, key, value);
}

static bool set_class(ent_json *object, ent_words *words, const char *key, ent_class_answer of) {
  if (!of.id) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", of.id) && ent_json_set_text(json, "label", ent_words_label(words, of.label));
  return ent_json_set(object, key, json) && ok;
}

static bool set_interval(ent_json *object, const char *key, ent_interval of) {
  if (isnan(of.value)) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "value", of.value) && ent_json_set_number(json, "low", of.low) &&
            ent_json_set_number(json, "high", of.high);
  return ent_json_set(object, key, json) && ok;
}

static bool set_texts(ent_json *object, const char *key, const char *const *texts, size_t count) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add_text(list, texts[i]);
  return ent_json_set(object, key, list) && ok;
}

static bool set_numbers(ent_json *object, const char *key, const double *numbers, size_t count) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) {
    ent_json *json = ent_json_object();
    ok = ent_json_add(list, ent_parts_json_keep(json, set_number(json, "share", numbers[i])));
  }
  return ent_json_set(object, key, list) && ok;
}

/* ---- outputs ---- */

static ent_json *output_json(ent_words *words, const ent_output_answer *output) {
  static const char *const reasons[] = {NULL, "sensitivity.missing", "sensitivity.constant"};
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", output->id) && ent_json_set_text(json, "key", output->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, output->label)) &&
            ent_json_set_bool(json, "is_difference", output->is_difference) &&
            ent_parts_json_figure(json, "score", output->score) && set_class(json, words, "class", output->class_of) &&
            set_number(json, "nominal", output->nominal) &&
            set_class(json, words, "nominal_class", output->nominal_class) &&
            set_number(json, "coverage", output->coverage) &&
            ent_parts_json_reason(json, words, "no_indices", reasons[output->reason]) &&
            set_number(json, "mean", output->mean) && set_number(json, "variance", output->variance) &&
            set_number(json, "sum_first", output->sum_first) &&
            ent_json_set_integer(json, "inputs_that_flip", (int64_t)output->flip_count);
  return ent_parts_json_keep(json, ok);
}

/* ---- inputs ---- */

static bool set_index(ent_json *object, const ent_index_answer *index) {
  return set_interval(object, "first", index->first) && set_interval(object, "total", index->total);
}

static bool set_flip(ent_json *object, ent_words *words, const ent_input_answer *input, const ent_flip_answer *flip) {
  if (!flip->found) return ent_json_set_text(object, "flip", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "value", flip->value) && ent_json_set_number(json, "change", flip->change) &&
            ent_json_set_number(json, "score", flip->score) && set_class(json, words, "class", flip->class_of) &&
            (!input->choice_count || ent_json_set_text(json, "choice", input->choices[(size_t)flip->value]));
  return ent_json_set(object, "flip", json) && ok;
}

/* Of a method alone: its choices, and the score that each gives. */
static bool set_choices(ent_json *object, ent_words *words, const ent_input_answer *input) {
  if (!input->choice_count) return true;
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < input->choice_count; i++) {
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "id", input->choices[i]) &&
                ent_json_set_text(json, "label", ent_words_of(words, "sensitivity.choice", input->choices[i])) &&
                ent_json_set_bool(json, "stated", i == input->stated);
    ok = ent_json_add(list, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "choices", list) && ok;
}

static bool set_choice_scores(ent_json *object, const ent_input_answer *input, size_t output) {
  if (!input->choice_count) return true;
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < input->choice_count; i++) {
    ent_json *json = ent_json_object();
    bool kept =
        ent_json_set_text(json, "choice", input->choices[i]) && set_number(json, "score", input->at_choices[output][i]);
    ok = ent_json_add(list, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "at_choices", list) && ok;
}

static ent_json *input_output_json(ent_words *words, const char *id, const ent_input_answer *input, size_t output) {
  const ent_input_output *of = &input->of[output];
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "output", id) && set_index(json, &of->index) &&
            set_number(json, "at_low", of->at_low) && set_number(json, "at_high", of->at_high) &&
            set_flip(json, words, input, &of->flip) && set_choice_scores(json, input, output);
  return ent_parts_json_keep(json, ok);
}

static ent_json *input_json(ent_words *words, const ent_sensitivity_answer *answer, const ent_input_answer *input) {
  ent_json *json = ent_json_object(), *of = ent_json_array();
  const char *label =
      input->method ? ent_words_of(words, "sensitivity.method", input->method) : ent_words_label(words, input->label);
  bool ok = ent_json_set_text(json, "kind", input->kind) && ent_json_set_text(json, "key", input->key) &&
            ent_json_set_text(json, "label", label) && set_choices(json, words, input) &&
            ent_json_set_text(json, "aspect", input->aspect) && ent_json_set_text(json, "unit", input->unit) &&
            ent_json_set_bool(json, "withheld", input->withheld) && set_number(json, "nominal", input->nominal) &&
            set_number(json, "low", input->low) && set_number(json, "high", input->high) &&
            set_number(json, "scale_low", input->scale_low) && set_number(json, "scale_high", input->scale_high) &&
            ent_json_set_bool(json, "whole_points", input->whole) &&
            set_texts(json, "rows", input->rows, input->row_count) &&
            set_texts(json, "feeds", input->places, input->place_count) &&
            ent_parts_json_citations(json, words, "citations", input->citations, input->citation_count);
  for (size_t o = 0; ok && o < answer->output_count; o++)
    ok = ent_json_add(of, input_output_json(words, answer->outputs[o].id, input, o));
  ok = ent_json_set(json, "outputs", of) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *group_json(ent_words *words, const ent_sensitivity_answer *answer, const ent_group_answer *group) {
  ent_json *json = ent_json_object(), *of = ent_json_array();
  const char *label = ent_text_same(group->kind, "part") ? ent_words_of(words, "sensitivity.part", group->id)
                                                         : ent_words_label(words, group->label);
  bool ok = ent_json_set_text(json, "kind", group->kind) && ent_json_set_text(json, "id", group->id) &&
            ent_json_set_text(json, "key", group->key) && ent_json_set_text(json, "label", label) &&
            ent_json_set_integer(json, "inputs", (int64_t)group->input_count);
  for (size_t o = 0; ok && o < answer->output_count; o++) {
    ent_json *one = ent_json_object();
    bool kept = ent_json_set_text(one, "output", answer->outputs[o].id) && set_index(one, &group->of[o]);
    ok = ent_json_add(of, ent_parts_json_keep(one, kept));
  }
  ok = ent_json_set(json, "outputs", of) && ok;
  return ent_parts_json_keep(json, ok);
}

/* ---- leaving one out ---- */

static ent_json *omission_output_json(ent_words *words, const char *output, const ent_omission_output *of) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "output", output) && ent_parts_json_figure(json, "score", of->score) &&
            ent_parts_json_figure(json, "change", of->change) && set_number(json, "coverage", of->coverage) &&
            set_class(json, words, "class", of->class_of) &&
            ent_json_set_bool(json, "class_changes", of->class_changes);
  return ent_parts_json_keep(json, ok);
}

static ent_json *omission_json(ent_words *words, const ent_sensitivity_answer *answer,
                               const ent_omission_answer *omission) {
  ent_json *json = ent_json_object(), *of = ent_json_array();
  bool ok = ent_json_set_text(json, "kind", omission->kind) && ent_json_set_text(json, "id", omission->id) &&
            ent_json_set_text(json, "key", omission->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, omission->label)) &&
            ent_json_set_integer(json, "rows", (int64_t)omission->row_count) &&
            ent_json_set_text(json, "ahead", omission->ahead) &&
            ent_json_set_bool(json, "order_changes", omission->order_changes);
  for (size_t o = 0; ok && o < answer->output_count; o++)
    ok = ent_json_add(of, omission_output_json(words, answer->outputs[o].id, &omission->of[o]));
  ok = ent_json_set(json, "outputs", of) && ok;
  return ent_parts_json_keep(json, ok);
}

/* ---- ranks ---- */

static bool set_above(ent_json *object, const ent_sensitivity_answer *answer, size_t alliance) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t a = 0; ok && a < answer->alliance_count; a++) {
    if (a == alliance) continue;
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "other", answer->outputs[a].id) &&
                set_number(json, "share", answer->ranks[alliance].above[a]);
    ok = ent_json_add(list, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "above", list) && ok;
}

static bool set_central(ent_json *object, ent_words *words, const ent_sensitivity_answer *answer, size_t alliance) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t k = 0; ok && k < answer->weight_count; k++) {
    const ent_input_answer *weight = &answer->inputs[answer->weights[k]];
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "key", weight->key) &&
                ent_json_set_text(json, "label", ent_words_label(words, weight->label)) &&
                set_number(json, "stated", weight->nominal) &&
                set_number(json, "share", answer->ranks[alliance].central[k]);
    ok = ent_json_add(list, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "central_weights", list) && ok;
}

static bool set_ranks(ent_json *object, ent_words *words, const ent_sensitivity_answer *answer) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t a = 0; ok && answer->ranks && a < answer->alliance_count; a++) {
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "alliance", answer->outputs[a].id) &&
                ent_json_set_text(json, "label", ent_words_label(words, answer->outputs[a].label)) &&
                set_numbers(json, "ranks", answer->ranks[a].acceptability, answer->alliance_count) &&
                set_above(json, answer, a) && set_number(json, "confidence", answer->ranks[a].confidence) &&
                set_central(json, words, answer, a);
    ok = ent_json_add(list, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "ranks", list) && ok;
}

/* Few units: what could be computed would mean nothing. */
static bool set_coherence(ent_json *object, ent_words *words, const ent_sensitivity_answer *answer) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_integer(json, "units", (int64_t)answer->alliance_count) &&
            ent_json_set_text(json, "text", ent_sensitivity_coherence(words, answer));
  return ent_json_set(object, "coherence", json) && ok;
}

/* ---- the page ---- */

static bool set_design(ent_json *object, const ent_sensitivity_answer *answer) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_integer(json, "points", answer->points) &&
            ent_json_set_integer(json, "scramblings", answer->scramblings) &&
            ent_json_set_integer(json, "columns", (int64_t)answer->column_count) &&
            ent_json_set_number(json, "level", 0.95) &&
            ent_json_set_integer(json, "draws_left_out", answer->omission_draws);
  return ent_json_set(object, "design", json) && ok;
}

ent_json *ent_sensitivity_json(ent_words *words, const ent_result *result) {
  const ent_sensitivity_answer *answer = &result->sensitivity;
  ent_json *json = ent_json_object(), *outputs = ent_json_array(), *inputs = ent_json_array();
  ent_json *groups = ent_json_array(), *omissions = ent_json_array();
  bool ok = ent_run_json(json, words, "entente.sensitivity/1", &answer->run) && set_design(json, answer);
  for (size_t i = 0; ok && i < answer->output_count; i++)
    ok = ent_json_add(outputs, output_json(words, &answer->outputs[i]));
  for (size_t i = 0; ok && i < answer->input_count; i++)
    ok = ent_json_add(inputs, input_json(words, answer, &answer->inputs[i]));
  for (size_t i = 0; ok && i < answer->group_count; i++)
    ok = ent_json_add(groups, group_json(words, answer, &answer->groups[i]));
  for (size_t i = 0; ok && i < answer->omission_count; i++)
    ok = ent_json_add(omissions, omission_json(words, answer, &answer->omissions[i]));
  ok = ent_json_set_text(json, "ahead", answer->ahead) && ok;
  ok = ent_json_set_integer(json, "inputs_beside", (int64_t)answer->beside_count) && ok;
  ok = ent_json_set(json, "outputs", outputs) && ok;
  ok = ent_json_set(json, "inputs", inputs) && ok;
  ok = ent_json_set(json, "groups", groups) && ok;
  ok = ent_json_set(json, "left_out_one", omissions) && ok;
  ok = set_ranks(json, words, answer) && ok;
  ok = set_coherence(json, words, answer) && ok;
  return ent_parts_json_keep(json, ok);
}
