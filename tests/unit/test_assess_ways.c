/* The fast path of the assessment beside a plain one: vectors of each width give the same bits, and draws are what the
 * definitions say, computed here draw by draw with the C library and nothing of the engine's. */
#include "unit/assess_sample.h"

#include "assess/evaluate.h"
#include "assess/way.h"
#include "num/quantile_table.h"
#include "num/random.h"
#include "num/random_block.h"

/* ---- vectors of each width ---- */

enum { COLUMNS = 24 };

/* Operands between 1 and 100 that make sense to every operation; shares below 1. */
static void fill_columns(double (*columns)[ENT_BLOCK]) {
  size_t c, d;
  for (c = 0; c < COLUMNS; c++) {
    ent_random_uniform(9, c, 0, ENT_BLOCK, columns[c]);
    for (d = 0; d < ENT_BLOCK; d++) columns[c][d] = c < 12 ? 1 + 99 * columns[c][d] : columns[c][d] * 0.5 + 1e-3;
  }
}

static void operations_give_the_same_bits_with_vectors_of_any_width(void **state) {
  static double columns[2][COLUMNS][ENT_BLOCK];
  static const uint32_t operands[] = {0, 12, 13, 14, 1, 15, 16, 17, 2, 18};
  static const double constants[] = {3, 0.25, 2, 7, 1, 1, 1, 1, 1, 1, 1};
  const ent_way *ways[ENT_MOST_WAYS];
  size_t kind, w, c, count = ent_ways(ways);
  (void)state;
  for (kind = 0; kind < ENT_OPERATIONS; kind++) {
    uint32_t operand_count = kind == ENT_DO_SALIENT ? 6 : kind == ENT_DO_DISTANCE || kind == ENT_DO_ROOT ? 3 : 10;
    uint32_t outs = kind == ENT_DO_SHARES ? 4 : 1;
    ent_operation o = {.kind = (ent_operation_kind)kind,
                       .out = 20,
                       .outs = outs,
                       .operand_count = outs == 4 ? 4 : operand_count,
                       .constant_count = 11,
                       .operands = operands,
                       .constants = constants};
    for (w = 0; w < count; w++) {
      double *at[COLUMNS];
      fill_columns(columns[w > 0]);
      for (c = 0; c < COLUMNS; c++) at[c] = columns[w > 0][c];
      ways[w]->operate(&o, at);
      if (w) assert_memory_equal(columns[0], columns[1], sizeof columns[0]);
    }
  }
}

static void values_have_the_same_bits_too(void **state) {
  static const ent_points points = {4, {-1, 0, 1, 2}, {0.2, 0.5, 0.9, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}};
  static const ent_range ranges[] = {{false, 2, 6, 4, 0.25, 4, 12}, {true, 3, 3, 0, 0, 0, 0}, {true, 1, 2, 1, 0, 0, 0}};
  const ent_way *ways[ENT_MOST_WAYS];
  double uniform[ENT_BLOCK], first[3][ENT_BLOCK], out[3][ENT_BLOCK];
  float kept[2][ENT_BLOCK];
  size_t w, count = ent_ways(ways);
  (void)state;
  ent_random_block(3, 4, 0, ENT_BLOCK, uniform);
  for (w = 0; w < count; w++) {
    ways[w]->points(&points, uniform, out[0]);
    ways[w]->ranges(ranges, 3, uniform, out[1]);
    ways[w]->ranges(ranges, 1, uniform, out[2]);
    ways[w]->keep(out[1], kept[w > 0], ENT_BLOCK - 3);
    if (!w) memcpy(first, out, sizeof first);
    assert_memory_equal(first, out, sizeof first);
    assert_memory_equal(kept[0], kept[w > 0], (ENT_BLOCK - 3) * sizeof(float));
  }
}

/* ---- a plain path ---- */

enum { DRAWS = 1000, SEED = 1 };

/* The value of codes on whole points from -2 to 2 for a uniform number; each coder: low, value, high. */
static double code_at(const double (*coders)[3], size_t count, double u) {
  double below = 0;
  int point;
  size_t c;
  for (point = -2; point < 2; point++) {
    for (c = 0; c < count; c++) {
      double low = coders[c][0], mode = coders[c][1], high = coders[c][2], all = 0, here = 0, p;
      for (p = low; p <= high; p++) {
        double reach = p < mode ? mode - low : high - mode, likely = 1 - fabs(p - mode) / (reach + 1);
        all += likely;
        if (p == point) here = likely;
      }
      below += here / all / (double)count;
    }
    if (u < below) return point;
  }
  return 2;
}

static double triangular_at(double low, double mode, double high, double u) {
  double cut = (mode - low) / (high - low);
  return u < cut ? low + sqrt(u * (high - low) * (mode - low)) : high - sqrt((1 - u) * (high - low) * (high - mode));
}

