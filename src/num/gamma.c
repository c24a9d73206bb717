/* gamma.c - see gamma.h; by GSL, and for large shapes, where its search does not end, by Wilson & Hilferty 1931. */
#include "num/gamma.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double LEAST = 1e-100, LARGE = 1000;

double ent_gamma_quantile(double shape, double p) {
  double x, root;
  if (shape > LARGE) {
    root = 1 - 1 / (9 * shape) + gsl_cdf_ugaussian_Pinv(p) / (3 * sqrt(shape));
    x = shape * root * root * root;
  } else {
    x = gsl_cdf_gamma_Pinv(p, shape, 1);
  }
  return x > LEAST ? x : LEAST;
}
