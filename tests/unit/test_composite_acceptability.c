/* Rank acceptability, pairs and central weights: hand-counted draws, sums, ties, gaps, and merging in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "composite/acceptability.h"
#include "near.h"
#include "num/random.h"

#define NO NAN

/* Draws without weights: draws x units. */
static void add_many(ent_acceptability *counts, const double *scores, size_t draws) {
  for (size_t d = 0; d < draws; d++) ent_acceptability_add(counts, scores + d * counts->unit_count, NULL);
}

static ent_arena *arena_of(void) {
  ent_arena *arena = ent_arena_new(0);
  assert_non_null(arena);
  return arena;
}

static void ranks_by_score_and_shares_ties(void **state) {
  const double score[] = {3, NO, 7, 3, -0.0, 0.0, -5, 3, INFINITY};
  const uint32_t first_wanted[] = {3, 0, 2, 3, 6, 6, 8, 3, 1}, last_wanted[] = {5, 0, 2, 5, 7, 7, 8, 5, 1};
  ent_acceptability_place scratch[18];
  uint32_t first[9], last[9];
  (void)state;
  assert_int_equal(ent_acceptability_rank(score, 9, scratch, first, last), 8);
  assert_memory_equal(first, first_wanted, sizeof first);
  assert_memory_equal(last, last_wanted, sizeof last);
}

/* Against the definition, with many ties: a unit's ranks are those after all that score above it. */
static void ranks_of_many_units_are_those_of_the_definition(void **state) {
  enum { UNITS = 1237 };
  static double score[UNITS];
  static ent_acceptability_place scratch[2 * UNITS];
  static uint32_t first[UNITS], last[UNITS];
  size_t i, k;
  (void)state;
  ent_random_uniform(5, 5, 0, UNITS, score);
  for (i = 0; i < UNITS; i++) score[i] = i % 3 ? floor(score[i] * 50) - 20 : score[i];
  assert_int_equal(ent_acceptability_rank(score, UNITS, scratch, first, last), UNITS);
  for (i = 0; i < UNITS; i++) {
    uint32_t above = 0, same = 0;
    for (k = 0; k < UNITS; k++) above += score[k] > score[i], same += score[k] == score[i];
    assert_int_equal(first[i], above + 1);
    assert_int_equal(last[i], above + same);
  }
}

/* Four draws of three units, counted by hand. */
static void hand_counted_draws(void **state) {
  const double scores[] = {3, 2, 1, 3, 3, 1, 1, 2, 2, 2, 2, 2};
  const double ranks[] = {(1 + 0.5 + 0 + 1.0 / 3) / 4,   (0 + 0.5 + 0 + 1.0 / 3) / 4,   (0 + 0 + 1 + 1.0 / 3) / 4,
                          (0 + 0.5 + 0.5 + 1.0 / 3) / 4, (1 + 0.5 + 0.5 + 1.0 / 3) / 4, (0 + 0 + 0 + 1.0 / 3) / 4,
                          (0 + 0 + 0.5 + 1.0 / 3) / 4,   (0 + 0 + 0.5 + 1.0 / 3) / 4,   (1 + 1 + 0 + 1.0 / 3) / 4};
  const double pairs[] = {0.5, 2.0 / 4, 2.5 / 4, 2.0 / 4, 0.5, 3.0 / 4, 1.5 / 4, 1.0 / 4, 0.5};
  double out[9];
  size_t i;
  ent_arena *arena = arena_of();
  ent_acceptability counts;
  (void)state;
  assert_true(ent_acceptability_init(&counts, arena, 3, 0, true, true));
  add_many(&counts, scores, 4);
  ent_acceptability_shares(&counts, out);
  for (i = 0; i < 9; i++) assert_near(out[i], ranks[i], 1e-15);
  ent_acceptability_pairs(&counts, out);
  for (i = 0; i < 9; i++) assert_near(out[i], pairs[i], 1e-15);
  ent_arena_free(arena);
}

/* Scores with ties of all sizes, up to all units at once. */
static void fill_tied(double *scores, size_t units, size_t draws) {
  size_t d, i;
  ent_random_uniform(11, 3, 0, units * draws, scores);
  for (d = 0; d < draws; d++)
    for (i = 0; i < units; i++) scores[d * units + i] = floor(scores[d * units + i] * (double)(d % 41));
}

