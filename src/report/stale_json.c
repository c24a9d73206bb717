/* stale_json.c - what an editor has to renew as JSON, as share/schemas/stale.json describes it. */
#include "report/basis.h"
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/stale.h"

static ent_json *entry_json(ent_words *words, ent_stale_kind kind, const ent_stale_entry *entry) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", entry->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, entry->label)) &&
            ent_json_set_text(json, "date", entry->date) && ent_json_set_number(json, "age_years", entry->age_years) &&
            ent_json_set_number(json, "limit_years", entry->limit_years) &&
            ent_json_set_bool(json, "passed", entry->passed) &&
            ent_json_set_text(json, "indicator", entry->indicator) &&
            ent_json_set_text(json, "indicator_label",
                              entry->indicator ? ent_words_label(words, entry->indicator_label) : NULL) &&
            ent_json_set_text(json, "code", entry->code) &&
            ent_json_set_text(json, "code_label", entry->code ? ent_stale_code(words, kind, entry->code) : NULL) &&
            ent_json_set_text(json, "reviewer", entry->reviewer) && ent_json_set_text(json, "url", entry->url) &&
            ent_parts_json_citations(json, words, "citations", entry->citations, entry->citation_count);
  return ent_parts_json_keep(json, ok);
}

static ent_json *list_json(ent_words *words, ent_stale_kind kind, const ent_stale_list *list) {
  ent_json *json = ent_json_object(), *entries = ent_json_array();
  bool ok = ent_json_set_text(json, "kind", ent_stale_name(kind)) &&
            ent_json_set_text(json, "label", ent_stale_title(words, kind)) &&
            ent_json_set_integer(json, "count", (int64_t)list->count);
  for (size_t i = 0; ok && i < list->count; i++) ok = ent_json_add(entries, entry_json(words, kind, &list->entries[i]));
  ok = ent_json_set(json, "entries", entries) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_stale_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "as_of", answer->basis.as_of) &&
            ent_json_set_text(options, "model", answer->model_name) &&
            (answer->years ? ent_json_set_integer(options, "years", answer->years)
                           : ent_json_set_text(options, "years", NULL)) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

static bool set_model(ent_json *object, const ent_stale_answer *answer) {
  ent_json *model = ent_json_object();
  bool ok = ent_json_set_text(model, "id", answer->model_id) &&
            ent_json_set_text(model, "version", answer->model_version) &&
            ent_json_set_text(model, "sha256", answer->model_sha256);
  return ent_json_set(object, "model", model) && ok;
}

ent_json *ent_stale_json(ent_words *words, const ent_result *result) {
  const ent_stale_answer *answer = &result->stale;
  ent_json *json = ent_json_object(), *lists = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.stale/1", &answer->basis) && set_options(json, words, answer) &&
            set_model(json, answer) && ent_json_set_integer(json, "without_limit", (int64_t)answer->without_limit);
  for (int k = 0; ok && k < ENT_STALE_KINDS; k++)
    ok = ent_json_add(lists, list_json(words, (ent_stale_kind)k, &answer->lists[k]));
  ok = ent_json_set(json, "lists", lists) && ok;
  return ent_parts_json_keep(json, ok);
}
