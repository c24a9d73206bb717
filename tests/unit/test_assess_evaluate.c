/* The assessment as a function of its inputs: a change computes what a whole evaluation would, and can be taken back.
 */
#include "unit/assess_sample.h"

#include "assess/evaluate.h"

enum { MOST_INPUTS = 32 };

static const ent_evaluation *make(sample_bench *b, const small *s, const char *headline) {
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 1, .seed = 1};
  const ent_evaluation *e = ent_evaluation_make(&s->e, model_of(b, headline), &request, NULL, 0, b->arena);
  assert_non_null(e);
  return e;
}

typedef struct numbers {
  double of[MOST_INPUTS][ENT_EVALUATE_BLOCK];
  const double *at[MOST_INPUTS];
} numbers;

static void scatter(numbers *n, size_t count, double start) {
  size_t i, d;
  for (i = 0; i < count; i++) {
    for (d = 0; d < ENT_EVALUATE_BLOCK; d++)
      n->of[i][d] = fmod(start + (double)(d + 1) * sqrt(2.0 + (double)i * 3), 1) * 0.998 + 0.001;
    n->at[i] = n->of[i];
  }
}

/* Scores and criteria of the only alliance; a criterion that is missing leaves its place as it is. */
typedef struct outcome {
  double score[ENT_EVALUATE_BLOCK], criteria[2][ENT_EVALUATE_BLOCK];
} outcome;

static void read_outcome(const ent_evaluation *e, const ent_bench *bench, outcome *out) {
  size_t c;
  memset(out, 0, sizeof *out);
  memcpy(out->score, ent_evaluate_score(e, bench, 0), sizeof out->score);
  for (c = 0; c < 2; c++) memcpy(out->criteria[c], ent_evaluate_criterion(e, bench, 0, c), sizeof out->criteria[c]);
}

static void a_change_is_what_a_whole_evaluation_gives(void **state) {
  static const char *const headlines[] = {"arithmetic", "geometric", "weakest"};
  static numbers first, second, mixed;
  static outcome before, changed, whole, again;
  sample_bench *b = *state;
  size_t h, i, k, count, moves = 0;
  small s;
  make_uncertain(&s);
  for (h = 0; h < 3; h++) {
    const ent_evaluation *e = make(b, &s, headlines[h]);
    ent_bench *bench = ent_bench_new(e, b->arena), *other = ent_bench_new(e, b->arena);
    ent_evaluation_inputs(e, &count);
    assert_true(count > 5 && count <= MOST_INPUTS);
    scatter(&first, count, 0.25);
    scatter(&second, count, 0.6);
    ent_evaluate(e, bench, first.at);
    read_outcome(e, bench, &before);
    for (i = 0; i < count; i++) {
      const size_t inputs[2] = {i, (i + 1) % count};
      const double *const to[2] = {second.at[inputs[0]], second.at[inputs[1]]};
      const ent_input_group *group = ent_evaluation_group(e, inputs, 2, b->arena);
      mixed = first;
      for (k = 0; k < count; k++) mixed.at[k] = k == inputs[0] || k == inputs[1] ? second.at[k] : first.at[k];
      ent_evaluate_change(e, bench, group, to);
      read_outcome(e, bench, &changed);
      ent_evaluate(e, other, mixed.at);
      read_outcome(e, other, &whole);
      assert_memory_equal(&changed, &whole, sizeof whole);
      moves += memcmp(changed.score, before.score, sizeof before.score) != 0;
      assert_int_equal(memcmp(changed.score, before.score, sizeof before.score) != 0,
                       ent_evaluation_reaches(e, group, 0));
      ent_evaluate_back(e, bench);
      read_outcome(e, bench, &again);
      assert_memory_equal(&again, &before, sizeof before);
    }
  }
  assert_true(moves > 10);
}

static const ent_assess_input *input_of(const ent_evaluation *e, ent_input_kind kind, ent_key item, size_t *at) {
  size_t count, i;
  const ent_assess_input *inputs = ent_evaluation_inputs(e, &count);
  for (i = 0; i < count; i++)
    if (inputs[i].kind == kind && inputs[i].item == item && inputs[i].place_count) {
      *at = i;
      return &inputs[i];
    }
  return NULL;
}

