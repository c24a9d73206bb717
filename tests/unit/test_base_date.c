/* Tests of base/date: forms of EDTF, seasons, periods, the calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static void expect_span(ent_span span, const char *first, const char *last) {
  char buffer[12];
  assert_string_equal(ent_day_write(span.first, buffer), first);
  assert_string_equal(ent_day_write(span.last, buffer), last);
}

static void reads_every_form(void **state) {
  (void)state;
  static const struct {
    const char *text, *first, *last;
  } dates[] = {
      {"2021", "2021-01-01", "2021-12-31"},        {"2021-05", "2021-05-01", "2021-05-31"},
      {"2021-12", "2021-12-01", "2021-12-31"},     {"2021-02", "2021-02-01", "2021-02-28"},
      {"2020-02", "2020-02-01", "2020-02-29"},     {"2021-05-16", "2021-05-16", "2021-05-16"},
      {"2020-02-29", "2020-02-29", "2020-02-29"},  {"2000-02-29", "2000-02-29", "2000-02-29"},
      {"2020-21", "2020-03-01", "2020-05-31"},     {"2020-22", "2020-06-01", "2020-08-31"},
      {"2020-23", "2020-09-01", "2020-11-30"},     {"2020-24", "2020-12-01", "2021-02-28"},
      {"2019-24", "2019-12-01", "2020-02-29"},     {"202X", "2020-01-01", "2029-12-31"},
      {"20XX", "2000-01-01", "2099-12-31"},        {"000X", "0001-01-01", "0009-12-31"},
      {"00XX", "0001-01-01", "0099-12-31"},        {"0001", "0001-01-01", "0001-12-31"},
      {"9999", "9999-01-01", "9999-12-31"},        {"99XX", "9900-01-01", "9999-12-31"},
      {"2019?", "2019-01-01", "2019-12-31"},       {"2019-03~", "2019-03-01", "2019-03-31"},
      {"2019-03-04%", "2019-03-04", "2019-03-04"}, {"201X~", "2010-01-01", "2019-12-31"},
      {"19XX?", "1900-01-01", "1999-12-31"},       {"2021-23?", "2021-09-01", "2021-11-30"},
  };
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    ent_span span, period;
    const char *why = NULL;
    assert_true(ent_date_parse(dates[i].text, &span, &why));
    assert_null(why);
    expect_span(span, dates[i].first, dates[i].last);
    assert_true(ent_period_parse(dates[i].text, &period, NULL)); /* a date is a period too */
    assert_memory_equal(&period, &span, sizeof span);
  }
}

static void refuses_other_text_with_a_reason(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "..",
                                    "/",
                                    "21",
                                    "202",
                                    "20211",
                                    "2021-5",
                                    "2021-5-16",
                                    "2021-05-1",
                                    "16.05.2021",
                                    "05/2021",
                                    "2021/05/16",
                                    "2021-00",
                                    "2021-13",
                                    "2021-20",
                                    "2021-25",
                                    "2021-05-00",
                                    "2021-05-32",
                                    "2021-02-29",
                                    "2100-02-29",
                                    "2021-04-31",
                                    "2021-21-01",
                                    "0000",
                                    "0000-01",
                                    "0000-01-01",
                                    "9999-24",
                                    "XXXX",
                                    "2XXX",
                                    "20X1",
                                    "202x",
                                    "2021??",
                                    "?2021",
                                    "?",
                                    " 2021",
                                    "2021 ",
                                    "2021-XX",
                                    "2021-05-XX",
                                    "-2021",
                                    "+2021",
                                    "2021-1a",
                                    "2021-",
                                    "2021-05-",
                                    "2021_05",
                                    "2021-05_16",
                                    "Y20210",
                                    "heute",
                                    "\xC3\xA4\xC3\xA4",
                                    "2021-05-16T10:00"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    ent_span span = {7, 8};
    const char *why = NULL;
    assert_false(ent_date_parse(bad[i], &span, &why));
    assert_non_null(why);
    assert_true(strlen(why) > 10 && why[strlen(why) - 1] != '.');
    assert_int_equal(span.first, 7);
    assert_int_equal(span.last, 8);
  }
  assert_false(ent_date_parse(NULL, &(ent_span){0, 0}, NULL));
}

static void says_how_long_a_month_is(void **state) {
  (void)state;
  ent_span span;
  const char *why;
  assert_false(ent_date_parse("2021-02-31", &span, &why));
  assert_string_equal(why, "February of this year has only 28 days");
  assert_false(ent_date_parse("2020-02-30", &span, &why));
  assert_string_equal(why, "February of this year has only 29 days");
  assert_false(ent_date_parse("2021-06-31", &span, &why));
  assert_string_equal(why, "this month has only 30 days");
}

