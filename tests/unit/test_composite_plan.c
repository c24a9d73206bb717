/* Plans: the fast path against a plain one that goes unit by unit through the tree, on many random composites; and
 * against the steps, with whatever method. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "entente/composite.h"
#include "near.h"
#include "num/random.h"

enum { MOST_UNITS = 40, MOST_INDICATORS = 12, MOST_NODES = 20 };

/* A random composite: a tree of up to four levels, values, directions, weights, goalposts, references. */
typedef struct composite {
  size_t units, indicators, nodes;
  int parent[MOST_NODES], direction[MOST_INDICATORS];
  double weight[MOST_NODES], low[MOST_INDICATORS], high[MOST_INDICATORS], reference[MOST_INDICATORS];
  double column[MOST_INDICATORS * MOST_UNITS], row[MOST_INDICATORS * MOST_UNITS];
  ent_composite_tree tree;
  ent_composite_data data;
} composite;

typedef struct dice {
  uint64_t seed, thrown;
} dice;

static double throw_one(dice *d) {
  double x;
  ent_random_uniform(d->seed, 77, (uint32_t)d->thrown++, 1, &x);
  return x;
}

static size_t throw_below(dice *d, size_t limit) {
  size_t k = (size_t)(throw_one(d) * (double)limit);
  return k < limit ? k : limit - 1;
}

/* Each aggregate but the top hangs under a later one, and has at least one indicator or aggregate. */
static void grow_tree(composite *c, dice *d) {
  size_t aggregates = 1 + throw_below(d, 6), n, i;
  if (aggregates > c->indicators) aggregates = c->indicators;
  c->nodes = c->indicators + aggregates;
  for (n = 0; n < aggregates; n++)
    c->parent[c->indicators + n] =
        n + 1 == aggregates ? -1 : (int)(c->indicators + n + 1 + throw_below(d, aggregates - n - 1));
  for (i = 0; i < c->indicators; i++)
    c->parent[i] = (int)(c->indicators + (i < aggregates ? i : throw_below(d, aggregates)));
  for (n = 0; n < c->nodes; n++) c->weight[n] = throw_one(d) < .1 ? 0 : throw_one(d) * 7;
  for (i = 0; i < c->indicators; i++)
    if (i < aggregates) c->weight[i] = .5 + throw_one(d); /* no group weighs nothing */
}

static void fill_values(composite *c, dice *d, double missing) {
  size_t i, unit;
  for (i = 0; i < c->indicators; i++) {
    double shift = (throw_one(d) - .3) * 100, size = throw_one(d) < .1 ? 1e6 : 1 + throw_one(d) * 10;
    bool constant = throw_one(d) < .05, absent = throw_one(d) < .03;
    c->direction[i] = throw_one(d) < .3 ? -1 : 1;
    c->low[i] = shift + .1 * size;
    c->high[i] = shift + .9 * size;
    c->reference[i] = 1 + throw_one(d) * 50;
    for (unit = 0; unit < c->units; unit++) {
      double x = constant ? shift : shift + size * throw_one(d);
      if (throw_one(d) < .1) x = shift + size * .5;
      if (absent || (throw_one(d) < missing && unit > 2)) x = NAN;
      c->column[i * c->units + unit] = c->row[unit * c->indicators + i] = x;
    }
  }
}

static void make(composite *c, uint64_t seed, double missing) {
  dice d = {.seed = seed};
  c->units = 3 + throw_below(&d, MOST_UNITS - 2);
  c->indicators = 1 + throw_below(&d, MOST_INDICATORS);
  grow_tree(c, &d);
  fill_values(c, &d, missing);
  c->tree = (ent_composite_tree){.node_count = c->nodes,
                                 .parent = c->parent,
                                 .weight = c->weight,
                                 .direction = c->direction,
                                 .low = c->low,
                                 .high = c->high,
                                 .reference = c->reference};
  c->data = (ent_composite_data){.unit_count = c->units, .indicator_count = c->indicators, .values = c->row};
}

/* ---- the plain path ---- */

static double plain_normalised(const composite *c, ent_composite_normalisation method, size_t unit, size_t i) {
  double x = c->row[unit * c->indicators + i], least = INFINITY, most = -INFINITY, sum = 0, squares = 0, n = 0, share;
  size_t k;
  for (k = 0; k < c->units; k++) {
    double y = c->row[k * c->indicators + i];
    if (isnan(y)) continue;
    least = fmin(least, y);
    most = fmax(most, y);
    sum += y;
    n++;
  }
  if (isnan(x)) return NAN;
  if (method == ENT_NORMALISE_REFERENCE) return x / c->reference[i];
  if (method == ENT_NORMALISE_GOALPOSTS) {
    share = fmin(fmax((x - c->low[i]) / (c->high[i] - c->low[i]), 0), 1);
    return 100 * (c->direction[i] > 0 ? share : 1 - share);
  }
  if (!(least < most)) return NAN;
  if (method == ENT_NORMALISE_MIN_MAX) {
    share = (x - least) / (most - least);
    return 100 * (c->direction[i] > 0 ? share : 1 - share);
  }
  for (k = 0; k < c->units; k++) {
    double y = c->row[k * c->indicators + i] - sum / n;
    if (!isnan(y)) squares += y * y;
  }
  return c->direction[i] * (x - sum / n) / sqrt(squares / (n - 1));
}

