/* random.c - see random.h. Comes in: seed, quantity, range of draws; goes out: numbers. Keeps nothing. */
#include "num/random.h"

#include <Random123/philox.h>

static philox2x64_ctr_t words_at(uint64_t seed, uint64_t quantity, uint32_t pair) {
  philox2x64_ctr_t counter = {{pair, quantity}};
  philox2x64_key_t key = {{seed}};
  return philox2x64_R(10, counter, key);
}

/* The middle of one of 2^53 equal cells: never 0, never 1. */
static double uniform_of(uint64_t word) { return ((double)(word >> 11) + 0.5) * (1.0 / 9007199254740992.0); }

void ent_random_uniform(uint64_t seed, uint64_t quantity, uint32_t first, size_t count, double *out) {
  philox2x64_ctr_t words = {{0, 0}};
  size_t i;
  for (i = 0; i < count; i++) { /* two draws share a counter: it gives two words */
    uint32_t draw = first + (uint32_t)i;
    if (i == 0 || draw % 2 == 0) words = words_at(seed, quantity, draw / 2);
    out[i] = uniform_of(words.v[draw % 2]);
  }
}
