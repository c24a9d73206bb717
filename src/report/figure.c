/* figure.c - see figure.h. */
#include "report/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/number.h"
#include "report/parts_json.h"
#include "report/quantity.h"

static const char *const subject_names[ENT_SUBJECTS] = {"actor", "partner", "alliance", "place", "institution"};

const char *ent_figure_subjects(ent_words *words, const ent_data_figure *figure) {
  const char *text = "";
  for (size_t i = 0; i < ENT_SUBJECTS; i++)
    if (figure->subjects[i].id)
      text = ent_words_join(words, text, i == 1 ? " \u2192 " : ", ", ent_words_label(words, figure->subjects[i].label));
  return text;
}

const char *ent_figure_status(ent_words *words, const char *status) {
  return ent_words_of(words, "figure.status", status);
}

static const char *join(ent_words *words, const char *text, const char *more) {
  return ent_words_join(words, text, ENT_WORDS_DOT, more);
}

/* A rate as it is written, with six digits that say something. */
static const char *rate_text(ent_words *words, double rate) {
  int decimals = rate > 0 ? 5 - (int)floor(log10(rate)) : 0;
  char digits[64];
  snprintf(digits, sizeof digits, "%.*f", decimals < 0 ? 0 : decimals > 9 ? 9 : decimals, rate);
  size_t length = strlen(digits);
  const char *point = strpbrk(digits, ".,");
  while (point && length > 1 && digits[length - 1] == '0') length--;
  size_t whole = point ? (size_t)(point - digits) : length;
  return ent_number_plain(words, rate, length > whole + 1 ? (int)(length - whole - 1) : 0);
}

const char *ent_figure_way(ent_words *words, const ent_conversion_way *way, const ent_conversion_answer *conversion) {
  const char *text =
      ent_words_fill(words, "conversion.way", "money",
                     ent_quantity_money(words,
                                        isfinite(way->value) ? way->value
                                        : isfinite(way->low) ? way->low
                                                             : way->high,
                                        -1, conversion->currency),
                     "from", way->from, "rate", rate_text(words, way->rate), "to", way->to, "date", way->date, NULL);
  if (isfinite(way->difference_share))
    text = join(words, text,
                ent_words_fill(words, "conversion.difference", "money",
                               ent_quantity_money(words, conversion->stated, 0, conversion->currency), "difference",
                               ent_words_fill(words, "format.percent", "number",
                                              ent_number_signed(words, 100 * way->difference_share, 1), NULL),
                               NULL));
  if (way->same_place) text = join(words, text, ent_words_get(words, "conversion.same_place"));
  return join(words, text, ent_basis_citations(words, way->citations, way->citation_count));
}

const char *ent_figure_conversion(ent_words *words, const ent_conversion_answer *conversion) {
  if (!conversion->currency) return "";
  if (conversion->missing)
    return ent_words_fill(words, "conversion.missing", "currency", conversion->currency, "reason",
                          ent_words_get(words, conversion->missing), NULL);
  if (!conversion->way_count) return "";
  const char *text = ent_figure_way(words, &conversion->ways[0], conversion);
  for (size_t i = 1; conversion->ways[0].same_place && i < conversion->way_count; i++)
    if (!conversion->ways[i].same_place)
      return join(words, text, ent_figure_way(words, &conversion->ways[i], conversion));
  return text;
}

static const char *speakers(ent_words *words, const ent_data_figure *figure) {
  const char *text = "";
  if (figure->stated_by.id)
    text = ent_words_fill(words, "figure.stated_by", "actor", ent_words_label(words, figure->stated_by.label), NULL);
  if (figure->addressed_to.id)
    text = join(words, text,
                ent_words_fill(words, "figure.addressed_to", "actor",
                               ent_words_label(words, figure->addressed_to.label), NULL));
  return text;
}

