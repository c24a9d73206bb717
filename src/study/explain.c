/* explain.c - the operation explain: from a figure down the tree to rows, codings, citations and sources.
 *
 * A node of a figure has what it is made of; where a number rests on a setting of the model instead of evidence, an
 * assumption stands there with its reason. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/explain.h"

/* A setting of the model with its reason. */
static ent_explain_node *assume(ent_tracer *t, ent_explain_node *parent, const char *word, ent_label reason) {
  ent_explain_node *node = ent_explain_new_node(t, "assumption");
  if (!node) return NULL;
  node->word = word;
  node->detail = reason;
  ent_explain_add_child(t, parent, node);
  return node;
}

static ent_explain_node *figure_node(ent_tracer *t, const ent_cell *cell);

static ent_label scoped_label(ent_tracer *t, const ent_cell *cell) {
  ent_label label = ent_run_cell_label(t->run, cell), out = label, from, to;
  if (cell->scope == ENT_OF_ALLIANCE) return label;
  from = t->alliance->members[cell->from]->label;
  if (cell->scope == ENT_OF_MEMBER) {
    out.en = ent_arena_print(t->arena, "%s (%s)", label.en, from.en);
    out.de = ent_arena_print(t->arena, "%s (%s)", label.de, from.de);
    return out;
  }
  to = t->alliance->members[cell->to]->label;
  out.en = ent_arena_print(t->arena, "%s (%s \u2192 %s)", label.en, from.en, to.en);
  out.de = ent_arena_print(t->arena, "%s (%s \u2192 %s)", label.de, from.de, to.de);
  return out;
}

static double stated_weight(const ent_tracer *t, const ent_cell *cell, const ent_weight **out) {
  const ent_model_criterion *c = &t->run->model->criteria[cell->criterion];
  const ent_weight *weight = cell->dimension < 0   ? &c->weight
                             : cell->indicator < 0 ? &c->dimensions[cell->dimension].weight
                                                   : &c->dimensions[cell->dimension].indicators[cell->indicator].weight;
  /* criteria weigh alike for all */
  const char *system = cell->from < 0 || cell->dimension < 0 ? NULL : t->alliance->members[cell->from]->system;
  size_t i;
  *out = weight;
  for (i = 0; i < weight->system_count; i++)
    if (ent_text_same(weight->systems[i].system, system)) return weight->systems[i].value;
  return weight->value;
}

static void add_scores(ent_tracer *t, ent_explain_node *node, ent_scope scope, int from, int to, int c, int d, int i) {
  const ent_cell *cell = ent_assess_find(t->alliance, ENT_SCORE, scope, from, to, c, d, i);
  if (cell) ent_explain_add_child(t, node, figure_node(t, cell));
}

/* Trends are made when the first effect is met: most answers show none, and they cost assessments of their own. */
static bool has_trends(ent_tracer *t) {
  if (t->trends || t->status) return !t->status;
  t->trends = ent_explain_take(t, 1, sizeof *t->trends);
  if (!t->status) t->status = ent_trends_make(t->run, t->trends);
  return !t->status;
}

/* What is expected to be lost or gained by the effect, with the definition, and how it changed since earlier dates. */
static void add_force(ent_tracer *t, ent_explain_node *parent, const ent_cell *effect) {
  const ent_trend_answer *trends;
  ent_expected_answer expected;
  ent_explain_node *node;
  ent_label reason;
  size_t i;
  if (!parent || !has_trends(t) || !ent_force_expected(t->run, effect, &expected)) return;
  if (!(node = ent_explain_new_node(t, "force"))) return;
  node->word = ent_run_summary(t->run, effect->draws).median > 0 ? "explain.strength" : "explain.fault_line";
  node->defined = "explain.force";
  if (!(node->expected = ent_explain_take(t, 1, sizeof *node->expected))) return;
  *node->expected = expected;
  ent_explain_add_child(t, parent, node);
  if ((t->status = ent_trends_of(t->trends, t->alliance, effect, &trends))) return;
  reason = t->trends->setting.reason;
  for (i = 0; i < t->trends->setting.count; i++) {
    ent_explain_node *child = ent_explain_new_node(t, "trend");
    if (!child) return;
    child->trend = &trends[i];
    if (!i) {
      child->detail = reason;
      ent_explain_add_number(t, child, "least", t->trends->setting.least);
      ent_explain_add_number(t, child, "draws", t->trends->setting.draws);
    }
    ent_explain_add_child(t, node, child);
  }
}

