/* Tests of base/text: buffer, numbers in any locale, nearest names, UTF-8. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "near.h"

static void buffer_grows(void **state) {
  (void)state;
  ent_text text = {0};
  ent_text_add(&text, "");
  assert_string_equal(text.data, "");
  for (int i = 0; i < 1000; i++) ent_text_print(&text, "%03d,", i);
  ent_text_add_bytes(&text, "end and more", 3);
  assert_false(text.failed);
  assert_int_equal(text.length, 4003);
  assert_int_equal(strlen(text.data), 4003);
  assert_memory_equal(text.data + 4 * 512, "512,", 4);
  assert_string_equal(text.data + 4000, "end");
  ent_text_clear(&text);
  assert_null(text.data);
  assert_int_equal(text.length, 0);
}

static void buffer_remembers_a_failure(void **state) {
  (void)state;
  ent_text text = {0};
  ent_text_add(&text, "kept");
  ent_text_add_bytes(&text, "x", SIZE_MAX - 2); /* the sum overflows, so that nothing is read */
  assert_true(text.failed);
  ent_text_add(&text, " not added");
  ent_text_print(&text, "%d", 1);
  assert_string_equal(text.data, "kept");
  assert_int_equal(text.length, 4);
  ent_text_clear(&text);
}

static void reads_numbers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double number;
  } good[] = {
      {"0", 0},
      {"-12", -12},
      {"3.5", 3.5},
      {"1e6", 1e6},
      {"1E-3", 1e-3},
      {"2.5e+2", 250},
      {"007", 7},
      {"-0.25", -0.25},
      {"0.1", 0.1},
      {"1e-400", 0},
      {"1e308", 1e308},
      {"1234567.5", 1234567.5},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    double number = -1;
    assert_true(ent_text_number(good[i].text, &number));
    assert_true(near(number, good[i].number, 1e-15));
  }
}

static void refuses_what_is_no_number(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",       " 1",  "1 ",  "+1",      "1,5",   "0x10", "nan",         "inf",   "infinity", "-",
      "12a",    ".5",  "5.",  "1e",      "1e+",   "e5",   "--1",         "1.2.3", "1_000",    "1e400",
      "-1e309", "1\n", "-.5", "1.5e2.5", "1'000", "-e1",  "\xC2\xA0\x31" /* a no-break space before 1 */};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double number = 42;
    assert_false(ent_text_number(bad[i], &number));
    assert_true(near(number, 42, 0)); /* left alone */
  }
  double number;
  assert_false(ent_text_number(NULL, &number));
}

/* A locale with a decimal comma, if this machine has one. */
static const char *comma_locale(void) {
  static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "fr_FR.utf8", "nl_NL.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (setlocale(LC_NUMERIC, names[i]) && strcmp(localeconv()->decimal_point, ",") == 0) return names[i];
  setlocale(LC_NUMERIC, "C");
  return NULL;
}

static void numbers_do_not_depend_on_the_locale(void **state) {
  (void)state;
  if (!comma_locale()) {
    print_message("no locale with a decimal comma is installed here\n");
    return;
  }
  double number = 0;
  ent_text text = {0};
  bool point = ent_text_number("-3.25e1", &number), comma = ent_text_number("3,25", &(double){0});
  ent_text_print(&text, "%.2f", 1.5);
  bool kept = strcmp(localeconv()->decimal_point, ",") == 0;
  setlocale(LC_NUMERIC, "C");
  assert_true(point);
  assert_true(near(number, -32.5, 1e-15));
  assert_false(comma);
  assert_string_equal(text.data, "1.50");
  assert_true(kept);
  ent_text_clear(&text);
}

static void finds_the_nearest_name(void **state) {
  (void)state;
  static const char *const names[] = {"observations", "positions", "persons", "months", "km", "km2"};
  const size_t count = sizeof names / sizeof *names;
  assert_string_equal(ent_text_nearest("observatoins", names, count), "observations"); /* one swap */
  assert_string_equal(ent_text_nearest("Person", names, count), "persons");
  assert_string_equal(ent_text_nearest("OBSERVATIONS", names, count), "observations");
  assert_string_equal(ent_text_nearest("kn", names, count), "km");
  assert_string_equal(ent_text_nearest("km2", names, count), "km2");
}

static void finds_no_name_that_is_far(void **state) {
  (void)state;
  static const char *const names[] = {"observations", "positions", "km"};
  char longest[65], longer[66];
  memset(longest, 'a', 64);
  longest[64] = '\0';
  memset(longer, 'a', 65);
  longer[65] = '\0';
  const char *const long_names[] = {longer, longest};
  assert_null(ent_text_nearest("sources", names, 3));
  assert_null(ent_text_nearest("xy", names, 3)); /* two edits, but nothing in common */
  assert_null(ent_text_nearest("", names, 3));
  assert_null(ent_text_nearest(NULL, names, 3));
  assert_null(ent_text_nearest("km", names, 0));
  assert_null(ent_text_nearest(longer, long_names, 2));
  assert_ptr_equal(ent_text_nearest(longest, long_names, 2), longest);
}

static void first_of_equally_near_names_wins(void **state) {
  (void)state;
  static const char *const names[] = {"cat", "bat", "hat"};
  assert_string_equal(ent_text_nearest("rat", names, 3), "cat");
}