const char *ent_figure_note(ent_words *words, const ent_data_figure *figure) {
  const char *text = figure->definition.id ? ent_words_label(words, figure->definition.label) : "";
  if (!ent_text_same(figure->status, "reported")) text = join(words, text, ent_figure_status(words, figure->status));
  text = join(words, text, speakers(words, figure));
  if (*figure->data_year && !ent_text_same(figure->data_year, figure->period))
    text = join(words, text, ent_words_fill(words, "figure.data_year", "year", figure->data_year, NULL));
  if (*figure->price_basis) text = join(words, text, ent_words_of(words, "figure.prices", figure->price_basis));
  if (figure->whole)
    text = join(
        words, text,
        ent_words_fill(words, ent_text_same(figure->nesting, "stated") ? "figure.part_stated" : "figure.part_inferred",
                       "key", strchr(figure->whole, ':') + 1, NULL));
  /* beside our own conversion it stands with the difference */
  bool beside = figure->conversion.way_count && ent_text_same(figure->conversion.currency, figure->converted_currency);
  if (isfinite(figure->converted) && !beside)
    text = join(words, text,
                ent_words_fill(words, "figure.converted", "money",
                               ent_quantity_money(words, figure->converted, figure->converted_decimals,
                                                  figure->converted_currency),
                               NULL));
  text = join(words, text, ent_figure_conversion(words, &figure->conversion));
  if (isfinite(figure->standard_error))
    text =
        join(words, text,
             ent_words_fill(
                 words, "figure.standard_error", "error",
                 ent_quantity_range(words, figure->standard_error, figure->standard_error, &figure->quantity), NULL));
  if (*figure->grade) text = join(words, text, ent_words_fill(words, "figure.grade", "grade", figure->grade, NULL));
  text = join(words, text, strchr(figure->key, ':') + 1);
  return join(words, text, ent_basis_citations(words, figure->citations, figure->citation_count));
}

/* ---- JSON ---- */

static const char *or_null(const char *text) { return text && *text ? text : NULL; }

static bool set_named(ent_json *object, ent_words *words, const char *key, const ent_named_answer *named) {
  if (!named->id) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", named->id) &&
            ent_json_set_text(json, "label", ent_words_label(words, named->label));
  return ent_json_set(object, key, json) && ok;
}

static bool set_quantity(ent_json *object, ent_words *words, const ent_quantity_answer *q) {
  return ent_json_set_text(object, "text", ent_quantity_text(words, q)) &&
         ent_json_set_number(object, "value", q->value) && ent_json_set_number(object, "low", q->low) &&
         ent_json_set_number(object, "high", q->high) && ent_json_set_bool(object, "low_strict", q->low_strict) &&
         ent_json_set_bool(object, "high_strict", q->high_strict) && ent_json_set_number(object, "rank", q->rank) &&
         ent_json_set_number(object, "rank_of", q->rank_of) &&
         ent_json_set_text(object, "comparison", or_null(q->comparison)) &&
         ent_json_set_text(object, "compared_with", q->compared_key) &&
         ent_json_set_text(object, "qualifier", or_null(q->qualifier)) && ent_json_set_text(object, "unit", q->unit) &&
         ent_json_set_text(object, "currency", or_null(q->currency));
}

static ent_json *definition_json(ent_words *words, const ent_definition_answer *definition) {
  ent_json *json = ent_json_object(), *wider = ent_json_array();
  bool ok = ent_json_set_text(json, "id", definition->id) &&
            ent_json_set_text(json, "label", ent_words_label(words, definition->label)) &&
            ent_json_set_text(json, "accounting", definition->accounting) &&
            ent_json_set_text(json, "includes", or_null(ent_words_label(words, definition->includes))) &&
            ent_json_set_text(json, "excludes", or_null(ent_words_label(words, definition->excludes)));
  for (size_t i = 0; ok && i < definition->wider_count; i++) ok = ent_json_add_text(wider, definition->wider[i].id);
  ok = ent_json_set(json, "wider", wider) && ok &&
       ent_parts_json_citations(json, words, "citations", definition->citations, definition->citation_count);
  return ent_parts_json_keep(json, ok);
}