static double on_scale(double value, double low, double high) {
  double share = (value - low) / (high - low);
  return 1 + 99 * (share < 0 ? 0 : share > 1 ? 1 : share);
}

/* The random number of an input in a draw. */
static double number_of(ent_key key, uint32_t draw) {
  double u;
  ent_random_block(SEED, key, draw, 1, &u);
  return u;
}

static double weight_of(const char *name, double shape, uint32_t draw) {
  static ent_quantile_table table;
  double u = number_of(ent_key_of("weight:", name, NULL), draw), out;
  assert_true(ent_quantile_table_gamma(shape, &table));
  ent_quantile_table_look_up(&table, &u, 1, &out);
  return out;
}

/* Concentration 10,000, of criteria one half each, of indicators three quarters and one. */
enum { CONCENTRATION = 10000 };

static double plain_score(ent_aggregation how, uint32_t d) {
  static const double stance_a[][3] = {{0, 2, 2}}, stance_b[][3] = {{1, 1, 1}, {-1, -1, -1}},
                      back_b[][3] = {{-1, 0, 0}};
  const ent_key stance = ent_key_of("aspect:", "stance", NULL), support = ent_key_of("aspect:", "support", NULL);
  double a = code_at(stance_a, 1, number_of(81 ^ stance, d)), b = code_at(stance_b, 2, number_of(82 ^ stance, d));
  double agree = on_scale(fabs(a - b) / 4, 1, 0), back = code_at(back_b, 1, number_of(84 ^ support, d));
  double spend_a = triangular_at(2, 5, 7, number_of(71, d)), spend_b = number_of(72 ^ 73, d) < 0.5 ? 4 : 10;
  double w_spend = weight_of("give/d/spend", 0.75 * CONCENTRATION, d),
         w_back = weight_of("give/d/back", 0.25 * CONCENTRATION, d);
  double w_agree = weight_of("agree//", 0.5 * CONCENTRATION, d), w_give = weight_of("give//", 0.5 * CONCENTRATION, d);
  double give_a = (w_spend * on_scale(spend_a, 0, 10) + w_back * 100) / (w_spend + w_back);
  double give_b = (w_spend * on_scale(spend_b, 0, 10) + w_back * on_scale(back, -2, 2)) / (w_spend + w_back);
  if (how == ENT_WEAKEST) return fmin(agree, fmin(give_a, give_b));
  if (how == ENT_ARITHMETIC) return (w_agree * agree + w_give * (give_a + give_b) / 2) / (w_agree + w_give);
  return exp((w_agree * log(agree) + w_give * (log(give_a) + log(give_b)) / 2) / (w_agree + w_give));
}

static void draws_are_what_the_definitions_say(void **state) {
  static const char *const headlines[] = {"arithmetic", "geometric", "weakest"};
  static double out[64][ENT_EVALUATE_BLOCK];
  sample_bench *b = *state;
  size_t how, i, count;
  uint32_t draw;
  small s;
  make_uncertain(&s);
  for (how = 0; how < ENT_AGGREGATIONS; how++) {
    ent_assess_request request = {.day = ent_day_from_civil(2021, 6, 30), .draws = DRAWS, .seed = SEED};
    ent_model model = *model_of(b, headlines[how]);
    const ent_evaluation *e;
    ent_assessment *assessed;
    ent_bench *bench;
    model.concentration = CONCENTRATION;
    e = ent_evaluation_make(&s.e, &model, &request, NULL, 0, b->arena);
    bench = ent_bench_new(e, b->arena);
    ent_evaluation_inputs(e, &count);
    assert_true(count <= 64 && ent_assess(&s.e, &model, &request, b->arena, &assessed));
    for (draw = 0; draw < DRAWS; draw++) {
      uint32_t at = draw % ENT_EVALUATE_BLOCK;
      double plain = plain_score((ent_aggregation)how, draw);
      if (!at) {
        const double *uniforms[64];
        for (i = 0; i < count; i++) {
          ent_random_block(SEED, ent_evaluation_inputs(e, &count)[i].key, draw, ENT_EVALUATE_BLOCK, out[i]);
          uniforms[i] = out[i];
        }
        ent_evaluate(e, bench, uniforms);
      }
      assert_near(ent_evaluate_score(e, bench, 0)[at], plain, 1e-12 * plain);
      assert_true(assessed->alliances[0].aggregated[how][draw] == (float)ent_evaluate_score(e, bench, 0)[at]);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(operations_give_the_same_bits_with_vectors_of_any_width),
      cmocka_unit_test(values_have_the_same_bits_too),
      cmocka_unit_test_setup_teardown(draws_are_what_the_definitions_say, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
