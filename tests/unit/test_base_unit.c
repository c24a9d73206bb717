/* Tests of base/unit: the tables and the search in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/unit.h"

static void knows_each_unit(void **state) {
  (void)state;
  static const char *const named[] = {"persons", "share", "currency", "years", "months", "days",   "bodies", "pieces",
                                      "rank",    "km",    "km2",      "votes", "index",  "events", "ratio"};
  size_t count;
  ent_unit_names(&count);
  assert_int_equal(count, sizeof named / sizeof *named);
  for (size_t i = 0; i < count; i++) assert_true(ent_unit_known(named[i]));
}

static void knows_old_and_new_currencies(void **state) {
  (void)state;
  static const char *const named[] = {"EUR", "USD", "JPY", "KRW", "CNY", "RUB", "GBP", "DEM", "FRF", "ITL", "ATS",
                                      "BEF", "ESP", "NLG", "SUR", "HRK", "XCG", "ZWG", "VND", "PHP", "TWD", "AUD"};
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) assert_true(ent_currency_known(named[i]));
}

static void refuses_other_words(void **state) {
  (void)state;
  static const char *const other[] = {"", "Persons", "person", "km3", "USD", "percent", " km"};
  static const char *const no_money[] = {"", "usd", "US", "USDX", "XAU", "XXX", "XTS", "AAA", "ZZZ", "persons"};
  for (size_t i = 0; i < sizeof other / sizeof *other; i++) assert_false(ent_unit_known(other[i]));
  for (size_t i = 0; i < sizeof no_money / sizeof *no_money; i++) assert_false(ent_currency_known(no_money[i]));
  assert_false(ent_unit_known(NULL));
  assert_false(ent_currency_known(NULL));
}

/* A table that is not sorted would lose entries without a word. */
static void tables_are_sorted_and_each_entry_is_found(void **state) {
  (void)state;
  size_t count;
  const char *const *units = ent_unit_names(&count);
  for (size_t i = 0; i < count; i++) {
    assert_true(ent_unit_known(units[i]));
    if (i) assert_true(strcmp(units[i - 1], units[i]) < 0);
  }
  const char *const *codes = ent_currency_codes(&count);
  assert_true(count > 250);
  for (size_t i = 0; i < count; i++) {
    assert_true(ent_currency_known(codes[i]));
    assert_int_equal(strlen(codes[i]), 3);
    for (int j = 0; j < 3; j++) assert_in_range(codes[i][j], 'A', 'Z');
    if (i) assert_true(strcmp(codes[i - 1], codes[i]) < 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(knows_each_unit),
      cmocka_unit_test(knows_old_and_new_currencies),
      cmocka_unit_test(refuses_other_words),
      cmocka_unit_test(tables_are_sorted_and_each_entry_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
