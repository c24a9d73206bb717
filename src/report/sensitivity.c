/* sensitivity.c - what drives the scores as content: for each alliance and for the difference of two what drives it,
 * where its inputs' ends take it, what would change the verdict, what leaving one thing out does; then how robust the
 * order is, and what the figures are. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/run.h"

enum { NUMBER = 7, RANGE = 15, PERCENT = 6, CLASS = 12, LEAST_UNITS = 10 };

typedef struct page {
  ent_content *content;
  ent_words *words;
  const ent_sensitivity_answer *answer;
  size_t output;
} page;

static size_t shown(const page *p, size_t count) { return count < p->answer->top ? count : p->answer->top; }

static void say_rest(page *p, size_t count) {
  if (count > p->answer->top)
    ent_content_paragraph(p->content, ent_number_counted(p->words, "force.more", count - p->answer->top),
                          ENT_STYLE_FAINT);
}

static const char *word(const page *p, const char *key) { return ent_words_get(p->words, key); }

/* ---- numbers ---- */

static bool fits(double value, double scale) { return fabs(value * scale - round(value * scale)) < 1e-9; }

/* As many decimals as make sense for its size, and no more than it has. */
static const char *amount(ent_words *words, double value) {
  double size = fabs(value);
  int most = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 4;
  if (fits(value, 1)) most = 0;
  else if (fits(value, 10) && most > 1) most = 1;
  return ent_number_plain(words, value, most);
}

/* A weight is a share. */
static const char *value_of(ent_words *words, const ent_input_answer *input, double value) {
  if (isnan(value)) return ent_words_get(words, "value.none");
  return ent_text_same(input->kind, "weight") ? ent_number_percent(words, value, 1) : amount(words, value);
}

static ent_content_cell index_cell(ent_words *words, ent_interval of, ent_style style) {
  return ent_content_text(ent_number_plain(words, of.value, 3), style);
}

static ent_content_cell interval_cell(ent_words *words, ent_interval of) {
  ent_figure figure = {of.value, of.low, of.high};
  return ent_content_text(ent_number_range(words, figure, 3, false), ENT_STYLE_PLAIN);
}

/* ---- inputs ---- */

static const char *input_label(ent_words *words, const ent_input_answer *input) {
  if (input->method) return ent_words_of(words, "sensitivity.method", input->method);
  const char *label = ent_words_label(words, input->label);
  if (ent_text_same(input->kind, "weight")) return ent_words_fill(words, "sensitivity.weight_of", "label", label, NULL);
  if (!input->aspect) return label;
  return ent_words_join(words, label, ": ", ent_words_of(words, "profile.aspect", input->aspect));
}

/* A weight stands in every alliance's tree: its key in that of the output. */
static const char *input_key(const page *p, const ent_input_answer *input) {
  const char *key = p->answer->outputs[p->output].key, *rest = input->key ? strchr(input->key, '/') : NULL;
  return ent_text_same(input->kind, "weight") && key && rest ? ent_words_join(p->words, key, "", rest) : input->key;
}

static const char *choice_name(ent_words *words, const ent_input_answer *input, size_t choice) {
  return ent_words_of(words, "sensitivity.choice", input->choices[choice]);
}

/* The first choice of a method with a score. */
static const char *choice_at(const page *p, const ent_input_answer *input, double score) {
  for (size_t i = 0; i < input->choice_count; i++)
    if (input->at_choices[p->output][i] == score) return choice_name(p->words, input, i);
  return word(p, "value.none");
}

/* What it takes one of, each with its score. */
static const char *choices_note(const page *p, const ent_input_answer *input) {
  const char *text = NULL;
  for (size_t i = 0; i < input->choice_count; i++) {
    const char *score = ent_number_plain(p->words, input->at_choices[p->output][i], 1);
    const char *one = ent_words_join(p->words, choice_name(p->words, input, i), ": ", score);
    text = text ? ent_words_join(p->words, text, ENT_WORDS_DOT, one) : one;
  }
  return text;
}

