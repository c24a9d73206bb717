/* What compares units: Copeland's count and the ranking that the fewest weighted pairs contradict, against counts by
 * hand and a search of all rankings. */
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
enum { MOST = 10 };

/* Indicators of one group, compared as they are; scores of the top. */
static ent_composite_reason compare(ent_composite_aggregation method, const double *values, size_t units,
                                    size_t indicators, const double *weight, double *score,
                                    ent_composite_fault *fault) {
  int parent[MOST + 1];
  double low[MOST], high[MOST], *all = malloc(units * (indicators + 1) * sizeof *all);
  ent_composite_tree tree = {
      .node_count = indicators + 1, .parent = parent, .weight = weight, .low = low, .high = high};
  ent_composite_data data = {.unit_count = units, .indicator_count = indicators, .values = values};
  ent_composite_methods methods = {.aggregation = {method}};
  ent_composite_scores out = {.score = all};
  ent_composite_reason reason;
  size_t k;
  assert_non_null(all);
  for (k = 0; k < indicators; k++) parent[k] = (int)indicators, low[k] = -1, high[k] = 1000;
  parent[indicators] = -1;
  reason = ent_composite_evaluate(&data, &tree, &methods, &out, fault);
  for (k = 0; !reason && k < units; k++) score[k] = all[k * (indicators + 1) + indicators];
  free(all);
  return reason;
}

static void check(ent_composite_aggregation method, const double *values, size_t units, size_t indicators,
                  const double *weight, const double *wanted) {
  double score[MOST];
  size_t k;
  assert_int_equal(compare(method, values, units, indicators, weight, score, NULL), ENT_COMPOSITE_FINE);
  for (k = 0; k < units; k++)
    if (!near(score[k], wanted[k], 1e-14)) fail_msg("unit %zu has %.17g, wanted %.17g", k, score[k], wanted[k]);
}

/* Four units, three indicators of weights 4, 3 and 2. */
static void counts_pairs(void **state) {
  const double values[] = {4, 1, 2, /**/ 3, 2, 4, /**/ 2, 3, 2, /**/ 1, 3, 1}, weight[] = {4, 3, 2, 0};
  /* 1 and 2: 4 to 5; 1 and 3: 4 to 3, one tie; 1 and 4: 6 to 3; 2 and 3: 6 to 3; 2 and 4: 6 to 3; 3 and 4: 6, one tie
   */
  const double copeland[] = {1. / 3, 1, -1. / 3, -1}, ranking[] = {2, 3, 1, 0};
  (void)state;
  check(ENT_AGGREGATE_COPELAND, values, 4, 3, weight, copeland);
  check(ENT_AGGREGATE_CONDORCET, values, 4, 3, weight, ranking);
}

static void shares_ties(void **state) {
  const double values[] = {1, 2, /**/ 2, 1, /**/ 1, 2, /**/ 0, 0, /**/ 3, 3}, weight[] = {.1, .1, 0};
  const double copeland[] = {0, 0, 0, -1, 1}, ranking[] = {2, 2, 2, 0, 4};
  const double same[] = {5, 5, 5}, nothing[] = {0, 0, 0}, middle[] = {1, 1, 1}, one[] = {1, 0};
  (void)state;
  check(ENT_AGGREGATE_COPELAND, values, 5, 2, weight, copeland);
  check(ENT_AGGREGATE_CONDORCET, values, 5, 2, weight, ranking);
  check(ENT_AGGREGATE_COPELAND, same, 3, 1, one, nothing);
  check(ENT_AGGREGATE_CONDORCET, same, 3, 1, one, middle);
}

/* Young 1988, Condorcet's theory of voting: of 60 voters 23 rank A B C, 17 B C A, 2 B A C, 10 C A B, 8 C B A. A beats B
 * by 33 to 27, B beats C by 42 to 18, C beats A by 35 to 25: a circle, of which B C A keeps 104, A B C 100. */
static void resolves_circles(void **state) {
  const double values[] = {3, 1, 2, 2, 1, /**/ 2, 3, 3, 1, 2, /**/ 1, 2, 1, 3, 3}, weight[] = {23, 17, 2, 10, 8, 0};
  const double ranking[] = {0, 2, 1}, none[] = {0, 0, 0};
  (void)state;
  check(ENT_AGGREGATE_CONDORCET, values, 3, 5, weight, ranking);
  check(ENT_AGGREGATE_COPELAND, values, 3, 5, weight, none);
}

