/* One evaluation of a composite: each step against figures computed by hand, and what is refused, with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "entente/composite.h"
#include "near.h"
#include "num/random.h"

#define NO NAN
#define EXACT 1e-13

/* One indicator that is its own top: normalised values are scores. */
static const int alone_parent[] = {-1};

typedef struct one {
  double treated[16], imputed[16], normalised[16];
  ent_composite_fault fault;
} one;

static ent_composite_reason of_one(const double *values, size_t units, const ent_composite_methods *methods,
                                   const ent_composite_tree *more, one *out) {
  ent_composite_tree tree = more ? *more : (ent_composite_tree){0};
  ent_composite_data data = {.unit_count = units, .indicator_count = 1, .values = values};
  ent_composite_scores scores = {.treated = out->treated, .imputed = out->imputed, .normalised = out->normalised};
  tree.node_count = 1;
  tree.parent = alone_parent;
  return ent_composite_evaluate(&data, &tree, methods, &scores, &out->fault);
}

#define assert_all_near(wanted, got)                                                              \
  do {                                                                                            \
    size_t at_;                                                                                   \
    for (at_ = 0; at_ < sizeof(wanted) / sizeof *(wanted); at_++)                                 \
      if (!near((wanted)[at_], (got)[at_], EXACT))                                                \
        fail_msg("[%zu] is %.17g, wanted %.17g", at_, (double)(got)[at_], (double)(wanted)[at_]); \
  } while (0)

/* ---- normalisation ---- */

static void normalises(void **state) {
  const double values[] = {2, NO, 8, 4, 8, -1};
  const double low[] = {0}, high[] = {5}, reference[] = {4};
  const int less[] = {-1};
  ent_composite_tree up = {.low = low, .high = high, .reference = reference}, down = up;
  const struct {
    ent_composite_normalisation method;
    double up[6], down[6];
  } cases[] = {
      {ENT_NORMALISE_GOALPOSTS, {40, NO, 100, 80, 100, 0}, {60, NO, 0, 20, 0, 100}},
      {ENT_NORMALISE_MIN_MAX, {100. / 3, NO, 100, 500. / 9, 100, 0}, {200. / 3, NO, 0, 400. / 9, 0, 100}},
      /* mean 4.2, squared deviations 4.84 14.44 .04 14.44 27.04, variance 15.2 */
      {ENT_NORMALISE_Z_SCORE,
       {-2.2 / sqrt(15.2), NO, 3.8 / sqrt(15.2), -.2 / sqrt(15.2), 3.8 / sqrt(15.2), -5.2 / sqrt(15.2)},
       {2.2 / sqrt(15.2), NO, -3.8 / sqrt(15.2), .2 / sqrt(15.2), -3.8 / sqrt(15.2), 5.2 / sqrt(15.2)}},
      {ENT_NORMALISE_RANK, {2, NO, 4.5, 3, 4.5, 1}, {4, NO, 1.5, 3, 1.5, 5}},
      {ENT_NORMALISE_PERCENTILE_RANK, {25, NO, 87.5, 50, 87.5, 0}, {75, NO, 12.5, 50, 12.5, 100}},
      {ENT_NORMALISE_BORDA, {1, NO, 3.5, 2, 3.5, 0}, {3, NO, .5, 2, .5, 4}},
  };
  size_t k;
  (void)state;
  down.direction = less;
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    ent_composite_methods methods = {.normalisation = cases[k].method};
    one out;
    assert_int_equal(of_one(values, 6, &methods, &up, &out), ENT_COMPOSITE_FINE);
    assert_all_near(cases[k].up, out.normalised);
    assert_int_equal(of_one(values, 6, &methods, &down, &out), ENT_COMPOSITE_FINE);
    assert_all_near(cases[k].down, out.normalised);
  }
}

