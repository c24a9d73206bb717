/* The assessment on a small case that can be computed by hand, and its properties. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "assess/assess.h"
#include "base/hash.h"
#include "evidence/model.h"
#include "near.h"

/* Two members A and B; one issue on which they take positions, one object of support. Weights do not vary by much:
 * the concentration is the largest that a model may state. */
static const char *const model_pattern =
    "{\"schema\":\"entente.model/"
    "1\",\"id\":\"t\",\"version\":\"1\",\"label\":{\"en\":\"t\",\"de\":\"t\"},\"source\":\"s\","
    "\"headline\":\"%s\",\"headline_reason\":\"r\",\"reference\":{\"score\":50.5,\"reason\":\"r\"},"
    "\"divides\":{\"distance\":33,\"reason\":\"r\"},\"weights\":{\"concentration\":1000000,\"reason\":\"r\"},"
    "\"least_coverage\":{\"share\":0.5,\"reason\":\"r\"},\"missing_data\":{\"rule\":\"spread_within_dimension\","
    "\"reason\":\"r\"},"
    "\"salience_missing\":{\"value\":4,\"reason\":\"r\"},\"qualifiers\":{\"about\":{\"below\":0.5,\"above\":0.5,"
    "\"reason\":\"r\"}},"
    "\"classes\":[{\"id\":\"low\",\"from\":1,\"label\":{\"en\":\"l\",\"de\":\"l\"}},{\"id\":\"high\",\"from\":50,"
    "\"label\":{\"en\":\"h\",\"de\":\"h\"}}],"
    "\"classes_reason\":\"r\",\"office_weights\":{\"reason\":\"r\",\"position\":{\"head\":1},\"split\":{\"head\":1,"
    "\"opposition\":1}},"
    "\"criteria\":["
    "{\"id\":\"agree\",\"label\":{\"en\":\"a\",\"de\":\"a\"},\"level\":\"alliance\",\"weight\":1,\"dimensions\":[{"
    "\"id\":\"d\",\"label\":{\"en\":\"d\",\"de\":\"d\"},\"weight\":1,\"indicators\":["
    "{\"id\":\"dist\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"position_distance\",\"role\":"
    "\"issue\"},\"goalposts\":{\"low\":1,\"high\":0,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":5,\"weight\":"
    "1}]}]},"
    "{\"id\":\"give\",\"label\":{\"en\":\"g\",\"de\":\"g\"},\"level\":\"member\",\"weight\":1,\"dimensions\":[{\"id\":"
    "\"d\",\"label\":{\"en\":\"d\",\"de\":\"d\"},\"weight\":1,\"indicators\":["
    "{\"id\":\"spend\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"observation\",\"indicator\":"
    "\"spend\"},\"goalposts\":{\"low\":0,\"high\":10,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":2,\"weight\":"
    "3},"
    "{\"id\":\"back\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"support\",\"role\":\"object\","
    "\"classes\":[\"head\"]},\"goalposts\":{\"low\":-2,\"high\":2,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":"
    "5,\"weight\":1}]}]}],"
    "\"readings\":[{\"id\":\"split\",\"label\":{\"en\":\"s\",\"de\":\"s\"},\"source\":{\"kind\":\"support_split\","
    "\"role\":\"object\"},\"reason\":\"r\"}]}";

enum {
  A = 101,
  B = 102,
  ALLIANCE = 1,
  ISSUE = 11,
  OBJECT = 12,
  SCALE = 21,
  SPEND = 31,
  OFFICE_A = 41,
  OFFICE_B = 42,
  OPPOSITION_A = 43
};

static const ent_span ever = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};

typedef struct small { /* evidence that tests change before they assess */
  ent_actor actors[3];
  ent_office offices[3];
  ent_holder holders[3];
  ent_alliance alliances[1];
  ent_member members[2];
  ent_indicator indicators[1];
  ent_observation observations[4];
  ent_scale scales[1];
  ent_issue issues[2];
  ent_view views[5];
  ent_coding codings[10];
  ent_evidence e;
} small;