/* What the indicator does to the headline score, beside the value that it is held against. */
static void add_effect(ent_tracer *t, ent_explain_node *node, const ent_cell *cell) {
  const ent_model *model = t->run->model;
  const ent_cell *effect = ent_assess_find(t->alliance, ENT_EFFECT, cell->from < 0 ? ENT_OF_ALLIANCE : ENT_OF_MEMBER,
                                           cell->from, -1, cell->criterion, cell->dimension, cell->indicator);
  ent_explain_node *setting;
  if (!effect || !effect->draws || t->status) return;
  setting = assume(t, node, "assume.reference", model->reference_reason);
  ent_explain_add_number(t, setting, "score", model->reference);
  if (setting) setting->score = ent_run_summary(t->run, effect->draws);
  add_force(t, setting, effect);
}

/* How much each class of offices counts in a position. */
static void add_offices(ent_tracer *t, ent_explain_node *node) {
  const ent_model *model = t->run->model;
  ent_explain_node *setting = assume(t, node, "assume.offices", model->office_reason);
  size_t i;
  for (i = 0; i < model->position_weight_count && !t->status; i++) {
    const ent_class_weight *w = &model->position_weights[i];
    const char *name = ent_arena_print(t->arena, "%s%s%s%s", w->weight_class, w->system ? " (" : "",
                                       w->system ? w->system : "", w->system ? ")" : "");
    ent_explain_add_number(t, setting, name, w->weight);
  }
}

/* The settings of an indicator that its score rests on beside the evidence. */
static void add_indicator_settings(ent_tracer *t, ent_explain_node *node, const ent_cell *cell) {
  const ent_model *model = t->run->model;
  const ent_model_indicator *i =
      &model->criteria[cell->criterion].dimensions[cell->dimension].indicators[cell->indicator];
  ent_explain_node *setting = assume(t, node, "assume.goalposts", i->goalpost_reason);
  size_t k;
  ent_explain_add_number(t, setting, "low", i->low);
  ent_explain_add_number(t, setting, "high", i->high);
  ent_explain_add_field(t, setting, "unit", i->unit);
  for (k = 0; k < i->source.definition_count; k++)
    ent_explain_add_field(t, setting, "definition", i->source.definitions[k]);
  for (k = 0; k < i->source.level_count; k++)
    ent_explain_add_number(t, setting, i->source.levels[k].obligation, i->source.levels[k].height);
  if (i->source.kind == ENT_FROM_OBSERVATION || t->run->answer.after_study) { /* up to it views and bodies hold */
    setting = assume(t, node, "assume.age_limit", ent_label_both(NULL));
    ent_explain_add_number(t, setting, "years", i->age_limit_years);
  }
  add_effect(t, node, cell);
  if (i->source.kind == ENT_FROM_POSITION_DISTANCE || i->source.kind == ENT_FROM_THREAT_DISTANCE ||
      i->source.kind == ENT_FROM_STANCE)
    add_offices(t, node);
}

static int by_key(const void *a, const void *b) {
  const ent_explain_node *const *x = a, *const *y = b;
  return strcmp((*x)->key, (*y)->key);
}

/* Rows by table and id, behind what stands in the node already. */
static void add_rows(ent_tracer *t, ent_explain_node *node, const ent_cell *cell) {
  size_t i, first = node ? node->child_count : 0;
  for (i = 0; i < cell->input_count && !t->status; i++) ent_explain_add_item(t, node, cell->inputs[i]);
  for (i = first; node && !t->status && i < node->child_count; i++)
    if (!node->children[i]->key) t->status = ent_fail_memory(t->run->study->context);
  if (node && !t->status && node->child_count > first)
    qsort(node->children + first, node->child_count - first, sizeof *node->children, by_key);
}

