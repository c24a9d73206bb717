/* Columns, eigenvectors and the Box-Cox power: against plain sums, worked examples, and their own definitions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "num/box_cox.h"
#include "num/columns.h"
#include "num/principal.h"
#include "num/random.h"

enum { MOST = 37 };

static void throw_all(uint64_t seed, size_t count, double *out) {
  size_t k;
  ent_random_uniform(seed, 3, 0, count, out);
  for (k = 0; k < count; k++) out[k] = 200 * out[k] - 90;
}

static void finds_ends(void **state) {
  double x[MOST], least, most;
  size_t count, k, at;
  (void)state;
  for (count = 1; count <= MOST; count++) {
    double low = INFINITY, high = -INFINITY;
    throw_all(count, count, x);
    for (k = 0; k < count; k++) low = fmin(low, x[k]), high = fmax(high, x[k]);
    assert_near(ent_column_ends(x, count, &least, &most), 0, 0);
    assert_near(least, low, 0);
    assert_near(most, high, 0);
    for (at = 0; at < count; at++) {
      const double odd[] = {NAN, INFINITY, -INFINITY}, was = x[at];
      for (k = 0; k < 3; k++) {
        x[at] = odd[k];
        assert_true(isnan(ent_column_ends(x, count, &least, &most)));
      }
      x[at] = was;
    }
  }
}

static void sums_deviations(void **state) {
  double x[MOST], sum, squares;
  size_t count, k;
  (void)state;
  for (count = 1; count <= MOST; count++) {
    double lane[ENT_COLUMN_LANES] = {0}, square[ENT_COLUMN_LANES] = {0}, all = 0, all_squares = 0;
    throw_all(count, count, x);
    for (k = 0; k < count; k++) {
      lane[k % ENT_COLUMN_LANES] += x[k] - 3;
      square[k % ENT_COLUMN_LANES] += (x[k] - 3) * (x[k] - 3);
    }
    for (k = 0; k < ENT_COLUMN_LANES; k++) all += lane[k], all_squares += square[k];
    ent_column_moments(x, count, 3, &sum, &squares);
    assert_memory_equal(&sum, &all, sizeof sum); /* to the bit, with vectors or without */
    assert_memory_equal(&squares, &all_squares, sizeof squares);
  }
}

static void adds_columns(void **state) {
  enum { COLUMNS = 7 };
  double x[COLUMNS][MOST], sums[MOST], wanted[MOST];
  size_t count, columns, k, i;
  int within;
  (void)state;
  for (count = 1; count <= MOST; count++)
    for (columns = 0; columns <= COLUMNS; columns++)
      for (within = 0; within < 2; within++) {
        ent_column_term terms[COLUMNS];
        for (k = 0; k < columns; k++) {
          throw_all(100 * count + k, count, x[k]);
          if (k == 3) x[k][count / 2] = NAN;
          terms[k] = (ent_column_term){x[k], 1.5 * (double)k, .25 + (double)k / 3, -10, 40 - (double)k};
        }
        for (i = 0; i < count; i++) {
          sums[i] = wanted[i] = (double)i;
          for (k = 0; k < columns; k++) {
            double value = x[k][i];
            if (within && value < terms[k].low) value = terms[k].low;
            if (within && value > terms[k].high) value = terms[k].high;
            wanted[i] += terms[k].factor * (value - terms[k].origin);
          }
        }
        (within ? ent_columns_add_within : ent_columns_add)(sums, count, terms, columns);
        for (i = 0; i < count; i++) assert_true(isnan(wanted[i]) ? isnan(sums[i]) : near(sums[i], wanted[i], 0));
      }
}

/* Of 2 1 0, 1 2 1, 0 1 2: 2 + sqrt(2), 2, 2 - sqrt(2). */
static void finds_eigenvectors(void **state) {
  double matrix[] = {2, 1, 0, 1, 2, 1, 0, 1, 2}, values[3], vectors[9];
  const double wanted[] = {2 + sqrt(2), 2, 2 - sqrt(2)}, first[] = {.5, sqrt(.5), .5};
  ent_arena *arena = ent_arena_new(0);
  size_t k;
  (void)state;
  assert_non_null(arena);
  assert_true(ent_eigen_symmetric(matrix, 3, values, vectors, arena));
  for (k = 0; k < 3; k++) {
    assert_near(values[k], wanted[k], 1e-14);
    assert_near(vectors[3 * k], first[k], 1e-14);
  }
  assert_true(ent_eigen_symmetric(matrix, 0, values, vectors, arena));
  ent_arena_free(arena);
  arena = ent_arena_new(16);
  assert_non_null(arena);
  assert_false(ent_eigen_symmetric(matrix, 3, values, vectors, arena));
  ent_arena_free(arena);
}

