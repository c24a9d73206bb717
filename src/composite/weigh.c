/* weigh.c - the weights of the nodes inside their groups. */
#include "composite/composite.h"

#include <math.h>

/* Adds shares of one group's weights, times part, to work->weight. Weights are scaled by their largest before they are
 * added, so that any finite ones will do. empty: what it is when they are all 0. */
static ent_composite_reason add_shares(ent_composite_work *work, int node, const double *given, double part,
                                       ent_composite_reason empty, ent_composite_fault *fault) {
  const ent_composite_nodes *nodes = &work->nodes;
  double most = 0, sum = 0;
  size_t k;
  for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) {
    double weight = given[nodes->child[k]];
    if (!(weight >= 0) || isinf(weight))
      return ent_composite_wrong(fault, ENT_COMPOSITE_NEGATIVE_WEIGHT, -1, nodes->child[k]);
    if (weight > most) most = weight;
  }
  if (!(most > 0)) return ent_composite_wrong(fault, empty, -1, node);
  for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) sum += given[nodes->child[k]] / most;
  for (k = nodes->first[node]; k < nodes->first[node + 1]; k++)
    work->weight[nodes->child[k]] += part * (given[nodes->child[k]] / most / sum);
  return ENT_COMPOSITE_FINE;
}

static void weigh_alike(ent_composite_work *work) {
  const ent_composite_nodes *nodes = &work->nodes;
  size_t a, k;
  for (a = 0; a < nodes->aggregate_count; a++) {
    size_t begin = nodes->first[nodes->upward[a]], end = nodes->first[nodes->upward[a] + 1];
    for (k = begin; k < end; k++) work->weight[nodes->child[k]] = 1 / (double)(end - begin);
  }
}

static ent_composite_reason weigh_by_experts(ent_composite_work *work, ent_composite_fault *fault) {
  const ent_composite_methods *methods = &work->methods;
  ent_composite_reason reason;
  size_t expert, a;
  for (expert = 0; expert < methods->expert_count; expert++)
    for (a = 0; a < work->nodes.aggregate_count; a++)
      if ((reason = add_shares(work, work->nodes.upward[a], methods->experts + expert * work->nodes.count,
                               1 / (double)methods->expert_count, ENT_COMPOSITE_NO_EXPERTS, fault)))
        return reason;
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_weigh(ent_composite_work *work, const double *given, ent_composite_fault *fault) {
  ent_composite_reason reason;
  size_t n, a;
  for (n = 0; n < work->nodes.count; n++) work->weight[n] = 0;
  work->weight[work->nodes.top] = 1;
  if (!given && work->methods.weighting == ENT_WEIGHT_BUDGET) return weigh_by_experts(work, fault);
  if (!given && work->methods.weighting == ENT_WEIGHT_GIVEN) given = work->tree.weight;
  if (!given) return weigh_alike(work), ENT_COMPOSITE_FINE;
  for (a = 0; a < work->nodes.aggregate_count; a++)
    if ((reason = add_shares(work, work->nodes.upward[a], given, 1, ENT_COMPOSITE_ZERO_WEIGHTS, fault))) return reason;
  return ENT_COMPOSITE_FINE;
}
