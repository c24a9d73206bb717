/* matrix.c - the comparison table as content: first the values of those who lead, issues by states side by side; then
 * each issue with its cells below each other, each view in a sentence. */
#include <math.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"

enum { MOST_BESIDE = 4, VALUE = 5, RANGE = 12 }; /* MOST_BESIDE: states that fit beside each other */

static const ent_coded_aspect *value_of(const ent_matrix_view *view) {
  for (size_t i = 0; i < view->coded_count; i++)
    if (!ent_text_same(view->coded[i].aspect, "salience")) return &view->coded[i];
  return NULL;
}

static const ent_coded_aspect *salience_of(const ent_matrix_view *view) {
  for (size_t i = 0; i < view->coded_count; i++)
    if (ent_text_same(view->coded[i].aspect, "salience")) return &view->coded[i];
  return NULL;
}

/* As many digits as the value has, at most one. */
static int decimals_of(double value) { return fabs(value - round(value)) < 0.05 ? 0 : 1; }

static const char *point(ent_words *words, double value, double minimum) {
  return minimum < 0 ? ent_number_signed(words, value, decimals_of(value))
                     : ent_number_plain(words, value, decimals_of(value));
}

static const char *value_text(ent_words *words, const ent_coded_aspect *aspect) {
  return aspect ? point(words, aspect->value, aspect->minimum) : "";
}

static const char *range_text(ent_words *words, const ent_coded_aspect *aspect) {
  if (!aspect) return "";
  return ent_words_fill(words, "matrix.range", "low", point(words, aspect->low, aspect->minimum), "high",
                        point(words, aspect->high, aspect->minimum), NULL);
}

static const char *group_name(ent_words *words, const ent_matrix_group *group) {
  return group->id ? ent_words_label(words, group->label) : ent_words_get(words, "matrix.other");
}

/* ---- side by side ---- */

static bool leads(const ent_matrix_cell *cell, const ent_matrix_view *view) {
  const ent_matrix_view *first = cell->views[0];
  const char *mine = view->office_count ? view->offices[0].weight_class : NULL;
  return ent_text_same(mine, first->office_count ? first->offices[0].weight_class : NULL);
}

/* "+2", "+2 / +1" towards two partners; marked where somebody in that state sees it otherwise. */
static const char *leading_values(ent_words *words, const ent_matrix_cell *cell) {
  const char *text = "", *last = NULL;
  for (size_t i = 0; i < cell->view_count && leads(cell, cell->views[i]); i++) {
    const char *value = value_text(words, value_of(cell->views[i]));
    if (ent_text_same(value, last) || !*value) continue;
    text = ent_words_join(words, text, " / ", value);
    last = value;
  }
  if (!*text) return cell->view_count ? ent_words_get(words, "matrix.not_coded") : "";
  return cell->dissent_count ? ent_words_join(words, text, " ", ent_words_get(words, "matrix.mark")) : text;
}