/* .1 + .2 against .3 is a tie, in whatever order. */
static void rounding_breaks_no_tie(void **state) {
  const double values[] = {1, 1, 2, /**/ 2, 2, 1, /**/ 0, 0, 0}, weight[] = {.1, .2, .3, 0};
  const double copeland[] = {.5, .5, -1}, ranking[] = {1.5, 1.5, 0};
  (void)state;
  check(ENT_AGGREGATE_COPELAND, values, 3, 3, weight, copeland);
  check(ENT_AGGREGATE_CONDORCET, values, 3, 3, weight, ranking);
}

/* ---- random contests ---- */

static void throw_all(uint64_t seed, double *values, size_t units, size_t indicators, double *weight) {
  size_t k;
  ent_random_uniform(seed, 1, 0, units * indicators, values);
  ent_random_uniform(seed, 2, 0, indicators, weight);
  for (k = 0; k < units * indicators; k++) values[k] = floor(values[k] * (double)(units + 2));
  for (k = 0; k < indicators; k++) weight[k] = 1 + floor(weight[k] * 3);
  weight[indicators] = 0;
}

static double margin(const double *values, size_t indicators, const double *weight, size_t a, size_t b) {
  double sum = 0;
  size_t k;
  for (k = 0; k < indicators; k++) {
    double x = values[a * indicators + k], y = values[b * indicators + k];
    sum += weight[k] * ((x > y) - (x < y));
  }
  return sum;
}

/* The largest sum of margins over all orders of what is left. */
static double best_of(const double *margins, size_t units, unsigned left) {
  double best = -INFINITY;
  size_t a, b;
  if (!left) return 0;
  for (a = 0; a < units; a++) {
    double sum = 0;
    if (!(left >> a & 1)) continue;
    for (b = 0; b < units; b++)
      if (left >> b & 1) sum += margins[a * units + b];
    sum += best_of(margins, units, left & ~(1u << a));
    if (sum > best) best = sum;
  }
  return best;
}

static void no_ranking_is_contradicted_less(void **state) {
  uint64_t seed;
  size_t circles = 0;
  (void)state;
  for (seed = 0; seed < 300; seed++) {
    enum { UNITS = 6, INDICATORS = 5 };
    double values[UNITS * INDICATORS], weight[INDICATORS + 1], score[UNITS], margins[UNITS * UNITS], sum = 0;
    size_t a, b, contradicted = 0;
    throw_all(seed, values, UNITS, INDICATORS, weight);
    for (a = 0; a < UNITS; a++)
      for (b = 0; b < UNITS; b++) margins[a * UNITS + b] = margin(values, INDICATORS, weight, a, b);
    assert_int_equal(compare(ENT_AGGREGATE_CONDORCET, values, UNITS, INDICATORS, weight, score, NULL),
                     ENT_COMPOSITE_FINE);
    for (a = 0; a < UNITS; a++)
      for (b = 0; b < UNITS; b++) {
        if (score[a] > score[b]) sum += margins[a * UNITS + b];
        if (score[a] > score[b] && margins[a * UNITS + b] < 0) contradicted = 1;
        if (a != b && near(score[a], score[b], 0)) assert_near(margins[a * UNITS + b], 0, 0);
      }
    assert_near(sum, best_of(margins, UNITS, (1u << UNITS) - 1), 1e-12);
    circles += contradicted;
  }
  assert_true(circles > 10);
}

/* One unit stands above all others by the least majority of the weight that there can be. */
static size_t plant_winner(uint64_t seed, double *values, size_t units, size_t indicators, const double *weight) {
  size_t winner = (size_t)(seed % units), k;
  double all = 0, won = 0;
  for (k = 0; k < indicators; k++) all += weight[k];
  for (k = 0; k < indicators; k++) {
    values[winner * indicators + k] = won <= all / 2 ? (double)units + 3 : -1;
    won += weight[k];
  }
  return winner;
}

/* For many units too, where circles are too large to be resolved exactly; and wherever the winner stands. */
static void the_condorcet_winner_comes_first(void **state) {
  enum { UNITS = 60, INDICATORS = 7 };
  uint64_t seed;
  (void)state;
  for (seed = 0; seed < 120; seed++) {
    double values[UNITS * INDICATORS], weight[INDICATORS + 1], score[UNITS];
    size_t winner, unit;
    throw_all(seed, values, UNITS, INDICATORS, weight);
    winner = plant_winner(seed, values, UNITS, INDICATORS, weight);
    assert_int_equal(compare(ENT_AGGREGATE_CONDORCET, values, UNITS, INDICATORS, weight, score, NULL),
                     ENT_COMPOSITE_FINE);
    for (unit = 0; unit < UNITS; unit++)
      assert_true(unit == winner ? near(score[unit], UNITS - 1, 0) : score[unit] < UNITS - 1);
    assert_int_equal(compare(ENT_AGGREGATE_COPELAND, values, UNITS, INDICATORS, weight, score, NULL),
                     ENT_COMPOSITE_FINE);
    assert_near(score[winner], 1, 0);
  }
}

