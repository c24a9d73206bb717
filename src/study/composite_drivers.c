/* composite_drivers.c - what drives a composite: how far ranks move where a node is left out, and how far the tree
 * coheres.
 *
 * What is cheap is always computed; correlations of few units mean nothing, those of very many take too long, and the
 * answer says so in their place. */
#include <math.h>

#include "study/composite.h"

/* Units times nodes times nodes, once more times units where a method compares pairs of units; and units times units
 * times nodes: about a second. */
#define MOST_CHEAP 300000000.0

static ent_status fail_memory(const ent_composite_work *w) { return ent_fail_memory(w->context); }

static void clear(ent_composite_work *w) {
  for (size_t n = 0; n < w->sheet.node_count; n++) {
    ent_composite_node_answer *node = &w->answer->nodes[n];
    node->without = node->alpha = node->linear = node->importance = node->share = node->top_importance = NAN;
  }
}

static ent_status leave_out(ent_composite_work *w) {
  ent_composite_left_out out = {.rank_change = ent_composite_take(w, w->sheet.node_count, 1)};
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  if (!out.rank_change) return fail_memory(w);
  ent_composite_reason reason = ent_composite_leave_out(&w->data, &w->tree, &w->plans.methods, &out, &fault);
  if (reason) return ent_composite_fail(w, reason, &fault);
  for (size_t n = 0; n < w->sheet.node_count; n++) w->answer->nodes[n].without = out.rank_change[n];
  return ENT_OK;
}

static ent_status cohere(ent_composite_work *w) {
  size_t nodes = w->sheet.node_count;
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  ent_composite_coherence out = {.pearson = ent_composite_take(w, nodes, nodes),
                                 .alpha = ent_composite_take(w, nodes, 1),
                                 .linear = ent_composite_take(w, nodes, 1),
                                 .importance = ent_composite_take(w, nodes, 1),
                                 .importance_share = ent_composite_take(w, nodes, 1),
                                 .top_importance = ent_composite_take(w, nodes, 1)};
  if (!out.pearson || !out.alpha || !out.linear || !out.importance || !out.importance_share || !out.top_importance)
    return fail_memory(w);
  ent_composite_reason reason = ent_composite_cohere(&w->data, &w->tree, &w->plans.methods, &out, &fault);
  w->answer->few_to_correlate = reason == ENT_COMPOSITE_FEW_TO_CORRELATE;
  if (w->answer->few_to_correlate) return ENT_OK;
  if (reason) return ent_composite_fail(w, reason, &fault);
  w->correlation = out.pearson;
  w->answer->has_coherence = true;
  for (size_t n = 0; n < nodes; n++) {
    ent_composite_node_answer *node = &w->answer->nodes[n];
    node->alpha = out.alpha[n];
    node->linear = out.linear[n];
    node->importance = out.importance[n];
    node->share = out.importance_share[n];
    node->top_importance = out.top_importance[n];
  }
  return ENT_OK;
}

static bool compares_pairs(const ent_composite_work *w) {
  const ent_composite_methods *m = &w->plans.methods;
  for (size_t k = 0; k == 0 || k < m->level_count; k++)
    if (m->aggregation[k] == ENT_AGGREGATE_COPELAND || m->aggregation[k] == ENT_AGGREGATE_CONDORCET) return true;
  return false;
}

ent_status ent_composite_fill_drivers(ent_composite_work *w) {
  double units = (double)w->sheet.unit_count, nodes = (double)w->sheet.node_count;
  clear(w);
  bool is_cheap = units * nodes * nodes * (compares_pairs(w) ? units : 1) <= MOST_CHEAP;
  w->answer->many_to_correlate = !is_cheap || units * units * nodes > MOST_CHEAP;
  ent_status status = is_cheap ? leave_out(w) : ENT_OK;
  return status || w->answer->many_to_correlate ? status : cohere(w);
}
