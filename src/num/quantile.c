/* quantile.c - see quantile.h; selection by GSL. */
#include "num/quantile.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_statistics_float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

static size_t rank_of(size_t count, double p) {
  double rank = ceil(p * (double)count);
  size_t k = rank < 1 ? 0 : (size_t)rank - 1;
  return k < count ? k : count - 1;
}

double ent_quantile(double *values, size_t count, double p) {
  return gsl_stats_select(values, 1, count, rank_of(count, p));
}

/* Hundreds of columns are summarised in a run: counting into buckets and selecting inside the few that hold the ranks
 * takes a fraction of the time of selections from the whole. What can be asked of many values at once is compiled for
 * vectors of each width; integers and comparisons are the same for all. */
enum { BUCKETS = 2048, CHUNK = 32, COUNTERS = 4 };

#define INSIDE __attribute__((always_inline)) static inline

typedef struct scale {
  float least, by;
} scale;

typedef struct wanted { /* a bucket that holds values of some ranks */
  int bucket;
  size_t before, count; /* values in lower buckets, and in this one */
  size_t held;
  float *values; /* its values, in their order; NULL: all are the same */
  float value;
} wanted;

/* What is no number, or lies beyond the ends, goes to an end: a value that should not be there costs no more. */
INSIDE int bucket_of(float value, scale s) {
  float place = (value - s.least) * s.by;
  place = place > 0 ? place : 0;
  return (int)(place < BUCKETS - 1 ? place : BUCKETS - 1);
}

/* Ends of the values, each lane for itself, so that no order of comparisons shows. */
INSIDE void find_ends(const float *values, size_t count, float *least, float *most) {
  float low[CHUNK], high[CHUNK];
  size_t i, k;
  for (k = 0; k < CHUNK; k++) low[k] = high[k] = values[0];
  for (i = 0; i + CHUNK <= count; i += CHUNK)
    for (k = 0; k < CHUNK; k++) {
      low[k] = values[i + k] < low[k] ? values[i + k] : low[k];
      high[k] = values[i + k] > high[k] ? values[i + k] : high[k];
    }
  for (k = 0; i < count; i++, k++) {
    low[k] = values[i] < low[k] ? values[i] : low[k];
    high[k] = values[i] > high[k] ? values[i] : high[k];
  }
  for (k = 1; k < CHUNK; k++) {
    low[0] = low[k] < low[0] ? low[k] : low[0];
    high[0] = high[k] > high[0] ? high[k] : high[0];
  }
  *least = low[0];
  *most = high[0];
}

/* Neighbours often fall into one bucket, and each increment waits for the one before it; so four count by turns. */
INSIDE void count_buckets(const float *values, size_t count, scale s, uint32_t (*counts)[BUCKETS]) {
  size_t i, k;
  for (i = 0; i + CHUNK <= count; i += CHUNK) {
    int buckets[CHUNK];
    for (k = 0; k < CHUNK; k++) buckets[k] = bucket_of(values[i + k], s);
    for (k = 0; k < CHUNK; k++) counts[k % COUNTERS][buckets[k]]++;
  }
  for (; i < count; i++) counts[0][bucket_of(values[i], s)]++;
  for (k = 1; k < COUNTERS; k++)
    for (i = 0; i < BUCKETS; i++) counts[0][i] += counts[k][i];
}

INSIDE size_t count_same(const float *values, size_t count, float value) {
  size_t i, same = 0;
  for (i = 0; i < count; i++) same += values[i] == value;
  return same;
}

/* The values of each bucket. Few of a chunk are wanted, mostly none; whether any is can be asked of all at once. */
INSIDE void gather(const float *values, size_t count, scale s, wanted *list, size_t wanted_count) {
  size_t i, k, w;
  for (i = 0; i < count; i += CHUNK) {
    size_t end = count - i < CHUNK ? count - i : CHUNK;
    int buckets[CHUNK], any = 0;
    if (end == CHUNK)
      for (k = 0; k < CHUNK; k++) buckets[k] = bucket_of(values[i + k], s);
    else
      for (k = 0; k < CHUNK; k++) buckets[k] = k < end ? bucket_of(values[i + k], s) : -1;
    for (w = 0; w < wanted_count; w++) {
      const int bucket = list[w].bucket;
      for (k = 0; k < CHUNK; k++) any |= -(buckets[k] == bucket);
    }
    for (w = 0; any && w < wanted_count; w++)
      for (k = 0; list[w].values && k < end; k++)
        if (buckets[k] == list[w].bucket) list[w].values[list[w].held++] = values[i + k];
  }
}

