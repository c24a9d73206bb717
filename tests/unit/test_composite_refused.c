/* What an evaluation and a plan refuse: the tree, weights, goalposts, values, choices; each with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entente/composite.h"
#include "near.h"

#define NO NAN
enum { UNITS = 4, INDICATORS = 3, NODES = 6 };

/* Indicators 0 and 1 under 3, 2 under 4, both under 5. All is in order; each test spoils one thing. */
typedef struct composite {
  int parent[NODES], direction[INDICATORS], group[UNITS];
  long previous[UNITS];
  double weight[NODES], low[INDICATORS], high[INDICATORS], reference[INDICATORS], value[UNITS * INDICATORS];
  double experts[2 * NODES];
  ent_composite_tree tree;
  ent_composite_data data;
  ent_composite_methods methods;
} composite;

static void make(composite *c) {
  *c = (composite){.parent = {3, 3, 4, 5, 5, -1},
                   .direction = {1, -1, 1},
                   .group = {1, 1, 2, 2},
                   .previous = {-1, 0, -1, 2},
                   .weight = {1, 1, 1, 1, 1, 1},
                   .low = {0, 0, 0},
                   .high = {10, 10, 10},
                   .reference = {1, 1, 1},
                   .value = {1, 2, 3, 4, 9, 6, 7, 8, 5, 3, 1, 2},
                   .experts = {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}};
  c->tree = (ent_composite_tree){.node_count = NODES,
                                 .parent = c->parent,
                                 .weight = c->weight,
                                 .direction = c->direction,
                                 .low = c->low,
                                 .high = c->high,
                                 .reference = c->reference};
  c->data = (ent_composite_data){.unit_count = UNITS,
                                 .indicator_count = INDICATORS,
                                 .values = c->value,
                                 .group = c->group,
                                 .previous = c->previous};
  c->methods.expert_count = 2;
  c->methods.experts = c->experts;
}

/* An evaluation and a plan say the same. */
static void refused(const composite *c, ent_composite_reason reason, long unit, long node) {
  double score[UNITS * NODES], column[UNITS * INDICATORS];
  ent_composite_scores out = {.score = score};
  ent_composite_fault one = {ENT_COMPOSITE_REASONS, 99, 99}, two = one;
  ent_composite_plan *plan;
  size_t u, i;
  assert_int_equal(ent_composite_evaluate(&c->data, &c->tree, &c->methods, &out, &one), reason);
  assert_int_equal(one.reason, reason);
  assert_int_equal(one.unit, unit);
  assert_int_equal(one.node, node);
  assert_int_equal(ent_composite_evaluate(&c->data, &c->tree, &c->methods, &out, NULL), reason);
  plan = ent_composite_plan_new(&c->data, &c->tree, &c->methods, &two);
  for (u = 0; u < UNITS; u++)
    for (i = 0; i < INDICATORS; i++) column[i * UNITS + u] = c->value[u * INDICATORS + i];
  if (plan) assert_int_equal(ent_composite_plan_run(plan, column, NULL, score, &two), reason);
  ent_composite_plan_free(plan);
  assert_memory_equal(&one, &two, sizeof one);
}

static void all_is_in_order(void **state) {
  composite c;
  (void)state;
  make(&c);
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
}

static void trees(void **state) {
  const struct {
    int node, parent;
    ent_composite_reason reason;
    long place;
  } cases[] = {
      {5, 4, ENT_COMPOSITE_NO_TOP, -1},         {3, -1, ENT_COMPOSITE_TWO_TOPS, 5}, {1, -1, ENT_COMPOSITE_TWO_TOPS, 5},
      {2, 6, ENT_COMPOSITE_ORPHAN, 2},          {2, -2, ENT_COMPOSITE_ORPHAN, 2},   {2, 1, ENT_COMPOSITE_ORPHAN, 2},
      {3, 0, ENT_COMPOSITE_ORPHAN, 3},          {3, 3, ENT_COMPOSITE_CYCLE, 3},     {2, 3, ENT_COMPOSITE_CHILDLESS, 4},
      {2, 2000000000, ENT_COMPOSITE_ORPHAN, 2},
  };
  composite c;
  size_t k;
  (void)state;
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    make(&c);
    c.parent[cases[k].node] = cases[k].parent;
    refused(&c, cases[k].reason, -1, cases[k].place);
  }
  make(&c);
  c.tree.node_count = 2;
  refused(&c, ENT_COMPOSITE_ORPHAN, -1, -1);
}

