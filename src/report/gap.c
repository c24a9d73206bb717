/* gap.c - the balance between partners as content: for each pair a table of what is expected and given, then how allies
 * stand in a capital, then the course over time and what had to be left out of it. */
#include <math.h>

#include "base/text.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/run.h"

enum { SCORE = 7, RANGE = 16, MOST_MISSING = 12 };

static const char *of_two(ent_words *words, const char *key, ent_label ally, ent_label other) {
  return ent_words_fill(words, key, "ally", ent_words_label(words, ally), "other", ent_words_label(words, other), NULL);
}

/* Label, two figures, their difference and its interval. */
static ent_block *add_table(ent_content *content, ent_words *words, const char *label, const char *first,
                            const char *second) {
  enum { COUNT = 5 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.title = label, .wide = true};
  columns[1] = (ent_column){.title = first, .right = true, .least = SCORE};
  columns[2] = (ent_column){.title = second, .right = true, .least = SCORE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.difference"), .right = true, .least = SCORE};
  columns[4] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = RANGE};
  return ent_content_table(content, columns, COUNT);
}

/* A figure; nothing where it does not apply, words where it is missing. */
static ent_content_cell score_cell(ent_words *words, ent_figure figure, const char *missing, const char *key) {
  if (ent_text_same(missing, "missing.not_applicable")) return ent_content_text("", ENT_STYLE_FAINT);
  if (ent_number_missing(figure)) return ent_content_text(ent_words_get(words, "value.none"), ENT_STYLE_FAINT);
  return ent_content_figure(ent_number_plain(words, figure.median, 0), key, ENT_STYLE_PLAIN);
}

static void set_difference(ent_words *words, ent_row *row, ent_figure difference, ent_style style) {
  if (ent_number_missing(difference)) return;
  ent_content_set(row, 3, ent_content_text(ent_number_signed(words, difference.median, 1), style));
  ent_content_set(row, 4, ent_content_text(ent_number_range(words, difference, 1, true), ENT_STYLE_PLAIN));
}

static void add_node(ent_content *content, ent_words *words, ent_block *table, const ent_gap_node *node,
                     const char *label, int indent) {
  ent_row *row = ent_content_row(content, table);
  ent_style style = indent == 0 ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN;
  ent_content_cell cell = ent_content_text(label, style);
  cell.indent = indent;
  ent_content_set(row, 0, cell);
  ent_content_set(row, 1, score_cell(words, node->expects, node->missing_expects, node->key_expects));
  ent_content_set(row, 2, score_cell(words, node->gives, node->missing_gives, node->key_gives));
  set_difference(words, row, node->difference, style);
}

static void add_pair(ent_content *content, ent_words *words, const ent_gap_pair *pair) {
  ent_content_heading(content, 3, of_two(words, "gap.pair", pair->ally_label, pair->other_label));
  ent_block *table = add_table(content, words, ent_words_get(words, "column.criterion"),
                               ent_words_get(words, "column.expects"), ent_words_get(words, "column.gives"));
  for (size_t c = 0; c < pair->whole.child_count; c++) {
    const ent_gap_node *criterion = &pair->whole.children[c];
    add_node(content, words, table, criterion, ent_words_label(words, criterion->label), 0);
    for (size_t d = 0; d < criterion->child_count; d++)
      add_node(content, words, table, &criterion->children[d], ent_words_label(words, criterion->children[d].label), 1);
  }
  add_node(content, words, table, &pair->whole, ent_words_get(words, "gap.all"), 0);
  ent_content_paragraph(
      content,
      ent_words_fill(words, "gap.evidence", "expects", ent_number_percent(words, pair->coverage_expects, 0), "gives",
                     ent_number_percent(words, pair->coverage_gives, 0), NULL),
      ENT_STYLE_FAINT);
}

static void add_pairs(ent_content *content, ent_words *words, const ent_gap_answer *answer) {
  for (size_t i = 0; i < answer->pair_count; i++) {
    const ent_gap_pair *pair = &answer->pairs[i];
    if (i == 0 || !ent_text_same(pair->alliance, answer->pairs[i - 1].alliance))
      ent_content_heading(content, 2, ent_words_label(words, pair->alliance_label));
    add_pair(content, words, pair);
  }
}

/* ---- standing ---- */

static const char *cited(ent_words *words, const char *key, const ent_citation_answer *citations, size_t count,
                         ent_label ally) {
  if (!count) return "";
  return ent_words_fill(words, key, "ally", ent_words_label(words, ally), "citations",
                        ent_citation_list(words, citations, count), NULL);
}

static void add_standing_row(ent_content *content, ent_words *words, ent_block *table, const ent_standing *standing,
                             const ent_standing_row *line, const char *label, ent_style style) {
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(label, style));
  ent_content_set(row, 1, score_cell(words, line->a, line->missing_a, line->key_a));
  ent_content_set(row, 2, score_cell(words, line->b, line->missing_b, line->key_b));
  set_difference(words, row, line->difference, style);
  if (row)
    row->note =
        ent_words_join(words, cited(words, "gap.cited", line->citations_a, line->count_a, standing->a_label),
                       ENT_WORDS_DOT, cited(words, "gap.cited", line->citations_b, line->count_b, standing->b_label));
}

