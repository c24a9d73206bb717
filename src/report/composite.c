/* composite.c - a composite as content: scores and ranks with their intervals, the steps that made them and why, how
 * often each unit holds each rank, what each indicator and aggregate weighs. */
#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/pages.h"

enum { MOST_LISTED = 200, MOST_NODES = 400, MOST_SQUARE = 9, MOST_INPUTS = 40, SHORT_HASH = 8 };

/* As many digits as tell scores of this size apart. */
static int digits_of(const ent_composite_answer *answer) {
  double largest = 0;
  for (size_t i = 0; i < answer->unit_count; i++)
    if (fabs(answer->units[i].score) > largest) largest = fabs(answer->units[i].score);
  return largest >= 10 ? 1 : largest >= 2 ? 2 : 3;
}

static ent_column *take_columns(ent_content *content, size_t count) {
  ent_column *columns = ent_arena_take(content->arena, count, sizeof *columns);
  if (!columns) content->failed = true;
  return columns;
}

static const char *in_brackets(ent_words *words, const char *text) {
  const char *made = ent_arena_print(words->arena, " (%s)", text);
  if (!made) ent_words_fail_memory(words);
  return made ? made : "";
}

static const char *unit_name(ent_words *words, const ent_composite_unit_answer *unit, bool with_time) {
  const char *name = unit->name;
  if (strcmp(unit->name, unit->code) != 0) name = ent_words_join(words, name, "", in_brackets(words, unit->code));
  return with_time && unit->time ? ent_words_join(words, name, " ", unit->time) : name;
}

static const char *unit_code(ent_words *words, const ent_composite_answer *answer, size_t i) {
  const ent_composite_unit_answer *unit = &answer->units[i];
  return answer->period_count > 1 && unit->time ? ent_words_join(words, unit->code, " ", unit->time) : unit->code;
}

static const char *node_name(ent_words *words, const ent_composite_node_answer *node) {
  if (strcmp(node->name, node->code) == 0) return node->name;
  return ent_words_join(words, node->name, "", in_brackets(words, node->code));
}

static const char *rank_text(ent_words *words, double rank) {
  return ent_number_plain(words, rank, isnan(rank) || rank == floor(rank) ? 0 : 1);
}

static void add_heading(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  const char *line = ent_number_counted(words, "composite.units", answer->unit_count);
  ent_content_heading(content, 1, answer->nodes[answer->top].name);
  line = ent_words_join(words, line, ENT_WORDS_DOT,
                        ent_number_counted(words, "composite.indicators", answer->indicator_count));
  line =
      ent_words_join(words, line, ENT_WORDS_DOT,
                     ent_number_counted(words, "composite.aggregates", answer->node_count - answer->indicator_count));
  if (answer->period_count > 1)
    line = ent_words_join(words, line, ENT_WORDS_DOT,
                          ent_number_counted(words, "composite.periods", answer->period_count));
  else if (answer->period_count == 1 && answer->units[0].time)
    line = ent_words_join(words, line, ENT_WORDS_DOT, answer->units[0].time);
  if (answer->missing > 0)
    line = ent_words_join(words, line, ENT_WORDS_DOT, ent_number_counted(words, "composite.missing", answer->missing));
  ent_content_paragraph(content, line, ENT_STYLE_FAINT);
}

/* ---- scores and ranks ---- */

enum { RANK, UNIT, SCORE, EVIDENCE, RANGE, RANKS, SCORE_COLUMNS }; /* without draws the last two are left out */

