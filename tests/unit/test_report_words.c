/* Tests of report/words and report/number: both tables say the same things, what is missing is said, and numbers are
 * written as each language writes them. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/number.h"

typedef struct fixture {
  ent_context *context;
  ent_arena *arena;
  ent_words en, de;
} fixture;

static const char *share_folder(void) {
  const char *named = getenv("ENTENTE_SHARE");
  return named && *named ? named : "share";
}

static int open_words(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  f->arena = ent_arena_new(0);
  assert_int_equal(ent_context_new(share_folder(), &f->context), ENT_OK);
  assert_int_equal(ent_words_open(f->context, f->arena, ENT_ENGLISH, &f->en), ENT_OK);
  assert_int_equal(ent_words_open(f->context, f->arena, ENT_GERMAN, &f->de), ENT_OK);
  return 0;
}

static int close_words(void **state) {
  fixture *f = *state;
  ent_words_close(&f->en);
  ent_words_close(&f->de);
  ent_arena_free(f->arena);
  ent_context_free(f->context);
  free(f);
  return 0;
}

/* The placeholder at or after *text, copied with its braces; false at the end. */
static bool next_placeholder(const char **text, char name[64]) {
  const char *open = strchr(*text, '{');
  if (!open) return false;
  const char *close = strchr(open, '}');
  assert_non_null(close);
  assert_true(close - open < 63);
  snprintf(name, 64, "%.*s", (int)(close - open + 1), open);
  *text = close + 1;
  return true;
}

static void assert_holds_all(const ent_json *wanted, const ent_json *table) {
  for (size_t i = 0; i < ent_json_count(wanted); i++) {
    const ent_json *value;
    const char *key = ent_json_key_at(wanted, i, &value), *at = ent_json_text(value);
    const char *other = ent_json_get_text(table, key);
    if (!at || !*at || !other || !*other) fail_msg("the word \"%s\" is missing or empty in one table", key);
    for (char name[64]; next_placeholder(&at, name);)
      if (!strstr(other, name)) fail_msg("the word \"%s\" has %s in one table only", key, name);
  }
}

static void tables_agree(void **state) {
  fixture *f = *state;
  assert_true(ent_json_count(f->en.table) > 50);
  assert_holds_all(f->en.table, f->de.table);
  assert_holds_all(f->de.table, f->en.table);
}

static void missing_word_is_an_error(void **state) {
  fixture *f = *state;
  assert_string_equal(ent_words_get(&f->en, "no.such.word"), "");
  assert_int_equal(f->en.status, ENT_STORE);
  assert_non_null(strstr(ent_context_message(f->context), "no.such.word"));
  assert_non_null(strstr(ent_context_message(f->context), "words/en.json"));
  assert_string_equal(ent_words_get(&f->en, "value.none"), ""); /* the first failure stays */
}

static void placeholders_are_filled(void **state) {
  fixture *f = *state;
  assert_string_equal(ent_words_fill(&f->en, "directed.pair", "from", "A", "to", "B {x}", NULL), "A → B {x}");
  assert_int_equal(f->en.status, ENT_OK);
  assert_string_equal(ent_words_fill(&f->en, "directed.pair", "from", "A", NULL), "");
  assert_int_equal(f->en.status, ENT_STORE);
  assert_string_equal(ent_words_fill(&f->de, "directed.pair", "from", "A", "to", "B", "lost", "C", NULL), "");
  assert_int_equal(f->de.status, ENT_STORE);
}

static void labels_fall_back(void **state) {
  fixture *f = *state;
  ent_label both = {"en", "de"}, one = {"en", ""}, none = {NULL, NULL};
  assert_string_equal(ent_words_label(&f->de, both), "de");
  assert_string_equal(ent_words_label(&f->de, one), "en");
  assert_string_equal(ent_words_label(&f->de, none), "");
}

static void dates_are_written_out(void **state) {
  fixture *f = *state;
  assert_string_equal(ent_words_date(&f->en, "2021-05-31"), "31 May 2021");
  assert_string_equal(ent_words_date(&f->de, "2021-03-01"), "1. März 2021");
  assert_string_equal(ent_words_date(&f->de, "2021-05"), "2021-05");
  assert_string_equal(ent_words_date(&f->de, "2021-13-01"), "2021-13-01");
}

