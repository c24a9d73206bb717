/* remove_json.c - what left the store, or would leave it, as JSON, as share/schemas/remove.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

ent_json *ent_remove_json(ent_words *words, const ent_result *result) {
  (void)words; /* titles stand in both languages */
  const ent_remove_answer *answer = &result->remove;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.remove/1") && ent_json_set_text(json, "store", answer->store) &&
            ent_json_set_text(json, "study", answer->study) && ent_parts_json_label(json, "title", answer->title) &&
            ent_json_set_integer(json, "editions", (int64_t)answer->edition_count) &&
            ent_json_set_integer(json, "released", (int64_t)answer->released_count) &&
            ent_json_set_integer(json, "highest", answer->highest) &&
            ent_json_set_integer(json, "versions", (int64_t)answer->versions) &&
            ent_json_set_bool(json, "removed", answer->done) && ent_json_set_bool(json, "compact", answer->compact);
  return ent_parts_json_keep(json, ok);
}
