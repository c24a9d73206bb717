/* acceptability.h - how often each unit holds each rank over draws: stochastic multicriteria acceptability analysis.
 *
 * Lahdelma, Hokkanen & Salminen 1998, SMAA, European Journal of Operational Research 106:137; Lahdelma & Salminen 2001,
 * SMAA-2, Operations Research 49:444. A draw gives each unit a score, the more the better. Units that tie share their
 * ranks alike: two that tie for the first take half of the first and half of the second rank each, so that the rows and
 * the columns of rank acceptability sum to 1.
 *
 * Counts are whole numbers, and sums of whole numbers do not hang on their order: draws can be counted by any number of
 * threads, each with its own counts, and merged in any order to the same bytes. Missing: a unit whose score is NaN has
 * no rank in that draw, and the others rank without it. */
#ifndef ENT_COMPOSITE_ACCEPTABILITY_H
#define ENT_COMPOSITE_ACCEPTABILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* What one draw counts: a multiple of 1 to 28, so that a rank shared by up to 28 units is shared without a rest;
 * beyond, the rest is spread such that rows and columns still sum to it. 10^7 draws fit into 64 bits. */
#define ENT_ACCEPTABILITY_WHOLE ((uint64_t)80313433200)

enum { ENT_ACCEPTABILITY_MOST_UNITS = 4096, ENT_ACCEPTABILITY_MOST_DRAWS = 10000000 };

/* A unit by its score: how ranks are found. */
typedef struct ent_acceptability_place {
  uint64_t key; /* falls as the score rises */
  uint32_t unit;
} ent_acceptability_place;

/* The best and the worst of the ranks that each unit shares, 1 is the best: unit u holds first[u] to last[u] together
 * with all that score the same. Both 0 where the score is NaN. -0 and 0 are the same score. scratch: 2 x units.
 * O(n log n). Leaves in scratch, in order, the units that have a rank, and returns how many. */
size_t ent_acceptability_rank(const double *score, size_t unit_count, ent_acceptability_place *scratch, uint32_t *first,
                              uint32_t *last);

/* How far ranks have moved from those before: the mean over the units that have both of |rank - rank before|, 0 or
 * more; NaN where there is none. All four: units, as ent_acceptability_rank gives them. */
double ent_acceptability_shift(const uint32_t *first, const uint32_t *last, const uint32_t *first_before,
                               const uint32_t *last_before, size_t unit_count);

/* What the draws so far counted. */
typedef struct ent_acceptability {
  size_t unit_count, weight_count;
  uint64_t *rank;   /* units x units: of each draw, ENT_ACCEPTABILITY_WHOLE divided over the ranks that it holds; NULL:
                       not counted */
  uint64_t *above;  /* units x units: 2 for a draw in which the row scores above the column, 1 for a tie; or NULL */
  uint64_t *top;    /* units: as the first column of rank */
  uint64_t *weight; /* units x weights: of draws in which it is first, in 2^-40; NULL where there are no weights */
  uint32_t *ranked; /* units: draws in which it has a rank */
  uint32_t draws;
  /* scratch */
  ent_acceptability_place *place;
  uint32_t *first, *last;
  uint16_t *held;     /* units x ENT_ACCEPTABILITY_HELD: first ranks whose pairs are still to be counted */
  unsigned char *gap; /* units: a rank is missing among those held */
  size_t held_count;
} ent_acceptability;

enum { ENT_ACCEPTABILITY_HELD = 256 };

/* Begins with no draw. weight_count: the length of a vector of weights, 0: none are kept. matrix, pairs: whether rank
 * acceptability (units x units), or the pairs are counted. Memory from the arena. false: a matrix of more
 * than ENT_ACCEPTABILITY_MOST_UNITS, or memory is short. */
bool ent_acceptability_init(ent_acceptability *counts, ent_arena *arena, size_t unit_count, size_t weight_count,
                            bool matrix, bool pairs);

/* Counts one draw: the score of each unit, and the weights (each 0 to 1) that made it, NULL where none are kept. At
 * most ENT_ACCEPTABILITY_MOST_DRAWS draws may be counted and merged in all. O(n log n), with pairs O(n^2). */
void ent_acceptability_add(ent_acceptability *counts, const double *score, const double *weight);
/* Adds what another one of the same shape counted. */
void ent_acceptability_merge(ent_acceptability *counts, ent_acceptability *other);

/* Rank acceptability, units x units: the share of draws in which unit i has rank r + 1, 0 to 1. The row of a unit that
 * had a score in some draws alone sums to their share; of one that never had one it is NaN. */
void ent_acceptability_shares(const ent_acceptability *counts, double *out);
/* Pairwise probability, units x units: the share of the draws in which both have a score where i scores above j, ties a
 * half; [i][j] + [j][i] = 1, [i][i] = 1/2. NaN: never both. */
void ent_acceptability_pairs(ent_acceptability *counts, double *out);
/* Central weights, units x weights: the mean weights of the draws in which the unit is first, a draw in which k tie for
 * the first counting 1/k for each. NaN: never first. To 1e-11. */
void ent_acceptability_central(const ent_acceptability *counts, double *out);

/* What one draw counts toward the first rank of one unit: ENT_ACCEPTABILITY_WHOLE, shared among those that tie for it;
 * 0 where another scores more or it has no score. Summed over draws of the values under the unit's central weights and
 * divided by ENT_ACCEPTABILITY_WHOLE x draws it is the confidence factor. */
uint64_t ent_acceptability_first(const double *score, size_t unit_count, size_t unit);

#endif