/* Two that lead to each other, with a branch of indicators. */
static void circles(void **state) {
  const int parent[] = {3, 4, 5, 4, 3, -1};
  composite c;
  ent_composite_fault fault;
  ent_composite_scores out = {0};
  (void)state;
  make(&c);
  memcpy(c.parent, parent, sizeof parent);
  assert_int_equal(ent_composite_evaluate(&c.data, &c.tree, &c.methods, &out, &fault), ENT_COMPOSITE_CYCLE);
  assert_true(fault.node == 3 || fault.node == 4);
}

static void weights(void **state) {
  composite c;
  (void)state;
  make(&c);
  c.weight[1] = -1;
  refused(&c, ENT_COMPOSITE_NEGATIVE_WEIGHT, -1, 1);
  c.weight[1] = NO;
  refused(&c, ENT_COMPOSITE_NEGATIVE_WEIGHT, -1, 1);
  c.weight[1] = INFINITY;
  refused(&c, ENT_COMPOSITE_NEGATIVE_WEIGHT, -1, 1);
  c.methods.weighting = ENT_WEIGHT_EQUAL;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  make(&c);
  c.weight[0] = c.weight[1] = 0;
  refused(&c, ENT_COMPOSITE_ZERO_WEIGHTS, -1, 3);
  make(&c);
  c.methods.weighting = ENT_WEIGHT_BUDGET;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  c.experts[NODES] = c.experts[NODES + 1] = 0;
  refused(&c, ENT_COMPOSITE_NO_EXPERTS, -1, 3);
  c.experts[2] = -3;
  refused(&c, ENT_COMPOSITE_NEGATIVE_WEIGHT, -1, 2);
  c.methods.expert_count = 0;
  refused(&c, ENT_COMPOSITE_NO_EXPERTS, -1, -1);
}

