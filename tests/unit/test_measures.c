/* Measures against published values: Krippendorff's alpha, Dalton's polarisation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

static double alpha(ent_measurement measurement, size_t *pairable) {
  return ent_agreement_alpha(units, 12, 4, levels, 5, measurement, NULL, pairable);
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
  assert_near(ent_agreement_alpha(same, 3, 2, levels, 5, ENT_MEASURED_ORDINAL, NULL, NULL), 1, 1e-12);
  assert_true(isnan(ent_agreement_alpha(flat, 2, 2, levels, 5, ENT_MEASURED_ORDINAL, NULL, NULL)));
  assert_true(isnan(ent_agreement_alpha(alone, 2, 2, levels, 5, ENT_MEASURED_ORDINAL, NULL, NULL)));
}

static void alpha_interval_holds_alpha(void **state) {
  unsigned scratch[12];
  double alphas[500], low, high, point = alpha(ENT_MEASURED_ORDINAL, NULL);
  (void)state;
  ent_agreement_interval(units, 12, 4, levels, 5, ENT_MEASURED_ORDINAL, 1, 500, scratch, alphas, &low, &high);
  assert_true(low < point && point < high && high <= 1);
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
      cmocka_unit_test(two_equal_blocs_at_the_ends_are_one),
      cmocka_unit_test(one_actor_is_no_split),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
