/* Tests of table/table: looking up columns and cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "table/table.h"

static const char *const names[] = {"id", "value", "id"};

static ent_table *make(ent_arena *arena) {
  static const char *const cells[] = {"a", "1", "x", "b", "", "y"};
  ent_table_maker maker;
  ent_table_maker_init(&maker, arena, 3);
  assert_true(ent_table_maker_add(&maker, cells, 2));
  assert_true(ent_table_maker_add(&maker, cells + 3, 3));
  ent_table *table = ent_table_maker_end(&maker, "t", "t.csv", names);
  ent_table_maker_clear(&maker);
  assert_non_null(table);
  return table;
}

static void finds_columns_by_name(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  const ent_table table = *make(arena);
  assert_int_equal(ent_table_column(&table, "value"), 1);
  assert_int_equal(ent_table_column(&table, "id"), 0); /* the first of a doubled one */
  assert_int_equal(ent_table_column(&table, "Value"), -1);
  assert_int_equal(ent_table_column(&table, ""), -1);
  assert_int_equal(ent_table_column(&(ent_table){0}, "id"), -1);
  ent_arena_free(arena);
}

static void gives_cells_and_empty_text_outside(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(0);
  const ent_table table = *make(arena);
  assert_string_equal(ent_table_cell(&table, 0, 0), "a");
  assert_string_equal(ent_table_cell(&table, 1, 2), "y");
  assert_string_equal(ent_table_cell(&table, 1, 1), "");
  assert_string_equal(ent_table_cell(&table, 0, -1), "");
  assert_string_equal(ent_table_cell(&table, 0, 3), "");
  assert_string_equal(ent_table_cell(&table, 2, 0), "");
  assert_int_equal(table.line[1], 3);
  ent_arena_free(arena);
}

/* Rows of more columns than a word has bits, each third cell filled, among them the last. */
static void keeps_wide_rows(void **state) {
  (void)state;
  enum { COLUMNS = 199 };
  const char *cells[COLUMNS], *wide_names[COLUMNS];
  char texts[COLUMNS][8];
  ent_arena *arena = ent_arena_new(0);
  ent_table_maker maker;
  ent_table_maker_init(&maker, arena, COLUMNS);
  for (int row = 0; row < 300; row++) {
    for (int i = 0; i < COLUMNS; i++) {
      snprintf(texts[i], sizeof texts[i], "%d", row * 7 + i);
      if (i % 3) texts[i][0] = '\0';
      cells[i] = texts[i];
      wide_names[i] = "c";
    }
    assert_true(ent_table_maker_add(&maker, cells, row + 2));
  }
  const ent_table *table = ent_table_maker_end(&maker, "t", "t.csv", wide_names);
  ent_table_maker_clear(&maker);
  for (int row = 0; row < 300; row++)
    for (int i = 0; i < COLUMNS; i++) {
      char wanted[8];
      snprintf(wanted, sizeof wanted, "%d", row * 7 + i);
      if (i % 3) wanted[0] = '\0';
      assert_string_equal(ent_table_cell(table, (size_t)row, i), wanted);
    }
  ent_arena_free(arena);
}

static void puts_other_cells_into_a_row(void **state) {
  (void)state;
  static const char *const other[] = {"", "2.5", ""};
  ent_arena *arena = ent_arena_new(0);
  ent_table *table = make(arena);
  assert_true(ent_table_put_row(table, arena, 0, other));
  assert_string_equal(ent_table_cell(table, 0, 0), "");
  assert_string_equal(ent_table_cell(table, 0, 1), "2.5");
  assert_string_equal(ent_table_cell(table, 1, 0), "b");
  ent_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_columns_by_name),
      cmocka_unit_test(gives_cells_and_empty_text_outside),
      cmocka_unit_test(keeps_wide_rows),
      cmocka_unit_test(puts_other_cells_into_a_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
