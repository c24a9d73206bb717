/* check_figures.c - observations and what they are measured by: units, currencies, ranges, subjects, nesting sums,
 * definitions, the same figure twice. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "evidence/checker.h"

static const char *const subjects[] = {"actor", "partner", "alliance", "place", "institution"};
#define SUBJECTS (sizeof subjects / sizeof *subjects)

static void check_indicators(ent_checker *c);
static void check_observation(ent_checker *c, size_t r, size_t row, const unsigned *named);
static void check_currency(ent_checker *c, size_t r, size_t row, const char *unit, const char *currency);
static void check_range(ent_checker *c, size_t r, size_t row);
static void check_standard_error(ent_checker *c, size_t r, size_t row);
static void check_against_indicator(ent_checker *c, size_t r, size_t row, size_t indicator, unsigned named);
static unsigned subjects_in(const char *list);
static void check_sums(ent_checker *c, size_t r);
static void check_definitions(ent_checker *c, size_t r);
static void check_same(ent_checker *c, size_t r);

void ent_check_figures(ent_checker *c) {
  check_indicators(c);
  int r = ent_checker_table(c, "observations");
  if (r < 0) return;
  int i = ent_checker_table(c, "indicators");
  size_t indicators = i < 0 ? 0 : c->package->tables[i]->rows;
  unsigned *named = ent_arena_take(c->arena, indicators, sizeof *named);
  if (!named) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < indicators; row++)
    named[row] = subjects_in(ent_checker_get(c, (size_t)i, row, "subjects"));
  for (size_t row = 0; row < c->package->tables[r]->rows; row++) check_observation(c, (size_t)r, row, named);
  check_sums(c, (size_t)r);
  check_definitions(c, (size_t)r);
  check_same(c, (size_t)r);
}

static void check_indicators(ent_checker *c) {
  int r = ent_checker_table(c, "indicators");
  for (size_t row = 0; r >= 0 && row < c->package->tables[r]->rows; row++) {
    double minimum = ent_checker_number(c, (size_t)r, row, "minimum");
    double maximum = ent_checker_number(c, (size_t)r, row, "maximum");
    const char *at = ent_checker_get(c, (size_t)r, row, "subjects"), *word = NULL;
    size_t length = 0;
    if (minimum > maximum)
      ent_checker_report(c, ENT_ERROR, "minimum-above-maximum", (size_t)r, row, "minimum", "swap the two",
                         "the minimum, %.15g, is above the maximum, %.15g", minimum, maximum);
    while (ent_checker_word(&at, &word, &length)) {
      size_t s = 0;
      while (s < SUBJECTS && !(strlen(subjects[s]) == length && memcmp(subjects[s], word, length) == 0)) s++;
      if (s < SUBJECTS) continue;
      const char *given = ent_checker_say(c, "%.*s", (int)(length > 200 ? 200 : length), word);
      if (given)
        ent_checker_report(
            c, ENT_ERROR, "unknown-subject", (size_t)r, row, "subjects",
            ent_checker_nearest(c, given, subjects, SUBJECTS, "known: actor, partner, alliance, place, institution"),
            "\"%s\" is no subject of a figure", given);
    }
  }
}

/* named: the subjects of each indicator. */
static void check_observation(ent_checker *c, size_t r, size_t row, const unsigned *named) {
  const char *indicator = ent_checker_get(c, r, row, "indicator");
  bool has_comparison = *ent_checker_get(c, r, row, "comparison") != '\0';
  bool compares = *ent_checker_get(c, r, row, "compared_with") != '\0';
  size_t found = 0;
  if (!*ent_checker_get(c, r, row, "value") && !*ent_checker_get(c, r, row, "low") &&
      !*ent_checker_get(c, r, row, "high") && !*ent_checker_get(c, r, row, "rank") && !has_comparison)
    ent_checker_report(c, ENT_ERROR, "figure-without-value", r, row, "value",
                       "give a value, a bound, a rank or a comparison", "the row states no figure");
  if (has_comparison != compares)
    ent_checker_report(c, ENT_ERROR, "half-comparison", r, row, has_comparison ? "compared_with" : "comparison",
                       "a comparison needs both columns", "the figure it is compared with%s",
                       has_comparison ? " is missing" : " is there, but not how they compare");
  check_currency(c, r, row, "unit", "currency");
  check_currency(c, r, row, "converted_unit", "converted_currency");
  if (*ent_checker_get(c, r, row, "converted_value") && !*ent_checker_get(c, r, row, "converted_unit"))
    ent_checker_report(c, ENT_ERROR, "required", r, row, "converted_unit", "name the unit of the converted value",
                       "the converted value has no unit");
  check_range(c, r, row);
  check_standard_error(c, r, row);
  if (ent_checker_find(c, "indicators", indicator, strlen(indicator), &found))
    check_against_indicator(c, r, row, found, named[found]);
}