static void rows_and_columns_sum_to_one(void **state) {
  enum { UNITS = 61, DRAWS = 1000 };
  static double scores[UNITS * DRAWS], out[UNITS * UNITS], better[UNITS * UNITS];
  size_t i, k;
  ent_arena *arena = arena_of();
  ent_acceptability counts;
  (void)state;
  fill_tied(scores, UNITS, DRAWS);
  assert_true(ent_acceptability_init(&counts, arena, UNITS, 0, true, true));
  add_many(&counts, scores, DRAWS);
  for (i = 0; i < UNITS; i++) { /* to the last bit, as whole numbers */
    uint64_t row = 0, column = 0;
    for (k = 0; k < UNITS; k++) row += counts.rank[i * UNITS + k], column += counts.rank[k * UNITS + i];
    assert_true(row == DRAWS * ENT_ACCEPTABILITY_WHOLE);
    assert_true(column == DRAWS * ENT_ACCEPTABILITY_WHOLE);
  }
  ent_acceptability_shares(&counts, out);
  ent_acceptability_pairs(&counts, better);
  for (i = 0; i < UNITS; i++) {
    double row = 0, column = 0;
    for (k = 0; k < UNITS; k++) {
      row += out[i * UNITS + k];
      column += out[k * UNITS + i];
      assert_near(better[i * UNITS + k] + better[k * UNITS + i], 1, 1e-15);
    }
    assert_near(row, 1, 1e-12);
    assert_near(column, 1, 1e-12);
  }
  ent_arena_free(arena);
}

/* The pairs are counted in batches of whole numbers: against a count of one pair after the other, gaps among them. */
static void pairs_are_those_of_a_plain_count(void **state) {
  enum { UNITS = 9, DRAWS = 700 };
  static double scores[UNITS * DRAWS], out[UNITS * UNITS];
  size_t d, i, k;
  ent_arena *arena = arena_of();
  ent_acceptability counts;
  (void)state;
  fill_tied(scores, UNITS, DRAWS);
  for (d = 0; d < DRAWS; d++) {
    scores[d * UNITS + 4] = NO;                     /* never there */
    if (d % 5 == 2) scores[d * UNITS + d % 4] = NO; /* now and then */
  }
  assert_true(ent_acceptability_init(&counts, arena, UNITS, 0, true, true));
  add_many(&counts, scores, DRAWS);
  ent_acceptability_pairs(&counts, out);
  for (i = 0; i < UNITS; i++)
    for (k = 0; k < UNITS; k++) {
      double mine = 0, both = 0;
      for (d = 0; d < DRAWS; d++) {
        const double a = scores[d * UNITS + i], b = scores[d * UNITS + k];
        if (isnan(a) || isnan(b)) continue;
        both++;
        mine += a > b ? 1 : a < b ? 0 : 0.5;
      }
      assert_near(out[i * UNITS + k], both > 0 ? mine / both : NO, 1e-15);
    }
  ent_acceptability_shares(&counts, out);
  for (i = 0; i < UNITS; i++) {
    double row = 0;
    for (k = 0; k < UNITS; k++) row += out[i * UNITS + k];
    assert_near(row, i == 4 ? NO : counts.ranked[i] / (double)DRAWS, 1e-12);
  }
  ent_arena_free(arena);
}

static void central_weights_are_means_of_draws_that_win(void **state) {
  const double scores[] = {2, 1, 0, 1, 2, 0, 2, 2, 0}, weights[] = {0.9, 0.1, 0.3, 0.7, 0.5, 0.5};
  double out[6];
  size_t d;
  ent_arena *arena = arena_of();
  ent_acceptability counts;
  (void)state;
  assert_true(ent_acceptability_init(&counts, arena, 3, 2, false, false));
  for (d = 0; d < 3; d++) ent_acceptability_add(&counts, scores + 3 * d, weights + 2 * d);
  ent_acceptability_central(&counts, out);
  assert_near(out[0], (0.9 + 0.5 / 2) / 1.5, 1e-11);
  assert_near(out[1], (0.1 + 0.5 / 2) / 1.5, 1e-11);
  assert_near(out[2], (0.3 + 0.5 / 2) / 1.5, 1e-11);
  assert_near(out[3], (0.7 + 0.5 / 2) / 1.5, 1e-11);
  assert_true(isnan(out[4]) && isnan(out[5]));
  ent_arena_free(arena);
}