static void add_beside(ent_content *content, ent_words *words, const ent_matrix_answer *answer) {
  ent_column *columns = ent_arena_take(content->arena, answer->state_count + 1, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.issue"), .wide = true};
  for (size_t s = 0; s < answer->state_count; s++)
    columns[s + 1] = (ent_column){.title = ent_words_label(words, answer->state_labels[s]), .right = true};
  ent_content_heading(content, 2, ent_words_get(words, "matrix.beside"));
  ent_block *table = ent_content_table(content, columns, answer->state_count + 1);
  for (size_t g = 0; g < answer->group_count; g++) {
    ent_row *title = ent_content_row(content, table);
    ent_content_set(title, 0, ent_content_text(group_name(words, &answer->groups[g]), ENT_STYLE_STRONG));
    for (size_t i = 0; i < answer->groups[g].issue_count; i++) {
      const ent_matrix_issue *issue = answer->groups[g].issues[i];
      ent_row *row = ent_content_row(content, table);
      ent_content_cell label = ent_content_figure(ent_words_label(words, issue->label), issue->key, ENT_STYLE_PLAIN);
      label.indent = 1;
      ent_content_set(row, 0, label);
      for (size_t s = 0; s < answer->state_count; s++) {
        const ent_matrix_cell *cell = &issue->cells[s];
        ent_content_set(
            row, s + 1,
            ent_content_text(leading_values(words, cell), cell->dissent_count ? ENT_STYLE_BAD : ENT_STYLE_PLAIN));
      }
    }
  }
}

/* ---- cells below each other ---- */

static const char *dates_of(ent_words *words, const ent_matrix_view *view) {
  const char *from = view->held_from ? ent_words_date(words, view->held_from) : NULL,
             *to = view->held_until ? ent_words_date(words, view->held_until) : NULL;
  if (from && to) return ent_words_fill(words, "matrix.from_to", "from", from, "to", to, NULL);
  if (from) return ent_words_fill(words, "matrix.since", "from", from, NULL);
  return to ? ent_words_fill(words, "matrix.until", "to", to, NULL) : "";
}

static const char *offices_of(ent_words *words, const ent_matrix_view *view) {
  const char *text = "";
  for (size_t i = 0; i < view->office_count; i++)
    text = ent_words_join(words, text, ", ", ent_words_label(words, view->offices[i].label));
  return *text ? text : ent_words_get(words, "matrix.no_office");
}

static const char *towards(ent_words *words, const ent_matrix_view *view) {
  const char *text = "";
  if (view->partner)
    text = ent_words_fill(words, "matrix.towards", "partner", ent_words_label(words, view->partner_label), NULL);
  if (view->alliance) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_label(words, view->alliance_label));
  return text;
}

/* "before: A, −1; change +3 [+2 to +4]" */
static const char *before_of(ent_words *words, const ent_matrix_view *view) {
  const ent_matrix_view *before = view->before;
  if (!before) return "";
  const ent_coded_aspect *then = value_of(before);
  const char *who = ent_words_label(words, before->actor_label);
  if (!then || isnan(view->change)) return ent_words_fill(words, "matrix.before", "actor", who, NULL);
  const ent_figure change = {view->change, view->change_low, view->change_high};
  return ent_words_fill(words, "matrix.before_value", "actor", who, "value", value_text(words, then), "change",
                        ent_number_signed(words, change.median, 1), "range", ent_number_range(words, change, 1, true),
                        NULL);
}

static const char *note_of(ent_words *words, const ent_matrix_view *view) {
  const ent_coded_aspect *salience = salience_of(view);
  const char *text = ent_words_join(words, offices_of(words, view), ENT_WORDS_DOT, dates_of(words, view));
  text = ent_words_join(words, text, ENT_WORDS_DOT, towards(words, view));
  if (salience)
    text = ent_words_join(words, text, ENT_WORDS_DOT,
                          ent_words_fill(words, "matrix.salience", "value", value_text(words, salience), "range",
                                         range_text(words, salience), NULL));
  text = ent_words_join(words, text, ENT_WORDS_DOT, before_of(words, view));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_citation_list(words, view->citations, view->citation_count));
}

static void add_view(ent_content *content, ent_words *words, ent_block *table, const char *state,
                     const ent_matrix_view *view) {
  const ent_coded_aspect *value = value_of(view);
  const char *who = ent_words_label(words, view->actor_label);
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(state, ENT_STYLE_STRONG));
  ent_content_set(row, 1,
                  ent_content_figure(ent_words_join(words, who, ": ", ent_words_label(words, view->label)), view->key,
                                     ENT_STYLE_PLAIN));
  ent_content_set(row, 2,
                  ent_content_text(value ? value_text(words, value) : ent_words_get(words, "matrix.not_coded"),
                                   value ? ENT_STYLE_PLAIN : ENT_STYLE_FAINT));
  ent_content_set(row, 3, ent_content_text(range_text(words, value), ENT_STYLE_PLAIN));
  if (row) row->note = note_of(words, view);
}

