/* quantile.c - see quantile.h; selection by GSL. */
#include "num/quantile.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

static size_t rank_of(size_t count, double p) {
  double rank = ceil(p * (double)count);
  size_t k = rank < 1 ? 0 : (size_t)rank - 1;
  return k < count ? k : count - 1;
}

double ent_quantile(double *values, size_t count, double p) {
  return gsl_stats_select(values, 1, count, rank_of(count, p));
}

void ent_quantile_three(double *values, size_t count, double *low, double *median, double *high) {
  size_t l = rank_of(count, 0.05), m = rank_of(count, 0.5), h = rank_of(count, 0.95);
  *median = gsl_stats_select(values, 1, count, m);
  *low = gsl_stats_select(values, 1, m + 1, l);
  *high = gsl_stats_select(values + m, 1, count - m, h - m);
}
