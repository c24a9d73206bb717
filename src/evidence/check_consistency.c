/* check_consistency.c - what a text gets inconsistent by itself, as far as general rules can see it: back references to
 * other works, one figure with two qualifiers, comparisons that their figures contradict, conversions at two rates.
 *
 * All of it are notes: a faithful package of an inconsistent text must load. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "evidence/checker.h"

#define TWENTIETH 0.05

static void check_back_references(ent_checker *c);
static void check_qualifiers(ent_checker *c, size_t r);
static void check_comparisons(ent_checker *c, size_t r);
static void check_conversions(ent_checker *c, size_t r);

void ent_check_consistency(ent_checker *c) {
  int r = ent_checker_table(c, "observations");
  check_back_references(c);
  if (r < 0) return;
  check_qualifiers(c, (size_t)r);
  check_comparisons(c, (size_t)r);
  check_conversions(c, (size_t)r);
}

/* ---- back references ---- */

/* Citations of footnotes in the order of the text: by number, then as they stand in the file. */
typedef struct noted {
  double footnote;
  size_t row;
} noted;

typedef struct apparatus {
  ent_checker *c;
  size_t r;
  noted *list;
  size_t count;
} apparatus;

static int by_footnote(const void *left, const void *right) {
  const noted *a = left, *b = right;
  if (a->footnote != b->footnote) return a->footnote < b->footnote ? -1 : 1;
  return (a->row > b->row) - (a->row < b->row);
}

static bool order_footnotes(apparatus *a) {
  size_t rows = a->c->package->tables[a->r]->rows;
  if (!(a->list = ent_arena_take(a->c->arena, rows, sizeof *a->list))) return false;
  for (size_t row = 0; row < rows; row++) {
    double number = ent_checker_number(a->c, a->r, row, "footnote");
    if (!isnan(number) && strcmp(ent_checker_get(a->c, a->r, row, "anchor"), "footnote") == 0)
      a->list[a->count++] = (noted){number, row};
  }
  if (a->count > 1) qsort(a->list, a->count, sizeof *a->list, by_footnote);
  return true;
}

/* The first place of a footnote, or of the next one that there is. */
static size_t place_of(const apparatus *a, double footnote) {
  size_t low = 0, high = a->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (a->list[middle].footnote < footnote) low = middle + 1;
    else high = middle;
  }
  return low;
}

static const char *source_of(const apparatus *a, size_t row) { return ent_checker_get(a->c, a->r, row, "source"); }

/* Whether a footnote cites a work; of many citations in one, the first hundred are looked at. */
static bool cites(const apparatus *a, double footnote, const char *source) {
  enum { MOST = 100 };
  size_t first = place_of(a, footnote);
  for (size_t i = first; i < a->count && i < first + MOST && a->list[i].footnote == footnote; i++)
    if (strcmp(source_of(a, a->list[i].row), source) == 0) return true;
  return false;
}

/* "ibid." points to what was cited last: before it in the same footnote, else in the footnote before. */
static void check_ibid(const apparatus *a, size_t at, size_t target) {
  const noted *here = &a->list[at];
  double before = at ? a->list[at - 1].footnote : NAN;
  const char *meant = source_of(a, target);
  if (!at || strcmp(source_of(a, a->list[at - 1].row), meant) == 0 ||
      (before < here->footnote && cites(a, before, meant)))
    return;
  ent_checker_report(a->c, ENT_NOTE, "back-reference-elsewhere", a->r, here->row, "resolved_target", NULL,
                     "no number is printed, so that the work before it would be meant, \"%s\"; what is meant is \"%s\"",
                     ent_checker_cell(a->c, a->r, a->list[at - 1].row, 0), ent_checker_cell(a->c, a->r, target, 0));
}

