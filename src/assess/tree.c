/* tree.c - the tree of a model, block of draws by block of draws: normalise, weight, aggregate, effects.
 *
 * Inside a criterion the mean is arithmetic; over members and over criteria it is the aggregation. Weights are drawn
 * once for the model: gamma variates whose renormalisation over the children that have evidence is a Dirichlet draw
 * and spreads a missing indicator's weight inside its dimension. */
#include "assess/tree.h"

#include <math.h>
#include <string.h>

#include "measures/polarisation.h"
#include "num/random.h"

static void draw_weights(ent_tree *t, uint32_t first, size_t count) {
  const ent_assess_request *request = t->plan->request;
  size_t n, d;
  for (n = 0; n < t->node_count; n++) {
    ent_node *at = &t->nodes[n];
    double shape = at->siblings > 0 ? t->plan->model->concentration * at->weight->value / at->siblings : 0;
    if (shape > 0) ent_random_gamma(request->seed, at->stream, shape, first, count, at->drawn);
    else for (d = 0; d < count; d++) at->drawn[d] = 0;
  }
}

/* ---- one block: the tree ---- */

/* Puts leaves into their cells; a member's indicator is the mean over those it gives to. */
static void place_block(ent_tree *t, ent_grid *g, uint32_t first, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t l, m, n, d;
  for (l = 0; l < g->alliance->leaf_count; l++) {
    ent_leaf *leaf = &g->alliance->leaves[l];
    size_t slot = leaf->giver < 0 ? 0 : ent_grid_pair(a, leaf->giver, leaf->receiver);
    if (leaf->missing) continue;
    n = ent_grid_leaf(t, leaf);
    ent_leaf_block(t->plan, leaf, a->member_count, count);
    memcpy(g->score[slot * t->node_count + n]->draws + first, leaf->score, count * sizeof *leaf->score);
    for (m = 0; m < a->member_count; m++)
      if (g->own[m * t->node_count + n])
        memcpy(g->own[m * t->node_count + n]->draws + first, leaf->own_score + m * ENT_BLOCK, count * sizeof(double));
  }
  for (m = 0; a->member_count > 2 && m < a->member_count; m++)
    for (n = 0; n < t->node_count; n++) {
      ent_cell *cell = g->score[(1 + m) * t->node_count + n];
      double givings = 0;
      size_t to;
      if (!cell || !cell->draws || t->nodes[n].indicator < 0) continue;
      for (d = 0; d < count; d++) cell->draws[first + d] = 0;
      for (to = 0; to < a->member_count; to++) {
        const ent_cell *pair = g->score[ent_grid_pair(a, (int)m, (int)to) * t->node_count + n];
        if (!pair || !pair->draws) continue;
        givings += 1;
        for (d = 0; d < count; d++) cell->draws[first + d] += pair->draws[first + d];
      }
      for (d = 0; d < count; d++) cell->draws[first + d] /= givings;
    }
}

/* The factor by which a child's stated weight differs for this slot's system. */
static double system_factor(const ent_node *n, const char *system) {
  return n->weight->value > 0 ? ent_grid_weight(n->weight, system) / n->weight->value : 0;
}

static void parent_block(ent_tree *t, ent_grid *g, size_t slot, size_t n, uint32_t first, size_t count) {
  const ent_node *parent = &t->nodes[n];
  ent_cell *cell = g->score[slot * t->node_count + n];
  double *sum = g->sum[slot * t->node_count + n], *out;
  const char *system = ent_grid_system(g->alliance->out, slot);
  size_t d;
  int i;
  if (!cell || !cell->draws) return;
  out = cell->draws + first;
  for (d = 0; d < count; d++) out[d] = sum[d] = 0;
  for (i = 0; i < parent->child_count; i++) {
    const ent_node *child = &t->nodes[parent->first_child + i];
    const ent_cell *c = g->score[slot * t->node_count + (size_t)(parent->first_child + i)];
    double factor = system_factor(child, system);
    if (!c || !c->draws) continue;
    for (d = 0; d < count; d++) {
      double weight = factor * child->drawn[d];
      out[d] += weight * c->draws[first + d];
      sum[d] += weight;
    }
  }
  for (d = 0; d < count; d++) out[d] /= sum[d];
}