static void check_currency(ent_checker *c, size_t r, size_t row, const char *unit, const char *currency) {
  const char *given = ent_checker_get(c, r, row, unit), *code = ent_checker_get(c, r, row, currency);
  bool is_money = strcmp(given, "currency") == 0;
  if (is_money && !*code)
    ent_checker_report(c, ENT_ERROR, "without-currency", r, row, currency, "name the currency by its code, such as USD",
                       "the unit is currency, but which one is not said");
  if (!is_money && *code)
    ent_checker_report(c, ENT_ERROR, "currency-without-unit", r, row, currency,
                       "write the unit currency, or take the code out", "the currency %s stands beside the unit \"%s\"",
                       code, given);
}

static void check_range(ent_checker *c, size_t r, size_t row) {
  double rank = ent_checker_number(c, r, row, "rank"), rank_of = ent_checker_number(c, r, row, "rank_of");
  ent_checker_range(c, r, row);
  if (rank > rank_of)
    ent_checker_report(c, ENT_ERROR, "range-excludes-value", r, row, "rank", "mend the rank or the length of the list",
                       "rank %.15g is beyond the end of the list, which has %.15g", rank, rank_of);
}

/* A standard error says how a value spreads; a range or a one-sided qualifier beside it would say it a second time. */
static void check_standard_error(ent_checker *c, size_t r, size_t row) {
  const char *qualifier = ent_checker_get(c, r, row, "qualifier");
  if (!*ent_checker_get(c, r, row, "standard_error")) return;
  if (!*ent_checker_get(c, r, row, "value"))
    ent_checker_report(c, ENT_ERROR, "error-without-value", r, row, "standard_error",
                       "give the value that it belongs to", "there is a standard error, but no value");
  if (*ent_checker_get(c, r, row, "low") || *ent_checker_get(c, r, row, "high"))
    ent_checker_report(c, ENT_ERROR, "error-and-range", r, row, "standard_error", "keep the one that the source gives",
                       "a standard error stands beside a low or a high end");
  else if (*qualifier && strcmp(qualifier, "about") != 0)
    ent_checker_report(c, ENT_ERROR, "error-and-range", r, row, "standard_error", "keep the one that the source gives",
                       "a standard error stands beside the qualifier \"%s\"", qualifier);
}

/* The subjects that a cell names, as bits. */
static unsigned subjects_in(const char *list) {
  unsigned named = 0;
  const char *word = NULL;
  size_t length = 0;
  while (ent_checker_word(&list, &word, &length))
    for (size_t s = 0; s < SUBJECTS; s++)
      if (strlen(subjects[s]) == length && memcmp(subjects[s], word, length) == 0) named |= 1u << s;
  return named;
}

