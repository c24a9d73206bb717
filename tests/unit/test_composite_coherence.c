/* Coherence: correlations counted by hand and by definition, alpha of a worked example, importance where theory knows
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "composite/coherence.h"
#include "entente/composite.h"
#include "near.h"
#include "num/correlation.h"
#include "num/normal.h"
#include "num/random.h"

#define NO NAN

/* ---- correlations ---- */

/* Ten pairs: Sxy 61.5, Sxx 82.5, Syy 80.9. Of 45 pairs 35 are in the same order, 8 reversed, 2 tied in y alone. */
static const double tx[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, ty[] = {2, 1, 4, 4, 3, 9, 8, 5, 5, 10};

static double tau_by_definition(const double *x, const double *y, size_t count) {
  double sum = 0, in_x = 0, in_y = 0;
  size_t i, k;
  for (i = 0; i < count; i++)
    for (k = 0; k < i; k++) {
      const double a = (x[i] > x[k]) - (x[i] < x[k]), b = (y[i] > y[k]) - (y[i] < y[k]);
      sum += a * b;
      in_x += a * a;
      in_y += b * b;
    }
  return sum / sqrt(in_x * in_y);
}

static void hand_counted_correlations(void **state) {
  const double square[] = {1, 4, 9, 16, 25, 36, 49, 64, 81, 100},
               flat[10] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
  double scratch[30];
  (void)state;
  assert_near(ent_correlation_pearson(tx, ty, 10), 61.5 / sqrt(82.5 * 80.9), 1e-14);
  assert_near(ent_correlation_kendall(tx, ty, 10, scratch), (35 - 8) / sqrt(45.0 * 43), 1e-15);
  assert_near(ent_correlation_spearman(tx, square, 10, scratch), 1, 1e-15);
  assert_near(ent_correlation_kendall(tx, square, 10, scratch), 1, 1e-15);
  assert_near(ent_correlation_pearson(tx, tx, 10), 1, 1e-15);
  assert_near(ent_correlation_pearson(tx, flat, 10), NO, 0);
  assert_near(ent_correlation_spearman(flat, tx, 10, scratch), NO, 0);
  assert_near(ent_correlation_kendall(tx, flat, 10, scratch), NO, 0);
  assert_near(ent_correlation_pearson(tx, ty, 1), NO, 0);
  /* 1 2 3 against 1 3 2: r = 1/2, tau = 1/3 */
  assert_near(ent_correlation_pearson((double[]){1, 2, 3}, (double[]){1, 3, 2}, 3), 0.5, 1e-15);
  assert_near(ent_correlation_kendall((double[]){1, 2, 3}, (double[]){1, 3, 2}, 3, scratch), 1.0 / 3, 1e-15);
}

static void tau_is_the_definition_with_many_ties(void **state) {
  enum { COUNT = 217 };
  double x[COUNT], y[COUNT], scratch[3 * COUNT];
  size_t i;
  (void)state;
  ent_random_uniform(3, 1, 0, COUNT, x);
  ent_random_uniform(3, 2, 0, COUNT, y);
  for (i = 0; i < COUNT; i++) {
    y[i] = floor(6 * (x[i] + y[i]));
    x[i] = floor(9 * x[i]);
  }
  assert_near(ent_correlation_kendall(x, y, COUNT, scratch), tau_by_definition(x, y, COUNT), 1e-14);
}

/* ---- alpha ---- */

/* Three items of five units. Variances (n - 1) 2.5, 2.5 and 2.7; of the sums 15 9 6 12 4 : 19.7.
 * alpha = 3/2 (1 - 7.7 / 19.7). */
static void alpha_of_a_worked_example(void **state) {
  const double a[] = {5, 3, 2, 4, 1}, b[] = {5, 3, 2, 4, 1}, c[] = {5, 3, 2, 4, 2}, gap[] = {5, 3, NO, 4, 1};
  const double *three[] = {a, b, c}, *gapped[] = {a, b, gap};
  const double sums = (15 * 15 + 9 * 9 + 6 * 6 + 12 * 12 + 4 * 4) - 46.0 * 46 / 5;
  const double parts = 10 + 10 + (58 - 16.0 * 16 / 5);
  (void)state;
  assert_near(ent_coherence_alpha(three, 3, 5, 2), 1.5 * (1 - parts / sums), 1e-14);
  assert_near(ent_coherence_alpha((const double *[]){a, b}, 2, 5, 2), 1, 1e-14); /* twice the same */
  assert_near(ent_coherence_alpha(three, 1, 5, 2), NO, 0);
  assert_near(ent_coherence_alpha(gapped, 3, 5, 5), NO, 0); /* four complete rows are too few */
  assert_near(ent_coherence_alpha(gapped, 3, 5, 4), 1, 1e-14);
}

/* k items of unit variance that correlate by r have alpha = k r / (1 + (k - 1) r) (Spearman-Brown). */
static void alpha_of_parallel_items_is_that_of_theory(void **state) {
  enum { COUNT = 20000, ITEMS = 4 };
  double *common = malloc(COUNT * sizeof *common), *all = malloc(ITEMS * COUNT * sizeof *all);
  const double *columns[ITEMS], r = 0.4;
  size_t i, k;
  (void)state;
  assert_non_null(common);
  assert_non_null(all);
  ent_random_uniform(6, 0, 0, COUNT, common);
  for (k = 0; k < ITEMS; k++) {
    double *own = all + k * COUNT;
    columns[k] = own;
    ent_random_uniform(6, 1 + k, 0, COUNT, own);
    for (i = 0; i < COUNT; i++)
      own[i] = sqrt(r) * ent_normal_quantile(common[i]) + sqrt(1 - r) * ent_normal_quantile(own[i]);
  }
  assert_near(ent_coherence_alpha(columns, ITEMS, COUNT, 2), 4 * r / (1 + 3 * r), 0.01);
  free(common);
  free(all);
}

/* ---- correlation ratio ---- */

enum { POINTS = 400 };

static void ratio_of(double bend, double noise, double *ratio, double *linear) {
  double x[POINTS], y[POINTS], scratch[2 * POINTS];
  size_t i;
  ent_random_uniform(12, 1, 0, POINTS, x);
  ent_random_uniform(12, 2, 0, POINTS, y);
  for (i = 0; i < POINTS; i++) {
    x[i] = 2 * x[i] - 1;
    y[i] = x[i] * (1 - bend) + bend * x[i] * x[i] + noise * (2 * y[i] - 1);
  }
  *ratio = ent_coherence_ratio(x, y, POINTS, scratch);
  *linear = ent_correlation_pearson(x, y, POINTS);
  *linear *= *linear;
}

/* A straight line: as the squared correlation. A parabola over -1 to 1: no linear correlation, but V(x^2) = 4/45 of
 * 4/45 + noise^2/3 is its main effect. */
static void the_ratio_sees_what_a_line_does_not(void **state) {
  double ratio, linear;
  (void)state;
  ratio_of(0, 0, &ratio, &linear);
  assert_near(ratio, 1, 1e-12);
  ratio_of(0, 1, &ratio, &linear);
  assert_near(linear, 0.5, 0.06);
  assert_near(ratio, linear, 0.03);
  ratio_of(1, 0, &ratio, &linear);
  assert_true(linear < 0.02);
  assert_true(ratio > 0.98);
  ratio_of(1, 0.5, &ratio, &linear);
  assert_near(ratio, (4 / 45.0) / (4 / 45.0 + 0.25 / 3), 0.08);
}

static void the_ratio_stands_ties_and_needs_variation(void **state) {
  const double two[] = {0, 0, 0, 1, 1, 1}, y[] = {1, 2, 3, 7, 8, 9}, flat[6] = {0};
  double scratch[12];
  (void)state;
  assert_near(ent_coherence_ratio(two, y, 6, scratch), 54.0 / 58, 1e-6); /* between the groups / in all */
  assert_near(ent_coherence_ratio(flat, y, 6, scratch), NO, 0);
  assert_near(ent_coherence_ratio(y, flat, 6, scratch), NO, 0);
}

/* ---- a composite ---- */

enum { UNITS = 60, INDICATORS = 4, NODES = 7 };
static const int parents[NODES] = {4, 4, 5, 5, 6, 6, -1};
static const double low[NODES] = {0}, high[NODES] = {1, 1, 1, 1}, weights[NODES] = {1, 3, 1, 1, 1, 1, 1};
static const ent_composite_tree tree = {
    .node_count = NODES, .parent = parents, .weight = weights, .low = low, .high = high};
static const ent_composite_methods methods = {.to = 1};

typedef struct found {
  double pearson[NODES * NODES], spearman[NODES * NODES], kendall[NODES * NODES], alpha[NODES], weight[NODES],
      linear[NODES], importance[NODES], importance_share[NODES], top_weight[NODES], top_importance[NODES];
} found;

static ent_composite_reason cohere(const double *values, size_t units, found *f, ent_composite_fault *fault) {
  const ent_composite_data data = {units, INDICATORS, values, NULL, NULL};
  const ent_composite_coherence out = {f->pearson,    f->spearman,      f->kendall,    f->alpha,
                                       f->weight,     f->linear,        f->importance, f->importance_share,
                                       f->top_weight, f->top_importance};
  return ent_composite_cohere(&data, &tree, &methods, &out, fault);
}

static void a_composite_is_correlated_across_its_levels(void **state) {
  double values[UNITS * INDICATORS], column[NODES][UNITS], scratch[3 * UNITS];
  static found f;
  size_t i, k;
  (void)state;
  ent_random_uniform(20, 1, 0, UNITS * INDICATORS, values);
  assert_int_equal(cohere(values, UNITS, &f, NULL), ENT_COMPOSITE_FINE);
  for (i = 0; i < UNITS; i++) {
    for (k = 0; k < INDICATORS; k++) column[k][i] = values[i * INDICATORS + k];
    column[4][i] = 0.25 * column[0][i] + 0.75 * column[1][i];
    column[5][i] = (column[2][i] + column[3][i]) / 2;
    column[6][i] = (column[4][i] + column[5][i]) / 2;
  }
  for (i = 0; i < NODES; i++) {
    for (k = 0; k < NODES; k++) {
      assert_near(f.pearson[i * NODES + k], ent_correlation_pearson(column[i], column[k], UNITS), 1e-12);
      assert_near(f.spearman[i * NODES + k], ent_correlation_spearman(column[i], column[k], UNITS, scratch), 1e-12);
      assert_near(f.kendall[i * NODES + k], tau_by_definition(column[i], column[k], UNITS), 1e-12);
    }
  }
  assert_near(f.alpha[4], ent_coherence_alpha((const double *[]){column[0], column[1]}, 2, UNITS, 2), 1e-12);
  assert_near(f.alpha[6], ent_coherence_alpha((const double *[]){column[4], column[5]}, 2, UNITS, 2), 1e-12);
  assert_near(f.alpha[0], NO, 0);
  assert_near(f.weight[1], 0.75, 1e-15);
  assert_near(f.top_weight[1], 0.375, 1e-15);
  assert_near(f.top_weight[6], 1, 0);
  assert_near(f.linear[1], f.pearson[1 * NODES + 4] * f.pearson[1 * NODES + 4], 1e-12);
  assert_near(f.linear[6], NO, 0);
  /* Of independent indicators with weights 1 and 3 the main effects are 1/10 and 9/10: more apart than the weights. */
  assert_near(f.importance_share[0] + f.importance_share[1], 1, 1e-12);
  assert_near(f.importance_share[1], 0.9, 0.1);
  assert_true(f.importance[1] >= f.importance[0]);
  assert_true(f.top_importance[1] > f.top_importance[0]);
  assert_near(f.top_importance[6], NO, 0);
}

static void few_units_are_refused_with_the_reason(void **state) {
  double values[UNITS * INDICATORS];
  ent_composite_fault fault;
  static found f;
  size_t i;
  (void)state;
  ent_random_uniform(20, 1, 0, UNITS * INDICATORS, values);
  assert_int_equal(cohere(values, 2, &f, &fault), ENT_COMPOSITE_FEW_TO_CORRELATE);
  assert_int_equal(fault.reason, ENT_COMPOSITE_FEW_TO_CORRELATE);
  assert_non_null(strstr(ent_composite_reason_text(fault.reason), "mean nothing"));
  assert_int_equal(cohere(values, ENT_COMPOSITE_LEAST_TO_CORRELATE - 1, &f, NULL), ENT_COMPOSITE_FEW_TO_CORRELATE);
  assert_int_equal(cohere(values, ENT_COMPOSITE_LEAST_TO_CORRELATE, &f, NULL), ENT_COMPOSITE_FINE);
  assert_false(isnan(f.pearson[1]));
  values[0] = NO; /* one pair fewer than is needed */
  assert_int_equal(cohere(values, ENT_COMPOSITE_LEAST_TO_CORRELATE, &f, NULL), ENT_COMPOSITE_FINE);
  assert_true(isnan(f.pearson[1]));
  assert_false(isnan(f.pearson[1 * NODES + 2]));
  for (i = 0; i < INDICATORS; i++) values[i] = NO; /* a unit without a score */
  assert_int_equal(cohere(values, ENT_COMPOSITE_LEAST_TO_CORRELATE, &f, NULL), ENT_COMPOSITE_FEW_TO_CORRELATE);
  assert_int_equal(cohere(values, 0, &f, NULL), ENT_COMPOSITE_NO_UNITS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hand_counted_correlations),
      cmocka_unit_test(tau_is_the_definition_with_many_ties),
      cmocka_unit_test(alpha_of_a_worked_example),
      cmocka_unit_test(alpha_of_parallel_items_is_that_of_theory),
      cmocka_unit_test(the_ratio_sees_what_a_line_does_not),
      cmocka_unit_test(the_ratio_stands_ties_and_needs_variation),
      cmocka_unit_test(a_composite_is_correlated_across_its_levels),
      cmocka_unit_test(few_units_are_refused_with_the_reason),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