static double plain_score(const composite *c, ent_composite_normalisation method, size_t unit, size_t node) {
  double sum = 0, weights = 0;
  size_t k;
  if (node < c->indicators) return plain_normalised(c, method, unit, node);
  for (k = 0; k < c->nodes; k++) {
    double score;
    if (c->parent[k] != (int)node) continue;
    score = plain_score(c, method, unit, k);
    if (isnan(score)) continue;
    sum += c->weight[k] * score;
    weights += c->weight[k];
  }
  return weights > 0 ? sum / weights : NAN;
}

static const ent_composite_normalisation linear[] = {ENT_NORMALISE_GOALPOSTS, ENT_NORMALISE_MIN_MAX,
                                                     ENT_NORMALISE_Z_SCORE, ENT_NORMALISE_REFERENCE};

static void compare_with_plain(uint64_t seed, double missing) {
  composite c;
  double score[MOST_UNITS];
  size_t m, unit;
  make(&c, seed, missing);
  for (m = 0; m < sizeof linear / sizeof *linear; m++) {
    ent_composite_methods methods = {.normalisation = linear[m]};
    ent_composite_fault fault;
    ent_composite_plan *plan;
    if (linear[m] == ENT_NORMALISE_REFERENCE)
      for (unit = 0; unit < c.indicators; unit++) c.direction[unit] = 1;
    plan = ent_composite_plan_new(&c.data, &c.tree, &methods, &fault);
    assert_non_null(plan);
    assert_int_equal(ent_composite_plan_run(plan, c.column, c.weight, score, &fault), ENT_COMPOSITE_FINE);
    for (unit = 0; unit < c.units; unit++) {
      double wanted = plain_score(&c, linear[m], unit, c.nodes - 1);
      if (!near(score[unit], wanted, 1e-12))
        fail_msg("seed %u, method %zu, unit %zu: %.17g, wanted %.17g", (unsigned)seed, m, unit, score[unit], wanted);
    }
    ent_composite_plan_free(plan);
  }
}

static void equals_the_plain_path(void **state) {
  uint64_t seed;
  (void)state;
  for (seed = 0; seed < 500; seed++) compare_with_plain(seed, 0);
  for (; seed < 800; seed++) compare_with_plain(seed, .02);
  for (; seed < 1000; seed++) compare_with_plain(seed, .4);
}

/* ---- plans and evaluations give the same, whatever the methods ---- */

static void equals_an_evaluation(void **state) {
  int refused = 0, done = 0, kind;
  uint64_t seed;
  (void)state;
  for (seed = 5000; seed < 5400; seed++) {
    dice d = {.seed = seed + 1000000};
    composite c;
    double score[MOST_UNITS], all[MOST_UNITS * MOST_NODES];
    ent_composite_scores out = {.score = all};
    ent_composite_fault one, two;
    ent_composite_plan *plan;
    ent_composite_reason reason;
    ent_composite_methods methods = {.treatment = throw_below(&d, ENT_TREATMENTS),
                                     .order = throw_below(&d, ENT_ORDERS),
                                     .imputation = throw_below(&d, ENT_IMPUTE_GROUP_MEAN),
                                     .normalisation = throw_below(&d, ENT_NORMALISATIONS),
                                     .weighting = throw_below(&d, 2),
                                     .least_coverage = throw_one(&d) < .5 ? 0 : .7,
                                     .from = 1,
                                     .to = 2,
                                     .level_count = 2};
    for (kind = 0; kind < 2; kind++) {
      methods.aggregation[kind] = throw_below(&d, ENT_AGGREGATIONS_OF_COMPOSITES);
      methods.power[kind] = throw_one(&d) * 4 - 2;
      methods.least_present[kind] = throw_one(&d) < .5 ? 0 : .5;
    }
    make(&c, seed, throw_one(&d) < .5 ? 0 : .1);
    reason = ent_composite_evaluate(&c.data, &c.tree, &methods, &out, &one);
    plan = ent_composite_plan_new(&c.data, &c.tree, &methods, &two);
    if (!plan) {
      assert_int_equal(reason, two.reason);
      refused++;
      continue;
    }
    for (kind = 0; kind < 2; kind++) { /* a second run finds all as the first one found it */
      assert_int_equal(ent_composite_plan_run(plan, c.column, NULL, score, &two), reason);
      assert_int_equal(one.unit, two.unit);
      assert_int_equal(one.node, two.node);
      for (size_t unit = 0; !reason && unit < c.units; unit++)
        assert_near(score[unit], all[unit * c.nodes + c.nodes - 1], 1e-11);
    }
    ent_composite_plan_free(plan);
    if (reason) refused++;
    else done++;
  }
  assert_true(done > 100 && refused > 20);
}