static ent_observation spend(ent_key key, ent_key actor, int year, double value) {
  ent_observation o;
  memset(&o, 0, sizeof o);
  o.key = key;
  o.indicator = SPEND;
  o.actor = actor;
  o.period.first = ent_day_from_civil(year, 1, 1);
  o.period.last = ent_day_from_civil(year, 12, 31);
  o.value = value;
  o.low = o.high = NAN;
  o.unit = "ratio";
  o.status = "reported";
  o.qualifier = o.currency = "";
  return o;
}

static ent_view view(ent_view_kind kind, ent_key key, ent_key issue, ent_key actor) {
  ent_view v;
  memset(&v, 0, sizeof v);
  v.kind = kind;
  v.key = key;
  v.issue = issue;
  v.actor = actor;
  v.span = ever;
  return v;
}

static ent_coding coding(ent_key key, ent_key item, const char *aspect, double value) {
  ent_coding c = {key, item, 1, aspect, value, value, value};
  return c;
}

/* A holds 2, B holds 1 on a scale from -2 to 2: distance 1/4, score 75.25 (salience is not coded: full). A spends 5
 * (50.5), B spends 10 (100). A's head supports at 2 (100), B's at 0 (50.5). */
static void fill(small *s) {
  memset(s, 0, sizeof *s);
  s->actors[0] = (ent_actor){A, A, "AAA", "state", "presidential", {"A", "A"}};
  s->actors[1] = (ent_actor){B, B, "BBB", "state", "", {"B", "B"}};
  s->actors[2] = (ent_actor){103, A, "a-out", "party", "", {"out", "out"}};
  s->offices[0] = (ent_office){OFFICE_A, A, "head"};
  s->offices[1] = (ent_office){OFFICE_B, B, "head"};
  s->offices[2] = (ent_office){OPPOSITION_A, A, "opposition"};
  s->holders[0] = (ent_holder){51, OFFICE_A, A, ever, NAN};
  s->holders[1] = (ent_holder){52, OFFICE_B, B, ever, NAN};
  s->holders[2] = (ent_holder){53, OPPOSITION_A, 103, ever, NAN};
  s->alliances[0] = (ent_alliance){ALLIANCE, "pact", {"Pact", "Pakt"}, ever, false};
  s->members[0] = (ent_member){61, ALLIANCE, B, "ally", ever};
  s->members[1] = (ent_member){62, ALLIANCE, A, "guarantor", ever};
  s->indicators[0] = (ent_indicator){SPEND, "spend", "ratio"};
  s->observations[0] = spend(71, A, 2020, 5);
  s->observations[1] = spend(72, B, 2020, 10);
  s->scales[0] = (ent_scale){SCALE, "stance", -2, 2, true};
  s->issues[0] = (ent_issue){ISSUE, SCALE, "issue", "position", "issue", {"i", "i"}};
  s->issues[1] = (ent_issue){OBJECT, SCALE, "object", "object", "object", {"o", "o"}};
  s->views[0] = view(ENT_POSITION, 81, ISSUE, A);
  s->views[1] = view(ENT_POSITION, 82, ISSUE, B);
  s->views[2] = view(ENT_SUPPORT, 83, OBJECT, A);
  s->views[3] = view(ENT_SUPPORT, 84, OBJECT, B);
  s->views[4] = view(ENT_SUPPORT, 85, OBJECT, 103);
  s->codings[0] = coding(91, 81, "stance", 2);
  s->codings[1] = coding(92, 82, "stance", 1);
  s->codings[2] = coding(93, 83, "support", 2);
  s->codings[3] = coding(94, 84, "support", 0);
  s->codings[4] = coding(95, 85, "support", -2);
  s->e = (ent_evidence){.study = "s",
                        .edition = 1,
                        .date = {ent_day_from_civil(2021, 6, 1), ent_day_from_civil(2021, 6, 30)},
                        .actors = s->actors,
                        .actors_count = 3,
                        .offices = s->offices,
                        .offices_count = 3,
                        .holders = s->holders,
                        .holders_count = 3,
                        .alliances = s->alliances,
                        .alliances_count = 1,
                        .members = s->members,
                        .members_count = 2,
                        .indicators = s->indicators,
                        .indicators_count = 1,
                        .observations = s->observations,
                        .observations_count = 2,
                        .scales = s->scales,
                        .scales_count = 1,
                        .issues = s->issues,
                        .issues_count = 2,
                        .views = s->views,
                        .views_count = 5,
                        .codings = s->codings,
                        .codings_count = 5};
}

