/* Quantile tables: against GSL's distribution functions over the whole range of u, tails included, against known
 * values, and for order and moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "near.h"
#include "num/quantile_table.h"
#include "num/random_block.h"

static double value_at(const ent_quantile_table *table, double u) {
  double out;
  ent_quantile_table_look_up(table, &u, 1, &out);
  return out;
}

typedef struct family { /* shares below and above x, and the density */
  double a, b;
  double (*below)(double x, double a, double b), (*above)(double x, double a, double b);
  double (*density)(double x, double a, double b);
} family;

/* The largest relative error: what the share at the value is off, divided by how fast the share grows there. */
static double largest_error(const ent_quantile_table *table, const family *f) {
  double largest = 0, w;
  int side;
  for (side = 0; side < 2; side++)
    for (w = 0x1p-33; w < 0.5; w *= 1.0371) {
      const double x = value_at(table, side ? 1 - w : w), exact = side ? 1 - (1 - w) : w;
      const double share = side ? f->above(x, f->a, f->b) : f->below(x, f->a, f->b);
      if (x > 1e-100) largest = fmax(largest, fabs(share - exact) / (x * f->density(x, f->a, f->b)));
    }
  return largest;
}

static void gamma_is_near_over_the_whole_range(void **state) {
  const double shapes[] = {0.01, 0.0137, 0.03, 0.1, 0.299, 0.3, 0.31, 0.5, 0.7,  0.999, 1,    1.001,
                           1.7,  3,      6.1,  12,  40,    150, 600,  999, 2222, 7000,  10000};
  static ent_quantile_table table;
  double largest = 0;
  size_t i;
  (void)state;
  for (i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const family f = {shapes[i], 1, gsl_cdf_gamma_P, gsl_cdf_gamma_Q, gsl_ran_gamma_pdf};
    double error;
    assert_true(ent_quantile_table_gamma(shapes[i], &table));
    error = largest_error(&table, &f);
    assert_true(error < (shapes[i] < 1 ? 1e-6 : 3e-7));
    largest = fmax(largest, error);
  }
  print_message("# gamma: largest relative error %.1e\n", largest);
}

static void beta_is_near_over_the_whole_range(void **state) {
  const double shapes[] = {0.5, 0.6, 0.77, 1, 1.2, 2.9, 5, 21, 100};
  static ent_quantile_table table;
  double largest = 0, mode;
  size_t i, k;
  (void)state;
  for (i = 0; i < 9; i++)
    for (k = 0; k < 9; k++) {
      const family f = {shapes[i], shapes[k], gsl_cdf_beta_P, gsl_cdf_beta_Q, gsl_ran_beta_pdf};
      assert_true(ent_quantile_table_beta(shapes[i], shapes[k], &table));
      largest = fmax(largest, largest_error(&table, &f));
    }
  assert_true(largest < 5e-7);
  print_message("# beta: largest relative error %.1e\n", largest);
  largest = 0;
  for (mode = 0; mode <= 1; mode += 0.03125) {
    const family f = {1 + 4 * mode, 5 - 4 * mode, gsl_cdf_beta_P, gsl_cdf_beta_Q, gsl_ran_beta_pdf};
    assert_true(ent_quantile_table_pert(mode, &table));
    largest = fmax(largest, largest_error(&table, &f));
  }
  assert_true(largest < 2e-7);
  print_message("# PERT: largest relative error %.1e\n", largest);
}

static void normal_is_near_over_the_whole_range(void **state) {
  static ent_quantile_table table;
  double largest = 0, w;
  (void)state;
  ent_quantile_table_normal(&table);
  for (w = 0x1p-33; w < 0.5; w *= 1.00371) {
    const double x = gsl_cdf_ugaussian_Pinv(w), exact = gsl_cdf_ugaussian_Qinv(1 - (1 - w));
    largest = fmax(largest, fabs(value_at(&table, w) - x) / fmax(1, fabs(x)));
    largest = fmax(largest, fabs(value_at(&table, 1 - w) - exact) / fmax(1, fabs(exact)));
  }
  assert_true(largest < 2e-7);
  print_message("# normal: largest error %.1e\n", largest);
}

