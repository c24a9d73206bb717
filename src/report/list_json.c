/* list_json.c - the studies of a store as JSON, as share/schemas/list.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

static ent_json *study_json(const ent_listed_study *study) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", study->id) && ent_parts_json_label(json, "title", study->title) &&
            ent_json_set_text(json, "date", study->date) &&
            ent_json_set_integer(json, "editions", (int64_t)study->edition_count) &&
            ent_json_set_integer(json, "highest", study->highest) &&
            ent_parts_json_released(json, "released", study->released);
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_list_json(ent_words *words, const ent_result *result) {
  (void)words; /* titles stand in both languages */
  const ent_list_answer *list = &result->list;
  ent_json *json = ent_json_object(), *studies = ent_json_array();
  bool ok = ent_run_json_program(json, "entente.list/1") && ent_json_set_text(json, "store", list->store);
  for (size_t i = 0; ok && i < list->count; i++) ok = ent_json_add(studies, study_json(&list->studies[i]));
  ok = ent_json_set(json, "studies", studies) && ok;
  return ent_parts_json_keep(json, ok);
}