static void reads_periods(void **state) {
  (void)state;
  static const struct {
    const char *text, *first, *last;
  } periods[] = {
      {"2019/2021", "2019-01-01", "2021-12-31"},
      {"2021-05/2021-06", "2021-05-01", "2021-06-30"},
      {"2021-05-16/2022", "2021-05-16", "2022-12-31"},
      {"2021/..", "2021-01-01", ".."},
      {"2021/", "2021-01-01", ".."},
      {"../2021", "..", "2021-12-31"},
      {"/2021", "..", "2021-12-31"},
      {"201X/2020-21", "2010-01-01", "2020-05-31"},
      {"2019?/2021~", "2019-01-01", "2021-12-31"},
      {"2021/2021-05", "2021-01-01", "2021-05-31"},
      {"2021-05-16/2021-05-16", "2021-05-16", "2021-05-16"},
  };
  for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
    ent_span span;
    assert_true(ent_period_parse(periods[i].text, &span, NULL));
    expect_span(span, periods[i].first, periods[i].last);
  }
  static const char *const bad[] = {"",       "..",          "/",          "../..",          "/..",
                                    "../",    "2021/2020",   "2021//2022", "2020/2021/2022", "2021/x",
                                    "x/2021", "2021 / 2022", "...",        ".../2021",       "2021-05-02/2021-05-01"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    ent_span span = {7, 8};
    const char *why = NULL;
    assert_false(ent_period_parse(bad[i], &span, &why));
    assert_non_null(why);
    assert_int_equal(span.first, 7);
    assert_int_equal(span.last, 8);
  }
}

static void an_open_end_is_the_last_day_there_is(void **state) {
  (void)state;
  ent_span span;
  assert_true(ent_period_parse("2021/..", &span, NULL));
  assert_int_equal(span.last, ENT_DAY_OPEN_END);
  assert_true(ent_span_holds(span, INT32_MAX));
  assert_true(ent_span_holds(span, span.first));
  assert_false(ent_span_holds(span, span.first - 1));
  assert_true(ent_period_parse("../2021", &span, NULL));
  assert_int_equal(span.first, ENT_DAY_OPEN_START);
  assert_true(ent_span_holds(span, INT32_MIN));
  assert_false(ent_span_holds(span, span.last + 1));
}

static void reads_two_cells(void **state) {
  (void)state;
  ent_span span;
  const char *why;
  assert_true(ent_span_parse("2019-05", "2021", &span, NULL));
  expect_span(span, "2019-05-01", "2021-12-31");
  assert_true(ent_span_parse("2019-05", "", &span, NULL));
  expect_span(span, "2019-05-01", "..");
  assert_true(ent_span_parse(NULL, "2021", &span, NULL));
  expect_span(span, "..", "2021-12-31");
  assert_true(ent_span_parse("..", "..", &span, NULL));
  expect_span(span, "..", "..");
  assert_true(ent_span_parse("", NULL, &span, NULL));
  assert_false(ent_span_parse("2021", "2020", &span, &why));
  assert_string_equal(why, "the period ends before it starts");
  assert_false(ent_span_parse("2021/2022", "", &span, &why));
  assert_false(ent_span_parse("2021", "2022/", &span, &why));
  assert_false(ent_span_parse("x", "", &span, &why));
  assert_false(ent_span_parse("", "x", &span, &why));
}

static void calendar_agrees_with_known_days(void **state) {
  (void)state;
  assert_int_equal(ent_day_from_civil(1970, 1, 1), 0);
  assert_int_equal(ent_day_from_civil(1969, 12, 31), -1);
  assert_int_equal(ent_day_from_civil(2000, 3, 1), 11017);
  assert_int_equal(ent_day_from_civil(2021, 5, 16), 18763); /* 1621123200 seconds after 1970 */
  assert_int_equal(ent_day_from_civil(1, 1, 1), -719162);
  assert_int_equal(ent_day_from_civil(9999, 12, 31), 2932896);
}

/* Walks every day of years 1 to 9999 with the rule for leap years in another form. */
static void calendar_counts_every_day(void **state) {
  (void)state;
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int32_t day = -719162;
  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++) {
      bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
      int length = lengths[month - 1] + (month == 2 && leap);
      for (int i = 1; i <= length; i++, day++) {
        int y, m, d;
        ent_day_civil(day, &y, &m, &d);
        if (y != year || m != month || d != i || ent_day_from_civil(year, month, i) != day)
          fail_msg("day %d is not %d-%d-%d", day, year, month, i);
      }
    }
  assert_int_equal(day, 2932897);
}

static void writes_days_beyond_the_calendar_as_open(void **state) {
  (void)state;
  char buffer[12];
  assert_string_equal(ent_day_write(0, buffer), "1970-01-01");
  assert_ptr_equal(ent_day_write(0, buffer), buffer);
  assert_string_equal(ent_day_write(-719162, buffer), "0001-01-01");
  assert_string_equal(ent_day_write(-719163, buffer), "..");
  assert_string_equal(ent_day_write(2932896, buffer), "9999-12-31");
  assert_string_equal(ent_day_write(2932897, buffer), "..");
  assert_string_equal(ent_day_write(ENT_DAY_OPEN_START, buffer), "..");
  assert_string_equal(ent_day_write(ENT_DAY_OPEN_END, buffer), "..");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_every_form),
      cmocka_unit_test(refuses_other_text_with_a_reason),
      cmocka_unit_test(says_how_long_a_month_is),
      cmocka_unit_test(reads_periods),
      cmocka_unit_test(an_open_end_is_the_last_day_there_is),
      cmocka_unit_test(reads_two_cells),
      cmocka_unit_test(calendar_agrees_with_known_days),
      cmocka_unit_test(calendar_counts_every_day),
      cmocka_unit_test(writes_days_beyond_the_calendar_as_open),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
