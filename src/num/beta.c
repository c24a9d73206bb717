/* beta.c - see beta.h. */
#include "num/beta.h"

#include <gsl/gsl_cdf.h>

double ent_beta_quantile(double a, double b, double p) {
  double low = 0, high = 1;
  int i;
  for (i = 0; i < 53; i++) {
    const double middle = low + (high - low) / 2;
    if (gsl_cdf_beta_P(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
