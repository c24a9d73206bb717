/* stale.c - what an editor has to renew, as content: counts of each kind, then the oldest of each, with their ages, the
 * limits that they are held against, and where they stand. */
#include <math.h>

#include "report/basis.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/stale.h"

enum { MOST_ENTRIES = 10, COLUMNS = 4 };

static const char *const names[ENT_STALE_KINDS] = {
    [ENT_STALE_FIGURE] = "figure",         [ENT_STALE_SOON] = "soon",
    [ENT_STALE_UNDATED] = "undated",       [ENT_STALE_OTHER] = "other",
    [ENT_STALE_REVIEW] = "review",         [ENT_STALE_OVERDUE] = "overdue",
    [ENT_STALE_UNREVIEWED] = "unreviewed", [ENT_STALE_UNARCHIVED] = "unarchived",
    [ENT_STALE_UNVISITED] = "unvisited",   [ENT_STALE_CARRIED] = "carried"};

const char *ent_stale_name(ent_stale_kind kind) { return names[kind]; }

const char *ent_stale_title(ent_words *words, ent_stale_kind kind) {
  const char *key = ent_arena_print(words->arena, "stale.kind.%s", names[kind]);
  if (key) return ent_words_get(words, key);
  ent_words_fail_memory(words);
  return "";
}

const char *ent_stale_code(ent_words *words, ent_stale_kind kind, const char *code) {
  return ent_words_of(words, kind == ENT_STALE_UNREVIEWED ? "code.review" : "code.status", code);
}

static void add_counts(ent_content *content, ent_words *words, const ent_stale_answer *answer) {
  static const ent_column columns[] = {{.wide = true}, {.right = true}};
  ent_content_heading(content, 2, ent_words_get(words, "stale.title"));
  ent_block *table = ent_content_table(content, columns, sizeof columns / sizeof *columns);
  for (int k = 0; k < ENT_STALE_KINDS; k++) {
    size_t count = answer->lists[k].count;
    ent_style style = count > 0 ? ENT_STYLE_STRONG : ENT_STYLE_FAINT;
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(ent_stale_title(words, (ent_stale_kind)k), ENT_STYLE_PLAIN));
    ent_content_set(row, 1, ent_content_text(ent_number_count(words, count), style));
  }
}

static const char *years(ent_words *words, double value, int decimals) {
  return isnan(value) ? "" : ent_number_plain(words, value, decimals);
}

static const char *note_of(ent_words *words, ent_stale_kind kind, const ent_stale_entry *entry) {
  const char *text = entry->key;
  if (entry->code) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_stale_code(words, kind, entry->code));
  text = ent_words_join(words, text, ENT_WORDS_DOT, entry->reviewer);
  if (entry->indicator)
    text = ent_words_join(
        words, text, ENT_WORDS_DOT,
        ent_words_fill(words, "stale.limit_of", "indicator", ent_words_label(words, entry->indicator_label), NULL));
  text = ent_words_join(words, text, ENT_WORDS_DOT, entry->url);
  return ent_words_join(words, text, ENT_WORDS_DOT,
                        ent_basis_citations(words, entry->citations, entry->citation_count));
}

static void add_list(ent_content *content, ent_words *words, ent_stale_kind kind, const ent_stale_list *list) {
  ent_column *columns = ent_arena_take(content->arena, COLUMNS, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.date"), .least = 10};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.years"), .right = true, .least = 5};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.limit"), .right = true, .least = 5};
  columns[3] = (ent_column){.wide = true};
  ent_content_heading(content, 2, ent_stale_title(words, kind));
  ent_block *table = ent_content_table(content, columns, COLUMNS);
  for (size_t i = 0; i < list->count && i < MOST_ENTRIES; i++) {
    const ent_stale_entry *entry = &list->entries[i];
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_text(entry->date, ENT_STYLE_FAINT);
    row->cells[1] =
        ent_content_text(years(words, entry->age_years, 1), entry->passed ? ENT_STYLE_BAD : ENT_STYLE_PLAIN);
    row->cells[2] = ent_content_text(years(words, entry->limit_years, 0), ENT_STYLE_PLAIN);
    row->cells[3] = ent_content_figure(ent_words_label(words, entry->label), entry->key, ENT_STYLE_PLAIN);
    row->note = note_of(words, kind, entry);
  }
  if (list->count > MOST_ENTRIES)
    ent_content_paragraph(content, ent_number_counted(words, "force.more", list->count - MOST_ENTRIES),
                          ENT_STYLE_FAINT);
}

static void add_notice(ent_content *content, ent_words *words, const ent_stale_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "stale.notice"));
  const char *limit = answer->years > 0 ? ent_number_counted(words, "stale.limit_given", answer->years)
                                        : ent_words_fill(words, "stale.limit_model", "model", answer->model_id,
                                                         "version", answer->model_version, NULL);
  ent_content_item(content, notice, ent_content_text(limit, ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "stale.ages"), ENT_STYLE_PLAIN));
  if (answer->without_limit > 0)
    ent_content_item(
        content, notice,
        ent_content_text(ent_number_counted(words, "stale.without_limit", answer->without_limit), ENT_STYLE_PLAIN));
  if (!answer->all && answer->lists[ENT_STALE_OTHER].count > 0)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, "stale.all"), ENT_STYLE_PLAIN));
  if (!answer->basis.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "stale.as_of", "date",
                                                     ent_words_date(words, answer->basis.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  ent_basis_line(content, words, &answer->basis, notice);
}

void ent_stale_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_stale_answer *answer = &result->stale;
  ent_basis_heading(content, words, &answer->basis);
  add_counts(content, words, answer);
  for (int k = 0; k < ENT_STALE_KINDS; k++)
    if (answer->lists[k].count > 0 && (k != ENT_STALE_OTHER || answer->all))
      add_list(content, words, (ent_stale_kind)k, &answer->lists[k]);
  add_notice(content, words, answer);
}
