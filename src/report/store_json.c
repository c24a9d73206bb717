/* store_json.c - the store as JSON, as share/schemas/store-info.json, store-check.json and store-copy.json describe. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

static ent_json *held_json(const ent_held_answer *held) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "study", held->study) && ent_json_set_integer(json, "edition", held->number) &&
            ent_json_set_text(json, "released", *held->released ? held->released : NULL) &&
            ent_json_set_integer(json, "rows", (int64_t)held->rows) && ent_json_set_bool(json, "hashed", held->hashed);
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_store_info_json(ent_words *words, const ent_result *result) {
  (void)words;
  const ent_store_answer *store = &result->store;
  ent_json *json = ent_json_object(), *held = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < store->held_count; i++) ok = ent_json_add(held, held_json(&store->held[i]));
  ok = ok && ent_run_json_program(json, "entente.store-info/1") && ent_json_set_text(json, "store", store->store) &&
       ent_json_set_integer(json, "bytes", (int64_t)store->bytes) &&
       ent_json_set_integer(json, "version", store->version) && ent_json_set_integer(json, "newest", store->newest) &&
       ent_json_set_text(json, "journal", store->journal) && ent_json_set_bool(json, "read_only", store->read_only);
  ok = ent_json_set(json, "editions", held) && ok;
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_store_check_json(ent_words *words, const ent_result *result) {
  (void)words; /* findings are English and the rest is codes */
  const ent_store_answer *store = &result->store;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.store-check/1") && ent_json_set_text(json, "store", store->store) &&
            ent_json_set_integer(json, "rows", (int64_t)store->rows) &&
            ent_json_set_integer(json, "errors", (int64_t)store->findings->errors) &&
            ent_json_set_integer(json, "notes", (int64_t)store->findings->notes) &&
            ent_json_set_integer(json, "dropped", (int64_t)store->findings->dropped) &&
            ent_parts_json_findings(json, "findings", store->findings);
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_store_copy_json(ent_words *words, const ent_result *result) {
  (void)words;
  const ent_store_answer *store = &result->store;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.store-copy/1") &&
            ent_json_set_text(json, "action", store->restored ? "restore" : "backup") &&
            ent_json_set_text(json, "store", store->store) && ent_json_set_text(json, "file", store->file) &&
            ent_json_set_text(json, "kept", store->kept);
  return ent_parts_json_keep(json, ok);
}
