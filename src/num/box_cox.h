/* box_cox.h - the power that makes values most like a normal sample. */
#ifndef ENT_NUM_BOX_COX_H
#define ENT_NUM_BOX_COX_H

#include <stddef.h>

/* The lambda from -5 to 5 of the largest profile likelihood of (x^lambda - 1) / lambda (Box & Cox 1964, An analysis of
 * transformations, Journal of the Royal Statistical Society B 26:211, eq. 8), to 1e-8: the best of a grid of a quarter,
 * then Brent's method between its neighbours. Of the natural logarithms of count > 1 values, not all alike; they are
 * left as deviations from their mean. The unit of measurement of x does not matter. */
double ent_box_cox_lambda(double *logarithms, size_t count);

#endif
