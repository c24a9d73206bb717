/* elementary.h - logarithm and exponential for loops that a compiler can turn into vectors: no branch, no call, no
 * table; the same bits with vectors of any width, and on every machine.
 *
 * Both follow the argument reductions of fdlibm (Sun Microsystems 1993, e_log.c, e_exp.c). Errors are below 1.5 units
 * in the last place over the stated ranges; tests hold them to the C library's. */
#ifndef ENT_NUM_ELEMENTARY_H
#define ENT_NUM_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

static inline uint64_t ent_bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double ent_double_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* ln x, x > 0 and normal (2^-1022 or more). With x = 2^k m, m between sqrt(1/2) and sqrt(2): k ln 2 + ln m; the latter
 * by s = (m - 1) / (m + 1). */
static inline double ent_log(double x) {
  const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  uint64_t bits = ent_bits_of(x), shifted = bits + (UINT64_C(0x3ff0000000000000) - UINT64_C(0x3fe6a09e667f3bcd));
  double k = ent_double_of((shifted >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023);
  double m = ent_double_of(bits - ((shifted & UINT64_C(0xfff0000000000000)) - UINT64_C(0x3ff0000000000000)));
  double f = m - 1, s = f / (2 + f), z = s * s, w = z * z, half = 0.5 * f * f;
  double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double even = z * (6.666666666666735130e-01 +
                     w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return k * ln2_high - ((half - (s * (half + (odd + even)) + k * ln2_low)) - f);
}

/* e^x = scale (1 + rest), -700 <= x <= 700: rest is e^r - 1 of what is left over a multiple of ln 2, scale a power of
 * two. */
static inline double ent_exp_parts(double x, double *scale) {
  const double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  const double whole = 0x1.8p52; /* added and taken away it rounds; its last bits then hold the whole number */
  double shifted = x * 1.44269504088896338700e+00 + whole, k = shifted - whole;
  double r = (x - k * ln2_high) - k * ln2_low;
  double tail = 1.0 / 6227020800 * r + 1.0 / 479001600;
  tail = tail * r + 1.0 / 39916800;
  tail = tail * r + 1.0 / 3628800;
  tail = tail * r + 1.0 / 362880;
  tail = tail * r + 1.0 / 40320;
  tail = tail * r + 1.0 / 5040;
  tail = tail * r + 1.0 / 720;
  tail = tail * r + 1.0 / 120;
  tail = tail * r + 1.0 / 24;
  tail = tail * r + 1.0 / 6;
  tail = tail * r + 0.5;
  *scale = ent_double_of((ent_bits_of(shifted) << 52) + UINT64_C(0x3ff0000000000000));
  return r + r * r * tail;
}

static inline double ent_exp(double x) {
  double scale, rest = ent_exp_parts(x, &scale);
  return scale + scale * rest;
}

/* e^x - 1, exact at 0 and to the last places near it. */
static inline double ent_exp_less_one(double x) {
  double scale, rest = ent_exp_parts(x, &scale);
  return (scale - 1) + scale * rest;
}

#endif
