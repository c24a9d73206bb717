/* gamma.c - see gamma.h; by the distribution function of GSL. */
#include "num/gamma.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double LEAST = 1e-100, LARGE = 1000;

/* By halving in the logarithm: GSL's own search does not end for every shape. */
static double by_halves(double shape, double p) {
  double low = log(LEAST), high = log(shape + 40 * sqrt(shape) + 40);
  int i;
  for (i = 0; i < 60; i++) {
    double middle = (low + high) / 2;
    if (gsl_cdf_gamma_P(exp(middle), shape, 1) < p) low = middle;
    else high = middle;
  }
  return exp(low);
}

double ent_gamma_quantile(double shape, double p) {
  double root;
  if (shape <= LARGE) return by_halves(shape, p);
  root = 1 - 1 / (9 * shape) + gsl_cdf_ugaussian_Pinv(p) / (3 * sqrt(shape));
  return shape * root * root * root;
}
