/* figures.c - rows of observations as answers show them, and money in another currency.
 *
 * Comes in: rows of the catalog. Goes out: texts, ids and numbers that live as long as study and arena. Of two figures
 * nothing is said here, see comparing.c. */
#include "study/figures.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/unit.h"
#include "measures/comparability.h"

enum { MOST_WAYS = 16 };  /* rates of one year that money is converted by, the nearest to its middle */
enum { MOST_RULES = 64 }; /* a rule in a rule in a rule ...; a check forbids circles */

static double number(const ent_catalog_row *row, const char *column) {
  double value;
  return ent_text_number(ent_catalog_value(row, column), &value) ? value : NAN;
}

/* Digits behind the point, as a cell has them: "0.745" has three, "1.5e9" none. */
static int decimals_of(const char *cell) {
  const char *point = strchr(cell, '.'), *power = strpbrk(cell, "eE");
  double exponent = 0;
  int digits = point ? (int)strspn(point + 1, "0123456789") : 0;
  if (power && ent_text_number(power + 1 + (power[1] == '+'), &exponent)) digits -= (int)exponent;
  return digits < 0 ? 0 : digits > 9 ? 9 : digits;
}

static ent_status fill_named(ent_study *study, ent_arena *arena, const char *table, const char *id,
                             ent_named_answer *out) {
  ent_catalog_row row;
  ent_status status;
  memset(out, 0, sizeof *out);
  if (!*id) return ENT_OK;
  status = ent_catalog_row_of(study->catalog, table, id, &row);
  if (!status) status = ent_row_label(study, arena, &row, &out->label);
  if (!status) out->id = row.id;
  return status;
}

static ent_label texts(const ent_catalog_row *row, const char *en, const char *de) {
  ent_label label = {ent_catalog_value(row, en), ent_catalog_value(row, de)};
  if (!*label.en) label.en = *label.de ? label.de : NULL;
  if (!*label.de) label.de = label.en;
  return label;
}

/* The rules that a rule is a part of; out NULL: counts them. */
static ent_status climb_rules(ent_study *study, ent_catalog_row row, ent_named_answer *out, size_t *count) {
  const char *wider = ent_catalog_value(&row, "parent");
  ent_status status = ENT_OK;
  for (*count = 0; !status && *wider && *count < MOST_RULES; wider = ent_catalog_value(&row, "parent")) {
    status = ent_catalog_row_of(study->catalog, "definitions", wider, &row);
    if (status) return status;
    if (out) out[*count] = (ent_named_answer){row.id, ent_catalog_label(&row)};
    ++*count;
  }
  return status;
}

static ent_status fill_definition(ent_study *study, ent_arena *arena, const char *id, ent_definition_answer *out) {
  ent_catalog_row row;
  ent_status status;
  memset(out, 0, sizeof *out);
  if (!*id) return ENT_OK;
  status = ent_catalog_row_of(study->catalog, "definitions", id, &row);
  if (status) return status;
  out->id = row.id;
  out->label = ent_catalog_label(&row);
  out->accounting = ent_catalog_value(&row, "accounting");
  out->includes = texts(&row, "includes_en", "includes_de");
  out->excludes = texts(&row, "excludes_en", "excludes_de");
  status = ent_row_citations(study, arena, &row, &out->citations, &out->citation_count);
  if (!status) status = climb_rules(study, row, NULL, &out->wider_count);
  if (status || !out->wider_count) return status;
  if (!(out->wider = ent_arena_take(arena, out->wider_count, sizeof *out->wider)))
    return ent_fail_memory(study->context);
  return climb_rules(study, row, out->wider, &out->wider_count);
}

