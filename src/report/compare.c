/* compare.c - a comparison as content: what the two sides are; per alliance the change by criterion, what it is made
 * of, what drives it, and which indicators have evidence on which side. */
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/run.h"

enum {
  MOST_DRIVERS = 10, /* shown; all stand in the JSON */
  SCORE = 5,         /* least widths of columns, so that the tables of a page stand in line */
  RANGE = 14
};

static void add_sides(ent_content *content, ent_words *words, const ent_compare_answer *answer);
static void add_alliance(ent_content *content, ent_words *words, const ent_compared_alliance *alliance);
static void add_notice(ent_content *content, ent_words *words, const ent_compare_answer *answer);

void ent_compare_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_compare_answer *answer = &result->compare;
  add_sides(content, words, answer);
  for (size_t i = 0; i < answer->alliance_count; i++) add_alliance(content, words, &answer->alliances[i]);
  add_notice(content, words, answer);
}

/* ---- the two sides ---- */

static void add_side_line(ent_content *content, ent_words *words, const char *key, const char *from, const char *to) {
  if (ent_text_same(from, to)) return;
  ent_content_paragraph(content, ent_words_fill(words, key, "from", from, "to", to, NULL), ENT_STYLE_FAINT);
}

static const char *known_at(ent_words *words, const char *day) {
  return day ? ent_words_date(words, day) : ent_words_get(words, "compare.known_all");
}

static void add_sides(ent_content *content, ent_words *words, const ent_compare_answer *answer) {
  const ent_run_answer *from = &answer->from, *to = &answer->to;
  const char *title = ent_words_label(words, from->study_title);
  ent_content_heading(content, 1, *title ? title : from->study);
  if (ent_text_same(from->as_of, to->as_of))
    ent_content_paragraph(content, ent_words_fill(words, "run.as_of", "date", ent_words_date(words, from->as_of), NULL),
                          ENT_STYLE_FAINT);
  add_side_line(content, words, "compare.dates", ent_words_date(words, from->as_of), ent_words_date(words, to->as_of));
  add_side_line(content, words, "compare.studies", from->study, to->study);
  if (from->edition != to->edition)
    add_side_line(content, words, "compare.editions", ent_number_plain(words, from->edition, 0),
                  ent_number_plain(words, to->edition, 0));
  add_side_line(content, words, "compare.known", known_at(words, from->known_at), known_at(words, to->known_at));
  add_side_line(content, words, "compare.models", from->model_name, to->model_name);
  const char *only = "";
  for (size_t i = 0; i < answer->only_count; i++)
    only = ent_words_join(words, only, "; ", ent_words_label(words, answer->only[i]));
  if (*only)
    ent_content_paragraph(content, ent_words_fill(words, "compare.only", "alliances", only, NULL), ENT_STYLE_FAINT);
}

/* ---- the change by criterion ---- */

/* "+3.2 [+1.0 to +5.1]" */
static const char *signed_figure(ent_words *words, ent_figure figure) {
  return ent_words_join(words, ent_number_signed(words, figure.median, 1), "\u00a0",
                        ent_number_range(words, figure, 1, true));
}

/* Why a figure is missing stands below, with the indicators. */
static void add_change(ent_content *content, ent_words *words, ent_block *table, ent_content_cell label,
                       const char *key, const ent_change *change) {
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, label);
  if (ent_number_missing(change->difference)) {
    ent_content_set(row, 4, ent_content_text(ent_words_get(words, "value.none"), ENT_STYLE_FAINT));
    return;
  }
  ent_content_set(row, 1, ent_content_figure(ent_number_plain(words, change->from.median, 0), key, ENT_STYLE_PLAIN));
  ent_content_set(row, 2, ent_content_figure(ent_number_plain(words, change->to.median, 0), key, ENT_STYLE_PLAIN));
  ent_content_set(row, 3, ent_content_figure(ent_number_signed(words, change->difference.median, 1), key, label.style));
  ent_content_set(row, 4,
                  ent_content_figure(ent_number_range(words, change->difference, 1, true), key, ENT_STYLE_PLAIN));
}