static ent_json *way_json(ent_words *words, const ent_conversion_way *way) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", way->rate_key) && ent_json_set_text(json, "date", way->date) &&
            ent_json_set_text(json, "from", way->from) && ent_json_set_text(json, "to", way->to) &&
            ent_json_set_number(json, "rate", way->rate) && ent_json_set_bool(json, "inverted", way->inverted) &&
            ent_json_set_bool(json, "same_place", way->same_place) && ent_json_set_number(json, "value", way->value) &&
            ent_json_set_number(json, "low", way->low) && ent_json_set_number(json, "high", way->high) &&
            ent_json_set_number(json, "difference", way->difference) &&
            ent_parts_json_citations(json, words, "citations", way->citations, way->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_conversion(ent_json *object, ent_words *words, const ent_conversion_answer *conversion) {
  if (!conversion->currency) return ent_json_set_text(object, "conversion", NULL);
  ent_json *json = ent_json_object(), *ways = ent_json_array();
  bool ok = ent_json_set_text(json, "currency", conversion->currency) &&
            ent_json_set_number(json, "value", conversion->value) &&
            ent_json_set_number(json, "low", conversion->low) && ent_json_set_number(json, "high", conversion->high) &&
            ent_parts_json_reason(json, words, "missing", conversion->missing) &&
            ent_json_set_number(json, "stated", conversion->stated) &&
            ent_json_set_number(json, "implied_rate", conversion->implied);
  for (size_t i = 0; ok && i < conversion->way_count; i++)
    ok = ent_json_add(ways, way_json(words, &conversion->ways[i]));
  ok = ent_json_set(json, "ways", ways) && ok;
  return ent_json_set(object, "conversion", json) && ok;
}

static bool set_stated_conversion(ent_json *object, const ent_data_figure *figure) {
  if (!isfinite(figure->converted)) return ent_json_set_text(object, "converted", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "value", figure->converted) &&
            ent_json_set_text(json, "unit", or_null(figure->converted_unit)) &&
            ent_json_set_text(json, "currency", or_null(figure->converted_currency));
  return ent_json_set(object, "converted", json) && ok;
}

ent_json *ent_figure_json(ent_words *words, const ent_data_figure *figure) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", figure->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, figure->label)) &&
            set_named(json, words, "indicator", &figure->indicator);
  for (size_t i = 0; ok && i < ENT_SUBJECTS; i++) ok = set_named(json, words, subject_names[i], &figure->subjects[i]);
  ok = ok && ent_json_set_text(json, "period", figure->period) &&
       ent_json_set_text(json, "data_year", or_null(figure->data_year)) &&
       set_quantity(json, words, &figure->quantity) &&
       ent_json_set_text(json, "price_basis", or_null(figure->price_basis)) &&
       ent_json_set_text(json, "status", figure->status) && set_named(json, words, "stated_by", &figure->stated_by) &&
       set_named(json, words, "addressed_to", &figure->addressed_to) &&
       (figure->definition.id ? ent_json_set(json, "definition", definition_json(words, &figure->definition))
                              : ent_json_set_text(json, "definition", NULL)) &&
       ent_json_set_text(json, "part_of", figure->whole) &&
       ent_json_set_text(json, "nesting", or_null(figure->nesting)) && set_stated_conversion(json, figure) &&
       set_conversion(json, words, &figure->conversion) && ent_json_set_text(json, "grade", or_null(figure->grade)) &&
       ent_json_set_number(json, "standard_error", figure->standard_error) &&
       ent_json_set_text(json, "note", or_null(figure->note)) &&
       ent_parts_json_citations(json, words, "citations", figure->citations, figure->citation_count);
  return ent_parts_json_keep(json, ok);
}