/* One draw of count values with weights (NULL: equal). */
static double aggregate(ent_aggregation how, const double *values, const double *weights, size_t count) {
  double sum = 0, total = 0, least = INFINITY;
  size_t i;
  for (i = 0; i < count; i++) {
    double weight = weights ? weights[i] : 1;
    sum += weight * (how == ENT_GEOMETRIC ? log(values[i]) : values[i]);
    total += weight;
    if (values[i] < least) least = values[i];
  }
  return how == ENT_WEAKEST ? least : how == ENT_GEOMETRIC ? exp(sum / total) : sum / total;
}

/* A node of a members' criterion, over the members that have it; member (if not -1) has fresh values instead. */
static void members_block(ent_tree *t, ent_grid *g, size_t n, ent_aggregation how, int member, const double *fresh,
                          uint32_t first, size_t count, double *out) {
  size_t m, d;
  for (d = 0; d < count; d++) {
    size_t with = 0;
    for (m = 0; m < g->alliance->out->member_count; m++) {
      const ent_cell *cell = g->score[(1 + m) * t->node_count + n];
      if (cell && cell->draws) g->values[with++] = (int)m == member ? fresh[d] : cell->draws[first + d];
    }
    out[d] = aggregate(how, g->values, NULL, with);
  }
}

/* One draw over the criteria of a row of cells; criterion replaced (if not -1) has another value. */
static double over_criteria(const ent_tree *t, ent_grid *g, ent_cell *const *cells, double *const *values, uint32_t first,
                            size_t d, ent_aggregation how, int replaced, double value) {
  size_t c, with = 0;
  for (c = 0; c < t->plan->model->criterion_count; c++) {
    if (!cells[c] || !cells[c]->draws) continue;
    g->values[with] = (int)c == replaced ? value : values ? values[c][d] : cells[c]->draws[first + d];
    g->weights[with++] = t->nodes[c].drawn[d];
  }
  return aggregate(how, g->values, g->weights, with);
}

static void criteria_block(ent_tree *t, ent_grid *g, uint32_t first, size_t count) {
  const ent_model *model = t->plan->model;
  ent_assessed_alliance *a = g->alliance->out;
  size_t n, c, d;
  int how;
  for (n = 0; n < t->node_count; n++) {
    ent_cell *cell = g->score[n];
    if (cell && cell->draws && model->criteria[t->nodes[n].criterion].of_members)
      members_block(t, g, n, model->headline, -1, NULL, first, count, cell->draws + first);
  }
  for (how = 0; how < ENT_AGGREGATIONS; how++) {
    for (c = 0; c < model->criterion_count; c++) {
      if (!g->score[c] || !g->score[c]->draws) continue;
      if (model->criteria[c].of_members)
        members_block(t, g, c, (ent_aggregation)how, -1, NULL, first, count, g->over_criteria[how][c]);
      else memcpy(g->over_criteria[how][c], g->score[c]->draws + first, count * sizeof(double));
    }
    for (d = 0; d < count && a->aggregated[how]; d++)
      a->aggregated[how][first + d] =
          over_criteria(t, g, g->score, g->over_criteria[how], first, d, (ent_aggregation)how, -1, 0);
  }
}

static void totals_block(ent_tree *t, ent_grid *g, uint32_t first, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t p, d;
  for (p = 0; p < a->member_count * a->member_count; p++) {
    ent_cell *cell = g->total[p];
    ent_cell *const *row = g->score + (1 + a->member_count + p) * t->node_count;
    for (d = 0; cell && cell->draws && d < count; d++)
      cell->draws[first + d] = over_criteria(t, g, row, NULL, first, d, t->plan->model->headline, -1, 0);
  }
}

/* ---- one block: effects and readings ---- */

