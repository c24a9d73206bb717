/* effect.c - what each indicator does to the headline score: the score minus the score with the indicator at the
 * model's reference value, everything else as drawn.
 *
 * Only the path from the indicator up changes, so that an effect costs a few operations a draw: the criterion of its
 * slot moves by the indicator's share, the criterion over members and the score by shares of the bent values. The
 * weakest link has no shares; there the least is taken anew. */
#include <math.h>

#include "assess/tree.h"

static double *bent_at(const ent_tree *t, const ent_grid *g, size_t slot, size_t c) {
  return g->bent + (slot * t->plan->model->criterion_count + c) * ENT_BLOCK;
}

static const ent_cell *cell_at(const ent_tree *t, const ent_grid *g, size_t slot, size_t n) {
  const ent_cell *cell = g->score[slot * t->node_count + n];
  return cell && cell->draws ? cell : NULL;
}

/* Slot 0 has the criteria over members, as they enter the score. */
static void bend_block(const ent_tree *t, ent_grid *g, size_t count) {
  const ent_model *model = t->plan->model;
  size_t slot, c, d;
  for (slot = 0; slot <= g->alliance->out->member_count; slot++)
    for (c = 0; c < model->criterion_count; c++) {
      const ent_cell *cell = cell_at(t, g, slot, c);
      double *bent = bent_at(t, g, slot, c);
      for (d = 0; cell && d < count; d++) bent[d] = ent_tree_bend(model->headline, cell->block[d]);
    }
}

/* A slot's criterion with indicator n at the reference; false where the slot has no such indicator. */
static bool fresh_block(const ent_tree *t, const ent_grid *g, size_t slot, size_t n, size_t count, double *out) {
  const ent_node *at = &t->nodes[n];
  size_t c = (size_t)at->criterion, dimension = (size_t)(t->nodes[c].first_child + at->dimension), d;
  const char *system = ent_grid_system(g->alliance->out, slot);
  double factor = ent_grid_factor(at, system) * ent_grid_factor(&t->nodes[dimension], system);
  const ent_cell *value = cell_at(t, g, slot, n), *criterion = cell_at(t, g, slot, c);
  const double *inner = g->sum[slot * t->node_count + dimension], *outer = g->sum[slot * t->node_count + c];
  if (!value || !criterion || !cell_at(t, g, slot, dimension)) return false;
  for (d = 0; d < count; d++) {
    double share = factor * (at->drawn[d] / inner[d]) * (t->nodes[dimension].drawn[d] / outer[d]);
    out[d] = criterion->block[d] + share * (t->plan->model->reference - value->block[d]);
  }
  return true;
}

static bool is_replaced(const ent_tree *t, size_t c, size_t effect_slot, size_t slot) {
  bool of_members = t->plan->model->criteria[c].of_members;
  if (!of_members) return slot == 0;
  return slot > 0 && (effect_slot == 0 || effect_slot == slot); /* effect slot 0: all members together */
}

/* The criterion as it would enter the score: bent for the means, plain for the weakest link. */
static void replace_block(const ent_tree *t, const ent_grid *g, size_t effect_slot, size_t n, size_t count,
                          double *out) {
  ent_aggregation how = t->plan->model->headline;
  size_t c = (size_t)t->nodes[n].criterion, slot, d, with = 0;
  size_t from = t->plan->model->criteria[c].of_members ? 1 : 0, to = from ? g->alliance->out->member_count : 0;
  double fresh[ENT_BLOCK], part;
  for (slot = from; slot <= to; slot++) with += cell_at(t, g, slot, c) != NULL;
  part = 1 / (double)with;
  for (d = 0; d < count; d++) out[d] = how == ENT_WEAKEST ? INFINITY : bent_at(t, g, 0, c)[d];
  for (slot = from; slot <= to; slot++) {
    const double *bent = bent_at(t, g, slot, c);
    bool replaced = is_replaced(t, c, effect_slot, slot) && fresh_block(t, g, slot, n, count, fresh);
    if (!cell_at(t, g, slot, c)) continue;
    for (d = 0; d < count; d++) {
      double value = replaced ? fresh[d] : cell_at(t, g, slot, c)->block[d];
      if (how == ENT_WEAKEST) out[d] = value < out[d] ? value : out[d];
      else if (replaced) out[d] += (ent_tree_bend(how, value) - bent[d]) * part;
    }
  }
}

static void one_effect(const ent_tree *t, const ent_grid *g, size_t slot, size_t n, const double *share,
                       const double *bent_score, size_t count, double *out) {
  ent_aggregation how = t->plan->model->headline;
  const double *score = g->aggregated[how];
  size_t c = (size_t)t->nodes[n].criterion, d, k;
  double criterion[ENT_BLOCK];
  replace_block(t, g, slot, n, count, criterion);
  for (d = 0; d < count; d++) {
    double fresh = criterion[d];
    if (how == ENT_WEAKEST) {
      for (k = 0; k < t->plan->model->criterion_count; k++)
        if (k != c && cell_at(t, g, 0, k) && t->nodes[k].weight->value > 0 && g->over[how][k][d] < fresh)
          fresh = g->over[how][k][d];
    } else {
      fresh = ent_tree_unbend(how, bent_score[d] + share[d] * (fresh - bent_at(t, g, 0, c)[d]));
    }
    out[d] = score[d] - fresh;
  }
}

/* The weight of criterion c among those with evidence. */
static void share_block(const ent_tree *t, const ent_grid *g, size_t c, size_t count, double *out) {
  double total[ENT_BLOCK] = {0};
  size_t k, d;
  for (k = 0; k < t->plan->model->criterion_count; k++)
    for (d = 0; cell_at(t, g, 0, k) && d < count; d++) total[d] += t->nodes[k].drawn[d];
  for (d = 0; d < count; d++) out[d] = t->nodes[c].drawn[d] / total[d];
}

void ent_effect_block(ent_tree *t, ent_grid *g, size_t count) {
  ent_aggregation how = t->plan->model->headline;
  const double *score = g->aggregated[how];
  double share[ENT_BLOCK], bent_score[ENT_BLOCK];
  size_t slot, n, c, d;
  if (!g->alliance->out->aggregated[how]) return;
  for (d = 0; d < count; d++) bent_score[d] = ent_tree_bend(how, score[d]);
  bend_block(t, g, count);
  for (c = 0; c < t->plan->model->criterion_count; c++) {
    share_block(t, g, c, count, share);
    for (slot = 0; slot <= g->alliance->out->member_count; slot++)
      for (n = 0; n < t->node_count; n++) {
        const ent_cell *effect = g->effect[slot * t->node_count + n];
        if (effect && effect->criterion == (int)c) one_effect(t, g, slot, n, share, bent_score, count, effect->block);
      }
  }
}
