/* random.c - see random.h. Comes in: seed, quantity, range of draws; goes out: numbers. Keeps nothing. */
#include "num/random.h"

#include <Random123/philox.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

static uint64_t word_at(uint64_t seed, uint64_t quantity, uint32_t draw, uint32_t sub) {
  philox2x64_ctr_t counter = {{(uint64_t)sub << 32 | draw, quantity}};
  philox2x64_key_t key = {{seed}};
  return philox2x64_R(10, counter, key).v[0];
}

/* The middle of one of 2^53 equal cells: never 0, never 1. */
static double uniform_of(uint64_t word) { return ((double)(word >> 11) + 0.5) * (1.0 / 9007199254740992.0); }

void ent_random_uniform(uint64_t seed, uint64_t quantity, uint32_t first, size_t count, double *out) {
  size_t i;
  for (i = 0; i < count; i++) out[i] = uniform_of(word_at(seed, quantity, first + (uint32_t)i, 0));
}

/* A GSL generator that walks the sub-counter of one draw, so that GSL's own samplers can be used. */
typedef struct walker {
  uint64_t seed, quantity;
  uint32_t draw, sub;
} walker;

static unsigned long walker_get(void *state) {
  walker *w = state;
  return (unsigned long)(word_at(w->seed, w->quantity, w->draw, ++w->sub) >> 32);
}

static double walker_get_double(void *state) {
  walker *w = state;
  return uniform_of(word_at(w->seed, w->quantity, w->draw, ++w->sub));
}

static void walker_set(void *state, unsigned long seed) {
  (void)state, (void)seed; /* a walker is set by its caller */
}

static const gsl_rng_type walker_type = {
    "philox2x64", 0xffffffffUL, 0, sizeof(walker), walker_set, walker_get, walker_get_double};

void ent_random_gamma(uint64_t seed, uint64_t quantity, double shape, uint32_t first, size_t count, double *out) {
  walker w = {seed, quantity, 0, 0};
  gsl_rng generator = {&walker_type, &w};
  size_t i;
  for (i = 0; i < count; i++) {
    w.draw = first + (uint32_t)i;
    w.sub = 0;
    out[i] = gsl_ran_gamma(&generator, shape, 1.0);
  }
}