static void add_unit(ent_content *content, ent_words *words, ent_block *table, const ent_composite_answer *answer,
                     const ent_composite_unit_answer *unit, int digits) {
  ent_row *row = ent_content_row(content, table);
  bool none = isnan(unit->score);
  ent_content_set(
      row, UNIT,
      ent_content_text(unit_name(words, unit, answer->period_count > 1), none ? ENT_STYLE_FAINT : ENT_STYLE_PLAIN));
  ent_content_set(row, EVIDENCE, ent_content_text(ent_number_percent(words, unit->coverage, 0), ENT_STYLE_FAINT));
  if (none) {
    if (row) row->note = ent_words_get(words, unit->kept ? "composite.no_score" : "composite.left_out");
    return;
  }
  ent_content_set(row, RANK, ent_content_text(rank_text(words, unit->rank), ENT_STYLE_PLAIN));
  ent_content_set(row, SCORE, ent_content_text(ent_number_plain(words, unit->score, digits), ENT_STYLE_STRONG));
  if (!answer->is_varied) return;
  ent_content_set(row, RANGE, ent_content_text(ent_number_range(words, unit->spread, digits, false), ENT_STYLE_PLAIN));
  ent_content_set(row, RANKS, ent_content_text(ent_number_range(words, unit->rank_spread, 0, false), ENT_STYLE_PLAIN));
}

static void add_scores(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  ent_column *columns = take_columns(content, SCORE_COLUMNS);
  int digits = digits_of(answer);
  size_t shown = answer->unit_count > MOST_LISTED ? MOST_LISTED / 2 : answer->unit_count;
  if (!columns) return;
  columns[RANK] = (ent_column){.title = ent_words_get(words, "column.rank"), .right = true};
  columns[UNIT] = (ent_column){.title = ent_words_get(words, "column.unit"), .wide = true};
  columns[SCORE] = (ent_column){.title = ent_words_get(words, "column.score"), .right = true};
  columns[RANGE] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true};
  columns[RANKS] = (ent_column){.title = ent_words_get(words, "column.ranks"), .right = true};
  columns[EVIDENCE] = (ent_column){.title = ent_words_get(words, "column.values"), .right = true};
  ent_content_heading(content, 2, ent_words_get(words, "composite.scores"));
  ent_block *table = ent_content_table(content, columns, answer->is_varied ? SCORE_COLUMNS : RANGE);
  for (size_t i = 0; i < shown; i++) add_unit(content, words, table, answer, &answer->units[i], digits);
  if (shown < answer->unit_count)
    ent_content_paragraph(content, ent_number_counted(words, "composite.more_units", answer->unit_count - shown),
                          ENT_STYLE_FAINT);
}

/* ---- steps ---- */

static const char *step_text(ent_words *words, const ent_composite_step_answer *step) {
  const char *key = ent_arena_print(words->arena, "composite.%s.%s", step->step, step->name);
  if (!key) {
    ent_words_fail_memory(words);
    return "";
  }
  const char *text = ent_words_join(words, step->name, ": ", ent_words_get(words, key));
  if (isnan(step->parameter)) return text;
  const char *figure = strcmp(step->step, "screen") == 0 ? ent_number_percent(words, step->parameter, 0)
                                                         : ent_number_plain(words, step->parameter, 2);
  return ent_words_join(words, text, " ", figure);
}

static void add_step(ent_content *content, ent_words *words, ent_block *pairs, const ent_composite_step_answer *step,
                     size_t level, size_t levels) {
  const char *term = ent_words_of(words, "composite.step", step->step), *meaning = step_text(words, step);
  if (levels > 1)
    term = ent_words_fill(words, "composite.level", "step", term, "level", ent_number_count(words, level), NULL);
  if (!step->chosen) meaning = ent_words_join(words, meaning, " ", ent_words_get(words, "composite.default"));
  ent_content_pair(content, pairs, term, ent_content_text(meaning, ENT_STYLE_PLAIN));
}

/* The order says nothing where there is neither treatment nor imputation nor screening. */
static bool order_matters(const ent_composite_answer *answer) {
  size_t active = 0;
  for (size_t i = 0; i < answer->step_count; i++) {
    const ent_composite_step_answer *step = &answer->steps[i];
    bool early =
        strcmp(step->step, "treat") == 0 || strcmp(step->step, "screen") == 0 || strcmp(step->step, "impute") == 0;
    active += early && strcmp(step->name, "none") != 0;
  }
  return active > 1;
}

static bool is_group_mean(const ent_composite_step_answer *step) { return strcmp(step->name, "group_mean") == 0; }

