/* The assessment on a small case that can be computed by hand, and its properties. */
#include "unit/assess_sample.h"

static const ent_assessed_alliance *assess(sample_bench *b, const small *s, const char *headline, uint32_t draws) {
  ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = draws, .seed = 1};
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

/* Every cell by its own address, none by one that no cell has. */
static void a_cell_is_found_by_its_address(void **state) {
  const ent_assessed_alliance *a;
  small s;
  size_t i;
  fill(&s);
  a = assess(*state, &s, "geometric", 1);
  assert_true(a->cell_count > 20);
  for (i = 0; i < a->cell_count; i++) {
    const ent_cell *c = &a->cells[i];
    assert_ptr_equal(ent_assess_find(a, c->kind, c->scope, c->from, c->to, c->criterion, c->dimension, c->indicator),
                     c);
    assert_null(ent_assess_find(a, c->kind, c->scope, c->from + 7, c->to, c->criterion, c->dimension, c->indicator));
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
      cmocka_unit_test_setup_teardown(a_cell_is_found_by_its_address, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
