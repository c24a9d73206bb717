/* input.c - what varies: quantities and weights as inputs of a program, what they are drawn from, and what they feed.
 */
#include <math.h>
#include <string.h>

#include "assess/tree.h"
#include "assess/way.h"
#include "base/hash.h"
#include "num/gamma.h"
#include "num/random_block.h"

static double shape_of(const ent_tree *t, const ent_node *n) {
  return t->plan->model->concentration * n->weight->value / n->siblings;
}

static void add_value(ent_tree *t, size_t q) {
  ent_quantity *quantity = &t->plan->quantities[q];
  ent_assess_input *in = &t->inputs[t->input_count];
  if (quantity->fixed) return;
  quantity->column = (uint32_t)t->input_count++;
  *in = (ent_assess_input){.key = quantity->key,
                           .kind = ENT_INPUT_VALUE,
                           .index = q,
                           .criterion = -1,
                           .dimension = -1,
                           .indicator = -1,
                           .aspect = quantity->aspect,
                           .item = quantity->item,
                           .least = quantity->least,
                           .most = quantity->most,
                           .whole = quantity->whole,
                           .nominal = ent_draw_nominal(quantity)};
}

/* The table of a node's weights; nodes of one shape share it. NULL: of a shape that tables do not have. */
static const ent_quantile_table *table_of(ent_tree *t, size_t n) {
  double shape = shape_of(t, &t->nodes[n]);
  ent_quantile_table *table;
  size_t i;
  for (i = 0; i < n; i++)
    if (t->nodes[i].varies && shape_of(t, &t->nodes[i]) == shape) return t->nodes[i].table;
  table = ent_plan_take(t->plan, 1, sizeof *table);
  return table && ent_quantile_table_gamma(shape, table) ? table : NULL;
}

static void add_weight(ent_tree *t, size_t n) {
  ent_node *at = &t->nodes[n];
  ent_assess_input *in = &t->inputs[t->input_count];
  if (!at->varies) return;
  at->column = (uint32_t)t->input_count++;
  at->table = table_of(t, n);
  *in = (ent_assess_input){.key = at->stream,
                           .kind = ENT_INPUT_WEIGHT,
                           .index = n,
                           .criterion = at->criterion,
                           .dimension = at->dimension,
                           .indicator = at->indicator,
                           .least = NAN,
                           .most = NAN,
                           .nominal = shape_of(t, at)};
}

/* A method with several choices, of which a draw takes one; all are alike likely. */
static uint32_t add_method(ent_tree *t, const char *name, const char *const *choices, size_t count, size_t nominal) {
  ent_assess_input *in = &t->inputs[t->input_count];
  *in = (ent_assess_input){.key = ent_key_of("method:", name, NULL),
                           .kind = ENT_INPUT_METHOD,
                           .index = count,
                           .criterion = -1,
                           .dimension = -1,
                           .indicator = -1,
                           .method = name,
                           .choice_count = count,
                           .choices = choices,
                           .nominal = (double)nominal,
                           .least = 0,
                           .most = (double)count - 1,
                           .whole = true};
  return (uint32_t)t->input_count++;
}

static void add_methods(ent_tree *t) {
  static const char *const weights[] = {"stated", "equal"};
  const ent_model_methods *asked = &t->plan->model->methods;
  bool varies = t->plan->request->methods && asked->given;
  const char **choices;
  size_t i, nominal = 0;
  t->methods = (ent_tree_methods){1, {t->plan->model->headline}, ENT_NO_COLUMN, ENT_NO_COLUMN};
  if (!varies || !(choices = ent_plan_take(t->plan, ENT_AGGREGATIONS, sizeof *choices))) return;
  t->methods.count = asked->aggregation_count;
  for (i = 0; i < asked->aggregation_count; i++) {
    t->methods.aggregations[i] = asked->aggregations[i];
    choices[i] = ent_aggregation_id(asked->aggregations[i]);
    if (asked->aggregations[i] == t->plan->model->headline) nominal = i;
  }
  if (asked->aggregation_count > 1)
    t->methods.aggregation = add_method(t, "aggregation", choices, asked->aggregation_count, nominal);
  if (asked->equal_weights) t->methods.weights = add_method(t, "weights", weights, 2, 0);
}

void ent_tree_add_inputs(ent_tree *t) {
  ent_plan *plan = t->plan;
  ent_program *p = &t->program;
  size_t q, n;
  t->inputs = ent_plan_take(plan, plan->quantity_count + t->node_count + 2, sizeof *t->inputs);
  if (plan->failed) return;
  for (q = 0; q < plan->quantity_count; q++) add_value(t, q);
  for (n = 0; n < t->node_count; n++) add_weight(t, n);
  add_methods(t);
  p->plan = plan;
  p->way = ent_way_best();
  p->input_count = p->column_count = t->input_count;
  for (q = 0; q < plan->quantity_count && !plan->failed; q++)
    if (plan->quantities[q].fixed)
      plan->quantities[q].column = ent_program_constant(p, ent_draw_nominal(&plan->quantities[q]));
  for (n = 0; n < t->node_count && !plan->failed; n++) {
    ent_node *at = &t->nodes[n];
    if (!at->varies)
      at->column = ent_program_constant(p, at->weight->value); /* among its neighbours its share counts */
  }
}

