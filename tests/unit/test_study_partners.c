/* Tests of study/gap, matrix and profile by the library's calls: what the answers hold, that a failure leaves nothing
 * behind, and that what coders gave is found again. The second package is asked. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "study/coded.h"

static ent_context *context;
static ent_store *store;
static ent_study *study;

static int start(void **state) {
  const char *named = getenv("ENTENTE_SHARE");
  (void)state;
  return ent_context_new(named && *named ? named : "share", &context) || ent_store_open(context, ":memory:", &store) ||
         ent_study_open(context, store, "tests/packages/river-pact", NULL, &study);
}

static int end(void **state) {
  (void)state;
  ent_study_close(study);
  ent_store_close(store);
  ent_context_free(context);
  return 0;
}

static void finds_what_coders_gave(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  ent_codings codings;
  ent_coded_aspect *aspects;
  size_t count;
  assert_int_equal(ent_codings_open(study, arena, &codings), ENT_OK);
  assert_int_equal(ent_codings_of(&codings, "positions:course-vasko", "stance", &aspects, &count), ENT_OK);
  assert_int_equal(count, 2); /* stance by two, salience by two */
  assert_string_equal(aspects[0].aspect, "stance");
  assert_int_equal(aspects[0].count, 2);
  assert_near(aspects[0].value, 1.5, 1e-12);
  assert_near(aspects[0].low, 1, 1e-12);
  assert_near(aspects[0].high, 2, 1e-12);
  assert_near(aspects[0].minimum, -2, 1e-12);
  assert_null(aspects[0].anchor.en); /* between two points */
  assert_string_equal(aspects[0].coders[1].coder, "k2");
  assert_string_equal(aspects[1].scale, "salience");
  assert_int_equal(ent_codings_of(&codings, "positions:course-reeds", "stance", &aspects, &count), ENT_OK);
  assert_int_equal(count, 1);
  assert_near(aspects[0].low, -2, 1e-12); /* no range: the value itself */
  assert_near(aspects[0].high, -2, 1e-12);
  assert_string_equal(aspects[0].anchor.en, "low end");
  assert_int_equal(ent_codings_of(&codings, "positions:nobody", "stance", &aspects, &count), ENT_OK);
  assert_int_equal(count, 0);
  ent_arena_free(arena);
}

static void weighs_both_directions(void **state) {
  (void)state;
  static const char *const dates[] = {"2030-06-29", "2030-06-30,2030-06"};
  ent_result *result;
  const ent_gap_options options = {.run = {.draws = 500, .seed = 1}, .at = dates, .at_count = 2};
  assert_int_equal(ent_gap_run(study, &options, &result), ENT_OK);
  const ent_gap_answer *answer = &result->gap;
  assert_int_equal(answer->pair_count, 3);
  assert_int_equal(answer->standing_count, 3); /* in each capital the other two */
  assert_int_equal(answer->date_count, 2);     /* a day that is given twice counts once */
  for (size_t i = 0; i < answer->pair_count; i++) {
    const ent_gap_pair *pair = &answer->pairs[i];
    assert_string_not_equal(pair->ally, pair->other);
    assert_true(pair->whole.child_count > 0);
    assert_true(pair->coverage_gives > 0 && pair->coverage_gives <= 1);
    if (isnan(pair->whole.difference.median)) continue;
    assert_true(pair->whole.difference.low <= pair->whole.difference.median);
    assert_true(pair->whole.difference.median <= pair->whole.difference.high);
  }
  for (size_t i = 0; i < answer->course_count; i++) assert_near(answer->courses[i].change.median, 0, 1e-9);
  ent_result_free(result);
}

static const ent_matrix_cell *cell_of(const ent_matrix_answer *answer, const char *issue, const char *state) {
  for (size_t g = 0; g < answer->group_count; g++)
    for (size_t i = 0; i < answer->groups[g].issue_count; i++)
      for (size_t s = 0; s < answer->state_count; s++)
        if (strcmp(answer->groups[g].issues[i]->id, issue) == 0 && strcmp(answer->states[s], state) == 0)
          return &answer->groups[g].issues[i]->cells[s];
  fail_msg("no cell %s, %s", issue, state);
  return NULL;
}

