/* leaf.c - the value of one indicator, as a score from 1 to 100 between its goalposts.
 *
 * Comes in: a resolved leaf. Goes out: operations that make its scores from the quantities and, for views, each
 * member's own value along the scale. */
#include "assess/leaf.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static uint32_t score_of(ent_program *p, uint32_t value, double low, double high) {
  const double goalposts[2] = {low, high};
  return ent_program_add(p, ENT_DO_SCORE, &value, 1, goalposts, 2, 1);
}

static uint32_t mean_of(ent_program *p, const ent_mean *mean) {
  uint32_t *columns = ent_plan_take(p->plan, mean->count, sizeof *columns);
  double *weights = ent_plan_take(p->plan, mean->count, sizeof *weights);
  size_t i;
  if (p->plan->failed) return ENT_NO_COLUMN;
  for (i = 0; i < mean->count; i++) {
    columns[i] = p->plan->quantities[mean->terms[i].quantity].column;
    weights[i] = mean->terms[i].weight;
  }
  return ent_program_mean(p, columns, weights, mean->count);
}

static double salience_top(const ent_evidence *e) {
  size_t i;
  for (i = 0; i < e->scales_count; i++)
    if (ent_text_same(e->scales[i].id, "salience")) return e->scales[i].maximum;
  return 0;
}

/* What members see: as many columns as hold a position, and their saliences in units of the scale. */
typedef struct views {
  size_t count;
  uint32_t *columns; /* positions, then saliences */
} views;

static views views_of(ent_program *p, ent_leaf *leaf, size_t members) {
  double top = salience_top(p->plan->evidence), unknown = top > 0 ? p->plan->model->salience_missing : 1;
  views v = {0, ent_plan_take(p->plan, 2 * members, sizeof *v.columns)};
  size_t m, s;
  for (m = 0; m < members && !p->plan->failed; m++) {
    ent_own *own = &leaf->own[m];
    if (!own->position.count) continue;
    own->value = mean_of(p, &own->position);
    own->score = score_of(p, own->value, leaf->scale_low, leaf->scale_high);
    v.columns[v.count++] = own->value;
  }
  for (m = 0, s = v.count; m < members && !p->plan->failed; m++) {
    const ent_own *own = &leaf->own[m];
    if (!own->position.count) continue;
    v.columns[s++] = own->salience.count ? mean_of(p, &own->salience) : ent_program_constant(p, unknown);
  }
  return v;
}

/* Mean over pairs of |x_i - x_j| / range; positions weighted by sqrt(salience_i salience_j), threats not, since a
 * severity says itself how much it weighs. */
static uint32_t distance_of(ent_program *p, const ent_leaf *leaf, const views *v) {
  bool weighted = leaf->indicator->source.kind == ENT_FROM_POSITION_DISTANCE;
  double top = salience_top(p->plan->evidence), n = (double)v->count;
  double whole = (leaf->scale_high - leaf->scale_low) * (n * (n - 1) / 2);
  const double constants[2] = {n, weighted && top > 0 ? whole * top : whole};
  return ent_program_add(p, weighted ? ENT_DO_SALIENT : ENT_DO_DISTANCE, v->columns, weighted ? 2 * v->count : v->count,
                         constants, 2, 1);
}

static uint32_t highest_of(ent_program *p, const ent_mean *mean) {
  uint32_t *columns = ent_plan_take(p->plan, mean->count, sizeof *columns);
  size_t i;
  for (i = 0; columns && i < mean->count; i++) columns[i] = p->plan->quantities[mean->terms[i].quantity].column;
  if (!columns) return ENT_NO_COLUMN;
  return mean->count == 1 ? columns[0] : ent_program_add(p, ENT_DO_HIGHEST, columns, mean->count, NULL, 0, 1);
}

static uint32_t observed_of(ent_program *p, const ent_leaf *leaf) {
  uint32_t columns[2] = {p->plan->quantities[leaf->numerator].column, 0};
  if (leaf->denominator < 0) return columns[0];
  columns[1] = p->plan->quantities[leaf->denominator].column;
  return ent_program_add(p, ENT_DO_RATIO, columns, 2, NULL, 0, 1);
}

static uint32_t value_of(ent_program *p, ent_leaf *leaf, size_t members) {
  views v = {0, NULL};
  if (leaf->own) v = views_of(p, leaf, members);
  if (p->plan->failed) return ENT_NO_COLUMN;
  switch (leaf->indicator->source.kind) {
    case ENT_FROM_POSITION_DISTANCE:
    case ENT_FROM_THREAT_DISTANCE: return distance_of(p, leaf, &v);
    case ENT_FROM_STANCE: return ent_program_mean(p, v.columns, NULL, v.count);
    case ENT_FROM_SUPPORT: return mean_of(p, &leaf->mean);
    case ENT_FROM_INSTITUTION:
      return leaf->indicator->source.highest ? highest_of(p, &leaf->mean) : mean_of(p, &leaf->mean);
    case ENT_FROM_OBSERVATION: return observed_of(p, leaf);
    default: return ent_program_constant(p, leaf->constant);
  }
}

uint32_t ent_leaf_score(ent_program *p, ent_leaf *leaf, size_t members) {
  uint32_t value = value_of(p, leaf, members);
  return p->plan->failed ? ENT_NO_COLUMN : score_of(p, value, leaf->indicator->low, leaf->indicator->high);
}
