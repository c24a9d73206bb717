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

enum { BUCKETS = 2048, WANTED = 3 };
_Static_assert((int)ENT_QUANTILE_SLACK == (int)WANTED, "each bucket has a place to spare");

typedef struct wanted { /* one rank, and the bucket in which its value lies */
  int bucket;
  size_t before; /* values in lower buckets */
} wanted;

/* The buckets of rising ranks, in one walk. */
static void find_buckets(const uint32_t *counts, const size_t *ranks, wanted *out) {
  size_t before = 0, w;
  int bucket = 0;
  for (w = 0; w < WANTED; w++) {
    while (before + counts[bucket] <= ranks[w]) before += counts[bucket++];
    out[w] = (wanted){bucket, before};
  }
}

static int bucket_of(float value, float least, float scale) { return (int)((value - least) * scale); }

/* The values of each bucket, in their order. Each value is written and only the place moves, since
 * nobody can predict which of them are wanted: a bucket's room ends with one place to spare. */
static void gather(const float *values, size_t count, float from, float scale, const int *buckets, float **held) {
  float *a = held[0], *b = held[1], *c = held[2];
  size_t i;
  for (i = 0; i < count; i++) {
    int bucket = bucket_of(values[i], from, scale);
    *a = *b = *c = values[i];
    a += bucket == buckets[0];
    b += bucket == buckets[1];
    c += bucket == buckets[2];
  }
}

/* Hundreds of columns are summarised in a run: counting into buckets and selecting inside three of them takes less than
 * half the time of three selections from the whole. */
void ent_quantile_three(const float *values, size_t count, double least, double most, float *scratch, double *low,
                        double *median, double *high) {
  const size_t ranks[WANTED] = {rank_of(count, 0.05), rank_of(count, 0.5), rank_of(count, 0.95)};
  double *const out[WANTED] = {low, median, high};
  uint32_t counts[BUCKETS] = {0};
  wanted want[WANTED];
  float *held[WANTED];
  int buckets[WANTED];
  const float from = (float)least, scale = (float)((BUCKETS - 1) / (most - least));
  size_t i, w;
  *low = *median = *high = values[0];
  for (i = 1; i < count && values[i] == values[0];) i++;
  if (i == count) return; /* a constant fills one bucket */
  for (i = 0; i < count; i++) counts[bucket_of(values[i], from, scale)]++;
  find_buckets(counts, ranks, want);
  for (w = 0; w < WANTED; w++) {
    bool again = w && want[w].bucket == want[w - 1].bucket;
    held[w] = scratch;
    buckets[w] = again ? -1 : want[w].bucket; /* gathered once */
    scratch += (again ? 0 : counts[want[w].bucket]) + 1;
  }
  gather(values, count, from, scale, buckets, held);
  for (w = 0; w < WANTED; w++) {
    if (buckets[w] < 0) held[w] = held[w - 1];
    *out[w] = (double)gsl_stats_float_select(held[w], 1, counts[want[w].bucket], ranks[w] - want[w].before);
  }
}

double ent_quantile_student(double p, double freedom) { return gsl_cdf_tdist_Pinv(p, freedom); }
