/* Tests of table/csv: what a good file gives, and what is said of each kind of bad one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "table/csv.h"

typedef struct reading {
  ent_context *context;
  ent_arena *arena;
  ent_findings findings;
  ent_table *table;
} reading;

static int open_reading(void **state) {
  reading *r = calloc(1, sizeof *r);
  if (!r) return -1;
  *state = r;
  r->arena = ent_arena_new(0);
  return r->arena && ent_context_new("share", &r->context) == ENT_OK ? 0 : -1;
}

static int close_reading(void **state) {
  reading *r = *state;
  ent_context_free(r->context);
  ent_arena_free(r->arena);
  free(r);
  return 0;
}

static void read_bytes(reading *r, const char *bytes, size_t length) {
  char *exact = length ? malloc(length) : NULL; /* without a NUL after it, so that reading on would be seen */
  if (exact) memcpy(exact, bytes, length);
  ent_findings_init(&r->findings, r->arena);
  ent_status status = ent_csv_read(r->context, r->arena, "t", "t.csv", exact, length, &r->findings, &r->table);
  free(exact);
  assert_int_equal(status, ENT_OK);
  assert_non_null(r->table);
}

static void read_text(reading *r, const char *text) { read_bytes(r, text, strlen(text)); }

/* The table as "cell|cell@line" for each row. */
static void expect_rows(const reading *r, const char *expected) {
  ent_text text = {0};
  ent_text_add(&text, "");
  for (size_t row = 0; row < r->table->rows; row++) {
    for (size_t i = 0; i < r->table->columns; i++)
      ent_text_print(&text, "%s%s", i ? "|" : "", ent_table_cell(r->table, row, (int)i));
    ent_text_print(&text, "@%ld ", r->table->line[row]);
  }
  assert_string_equal(text.data, expected);
  ent_text_clear(&text);
}

static void expect_finding(const reading *r, size_t index, const char *code, long line) {
  assert_true(index < r->findings.count);
  const ent_finding *found = &r->findings.list[index];
  assert_string_equal(found->code, code);
  assert_int_equal(found->line, line);
  assert_int_equal(found->severity, ENT_ERROR);
  assert_string_equal(found->file, "t.csv");
}

static void expect_one(const reading *r, const char *code, long line, const char *word_of_remedy) {
  assert_int_equal(r->findings.count, 1);
  expect_finding(r, 0, code, line);
  if (word_of_remedy) assert_non_null(strstr(r->findings.list[0].remedy, word_of_remedy));
}

static void reads_a_plain_table(void **state) {
  reading *r = *state;
  read_text(r, "id,value,note\na,1,x\nb,,y\n");
  assert_int_equal(r->findings.count, 0);
  assert_string_equal(r->table->name, "t");
  assert_string_equal(r->table->file, "t.csv");
  assert_int_equal(r->table->columns, 3);
  assert_string_equal(r->table->column[2], "note");
  expect_rows(r, "a|1|x@2 b||y@3 ");
}

static void reads_quotes_blanks_and_line_ends(void **state) {
  reading *r = *state;
  static const struct {
    const char *text, *rows;
  } good[] = {
      {"a,b\r\n1,2\r\n3,4\r\n", "1|2@2 3|4@3 "},
      {"a,b\n1,2", "1|2@2 "}, /* no end of line at the end */
      {"a,b\n1,\"2\"", "1|2@2 "},
      {"a,b\n1,", "1|@2 "},
      {"a,b\r1,2\r3,4", "1|2@2 3|4@3 "}, /* as old Macs end lines */
      {"\xEF\xBB\xBF"
       "a,b\n1,2\n",
       "1|2@2 "}, /* byte order mark */
      {"a,b\n\"x, \"\"y\"\"\",\" z \"\n", "x, \"y\"| z @2 "},
      {"a,b\n  x  ,\t y\n", "x|y@2 "}, /* blanks around a bare field are dropped */
      {"a,b\n \"x\" , \"y\" \n", "x|y@2 "},
      {"\n\n a , b \n\n1,2\n   \n\r\n3,4\n\n", "1|2@5 3|4@8 "}, /* blank lines are skipped, and counted */
      {"a,b\n1,\"two\nlines\"\n2,\"\n\n\"\n3,x\n", "1|two\nlines@2 2|\n\n@4 3|x@7 "},
      {"a,b\r\n1,\"two\r\nlines\"\r\n3,x\r\n", "1|two\r\nlines@2 3|x@4 "},
      {"a;b,c\n1;2,3\n", "1;2|3@2 "},
      {"a\n1\n\"\"\n2\n", "1@2 @3 2@4 "}, /* one column */
      {"a,b\n", ""},
      {"a,b", ""},
      {"a\nB\xC3\xBCndnis \xE5\x90\x8C\n", "B\xC3\xBCndnis \xE5\x90\x8C@2 "},
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    read_text(r, good[i].text);
    if (r->findings.count) fail_msg("%s: %s", good[i].text, r->findings.list[0].what);
    expect_rows(r, good[i].rows);
  }
}

