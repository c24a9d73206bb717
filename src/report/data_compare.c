/* data_compare.c - two figures side by side as content: the verdict, what stands in the way, what does not, what is
 * said about comparing them, both in one currency. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/figure.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/quantity.h"

static const char *dot(ent_words *words, const char *text, const char *more) {
  return ent_words_join(words, text, ENT_WORDS_DOT, more);
}

static const char *named(ent_words *words, const char *key, const char *text) {
  return text && *text ? ent_words_fill(words, key, "text", text, NULL) : "";
}

/* ---- the two figures and the verdict ---- */

static void add_figure(ent_content *content, ent_words *words, ent_block *table, const char *letter,
                       const ent_data_figure *figure) {
  ent_row *row = ent_content_row(content, table);
  if (!row) return;
  row->cells[0] = ent_content_text(letter, ENT_STYLE_STRONG);
  row->cells[1] =
      ent_content_figure(ent_words_join(words, ent_words_label(words, figure->label), ENT_WORDS_DOT, figure->period),
                         figure->key, ENT_STYLE_PLAIN);
  row->cells[2] = ent_content_figure(ent_quantity_text(words, &figure->quantity), figure->key, ENT_STYLE_STRONG);
  row->note = ent_figure_note(words, figure);
}

/* Which is a part of which, through how many links, and what share of it. */
static const char *part_text(ent_words *words, const ent_pair_answer *pair) {
  const char *part = pair->part > 0 ? "A" : "B", *whole = pair->part > 0 ? "B" : "A";
  const char *text =
      ent_words_fill(words, pair->part_inferred ? "pair.part.inferred" : "pair.part.stated", "part", part, "whole",
                     whole, "links", ent_number_counted(words, "pair.links", pair->part_links), NULL);
  if (!isfinite(pair->share_low)) return text;
  return ent_words_join(words, text, " ",
                        ent_words_fill(words, "pair.part.share", "part", part, "share",
                                       ent_quantity_share(words, pair->share_low, pair->share_high), NULL));
}

static void add_verdict(ent_content *content, ent_words *words, const ent_pair_answer *pair) {
  const char *key = pair->verdict == ENT_FORBIDS  ? "pair.no"
                    : pair->verdict == ENT_LIMITS ? "pair.limited"
                                                  : "pair.yes";
  const char *list = "";
  for (size_t i = 0; i < pair->point_count; i++)
    if (pair->points[i].effect == pair->verdict && pair->verdict != ENT_HINDERS_NOT)
      list = ent_words_join(words, list, ", ", ent_pair_aspect(words, pair->points[i].aspect));
  const char *text =
      pair->verdict == ENT_HINDERS_NOT ? ent_words_get(words, key) : ent_words_fill(words, key, "list", list, NULL);
  ent_content_paragraph(content, text, pair->verdict == ENT_FORBIDS ? ENT_STYLE_BAD : ENT_STYLE_STRONG);
  if (pair->part) ent_content_paragraph(content, part_text(words, pair), ENT_STYLE_PLAIN);
  if (pair->same_thing) ent_content_paragraph(content, ent_words_get(words, "pair.same_thing"), ENT_STYLE_PLAIN);
}

/* ---- points ---- */

static const char *rule_of(ent_words *words, const ent_definition_answer *definition) {
  const char *text = named(words, "pair.includes", ent_words_label(words, definition->includes));
  return dot(words, text, named(words, "pair.excludes", ent_words_label(words, definition->excludes)));
}

static const char *side_of(ent_words *words, const ent_compared_point *point, bool second,
                           const ent_data_figure *figure) {
  const char *text = ent_pair_side(words, point->aspect, second ? point->b : point->a);
  if (point->aspect == ENT_ASPECT_DEFINITION && figure->definition.id)
    text = dot(words, text, rule_of(words, &figure->definition));
  if (!*text) text = ent_words_get(words, "pair.nothing");
  const char *cites = second ? ent_basis_citations(words, point->b_citations, point->b_count)
                             : ent_basis_citations(words, point->a_citations, point->a_count);
  return ent_words_fill(words, "pair.side", "letter", second ? "B" : "A", "text", dot(words, text, cites), NULL);
}

static bool has_sides(ent_compared_aspect aspect) {
  return aspect != ENT_ASPECT_NUMBER && aspect != ENT_ASPECT_NESTING && aspect != ENT_ASPECT_OBJECTION;
}

static void add_hindrances(ent_content *content, ent_words *words, const ent_pair_answer *pair) {
  static const ent_column columns[] = {{.least = 10}, {.wide = true}, {.right = true}};
  ent_block *table = NULL;
  for (int effect = ENT_FORBIDS; effect > ENT_HINDERS_NOT; effect--)
    for (size_t i = 0; i < pair->point_count; i++) {
      const ent_compared_point *point = &pair->points[i];
      if ((int)point->effect != effect) continue;
      if (!table) {
        ent_content_heading(content, 3, ent_words_get(words, "pair.hindrances"));
        table = ent_content_table(content, columns, sizeof columns / sizeof *columns);
      }
      ent_row *row = ent_content_row(content, table);
      if (!row) return;
      row->cells[0] = ent_content_text(ent_pair_aspect(words, point->aspect), ENT_STYLE_STRONG);
      row->cells[1] = ent_content_text(ent_pair_finding(words, point->aspect, point->code), ENT_STYLE_PLAIN);
      row->cells[2] = ent_content_text(ent_pair_effect(words, point->effect),
                                       point->effect == ENT_FORBIDS ? ENT_STYLE_BAD : ENT_STYLE_FAINT);
      if (has_sides(point->aspect))
        row->note = dot(words, side_of(words, point, false, &pair->a), side_of(words, point, true, &pair->b));
    }
}

