/* Uncertainty of composites: distributions against their formulas, hand-made cases of weights and choices, refusals,
 * and the same bytes for any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "composite/uncertain.h"
#include "entente/composite.h"
#include "near.h"
#include "num/beta.h"
#include "num/gamma.h"
#include "num/random.h"
#include "num/random_block.h"

#define NO NAN

/* One indicator below one top, between goalposts 0 and 1, scores from 0 to 1. */
static const int pair_parent[] = {1, -1};
static const double zeros[64] = {0}, ones[64] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const ent_composite_tree single = {.node_count = 2, .parent = pair_parent, .low = zeros, .high = ones};
static const ent_composite_methods shares = {.from = 0, .to = 1};

/* Two indicators below one top. */
static const int twin_parent[] = {2, 2, -1};
static const ent_composite_tree twin = {.node_count = 3, .parent = twin_parent, .low = zeros, .high = ones};

enum { MANY = 100000 };

static ent_composite_reason vary(const ent_composite_data *data, const ent_composite_tree *tree,
                                 const ent_composite_methods *methods, const ent_composite_uncertainty *uncertainty,
                                 const ent_composite_spread *out) {
  return ent_composite_vary(data, tree, methods, uncertainty, out, NULL);
}

/* The quantiles of one value that varies. */
static void assert_quantiles(const ent_composite_uncertainty *uncertainty, double value, double low, double median,
                             double high, double tolerance) {
  const ent_composite_data data = {1, 1, &value, NULL, NULL};
  double found[3];
  const ent_composite_spread out = {.low = &found[0], .median = &found[1], .high = &found[2]};
  assert_int_equal(vary(&data, &single, &shares, uncertainty, &out), ENT_COMPOSITE_FINE);
  assert_near(found[0], low, tolerance);
  assert_near(found[1], median, tolerance);
  assert_near(found[2], high, tolerance);
}

/* Quantiles by their formulas; Beta(3, 3) from tables: 0.18926 at 5 %. Standard errors of the estimates are below
 * 0.001.
 */
static void values_have_the_distributions_that_are_said(void **state) {
  const double low = 0.1, high = 0.9, error = 0.05;
  ent_composite_uncertainty u = {.low = &low, .high = &high, .draws = MANY, .seed = 4};
  (void)state;
  u.distribution = ENT_UNIFORM;
  assert_quantiles(&u, 0.3, 0.1 + 0.8 * 0.05, 0.5, 0.1 + 0.8 * 0.95, 0.004);
  assert_quantiles(&u, NO, 0.14, 0.5, 0.86, 0.004);
  u.distribution = ENT_TRIANGULAR;
  assert_quantiles(&u, 0.3, 0.1 + sqrt(0.05 * 0.8 * 0.2), 0.9 - sqrt(0.5 * 0.8 * 0.6), 0.9 - sqrt(0.05 * 0.8 * 0.6),
                   0.004);
  assert_quantiles(&u, 0.9, 0.1 + sqrt(0.05) * 0.8, 0.1 + sqrt(0.5) * 0.8, 0.1 + sqrt(0.95) * 0.8, 0.004);
  u.distribution = ENT_PERT;
  assert_quantiles(&u, 0.5, 0.1 + 0.8 * 0.18926, 0.5, 0.1 + 0.8 * 0.81074, 0.004);
  u.low = u.high = NULL;
  u.standard_error = &error;
  assert_quantiles(&u, 0.5, 0.5 - 1.644854 * 0.05, 0.5, 0.5 + 1.644854 * 0.05, 0.002);
}