static void refuses_an_empty_file(void **state) {
  reading *r = *state;
  static const char *const empty[] = {"", "\n\r\n", " \t\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
    read_text(r, empty[i]);
    expect_one(r, "no-header", 0, "first line");
    assert_int_equal(r->table->columns, 0);
    assert_int_equal(r->table->rows, 0);
  }
}

static void refuses_other_encodings(void **state) {
  reading *r = *state;
  read_text(r, "a,b\n1,2\r\n1,B\xFCndnis\n");
  expect_one(r, "encoding", 3, "save the file as UTF-8");
  assert_string_equal(r->findings.list[0].what, "the byte 0xFC is not UTF-8");
  assert_int_equal(r->table->columns, 0);
  read_text(r, "a,b\n\xFF\n");
  expect_one(r, "encoding", 2, "UTF-8");
  read_bytes(r,
             "\xFF\xFE"
             "a\0,\0b\0\n\0",
             10);
  expect_one(r, "encoding", 1, "UTF-8");
  assert_string_equal(r->findings.list[0].what, "the file is in UTF-16");
  read_bytes(r, "\xFE\xFF\0a", 4);
  expect_one(r, "encoding", 1, "UTF-8");
  read_bytes(r, "a,b\n1,\0\n", 8);
  expect_one(r, "encoding", 2, "UTF-8");
}

static void the_header_tells_the_delimiter(void **state) {
  reading *r = *state;
  static const struct {
    const char *text, *rows;
    char delimiter;
  } files[] = {
      {"a,b\n1,2\n", "1|2@2 ", ','},
      {"a\n1\n", "1@2 ", ','},
      {"a,b;c\n1,2;3\n", "1|2;3@2 ", ','},
      {"\na;b\n1;1,5\n", "1|1,5@3 ", ';'},
      {"\"a,x\";\"b\"\n1;\"2;\n3\"\n", "1|2;\n3@2 ", ';'},
      {"a\tb\n1\t\n\t2\n", "1|@2 |2@3 ", '\t'},
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    read_text(r, files[i].text);
    assert_int_equal(r->findings.count, 0);
    expect_rows(r, files[i].rows);
    assert_int_equal(r->table->delimiter, files[i].delimiter);
  }
  read_text(r, "a;b\n1\n");
  expect_one(r, "ragged-row", 2, "add the missing cells");
}

static void skips_rows_without_a_filled_cell(void **state) {
  reading *r = *state;
  static const char *const files[] = {"a,b\n1,2\n,\n3,4\n\"\",\"\"\n", "a;b\n1;2\n;\n3;4\n;;;;\n",
                                      "a\tb\n1\t2\n\t\n3\t4\n\t\t\t\n"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    read_text(r, files[i]);
    expect_rows(r, "1|2@2 3|4@4 ");
    assert_int_equal(r->findings.count, 1);
    assert_int_equal(r->findings.list[0].severity, ENT_NOTE);
    assert_string_equal(r->findings.list[0].code, "empty-row");
    assert_int_equal(r->findings.list[0].line, 3);
    assert_int_equal(strncmp(r->findings.list[0].what, "2 rows ", 7), 0);
  }
}