/* No move of one unit makes a large circle's ranking better; of values without ties, since those that share a place
 * stand in no order. */
static void no_move_helps(void **state) {
  enum { UNITS = 40, INDICATORS = 3 };
  uint64_t seed;
  (void)state;
  for (seed = 0; seed < 20; seed++) {
    double values[UNITS * INDICATORS], weight[INDICATORS + 1], score[UNITS];
    size_t a, b, k, order[UNITS];
    ent_random_uniform(seed, 1, 0, (size_t)UNITS * INDICATORS, values);
    for (k = 0; k <= INDICATORS; k++) weight[k] = 1;
    assert_int_equal(compare(ENT_AGGREGATE_CONDORCET, values, UNITS, INDICATORS, weight, score, NULL),
                     ENT_COMPOSITE_FINE);
    for (a = 0; a < UNITS; a++) {
      for (k = a; k > 0 && score[order[k - 1]] < score[a]; k--) order[k] = order[k - 1];
      order[k] = a;
    }
    for (a = 0; a < UNITS; a++) {
      double gain = 0;
      for (b = a; b-- > 0; assert_true(gain <= 0)) gain += margin(values, INDICATORS, weight, order[a], order[b]);
      for (gain = 0, b = a + 1; b < UNITS; b++, assert_true(gain <= 0))
        gain += margin(values, INDICATORS, weight, order[b], order[a]);
    }
  }
}

/* ---- what is refused ---- */

static void needs_complete_data_and_three_units(void **state) {
  const double values[] = {1, 2, /**/ 2, NO, /**/ 3, 1}, absent[] = {1, NO, /**/ 2, NO, /**/ 3, NO};
  const double two[] = {1, 2, 3, 4}, weight[] = {1, 1, 0}, first[] = {1, 0, 0}, copeland[] = {-1, 0, 1};
  ent_composite_fault fault;
  double score[3];
  size_t m;
  (void)state;
  for (m = ENT_AGGREGATE_COPELAND; m <= ENT_AGGREGATE_CONDORCET; m++) {
    ent_composite_aggregation method = (ent_composite_aggregation)m;
    assert_int_equal(compare(method, values, 3, 2, weight, score, &fault), ENT_COMPOSITE_MISSING_VALUES);
    assert_int_equal(fault.unit, 1);
    assert_int_equal(fault.node, 1);
    assert_int_equal(compare(method, two, 2, 2, weight, score, &fault), ENT_COMPOSITE_FEW_UNITS);
    /* What is missing for all, or weighs nothing, is passed over. */
    assert_int_equal(compare(method, absent, 3, 2, weight, score, &fault), ENT_COMPOSITE_FINE);
    assert_int_equal(compare(method, values, 3, 2, first, score, &fault), ENT_COMPOSITE_FINE);
  }
  check(ENT_AGGREGATE_COPELAND, absent, 3, 2, weight, copeland);
}

static void refuses_more_units_than_it_can_compare(void **state) {
  const size_t limits[] = {10000, 1000};
  const double weight[] = {1, 0};
  size_t m, k;
  (void)state;
  for (m = 0; m < 2; m++) {
    ent_composite_aggregation method = m ? ENT_AGGREGATE_CONDORCET : ENT_AGGREGATE_COPELAND;
    double *values = malloc((limits[m] + 1) * sizeof *values), *score = malloc((limits[m] + 1) * sizeof *score);
    ent_composite_fault fault;
    assert_true(values && score);
    for (k = 0; k <= limits[m]; k++) values[k] = (double)(k * 7 % 500);
    assert_int_equal(compare(method, values, limits[m] + 1, 1, weight, score, &fault), ENT_COMPOSITE_TOO_LARGE);
    assert_int_equal(fault.node, 1);
    assert_int_equal(compare(method, values, limits[m] / (m ? 1 : 10), 1, weight, score, &fault), ENT_COMPOSITE_FINE);
    assert_true(score[1] > score[0]);
    free(values);
    free(score);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(counts_pairs),
      cmocka_unit_test(shares_ties),
      cmocka_unit_test(resolves_circles),
      cmocka_unit_test(rounding_breaks_no_tie),
      cmocka_unit_test(no_ranking_is_contradicted_less),
      cmocka_unit_test(the_condorcet_winner_comes_first),
      cmocka_unit_test(no_move_helps),
      cmocka_unit_test(needs_complete_data_and_three_units),
      cmocka_unit_test(refuses_more_units_than_it_can_compare),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