static bool groups_matter(const ent_composite_answer *answer) {
  for (size_t i = 0; i < answer->step_count; i++)
    if (is_group_mean(&answer->steps[i])) return true;
  for (size_t i = 0; answer->varies_methods && i < answer->alternative_count; i++)
    if (is_group_mean(&answer->alternatives[i])) return true;
  return false;
}

static void add_steps(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  size_t levels = 0, level = 1;
  for (size_t i = 0; i < answer->step_count; i++) levels += strcmp(answer->steps[i].step, "aggregate") == 0;
  ent_content_heading(content, 2, ent_words_get(words, "composite.steps"));
  ent_block *pairs = ent_content_pairs(content);
  for (size_t i = 0; i < answer->step_count; i++) {
    const ent_composite_step_answer *step = &answer->steps[i];
    if (strcmp(step->step, "order") == 0 && !order_matters(answer)) continue;
    bool is_level = strcmp(step->step, "aggregate") == 0;
    add_step(content, words, pairs, step, is_level ? level++ : 1, is_level ? levels : 1);
  }
  if (answer->group && groups_matter(answer))
    ent_content_pair(content, pairs, ent_words_get(words, "composite.groups"),
                     ent_content_text(answer->group, ENT_STYLE_PLAIN));
  if (isnan(answer->from)) return;
  ent_content_pair(
      content, pairs, ent_words_get(words, "composite.scale"),
      ent_content_text(ent_words_fill(words, "composite.from_to", "from", ent_number_plain(words, answer->from, 0),
                                      "to", ent_number_plain(words, answer->to, 0), NULL),
                       ENT_STYLE_PLAIN));
}

/* ---- what was drawn ---- */

static void add_drawn(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  ent_content_heading(content, 2, ent_words_get(words, "composite.drawn"));
  if (!answer->is_varied) {
    ent_content_paragraph(content, ent_words_get(words, "composite.nothing_drawn"), ENT_STYLE_PLAIN);
    return;
  }
  ent_block *pairs = ent_content_pairs(content);
  if (answer->varies_values)
    ent_content_pair(
        content, pairs, ent_words_get(words, "composite.values"),
        ent_content_text(
            ent_words_join(words, ent_number_counted(words, "composite.uncertain", answer->uncertain), ENT_WORDS_DOT,
                           ent_words_of(words, "composite.distribution", answer->distribution)),
            ENT_STYLE_PLAIN));
  if (answer->varies_weights)
    ent_content_pair(content, pairs, ent_words_get(words, "composite.weights_drawn"),
                     ent_content_text(ent_words_fill(words, "composite.dirichlet", "k",
                                                     ent_number_plain(words, answer->concentration, 0), NULL),
                                      ENT_STYLE_PLAIN));
  for (size_t i = 0; answer->varies_methods && i < answer->alternative_count; i++) {
    const ent_composite_step_answer *step = &answer->alternatives[i];
    ent_content_pair(
        content, pairs,
        ent_words_fill(words, "composite.or", "step", ent_words_of(words, "composite.step", step->step), NULL),
        ent_content_text(step_text(words, step), ENT_STYLE_PLAIN));
  }
}

/* ---- ranks and pairs, of few units ---- */

/* A table of units by something: shares of draws. */
static void add_square(ent_content *content, ent_words *words, const ent_composite_answer *answer, const char *title,
                       const double *shares, bool of_units) {
  size_t count = answer->unit_count;
  ent_column *columns = take_columns(content, count + 1);
  if (!columns) return;
  columns[0] = (ent_column){.title = ent_words_get(words, "column.unit"), .wide = true};
  for (size_t k = 0; k < count; k++)
    columns[k + 1] = (ent_column){
        .title = of_units ? unit_code(words, answer, k) : ent_number_count(words, k + 1), .right = true, .least = 5};
  ent_content_heading(content, 2, ent_words_get(words, title));
  ent_block *table = ent_content_table(content, columns, count + 1);
  for (size_t i = 0; i < count; i++) {
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0,
                    ent_content_text(of_units ? unit_code(words, answer, i)
                                              : unit_name(words, &answer->units[i], answer->period_count > 1),
                                     ENT_STYLE_PLAIN));
    for (size_t k = 0; k < count; k++) {
      double share = shares[i * count + k];
      if ((of_units && i == k) || isnan(share) || (!of_units && !(share > 0))) continue;
      ent_content_set(row, k + 1, ent_content_text(ent_number_share(words, share, 0), ENT_STYLE_PLAIN));
    }
  }
}

