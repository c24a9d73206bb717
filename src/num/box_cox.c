/* box_cox.c - see box_cox.h; Brent's method by GSL. */
#include "num/box_cox.h"

#include <float.h>
#include <gsl/gsl_min.h>
#include <math.h>

typedef struct sample {
  const double *deviation; /* of logarithms from their mean */
  size_t count;
} sample;

/* In units of the geometric mean the largest likelihood is the least variance. The mean is subtracted before squaring;
 * what overflows is no candidate. */
static double variance(double lambda, void *of) {
  const sample *in = of;
  double mean = 0, squares = 0, n = (double)in->count;
  size_t k;
  for (k = 0; k < in->count; k++)
    mean += (fabs(lambda) > 1e-10 ? expm1(lambda * in->deviation[k]) / lambda : in->deviation[k]) / n;
  if (!isfinite(mean)) return DBL_MAX;
  for (k = 0; k < in->count; k++) {
    double d = (fabs(lambda) > 1e-10 ? expm1(lambda * in->deviation[k]) / lambda : in->deviation[k]) - mean;
    squares += d * d;
  }
  return squares > 0 && isfinite(squares) ? log(squares) : DBL_MAX;
}

enum { HALF = 20, MOST_STEPS = 100 };

/* The minimiser stands here, not on the heap, whose shortage GSL answers by ending the program. */
static double refine(gsl_function *of, double lambda, double step, const double *around) {
  double state[32] = {0};
  gsl_min_fminimizer minimiser = {.type = gsl_min_fminimizer_brent, .state = state};
  int k;
  if (minimiser.type->size > sizeof state || !(around[1] < around[0] && around[1] < around[2])) return lambda;
  gsl_min_fminimizer_set_with_values(&minimiser, of, lambda, around[1], lambda - step, around[0], lambda + step,
                                     around[2]);
  for (k = 0; k < MOST_STEPS && minimiser.x_upper - minimiser.x_lower > 1e-8; k++)
    if (gsl_min_fminimizer_iterate(&minimiser)) break;
  return minimiser.x_minimum;
}

double ent_box_cox_lambda(double *logarithms, size_t count) {
  sample in = {logarithms, count};
  gsl_function of = {.function = variance, .params = &in};
  double grid[2 * HALF + 1], mean = 0;
  size_t k, best = HALF;
  for (k = 0; k < count; k++) mean += logarithms[k] / (double)count;
  for (k = 0; k < count; k++) logarithms[k] -= mean;
  for (k = 0; k <= (size_t)2 * HALF; k++) grid[k] = variance(((double)k - HALF) / 4, &in);
  for (k = 0; k <= (size_t)2 * HALF; k++)
    if (grid[k] < grid[best]) best = k;
  if (best == 0 || best == (size_t)2 * HALF) return ((double)best - HALF) / 4;
  return refine(&of, ((double)best - HALF) / 4, 0.25, grid + best - 1);
}
