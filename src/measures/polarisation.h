/* polarisation.h - how far the actors of one place lie apart. */
#ifndef ENT_MEASURES_POLARISATION_H
#define ENT_MEASURES_POLARISATION_H

#include <stddef.h>

/* Dalton's index of polarisation (R. J. Dalton 2008, Comparative Political Studies 41:899, p. 906), divided by ten:
 *   sqrt(sum p_i ((x_i - mean) / half_range)^2), mean = sum p_i x_i, p_i = weight_i / sum of weights.
 * values: count positions on a scale whose half-range (not that of the observed values) is half_range > 0; weights:
 * non-negative shares. 0: all in one place; 1: two equal blocs at opposite ends. NaN for fewer than two actors with
 * weight: one actor is not a split. */
double ent_polarisation_dalton(const double *values, const double *weights, size_t count, double half_range);

#endif