/* 8 MB in one line, and in a quote that goes on over lines: each costs its row, and the rest is read. */
static void refuses_rows_that_are_too_long(void **state) {
  reading *r = *state;
  const size_t most = (size_t)8 << 20;
  char *text = malloc(most + 100);
  assert_non_null(text);
  memcpy(text, "a,b\n1,2\n", 8);
  memset(text + 8, 'x', most);
  memcpy(text + 8 + most, "\n4,5\n", 6);
  read_text(r, text);
  expect_one(r, "limit", 3, "line ends");
  expect_rows(r, "1|2@2 4|5@4 ");
  for (size_t i = 8; i + 4 <= 8 + most; i += 4) memcpy(text + i, "6,7\n", 4);
  memcpy(text + 4, "1,\"2", 4);
  read_text(r, text);
  expect_one(r, "quotes", 2, "close the quote");
  assert_non_null(strstr(r->findings.list[0].what, "not closed within 8 MB"));
  assert_true(r->table->rows > 2000000);
  memset(text, 'x', most + 50);
  text[most + 50] = '\0';
  read_text(r, text);
  expect_one(r, "limit", 1, "line ends");
  assert_int_equal(r->table->columns, 0);
  free(text);
}

static void judges_the_header(void **state) {
  reading *r = *state;
  read_text(r, "id,,id\na,b,c\n");
  assert_int_equal(r->findings.count, 2);
  expect_finding(r, 0, "empty-column", 1);
  assert_string_equal(r->findings.list[0].what, "column 2 has no name");
  expect_finding(r, 1, "doubled-column", 1);
  assert_string_equal(r->findings.list[1].column, "id");
  expect_rows(r, "a|b|c@2 ");
  read_text(r, "a,\"b\n1,2\n");
  expect_one(r, "quotes", 1, "close the quote");
  assert_int_equal(r->table->columns, 0);
  read_text(r, "a,b\"\n1,2\n3,4\n");
  expect_one(r, "quotes", 1, "whole field");
  assert_int_equal(r->table->columns, 0); /* the row below is not taken for the header */
}

static void leaves_out_ragged_rows_only(void **state) {
  reading *r = *state;
  read_text(r, "a,b\n1,2\n1\n1,2,3\n4,5\n");
  assert_int_equal(r->findings.count, 2);
  expect_finding(r, 0, "ragged-row", 3);
  assert_string_equal(r->findings.list[0].what, "the row has 1 fields, and the header has 2");
  assert_string_equal(r->findings.list[0].remedy, "add the missing commas");
  expect_finding(r, 1, "ragged-row", 4);
  assert_non_null(strstr(r->findings.list[1].remedy, "in quotes"));
  expect_rows(r, "1|2@2 4|5@5 ");
}

static void a_stray_quote_costs_its_row(void **state) {
  reading *r = *state;
  read_text(r, "a,b\n1,x\"y\n2,\"x\"y\n3,z\n");
  assert_int_equal(r->findings.count, 2);
  expect_finding(r, 0, "quotes", 2);
  assert_string_equal(r->findings.list[0].column, "b");
  expect_finding(r, 1, "quotes", 3);
  expect_rows(r, "3|z@4 ");
  read_text(r, "a,b\n1,2\n3,x\"");
  expect_one(r, "quotes", 3, "whole field");
  expect_rows(r, "1|2@2 ");
}

static void an_open_quote_is_named_where_it_opens(void **state) {
  reading *r = *state;
  read_text(r, "a,b\n1,2\n3,\"x\n5,6\n7,8");
  expect_one(r, "quotes", 3, "close the quote");
  assert_string_equal(r->findings.list[0].what, "a quote that opens in this row is never closed");
  assert_string_equal(r->findings.list[0].column, "b");
  expect_rows(r, "1|2@2 5|6@4 7|8@5 ");
  read_text(r, "a,b\n1,\"x\n2,\"y\"\n3,z\n"); /* the next quote seems to close it */
  expect_one(r, "quotes", 2, "close the quote");
  assert_non_null(strstr(r->findings.list[0].what, "line 3"));
  expect_rows(r, "2|y@3 3|z@4 ");
  read_text(r, "a,b\n1,\"");
  expect_one(r, "quotes", 2, "close the quote");
}

