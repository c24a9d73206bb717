/* triangular.h - quantiles of triangular distributions. */
#ifndef ENT_NUM_TRIANGULAR_H
#define ENT_NUM_TRIANGULAR_H

#include <stddef.h>

/* Turns count numbers u from 0 to 1 into values between low and high (low < high), mode in between: low + sqrt(u (high
 * - low) (mode - low)) up to the mode, high - sqrt((1 - u) (high - low) (high - mode)) beyond. In place; about a
 * nanosecond each. */
void ent_triangular_quantiles(double low, double mode, double high, double *numbers, size_t count);

/* How that is computed: the ways that this machine can go, the plain one first; how many. All give the same bits;
 * ent_triangular_quantiles takes the last. For tests. */
typedef void ent_triangular_way(double low, double mode, double high, double *numbers, size_t count);
enum { ENT_TRIANGULAR_MOST_WAYS = 3 };
size_t ent_triangular_ways(ent_triangular_way *out[ENT_TRIANGULAR_MOST_WAYS]);

#endif
