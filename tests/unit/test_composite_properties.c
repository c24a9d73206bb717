/* What must hold of every composite, for random ones and all methods: units of measurement, the order of units and of
 * indicators and the sum of weights do not matter; raising a value never lowers what it counts for. And the edges: one
 * unit, constants, ties, nothing at all, a million units. */
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
enum { UNITS = 9, INDICATORS = 7, NODES = 11 };

/* Three groups under a top: indicators 0-2, 3-4, 5-6. */
static const int tree_parent[NODES] = {7, 7, 7, 8, 8, 9, 9, 10, 10, 10, -1};

typedef struct composite {
  int parent[NODES], direction[INDICATORS];
  double weight[NODES], low[INDICATORS], high[INDICATORS], reference[INDICATORS];
  double value[UNITS * INDICATORS];
  ent_composite_methods methods;
} composite;

typedef struct result {
  double normalised[UNITS * INDICATORS], weight[NODES], score[UNITS * NODES], rank[UNITS], coverage[UNITS];
} result;

static double one(uint64_t seed, uint64_t quantity) {
  double x;
  ent_random_uniform(seed, quantity, 0, 1, &x);
  return x;
}

/* Values on a grid, so that there are ties; positive, so that all methods take them. */
static void make(composite *c, uint64_t seed, double missing) {
  size_t k, unit;
  memset(c, 0, sizeof *c);
  memcpy(c->parent, tree_parent, sizeof tree_parent);
  for (k = 0; k < NODES; k++) c->weight[k] = .2 + one(seed, 100 + k);
  for (k = 0; k < INDICATORS; k++) {
    c->direction[k] = one(seed, 200 + k) < .4 ? -1 : 1;
    c->low[k] = .5;
    c->high[k] = 10 + 5 * one(seed, 300 + k);
    c->reference[k] = 1 + 9 * one(seed, 400 + k);
    for (unit = 0; unit < UNITS; unit++)
      c->value[unit * INDICATORS + k] = one(seed, 9000 + unit * INDICATORS + k) < missing && unit > 3
                                            ? NO
                                            : 1 + floor(20 * one(seed, 1000 + unit * INDICATORS + k)) / 2;
  }
  c->methods.from = 1;
  c->methods.to = 100;
}

static ent_composite_reason evaluate(const composite *c, result *out) {
  ent_composite_tree tree = {.node_count = NODES,
                             .parent = c->parent,
                             .weight = c->weight,
                             .direction = c->direction,
                             .low = c->low,
                             .high = c->high,
                             .reference = c->reference};
  ent_composite_data data = {.unit_count = UNITS, .indicator_count = INDICATORS, .values = c->value};
  ent_composite_scores scores = {.normalised = out->normalised,
                                 .weight = out->weight,
                                 .score = out->score,
                                 .rank = out->rank,
                                 .coverage = out->coverage};
  return ent_composite_evaluate(&data, &tree, &c->methods, &scores, NULL);
}

static bool compares(ent_composite_aggregation method) {
  return method == ENT_AGGREGATE_COPELAND || method == ENT_AGGREGATE_CONDORCET;
}

/* All choices of normalisation and aggregation that go together, some weightings and treatments; with missing values
 * where they may be. */
typedef void property(composite *c, uint64_t seed);

