/* random_block.h - many cheap uniform numbers: Philox 4x32 with 10 rounds, worked on in blocks of counters.
 *
 * As random.h, a number is a pure function of (seed, quantity, draw), so no order of calls, no block and no number of
 * threads changes it; the numbers are others than those of ent_random_uniform, and have 32 bits instead of 53: enough
 * to sample a value or a weight (quantile_table.h takes them as they are), too few where tails beyond 2^-33 matter.
 * Reference: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC '11. */
#ifndef ENT_NUM_RANDOM_BLOCK_H
#define ENT_NUM_RANDOM_BLOCK_H

#include <stddef.h>
#include <stdint.h>

/* Draws that are computed together: a call whose first is a multiple of it, and whose count too, wastes nothing. */
enum { ENT_RANDOM_BLOCK = 64 };

/* Uniform on (0,1), the middles of 2^32 equal cells: 2^-33 to 1 - 2^-33, for draws first to first + count - 1 of one
 * quantity; first + count at most 2^32. Per number some 1 to 6 cycles, by what the processor has. */
void ent_random_block(uint64_t seed, uint64_t quantity, uint32_t first, size_t count, double *out);

/* How blocks are computed: blocks of ENT_RANDOM_BLOCK draws from block first on. The ways that this machine can go, the
 * plain one first, the fastest last; how many. All give the same bits; ent_random_block takes the last. For tests. */
typedef void ent_random_way(uint64_t seed, uint64_t quantity, uint32_t first, size_t blocks, double *out);
enum { ENT_RANDOM_MOST_WAYS = 3 };
size_t ent_random_ways(ent_random_way *out[ENT_RANDOM_MOST_WAYS]);

#endif