typedef struct quantile_way {
  void (*find_ends)(const float *values, size_t count, float *least, float *most);
  void (*count_buckets)(const float *values, size_t count, scale s, uint32_t (*counts)[BUCKETS]);
  size_t (*count_same)(const float *values, size_t count, float value);
  void (*gather)(const float *values, size_t count, scale s, wanted *list, size_t wanted_count);
} quantile_way;

#define WAY(name, target)                                                                                     \
  target static void ends_##name(const float *values, size_t count, float *least, float *most) {              \
    find_ends(values, count, least, most);                                                                    \
  }                                                                                                           \
  target static void counts_##name(const float *v, size_t n, scale s, uint32_t(*counts)[BUCKETS]) {           \
    count_buckets(v, n, s, counts);                                                                           \
  }                                                                                                           \
  target static size_t same_##name(const float *v, size_t n, float value) { return count_same(v, n, value); } \
  target static void gather_##name(const float *v, size_t n, scale s, wanted *list, size_t count) {           \
    gather(v, n, s, list, count);                                                                             \
  }                                                                                                           \
  static const quantile_way way_##name = {ends_##name, counts_##name, same_##name, gather_##name};

WAY(plain, )
#if defined(__x86_64__) && defined(__GNUC__)
WAY(avx2, __attribute__((target("avx2"))))
WAY(avx512, __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw"))))

static const quantile_way *best_way(void) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw"))
    return &way_avx512;
  return __builtin_cpu_supports("avx2") ? &way_avx2 : &way_plain;
}
#else
static const quantile_way *best_way(void) { return &way_plain; }
#endif

/* The buckets of rising ranks, in one walk; how many, since neighbours may share one. */
static size_t find_buckets(const uint32_t *counts, const size_t *ranks, size_t rank_count, wanted *out, size_t *of) {
  size_t before = 0, w, found = 0;
  int bucket = 0;
  for (w = 0; w < rank_count; w++) {
    while (before + counts[bucket] <= ranks[w]) before += counts[bucket++];
    if (!found || out[found - 1].bucket != bucket)
      out[found++] = (wanted){.bucket = bucket, .before = before, .count = counts[bucket]};
    of[w] = found - 1;
  }
  return found;
}

/* Draws of few points fill whole buckets with one value; there is nothing to select then. */
static bool is_one_value(const quantile_way *way, const float *values, size_t count, scale s, wanted *w) {
  size_t i = 0;
  while (bucket_of(values[i], s) != w->bucket) i++;
  w->value = values[i];
  return w->count == 1 || way->count_same(values, count, w->value) == w->count;
}

void ent_quantile_ranks(const float *values, size_t count, const size_t *ranks, size_t rank_count, float *scratch,
                        double *out) {
  const quantile_way *way = best_way();
  uint32_t counts[COUNTERS][BUCKETS] = {{0}};
  wanted list[ENT_QUANTILE_MOST_RANKS];
  size_t of[ENT_QUANTILE_MOST_RANKS], w, found, open = 0;
  float least, most;
  scale s;
  way->find_ends(values, count, &least, &most);
  s = (scale){least, most > least ? (BUCKETS - 1) / (most - least) : 0};
  way->count_buckets(values, count, s, counts);
  found = find_buckets(counts[0], ranks, rank_count, list, of);
  for (w = 0; w < found; w++) {
    if (is_one_value(way, values, count, s, &list[w])) {
      list[w].bucket = -2; /* met by no value */
      continue;
    }
    list[w].values = scratch;
    scratch += list[w].count;
    open++;
  }
  if (open) way->gather(values, count, s, list, found);
  for (w = 0; w < rank_count; w++) {
    const wanted *in = &list[of[w]];
    out[w] = (double)(in->values ? gsl_stats_float_select(in->values, 1, in->count, ranks[w] - in->before) : in->value);
  }
}

void ent_quantile_three(const float *values, size_t count, float *scratch, double *low, double *median, double *high) {
  const size_t ranks[3] = {rank_of(count, 0.05), rank_of(count, 0.5), rank_of(count, 0.95)};
  double out[3];
  ent_quantile_ranks(values, count, ranks, 3, scratch, out);
  *low = out[0];
  *median = out[1];
  *high = out[2];
}

size_t ent_quantile_rank(size_t count, double p) { return rank_of(count, p); }

double ent_quantile_student(double p, double freedom) { return gsl_cdf_tdist_Pinv(p, freedom); }