/* ---- the weights that speak for a unit ---- */

enum { MOST_CHILDREN = 6 };

/* The children of the top, MOST_CHILDREN + 1 where there are more. */
static size_t find_children(const ent_composite_answer *answer, int children[MOST_CHILDREN]) {
  size_t count = 0;
  for (size_t n = 0; n < answer->node_count; n++) {
    if (answer->nodes[n].parent != answer->top) continue;
    if (count < MOST_CHILDREN) children[count] = (int)n;
    if (count++ == MOST_CHILDREN) break;
  }
  return count;
}

static bool is_ever_first(const ent_composite_unit_answer *unit, int node) {
  return unit->central_weight && !isnan(unit->central_weight[node]);
}

static void add_central_weights(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  int children[MOST_CHILDREN];
  size_t count = find_children(answer, children);
  if (!answer->varies_weights || answer->unit_count > MOST_SQUARE || count < 2 || count > MOST_CHILDREN) return;
  ent_column *columns = take_columns(content, count + 2);
  if (!columns) return;
  columns[0] = (ent_column){.title = ent_words_get(words, "column.unit"), .wide = true};
  for (size_t c = 0; c < count; c++)
    columns[c + 1] = (ent_column){.title = answer->nodes[children[c]].code, .right = true};
  columns[count + 1] = (ent_column){.title = ent_words_get(words, "column.confidence"), .right = true};
  ent_content_heading(content, 2, ent_words_get(words, "composite.central_weights"));
  ent_block *table = ent_content_table(content, columns, count + 2);
  for (size_t i = 0; i < answer->unit_count; i++) {
    const ent_composite_unit_answer *unit = &answer->units[i];
    if (!is_ever_first(unit, children[0])) continue;
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(unit_name(words, unit, answer->period_count > 1), ENT_STYLE_PLAIN));
    for (size_t c = 0; c < count; c++)
      ent_content_set(
          row, c + 1,
          ent_content_text(ent_number_percent(words, unit->central_weight[children[c]], 1), ENT_STYLE_PLAIN));
    ent_content_set(row, count + 1,
                    ent_content_text(isnan(unit->confidence) ? "" : ent_number_share(words, unit->confidence, 0),
                                     ENT_STYLE_STRONG));
  }
  ent_content_paragraph(content, ent_words_get(words, "composite.about_central"), ENT_STYLE_FAINT);
}

/* ---- the tree ---- */

enum { NODE, WEIGHT, THROUGH, WITHOUT, MISSING, CHANGED, FILLED, NODE_COLUMNS };

static ent_content_cell figure_or_blank(const char *text, double figure) {
  return ent_content_text(isnan(figure) ? "" : text, ENT_STYLE_PLAIN);
}

static const char *count_or_blank(ent_words *words, size_t count) {
  return count > 0 ? ent_number_count(words, count) : "";
}

/* A column of counts is shown where there is one. */
static void set_count(ent_row *row, ent_words *words, int place, size_t count) {
  if (place >= 0) ent_content_set(row, place, ent_content_text(count_or_blank(words, count), ENT_STYLE_PLAIN));
}

