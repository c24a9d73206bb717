/* assess.c - an assessment as content: per alliance the profile first, then the score and the verdict, strengths and
 * fault lines, what each ally gives the other, the readings beside the score; at the end what the figures are. */
#include <string.h>

#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/run.h"
#include "report/trend.h"

enum {
  MOST_FORCES = 8, /* strengths or fault lines shown; all stand in the JSON */
  SCORE = 5,       /* least widths of columns, so that the tables of a page stand in line */
  RANGE = 8,
  EVIDENCE = 8
};

static void add_alliance(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_profile(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_verdict(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_aggregations(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_forces(ent_content *content, ent_words *words, const char *title, const char *none,
                       const ent_force_answer *forces, size_t count, ent_style style);
static void add_directed(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_readings(ent_content *content, ent_words *words, const ent_alliance_answer *alliance);
static void add_notice(ent_content *content, ent_words *words, const ent_assess_answer *answer);

void ent_assess_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_assess_answer *answer = &result->assess;
  ent_run_heading(content, words, &answer->run);
  for (size_t i = 0; i < answer->alliance_count; i++) add_alliance(content, words, &answer->alliances[i]);
  add_notice(content, words, answer);
}

static void add_alliance(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  ent_content_heading(content, 2, ent_words_label(words, alliance->label));
  add_profile(content, words, alliance);
  add_verdict(content, words, alliance);
  add_aggregations(content, words, alliance);
  add_forces(content, words, "strengths.title", "strengths.none", alliance->strengths, alliance->strength_count,
             ENT_STYLE_GOOD);
  add_forces(content, words, "fault_lines.title", "fault_lines.none", alliance->fault_lines, alliance->fault_line_count,
             ENT_STYLE_BAD);
  add_directed(content, words, alliance);
  add_readings(content, words, alliance);
}

/* Label, interval drawn on the scale, median, interval, and a last column that some tables fill: the columns of all
 * tables of scores, so that they can be compared from one to the next. */
static ent_block *add_score_table(ent_content *content, ent_words *words, const char *label_key, const char *last_key) {
  enum { COUNT = 5 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, label_key), .wide = true};
  columns[1] = (ent_column){.bar = true, .from = 1, .to = 100};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.score"), .right = true, .least = SCORE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = RANGE};
  columns[4] = (ent_column){.right = true, .least = EVIDENCE};
  if (last_key) columns[4].title = ent_words_get(words, last_key);
  return ent_content_table(content, columns, COUNT);
}

/* Where there is no figure, its place says so and why: missing is a word key, or NULL. */
static ent_row *add_score_row(ent_content *content, ent_words *words, ent_block *table, ent_content_cell label,
                              const char *key, const ent_figure *score, const char *missing) {
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, label);
  if (ent_number_missing(*score)) {
    const char *none = ent_words_get(words, "value.none");
    if (missing) none = ent_words_fill(words, "value.none_because", "reason", ent_words_get(words, missing), NULL);
    ent_content_set(row, 1, ent_content_figure(none, key, ENT_STYLE_FAINT));
    return row;
  }
  ent_content_set(row, 1, ent_content_bar(score, key, label.style));
  ent_content_set(row, 2, ent_content_figure(ent_number_plain(words, score->median, 0), key, label.style));
  ent_content_set(row, 3, ent_content_figure(ent_number_range(words, *score, 0, false), key, ENT_STYLE_PLAIN));
  return row;
}

static void add_node(ent_content *content, ent_words *words, ent_block *table, const ent_node_answer *node, int indent,
                     bool with_coverage) {
  ent_content_cell label =
      ent_content_text(ent_words_label(words, node->label), indent == 0 ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN);
  label.indent = indent;
  ent_row *row = add_score_row(content, words, table, label, node->key, &node->score, node->missing);
  if (with_coverage)
    ent_content_set(row, 4, ent_content_text(ent_number_percent(words, node->coverage, 0), ENT_STYLE_FAINT));
}

static void add_profile(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  ent_content_heading(content, 3, ent_words_get(words, "profile.title"));
  ent_block *table = add_score_table(content, words, "column.criterion", "column.evidence");
  for (size_t i = 0; i < alliance->criterion_count; i++) {
    const ent_node_answer *criterion = &alliance->criteria[i];
    add_node(content, words, table, criterion, 0, true);
    for (size_t j = 0; j < criterion->child_count; j++)
      add_node(content, words, table, &criterion->children[j], 1, true);
  }
}

static const char *class_shares(ent_words *words, const ent_alliance_answer *alliance) {
  const char *text = "";
  for (size_t i = 0; i < alliance->share_count; i++) {
    const ent_share_answer *share = &alliance->shares[i];
    if (!(share->share > 0)) /* a class that no draw reached says nothing */
      continue;
    const char *one = ent_words_fill(words, "verdict.share", "class", ent_words_label(words, share->label), "share",
                                     ent_number_percent(words, share->share, 0), NULL);
    text = ent_words_join(words, text, ENT_WORDS_DOT, one);
  }
  return text;
}

const char *ent_assess_verdict(ent_words *words, const ent_alliance_answer *alliance) {
  if (!alliance->class_id)
    return ent_words_fill(words, "verdict.none", "coverage", ent_number_percent(words, alliance->coverage, 0), "least",
                          ent_number_percent(words, alliance->least_coverage, 0), NULL);
  return ent_words_fill(words, "verdict.sentence", "class", ent_words_label(words, alliance->class_label), NULL);
}

/* The words of an aggregation under KEY.ID. */
static const char *aggregation_word(ent_words *words, const char *key, const char *id) {
  const char *full = ent_arena_print(words->arena, "%s.%s", key, id);
  if (!full) ent_words_fail_memory(words);
  return full ? ent_words_get(words, full) : "";
}

static const char *score_sentence(ent_words *words, const ent_alliance_answer *alliance) {
  if (ent_number_missing(alliance->score)) return ent_words_get(words, "value.none");
  return ent_words_fill(words, "verdict.score", "figure", ent_number_figure(words, alliance->score, 0), "aggregation",
                        aggregation_word(words, "aggregation.mean", alliance->headline), NULL);
}

static void add_verdict(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  ent_content_heading(content, 3, ent_words_get(words, "verdict.title"));
  ent_block *pairs = ent_content_pairs(content);
  ent_content_pair(content, pairs, ent_words_get(words, "verdict.score_term"),
                   ent_content_figure(score_sentence(words, alliance), alliance->key, ENT_STYLE_STRONG));
  ent_content_pair(content, pairs, ent_words_get(words, "verdict.verdict_term"),
                   ent_content_text(ent_assess_verdict(words, alliance), ENT_STYLE_STRONG));
  ent_content_pair(content, pairs, ent_words_get(words, "verdict.scope_term"),
                   ent_content_text(ent_words_get(words, "verdict.scope"), ENT_STYLE_PLAIN));
  const char *shares = class_shares(words, alliance);
  if (*shares)
    ent_content_pair(content, pairs, ent_words_get(words, "verdict.shares_term"),
                     ent_content_text(shares, ENT_STYLE_PLAIN));
  const char *coverage = ent_number_percent(words, alliance->coverage, 0);
  const char *evidence = alliance->carried > 0
                             ? ent_words_fill(words, "verdict.evidence", "coverage", coverage, "carried",
                                              ent_number_percent(words, alliance->carried, 0), NULL)
                             : ent_words_fill(words, "verdict.evidence_fresh", "coverage", coverage, NULL);
  ent_content_pair(content, pairs, ent_words_get(words, "verdict.evidence_term"),
                   ent_content_text(evidence, ENT_STYLE_PLAIN));
}

/* The headline stands above; here the others, each with the class that it would give. */
static void add_aggregations(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  enum { COUNT = sizeof alliance->aggregations / sizeof alliance->aggregations[0] };
  ent_content_heading(content, 3, ent_words_get(words, "aggregation.title"));
  ent_block *table = add_score_table(content, words, "column.aggregation", NULL);
  for (size_t i = 0; i < COUNT; i++) {
    const ent_aggregation_answer *aggregation = &alliance->aggregations[i];
    if (ent_text_same(aggregation->id, alliance->headline)) continue;
    const char *class_name = aggregation->class_id ? ent_words_label(words, aggregation->class_label) : "";
    const char *label =
        ent_words_join(words, aggregation_word(words, "aggregation", aggregation->id), ": ", class_name);
    add_score_row(content, words, table, ent_content_text(label, ENT_STYLE_PLAIN), alliance->key, &aggregation->score,
                  NULL);
  }
  if (alliance->class_id)
    ent_content_paragraph(
        content, ent_words_get(words, alliance->verdict_differs ? "aggregation.differs" : "aggregation.agrees"),
        ENT_STYLE_PLAIN);
}

static const char *force_note(ent_words *words, const ent_force_answer *force) {
  const char *text = ent_words_fill(words, force->effect.median > 0 ? "expected.gain" : "expected.loss", "figure",
                                    ent_trend_expected(words, &force->expected), NULL);
  if (force->trend_count > 0)
    text = ent_words_join(words, text, ENT_WORDS_DOT, ent_trend_list(words, force->trends, force->trend_count));
  if (force->divides) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "force.divides"));
  if (force->carried) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "force.carried"));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_citation_list(words, force->citations, force->citation_count));
}

