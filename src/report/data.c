/* data.c - figures and rows of a study as content: figures by indicator, wholes with their parts as trees, rows of a
 * table, rows by table. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/figure.h"
#include "report/line.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/quantity.h"

enum { COLUMNS = 3, WIDEST_FIGURE = 34 };

static ent_block *new_table(ent_content *content, int figure, int period) {
  ent_column *columns = ent_arena_take(content->arena, COLUMNS, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.wide = true};
  columns[1] = (ent_column){.right = true, .least = figure};
  columns[2] = (ent_column){.least = period};
  return ent_content_table(content, columns, COLUMNS);
}

/* ---- figures ---- */

static void add_figure(ent_content *content, ent_words *words, ent_block *table, const ent_data_figure *figure) {
  ent_row *row = ent_content_row(content, table);
  const char *quantity = ent_quantity_text(words, &figure->quantity), *subjects = ent_figure_subjects(words, figure);
  if (!row) return;
  if (ent_line_width(quantity) > WIDEST_FIGURE) { /* a comparison with another figure: it needs the width */
    subjects = ent_words_join(words, subjects, ": ", quantity);
    quantity = "";
  }
  row->cells[0] = ent_content_figure(subjects, figure->key, ENT_STYLE_PLAIN);
  row->cells[1] = ent_content_figure(quantity, figure->key, ENT_STYLE_STRONG);
  row->cells[2] = ent_content_text(figure->period, ENT_STYLE_FAINT);
  row->note = ent_figure_note(words, figure);
}

static void add_figures(ent_content *content, ent_words *words, const ent_data_answer *answer) {
  ent_block *table = NULL;
  int figure = 0, period = 0;
  for (size_t i = 0; i < answer->figure_count; i++) { /* so that the tables of all indicators stand in line */
    int width = ent_line_width(ent_quantity_text(words, &answer->figures[i].quantity));
    if (width > figure && width <= WIDEST_FIGURE) figure = width;
    width = ent_line_width(answer->figures[i].period);
    if (width > period) period = width;
  }
  for (size_t i = 0; i < answer->figure_count; i++) {
    const ent_data_figure *f = &answer->figures[i];
    if (i == 0 || !ent_text_same(f->indicator.id, answer->figures[i - 1].indicator.id)) {
      const char *title = ent_words_fill(words, "data.indicator", "label", ent_words_label(words, f->indicator.label),
                                         "id", f->indicator.id ? f->indicator.id : "", NULL);
      ent_content_heading(content, 3, title);
      table = new_table(content, figure, period);
    }
    add_figure(content, words, table, f);
  }
}

/* ---- trees ---- */

static const char *sum_text(ent_words *words, const ent_data_node *node) {
  const ent_data_sum *sum = &node->sum;
  const char *text = "";
  if (sum->added) {
    const char *share = isfinite(sum->share_low) ? ent_quantity_share(words, sum->share_low, sum->share_high)
                                                 : ent_words_get(words, "value.none");
    text = ent_words_fill(words, sum->added == 1 ? "data.sum.one" : "data.sum.many", "count",
                          ent_number_count(words, sum->added), "sum",
                          ent_quantity_range(words, sum->low, sum->high, &node->figure.quantity), "share", share, NULL);
  }
  if (sum->twice)
    text = ent_words_join(words, text, ENT_WORDS_DOT, ent_number_counted(words, "data.twice", sum->twice));
  if (sum->left_out)
    text = ent_words_join(words, text, ENT_WORDS_DOT, ent_number_counted(words, "data.not_added", sum->left_out));
  return text;
}

static void fill_node(ent_content *content, ent_words *words, ent_content_node *leaf, const ent_data_node *node) {
  const ent_data_figure *figure = &node->figure;
  if (!leaf) return;
  const char *label = ent_words_label(words, figure->label);
  if (figure->whole)
    label = ent_words_fill(words, ent_text_same(figure->nesting, "stated") ? "data.link.stated" : "data.link.inferred",
                           "label", label, NULL);
  leaf->text = ent_content_figure(label, figure->key, node->asked ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN);
  leaf->figure = ent_content_figure(ent_quantity_text(words, &figure->quantity), figure->key,
                                    node->asked ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN);
  const char *note = ent_words_join(words, figure->period, ENT_WORDS_DOT, ent_figure_note(words, figure));
  ent_content_line(content, leaf, ent_content_text(note, ENT_STYLE_FAINT));
  if (node->child_count) ent_content_line(content, leaf, ent_content_text(sum_text(words, node), ENT_STYLE_PLAIN));
  for (size_t i = 0; i < node->child_count; i++)
    fill_node(content, words, ent_content_leaf(content, leaf), node->children[i]);
}

/* ---- rows of a table ---- */

static bool is_label(const char *column) {
  return ent_text_same(column, "label_en") || ent_text_same(column, "label_de");
}

