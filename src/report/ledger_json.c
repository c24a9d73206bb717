/* ledger_json.c - the ledger as JSON, as share/schemas/ledger.json describes it. */
#include <math.h>

#include "report/basis.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/parts_json.h"

static const char *const verdicts[ENT_VERDICTS] = {
    [ENT_REPRODUCED] = "reproduced", [ENT_DIFFERS] = "differs", [ENT_NO_DATA] = "no_data"};

/* null for nothing; an end that is open is null in a number. */
static bool set_value(ent_json *object, const char *key, const ent_shown *value) {
  static const char *const kinds[] = {
      [ENT_SHOWN_NUMBER] = "number", [ENT_SHOWN_TEXT] = "text", [ENT_SHOWN_TRUTH] = "truth"};
  if (value->kind == ENT_SHOWN_NOTHING) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "kind", kinds[value->kind]);
  if (value->kind == ENT_SHOWN_NUMBER)
    ok = ok && ent_json_set_number(json, "point", value->point) &&
         ent_json_set_number(json, "low", isfinite(value->low) ? value->low : NAN) &&
         ent_json_set_number(json, "high", isfinite(value->high) ? value->high : NAN) &&
         ent_json_set_text(json, "unit", value->unit);
  else ok = ok && ent_json_set_text(json, "text", value->text);
  return ent_json_set(object, key, json) && ok;
}

static const char *or_null(const char *text) { return text && *text ? text : NULL; }

static bool set_vintage(ent_json *object, const ent_ledger_input *input) {
  const ent_vintage *v = &input->vintage;
  if (!v->source) return ent_json_set_text(object, "vintage", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "issued", or_null(v->issued)) &&
            ent_json_set_text(json, "accessed", or_null(v->accessed)) &&
            ent_json_set_text(json, "data_year", or_null(v->data_year)) &&
            ent_json_set_text(json, "period", or_null(v->period)) &&
            ent_json_set_text(json, "version", or_null(v->version)) && ent_json_set_text(json, "source", v->source);
  return ent_json_set(object, "vintage", json) && ok;
}

static ent_json *input_json(const ent_ledger_input *input) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", input->key) && ent_json_set_text(json, "kind", input->kind) &&
            ent_json_set_text(json, "field", input->field) && ent_json_set_bool(json, "stated", input->is_stated) &&
            ent_json_set_bool(json, "outside", input->is_outside) && set_value(json, "value", &input->value) &&
            set_vintage(json, input);
  return ent_parts_json_keep(json, ok);
}

static bool set_missing(ent_json *object, ent_words *words, const ent_ledger_statement *s) {
  ent_json *gaps = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < s->gap_count; i++) {
    ent_json *gap = ent_json_object();
    const char *key = ent_arena_print(words->arena, "ledger.gap.%s", s->gaps[i].why);
    ok = key && ent_json_set_text(gap, "code", s->gaps[i].why) && ent_json_set_text(gap, "key", s->gaps[i].subject) &&
         ent_json_set_text(gap, "text", ent_words_get(words, key));
    ok = ent_json_add(gaps, ent_parts_json_keep(gap, ok)) && ok;
  }
  ok = ent_json_set(object, "gaps", gaps) && ok;
  return ok && ent_json_set_text(object, "missing", or_null(ent_words_label(words, s->missing)));
}

static bool set_comparisons(ent_json *object, const ent_ledger_statement *s) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < s->comparison_count; i++) {
    const ent_ledger_comparison *c = &s->comparisons[i];
    ent_json *json = ent_json_object();
    ok = set_value(json, "left", &c->left) && ent_json_set_text(json, "sign", c->sign) &&
         set_value(json, "right", &c->right) && ent_json_set_text(json, "truth", c->truth);
    ok = ent_json_add(array, ent_parts_json_keep(json, ok)) && ok;
  }
  return ent_json_set(object, "comparisons", array) && ok;
}

