/* normal.h - the standard normal distribution. */
#ifndef ENT_NUM_NORMAL_H
#define ENT_NUM_NORMAL_H

/* The probability of a value below z. */
double ent_normal_below(double z);
/* The value below which a value lies with probability p, 0 < p < 1. */
double ent_normal_quantile(double p);

#endif