static void measures_distance_to_a_reference(void **state) {
  const double values[] = {2, NO, 8, 1}, reference[] = {4}, up[] = {.5, NO, 2, .25}, down[] = {2, NO, .5, 4};
  const int less[] = {-1};
  ent_composite_tree tree = {.reference = reference};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_REFERENCE};
  one out;
  (void)state;
  assert_int_equal(of_one(values, 4, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_all_near(up, out.normalised);
  tree.direction = less;
  assert_int_equal(of_one(values, 4, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_all_near(down, out.normalised);
}

static void scales_shares_to_what_is_asked_for(void **state) {
  const double values[] = {1, 2, 3}, wanted[] = {1, 4, 7};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .from = 1, .to = 7};
  one out;
  (void)state;
  assert_int_equal(of_one(values, 3, &methods, NULL, &out), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, out.normalised);
}

/* ---- treatment ---- */

/* Wanted: COINr's winsorise() and log_CT(), run in R. */
static void winsorises(void **state) {
  const struct {
    size_t count, most;
    double skewness, kurtosis, values[12], wanted[12];
  } cases[] = {
      {12, 0, 0, 0, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30}},
      {12, 0, 1, 1, {-200, -50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
      {8, 1, 0, 0, {1, 2, 3, 4, 5, 100, 100, 400}, {1, 2, 3, 4, 5, 100, 100, 100}},
      {7, 1, 0, 0, {3, 1, 4, 1.5, 90, 2.6, 700}, {3, 1, 4, 1.5, 90, 2.6, 90}},
      {5, 0, 0, 0, {7, 7, 7, 7, 7}, {7, 7, 7, 7, 7}},
      {6, 0, 0, 0, {NO, 1, NO, NO, 1e9, NO}, {NO, 1, NO, NO, 1e9, NO}},
  };
  size_t k, unit;
  (void)state;
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    ent_composite_methods methods = {.treatment = ENT_TREAT_WINSORISE,
                                     .normalisation = ENT_NORMALISE_GOALPOSTS,
                                     .most_winsorised = cases[k].most,
                                     .skewness_limit = cases[k].skewness,
                                     .kurtosis_limit = cases[k].kurtosis};
    const double low = -1e3, high = 1e3;
    ent_composite_tree tree = {.low = &low, .high = &high};
    one out;
    assert_int_equal(of_one(cases[k].values, cases[k].count, &methods, &tree, &out), ENT_COMPOSITE_FINE);
    for (unit = 0; unit < cases[k].count; unit++) assert_near(out.treated[unit], cases[k].wanted[unit], 0);
  }
}

static const double skewed[17] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000, 10000, 1e5, 1e6, 1e7, 1e8, 1e9};

/* One point may be winsorised, which is not enough. */
static void takes_logarithms_as_needed(void **state) {
  const double shifted[17] = {16.118095649958320, 16.118095749958314, 16.118095849958301, 16.118095949958274,
                              16.118096049958240, 16.118096149958195, 16.118096249958139, 16.118096349958076,
                              16.118096449957999, 16.118096549957915, 16.118195544968746, 16.119095050392296,
                              16.128045881811484, 16.213405738944459, 16.811242781018265, 18.515990914574871,
                              20.733216166799579};
  double treated[17];
  const ent_composite_treatment methods_of[] = {ENT_TREAT_AS_NEEDED, ENT_TREAT_LOG, ENT_TREAT_AS_COIN_TOOL,
                                                ENT_TREAT_SHIFTED_LOG};
  ent_composite_tree tree = {.node_count = 1, .parent = alone_parent};
  ent_composite_data data = {.unit_count = 17, .indicator_count = 1, .values = skewed};
  ent_composite_change change;
  ent_composite_scores out = {.treated = treated, .change = &change};
  size_t m, unit;
  (void)state;
  for (m = 0; m < 4; m++) {
    ent_composite_methods methods = {
        .treatment = methods_of[m], .most_winsorised = 1, .normalisation = ENT_NORMALISE_MIN_MAX};
    assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
    for (unit = 0; unit < 17; unit++) assert_near(treated[unit], m < 2 ? log(skewed[unit]) : shifted[unit], 1e-14);
    assert_int_equal(change.treatment, m < 2 ? ENT_TREAT_LOG : ENT_TREAT_SHIFTED_LOG);
    for (unit = 0; unit < 17; unit++)
      assert_near(log(skewed[unit] - change.origin + change.shift), treated[unit], 1e-14);
    assert_true(isnan(change.lambda) && isnan(change.low) && isnan(change.high));
  }
  { /* two points are enough */
    ent_composite_methods methods = {
        .treatment = ENT_TREAT_AS_NEEDED, .most_winsorised = 2, .normalisation = ENT_NORMALISE_MIN_MAX};
    assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
    for (unit = 0; unit < 17; unit++) assert_near(treated[unit], skewed[unit < 14 ? unit : 14], 0);
    assert_int_equal(change.treatment, ENT_TREAT_WINSORISE);
  }
  { /* nothing to do */
    ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX};
    assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
    assert_int_equal(change.treatment, ENT_TREAT_NONE);
  }
}

