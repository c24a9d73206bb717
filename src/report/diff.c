/* diff.c - what changed between two editions as content: the package itself, its rows table by table, the scores. */
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/run.h"

static const char *const change_words[] = {
    [ENT_ADDED] = "diff.added", [ENT_CORRECTED] = "diff.corrected", [ENT_WITHDRAWN] = "diff.withdrawn"};

static void add_package(ent_content *content, ent_words *words, const ent_diff_answer *answer);
static void add_counts(ent_content *content, ent_words *words, const ent_diff_answer *answer);
static void add_table(ent_content *content, ent_words *words, const ent_diff_table *table);
static void add_scores(ent_content *content, ent_words *words, const ent_diff_answer *answer);

static const char *state(ent_words *words, const char *released) {
  if (!*released) return ent_words_get(words, "diff.working");
  return ent_words_fill(words, "diff.released", "date", ent_words_date(words, released), NULL);
}

void ent_diff_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_diff_answer *answer = &result->diff;
  const char *title = ent_words_label(words, answer->title);
  ent_content_heading(content, 1, *title ? title : answer->study);
  ent_content_paragraph(
      content,
      ent_words_fill(words, "diff.editions", "from", ent_number_count(words, (uint64_t)answer->from_edition),
                     "from_state", state(words, answer->from_released), "to",
                     ent_number_count(words, (uint64_t)answer->to_edition), "to_state",
                     state(words, answer->to_released), NULL),
      ENT_STYLE_FAINT);
  ent_content_heading(content, 2, ent_words_get(words, "diff.rows"));
  if (!answer->table_count && !answer->field_count) {
    ent_content_paragraph(content, ent_words_get(words, "diff.none"), ENT_STYLE_PLAIN);
    return;
  }
  add_package(content, words, answer);
  if (answer->table_count) add_counts(content, words, answer);
  for (size_t t = 0; t < answer->table_count; t++) add_table(content, words, &answer->tables[t]);
  add_scores(content, words, answer);
}

static const char *cell(ent_words *words, const char *text) {
  return *text ? text : ent_words_get(words, "diff.empty");
}

static const char *field_text(ent_words *words, const ent_field_change *field) {
  return ent_words_fill(words, "diff.field", "name", field->name, "from", cell(words, field->from), "to",
                        cell(words, field->to), NULL);
}

static void add_package(ent_content *content, ent_words *words, const ent_diff_answer *answer) {
  if (!answer->field_count) return;
  ent_content_heading(content, 3, ent_words_get(words, "diff.package"));
  for (size_t f = 0; f < answer->field_count; f++)
    ent_content_paragraph(content, field_text(words, &answer->fields[f]), ENT_STYLE_PLAIN);
}

static void add_counts(ent_content *content, ent_words *words, const ent_diff_answer *answer) {
  static const char *const titles[] = {"column.table", "column.added", "column.corrected", "column.withdrawn"};
  enum { COUNT = sizeof titles / sizeof *titles };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  for (size_t c = 0; c < COUNT; c++)
    columns[c] = (ent_column){.title = ent_words_get(words, titles[c]), .wide = c == 0, .right = c > 0};
  ent_block *block = ent_content_table(content, columns, COUNT);
  for (size_t t = 0; t < answer->table_count; t++) {
    const ent_diff_table *table = &answer->tables[t];
    ent_row *row = ent_content_row(content, block);
    ent_content_set(row, 0, ent_content_text(table->name, ENT_STYLE_PLAIN));
    for (size_t c = 0; c < COUNT - 1; c++)
      ent_content_set(row, c + 1,
                      ent_content_text(ent_number_count(words, table->counts[c]),
                                       table->counts[c] ? ENT_STYLE_STRONG : ENT_STYLE_FAINT));
  }
}

/* The label where it says more than the id. */
static const char *row_text(ent_words *words, const ent_diff_row *row) {
  const char *label = ent_words_label(words, row->label);
  return ent_text_same(label, row->id) ? row->id : ent_words_join(words, row->id, ENT_WORDS_DOT, label);
}

static const char *row_note(ent_words *words, const ent_diff_row *row) {
  const char *text = row->withheld ? ent_words_get(words, "row.confidential") : "";
  for (size_t f = 0; f < row->field_count; f++)
    text = ent_words_join(words, text, ENT_WORDS_DOT, field_text(words, &row->fields[f]));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_citation_list(words, row->citations, row->citation_count));
}

static void add_table(ent_content *content, ent_words *words, const ent_diff_table *table) {
  enum { COUNT = 2 };
  ent_content_heading(content, 3, table->name);
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[1] = (ent_column){.wide = true};
  ent_block *block = ent_content_table(content, columns, COUNT);
  for (size_t r = 0; r < table->row_count; r++) {
    const ent_diff_row *of = &table->rows[r];
    ent_row *row = ent_content_row(content, block);
    ent_content_set(row, 0, ent_content_text(ent_words_get(words, change_words[of->change]), ENT_STYLE_FAINT));
    ent_content_set(row, 1, ent_content_figure(row_text(words, of), of->key, ENT_STYLE_PLAIN));
    if (row) row->note = row_note(words, of);
  }
}

static void add_scores(ent_content *content, ent_words *words, const ent_diff_answer *answer) {
  ent_content_heading(content, 2, ent_words_get(words, "diff.scores"));
  if (!answer->has_scores) {
    ent_content_paragraph(content, ent_words_get(words, "diff.no_scores"), ENT_STYLE_PLAIN);
    return;
  }
  ent_content_paragraph(
      content, ent_words_fill(words, "run.as_of", "date", ent_words_date(words, answer->scores.to.as_of), NULL),
      ENT_STYLE_FAINT);
  for (size_t a = 0; a < answer->scores.alliance_count; a++) {
    ent_content_heading(content, 2, ent_compare_name(words, &answer->scores.alliances[a]));
    ent_compare_parts(content, words, &answer->scores.alliances[a]);
  }
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.compare"), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.reading"), ENT_STYLE_PLAIN));
  ent_run_line(content, words, &answer->scores.from, notice);
  ent_run_line(content, words, &answer->scores.to, notice);
}