static const char *fields_of(ent_words *words, const ent_data_row *row) {
  const char *text = "";
  for (size_t i = 0; i < row->field_count; i++) {
    if (is_label(row->field_names[i])) continue;
    const char *field = ent_words_join(words, row->field_names[i], "\u00a0", row->field_values[i]);
    text = ent_words_join(words, text, ENT_WORDS_DOT, field);
  }
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_basis_citations(words, row->citations, row->citation_count));
}

static void add_rows(ent_content *content, ent_words *words, const ent_data_answer *answer) {
  static const ent_column columns[] = {{.wide = true}};
  ent_block *table = answer->row_count ? ent_content_table(content, columns, 1) : NULL;
  for (size_t i = 0; i < answer->row_count; i++) {
    ent_row *row = ent_content_row(content, table);
    const char *id = strchr(answer->rows[i].key, ':') + 1, *label = ent_words_label(words, answer->rows[i].label);
    if (!row) return;
    row->cells[0] = ent_content_figure(ent_text_same(id, label) ? id : ent_words_join(words, id, ENT_WORDS_DOT, label),
                                       answer->rows[i].key, ENT_STYLE_STRONG);
    row->note = fields_of(words, &answer->rows[i]);
  }
}

/* ---- counts ---- */

static void add_counts(ent_content *content, ent_words *words, const ent_data_answer *answer) {
  ent_block *pairs = ent_content_pairs(content);
  for (size_t i = 0; i < answer->count_count; i++)
    ent_content_pair(content, pairs, answer->counts[i].table,
                     ent_content_text(ent_number_count(words, answer->counts[i].rows), ENT_STYLE_PLAIN));
  ent_content_pair(content, pairs, ent_words_get(words, "data.all_term"),
                   ent_content_text(ent_number_count(words, answer->total), ENT_STYLE_STRONG));
  if (!answer->highest_footnote) return;
  ent_content_paragraph(
      content,
      ent_words_fill(words, "data.footnotes", "count", ent_number_count(words, answer->footnote_count), "highest",
                     ent_number_count(words, (uint64_t)answer->highest_footnote), NULL),
      ENT_STYLE_PLAIN);
  const char *missing = "";
  for (size_t i = 0; i < answer->missing_count; i++) {
    const char *number = i < 100 ? ent_number_count(words, (uint64_t)answer->missing[i]) : "…";
    missing = ent_words_join(words, missing, ", ", number);
    if (i == 100) break;
  }
  if (*missing)
    ent_content_paragraph(content, ent_words_fill(words, "data.missing", "list", missing, NULL), ENT_STYLE_PLAIN);
}

/* ---- the whole ---- */

static size_t shown_of(const ent_data_answer *answer) {
  return answer->figure_count + answer->tree_count + answer->row_count;
}

static void add_title(ent_content *content, ent_words *words, const ent_data_answer *answer) {
  static const char *const titles[] = {"data.figures", "data.trees", "data.table", "data.counts"};
  const char *title = answer->view == ENT_DATA_TABLE
                          ? ent_words_fill(words, titles[answer->view], "table", answer->table, NULL)
                          : ent_words_get(words, titles[answer->view]);
  ent_content_heading(content, 2, title);
  if (answer->view == ENT_DATA_COUNTS) return;
  if (answer->total == 0) ent_content_paragraph(content, ent_words_get(words, "data.none"), ENT_STYLE_PLAIN);
  else
    ent_content_paragraph(content,
                          ent_words_fill(words, "data.shown", "first", ent_number_count(words, answer->first + 1),
                                         "last", ent_number_count(words, answer->first + shown_of(answer)), "total",
                                         ent_number_count(words, answer->total), NULL),
                          ENT_STYLE_FAINT);
}

static void add_notice(ent_content *content, ent_words *words, const ent_data_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "data.notice"));
  const char *const line = answer->view == ENT_DATA_FIGURES ? "data.what_figures"
                           : answer->view == ENT_DATA_TREE  ? "data.what_trees"
                                                            : "data.what_rows";
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, line), ENT_STYLE_PLAIN));
  if (answer->currency)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, "conversion.rule"), ENT_STYLE_PLAIN));
  if (answer->alone)
    ent_content_item(content, notice,
                     ent_content_text(ent_number_counted(words, "data.alone", answer->alone), ENT_STYLE_PLAIN));
  if (answer->withheld)
    ent_content_item(content, notice,
                     ent_content_text(ent_number_counted(words, "data.withheld", answer->withheld), ENT_STYLE_PLAIN));
  if (answer->page_count > 1)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "data.page", "page", ent_number_count(words, answer->page),
                                                     "count", ent_number_count(words, answer->page_count), NULL),
                                      ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "data.go_on"), ENT_STYLE_FAINT));
  ent_basis_line(content, words, &answer->basis, notice);
}

void ent_data_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_data_answer *answer = &result->data;
  ent_basis_heading(content, words, &answer->basis);
  add_title(content, words, answer);
  add_figures(content, words, answer);
  for (size_t i = 0; i < answer->tree_count; i++)
    fill_node(content, words, ent_content_tree(content), answer->trees[i]);
  add_rows(content, words, answer);
  if (answer->view == ENT_DATA_COUNTS) add_counts(content, words, answer);
  add_notice(content, words, answer);
}