static void check_printed(const apparatus *a, size_t row, double printed, size_t target) {
  if (cites(a, printed, source_of(a, target))) return;
  ent_checker_report(a->c, ENT_NOTE, "back-reference-elsewhere", a->r, row, "printed_target", NULL,
                     "footnote %.0f, which is printed, does not cite the work that is meant, \"%s\"", printed,
                     ent_checker_cell(a->c, a->r, target, 0));
}

static void check_back_references(ent_checker *c) {
  int r = ent_checker_table(c, "citations");
  apparatus a = {.c = c, .r = (size_t)r};
  if (r < 0) return;
  if (!order_footnotes(&a)) {
    c->findings->failed = true;
    return;
  }
  for (size_t i = 0; i < a.count; i++) {
    size_t row = a.list[i].row, target = 0;
    const char *id = ent_checker_get(c, a.r, row, "resolved_target");
    double printed = ent_checker_number(c, a.r, row, "printed_target");
    if (!*id || !ent_checker_find(c, "citations", id, strlen(id), &target)) continue;
    if (isnan(printed)) check_ibid(&a, i, target);
    else check_printed(&a, row, printed, target);
    if (strcmp(source_of(&a, row), source_of(&a, target)) != 0)
      ent_checker_report(c, ENT_NOTE, "back-reference-source", a.r, row, "source",
                         "name the work of the target, or say in a note how the two belong together",
                         "the citation is of \"%s\", its target of \"%s\"", source_of(&a, row), source_of(&a, target));
  }
}

/* ---- qualifiers ---- */

/* A figure with its value, whatever its definition: where the same stands twice, only the words around it can differ.
 */
static void write_figure(const ent_checker *c, size_t r, size_t row, ent_text *text) {
  static const char *const columns[] = {"indicator", "actor", "partner",  "alliance", "place", "institution",
                                        "period",    "unit",  "currency", "status",   "value"};
  text->length = 0;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    ent_text_add(text, ent_checker_get(c, r, row, columns[i]));
    ent_text_add_bytes(text, "\x1f", 1);
  }
}

/* Whether all else is the same too: then the two disagree, which is noted elsewhere. */
static bool same_account(const ent_checker *c, size_t r, size_t a, size_t b) {
  static const char *const columns[] = {"definition", "price_basis", "data_year", "parent", "compared_with"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcmp(ent_checker_get(c, r, a, columns[i]), ent_checker_get(c, r, b, columns[i])) != 0) return false;
  return true;
}

static const char *said(const char *qualifier) { return *qualifier ? qualifier : "no qualifier"; }

static void check_qualifiers(ent_checker *c, size_t r) {
  ent_index index;
  ent_text text = {0};
  size_t rows = c->package->tables[r]->rows, first = 0;
  bool whole = ent_index_init(&index, c->arena, rows);
  for (size_t row = 0; whole && row < rows; row++) {
    const char *qualifier = ent_checker_get(c, r, row, "qualifier");
    if (!*ent_checker_get(c, r, row, "value") || strcmp(ent_checker_get(c, r, row, "status"), "reported") != 0)
      continue;
    write_figure(c, r, row, &text);
    whole = !text.failed;
    if (whole && !ent_index_find(&index, text.data, text.length, &first)) {
      const char *figure = ent_arena_copy(c->arena, text.data, text.length);
      whole = figure && ent_index_add(&index, figure, text.length, row);
    } else if (whole && strcmp(ent_checker_get(c, r, first, "qualifier"), qualifier) != 0 &&
               !same_account(c, r, first, row)) {
      ent_checker_report(c, ENT_NOTE, "qualifiers-differ", r, row, "qualifier", NULL,
                         "the same figure stands in \"%s\" with %s, here with %s", ent_checker_cell(c, r, first, 0),
                         said(ent_checker_get(c, r, first, "qualifier")), said(qualifier));
    }
  }
  if (!whole) c->findings->failed = true;
  ent_text_clear(&text);
}

/* ---- comparisons ---- */

