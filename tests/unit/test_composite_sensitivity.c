/* What drives a composite: indices of models whose own are known, tornado and leave-one-out by hand, the same bytes for
 * any number of threads, intervals that cover. */
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

/* Three indicators below one top, between goalposts 0 and 1, scores from 0 to 1. */
enum { UNITS = 2, INDICATORS = 3, OUTPUTS = UNITS + 1 };
static const int parents[] = {3, 3, 3, -1};
static const double zeros[64] = {0}, weights[] = {1, 2, 3, 1};
static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                              1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const ent_composite_tree tree = {
    .node_count = 4, .parent = parents, .weight = weights, .low = zeros, .high = ones};
static const ent_composite_methods shares = {.to = 1};

/* The second unit is certain, and always the second. */
static const double values[] = {0.5, 0.6, 0.5, 0.01, 0.02, 0.03};
static const double low[] = {0.2, 0.5, 0.4, NO, NO, NO}, high[] = {0.8, 0.7, 0.6, NO, NO, NO};
static const ent_composite_data data = {UNITS, INDICATORS, values, NULL, NULL};

static ent_composite_uncertainty ranges(void) {
  return (ent_composite_uncertainty){.low = low, .high = high, .distribution = ENT_UNIFORM, .seed = 1};
}

typedef struct result {
  double first[16 * OUTPUTS], first_low[16 * OUTPUTS], first_high[16 * OUTPUTS];
  double total[16 * OUTPUTS], total_low[16 * OUTPUTS], total_high[16 * OUTPUTS], mean[OUTPUTS], variance[OUTPUTS];
} result;

static ent_composite_reason analyse(const ent_composite_data *of, const ent_composite_tree *by,
                                    const ent_composite_methods *methods, const ent_composite_uncertainty *uncertainty,
                                    const ent_composite_design *design, result *r) {
  const ent_composite_indices out = {r->first,     r->first_low,  r->first_high, r->total,
                                     r->total_low, r->total_high, r->mean,       r->variance};
  memset(r, 0, sizeof *r);
  return ent_composite_sensitivity(of, by, methods, uncertainty, design, &out, NULL);
}

/* ---- indices ---- */

/* A sum of uniform numbers: the share of each is (weight x width)^2 of the sum of these, first order and in all:
 * (1 x .6, 2 x .2, 3 x .2) / 6, so 36, 16 and 36 of 88; variance 0.88 / 36 / 12. */
static void a_sum_has_the_indices_of_its_terms(void **state) {
  const ent_composite_input inputs[] = {{ENT_INPUT_VALUE, 0, 0},
                                        {ENT_INPUT_INDICATOR, -1, 1},
                                        {ENT_INPUT_VALUE, 0, 2},
                                        {ENT_INPUT_UNIT, 0, -1},
                                        {ENT_INPUT_VALUES, -1, -1}};
  const double wanted[] = {36.0 / 88, 16.0 / 88, 36.0 / 88, 1, 1};
  const ent_composite_design design = {.inputs = inputs, .input_count = 5};
  const ent_composite_uncertainty u = ranges();
  static result r;
  size_t i;
  (void)state;
  assert_int_equal(analyse(&data, &tree, &shares, &u, &design, &r), ENT_COMPOSITE_FINE);
  for (i = 0; i < 5; i++) {
    const size_t at = i * OUTPUTS;
    assert_near(r.first[at], wanted[i], 0.005);
    assert_near(r.total[at], wanted[i], 0.005);
    assert_true(r.first_low[at] <= r.first[at] && r.first[at] <= r.first_high[at]);
    assert_true(r.total_low[at] <= r.total[at] && r.total[at] <= r.total_high[at]);
    assert_true(r.total_high[at] - r.total_low[at] < 0.02);
    assert_true(isnan(r.first[at + 1]) && isnan(r.total[at + 2])); /* the certain unit, and ranks that never move */
  }
  assert_near(r.mean[0], (0.5 + 2 * 0.6 + 3 * 0.5) / 6, 1e-4);
  assert_near(r.variance[0], 0.88 / 36 / 12, 1e-4);
  assert_near(r.variance[1], 0, 1e-20);
}

