/* gamma.h - quantiles of the gamma distribution, one at a time; quantile_table.h has many of one shape. */
#ifndef ENT_NUM_GAMMA_H
#define ENT_NUM_GAMMA_H

/* The p-quantile of Gamma(shape, 1), shape > 0, 0 < p < 1, at least 1e-100: a weight of nothing divides badly. For
 * shapes above 1,000 the approximation of Wilson & Hilferty 1931 (PNAS 17:684), whose error is below 1e-5 of the value
 * there between the first and the last millionth. Some ten microseconds. */
double ent_gamma_quantile(double shape, double p);

#endif