/* Of a mode between two tables, as near as is said: 1e-5 of the range. */
static void a_pert_lies_between_two_tables(void **state) {
  const double low = 2, high = 4;
  (void)state;
  for (size_t k = 0; k <= 150; k++) {
    const double share = k < 50 ? (double)k / 50 / 64 : (double)(k - 50) / 100, value = low + (high - low) * share;
    const ent_composite_data data = {1, 1, &value, NULL, NULL};
    const ent_composite_uncertainty u = {.low = &low, .high = &high, .distribution = ENT_PERT};
    ent_arena *arena = ent_arena_new(0);
    ent_uncertain uncertain;
    double numbers[101], found[101];
    assert_non_null(arena);
    assert_int_equal(ent_uncertain_init(&uncertain, arena, &data, &single, &shares, &u, NULL), ENT_COMPOSITE_FINE);
    for (size_t i = 0; i < 101; i++) found[i] = numbers[i] = i < 10 ? ldexp(1, -(int)i - 5) : (double)i / 101;
    ent_uncertain_values_of(&uncertain, &uncertain.values[0], found, 101);
    for (size_t i = 0; i < 101; i++)
      assert_near(found[i], low + (high - low) * ent_beta_quantile(1 + 4 * share, 5 - 4 * share, numbers[i]), 1e-5);
    ent_arena_free(arena);
  }
}

static void what_is_certain_stays_as_it_is(void **state) {
  const double values[] = {0.2, 0.9, 0.2, NO, 0.5};
  const ent_composite_data data = {5, 1, values, NULL, NULL};
  const ent_composite_uncertainty u = {.draws = 130, .seed = 1};
  double low[5], median[5], high[5], rank[5], mean[5], acceptability[25], better[25], central[10], confidence[5];
  float draws[130 * 5];
  const ent_composite_spread out = {.low = low,
                                    .median = median,
                                    .high = high,
                                    .rank_median = rank,
                                    .rank_mean = mean,
                                    .acceptability = acceptability,
                                    .better = better,
                                    .central_weight = central,
                                    .confidence = confidence,
                                    .draws = draws};
  const double ranks[] = {3.5, 1, 3.5, NO, 2};
  size_t i;
  (void)state;
  assert_int_equal(vary(&data, &single, &shares, &u, &out), ENT_COMPOSITE_FINE);
  for (i = 0; i < 5; i++) {
    assert_near(low[i], values[i], 1e-7);
    assert_near(median[i], values[i], 1e-7);
    assert_near(high[i], values[i], 1e-7);
    assert_near(draws[129 * 5 + i], values[i], 1e-7);
    assert_near(rank[i], ranks[i], 0);
    assert_near(mean[i], ranks[i], 0);
    assert_near(confidence[i], i == 1 ? 1 : NO, 0);
    assert_near(central[2 * i], i == 1 ? 1 : NO, 1e-11);
  }
  assert_near(acceptability[0 * 5 + 2], 0.5, 0);
  assert_near(acceptability[0 * 5 + 3], 0.5, 0);
  assert_near(acceptability[1 * 5 + 0], 1, 0);
  assert_near(acceptability[3 * 5 + 0], NO, 0);
  assert_near(better[1 * 5 + 0], 1, 0);
  assert_near(better[0 * 5 + 2], 0.5, 0);
  assert_near(better[3 * 5 + 0], NO, 0);
}

/* Each of two units is best on one indicator. A Dirichlet of (1, 1) makes a weight uniform: each wins in half of all
 * draws, with 3/4 on its own side in the mean. */