/* sqrt(x y) of uniform x and y: 8/17 each alone, 9/17 each in all. */
static void a_product_has_effects_in_company(void **state) {
  const int parent[] = {2, 2, -1};
  const double value[] = {0.5, 0.5}, from[] = {0, 0}, to[] = {1, 1};
  const ent_composite_tree pair = {.node_count = 3, .parent = parent, .low = zeros, .high = ones};
  const ent_composite_data one = {1, 2, value, NULL, NULL};
  const ent_composite_methods geometric = {.to = 1, .aggregation = {ENT_AGGREGATE_GEOMETRIC}};
  const ent_composite_uncertainty u = {.low = from, .high = to, .distribution = ENT_UNIFORM, .seed = 2};
  const ent_composite_input inputs[] = {{ENT_INPUT_VALUE, 0, 0}, {ENT_INPUT_VALUE, 0, 1}};
  const ent_composite_design design = {.inputs = inputs, .input_count = 2, .points = 4096};
  double first[4], total[4];
  const ent_composite_indices out = {.first = first, .total = total};
  size_t i;
  (void)state;
  assert_int_equal(ent_composite_sensitivity(&one, &pair, &geometric, &u, &design, &out, NULL), ENT_COMPOSITE_FINE);
  for (i = 0; i < 2; i++) {
    assert_near(first[i * 2], 8.0 / 17, 0.005);
    assert_near(total[i * 2], 9.0 / 17, 0.005);
  }
}

/* Two units, each good at one of two indicators, whose weight w is uniform (Dirichlet of 1 and 1): scores w and
 * 0.9 (1 - w). The nominal ranking, at w = 1/2, is turned where 0.9 (1 - w) > w. */
static void weights_and_choices_are_inputs_too(void **state) {
  const int parent[] = {2, 2, -1};
  const double value[] = {1, 0, 0, 0.9}, experts[] = {3, 1, 1, 1, 1, 1};
  const ent_composite_tree pair = {.node_count = 3, .parent = parent, .low = zeros, .high = ones};
  const ent_composite_data two = {2, 2, value, NULL, NULL};
  const ent_composite_weighting weightings[] = {ENT_WEIGHT_EQUAL, ENT_WEIGHT_BUDGET};
  const ent_composite_aggregation aggregations[] = {ENT_AGGREGATE_ARITHMETIC, ENT_AGGREGATE_WEAKEST};
  const ent_composite_methods methods = {.to = 1, .expert_count = 2, .experts = experts};
  ent_composite_uncertainty u = {.concentration = 2, .seed = 3};
  const ent_composite_input inputs[] = {
      {ENT_INPUT_WEIGHTS, -1, 2}, {ENT_INPUT_WEIGHTING, -1, -1}, {ENT_INPUT_AGGREGATION, -1, -1}};
  ent_composite_design design = {.inputs = inputs, .input_count = 1};
  static result r;
  (void)state;
  assert_int_equal(analyse(&two, &pair, &methods, &u, &design, &r), ENT_COMPOSITE_FINE);
  assert_near(r.first[0], 1, 0.01); /* two numbers make the weights, but they are one input */
  assert_near(r.total[0], 1, 0.01);
  assert_near(r.mean[0], 0.5, 0.002);
  assert_near(r.variance[0], 1 / 12.0, 0.001);
  assert_near(r.mean[2], 0.9 / 1.9, 0.005); /* the second is first where 0.9 (1 - w) > w */
  u.concentration = 0;
  u.weighting_count = u.aggregation_count = 2;
  u.weightings = weightings;
  u.aggregations = aggregations;
  design.inputs = inputs + 1;
  design.input_count = 2;
  assert_int_equal(analyse(&two, &pair, &methods, &u, &design, &r), ENT_COMPOSITE_FINE);
  /* Score of the first: half of draws the weakest, 0; else 1/2 (equal, or the second expert) or 3/4 in a quarter. */
  assert_near(r.mean[0], 0.5 * (0.75 * 0.5 + 0.25 * 0.75), 0.003);
  assert_near(r.first[0 * OUTPUTS] + r.total[1 * OUTPUTS], 1, 0.02); /* of two inputs: what one leaves the other has */
  assert_near(r.first[1 * OUTPUTS] + r.total[0 * OUTPUTS], 1, 0.02);
  assert_true(r.total[0 * OUTPUTS] > r.first[0 * OUTPUTS] + 0.01);
}

