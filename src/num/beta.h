/* beta.h - quantiles of the beta distribution. */
#ifndef ENT_NUM_BETA_H
#define ENT_NUM_BETA_H

/* The p-quantile of Beta(a, b), a and b > 0, 0 <= p <= 1: by halving on GSL's distribution function, which always comes
 * to an end; to 2^-53. Some microseconds. */
double ent_beta_quantile(double a, double b, double p);

#endif