static void add_node(ent_content *content, ent_words *words, ent_block *table, const ent_compared_answer *node,
                     int indent) {
  ent_content_cell label =
      ent_content_text(ent_words_label(words, node->label), indent == 0 ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN);
  label.indent = indent;
  add_change(content, words, table, label, node->key, &node->score);
}

static ent_block *add_change_table(ent_content *content, ent_words *words, const char *label_key) {
  enum { COUNT = 5 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, label_key), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.from"), .right = true, .least = SCORE};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.to"), .right = true, .least = SCORE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.change"), .right = true, .least = SCORE};
  columns[4] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = RANGE};
  return ent_content_table(content, columns, COUNT);
}

static void add_profile(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  ent_content_heading(content, 3, ent_words_get(words, "compare.common"));
  ent_block *table = add_change_table(content, words, "column.criterion");
  for (size_t i = 0; i < alliance->criterion_count; i++) {
    const ent_compared_answer *criterion = &alliance->criteria[i];
    add_node(content, words, table, criterion, 0);
    for (size_t j = 0; j < criterion->child_count; j++) add_node(content, words, table, &criterion->children[j], 1);
  }
  add_change(content, words, table, ent_content_text(ent_words_get(words, "compare.score"), ENT_STYLE_STRONG),
             alliance->from.id, &alliance->common);
}

/* ---- what it is made of ---- */

static void add_part(ent_content *content, ent_words *words, ent_block *pairs, const char *term, const char *key,
                     ent_figure figure) {
  if (ent_number_missing(figure)) return;
  ent_content_pair(
      content, pairs, ent_words_get(words, term),
      ent_content_text(ent_words_fill(words, key, "change", signed_figure(words, figure), NULL), ENT_STYLE_PLAIN));
}

static void add_parts(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  ent_content_heading(content, 3, ent_words_get(words, "compare.parts"));
  ent_block *pairs = ent_content_pairs(content);
  const char *sentence;
  if (!ent_number_missing(alliance->difference)) {
    sentence = ent_words_fill(words, "compare.all", "from", ent_number_figure(words, alliance->from.score, 0), "to",
                              ent_number_figure(words, alliance->to.score, 0), "change",
                              signed_figure(words, alliance->difference), NULL);
    ent_content_pair(content, pairs, ent_words_get(words, "compare.all_term"),
                     ent_content_text(sentence, ENT_STYLE_PLAIN));
  }
  if (!ent_number_missing(alliance->common.difference)) {
    sentence = ent_words_fill(
        words, "compare.common_sentence", "from", ent_number_figure(words, alliance->common.from, 0), "to",
        ent_number_figure(words, alliance->common.to, 0), "change", signed_figure(words, alliance->common.difference),
        "coverage", ent_number_percent(words, alliance->common_coverage, 0), NULL);
    ent_content_pair(content, pairs, ent_words_get(words, "compare.common_term"),
                     ent_content_text(sentence, ENT_STYLE_STRONG));
  }
  add_part(content, words, pairs, "compare.world_term", "compare.world", alliance->world);
  add_part(content, words, pairs, "compare.evidence_term", "compare.evidence", alliance->evidence);
  add_part(content, words, pairs, "compare.model_term", "compare.model", alliance->model);
  if (alliance->is_split) add_part(content, words, pairs, "compare.rest_term", "compare.rest", alliance->rest);
  if (ent_number_missing(alliance->common.difference))
    ent_content_paragraph(
        content, ent_words_get(words, alliance->shares_nothing ? "compare.shares_nothing" : "compare.no_common"),
        ENT_STYLE_PLAIN);
}

/* ---- what drives it ---- */