/* Hundreds of values, one by one: each score is the sum of its own. */
static void hundreds_of_inputs(void **state) {
  enum { MANY = 12, WIDE = 30, ALL = MANY * WIDE };
  static double value[ALL], from[ALL], to[ALL], first[ALL * (MANY + 1)], total[ALL * (MANY + 1)];
  static ent_composite_input inputs[ALL];
  int parent[WIDE + 1];
  const ent_composite_tree wide = {.node_count = WIDE + 1, .parent = parent, .low = zeros, .high = ones};
  const ent_composite_data many = {MANY, WIDE, value, NULL, NULL};
  const ent_composite_uncertainty u = {.low = from, .high = to, .distribution = ENT_UNIFORM, .seed = 2, .threads = 2};
  const ent_composite_design design = {.inputs = inputs, .input_count = ALL, .points = 256};
  const ent_composite_indices out = {.first = first, .total = total};
  size_t count = ALL, i, k;
  (void)state;
  for (i = 0; i <= WIDE; i++) parent[i] = i < WIDE ? WIDE : -1;
  ent_random_uniform(4, 4, 0, ALL, value);
  for (i = 0; i < ALL; i++) value[i] = 0.2 + 0.6 * value[i], from[i] = value[i] - 0.1, to[i] = value[i] + 0.1;
  assert_int_equal(ent_composite_inputs(&many, &wide, &shares, &u, ENT_INPUT_VALUE, inputs, &count, NULL), 0);
  assert_int_equal(count, ALL);
  assert_int_equal(ent_composite_sensitivity(&many, &wide, &shares, &u, &design, &out, NULL), ENT_COMPOSITE_FINE);
  for (k = 0; k < MANY; k++) {
    double sum = 0;
    for (i = 0; i < ALL; i++) {
      const bool own = inputs[i].unit == (long)k;
      sum += total[i * (MANY + 1) + k];
      assert_near(total[i * (MANY + 1) + k], own ? 1.0 / WIDE : 0, own ? 0.02 : 1e-12);
      assert_near(first[i * (MANY + 1) + k], own ? 1.0 / WIDE : 0, own ? 0.03 : 1e-12);
    }
    assert_near(sum, 1, 0.05);
  }
}

/* In 300 runs a 90 % interval should cover 270 times; 5 standard errors are 26. */
static void intervals_cover_as_often_as_they_say(void **state) {
  const ent_composite_input inputs[] = {{ENT_INPUT_VALUE, 0, 0}, {ENT_INPUT_VALUE, 0, 1}, {ENT_INPUT_VALUE, 0, 2}};
  const ent_composite_design design = {.inputs = inputs, .input_count = 3, .points = 32, .confidence = 0.9};
  ent_composite_uncertainty u = ranges();
  static result r;
  size_t first = 0, total = 0;
  (void)state;
  for (u.seed = 1; u.seed <= 300; u.seed++) {
    assert_int_equal(analyse(&data, &tree, &shares, &u, &design, &r), ENT_COMPOSITE_FINE);
    first += r.first_low[OUTPUTS] <= 16.0 / 88 && r.first_high[OUTPUTS] >= 16.0 / 88;
    total += r.total_low[0] <= 36.0 / 88 && r.total_high[0] >= 36.0 / 88;
  }
  assert_true(first > 244 && first < 296);
  assert_true(total > 244 && total < 296);
}

