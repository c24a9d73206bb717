/* show_json.c - what a study holds as JSON, as share/schemas/show.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

static bool set_count(ent_json *object, const char *key, size_t count) {
  return ent_json_set_integer(object, key, (int64_t)count);
}

static bool set_changes(ent_json *object, const char *key, const ent_edition_answer *edition) {
  if (edition->is_first) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = set_count(json, "added", edition->added) && set_count(json, "changed", edition->changed) &&
            set_count(json, "gone", edition->gone);
  return ent_json_set(object, key, json) && ok;
}

static ent_json *edition_json(const ent_edition_answer *edition) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_integer(json, "edition", edition->number) &&
            ent_parts_json_released(json, "released", edition->released) &&
            ent_json_set_text(json, "date", edition->date) && ent_json_set_text(json, "model", edition->model) &&
            ent_json_set_text(json, "content_sha256", edition->content_sha256) &&
            set_count(json, "rows", edition->rows) && set_changes(json, "changes", edition);
  return ent_parts_json_keep(json, ok);
}

static bool set_review(ent_json *object, const char *key, const ent_review_answer *review) {
  ent_json *json = ent_json_object();
  bool ok = set_count(json, "none", review->none) && set_count(json, "draft", review->draft) &&
            set_count(json, "reviewed", review->reviewed) && set_count(json, "disputed", review->disputed);
  return ent_json_set(object, key, json) && ok;
}

static ent_json *table_json(const ent_table_answer *table) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "table", table->name) && set_count(json, "rows", table->rows) &&
            (table->has_review ? set_review(json, "review", &table->review) : ent_json_set_text(json, "review", NULL));
  return ent_parts_json_keep(json, ok);
}

static ent_json *period_json(const ent_period_answer *period) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "table", period->table) && ent_json_set_text(json, "first", period->first) &&
            ent_json_set_text(json, "last", period->last);
  return ent_parts_json_keep(json, ok);
}

static bool set_lists(ent_json *object, const ent_show_answer *show) {
  ent_json *editions = ent_json_array(), *tables = ent_json_array(), *periods = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < show->edition_count; i++) ok = ent_json_add(editions, edition_json(&show->editions[i]));
  for (size_t i = 0; ok && i < show->table_count; i++) ok = ent_json_add(tables, table_json(&show->tables[i]));
  for (size_t i = 0; ok && i < show->period_count; i++) ok = ent_json_add(periods, period_json(&show->periods[i]));
  ok = ent_json_set(object, "editions", editions) && ok;
  ok = ent_json_set(object, "tables", tables) && ok;
  return ent_json_set(object, "periods", periods) && ok;
}

static bool set_sources(ent_json *object, const ent_show_answer *show) {
  ent_json *json = ent_json_object();
  bool ok = set_count(json, "public", show->handling.open) && set_count(json, "interview", show->handling.interview) &&
            set_count(json, "confidential", show->handling.confidential);
  return ent_json_set(object, "sources", json) && ok;
}

static bool set_left_out(ent_json *object, const ent_show_answer *show) {
  if (!show->known_at) return ent_json_set_text(object, "left_out", NULL);
  ent_json *json = ent_json_object();
  bool ok = set_count(json, "published_later", show->left_out_later) &&
            set_count(json, "without_date", show->left_out_undated);
  return ent_json_set(object, "left_out", json) && ok;
}

ent_json *ent_show_json(ent_words *words, const ent_result *result) {
  (void)words; /* titles stand in both languages, the rest is codes */
  const ent_show_answer *show = &result->show;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.show/1") && ent_json_set_text(json, "store", show->store) &&
            ent_json_set_text(json, "study", show->study) && ent_parts_json_label(json, "title", show->title) &&
            ent_json_set_integer(json, "edition", show->edition) &&
            ent_parts_json_released(json, "released", show->released) && ent_json_set_text(json, "date", show->date) &&
            ent_json_set_text(json, "model", show->model) &&
            ent_json_set_text(json, "content_sha256", show->content_sha256) &&
            ent_json_set_text(json, "known_at", show->known_at) && set_left_out(json, show) &&
            set_count(json, "rows", show->rows) && set_review(json, "review", &show->review) &&
            set_sources(json, show) && set_lists(json, show);
  return ent_parts_json_keep(json, ok);
}
