/* normal.c - see normal.h. */
#include "num/normal.h"

#include <gsl/gsl_cdf.h>

double ent_normal_below(double z) { return gsl_cdf_ugaussian_P(z); }

double ent_normal_quantile(double p) { return gsl_cdf_ugaussian_Pinv(p); }
