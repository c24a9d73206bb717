/* random.c - see random.h. Comes in: seed, quantity, range of draws; goes out: numbers. Keeps nothing. */
#include "num/random.h"

#include <Random123/philox.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

static philox2x64_ctr_t words_at(uint64_t seed, uint64_t quantity, uint32_t draw, uint32_t sub) {
  philox2x64_ctr_t counter = {{(uint64_t)sub << 32 | draw, quantity}};
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
    if (i == 0 || draw % 2 == 0) words = words_at(seed, quantity, draw / 2, 0);
    out[i] = uniform_of(words.v[draw % 2]);
  }
}

/* A GSL generator that walks the sub-counter of one draw, so that GSL's own samplers can be used. */
typedef struct walker {
  uint64_t seed, quantity;
  uint32_t draw, sub;
  unsigned left; /* words of the current counter that were not used */
  philox2x64_ctr_t words;
} walker;

static uint64_t walker_word(walker *w) {
  if (!w->left) {
    w->words = words_at(w->seed, w->quantity, w->draw, ++w->sub); /* sub 0 is the uniform numbers' */
    w->left = 2;
  }
  return w->words.v[--w->left];
}

static unsigned long walker_get(void *state) { return (unsigned long)(walker_word(state) >> 32); }

static double walker_get_double(void *state) { return uniform_of(walker_word(state)); }

static void walker_set(void *state, unsigned long seed) { (void)state, (void)seed; /* a walker is set by its caller */ }

static const gsl_rng_type walker_type = {"philox2x64", 0xffffffffUL,     0, sizeof(walker), walker_set,
                                         walker_get,   walker_get_double};

/* A small shape underflows to nothing, and a weight of nothing divides badly. */
static const double LEAST = 1e-100;

void ent_random_gamma(uint64_t seed, uint64_t quantity, double shape, uint32_t first, size_t count, double *out) {
  walker w = {seed, quantity, 0, 0, 0, {{0, 0}}};
  gsl_rng generator = {&walker_type, &w};
  size_t i;
  for (i = 0; i < count; i++) {
    w.draw = first + (uint32_t)i;
    w.sub = w.left = 0;
    out[i] = gsl_ran_gamma(&generator, shape, 1.0);
    if (out[i] < LEAST) out[i] = LEAST;
  }
}