static void share_folder_without_words(void **state) {
  (void)state;
  ent_context *context;
  ent_words words;
  ent_arena *arena = ent_arena_new(0);
  assert_int_equal(ent_context_new("/nowhere", &context), ENT_OK);
  assert_int_equal(ent_words_open(context, arena, ENT_ENGLISH, &words), ENT_STORE);
  assert_non_null(strstr(ent_context_message(context), "/nowhere/words/en.json"));
  ent_arena_free(arena);
  ent_context_free(context);
}

static void numbers_by_language(void **state) {
  fixture *f = *state;
  assert_string_equal(ent_number_plain(&f->en, 1234567.891, 2), "1,234,567.89");
  assert_string_equal(ent_number_plain(&f->de, 1234567.891, 2), "1.234.567,89");
  assert_string_equal(ent_number_plain(&f->en, 999.5, 0), "1,000");
  assert_string_equal(ent_number_plain(&f->en, 0.004, 2), "0.00");
  assert_string_equal(ent_number_plain(&f->en, 0.05, 1), "0.1");
  assert_string_equal(ent_number_plain(&f->en, -0.26, 1), "−0.3");
  assert_string_equal(ent_number_signed(&f->de, 3.24, 1), "+3,2");
  assert_string_equal(ent_number_signed(&f->en, -0.04, 1), "0.0"); /* what rounds to zero has no sign */
  assert_string_equal(ent_number_percent(&f->en, .745, 1), "74.5%");
  assert_string_equal(ent_number_percent(&f->de, .745, 1), "74,5\u00a0%");
  assert_string_equal(ent_number_count(&f->de, 10000), "10.000");
  assert_string_equal(ent_number_counted(&f->en, "check.error_count", 1), "1 error");
  assert_string_equal(ent_number_counted(&f->en, "check.error_count", 2431), "2,431 errors");
}

static void missing_numbers(void **state) {
  fixture *f = *state;
  ent_figure none = {NAN, NAN, NAN};
  assert_string_equal(ent_number_plain(&f->en, NAN, 1), "no data");
  assert_string_equal(ent_number_percent(&f->de, NAN, 1), "keine Angaben");
  assert_string_equal(ent_number_figure(&f->en, none, 0), "no data");
  assert_true(ent_number_missing(none));
}

static void intervals(void **state) {
  fixture *f = *state;
  ent_figure score = {62.3, 55.1, 69.6}, effect = {-3.1, -3.94, .2};
  assert_string_equal(ent_number_figure(&f->en, score, 0), "62\u00a0[55–70]");
  assert_string_equal(ent_number_range(&f->en, effect, 1, true), "[−3.9 to +0.2]");
  assert_string_equal(ent_number_range(&f->de, effect, 1, true), "[−3,9 bis +0,2]");
}

/* A host program may have set a locale with a decimal comma. */
static void locale_makes_no_difference(void **state) {
  fixture *f = *state;
  if (!setlocale(LC_ALL, "de_DE.UTF-8")) return; /* not installed */
  assert_string_equal(ent_number_plain(&f->en, 1234.5, 1), "1,234.5");
  setlocale(LC_ALL, "C");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(tables_agree, open_words, close_words),
      cmocka_unit_test_setup_teardown(missing_word_is_an_error, open_words, close_words),
      cmocka_unit_test_setup_teardown(placeholders_are_filled, open_words, close_words),
      cmocka_unit_test_setup_teardown(labels_fall_back, open_words, close_words),
      cmocka_unit_test_setup_teardown(dates_are_written_out, open_words, close_words),
      cmocka_unit_test(share_folder_without_words),
      cmocka_unit_test_setup_teardown(numbers_by_language, open_words, close_words),
      cmocka_unit_test_setup_teardown(missing_numbers, open_words, close_words),
      cmocka_unit_test_setup_teardown(intervals, open_words, close_words),
      cmocka_unit_test_setup_teardown(locale_makes_no_difference, open_words, close_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
