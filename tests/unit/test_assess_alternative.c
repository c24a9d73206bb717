/* Which distribution a row stands for, and whether its quantiles are those of theory: mean, standard deviation, ends.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assess/way.h"
#include "near.h"
#include "num/beta.h"

static ent_model_qualifier qualifiers[] = {{"about", {NULL, NULL}, 0.05, 0.05},
                                           {"more_than", {NULL, NULL}, 0, 0.2},
                                           {"nearly", {NULL, NULL}, 0.1, 0},
                                           {"at_least", {NULL, NULL}, 0, 0.3},
                                           {"at_most", {NULL, NULL}, 0.4, 0}};

static ent_model model_with(ent_distribution ranges) {
  return (ent_model){.ranges = ranges, .qualifier_count = 5, .qualifiers = qualifiers};
}

static ent_observation figure(double low, double value, double high, const char *qualifier) {
  return (ent_observation){.low = low,
                           .value = value,
                           .high = high,
                           .standard_error = NAN,
                           .unit = "persons",
                           .qualifier = qualifier,
                           .grade = ""};
}

enum { MANY = 200000 };

/* Mean and standard deviation over evenly spread uniform numbers: the integral of the quantile function. */
static void moments(const ent_alternative *a, double *mean, double *deviation) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < MANY; i++) sum += ent_alternative_at(a, (i + 0.5) / MANY);
  *mean = sum / MANY;
  for (size_t i = 0; i < MANY; i++) squares += pow(ent_alternative_at(a, (i + 0.5) / MANY) - *mean, 2);
  *deviation = sqrt(squares / MANY);
}

static void expect_moments(const ent_alternative *a, double mean, double deviation) {
  double got_mean, got_deviation;
  moments(a, &got_mean, &got_deviation);
  assert_near(got_mean, mean, 1e-4 * (a->high - a->low));
  assert_near(got_deviation, deviation, 1e-4 * (a->high - a->low));
}

static void draws_triangular(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  const ent_observation row = figure(10, 12, 20, "");
  const ent_alternative a = ent_alternative_of_figure(&model, &row);
  expect_moments(&a, (10 + 12 + 20) / 3.0, sqrt((100 + 144 + 400 - 120 - 200 - 240) / 18.0));
  assert_near(ent_alternative_at(&a, 0.2), 12, 1e-12); /* the value parts the shares 2 of 10 and 8 of 10 */
  assert_near(ent_alternative_at(&a, 0.8), 20 - sqrt(0.2 * 80), 1e-12);
  assert_near(ent_alternative_at(&a, 0), 10, 1e-12);
}

static void draws_evenly(void **state) {
  (void)state;
  const ent_model triangular = model_with(ENT_RANGES_TRIANGULAR), uniform = model_with(ENT_RANGES_UNIFORM);
  const ent_observation range = figure(10, NAN, 20, ""), row = figure(10, 12, 20, "");
  const ent_alternative a = ent_alternative_of_figure(&triangular, &range),
                        b = ent_alternative_of_figure(&uniform, &row);
  expect_moments(&a, 15, 10 / sqrt(12));
  expect_moments(&b, 15, 10 / sqrt(12));
  assert_near(ent_alternative_at(&b, 0.25), 12.5, 1e-12);
}

/* Beta(1 + 4 m, 5 - 4 m): mean (low + 4 mode + high) / 6, variance (mean - low) (high - mean) / 7. */
static void draws_pert(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_PERT);
  static ent_quantile_table table;
  static const double modes[] = {10, 12, 15, 19.5, 20};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    const ent_observation row = figure(10, modes[i], 20, "");
    ent_alternative a = ent_alternative_of_figure(&model, &row);
    double mean = (10 + 4 * modes[i] + 20) / 6, m = (modes[i] - 10) / 10;
    assert_true(a.shape == ENT_SHAPE_PERT && ent_alternative_needs_table(&a));
    ent_alternative_make_table(&a, &table);
    a.table = &table;
    expect_moments(&a, mean, sqrt((mean - 10) * (20 - mean) / 7));
    for (double u = 0.05; u < 1; u += 0.09)
      assert_near(ent_alternative_at(&a, u), 10 + 10 * ent_beta_quantile(1 + 4 * m, 5 - 4 * m, u), 1e-5);
    assert_true(ent_alternative_at(&a, 0) >= 10 && ent_alternative_at(&a, 1 - 0x1p-53) <= 20);
  }
  const ent_observation fixed = figure(NAN, 7, NAN, ""), range = figure(1, NAN, 2, "");
  ent_alternative a = ent_alternative_of_figure(&model, &fixed), b = ent_alternative_of_figure(&model, &range);
  assert_false(ent_alternative_needs_table(&a));
  assert_true(b.shape == ENT_SHAPE_UNIFORM && !ent_alternative_needs_table(&b)); /* no value: nothing is likelier */
}

