/* data_json.c - figures and rows of a study as JSON, as share/schemas/data.json describes it. */
#include "report/basis.h"
#include "report/figure.h"
#include "report/pages.h"
#include "report/parts_json.h"

static const char *const views[] = {"figures", "tree", "table", "count"};

static bool set_options(ent_json *object, ent_words *words, const ent_data_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok =
      ent_json_set_text(options, "view", views[answer->view]) &&
      ent_json_set_text(options, "indicator", answer->indicator) &&
      ent_json_set_text(options, "actor", answer->actor) && ent_json_set_text(options, "partner", answer->partner) &&
      ent_json_set_text(options, "alliance", answer->alliance) &&
      ent_json_set_text(options, "status", answer->status) &&
      ent_json_set_text(options, "definition", answer->definition) &&
      ent_json_set_text(options, "from", answer->from) && ent_json_set_text(options, "to", answer->to) &&
      ent_json_set_text(options, "as_of", answer->basis.as_of) && ent_json_set_text(options, "find", answer->find) &&
      ent_json_set_text(options, "table", answer->table) && ent_json_set_text(options, "in", answer->currency) &&
      ent_json_set_bool(options, "all", answer->all) && ent_json_set_integer(options, "page", (int64_t)answer->page) &&
      ent_json_set_integer(options, "edition", answer->basis.edition) &&
      ent_json_set_text(options, "known_at", answer->basis.known_at) &&
      ent_basis_json_reveal(options, &answer->basis) &&
      ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

static ent_json *sum_json(const ent_data_sum *sum) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "low", sum->low) && ent_json_set_number(json, "high", sum->high) &&
            ent_json_set_number(json, "share_low", sum->share_low) &&
            ent_json_set_number(json, "share_high", sum->share_high) &&
            ent_json_set_integer(json, "added", (int64_t)sum->added) &&
            ent_json_set_integer(json, "twice", (int64_t)sum->twice) &&
            ent_json_set_integer(json, "not_added", (int64_t)sum->left_out);
  return ent_parts_json_keep(json, ok);
}

static ent_json *node_json(ent_words *words, const ent_data_node *node) {
  ent_json *json = ent_json_object(), *parts = ent_json_array();
  bool ok =
      ent_json_set_bool(json, "asked", node->asked) &&
      ent_json_set(json, "figure", ent_figure_json(words, &node->figure)) &&
      (node->child_count ? ent_json_set(json, "sum", sum_json(&node->sum)) : ent_json_set_text(json, "sum", NULL));
  for (size_t i = 0; ok && i < node->child_count; i++) ok = ent_json_add(parts, node_json(words, node->children[i]));
  ok = ent_json_set(json, "parts", parts) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *row_json(ent_words *words, const ent_data_row *row) {
  ent_json *json = ent_json_object(), *fields = ent_json_array();
  bool ok =
      ent_json_set_text(json, "key", row->key) && ent_json_set_text(json, "label", ent_words_label(words, row->label));
  for (size_t i = 0; ok && i < row->field_count; i++) {
    ent_json *field = ent_json_object();
    bool set = ent_json_set_text(field, "name", row->field_names[i]) &&
               ent_json_set_text(field, "value", row->field_values[i]);
    ok = ent_json_add(fields, field) && set;
  }
  ok = ent_json_set(json, "fields", fields) && ok &&
       ent_parts_json_citations(json, words, "citations", row->citations, row->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_counts(ent_json *object, const ent_data_answer *answer) {
  ent_json *counts = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < answer->count_count; i++) {
    ent_json *count = ent_json_object();
    bool set = ent_json_set_text(count, "table", answer->counts[i].table) &&
               ent_json_set_integer(count, "rows", (int64_t)answer->counts[i].rows) &&
               ent_json_set_integer(count, "withheld", (int64_t)answer->counts[i].withheld);
    ok = ent_json_add(counts, count) && set;
  }
  return ent_json_set(object, "counts", counts) && ok;
}

static bool set_footnotes(ent_json *object, const ent_data_answer *answer) {
  if (answer->view != ENT_DATA_COUNTS) return ent_json_set_text(object, "footnotes", NULL);
  ent_json *json = ent_json_object(), *missing = ent_json_array();
  bool ok = ent_json_set_integer(json, "cited", (int64_t)answer->footnote_count) &&
            ent_json_set_integer(json, "highest", answer->highest_footnote) &&
            ent_json_set_integer(json, "missing_count", (int64_t)answer->missing_count);
  for (size_t i = 0; ok && i < answer->missing_count && i < 100; i++)
    ok = ent_json_add_number(missing, (double)answer->missing[i]);
  ok = ent_json_set(json, "missing", missing) && ok;
  return ent_json_set(object, "footnotes", json) && ok;
}

ent_json *ent_data_json(ent_words *words, const ent_result *result) {
  const ent_data_answer *answer = &result->data;
  ent_json *json = ent_json_object(), *figures = ent_json_array(), *trees = ent_json_array(), *rows = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.data/1", &answer->basis) && set_options(json, words, answer) &&
            ent_json_set_integer(json, "total", (int64_t)answer->total) &&
            ent_json_set_integer(json, "first", answer->total ? (int64_t)answer->first + 1 : 0) &&
            ent_json_set_integer(json, "pages", (int64_t)answer->page_count) &&
            ent_json_set_integer(json, "alone", (int64_t)answer->alone) &&
            ent_json_set_integer(json, "rows_withheld", (int64_t)answer->withheld);
  for (size_t i = 0; ok && i < answer->figure_count; i++)
    ok = ent_json_add(figures, ent_figure_json(words, &answer->figures[i]));
  for (size_t i = 0; ok && i < answer->tree_count; i++) ok = ent_json_add(trees, node_json(words, answer->trees[i]));
  for (size_t i = 0; ok && i < answer->row_count; i++) ok = ent_json_add(rows, row_json(words, &answer->rows[i]));
  ok = ent_json_set(json, "figures", figures) && ok;
  ok = ent_json_set(json, "trees", trees) && ok;
  ok = ent_json_set(json, "rows", rows) && ok;
  ok = ok && set_counts(json, answer) && set_footnotes(json, answer);
  return ent_parts_json_keep(json, ok);
}