static void inputs_say_what_they_are(void **state) {
  const ent_assess_input *in;
  const ent_evaluation *e;
  size_t at;
  small s;
  make_uncertain(&s);
  e = make(*state, &s, "geometric");
  in = input_of(e, ENT_INPUT_VALUE, 82, &at); /* two coders: 1 and -1 */
  assert_string_equal(in->aspect, "stance");
  assert_int_equal(in->evidence_count, 2);
  assert_true(in->evidence[0] == 92 && in->evidence[1] == 96);
  assert_near(in->nominal, 0, 1e-12);
  assert_true(in->least < in->most && in->whole);
  assert_int_equal(in->place_count, 1);
  assert_true(in->places[0].criterion == 0 && in->places[0].indicator == 0 && in->places[0].giver == -1);
  in = input_of(e, ENT_INPUT_VALUE, 0, &at); /* A's spending, with its range */
  assert_null(in->aspect);
  assert_near(in->nominal, 5, 1e-12);
  assert_true(in->places[0].criterion == 1 && in->places[0].giver == 0 && in->places[0].receiver == 1);
}

static void values_can_be_set_and_stay_where_they_are_not(void **state) {
  static double set[ENT_EVALUATE_BLOCK];
  sample_bench *b = *state;
  const ent_evaluation *e;
  const ent_input_group *group;
  const double *to = set;
  ent_bench *bench;
  size_t at = 0, d;
  small s;
  make_uncertain(&s);
  e = make(b, &s, "arithmetic");
  bench = ent_bench_new(e, b->arena);
  assert_non_null(input_of(e, ENT_INPUT_VALUE, 82, &at));
  group = ent_evaluation_group(e, &at, 1, b->arena);
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) set[d] = d % 2 ? 2 : 1; /* A's position is 2; salience 3 and, uncoded, 4 */
  ent_evaluate_set(e, bench, group, &to);
  assert_near(ent_evaluate_criterion(e, bench, 0, 0)[1], 100, 1e-9);
  assert_near(ent_evaluate_criterion(e, bench, 0, 0)[2], 100 - 99 * 0.25, 1e-9); /* no salience scale: in full */
  ent_evaluate_back(e, bench);
  assert_near(ent_evaluate_criterion(e, bench, 0, 0)[1], 50.5, 1e-9); /* 2 against the mean of 1 and -1 */
}

static void what_is_left_out_counts_as_without_evidence(void **state) {
  const ent_left_out left = {1, 0, 0}; /* spending; support remains */
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 1, .seed = 1};
  sample_bench *b = *state;
  const ent_evaluation *e;
  ent_bench *bench;
  small s;
  fill(&s);
  e = ent_evaluation_make(&s.e, model_of(b, "arithmetic"), &request, &left, 1, b->arena);
  bench = ent_bench_new(e, b->arena);
  assert_near(ent_evaluate_criterion(e, bench, 0, 1)[0], (100 + 50.5) / 2, 1e-9);
  assert_near(ent_evaluate_score(e, bench, 0)[0], (75.25 + 75.25) / 2, 1e-9);
}

/* What a run drew can be drawn again, and gives its scores. */
static void a_run_is_drawn_again(void **state) {
  static double values[MOST_INPUTS][ENT_EVALUATE_BLOCK];
  sample_bench *b = *state;
  small s;
  size_t i, count, all[MOST_INPUTS];
  const double *at[MOST_INPUTS];
  make_uncertain(&s);
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 700, .seed = 9};
  ent_assessment *run;
  assert_true(ent_assess(&s.e, model_of(b, "geometric"), &request, b->arena, &run));
  const ent_evaluation *e = make(b, &s, "geometric");
  (void)ent_evaluation_inputs(e, &count);
  assert_true(count > 3 && count <= MOST_INPUTS);
  ent_bench *bench = ent_bench_new(e, b->arena);
  for (i = 0; i < count; i++) {
    ent_evaluation_drawn(e, i, 9, ENT_EVALUATE_BLOCK, values[i]);
    at[i] = values[i];
    all[i] = i;
  }
  ent_evaluate_set(e, bench, ent_evaluation_group(e, all, count, b->arena), at);
  for (i = 0; i < ENT_EVALUATE_BLOCK; i++)
    assert_near(run->alliances[0].aggregated[ENT_GEOMETRIC][ENT_EVALUATE_BLOCK + i],
                (double)(float)ent_evaluate_score(e, bench, 0)[i], 1e-12);
}

