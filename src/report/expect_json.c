/* expect_json.c - the study's expectations as JSON, as share/schemas/expect.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

static ent_json *part_json(ent_words *words, const ent_expectation_part *part) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", part->id) &&
            ent_json_set_text(json, "label", ent_words_label(words, part->label)) &&
            ent_json_set_number(json, "share", part->share) &&
            ent_parts_json_reason(json, words, "why_not", part->why_not);
  return ent_parts_json_keep(json, ok);
}

static ent_json *expectation_json(ent_words *words, const ent_expectation_answer *expectation) {
  ent_json *json = ent_json_object(), *parts = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < expectation->part_count; i++)
    ok = ent_json_add(parts, part_json(words, &expectation->parts[i]));
  size_t least = expectation->at_least > 0 ? expectation->at_least : expectation->part_count;
  ok = ok && ent_json_set_text(json, "id", expectation->id) &&
       (expectation->waits_for ? ent_json_set_text(json, "share", NULL)
                               : ent_json_set_number(json, "share", expectation->share)) &&
       ent_json_set_integer(json, "at_least", (int64_t)least) &&
       ent_json_set_text(json, "waits_for", expectation->waits_for);
  ok = ent_json_set(json, "parts", parts) && ok;
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_expect_json(ent_words *words, const ent_result *result) {
  const ent_expect_answer *answer = &result->expect;
  ent_json *json = ent_json_object(), *expectations = ent_json_array();
  bool ok = ent_run_json(json, words, "entente.expect/1", &answer->run);
  for (size_t i = 0; ok && i < answer->count; i++)
    ok = ent_json_add(expectations, expectation_json(words, &answer->expectations[i]));
  ok = ent_json_set(json, "expectations", expectations) && ok;
  return ent_parts_json_keep(json, ok);
}
