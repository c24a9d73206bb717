/* quantile.h - order statistics of draws, and the quantile that intervals of a mean need. */
#ifndef ENT_NUM_QUANTILE_H
#define ENT_NUM_QUANTILE_H

#include <stddef.h>

/* The p-quantile by nearest rank, the ceil(p n)-th smallest of count > 0 values without NaN, 0 <= p <= 1: always one
 * of the values, so that no interpolation rule is in question. Reorders values. O(n). */
double ent_quantile(double *values, size_t count, double p);

/* Its rank, counted from 0. */
size_t ent_quantile_rank(size_t count, double p);

enum { ENT_QUANTILE_SLACK = 3, ENT_QUANTILE_MOST_RANKS = 8 };

/* The values of up to ENT_QUANTILE_MOST_RANKS rising ranks, counted from 0, of count > 0 values; values stay as they
 * are. What is no number stands anywhere. scratch holds count + ENT_QUANTILE_SLACK floats. O(count), three reads of the
 * values. */
void ent_quantile_ranks(const float *values, size_t count, const size_t *ranks, size_t rank_count, float *scratch,
                        double *out);

/* The 5th, 50th and 95th percentile by the rule of ent_quantile. */
void ent_quantile_three(const float *values, size_t count, float *scratch, double *low, double *median, double *high);

/* The p-quantile, 0 < p < 1, of Student's distribution with freedom > 0 degrees of freedom: for intervals of a mean. */
double ent_quantile_student(double p, double freedom);

#endif