static ent_status fill_quantity(ent_study *study, ent_arena *arena, const ent_catalog_row *row,
                                ent_quantity_answer *out) {
  static const char *const cells[] = {"value", "low", "high"};
  const char *compared = ent_catalog_value(row, "compared_with");
  ent_catalog_row other;
  ent_status status = ENT_OK;
  size_t i;
  out->value = number(row, "value");
  out->low = number(row, "low");
  out->high = number(row, "high");
  out->rank = number(row, "rank");
  out->rank_of = number(row, "rank_of");
  out->low_strict = strcmp(ent_catalog_value(row, "low_strict"), "true") == 0;
  out->high_strict = strcmp(ent_catalog_value(row, "high_strict"), "true") == 0;
  for (i = 0; i < sizeof cells / sizeof *cells; i++) {
    int decimals = decimals_of(ent_catalog_value(row, cells[i]));
    if (decimals > out->decimals) out->decimals = decimals;
  }
  out->unit = ent_catalog_value(row, "unit");
  out->currency = ent_catalog_value(row, "currency");
  out->qualifier = ent_catalog_value(row, "qualifier");
  if (!*compared) return ENT_OK;
  out->comparison = ent_catalog_value(row, "comparison");
  status = ent_catalog_row_of(study->catalog, "observations", compared, &other);
  if (!status) status = ent_row_label(study, arena, &other, &out->compared_label);
  if (status) return status;
  out->compared_key = ent_arena_print(arena, "observations:%s", other.id);
  return out->compared_key ? ENT_OK : ent_fail_memory(study->context);
}

ent_status ent_figure_fill(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_data_figure *out) {
  static const char *const subjects[ENT_SUBJECTS][2] = {{"actor", "actors"},
                                                        {"partner", "actors"},
                                                        {"alliance", "alliances"},
                                                        {"place", "places"},
                                                        {"institution", "institutions"}};
  const char *whole = ent_catalog_value(row, "parent");
  ent_status status;
  size_t i;
  memset(out, 0, sizeof *out);
  status = ent_row_label(study, arena, row, &out->label);
  if (!status) status = fill_named(study, arena, "indicators", ent_catalog_value(row, "indicator"), &out->indicator);
  for (i = 0; i < ENT_SUBJECTS && !status; i++)
    status = fill_named(study, arena, subjects[i][1], ent_catalog_value(row, subjects[i][0]), &out->subjects[i]);
  if (!status) status = fill_named(study, arena, "actors", ent_catalog_value(row, "stated_by"), &out->stated_by);
  if (!status) status = fill_named(study, arena, "actors", ent_catalog_value(row, "addressed_to"), &out->addressed_to);
  if (!status) status = fill_quantity(study, arena, row, &out->quantity);
  if (!status) status = fill_definition(study, arena, ent_catalog_value(row, "definition"), &out->definition);
  if (!status) status = ent_row_citations(study, arena, row, &out->citations, &out->citation_count);
  if (status) return status;
  out->period = ent_catalog_value(row, "period");
  out->data_year = ent_catalog_value(row, "data_year");
  out->converted = number(row, "converted_value");
  out->converted_decimals = decimals_of(ent_catalog_value(row, "converted_value"));
  out->converted_unit = ent_catalog_value(row, "converted_unit");
  out->converted_currency = ent_catalog_value(row, "converted_currency");
  out->price_basis = ent_catalog_value(row, "price_basis");
  out->status = ent_catalog_value(row, "status");
  out->grade = ent_catalog_value(row, "grade");
  out->standard_error = number(row, "standard_error");
  out->note = ent_catalog_value(row, "note");
  out->nesting = ent_catalog_value(row, "nesting");
  out->key = ent_arena_print(arena, "observations:%s", row->id);
  if (*whole) out->whole = ent_arena_print(arena, "observations:%s", whole);
  return out->key && (out->whole || !*whole) ? ENT_OK : ent_fail_memory(study->context);
}

bool ent_figure_days(const char *period, const char *data_year, ent_span *out) {
  return *data_year ? ent_date_parse(data_year, out, NULL) : ent_period_parse(period, out, NULL);
}

/* ---- money ---- */

ent_status ent_figure_currency(ent_study *study, const char *option, const char *currency) {
  if (!currency || ent_currency_known(currency)) return ENT_OK;
  return ent_fail(study->context, ENT_USAGE, option, "give a code of ISO 4217 in capitals, such as USD",
                  "\"%s\" is no currency", currency);
}

/* Days of the calendar year that a span lies in; false where it lies in several. */
static bool year_of(ent_span span, ent_span *year, int32_t *july) {
  int first, last, month, day;
  if (span.first == ENT_DAY_OPEN_START || span.last == ENT_DAY_OPEN_END) return false;
  ent_day_civil(span.first, &first, &month, &day);
  ent_day_civil(span.last, &last, &month, &day);
  year->first = ent_day_from_civil(first, 1, 1);
  year->last = ent_day_from_civil(first, 12, 31);
  *july = ent_day_from_civil(first, 7, 1);
  return first == last;
}