static void hold(property *what, uint64_t seeds) {
  uint64_t seed;
  int n, a, tried = 0;
  for (seed = 0; seed < seeds; seed++)
    for (n = 0; n < ENT_NORMALISATIONS; n++)
      for (a = 0; a < ENT_AGGREGATIONS_OF_COMPOSITES; a++) {
        composite c;
        result r;
        make(&c, seed, seed % 2 && !compares((ent_composite_aggregation)a) ? .15 : 0);
        c.methods.normalisation = (ent_composite_normalisation)n;
        c.methods.aggregation[0] = (ent_composite_aggregation)a;
        c.methods.power[0] = 3;
        c.methods.treatment = seed % 3 == 1 && n != ENT_NORMALISE_REFERENCE ? ENT_TREAT_AS_COIN_TOOL : ENT_TREAT_NONE;
        c.methods.imputation = seed % 5 == 3 ? ENT_IMPUTE_MEDIAN : ENT_IMPUTE_NONE;
        c.methods.weighting = seed % 7 == 4 ? ENT_WEIGHT_PRINCIPAL : ENT_WEIGHT_GIVEN;
        if (c.methods.normalisation == ENT_NORMALISE_GOALPOSTS) c.methods.treatment = ENT_TREAT_NONE;
        if (evaluate(&c, &r)) continue; /* a mean of what is not positive, or correlations with missing values */
        what(&c, seed);
        tried++;
      }
  assert_true(tried > (int)seeds * 25);
}

static const double tolerance = 1e-9;

static void assert_same(const result *a, const result *b, const size_t *unit_of, const size_t *node_of) {
  size_t unit, node;
  for (unit = 0; unit < UNITS; unit++) {
    size_t other = unit_of ? unit_of[unit] : unit;
    assert_near(a->rank[unit], b->rank[other], 0);
    assert_near(a->coverage[unit], b->coverage[other], tolerance);
    for (node = 0; node < NODES; node++)
      assert_near(a->score[unit * NODES + node], b->score[other * NODES + (node_of ? node_of[node] : node)], tolerance);
  }
}

/* ---- what does not matter ---- */

/* Powers of two and whole numbers, so that rounding makes or breaks no tie. References are of ratio scale. */
static void measure_in_other_units(composite *c, uint64_t seed) {
  result before, after;
  size_t k, unit;
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  for (k = 0; k < INDICATORS; k++) {
    double factor = ldexp(1, (int)(20 * one(seed, 500 + k)) - 10), shift = 1024 * floor(8 * one(seed, 600 + k));
    if (c->methods.normalisation == ENT_NORMALISE_REFERENCE) shift = 0;
    for (unit = 0; unit < UNITS; unit++)
      c->value[unit * INDICATORS + k] = c->value[unit * INDICATORS + k] * factor + shift;
    c->low[k] = c->low[k] * factor + shift;
    c->high[k] = c->high[k] * factor + shift;
    c->reference[k] *= factor;
  }
  assert_int_equal(evaluate(c, &after), ENT_COMPOSITE_FINE);
  assert_same(&before, &after, NULL, NULL);
}

/* Less is better of x is more is better of -x. */
static void turn_indicators_round(composite *c, uint64_t seed) {
  result before, after;
  size_t k, unit;
  if (c->methods.normalisation == ENT_NORMALISE_REFERENCE || c->methods.treatment != ENT_TREAT_NONE) return;
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  for (k = 0; k < INDICATORS; k++) {
    double low = c->low[k];
    if (one(seed, 700 + k) < .5) continue;
    c->direction[k] *= -1;
    c->low[k] = -c->high[k];
    c->high[k] = -low;
    for (unit = 0; unit < UNITS; unit++) c->value[unit * INDICATORS + k] *= -1;
  }
  assert_int_equal(evaluate(c, &after), ENT_COMPOSITE_FINE);
  for (unit = 0; unit < UNITS; unit++)
    for (k = 0; k < NODES; k++) assert_near(before.score[unit * NODES + k], after.score[unit * NODES + k], tolerance);
}

static void list_units_in_another_order(composite *c, uint64_t seed) {
  result before, after;
  composite other = *c;
  size_t unit, place[UNITS];
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  for (unit = 0; unit < UNITS; unit++) {
    place[unit] = (unit * 5 + seed) % UNITS; /* 5 and 9 have no common divisor */
    memcpy(other.value + place[unit] * INDICATORS, c->value + unit * INDICATORS, INDICATORS * sizeof *other.value);
  }
  assert_int_equal(evaluate(&other, &after), ENT_COMPOSITE_FINE);
  for (unit = 0; unit < UNITS; unit++)
    assert_near(before.score[unit * NODES + NODES - 1], after.score[place[unit] * NODES + NODES - 1], tolerance);
}