/* The lambda that R's optimize() finds for the likelihood of Box & Cox 1964, eq. 8. */
static void box_cox_takes_the_likeliest_power(void **state) {
  const double values[] = {1, 2, 4, NO, 7, 11, 23}, lambda = 0.046366501848874;
  const double lows[] = {.5}, highs[] = {50};
  ent_composite_methods methods = {.treatment = ENT_TREAT_BOX_COX, .normalisation = ENT_NORMALISE_GOALPOSTS};
  ent_composite_tree tree = {.low = lows, .high = highs};
  double scaled[7], low = (pow(.5, lambda) - 1) / lambda, high = (pow(50, lambda) - 1) / lambda;
  one out;
  size_t k;
  (void)state;
  assert_int_equal(of_one(values, 7, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  for (k = 0; k < 7; k++) {
    double wanted = isnan(values[k]) ? NO : (pow(values[k], lambda) - 1) / lambda;
    assert_near(out.treated[k], wanted, 1e-6);
    assert_near(out.normalised[k], 100 * (wanted - low) / (high - low), 1e-6);
  }
  /* In another unit of measurement, with the same scores by min-max. */
  methods.normalisation = ENT_NORMALISE_MIN_MAX;
  assert_int_equal(of_one(values, 7, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  for (k = 0; k < 7; k++) scaled[k] = values[k] * 1e-5;
  memcpy(&low, &out.normalised[2], sizeof low);
  assert_int_equal(of_one(scaled, 7, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_near(out.normalised[2], low, 1e-6);
}

static void goalposts_are_transformed_with_their_indicator(void **state) {
  const double values[] = {1, 10, 100, 5000}, low[] = {1}, high[] = {1000}, wanted[] = {0, 100. / 3, 200. / 3, 100};
  ent_composite_methods methods = {.treatment = ENT_TREAT_LOG};
  ent_composite_tree tree = {.low = low, .high = high};
  one out;
  (void)state;
  assert_int_equal(of_one(values, 4, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, out.normalised);
}

/* ---- screening and imputation ---- */

static const int flat_parent[] = {2, 2, -1};

/* The second unit has half of its values. */
static void leaves_out_what_has_too_little(void **state) {
  const double values[] = {1, 10, 100, NO, 2, 30, 3, 20}, scores[] = {0, NO, 75, 75}, ranks[] = {3, NO, 1.5, 1.5};
  const double covered[] = {1, .5, 1, 1};
  const unsigned char kept_wanted[] = {1, 0, 1, 1};
  unsigned char kept[4];
  double score[12], rank[4], coverage[4];
  ent_composite_tree tree = {.node_count = 3, .parent = flat_parent};
  ent_composite_data data = {.unit_count = 4, .indicator_count = 2, .values = values};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .least_coverage = .75};
  ent_composite_scores out = {.kept = kept, .score = score, .rank = rank, .coverage = coverage};
  size_t k;
  (void)state;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  assert_memory_equal(kept, kept_wanted, 4);
  for (k = 0; k < 4; k++) assert_near(score[k * 3 + 2], scores[k], EXACT);
  assert_all_near(ranks, rank);
  assert_all_near(covered, coverage);
  /* Filled in before the screening, it counts: the mean of 10, 30 and 20. */
  methods.order = ENT_ORDER_IMPUTE_SCREEN_TREAT;
  methods.imputation = ENT_IMPUTE_MEAN;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  assert_int_equal(kept[1], 1);
  assert_near(score[1 * 3 + 2], 75, EXACT);
  assert_all_near(covered, coverage); /* as the data are */
}

static void imputes(void **state) {
  const double values[] = {4, NO, 1, 3, NO, 12, NO, NO};
  const int group[] = {7, 7, -2, 7, -2, -2, 5, 7}, less[] = {-1};
  const long previous[] = {-1, 0, 5, -1, 6, -1, 1, 4};
  const double low[] = {0}, high[] = {20};
  const struct {
    ent_composite_imputation method;
    double wanted[8];
  } cases[] = {
      {ENT_IMPUTE_NONE, {4, NO, 1, 3, NO, 12, NO, NO}},
      {ENT_IMPUTE_MEAN, {4, 5, 1, 3, 5, 12, 5, 5}},
      {ENT_IMPUTE_MEDIAN, {4, 3.5, 1, 3, 3.5, 12, 3.5, 3.5}},
      {ENT_IMPUTE_GROUP_MEAN, {4, 3.5, 1, 3, 6.5, 12, NO, 3.5}},
      /* row 7 from 4 from 6 from 1 from 0 */
      {ENT_IMPUTE_CARRY_FORWARD, {4, 4, 1, 3, 4, 12, 4, 4}},
      {ENT_IMPUTE_WORST, {4, 12, 1, 3, 12, 12, 12, 12}},
      {ENT_IMPUTE_BEST, {4, 1, 1, 3, 1, 12, 1, 1}},
  };
  size_t k;
  (void)state;
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    ent_composite_tree tree = {.node_count = 1, .parent = alone_parent, .low = low, .high = high, .direction = less};
    ent_composite_data data = {
        .unit_count = 8, .indicator_count = 1, .values = values, .group = group, .previous = previous};
    ent_composite_methods methods = {.imputation = cases[k].method};
    double imputed[8];
    ent_composite_scores out = {.imputed = imputed};
    assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
    assert_all_near(cases[k].wanted, imputed);
  }
}

/* Whether outliers are treated before or after a mean is filled in. */
static void keeps_the_order_of_steps(void **state) {
  const double values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100, NO};
  const struct {
    ent_composite_order order;
    double treated, imputed;
  } cases[] = {
      {ENT_ORDER_SCREEN_TREAT_IMPUTE, NO, 115. / 12},
      {ENT_ORDER_SCREEN_IMPUTE_TREAT, 185. / 12, 185. / 12},
      {ENT_ORDER_IMPUTE_SCREEN_TREAT, 185. / 12, 185. / 12},
  };
  size_t k;
  (void)state;
  for (k = 0; k < 3; k++) {
    ent_composite_methods methods = {.order = cases[k].order,
                                     .treatment = ENT_TREAT_WINSORISE,
                                     .imputation = ENT_IMPUTE_MEAN,
                                     .normalisation = ENT_NORMALISE_MIN_MAX};
    one out;
    assert_int_equal(of_one(values, 13, &methods, NULL, &out), ENT_COMPOSITE_FINE);
    assert_near(out.treated[12], cases[k].treated, EXACT);
    assert_near(out.imputed[12], cases[k].imputed, EXACT);
    assert_near(out.treated[11], 30, 0);
    assert_near(out.imputed[11], k ? 100 : 30, 0);
  }
}

/* ---- weights ---- */

/* Three indicators in one group, one in another. */
static const int deep_parent[] = {4, 4, 4, 5, 6, 6, -1};

static void weighs(ent_composite_weighting method, const double *given, const double *experts, size_t expert_count,
                   const double *wanted) {
  const double values[] = {1, 2, 2, 5, 2, 1, 5, 1, 3, 4, 3, 2, 4, 3, 1, 4, 5, 7, 6, 3, 6, 5, 9, 6};
  double weight[7];
  ent_composite_tree tree = {.node_count = 7, .parent = deep_parent, .weight = given};
  ent_composite_data data = {.unit_count = 6, .indicator_count = 4, .values = values};
  ent_composite_methods methods = {
      .normalisation = ENT_NORMALISE_MIN_MAX, .weighting = method, .experts = experts, .expert_count = expert_count};
  ent_composite_scores out = {.weight = weight};
  size_t k;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  for (k = 0; k < 7; k++)
    if (!near(weight[k], wanted[k], 1e-9)) fail_msg("%zu is %.17g, wanted %.17g", k, weight[k], wanted[k]);
}

static void weighs_nodes_inside_their_groups(void **state) {
  const double given[] = {2, 6, 0, 3, 1, 1.5, NO}, given_wanted[] = {.25, .75, 0, 1, .4, .6, 1};
  const double equal_wanted[] = {1. / 3, 1. / 3, 1. / 3, 1, .5, .5, 1};
  const double huge[] = {1e308, 1e308, 1e308, 5e-324, 1e308, 1e308, 0};
  const double experts[] = {5, 5, 0, 100, 70, 30, 0, 20, 20, 60, 1, 10, 10, 0};
  const double experts_wanted[] = {.35, .35, .3, 1, .6, .4, 1};
  (void)state;
  weighs(ENT_WEIGHT_GIVEN, given, NULL, 0, given_wanted);
  weighs(ENT_WEIGHT_GIVEN, NULL, NULL, 0, equal_wanted);
  weighs(ENT_WEIGHT_GIVEN, huge, NULL, 0, equal_wanted);
  weighs(ENT_WEIGHT_EQUAL, given, NULL, 0, equal_wanted);
  weighs(ENT_WEIGHT_BUDGET, NULL, experts, 2, experts_wanted);
}

/* Wanted: squares of R's prcomp(scale.) and the solution of S w = sd, which makes correlations alike. Of two that is
 * one half each, whatever they are. */
static void weighs_by_correlations(void **state) {
  const double component[] = {0.38360245364136292, 0.33467519385720773, 0.28172235250142974, 1, .5, .5, 1};
  const double alike[] = {0.081679139571006643, 0.452742213240168501, 0.465578647188824801, 1};
  double weight[7], score[42];
  const double values[] = {1, 2, 2, 5, 2, 1, 5, 1, 3, 4, 3, 2, 4, 3, 1, 4, 5, 7, 6, 3, 6, 5, 9, 6};
  ent_composite_tree tree = {.node_count = 7, .parent = deep_parent};
  ent_composite_data data = {.unit_count = 6, .indicator_count = 4, .values = values};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .weighting = ENT_WEIGHT_CORRELATION};
  ent_composite_scores out = {.weight = weight, .score = score};
  size_t k;
  (void)state;
  weighs(ENT_WEIGHT_PRINCIPAL, NULL, NULL, 0, component);
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  for (k = 0; k < 4; k++) assert_near(weight[k], alike[k], 1e-9);
}

static double correlation(const double *score, size_t units, size_t nodes, size_t a, size_t b) {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  size_t unit;
  for (unit = 0; unit < units; unit++) {
    x += score[unit * nodes + a] / (double)units;
    y += score[unit * nodes + b] / (double)units;
  }
  for (unit = 0; unit < units; unit++) {
    double dx = score[unit * nodes + a] - x, dy = score[unit * nodes + b] - y;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / sqrt(xx * yy);
}

/* One factor in all indicators, with noise of each its own. */
static void correlations_become_alike(void **state) {
  enum { MANY = 300, CHILDREN = 5 };
  const ent_composite_aggregation methods_of[] = {ENT_AGGREGATE_ARITHMETIC, ENT_AGGREGATE_GEOMETRIC,
                                                  ENT_AGGREGATE_POWER, ENT_AGGREGATE_HARMONIC};
  int parent[CHILDREN + 1];
  double factor[MANY], noise[MANY], value[MANY * CHILDREN], score[MANY * (CHILDREN + 1)], weight[CHILDREN + 1];
  size_t m, unit, k;
  (void)state;
  for (k = 0; k < CHILDREN; k++) parent[k] = CHILDREN;
  parent[CHILDREN] = -1;
  ent_random_uniform(1, 0, 0, MANY, factor);
  for (k = 0; k < CHILDREN; k++) {
    ent_random_uniform(1, 1 + k, 0, MANY, noise);
    for (unit = 0; unit < MANY; unit++) value[unit * CHILDREN + k] = factor[unit] + (1 + .02 * (double)k) * noise[unit];
  }
  for (m = 0; m < 4; m++) {
    ent_composite_tree tree = {.node_count = CHILDREN + 1, .parent = parent};
    ent_composite_data data = {.unit_count = MANY, .indicator_count = CHILDREN, .values = value};
    ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX,
                                     .from = 1,
                                     .to = 100,
                                     .weighting = ENT_WEIGHT_CORRELATION,
                                     .aggregation = {methods_of[m]},
                                     .power = {2}};
    ent_composite_scores out = {.score = score, .weight = weight};
    double first = 0, sum = 0;
    assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
    for (k = 0; k < CHILDREN; k++) {
      double r = correlation(score, MANY, CHILDREN + 1, k, CHILDREN);
      if (!k) first = r;
      assert_near(r, first, 1e-9);
      assert_true(weight[k] > 0);
      sum += weight[k];
    }
    assert_near(sum, 1, 1e-13);
  }
}

/* Squares of what correlations with the weighted mean differ from their own mean. */
static double differences(const double *value, size_t units, size_t children, const double *weight) {
  double *all = calloc(units * (children + 1), sizeof *all), mean = 0, squares = 0;
  size_t unit, k;
  assert_non_null(all);
  for (unit = 0; unit < units; unit++)
    for (k = 0; k < children; k++) {
      all[unit * (children + 1) + k] = value[unit * children + k];
      all[unit * (children + 1) + children] += weight[k] * value[unit * children + k];
    }
  for (k = 0; k < children; k++) mean += correlation(all, units, children + 1, k, children) / (double)children;
  for (k = 0; k < children; k++) {
    double gap = correlation(all, units, children + 1, k, children) - mean;
    squares += gap * gap;
  }
  free(all);
  return squares;
}

/* The last indicator is close to the common factor: even a weight of 0 leaves its correlation too high. */
static void correlations_become_as_alike_as_can_be(void **state) {
  enum { MANY = 30, CHILDREN = 4 };
  const int parent[] = {4, 4, 4, 4, -1};
  double factor[MANY], noise[MANY], value[MANY * CHILDREN], normalised[MANY * CHILDREN], weight[CHILDREN + 1], least;
  ent_composite_tree tree = {.node_count = CHILDREN + 1, .parent = parent};
  ent_composite_data data = {.unit_count = MANY, .indicator_count = CHILDREN, .values = value};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .weighting = ENT_WEIGHT_CORRELATION};
  ent_composite_scores out = {.normalised = normalised, .weight = weight};
  size_t k, unit;
  (void)state;
  ent_random_uniform(2, 0, 0, MANY, factor);
  for (k = 0; k < CHILDREN; k++) {
    ent_random_uniform(2, 1 + k, 0, MANY, noise);
    for (unit = 0; unit < MANY; unit++)
      value[unit * CHILDREN + k] = factor[unit] + (k == CHILDREN - 1 ? .01 : .8) * noise[unit];
  }
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  least = differences(normalised, MANY, CHILDREN, weight);
  assert_true(least > 1e-4 && weight[CHILDREN - 1] < 1e-6);
  for (k = 0; k < 2000; k++) {
    double other[CHILDREN];
    ent_random_uniform(3, k, 0, CHILDREN, other);
    assert_true(differences(normalised, MANY, CHILDREN, other) > least - 1e-9);
  }
}

/* ---- aggregation ---- */

static void aggregate_with(ent_composite_aggregation method, double power, double least_present, const double *values,
                           const double *weight, double wanted) {
  const int parent[] = {3, 3, 3, -1};
  const double low[] = {0, 0, 0}, high[] = {100, 100, 100};
  double score[4];
  ent_composite_tree tree = {.node_count = 4, .parent = parent, .weight = weight, .low = low, .high = high};
  ent_composite_data data = {.unit_count = 1, .indicator_count = 3, .values = values};
  ent_composite_methods methods = {.aggregation = {method}, .power = {power}, .least_present = {least_present}};
  ent_composite_scores out = {.score = score};
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  if (!near(score[3], wanted, EXACT)) fail_msg("%d gives %.17g, wanted %.17g", (int)method, score[3], wanted);
}

static void aggregates(void **state) {
  const double all[] = {4, 9, 50}, some[] = {4, NO, 50}, zero[] = {4, 9, 0}, none[] = {NO, NO, NO};
  const double weight[] = {1, 2, 1, 0}, only[] = {1, 1, 0, 0};
  (void)state;
  aggregate_with(ENT_AGGREGATE_ARITHMETIC, 0, 0, all, weight, 18);
  aggregate_with(ENT_AGGREGATE_GEOMETRIC, 0, 0, all, weight, pow(4. * 81 * 50, .25));
  aggregate_with(ENT_AGGREGATE_HARMONIC, 0, 0, all, weight, 4 / (1. / 4 + 2. / 9 + 1. / 50));
  aggregate_with(ENT_AGGREGATE_POWER, 2, 0, all, weight, sqrt((16 + 162 + 2500) / 4.));
  aggregate_with(ENT_AGGREGATE_POWER, -2, 0, all, weight, 1 / sqrt((1. / 16 + 2. / 81 + 1. / 2500) / 4));
  aggregate_with(ENT_AGGREGATE_POWER, 0, 0, all, weight, pow(4. * 81 * 50, .25));
  aggregate_with(ENT_AGGREGATE_POWER, 1, 0, all, weight, 18);
  aggregate_with(ENT_AGGREGATE_POWER, -1, 0, all, weight, 4 / (1. / 4 + 2. / 9 + 1. / 50));
  aggregate_with(ENT_AGGREGATE_POWER, 500, 0, all, weight, 50 * pow(.25, 1. / 500));
  aggregate_with(ENT_AGGREGATE_POWER, -500, 0, all, weight, 4 * pow(.25, -1. / 500));
  aggregate_with(ENT_AGGREGATE_POWER, .5, 0, zero, weight, 4);
  aggregate_with(ENT_AGGREGATE_WEAKEST, 0, 0, all, weight, 4);
  /* What is missing leaves its weight to the others. */
  aggregate_with(ENT_AGGREGATE_ARITHMETIC, 0, 0, some, weight, 27);
  aggregate_with(ENT_AGGREGATE_GEOMETRIC, 0, 0, some, weight, sqrt(200));
  aggregate_with(ENT_AGGREGATE_HARMONIC, 0, 0, some, weight, 2 / (1. / 4 + 1. / 50));
  aggregate_with(ENT_AGGREGATE_POWER, 2, 0, some, weight, sqrt(2516 / 2.));
  aggregate_with(ENT_AGGREGATE_WEAKEST, 0, 0, some, weight, 4);
  aggregate_with(ENT_AGGREGATE_ARITHMETIC, 0, 2. / 3, some, weight, 27);
  aggregate_with(ENT_AGGREGATE_ARITHMETIC, 0, .7, some, weight, NO);
  aggregate_with(ENT_AGGREGATE_ARITHMETIC, 0, 0, none, weight, NO);
  /* What weighs nothing does not count, not even a 0. */
  aggregate_with(ENT_AGGREGATE_WEAKEST, 0, 0, zero, only, 4);
  aggregate_with(ENT_AGGREGATE_GEOMETRIC, 0, 0, zero, only, 6);
}

/* Geometric means of indicators, their arithmetic mean above; a branch of one level beside one of two. */
static void aggregates_by_height(void **state) {
  const int parent[] = {3, 3, 4, 4, -1};
  const double values[] = {4, 9, 50}, low[] = {0, 0, 0}, high[] = {100, 100, 100}, wanted[] = {4, 9, 50, 6, 28};
  double score[5];
  ent_composite_tree tree = {.node_count = 5, .parent = parent, .low = low, .high = high};
  ent_composite_data data = {.unit_count = 1, .indicator_count = 3, .values = values};
  ent_composite_methods methods = {.level_count = 2,
                                   .aggregation = {ENT_AGGREGATE_GEOMETRIC, ENT_AGGREGATE_ARITHMETIC}};
  ent_composite_scores out = {.score = score};
  (void)state;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, score);
}

/* Aggregates may stand in any order. */
static void takes_aggregates_in_any_order(void **state) {
  const int parent[] = {3, 4, 4, 5, 3, -1};
  const double values[] = {10, 20, 40}, low[] = {0, 0, 0}, high[] = {100, 100, 100};
  const double wanted[] = {10, 20, 40, 20, 30, 20}, covered[] = {1};
  double score[6], coverage[1];
  ent_composite_tree tree = {.node_count = 6, .parent = parent, .low = low, .high = high};
  ent_composite_data data = {.unit_count = 1, .indicator_count = 3, .values = values};
  ent_composite_methods methods = {0};
  ent_composite_scores out = {.score = score, .coverage = coverage};
  (void)state;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, score);
  assert_all_near(covered, coverage);
}