static void add_others(ent_content *content, ent_words *words, const ent_pair_answer *pair) {
  ent_block *pairs = NULL;
  for (size_t i = 0; i < pair->point_count; i++) {
    const ent_compared_point *point = &pair->points[i];
    if (point->effect != ENT_HINDERS_NOT) continue;
    if (!pairs) {
      ent_content_heading(content, 3, ent_words_get(words, "pair.others"));
      pairs = ent_content_pairs(content);
    }
    ent_content_pair(content, pairs, ent_pair_aspect(words, point->aspect),
                     ent_content_text(ent_pair_finding(words, point->aspect, point->code), ENT_STYLE_PLAIN));
  }
}

/* ---- what is said about comparing them ---- */

static void add_said(ent_content *content, ent_words *words, const ent_pair_answer *pair) {
  static const char *const says[] = {"pair.said.no", "pair.said.limited", "pair.said.yes"};
  static const char *const reaches[] = {"pair.reach.figure", "pair.reach.figure", "pair.reach.definition",
                                        "pair.reach.wider", "pair.reach.whole"};
  static const ent_column columns[] = {{.wide = true}, {.right = true}};
  if (!pair->said_count) return;
  ent_content_heading(content, 3, ent_words_get(words, "pair.said"));
  ent_block *table = ent_content_table(content, columns, sizeof columns / sizeof *columns);
  for (size_t i = 0; i < pair->said_count; i++) {
    const ent_said_answer *said = &pair->said[i];
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_figure(ent_words_label(words, said->reason), said->key, ENT_STYLE_PLAIN);
    row->cells[1] = ent_content_text(ent_words_get(words, says[said->word]), ENT_STYLE_STRONG);
    const char *note = ent_words_join(words, ent_words_label(words, said->a), " / ", ent_words_label(words, said->b));
    note = dot(words, note, ent_words_get(words, reaches[said->reach]));
    note = dot(words, note,
               said->stated_by.id ? ent_words_fill(words, "figure.stated_by", "actor",
                                                   ent_words_label(words, said->stated_by.label), NULL)
                                  : ent_words_get(words, "pair.own_judgement"));
    row->note = dot(words, note, ent_basis_citations(words, said->citations, said->citation_count));
  }
}

/* ---- money ---- */

static void add_conversion(ent_content *content, ent_words *words, ent_block *list, const char *letter,
                           const ent_data_figure *figure) {
  const ent_conversion_answer *c = &figure->conversion;
  if (!c->currency) return;
  if (c->missing || !c->way_count) {
    const char *text = c->missing ? ent_figure_conversion(words, c) : ent_words_get(words, "conversion.own");
    ent_content_item(
        content, list,
        ent_content_text(ent_words_fill(words, "pair.side", "letter", letter, "text", text, NULL), ENT_STYLE_PLAIN));
  }
  for (size_t i = 0; i < c->way_count; i++)
    ent_content_item(content, list,
                     ent_content_text(ent_words_fill(words, "pair.side", "letter", letter, "text",
                                                     ent_figure_way(words, &c->ways[i], c), NULL),
                                      i == 0 ? ENT_STYLE_PLAIN : ENT_STYLE_FAINT));
}

void ent_data_compare_content(ent_content *content, ent_words *words, const ent_result *result) {
  static const ent_column columns[] = {{.least = 1}, {.wide = true}, {.right = true}};
  const ent_data_compare_answer *answer = &result->data_compare;
  const ent_pair_answer *pair = &answer->pair;
  ent_basis_heading(content, words, &answer->basis);
  ent_content_heading(content, 2, ent_words_get(words, "pair.title"));
  add_verdict(content, words, pair);
  ent_block *table = ent_content_table(content, columns, sizeof columns / sizeof *columns);
  add_figure(content, words, table, "A", &pair->a);
  add_figure(content, words, table, "B", &pair->b);
  add_hindrances(content, words, pair);
  add_said(content, words, pair);
  add_others(content, words, pair);
  if (pair->a.conversion.currency) {
    ent_content_heading(content, 3,
                        ent_words_fill(words, "conversion.title", "currency", pair->a.conversion.currency, NULL));
    ent_block *list = ent_content_list(content);
    add_conversion(content, words, list, "A", &pair->a);
    add_conversion(content, words, list, "B", &pair->b);
  }
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "pair.notice"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "pair.rules"), ENT_STYLE_PLAIN));
  if (pair->a.conversion.currency)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, "conversion.rule"), ENT_STYLE_PLAIN));
  ent_basis_line(content, words, &answer->basis, notice);
}