static void weights_are_drawn_around_their_shares(void **state) {
  const double values[] = {1, 0, 0, 1}, lopsided[] = {3, 1, 1};
  const ent_composite_data data = {2, 2, values, NULL, NULL};
  ent_composite_uncertainty u = {.concentration = 2, .draws = MANY, .seed = 9};
  double acceptability[4], better[4], central[6], confidence[2], mean[2], high[2], low[2];
  const ent_composite_spread out = {.acceptability = acceptability,
                                    .better = better,
                                    .central_weight = central,
                                    .confidence = confidence,
                                    .rank_mean = mean,
                                    .low = low,
                                    .high = high};
  ent_composite_tree tree = twin;
  (void)state;
  assert_int_equal(vary(&data, &tree, &shares, &u, &out), ENT_COMPOSITE_FINE);
  assert_near(acceptability[0], 0.5, 0.006);
  assert_near(acceptability[0] + acceptability[1], 1, 1e-12);
  assert_near(acceptability[0] + acceptability[2], 1, 1e-12);
  assert_near(better[1], acceptability[0], 1e-12);
  assert_near(mean[0], 2 - acceptability[0], 1e-12);
  assert_near(central[0], 0.75, 0.004);
  assert_near(central[0] + central[1], 1, 1e-10);
  assert_near(central[4], 0.75, 0.004);
  assert_near(central[2], 1, 1e-10);
  assert_near(confidence[0], 1, 1e-12);
  assert_near(low[0], 0.05, 0.004);
  assert_near(high[0], 0.95, 0.004);
  tree.weight = lopsided; /* Beta(3, 1) has the distribution function x^3 */
  u.concentration = 4;
  assert_int_equal(vary(&data, &tree, &shares, &u, &out), ENT_COMPOSITE_FINE);
  assert_near(acceptability[0], 1 - 0.125, 0.004);
  assert_near(low[0], cbrt(0.05), 0.005);
}

static void a_draw_takes_one_of_each_list(void **state) {
  const double values[] = {0.25, 1};
  const ent_composite_data data = {1, 2, values, NULL, NULL};
  const ent_composite_aggregation aggregations[] = {ENT_AGGREGATE_ARITHMETIC, ENT_AGGREGATE_GEOMETRIC,
                                                    ENT_AGGREGATE_WEAKEST};
  const ent_composite_weighting weightings[] = {ENT_WEIGHT_EQUAL, ENT_WEIGHT_BUDGET};
  const double experts[] = {1, 0, 1, 0, 5, 5};
  ent_composite_methods methods = {.to = 1, .expert_count = 2, .experts = experts};
  ent_composite_uncertainty u = {.aggregation_count = 3, .aggregations = aggregations, .draws = 6000, .seed = 3};
  float *draws = malloc(6000 * sizeof *draws);
  const ent_composite_spread out = {.draws = draws};
  size_t i, seen[4] = {0};
  (void)state;
  assert_non_null(draws);
  assert_int_equal(vary(&data, &twin, &methods, &u, &out), ENT_COMPOSITE_FINE);
  for (i = 0; i < 6000; i++)
    seen[near(draws[i], 0.625, 1e-6) ? 0 : near(draws[i], 0.5, 1e-6) ? 1 : near(draws[i], 0.25, 1e-6) ? 2 : 3]++;
  for (i = 0; i < 3; i++) assert_true(seen[i] > 1850 && seen[i] < 2150);
  u.aggregation_count = 0;
  u.weighting_count = 2;
  u.weightings = weightings;
  memset(seen, 0, sizeof seen);
  assert_int_equal(vary(&data, &twin, &methods, &u, &out), ENT_COMPOSITE_FINE);
  for (i = 0; i < 6000; i++) /* equal, or one of the experts: never their mean */
    seen[near(draws[i], 0.625, 1e-6) ? 0 : near(draws[i], 0.25, 1e-6) ? 1 : near(draws[i], 1, 1e-6) ? 2 : 3]++;
  assert_true(seen[0] > 2850 && seen[0] < 3150);
  assert_true(seen[1] > 1350 && seen[1] < 1650);
  assert_true(seen[2] > 1350 && seen[2] < 1650);
  free(draws);
}

/* ---- a larger case ---- */

enum { UNITS = 13, INDICATORS = 7, NODES = 10, DRAWS = 500 };

typedef struct example {
  double values[UNITS * INDICATORS], low[UNITS * INDICATORS], high[UNITS * INDICATORS], weight[NODES];
  int parent[NODES];
  ent_composite_data data;
  ent_composite_tree tree;
  ent_composite_methods methods;
  ent_composite_uncertainty uncertainty;
} example;

