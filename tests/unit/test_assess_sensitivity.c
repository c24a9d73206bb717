/* What drives a score, on plain structs: threads change no byte, a flip is where the class changes, what is left out is
 * as if it had never been there. */
#include "unit/assess_sample.h"

#include <math.h>

#include "assess/sensitivity.h"

enum { MOST = 32, POINTS = 512 };

static ent_assess_request request_of(unsigned threads) {
  return (ent_assess_request){.day = ent_day_from_civil(2021, 6, 30), .draws = 1000, .seed = 1, .threads = threads};
}

static ent_factors factors_of(sample_bench *b, const small *s, const char *headline) {
  const ent_assess_request request = request_of(1);
  const ent_evaluation *e = ent_evaluation_make(&s->e, model_of(b, headline), &request, NULL, 0, b->arena);
  ent_factors f;
  assert_non_null(e);
  assert_true(ent_factors_make(e, b->arena, &f));
  assert_true(f.input_count > 5 && f.input_count <= MOST && f.output_count == 1);
  return f;
}

static void columns_belong_to_inputs(void **state) {
  small s;
  ent_factors f;
  size_t i, seen = 0;
  make_uncertain(&s);
  f = factors_of(*state, &s, "arithmetic");
  for (i = 0; i < f.input_count; i++) {
    assert_int_equal(f.owner[f.of[i].range], i);
    seen++;
    assert_int_equal(f.of[i].choice != SIZE_MAX, f.inputs[i].evidence_count > 1);
    if (f.of[i].choice == SIZE_MAX) continue;
    assert_int_equal(f.owner[f.of[i].choice], i);
    seen++;
  }
  assert_int_equal(seen, f.column_count);
}

/* ---- indices ---- */

typedef struct sets {
  size_t columns[2 * MOST], count;
  ent_factor_set of[MOST + 2];
} sets;

/* Each input, then all together. */
static void make_sets(const ent_factors *f, sets *out) {
  size_t i, used = 0;
  out->count = 0;
  for (i = 0; i < f->input_count; i++) {
    size_t *first = out->columns + used;
    if (f->of[i].choice != SIZE_MAX) out->columns[used++] = f->of[i].choice;
    out->columns[used++] = f->of[i].range;
    out->of[out->count++] = (ent_factor_set){(size_t)(out->columns + used - first), first};
  }
  static size_t all[2 * MOST];
  for (i = 0; i < f->column_count; i++) all[i] = i;
  out->of[out->count++] = (ent_factor_set){f->column_count, all};
}

static void threads_change_no_byte(void **state) {
  static const char *const headlines[] = {"arithmetic", "geometric", "weakest"};
  sample_bench *b = *state;
  static sets all;
  small s;
  size_t h, i;
  unsigned threads;
  make_uncertain(&s);
  for (h = 0; h < 3; h++) {
    ent_factors f = factors_of(b, &s, headlines[h]);
    ent_indices one, more;
    ent_sensitivity_setting setting = {.points = POINTS, .scramblings = 16, .seed = 5, .threads = 1};
    double sum = 0;
    make_sets(&f, &all);
    assert_int_equal(ent_sensitivity_indices(&f, all.of, all.count, &setting, b->arena, &one), 0);
    assert_int_equal(one.reason, ENT_INDICES_THERE);
    for (threads = 2; threads <= 5; threads++) {
      setting.threads = threads;
      assert_int_equal(ent_sensitivity_indices(&f, all.of, all.count, &setting, b->arena, &more), 0);
      assert_memory_equal(one.first, more.first, all.count * sizeof *one.first);
      assert_memory_equal(one.total, more.total, all.count * sizeof *one.total);
    }
    for (i = 0; i < f.input_count; i++) sum += one.first[i].value;
    assert_true(sum > 0.5 && sum < 1.02);
    assert_near(one.first[f.input_count].value, 1, 0.02); /* all together are all of it */
    assert_near(one.total[f.input_count].value, 1, 0.05);
  }
}

/* ---- flips ---- */

/* The score with one input at a value, all others nominal; a weight by its share. */
static double score_at(sample_bench *b, const ent_factors *f, size_t input, double value) {
  ent_bench *bench = ent_bench_new(f->evaluation, b->arena);
  const ent_input_group *group = ent_evaluation_group(f->evaluation, &input, 1, b->arena);
  static double block[ENT_EVALUATE_BLOCK], score[ENT_EVALUATE_BLOCK];
  const double *const to[1] = {block};
  const ent_assess_input *in = &f->inputs[input];
  size_t d;
  if (in->kind == ENT_INPUT_WEIGHT)
    value = value * (ent_sensitivity_group(f->inputs, f->input_count, input) - in->nominal) / (1 - value);
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) block[d] = value;
  ent_evaluate_set(f->evaluation, bench, group, to);
  ent_sensitivity_read(f->evaluation, bench, 0, score);
  return score[0];
}

static size_t class_of(const double *from, size_t count, double score) {
  size_t k, found = 0;
  for (k = 0; k < count; k++)
    if (score >= from[k]) found = k;
  return found;
}