typedef struct bench {
  ent_context *context;
  ent_arena *arena;
} bench;

static int start(void **state) {
  static bench b;
  if (ent_context_new("share", &b.context) || !(b.arena = ent_arena_new(0))) return 1;
  *state = &b;
  return 0;
}

static int end(void **state) {
  bench *b = *state;
  ent_arena_free(b->arena);
  ent_context_free(b->context);
  return 0;
}

static const ent_model *model_of(bench *b, const char *headline) {
  static char text[8192];
  ent_model *model;
  snprintf(text, sizeof text, model_pattern, headline);
  assert_int_equal(ent_model_read(b->context, b->arena, "model", text, strlen(text), &model), ENT_OK);
  return model;
}

static const ent_assessed_alliance *assess(bench *b, const small *s, const char *headline, uint32_t draws) {
  ent_assess_request request = {ent_day_from_civil(2021, 6, 30), NULL, draws, 1};
  ent_assessment *out;
  assert_true(ent_assess(&s->e, model_of(b, headline), &request, b->arena, &out));
  assert_int_equal(out->alliance_count, 1);
  return &out->alliances[0];
}

static double score(const ent_assessed_alliance *a, ent_scope scope, int from, int to, int c, int d, int i) {
  const ent_cell *cell = ent_assess_find(a, ENT_SCORE, scope, from, to, c, d, i);
  return cell && cell->draws ? cell->draws[0] : NAN;
}

/* With the largest concentration weights vary by a thousandth. */
static void gives_what_is_computed_by_hand(void **state) {
  const ent_assessed_alliance *a;
  double give_a = (3 * 50.5 + 100) / 4, give_b = (3 * 100 + 50.5) / 4;
  small s;
  fill(&s);
  a = assess(*state, &s, "geometric", 4);
  assert_string_equal(a->members[0]->id, "AAA"); /* the guarantor stands first */
  assert_near(score(a, ENT_OF_ALLIANCE, -1, -1, 0, 0, 0), 75.25, 1e-5);
  assert_near(score(a, ENT_OF_PAIR, 0, 1, 1, 0, 0), 50.5, 1e-5);
  assert_near(score(a, ENT_OF_MEMBER, 0, -1, 1, -1, -1), give_a, 0.01);
  assert_near(score(a, ENT_OF_PAIR, 1, 0, -1, -1, -1), give_b, 0.01);
  assert_near(a->aggregated[ENT_GEOMETRIC][0], sqrt(75.25 * sqrt(give_a * give_b)), 0.01);
  assert_near(a->aggregated[ENT_ARITHMETIC][0], (75.25 + (give_a + give_b) / 2) / 2, 0.01);
  assert_near(a->aggregated[ENT_WEAKEST][0], give_a, 0.01);
  assert_near(a->coverage, 1, 1e-12);
  assert_near(a->carried, 0.5 * 0.75,
              1e-12); /* figures of 2020 carried to 2021: three of four parts of one criterion */
  assert_near((double)ent_assess_find(a, ENT_OWN, ENT_OF_MEMBER, 1, -1, 0, 0, 0)->draws[0], 75.25, 1e-5);
}

/* The shortcut of the effects equals assessing again with the indicator at the reference. */
static void effects_are_what_a_second_assessment_gives(void **state) {
  static const char *const headlines[] = {"arithmetic", "geometric", "weakest"};
  size_t h, d;
  for (h = 0; h < 3; h++) {
    const ent_assessed_alliance *a, *again;
    const ent_cell *effect;
    small s;
    fill(&s);
    a = assess(*state, &s, headlines[h], 40);
    effect = ent_assess_find(a, ENT_EFFECT, ENT_OF_MEMBER, 1, -1, 1, 0, 0);
    s.observations[1].value = 5; /* B's spending at the middle: score 50.5, the reference */
    again = assess(*state, &s, headlines[h], 40);
    for (d = 0; d < 40; d++) assert_near(effect->draws[d], a->aggregated[h][d] - again->aggregated[h][d], 1e-5);
    fill(&s);
    effect = ent_assess_find(a, ENT_EFFECT, ENT_OF_ALLIANCE, -1, -1, 0, 0, 0);
    s.codings[1].value = s.codings[1].low = s.codings[1].high = 0; /* distance 1/2 */
    again = assess(*state, &s, headlines[h], 40);
    for (d = 0; d < 40; d++) assert_near(effect->draws[d], a->aggregated[h][d] - again->aggregated[h][d], 1e-5);
  }
}

