/* sound.c - see sound.h. */
#include "evidence/sound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/index.h"
#include "base/text.h"
#include "evidence/aspect.h"

#define REMEDY "entente store check shows all that is wrong with the store, and what helps"

static ent_status refuse(ent_context *context, const char *table, const char *id, const char *column,
                         const char *what) {
  char where[280];
  snprintf(where, sizeof where, "%.60s:%.120s, column %.60s", table, id, column);
  return ent_fail(context, ENT_STORE, where, REMEDY, "the store is damaged: %s", what);
}

/* What is wrong with a cell, or NULL. */
static const char *wrong_number(const ent_field *field, const char *cell) {
  double number = 0;
  if (!*cell) return field->required ? "a number that must be there is missing" : NULL;
  if (!ent_text_number(cell, &number)) return "what stands there is not a finite number";
  if (field->kind == ENT_FIELD_INTEGER && (number != floor(number) || fabs(number) > 9e15))
    return "what stands there is not a whole number";
  if (number < field->minimum || number > field->maximum) return "the number is beyond the bounds of its column";
  return NULL;
}

static const char *wrong_date(const ent_field *field, const char *cell) {
  ent_span span;
  if (!*cell) return field->required ? "a date that must be there is missing" : NULL;
  if (strcmp(field->name, "start") == 0 || strcmp(field->name, "end") == 0)
    return ent_span_parse(cell, "", &span, NULL) ? NULL : "what stands there is no date";
  if (field->kind == ENT_FIELD_PERIOD)
    return ent_period_parse(cell, &span, NULL) ? NULL : "what stands there is no date";
  return ent_date_parse(cell, &span, NULL) ? NULL : "what stands there is no date";
}

static const char *wrong_cell(const ent_field *field, const char *cell) {
  switch (field->kind) {
    case ENT_FIELD_NUMBER:
    case ENT_FIELD_INTEGER: return wrong_number(field, cell);
    case ENT_FIELD_EDTF:
    case ENT_FIELD_PERIOD: return wrong_date(field, cell);
    default: return NULL;
  }
}

/* The columns that belong together; -1 where a table has no such column. */
typedef struct together {
  int start, end, low, value, high, minimum, maximum;
} together;

static double number_in(const ent_table *table, size_t row, int column) {
  double number = NAN;
  return ent_text_number(ent_table_cell(table, row, column), &number) ? number : NAN;
}

/* The column of a row that does not go with another, or NULL; *what says how. Comparisons with what is missing (NaN)
 * are false. */
static const char *wrong_row(const ent_table *table, size_t row, const together *of, const char **what) {
  double low = number_in(table, row, of->low), high = number_in(table, row, of->high);
  double value = number_in(table, row, of->value);
  ent_span span;
  *what = "the end is before the start";
  if (!ent_span_parse(ent_table_cell(table, row, of->start), ent_table_cell(table, row, of->end), &span, NULL))
    return "end";
  *what = "the low end is above the high end";
  if (low > high) return "low";
  *what = "the value lies outside its own range";
  if (of->low >= 0 && (value < low || value > high)) return "value";
  double minimum = number_in(table, row, of->minimum), maximum = number_in(table, row, of->maximum);
  *what = "the minimum is not below the maximum"; /* a limit of figures may be one number, a scale may not */
  return minimum > maximum || (minimum == maximum && strcmp(table->name, "scales") == 0) ? "minimum" : NULL;
}