static void weights_from_correlations(void **state) {
  composite c;
  int w;
  (void)state;
  for (w = ENT_WEIGHT_PRINCIPAL; w <= ENT_WEIGHT_CORRELATION; w++) {
    make(&c);
    c.methods.weighting = (ent_composite_weighting)w;
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
    c.value[2 * INDICATORS + 1] = NO;
    refused(&c, ENT_COMPOSITE_MISSING_VALUES, 2, 1);
    c.methods.imputation = ENT_IMPUTE_MEAN;
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
    make(&c);
    c.methods.weighting = (ent_composite_weighting)w;
    c.value[1] = c.value[4] = c.value[7] = c.value[10] = 5;
    refused(&c, ENT_COMPOSITE_NO_VARIATION, -1, 1);
    c.value[1] = c.value[4] = c.value[7] = c.value[10] = NO;
    refused(&c, ENT_COMPOSITE_NO_VARIATION, -1, 1);
    make(&c);
    c.methods.weighting = (ent_composite_weighting)w;
    c.data.unit_count = 2;
    refused(&c, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  }
  make(&c);
  c.methods.weighting = ENT_WEIGHT_CORRELATION;
  c.methods.aggregation[0] = ENT_AGGREGATE_WEAKEST;
  refused(&c, ENT_COMPOSITE_MISMATCH, -1, 3);
}

static void scales(void **state) {
  composite c;
  size_t k;
  (void)state;
  for (k = 0; k < 5; k++) {
    make(&c);
    if (k == 0) c.low[1] = c.high[1];
    if (k == 1) c.low[1] = c.high[1] + 1;
    if (k == 2) c.high[1] = NO;
    if (k == 3) c.low[1] = -INFINITY;
    if (k == 4) c.low[1] = -1e308, c.high[1] = 1e308;
    refused(&c, ENT_COMPOSITE_GOALPOSTS, -1, 1);
    c.methods.normalisation = ENT_NORMALISE_MIN_MAX; /* which looks at none */
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  }
  make(&c);
  c.tree.low = NULL;
  refused(&c, ENT_COMPOSITE_GOALPOSTS, -1, 0);
  make(&c);
  c.direction[2] = 0;
  refused(&c, ENT_COMPOSITE_DIRECTION, -1, 2);
  make(&c);
  c.methods.normalisation = ENT_NORMALISE_REFERENCE;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  c.value[4] = 0; /* less is better: the reciprocal */
  refused(&c, ENT_COMPOSITE_NOT_POSITIVE, 1, 1);
  c.reference[2] = 0;
  refused(&c, ENT_COMPOSITE_NO_REFERENCE, -1, 2);
  c.reference[2] = -1;
  refused(&c, ENT_COMPOSITE_NO_REFERENCE, -1, 2);
  c.tree.reference = NULL;
  refused(&c, ENT_COMPOSITE_NO_REFERENCE, -1, 0);
}

static void values(void **state) {
  composite c;
  int n;
  (void)state;
  for (n = 0; n < ENT_NORMALISATIONS; n++) {
    make(&c);
    c.methods.normalisation = (ent_composite_normalisation)n;
    c.value[2 * INDICATORS + 1] = -INFINITY;
    refused(&c, ENT_COMPOSITE_INFINITE, 2, 1);
  }
  make(&c); /* an indicator of two values, of which nothing can be told */
  c.value[1] = c.value[4] = NO;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  for (n = ENT_NORMALISE_MIN_MAX; n <= ENT_NORMALISE_PERCENTILE_RANK; n++) {
    c.methods.normalisation = (ent_composite_normalisation)n;
    refused(&c, ENT_COMPOSITE_FEW_UNITS, -1, 1);
  }
  make(&c); /* a range that is no number */
  c.methods.normalisation = ENT_NORMALISE_MIN_MAX;
  c.value[0] = -1.7e308;
  c.value[3] = 1.7e308;
  refused(&c, ENT_COMPOSITE_INFINITE, -1, 0);
  make(&c);
  c.data.unit_count = 0;
  refused(&c, ENT_COMPOSITE_NO_UNITS, -1, -1);
  make(&c);
  c.data.indicator_count = 0;
  refused(&c, ENT_COMPOSITE_NO_UNITS, -1, -1);
}

/* A score of 0: the third unit has the worst of indicator 2. */
static void means_of_what_is_not_positive(void **state) {
  const ent_composite_aggregation methods[] = {ENT_AGGREGATE_GEOMETRIC, ENT_AGGREGATE_HARMONIC, ENT_AGGREGATE_POWER};
  composite c;
  size_t k;
  (void)state;
  for (k = 0; k < 3; k++) {
    make(&c);
    c.methods.aggregation[0] = methods[k];
    c.methods.power[0] = -1;
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
    c.value[2 * INDICATORS + 0] = -5;
    refused(&c, ENT_COMPOSITE_NOT_POSITIVE, 2, 0);
    c.methods.from = 1;
    c.methods.to = 2;
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  }
  make(&c);
  c.methods.aggregation[0] = ENT_AGGREGATE_POWER;
  c.methods.power[0] = 2;
  c.methods.from = -1;
  c.methods.to = 1;
  refused(&c, ENT_COMPOSITE_NOT_POSITIVE, 0, 2); /* of groups, the later one is looked at first */
}

static void treatments(void **state) {
  composite c;
  int t;
  (void)state;
  for (t = ENT_TREAT_WINSORISE; t < ENT_TREATMENTS; t++) {
    make(&c);
    c.methods.treatment = (ent_composite_treatment)t;
    c.methods.normalisation = ENT_NORMALISE_MIN_MAX;
    refused(&c, ENT_COMPOSITE_FINE, -1, -1);
    c.methods.normalisation = ENT_NORMALISE_REFERENCE;
    refused(&c, t == ENT_TREAT_WINSORISE ? ENT_COMPOSITE_FINE : ENT_COMPOSITE_MISMATCH, -1, -1);
    c.methods.normalisation = ENT_NORMALISE_MIN_MAX;
    c.value[3] = 0;
    if (t == ENT_TREAT_LOG || t == ENT_TREAT_BOX_COX) refused(&c, ENT_COMPOSITE_NOT_POSITIVE, 1, 0);
    make(&c);
    c.methods.treatment = (ent_composite_treatment)t;
    c.data.unit_count = 2;
    if (t != ENT_TREAT_LOG) refused(&c, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  }
  make(&c); /* a goalpost of 0 has no logarithm */
  c.methods.treatment = ENT_TREAT_LOG;
  refused(&c, ENT_COMPOSITE_NOT_POSITIVE, -1, 0);
}

static void imputations(void **state) {
  composite c;
  (void)state;
  make(&c);
  c.methods.imputation = ENT_IMPUTE_GROUP_MEAN;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  c.data.group = NULL;
  refused(&c, ENT_COMPOSITE_NO_GROUPS, -1, -1);
  make(&c);
  c.methods.imputation = ENT_IMPUTE_CARRY_FORWARD;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  c.previous[2] = 3; /* and 3 to 2 */
  refused(&c, ENT_COMPOSITE_NO_PERIODS, 2, -1);
  c.previous[2] = 2;
  refused(&c, ENT_COMPOSITE_NO_PERIODS, 2, -1);
  c.previous[2] = 4;
  refused(&c, ENT_COMPOSITE_NO_PERIODS, 2, -1);
  c.previous[0] = c.previous[1] = c.previous[2] = c.previous[3] = -1;
  refused(&c, ENT_COMPOSITE_NO_PERIODS, -1, -1);
  c.data.previous = NULL;
  refused(&c, ENT_COMPOSITE_NO_PERIODS, -1, -1);
}

static void methods_that_are_none(void **state) {
  int k;
  (void)state;
  for (k = 0; k < 7; k++) {
    composite c;
    make(&c);
    if (k == 0) memset(&c.methods.order, 0x7f, sizeof c.methods.order);
    if (k == 1) memset(&c.methods.treatment, 0xff, sizeof c.methods.treatment);
    if (k == 2) c.methods.imputation = ENT_IMPUTATIONS;
    if (k == 3) c.methods.normalisation = ENT_NORMALISATIONS;
    if (k == 4) c.methods.weighting = ENT_WEIGHTINGS;
    if (k == 5) c.methods.aggregation[0] = ENT_AGGREGATIONS_OF_COMPOSITES;
    if (k == 6) c.methods.level_count = 2, c.methods.aggregation[1] = ENT_AGGREGATIONS_OF_COMPOSITES;
    refused(&c, ENT_COMPOSITE_METHOD, -1, -1);
  }
}

static void parameters(void **state) {
  int k;
  (void)state;
  for (k = 0; k < 11; k++) {
    composite c;
    make(&c);
    if (k == 0) c.methods.level_count = ENT_COMPOSITE_MOST_LEVELS + 1;
    if (k == 1) c.methods.least_coverage = 1.1;
    if (k == 2) c.methods.least_coverage = NO;
    if (k == 3) c.methods.skewness_limit = -1;
    if (k == 4) c.methods.kurtosis_limit = NO;
    if (k == 5) c.methods.from = 1, c.methods.to = 1;
    if (k == 6) c.methods.from = 1;
    if (k == 7) c.methods.to = INFINITY;
    if (k == 8) c.methods.power[0] = INFINITY;
    if (k == 9) c.methods.least_present[0] = -.1;
    if (k == 10) c.methods.from = -1e308, c.methods.to = 1e308;
    refused(&c, ENT_COMPOSITE_PARAMETER, -1, -1);
  }
}

/* All are left out: no score, and nothing to compare. */
static void nobody_is_left(void **state) {
  composite c;
  size_t k;
  (void)state;
  make(&c);
  for (k = 0; k < UNITS; k++) c.value[k * INDICATORS] = NO;
  c.methods.least_coverage = 1;
  refused(&c, ENT_COMPOSITE_FINE, -1, -1);
  c.methods.normalisation = ENT_NORMALISE_MIN_MAX;
  refused(&c, ENT_COMPOSITE_FEW_UNITS, -1, -1);
}

static void each_reason_has_words(void **state) {
  int k, other;
  (void)state;
  for (k = 0; k < ENT_COMPOSITE_REASONS; k++) {
    assert_true(strlen(ent_composite_reason_text((ent_composite_reason)k)) > 5);
    assert_true(strlen(ent_composite_remedy_text((ent_composite_reason)k)) > 4);
    for (other = 0; other < k; other++)
      assert_string_not_equal(ent_composite_reason_text((ent_composite_reason)k),
                              ent_composite_reason_text((ent_composite_reason)other));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_is_in_order),
      cmocka_unit_test(trees),
      cmocka_unit_test(circles),
      cmocka_unit_test(weights),
      cmocka_unit_test(weights_from_correlations),
      cmocka_unit_test(scales),
      cmocka_unit_test(values),
      cmocka_unit_test(means_of_what_is_not_positive),
      cmocka_unit_test(treatments),
      cmocka_unit_test(imputations),
      cmocka_unit_test(methods_that_are_none),
      cmocka_unit_test(parameters),
      cmocka_unit_test(nobody_is_left),
      cmocka_unit_test(each_reason_has_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