static void checks_utf8(void **state) {
  (void)state;
  size_t bad = 99;
  assert_true(ent_text_is_utf8("", 0, NULL));
  assert_true(ent_text_is_utf8("Bündnis 同盟 동맹", strlen("Bündnis 同盟 동맹"), &bad));
  assert_int_equal(bad, 99);
  assert_false(ent_text_is_utf8("B\xFCndnis", 7, &bad)); /* Latin-1 */
  assert_int_equal(bad, 1);
  assert_false(ent_text_is_utf8("ab\xC3", 3, &bad)); /* cut */
  assert_int_equal(bad, 2);
  assert_false(ent_text_is_utf8("\xC0\xAF", 2, NULL));     /* overlong */
  assert_false(ent_text_is_utf8("\xED\xA0\x80", 3, NULL)); /* surrogate */
}

static void measures_columns(void **state) {
  (void)state;
  assert_int_equal(ent_text_width(""), 0);
  assert_int_equal(ent_text_width("alliance"), 8);
  assert_int_equal(ent_text_width("Bündnis"), 7);
  assert_int_equal(ent_text_width("同盟"), 4);
  assert_int_equal(ent_text_width("e\xCC\x81"), 1); /* combining accent */
  assert_int_equal(ent_text_width("\x01\x02"), 0);
}

static void finds_the_worst_character(void **state) {
  (void)state;
  static const struct {
    const char *text;
    ent_character kind;
    uint32_t character;
    size_t offset;
  } texts[] = {
      {"plain \t\r\n B\xC3\xBCndnis \xE5\x90\x8C \xF0\x9F\x98\x80", ENT_CHARACTER_PLAIN, 0, 0},
      {"a\x1b[2J", ENT_CHARACTER_HARMFUL, 0x1B, 1},
      {"ab\x7f", ENT_CHARACTER_HARMFUL, 0x7F, 2},
      {"\xC2\x9B", ENT_CHARACTER_HARMFUL, 0x9B, 0},
      {"\xE2\x80\x8F x \xE2\x80\xAE \x1b", ENT_CHARACTER_HARMFUL, 0x202E, 6},
      {"\xE2\x81\xA9", ENT_CHARACTER_HARMFUL, 0x2069, 0},
      {"x\xE2\x80\x8B\xE2\x80\x8F", ENT_CHARACTER_UNSEEN, 0x200B, 1},
      {"\xEF\xBB\xBFx", ENT_CHARACTER_UNSEEN, 0xFEFF, 0},
      {"\xF3\xA0\x81\x81", ENT_CHARACTER_UNSEEN, 0xE0041, 0},
      {"\xC2", ENT_CHARACTER_PLAIN, 0, 0}, /* no UTF-8: judged elsewhere */
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    uint32_t character = 0;
    size_t offset = 0;
    assert_int_equal(ent_text_worst(texts[i].text, strlen(texts[i].text), &character, &offset), texts[i].kind);
    assert_int_equal(character, texts[i].character);
    assert_int_equal(offset, texts[i].offset);
  }
}

static void cleans_text_for_a_terminal(void **state) {
  (void)state;
  static const char dirty[] = "a\x1b[2J\tb\nB\xC3\xBC \xFC\xE2\x80\xAE\xC2\x9B\xE2\x80\x8F\x80\xED\xA0\x80";
  ent_text text = {0};
  ent_text_add_clean(&text, dirty, sizeof dirty - 1);
  assert_string_equal(text.data, "a?[2J?b\nB\xC3\xBC ???\xE2\x80\x8F????");
  ent_text_clear(&text);
  ent_text_add_clean(&text, "", 0);
  assert_string_equal(text.data, "");
  ent_text_clear(&text);
}

static void compares_with_null(void **state) {
  (void)state;
  assert_true(ent_text_same("a", "a"));
  assert_false(ent_text_same("a", "b"));
  assert_true(ent_text_same(NULL, NULL));
  assert_false(ent_text_same("", NULL));
  assert_false(ent_text_same(NULL, ""));
}

static void finds_a_piece_without_regard_to_case(void **state) {
  (void)state;
  assert_true(ent_text_holds("Defence Budget", "budget"));
  assert_true(ent_text_holds("budget", "BUDGET"));
  assert_true(ent_text_holds("", ""));
  assert_true(ent_text_holds("x", ""));
  assert_false(ent_text_holds("", "x"));
  assert_false(ent_text_holds("budge", "budget"));
  assert_true(ent_text_holds("Streitkr\u00c4fte", "kr\u00e4fte"));
  assert_true(ent_text_holds("\u00fcber", "\u00dcBER"));
  assert_false(ent_text_holds("Tur", "T\u00fcr"));
  assert_false(ent_text_holds("T\u00f6r", "T\u00fcr"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(buffer_grows),
      cmocka_unit_test(buffer_remembers_a_failure),
      cmocka_unit_test(reads_numbers),
      cmocka_unit_test(refuses_what_is_no_number),
      cmocka_unit_test(numbers_do_not_depend_on_the_locale),
      cmocka_unit_test(finds_the_nearest_name),
      cmocka_unit_test(finds_no_name_that_is_far),
      cmocka_unit_test(first_of_equally_near_names_wins),
      cmocka_unit_test(finds_a_piece_without_regard_to_case),
      cmocka_unit_test(checks_utf8),
      cmocka_unit_test(measures_columns),
      cmocka_unit_test(finds_the_worst_character),
      cmocka_unit_test(cleans_text_for_a_terminal),
      cmocka_unit_test(compares_with_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
