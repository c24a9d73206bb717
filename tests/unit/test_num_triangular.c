/* Triangular quantiles: the distribution function takes them back, and each way gives the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "num/random.h"
#include "num/triangular.h"

enum { COUNT = 1003 };

static double below(double low, double mode, double high, double x) {
  if (x < mode) return (x - low) * (x - low) / ((high - low) * (mode - low));
  return high > mode ? 1 - (high - x) * (high - x) / ((high - low) * (high - mode)) : 1;
}

static const double triangles[][3] = {{0, 0.3, 1}, {-7, -7, 2}, {5, 6, 6}, {1e6, 1e6 + 1, 1e6 + 5}};

static void are_the_inverse_of_the_distribution_function(void **state) {
  double u[COUNT], x[COUNT];
  (void)state;
  ent_random_uniform(3, 3, 0, COUNT, u);
  u[0] = 0;
  u[1] = 1;
  for (size_t t = 0; t < 4; t++) {
    const double *of = triangles[t];
    memcpy(x, u, sizeof x);
    ent_triangular_quantiles(of[0], of[1], of[2], x, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
      assert_true(x[i] >= of[0] && x[i] <= of[2]);
      assert_near(below(of[0], of[1], of[2], x[i]), u[i], 1e-9);
    }
  }
}

static void every_way_gives_the_same_bits(void **state) {
  ent_triangular_way *ways[ENT_TRIANGULAR_MOST_WAYS];
  const size_t count = ent_triangular_ways(ways);
  double u[COUNT], plain[COUNT], other[COUNT];
  (void)state;
  ent_random_uniform(4, 4, 0, COUNT, u);
  for (size_t t = 0; t < 4; t++) {
    const double *of = triangles[t];
    memcpy(plain, u, sizeof u);
    ways[0](of[0], of[1], of[2], plain, COUNT);
    for (size_t w = 1; w < count; w++) {
      memcpy(other, u, sizeof u);
      ways[w](of[0], of[1], of[2], other, COUNT);
      assert_memory_equal(plain, other, sizeof plain);
    }
    memcpy(other, u, sizeof u);
    ent_triangular_quantiles(of[0], of[1], of[2], other, COUNT);
    assert_memory_equal(plain, other, sizeof plain);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(are_the_inverse_of_the_distribution_function),
      cmocka_unit_test(every_way_gives_the_same_bits),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