/* ---- methods ---- */

static const ent_evaluation *make_mixed(sample_bench *b, const small *s, ent_model *model, const char *headline) {
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 1, .seed = 1, .methods = true};
  const ent_evaluation *e;
  *model = *model_of(b, headline);
  model->methods = (ent_model_methods){.given = true,
                                       .aggregation_count = 3,
                                       .aggregations = {ENT_WEAKEST, ENT_ARITHMETIC, ENT_GEOMETRIC},
                                       .equal_weights = true};
  e = ent_evaluation_make(&s->e, model, &request, NULL, 0, b->arena);
  assert_non_null(e);
  return e;
}

static void choices_of_methods_are_inputs(void **state) {
  static const char *const headlines[] = {"weakest", "arithmetic", "geometric"};
  sample_bench *b = *state;
  size_t h, count;
  ent_model model;
  small s;
  make_uncertain(&s);
  for (h = 0; h < 3; h++) {
    const ent_assess_input *in = ent_evaluation_inputs(make_mixed(b, &s, &model, headlines[h]), &count);
    in += count - 2;
    assert_true(in[0].kind == ENT_INPUT_METHOD && in[1].kind == ENT_INPUT_METHOD && in[0].key != in[1].key);
    assert_string_equal(in[0].method, "aggregation");
    assert_int_equal(in[0].choice_count, 3);
    assert_string_equal(in[0].choices[0], "weakest");
    assert_string_equal(in[0].choices[(size_t)in[0].nominal], headlines[h]);
    assert_string_equal(in[1].method, "weights");
    assert_int_equal(in[1].choice_count, 2);
    assert_string_equal(in[1].choices[(size_t)in[1].nominal], "stated");
  }
}

/* Draw by draw, whatever the headline of the model that mixes. */
static void a_way_to_aggregate_gives_the_run_with_it(void **state) {
  static const char *const names[] = {"weakest", "arithmetic", "geometric"};
  static const ent_aggregation ways[] = {ENT_WEAKEST, ENT_ARITHMETIC, ENT_GEOMETRIC};
  static double values[MOST_INPUTS][ENT_EVALUATE_BLOCK];
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 300, .seed = 9};
  size_t k, i, d, count, all[MOST_INPUTS];
  const double *at[MOST_INPUTS];
  sample_bench *b = *state;
  ent_assessment *run;
  ent_model model;
  small s;
  make_uncertain(&s);
  const ent_evaluation *e = make_mixed(b, &s, &model, "geometric");
  ent_bench *bench = ent_bench_new(e, b->arena);
  (void)ent_evaluation_inputs(e, &count);
  assert_true(count > 5 && count <= MOST_INPUTS);
  for (k = 0; k < 3; k++) {
    assert_true(ent_assess(&s.e, model_of(b, names[k]), &request, b->arena, &run));
    for (i = 0; i < count; i++) {
      ent_evaluation_drawn(e, i, 9, 0, values[i]);
      for (d = 0; i + 2 >= count && d < ENT_EVALUATE_BLOCK; d++) values[i][d] = i + 2 == count ? (double)k : 0;
      at[i] = values[i];
      all[i] = i;
    }
    ent_evaluate_set(e, bench, ent_evaluation_group(e, all, count, b->arena), at);
    for (d = 0; d < ENT_EVALUATE_BLOCK; d++)
      assert_true(run->alliances[0].aggregated[ways[k]][d] == (float)ent_evaluate_score(e, bench, 0)[d]);
  }
}