static const ent_observation *observation_of(const ent_evidence *e, ent_key key) {
  size_t i;
  for (i = 0; i < e->observations_count; i++)
    if (e->observations[i].key == key) return &e->observations[i];
  return NULL;
}

/* The figures that a cell rests on; *count of them. */
static const ent_observation **figures_of(ent_tracer *t, const ent_cell *cell, size_t *count) {
  const ent_observation **out = ent_explain_take(t, cell->input_count + 1, sizeof *out);
  size_t i;
  for (i = *count = 0; out && i < cell->input_count; i++)
    if ((out[*count] = observation_of(t->run->study->evidence, cell->inputs[i]))) ++*count;
  return out;
}

/* The values of qualifiers that the figures carry. */
static void add_qualifiers(ent_tracer *t, ent_explain_node *node, const ent_observation *const *figures, size_t count) {
  const ent_model *model = t->run->model;
  size_t q, i;
  for (q = 0; q < model->qualifier_count; q++) {
    ent_explain_node *setting;
    for (i = 0; i < count && !ent_text_same(figures[i]->qualifier, model->qualifiers[q].id);) i++;
    if (i == count) continue;
    setting = assume(t, node, "assume.qualifier", model->qualifiers[q].reason);
    ent_explain_add_field(t, setting, "qualifier", model->qualifiers[q].id);
    ent_explain_add_number(t, setting, "below", model->qualifiers[q].below);
    ent_explain_add_number(t, setting, "above", model->qualifiers[q].above);
  }
}

/* What the model makes of a grade, once for each grade. */
static void add_grade(ent_tracer *t, ent_explain_node *node, const ent_observation *row) {
  const ent_model *model = t->run->model;
  double share = ent_assess_widening(model, row->grade);
  ent_explain_node *setting;
  size_t i, k;
  if (!(share > 0) || !node) return;
  for (i = 0; i < node->child_count; i++)
    for (k = 0; ent_text_same(node->children[i]->word, "assume.grades") && k < node->children[i]->field_count; k++)
      if (ent_text_same(node->children[i]->field_values[k], row->grade)) return;
  setting = assume(t, node, "assume.grades", model->grades.reason);
  ent_explain_add_field(t, setting, "grade", row->grade);
  ent_explain_add_number(t, setting, "below", share);
  ent_explain_add_number(t, setting, "above", share);
}

static void add_ranges(ent_tracer *t, ent_explain_node *node) {
  static const char *const names[ENT_RANGES_COUNT] = {"triangular", "pert", "uniform"};
  const ent_model *model = t->run->model;
  if (model->ranges_reason.en)
    ent_explain_add_field(t, assume(t, node, "assume.ranges", model->ranges_reason), "distribution",
                          names[model->ranges]);
}

/* How the values of the rows are drawn. */
static void add_spreads(ent_tracer *t, ent_explain_node *node, const ent_cell *cell) {
  ent_explain_node *setting;
  bool ranged = false, normal = false;
  size_t i, count;
  const ent_observation **figures = figures_of(t, cell, &count);
  add_qualifiers(t, node, figures, count);
  for (i = 0; i < count; i++) {
    add_grade(t, node, figures[i]);
    normal |= figures[i]->standard_error > 0;
    ranged |= figures[i]->low < figures[i]->high && !isnan(figures[i]->value);
  }
  if (normal && (setting = assume(t, node, "assume.standard_error", ent_label_both(NULL))))
    setting->defined = "explain.normal";
  if (ranged) add_ranges(t, node);
}

