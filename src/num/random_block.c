/* random_block.c - see random_block.h. Comes in: seed, quantity, range of draws; goes out: numbers. Keeps nothing.
 *
 * Draw i of a block is word i / COUNTERS of counter i % COUNTERS, so that the words of neighbouring counters, which are
 * computed side by side, are written side by side. */
#include "num/random_block.h"

#include <Random123/philox.h>
#include <string.h>

enum { COUNTERS = ENT_RANDOM_BLOCK / 4, ROUNDS = 10 };

static double uniform_of(uint32_t word) { return ((double)word + 0.5) * 0x1p-32; }

static void plain(uint64_t seed, uint64_t quantity, uint32_t first, size_t blocks, double *out) {
  const philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
  size_t block, i, w;
  for (block = 0; block < blocks; block++)
    for (i = 0; i < COUNTERS; i++) {
      uint32_t index = (first + (uint32_t)block) * COUNTERS + (uint32_t)i;
      philox4x32_ctr_t counter = {{index, 0, (uint32_t)quantity, (uint32_t)(quantity >> 32)}};
      counter = philox4x32_R(ROUNDS, counter, key);
      for (w = 0; w < 4; w++) out[block * ENT_RANDOM_BLOCK + w * COUNTERS + i] = uniform_of(counter.v[w]);
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define WAY with_avx2
#define FEATURES "avx2"
#define VECTOR __m256i
#define REALS __m256d
#define LANES 4
#define MULTIPLY _mm256_mul_epu32
#define SHIFT _mm256_srli_epi64
#define XOR _mm256_xor_si256
#define AND _mm256_and_si256
#define OR _mm256_or_si256
#define ALL _mm256_set1_epi64x
#define REAL _mm256_castsi256_pd
#define SUBTRACT(x, y) _mm256_sub_pd(x, _mm256_set1_pd(y))
#define SCALE(x, y) _mm256_mul_pd(x, _mm256_set1_pd(y))
#define STORE _mm256_storeu_pd
#include "num/random_lanes.h"
#undef WAY
#undef FEATURES
#undef VECTOR
#undef REALS
#undef LANES
#undef MULTIPLY
#undef SHIFT
#undef XOR
#undef AND
#undef OR
#undef ALL
#undef REAL
#undef SUBTRACT
#undef SCALE
#undef STORE

#define WAY with_avx512
#define FEATURES "avx512f"
#define VECTOR __m512i
#define REALS __m512d
#define LANES 8
#define MULTIPLY _mm512_mul_epu32
#define SHIFT _mm512_srli_epi64
#define XOR _mm512_xor_si512
#define AND _mm512_and_si512
#define OR _mm512_or_si512
#define ALL _mm512_set1_epi64
#define REAL _mm512_castsi512_pd
#define SUBTRACT(x, y) _mm512_sub_pd(x, _mm512_set1_pd(y))
#define SCALE(x, y) _mm512_mul_pd(x, _mm512_set1_pd(y))
#define STORE _mm512_storeu_pd
#include "num/random_lanes.h"

size_t ent_random_ways(ent_random_way *out[ENT_RANDOM_MOST_WAYS]) {
  size_t count = 0;
  out[count++] = plain;
  if (__builtin_cpu_supports("avx2")) out[count++] = with_avx2;
  if (__builtin_cpu_supports("avx512f")) out[count++] = with_avx512;
  return count;
}
#else
size_t ent_random_ways(ent_random_way *out[ENT_RANDOM_MOST_WAYS]) {
  out[0] = plain;
  return 1;
}
#endif

void ent_random_block(uint64_t seed, uint64_t quantity, uint32_t first, size_t count, double *out) {
  ent_random_way *ways[ENT_RANDOM_MOST_WAYS];
  ent_random_way *way = ways[ent_random_ways(ways) - 1];
  size_t done = 0;
  while (done < count) {
    uint32_t at = first + (uint32_t)done, block = at / ENT_RANDOM_BLOCK;
    size_t skip = at % ENT_RANDOM_BLOCK, left = count - done, wanted = ENT_RANDOM_BLOCK - skip;
    if (!skip && left >= ENT_RANDOM_BLOCK) {
      wanted = left - left % ENT_RANDOM_BLOCK;
      way(seed, quantity, block, wanted / ENT_RANDOM_BLOCK, out + done);
    } else {
      double held[ENT_RANDOM_BLOCK];
      if (wanted > left) wanted = left;
      way(seed, quantity, block, 1, held);
      memcpy(out + done, held + skip, wanted * sizeof *out);
    }
    done += wanted;
  }
}