/* What members' views are about tells nothing of how they lie to each other. */
static const char *force_label(ent_words *words, const ent_force_answer *force) {
  const char *label = ent_words_label(words, force->label);
  if (!force->is_distance) return label;
  return ent_words_fill(words, force->effect.median > 0 ? "force.shared" : "force.apart", "label", label, NULL);
}

static void add_force(ent_content *content, ent_words *words, ent_block *table, const ent_force_answer *force,
                      size_t rank, ent_style style) {
  ent_row *row = ent_content_row(content, table);
  ent_content_set(row, 0, ent_content_text(ent_number_count(words, rank), ENT_STYLE_FAINT));
  ent_content_set(row, 1, ent_content_text(force_label(words, force), ENT_STYLE_PLAIN));
  ent_content_set(row, 2, ent_content_figure(ent_number_signed(words, force->effect.median, 1), force->key, style));
  ent_content_set(row, 3,
                  ent_content_figure(ent_number_range(words, force->effect, 1, true), force->key, ENT_STYLE_PLAIN));
  if (row) row->note = force_note(words, force);
}

static void add_forces(ent_content *content, ent_words *words, const char *title, const char *none,
                       const ent_force_answer *forces, size_t count, ent_style style) {
  enum { COUNT = 4 };
  ent_content_heading(content, 3, ent_words_get(words, title));
  if (count == 0) {
    ent_content_paragraph(content, ent_words_get(words, none), ENT_STYLE_FAINT);
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
  for (size_t i = 0; i < count && i < MOST_FORCES; i++) add_force(content, words, table, &forces[i], i + 1, style);
  if (count > MOST_FORCES)
    ent_content_paragraph(content, ent_number_counted(words, "force.more", count - MOST_FORCES), ENT_STYLE_FAINT);
}

static void add_directed(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  if (alliance->directed_count == 0) return;
  ent_content_heading(content, 3, ent_words_get(words, "directed.title"));
  ent_block *table = add_score_table(content, words, "column.directed", NULL);
  for (size_t i = 0; i < alliance->directed_count; i++) {
    const ent_directed_answer *directed = &alliance->directed[i];
    const char *label = ent_words_fill(words, "directed.pair", "from", ent_words_label(words, directed->from_label),
                                       "to", ent_words_label(words, directed->to_label), NULL);
    add_score_row(content, words, table, ent_content_text(label, ENT_STYLE_STRONG), directed->key, &directed->score,
                  NULL);
    for (size_t j = 0; j < directed->criterion_count; j++)
      add_node(content, words, table, &directed->criteria[j], 1, false);
  }
}

static void add_readings(ent_content *content, ent_words *words, const ent_alliance_answer *alliance) {
  enum { COUNT = 3 };
  if (alliance->reading_count == 0) return;
  ent_content_heading(content, 3, ent_words_get(words, "readings.title"));
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.reading"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.value"), .right = true, .least = SCORE};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = RANGE};
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < alliance->reading_count; i++) {
    const ent_reading_answer *reading = &alliance->readings[i];
    const char *label = ent_words_join(words, ent_words_label(words, reading->label), ", ",
                                       ent_words_label(words, reading->member_label));
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(label, ENT_STYLE_PLAIN));
    ent_content_set(
        row, 1, ent_content_figure(ent_number_plain(words, reading->value.median, 2), reading->key, ENT_STYLE_PLAIN));
    ent_content_set(
        row, 2, ent_content_figure(ent_number_range(words, reading->value, 2, false), reading->key, ENT_STYLE_PLAIN));
  }
}