static void parts_merge_to_the_same_bytes(void **state) {
  enum { UNITS = 37, DRAWS = 900, PARTS = 3, WEIGHTS = 4 };
  static double scores[UNITS * DRAWS], weights[WEIGHTS * DRAWS];
  ent_arena *arena = arena_of();
  ent_acceptability whole, part[PARTS];
  double *one = ent_arena_take(arena, UNITS * UNITS, sizeof *one), *other = ent_arena_take(arena, UNITS * UNITS, 8);
  size_t d, p;
  (void)state;
  fill_tied(scores, UNITS, DRAWS);
  ent_random_uniform(2, 2, 0, WEIGHTS * DRAWS, weights);
  assert_true(ent_acceptability_init(&whole, arena, UNITS, WEIGHTS, true, true));
  for (p = 0; p < PARTS; p++) assert_true(ent_acceptability_init(&part[p], arena, UNITS, WEIGHTS, true, true));
  for (d = 0; d < DRAWS; d++) {
    ent_acceptability_add(&whole, scores + d * UNITS, weights + d * WEIGHTS);
    ent_acceptability_add(&part[d * d % PARTS], scores + d * UNITS, weights + d * WEIGHTS);
  }
  ent_acceptability_merge(&part[1], &part[2]);
  ent_acceptability_merge(&part[1], &part[0]);
  assert_int_equal(part[1].draws, DRAWS);
  ent_acceptability_shares(&whole, one);
  ent_acceptability_shares(&part[1], other);
  assert_memory_equal(one, other, UNITS * UNITS * sizeof *one);
  ent_acceptability_pairs(&whole, one);
  ent_acceptability_pairs(&part[1], other);
  assert_memory_equal(one, other, UNITS * UNITS * sizeof *one);
  ent_acceptability_central(&whole, one);
  ent_acceptability_central(&part[1], other);
  assert_memory_equal(one, other, UNITS * WEIGHTS * sizeof *one);
  ent_arena_free(arena);
}

static void the_first_rank_of_one_unit_is_its_share_of_it(void **state) {
  const double score[] = {4, 4, 1, NO, 4};
  uint64_t sum = 0;
  size_t i;
  (void)state;
  for (i = 0; i < 5; i++) sum += ent_acceptability_first(score, 5, i);
  assert_true(sum == ENT_ACCEPTABILITY_WHOLE);
  assert_true(ent_acceptability_first(score, 5, 0) == ENT_ACCEPTABILITY_WHOLE / 3);
  assert_true(ent_acceptability_first(score, 5, 2) == 0);
  assert_true(ent_acceptability_first(score, 5, 3) == 0);
}

static void too_many_units_are_refused(void **state) {
  ent_arena *arena = arena_of();
  ent_acceptability counts;
  (void)state;
  assert_false(ent_acceptability_init(&counts, arena, ENT_ACCEPTABILITY_MOST_UNITS + 1, 0, true, false));
  assert_false(ent_acceptability_init(&counts, arena, ENT_ACCEPTABILITY_MOST_UNITS + 1, 0, false, true));
  assert_true(ent_acceptability_init(&counts, arena, ENT_ACCEPTABILITY_MOST_UNITS + 1, 0, false, false));
  assert_false(ent_acceptability_init(&counts, arena, 2, SIZE_MAX / 8, false, false));
  ent_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranks_by_score_and_shares_ties),
      cmocka_unit_test(ranks_of_many_units_are_those_of_the_definition),
      cmocka_unit_test(hand_counted_draws),
      cmocka_unit_test(rows_and_columns_sum_to_one),
      cmocka_unit_test(pairs_are_those_of_a_plain_count),
      cmocka_unit_test(central_weights_are_means_of_draws_that_win),
      cmocka_unit_test(parts_merge_to_the_same_bytes),
      cmocka_unit_test(the_first_rank_of_one_unit_is_its_share_of_it),
      cmocka_unit_test(too_many_units_are_refused),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