/* The indicator says the unit, the limits and which subjects a figure of it has. */
static void check_against_indicator(ent_checker *c, size_t r, size_t row, size_t indicator, unsigned named) {
  static const char *const columns[] = {"value", "low", "high"};
  size_t i = (size_t)ent_checker_table(c, "indicators");
  const char *id = ent_checker_get(c, r, row, "indicator"), *unit = ent_checker_get(c, r, row, "unit");
  const char *wanted = ent_checker_get(c, i, indicator, "unit"), *list = ent_checker_get(c, i, indicator, "subjects");
  double minimum = ent_checker_number(c, i, indicator, "minimum"),
         maximum = ent_checker_number(c, i, indicator, "maximum");
  char unit_remedy[80];
  snprintf(unit_remedy, sizeof unit_remedy, "write %.60s", wanted);
  if (*unit && *wanted && strcmp(unit, wanted) != 0)
    ent_checker_report(c, ENT_ERROR, "other-unit", r, row, "unit", unit_remedy,
                       "the unit is \"%s\", but the indicator %s is measured in %s", unit, id, wanted);
  for (size_t k = 0; k < 3; k++) {
    double number = ent_checker_number(c, r, row, columns[k]);
    if (number < minimum || number > maximum)
      ent_checker_report(c, ENT_ERROR, "out-of-bounds", r, row, columns[k], NULL,
                         "%.15g is %s what the indicator %s allows, %.15g", number,
                         number < minimum ? "below" : "above", id, number < minimum ? minimum : maximum);
  }
  for (size_t s = 0; s < SUBJECTS && *list; s++) {
    bool given = *ent_checker_get(c, r, row, subjects[s]) != '\0';
    char remedy[400];
    snprintf(remedy, sizeof remedy, "the indicator %.200s is about: %.100s", id, list);
    if (given != ((named >> s & 1) != 0))
      ent_checker_report(c, ENT_ERROR, "subject", r, row, subjects[s], remedy, "the %s is %s", subjects[s],
                         given ? "given, but no subject of this indicator" : "missing");
  }
}

/* What a part adds at least, and what a whole holds at most. */
static double least(const ent_checker *c, size_t r, size_t row) {
  double value = ent_checker_number(c, r, row, "value");
  return isnan(value) ? ent_checker_number(c, r, row, "low") : value;
}

static double most(const ent_checker *c, size_t r, size_t row) {
  double high = ent_checker_number(c, r, row, "high");
  return isnan(high) ? ent_checker_number(c, r, row, "value") : high;
}

static bool same_measure(const ent_checker *c, size_t r, size_t a, size_t b) {
  static const char *const columns[] = {"unit", "currency", "period", "status"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcmp(ent_checker_get(c, r, a, columns[i]), ent_checker_get(c, r, b, columns[i])) != 0) return false;
  return true;
}

/* Parts of one whole (same unit, currency and period, reported) should not add up to more than it. A text may well say
 * so, by rounding or by two sources, therefore it is a note. */
static void check_sums(ent_checker *c, size_t r) {
  size_t rows = c->package->tables[r]->rows, whole = 0;
  double *sums = ent_arena_take(c->arena, rows, sizeof *sums);
  size_t *parts = ent_arena_take(c->arena, rows, sizeof *parts);
  if (!sums || !parts) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < rows; row++) {
    const char *parent = ent_checker_get(c, r, row, "parent");
    double part = least(c, r, row);
    if (isnan(part) || !ent_checker_find(c, "observations", parent, strlen(parent), &whole) || whole == row ||
        strcmp(ent_checker_get(c, r, row, "status"), "reported") != 0 || !same_measure(c, r, row, whole))
      continue;
    sums[whole] += part;
    parts[whole]++;
  }
  for (size_t row = 0; row < rows; row++) {
    double limit = most(c, r, row);
    /* A trillionth of slack for sums of decimal fractions. */
    if (parts[row] && sums[row] > limit + 1e-12 * fabs(limit))
      ent_checker_report(c, ENT_NOTE, "sum-above-whole", r, row, "value", NULL,
                         "its %zu part%s add%s up to %.10g, more than the whole, %.10g", parts[row],
                         parts[row] == 1 ? "" : "s", parts[row] == 1 ? "s" : "", sums[row], limit);
  }
}

/* What is, was or will be; a demand or a threat names a number without an accounting. */
static bool is_account(const char *status) {
  return strcmp(status, "reported") == 0 || strcmp(status, "planned") == 0 || strcmp(status, "forecast") == 0;
}

/* A figure needs a definition where its kin name one, or where it is money: whose accounting, which categories? One
 * note for each indicator. */