typedef struct result {
  double median[UNITS], low[UNITS], high[UNITS], rank_median[UNITS], rank_low[UNITS], rank_high[UNITS],
      rank_mean[UNITS], acceptability[UNITS * UNITS], better[UNITS * UNITS], central[UNITS * NODES], confidence[UNITS];
  float draws[DRAWS * UNITS];
} result;

static void make_example(example *e) {
  static const int parent[NODES] = {7, 7, 7, 8, 8, 8, 8, 9, 9, -1};
  size_t i;
  memset(e, 0, sizeof *e);
  ent_random_uniform(8, 8, 0, UNITS * INDICATORS, e->values);
  for (i = 0; i < UNITS * INDICATORS; i++) {
    e->values[i] = 1 + 10 * e->values[i];
    e->low[i] = i % 3 ? e->values[i] - 0.5 : NO;
    e->high[i] = i % 3 ? e->values[i] + 1 : NO;
  }
  memcpy(e->parent, parent, sizeof parent);
  for (i = 0; i < NODES; i++) e->weight[i] = 1 + (double)(i % 3);
  e->data = (ent_composite_data){UNITS, INDICATORS, e->values, NULL, NULL};
  e->tree = (ent_composite_tree){.node_count = NODES, .parent = e->parent, .weight = e->weight};
  e->methods = (ent_composite_methods){.normalisation = ENT_NORMALISE_MIN_MAX};
  e->uncertainty = (ent_composite_uncertainty){
      .low = e->low, .high = e->high, .concentration = 20, .draws = DRAWS, .seed = 77, .threads = 1};
}

static ent_composite_reason run(const example *e, result *r, ent_composite_fault *fault) {
  const ent_composite_spread out = {r->median,   r->low,       r->high,       r->rank_median,
                                    r->rank_low, r->rank_high, r->rank_mean,  r->acceptability,
                                    r->better,   r->central,   r->confidence, r->draws};
  memset(r, 0, sizeof *r);
  return ent_composite_vary(&e->data, &e->tree, &e->methods, &e->uncertainty, &out, fault);
}

static const ent_composite_normalisation normalisations[] = {ENT_NORMALISE_MIN_MAX, ENT_NORMALISE_Z_SCORE,
                                                             ENT_NORMALISE_RANK};
static const ent_composite_weighting weightings[] = {ENT_WEIGHT_GIVEN, ENT_WEIGHT_PRINCIPAL};
static const ent_composite_treatment treatments[] = {ENT_TREAT_NONE, ENT_TREAT_LOG};

static void make_choices(example *e) {
  e->uncertainty.normalisation_count = 3;
  e->uncertainty.normalisations = normalisations;
  e->uncertainty.weighting_count = 2;
  e->uncertainty.weightings = weightings;
  e->uncertainty.treatment_count = 2;
  e->uncertainty.treatments = treatments;
}

static void threads_change_no_byte(void **state) {
  static example e;
  static result one, other;
  unsigned threads;
  (void)state;
  make_example(&e);
  for (int choices = 0; choices < 2; choices++) {
    if (choices) make_choices(&e);
    e.uncertainty.threads = 1;
    assert_int_equal(run(&e, &one, NULL), ENT_COMPOSITE_FINE);
    for (threads = 2; threads < 5; threads++) {
      e.uncertainty.threads = threads;
      assert_int_equal(run(&e, &other, NULL), ENT_COMPOSITE_FINE);
      assert_memory_equal(&one, &other, sizeof one);
    }
  }
}

