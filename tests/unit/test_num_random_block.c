/* Uniform numbers in blocks: the published answers of Philox, the same bits in every way of computing them,
 * independence of blocks, uniformity. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "near.h"
#include "num/random_block.h"

static double of_word(uint32_t word) { return ((double)word + 0.5) / 4294967296.0; }

/* Random123's kat_vectors, philox4x32 with 10 rounds: counter 0, key 0. */
static void gives_the_published_words(void **state) {
  const uint32_t words[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  double out[ENT_RANDOM_BLOCK];
  size_t w;
  (void)state;
  ent_random_block(0, 0, 0, ENT_RANDOM_BLOCK, out);
  for (w = 0; w < 4; w++) assert_true(out[w * ENT_RANDOM_BLOCK / 4] == of_word(words[w]));
}

static void all_ways_give_the_same_bits(void **state) {
  static double plain[50 * ENT_RANDOM_BLOCK], other[50 * ENT_RANDOM_BLOCK];
  ent_random_way *ways[ENT_RANDOM_MOST_WAYS];
  size_t count = ent_random_ways(ways), w;
  uint64_t seed;
  (void)state;
  assert_true(count >= 1 && count <= ENT_RANDOM_MOST_WAYS);
  print_message("# ways that this machine can go: %zu\n", count);
  for (seed = 1; seed; seed *= 6) { /* a factor of two moves bits up until nothing is left */
    ways[0](seed, ~seed * 3, (uint32_t)(seed >> 38), 50, plain);
    for (w = 1; w < count; w++) {
      memset(other, 0, sizeof other);
      ways[w](seed, ~seed * 3, (uint32_t)(seed >> 38), 50, other);
      assert_memory_equal(plain, other, sizeof plain);
    }
  }
}

static void blocks_are_parts_of_the_whole(void **state) {
  static double whole[2000];
  double part[300];
  size_t first, count;
  (void)state;
  ent_random_block(42, 7, 0, 2000, whole);
  for (first = 0; first < 1700; first += 1 + first / 9)
    for (count = 0; count < 300; count += 1 + count / 4) {
      part[count] = -1;
      ent_random_block(42, 7, (uint32_t)first, count, part);
      assert_memory_equal(part, whole + first, count * sizeof *part);
      assert_true(part[count] < 0); /* not a number more than asked for */
    }
  ent_random_block(42, 7, UINT32_MAX, 1, part); /* the last one */
  assert_true(part[0] > 0 && part[0] < 1);
}

static void other_seeds_and_quantities_differ(void **state) {
  const uint64_t high = (uint64_t)1 << 40;
  double a[64], b[4][64];
  size_t i, k, same = 0;
  (void)state;
  ent_random_block(1, 7, 0, 64, a);
  ent_random_block(2, 7, 0, 64, b[0]);
  ent_random_block(1, 8, 0, 64, b[1]);
  ent_random_block(1 + high, 7, 0, 64, b[2]);
  ent_random_block(1, 7 + high, 0, 64, b[3]);
  for (k = 0; k < 4; k++)
    for (i = 0; i < 64; i++) same += a[i] == b[k][i];
  assert_int_equal(same, 0);
}

/* Moments and the correlation of neighbours, within five standard errors; cells by chi-square, mean 1023, sd 45. */
static void is_uniform_between_zero_and_one(void **state) {
  enum { N = 1 << 18, CELLS = 1024 };
  static double u[N];
  static int held[CELLS];
  double sum = 0, square = 0, product = 0, chi = 0;
  size_t i;
  (void)state;
  ent_random_block(1, 99, 0, N, u);
  memset(held, 0, sizeof held);
  for (i = 0; i < N; i++) {
    assert_true(u[i] > 0 && u[i] < 1);
    held[(size_t)(u[i] * CELLS)]++;
    sum += u[i] - 0.5;
    square += u[i] * u[i] - 1.0 / 3;
    if (i) product += (u[i] - 0.5) * (u[i - 1] - 0.5);
  }
  for (i = 0; i < CELLS; i++) chi += pow(held[i] - N / CELLS, 2) / (N / CELLS);
  assert_true(fabs(sum) < 5 * sqrt(N / 12.0));
  assert_true(fabs(square) < 5 * sqrt(N * 4 / 45.0));
  assert_true(fabs(product) < 5 * sqrt(N / 144.0));
  assert_true(fabs(chi - 1023) < 5 * 45);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_the_published_words),       cmocka_unit_test(all_ways_give_the_same_bits),
      cmocka_unit_test(blocks_are_parts_of_the_whole),   cmocka_unit_test(other_seeds_and_quantities_differ),
      cmocka_unit_test(is_uniform_between_zero_and_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