static void draws_normal(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  ent_observation row = figure(NAN, 50, NAN, "about");
  ent_alternative a;
  row.standard_error = 3;
  a = ent_alternative_of_figure(&model, &row);
  /* of a normal distribution between -c and c: variance 1 - 2 c phi(c) / (2 Phi(c) - 1) */
  double phi = exp(-8) / sqrt(2 * acos(-1.0)), part = erf(4 / sqrt(2));
  expect_moments(&a, 50, 3 * sqrt(1 - 8 * phi / part));
  assert_near(ent_alternative_at(&a, 0.5), 50, 1e-9);
  assert_near(ent_alternative_at(&a, 0.975), 50 + 3 * 1.959964, 3e-3);
  assert_near(ent_alternative_at(&a, 0.05), 50 - 3 * 1.644854, 3e-3);
  assert_near(ent_alternative_at(&a, 0), 38, 1e-6);
  assert_true(ent_alternative_at(&a, 1 - 0x1p-53) <= 62);
  row.standard_error = 0;
  a = ent_alternative_of_figure(&model, &row);
  assert_true(a.low == 50 && a.high == 50 && ent_alternative_at(&a, 0.9) == 50);
}

/* A share is cut at none and all: what would lie beyond is spread over the rest, no point has weight of its own. */
static void cuts_shares(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  ent_observation row = figure(NAN, 0.02, NAN, "");
  ent_alternative a;
  row.unit = "share";
  row.standard_error = 0.02;
  a = ent_alternative_of_figure(&model, &row);
  assert_true(a.low == 0 && fabs(a.high - 0.1) < 1e-12);
  double from = 0.5 * erfc(1 / sqrt(2)), mean = 0.02 * (1 + exp(-0.5) / sqrt(2 * acos(-1.0)) / (1 - from));
  double got, deviation;
  moments(&a, &got, &deviation);
  assert_near(got, mean, 1e-5);
  assert_true(ent_alternative_at(&a, 1e-6) > 0);
}

static void draws_on_one_side(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  static const struct {
    double low, value, high;
    const char *qualifier;
    double from, mode, to;
  } cases[] = {{NAN, 100, NAN, "more_than", 100, 100, 120}, {NAN, 100, NAN, "nearly", 90, 100, 100},
               {NAN, 100, NAN, "about", 95, 100, 105},      {100, NAN, NAN, "", 100, 100, 130},
               {NAN, NAN, 100, "", 60, 100, 100},           {NAN, 100, 108, "nearly", 90, 100, 108},
               {NAN, -100, NAN, "about", -105, -100, -95},  {NAN, 100, NAN, "", 100, 100, 100}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const ent_observation row = figure(cases[i].low, cases[i].value, cases[i].high, cases[i].qualifier);
    const ent_alternative a = ent_alternative_of_figure(&model, &row);
    assert_near(a.low, cases[i].from, 1e-9);
    assert_near(a.mode, cases[i].mode, 1e-9);
    assert_near(a.high, cases[i].to, 1e-9);
    if (a.low < a.high) {
      double variance =
          a.low * a.low + a.mode * a.mode + a.high * a.high - a.low * a.mode - a.low * a.high - a.mode * a.high;
      expect_moments(&a, (a.low + a.mode + a.high) / 3, sqrt(variance / 18));
    }
  }
}