static bool cites_alike(const ent_citation_answer *a, size_t a_count, const ent_citation_answer *b, size_t b_count) {
  size_t i, k;
  for (i = 0; i < a_count; i++)
    for (k = 0; k < b_count; k++)
      if (*a[i].id && strcmp(a[i].id, b[k].id) == 0) return true;
  return false;
}

static ent_status take_rate(ent_comparing *comparing, size_t at, const ent_data_figure *figure,
                            ent_conversion_way *out) {
  const ent_rate *rate = &comparing->rates[at];
  const ent_quantity_answer *q = &figure->quantity;
  double factor;
  ent_catalog_row row;
  ent_status status = ent_catalog_row_of(comparing->study->catalog, "rates", comparing->rate_ids[at], &row);
  if (status) return status;
  out->inverted = strcmp(rate->from, q->currency) != 0;
  factor = out->inverted ? 1 / rate->value : rate->value;
  out->value = q->value * factor;
  out->low = q->low * factor;
  out->high = q->high * factor;
  out->rate = rate->value;
  out->from = rate->from;
  out->to = rate->to;
  out->date = ent_catalog_value(&row, "date");
  out->difference = out->value - figure->conversion.stated;
  out->difference_share = fabs(figure->conversion.stated) > 0 ? out->difference / fabs(figure->conversion.stated) : NAN;
  out->rate_key = ent_arena_print(comparing->arena, "rates:%s", row.id);
  if (!out->rate_key) return ent_fail_memory(comparing->study->context);
  status = ent_row_citations(comparing->study, comparing->arena, &row, &out->citations, &out->citation_count);
  out->same_place = cites_alike(out->citations, out->citation_count, figure->citations, figure->citation_count);
  return status;
}

static ent_status take_rates(ent_comparing *comparing, ent_span year, int32_t july, ent_data_figure *figure) {
  ent_conversion_answer *out = &figure->conversion;
  size_t i, order[MOST_WAYS];
  ent_status status = ENT_OK;
  out->way_count = ent_comparability_rates(comparing->rates, comparing->rate_count, figure->quantity.currency,
                                           out->currency, year, july, MOST_WAYS, order);
  out->ways = ent_arena_take(comparing->arena, out->way_count, sizeof *out->ways);
  if (!out->ways) return ent_fail_memory(comparing->study->context);
  for (i = 0; i < out->way_count && !status; i++) status = take_rate(comparing, order[i], figure, &out->ways[i]);
  if (status) return status;
  if (!out->way_count) {
    out->missing = "conversion.no_rate";
    return ENT_OK;
  }
  out->value = out->ways[0].value;
  out->low = out->ways[0].low;
  out->high = out->ways[0].high;
  return ENT_OK;
}

ent_status ent_figure_convert(ent_comparing *comparing, const char *currency, ent_data_figure *figure) {
  ent_conversion_answer *out = &figure->conversion;
  const ent_quantity_answer *q = &figure->quantity;
  ent_span days, year;
  int32_t july;
  memset(out, 0, sizeof *out);
  out->value = out->low = out->high = out->stated = out->implied = NAN;
  if (!currency) return ENT_OK;
  out->currency = currency;
  if (strcmp(figure->converted_currency, currency) == 0) {
    out->stated = figure->converted;
    out->implied = out->stated / q->value;
  }
  if (strcmp(q->unit, "currency") != 0) {
    out->missing = "conversion.no_money";
  } else if (isnan(q->value) && isnan(q->low) && isnan(q->high)) {
    out->missing = "conversion.no_number";
  } else if (strcmp(q->currency, currency) == 0) {
    out->value = q->value;
    out->low = q->low;
    out->high = q->high;
  } else if (!ent_figure_days(figure->period, figure->data_year, &days) || !year_of(days, &year, &july)) {
    out->missing = "conversion.several_years";
  } else {
    return take_rates(comparing, year, july, figure);
  }
  return ENT_OK;
}