static void missing_weight_goes_to_the_neighbours(void **state) {
  const ent_assessed_alliance *a;
  small s;
  fill(&s);
  s.observations[0] = spend(71, A, 2018, 5); /* older than two years */
  a = assess(*state, &s, "arithmetic", 4);
  assert_true(isnan(score(a, ENT_OF_PAIR, 0, 1, 1, 0, 0)));
  assert_string_equal(ent_assess_find(a, ENT_SCORE, ENT_OF_PAIR, 0, 1, 1, 0, 0)->missing, "missing.too_old");
  assert_near(score(a, ENT_OF_MEMBER, 0, -1, 1, 0, -1), 100, 1e-5);
  assert_near(a->coverage, 0.5 + 0.5 * (0.25 + 1) / 2, 1e-12);
}

static void the_latest_period_counts_and_sources_that_disagree_share_the_draws(void **state) {
  const ent_assessed_alliance *a;
  const ent_cell *cell;
  size_t d, low = 0;
  small s;
  fill(&s);
  s.observations[2] = spend(73, A, 2019, 9); /* older: does not count */
  s.observations[3] = spend(74, A, 2020, 6); /* another source */
  s.e.observations_count = 4;
  a = assess(*state, &s, "arithmetic", 4000);
  cell = ent_assess_find(a, ENT_SCORE, ENT_OF_PAIR, 0, 1, 1, 0, 0);
  for (d = 0; d < 4000; d++) {
    assert_true(near(cell->draws[d], 50.5, 1e-5) || near(cell->draws[d], 60.4, 1e-5));
    low += near(cell->draws[d], 50.5, 1e-5);
  }
  assert_near((double)low / 4000, 0.5, 0.04);
  assert_int_equal(cell->input_count, 2);
}

static void figures_of_the_future_do_not_count(void **state) {
  const ent_assessed_alliance *a;
  small s;
  fill(&s);
  s.observations[2] = spend(73, A, 2022, 9);
  s.e.observations_count = 3;
  a = assess(*state, &s, "arithmetic", 4);
  assert_near(score(a, ENT_OF_PAIR, 0, 1, 1, 0, 0), 50.5, 1e-5);
}

/* About 5, give or take half: triangular from 2.5 to 7.5, so that the score lies between 25.75 and 75.25. */
static void a_qualifier_widens_a_figure(void **state) {
  const ent_assessed_alliance *a;
  const ent_cell *cell;
  double sum = 0, square = 0, mean;
  size_t d;
  small s;
  fill(&s);
  s.observations[0].qualifier = "about";
  a = assess(*state, &s, "arithmetic", 4000);
  cell = ent_assess_find(a, ENT_SCORE, ENT_OF_PAIR, 0, 1, 1, 0, 0);
  for (d = 0; d < 4000; d++) {
    assert_true(cell->draws[d] >= 25.75 && cell->draws[d] <= 75.25);
    sum += cell->draws[d];
    square += cell->draws[d] * cell->draws[d];
  }
  mean = sum / 4000;
  assert_near(mean / 50.5, 1, 0.02);
  assert_near(sqrt(square / 4000 - mean * mean) / (24.75 / sqrt(6)), 1, 0.05);
}

