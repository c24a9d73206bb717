/* coherence.h - whether parts of a composite belong together, and how much each counts: on plain columns. */
#ifndef ENT_COMPOSITE_COHERENCE_H
#define ENT_COMPOSITE_COHERENCE_H

#include <stddef.h>

/* Cronbach's alpha (L. J. Cronbach 1951, Psychometrika 16:297): k / (k - 1) (1 - sum of the items' variances / variance
 * of their sum). columns: k items, each of count values; over the rows without NaN. At most 1; NaN for fewer than two
 * items, fewer than least such rows, or a sum that does not vary. */
double ent_coherence_alpha(const double *const *columns, size_t items, size_t count, size_t least);

/* Squared correlation ratio V(E(y | x)) / V(y), 0 to 1, of count pairs without NaN: E(y | x) by local linear regression
 * with a Gaussian kernel, whose bandwidth is the one of a row (a straight line, and n^(-1/5) standard deviations of x
 * times 4 to 1/4) with the least leave-one-out error. After Paruolo, Saisana & Saltelli 2013, Ratings and rankings:
 * voodoo or science?, JRSS A 176:609, section 4. NaN where x or y does not vary. scratch: 2 x count. O(n^2). */
double ent_coherence_ratio(const double *x, const double *y, size_t count, double *scratch);

#endif