/* A = V D V', V'V = 1, falling values, and signs. */
static void eigenvectors_make_the_matrix(void **state) {
  uint64_t seed;
  (void)state;
  for (seed = 0; seed < 50; seed++) {
    enum { SIZE = 6 };
    double half[SIZE * SIZE], was[SIZE * SIZE], matrix[SIZE * SIZE], values[SIZE], vectors[SIZE * SIZE];
    ent_arena *arena = ent_arena_new(0);
    size_t i, j, k;
    assert_non_null(arena);
    throw_all(seed, SIZE * SIZE, half);
    for (i = 0; i < SIZE; i++)
      for (j = 0; j < SIZE; j++) was[i * SIZE + j] = matrix[i * SIZE + j] = half[i * SIZE + j] + half[j * SIZE + i];
    assert_true(ent_eigen_symmetric(matrix, SIZE, values, vectors, arena));
    for (i = 0; i < SIZE; i++)
      for (j = 0; j < SIZE; j++) {
        double sum = 0, dot = 0;
        for (k = 0; k < SIZE; k++) {
          sum += vectors[i * SIZE + k] * values[k] * vectors[j * SIZE + k];
          dot += vectors[k * SIZE + i] * vectors[k * SIZE + j];
        }
        assert_near(sum, was[i * SIZE + j], 1e-11);
        assert_near(dot, i == j, 1e-12);
      }
    for (k = 0; k < SIZE; k++) {
      double largest = 0;
      if (k) assert_true(values[k] <= values[k - 1]);
      for (i = 0; i < SIZE; i++)
        if (fabs(vectors[i * SIZE + k]) > fabs(largest)) largest = vectors[i * SIZE + k];
      assert_true(largest > 0);
    }
    ent_arena_free(arena);
  }
}

static double likelihood(const double *x, size_t count, double lambda) {
  double mean = 0, squares = 0, logarithms = 0, n = (double)count;
  size_t k;
  for (k = 0; k < count; k++) {
    mean += (pow(x[k], lambda) - 1) / lambda / n;
    logarithms += log(x[k]);
  }
  for (k = 0; k < count; k++) squares += pow((pow(x[k], lambda) - 1) / lambda - mean, 2);
  return -n / 2 * log(squares / n) + (lambda - 1) * logarithms;
}

/* Nothing near is likelier; squares of what is even want a root. */
static void finds_the_likeliest_power(void **state) {
  uint64_t seed;
  (void)state;
  for (seed = 0; seed < 50; seed++) {
    double x[30], logarithms[30], lambda, best;
    size_t k;
    ent_random_uniform(seed, 5, 0, 30, x);
    for (k = 0; k < 30; k++) {
      x[k] = pow(1 + 4 * x[k], seed % 2 ? 2 : -1.5);
      logarithms[k] = log(x[k]);
    }
    lambda = ent_box_cox_lambda(logarithms, 30);
    assert_true(lambda > -5 && lambda < 5);
    best = likelihood(x, 30, lambda);
    for (k = 1; k <= 40; k++) {
      assert_true(likelihood(x, 30, lambda + .011 * (double)k) <= best);
      assert_true(likelihood(x, 30, lambda - .011 * (double)k) <= best);
    }
    assert_true(seed % 2 ? lambda > -.6 && lambda < 1.3 : lambda < .6);
  }
  { /* at the end of the range: close together, and one below */
    double far[] = {log(80), log(98), log(99), log(99.5), log(100)};
    assert_near(ent_box_cox_lambda(far, 5), 5, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_ends),
      cmocka_unit_test(sums_deviations),
      cmocka_unit_test(adds_columns),
      cmocka_unit_test(finds_eigenvectors),
      cmocka_unit_test(eigenvectors_make_the_matrix),
      cmocka_unit_test(finds_the_likeliest_power),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
