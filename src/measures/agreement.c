/* agreement.c - see agreement.h. Pure; keeps nothing. */
#include "measures/agreement.h"

#include <math.h>

#include "base/hash.h"
#include "num/quantile.h"
#include "num/random.h"

#define MOST_LEVELS 64

static size_t level_of(double value, const double *levels, size_t count) {
  size_t i, best = 0;
  for (i = 1; i < count; i++)
    if (fabs(value - levels[i]) < fabs(value - levels[best])) best = i;
  return best;
}

/* Squared difference of two levels; the ordinal one counts the values that lie between them. */
static double difference(const double *margin, const double *levels, size_t a, size_t b, ent_measurement measurement) {
  double sum = 0;
  size_t g;
  if (a == b) return 0;
  if (measurement == ENT_MEASURED_NOMINAL) return 1;
  if (measurement == ENT_MEASURED_INTERVAL) return (levels[a] - levels[b]) * (levels[a] - levels[b]);
  for (g = a < b ? a : b; g <= (a < b ? b : a); g++) sum += margin[g];
  sum -= (margin[a] + margin[b]) / 2;
  return sum * sum;
}

double ent_agreement_alpha(const double *values, size_t units, size_t coders, const double *levels, size_t level_count,
                           ent_measurement measurement, const unsigned *weights, size_t *pairable) {
  double coincidence[MOST_LEVELS][MOST_LEVELS] = {{0}}, margin[MOST_LEVELS] = {0};
  double total = 0, observed = 0, expected = 0;
  size_t u, i, j, a, b, paired = 0;
  if (level_count > MOST_LEVELS) return NAN;
  for (u = 0; u < units; u++) {
    double times = weights ? weights[u] : 1;
    size_t coded = 0;
    for (i = 0; i < coders; i++) coded += !isnan(values[u * coders + i]);
    if (coded < 2) continue;
    paired++;
    for (i = 0; i < coders; i++)
      for (j = 0; j < coders; j++) {
        if (i == j || isnan(values[u * coders + i]) || isnan(values[u * coders + j])) continue;
        a = level_of(values[u * coders + i], levels, level_count);
        b = level_of(values[u * coders + j], levels, level_count);
        coincidence[a][b] += times / (double)(coded - 1);
      }
  }
  if (pairable) *pairable = paired;
  for (a = 0; a < level_count; a++)
    for (b = 0; b < level_count; b++) margin[a] += coincidence[a][b], total += coincidence[a][b];
  for (a = 0; a < level_count; a++)
    for (b = 0; b < level_count; b++) {
      double d = difference(margin, levels, a, b, measurement);
      observed += coincidence[a][b] * d;
      expected += margin[a] * margin[b] * d;
    }
  if (!(expected > 0) || total <= 1) return NAN;
  return 1 - (total - 1) * observed / expected;
}

void ent_agreement_interval(const double *values, size_t units, size_t coders, const double *levels, size_t level_count,
                            ent_measurement measurement, uint64_t seed, size_t resamples, unsigned *unit_scratch,
                            double *alpha_scratch, double *low, double *high) {
  uint64_t quantity = ent_key_of("agreement:bootstrap", NULL);
  size_t r, u, kept = 0;
  *low = *high = NAN;
  for (r = 0; r < resamples; r++) {
    double alpha;
    for (u = 0; u < units; u++) unit_scratch[u] = 0;
    for (u = 0; u < units; u++) {
      double uniform;
      ent_random_uniform(seed, quantity + u, (uint32_t)r, 1, &uniform);
      unit_scratch[(size_t)(uniform * (double)units)]++;
    }
    alpha = ent_agreement_alpha(values, units, coders, levels, level_count, measurement, unit_scratch, NULL);
    if (!isnan(alpha)) alpha_scratch[kept++] = alpha;
  }
  if (!kept) return;
  *low = ent_quantile(alpha_scratch, kept, 0.05);
  *high = ent_quantile(alpha_scratch, kept, 0.95);
}