/* Where it stands, what it is when nothing varies and how far it goes, what it cites. */
static const char *input_note(const page *p, const ent_input_answer *input) {
  ent_words *words = p->words;
  if (input->method)
    return ent_words_fill(words, "sensitivity.stated_choice", "choice", choice_name(words, input, input->stated), NULL);
  const char *text =
      ent_words_fill(words, "sensitivity.range", "nominal", value_of(words, input, input->nominal), "low",
                     value_of(words, input, input->low), "high", value_of(words, input, input->high), NULL);
  if (input->unit && *input->unit) text = ent_words_join(words, text, " ", input->unit);
  text = ent_words_join(words, text, ENT_WORDS_DOT, input_key(p, input));
  if (input->citation_count)
    text =
        ent_words_join(words, text, ENT_WORDS_DOT, ent_citation_list(words, input->citations, input->citation_count));
  return text;
}

static ent_block *add_table(page *p, const ent_column *columns, size_t count) {
  ent_column *kept = ent_arena_take(p->content->arena, count, sizeof *kept);
  if (!kept) {
    p->content->failed = true;
    return NULL;
  }
  for (size_t i = 0; i < count; i++) kept[i] = columns[i];
  return ent_content_table(p->content, kept, count);
}

/* ---- what drives it ---- */

static ent_block *add_index_table(page *p, const char *title) {
  const ent_column columns[] = {{.title = title, .wide = true},
                                {.title = word(p, "column.first"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.total"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.total_range"), .right = true, .least = RANGE}};
  return add_table(p, columns, sizeof columns / sizeof *columns);
}

static ent_row *add_index(page *p, ent_block *table, const char *label, const ent_index_answer *index,
                          ent_style style) {
  ent_row *row = ent_content_row(p->content, table);
  ent_content_set(row, 0, ent_content_text(label, style));
  ent_content_set(row, 1, index_cell(p->words, index->first, ENT_STYLE_PLAIN));
  ent_content_set(row, 2, index_cell(p->words, index->total, ENT_STYLE_STRONG));
  ent_content_set(row, 3, interval_cell(p->words, index->total));
  return row;
}

static void add_drivers(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  const ent_output_answer *output = &answer->outputs[p->output];
  ent_content_heading(p->content, 3, word(p, "sensitivity.drivers"));
  ent_block *table = add_index_table(p, word(p, "column.input"));
  for (size_t k = 0; k < shown(p, answer->input_count); k++) {
    const ent_input_answer *input = &answer->inputs[output->by_total[k]];
    ent_row *row = add_index(p, table, input_label(p->words, input), &input->of[p->output].index, ENT_STYLE_PLAIN);
    if (row) row->note = input_note(p, input);
  }
  say_rest(p, answer->input_count);
}

static const char *group_label(ent_words *words, const ent_group_answer *group) {
  if (ent_text_same(group->kind, "part")) return ent_words_of(words, "sensitivity.part", group->id);
  return ent_words_fill_of(words, "sensitivity.group", group->kind, "label", ent_words_label(words, group->label));
}

/* All but sources, which are many: the data have them. */
static void add_groups(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  size_t sources = 0;
  ent_content_heading(p->content, 3, word(p, "sensitivity.groups"));
  ent_block *table = add_index_table(p, word(p, "column.group"));
  for (size_t g = 0; g < answer->group_count; g++) {
    const ent_group_answer *group = &answer->groups[g];
    if (ent_text_same(group->kind, "source")) sources++;
    else add_index(p, table, group_label(p->words, group), &group->of[p->output], ENT_STYLE_PLAIN);
  }
  if (sources)
    ent_content_paragraph(p->content, ent_number_counted(p->words, "sensitivity.sources", sources), ENT_STYLE_FAINT);
}

/* ---- one input at a time ---- */