static void add_node(ent_content *content, ent_words *words, ent_block *table, const int place[NODE_COLUMNS],
                     const ent_composite_node_answer *node, int depth) {
  ent_row *row = ent_content_row(content, table);
  ent_content_cell cell =
      ent_content_text(node_name(words, node), node->level == 1 ? ENT_STYLE_PLAIN : ENT_STYLE_STRONG);
  cell.indent = depth;
  ent_content_set(row, NODE, cell);
  if (node->parent >= 0)
    ent_content_set(row, WEIGHT, ent_content_text(ent_number_percent(words, node->weight, 1), ENT_STYLE_PLAIN));
  ent_content_set(row, THROUGH, ent_content_text(ent_number_percent(words, node->through, 1), ENT_STYLE_PLAIN));
  ent_content_set(row, WITHOUT, figure_or_blank(ent_number_plain(words, node->without, 1), node->without));
  set_count(row, words, place[MISSING], node->missing);
  set_count(row, words, place[CHANGED], node->changed);
  set_count(row, words, place[FILLED], node->filled);
}

static int first_child(const ent_composite_answer *answer, int parent, int after) {
  for (size_t n = (size_t)(after + 1); n < answer->node_count; n++)
    if (answer->nodes[n].parent == parent) return (int)n;
  return -1;
}

/* Depth first, without a stack: from a node to its first child, else to its next sibling, else to that of its parent.
 */
static int next_node(const ent_composite_answer *answer, int at, int *depth) {
  int child = first_child(answer, at, -1);
  if (child >= 0) {
    ++*depth;
    return child;
  }
  while (at >= 0 && answer->nodes[at].parent >= 0) {
    int sibling = first_child(answer, answer->nodes[at].parent, at);
    if (sibling >= 0) return sibling;
    at = answer->nodes[at].parent;
    --*depth;
  }
  return -1;
}

/* Which columns are shown, and where: -1 for those that would be empty. */
static size_t place_columns(const ent_composite_answer *answer, int place[NODE_COLUMNS]) {
  bool shown[NODE_COLUMNS] = {[NODE] = true, [WEIGHT] = true, [THROUGH] = true, [WITHOUT] = true};
  size_t count = 0;
  for (size_t n = 0; n < answer->node_count; n++) {
    shown[MISSING] |= answer->nodes[n].missing > 0;
    shown[CHANGED] |= answer->nodes[n].changed > 0;
    shown[FILLED] |= answer->nodes[n].filled > 0;
  }
  for (int c = 0; c < NODE_COLUMNS; c++) place[c] = shown[c] ? (int)count++ : -1;
  return count;
}

static void add_tree(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  static const char *const titles[] = {"column.node",    "column.weight",  "column.through", "column.without",
                                       "column.missing", "column.changed", "column.filled"};
  int place[NODE_COLUMNS];
  size_t count = place_columns(answer, place), shown = 0;
  ent_column *columns = take_columns(content, count);
  if (!columns) return;
  for (int c = 0; c < NODE_COLUMNS; c++)
    if (place[c] >= 0)
      columns[place[c]] = (ent_column){.title = ent_words_get(words, titles[c]), .right = c != NODE, .wide = c == NODE};
  ent_content_heading(content, 2, ent_words_get(words, "composite.tree"));
  ent_block *table = ent_content_table(content, columns, count);
  for (int at = answer->top, depth = 0; at >= 0 && shown < MOST_NODES; at = next_node(answer, at, &depth), shown++)
    add_node(content, words, table, place, &answer->nodes[at], depth);
  if (shown < answer->node_count)
    ent_content_paragraph(content, ent_number_counted(words, "composite.more_nodes", answer->node_count - shown),
                          ENT_STYLE_FAINT);
  ent_content_paragraph(content, ent_words_get(words, "composite.about_tree"), ENT_STYLE_FAINT);
}

/* ---- what moves the ranks ---- */

enum { INPUT, FIRST, TOTAL, ALONE, INPUT_COLUMNS };

static const char *input_name(ent_words *words, const ent_composite_answer *answer,
                              const ent_composite_input_answer *input) {
  const char *key = ent_arena_print(words->arena, "composite.input.%s", input->kind);
  if (!key) {
    ent_words_fail_memory(words);
    return "";
  }
  if (input->node < 0) return ent_words_of(words, "composite.step", input->kind);
  return ent_words_fill(words, key, "name", answer->nodes[input->node].name, NULL);
}