static ent_json *statement_json(ent_words *words, const ent_ledger_statement *s) {
  ent_json *json = ent_json_object(), *inputs = ent_json_array();
  bool ok = ent_json_set_text(json, "id", s->id) && ent_json_set_text(json, "key", s->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, s->label)) &&
            ent_json_set_text(json, "kind", s->kind) &&
            (s->conclusion ? ent_json_set_integer(json, "conclusion", s->conclusion)
                           : ent_json_set_text(json, "conclusion", NULL)) &&
            ent_json_set_text(json, "expression", or_null(s->expression)) &&
            ent_json_set_text(json, "relation", s->relation) && set_value(json, "stated", &s->stated) &&
            ent_json_set_text(json, "stated_key", s->stated_key) &&
            ent_json_set_number(json, "tolerance", s->tolerance) && set_value(json, "computed", &s->computed) &&
            ent_json_set_text(json, "verdict", verdicts[s->verdict]) && set_value(json, "difference", &s->difference) &&
            ent_json_set_number(json, "relative", s->relative) && ent_json_set_bool(json, "counts", s->counts) &&
            set_comparisons(json, s) && ent_json_set_text(json, "finding", or_null(s->finding)) &&
            ent_json_set_bool(json, "found", s->is_found) && set_missing(json, words, s);
  for (size_t i = 0; ok && i < s->input_count; i++) ok = ent_json_add(inputs, input_json(&s->inputs[i]));
  ok = ent_json_set(json, "inputs", inputs) && ok;
  ok = ok && ent_parts_json_citations(json, words, "citations", s->citations, s->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_counts(ent_json *json, const ent_ledger_sum *sum) {
  bool ok = ent_json_set_integer(json, "all", (int64_t)sum->all) &&
            ent_json_set_integer(json, "counted", (int64_t)sum->counted);
  for (int v = 0; ok && v < ENT_VERDICTS; v++) ok = ent_json_set_integer(json, verdicts[v], (int64_t)sum->verdicts[v]);
  return ok && ent_json_set_number(json, "checked", sum->checked);
}

static bool set_sums(ent_json *object, const char *key, const ent_ledger_sum *sums, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) {
    ent_json *json = ent_json_object();
    ok = sums[i].name ? ent_json_set_text(json, "name", sums[i].name)
                      : ent_json_set_integer(json, "number", sums[i].conclusion);
    ok = ent_json_add(array, ent_parts_json_keep(json, set_counts(json, &sums[i]) && ok)) && ok;
  }
  return ent_json_set(object, key, array) && ok;
}

static bool set_summary(ent_json *object, const ent_ledger_answer *answer) {
  ent_json *json = ent_json_object();
  bool ok = set_counts(json, &answer->total) && set_sums(json, "kinds", answer->kinds, answer->kind_count) &&
            set_sums(json, "conclusions", answer->conclusions, answer->conclusion_count) &&
            set_sums(json, "findings", answer->findings, answer->finding_count);
  return ent_json_set(object, "summary", json) && ok;
}

static ent_json *reading_json(ent_words *words, const ent_ledger_reading *reading) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "label", ent_words_label(words, reading->label));
  ok = ent_json_set(json, "study", input_json(&reading->study)) && ok;
  ok = ent_json_set(json, "outside", input_json(&reading->outside)) && ok;
  ok = ok && set_value(json, "difference", &reading->difference) &&
       ent_json_set_number(json, "relative", reading->relative) &&
       ent_json_set_bool(json, "same_definition", reading->same_definition) &&
       ent_pair_json_brief(json, words, "comparison", &reading->comparison);
  return ent_parts_json_keep(json, ok);
}

static ent_json *note_json(const ent_ledger_note *note) {
  ent_json *json = ent_json_object(), *statements = ent_json_array();
  bool ok = ent_json_set_text(json, "code", note->code) && ent_json_set_text(json, "file", note->file) &&
            ent_json_set_text(json, "id", note->id) && ent_json_set_text(json, "what", note->what) &&
            ent_json_set_text(json, "finding", note->finding);
  for (size_t i = 0; ok && i < note->statement_count; i++) ok = ent_json_add_text(statements, note->statements[i]);
  ok = ent_json_set(json, "accounted_by", statements) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_ledger_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "as_of", answer->basis.as_of) &&
            ent_json_set_text(options, "verdict", answer->verdict) &&
            ent_json_set_text(options, "kind", answer->kind) &&
            ent_json_set_text(options, "conclusion", answer->conclusion) &&
            ent_json_set_text(options, "find", answer->find) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

ent_json *ent_ledger_json(ent_words *words, const ent_result *result) {
  const ent_ledger_answer *answer = &result->ledger;
  ent_json *json = ent_json_object(), *statements = ent_json_array(), *readings = ent_json_array(),
           *notes = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.ledger/1", &answer->basis) && set_options(json, words, answer) &&
            set_summary(json, answer) && ent_json_set_integer(json, "statements_withheld", (int64_t)answer->withheld) &&
            ent_json_set_integer(json, "notes_unaccounted", (int64_t)answer->unaccounted);
  for (size_t i = 0; ok && i < answer->count; i++)
    ok = ent_json_add(statements, statement_json(words, &answer->statements[i]));
  for (size_t i = 0; ok && i < answer->reading_count; i++)
    ok = ent_json_add(readings, reading_json(words, &answer->readings[i]));
  for (size_t i = 0; ok && i < answer->note_count; i++) ok = ent_json_add(notes, note_json(&answer->notes[i]));
  ok = ent_json_set(json, "statements", statements) && ok;
  ok = ent_json_set(json, "readings", readings) && ok;
  ok = ent_json_set(json, "notes", notes) && ok;
  return ent_parts_json_keep(json, ok);
}
