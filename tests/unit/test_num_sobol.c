/* Sobol points: published ones, blocks, the nets that they form plain and scrambled, and whether the scrambling is as
 * random as the theory of its variance asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "near.h"
#include "num/random.h"
#include "num/sobol.h"

/* Joe & Kuo's own example, the first points in three dimensions; the first two columns also stand in many textbooks. */
static void gives_the_published_points(void **state) {
  static const double published[3][10] = {{0, .5, .75, .25, .375, .875, .625, .125, .1875, .6875},
                                          {0, .5, .25, .75, .375, .875, .125, .625, .3125, .8125},
                                          {0, .5, .25, .75, .625, .125, .875, .375, .9375, .4375}};
  double out[10];
  size_t d, i;
  (void)state;
  for (d = 0; d < 3; d++) {
    ent_sobol_column(d, 0, 10, out);
    for (i = 0; i < 10; i++) assert_true(out[i] == published[d][i]);
  }
}

static void blocks_are_parts_of_the_whole(void **state) {
  static double whole[1000], scrambled[1000];
  double part[70];
  size_t first, count, i;
  (void)state;
  ent_sobol_column(77, 0, 1000, whole);
  ent_sobol_scrambled_column(5, 77, 0, 1000, scrambled);
  for (first = 0; first < 900; first += 13)
    for (count = 0; count < 70; count += 1 + count / 4) {
      ent_sobol_column(77, (uint32_t)first, count, part);
      for (i = 0; i < count; i++) assert_true(part[i] == whole[first + i]);
      ent_sobol_scrambled_column(5, 77, (uint32_t)first, count, part);
      for (i = 0; i < count; i++) assert_true(part[i] == scrambled[first + i]);
    }
  ent_sobol_column(0, UINT32_MAX, 1, part); /* the last one: Gray code 100...0, and its lowest digit */
  assert_true(part[0] == 1.0 / 4294967296.0);
}

static void all_ways_give_the_same_bits(void **state) {
  static double plain[1000], best[1000];
  size_t d;
  (void)state;
  for (d = 0; d < ENT_SOBOL_MOST_DIMENSIONS; d += 13) {
    ent_sobol_scrambled_column_plain(d * d, d, (uint32_t)(d << 18) + 5, 1000, plain);
    ent_sobol_scrambled_column(d * d, d, (uint32_t)(d << 18) + 5, 1000, best);
    assert_memory_equal(plain, best, sizeof plain);
  }
}

/* Whether each of count equal cells holds one of count values. */
static bool one_in_each_cell(const double *value, size_t count) {
  static unsigned char seen[4096];
  size_t i;
  memset(seen, 0, count);
  for (i = 0; i < count; i++) {
    size_t cell = (size_t)(value[i] * (double)count);
    if (cell >= count || seen[cell]) return false;
    seen[cell] = 1;
  }
  return true;
}

static void every_dimension_is_stratified(void **state) {
  static double out[4096];
  size_t d, count;
  (void)state;
  for (d = 0; d < ENT_SOBOL_MOST_DIMENSIONS; d++) {
    ent_sobol_column(d, 0, 1024, out);
    for (count = 1; count <= 1024; count *= 4) assert_true(one_in_each_cell(out, count));
    ent_sobol_scrambled_column(d, d, 0, 1024, out);
    for (count = 1; count <= 1024; count *= 4) assert_true(one_in_each_cell(out, count));
    assert_true(out[0] > 0 && out[0] < 1);
  }
  for (d = 0; d < 200; d++) { /* a later stretch of that length too */
    ent_sobol_scrambled_column(9, d, 3 * 4096, 4096, out);
    assert_true(one_in_each_cell(out, 1024));
  }
}

enum { NET = 10, POINTS = 1 << NET };

/* Whether all boxes of 2^-a by 2^-b hold the same number of points. */
static bool all_boxes_alike(const double *x, const double *y, int a, int b) {
  uint16_t held[POINTS] = {0};
  size_t i;
  for (i = 0; i < POINTS; i++) held[((size_t)(x[i] * (double)(1 << a)) << b) + (size_t)(y[i] * (double)(1 << b))]++;
  for (i = 0; i < (size_t)1 << (a + b); i++)
    if (held[i] != POINTS >> (a + b)) return false;
  return true;
}

/* The first two dimensions are a (0,10,2)-net; every pair keeps its boxes when it is scrambled. */
static void scrambling_keeps_the_net(void **state) {
  static double plain[6][POINTS], scrambled[6][POINTS];
  size_t d, e, seed, alike = 0, unlike = 0;
  int a, b;
  (void)state;
  for (d = 0; d < 6; d++) ent_sobol_column(d, 0, POINTS, plain[d]);
  for (seed = 0; seed < 10; seed++) {
    for (d = 0; d < 6; d++) ent_sobol_scrambled_column(seed, d, 0, POINTS, scrambled[d]);
    for (d = 0; d < 6; d++)
      for (e = d + 1; e < 6; e++)
        for (a = 0; a <= NET; a++)
          for (b = 0; a + b <= NET; b++) {
            bool was = all_boxes_alike(plain[d], plain[e], a, b);
            if (d == 0 && e == 1) assert_true(was);
            assert_true(all_boxes_alike(scrambled[d], scrambled[e], a, b) == was);
            was ? alike++ : unlike++;
          }
  }
  assert_true(alike > 1000 && unlike > 100);
}

enum { LEVELS = 5, NODES = (1 << LEVELS) - 1, SEEDS = 4096 };