/* Indicators reversed inside the list, and the three groups turned; parents with them. */
static void list_nodes_in_another_order(composite *c, uint64_t seed) {
  composite other = *c;
  result before, after;
  size_t k, unit, node_of[NODES];
  (void)seed;
  for (k = 0; k < INDICATORS; k++) node_of[k] = INDICATORS - 1 - k;
  node_of[7] = 8, node_of[8] = 10, node_of[9] = 7, node_of[10] = 9;
  for (k = 0; k < NODES; k++) {
    other.parent[node_of[k]] = c->parent[k] < 0 ? -1 : (int)node_of[c->parent[k]];
    other.weight[node_of[k]] = c->weight[k];
    if (k >= INDICATORS) continue;
    other.direction[node_of[k]] = c->direction[k];
    other.low[node_of[k]] = c->low[k];
    other.high[node_of[k]] = c->high[k];
    other.reference[node_of[k]] = c->reference[k];
    for (unit = 0; unit < UNITS; unit++) other.value[unit * INDICATORS + node_of[k]] = c->value[unit * INDICATORS + k];
  }
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  assert_int_equal(evaluate(&other, &after), ENT_COMPOSITE_FINE);
  for (unit = 0; unit < UNITS; unit++)
    for (k = 0; k < NODES; k++)
      assert_near(before.score[unit * NODES + k], after.score[unit * NODES + node_of[k]], tolerance);
}

/* Any sum, in each group its own. */
static void scale_weights(composite *c, uint64_t seed) {
  result before, after;
  size_t k;
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  for (k = 0; k < NODES; k++)
    c->weight[k] *= c->parent[k] < 0 ? 0 : ldexp(1, (int)(40 * one(seed, 800 + (uint64_t)c->parent[k])) - 20);
  assert_int_equal(evaluate(c, &after), ENT_COMPOSITE_FINE);
  assert_same(&before, &after, NULL, NULL);
}

static void units_of_measurement_do_not_matter(void **state) {
  (void)state;
  hold(measure_in_other_units, 24);
}
static void directions_mirror(void **state) {
  (void)state;
  hold(turn_indicators_round, 24);
}
static void the_order_of_units_does_not_matter(void **state) {
  (void)state;
  hold(list_units_in_another_order, 24);
}
static void the_order_of_indicators_does_not_matter(void **state) {
  (void)state;
  hold(list_nodes_in_another_order, 24);
}
static void the_sum_of_weights_does_not_matter(void **state) {
  (void)state;
  hold(scale_weights, 24);
}

/* ---- monotonicity ---- */

/* To the last bit: better values never make the score less, nor the rank worse. With z-scores they may, since an
 * extreme value stretches the scale for all; with treated, imputed and weights from data, since those move with the
 * value; and with rankings of rankings, since others may change places among themselves. */
static void raise_one_value(composite *c, uint64_t seed) {
  result before, after;
  size_t unit = (size_t)(UNITS * one(seed, 901)), k = (size_t)(INDICATORS * one(seed, 902));
  double *value = c->value + unit * INDICATORS + k;
  if (isnan(*value) || c->methods.imputation || c->methods.weighting || c->methods.treatment ||
      c->methods.normalisation == ENT_NORMALISE_Z_SCORE || c->methods.aggregation[0] == ENT_AGGREGATE_CONDORCET)
    return;
  assert_int_equal(evaluate(c, &before), ENT_COMPOSITE_FINE);
  *value += c->direction[k] * *value * .9 * one(seed, 903);
  if (evaluate(c, &after)) return; /* a rank of 0 has no geometric mean */
  if (!(after.score[unit * NODES + NODES - 1] >= before.score[unit * NODES + NODES - 1]))
    fail_msg("seed %u: %.17g became %.17g", (unsigned)seed, before.score[unit * NODES + NODES - 1],
             after.score[unit * NODES + NODES - 1]);
  if (c->methods.aggregation[0] != ENT_AGGREGATE_COPELAND && after.rank[unit] > before.rank[unit])
    fail_msg("seed %u, methods %d, %d: the rank fell", (unsigned)seed, (int)c->methods.normalisation,
             (int)c->methods.aggregation[0]);
}

