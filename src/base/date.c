/* date.c - dates and periods by EDTF, as spans of whole days.
 *
 * Comes in: text of a cell. Goes out: first and last day, or a constant sentence why not. Must not: guess, allocate, or
 * know today's date. Calendar arithmetic by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): eras
 * of 400 years, with years that begin in March, so that the leap day is the last of its year. */
#include "base/date.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define FIRST_YEAR 1
#define LAST_YEAR 9999
#define SHORTEST_DATE 12 /* bytes that ent_day_write may fill */

static const char why_form[] =
    "a date is a year (2021), month (2021-05), day (2021-05-16), season (2021-21 to 2021-24), decade (202X) or century "
    "(20XX), each with ?, ~ or % at its end where it is not certain";
static const char why_dots[] = "write the year first, with hyphens: 2017-01-20, not 20.01.2017";
static const char why_empty[] = "a date is missing";
static const char why_open[] = "\"..\" stands only at one end of a period";
static const char why_slash[] = "a single date is wanted here, and \"/\" makes a period";
static const char why_slashes[] = "a period has one \"/\", between its two dates";
static const char why_no_end[] = "a period needs a date at one end at least";
static const char why_order[] = "the period ends before it starts";
static const char why_year[] = "years run from 0001 to 9999";
static const char why_month[] = "after the year stands a month (01 to 12) or a season (21 spring to 24 winter)";
static const char why_day[] = "a day is 01 to 31";

static bool parse_date(const char *text, size_t length, ent_span *out, const char **why);
static bool parse_year(const char *text, size_t length, ent_span *out, const char **why);
static bool parse_month(const char *text, ent_span *out, const char **why);
static bool parse_day(const char *text, ent_span *out, const char **why);
static bool parse_end(const char *text, size_t length, bool *open, ent_span *out, const char **why);
static bool join_ends(bool open_start, bool open_end, ent_span first, ent_span last, ent_span *out, const char **why);
static int digits(const char *text, size_t count);
static int days_of_month(int year, int month);
static ent_span months(int year, int month, int count);
static bool refuse(const char **why, const char *sentence);

bool ent_date_parse(const char *text, ent_span *out, const char **why) {
  if (!text || !*text) return refuse(why, why_empty);
  if (strchr(text, '/')) return refuse(why, why_slash);
  return parse_date(text, strlen(text), out, why);
}

bool ent_period_parse(const char *text, ent_span *out, const char **why) {
  const char *slash = text ? strchr(text, '/') : NULL;
  if (!slash) return ent_date_parse(text, out, why);
  if (strchr(slash + 1, '/')) return refuse(why, why_slashes);
  bool open_start, open_end;
  ent_span first = {0, 0}, last = {0, 0};
  if (!parse_end(text, (size_t)(slash - text), &open_start, &first, why)) return false;
  if (!parse_end(slash + 1, strlen(slash + 1), &open_end, &last, why)) return false;
  if (open_start && open_end) return refuse(why, why_no_end);
  return join_ends(open_start, open_end, first, last, out, why);
}

bool ent_span_parse(const char *start, const char *end, ent_span *out, const char **why) {
  const char *from = start ? start : "", *to = end ? end : "";
  if (strchr(from, '/') || strchr(to, '/')) return refuse(why, why_slash);
  bool open_start, open_end;
  ent_span first = {0, 0}, last = {0, 0};
  if (!parse_end(from, strlen(from), &open_start, &first, why)) return false;
  if (!parse_end(to, strlen(to), &open_end, &last, why)) return false;
  return join_ends(open_start, open_end, first, last, out, why);
}

bool ent_span_holds(ent_span span, int32_t day) { return span.first <= day && day <= span.last; }

void ent_day_civil(int32_t day, int *year, int *month, int *day_of_month) {
  int64_t shifted = (int64_t)day + 719468; /* days since 0000-03-01 */
  int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int day_of_era = (int)(shifted - era * 146097);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int from_march = (5 * day_of_year + 2) / 153;
  *day_of_month = day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (int)(era * 400) + year_of_era + (*month <= 2);
}

int32_t ent_day_from_civil(int year, int month, int day_of_month) {
  int64_t from_march = (int64_t)year - (month <= 2);
  int64_t era = (from_march >= 0 ? from_march : from_march - 399) / 400;
  int year_of_era = (int)(from_march - era * 400);
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (int32_t)(era * 146097 + day_of_era - 719468);
}