static void add_inputs(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  static const char *const titles[] = {"column.input", "column.first", "column.total", "column.alone"};
  if (!answer->has_indices) return;
  ent_column *columns = take_columns(content, INPUT_COLUMNS);
  if (!columns) return;
  for (int c = 0; c < INPUT_COLUMNS; c++)
    columns[c] = (ent_column){.title = ent_words_get(words, titles[c]), .right = c != INPUT, .wide = c == INPUT};
  ent_content_heading(content, 2, ent_words_get(words, "composite.inputs"));
  ent_block *table = ent_content_table(content, columns, INPUT_COLUMNS);
  for (size_t i = 0; i < answer->input_count && i < MOST_INPUTS; i++) {
    const ent_composite_input_answer *input = &answer->inputs[i];
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, INPUT, ent_content_text(input_name(words, answer, input), ENT_STYLE_PLAIN));
    ent_content_set(row, FIRST, figure_or_blank(ent_number_figure(words, input->first, 2), input->first.median));
    ent_content_set(row, TOTAL, figure_or_blank(ent_number_figure(words, input->total, 2), input->total.median));
    ent_content_set(row, ALONE, figure_or_blank(ent_number_plain(words, input->rank_change, 1), input->rank_change));
  }
  if (answer->input_count > MOST_INPUTS)
    ent_content_paragraph(content, ent_number_counted(words, "composite.more_nodes", answer->input_count - MOST_INPUTS),
                          ENT_STYLE_FAINT);
  ent_content_paragraph(content, ent_words_get(words, "composite.about_inputs"), ENT_STYLE_FAINT);
}

/* ---- coherence ---- */

enum { OF_NODE, NOMINAL, IMPORTANCE, LINEAR, ALPHA, COHERENCE_COLUMNS };

static void add_coherent_node(ent_content *content, ent_words *words, ent_block *table,
                              const ent_composite_node_answer *node, int depth) {
  ent_row *row = ent_content_row(content, table);
  ent_content_cell cell = ent_content_text(node->name, node->level == 1 ? ENT_STYLE_PLAIN : ENT_STYLE_STRONG);
  cell.indent = depth;
  ent_content_set(row, OF_NODE, cell);
  if (node->parent >= 0)
    ent_content_set(row, NOMINAL, ent_content_text(ent_number_percent(words, node->weight, 0), ENT_STYLE_PLAIN));
  ent_content_set(row, IMPORTANCE, figure_or_blank(ent_number_percent(words, node->share, 0), node->share));
  ent_content_set(row, LINEAR, figure_or_blank(ent_number_plain(words, node->linear, 2), node->linear));
  ent_content_set(row, ALPHA, figure_or_blank(ent_number_plain(words, node->alpha, 2), node->alpha));
}

static void add_coherence(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  static const char *const titles[] = {"column.node", "column.weight", "column.importance", "column.linear",
                                       "column.alpha"};
  bool few = answer->few_to_correlate, many = answer->many_to_correlate;
  if (!answer->has_coherence && !few && !many) return;
  ent_content_heading(content, 2, ent_words_get(words, "composite.coherence"));
  if (few || many) {
    ent_content_paragraph(content,
                          ent_words_get(words, few ? "composite.few_to_correlate" : "composite.many_to_correlate"),
                          ENT_STYLE_PLAIN);
    return;
  }
  ent_column *columns = take_columns(content, COHERENCE_COLUMNS);
  if (!columns) return;
  for (int c = 0; c < COHERENCE_COLUMNS; c++)
    columns[c] = (ent_column){.title = ent_words_get(words, titles[c]), .right = c != OF_NODE, .wide = c == OF_NODE};
  ent_block *table = ent_content_table(content, columns, COHERENCE_COLUMNS);
  size_t shown = 0;
  for (int at = answer->top, depth = 0; at >= 0 && shown < MOST_NODES; at = next_node(answer, at, &depth), shown++)
    add_coherent_node(content, words, table, &answer->nodes[at], depth);
  ent_content_paragraph(content, ent_words_get(words, "composite.about_coherence"), ENT_STYLE_FAINT);
}

