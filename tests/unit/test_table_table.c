/* Tests of table/table: looking up columns and cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "table/table.h"

static const char *const names[] = {"id", "value", "id"};
static const char *cells[] = {"a", "1", "x", "b", "", "y"};
static const long lines[] = {2, 3};
static const ent_table table = {
    .name = "t", .file = "t.csv", .columns = 3, .rows = 2, .column = names, .cell = cells, .line = lines};

static void finds_columns_by_name(void **state) {
  (void)state;
  assert_int_equal(ent_table_column(&table, "value"), 1);
  assert_int_equal(ent_table_column(&table, "id"), 0); /* the first of a doubled one */
  assert_int_equal(ent_table_column(&table, "Value"), -1);
  assert_int_equal(ent_table_column(&table, ""), -1);
  assert_int_equal(ent_table_column(&(ent_table){0}, "id"), -1);
}

static void gives_cells_and_empty_text_outside(void **state) {
  (void)state;
  assert_string_equal(ent_table_cell(&table, 0, 0), "a");
  assert_string_equal(ent_table_cell(&table, 1, 2), "y");
  assert_string_equal(ent_table_cell(&table, 1, 1), "");
  assert_string_equal(ent_table_cell(&table, 0, -1), "");
  assert_string_equal(ent_table_cell(&table, 0, 3), "");
  assert_string_equal(ent_table_cell(&table, 2, 0), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_columns_by_name),
      cmocka_unit_test(gives_cells_and_empty_text_outside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
