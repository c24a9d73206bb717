/* date.h - dates and periods by EDTF (ISO 8601-2:2019, level 1), as spans of whole days.
 *
 * A date is a year (2021), month (2021-05), day (2021-05-16), season (2021-21 spring to 2021-24 winter: March to
 * May, ..., December to February), decade (202X), century (20XX), or one of these with ? ~ or % at its end
 * (uncertain, approximate, both). Years have four digits, 0001 to 9999. A period is DATE/DATE; ".." is an end
 * that is open, an empty end is unknown. */
#ifndef ENT_BASE_DATE_H
#define ENT_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define ENT_DAY_OPEN_START INT32_MIN
#define ENT_DAY_OPEN_END INT32_MAX

/* First and last day, inclusive, counted from 1970-01-01 (proleptic Gregorian). An open or unknown end is
 * ENT_DAY_OPEN_START or ENT_DAY_OPEN_END. */
typedef struct ent_span {
  int32_t first, last;
} ent_span;

/* All return false, leaving *out alone, for text that is no such date; *why (if not NULL) then is a constant
 * sentence for the user, without a final stop. */
bool ent_date_parse(const char *text, ent_span *out, const char **why);   /* one date; not ".." or empty */
bool ent_period_parse(const char *text, ent_span *out, const char **why); /* a date, or DATE/DATE */
/* From two cells: start and end, each a date, "..", or empty (NULL or ""). False when the end is before the start. */
bool ent_span_parse(const char *start, const char *end, ent_span *out, const char **why);

bool ent_span_holds(ent_span span, int32_t day);
/* Day number to year, month, day. */
void ent_day_civil(int32_t day, int *year, int *month, int *day_of_month);
int32_t ent_day_from_civil(int year, int month, int day_of_month);
/* Writes "2021-05-31" (or ".." for an open end); buffer has at least 12 bytes. Returns buffer. */
char *ent_day_write(int32_t day, char *buffer);

#endif
