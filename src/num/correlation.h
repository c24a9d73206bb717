/* correlation.h - how far two columns of numbers go together. */
#ifndef ENT_NUM_CORRELATION_H
#define ENT_NUM_CORRELATION_H

#include <stddef.h>

/* All take count pairs without NaN and give -1 to 1; NaN for fewer than two pairs, or where a column does not vary. */

/* Pearson's product-moment correlation, by GSL. O(n). */
double ent_correlation_pearson(const double *x, const double *y, size_t count);

/* Spearman's: Pearson's of mid-ranks, by GSL. scratch: 2 x count. O(n log n). */
double ent_correlation_spearman(const double *x, const double *y, size_t count, double *scratch);

/* Kendall's tau-b: (concordant - discordant) / sqrt((pairs - pairs tied in x) (pairs - pairs tied in y)), Kendall 1945,
 * Biometrika 33:239; by Knight's algorithm (1966, JASA 61:436). scratch: 3 x count. O(n log n). */
double ent_correlation_kendall(const double *x, const double *y, size_t count, double *scratch);

#endif
