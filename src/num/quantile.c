/* quantile.c - see quantile.h; selection by GSL. */
#include "num/quantile.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

double ent_quantile(double *values, size_t count, double p) {
  double rank = ceil(p * (double)count);
  size_t k = rank < 1 ? 0 : (size_t)rank - 1;
  if (k >= count) k = count - 1;
  return gsl_stats_select(values, 1, count, k);
}
