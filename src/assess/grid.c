/* grid.c - lays out what the tree will fill: the model's nodes with their weights' streams, and for each alliance the
 * cells of every slot with their coverage. No number is drawn here. */
#include <string.h>

#include "assess/tree.h"
#include "base/hash.h"
#include "base/text.h"

size_t ent_grid_pair(const ent_assessed_alliance *a, int from, int to) {
  return 1 + a->member_count + (size_t)from * a->member_count + (size_t)to;
}

/* ---- the model's nodes ---- */

double ent_grid_weight(const ent_weight *weight, const char *system) {
  size_t i;
  for (i = 0; system && i < weight->system_count; i++)
    if (ent_text_same(weight->systems[i].system, system)) return weight->systems[i].value;
  return weight->value;
}

double ent_grid_factor(const ent_node *node, const char *system) {
  return node->weight->value > 0 ? ent_grid_weight(node->weight, system) / node->weight->value : 0;
}

static void name_stream(const ent_tree *t, ent_node *n) {
  const ent_model_criterion *c = &t->plan->model->criteria[n->criterion];
  const ent_model_dimension *d = n->dimension < 0 ? NULL : &c->dimensions[n->dimension];
  n->stream = ent_key_of("weight:", c->id, "/", d ? d->id : "", "/",
                         n->indicator < 0 ? "" : d->indicators[n->indicator].id, NULL);
}

static void add_node(ent_tree *t, size_t at, int c, int d, int i, const ent_weight *weight) {
  ent_node *n = &t->nodes[at];
  n->criterion = c;
  n->dimension = d;
  n->indicator = i;
  n->weight = weight;
  name_stream(t, n);
}

static void sum_siblings(ent_tree *t, int first, int count) {
  double sum = 0;
  int i;
  for (i = 0; i < count; i++) sum += t->nodes[first + i].weight->value;
  for (i = 0; i < count; i++) {
    ent_node *n = &t->nodes[first + i];
    n->siblings = sum;
    n->varies = n->weight->value > 0 && n->weight->value != sum &&
                !t->plan->request->held.weights; /* with all of its group's weight nothing varies */
  }
}

void ent_grid_make_nodes(ent_tree *t) {
  const ent_model *model = t->plan->model;
  size_t c, d, i, dims = 0, inds = 0, next_dim, next_ind;
  for (c = 0; c < model->criterion_count; c++)
    for (dims += model->criteria[c].dimension_count, d = 0; d < model->criteria[c].dimension_count; d++)
      inds += model->criteria[c].dimensions[d].indicator_count;
  t->node_count = model->criterion_count + dims + inds;
  t->nodes = ent_plan_take(t->plan, t->node_count, sizeof *t->nodes);
  next_dim = model->criterion_count;
  next_ind = next_dim + dims;
  for (c = 0; c < model->criterion_count && !t->plan->failed; c++) {
    const ent_model_criterion *criterion = &model->criteria[c];
    add_node(t, c, (int)c, -1, -1, &criterion->weight);
    t->nodes[c].first_child = (int)next_dim;
    t->nodes[c].child_count = (int)criterion->dimension_count;
    for (d = 0; d < criterion->dimension_count; d++) {
      const ent_model_dimension *dimension = &criterion->dimensions[d];
      add_node(t, next_dim, (int)c, (int)d, -1, &dimension->weight);
      t->nodes[next_dim].first_child = (int)next_ind;
      t->nodes[next_dim].child_count = (int)dimension->indicator_count;
      for (i = 0; i < dimension->indicator_count; i++)
        add_node(t, next_ind++, (int)c, (int)d, (int)i, &dimension->indicators[i].weight);
      sum_siblings(t, t->nodes[next_dim].first_child, t->nodes[next_dim].child_count);
      next_dim++;
    }
    sum_siblings(t, t->nodes[c].first_child, t->nodes[c].child_count);
  }
  if (!t->plan->failed) sum_siblings(t, 0, (int)model->criterion_count);
}