char *ent_day_write(int32_t day, char *buffer) {
  int year, month, day_of_month;
  ent_day_civil(day, &year, &month, &day_of_month);
  if (year < FIRST_YEAR || year > LAST_YEAR) /* the open ends among them */
    snprintf(buffer, SHORTEST_DATE, "..");
  else
    snprintf(buffer, SHORTEST_DATE, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)day_of_month % 100);
  return buffer;
}

static bool parse_date(const char *text, size_t length, ent_span *out, const char **why) {
  if (length == 2 && text[0] == '.' && text[1] == '.') return refuse(why, why_open);
  if (length && strchr("?~%", text[length - 1])) length--; /* how sure a date is does not change its days */
  if (strchr("0123456789", text[0]) && memchr(text, '.', length)) return refuse(why, why_dots);
  if (length == 4) return parse_year(text, length, out, why);
  if (length < 7 || text[4] != '-' || digits(text, 4) < 0 || digits(text + 5, 2) < 0) return refuse(why, why_form);
  if (digits(text, 4) < FIRST_YEAR) return refuse(why, why_year);
  if (length == 7) return parse_month(text, out, why);
  if (length == 10 && text[7] == '-' && digits(text + 8, 2) >= 0) return parse_day(text, out, why);
  return refuse(why, why_form);
}

/* 2021, 202X, 20XX */
static bool parse_year(const char *text, size_t length, ent_span *out, const char **why) {
  size_t known = length;
  int years = 1;
  for (; known > 2 && text[known - 1] == 'X'; known--) years *= 10;
  int year = digits(text, known);
  if (year < 0) return refuse(why, why_form);
  int first = year * years, last = first + years - 1;
  if (last < FIRST_YEAR) return refuse(why, why_year);
  if (first < FIRST_YEAR) first = FIRST_YEAR; /* the first decade and century lack the year 0000 */
  *out = (ent_span){ent_day_from_civil(first, 1, 1), ent_day_from_civil(last, 12, 31)};
  return true;
}

/* 2021-05, 2021-21: the season begins in the year that is named, so that winter ends in the next one. */
static bool parse_month(const char *text, ent_span *out, const char **why) {
  int year = digits(text, 4), month = digits(text + 5, 2);
  if (month >= 21 && month <= 24) {
    if (month == 24 && year == LAST_YEAR) return refuse(why, why_year);
    *out = months(year, 3 * (month - 20), 3);
    return true;
  }
  if (month < 1 || month > 12) return refuse(why, why_month);
  *out = months(year, month, 1);
  return true;
}

/* 2021-05-16 */
static bool parse_day(const char *text, ent_span *out, const char **why) {
  int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
  if (month < 1 || month > 12) return refuse(why, "a month is 01 to 12");
  if (day < 1 || day > 31) return refuse(why, why_day);
  int most = days_of_month(year, month);
  if (day > most)
    return refuse(why, most == 30   ? "this month has only 30 days"
                       : most == 29 ? "February of this year has only 29 days"
                                    : "February of this year has only 28 days");
  int32_t number = ent_day_from_civil(year, month, day);
  *out = (ent_span){number, number};
  return true;
}

/* One end of a period: a date, or open ("..") or unknown (empty), which are the same to a span. */
static bool parse_end(const char *text, size_t length, bool *open, ent_span *out, const char **why) {
  *open = length == 0 || (length == 2 && memcmp(text, "..", 2) == 0);
  return *open || parse_date(text, length, out, why);
}

static bool join_ends(bool open_start, bool open_end, ent_span first, ent_span last, ent_span *out, const char **why) {
  ent_span joined = {open_start ? ENT_DAY_OPEN_START : first.first, open_end ? ENT_DAY_OPEN_END : last.last};
  if (joined.last < joined.first) return refuse(why, why_order);
  *out = joined;
  return true;
}

/* The number that count digits make, or -1. */
static int digits(const char *text, size_t count) {
  int number = 0;
  for (size_t i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

static int days_of_month(int year, int month) {
  ent_span span = months(year, month, 1);
  return (int)(span.last - span.first) + 1;
}

static ent_span months(int year, int month, int count) {
  int after = month + count;
  bool turns = after > 12;
  return (ent_span){ent_day_from_civil(year, month, 1),
                    ent_day_from_civil(turns ? year + 1 : year, turns ? after - 12 : after, 1) - 1};
}

static bool refuse(const char **why, const char *sentence) {
  if (why) *why = sentence;
  return false;
}
