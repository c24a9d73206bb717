/* agreement.h - agreement of coders. */
#ifndef ENT_MEASURES_AGREEMENT_H
#define ENT_MEASURES_AGREEMENT_H

#include <stddef.h>
#include <stdint.h>

typedef enum ent_measurement { ENT_MEASURED_NOMINAL, ENT_MEASURED_ORDINAL, ENT_MEASURED_INTERVAL } ent_measurement;

/* The level that a value counts as: the nearest one. levels: the count values that a scale allows, rising (at most 64).
 */
size_t ent_agreement_level(double value, const double *levels, size_t level_count);

/* Krippendorff's alpha (K. Krippendorff, Content Analysis, 4th ed. 2019, ch. 12): 1 - observed / expected
 * disagreement, over the units that two or more coders coded. codings: the level that each coder gave, unit by unit;
 * first: the position where each unit's codings begin, and, at units, where the last one's end. weights: how often each
 * unit counts (a bootstrap's multiplicities), NULL: once. 1 is agreement, 0 what chance would give, below 0 less. NaN:
 * no variation, or nothing coded twice. *pairable, if not NULL: units coded by two or more. Takes time in proportion to
 * codings and units, however many coders there are. */
double ent_agreement_alpha(const unsigned char *codings, const size_t *first, size_t units, const double *levels,
                           size_t level_count, ent_measurement measurement, const unsigned *weights, size_t *pairable);

/* The 5th and 95th percentile of alpha over resamples (bootstrap of units, seeded); NaN where alpha is. scratch: units
 * unsigneds and resamples doubles. Resamples without variation are left out. */
void ent_agreement_interval(const unsigned char *codings, const size_t *first, size_t units, const double *levels,
                            size_t level_count, ent_measurement measurement, uint64_t seed, size_t resamples,
                            unsigned *unit_scratch, double *alpha_scratch, double *low, double *high);

#endif
