/* profile_json.c - an alliance's fact sheet as JSON, as share/schemas/profile.json describes it. */
#include "report/basis.h"
#include "report/coded_json.h"
#include "report/figure.h"
#include "report/pages.h"
#include "report/parts_json.h"

/* null where nobody is named. */
static bool set_label(ent_json *object, ent_words *words, const char *key, ent_label label) {
  const char *text = ent_words_label(words, label);
  return ent_json_set_text(object, key, *text ? text : NULL);
}

static ent_json *status_json(ent_words *words, const ent_profile_status *status) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", status->key) && ent_json_set_text(json, "status", status->code) &&
            set_label(json, words, "label", status->label) && set_label(json, words, "stated_by", status->stated_by) &&
            ent_json_set_text(json, "start", status->start) && ent_json_set_text(json, "end", status->end) &&
            ent_json_set_bool(json, "goes_on", status->goes_on) &&
            ent_parts_json_citations(json, words, "citations", status->citations, status->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_statuses(ent_json *object, ent_words *words, const ent_profile_item *item) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < item->status_count; i++)
    ok = ent_json_add(array, status_json(words, &item->statuses[i]));
  return ent_json_set(object, "statuses", array) && ok;
}

static bool set_details(ent_json *object, ent_words *words, const ent_profile_item *item) {
  ent_json *details = ent_json_object();
  bool ok = true;
  for (size_t i = 0; ok && i < item->detail_count; i++)
    ok = ent_json_set_text(details, item->details[i].name, ent_words_label(words, item->details[i].text));
  return ent_json_set(object, "details", details) && ok;
}

static bool set_figure(ent_json *object, ent_words *words, const ent_data_figure *figure) {
  if (!figure) return ent_json_set_text(object, "figure", NULL);
  return ent_json_set(object, "figure", ent_figure_json(words, figure));
}

static ent_json *item_json(ent_words *words, const ent_profile_item *item) {
  ent_json *json = ent_json_object(), *children = ent_json_array();
  bool ok = ent_json_set_text(json, "key", item->key) && ent_json_set_text(json, "table", item->table) &&
            ent_json_set_text(json, "code", item->code) && set_label(json, words, "label", item->label) &&
            set_label(json, words, "from", item->from) && set_label(json, words, "to", item->to) &&
            ent_json_set_text(json, "start", item->start) && ent_json_set_text(json, "end", item->end) &&
            ent_json_set_bool(json, "goes_on", item->goes_on) && ent_json_set_bool(json, "holds", item->holds) &&
            set_details(json, words, item) && set_statuses(json, words, item) &&
            ent_coded_json(json, words, item->coded, item->coded_count) && set_figure(json, words, item->figure) &&
            ent_parts_json_citations(json, words, "citations", item->citations, item->citation_count);
  for (size_t i = 0; ok && i < item->child_count; i++)
    ok = ent_json_add(children, item_json(words, &item->children[i]));
  ok = ent_json_set(json, "children", children) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *named(ent_words *words, const char *stem, const char *id) {
  ent_json *json = ent_json_object();
  const char *key = ent_arena_print(words->arena, "%s.%s", stem, id);
  bool ok = key && ent_json_set_text(json, "id", id) && ent_json_set_text(json, "label", ent_words_get(words, key));
  return ent_parts_json_keep(json, ok);
}

static ent_json *field_json(ent_words *words, const ent_profile_field *field) {
  ent_json *json = named(words, "profile.field", field->id), *groups = ent_json_array();
  bool ok = true;
  for (size_t g = 0; ok && g < field->group_count; g++) {
    ent_json *group = named(words, "profile.group", field->groups[g].id), *items = ent_json_array();
    bool kept = true;
    for (size_t i = 0; kept && i < field->groups[g].count; i++)
      kept = ent_json_add(items, item_json(words, field->groups[g].items[i]));
    kept = ent_json_set(group, "items", items) && kept;
    ok = ent_json_add(groups, ent_parts_json_keep(group, kept));
  }
  ok = ent_json_set(json, "groups", groups) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_profile_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "alliance", answer->alliance) &&
            ent_json_set_text(options, "as_of", answer->basis.as_of) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

static bool set_alliance(ent_json *object, ent_words *words, const ent_profile_answer *answer) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", answer->alliance) && set_label(json, words, "label", answer->label) &&
            ent_json_set_bool(json, "reference", answer->is_reference) &&
            ent_json_set_text(json, "start", answer->start) && ent_json_set_text(json, "end", answer->end) &&
            ent_json_set_bool(json, "goes_on", answer->goes_on) && ent_json_set_bool(json, "holds", answer->holds) &&
            ent_parts_json_citations(json, words, "citations", answer->citations, answer->citation_count);
  return ent_json_set(object, "alliance", json) && ok;
}

ent_json *ent_profile_json(ent_words *words, const ent_result *result) {
  const ent_profile_answer *answer = &result->profile;
  ent_json *json = ent_json_object(), *fields = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.profile/1", &answer->basis) && set_options(json, words, answer) &&
            set_alliance(json, words, answer) && ent_json_set_integer(json, "older", (int64_t)answer->older);
  for (size_t f = 0; ok && f < ENT_PROFILE_FIELDS; f++)
    ok = ent_json_add(fields, field_json(words, &answer->fields[f]));
  ok = ent_json_set(json, "fields", fields) && ok;
  return ent_parts_json_keep(json, ok);
}
