/* near.h - comparing doubles in tests; cmocka's own comparison works in single precision. */
#ifndef ENT_TESTS_NEAR_H
#define ENT_TESTS_NEAR_H

#include <math.h>
#include <stdbool.h>

/* Whether a and b differ by at most tolerance, which is relative where they are larger than 1. NaN is near NaN and
 * nothing else; so is each infinity. */
static inline bool near(double a, double b, double tolerance) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
  if (isinf(a) || isinf(b)) return !(a < b) && !(a > b);
  return fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)));
}

#define assert_near(a, b, tolerance) assert_true(near((a), (b), (tolerance)))

#endif