static void shares_sum_to_one_whatever_is_drawn(void **state) {
  static example e;
  static result r;
  size_t i, k;
  (void)state;
  make_example(&e);
  make_choices(&e);
  assert_int_equal(run(&e, &r, NULL), ENT_COMPOSITE_FINE);
  double ranks = 0;
  for (i = 0; i < UNITS; i++) {
    double row = 0, column = 0, mean = 0;
    for (k = 0; k < UNITS; k++) {
      row += r.acceptability[i * UNITS + k];
      column += r.acceptability[k * UNITS + i];
      mean += (double)(k + 1) * r.acceptability[i * UNITS + k];
      assert_near(r.better[i * UNITS + k] + r.better[k * UNITS + i], 1, 1e-12);
    }
    assert_near(row, 1, 1e-12);
    assert_near(column, 1, 1e-12);
    assert_near(mean, r.rank_mean[i], 1e-9);
    ranks += r.rank_mean[i];
    assert_true(r.low[i] <= r.median[i] && r.median[i] <= r.high[i]);
    assert_true(r.rank_low[i] <= r.rank_median[i] && r.rank_median[i] <= r.rank_high[i]);
    if (isnan(r.central[i * NODES])) {
      assert_near(r.acceptability[i * UNITS], 0, 0);
      assert_true(isnan(r.confidence[i]));
      continue;
    }
    assert_near(r.central[i * NODES] + r.central[i * NODES + 1] + r.central[i * NODES + 2], 1, 1e-9);
    assert_true(r.confidence[i] >= 0 && r.confidence[i] <= 1);
  }
  assert_near(ranks, UNITS * (UNITS + 1) / 2.0, 1e-9);
}

