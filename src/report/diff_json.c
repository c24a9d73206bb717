/* diff_json.c - what changed between two editions as JSON, as share/schemas/diff.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

static const char *const change_names[] = {
    [ENT_ADDED] = "added", [ENT_CORRECTED] = "corrected", [ENT_WITHDRAWN] = "withdrawn"};
enum { CHANGES = sizeof change_names / sizeof *change_names };

static bool set_fields(ent_json *object, const char *key, const ent_field_change *fields, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) {
    ent_json *json = ent_json_object();
    bool set = ent_json_set_text(json, "name", fields[i].name) && ent_json_set_text(json, "from", fields[i].from) &&
               ent_json_set_text(json, "to", fields[i].to);
    ok = ent_json_add(array, json) && set;
  }
  return ent_json_set(object, key, array) && ok;
}

static ent_json *row_json(ent_words *words, const ent_diff_row *row) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "change", change_names[row->change]) && ent_json_set_text(json, "id", row->id) &&
            ent_json_set_text(json, "key", row->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, row->label)) &&
            ent_json_set_bool(json, "withheld", row->withheld) &&
            set_fields(json, "fields", row->fields, row->field_count) &&
            ent_parts_json_citations(json, words, "citations", row->citations, row->citation_count);
  return ent_parts_json_keep(json, ok);
}

static ent_json *table_json(ent_words *words, const ent_diff_table *table) {
  ent_json *json = ent_json_object(), *rows = ent_json_array();
  bool ok = ent_json_set_text(json, "name", table->name);
  for (size_t c = 0; ok && c < CHANGES; c++)
    ok = ent_json_set_integer(json, change_names[c], (int64_t)table->counts[c]);
  for (size_t r = 0; ok && r < table->row_count; r++) ok = ent_json_add(rows, row_json(words, &table->rows[r]));
  ok = ent_json_set(json, "rows", rows) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_edition(ent_json *object, const char *key, int number, const char *released) {
  ent_json *json = ent_json_object();
  bool ok =
      ent_json_set_integer(json, "edition", number) && ent_json_set_text(json, "released", *released ? released : NULL);
  return ent_json_set(object, key, json) && ok;
}

static bool set_scores(ent_json *object, ent_words *words, const ent_diff_answer *answer) {
  if (!answer->has_scores) return ent_json_set_text(object, "scores", NULL);
  ent_json *json = ent_json_object(), *from = ent_json_object(), *to = ent_json_object();
  bool ok =
      ent_run_json_fields(from, words, &answer->scores.from) && ent_run_json_fields(to, words, &answer->scores.to);
  ok = ent_json_set(json, "from", from) && ok;
  ok = ent_json_set(json, "to", to) && ok;
  ok = ok && ent_compare_json_alliances(json, words, &answer->scores);
  return ent_json_set(object, "scores", json) && ok;
}

ent_json *ent_diff_json(ent_words *words, const ent_result *result) {
  const ent_diff_answer *answer = &result->diff;
  ent_json *json = ent_json_object(), *tables = ent_json_array();
  bool ok = ent_run_json_program(json, "entente.diff/1") && ent_json_set_text(json, "study", answer->study) &&
            ent_json_set_text(json, "title", ent_words_label(words, answer->title)) &&
            set_edition(json, "from", answer->from_edition, answer->from_released) &&
            set_edition(json, "to", answer->to_edition, answer->to_released) &&
            set_fields(json, "package", answer->fields, answer->field_count);
  for (size_t t = 0; ok && t < answer->table_count; t++)
    ok = ent_json_add(tables, table_json(words, &answer->tables[t]));
  ok = ent_json_set(json, "tables", tables) && ok;
  ok = ok && set_scores(json, words, answer);
  return ent_parts_json_keep(json, ok);
}