static void sets_holders_beside_each_other(void **state) {
  (void)state;
  ent_result *result;
  assert_int_equal(ent_matrix_run(study, &(ent_matrix_options){.as_of = "2030-06"}, &result), ENT_OK);
  const ent_matrix_cell *cell = cell_of(&result->matrix, "course", "ALV");
  assert_int_equal(cell->view_count, 3);
  assert_string_equal(cell->views[0]->key, "positions:course-vasko"); /* the head first */
  assert_string_equal(cell->views[0]->before->key, "positions:course-denn");
  assert_near(cell->views[0]->change, 2.5, 1e-12); /* from -1 to 1.5 */
  assert_near(cell->views[0]->change_low, 2, 1e-12);
  assert_near(cell->views[0]->change_high, 4, 1e-12);
  assert_string_equal(cell->views[0]->held_from, "2029-03-01");
  assert_null(cell->views[0]->held_until);
  assert_int_equal(cell->dissent_count, 1); /* the diet's range meets the steward's, the party's does not */
  assert_string_equal(cell->dissents[0].other->key, "positions:course-reeds");
  assert_near(cell->dissents[0].distance, -3.5, 1e-12);
  cell = cell_of(&result->matrix, "course", "CRD"); /* a view of the state itself is its head's */
  assert_int_equal(cell->view_count, 1);
  assert_string_equal(cell->views[0]->offices[0].weight_class, "head");
  assert_int_equal(cell_of(&result->matrix, "promise", "DOR")->view_count, 0);
  ent_result_free(result);
}

static void has_six_fields(void **state) {
  (void)state;
  ent_result *result;
  assert_int_equal(ent_profile_run(study, &(ent_profile_options){.alliance = "hill-league"}, &result), ENT_OK);
  const ent_profile_answer *answer = &result->profile;
  assert_true(answer->is_reference);
  assert_true(answer->holds);
  assert_string_equal(answer->fields[0].id, "basis");
  assert_string_equal(answer->fields[5].id, "nuclear");
  for (size_t f = 0; f < ENT_PROFILE_FIELDS; f++) assert_true(answer->fields[f].group_count > 0);
  assert_int_equal(answer->fields[0].groups[0].count, 2); /* its members */
  assert_int_equal(answer->fields[1].groups[0].count, 0); /* and no duty that is known */
  ent_result_free(result);
}

static void leaves_nothing_behind_when_it_fails(void **state) {
  (void)state;
  static const char *const one[] = {"2030"};
  ent_result *result = (ent_result *)context;
  assert_int_equal(ent_gap_run(study, &(ent_gap_options){.at = one, .at_count = 1}, &result), ENT_USAGE);
  assert_null(result);
  assert_non_null(strstr(ent_context_message(context), "2 to 8 dates"));
  assert_int_equal(ent_matrix_run(study, &(ent_matrix_options){.issues = "curse"}, &result), ENT_NOT_FOUND);
  assert_null(result);
  assert_non_null(strstr(ent_context_message(context), "course"));
  assert_int_equal(ent_matrix_run(study, &(ent_matrix_options){.as_of = "2030", .from = "2029"}, &result), ENT_USAGE);
  assert_int_equal(ent_profile_run(study, &(ent_profile_options){NULL, NULL}, &result), ENT_USAGE);
  assert_int_equal(ent_profile_run(study, &(ent_profile_options){.alliance = "river"}, &result), ENT_NOT_FOUND);
  assert_null(result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_coders_gave),
      cmocka_unit_test(weighs_both_directions),
      cmocka_unit_test(sets_holders_beside_each_other),
      cmocka_unit_test(has_six_fields),
      cmocka_unit_test(leaves_nothing_behind_when_it_fails),
  };
  return cmocka_run_group_tests(tests, start, end);
}