size_t ent_grid_leaf(const ent_tree *t, const ent_leaf *leaf) {
  const ent_node *dimension = &t->nodes[t->nodes[leaf->criterion].first_child + leaf->dimension];
  return (size_t)(dimension->first_child + leaf->index);
}

/* ---- cells: what there is, and how much of it has evidence ---- */

static ent_cell *add_cell(ent_grid *g, ent_figure_kind kind, ent_scope scope, int from, int to, const ent_node *n) {
  ent_cell *cell = &g->alliance->out->cells[g->alliance->out->cell_count++];
  cell->kind = kind;
  cell->scope = scope;
  cell->from = from;
  cell->to = to;
  cell->criterion = n ? n->criterion : -1;
  cell->dimension = n ? n->dimension : -1;
  cell->indicator = n ? n->indicator : -1;
  cell->column = ENT_NO_COLUMN;
  return cell;
}

static void slot_address(const ent_assessed_alliance *a, size_t slot, ent_scope *scope, int *from, int *to) {
  size_t m = a->member_count;
  *scope = slot == 0 ? ENT_OF_ALLIANCE : slot <= m ? ENT_OF_MEMBER : ENT_OF_PAIR;
  *from = slot == 0 ? -1 : slot <= m ? (int)slot - 1 : (int)((slot - 1 - m) / m);
  *to = slot <= m ? -1 : (int)((slot - 1 - m) % m);
}

static ent_cell *score_cell(ent_tree *t, ent_grid *g, size_t slot, size_t n) {
  ent_cell **at = &g->score[slot * t->node_count + n];
  if (!*at) {
    ent_scope scope;
    int from, to;
    slot_address(g->alliance->out, slot, &scope, &from, &to);
    *at = add_cell(g, ENT_SCORE, scope, from, to, &t->nodes[n]);
  }
  return *at;
}

static void merge_inputs(ent_tree *t, ent_cell *cell, const ent_key *inputs, size_t input_count) {
  size_t i, count = cell->input_count, room = cell->input_count;
  ent_key *keys = NULL;
  if (room) {
    keys = ent_plan_take(t->plan, room, sizeof *keys);
    if (keys) memcpy(keys, cell->inputs, room * sizeof *keys);
  }
  for (i = 0; i < input_count && !t->plan->failed; i++) ent_plan_input(t->plan, &count, &room, &keys, inputs[i]);
  cell->input_count = count;
  cell->inputs = keys;
}

/* A leaf adds its evidence to the cell of its own slot and, for a member's, to the member's. */
static void place_leaf(ent_tree *t, ent_grid *g, const ent_leaf *leaf) {
  size_t n = ent_grid_leaf(t, leaf), s, places = leaf->giver < 0 ? 1 : 2;
  size_t slots[2] = {0, 0};
  if (leaf->giver >= 0) {
    slots[0] = ent_grid_pair(g->alliance->out, leaf->giver, leaf->receiver);
    slots[1] = 1 + (size_t)leaf->giver;
  }
  for (s = 0; s < places; s++) {
    ent_cell *cell = score_cell(t, g, slots[s], n);
    if (leaf->missing) {
      if (!(cell->coverage > 0)) cell->missing = leaf->missing;
      continue;
    }
    cell->coverage = 1;
    cell->missing = NULL;
    if (leaf->carried) cell->carried = 1;
    merge_inputs(t, cell, leaf->inputs, leaf->input_count);
  }
}

const char *ent_grid_system(const ent_assessed_alliance *a, size_t slot) {
  ent_scope scope;
  int from, to;
  slot_address(a, slot, &scope, &from, &to);
  return from < 0 ? NULL : a->members[from]->system;
}

