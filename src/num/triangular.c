/* triangular.c - see triangular.h. */
#include "num/triangular.h"

#include <math.h>

#if defined(__GNUC__)
#define INSIDE static inline __attribute__((always_inline))
#else
#define INSIDE static inline
#endif

/* No branch hangs on u, which nobody could predict: of two sides one is multiplied by 1, the other by 0, which is
 * exact, and which any vector can. */
INSIDE void quantiles(double low, double mode, double high, double *numbers, size_t count) {
  const double width = high - low, cut = (mode - low) / width;
  const double below = width * (mode - low), above = width * (high - mode);
  for (size_t i = 0; i < count; i++) {
    const double u = numbers[i], left = u < cut ? 1 : 0, right = 1 - left;
    const double root = sqrt(left * (u * below) + right * ((1 - u) * above));
    numbers[i] = left * (low + root) + right * (high - root);
  }
}

#define WAY(name, target)                                                                        \
  target static void name(double low, double mode, double high, double *numbers, size_t count) { \
    quantiles(low, mode, high, numbers, count);                                                  \
  }

WAY(plain, )
#if defined(__x86_64__) && defined(__GNUC__)
WAY(with_avx2, __attribute__((target("avx2"))))
WAY(with_avx512, __attribute__((target("avx512f,avx512dq,avx512vl"))))

size_t ent_triangular_ways(ent_triangular_way *out[ENT_TRIANGULAR_MOST_WAYS]) {
  size_t count = 0;
  out[count++] = plain;
  if (__builtin_cpu_supports("avx2")) out[count++] = with_avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    out[count++] = with_avx512;
  return count;
}
#else
size_t ent_triangular_ways(ent_triangular_way *out[ENT_TRIANGULAR_MOST_WAYS]) {
  out[0] = plain;
  return 1;
}
#endif

void ent_triangular_quantiles(double low, double mode, double high, double *numbers, size_t count) {
  ent_triangular_way *ways[ENT_TRIANGULAR_MOST_WAYS];
  ways[ent_triangular_ways(ways) - 1](low, mode, high, numbers, count);
}
