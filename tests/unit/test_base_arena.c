/* Tests of base/arena: what it gives is zeroed, aligned, apart and within its limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void gives_zeroed_aligned_bytes_that_do_not_overlap(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 3, 16, 17, 1000, 40000, 70000, 1, 200000, 5000000, 24, 8};
  enum { COUNT = sizeof sizes / sizeof *sizes };
  unsigned char *given[COUNT];
  ent_arena *arena = ent_arena_new(0);
  assert_non_null(arena);
  size_t total = 0;
  for (size_t i = 0; i < COUNT; i++) {
    given[i] = ent_arena_take(arena, 1, sizes[i]);
    assert_non_null(given[i]);
    assert_int_equal((uintptr_t)given[i] % _Alignof(max_align_t), 0);
    for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(given[i][j], 0);
    memset(given[i], (int)i + 1, sizes[i]);
    total += sizes[i];
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(given[i][j], i + 1);
  assert_int_equal(ent_arena_used(arena), total);
  ent_arena_free(arena);
}

static void many_small_pieces_fill_many_chunks(void **state) {
  (void)state;
  enum { COUNT = 50000 };
  ent_arena *arena = ent_arena_new(0);
  size_t **given = ent_arena_take(arena, COUNT, sizeof *given);
  for (size_t i = 0; i < COUNT; i++) {
    given[i] = ent_arena_take(arena, 3, sizeof **given);
    assert_non_null(given[i]);
    *given[i] = i;
  }
  for (size_t i = 0; i < COUNT; i++) assert_int_equal(*given[i], i);
  ent_arena_free(arena);
}

static void keeps_to_its_limit(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(100);
  assert_non_null(ent_arena_take(arena, 1, 60));
  assert_null(ent_arena_take(arena, 1, 41));
  assert_non_null(ent_arena_take(arena, 40, 1)); /* a refusal costs nothing */
  assert_int_equal(ent_arena_used(arena), 100);
  assert_null(ent_arena_take(arena, 1, 1));
  assert_null(ent_arena_copy(arena, "a", 1));
  assert_null(ent_arena_print(arena, "%d", 12));
  ent_arena_free(arena);
}

static void refuses_sizes_that_overflow(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  assert_null(ent_arena_take(arena, SIZE_MAX / 2, 3));
  assert_null(ent_arena_take(arena, SIZE_MAX / 8 + 1, 8));
  assert_null(ent_arena_take(arena, SIZE_MAX, 1));
  assert_null(ent_arena_take(arena, SIZE_MAX - 20, 1));
  assert_null(ent_arena_copy(arena, "a", SIZE_MAX));
  assert_int_equal(ent_arena_used(arena), 0);
  assert_non_null(ent_arena_take(arena, 1, 1));
  ent_arena_free(arena);
}

static void nothing_is_a_valid_pointer_too(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  void *first = ent_arena_take(arena, 0, 8), *second = ent_arena_take(arena, SIZE_MAX, 0);
  assert_non_null(first);
  assert_non_null(second);
  assert_ptr_not_equal(first, second);
  ent_arena_free(arena);
  ent_arena_free(NULL);
}

static void copies_and_prints_text(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  assert_string_equal(ent_arena_copy(arena, "fortress", 4), "fort");
  assert_string_equal(ent_arena_copy(arena, "", 0), "");
  assert_string_equal(ent_arena_print(arena, "%s:%d", "file.csv", 41), "file.csv:41");
  char *padded = ent_arena_print(arena, "%0*d", 90000, 7); /* larger than a first chunk */
  assert_int_equal(strlen(padded), 90000);
  assert_int_equal(padded[89999], '7');
  ent_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_zeroed_aligned_bytes_that_do_not_overlap),
      cmocka_unit_test(many_small_pieces_fill_many_chunks),
      cmocka_unit_test(keeps_to_its_limit),
      cmocka_unit_test(refuses_sizes_that_overflow),
      cmocka_unit_test(nothing_is_a_valid_pointer_too),
      cmocka_unit_test(copies_and_prints_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
