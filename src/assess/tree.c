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
    bool alone = at->siblings > 0 && at->weight->value == at->siblings; /* all of its group's weight: nothing varies */
    if (shape > 0 && !alone) ent_random_gamma(request->seed, at->stream, shape, first, count, at->drawn);
    else
      for (d = 0; d < count; d++) at->drawn[d] = alone;
  }
}

/* ---- one block: the tree ---- */

/* Puts leaves into their cells; a member's indicator is the mean over those it gives to. */
static void place_block(ent_tree *t, ent_grid *g, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t l, m, n, d;
  for (l = 0; l < g->alliance->leaf_count; l++) {
    ent_leaf *leaf = &g->alliance->leaves[l];
    size_t slot = leaf->giver < 0 ? 0 : ent_grid_pair(a, leaf->giver, leaf->receiver);
    if (leaf->missing) continue;
    n = ent_grid_leaf(t, leaf);
    ent_leaf_block(t->plan, leaf, a->member_count, count);
    memcpy(g->score[slot * t->node_count + n]->block, leaf->score, count * sizeof *leaf->score);
    for (m = 0; m < a->member_count; m++)
      if (g->own[m * t->node_count + n])
        memcpy(g->own[m * t->node_count + n]->block, leaf->own_score + m * ENT_BLOCK, count * sizeof(double));
  }
  for (m = 0; a->member_count > 2 && m < a->member_count; m++)
    for (n = 0; n < t->node_count; n++) {
      ent_cell *cell = g->score[(1 + m) * t->node_count + n];
      double givings = 0;
      size_t to;
      if (!cell || !cell->draws || t->nodes[n].indicator < 0) continue;
      for (d = 0; d < count; d++) cell->block[d] = 0;
      for (to = 0; to < a->member_count; to++) {
        const ent_cell *pair = g->score[ent_grid_pair(a, (int)m, (int)to) * t->node_count + n];
        if (!pair || !pair->draws) continue;
        givings += 1;
        for (d = 0; d < count; d++) cell->block[d] += pair->block[d];
      }
      for (d = 0; d < count; d++) cell->block[d] /= givings;
    }
}

static void parent_block(ent_tree *t, ent_grid *g, size_t slot, size_t n, size_t count) {
  const ent_node *parent = &t->nodes[n];
  ent_cell *cell = g->score[slot * t->node_count + n];
  double *sum = g->sum[slot * t->node_count + n], *out;
  const char *system = ent_grid_system(g->alliance->out, slot);
  size_t d;
  int i;
  if (!cell || !cell->draws) return;
  out = cell->block;
  for (d = 0; d < count; d++) out[d] = sum[d] = 0;
  for (i = 0; i < parent->child_count; i++) {
    const ent_node *child = &t->nodes[parent->first_child + i];
    const ent_cell *c = g->score[slot * t->node_count + (size_t)(parent->first_child + i)];
    double factor = ent_grid_factor(child, system);
    if (!c || !c->draws) continue;
    for (d = 0; d < count; d++) {
      double weight = factor * child->drawn[d];
      out[d] += weight * c->block[d];
      sum[d] += weight;
    }
  }
  for (d = 0; d < count; d++) out[d] /= sum[d];
}

/* The mean of columns (or the least of them) draw by draw; weights NULL: equal. */
static void aggregate_block(ent_aggregation how, const double *const *columns, const double *const *weights,
                            size_t columns_count, size_t count, double *out) {
  double total[ENT_BLOCK];
  size_t i, d;
  if (how == ENT_WEAKEST) {
    for (d = 0; d < count; d++) out[d] = INFINITY;
    for (i = 0; i < columns_count; i++)
      for (d = 0; d < count; d++)
        if (columns[i][d] < out[d]) out[d] = columns[i][d];
    return;
  }
  for (d = 0; d < count; d++) out[d] = total[d] = 0;
  for (i = 0; i < columns_count; i++)
    for (d = 0; d < count; d++) {
      double weight = weights ? weights[i][d] : 1;
      out[d] += weight * ent_tree_bend(how, columns[i][d]);
      total[d] += weight;
    }
  for (d = 0; d < count; d++) out[d] = ent_tree_unbend(how, out[d] / total[d]);
}

/* The geometric mean of equals, one root of a product instead of a logarithm for each; scores lie between 1 and 100, so
 * that up to a hundred of them can not overflow. */
static void root_block(const double *const *columns, size_t columns_count, size_t count, double *out) {
  size_t i, d;
  for (d = 0; d < count; d++) out[d] = columns[0][d];
  for (i = 1; i < columns_count; i++)
    for (d = 0; d < count; d++) out[d] *= columns[i][d];
  for (d = 0; d < count && columns_count > 1; d++)
    out[d] = columns_count == 2 ? sqrt(out[d]) : pow(out[d], 1.0 / (double)columns_count);
}