/* What a plan was made from may go. */
static void keeps_nothing_of_the_caller(void **state) {
  composite c;
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_GOALPOSTS, .weighting = ENT_WEIGHT_GIVEN};
  ent_composite_plan *plan;
  double before[MOST_UNITS], after[MOST_UNITS], column[MOST_INDICATORS * MOST_UNITS];
  size_t units;
  (void)state;
  make(&c, 4, .1);
  units = c.units;
  memcpy(column, c.column, sizeof column);
  plan = ent_composite_plan_new(&c.data, &c.tree, &methods, NULL);
  assert_non_null(plan);
  assert_int_equal(ent_composite_plan_run(plan, column, NULL, before, NULL), ENT_COMPOSITE_FINE);
  memset(&c, 0xa5, sizeof c);
  memset(&methods, 0xa5, sizeof methods);
  assert_int_equal(ent_composite_plan_run(plan, column, NULL, after, NULL), ENT_COMPOSITE_FINE);
  assert_memory_equal(before, after, units * sizeof *before);
  ent_composite_plan_free(plan);
}

static void says_what_is_wrong_and_goes_on(void **state) {
  const int parent[] = {2, 2, -1};
  const double columns[] = {1, 2, 3, 6, 5, 4}, odd[] = {1, 2, 3, 6, INFINITY, 4}, bad[] = {1, -1, 0},
               none[] = {0, 0, 0};
  const double wanted[] = {50, 50, 50};
  ent_composite_tree tree = {.node_count = 3, .parent = parent};
  ent_composite_data data = {.unit_count = 3, .indicator_count = 2};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX};
  ent_composite_fault fault;
  ent_composite_plan *plan = ent_composite_plan_new(&data, &tree, &methods, &fault);
  double score[3];
  (void)state;
  assert_non_null(plan);
  assert_int_equal(ent_composite_plan_run(plan, odd, NULL, score, &fault), ENT_COMPOSITE_INFINITE);
  assert_int_equal(fault.unit, 1);
  assert_int_equal(fault.node, 1);
  assert_int_equal(ent_composite_plan_run(plan, columns, bad, score, &fault), ENT_COMPOSITE_NEGATIVE_WEIGHT);
  assert_int_equal(fault.node, 1);
  assert_int_equal(ent_composite_plan_run(plan, columns, none, score, &fault), ENT_COMPOSITE_ZERO_WEIGHTS);
  assert_int_equal(fault.node, 2);
  assert_int_equal(ent_composite_plan_run(plan, columns, NULL, score, &fault), ENT_COMPOSITE_FINE);
  assert_int_equal(fault.reason, ENT_COMPOSITE_FINE);
  for (int k = 0; k < 3; k++) assert_near(score[k], wanted[k], 1e-14);
  ent_composite_plan_free(plan);
  ent_composite_plan_free(NULL);
}

/* Values whose span has no reciprocal, or a sum of squares that overflows. */
static void takes_extreme_values(void **state) {
  const int parent[] = {1, -1};
  const double tiny[] = {0, 5e-324, 1e-323}, huge[] = {-8e307, 0, 8e307};
  const double *columns[] = {tiny, huge};
  ent_composite_tree tree = {.node_count = 2, .parent = parent};
  ent_composite_data data = {.unit_count = 3, .indicator_count = 1};
  size_t k, m;
  (void)state;
  for (m = ENT_NORMALISE_MIN_MAX; m <= ENT_NORMALISE_Z_SCORE; m++) {
    ent_composite_methods methods = {.normalisation = (ent_composite_normalisation)m};
    ent_composite_plan *plan = ent_composite_plan_new(&data, &tree, &methods, NULL);
    double score[3];
    assert_non_null(plan);
    for (k = 0; k < 2; k++) {
      assert_int_equal(ent_composite_plan_run(plan, columns[k], NULL, score, NULL), ENT_COMPOSITE_FINE);
      assert_near(score[0], m == ENT_NORMALISE_MIN_MAX ? 0 : -1, 1e-12);
      assert_near(score[1], m == ENT_NORMALISE_MIN_MAX ? 50 : 0, 1e-12);
      assert_near(score[2], m == ENT_NORMALISE_MIN_MAX ? 100 : 1, 1e-12);
    }
    ent_composite_plan_free(plan);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_the_plain_path),       cmocka_unit_test(equals_an_evaluation),
      cmocka_unit_test(keeps_nothing_of_the_caller), cmocka_unit_test(says_what_is_wrong_and_goes_on),
      cmocka_unit_test(takes_extreme_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
