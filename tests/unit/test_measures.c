/* Measures against published values: Krippendorff's alpha, Dalton's polarisation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "measures/agreement.h"
#include "measures/polarisation.h"
#include "near.h"

#define NO NAN

/* The reliability data of K. Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, p. 8: twelve units, four
 * observers; alpha .743 nominal, .815 ordinal, .849 interval. */
static const double units[12 * 4] = {1, 1, NO, 1, 2, 2, 3, 2, 3, 3, 3, 3, 3,  3, 3, 3, 2,  2,  2, 2, 1,  2, 3,  4,
                                     4, 4, 4,  4, 1, 1, 2, 1, 2, 2, 2, 2, NO, 5, 5, 5, NO, NO, 1, 1, NO, 3, NO, NO};
static const double levels[] = {1, 2, 3, 4, 5};

/* Codings as the measure takes them, from units x coders with NaN where a coder did not code. */
typedef struct coded {
  unsigned char levels[64];
  size_t first[17];
} coded;

static coded coded_of(const double *values, size_t count, size_t coders) {
  coded c = {{0}, {0}};
  size_t u, i, filled = 0;
  for (u = 0; u < count; u++) {
    for (i = 0; i < coders; i++)
      if (!isnan(values[u * coders + i]))
        c.levels[filled++] = (unsigned char)ent_agreement_level(values[u * coders + i], levels, 5);
    c.first[u + 1] = filled;
  }
  return c;
}

static double alpha_of(const double *values, size_t count, size_t coders, ent_measurement measurement,
                       size_t *pairable) {
  const coded c = coded_of(values, count, coders);
  return ent_agreement_alpha(c.levels, c.first, count, levels, 5, measurement, NULL, pairable);
}

static double alpha(ent_measurement measurement, size_t *pairable) {
  return alpha_of(units, 12, 4, measurement, pairable);
}

static void alpha_is_the_published_one(void **state) {
  size_t pairable;
  (void)state;
  assert_near(alpha(ENT_MEASURED_NOMINAL, &pairable), 0.743, 0.0005);
  assert_near(alpha(ENT_MEASURED_ORDINAL, NULL), 0.815, 0.0005);
  assert_near(alpha(ENT_MEASURED_INTERVAL, NULL), 0.849, 0.0005);
  assert_int_equal(pairable, 11);
}

static void alpha_is_one_for_agreement_and_missing_without_variation(void **state) {
  const double same[] = {1, 1, 2, 2, 5, 5}, flat[] = {2, 2, 2, 2}, alone[] = {1, NO, 2, NO};
  (void)state;
  assert_near(alpha_of(same, 3, 2, ENT_MEASURED_ORDINAL, NULL), 1, 1e-12);
  assert_true(isnan(alpha_of(flat, 2, 2, ENT_MEASURED_ORDINAL, NULL)));
  assert_true(isnan(alpha_of(alone, 2, 2, ENT_MEASURED_ORDINAL, NULL)));
}

static void alpha_interval_holds_alpha(void **state) {
  unsigned scratch[12];
  double alphas[500], low, high, point = alpha(ENT_MEASURED_ORDINAL, NULL);
  const coded c = coded_of(units, 12, 4);
  (void)state;
  ent_agreement_interval(c.levels, c.first, 12, levels, 5, ENT_MEASURED_ORDINAL, 1, 500, scratch, alphas, &low, &high);
  assert_true(low < point && point < high && high <= 1);
}

/* 2,000 coders of one unit have four million pairs, and the interval counts them 1,000 times: a package could hold the
 * check up for a minute. */
static void many_coders_take_no_longer_than_their_codings(void **state) {
  enum { CODERS = 200000 };
  unsigned char *codings = calloc(CODERS + 4, 1);
  const size_t first[] = {0, CODERS, CODERS + 2, CODERS + 4};
  unsigned scratch[3];
  double alphas[200], low, high;
  (void)state;
  assert_non_null(codings);
  for (size_t i = 0; i < CODERS / 2; i++) codings[i] = 1;
  ent_agreement_interval(codings, first, 3, levels, 5, ENT_MEASURED_ORDINAL, 1, 200, scratch, alphas, &low, &high);
  assert_true(low <= high && low < 0.1);
  free(codings);
}

static void two_equal_blocs_at_the_ends_are_one(void **state) {
  const double ends[] = {-2, 2}, weights[] = {3, 3}, middle[] = {1, 1};
  const double three[] = {-2, 0, 2}, even[] = {1, 1, 1};
  (void)state;
  assert_near(ent_polarisation_dalton(ends, weights, 2, 2), 1, 1e-12);
  assert_near(ent_polarisation_dalton(middle, weights, 2, 2), 0, 1e-12);
  assert_near(ent_polarisation_dalton(three, even, 3, 2), sqrt(2.0 / 3), 1e-12);
}

static void one_actor_is_no_split(void **state) {
  const double values[] = {1, 2}, weights[] = {1, 0};
  (void)state;
  assert_true(isnan(ent_polarisation_dalton(values, weights, 2, 2)));
  assert_true(isnan(ent_polarisation_dalton(values, weights, 0, 2)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(alpha_is_the_published_one),
      cmocka_unit_test(alpha_is_one_for_agreement_and_missing_without_variation),
      cmocka_unit_test(alpha_interval_holds_alpha),
      cmocka_unit_test(many_coders_take_no_longer_than_their_codings),
      cmocka_unit_test(two_equal_blocs_at_the_ends_are_one),
      cmocka_unit_test(one_actor_is_no_split),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