/* ---- a larger case ---- */

enum { CASE_UNITS = 9, CASE_INDICATORS = 4, CASE_NODES = 7, CASE_OUTPUTS = CASE_UNITS + 1, CASE_INPUTS = 9 };

typedef struct example {
  double value[CASE_UNITS * CASE_INDICATORS], from[CASE_UNITS * CASE_INDICATORS], to[CASE_UNITS * CASE_INDICATORS];
  ent_composite_input inputs[CASE_INPUTS];
  ent_composite_data data;
  ent_composite_tree tree;
  ent_composite_methods methods;
  ent_composite_uncertainty uncertainty;
  ent_composite_design design;
} example;

static const int case_parents[] = {4, 4, 5, 5, 6, 6, -1};
static const ent_composite_normalisation normalisations[] = {ENT_NORMALISE_MIN_MAX, ENT_NORMALISE_Z_SCORE};
static const ent_composite_weighting case_weightings[] = {ENT_WEIGHT_EQUAL, ENT_WEIGHT_PRINCIPAL};

static void make_example(example *e) {
  size_t i, count = CASE_INPUTS;
  memset(e, 0, sizeof *e);
  ent_random_uniform(31, 8, 0, CASE_UNITS * CASE_INDICATORS, e->value);
  for (i = 0; i < CASE_UNITS * CASE_INDICATORS; i++) e->from[i] = e->value[i] - 0.2, e->to[i] = e->value[i] + 0.1;
  e->data = (ent_composite_data){CASE_UNITS, CASE_INDICATORS, e->value, NULL, NULL};
  e->tree = (ent_composite_tree){.node_count = CASE_NODES, .parent = case_parents};
  e->uncertainty = (ent_composite_uncertainty){.low = e->from,
                                               .high = e->to,
                                               .concentration = 10,
                                               .normalisation_count = 2,
                                               .normalisations = normalisations,
                                               .weighting_count = 2,
                                               .weightings = case_weightings,
                                               .seed = 77};
  e->methods = (ent_composite_methods){.normalisation = ENT_NORMALISE_MIN_MAX};
  assert_int_equal(ent_composite_inputs(&e->data, &e->tree, &e->methods, &e->uncertainty, ENT_INPUT_INDICATOR,
                                        e->inputs, &count, NULL),
                   ENT_COMPOSITE_FINE);
  assert_int_equal(count, CASE_INPUTS); /* four indicators, three groups of weights, two choices */
  e->design = (ent_composite_design){.inputs = e->inputs, .input_count = CASE_INPUTS, .points = 64};
}

typedef struct case_result {
  double first[CASE_INPUTS * CASE_OUTPUTS], total[CASE_INPUTS * CASE_OUTPUTS], total_low[CASE_INPUTS * CASE_OUTPUTS];
} case_result;

static ent_composite_reason run(const example *e, case_result *r, ent_composite_fault *fault) {
  const ent_composite_indices out = {.first = r->first, .total = r->total, .total_low = r->total_low};
  memset(r, 0, sizeof *r);
  return ent_composite_sensitivity(&e->data, &e->tree, &e->methods, &e->uncertainty, &e->design, &out, fault);
}

