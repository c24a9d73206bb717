/* leaf.c - the value of one indicator for a block of draws, as a score from 1 to 100 between its goalposts.
 *
 * Comes in: a resolved leaf and the drawn quantities. Goes out: the leaf's scores; for views, each member's own value
 * along the scale. */
#include <math.h>
#include <string.h>

#include "assess/plan.h"
#include "base/text.h"

static void mean_block(const ent_plan *plan, const ent_mean *mean, size_t count, double *out) {
  double total = 0;
  size_t i, d;
  for (d = 0; d < count; d++) out[d] = 0;
  for (i = 0; i < mean->count; i++) {
    const double *values = plan->quantities[mean->terms[i].quantity].block;
    total += mean->terms[i].weight;
    for (d = 0; d < count; d++) out[d] += mean->terms[i].weight * values[d];
  }
  for (d = 0; d < count; d++) out[d] /= total;
}

static double to_score(double value, double low, double high) {
  double share = (value - low) / (high - low);
  return 1 + 99 * (share < 0 ? 0 : share > 1 ? 1 : share);
}

static double salience_top(const ent_evidence *e) {
  size_t i;
  for (i = 0; i < e->scales_count; i++)
    if (ent_text_same(e->scales[i].id, "salience")) return e->scales[i].maximum;
  return 0;
}

/* Members' own positions, their scores along the scale, and their salience as a share of its scale. */
static void own_block(const ent_plan *plan, ent_leaf *leaf, size_t members, size_t count) {
  double top = salience_top(plan->evidence), unknown = top > 0 ? plan->model->salience_missing / top : 1;
  size_t m, d;
  for (m = 0; m < members; m++) {
    double *value = leaf->own_value + m * ENT_BLOCK, *salience = leaf->own_salience + m * ENT_BLOCK;
    double *score = leaf->own_score + m * ENT_BLOCK;
    if (!leaf->own[m].position.count) continue;
    mean_block(plan, &leaf->own[m].position, count, value);
    if (leaf->own[m].salience.count) mean_block(plan, &leaf->own[m].salience, count, salience);
    for (d = 0; d < count; d++) {
      score[d] = to_score(value[d], leaf->scale_low, leaf->scale_high);
      salience[d] = leaf->own[m].salience.count ? salience[d] / top : unknown;
    }
  }
}

/* Mean over pairs of |x_i - x_j| / range; positions weighted by sqrt(salience_i salience_j), threats not, since a
 * severity says itself how much it weighs. */
static void distance_block(const ent_leaf *leaf, size_t members, size_t count, double *out) {
  bool weighted = leaf->indicator->source.kind == ENT_FROM_POSITION_DISTANCE;
  double range = leaf->scale_high - leaf->scale_low, pairs = 0;
  size_t i, j, d;
  for (d = 0; d < count; d++) out[d] = 0;
  for (i = 0; i < members; i++)
    for (j = i + 1; j < members; j++) {
      const double *x = leaf->own_value + i * ENT_BLOCK, *y = leaf->own_value + j * ENT_BLOCK;
      const double *s = leaf->own_salience + i * ENT_BLOCK, *r = leaf->own_salience + j * ENT_BLOCK;
      if (!leaf->own[i].position.count || !leaf->own[j].position.count) continue;
      pairs += 1;
      for (d = 0; d < count; d++) out[d] += (weighted ? sqrt(s[d] * r[d]) : 1) * fabs(x[d] - y[d]) / range;
    }
  for (d = 0; d < count; d++) out[d] /= pairs;
}

/* The mean over the members whose stance it is. */
static void stance_block(const ent_leaf *leaf, size_t members, size_t count, double *out) {
  double holders = 0;
  size_t m, d;
  for (d = 0; d < count; d++) out[d] = 0;
  for (m = 0; m < members; m++) {
    if (!leaf->own[m].position.count) continue;
    holders += 1;
    for (d = 0; d < count; d++) out[d] += leaf->own_value[m * ENT_BLOCK + d];
  }
  for (d = 0; d < count; d++) out[d] /= holders;
}

static void highest_block(const ent_plan *plan, const ent_mean *mean, size_t count, double *out) {
  size_t i, d;
  for (d = 0; d < count; d++) out[d] = -INFINITY;
  for (i = 0; i < mean->count; i++) {
    const double *values = plan->quantities[mean->terms[i].quantity].block;
    for (d = 0; d < count; d++)
      if (values[d] > out[d]) out[d] = values[d];
  }
}

static void observed_block(const ent_plan *plan, const ent_leaf *leaf, size_t count, double *out) {
  const double *above = plan->quantities[leaf->numerator].block;
  const double *below = leaf->denominator < 0 ? NULL : plan->quantities[leaf->denominator].block;
  size_t d;
  for (d = 0; d < count; d++) out[d] = below ? above[d] / below[d] : above[d];
}

void ent_leaf_block(const ent_plan *plan, ent_leaf *leaf, size_t members, size_t count) {
  const ent_model_indicator *indicator = leaf->indicator;
  double *out = leaf->score;
  size_t d;
  if (leaf->own) own_block(plan, leaf, members, count);
  switch (indicator->source.kind) {
    case ENT_FROM_POSITION_DISTANCE:
    case ENT_FROM_THREAT_DISTANCE: distance_block(leaf, members, count, out); break;
    case ENT_FROM_STANCE: stance_block(leaf, members, count, out); break;
    case ENT_FROM_SUPPORT: mean_block(plan, &leaf->mean, count, out); break;
    case ENT_FROM_INSTITUTION:
      if (indicator->source.highest) highest_block(plan, &leaf->mean, count, out);
      else mean_block(plan, &leaf->mean, count, out);
      break;
    case ENT_FROM_OBSERVATION: observed_block(plan, leaf, count, out); break;
    default:
      for (d = 0; d < count; d++) out[d] = leaf->constant;
  }
  for (d = 0; d < count; d++) out[d] = to_score(out[d], indicator->low, indicator->high);
}
