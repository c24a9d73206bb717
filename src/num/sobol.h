/* sobol.h - points of the Sobol sequence, plain and scrambled, column by column.
 *
 * The sequence (Sobol 1967) in Gray code order (Antonov & Saleev 1979) with the direction numbers of Joe & Kuo 2008
 * (SIAM J. Sci. Comput. 30:2635), which have property A and good two-dimensional projections; the first point, zero, is
 * kept. The first 2^m points are a (t,m,s)-net: use a power of two of them.
 *
 * Scrambling is Owen's nested uniform one (1995, Randomly permuted (t,m,s)-nets and (t,s)-sequences): each digit of a
 * coordinate is flipped or not by a coin that belongs to all digits before it. The coins come from a hash that carries
 * only upwards, on the digits in reverse (Laine & Karras 2011, Stratified sampling for stochastic transparency; Burley
 * 2020, Practical hash-based Owen scrambling, JCGT 9(4)), here with four random words for each dimension, since with
 * the published single one the coins of the first digits depend on each other. A scrambled point is uniform; a
 * scrambled set keeps what the plain one has in every elementary interval; sets of different seeds are independent.
 * Their variance is what the intervals of indices.h rest on.
 *
 * A coordinate is a pure function of (seed, dimension, index): no state, any block at any time. 32 digits. */
#ifndef ENT_NUM_SOBOL_H
#define ENT_NUM_SOBOL_H

#include <stddef.h>
#include <stdint.h>

enum { ENT_SOBOL_MOST_DIMENSIONS = 3667 };

/* Coordinate dimension (from 0, below ENT_SOBOL_MOST_DIMENSIONS) of points first to first + count - 1 (first + count at
 * most 2^32), in [0,1): multiples of 2^-32, 0 among them. */
void ent_sobol_column(size_t dimension, uint32_t first, size_t count, double *out);

/* Likewise, scrambled by seed, in (0,1): middles of the 2^32 cells. The cost is that of a hundred numbers for a call
 * and then some 3 to 8 cycles for a number, by what the processor has: ask for a few hundred at a time. */
void ent_sobol_scrambled_column(uint64_t seed, size_t dimension, uint32_t first, size_t count, double *out);

/* The same bits without what only some processors have. For tests. */
void ent_sobol_scrambled_column_plain(uint64_t seed, size_t dimension, uint32_t first, size_t count, double *out);

#endif