static const char *cause_text(ent_words *words, ent_cause cause) {
  const char *text = cause.world ? ent_words_get(words, "compare.by_world") : "";
  if (cause.evidence) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "compare.by_evidence"));
  if (cause.model) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "compare.by_model"));
  return text;
}

static const char *cited(ent_words *words, const char *key, const ent_citation_answer *citations, size_t count) {
  if (!count) return "";
  return ent_words_fill(words, key, "citations", ent_citation_list(words, citations, count), NULL);
}

static const char *driver_note(ent_words *words, const ent_driver_answer *driver) {
  const char *text =
      ent_words_fill(words, "compare.driver_score", "from", ent_number_plain(words, driver->score.from.median, 0), "to",
                     ent_number_plain(words, driver->score.to.median, 0), NULL);
  text = ent_words_join(words, text, ENT_WORDS_DOT, cause_text(words, driver->cause));
  text = ent_words_join(words, text, ENT_WORDS_DOT,
                        cited(words, "compare.cited_from", driver->from_citations, driver->from_count));
  text = ent_words_join(words, text, ENT_WORDS_DOT,
                        cited(words, "compare.cited_to", driver->to_citations, driver->to_count));
  if (!driver->figures.is_judged) return text;
  return ent_words_join(words, text, ENT_WORDS_DOT,
                        ent_words_fill(words, "compare.figures", "a", driver->figures.a, "b", driver->figures.b, "text",
                                       ent_pair_brief(words, &driver->figures.comparison), NULL));
}

static void add_drivers(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  enum { COUNT = 4 };
  ent_content_heading(content, 3, ent_words_get(words, "compare.drivers"));
  if (!alliance->driver_count) {
    ent_content_paragraph(content, ent_words_get(words, "compare.no_drivers"), ENT_STYLE_FAINT);
    return;
  }
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.right = true};
  columns[1] = (ent_column){.wide = true};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.effect"), .right = true, .least = SCORE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = RANGE};
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < alliance->driver_count && i < MOST_DRIVERS; i++) {
    const ent_driver_answer *driver = &alliance->drivers[i];
    const ent_figure effect = driver->effect.difference;
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(ent_number_count(words, i + 1), ENT_STYLE_FAINT));
    ent_content_set(row, 1, ent_content_text(ent_words_label(words, driver->label), ENT_STYLE_PLAIN));
    ent_content_set(row, 2,
                    ent_content_figure(ent_number_signed(words, effect.median, 1), driver->key,
                                       driver->expected < 0 ? ENT_STYLE_BAD : ENT_STYLE_GOOD));
    ent_content_set(row, 3, ent_content_figure(ent_number_range(words, effect, 1, true), driver->key, ENT_STYLE_PLAIN));
    if (row) row->note = driver_note(words, driver);
  }
  if (alliance->driver_count > MOST_DRIVERS)
    ent_content_paragraph(content, ent_number_counted(words, "compare.more", alliance->driver_count - MOST_DRIVERS),
                          ENT_STYLE_FAINT);
}

/* ---- which indicators have evidence where ---- */

typedef enum presence { OTHER_ROWS, SAME_ROWS, MISSING_FROM, MISSING_TO, MISSING_BOTH, PRESENCES } presence;

static presence presence_of(const ent_compared_answer *indicator) {
  bool from = !indicator->missing_from || ent_text_same(indicator->missing_from, "missing.not_common");
  bool to = !indicator->missing_to || ent_text_same(indicator->missing_to, "missing.not_common");
  if (from && to) return indicator->same_rows ? SAME_ROWS : OTHER_ROWS;
  return from ? MISSING_TO : to ? MISSING_FROM : MISSING_BOTH;
}

/* Indicators that stand alike: on the same sides, missing for the same reason. */
typedef struct alike {
  presence at;
  const char *reason; /* or NULL */
  const char *labels;
} alike;

enum { MOST_ALIKE = 40 }; /* more than there are reasons, on either side */

