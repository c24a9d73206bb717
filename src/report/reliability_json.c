/* reliability_json.c - agreement of coders as JSON, as share/schemas/reliability.json describes it. */
#include "report/agreement.h"
#include "report/basis.h"
#include "report/pages.h"
#include "report/parts_json.h"

static ent_json *coder_json(ent_words *words, const ent_coder_answer *coder) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", coder->id) &&
            ent_json_set_text(json, "label", ent_words_label(words, coder->label)) &&
            ent_json_set_text(json, "description", ent_words_label(words, coder->description)) &&
            ent_json_set_integer(json, "codings", (int64_t)coder->codings);
  return ent_parts_json_keep(json, ok);
}

static ent_json *value_json(ent_words *words, const ent_coded_value *value) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", value->key) && ent_json_set_text(json, "coder", value->coder) &&
            ent_json_set_number(json, "value", value->value) && ent_json_set_number(json, "low", value->low) &&
            ent_json_set_number(json, "high", value->high) &&
            ent_json_set_text(json, "rationale", ent_words_label(words, value->rationale));
  return ent_parts_json_keep(json, ok);
}

static ent_json *disagreement_json(ent_words *words, const ent_disagreement *item) {
  ent_json *json = ent_json_object(), *values = ent_json_array();
  bool ok = ent_json_set_text(json, "key", item->key) && ent_json_set_text(json, "scale", item->scale) &&
            ent_json_set_text(json, "label", ent_words_label(words, item->label)) &&
            ent_json_set_number(json, "apart", item->apart) &&
            ent_parts_json_citations(json, words, "citations", item->citations, item->citation_count);
  for (size_t i = 0; ok && i < item->value_count; i++) ok = ent_json_add(values, value_json(words, &item->values[i]));
  ok = ent_json_set(json, "values", values) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_reliability_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "scale", answer->scale) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

ent_json *ent_reliability_json(ent_words *words, const ent_result *result) {
  const ent_reliability_answer *answer = &result->reliability;
  ent_json *json = ent_json_object(), *coders = ent_json_array(), *disagreements = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.reliability/1", &answer->basis) && set_options(json, words, answer);
  for (size_t i = 0; ok && i < answer->coder_count; i++)
    ok = ent_json_add(coders, coder_json(words, &answer->coders[i]));
  for (size_t i = 0; ok && i < answer->count; i++)
    ok = ent_json_add(disagreements, disagreement_json(words, &answer->disagreements[i]));
  ok = ent_json_set(json, "coders", coders) && ok;
  ok = ok && ent_agreement_json(json, answer->alphas, answer->alpha_count) &&
       ent_json_set_integer(json, "withheld_disagreements", (int64_t)answer->withheld);
  ok = ent_json_set(json, "disagreements", disagreements) && ok;
  return ent_parts_json_keep(json, ok);
}
