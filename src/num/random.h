/* random.h - counter-based random numbers (Random123, Philox 2x64 with 10 rounds).
 *
 * A number is a pure function of (seed, quantity, draw): key = seed, counter = (half the draw, quantity), of
 * whose two words each draw takes one. No state, so neither the order of calls nor the number of threads nor an
 * unrelated quantity changes it. Reference: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2,
 * 3, SC '11. */
#ifndef ENT_NUM_RANDOM_H
#define ENT_NUM_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Uniform on (0,1), 53 bits, for draws first to first + count - 1 of one quantity. */
void ent_random_uniform(uint64_t seed, uint64_t quantity, uint32_t first, size_t count, double *out);

#endif
