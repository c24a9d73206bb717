/* sobol.c - see sobol.h. Comes in: dimension, range of points, seed; goes out: coordinates. Keeps nothing. */
#include "num/sobol.h"

#include <Random123/philox.h>
#include <assert.h>
#include <string.h>

#include "num/sobol_table.h"

enum { DIGITS = 32, GROUP = 16 };

/* Compiled as part of each writer below, for its processor. */
#define INLINED static inline __attribute__((always_inline))

/* A coordinate is worked on with its digits in reverse: bit 0 is worth a half. */
INLINED uint32_t reverse(uint32_t x) {
  x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
  x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
  x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
  x = (x >> 8 & 0x00ff00ff) | (x & 0x00ff00ff) << 8;
  return x >> 16 | x << 16;
}

/* The direction numbers of a dimension for points below 2^digits, reversed: number k belongs to bit k of the Gray code.
 * By the recurrence of the polynomial x^s + a_1 x^(s-1) + ... + 1 on m_k, k from 1: m_k = 2 a_1 m_(k-1) ^ 4 a_2 m_(k-2)
 * ^
 * ... ^ 2^s m_(k-s) ^ m_(k-s); the direction number is m_k / 2^k. */
static void set_directions(size_t dimension, int digits, uint32_t out[DIGITS]) {
  const unsigned polynomial = dimension ? ent_sobol_polynomial[dimension - 1] : 2;
  const uint16_t *initial = dimension ? ent_sobol_initial + ent_sobol_begin[dimension - 1] : NULL;
  uint32_t m[DIGITS];
  int degree = 0, k, j;
  while (polynomial >> (degree + 1)) degree++;
  for (k = 0; k < digits; k++) {
    if (!initial) {
      m[k] = 1;
    } else if (k < degree) {
      m[k] = initial[k];
    } else {
      m[k] = m[k - degree];
      for (j = 1; j <= degree; j++)
        if (polynomial >> (degree - j) & 1) m[k] ^= m[k - j] << j;
    }
    out[k] = reverse(m[k] << (DIGITS - 1 - k));
  }
}

static int digits_of(uint64_t end) { /* how many digits the indices below it have */
  int digits = 0;
  while (digits < DIGITS && (end - 1) >> digits) digits++;
  return digits;
}

typedef struct column { /* one dimension, ready to give points */
  uint32_t directions[DIGITS];
  uint32_t within[GROUP]; /* what the low digits of an index add, by their value */
} column;

INLINED uint32_t point_at(const column *c, uint32_t index) {
  uint32_t gray = index ^ index >> 1, x = 0;
  int k;
  for (k = 0; gray; k++, gray >>= 1)
    if (gray & 1) x ^= c->directions[k];
  return x;
}

static void set_column(size_t dimension, uint32_t first, size_t count, column *c) {
  const uint64_t end = (uint64_t)first + count;
  int digits = digits_of(end > GROUP ? end : GROUP), i;
  assert(dimension < ENT_SOBOL_MOST_DIMENSIONS && end <= (uint64_t)1 << DIGITS);
  set_directions(dimension, digits, c->directions);
  for (i = 0; i < GROUP; i++) c->within[i] = point_at(c, (uint32_t)i);
}

/* The Gray code of an index is that of its high digits joined with that of its low ones, apart from one digit that both
 * reach, so that a group is its first point and a fixed pattern. */
INLINED void set_group(const column *c, uint32_t base, uint32_t out[GROUP]) {
  const uint32_t x = point_at(c, base);
  int i;
  for (i = 0; i < GROUP; i++) out[i] = x ^ c->within[i];
}

/* Exact: from two's complement, for which processors have an instruction. */
INLINED double share_of(uint32_t x, double shift) {
  return ((double)(int32_t)(x ^ 0x80000000U) + (2147483648.0 + shift)) * (1.0 / 4294967296.0);
}

typedef struct coins {
  uint32_t add[2], times[2];
} coins;

static coins coins_of(uint64_t seed, size_t dimension) {
  philox4x32_ctr_t counter = {{(uint32_t)dimension, 0, 0, 0x5363726d}}; /* a part of the key space of its own */
  philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
  philox4x32_ctr_t word = philox4x32_R(10, counter, key);
  return (coins){{word.v[0], word.v[1]}, {word.v[2] | 1, word.v[3] | 1}};
}

/* One to one, and no bit depends on a higher one. The even constants are those of Vegdahl 2021, found by search. */
INLINED void scramble(coins c, uint32_t x[GROUP]) {
  int i;
  for (i = 0; i < GROUP; i++) {
    uint32_t y = x[i];
    y ^= y * 0x3d20adea;
    y += c.add[0];
    y *= c.times[0];
    y ^= y * 0x05526c56;
    y += c.add[1];
    y *= c.times[1];
    y ^= y * 0x53a22864;
    x[i] = y;
  }
}

/* Whole groups, of which index begins the first. */
INLINED void write_all(const column *c, const coins *scrambled, uint32_t index, size_t groups, double *out) {
  const double shift = scrambled ? 0.5 : 0;
  size_t g, i;
  for (g = 0; g < groups; g++, index += GROUP, out += GROUP) {
    uint32_t x[GROUP];
    set_group(c, index, x);
    if (scrambled) scramble(*scrambled, x);
    for (i = 0; i < GROUP; i++) out[i] = share_of(reverse(x[i]), shift);
  }
}

/* The same code, which compilers turn into wider vectors where they may; nothing in it is rounded, so that the bits are
 * the same. */
typedef void writer(const column *c, const coins *scrambled, uint32_t index, size_t groups, double *out);

static void write_plain(const column *c, const coins *scrambled, uint32_t index, size_t groups, double *out) {
  write_all(c, scrambled, index, groups, out);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2"))) static void write_avx2(const column *c, const coins *scrambled, uint32_t index,
                                                       size_t groups, double *out) {
  write_all(c, scrambled, index, groups, out);
}

static writer *best_writer(void) { return __builtin_cpu_supports("avx2") ? write_avx2 : write_plain; }
#else
static writer *best_writer(void) { return write_plain; }
#endif

static void write_column(writer *write, size_t dimension, const coins *scrambled, uint32_t first, size_t count,
                         double *out) {
  column c;
  size_t done = 0;
  if (!count) return;
  set_column(dimension, first, count, &c);
  while (done < count) {
    const uint32_t index = first + (uint32_t)done;
    const size_t skip = index % GROUP, left = count - done;
    size_t wanted = GROUP - skip;
    if (!skip && left >= GROUP) {
      wanted = left - left % GROUP;
      write(&c, scrambled, index, wanted / GROUP, out + done);
    } else {
      double held[GROUP];
      if (wanted > left) wanted = left;
      write(&c, scrambled, index - (uint32_t)skip, 1, held);
      memcpy(out + done, held + skip, wanted * sizeof *out);
    }
    done += wanted;
  }
}

void ent_sobol_column(size_t dimension, uint32_t first, size_t count, double *out) {
  write_column(best_writer(), dimension, NULL, first, count, out);
}

void ent_sobol_scrambled_column(uint64_t seed, size_t dimension, uint32_t first, size_t count, double *out) {
  const coins c = coins_of(seed, dimension);
  write_column(best_writer(), dimension, &c, first, count, out);
}

void ent_sobol_scrambled_column_plain(uint64_t seed, size_t dimension, uint32_t first, size_t count, double *out) {
  const coins c = coins_of(seed, dimension);
  write_column(write_plain, dimension, &c, first, count, out);
}
