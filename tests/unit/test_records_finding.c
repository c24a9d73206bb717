/* Tests of records/finding: adding, counting, cutting, sorting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "records/finding.h"

static int open_arena(void **state) {
  *state = ent_arena_new(0);
  return *state ? 0 : -1;
}

static int close_arena(void **state) {
  ent_arena_free(*state);
  return 0;
}

static void keeps_copies_of_what_was_found(void **state) {
  ent_findings findings;
  ent_findings_init(&findings, *state);
  char file[] = "rates.csv", id[] = "r1", remedy[] = "write JPY";
  ent_findings_add(&findings, ENT_ERROR, "unknown-unit", file, 4, "unit", id, remedy, "unit \"%s\" is unknown", "JPX");
  ent_findings_add(&findings, ENT_NOTE, "sum", NULL, 0, NULL, NULL, NULL, "100%%");
  file[0] = id[0] = remedy[0] = '#';
  assert_int_equal(findings.count, 2);
  assert_int_equal(findings.errors, 1);
  assert_int_equal(findings.notes, 1);
  const ent_finding *first = &findings.list[0], *second = &findings.list[1];
  assert_int_equal(first->severity, ENT_ERROR);
  assert_string_equal(first->code, "unknown-unit");
  assert_string_equal(first->file, "rates.csv");
  assert_int_equal(first->line, 4);
  assert_string_equal(first->column, "unit");
  assert_string_equal(first->id, "r1");
  assert_string_equal(first->what, "unit \"JPX\" is unknown");
  assert_string_equal(first->remedy, "write JPY");
  assert_null(second->file);
  assert_null(second->column);
  assert_null(second->id);
  assert_null(second->remedy);
  assert_string_equal(second->what, "100%");
  assert_false(findings.failed);
}

static void counts_beyond_the_end_of_the_list(void **state) {
  ent_findings findings;
  ent_findings_init(&findings, *state);
  for (int i = 0; i < 10050; i++)
    ent_findings_add(&findings, i % 2 ? ENT_NOTE : ENT_ERROR, "x", "f.csv", i, NULL, NULL, NULL, "row %d", i);
  assert_int_equal(findings.count, 10000);
  assert_int_equal(findings.dropped, 50);
  assert_int_equal(findings.errors, 5025);
  assert_int_equal(findings.notes, 5025);
  assert_string_equal(findings.list[9999].what, "row 9999");
}

static void cuts_long_texts_between_characters(void **state) {
  char exact[601], longer[2001];
  memset(exact, 'a', 600);
  exact[600] = '\0';
  memset(longer, 'b', 299);
  for (size_t i = 299; i < 1999; i += 2) memcpy(longer + i, "\xC3\xBC", 2); /* both cuts fall inside a character */
  memcpy(longer + 1989, " is no unit", 12);
  ent_findings findings;
  ent_findings_init(&findings, *state);
  ent_findings_add(&findings, ENT_ERROR, "x", exact, 1, NULL, longer, longer, "%s", longer);
  ent_findings_add(&findings, ENT_ERROR, "x", NULL, 1, NULL, NULL, NULL, "%s", exact);
  const ent_finding *found = &findings.list[0];
  assert_string_equal(found->file, exact);
  assert_int_equal(strlen(found->what), 299 + 3 + 299);
  assert_memory_equal(found->what + 298, "b...\xC3\xBC", 6);
  assert_string_equal(found->what + 590, " is no unit"); /* what is said of a long cell stays */
  assert_string_equal(found->id, found->what);
  assert_string_equal(found->remedy, found->what);
  assert_string_equal(findings.list[1].what, exact);
}

static void sorts_errors_first_then_by_place(void **state) {
  ent_findings findings;
  ent_findings_init(&findings, *state);
  ent_findings_add(&findings, ENT_NOTE, "a", "a.csv", 1, NULL, NULL, NULL, "9");
  ent_findings_add(&findings, ENT_ERROR, "b", "b.csv", 2, "c", NULL, NULL, "7");
  ent_findings_add(&findings, ENT_ERROR, "b", "b.csv", 2, "b", "y", NULL, "5");
  ent_findings_add(&findings, ENT_ERROR, "b", "b.csv", 2, "b", "x", NULL, "5");
  ent_findings_add(&findings, ENT_ERROR, "b", "b.csv", 2, "b", NULL, NULL, "4");
  ent_findings_add(&findings, ENT_ERROR, "a", "b.csv", 2, "b", NULL, NULL, "6");
  ent_findings_add(&findings, ENT_ERROR, "z", "b.csv", 2, NULL, NULL, NULL, "2");
  ent_findings_add(&findings, ENT_ERROR, "z", "b.csv", 10, NULL, NULL, NULL, "8");
  ent_findings_add(&findings, ENT_ERROR, "z", "a.csv", 99, NULL, NULL, NULL, "1");
  ent_findings_add(&findings, ENT_ERROR, "z", NULL, 99, NULL, NULL, NULL, "0");
  ent_findings_sort(&findings);
  static const char *const order[] = {"0", "1", "2", "6", "4", "5", "5", "7", "8", "9"};
  for (size_t i = 0; i < 10; i++) assert_string_equal(findings.list[i].what, order[i]);
  assert_string_equal(findings.list[5].id, "x");
  assert_string_equal(findings.list[6].id, "y");
}

static void sorting_nothing_is_fine(void **state) {
  ent_findings findings;
  ent_findings_init(&findings, *state);
  ent_findings_sort(&findings);
  assert_int_equal(findings.count, 0);
}

/* An error must count even when there is no room to say which: a load asks for the number. */
static void counts_when_memory_is_short(void **state) {
  (void)state;
  for (size_t limit = 1; limit < 6000; limit += 500) {
    ent_arena *small = ent_arena_new(limit);
    ent_findings findings;
    ent_findings_init(&findings, small);
    for (int i = 0; i < 100; i++)
      ent_findings_add(&findings, ENT_ERROR, "x", "f.csv", i, "c", "id", "remedy", "what %d", i);
    assert_true(findings.failed);
    assert_int_equal(findings.errors, 100);
    for (size_t i = 0; i < findings.count; i++) assert_non_null(findings.list[i].what);
    ent_findings_sort(&findings);
    ent_arena_free(small);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(keeps_copies_of_what_was_found, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(counts_beyond_the_end_of_the_list, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(cuts_long_texts_between_characters, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(sorts_errors_first_then_by_place, open_arena, close_arena),
      cmocka_unit_test_setup_teardown(sorting_nothing_is_fine, open_arena, close_arena),
      cmocka_unit_test(counts_when_memory_is_short),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