/* A node of a members' criterion, over the members that have it. */
static void members_block(ent_tree *t, ent_grid *g, size_t n, ent_aggregation how, size_t count, double *out) {
  size_t m, with = 0;
  for (m = 0; m < g->alliance->out->member_count; m++) {
    const ent_cell *cell = g->score[(1 + m) * t->node_count + n];
    if (cell && cell->draws) g->columns[with++] = cell->block;
  }
  if (how == ENT_GEOMETRIC && with <= 100) root_block(g->columns, with, count, out);
  else aggregate_block(how, g->columns, NULL, with, count, out);
}

/* Over the criteria of a row of cells; values (if not NULL) stand for the cells' own draws. */
static void over_criteria(ent_tree *t, ent_grid *g, ent_cell *const *cells, double *const *values, ent_aggregation how,
                          size_t count, double *out) {
  size_t c, with = 0;
  for (c = 0; c < t->plan->model->criterion_count; c++) {
    if (!cells[c] || !cells[c]->draws || !(t->nodes[c].weight->value > 0)) continue;
    g->columns[with] = values ? values[c] : cells[c]->block;
    g->weights[with++] = t->nodes[c].drawn;
  }
  aggregate_block(how, g->columns, g->weights, with, count, out);
}

static void criteria_block(ent_tree *t, ent_grid *g, size_t count) {
  const ent_model *model = t->plan->model;
  ent_assessed_alliance *a = g->alliance->out;
  size_t n, c;
  int how;
  for (n = 0; n < t->node_count; n++) {
    ent_cell *cell = g->score[n];
    if (cell && cell->draws && model->criteria[t->nodes[n].criterion].of_members)
      members_block(t, g, n, model->headline, count, cell->block);
  }
  for (how = 0; how < ENT_AGGREGATIONS; how++) {
    for (c = 0; c < model->criterion_count; c++) {
      if (!g->score[c] || !g->score[c]->draws) continue;
      if (model->criteria[c].of_members && how != (int)model->headline)
        members_block(t, g, c, (ent_aggregation)how, count, g->over[how][c]);
      else memcpy(g->over[how][c], g->score[c]->block, count * sizeof(double));
    }
    if (a->aggregated[how])
      over_criteria(t, g, g->score, g->over[how], (ent_aggregation)how, count, g->aggregated[how]);
  }
}

static void totals_block(ent_tree *t, ent_grid *g, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t p;
  for (p = 0; p < a->member_count * a->member_count; p++) {
    ent_cell *cell = g->total[p];
    if (cell && cell->draws)
      over_criteria(t, g, g->score + (1 + a->member_count + p) * t->node_count, NULL, t->plan->model->headline, count,
                    cell->block);
  }
}

static void reading_block(ent_tree *t, ent_grid *g, size_t count) {
  size_t r, i, d;
  for (r = 0; r < g->alliance->reading_count; r++) {
    const ent_reading_plan *reading = &g->alliance->readings[r];
    double *values, *weights;
    if (!g->reading[r]->draws) continue;
    values = reading->values;
    weights = values + reading->actor_count;
    for (i = 0; i < reading->actor_count; i++) weights[i] = reading->actors[i].weight;
    for (d = 0; d < count; d++) {
      for (i = 0; i < reading->actor_count; i++) values[i] = t->plan->quantities[reading->actors[i].quantity].block[d];
      g->reading[r]->block[d] = ent_polarisation_dalton(values, weights, reading->actor_count, reading->half_range);
    }
  }
}

static void grid_block(ent_tree *t, ent_grid *g, size_t count) {
  size_t slot, n;
  place_block(t, g, count);
  for (slot = 0; slot < g->slots; slot++)
    for (n = t->node_count; n-- > 0;) {
      const ent_model_criterion *criterion = &t->plan->model->criteria[t->nodes[n].criterion];
      if (t->nodes[n].indicator < 0 && (slot > 0) == criterion->of_members) parent_block(t, g, slot, n, count);
    }
  criteria_block(t, g, count);
  totals_block(t, g, count);
  ent_effect_block(t, g, count);
  reading_block(t, g, count);
}

/* ---- a run ---- */

/* What was computed in double precision is kept in single: half the memory, and its first touch is what costs. */
static void keep_block(const ent_grid *g, uint32_t first, size_t count) {
  const ent_assessed_alliance *a = g->alliance->out;
  size_t i, d;
  int how;
  for (i = 0; i < a->cell_count; i++)
    for (d = 0; a->cells[i].draws && d < count; d++) a->cells[i].draws[first + d] = (float)a->cells[i].block[d];
  for (how = 0; how < ENT_AGGREGATIONS; how++)
    for (d = 0; a->aggregated[how] && d < count; d++) a->aggregated[how][first + d] = (float)g->aggregated[how][d];
}

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
    for (a = 0; a < plan->alliance_count; a++) {
      grid_block(&t, &t.grids[a], count);
      keep_block(&t.grids[a], first, count);
    }
  }
  return !plan->failed;
}