static void a_flip_is_where_the_class_changes(void **state) {
  static const char *const headlines[] = {"arithmetic", "geometric", "weakest"};
  sample_bench *b = *state;
  small s;
  size_t h, i, k, found = 0;
  make_uncertain(&s);
  for (h = 0; h < 3; h++) {
    ent_factors f = factors_of(b, &s, headlines[h]);
    double nominal, from[] = {1, 0, 0};
    ent_swing swings[MOST];
    double scores[2 * MOST];
    ent_flip flips[MOST];
    assert_int_equal(ent_sensitivity_swings(&f, b->arena, swings, scores, &nominal), 0);
    from[1] = nominal - 1.5; /* the score stands between two limits that are near */
    from[2] = nominal + 1.5;
    ent_flip_limits limits = {3, from};
    assert_int_equal(ent_sensitivity_flips(&f, &limits, b->arena, flips), 0);
    for (i = 0; i < f.input_count; i++) {
      bool whole = f.inputs[i].whole;
      assert_near(score_at(b, &f, i, swings[i].nominal), nominal, 1e-9);
      assert_near(score_at(b, &f, i, swings[i].low), scores[2 * i], 1e-9);
      assert_near(score_at(b, &f, i, swings[i].high), scores[2 * i + 1], 1e-9);
      assert_int_equal(flips[i].class_from, 1);
      if (!flips[i].found) continue;
      found++;
      assert_int_equal(class_of(from, 3, score_at(b, &f, i, flips[i].value)), flips[i].class_to);
      assert_true(flips[i].class_to != 1 && flips[i].change > 0);
      if (whole) assert_near(flips[i].value, round(flips[i].value), 1e-12);
      for (k = 1; k < 20 && !whole; k++) { /* on the way there the class stays */
        double share = 1 - k * 0.05 + (k == 1 ? 0.0499 : 0);
        double nearer = swings[i].nominal + (flips[i].value - swings[i].nominal) * share;
        assert_int_equal(class_of(from, 3, score_at(b, &f, i, nearer)), 1);
      }
    }
  }
  assert_true(found > 8);
}

/* ---- omissions ---- */

static void what_is_left_out_was_never_there(void **state) {
  sample_bench *b = *state;
  static const ent_key rows[] = {73, 96};
  const ent_left_out spending = {1, 0, 0};
  const ent_omission omissions[3] = {{NULL, 2, rows}, {&spending, 0, NULL}, {NULL, 0, NULL}};
  ent_assess_request request = request_of(1);
  ent_omitted base, out[3], fewer, again[3], none;
  small s, less;
  unsigned threads;
  make_uncertain(&s);
  make_uncertain(&less);
  less.codings[5] = less.codings[6];
  less.e.codings_count = 6;
  less.e.observations_count = 2;
  assert_int_equal(ent_sensitivity_omit(&s.e, model_of(b, "geometric"), &request, omissions, 3, b->arena, &base, out),
                   0);
  assert_int_equal(
      ent_sensitivity_omit(&less.e, model_of(b, "geometric"), &request, omissions, 0, b->arena, &fewer, &none), 0);
  assert_near(out[0].median, fewer.median, 0);
  assert_near(out[0].low, fewer.low, 0);
  assert_near(out[0].high, fewer.high, 0);
  assert_true(out[0].change != 0 && out[1].coverage < base.coverage);
  assert_near(out[2].change, 0, 0);
  assert_near(out[2].median, base.median, 0);
  for (threads = 2; threads <= 3; threads++) {
    request.threads = threads;
    assert_int_equal(
        ent_sensitivity_omit(&s.e, model_of(b, "geometric"), &request, omissions, 3, b->arena, &base, again), 0);
    assert_memory_equal(out, again, sizeof out);
  }
}

/* ---- ranks ---- */

static void one_alliance_is_always_first(void **state) {
  sample_bench *b = *state;
  const ent_assess_request request = request_of(3);
  ent_sensitivity_rank ranks;
  small s;
  ent_factors f;
  make_uncertain(&s);
  f = factors_of(b, &s, "arithmetic");
  assert_int_equal(ent_sensitivity_ranks(&f, &request, b->arena, &ranks), 0);
  assert_near(ranks.acceptability[0], 1, 0);
  assert_near(ranks.confidence[0], 1, 0);
  assert_int_equal(ranks.weight_count, 4); /* two criteria, two indicators of one */
  assert_near(ranks.central[0] + ranks.central[1], 1, 1e-9);
  assert_near(ranks.central[2] + ranks.central[3], 1, 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(columns_belong_to_inputs, start, end),
      cmocka_unit_test_setup_teardown(threads_change_no_byte, start, end),
      cmocka_unit_test_setup_teardown(a_flip_is_where_the_class_changes, start, end),
      cmocka_unit_test_setup_teardown(what_is_left_out_was_never_there, start, end),
      cmocka_unit_test_setup_teardown(one_alliance_is_always_first, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