static const char *reason_of(const ent_compared_answer *indicator, presence at) {
  return at == MISSING_FROM ? indicator->missing_from : at == MISSING_TO ? indicator->missing_to : NULL;
}

static void add_alike(ent_words *words, alike *lists, size_t *count, presence at, const char *reason,
                      const char *label) {
  size_t i = 0;
  while (i < *count && (lists[i].at != at || !ent_text_same(lists[i].reason, reason))) i++;
  if (i == MOST_ALIKE) return;
  if (i == *count) lists[(*count)++] = (alike){at, reason, ""};
  lists[i].labels = ent_words_join(words, lists[i].labels, "; ", label);
}

/* pair: who gives whom, or "". */
static void sort_indicators(ent_words *words, const ent_compared_answer *criterion, const char *pair, alike *lists,
                            size_t *count) {
  for (size_t d = 0; d < criterion->child_count; d++)
    for (size_t i = 0; i < criterion->children[d].child_count; i++) {
      const ent_compared_answer *indicator = &criterion->children[d].children[i];
      presence at = presence_of(indicator);
      const char *label = ent_words_label(words, indicator->label);
      if (*pair) label = ent_words_fill(words, "compare.of_pair", "label", label, "pair", pair, NULL);
      add_alike(words, lists, count, at, reason_of(indicator, at), label);
    }
}

static void add_evidence(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  static const char *const titles[PRESENCES] = {"compare.other_rows", "compare.same_rows", "compare.missing_from",
                                                "compare.missing_to", "compare.missing_both"};
  alike lists[MOST_ALIKE];
  size_t count = 0;
  for (size_t c = 0; c < alliance->criterion_count; c++)
    if (!alliance->criteria[c].of_members) sort_indicators(words, &alliance->criteria[c], "", lists, &count);
  for (size_t g = 0; g < alliance->giving_count; g++)
    sort_indicators(words, &alliance->giving[g], ent_words_label(words, alliance->giving[g].pair_label), lists, &count);
  ent_content_heading(content, 3, ent_words_get(words, "compare.evidence_title"));
  for (size_t at = 0; at < PRESENCES; at++)
    for (size_t i = 0; i < count; i++) {
      if (lists[i].at != at) continue;
      const char *title = ent_words_get(words, titles[at]);
      if (lists[i].reason)
        title = ent_words_fill(words, "compare.with_reason", "label", title, "reason",
                               ent_words_get(words, lists[i].reason), NULL);
      ent_content_paragraph(content, title, ENT_STYLE_STRONG);
      ent_content_paragraph(content, lists[i].labels, ENT_STYLE_PLAIN);
    }
}

const char *ent_compare_name(ent_words *words, const ent_compared_alliance *alliance) {
  const char *from = ent_words_label(words, alliance->from.label), *to = ent_words_label(words, alliance->to.label);
  return ent_text_same(from, to) ? from : ent_words_fill(words, "compare.pair", "from", from, "to", to, NULL);
}

void ent_compare_parts(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  add_parts(content, words, alliance);
  if (!alliance->shares_nothing) add_drivers(content, words, alliance);
}

static void add_alliance(ent_content *content, ent_words *words, const ent_compared_alliance *alliance) {
  ent_content_heading(content, 2, ent_compare_name(words, alliance));
  if (!alliance->shares_nothing) add_profile(content, words, alliance);
  ent_compare_parts(content, words, alliance);
  if (alliance->shares_nothing) return;
  add_evidence(content, words, alliance);
}

static void add_notice(ent_content *content, ent_words *words, const ent_compare_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  static const char *const keys[] = {"notice.compare", "notice.reading", "notice.intervals", "notice.few"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, keys[i]), ENT_STYLE_PLAIN));
  ent_run_line(content, words, &answer->from, notice);
  ent_run_line(content, words, &answer->to, notice);
}