static void add_dissent(ent_content *content, ent_words *words, ent_block *table, const ent_matrix_dissent *dissent) {
  const char *text = ent_words_fill(
      words, "matrix.dissent", "leading", ent_words_label(words, dissent->leading->actor_label), "leading_value",
      value_text(words, value_of(dissent->leading)), "other", ent_words_label(words, dissent->other->actor_label),
      "other_value", value_text(words, value_of(dissent->other)), NULL);
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 1, ent_content_text(text, ENT_STYLE_BAD));
  if (row) row->note = towards(words, dissent->other);
}

static void add_cell(ent_content *content, ent_words *words, ent_block *table, const char *state,
                     const ent_matrix_cell *cell) {
  for (size_t i = 0; i < cell->view_count; i++) add_view(content, words, table, i == 0 ? state : "", cell->views[i]);
  for (size_t i = 0; i < cell->dissent_count; i++) add_dissent(content, words, table, &cell->dissents[i]);
  if (cell->view_count) return;
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(state, ENT_STYLE_STRONG));
  ent_content_set(row, 1, ent_content_text(ent_words_get(words, "matrix.empty"), ENT_STYLE_FAINT));
}

/* What the ends of the scale stand for. */
static const char *ends_of(ent_words *words, const ent_matrix_issue *issue) {
  const char *low = ent_words_label(words, issue->low_label), *high = ent_words_label(words, issue->high_label);
  if (isnan(issue->minimum)) return "";
  if (!*low && !*high)
    return ent_words_fill(words, "matrix.scale", "minimum", point(words, issue->minimum, issue->minimum), "maximum",
                          point(words, issue->maximum, issue->minimum), NULL);
  return ent_words_fill(words, "matrix.ends", "minimum", point(words, issue->minimum, issue->minimum), "low", low,
                        "maximum", point(words, issue->maximum, issue->minimum), "high", high, NULL);
}

static void add_issue(ent_content *content, ent_words *words, const ent_matrix_answer *answer,
                      const ent_matrix_issue *issue) {
  enum { COUNT = 4 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = NULL};
  columns[1] = (ent_column){.wide = true};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.value"), .right = true, .least = VALUE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.coders"), .right = true, .least = RANGE};
  ent_content_heading(content, 3, ent_words_label(words, issue->label));
  ent_content_paragraph(content, ends_of(words, issue), ENT_STYLE_FAINT);
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t s = 0; s < answer->state_count; s++)
    add_cell(content, words, table, ent_words_label(words, answer->state_labels[s]), &issue->cells[s]);
}

static void add_notice(ent_content *content, ent_words *words, const ent_matrix_answer *answer) {
  static const char *const sentences[] = {"matrix.notice", "matrix.dissent_notice", "notice.reading"};
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "matrix.notice_title"));
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, sentences[i]), ENT_STYLE_PLAIN));
  if (answer->without_office)
    ent_content_item(
        content, notice,
        ent_content_text(ent_number_counted(words, "matrix.without_office", answer->without_office), ENT_STYLE_PLAIN));
  if (answer->basis.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "timeline.after_study", "date",
                                                     ent_words_date(words, answer->basis.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "matrix.go_on"), ENT_STYLE_FAINT));
  ent_basis_line(content, words, &answer->basis, notice);
}

static void add_period(ent_content *content, ent_words *words, const ent_matrix_answer *answer) {
  const char *text = "";
  if (answer->from) text = ent_words_fill(words, "matrix.period_from", "from", answer->from, NULL);
  if (answer->to)
    text =
        ent_words_join(words, text, ENT_WORDS_DOT, ent_words_fill(words, "matrix.period_to", "to", answer->to, NULL));
  if (*text) ent_content_paragraph(content, text, ENT_STYLE_FAINT);
}

void ent_matrix_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_matrix_answer *answer = &result->matrix;
  ent_basis_heading(content, words, &answer->basis);
  add_period(content, words, answer);
  if (answer->basis.as_of && answer->state_count && answer->state_count <= MOST_BESIDE)
    add_beside(content, words, answer);
  for (size_t g = 0; g < answer->group_count; g++) {
    ent_content_heading(content, 2, group_name(words, &answer->groups[g]));
    for (size_t i = 0; i < answer->groups[g].issue_count; i++)
      add_issue(content, words, answer, answer->groups[g].issues[i]);
  }
  add_notice(content, words, answer);
}
