/* The logarithm and exponential that vectors can compute, beside the C library's. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "num/elementary.h"

/* Distance in units in the last place of the second. */
static double units(double a, double b) {
  double unit = nextafter(fabs(b), INFINITY) - fabs(b);
  return fabs(a - b) / unit;
}

static void logarithms_are_the_c_librarys(void **state) {
  double worst = 0, x;
  int i;
  (void)state;
  for (i = 0; i < 400000; i++) {
    x = exp(-690 + i * (1380.0 / 400000) + 1e-9 * i);
    worst = fmax(worst, units(ent_log(x), log(x)));
  }
  for (i = 1; i < 400000; i++) { /* near 1, where it is small */
    x = 0.5 + i * 2.6e-6 + 1e-11 * i;
    worst = fmax(worst, units(ent_log(x), log(x)));
  }
  assert_true(worst <= 1.5);
  assert_true(ent_log(1) == 0);
}

static void exponentials_are_the_c_librarys(void **state) {
  double worst = 0, worst_less = 0, x;
  int i;
  (void)state;
  for (i = 0; i < 800000; i++) {
    x = -700 + i * (1400.0 / 800000) + 1e-9 * i;
    worst = fmax(worst, units(ent_exp(x), exp(x)));
  }
  for (i = 1; i < 400000; i++) {
    x = (i % 2 ? 1 : -1) * pow(10, -18 + i * (19.0 / 400000));
    worst_less = fmax(worst_less, units(ent_exp_less_one(x), expm1(x)));
  }
  assert_true(worst <= 1.5);
  assert_true(worst_less <= 3);
  assert_true(ent_exp(0) == 1 && ent_exp_less_one(0) == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(logarithms_are_the_c_librarys),
      cmocka_unit_test(exponentials_are_the_c_librarys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
