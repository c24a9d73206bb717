/* quantile.c - see quantile.h; selection by GSL. */
#include "num/quantile.h"

#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_statistics_float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static size_t rank_of(size_t count, double p) {
  double rank = ceil(p * (double)count);
  size_t k = rank < 1 ? 0 : (size_t)rank - 1;
  return k < count ? k : count - 1;
}

double ent_quantile(double *values, size_t count, double p) {
  return gsl_stats_select(values, 1, count, rank_of(count, p));
}

enum { BUCKETS = 2048, WANTED = 3 };

typedef struct wanted {  /* one rank, and the bucket in which its value lies */
  size_t bucket, before; /* before: values in lower buckets */
  float *held;           /* the bucket's values */
  size_t count;
} wanted;

/* The buckets of rising ranks, in one walk. */
static void find_buckets(const uint32_t *counts, const size_t *ranks, wanted *out) {
  size_t bucket = 0, before = 0, w;
  for (w = 0; w < WANTED; w++) {
    while (before + counts[bucket] <= ranks[w]) before += counts[bucket++];
    out[w] = (wanted){bucket, before, NULL, 0};
  }
}

static size_t bucket_of(float value, float least, float scale) { return (size_t)(int)((value - least) * scale); }

/* Hundreds of columns are summarised in a run: counting into buckets and selecting inside three of them takes less than
 * half the time of three selections from the whole. */
void ent_quantile_three(const float *values, size_t count, double least, double most, float *scratch, double *low,
                        double *median, double *high) {
  const size_t ranks[WANTED] = {rank_of(count, 0.05), rank_of(count, 0.5), rank_of(count, 0.95)};
  double *const out[WANTED] = {low, median, high};
  uint32_t counts[BUCKETS] = {0};
  wanted want[WANTED];
  const float from = (float)least, scale = (float)((BUCKETS - 1) / (most - least));
  size_t i, w;
  *low = *median = *high = values[0];
  for (i = 1; i < count && values[i] == values[0];) i++;
  if (i == count) return; /* a constant fills one bucket */
  for (i = 0; i < count; i++) counts[bucket_of(values[i], from, scale)]++;
  find_buckets(counts, ranks, want);
  for (w = 0; w < WANTED; w++) {
    want[w].held = scratch;
    if (w && want[w].bucket == want[w - 1].bucket) want[w].held = want[w - 1].held; /* filled once, below */
    else scratch += counts[want[w].bucket];
  }
  memset(counts, 0, sizeof counts);
  for (w = 0; w < WANTED; w++) counts[want[w].bucket] = 1;
  for (i = 0; i < count; i++) {
    size_t bucket = bucket_of(values[i], from, scale);
    if (!counts[bucket]) continue; /* no rank lies there */
    for (w = 0; w < WANTED; w++)
      if (bucket == want[w].bucket) want[w].held[want[w].count++] = values[i];
  }
  for (w = 0; w < WANTED; w++)
    *out[w] = (double)gsl_stats_float_select(want[w].held, 1, want[w].count, ranks[w] - want[w].before);
}
