/* polarisation.c - see polarisation.h. Pure; keeps nothing. */
#include "measures/polarisation.h"

#include <math.h>

double ent_polarisation_dalton(const double *values, const double *weights, size_t count, double half_range) {
  double total = 0, mean = 0, spread = 0;
  size_t i, actors = 0;
  for (i = 0; i < count; i++)
    if (weights[i] > 0) total += weights[i], mean += weights[i] * values[i], actors++;
  if (actors < 2) return NAN;
  mean /= total;
  for (i = 0; i < count; i++) {
    double away = (values[i] - mean) / half_range;
    if (weights[i] > 0) spread += weights[i] / total * away * away;
  }
  return sqrt(spread);
}