/* A whole run with methods is the evaluation from its uniform numbers, so that what is taken apart is what is shown. */
static void a_run_that_mixes_is_drawn_again(void **state) {
  static double values[MOST_INPUTS][ENT_EVALUATE_BLOCK];
  ent_assess_request request = {
      .day = ent_day_from_civil(2021, 6, 30), .draws = ENT_EVALUATE_BLOCK, .seed = 9, .methods = true};
  size_t i, d, count, all[MOST_INPUTS], taken[3] = {0, 0, 0};
  const double *at[MOST_INPUTS];
  sample_bench *b = *state;
  ent_assessment *run;
  ent_model model;
  small s;
  make_uncertain(&s);
  const ent_evaluation *e = make_mixed(b, &s, &model, "geometric");
  ent_bench *bench = ent_bench_new(e, b->arena);
  (void)ent_evaluation_inputs(e, &count);
  assert_true(ent_assess(&s.e, &model, &request, b->arena, &run));
  for (i = 0; i < count; i++) {
    ent_evaluation_drawn(e, i, 9, 0, values[i]);
    at[i] = values[i];
    all[i] = i;
  }
  ent_evaluate_set(e, bench, ent_evaluation_group(e, all, count, b->arena), at);
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) {
    assert_true(run->alliances[0].aggregated[ENT_GEOMETRIC][d] == (float)ent_evaluate_score(e, bench, 0)[d]);
    taken[(size_t)values[count - 2][d]]++;
  }
  for (i = 0; i < 3; i++) assert_true(taken[i] > ENT_EVALUATE_BLOCK / 5);
}

/* All else nominal, equal weights are those of a model that states equal ones. */
static void equal_weights_are_those_of_a_model_that_states_them(void **state) {
  static double one[ENT_EVALUATE_BLOCK];
  const double *const to[1] = {one};
  sample_bench *b = *state;
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = 1, .seed = 1};
  ent_model model, equal;
  size_t d, count, last;
  small s;
  fill(&s);
  const ent_evaluation *e = make_mixed(b, &s, &model, "arithmetic");
  equal = *model_of(b, "arithmetic");
  assert_near(equal.criteria[1].dimensions[0].indicators[0].weight.value, 3, 0);
  equal.criteria[1].dimensions[0].indicators[0].weight.value = 1;
  const ent_evaluation *plain = ent_evaluation_make(&s.e, &equal, &request, NULL, 0, b->arena);
  ent_bench *bench = ent_bench_new(e, b->arena), *other = ent_bench_new(plain, b->arena);
  (void)ent_evaluation_inputs(e, &count);
  last = count - 1;
  for (d = 0; d < ENT_EVALUATE_BLOCK; d++) one[d] = (double)(d % 2);
  ent_evaluate_set(e, bench, ent_evaluation_group(e, &last, 1, b->arena), to);
  /* A: 50.5 and 100; B: 100 and 50.5 */
  assert_near(ent_evaluate_criterion(e, bench, 0, 1)[0], (0.75 * 50.5 + 25 + 75 + 0.25 * 50.5) / 2, 1e-9);
  assert_near(ent_evaluate_criterion(e, bench, 0, 1)[1], ent_evaluate_criterion(plain, other, 0, 1)[0], 1e-9);
  assert_near(ent_evaluate_score(e, bench, 0)[1], ent_evaluate_score(plain, other, 0)[0], 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_run_is_drawn_again, start, end),
      cmocka_unit_test_setup_teardown(choices_of_methods_are_inputs, start, end),
      cmocka_unit_test_setup_teardown(a_way_to_aggregate_gives_the_run_with_it, start, end),
      cmocka_unit_test_setup_teardown(a_run_that_mixes_is_drawn_again, start, end),
      cmocka_unit_test_setup_teardown(equal_weights_are_those_of_a_model_that_states_them, start, end),
      cmocka_unit_test_setup_teardown(a_change_is_what_a_whole_evaluation_gives, start, end),
      cmocka_unit_test_setup_teardown(inputs_say_what_they_are, start, end),
      cmocka_unit_test_setup_teardown(values_can_be_set_and_stay_where_they_are_not, start, end),
      cmocka_unit_test_setup_teardown(what_is_left_out_counts_as_without_evidence, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