static void widens_by_grade(void **state) {
  (void)state;
  ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  ent_observation row = figure(95, 100, 110, "");
  model.grades.reliability[2] = 0.1;  /* C */
  model.grades.credibility[3] = 0.05; /* 4 */
  static const struct {
    const char *grade;
    double share;
  } cases[] = {{"", 0}, {"A1", 0}, {"C", 0.1}, {"4", 0.05}, {"C4", 0.15}, {"F6", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    row.grade = cases[i].grade;
    ent_alternative a = ent_alternative_of_figure(&model, &row);
    assert_near(ent_assess_widening(&model, cases[i].grade), cases[i].share, 1e-12);
    assert_near(a.low, 95 - 100 * cases[i].share, 1e-9);
    assert_near(a.high, 110 + 100 * cases[i].share, 1e-9);
    assert_true(a.mode == 100);
  }
  row = figure(NAN, -100, NAN, ""); /* without a range it gets one */
  row.grade = "C";
  ent_alternative a = ent_alternative_of_figure(&model, &row);
  assert_near(a.low, -110, 1e-9);
  assert_near(a.high, -90, 1e-9);
  row = figure(NAN, 100, NAN, "");
  row.standard_error = 10;
  row.grade = "C";
  a = ent_alternative_of_figure(&model, &row);
  assert_near(a.deviation, sqrt(200), 1e-9);
}

/* Numbers at the end of what a double holds give numbers, never none. */
static void stays_finite(void **state) {
  (void)state;
  for (int ranges = 0; ranges < ENT_RANGES_COUNT; ranges++) {
    ent_model model = model_with((ent_distribution)ranges);
    static ent_quantile_table table;
    model.grades.reliability[0] = 1;
    const ent_observation rows[] = {figure(-DBL_MAX, NAN, DBL_MAX, ""), figure(-DBL_MAX, 1, DBL_MAX, ""),
                                    figure(NAN, DBL_MAX, NAN, "about"), figure(NAN, -DBL_MAX, NAN, ""),
                                    figure(NAN, DBL_MAX, NAN, "")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
      ent_observation row = rows[i];
      row.grade = "A";
      if (i > 3) row.standard_error = DBL_MAX;
      ent_alternative a = ent_alternative_of_figure(&model, &row);
      if (ent_alternative_needs_table(&a)) ent_alternative_make_table(&a, &table);
      a.table = &table;
      for (double u = 0; u < 1; u += 0.125) {
        double value = ent_alternative_at(&a, u);
        assert_true(isfinite(value) && value >= a.low && value <= a.high);
      }
    }
  }
}

/* A code is a whole point, with a probability that falls evenly to zero one step beyond each end. */
static void draws_codes(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_UNIFORM); /* which codes do not heed */
  const ent_coding row = {.low = -1, .value = 1, .high = 2};
  ent_alternative a = ent_alternative_of_coding(&model, &row, -2, 2, true), b;
  assert_int_equal(a.step_count, 4);
  static const double wanted[] = {1.0 / 3, 2.0 / 3, 1, 0.5}; /* of -1, 0, 1, 2 */
  double sum = 2.5, below = 0;
  for (size_t i = 0; i < 4; i++) {
    assert_near(a.step[i], -1 + (double)i, 1e-12);
    below += wanted[i] / sum;
    if (i < 3) assert_near(a.cumulative[i], below, 1e-12);
  }
  ent_quantity quantity = {.alternative_count = 1, .alternatives = &a, .most_steps = a.step_count};
  double uniform[ENT_BLOCK], values[ENT_BLOCK];
  for (size_t d = 0; d < ENT_BLOCK; d++) uniform[d] = (d + 0.5) / ENT_BLOCK;
  ent_draw_values(ent_way_best(), &quantity, uniform, values);
  double counts[4] = {0};
  for (size_t d = 0; d < ENT_BLOCK; d++) counts[(size_t)(values[d] + 1)]++;
  for (size_t i = 0; i < 4; i++) assert_near(counts[i] / ENT_BLOCK, wanted[i] / sum, 1.0 / ENT_BLOCK);
  b = ent_alternative_of_coding(&model, &row, 0, 10, false); /* an interval scale, kept on it */
  assert_int_equal(b.step_count, 0);
  assert_true(b.low == 0 && b.high == 2 && b.shape == ENT_SHAPE_UNIFORM);
}

/* Sources that disagree are equally likely. */
static void picks_among_sources(void **state) {
  (void)state;
  const ent_model model = model_with(ENT_RANGES_TRIANGULAR);
  const ent_observation one = figure(NAN, 10, NAN, ""), other = figure(20, NAN, 30, "");
  ent_alternative both[] = {ent_alternative_of_figure(&model, &one), ent_alternative_of_figure(&model, &other)};
  ent_quantity quantity = {.alternative_count = 2, .alternatives = both};
  double uniform[ENT_BLOCK], values[ENT_BLOCK], sum = 0;
  size_t tens = 0;
  for (size_t d = 0; d < ENT_BLOCK; d++) uniform[d] = (d + 0.5) / ENT_BLOCK;
  ent_draw_values(ent_way_best(), &quantity, uniform, values);
  for (size_t d = 0; d < ENT_BLOCK; d++) {
    tens += values[d] == 10;
    sum += values[d];
  }
  assert_int_equal(tens, ENT_BLOCK / 2);
  assert_near(sum / ENT_BLOCK, (10 + 25) / 2.0, 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(draws_triangular), cmocka_unit_test(draws_evenly),
                                     cmocka_unit_test(draws_normal),     cmocka_unit_test(draws_pert),
                                     cmocka_unit_test(cuts_shares),      cmocka_unit_test(draws_on_one_side),
                                     cmocka_unit_test(widens_by_grade),  cmocka_unit_test(draws_codes),
                                     cmocka_unit_test(stays_finite),     cmocka_unit_test(picks_among_sources)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