static void better_values_never_lower_a_score_or_a_rank(void **state) {
  (void)state;
  hold(raise_one_value, 400);
}

/* ---- edges ---- */

static const int flat_parent[] = {2, 2, -1};

static ent_composite_reason flat(const double *values, size_t units, ent_composite_normalisation method, double *score,
                                 double *rank, ent_composite_fault *fault) {
  const double low[] = {0, 0}, high[] = {10, 10}, reference[] = {2, 4};
  ent_composite_tree tree = {.node_count = 3, .parent = flat_parent, .low = low, .high = high, .reference = reference};
  ent_composite_data data = {.unit_count = units, .indicator_count = 2, .values = values};
  ent_composite_methods methods = {.normalisation = method};
  ent_composite_scores out = {.score = score, .rank = rank};
  return ent_composite_evaluate(&data, &tree, &methods, &out, fault);
}

static void takes_one_unit_where_that_makes_sense(void **state) {
  const double values[] = {5, 2}, two[] = {5, 2, 6, 1};
  double score[6], rank[2];
  ent_composite_fault fault;
  int n;
  (void)state;
  assert_int_equal(flat(values, 1, ENT_NORMALISE_GOALPOSTS, score, rank, &fault), ENT_COMPOSITE_FINE);
  assert_near(score[2], 35, 1e-13);
  assert_near(rank[0], 1, 0);
  assert_int_equal(flat(values, 1, ENT_NORMALISE_REFERENCE, score, rank, &fault), ENT_COMPOSITE_FINE);
  assert_near(score[2], 1.5, 1e-13);
  for (n = ENT_NORMALISE_MIN_MAX; n < ENT_NORMALISATIONS; n++) {
    if (n == ENT_NORMALISE_REFERENCE) continue;
    assert_int_equal(flat(values, 1, (ent_composite_normalisation)n, score, rank, &fault), ENT_COMPOSITE_FEW_UNITS);
    assert_int_equal(flat(two, 2, (ent_composite_normalisation)n, score, rank, &fault), ENT_COMPOSITE_FEW_UNITS);
  }
}

/* It tells no units apart: the other indicator decides. With ranks all have the middle one. */
static void a_constant_counts_for_nothing(void **state) {
  const double values[] = {.1, 4, .1, 9, .1, 1}, wanted[] = {37.5, 100, 0};
  double score[9], rank[3];
  const double sd = sqrt((4. / 9 + 169. / 9 + 121. / 9) / 2);
  (void)state;
  assert_int_equal(flat(values, 3, ENT_NORMALISE_MIN_MAX, score, rank, NULL), ENT_COMPOSITE_FINE);
  for (int k = 0; k < 3; k++) {
    assert_near(score[3 * k], NO, 0);
    assert_near(score[3 * k + 2], wanted[k], 1e-13);
  }
  assert_int_equal(flat(values, 3, ENT_NORMALISE_Z_SCORE, score, rank, NULL), ENT_COMPOSITE_FINE);
  assert_near(score[0], NO, 0);
  assert_near(score[2], (4 - 14. / 3) / sd, 1e-13);
  assert_int_equal(flat(values, 3, ENT_NORMALISE_RANK, score, rank, NULL), ENT_COMPOSITE_FINE);
  assert_near(score[0], 2, 0);
  assert_near(score[5], 2.5, 0);
}

