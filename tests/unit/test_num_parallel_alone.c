/* Where no thread can be had, the calling one does all the work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <pthread.h>

#include "num/parallel.h"

/* Stands before the library's: no thread is ever begun. */
int pthread_create(pthread_t *restrict id, const pthread_attr_t *restrict attributes, void *(*run)(void *),
                   void *restrict argument) {
  (void)id, (void)attributes, (void)run, (void)argument;
  return EAGAIN;
}

static int count_part(void *context, size_t part, unsigned worker) {
  size_t *next = context;
  if (worker || part != *next) return 1;
  ++*next;
  return 0;
}

static void one_thread_does_all_parts_in_order(void **state) {
  size_t next = 0;
  (void)state;
  assert_int_equal(ent_parallel_run(100, 4, count_part, &next, NULL, NULL), 0);
  assert_int_equal(next, 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(one_thread_does_all_parts_in_order)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
