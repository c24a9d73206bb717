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

enum { BUCKETS = 8192, CHUNK = 16 };

typedef struct wanted { /* a bucket that holds values of some ranks */
  int bucket;
  size_t before, count; /* values in lower buckets, and in this one */
  size_t held;
  float *values; /* its values, in their order; NULL: all are the same */
  float value;
} wanted;

typedef struct scale {
  float least, by;
} scale;

/* What is no number, or lies beyond the ends, goes to an end: a value that should not be there costs no more. */
static inline int bucket_of(float value, scale s) {
  float place = (value - s.least) * s.by;
  place = place > 0 ? place : 0;
  return (int)(place < BUCKETS - 1 ? place : BUCKETS - 1);
}

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
static bool is_one_value(const float *values, size_t count, scale s, wanted *w) {
  size_t i = 0, same = 0;
  while (bucket_of(values[i], s) != w->bucket) i++;
  w->value = values[i];
  for (i = 0; i < count; i++) same += values[i] == w->value;
  return same == w->count;
}

/* The values of each bucket. Few of a chunk are wanted, mostly none; whether any is can be asked of all at once. */
static void gather(const float *values, size_t count, scale s, wanted *list, size_t wanted_count) {
  size_t i, k, w;
  for (i = 0; i < count; i += CHUNK) {
    size_t end = count - i < CHUNK ? count - i : CHUNK;
    int buckets[CHUNK], any = 0;
    if (end == CHUNK)
      for (k = 0; k < CHUNK; k++) buckets[k] = bucket_of(values[i + k], s);
    else
      for (k = 0; k < CHUNK; k++) buckets[k] = k < end ? bucket_of(values[i + k], s) : -1;
    for (w = 0; w < wanted_count; w++)
      for (k = 0; k < CHUNK; k++) any |= -(buckets[k] == list[w].bucket);
    for (w = 0; any && w < wanted_count; w++)
      for (k = 0; list[w].values && k < end; k++)
        if (buckets[k] == list[w].bucket) list[w].values[list[w].held++] = values[i + k];
  }
}

/* Hundreds of columns are summarised in a run: counting into buckets and selecting inside the few that hold the ranks
 * takes a fraction of the time of selections from the whole. */
void ent_quantile_ranks(const float *values, size_t count, double least, double most, const size_t *ranks,
                        size_t rank_count, float *scratch, double *out) {
  uint32_t counts[BUCKETS] = {0};
  wanted list[ENT_QUANTILE_MOST_RANKS];
  size_t of[ENT_QUANTILE_MOST_RANKS], i, w, found, open = 0;
  const scale s = {(float)least, (float)((BUCKETS - 1) / (most - least))};
  for (w = 0; w < rank_count; w++) out[w] = (double)values[0];
  for (i = 1; i < count && values[i] == values[0];) i++;
  if (i == count) return; /* a constant */
  for (i = 0; i < count; i++) counts[bucket_of(values[i], s)]++;
  found = find_buckets(counts, ranks, rank_count, list, of);
  for (w = 0; w < found; w++) {
    if (is_one_value(values, count, s, &list[w])) {
      list[w].bucket = -2 - list[w].bucket; /* met by no value */
      continue;
    }
    list[w].values = scratch;
    scratch += list[w].count;
    open++;
  }
  if (open) gather(values, count, s, list, found);
  for (w = 0; w < rank_count; w++) {
    const wanted *in = &list[of[w]];
    out[w] = (double)(in->values ? gsl_stats_float_select(in->values, 1, in->count, ranks[w] - in->before) : in->value);
  }
}

void ent_quantile_three(const float *values, size_t count, double least, double most, float *scratch, double *low,
                        double *median, double *high) {
  const size_t ranks[3] = {rank_of(count, 0.05), rank_of(count, 0.5), rank_of(count, 0.95)};
  double out[3];
  ent_quantile_ranks(values, count, least, most, ranks, 3, scratch, out);
  *low = out[0];
  *median = out[1];
  *high = out[2];
}

size_t ent_quantile_rank(size_t count, double p) { return rank_of(count, p); }

double ent_quantile_student(double p, double freedom) { return gsl_cdf_tdist_Pinv(p, freedom); }