static void add_tornado(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  const ent_output_answer *output = &answer->outputs[p->output];
  const ent_column columns[] = {{.title = word(p, "column.input"), .wide = true},
                                {.title = word(p, "column.low_end"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.score"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.high_end"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.score"), .right = true, .least = NUMBER}};
  ent_content_heading(p->content, 3, word(p, "sensitivity.tornado"));
  ent_block *table = add_table(p, columns, sizeof columns / sizeof *columns);
  for (size_t k = 0; k < shown(p, answer->input_count); k++) {
    const ent_input_answer *input = &answer->inputs[output->by_swing[k]];
    const ent_input_output *of = &input->of[p->output];
    ent_row *row = ent_content_row(p->content, table);
    ent_content_set(row, 0, ent_content_text(input_label(p->words, input), ENT_STYLE_PLAIN));
    const char *low = input->method ? choice_at(p, input, of->at_low) : value_of(p->words, input, input->low);
    const char *high = input->method ? choice_at(p, input, of->at_high) : value_of(p->words, input, input->high);
    ent_content_set(row, 1, ent_content_text(low, ENT_STYLE_FAINT));
    ent_content_set(row, 2, ent_content_text(ent_number_plain(p->words, of->at_low, 1), ENT_STYLE_PLAIN));
    ent_content_set(row, 3, ent_content_text(high, ENT_STYLE_FAINT));
    if (input->method && row) row->note = choices_note(p, input);
    ent_content_set(row, 4, ent_content_text(ent_number_plain(p->words, of->at_high, 1), ENT_STYLE_PLAIN));
  }
}

static const char *class_name(const page *p, ent_class_answer of) {
  return of.id ? ent_words_label(p->words, of.label) : word(p, "sensitivity.no_class");
}

static void add_flips(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  const ent_output_answer *output = &answer->outputs[p->output];
  const ent_column columns[] = {{.title = word(p, "column.input"), .wide = true},
                                {.title = word(p, "column.from"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.to"), .right = true, .least = NUMBER},
                                {.title = word(p, "column.change"), .right = true, .least = PERCENT},
                                {.title = word(p, "column.verdict"), .least = CLASS}};
  ent_content_heading(p->content, 3, word(p, output->is_difference ? "sensitivity.turns" : "sensitivity.flips"));
  if (!output->is_difference && !output->nominal_class.id) {
    ent_content_paragraph(p->content, word(p, "sensitivity.no_verdict"), ENT_STYLE_FAINT);
    return;
  }
  if (!output->flip_count) {
    ent_content_paragraph(p->content, word(p, "sensitivity.no_flip"), ENT_STYLE_PLAIN);
    return;
  }
  ent_block *table = add_table(p, columns, sizeof columns / sizeof *columns - output->is_difference);
  for (size_t k = 0; k < shown(p, output->flip_count); k++) {
    const ent_input_answer *input = &answer->inputs[output->by_change[k]];
    const ent_flip_answer *flip = &input->of[p->output].flip;
    ent_row *row = ent_content_row(p->content, table);
    ent_content_set(row, 0, ent_content_text(input_label(p->words, input), ENT_STYLE_PLAIN));
    const char *from =
        input->method ? choice_name(p->words, input, input->stated) : value_of(p->words, input, input->nominal);
    const char *to =
        input->method ? choice_name(p->words, input, (size_t)flip->value) : value_of(p->words, input, flip->value);
    const char *change =
        input->method ? word(p, "sensitivity.other_method") : ent_number_percent(p->words, flip->change, 1);
    ent_content_set(row, 1, ent_content_text(from, ENT_STYLE_FAINT));
    ent_content_set(row, 2, ent_content_text(to, ENT_STYLE_STRONG));
    ent_content_set(row, 3, ent_content_text(change, ENT_STYLE_PLAIN));
    if (!output->is_difference)
      ent_content_set(row, 4, ent_content_text(class_name(p, flip->class_of), ENT_STYLE_PLAIN));
  }
  say_rest(p, output->flip_count);
}

/* ---- leaving one out ---- */

static const char *omission_label(const page *p, const ent_omission_answer *omission) {
  const char *label = ent_words_fill_of(p->words, "sensitivity.without", omission->kind, "label",
                                        ent_words_label(p->words, omission->label));
  return omission->row_count ? ent_words_join(p->words, label, ", ",
                                              ent_number_counted(p->words, "sensitivity.rows", omission->row_count))
                             : label;
}

static const char *omission_verdict(const page *p, const ent_omission_answer *omission) {
  const ent_omission_output *of = &omission->of[p->output];
  if (p->answer->outputs[p->output].is_difference)
    return omission->order_changes ? word(p, "sensitivity.order_changes") : "";
  return of->class_changes ? class_name(p, of->class_of) : "";
}

static void add_omissions(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  const ent_column columns[] = {{.title = word(p, "column.without"), .wide = true},
                                {.title = word(p, "column.change"), .right = true, .least = PERCENT},
                                {.title = word(p, "column.range"), .right = true, .least = RANGE},
                                {.title = word(p, "column.verdict"), .least = CLASS}};
  ent_content_heading(p->content, 3, word(p, "sensitivity.left_out"));
  ent_block *table = add_table(p, columns, sizeof columns / sizeof *columns);
  for (size_t k = 0; k < shown(p, answer->omission_count); k++) {
    const ent_omission_answer *omission = &answer->omissions[answer->outputs[p->output].by_moves[k]];
    const ent_omission_output *of = &omission->of[p->output];
    ent_row *row = ent_content_row(p->content, table);
    ent_content_set(row, 0, ent_content_text(omission_label(p, omission), ENT_STYLE_PLAIN));
    if (isnan(of->change.median)) {
      ent_content_set(row, 2, ent_content_text(word(p, "value.none"), ENT_STYLE_FAINT));
    } else {
      ent_content_set(row, 1, ent_content_text(ent_number_signed(p->words, of->change.median, 1), ENT_STYLE_STRONG));
      ent_content_set(row, 2, ent_content_text(ent_number_range(p->words, of->change, 1, true), ENT_STYLE_PLAIN));
    }
    ent_content_set(row, 3, ent_content_text(omission_verdict(p, omission), ENT_STYLE_BAD));
  }
  say_rest(p, answer->omission_count);
}

/* ---- an output ---- */

static void add_summary(page *p) {
  const ent_output_answer *output = &p->answer->outputs[p->output];
  ent_block *pairs = ent_content_pairs(p->content);
  const char *nominal = ent_number_plain(p->words, output->nominal, 1);
  if (!output->is_difference)
    nominal = ent_words_join(p->words, nominal, ENT_WORDS_DOT, class_name(p, output->nominal_class));
  const char *score = ent_number_figure(p->words, output->score, 1);
  if (output->is_difference) {
    nominal = ent_number_signed(p->words, output->nominal, 1);
    score = ent_words_join(p->words, ent_number_signed(p->words, output->score.median, 1), " ",
                           ent_number_range(p->words, output->score, 1, true));
  }
  ent_content_pair(p->content, pairs, word(p, "verdict.score_term"),
                   ent_content_figure(score, output->key, ENT_STYLE_STRONG));
  if (!output->is_difference)
    ent_content_pair(p->content, pairs, word(p, "verdict.verdict_term"),
                     ent_content_text(class_name(p, output->class_of), ENT_STYLE_STRONG));
  ent_content_pair(p->content, pairs, word(p, "sensitivity.nominal_term"), ent_content_text(nominal, ENT_STYLE_PLAIN));
  if (output->reason != ENT_OUTPUT_THERE) return;
  ent_content_pair(p->content, pairs, word(p, "sensitivity.spread_term"),
                   ent_content_text(ent_words_fill(p->words, "sensitivity.spread", "deviation",
                                                   ent_number_plain(p->words, sqrt(output->variance), 1), "sum",
                                                   ent_number_plain(p->words, output->sum_first, 2), NULL),
                                    ENT_STYLE_PLAIN));
}

static void add_output(page *p) {
  const ent_output_answer *output = &p->answer->outputs[p->output];
  const char *label = ent_words_label(p->words, output->label);
  ent_content_heading(
      p->content, 2,
      output->is_difference ? ent_words_fill(p->words, "sensitivity.difference", "label", label, NULL) : label);
  add_summary(p);
  if (output->reason == ENT_OUTPUT_THERE) {
    add_drivers(p);
    add_groups(p);
    add_tornado(p);
    add_flips(p);
  } else {
    ent_content_paragraph(
        p->content,
        word(p, output->reason == ENT_OUTPUT_MISSING ? "sensitivity.missing_text" : "sensitivity.constant_text"),
        ENT_STYLE_PLAIN);
  }
  if (output->reason != ENT_OUTPUT_MISSING) add_omissions(p);
}

/* ---- ranks ---- */

static void add_rank_table(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  enum { MOST = 4 };
  size_t ranks = answer->alliance_count < MOST ? answer->alliance_count : MOST;
  ent_column columns[MOST + 2] = {{.title = word(p, "column.alliance"), .wide = true}};
  for (size_t r = 0; r < ranks; r++)
    columns[r + 1] = (ent_column){
        .title = ent_words_fill(p->words, "sensitivity.rank", "rank", ent_number_count(p->words, r + 1), NULL),
        .right = true,
        .least = PERCENT};
  columns[ranks + 1] = (ent_column){.title = word(p, "column.confidence"), .right = true, .least = PERCENT};
  ent_block *table = add_table(p, columns, ranks + 2);
  for (size_t a = 0; a < answer->alliance_count; a++) {
    const ent_rank_answer *rank = &answer->ranks[a];
    ent_row *row = ent_content_row(p->content, table);
    ent_content_set(row, 0,
                    ent_content_figure(ent_words_label(p->words, answer->outputs[a].label), answer->outputs[a].key,
                                       ENT_STYLE_PLAIN));
    for (size_t r = 0; r < ranks; r++)
      ent_content_set(row, r + 1,
                      ent_content_text(ent_number_share(p->words, rank->acceptability[r], 1), ENT_STYLE_PLAIN));
    ent_content_set(row, ranks + 1,
                    ent_content_text(isnan(rank->confidence) ? word(p, "value.none")
                                                             : ent_number_share(p->words, rank->confidence, 1),
                                     ENT_STYLE_STRONG));
  }
}

/* "A above B in 92% of the draws", of each pair once: the more frequent way. */
static void add_pairs(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  ent_block *list = ent_content_list(p->content);
  for (size_t a = 0; a < answer->alliance_count; a++)
    for (size_t b = a + 1; b < answer->alliance_count; b++) {
      bool turned = answer->ranks[a].above[b] < answer->ranks[b].above[a];
      size_t first = turned ? b : a, second = turned ? a : b;
      if (isnan(answer->ranks[a].above[b])) continue;
      const char *line =
          ent_words_fill(p->words, "sensitivity.above", "a", ent_words_label(p->words, answer->outputs[first].label),
                         "b", ent_words_label(p->words, answer->outputs[second].label), "share",
                         ent_number_share(p->words, answer->ranks[first].above[second], 1), NULL);
      ent_content_item(p->content, list, ent_content_text(line, ENT_STYLE_PLAIN));
    }
}

/* Of the criteria; all weights stand in the data. */
static void add_central(page *p) {
  const ent_sensitivity_answer *answer = p->answer;
  enum { MOST = 3 };
  size_t shown_alliances = answer->alliance_count < MOST ? answer->alliance_count : MOST;
  ent_column columns[MOST + 2] = {{.title = word(p, "column.criterion"), .wide = true},
                                  {.title = word(p, "column.stated_weight"), .right = true, .least = PERCENT}};
  if (!answer->weight_count) return;
  for (size_t a = 0; a < shown_alliances; a++)
    columns[a + 2] = (ent_column){.title = answer->outputs[a].id, .right = true, .least = PERCENT};
  ent_content_paragraph(p->content, word(p, "sensitivity.central"), ENT_STYLE_PLAIN);
  ent_block *table = add_table(p, columns, shown_alliances + 2);
  for (size_t k = 0; k < answer->weight_count; k++) {
    const ent_input_answer *weight = &answer->inputs[answer->weights[k]];
    if (!weight->of_criterion) continue;
    ent_row *row = ent_content_row(p->content, table);
    ent_content_set(row, 0, ent_content_figure(ent_words_label(p->words, weight->label), weight->key, ENT_STYLE_PLAIN));
    ent_content_set(row, 1, ent_content_text(ent_number_percent(p->words, weight->nominal, 1), ENT_STYLE_FAINT));
    for (size_t a = 0; a < shown_alliances; a++)
      ent_content_set(row, a + 2,
                      ent_content_text(value_of(p->words, weight, answer->ranks[a].central[k]), ENT_STYLE_PLAIN));
  }
}

static void add_ranks(page *p) {
  ent_content_heading(p->content, 2, word(p, "sensitivity.ranks"));
  if (!p->answer->ranks) {
    ent_content_paragraph(p->content, word(p, "sensitivity.one_alliance"), ENT_STYLE_PLAIN);
    return;
  }
  add_pairs(p);
  add_rank_table(p);
  add_central(p);
}

/* ---- what it rests on ---- */

const char *ent_sensitivity_coherence(ent_words *words, const ent_sensitivity_answer *answer) {
  if (answer->alliance_count < LEAST_UNITS)
    return ent_number_counted(words, "sensitivity.coherence", answer->alliance_count);
  return ent_words_fill(words, "sensitivity.coherence_elsewhere", "count",
                        ent_number_count(words, answer->alliance_count), NULL);
}

static bool varies_methods(const ent_sensitivity_answer *answer) {
  for (size_t i = 0; i < answer->input_count; i++)
    if (answer->inputs[i].method) return true;
  return false;
}

static void add_notice(page *p) {
  static const char *const sentences[] = {
      "notice.reading",         "sensitivity.about_index",    "sensitivity.about_groups",
      "sensitivity.about_ends", "sensitivity.about_left_out", "sensitivity.about_ranks"};
  const ent_sensitivity_answer *answer = p->answer;
  ent_block *notice = ent_content_notice(p->content, word(p, "notice.title"));
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    ent_content_item(p->content, notice, ent_content_text(word(p, sentences[i]), ENT_STYLE_PLAIN));
  if (varies_methods(answer))
    ent_content_item(p->content, notice, ent_content_text(word(p, "sensitivity.about_methods"), ENT_STYLE_PLAIN));
  ent_content_item(p->content, notice, ent_content_text(ent_sensitivity_coherence(p->words, answer), ENT_STYLE_PLAIN));
  ent_content_item(p->content, notice,
                   ent_content_text(ent_words_fill(p->words, "sensitivity.design", "points",
                                                   ent_number_count(p->words, answer->points), "scramblings",
                                                   ent_number_count(p->words, answer->scramblings), "inputs",
                                                   ent_number_count(p->words, answer->input_count), "draws",
                                                   ent_number_count(p->words, answer->omission_draws), NULL),
                                    ENT_STYLE_FAINT));
  if (answer->run.after_study)
    ent_content_item(p->content, notice,
                     ent_content_text(ent_words_fill(p->words, "notice.after_study", "date",
                                                     ent_words_date(p->words, answer->run.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  ent_run_line(p->content, p->words, &answer->run, notice);
}

void ent_sensitivity_content(ent_content *content, ent_words *words, const ent_result *result) {
  page p = {.content = content, .words = words, .answer = &result->sensitivity};
  ent_run_heading(content, words, &p.answer->run);
  for (p.output = 0; p.output < p.answer->output_count; p.output++) add_output(&p);
  add_ranks(&p);
  add_notice(&p);
}