/* What a figure is made of. */
static void add_parts(ent_tracer *t, ent_explain_node *node, const ent_cell *cell) {
  const ent_model_criterion *c = cell->criterion < 0 ? NULL : &t->run->model->criteria[cell->criterion];
  size_t n, members = t->alliance->member_count;
  if (!c) { /* what one gives another */
    for (n = 0; n < t->run->model->criterion_count; n++)
      add_scores(t, node, cell->scope, cell->from, cell->to, (int)n, -1, -1);
  } else if (c->of_members && cell->scope == ENT_OF_ALLIANCE) {
    if (cell->indicator >= 0) add_effect(t, node, cell);
    for (n = 0; n < members; n++)
      add_scores(t, node, ENT_OF_MEMBER, (int)n, -1, cell->criterion, cell->dimension, cell->indicator);
  } else if (cell->dimension < 0) {
    for (n = 0; n < c->dimension_count; n++)
      add_scores(t, node, cell->scope, cell->from, cell->to, cell->criterion, (int)n, -1);
  } else if (cell->indicator < 0) {
    for (n = 0; n < c->dimensions[cell->dimension].indicator_count; n++)
      add_scores(t, node, cell->scope, cell->from, cell->to, cell->criterion, cell->dimension, (int)n);
  } else {
    add_indicator_settings(t, node, cell);
    add_spreads(t, node, cell);
    add_rows(t, node, cell);
    ent_explain_add_besides(t, node, cell);
  }
}

static ent_explain_node *figure_node(ent_tracer *t, const ent_cell *cell) {
  static const char *const kinds[] = {"criterion", "dimension", "indicator"};
  ent_explain_node *node =
      ent_explain_new_node(t, cell->criterion < 0 ? "pair" : kinds[(cell->dimension >= 0) + (cell->indicator >= 0)]);
  const char *above = t->weight_reason;
  const ent_weight *weight;
  if (!node) return NULL;
  if (cell->kind == ENT_READING) node->kind = "reading";
  if (cell->kind == ENT_OWN) node->kind = "own";
  node->key = ent_run_key(t->run, t->alliance, cell);
  node->label = scoped_label(t, cell);
  node->score = ent_run_summary(t->run, cell->draws);
  if (cell->missing) node->missing = cell->missing;
  if (cell->kind == ENT_READING) {
    assume(t, node, "assume.reading", ent_run_label(t->run, t->run->model->readings[cell->indicator].reason));
    add_rows(t, node, cell);
  } else if (cell->kind == ENT_OWN) {
    add_offices(t, node);
    add_rows(t, node, cell);
  } else {
    if (cell->criterion >= 0) {
      node->weight = stated_weight(t, cell, &weight);
      if (weight->reason.en && !ent_text_same(weight->reason.en, above))
        assume(t, node, "assume.weight", weight->reason);
      if (weight->reason.en) t->weight_reason = weight->reason.en;
    }
    add_parts(t, node, cell);
    t->weight_reason = above;
  }
  return node;
}

static void add_alliance_settings(ent_tracer *t, ent_explain_node *node) {
  const ent_model *model = t->run->model;
  ent_explain_node *setting;
  size_t i;
  assume(t, node, "assume.model", model->origin);
  setting = assume(t, node, "assume.headline", model->headline_reason);
  ent_explain_add_field(t, setting, "headline",
                        t->run->request.methods ? "mixed" : ent_aggregation_id(model->headline));
  setting = assume(t, node, "assume.classes", model->classes_reason);
  for (i = 0; i < model->class_count; i++)
    ent_explain_add_number(t, setting, model->classes[i].id, model->classes[i].from);
  setting = assume(t, node, "assume.weights", model->concentration_reason);
  ent_explain_add_number(t, setting, "concentration", model->concentration);
  setting = assume(t, node, "assume.coverage", model->least_coverage_reason);
  ent_explain_add_number(t, setting, "share", model->least_coverage);
  setting = assume(t, node, "assume.divides", model->divides_reason);
  ent_explain_add_number(t, setting, "distance", model->divides);
  if (model->trend.count) {
    setting = assume(t, node, "assume.trend", model->trend.reason);
    for (i = 0; i < model->trend.count; i++) ent_explain_add_number(t, setting, "years", model->trend.years[i]);
    ent_explain_add_number(t, setting, "least", model->trend.least);
  }
  add_ranges(t, node);
  if (model->grades.given) assume(t, node, "assume.grades", model->grades.reason);
  assume(t, node, "assume.missing", model->missing_reason);
  setting = assume(t, node, "assume.salience", model->salience_reason);
  ent_explain_add_number(t, setting, "value", model->salience_missing);
}