void ent_tree_draw(const ent_tree *t, size_t input, const double *uniform, double *out) {
  const ent_assess_input *in = &t->inputs[input];
  const ent_node *node = &t->nodes[in->kind == ENT_INPUT_WEIGHT ? in->index : 0];
  size_t d;
  if (in->kind == ENT_INPUT_METHOD)
    for (d = 0; d < ENT_BLOCK; d++) out[d] = floor(uniform[d] * (double)in->index);
  else if (in->kind == ENT_INPUT_VALUE) ent_draw_values(t->program.way, &t->plan->quantities[in->index], uniform, out);
  else if (node->table) ent_quantile_table_look_up(node->table, uniform, ENT_BLOCK, out);
  else
    for (d = 0; d < ENT_BLOCK; d++) out[d] = ent_gamma_quantile(in->nominal, uniform[d]);
}

void ent_tree_draw_run(const ent_tree *t, size_t input, uint64_t seed, uint32_t first, double *uniform, double *out) {
  const ent_assess_input *in = &t->inputs[input];
  ent_random_block(seed, in->key, first, ENT_BLOCK, uniform);
  ent_tree_draw(t, input, uniform, out);
}

/* ---- what they are drawn from, and what they feed ---- */

static void list_evidence(ent_tree *t, ent_assess_input *in) {
  const ent_quantity *quantity = &t->plan->quantities[in->index];
  ent_key *keys = ent_plan_take(t->plan, quantity->alternative_count, sizeof *keys);
  size_t i;
  if (!keys) return;
  for (i = 0; i < quantity->alternative_count; i++) keys[i] = quantity->alternatives[i].key;
  in->evidence = keys;
  in->evidence_count = quantity->alternative_count;
}

/* Notes a place of a quantity: counts it while places are NULL, else writes it. A place stands once. */
static void note_place(ent_tree *t, ent_input_place **places, size_t quantity, const ent_input_place *place) {
  uint32_t input = t->plan->quantities[quantity].column;
  ent_assess_input *in;
  if (input >= t->input_count) return;
  in = &t->inputs[input];
  if (places && in->place_count && memcmp(&places[input][in->place_count - 1], place, sizeof *place) == 0) return;
  if (places) places[input][in->place_count] = *place;
  in->place_count++;
}

static void note_mean(ent_tree *t, ent_input_place **places, const ent_mean *mean, const ent_input_place *place) {
  size_t i;
  for (i = 0; i < mean->count; i++) note_place(t, places, mean->terms[i].quantity, place);
}

static void note_places(ent_tree *t, ent_input_place **places) {
  size_t a, l, m;
  for (a = 0; a < t->plan->alliance_count; a++)
    for (l = 0; l < t->plan->alliances[a].leaf_count; l++) {
      const ent_leaf *leaf = &t->plan->alliances[a].leaves[l];
      ent_input_place place;
      memset(&place, 0, sizeof place);
      place.alliance = a;
      place.criterion = leaf->criterion;
      place.dimension = leaf->dimension;
      place.indicator = leaf->index;
      place.giver = leaf->giver;
      place.receiver = leaf->receiver;
      if (leaf->missing) continue;
      note_mean(t, places, &leaf->mean, &place);
      if (leaf->numerator >= 0) note_place(t, places, (size_t)leaf->numerator, &place);
      if (leaf->denominator >= 0) note_place(t, places, (size_t)leaf->denominator, &place);
      for (m = 0; leaf->own && m < t->plan->alliances[a].out->member_count; m++) {
        note_mean(t, places, &leaf->own[m].position, &place);
        if (leaf->indicator->source.kind == ENT_FROM_POSITION_DISTANCE) /* nothing else weighs by salience */
          note_mean(t, places, &leaf->own[m].salience, &place);
      }
    }
}

void ent_tree_describe_inputs(ent_tree *t) {
  ent_input_place **places = ent_plan_take(t->plan, t->input_count, sizeof *places);
  size_t i;
  for (i = 0; i < t->input_count && !t->plan->failed; i++)
    if (t->inputs[i].kind == ENT_INPUT_VALUE) list_evidence(t, &t->inputs[i]);
  if (t->plan->failed) return;
  note_places(t, NULL);
  for (i = 0; i < t->input_count; i++) {
    places[i] = ent_plan_take(t->plan, t->inputs[i].place_count, sizeof *places[i]);
    t->inputs[i].places = places[i];
    t->inputs[i].place_count = 0;
  }
  if (!t->plan->failed) note_places(t, places);
}