static void inputs_are_listed_in_their_order(void **state) {
  static example e;
  ent_composite_input few[3];
  size_t count = 3;
  (void)state;
  make_example(&e);
  assert_int_equal(e.inputs[3].kind, ENT_INPUT_INDICATOR);
  assert_int_equal(e.inputs[3].node, 3);
  assert_int_equal(e.inputs[4].kind, ENT_INPUT_WEIGHTS);
  assert_int_equal(e.inputs[6].node, 6);
  assert_int_equal(e.inputs[7].kind, ENT_INPUT_NORMALISATION);
  assert_int_equal(e.inputs[8].kind, ENT_INPUT_WEIGHTING);
  assert_int_equal(
      ent_composite_inputs(&e.data, &e.tree, &e.methods, &e.uncertainty, ENT_INPUT_UNIT, few, &count, NULL),
      ENT_COMPOSITE_FINE);
  assert_int_equal(count, CASE_UNITS + 5);
  assert_int_equal(few[2].unit, 2);
  assert_int_equal(
      ent_composite_inputs(&e.data, &e.tree, &e.methods, &e.uncertainty, ENT_INPUT_VALUES, NULL, &count, NULL),
      ENT_COMPOSITE_FINE);
  assert_int_equal(count, 6);
}

static void threads_change_no_byte(void **state) {
  static example e;
  static case_result one, other;
  size_t i;
  (void)state;
  make_example(&e);
  assert_int_equal(run(&e, &one, NULL), ENT_COMPOSITE_FINE);
  for (e.uncertainty.threads = 2; e.uncertainty.threads < 5; e.uncertainty.threads++) {
    assert_int_equal(run(&e, &other, NULL), ENT_COMPOSITE_FINE);
    assert_memory_equal(&one, &other, sizeof one);
  }
  for (i = 0; i < CASE_INPUTS * CASE_OUTPUTS; i++) assert_true(one.total[i] >= 0 && one.total[i] < 1.5);
}

static int stop(void *context, double done) { return ++*(int *)context > 1 && done < 1; }

static void what_makes_no_sense_is_refused(void **state) {
  static example e;
  static case_result r;
  ent_composite_fault fault;
  int calls = 0;
  (void)state;
  make_example(&e);
  e.inputs[2] = (ent_composite_input){ENT_INPUT_VALUE, 3, 9};
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  assert_int_equal(fault.unit, 3);
  assert_int_equal(fault.node, 9);
  e.inputs[2] = (ent_composite_input){ENT_INPUT_TREATMENT, -1, -1}; /* there is no choice of it */
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.design.points = 100;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.design.scramblings = 15;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.design.confidence = 1;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_PARAMETER);
  make_example(&e);
  e.design.scramblings = 1000;
  e.data.unit_count = 1u << 17;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_TOO_LARGE);
  make_example(&e);
  e.uncertainty.progress = stop;
  e.uncertainty.progress_context = &calls;
  assert_int_equal(run(&e, &r, &fault), ENT_COMPOSITE_STOPPED);
}

/* A logarithm that some point can not have: the place of it is told, whichever thread finds it. */
static void a_point_that_fails_says_where(void **state) {
  static example e;
  static case_result r;
  double error[CASE_UNITS * CASE_INDICATORS];
  ent_composite_fault one, other;
  size_t i;
  (void)state;
  make_example(&e);
  for (i = 0; i < CASE_UNITS * CASE_INDICATORS; i++) {
    e.value[i] = 3 + e.value[i];
    error[i] = 0.1;
  }
  error[4 * CASE_INDICATORS + 2] = 0.97; /* beyond -3.1 standard errors, where nothing is tried before the run */
  e.uncertainty.low = e.uncertainty.high = NULL;
  e.value[4 * CASE_INDICATORS + 2] = 3.0;
  e.uncertainty.standard_error = error;
  e.methods.treatment = ENT_TREAT_LOG;
  e.design.points = 2048;
  assert_int_equal(run(&e, &r, &one), ENT_COMPOSITE_NOT_POSITIVE);
  assert_int_equal(one.unit, 4);
  assert_int_equal(one.node, 2);
  e.uncertainty.threads = 3;
  assert_int_equal(run(&e, &r, &other), ENT_COMPOSITE_NOT_POSITIVE);
  assert_true(one.unit == other.unit && one.node == other.node);
}

/* ---- tornado ---- */