/* Coverage of a dimension or criterion: stated weights of the children that apply. */
static void cover_parent(ent_tree *t, ent_grid *g, size_t slot, size_t n) {
  const ent_node *parent = &t->nodes[n];
  const char *system = ent_grid_system(g->alliance->out, slot);
  double all = 0, with = 0, carried = 0;
  int i, found = 0;
  ent_cell *cell;
  for (i = 0; i < parent->child_count; i++) {
    size_t child = (size_t)(parent->first_child + i);
    const ent_cell *c = g->score[slot * t->node_count + child];
    double weight = ent_grid_weight(t->nodes[child].weight, system);
    if (!c) continue;
    found = 1;
    all += weight;
    with += weight * c->coverage;
    carried += weight * c->carried;
  }
  if (!found) return;
  cell = score_cell(t, g, slot, n);
  cell->coverage = all > 0 ? with / all : 0;
  cell->carried = all > 0 ? carried / all : 0;
  if (!(cell->coverage > 0)) cell->missing = "missing.no_evidence";
}

/* The alliance's cell over its members' cells: the mean of their coverages. */
static void cover_members(ent_tree *t, ent_grid *g, size_t n) {
  size_t m, found = 0, members = g->alliance->out->member_count;
  double with = 0, carried = 0;
  const char *missing = NULL;
  ent_cell *cell;
  for (m = 0; m < members; m++) {
    const ent_cell *c = g->score[(1 + m) * t->node_count + n];
    if (!c) continue;
    found++;
    with += c->coverage;
    carried += c->carried;
    if (c->missing) missing = c->missing;
  }
  if (!found) return;
  cell = score_cell(t, g, 0, n);
  for (m = 0; m < members; m++)
    if (g->score[(1 + m) * t->node_count + n])
      merge_inputs(t, cell, g->score[(1 + m) * t->node_count + n]->inputs,
                   g->score[(1 + m) * t->node_count + n]->input_count);
  cell->coverage = with / (double)found;
  cell->carried = carried / (double)found;
  if (!(cell->coverage > 0)) cell->missing = missing ? missing : "missing.no_evidence";
}

static void cover_alliance(ent_tree *t, ent_grid *g) {
  ent_assessed_alliance *a = g->alliance->out;
  double all = 0;
  size_t c;
  for (c = 0; c < t->plan->model->criterion_count; c++) {
    const ent_cell *cell = g->score[c];
    double weight = t->nodes[c].weight->value;
    all += weight;
    if (!cell) continue;
    a->coverage += weight * cell->coverage;
    a->carried += weight * cell->carried;
  }
  if (all > 0) a->coverage /= all, a->carried /= all;
}

/* What one member gives another, over the members' criteria. */
static void add_totals(ent_tree *t, ent_grid *g) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t m = a->member_count, from, to, c;
  for (from = 0; from < m; from++)
    for (to = 0; to < m && !t->plan->failed; to++) {
      size_t base = ent_grid_pair(a, (int)from, (int)to) * t->node_count;
      double all = 0, with = 0, carried = 0;
      ent_cell *cell;
      for (c = 0; c < t->plan->model->criterion_count; c++) {
        if (!g->score[base + c]) continue;
        all += t->nodes[c].weight->value;
        with += t->nodes[c].weight->value * g->score[base + c]->coverage;
        carried += t->nodes[c].weight->value * g->score[base + c]->carried;
      }
      if (!(all > 0)) continue;
      cell = g->total[from * m + to] = add_cell(g, ENT_SCORE, ENT_OF_PAIR, (int)from, (int)to, NULL);
      cell->coverage = with / all;
      cell->carried = carried / all;
      if (!(with > 0)) cell->missing = "missing.no_evidence";
    }
}

/* What the members have in common (institutions) has one effect, of all of them together. */
static bool is_shared(const ent_leaf *leaf) {
  return leaf->indicator->source.kind == ENT_FROM_INSTITUTION ||
         leaf->indicator->source.kind == ENT_FROM_INSTITUTION_COUNT;
}