/* The log of the run, taken apart: quantiles by nearest rank of what the draws hold. */
static int by_size(const void *a, const void *b) {
  const float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static void quantiles_are_those_of_the_log(void **state) {
  static example e;
  static result r;
  float column[DRAWS];
  size_t i, d;
  (void)state;
  make_example(&e);
  assert_int_equal(run(&e, &r, NULL), ENT_COMPOSITE_FINE);
  for (i = 0; i < UNITS; i++) {
    for (d = 0; d < DRAWS; d++) column[d] = r.draws[d * UNITS + i];
    qsort(column, DRAWS, sizeof *column, by_size);
    assert_near(r.low[i], column[24], 0); /* ceil(.05 x 500) = 25th */
    assert_near(r.median[i], column[249], 0);
    assert_near(r.high[i], column[474], 0);
  }
}

/* Each draw, made again from its random numbers and evaluated the long way, is the one in the log. */
static void a_draw_is_an_evaluation_of_what_is_drawn(void **state) {
  static example e;
  static result r;
  static double values[UNITS * INDICATORS], score[UNITS * NODES];
  double weight[NODES], sum[NODES];
  ent_arena *arena = ent_arena_new(0);
  ent_uncertain u;
  (void)state;
  assert_non_null(arena);
  make_example(&e);
  assert_int_equal(run(&e, &r, NULL), ENT_COMPOSITE_FINE);
  assert_int_equal(ent_uncertain_init(&u, arena, &e.data, &e.tree, &e.methods, &e.uncertainty, NULL), 0);
  for (uint32_t d = 0; d < DRAWS; d += 7) {
    const ent_composite_data data = {UNITS, INDICATORS, values, NULL, NULL};
    const ent_composite_scores out = {.score = score};
    ent_composite_tree tree = e.tree;
    memcpy(values, e.values, sizeof values);
    for (size_t i = 0; i < u.value_count; i++) {
      const ent_uncertain_value *v = &u.values[i];
      double number;
      ent_random_block(77, ent_uncertain_value_stream(v), d, 1, &number);
      ent_uncertain_values_of(&u, v, &number, 1);
      values[v->unit * INDICATORS + v->indicator] = number;
    }
    for (size_t i = 0; i < NODES; i++) {
      double number;
      ent_random_block(77, ent_uncertain_weight_stream(i), d, 1, &number);
      weight[i] = u.drawn[i] ? ent_gamma_quantile(20 * u.given.share[i], number) : 1;
    }
    ent_uncertain_share_out(&e.tree, weight, sum);
    tree.weight = weight;
    assert_int_equal(ent_composite_evaluate(&data, &tree, &e.methods, &out, NULL), ENT_COMPOSITE_FINE);
    for (size_t i = 0; i < UNITS; i++) assert_near(r.draws[d * UNITS + i], score[i * NODES + NODES - 1], 1e-6);
  }
  ent_arena_free(arena);
}

/* What a draw gives one unit does not hang on whether another unit's value varies (between goalposts). */
static void a_value_has_random_numbers_of_its_own(void **state) {
  const double values[] = {0.4, 0.5, 0.6};
  double low[] = {0.2, NO, NO}, high[] = {0.5, NO, NO};
  float one[DRAWS * 3], other[DRAWS * 3];
  const ent_composite_data data = {3, 1, values, NULL, NULL};
  const ent_composite_uncertainty u = {.low = low, .high = high, .draws = DRAWS, .seed = 5};
  ent_composite_spread out = {.draws = one};
  size_t d, same = 0;
  (void)state;
  assert_int_equal(vary(&data, &single, &shares, &u, &out), ENT_COMPOSITE_FINE);
  low[1] = 0.2;
  high[1] = 0.9;
  out.draws = other;
  assert_int_equal(vary(&data, &single, &shares, &u, &out), ENT_COMPOSITE_FINE);
  for (d = 0; d < DRAWS; d++) {
    assert_true(one[3 * d] == other[3 * d]);
    same += one[3 * d + 1] == other[3 * d + 1];
  }
  assert_true(same < 5);
}

/* ---- refusals ---- */

static int count_calls(void *context, double done) {
  (void)done;
  ++*(int *)context;
  return 0;
}

static void what_makes_no_sense_is_refused_before_the_run(void **state) {
  static example e;
  static result r;
  const ent_composite_aggregation geometric[] = {ENT_AGGREGATE_ARITHMETIC, ENT_AGGREGATE_GEOMETRIC};
  const ent_composite_weighting budget[] = {ENT_WEIGHT_BUDGET};
  ent_composite_fault fault;
  int calls = 0;
  (void)state;
  make_example(&e);
  e.uncertainty.progress = count_calls;
  e.uncertainty.progress_context = &calls;
  e.uncertainty.aggregation_count = 2;
  e.uncertainty.aggregations = geometric;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_NOT_POSITIVE); /* min-max has zeros */
  assert_int_equal(fault.reason, ENT_COMPOSITE_NOT_POSITIVE);
  assert_int_equal(calls, 0);
  make_example(&e);
  e.data.unit_count = 2;
  e.uncertainty.normalisation_count = 2;
  e.uncertainty.normalisations = normalisations;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_FEW_UNITS);
  make_example(&e);
  e.uncertainty.weighting_count = 1;
  e.uncertainty.weightings = budget;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_NO_EXPERTS);
  make_example(&e);
  e.low[16] = -8; /* unit 2, indicator 2: a logarithm of a range that begins below 0 */
  e.uncertainty.treatment_count = 2;
  e.uncertainty.treatments = treatments;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_NOT_POSITIVE);
  assert_int_equal(fault.unit, 2);
  assert_int_equal(fault.node, 2);
}

static void ranges_and_parameters_are_checked(void **state) {
  static example e;
  static result r;
  double error[UNITS * INDICATORS];
  ent_composite_fault fault;
  size_t i;
  (void)state;
  for (i = 0; i < UNITS * INDICATORS; i++) error[i] = NO;
  make_example(&e);
  e.low[8] = e.values[8] + 0.1; /* unit 1, indicator 1 */
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_RANGE);
  assert_int_equal(fault.unit, 1);
  assert_int_equal(fault.node, 1);
  make_example(&e);
  e.low[8] = NO; /* half a range */
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_RANGE);
  make_example(&e);
  e.uncertainty.standard_error = error;
  error[9] = 0.1;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_FINE);
  error[9] = -0.1;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_RANGE);
  error[9] = NO;
  error[10] = 0.1; /* beside a range */
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_RANGE);
  make_example(&e);
  e.uncertainty.concentration = -1;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.uncertainty.draws = 0;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  e.uncertainty.draws = 10000001;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.uncertainty.distribution = ENT_DISTRIBUTIONS;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_METHOD);
  make_example(&e);
  e.tree.node_count = NODES - 1; /* a parent that is not there */
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_ORPHAN);
}