static ent_explain_node *alliance_node(ent_tracer *t) {
  ent_explain_node *node = ent_explain_new_node(t, "alliance");
  size_t c;
  if (!node) return NULL;
  node->key = t->alliance->alliance->id;
  node->label = t->alliance->alliance->label;
  node->score = ent_run_summary(t->run, t->alliance->aggregated[t->run->model->headline]);
  for (c = 0; c < t->run->model->criterion_count; c++) add_scores(t, node, ENT_OF_ALLIANCE, -1, -1, (int)c, -1, -1);
  add_alliance_settings(t, node);
  return node;
}

/* ---- finding what a key means ---- */

static ent_status unknown_key(const ent_run *run, const char *key) {
  size_t a, c, n = 0, room = 0;
  const char **keys, *near;
  char *remedy = NULL;
  for (a = 0; a < run->assessment->alliance_count; a++) room += 1 + run->assessment->alliances[a].cell_count;
  if (!(keys = ent_arena_take(run->arena, room + 1, sizeof *keys))) return ent_fail_memory(run->study->context);
  for (a = 0; a < run->assessment->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &run->assessment->alliances[a];
    keys[n++] = alliance->alliance->id;
    for (c = 0; c < alliance->cell_count; c++) {
      const char *known = ent_run_key(run, alliance, &alliance->cells[c]);
      if (known) keys[n++] = known;
    }
  }
  near = ent_text_nearest(key, keys, n);
  remedy = ent_arena_print(run->arena,
                           near ? "did you mean \"%s\"?"
                                : "begin with an alliance, such as \"%s\", or with a table, such as observations:ID",
                           near ? near : keys[0]);
  return ent_fail(run->study->context, ENT_NOT_FOUND, NULL, remedy, "nothing stands at \"%s\"", key);
}

static ent_status explain_figure(ent_tracer *t, const char *key, ent_explain_node **out) {
  const ent_cell *cell;
  size_t a;
  for (a = 0; a < t->run->assessment->alliance_count; a++)
    if (strcmp(t->run->assessment->alliances[a].alliance->id, key) == 0) {
      t->alliance = &t->run->assessment->alliances[a];
      *out = alliance_node(t);
      return t->status;
    }
  cell = ent_run_find(t->run, key, ENT_SCORE, &t->alliance);
  if (!cell) return unknown_key(t->run, key);
  *out = figure_node(t, cell);
  return t->status;
}

static bool names_a_row(const ent_study *study, const char *key) {
  const char *colon = strchr(key, ':');
  size_t i;
  for (i = 0; colon && i < study->format->resource_count; i++) {
    const char *name = study->format->resources[i].name;
    if (strlen(name) == (size_t)(colon - key) && strncmp(name, key, strlen(name)) == 0) return true;
  }
  return false;
}

/* The alliance that a key begins with, so that no other needs to be assessed; NULL when it names none. */
static const char *alliance_of(const ent_study *study, const char *key) {
  size_t i, length = strcspn(key, "/:");
  for (i = 0; i < study->evidence->alliances_count; i++) {
    const char *id = study->evidence->alliances[i].id;
    if (strlen(id) == length && strncmp(id, key, length) == 0) return id;
  }
  return NULL;
}

ent_status ent_explain_run(ent_study *study, const ent_assess_options *options, const char *key, ent_result **out) {
  static const ent_assess_options defaults;
  ent_result *result;
  ent_status status;
  ent_tracer t = {NULL, NULL, NULL, NULL, NULL, ENT_OK};
  ent_run run;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_EXPLAIN);
  if (!result) return ent_fail_memory(study->context);
  status = ent_run_make(study, options ? options : &defaults, alliance_of(study, key), result->arena, &run);
  if (status) goto end;
  t.run = &run;
  t.arena = result->arena;
  status = names_a_row(study, key) ? ent_explain_row(&t, key, &result->explain.root)
                                   : explain_figure(&t, key, &result->explain.root);
  result->explain.run = run.answer;
end:
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