/* GSL's inverses, where they are sure; and what stands in tables. */
static void known_values_are_met(void **state) {
  static ent_quantile_table table;
  double u;
  (void)state;
  assert_true(ent_quantile_table_gamma(2.5, &table));
  for (u = 0.001; u < 1; u += 0.0177) assert_near(value_at(&table, u) / gsl_cdf_gamma_Pinv(u, 2.5, 1), 1, 2e-7);
  assert_true(ent_quantile_table_gamma(1, &table)); /* exponential */
  assert_near(value_at(&table, 0.5), 0.69314718056, 1e-9);
  assert_near(value_at(&table, 0x1p-33), 0x1p-33, 1e-16);
  assert_true(ent_quantile_table_beta(1, 1, &table)); /* uniform */
  for (u = 0.001; u < 1; u += 0.0177) assert_near(value_at(&table, u), u, 1e-12);
  assert_true(ent_quantile_table_pert(0.25, &table));
  for (u = 0.001; u < 1; u += 0.0177) assert_near(value_at(&table, u) / gsl_cdf_beta_Pinv(u, 2, 4), 1, 2e-7);
  assert_true(ent_quantile_table_pert(0.5, &table));
  assert_near(value_at(&table, 0.5), 0.5, 1e-10);
  ent_quantile_table_normal(&table);
  assert_near(value_at(&table, 0.975), 1.959963985, 2e-7);
  assert_near(value_at(&table, 0.5), 0, 1e-12);
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Larger u, larger value, from cell to cell and inside them; beyond the ends the ends. */
static void values_rise_with_u(void **state) {
  enum { N = 20000 };
  static ent_quantile_table table[5];
  static double u[N], x[N];
  size_t t, i;
  (void)state;
  ent_random_block(3, 1, 0, N, u);
  for (i = 0; i < N / 4; i++) u[i] = ldexp(1 + u[i], -(int)(i % 32) - 2); /* into the tails */
  for (i = 0; i < N / 8; i++) u[i] = 1 - u[i];
  qsort(u, N, sizeof *u, by_size);
  u[0] = 0;
  u[N - 1] = 1;
  ent_quantile_table_normal(&table[0]);
  assert_true(ent_quantile_table_gamma(0.4, &table[1]) && ent_quantile_table_gamma(50, &table[2]) &&
              ent_quantile_table_gamma(0.1, &table[3]) && ent_quantile_table_pert(0.9, &table[4]));
  for (t = 0; t < 5; t++) {
    ent_quantile_table_look_up(&table[t], u, N, x);
    for (i = 1; i < N; i++) assert_true(x[i] >= x[i - 1] - 1e-13 * fabs(x[i]));
    assert_true(x[0] >= value_at(&table[t], 0x1p-33) && x[N - 1] <= value_at(&table[t], 1 - 0x1p-33));
    ent_quantile_table_look_up(&table[t], u, N, u); /* in place */
    assert_memory_equal(u, x, sizeof u);
    for (i = 0; i < N; i++) u[i] = ((double)i + 0.5) / N;
  }
}

/* Numbers in the middle of equal cells: the mean of the values is that of the distribution. */
static void means_are_those_of_the_distribution(void **state) {
  enum { N = 1 << 16 };
  static ent_quantile_table table;
  static double u[N], x[N];
  const double shapes[] = {0.05, 0.3, 2, 70, 3000};
  double sum = 0;
  size_t s, i;
  (void)state;
  for (i = 0; i < N; i++) u[i] = ((double)i + 0.5) / N;
  for (s = 0; s < 5; s++) {
    assert_true(ent_quantile_table_gamma(shapes[s], &table));
    ent_quantile_table_look_up(&table, u, N, x);
    for (sum = i = 0; i < N; i++) sum += x[i] / N;
    assert_near(sum / shapes[s], 1, 3e-4 / fmin(1, shapes[s])); /* the upper tail is cut into cells */
  }
  assert_true(ent_quantile_table_pert(0.2, &table));
  ent_quantile_table_look_up(&table, u, N, x);
  for (sum = i = 0; i < N; i++) sum += x[i] / N;
  assert_near(sum, (1 + 4 * 0.2) / 6, 1e-6);
}

static void what_is_outside_is_refused(void **state) {
  static ent_quantile_table table;
  (void)state;
  assert_false(ent_quantile_table_gamma(0.009, &table));
  assert_false(ent_quantile_table_gamma(10001, &table));
  assert_false(ent_quantile_table_gamma(NAN, &table));
  assert_false(ent_quantile_table_beta(0.4, 1, &table));
  assert_false(ent_quantile_table_beta(1, 101, &table));
  assert_false(ent_quantile_table_beta(1, NAN, &table));
  assert_false(ent_quantile_table_pert(-0.01, &table));
  assert_false(ent_quantile_table_pert(NAN, &table));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gamma_is_near_over_the_whole_range),
      cmocka_unit_test(beta_is_near_over_the_whole_range),
      cmocka_unit_test(normal_is_near_over_the_whole_range),
      cmocka_unit_test(known_values_are_met),
      cmocka_unit_test(values_rise_with_u),
      cmocka_unit_test(means_are_those_of_the_distribution),
      cmocka_unit_test(what_is_outside_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
