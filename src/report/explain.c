/* explain.c - the way from a figure down to its sources as content: a tree whose nodes are one line each, with what
 * there is to say under it. */
#include <math.h>
#include <string.h>

#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/run.h"
#include "report/trend.h"

static void fill_leaf(ent_content *content, ent_words *words, ent_content_node *leaf, const ent_explain_node *node,
                      const char *parent_key);

void ent_explain_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_explain_answer *answer = &result->explain;
  ent_run_heading(content, words, &answer->run);
  ent_content_node *root = ent_content_tree(content);
  if (answer->root) fill_leaf(content, words, root, answer->root, NULL);

  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.reading"), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.intervals"), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.keys"), ENT_STYLE_PLAIN));
  ent_run_line(content, words, &answer->run, notice);
}

static bool is_kind(const ent_explain_node *node, const char *kind) { return ent_text_same(node->kind, kind); }

/* Of a key below its parent's only what it adds, so that lines stay short: "a-b/agreement" under "a-b" is
 * "/agreement". */
static const char *short_key(const char *key, const char *parent_key) {
  size_t length = parent_key ? strlen(parent_key) : 0;
  if (key && length > 0 && strncmp(key, parent_key, length) == 0 && key[length] == '/') return key + length;
  return key;
}

static ent_style style_of(const ent_explain_node *node) {
  if (is_kind(node, "alliance") || is_kind(node, "criterion") || is_kind(node, "member")) return ENT_STYLE_STRONG;
  return ENT_STYLE_PLAIN;
}

/* "Beside Forces (A → B): can not be compared: definition" */
static const char *beside(ent_words *words, const ent_explain_node *node) {
  const char *brief = ent_pair_brief(words, &node->judged->comparison);
  return ent_words_fill(words, "explain.beside", "label", ent_words_label(words, node->label), "text",
                        *brief ? brief : ent_words_get(words, "pair.brief.yes"), NULL);
}

static const char *head_of(ent_words *words, const ent_explain_node *node) {
  if (node->judged) return beside(words, node);
  if (node->trend) return ent_trend_text(words, node->trend);
  const char *label = node->citation ? ent_citation_text(words, node->citation)
                      : node->word   ? ent_words_get(words, node->word)
                                     : ent_words_label(words, node->label);
  if (node->withheld && !node->citation)
    label = ent_words_join(words, label, ENT_WORDS_DOT, ent_words_get(words, "row.confidential"));
  if (is_kind(node, "assumption")) label = ent_words_fill(words, "explain.assumption", "label", label, NULL);
  if (isfinite(node->weight))
    label = ent_words_fill(words, "explain.weight", "label", label, "weight",
                           ent_number_plain(words, node->weight, node->weight == floor(node->weight) ? 0 : 2), NULL);
  return label;
}

/* Scores and own values run to 100, readings from 0 to 1; the figure of an assumption is the effect that it gives. */
static const char *figure_of(ent_words *words, const ent_explain_node *node) {
  if (node->expected) return ent_trend_expected(words, node->expected);
  if (is_kind(node, "reading")) return ent_number_figure(words, node->score, 2);
  if (!is_kind(node, "assumption")) return ent_number_figure(words, node->score, 0);
  const char *effect = ent_words_join(words, ent_number_signed(words, node->score.median, 1), " ",
                                      ent_number_range(words, node->score, 1, true));
  return ent_words_fill(words, "explain.effect", "figure", effect, NULL);
}

/* The cells of a row that say something, on one line: "value 2 · unit persons". Names and values stand as in the
 * package's files, where a reader may look for them. */
static const char *fields_of(ent_words *words, const ent_explain_node *node) {
  const char *text = "";
  for (size_t i = 0; i < node->field_count; i++) {
    if (!node->field_values[i] || !*node->field_values[i]) continue;
    const char *field = ent_words_join(words, node->field_names[i], "\u00a0", node->field_values[i]);
    text = ent_words_join(words, text, ENT_WORDS_DOT, field);
  }
  return text;
}

/* Rows of evidence below a node; codings of a row are not counted apart. */
static size_t count_rows(const ent_explain_node *node) {
  size_t rows = 0;
  for (size_t i = 0; i < node->child_count; i++)
    rows += is_kind(node->children[i], "row") ? 1 : count_rows(node->children[i]);
  return rows;
}

static void add_line(ent_content *content, ent_content_node *leaf, const char *text, ent_style style) {
  if (text && *text) ent_content_line(content, leaf, ent_content_text(text, style));
}

static void fill_leaf(ent_content *content, ent_words *words, ent_content_node *leaf, const ent_explain_node *node,
                      const char *parent_key) {
  if (!leaf) return;
  bool source = is_kind(node, "source") || is_kind(node, "citation");
  leaf->text = ent_content_figure(head_of(words, node), node->key, style_of(node));
  leaf->tag = source ? NULL : short_key(node->key, parent_key);
  if (node->missing) leaf->figure = ent_content_figure(ent_words_get(words, "value.none"), node->key, ENT_STYLE_FAINT);
  else if (!ent_number_missing(node->score) || node->expected)
    leaf->figure = ent_content_figure(figure_of(words, node), node->key, style_of(node));
  if (node->missing) add_line(content, leaf, ent_words_get(words, node->missing), ENT_STYLE_FAINT);
  add_line(content, leaf, fields_of(words, node), ENT_STYLE_PLAIN);
  if (node->defined) add_line(content, leaf, ent_words_get(words, node->defined), ENT_STYLE_FAINT);
  add_line(content, leaf, ent_words_label(words, node->detail), ENT_STYLE_FAINT);
  add_line(content, leaf, node->url, ENT_STYLE_FAINT);
  if (parent_key &&
      is_kind(node, "indicator")) { /* a page of the tree; the way down goes on from the indicator's key */
    add_line(content, leaf, ent_number_counted(words, "explain.rows", count_rows(node)), ENT_STYLE_FAINT);
    return;
  }
  for (size_t i = 0; i < node->child_count; i++)
    fill_leaf(content, words, ent_content_leaf(content, leaf), node->children[i], node->key ? node->key : parent_key);
}
