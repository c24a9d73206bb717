/* agreement.c - see agreement.h. Pure; keeps nothing. */
#include "measures/agreement.h"

#include <math.h>

#include "base/hash.h"
#include "num/quantile.h"
#include "num/random.h"

#define MOST_LEVELS 64

size_t ent_agreement_level(double value, const double *levels, size_t level_count) {
  size_t i, best = 0;
  for (i = 1; i < level_count; i++)
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

/* Adds a unit's pairs of codings by different coders. Coders are interchangeable, so that counts of levels do. */
static void add_unit(const unsigned char *codings, size_t count, double times,
                     double coincidence[MOST_LEVELS][MOST_LEVELS]) {
  double counts[MOST_LEVELS] = {0};
  unsigned char present[MOST_LEVELS];
  size_t i, a, b, found = 0;
  for (i = 0; i < count; i++)
    if (counts[codings[i]]++ == 0) present[found++] = codings[i];
  for (a = 0; a < found; a++)
    for (b = 0; b < found; b++) {
      double pairs = counts[present[a]] * (counts[present[b]] - (a == b));
      coincidence[present[a]][present[b]] += pairs * times / (double)(count - 1);
    }
}

double ent_agreement_alpha(const unsigned char *codings, const size_t *first, size_t units, const double *levels,
                           size_t level_count, ent_measurement measurement, const unsigned *weights, size_t *pairable) {
  double coincidence[MOST_LEVELS][MOST_LEVELS] = {{0}}, margin[MOST_LEVELS] = {0};
  double total = 0, observed = 0, expected = 0;
  size_t u, a, b, paired = 0;
  if (level_count > MOST_LEVELS) return NAN;
  for (u = 0; u < units; u++) {
    double times = weights ? weights[u] : 1;
    if (first[u + 1] - first[u] < 2) continue;
    paired++;
    if (times > 0) add_unit(codings + first[u], first[u + 1] - first[u], times, coincidence);
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

void ent_agreement_interval(const unsigned char *codings, const size_t *first, size_t units, const double *levels,
                            size_t level_count, ent_measurement measurement, uint64_t seed, size_t resamples,
                            unsigned *unit_scratch, double *alpha_scratch, double *low, double *high) {
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
    alpha = ent_agreement_alpha(codings, first, units, levels, level_count, measurement, unit_scratch, NULL);
    if (!isnan(alpha)) alpha_scratch[kept++] = alpha;
  }
  if (!kept) return;
  *low = ent_quantile(alpha_scratch, kept, 0.05);
  *high = ent_quantile(alpha_scratch, kept, 0.95);
}
