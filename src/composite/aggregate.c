/* aggregate.c - the score of an aggregate from those of its children, unit by unit. What compares units stands in
 * order.c. */
#include "composite/composite.h"

#include <math.h>

/* The children of one unit that count. */
typedef struct members {
  size_t count;
  double *value, *weight, sum; /* of weights */
} members;

static double arithmetic(const members *in) {
  double sum = 0;
  size_t k;
  for (k = 0; k < in->count; k++) sum += in->weight[k] * in->value[k];
  return sum / in->sum;
}

static double geometric(const members *in) {
  double sum = 0;
  size_t k;
  for (k = 0; k < in->count; k++) sum += in->weight[k] * log(in->value[k]);
  return exp(sum / in->sum);
}

static double harmonic(const members *in) {
  double sum = 0;
  size_t k;
  for (k = 0; k < in->count; k++) sum += in->weight[k] / in->value[k];
  return in->sum / sum;
}

/* Values are divided by the one that decides the sum, so that no power overflows. */
static double generalised(const members *in, double power) {
  double unit = 0, sum = 0;
  size_t k;
  for (k = 0; k < in->count; k++)
    if (k == 0 || (power > 0 ? in->value[k] > unit : in->value[k] < unit)) unit = in->value[k];
  if (!(unit > 0)) return unit;
  for (k = 0; k < in->count; k++) sum += in->weight[k] * pow(in->value[k] / unit, power);
  return unit * pow(sum / in->sum, 1 / power);
}

static double weakest(const members *in) {
  double least = in->value[0];
  size_t k;
  for (k = 1; k < in->count; k++)
    if (in->value[k] < least) least = in->value[k];
  return least;
}

static double mean_of(const members *in, ent_composite_aggregation method, double power) {
  switch (method) {
    case ENT_AGGREGATE_GEOMETRIC: return geometric(in);
    case ENT_AGGREGATE_HARMONIC: return harmonic(in);
    case ENT_AGGREGATE_POWER: return generalised(in, power);
    case ENT_AGGREGATE_WEAKEST: return weakest(in);
    default: return arithmetic(in);
  }
}

/* Below which a value has no such mean: values must be above 0, or 0 or more, or may be any. */
typedef enum least_value { ANY, NOT_NEGATIVE, POSITIVE } least_value;

static least_value bound_of(ent_composite_aggregation method, double power) {
  if (method == ENT_AGGREGATE_GEOMETRIC || method == ENT_AGGREGATE_HARMONIC) return POSITIVE;
  if (method != ENT_AGGREGATE_POWER) return ANY;
  return power > 0 ? NOT_NEGATIVE : POSITIVE;
}

/* A power of 0 and of 1 are means of their own. */
static ent_composite_aggregation method_of(const ent_composite_work *work, int node, double *power) {
  size_t level = (size_t)work->nodes.height[node] - 1;
  ent_composite_aggregation method;
  if (level >= work->methods.level_count) level = work->methods.level_count - 1;
  method = work->methods.aggregation[level];
  *power = work->methods.power[level];
  if (method != ENT_AGGREGATE_POWER) return method;
  return *power < 0 || *power > 0 ? *power < 1 || *power > 1 ? method : ENT_AGGREGATE_ARITHMETIC
                                  : ENT_AGGREGATE_GEOMETRIC;
}

static double least_present(const ent_composite_work *work, int node) {
  size_t level = (size_t)work->nodes.height[node] - 1;
  return work->methods.least_present[level < work->methods.level_count ? level : work->methods.level_count - 1];
}

/* The children of a unit that have a value and a weight; present: those that have a value. Where one has a value that
 * the mean does not take, its node, else -1. */
static int gather(const ent_composite_work *work, int node, const double *weight, size_t unit, least_value bound,
                  members *out, size_t *present) {
  const ent_composite_nodes *nodes = &work->nodes;
  size_t k;
  out->count = *present = 0;
  out->sum = 0;
  for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) {
    int child = nodes->child[k];
    double value = ent_composite_column(work, child)[unit];
    if (isnan(value)) continue;
    ++*present;
    if (!(weight[child] > 0)) continue;
    if ((bound == POSITIVE && value <= 0) || (bound == NOT_NEGATIVE && value < 0)) return child;
    out->value[out->count] = value;
    out->weight[out->count++] = weight[child];
    out->sum += weight[child];
  }
  return -1;
}

ent_composite_reason ent_composite_aggregate(ent_composite_work *work, int node, const double *weight, double *out,
                                             ent_composite_fault *fault) {
  double power, least = least_present(work, node);
  ent_composite_aggregation method = method_of(work, node, &power);
  least_value bound = bound_of(method, power);
  members in = {.value = work->node_scratch, .weight = work->node_scratch + work->nodes.count};
  size_t unit, present, children = work->nodes.first[node + 1] - work->nodes.first[node];
  if (method == ENT_AGGREGATE_COPELAND) return ent_composite_copeland(work, node, weight, out, fault);
  if (method == ENT_AGGREGATE_CONDORCET) return ent_composite_condorcet(work, node, weight, out, fault);
  for (unit = 0; unit < work->unit_count; unit++) {
    int wrong = gather(work, node, weight, unit, bound, &in, &present);
    if (wrong >= 0) return ent_composite_wrong(fault, ENT_COMPOSITE_NOT_POSITIVE, (long)unit, wrong);
    out[unit] = in.count && !((double)present / (double)children < least) ? mean_of(&in, method, power) : NAN;
    if (isinf(out[unit])) return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, (long)unit, node);
  }
  return ENT_COMPOSITE_FINE;
}
