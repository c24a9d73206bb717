/* Counter-based random numbers: the published answers of Philox, independence of order, moments; quantiles by
 * selection. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "near.h"
#include "num/quantile.h"
#include "num/random.h"

static double of_word(uint64_t word) { return ((double)(word >> 11) + 0.5) / 9007199254740992.0; }

/* Random123's kat_vectors, philox2x64 with 10 rounds: counter 0 0 key 0, all ones, digits of pi. */
static void gives_the_published_words(void **state) {
  double out[2];
  (void)state;
  ent_random_uniform(0, 0, 0, 2, out);
  assert_true(out[0] == of_word(0xca00a0459843d731));
  assert_true(out[1] == of_word(0x66c24222c9a845b5));
}

static void depends_on_nothing_but_seed_quantity_and_draw(void **state) {
  double whole[1001], part[7];
  size_t i;
  (void)state;
  ent_random_uniform(42, 7, 0, 1001, whole);
  for (i = 0; i + 7 <= 1001; i += 3) {
    size_t k;
    ent_random_uniform(42, 7, (uint32_t)i, 7, part);
    for (k = 0; k < 7; k++) assert_true(part[k] == whole[i + k]);
  }
}

static void other_seeds_and_quantities_differ(void **state) {
  double a[64], b[64], c[64];
  size_t i, same = 0;
  (void)state;
  ent_random_uniform(1, 7, 0, 64, a);
  ent_random_uniform(2, 7, 0, 64, b);
  ent_random_uniform(1, 8, 0, 64, c);
  for (i = 0; i < 64; i++) same += a[i] == b[i] || a[i] == c[i];
  assert_int_equal(same, 0);
}

static void is_uniform_between_zero_and_one(void **state) {
  static double u[100000];
  double sum = 0, square = 0;
  size_t i;
  (void)state;
  ent_random_uniform(1, 99, 0, 100000, u);
  for (i = 0; i < 100000; i++) {
    assert_true(u[i] > 0 && u[i] < 1);
    sum += u[i];
    square += u[i] * u[i];
  }
  assert_near(sum / 100000, 0.5, 0.004);
  assert_near(square / 100000, 1.0 / 3, 0.004);
}

/* The three percentiles by selection are those of a full sort, whatever the order. */
static void percentiles_are_those_of_a_sorted_list(void **state) {
  size_t n;
  (void)state;
  for (n = 1; n < 400; n += 7) {
    double u[400], sorted[400], low, median, high;
    float v[400], scratch[400 + ENT_QUANTILE_SLACK];
    size_t i, j;
    ent_random_uniform(3, n, 0, n, u);
    for (i = 0; i < n; i++) v[i] = (float)floor(u[i] * 50); /* with ties */
    for (i = 0; i < n; i++) {
      for (j = i; j > 0 && sorted[j - 1] > (double)v[i]; j--) sorted[j] = sorted[j - 1];
      sorted[j] = (double)v[i];
    }
    ent_quantile_three(v, n, scratch, &low, &median, &high);
    assert_true(low == sorted[(size_t)ceil(0.05 * (double)n) - 1]);
    assert_true(median == sorted[(size_t)ceil(0.5 * (double)n) - 1]);
    assert_true(high == sorted[(size_t)ceil(0.95 * (double)n) - 1]);
  }
}

static int by_value(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

/* Continuous, of few values, beyond the ends that steer, and both together. */
static void ranks_are_those_of_a_sorted_list(void **state) {
  enum { MANY = 20011 };
  static double u[MANY];
  static float v[MANY], sorted[MANY], scratch[MANY + ENT_QUANTILE_SLACK];
  const size_t ranks[] = {0, 1, 1000, 10000, 10001, 19000, MANY - 2, MANY - 1};
  double out[8];
  size_t i, kind;
  (void)state;
  ent_random_uniform(5, 5, 0, MANY, u);
  for (kind = 0; kind < 4; kind++) {
    for (i = 0; i < MANY; i++)
      v[i] = kind == 0   ? (float)(u[i] * 100)
             : kind == 1 ? (float)floor(u[i] * 3) * 10
             : kind == 2 ? (float)(u[i] * 4000 - 2000)
                         : (float)(i % 2 ? 50 : u[i] * 100);
    for (i = 0; i < MANY; i++) sorted[i] = v[i];
    qsort(sorted, MANY, sizeof *sorted, by_value);
    ent_quantile_ranks(v, MANY, ranks, 8, scratch, out);
    for (i = 0; i < 8; i++) assert_true(out[i] == (double)sorted[ranks[i]]);
  }
}

/* What is no number must not be there; it does no harm. */
static void what_is_no_number_does_no_harm(void **state) {
  float v[300], scratch[300 + ENT_QUANTILE_SLACK];
  double low, median, high;
  size_t i;
  (void)state;
  for (i = 0; i < 300; i++) v[i] = i % 3 ? (float)i : i % 2 ? NAN : INFINITY;
  ent_quantile_three(v, 300, scratch, &low, &median, &high);
  assert_true(median >= 0 && median <= 300);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_the_published_words),
      cmocka_unit_test(depends_on_nothing_but_seed_quantity_and_draw),
      cmocka_unit_test(other_seeds_and_quantities_differ),
      cmocka_unit_test(is_uniform_between_zero_and_one),
      cmocka_unit_test(percentiles_are_those_of_a_sorted_list),
      cmocka_unit_test(ranks_are_those_of_a_sorted_list),
      cmocka_unit_test(what_is_no_number_does_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