static void a_tornado_by_hand(void **state) {
  const ent_composite_input inputs[] = {{ENT_INPUT_VALUE, 0, 1}, {ENT_INPUT_UNIT, 0, -1}};
  const ent_composite_uncertainty u = ranges();
  double lows[4], highs[4], rank_low[4], change[2];
  const ent_composite_tornado out = {.low = lows, .high = highs, .rank_low = rank_low, .rank_change = change};
  (void)state;
  assert_int_equal(ent_composite_swing(&data, &tree, &shares, &u, inputs, 2, &out, NULL), ENT_COMPOSITE_FINE);
  assert_near(lows[0], (0.5 + 2 * 0.5 + 3 * 0.5) / 6, 1e-12);
  assert_near(highs[0], (0.5 + 2 * 0.7 + 3 * 0.5) / 6, 1e-12);
  assert_near(lows[2], (0.2 + 2 * 0.5 + 3 * 0.4) / 6, 1e-12);
  assert_near(highs[2], (0.8 + 2 * 0.7 + 3 * 0.6) / 6, 1e-12);
  assert_near(lows[1], highs[3], 0);
  assert_near(rank_low[0], 1, 0);
  assert_near(change[0], 0, 0);
}

static void a_tornado_of_weights_and_choices(void **state) {
  const int parent[] = {2, 2, -1};
  const double value[] = {1, 0, 0, 0.9}, error[] = {0.1, NO, NO, NO};
  const ent_composite_tree pair = {.node_count = 3, .parent = parent, .low = zeros, .high = ones};
  const ent_composite_data two = {2, 2, value, NULL, NULL};
  const ent_composite_aggregation aggregations[] = {ENT_AGGREGATE_ARITHMETIC, ENT_AGGREGATE_WEAKEST};
  const ent_composite_uncertainty u = {
      .standard_error = error, .concentration = 2, .aggregation_count = 2, .aggregations = aggregations};
  const ent_composite_input inputs[] = {
      {ENT_INPUT_WEIGHTS, -1, 2}, {ENT_INPUT_AGGREGATION, -1, -1}, {ENT_INPUT_VALUES, -1, -1}};
  double lows[6], highs[6], rank_low[6], rank_high[6], change[3];
  const ent_composite_tornado out = {lows, highs, rank_low, rank_high, change};
  (void)state;
  assert_int_equal(ent_composite_swing(&two, &pair, &shares, &u, inputs, 3, &out, NULL), ENT_COMPOSITE_FINE);
  assert_near(lows[0], 0.05, 1e-12); /* Beta(1, 1) */
  assert_near(highs[0], 0.95, 1e-12);
  assert_near(highs[1], 0.9 * 0.95, 1e-12);
  assert_near(rank_low[0], 1, 0);
  assert_near(rank_high[0], 2, 0);
  assert_near(change[0], 1, 0);
  assert_near(lows[2], 0, 0);
  assert_near(highs[2], 0.5, 1e-12);
  assert_near(rank_high[2], 1.5, 0); /* the weakest of both is 0 */
  assert_near(lows[4], 0.5 * (1 - 0.1 * 1.6448536), 1e-7);
  assert_near(highs[4], 0.5, 1e-12); /* the goalpost keeps it */
}

/* ---- leave one out ---- */