/* ---- notice ---- */

static void add_item(ent_content *content, ent_block *notice, const char *text, ent_style style) {
  ent_content_item(content, notice, ent_content_text(text, style));
}

/* Which of the two a page shows, and how far they are apart at most. */
static const char *about_medians(ent_words *words, const ent_composite_answer *answer) {
  double largest = -1;
  size_t farthest = 0;
  for (size_t i = 0; i < answer->unit_count; i++) {
    double apart = fabs(answer->units[i].score - answer->units[i].spread.median);
    if (!(apart > largest)) continue; /* NaN where there is no score */
    largest = apart;
    farthest = i;
  }
  if (largest < 0) return NULL;
  const ent_composite_unit_answer *unit = &answer->units[farthest];
  int digits = digits_of(answer);
  return ent_words_fill(words, "composite.medians", "unit", unit_code(words, answer, farthest), "median",
                        ent_number_plain(words, unit->spread.median, digits), "score",
                        ent_number_plain(words, unit->score, digits), NULL);
}

static void add_notice(ent_content *content, ent_words *words, const ent_composite_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  const char *hash = ent_arena_print(words->arena, "%.*s", SHORT_HASH, answer->inputs_sha256);
  const char *seed = ent_arena_print(words->arena, "%llu", (unsigned long long)answer->seed);
  if (!hash || !seed) {
    ent_words_fail_memory(words);
    return;
  }
  add_item(content, notice, ent_words_get(words, "composite.notice_score"), ENT_STYLE_PLAIN);
  if (answer->is_varied) add_item(content, notice, ent_words_get(words, "notice.intervals"), ENT_STYLE_PLAIN);
  const char *medians = answer->is_varied ? about_medians(words, answer) : NULL;
  if (medians) add_item(content, notice, medians, ENT_STYLE_PLAIN);
  if (answer->draws_fitted)
    add_item(content, notice,
             ent_words_fill(words, "composite.fitted", "draws", ent_number_count(words, answer->draws), NULL),
             ENT_STYLE_PLAIN);
  if (answer->left_out > 0)
    add_item(content, notice, ent_number_counted(words, "composite.were_left_out", answer->left_out), ENT_STYLE_PLAIN);
  if (answer->without_score > 0)
    add_item(content, notice, ent_number_counted(words, "composite.without_score", answer->without_score),
             ENT_STYLE_PLAIN);
  if (answer->period_count > 1) add_item(content, notice, ent_words_get(words, "composite.pooled"), ENT_STYLE_PLAIN);
  if (answer->exported)
    add_item(content, notice, ent_words_fill(words, "composite.exported", "folder", answer->exported, NULL),
             ENT_STYLE_PLAIN);
  const char *line = answer->is_varied
                         ? ent_words_fill(words, "composite.line_draws", "inputs", hash, "seed", seed, "draws",
                                          ent_number_count(words, answer->draws), "version", ent_version(), NULL)
                         : ent_words_fill(words, "composite.line", "inputs", hash, "version", ent_version(), NULL);
  add_item(content, notice, line, ENT_STYLE_FAINT);
}

void ent_composite_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_composite_answer *answer = &result->composite;
  add_heading(content, words, answer);
  add_scores(content, words, answer);
  if (answer->acceptability && answer->unit_count > 1 && answer->unit_count <= MOST_SQUARE)
    add_square(content, words, answer, "composite.acceptability", answer->acceptability, false);
  if (answer->better && answer->unit_count > 1 && answer->unit_count <= MOST_SQUARE)
    add_square(content, words, answer, "composite.better", answer->better, true);
  add_central_weights(content, words, answer);
  add_steps(content, words, answer);
  add_drawn(content, words, answer);
  add_inputs(content, words, answer);
  add_tree(content, words, answer);
  add_coherence(content, words, answer);
  ent_findings_content(content, words, answer->notes, ENT_NOTE, "check.notes");
  add_notice(content, words, answer);
}