static void add_effect(ent_tree *t, ent_grid *g, const ent_leaf *leaf, size_t n) {
  size_t own = leaf->giver < 0 ? 0 : 1 + (size_t)leaf->giver, slot = is_shared(leaf) ? 0 : own,
         c = (size_t)leaf->criterion;
  size_t dimension = (size_t)(t->nodes[c].first_child + leaf->dimension);
  ent_cell **at = &g->effect[slot * t->node_count + n];
  if (leaf->missing || *at) return;
  if (!(g->score[own * t->node_count + c]->coverage > 0) || !(g->score[own * t->node_count + dimension]->coverage > 0))
    return; /* evidence that has no weight */
  *at = add_cell(g, ENT_EFFECT, slot ? ENT_OF_MEMBER : ENT_OF_ALLIANCE, slot ? leaf->giver : -1, -1, &t->nodes[n]);
}

/* Members' own values on an indicator of the alliance. */
static void add_owns(ent_tree *t, ent_grid *g, const ent_leaf *leaf, size_t n) {
  size_t m;
  for (m = 0; leaf->giver < 0 && leaf->own && !leaf->missing && m < g->alliance->out->member_count; m++) {
    ent_cell *cell;
    if (!leaf->own[m].position.count) continue;
    cell = g->own[m * t->node_count + n] = add_cell(g, ENT_OWN, ENT_OF_MEMBER, (int)m, -1, &t->nodes[n]);
    cell->input_count = leaf->own[m].input_count;
    cell->inputs = leaf->own[m].inputs;
    cell->coverage = 1;
  }
}

static void add_readings(ent_tree *t, ent_grid *g) {
  size_t r;
  for (r = 0; r < g->alliance->reading_count && !t->plan->failed; r++) {
    const ent_reading_plan *reading = &g->alliance->readings[r];
    ent_cell *cell = g->reading[r] = add_cell(g, ENT_READING, ENT_OF_MEMBER, reading->member, -1, NULL);
    cell->indicator = reading->reading;
    cell->input_count = reading->input_count;
    cell->inputs = reading->inputs;
    if (reading->actor_count < 2) cell->missing = "missing.one_actor";
    else cell->coverage = 1;
  }
}

void ent_grid_make(ent_tree *t, ent_grid *g, ent_alliance_plan *alliance) {
  ent_assessed_alliance *a = alliance->out;
  const ent_model *model = t->plan->model;
  size_t m = a->member_count, area, l, slot, n;
  g->alliance = alliance;
  g->slots = 1 + m + m * m;
  area = g->slots * t->node_count;
  g->score = ent_plan_take(t->plan, area, sizeof *g->score);
  g->share = ent_plan_take(t->plan, area, sizeof *g->share);
  g->effect = ent_plan_take(t->plan, (1 + m) * t->node_count, sizeof *g->effect);
  g->own = ent_plan_take(t->plan, m * t->node_count, sizeof *g->own);
  g->reading = ent_plan_take(t->plan, alliance->reading_count + 1, sizeof *g->reading);
  g->total = ent_plan_take(t->plan, m * m, sizeof *g->total);
  /* scores and pair totals, effects of slots 0 to m, own values, readings */
  a->cells =
      ent_plan_take(t->plan, area + m * m + (1 + 2 * m) * t->node_count + alliance->reading_count, sizeof *a->cells);
  if (t->plan->failed) return;
  for (l = 0; l < alliance->leaf_count; l++) place_leaf(t, g, &alliance->leaves[l]);
  for (slot = 0; slot < g->slots; slot++) /* dimensions stand after criteria, so backwards is bottom-up */
    for (n = t->node_count; n-- > 0;)
      if (t->nodes[n].indicator < 0 && (slot > 0) == model->criteria[t->nodes[n].criterion].of_members)
        cover_parent(t, g, slot, n);
  for (n = 0; n < t->node_count; n++)
    if (model->criteria[t->nodes[n].criterion].of_members) cover_members(t, g, n);
  cover_alliance(t, g);
  add_totals(t, g);
  for (l = 0; l < alliance->leaf_count && !t->plan->failed; l++) {
    add_effect(t, g, &alliance->leaves[l], ent_grid_leaf(t, &alliance->leaves[l]));
    add_owns(t, g, &alliance->leaves[l], ent_grid_leaf(t, &alliance->leaves[l]));
  }
  add_readings(t, g);
  if (!t->plan->failed) ent_assess_index(t->plan, a);
}