/* Weights through the tree: the first indicator has a half, the others a quarter each. */
static void says_how_much_of_the_weight_has_a_value(void **state) {
  const int parent[] = {4, 3, 3, 4, -1};
  const double values[] = {1, NO, 3, NO, 2, 3, NO, NO, NO, 4, 5, 6}, wanted[] = {.75, .5, 0, 1};
  double coverage[4], rank[4];
  const double low[] = {0, 0, 0}, high[] = {9, 9, 9}, ranks[] = {3, 2, NO, 1};
  ent_composite_tree tree = {.node_count = 5, .parent = parent, .low = low, .high = high};
  ent_composite_data data = {.unit_count = 4, .indicator_count = 3, .values = values};
  ent_composite_methods methods = {0};
  ent_composite_scores out = {.coverage = coverage, .rank = rank};
  (void)state;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, NULL), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, coverage);
  assert_all_near(ranks, rank);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(normalises),
      cmocka_unit_test(measures_distance_to_a_reference),
      cmocka_unit_test(scales_shares_to_what_is_asked_for),
      cmocka_unit_test(winsorises),
      cmocka_unit_test(takes_logarithms_as_needed),
      cmocka_unit_test(box_cox_takes_the_likeliest_power),
      cmocka_unit_test(goalposts_are_transformed_with_their_indicator),
      cmocka_unit_test(leaves_out_what_has_too_little),
      cmocka_unit_test(imputes),
      cmocka_unit_test(keeps_the_order_of_steps),
      cmocka_unit_test(weighs_nodes_inside_their_groups),
      cmocka_unit_test(weighs_by_correlations),
      cmocka_unit_test(correlations_become_alike),
      cmocka_unit_test(correlations_become_as_alike_as_can_be),
      cmocka_unit_test(aggregates),
      cmocka_unit_test(aggregates_by_height),
      cmocka_unit_test(takes_aggregates_in_any_order),
      cmocka_unit_test(says_how_much_of_the_weight_has_a_value),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