static void nothing_at_all_is_missing(void **state) {
  const double values[] = {NO, NO, NO, NO, NO, NO}, row[] = {1, 2, NO, NO, 3, 5, 8, 8};
  const double ranks[] = {3, NO, 2, 1};
  double score[12], rank[4];
  int n, k;
  (void)state;
  for (n = 0; n < ENT_NORMALISATIONS; n++) {
    assert_int_equal(flat(values, 3, (ent_composite_normalisation)n, score, rank, NULL), ENT_COMPOSITE_FINE);
    for (k = 0; k < 9; k++) assert_near(score[k], NO, 0);
    for (k = 0; k < 3; k++) assert_near(rank[k], NO, 0);
    assert_int_equal(flat(row, 4, (ent_composite_normalisation)n, score, rank, NULL), ENT_COMPOSITE_FINE);
    assert_near(score[5], NO, 0);
    for (k = 0; k < 4; k++) assert_near(rank[k], ranks[k], 0);
  }
}

static void ties_share_their_rank(void **state) {
  const double values[] = {3, 3, 9, 1, 3, 3, 1, 9, 3, 3}, ranks[] = {4, 1.5, 4, 1.5, 4};
  double score[15], rank[5];
  (void)state;
  assert_int_equal(flat(values, 5, ENT_NORMALISE_GOALPOSTS, score, rank, NULL), ENT_COMPOSITE_FINE);
  for (int k = 0; k < 5; k++) assert_near(rank[k], ranks[k], 0);
}

/* Sorting methods too; what compares all pairs is refused. */
static void takes_a_million_units(void **state) {
  enum { MANY = 1000000 };
  double *values = malloc(2 * (size_t)MANY * sizeof *values), *rank = malloc(MANY * sizeof *rank);
  const double low[] = {0, 0}, high[] = {10, 10};
  ent_composite_tree tree = {.node_count = 3, .parent = flat_parent, .low = low, .high = high};
  ent_composite_data data = {.unit_count = MANY, .indicator_count = 2, .values = values};
  ent_composite_methods methods = {.treatment = ENT_TREAT_WINSORISE,
                                   .imputation = ENT_IMPUTE_MEDIAN,
                                   .normalisation = ENT_NORMALISE_PERCENTILE_RANK};
  ent_composite_scores out = {.rank = rank};
  ent_composite_fault fault;
  size_t k;
  (void)state;
  assert_true(values && rank);
  for (k = 0; k < MANY; k++) { /* rising to the last unit */
    values[2 * k] = (double)k;
    values[2 * k + 1] = k % 1000 == 3 ? NO : sqrt((double)k);
  }
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, &fault), ENT_COMPOSITE_FINE);
  assert_near(rank[MANY - 1], 1, 0);
  assert_near(rank[0], MANY, 0);
  assert_near(rank[MANY / 4], MANY - MANY / 4, 1001);
  methods.aggregation[0] = ENT_AGGREGATE_COPELAND;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, &fault), ENT_COMPOSITE_TOO_LARGE);
  methods.aggregation[0] = ENT_AGGREGATE_CONDORCET;
  assert_int_equal(ent_composite_evaluate(&data, &tree, &methods, &out, &fault), ENT_COMPOSITE_TOO_LARGE);
  free(values);
  free(rank);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(units_of_measurement_do_not_matter),
      cmocka_unit_test(directions_mirror),
      cmocka_unit_test(the_order_of_units_does_not_matter),
      cmocka_unit_test(the_order_of_indicators_does_not_matter),
      cmocka_unit_test(the_sum_of_weights_does_not_matter),
      cmocka_unit_test(better_values_never_lower_a_score_or_a_rank),
      cmocka_unit_test(takes_one_unit_where_that_makes_sense),
      cmocka_unit_test(a_constant_counts_for_nothing),
      cmocka_unit_test(nothing_at_all_is_missing),
      cmocka_unit_test(ties_share_their_rank),
      cmocka_unit_test(takes_a_million_units),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