static void leaving_out_by_hand(void **state) {
  enum { NODES = 6 };
  static const int parent[NODES] = {3, 3, 4, 5, 5, -1}; /* (a, b) and (c), weights 1 3; 2; 1 1 */
  static const double weight[NODES] = {1, 3, 2, 1, 1, 0};
  const double value[] = {1, 0.2, 0.3, 0.1, 0.6, 0.4, 0, 0, NO};
  const ent_composite_tree three = {
      .node_count = NODES, .parent = parent, .weight = weight, .low = zeros, .high = ones};
  const ent_composite_data of = {3, 3, value, NULL, NULL};
  double score[NODES * 3], ranks[NODES * 3], change[NODES];
  ent_composite_reason reason[NODES];
  const ent_composite_left_out out = {score, ranks, change, reason};
  (void)state;
  assert_int_equal(ent_composite_leave_out(&of, &three, &shares, &out, NULL), ENT_COMPOSITE_FINE);
  /* The whole: (.4 + .3) / 2 = .35, (.475 + .4) / 2 = .4375, 0: ranks 2 1 3. */
  assert_near(score[0 * 3 + 0], (0.2 + 0.3) / 2, 1e-15);
  assert_near(score[1 * 3 + 0], (1 + 0.3) / 2, 1e-15);
  assert_near(score[1 * 3 + 1], (0.1 + 0.4) / 2, 1e-15);
  assert_near(ranks[1 * 3 + 0], 1, 0);
  assert_near(change[1], 2.0 / 3, 1e-15);
  assert_near(change[0], 0, 0);
  assert_near(score[2 * 3 + 0], 0.4, 1e-15); /* the last of its group takes it along */
  assert_near(score[4 * 3 + 0], 0.4, 1e-15);
  assert_near(score[3 * 3 + 1], 0.4, 1e-15);
  assert_near(score[3 * 3 + 2], NO, 0); /* nothing is left of that unit */
  assert_near(ranks[3 * 3 + 2], NO, 0);
  assert_near(change[3], 0, 0); /* the two others keep their ranks */
  assert_near(score[5 * 3], NO, 0);
  assert_int_equal(reason[3], ENT_COMPOSITE_FINE);
  assert_int_equal(reason[5], ENT_COMPOSITE_CHILDLESS);
}

/* What can not stand without a node says why, and the others are still answered. */
static void a_rest_that_makes_no_sense_has_its_reason(void **state) {
  static const int parent[] = {2, 2, -1};
  static const double weight[] = {1, 0, 1}, value[] = {0.3, 0.6};
  const ent_composite_tree pair = {.node_count = 3, .parent = parent, .weight = weight, .low = zeros, .high = ones};
  const ent_composite_data of = {1, 2, value, NULL, NULL};
  double score[3];
  ent_composite_reason reason[3];
  const ent_composite_left_out out = {.score = score, .reason = reason};
  ent_composite_fault fault;
  ent_composite_methods wrong = {.normalisation = ENT_NORMALISE_Z_SCORE};
  (void)state;
  assert_int_equal(ent_composite_leave_out(&of, &pair, &shares, &out, &fault), ENT_COMPOSITE_FINE);
  assert_int_equal(reason[0], ENT_COMPOSITE_ZERO_WEIGHTS);
  assert_near(score[0], NO, 0);
  assert_int_equal(reason[1], ENT_COMPOSITE_FINE);
  assert_near(score[1], 0.3, 0);
  assert_int_equal(ent_composite_leave_out(&of, &pair, &wrong, &out, &fault), ENT_COMPOSITE_FEW_UNITS);
  assert_int_equal(fault.reason, ENT_COMPOSITE_FEW_UNITS);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_sum_has_the_indices_of_its_terms),
      cmocka_unit_test(a_product_has_effects_in_company),
      cmocka_unit_test(weights_and_choices_are_inputs_too),
      cmocka_unit_test(hundreds_of_inputs),
      cmocka_unit_test(intervals_cover_as_often_as_they_say),
      cmocka_unit_test(inputs_are_listed_in_their_order),
      cmocka_unit_test(threads_change_no_byte),
      cmocka_unit_test(what_makes_no_sense_is_refused),
      cmocka_unit_test(a_point_that_fails_says_where),
      cmocka_unit_test(a_tornado_by_hand),
      cmocka_unit_test(a_tornado_of_weights_and_choices),
      cmocka_unit_test(leaving_out_by_hand),
      cmocka_unit_test(a_rest_that_makes_no_sense_has_its_reason),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
