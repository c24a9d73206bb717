/* machine.c - see machine.h. */
#include "machine.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9 };

static double seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

/* A step of all chains; m below 1, so that no number grows or becomes denormal. */
#define STEP(c) c = c * m + a
#define STEPS                                                                                                    \
  STEP(c0), STEP(c1), STEP(c2), STEP(c3), STEP(c4), STEP(c5), STEP(c6), STEP(c7), STEP(c8), STEP(c9), STEP(c10), \
      STEP(c11)
enum { STEPS_IN_ALL = 12 };

#define WORK(name, vector, attribute)                                                                           \
  attribute static double name(size_t count) {                                                                  \
    const vector zero = {0}, m = zero + 0.999, a = zero + 0.5;                                                  \
    vector c0 = zero, c1 = zero + 1, c2 = zero + 2, c3 = zero + 3, c4 = zero + 4, c5 = zero + 5, c6 = zero + 6, \
           c7 = zero + 7, c8 = zero + 8, c9 = zero + 9, c10 = zero + 10, c11 = zero + 11;                       \
    for (size_t i = 0; i < count; i++) STEPS;                                                                   \
    c0 += c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;                                               \
    return c0[0] + c0[1];                                                                                       \
  }
typedef double two __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));
WORK(work_two, two, )
#if defined(__x86_64__)
WORK(work_four, four, __attribute__((target("avx2"))))
#endif

static double rate_of(double (*work)(size_t), double in_step) {
  const size_t count = 4000000;
  volatile double kept = 0; /* written, so that the work is not left out */
  double best = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double begin = seconds();
    kept += work(count);
    double took = seconds() - begin;
    if (took > 0 && (double)count * in_step / took > best) best = (double)count * in_step / took;
  }
  (void)kept;
  return best;
}

double machine_multiply_adds(void) { return rate_of(work_two, STEPS_IN_ALL * 2); }

double machine_multiply_adds_wide(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return rate_of(work_four, STEPS_IN_ALL * 4);
#endif
  return 0;
}

static void *work_apart(void *kept) {
  *(double *)kept = work_two(40000000);
  return NULL;
}

static double wall_seconds(void) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) ? 0 : (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double machine_second_thread(void) {
  double alone = 0, together = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double kept[2], begin = wall_seconds(), took;
    pthread_t other;
    work_apart(&kept[0]);
    took = wall_seconds() - begin;
    if (!round || took < alone) alone = took;
    begin = wall_seconds();
    if (pthread_create(&other, NULL, work_apart, &kept[1])) return 1;
    work_apart(&kept[0]);
    pthread_join(other, NULL);
    took = wall_seconds() - begin;
    if (!round || took < together) together = took;
  }
  return together > 0 ? 2 * alone / together : 1;
}

static double sum_of(const double *block, size_t count) {
  two sums[8] = {{0}}, next;
  for (size_t i = 0; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 8; k++) {
      memcpy(&next, block + i + 2 * k, sizeof next);
      sums[k] += next;
    }
  for (size_t k = 1; k < 8; k++) sums[0] += sums[k];
  return sums[0][0] + sums[0][1];
}

/* As many passes over a block as make a quarter of a gigabyte, so that the clock's ticks do not matter. */
static size_t passes_over(size_t bytes) { return ((size_t)256 << 20) / bytes + 1; }

double machine_read(size_t bytes) {
  size_t count = bytes / sizeof(double), passes = passes_over(bytes);
  double *block = malloc(count * sizeof *block), best = 0;
  volatile double kept = 0;
  for (size_t i = 0; block && i < count; i++) block[i] = (double)i;
  for (int round = 0; block && round < ROUNDS; round++) {
    double begin = seconds();
    for (size_t pass = 0; pass < passes; pass++) kept += sum_of(block, count);
    double took = seconds() - begin;
    if (took > 0 && (double)(passes * bytes) / took > best) best = (double)(passes * bytes) / took;
  }
  (void)kept;
  free(block);
  return best;
}

double machine_copy(size_t bytes) {
  size_t passes = passes_over(bytes);
  char *from = malloc(bytes), *to = malloc(bytes);
  volatile char kept = 0;
  double best = 0;
  if (from && to) memset(from, 1, bytes), memset(to, 2, bytes);
  for (int round = 0; from && to && round < ROUNDS; round++) {
    double begin = seconds();
    for (size_t pass = 0; pass < passes; pass++) {
      from[pass % bytes]++;
      memcpy(to, from, bytes);
      kept = to[pass % bytes];
    }
    double took = seconds() - begin;
    if (took > 0 && (double)(passes * bytes) / took > best) best = (double)(passes * bytes) / took;
  }
  (void)kept;
  free(from);
  free(to);
  return best;
}
