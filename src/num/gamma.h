/* gamma.h - quantiles of the gamma distribution. */
#ifndef ENT_NUM_GAMMA_H
#define ENT_NUM_GAMMA_H

/* The p-quantile of Gamma(shape, 1), shape > 0, 0 < p < 1, at least 1e-100: a weight of nothing divides badly. */
double ent_gamma_quantile(double shape, double p);

#endif