static void effect_block(ent_tree *t, ent_grid *g, size_t slot, size_t n, uint32_t first, size_t count) {
  const ent_model *model = t->plan->model;
  const ent_node *at = &t->nodes[n];
  size_t c = (size_t)at->criterion, dimension = (size_t)(t->nodes[c].first_child + at->dimension), d;
  size_t base = slot * t->node_count;
  const char *system = ent_grid_system(g->alliance->out, slot);
  double factor = system_factor(at, system) * system_factor(&t->nodes[dimension], system);
  const double *value = g->score[base + n]->draws + first, *criterion = g->score[base + c]->draws + first;
  const double *score = g->alliance->out->aggregated[model->headline] + first, *over = g->fresh;
  double *effect = g->effect[base + n]->draws + first;
  for (d = 0; d < count; d++) {
    double share = factor * at->drawn[d] / g->sum[base + dimension][d] * t->nodes[dimension].drawn[d] / g->sum[base + c][d];
    g->fresh[d] = criterion[d] + share * (model->reference - value[d]);
  }
  if (slot) {
    members_block(t, g, c, model->headline, (int)slot - 1, g->fresh, first, count, g->over);
    over = g->over;
  }
  for (d = 0; d < count; d++)
    effect[d] = score[d] - over_criteria(t, g, g->score, g->over_criteria[model->headline], first, d, model->headline,
                                         (int)c, over[d]);
}

static void reading_block(ent_tree *t, ent_grid *g, uint32_t first, size_t count) {
  size_t r, i, d;
  for (r = 0; r < g->alliance->reading_count; r++) {
    const ent_reading_plan *reading = &g->alliance->readings[r];
    double *values, *weights;
    if (!g->reading[r]->draws) continue;
    values = reading->values;
    weights = values + reading->actor_count;
    for (i = 0; i < reading->actor_count; i++) weights[i] = reading->actors[i].weight;
    for (d = 0; d < count; d++) {
      for (i = 0; i < reading->actor_count; i++)
        values[i] = t->plan->quantities[reading->actors[i].quantity].block[d];
      g->reading[r]->draws[first + d] =
          ent_polarisation_dalton(values, weights, reading->actor_count, reading->half_range);
    }
  }
}

static void grid_block(ent_tree *t, ent_grid *g, uint32_t first, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t slot, n;
  place_block(t, g, first, count);
  for (slot = 0; slot < g->slots; slot++)
    for (n = t->node_count; n-- > 0;) {
      const ent_model_criterion *criterion = &t->plan->model->criteria[t->nodes[n].criterion];
      if (t->nodes[n].indicator < 0 && (slot > 0) == criterion->of_members) parent_block(t, g, slot, n, first, count);
    }
  criteria_block(t, g, first, count);
  totals_block(t, g, first, count);
  for (slot = 0; slot <= a->member_count; slot++)
    for (n = 0; n < t->node_count; n++)
      if (g->effect[slot * t->node_count + n]) effect_block(t, g, slot, n, first, count);
  reading_block(t, g, first, count);
}

/* ---- a run ---- */

bool ent_tree_run(ent_plan *plan, ent_assessment *out) {
  ent_tree t = {plan, out, 0, NULL, NULL};
  size_t a;
  uint32_t first;
  ent_grid_make_nodes(&t);
  t.grids = ent_plan_take(plan, plan->alliance_count + 1, sizeof *t.grids);
  for (a = 0; a < plan->alliance_count && !plan->failed; a++) ent_grid_make(&t, &t.grids[a], &plan->alliances[a]);
  for (first = 0; first < out->draws && !plan->failed; first += ENT_BLOCK) {
    size_t count = out->draws - first < ENT_BLOCK ? out->draws - first : ENT_BLOCK;
    ent_draw_block(plan, first, count);
    draw_weights(&t, first, count);
    for (a = 0; a < plan->alliance_count; a++) grid_block(&t, &t.grids[a], first, count);
  }
  return !plan->failed;
}