/* Ordinal codes come as whole points inside their range, the stated one most often. */
static void codes_come_as_points(void **state) {
  const ent_assessed_alliance *a;
  const ent_cell *cell;
  size_t d, counts[3] = {0, 0, 0};
  small s;
  fill(&s);
  s.codings[3].low = -1;
  s.codings[3].high = 1;
  a = assess(*state, &s, "arithmetic", 6000);
  cell = ent_assess_find(a, ENT_SCORE, ENT_OF_PAIR, 1, 0, 1, 0, 1);
  for (d = 0; d < 6000; d++) {
    double point = (cell->draws[d] - 1) / 99 * 4 - 2;
    assert_near(point, round(point), 1e-5);
    counts[(size_t)(round(point) + 1)]++;
  }
  assert_near((double)counts[1] / 6000, 0.5, 0.03); /* 1/2, 1, 1/2 */
  assert_near((double)counts[0] / 6000, 0.25, 0.03);
}

static void order_and_strangers_change_no_draw(void **state) {
  const ent_assessed_alliance *a, *b;
  size_t c, d;
  ent_coding swap;
  small s;
  fill(&s);
  s.codings[3].low = -1;
  s.observations[0].qualifier = "about";
  a = assess(*state, &s, "geometric", 300);
  swap = s.codings[0], s.codings[0] = s.codings[3], s.codings[3] = swap;
  s.observations[2] = s.observations[0];
  s.observations[0] = s.observations[1];
  s.observations[1] = s.observations[2];
  s.observations[2] = spend(99, 103, 2020, 1); /* of nobody who is a member */
  s.e.observations_count = 3;
  b = assess(*state, &s, "geometric", 300);
  assert_int_equal(a->cell_count, b->cell_count);
  for (c = 0; c < a->cell_count; c++) {
    assert_int_equal(a->cells[c].draws == NULL, b->cells[c].draws == NULL);
    for (d = 0; a->cells[c].draws && d < 300; d++) assert_true(a->cells[c].draws[d] == b->cells[c].draws[d]);
  }
}

static void a_split_is_between_the_weighted_actors(void **state) {
  const ent_assessed_alliance *a;
  size_t c, found = 0;
  small s;
  fill(&s);
  a = assess(*state, &s, "arithmetic", 4);
  for (c = 0; c < a->cell_count; c++) {
    if (a->cells[c].kind != ENT_READING) continue;
    found++;
    if (a->cells[c].from == 0) assert_near(a->cells[c].draws[0], 1, 1e-12); /* 2 against -2 */
    else assert_null(a->cells[c].draws);                                    /* one actor */
  }
  assert_int_equal(found, 2);
}

/* Whatever is coded, scores stay between 1 and 100, and more support never lowers a score. */
static void scores_are_bounded_and_support_helps(void **state) {
  double value, before = 0;
  small s;
  for (value = -2; value <= 2; value += 1) {
    const ent_assessed_alliance *a;
    size_t c, d;
    fill(&s);
    s.codings[2].value = s.codings[2].low = s.codings[2].high = value;
    a = assess(*state, &s, "geometric", 64);
    for (c = 0; c < a->cell_count; c++)
      for (d = 0; a->cells[c].kind == ENT_SCORE && a->cells[c].draws && d < 64; d++)
        assert_true(a->cells[c].draws[d] >= 1 && a->cells[c].draws[d] <= 100);
    assert_true(a->aggregated[ENT_GEOMETRIC][0] > before);
    before = a->aggregated[ENT_GEOMETRIC][0];
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(gives_what_is_computed_by_hand, start, end),
      cmocka_unit_test_setup_teardown(effects_are_what_a_second_assessment_gives, start, end),
      cmocka_unit_test_setup_teardown(missing_weight_goes_to_the_neighbours, start, end),
      cmocka_unit_test_setup_teardown(the_latest_period_counts_and_sources_that_disagree_share_the_draws, start, end),
      cmocka_unit_test_setup_teardown(figures_of_the_future_do_not_count, start, end),
      cmocka_unit_test_setup_teardown(a_qualifier_widens_a_figure, start, end),
      cmocka_unit_test_setup_teardown(codes_come_as_points, start, end),
      cmocka_unit_test_setup_teardown(order_and_strangers_change_no_draw, start, end),
      cmocka_unit_test_setup_teardown(a_split_is_between_the_weighted_actors, start, end),
      cmocka_unit_test_setup_teardown(scores_are_bounded_and_support_helps, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