static void add_standings(ent_content *content, ent_words *words, const ent_gap_answer *answer) {
  if (!answer->standing_count) return;
  ent_content_heading(content, 2, ent_words_get(words, "gap.standing_title"));
  for (size_t i = 0; i < answer->standing_count; i++) {
    const ent_standing *standing = &answer->standings[i];
    const char *title = ent_words_fill(words, "gap.standing", "a", ent_words_label(words, standing->a_label), "b",
                                       ent_words_label(words, standing->b_label), "capital",
                                       ent_words_label(words, standing->capital_label), NULL);
    ent_content_heading(content, 3, title);
    ent_block *table = add_table(content, words, ent_words_get(words, "column.view"),
                                 ent_words_label(words, standing->a_label), ent_words_label(words, standing->b_label));
    for (size_t k = 0; k < standing->count; k++)
      add_standing_row(content, words, table, standing, &standing->rows[k],
                       ent_words_label(words, standing->rows[k].label), ENT_STYLE_PLAIN);
    add_standing_row(content, words, table, standing, &standing->whole, ent_words_get(words, "gap.given"),
                     ENT_STYLE_STRONG);
  }
}

/* ---- over time ---- */

static void add_moment(ent_content *content, ent_words *words, ent_block *table, const ent_gap_moment *moment) {
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(ent_words_date(words, moment->day), ENT_STYLE_PLAIN));
  if (!moment->stands) {
    if (row) row->note = ent_words_get(words, "gap.does_not_stand");
    return;
  }
  ent_content_set(row, 1, score_cell(words, moment->expects, NULL, NULL));
  ent_content_set(row, 2, score_cell(words, moment->gives, NULL, NULL));
  set_difference(words, row, moment->difference, ENT_STYLE_PLAIN);
}

/* "Forces (A): 1 June 2019, no evidence for this date" */
static const char *missing_line(ent_words *words, const ent_gap_missing *missing, size_t dates) {
  const char *where = "";
  if (missing->count == dates)
    return ent_words_fill(words, "gap.at_none", "label", ent_words_label(words, missing->label), NULL);
  for (size_t i = 0; i < missing->count; i++)
    where = ent_words_join(words, where, "; ",
                           ent_words_join(words, ent_words_date(words, missing->days[i]), ", ",
                                          ent_words_get(words, missing->reasons[i])));
  return ent_words_join(words, ent_words_label(words, missing->label), ": ", where);
}

static void add_missing(ent_content *content, ent_words *words, const ent_gap_course *course, size_t dates) {
  static const ent_column column = {.wide = true};
  if (!course->missing_count) return;
  ent_content_paragraph(content, ent_words_get(words, "gap.left_out"), ENT_STYLE_PLAIN);
  ent_block *table = ent_content_table(content, &column, 1);
  for (size_t i = 0; i < course->missing_count && i < MOST_MISSING; i++)
    ent_content_set(ent_content_row(content, table), 0,
                    ent_content_text(missing_line(words, &course->missing[i], dates), ENT_STYLE_FAINT));
  if (course->missing_count > MOST_MISSING)
    ent_content_set(
        ent_content_row(content, table), 0,
        ent_content_text(ent_number_counted(words, "gap.more", course->missing_count - MOST_MISSING), ENT_STYLE_FAINT));
}

static double coverage_of(const ent_gap_course *course, size_t dates) {
  for (size_t i = 0; i < dates; i++)
    if (course->moments[i].stands) return course->moments[i].coverage_expects;
  return 0;
}

static double coverage_given(const ent_gap_course *course, size_t dates) {
  for (size_t i = 0; i < dates; i++)
    if (course->moments[i].stands) return course->moments[i].coverage_gives;
  return 0;
}

static void add_course(ent_content *content, ent_words *words, const ent_gap_course *course, size_t dates) {
  ent_content_heading(content, 3, of_two(words, "gap.pair", course->ally_label, course->other_label));
  ent_block *table = add_table(content, words, ent_words_get(words, "column.date"),
                               ent_words_get(words, "column.expects"), ent_words_get(words, "column.gives"));
  for (size_t i = 0; i < dates; i++) add_moment(content, words, table, &course->moments[i]);
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(ent_words_get(words, "gap.change"), ENT_STYLE_STRONG));
  if (ent_number_missing(course->change))
    ent_content_set(row, 3, ent_content_text(ent_words_get(words, "value.none"), ENT_STYLE_FAINT));
  else set_difference(words, row, course->change, ENT_STYLE_STRONG);
  ent_content_paragraph(
      content,
      ent_words_fill(words, "gap.common", "expects", ent_number_percent(words, coverage_of(course, dates), 0), "gives",
                     ent_number_percent(words, coverage_given(course, dates), 0), NULL),
      ENT_STYLE_FAINT);
  add_missing(content, words, course, dates);
}

static void add_notice(ent_content *content, ent_words *words, const ent_gap_answer *answer) {
  static const char *const sentences[] = {"notice.reading", "gap.notice", "gap.views", "notice.intervals"};
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, sentences[i]), ENT_STYLE_PLAIN));
  if (answer->run.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "notice.after_study", "date",
                                                     ent_words_date(words, answer->run.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  ent_run_line(content, words, &answer->run, notice);
}

void ent_gap_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_gap_answer *answer = &result->gap;
  ent_run_heading(content, words, &answer->run);
  add_pairs(content, words, answer);
  add_standings(content, words, answer);
  if (answer->course_count) ent_content_heading(content, 2, ent_words_get(words, "gap.course_title"));
  for (size_t i = 0; i < answer->course_count; i++) add_course(content, words, &answer->courses[i], answer->date_count);
  add_notice(content, words, answer);
}