static double lowest(const ent_checker *c, size_t r, size_t row) {
  double low = ent_checker_number(c, r, row, "low");
  return isnan(low) ? ent_checker_number(c, r, row, "value") : low;
}

static double highest(const ent_checker *c, size_t r, size_t row) {
  double high = ent_checker_number(c, r, row, "high");
  return isnan(high) ? ent_checker_number(c, r, row, "value") : high;
}

/* A text may say that one figure is above another and state both. */
static void check_comparisons(ent_checker *c, size_t r) {
  for (size_t row = 0; row < c->package->tables[r]->rows; row++) {
    const char *comparison = ent_checker_get(c, r, row, "comparison");
    const char *other = ent_checker_get(c, r, row, "compared_with");
    size_t at = 0;
    if (!*comparison || !ent_checker_find(c, "observations", other, strlen(other), &at)) continue;
    bool above = strcmp(comparison, "above") == 0, below = strcmp(comparison, "below") == 0;
    bool wrong = (above && highest(c, r, row) <= lowest(c, r, at)) ||
                 (below && lowest(c, r, row) >= highest(c, r, at)) ||
                 (!above && !below && (highest(c, r, row) < lowest(c, r, at) || lowest(c, r, row) > highest(c, r, at)));
    if (wrong)
      ent_checker_report(c, ENT_NOTE, "comparison-contradicted", r, row, "comparison", NULL,
                         "the row is said to be %s \"%s\", but the two figures say otherwise",
                         above || below ? comparison : "equal to", other);
  }
}

/* ---- conversions ---- */

typedef struct conversion { /* what a text made of an amount */
  const char *from, *to;
  int32_t year;
  double rate;
  size_t row;
} conversion;

static int by_pair(const void *left, const void *right) {
  const conversion *a = left, *b = right;
  int order = strcmp(a->from, b->from);
  if (!order) order = strcmp(a->to, b->to);
  if (!order) order = (a->year > b->year) - (a->year < b->year);
  return order ? order : (a->row > b->row) - (a->row < b->row);
}

static bool read_conversion(const ent_checker *c, size_t r, size_t row, conversion *out) {
  double value = ent_checker_number(c, r, row, "value"), converted = ent_checker_number(c, r, row, "converted_value");
  ent_span period;
  int month, day, year;
  *out = (conversion){.from = ent_checker_get(c, r, row, "currency"),
                      .to = ent_checker_get(c, r, row, "converted_currency"),
                      .rate = converted / value,
                      .row = row};
  if (!isfinite(out->rate) || out->rate <= 0 || !*out->from || !*out->to ||
      !ent_period_parse(ent_checker_get(c, r, row, "period"), &period, NULL))
    return false;
  ent_day_civil(period.last == ENT_DAY_OPEN_END ? period.first : period.last, &year, &month, &day);
  out->year = year;
  return true;
}

/* Two amounts of one year in one currency should be converted at about one rate: each is held against the one before.
 */
static void check_conversions(ent_checker *c, size_t r) {
  size_t rows = c->package->tables[r]->rows, count = 0;
  conversion *list = ent_arena_take(c->arena, rows, sizeof *list);
  if (!list) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < rows; row++) count += read_conversion(c, r, row, &list[count]);
  if (count > 1) qsort(list, count, sizeof *list, by_pair);
  for (size_t i = 1; i < count; i++) {
    const conversion *a = &list[i - 1], *b = &list[i];
    if (strcmp(a->from, b->from) != 0 || strcmp(a->to, b->to) != 0 || a->year != b->year) continue;
    if (fabs(a->rate - b->rate) > TWENTIETH * fmax(a->rate, b->rate))
      ent_checker_report(c, ENT_NOTE, "conversions-differ", r, b->row, "converted_value", NULL,
                         "%s are turned into %s at %.6g here, in \"%s\" at %.6g in the same year", b->from, b->to,
                         b->rate, ent_checker_cell(c, r, a->row, 0), a->rate);
  }
}
