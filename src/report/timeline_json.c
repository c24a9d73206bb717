/* timeline_json.c - dated rows as JSON, as share/schemas/timeline.json describes it. */
#include "report/basis.h"
#include "report/pages.h"
#include "report/parts_json.h"

static const char *const moments[] = {
    [ENT_BEGINS] = "begins", [ENT_ENDS] = "ends", [ENT_VACANT] = "vacant", [ENT_SHARED] = "shared"};

/* The first day of the date, or null where the beginning is not known. */
static bool set_day(ent_json *object, int32_t day) {
  char text[16];
  return ent_json_set_text(object, "day", day == ENT_DAY_OPEN_START ? NULL : ent_day_write(day, text));
}

static ent_json *entry_json(ent_words *words, const ent_timeline_entry *entry) {
  ent_json *json = ent_json_object();
  const char *stem = ent_arena_print(words->arena, "code.%s", entry->kind);
  bool ok =
      stem && ent_json_set_text(json, "key", entry->key) && ent_json_set_text(json, "kind", entry->kind) &&
      ent_json_set_text(json, "kind_label", ent_words_of(words, "timeline.kind", entry->kind)) &&
      ent_json_set_text(json, "code", entry->code) &&
      ent_json_set_text(json, "code_label", stem && entry->code ? ent_words_of(words, stem, entry->code) : NULL) &&
      ent_json_set_text(json, "moment", moments[entry->moment]) &&
      ent_json_set_text(json, "label", ent_words_label(words, entry->label)) &&
      ent_json_set_text(json, "date", *entry->date ? entry->date : NULL) && set_day(json, entry->day) &&
      ent_json_set_text(json, "end", entry->end) && ent_json_set_bool(json, "goes_on", entry->goes_on) &&
      ent_basis_json_where(json, words, &entry->where) &&
      ent_parts_json_citations(json, words, "citations", entry->citations, entry->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_timeline_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "from", answer->from) && ent_json_set_text(options, "to", answer->to) &&
            ent_json_set_text(options, "as_of", answer->basis.as_of) &&
            ent_json_set_text(options, "alliance", answer->alliance) &&
            ent_json_set_text(options, "kind", answer->kinds) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

ent_json *ent_timeline_json(ent_words *words, const ent_result *result) {
  const ent_timeline_answer *answer = &result->timeline;
  ent_json *json = ent_json_object(), *entries = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.timeline/1", &answer->basis) && set_options(json, words, answer) &&
            ent_json_set_integer(json, "without_date", (int64_t)answer->without_date);
  for (size_t i = 0; ok && i < answer->count; i++) ok = ent_json_add(entries, entry_json(words, &answer->entries[i]));
  ok = ent_json_set(json, "entries", entries) && ok;
  return ent_parts_json_keep(json, ok);
}