/* The coin of each node of the tree of digits: 1 where what begins with these digits has the next one flipped. */
static void read_coins(uint64_t seed, size_t dimension, signed char coin[NODES]) {
  double plain[1 << LEVELS], scrambled[1 << LEVELS];
  size_t i;
  int level;
  ent_sobol_column(dimension, 0, 1 << LEVELS, plain);
  ent_sobol_scrambled_column(seed, dimension, 0, 1 << LEVELS, scrambled);
  for (i = 0; i < 1 << LEVELS; i++)
    for (level = 0; level < LEVELS; level++) {
      unsigned from = (unsigned)(plain[i] * (double)(2 << level)), to = (unsigned)(scrambled[i] * (double)(2 << level));
      coin[(1U << level) - 1 + (from >> 1)] = (from ^ to) & 1 ? 1 : -1;
    }
}

/* Fair, and each pair independent, also across two dimensions; and so is each triple of a node and its children, which
 * a hash that carries upwards binds first. Five standard errors, of some 2,000 comparisons. */
static void coins_are_fair_and_independent(void **state) {
  static signed char coin[SEEDS][2 * NODES];
  const double bound = 5 * sqrt((double)SEEDS);
  size_t seed, i, j;
  double largest = 0;
  (void)state;
  for (seed = 0; seed < SEEDS; seed++) {
    read_coins(seed, 0, coin[seed]);
    read_coins(seed, 7, coin[seed] + NODES);
  }
  for (i = 0; i < 2 * NODES; i++) {
    long fair = 0, triple = 0;
    for (seed = 0; seed < SEEDS; seed++) {
      size_t child = 2 * (i % NODES) + 1 + i / NODES * NODES;
      fair += coin[seed][i];
      if (i % NODES < NODES / 2) triple += coin[seed][i] * coin[seed][child] * coin[seed][child + 1];
    }
    assert_true(labs(fair) < bound && labs(triple) < bound);
    for (j = 0; j < i; j++) {
      long both = 0;
      for (seed = 0; seed < SEEDS; seed++) both += coin[seed][i] * coin[seed][j];
      if ((double)labs(both) > largest) largest = (double)labs(both);
      assert_true((double)labs(both) < bound);
    }
  }
  print_message("# largest correlation of two coins: %.2f standard errors\n", largest / sqrt((double)SEEDS));
}

/* Under nested uniform scrambling of N = 2^m points in one dimension each stands alone in its cell, uniformly and apart
 * from the others: the mean of x has the variance 1 / (12 N^3), and no bias. */
static void the_mean_has_its_variance(void **state) {
  enum { N = 32, RUNS = 4000 };
  size_t seed, d, i;
  (void)state;
  for (d = 0; d < 4; d++) {
    double sum = 0, square = 0, x[N];
    const double variance = 1.0 / (12.0 * N * N * N);
    for (seed = 0; seed < RUNS; seed++) {
      double mean = 0;
      ent_sobol_scrambled_column(seed, d, 0, N, x);
      for (i = 0; i < N; i++) mean += x[i];
      mean = mean / N - 0.5;
      sum += mean;
      square += mean * mean;
    }
    assert_true(fabs(sum / RUNS) < 5 * sqrt(variance / RUNS));
    assert_near(square / RUNS / variance, 1, 5 * sqrt(2.0 / RUNS));
  }
}

/* A smooth function of five coordinates, mean 1: far nearer to it than independent points come. */
static void integrates_better_than_independent_points(void **state) {
  enum { N = 1024, D = 5, RUNS = 50 };
  static double x[D][N];
  double sum = 0, square[2] = {0, 0};
  int kind;
  size_t seed, d, i;
  (void)state;
  for (kind = 0; kind < 2; kind++)
    for (seed = 0; seed < RUNS; seed++) {
      double mean = 0;
      for (d = 0; d < D; d++) {
        if (kind) ent_random_uniform(seed, d, 0, N, x[d]);
        else ent_sobol_scrambled_column(seed, d, 0, N, x[d]);
      }
      for (i = 0; i < N; i++) {
        double product = 1;
        for (d = 0; d < D; d++) product *= 1 + (x[d][i] - 0.5);
        mean += product / N;
      }
      if (!kind) sum += mean - 1;
      square[kind] += (mean - 1) * (mean - 1);
    }
  print_message("# root mean square error of 1,024 points: scrambled %.2e, independent %.2e\n", sqrt(square[0] / RUNS),
                sqrt(square[1] / RUNS));
  assert_true(sqrt(square[0]) < sqrt(square[1]) / 30);
  assert_true(fabs(sum / RUNS) < 5 * sqrt(square[0] / RUNS / RUNS));
}

static void seeds_and_dimensions_differ(void **state) {
  double a[64], b[64], c[64];
  size_t i, same = 0;
  (void)state;
  ent_sobol_scrambled_column(1, 3, 0, 64, a);
  ent_sobol_scrambled_column((uint64_t)1 << 32 | 1, 3, 0, 64, b); /* the upper half of the seed counts */
  ent_sobol_scrambled_column(1, 4, 0, 64, c);
  for (i = 0; i < 64; i++) same += a[i] == b[i] || a[i] == c[i];
  assert_int_equal(same, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_the_published_points),  cmocka_unit_test(blocks_are_parts_of_the_whole),
      cmocka_unit_test(all_ways_give_the_same_bits), cmocka_unit_test(every_dimension_is_stratified),
      cmocka_unit_test(scrambling_keeps_the_net),    cmocka_unit_test(coins_are_fair_and_independent),
      cmocka_unit_test(the_mean_has_its_variance),   cmocka_unit_test(integrates_better_than_independent_points),
      cmocka_unit_test(seeds_and_dimensions_differ),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