static void add_draw_log(ent_content *content, ent_words *words, ent_block *notice, const ent_draw_log_answer *log) {
  const char *text =
      ent_words_fill(words, "notice.draw_log", "file", log->file, "rows", ent_number_count(words, log->rows), "columns",
                     ent_number_count(words, log->columns), NULL);
  ent_content_item(content, notice, ent_content_text(text, ENT_STYLE_PLAIN));
  if (log->left_out)
    ent_content_item(
        content, notice,
        ent_content_text(ent_number_counted(words, "notice.draw_log_left_out", log->left_out), ENT_STYLE_PLAIN));
}

static void add_notice(ent_content *content, ent_words *words, const ent_assess_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  for (int i = 0; i < ENT_NOTICE_COUNT; i++)
    ent_content_item(content, notice, ent_content_text(ent_run_notice(words, i), ENT_STYLE_PLAIN));
  if (answer->trend.count)
    ent_content_item(
        content, notice,
        ent_content_text(ent_words_fill(words, "notice.trend", "draws", ent_number_count(words, answer->trend.draws),
                                        "least", ent_number_plain(words, answer->trend.least, 1), NULL),
                         ENT_STYLE_PLAIN));
  if (answer->ranges != ENT_RANGES_TRIANGULAR)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_get(words, answer->ranges == ENT_RANGES_PERT ? "notice.ranges.pert"
                                                                                             : "notice.ranges.uniform"),
                                      ENT_STYLE_PLAIN));
  if (answer->grades.given)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.grades"), ENT_STYLE_PLAIN));
  if (answer->run.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "notice.after_study", "date",
                                                     ent_words_date(words, answer->run.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  if (answer->draw_log.file) add_draw_log(content, words, notice, &answer->draw_log);
  ent_run_line(content, words, &answer->run, notice);

  const char *key = NULL;
  if (answer->alliance_count > 0)
    key = answer->alliances[0].criterion_count > 0 ? answer->alliances[0].criteria[0].key : answer->alliances[0].key;
  if (!key) return;
  ent_block *go_on = ent_content_notice(content, ent_words_get(words, "go_on.title"));
  ent_content_item(content, go_on,
                   ent_content_text(ent_words_fill(words, "go_on.explain", "key", key, NULL), ENT_STYLE_PLAIN));
  ent_content_item(content, go_on, ent_content_text(ent_words_get(words, "go_on.json"), ENT_STYLE_PLAIN));
}