static void ends_at_too_many_columns(void **state) {
  reading *r = *state;
  ent_text text = {0};
  for (int i = 1; i <= 1000; i++) ent_text_print(&text, "%sc%d", i > 1 ? "," : "", i);
  read_text(r, text.data);
  assert_int_equal(r->findings.count, 0);
  assert_int_equal(r->table->columns, 1000);
  assert_string_equal(r->table->column[999], "c1000");
  ent_text_add(&text, ",c1001\n1\n");
  read_text(r, text.data);
  expect_one(r, "limit", 1, NULL);
  assert_int_equal(r->table->columns, 0);
  ent_text_clear(&text);
  ent_text_add(&text, "a,b\n");
  for (int i = 0; i < 5000; i++) ent_text_add(&text, "1,");
  read_text(r, text.data);
  expect_one(r, "ragged-row", 2, NULL);
  assert_string_equal(r->findings.list[0].what, "the row has 5001 fields, and the header has 2");
  ent_text_clear(&text);
}

static void ends_at_a_field_that_is_too_long(void **state) {
  reading *r = *state;
  const size_t most = (size_t)1 << 20;
  char *text = malloc(most + 100);
  assert_non_null(text);
  memcpy(text, "a,b\n1,2\n3,", 10);
  memset(text + 10, 'x', most + 1);
  memcpy(text + 10 + most, "\n4,5\n", 6);
  read_text(r, text);
  assert_int_equal(r->findings.count, 0);
  assert_int_equal(r->table->rows, 3);
  assert_int_equal(strlen(ent_table_cell(r->table, 1, 1)), most);
  memcpy(text + 10 + most, "x\n4,5\n", 7);
  read_text(r, text);
  expect_one(r, "limit", 3, "shorten it");
  expect_rows(r, "1|2@2 ");
  free(text);
}

static void ends_at_too_many_rows(void **state) {
  reading *r = *state;
  enum { MOST = 5000000 };
  char *text = malloc(2 + 2 * MOST + 4);
  assert_non_null(text);
  memcpy(text, "a\n", 2);
  for (size_t i = 0; i < MOST; i++) memcpy(text + 2 + 2 * i, "1\n", 2);
  memcpy(text + 2 + 2 * MOST, "2\n3\n", 4);
  read_bytes(r, text, 2 + 2 * MOST);
  assert_int_equal(r->findings.count, 0);
  assert_int_equal(r->table->rows, MOST);
  assert_int_equal(r->table->line[MOST - 1], MOST + 1);
  read_bytes(r, text, 2 + 2 * MOST + 4);
  expect_one(r, "limit", MOST + 2, "split");
  assert_int_equal(r->table->rows, MOST);
  free(text);
}

static void memory_may_be_short(void **state) {
  reading *r = *state;
  static const char text[] = "a,b\n1,2\n3\n4,\"5\n6,7\n";
  size_t refused = 0;
  for (size_t limit = 1; limit < 20000; limit += 61) {
    ent_arena *small = ent_arena_new(limit);
    ent_findings_init(&r->findings, small);
    ent_context_clear(r->context);
    ent_status status = ent_csv_read(r->context, small, "t", "t.csv", text, sizeof text - 1, &r->findings, &r->table);
    if (status == ENT_OK) {
      assert_int_equal(r->findings.count, 2);
      expect_rows(r, "1|2@2 6|7@5 ");
    } else {
      refused++;
      assert_int_equal(status, ENT_STORE);
      assert_null(r->table);
      assert_string_not_equal(ent_context_message(r->context), "");
    }
    ent_arena_free(small);
  }
  assert_true(refused > 10 && refused < 300);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(reads_a_plain_table, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(reads_quotes_blanks_and_line_ends, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(refuses_an_empty_file, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(refuses_other_encodings, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(the_header_tells_the_delimiter, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(skips_rows_without_a_filled_cell, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(refuses_rows_that_are_too_long, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(judges_the_header, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(leaves_out_ragged_rows_only, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(a_stray_quote_costs_its_row, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(an_open_quote_is_named_where_it_opens, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(ends_at_too_many_columns, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(ends_at_a_field_that_is_too_long, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(ends_at_too_many_rows, open_reading, close_reading),
      cmocka_unit_test_setup_teardown(memory_may_be_short, open_reading, close_reading),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