ent_status ent_sound_table(ent_context *context, const ent_resource *resource, const ent_table *table) {
  const together of = {ent_table_column(table, "start"),  ent_table_column(table, "end"),
                       ent_table_column(table, "low"),    ent_table_column(table, "value"),
                       ent_table_column(table, "high"),   ent_table_column(table, "minimum"),
                       ent_table_column(table, "maximum")};
  const char *what = NULL, *column;
  for (size_t f = 0; f < resource->field_count; f++) {
    const ent_field *field = &resource->fields[f];
    int at = ent_table_column(table, field->name);
    for (size_t row = 0; at >= 0 && row < table->rows; row++)
      if ((what = wrong_cell(field, ent_table_cell(table, row, at))))
        return refuse(context, table->name, ent_table_cell(table, row, 0), field->name, what);
  }
  for (size_t row = 0; row < table->rows; row++)
    if ((column = wrong_row(table, row, &of, &what)))
      return refuse(context, table->name, ent_table_cell(table, row, 0), column, what);
  return ENT_OK;
}

/* ---- codings on their scales ---- */

typedef struct finder { /* positions by key, and scales by their id */
  ent_index scales, names, issues, views;
} finder;

static bool add_key(ent_index *index, const ent_key *key, size_t position) {
  return ent_index_add(index, (const char *)key, sizeof *key, position);
}

static bool find_key(const ent_index *index, ent_key key, size_t *position) {
  return ent_index_find(index, (const char *)&key, sizeof key, position);
}

static bool make_finder(finder *f, ent_arena *arena, const ent_evidence *e) {
  bool ok = ent_index_init(&f->scales, arena, e->scales_count) && ent_index_init(&f->names, arena, e->scales_count) &&
            ent_index_init(&f->issues, arena, e->issues_count) && ent_index_init(&f->views, arena, e->views_count);
  for (size_t i = 0; ok && i < e->scales_count; i++)
    ok = add_key(&f->scales, &e->scales[i].key, i) &&
         ent_index_add(&f->names, e->scales[i].id, strlen(e->scales[i].id), i);
  for (size_t i = 0; ok && i < e->issues_count; i++) ok = add_key(&f->issues, &e->issues[i].key, i);
  for (size_t i = 0; ok && i < e->views_count; i++) ok = add_key(&f->views, &e->views[i].key, i);
  return ok;
}

static const ent_scale *scale_of(const finder *f, const ent_evidence *e, const ent_coding *coding) {
  const ent_aspect *aspect = ent_aspect_find(coding->aspect);
  size_t view = 0, issue = 0, scale = 0;
  if (!aspect) return NULL;
  if (!aspect->by_issue)
    return ent_index_find(&f->names, aspect->name, strlen(aspect->name), &scale) ? &e->scales[scale] : NULL;
  bool found = find_key(&f->views, coding->item, &view) && find_key(&f->issues, e->views[view].issue, &issue) &&
               find_key(&f->scales, e->issues[issue].scale, &scale);
  return found ? &e->scales[scale] : NULL;
}

/* The end of a coding's range that lies off the scale or between its points, or NULL. */
static const char *off_scale(const ent_coding *coding, const ent_scale *scale) {
  const struct {
    const char *column;
    double at;
  } points[] = {{"value", coding->value}, {"low", coding->low}, {"high", coding->high}};
  for (size_t i = 0; i < sizeof points / sizeof *points; i++)
    if (points[i].at < scale->minimum || points[i].at > scale->maximum ||
        (scale->ordinal && points[i].at != floor(points[i].at)))
      return points[i].column;
  return NULL;
}

ent_status ent_sound_codings(ent_context *context, ent_arena *arena, ent_catalog *catalog,
                             const ent_evidence *evidence) {
  finder f;
  if (!make_finder(&f, arena, evidence)) return ent_fail_memory(context);
  for (size_t i = 0; i < evidence->codings_count; i++) {
    const ent_coding *coding = &evidence->codings[i];
    const ent_scale *scale = scale_of(&f, evidence, coding);
    const char *column = scale ? off_scale(coding, scale) : NULL;
    ent_catalog_row row;
    if (!column) continue;
    ent_status status = ent_catalog_key(catalog, coding->key, &row);
    return status ? status : refuse(context, "codings", row.id, column, "the point is not one of its scale");
  }
  return ENT_OK;
}