/* A million units are evaluated, but neither kept for 1,000 draws nor ranked against each other. */
static void what_would_not_fit_is_refused(void **state) {
  enum { LARGE = 1000000 };
  double *values = malloc(LARGE * sizeof *values), *mean = malloc(LARGE * sizeof *mean), few[1];
  const ent_composite_data data = {LARGE, 1, values, NULL, NULL};
  ent_composite_uncertainty u = {.draws = 1000, .seed = 1};
  const ent_composite_spread quantiles = {.median = mean}, matrix = {.acceptability = few}, means = {.rank_mean = mean};
  ent_composite_data larger = {LARGE, 17, values, NULL, NULL};
  size_t i;
  (void)state;
  assert_non_null(values);
  assert_non_null(mean);
  ent_random_uniform(1, 1, 0, LARGE, values);
  assert_int_equal(vary(&data, &single, &shares, &u, &quantiles), ENT_COMPOSITE_TOO_LARGE);
  assert_int_equal(vary(&data, &single, &shares, &u, &matrix), ENT_COMPOSITE_TOO_LARGE);
  assert_int_equal(vary(&larger, &single, &shares, &u, &means), ENT_COMPOSITE_TOO_LARGE);
  u.draws = 1;
  assert_int_equal(vary(&data, &single, &shares, &u, &means), ENT_COMPOSITE_FINE);
  double sum = 0;
  for (i = 0; i < LARGE; i++) sum += mean[i];
  assert_near(sum, LARGE * (LARGE + 1.0) / 2, 1e-12);
  free(values);
  free(mean);
}

/* ---- the course of it ---- */

typedef struct told {
  double last;
  int calls, most;
  bool fell;
} told;

static int listen(void *context, double done) {
  told *t = context;
  t->fell |= done < t->last || done > 1;
  t->last = done;
  return ++t->calls >= t->most;
}

static void progress_rises_to_one_and_can_stop(void **state) {
  static example e;
  static result r;
  ent_composite_fault fault;
  told t = {.most = 1 << 20};
  (void)state;
  make_example(&e);
  e.uncertainty.progress = listen;
  e.uncertainty.progress_context = &t;
  assert_int_equal(run(&e, &r, NULL), ENT_COMPOSITE_FINE);
  assert_false(t.fell);
  assert_near(t.last, 1, 0);
  t = (told){.most = 2};
  e.uncertainty.threads = 2;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_STOPPED);
  assert_int_equal(fault.reason, ENT_COMPOSITE_STOPPED);
  assert_int_equal(t.calls, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_have_the_distributions_that_are_said),
      cmocka_unit_test(a_pert_lies_between_two_tables),
      cmocka_unit_test(what_is_certain_stays_as_it_is),
      cmocka_unit_test(weights_are_drawn_around_their_shares),
      cmocka_unit_test(a_draw_takes_one_of_each_list),
      cmocka_unit_test(threads_change_no_byte),
      cmocka_unit_test(shares_sum_to_one_whatever_is_drawn),
      cmocka_unit_test(quantiles_are_those_of_the_log),
      cmocka_unit_test(a_draw_is_an_evaluation_of_what_is_drawn),
      cmocka_unit_test(a_value_has_random_numbers_of_its_own),
      cmocka_unit_test(what_makes_no_sense_is_refused_before_the_run),
      cmocka_unit_test(ranges_and_parameters_are_checked),
      cmocka_unit_test(what_would_not_fit_is_refused),
      cmocka_unit_test(progress_rises_to_one_and_can_stop),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
