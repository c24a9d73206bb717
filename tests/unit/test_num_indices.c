/* Sensitivity indices: two published test functions, coverage of the stated intervals, groups, what is kept between
 * calls, threads, and what has no indices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "near.h"
#include "num/indices.h"
#include "num/quantile.h"

static const double PI = 3.14159265358979323846;

enum { MOST_INPUTS = 8 };

typedef struct published { /* a test function and its indices */
  const char *name;
  size_t inputs;
  ent_indices_evaluate *evaluate;
  double mean, variance, first[MOST_INPUTS], total[MOST_INPUTS];
} published;

/* Ishigami & Homma 1990, a = 7, b = 0.1. */
static int ishigami(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  size_t k;
  (void)context, (void)worker;
  for (k = 0; k < points->count; k++) {
    const double x = PI * (2 * points->column[0][k] - 1), y = sin(PI * (2 * points->column[1][k] - 1)),
                 z = PI * (2 * points->column[2][k] - 1);
    out[k] = sin(x) * (1 + 0.1 * z * z * z * z) + 7 * y * y;
  }
  return 0;
}

static published ishigami_known(void) {
  const double b = 0.1, p4 = pow(PI, 4), v1 = 0.5 * pow(1 + b * p4 / 5, 2), v2 = 49.0 / 8,
               v13 = b * b * p4 * p4 * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
  return (published){"Ishigami", 3, ishigami, 3.5, v, {v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

/* Sobol's g-function with the constants of Saltelli & Sobol 1995. */
static const double G[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};

static int g_function(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  size_t k, i;
  (void)context, (void)worker;
  for (k = 0; k < points->count; k++) {
    double product = 1;
    for (i = 0; i < 8; i++) product *= (fabs(4 * points->column[i][k] - 2) + G[i]) / (1 + G[i]);
    out[k] = product;
  }
  return 0;
}

static published g_known(void) {
  published p = {"g-function", 8, g_function, 1, 1, {0}, {0}};
  size_t i;
  for (i = 0; i < 8; i++) p.variance *= 1 + 1 / (3 * pow(1 + G[i], 2));
  for (i = 0; i < 8; i++) {
    double v = 1 / (3 * pow(1 + G[i], 2));
    p.first[i] = v / (p.variance - 1);
    p.total[i] = v * p.variance / (1 + v) / (p.variance - 1);
  }
  p.variance -= 1;
  return p;
}

static ent_indices_design design_of(ent_indices_evaluate *evaluate, size_t columns, size_t points, size_t scramblings) {
  return (ent_indices_design){.column_count = columns,
                              .input_count = columns,
                              .output_count = 1,
                              .points = points,
                              .scramblings = scramblings,
                              .evaluate = evaluate};
}

static ent_arena *new_arena(void) {
  ent_arena *arena = ent_arena_new(0);
  assert_non_null(arena);
  return arena;
}

static void the_known_indices_are_the_published_ones(void **state) {
  const published p = ishigami_known(), g = g_known();
  (void)state;
  assert_near(p.variance, 13.844588, 1e-6);
  assert_near(p.first[0], .313905, 1e-6);
  assert_near(p.first[1], .442411, 1e-6);
  assert_near(p.total[0], .557589, 1e-6);
  assert_near(p.total[2], .243684, 1e-6);
  assert_near(g.first[0], .7162, 1e-4); /* Saltelli et al. 2010, table 5: .716 .179 .024 .007 */
  assert_near(g.first[1], .1790, 1e-4);
  assert_near(g.total[0], .7871, 1e-4);
  assert_near(g.total[1], .2422, 1e-4);
}

/* One scrambling of 2^14 points for each of 40 seeds. */
static void indices_are_near_the_truth(const published *p) {
  double largest[2] = {0, 0};
  size_t seed, i;
  for (seed = 1; seed <= 40; seed++) {
    ent_indices_design design = design_of(p->evaluate, p->inputs, 1 << 14, 1);
    ent_arena *arena = new_arena();
    ent_indices out;
    design.seed = seed;
    design.threads = 2;
    assert_int_equal(ent_indices_run(arena, &design, &out), 0);
    assert_int_equal(out.reason, ENT_INDICES_THERE);
    assert_near(out.mean, p->mean, 0.01);
    assert_near(out.variance / p->variance, 1, 0.01);
    for (i = 0; i < p->inputs; i++) {
      largest[0] = fmax(largest[0], fabs(out.first[i].value - p->first[i]));
      largest[1] = fmax(largest[1], fabs(out.total[i].value - p->total[i]));
      assert_true(isnan(out.first[i].low) && isnan(out.total[i].high)); /* one scrambling has no interval */
    }
    ent_arena_free(arena);
  }
  print_message("# %s, N = 2^14, 40 seeds: largest error %.4f (first order), %.4f (total)\n", p->name, largest[0],
                largest[1]);
  assert_true(largest[0] < 0.01 && largest[1] < 0.01);
}

static void ishigami_is_met(void **state) {
  const published p = ishigami_known();
  (void)state;
  indices_are_near_the_truth(&p);
}

static void g_function_is_met(void **state) {
  const published p = g_known();
  (void)state;
  indices_are_near_the_truth(&p);
}

/* 500 runs of 16 scramblings: how many of the 95 % intervals hold the truth. */
static void intervals_cover_as_stated(const published *p, size_t points) {
  enum { RUNS = 500, LEAST = 459, MOST = 491 }; /* 475, and 3.3 times the binomial error of 4.87 */
  size_t covered[2][MOST_INPUTS] = {{0}}, run, i, sum = 0;
  for (run = 0; run < RUNS; run++) {
    ent_indices_design design = design_of(p->evaluate, p->inputs, points, 16);
    ent_arena *arena = new_arena();
    ent_indices out;
    design.seed = 1000 + run;
    assert_int_equal(ent_indices_run(arena, &design, &out), 0);
    for (i = 0; i < p->inputs; i++) {
      covered[0][i] += out.first[i].low <= p->first[i] && p->first[i] <= out.first[i].high;
      covered[1][i] += out.total[i].low <= p->total[i] && p->total[i] <= out.total[i].high;
    }
    ent_arena_free(arena);
  }
  for (i = 0; i < 2 * p->inputs; i++) {
    size_t count = covered[i / p->inputs][i % p->inputs];
    print_message("# %s, 16 scramblings of %zu: 95 %% interval of %s %zu covers in %.1f %% of 500 runs\n", p->name,
                  points, i < p->inputs ? "S" : "T", i % p->inputs + 1, (double)count / 5);
    sum += count;
  }
  print_message("# %s: all together %.2f %%\n", p->name, 100 * (double)sum / RUNS / 2 / (double)p->inputs);
  for (i = 0; i < 2 * p->inputs; i++) {
    size_t count = covered[i / p->inputs][i % p->inputs];
    assert_true(count >= LEAST && count <= MOST);
  }
}

static void ishigami_intervals_cover(void **state) {
  const published p = ishigami_known();
  (void)state;
  intervals_cover_as_stated(&p, 256);
}

static void g_function_intervals_cover(void **state) {
  const published p = g_known();
  (void)state;
  intervals_cover_as_stated(&p, 128);
}

/* ---- a function of two outputs that keeps what does not change ---- */

enum { COLUMNS = 6, WORKERS = 4 };

typedef struct keeper {
  bool keeps; /* else it computes all */
  double a[WORKERS][COLUMNS][ENT_INDICES_BLOCK], sum[WORKERS][ENT_INDICES_BLOCK];
  atomic_int wrong, calls;
  int stop_at;
} keeper;

static double part_of(double u, size_t column) { return floor(u * 64) * (double)(column + 1); } /* sums are exact */

static void take_all(keeper *k, const ent_indices_points *points, unsigned worker) {
  size_t c, n;
  for (n = 0; n < points->count; n++) {
    k->sum[worker][n] = 0;
    for (c = 0; c < COLUMNS; c++) {
      k->a[worker][c][n] = points->column[c][n];
      k->sum[worker][n] += part_of(points->column[c][n], c);
    }
  }
}

static int evaluate_keeper(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  keeper *k = context;
  size_t c, n, i = 0;
  int calls = atomic_fetch_add(&k->calls, 1) + 1;
  if (k->stop_at && calls >= k->stop_at) return 42;
  if (worker >= WORKERS || points->count > ENT_INDICES_BLOCK) return 1;
  if (points->changed == ENT_INDICES_ALL) take_all(k, points, worker);
  for (c = 0; c < COLUMNS; c++) { /* the columns that are said to have changed have, and no others */
    bool said = i < points->changed_count && points->changed_columns[i] == c;
    if (said) i++;
    if (!memcmp(points->column[c], k->a[worker][c], points->count * sizeof(double)) == said)
      atomic_fetch_add(&k->wrong, 1);
  }
  if (i != points->changed_count) atomic_fetch_add(&k->wrong, 1);
  for (n = 0; n < points->count; n++) {
    double sum = k->keeps ? k->sum[worker][n] : 0;
    for (i = 0; k->keeps && i < points->changed_count; i++) {
      c = points->changed_columns[i];
      sum += part_of(points->column[c][n], c) - part_of(k->a[worker][c][n], c);
    }
    for (c = 0; !k->keeps && c < COLUMNS; c++) sum += part_of(points->column[c][n], c);
    out[n] = sum;
    out[points->count + n] = sum * sum;
  }
  return 0;
}

static const long GROUPS[COLUMNS] = {0, 2, 0, 1, -1, 2};

static void run_keeper(keeper *k, unsigned threads, size_t points, ent_arena *arena, ent_indices out[2]) {
  ent_indices_design design = design_of(evaluate_keeper, COLUMNS, points, 16);
  design.input_count = 3;
  design.input = GROUPS;
  design.output_count = 2;
  design.threads = threads;
  design.seed = 7;
  design.context = k;
  assert_int_equal(ent_indices_run(arena, &design, out), 0);
  assert_int_equal(atomic_load(&k->wrong), 0);
}

static void assert_same(const ent_indices *a, const ent_indices *b) {
  size_t o;
  for (o = 0; o < 2; o++) {
    assert_true(a[o].mean == b[o].mean && a[o].variance == b[o].variance && a[o].reason == b[o].reason);
    assert_memory_equal(a[o].first, b[o].first, 3 * sizeof(ent_sensitivity_index));
    assert_memory_equal(a[o].total, b[o].total, 3 * sizeof(ent_sensitivity_index));
  }
}

/* Additive: the share of each group is that of its squared factors; the column of no group has the rest. */
static void groups_have_the_shares_of_their_columns(void **state) {
  static keeper k;
  ent_arena *arena = new_arena();
  const double shares[3] = {(1 + 9) / 91.0, 16 / 91.0, (4 + 36) / 91.0};
  ent_indices out[2];
  size_t i;
  (void)state;
  run_keeper(&k, 1, 1024, arena, out);
  for (i = 0; i < 3; i++) {
    assert_near(out[0].first[i].value, shares[i], 0.005);
    assert_near(out[0].total[i].value, shares[i], 0.005);
    assert_true(out[0].first[i].low < out[0].first[i].value && out[0].first[i].value < out[0].first[i].high);
    assert_true(out[1].total[i].value > out[1].first[i].value); /* a square has interactions */
  }
  ent_arena_free(arena);
}

static void keeping_and_threads_change_no_byte(void **state) {
  static keeper k;
  size_t points;
  unsigned threads;
  (void)state;
  for (points = 2; points <= 4096; points *= 8) {
    ent_arena *arena = new_arena();
    ent_indices first[2], out[2];
    k.keeps = false;
    run_keeper(&k, 1, points, arena, first);
    for (threads = 1; threads <= WORKERS; threads++) {
      k.keeps = !k.keeps;
      run_keeper(&k, threads, points, arena, out);
      assert_same(first, out);
    }
    ent_arena_free(arena);
  }
}

static int stop_late(void *context, double done) {
  (void)context;
  return done > 0.5 ? 9 : 0;
}

static void it_stops_where_it_is_told(void **state) {
  static keeper k;
  ent_arena *arena = new_arena();
  ent_indices_design design = design_of(evaluate_keeper, COLUMNS, 256, 16);
  ent_indices out[2];
  (void)state;
  design.context = &k;
  design.output_count = 2;
  design.threads = 2;
  k.stop_at = 20;
  assert_int_equal(ent_indices_run(arena, &design, out), 42);
  assert_true(atomic_load(&k.calls) < 40);
  k.stop_at = 0;
  design.threads = 1;
  design.progress = stop_late;
  assert_int_equal(ent_indices_run(arena, &design, out), 9);
  ent_arena_free(arena);
}

/* ---- special outputs ---- */

enum special { TINY, SHIFTED, CONSTANT, ROUNDED, LOST, LOST_IN_AB, RARE, SPECIALS };

static int special_outputs(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  size_t n, count = points->count;
  (void)context, (void)worker;
  for (n = 0; n < count; n++) {
    const double u = points->column[0][n], v = points->column[1][n], y = u + u * v;
    out[TINY * count + n] = y * 1e-100;
    out[SHIFTED * count + n] = y + 1e6;
    out[CONSTANT * count + n] = 12.5;
    out[ROUNDED * count + n] = 1e6 + 1e-10 * floor(4 * u);
    out[LOST * count + n] = u > 0.999 ? NAN : y;
    out[LOST_IN_AB * count + n] = points->changed == 1 && v > 0.9 ? INFINITY : y;
    out[RARE * count + n] = u > 0.9999 ? 1 : 0;
  }
  return 0;
}

static void special_outputs_have_their_reasons(void **state) {
  const ent_indices_reason reasons[SPECIALS] = {ENT_INDICES_THERE,    ENT_INDICES_THERE,   ENT_INDICES_CONSTANT,
                                                ENT_INDICES_CONSTANT, ENT_INDICES_MISSING, ENT_INDICES_MISSING,
                                                ENT_INDICES_SPARSE};
  ent_arena *arena = new_arena();
  ent_indices_design design = design_of(special_outputs, 3, 1024, 16);
  ent_indices out[SPECIALS];
  size_t o, i;
  (void)state;
  design.output_count = SPECIALS;
  assert_int_equal(ent_indices_run(arena, &design, out), 0);
  for (o = 0; o < SPECIALS; o++) {
    assert_int_equal(out[o].reason, reasons[o]);
    for (i = 0; i < 3; i++) {
      assert_true(isnan(out[o].first[i].value) == (reasons[o] != ENT_INDICES_THERE));
      assert_true(isnan(out[o].total[i].high) == (reasons[o] != ENT_INDICES_THERE));
    }
  }
  assert_near(out[CONSTANT].mean, 12.5, 0);
  assert_true(out[CONSTANT].variance <= 0);
  assert_true(isnan(out[LOST].mean) && isnan(out[LOST_IN_AB].variance));
  for (i = 0; i < 3; i++) { /* neither size nor zero of a scale change a share */
    assert_near(out[TINY].first[i].value, out[SHIFTED].first[i].value, 1e-7);
    assert_near(out[TINY].total[i].high, out[SHIFTED].total[i].high, 1e-7);
  }
  assert_true(out[TINY].total[2].value <= 0 &&
              out[TINY].total[2].high <= 0); /* nothing hangs on the third: exactly 0 */
  ent_arena_free(arena);
}

/* As many columns as there can be: an additive function whose every column has the same share. */
static int mean_of_all(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  double *kept = context;
  size_t n, c;
  (void)worker;
  for (n = 0; n < points->count; n++) {
    if (points->changed == ENT_INDICES_ALL) {
      kept[n] = 0;
      for (c = 0; c < ENT_INDICES_MOST_COLUMNS; c++) kept[n] += points->column[c][n];
      for (c = 0; c < ENT_INDICES_MOST_COLUMNS; c++) kept[ENT_INDICES_BLOCK * (c + 1) + n] = points->column[c][n];
    }
    out[n] = kept[n];
    for (c = 0; c < points->changed_count; c++) {
      size_t column = points->changed_columns[c];
      out[n] += points->column[column][n] - kept[ENT_INDICES_BLOCK * (column + 1) + n];
    }
  }
  return 0;
}

static void as_many_columns_as_there_can_be(void **state) {
  enum { C = ENT_INDICES_MOST_COLUMNS };
  double *kept = calloc((C + 1) * ENT_INDICES_BLOCK, sizeof *kept);
  ent_arena *arena = new_arena();
  ent_indices_design design = design_of(mean_of_all, C, 512, 2);
  ent_indices out;
  size_t i;
  double sum = 0, square = 0;
  (void)state;
  assert_non_null(kept);
  design.context = kept;
  assert_int_equal(ent_indices_run(arena, &design, &out), 0);
  for (i = 0; i < C; i++) {
    sum += out.total[i].value;
    square += pow(out.total[i].value * C - 1, 2) / C;
  }
  print_message("# %d columns, 2 scramblings of 512: root mean square of relative errors %.3f\n", C, sqrt(square));
  assert_true(square < 0.01); /* a few are far off: see indices.h on hundreds of columns */
  assert_near(sum, 1, 0.05);
  design.column_count = design.input_count = ENT_INDICES_MOST_PADDED + 1;
  assert_int_equal(ent_indices_run(arena, &design, &out), ENT_INDICES_WRONG_DESIGN);
  ent_arena_free(arena);
  free(kept);
}

/* Groups that overlap, and columns behind those of the sequence: y = sum of c_i x_i, where S = T = c_i^2 / sum. */
static int weighted_sum(void *context, const ent_indices_points *points, unsigned worker, double *out) {
  const size_t *count = context;
  size_t n, c;
  (void)worker;
  for (n = 0; n < points->count; n++) {
    out[n] = 0;
    for (c = 0; c < 3; c++) out[n] += (double)(c + 1) * points->column[c][n];
    out[n] += 4 * points->column[*count - 1][n];
  }
  return 0;
}

static void groups_may_overlap_and_columns_be_random(void **state) {
  static const size_t begin[4] = {0, 2, 4, 5};
  size_t columns[5] = {0, 1, 1, 2, 0}, count = ENT_INDICES_MOST_COLUMNS + 10, k;
  const double truth[3] = {5.0 / 30, 13.0 / 30, 16.0 / 30};
  ent_indices_design design = design_of(weighted_sum, count, 1024, 16);
  ent_arena *arena = new_arena();
  ent_indices out;
  (void)state;
  columns[4] = count - 1;
  design.context = &count;
  design.input_count = 3;
  design.begin = begin;
  design.columns = columns;
  assert_int_equal(ent_indices_run(arena, &design, &out), 0);
  for (k = 0; k < 3; k++) {
    assert_near(out.first[k].value, truth[k], 0.03);
    assert_near(out.total[k].value, truth[k], 0.03);
  }
  columns[1] = 0; /* not rising */
  assert_int_equal(ent_indices_run(arena, &design, &out), ENT_INDICES_WRONG_DESIGN);
  columns[1] = count;
  assert_int_equal(ent_indices_run(arena, &design, &out), ENT_INDICES_WRONG_DESIGN);
  ent_arena_free(arena);
}

static void wrong_designs_are_refused(void **state) {
  static const long beyond[3] = {0, 1, 3}, below[3] = {0, -2, 1};
  const ent_indices_design right = design_of(ishigami, 3, 64, 16);
  ent_indices_design wrong[12];
  ent_arena *arena = new_arena(), *small = ent_arena_new(1000);
  ent_indices out;
  size_t i;
  (void)state;
  assert_int_equal(ent_indices_run(arena, &right, &out), 0);
  for (i = 0; i < 12; i++) wrong[i] = right;
  wrong[0].points = 100;
  wrong[1].points = 1;
  wrong[2].points = (size_t)1 << 31;
  wrong[3].scramblings = 0;
  wrong[4].scramblings = 5000;
  wrong[5].column_count = 0;
  wrong[6].input_count = 2; /* without a list of what belongs to which */
  wrong[7].output_count = 0;
  wrong[8].level = 1;
  wrong[9].input = beyond;
  wrong[10].input = below;
  wrong[11].evaluate = NULL;
  for (i = 0; i < 12; i++) assert_int_equal(ent_indices_run(arena, &wrong[i], &out), ENT_INDICES_WRONG_DESIGN);
  assert_int_equal(ent_indices_run(small, &right, &out), ENT_INDICES_NO_MEMORY);
  wrong[0] = right;
  wrong[0].output_count = SIZE_MAX / 64;
  assert_int_equal(ent_indices_run(arena, &wrong[0], &out), ENT_INDICES_NO_MEMORY);
  ent_arena_free(small);
  ent_arena_free(arena);
}

/* Tables of Student's distribution: 97.5 % with 15 degrees of freedom, 95 % with 1, the median. */
static void student_is_that_of_the_tables(void **state) {
  (void)state;
  assert_near(ent_quantile_student(0.975, 15), 2.131450, 1e-6);
  assert_near(ent_quantile_student(0.95, 1), 6.313752, 1e-6);
  assert_near(ent_quantile_student(0.5, 4), 0, 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_known_indices_are_the_published_ones),
      cmocka_unit_test(ishigami_is_met),
      cmocka_unit_test(g_function_is_met),
      cmocka_unit_test(ishigami_intervals_cover),
      cmocka_unit_test(g_function_intervals_cover),
      cmocka_unit_test(groups_have_the_shares_of_their_columns),
      cmocka_unit_test(keeping_and_threads_change_no_byte),
      cmocka_unit_test(it_stops_where_it_is_told),
      cmocka_unit_test(special_outputs_have_their_reasons),
      cmocka_unit_test(as_many_columns_as_there_can_be),
      cmocka_unit_test(groups_may_overlap_and_columns_be_random),
      cmocka_unit_test(wrong_designs_are_refused),
      cmocka_unit_test(student_is_that_of_the_tables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