static void check_definitions(ent_checker *c, size_t r) {
  int i = ent_checker_table(c, "indicators");
  size_t rows = c->package->tables[r]->rows, count = i < 0 ? 0 : c->package->tables[i]->rows;
  ent_id_list *without = ent_arena_take(c->arena, count, sizeof *without);
  size_t *with = ent_arena_take(c->arena, count, sizeof *with), found = 0;
  if (!without || !with) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < rows; row++) {
    const char *indicator = ent_checker_get(c, r, row, "indicator");
    if (!ent_checker_find(c, "indicators", indicator, strlen(indicator), &found)) continue;
    if (*ent_checker_get(c, r, row, "definition")) with[found]++;
    else if (is_account(ent_checker_get(c, r, row, "status")))
      ent_id_list_add(&without[found], ent_checker_cell(c, r, row, 0));
  }
  for (size_t k = 0; k < count; k++) {
    bool is_money = strcmp(ent_checker_get(c, (size_t)i, k, "unit"), "currency") == 0;
    if (without[k].count && (with[k] || is_money))
      ent_findings_add(c->findings, ENT_NOTE, "definition-missing", c->package->tables[r]->file, 0, "definition",
                       ent_checker_cell(c, (size_t)i, k, 0), "say whose accounting it is and which categories it has",
                       "%zu figure%s of %s %s no definition: %s", without[k].count, without[k].count == 1 ? "" : "s",
                       ent_checker_cell(c, (size_t)i, k, 0), without[k].count == 1 ? "has" : "have",
                       ent_id_list_say(c, &without[k]));
  }
}

/* What a figure is of, as one text: two rows that share it state the same thing. text: serves for all rows. */
static void write_thing(const ent_checker *c, size_t r, size_t row, ent_text *text) {
  static const char *const columns[] = {"indicator",   "actor",  "partner",       "alliance",  "place",
                                        "institution", "period", "unit",          "currency",  "price_basis",
                                        "definition",  "status", "compared_with", "data_year", "parent"};
  text->length = 0;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    ent_text_add(text, ent_checker_get(c, r, row, columns[i]));
    ent_text_add_bytes(text, "\x1f", 1);
  }
}

/* "about 5", "2 to 3", "rank 1" */
static const char *figure_of(ent_checker *c, size_t r, size_t row) {
  const char *value = ent_checker_get(c, r, row, "value"), *low = ent_checker_get(c, r, row, "low");
  const char *high = ent_checker_get(c, r, row, "high"), *rank = ent_checker_get(c, r, row, "rank");
  const char *qualifier = ent_checker_get(c, r, row, "qualifier"), *gap = *qualifier ? " " : "";
  const char *said;
  if (*value) said = ent_checker_say(c, "%s%s%s", qualifier, gap, value);
  else if (*low || *high)
    said = ent_checker_say(c, "%s%s%s to %s", qualifier, gap, *low ? low : "open", *high ? high : "open");
  else
    said = ent_checker_say(c, "%s%s%s", qualifier, gap, *rank ? ent_checker_say(c, "rank %s", rank) : "a comparison");
  return said ? said : "";
}

/* One figure in two rows would count twice (two sources of it are two citations); two figures of one thing disagree,
 * which a text may do, and both are kept. Only what is reported: demands and forecasts differ by nature. */
static void check_same(ent_checker *c, size_t r) {
  ent_index index;
  ent_text text = {0};
  size_t rows = c->package->tables[r]->rows, first = 0;
  bool whole = ent_index_init(&index, c->arena, rows);
  for (size_t row = 0; whole && row < rows; row++) {
    if (strcmp(ent_checker_get(c, r, row, "status"), "reported") != 0) continue;
    write_thing(c, r, row, &text);
    whole = !text.failed;
    if (whole && !ent_index_find(&index, text.data, text.length, &first)) {
      const char *thing = ent_arena_copy(c->arena, text.data, text.length);
      whole = thing && ent_index_add(&index, thing, text.length, row);
      continue;
    }
    if (!whole) break;
    const char *here = figure_of(c, r, row), *there = figure_of(c, r, first);
    const char *other = ent_checker_cell(c, r, first, 0);
    if (strcmp(here, there) == 0)
      ent_checker_report(c, ENT_NOTE, "figure-twice", r, row, NULL, "join the two rows and cite both places in one",
                         "the row states the same figure as \"%s\"", other);
    else
      ent_checker_report(c, ENT_NOTE, "figures-disagree", r, row, NULL, NULL,
                         "the row says %s, \"%s\" says %s of the same thing", here, other, there);
  }
  if (!whole) c->findings->failed = true;
  ent_text_clear(&text);
}
