/* Work in parts: each is done once, by one worker at a time, whatever the number of threads; stops and failures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "num/parallel.h"

enum { PARTS = 1000 };

typedef struct job {
  int times[PARTS];
  double result[PARTS];
  double scratch[ENT_PARALLEL_MOST_THREADS];
  atomic_int at_work[ENT_PARALLEL_MOST_THREADS];
  atomic_int wrong; /* a thread of its own can not leave a test */
  atomic_bool wait_for_first, first_worked;
  unsigned workers;
  size_t fails_from, fails_every;
  int told;
  double share;
  int stop_after;
} job;

static int do_part(void *context, size_t part, unsigned worker) {
  job *j = context;
  int i;
  if (part >= PARTS || worker >= j->workers) return atomic_fetch_add(&j->wrong, 1), 1;
  if (atomic_fetch_add(&j->at_work[worker], 1)) atomic_fetch_add(&j->wrong, 1); /* two parts share a scratch */
  while (atomic_load(&j->wait_for_first) && worker && !atomic_load(&j->first_worked)) continue;
  j->scratch[worker] = (double)part;
  for (i = 0; i < 200; i++) j->scratch[worker] = sin(j->scratch[worker]) + 1;
  j->result[part] = j->scratch[worker];
  j->times[part]++;
  atomic_fetch_sub(&j->at_work[worker], 1);
  if (!worker) atomic_store(&j->first_worked, true);
  if (j->fails_every && part >= j->fails_from && (part - j->fails_from) % j->fails_every == 0) return (int)part;
  return 0;
}

static int note(void *context, double done) {
  job *j = context;
  assert_true(done >= j->share && done <= 1);
  j->share = done;
  j->told++;
  return j->stop_after && j->told >= j->stop_after ? -7 : 0;
}

static job *new_job(size_t parts, unsigned threads) {
  job *j = calloc(1, sizeof *j);
  assert_non_null(j);
  j->workers = ent_parallel_workers(parts, threads);
  return j;
}

static void does_each_part_once_with_any_number_of_threads(void **state) {
  const unsigned threads[] = {0, 1, 2, 3, 8, 300};
  job *first = new_job(PARTS, 1);
  size_t t, i;
  (void)state;
  assert_int_equal(ent_parallel_run(PARTS, 1, do_part, first, NULL, NULL), 0);
  for (t = 0; t < sizeof threads / sizeof *threads; t++) {
    job *j = new_job(PARTS, threads[t]);
    assert_int_equal(ent_parallel_run(PARTS, threads[t], do_part, j, note, j), 0);
    for (i = 0; i < PARTS; i++) assert_int_equal(j->times[i], 1);
    assert_memory_equal(j->result, first->result, sizeof j->result);
    assert_int_equal(atomic_load(&j->wrong), 0);
    assert_true(j->told >= 1 && j->share >= 1);
    free(j);
  }
  free(first);
}

static void workers_are_no_more_than_parts(void **state) {
  (void)state;
  assert_int_equal(ent_parallel_workers(0, 4), 1);
  assert_int_equal(ent_parallel_workers(3, 8), 3);
  assert_int_equal(ent_parallel_workers(PARTS, 0), 1);
  assert_int_equal(ent_parallel_workers(SIZE_MAX, 4000000000U), ENT_PARALLEL_MOST_THREADS);
  assert_int_equal(ent_parallel_run(0, 4, do_part, NULL, NULL, NULL), 0); /* no part: do_part would fail */
}

/* The lowest failure is told, however the parts fell to threads, and every part before it was done. */
static void the_lowest_failure_is_told(void **state) {
  unsigned threads, again;
  (void)state;
  for (threads = 1; threads <= 4; threads++)
    for (again = 0; again < 20; again++) {
      job *j = new_job(PARTS, threads);
      size_t i, done = 0;
      j->fails_from = 101;
      j->fails_every = 1;
      assert_int_equal(ent_parallel_run(PARTS, threads, do_part, j, NULL, NULL), 101);
      for (i = 0; i <= 101; i++) assert_int_equal(j->times[i], 1);
      for (i = 0; i < PARTS; i++) done += j->times[i] != 0;
      assert_true(done <= 101 + threads);
      free(j);
    }
}

static void progress_can_stop_the_rest(void **state) {
  unsigned threads;
  (void)state;
  for (threads = 1; threads <= 2; threads++) {
    job *j = new_job(PARTS, threads);
    size_t i, done = 0;
    j->stop_after = 1;
    atomic_store(&j->wait_for_first, true); /* else the other thread may have done all before the calling one wakes */
    assert_int_equal(ent_parallel_run(PARTS, threads, do_part, j, note, j), -7);
    for (i = 0; i < PARTS; i++) done += (size_t)j->times[i];
    if (threads == 1) assert_int_equal(done, 1);
    assert_int_equal(j->told, 1);
    free(j);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(does_each_part_once_with_any_number_of_threads),
      cmocka_unit_test(workers_are_no_more_than_parts),
      cmocka_unit_test(the_lowest_failure_is_told),
      cmocka_unit_test(progress_can_stop_the_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
