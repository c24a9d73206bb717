/* bench.h - what the programs in bench/ share: a clock, the best of several, and the line that they print.
 *
 * Time is the processor's time of the whole process, all threads together, so that what else runs on the machine counts
 * little; where wall time is meant, the program says so. A line has six fields, parted by tabs:
 *
 *   name, seconds for one unit of work, the unit, multiply-adds and bytes that one unit needs at the least, how
 *
 * bench/run sets the two before the last against what bench_machine measured in the same run. A line without tabs is a
 * note. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_clock(clockid_t which) {
  struct timespec now;
  if (clock_gettime(which, &now)) exit(1);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline void bench_check(int fine, const char *what) {
  if (fine) return;
  fprintf(stderr, "bench: %s failed\n", what);
  exit(1);
}

static inline void *bench_take(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  bench_check(memory != NULL, "taking memory");
  return memory;
}

/* The least time of so many calls after one that is not counted. */
static inline double bench_best(clockid_t which, int calls, void (*work)(void *context), void *context) {
  double best = 0, before, took;
  int i;
  for (work(context), i = 0; i < calls; i++) {
    before = bench_clock(which);
    work(context);
    took = bench_clock(which) - before;
    if (!i || took < best) best = took;
  }
  return best;
}

static inline void bench_line(const char *name, double seconds, const char *unit, double multiply_adds, double bytes,
                              const char *how) {
  printf("%s\t%.6e\t%s\t%.6e\t%.6e\t%s\n", name, seconds, unit, multiply_adds, bytes, how);
  fflush(stdout);
}

#endif
