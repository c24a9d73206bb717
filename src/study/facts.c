/* facts.c - what expressions ask of the evidence.
 *
 * Comes in: keys, columns, aspects, counts. Goes out: values with their units as the package format means them, or why
 * there is none: the cell is empty, the row was not known yet, had not begun, or is confidential. Must not compute with
 * two figures. Which row is meant is asked of the tables' ids, since an id may hold points: table:id.column is read as
 * an id first. */
#include "study/facts.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "evidence/aspect.h"
#include "evidence/csl.h"

/* Beyond these nothing more is suggested or counted: a hostile package has many statements and many rows. */
#define MOST_COMPARED 500000
#define MOST_LOOKED_AT 20000000
enum { MOST_COUNTED_KEYS = 200, LONGEST_TABLE = 64 };

typedef struct place { /* of a row, and what is asked of it */
  ent_fact_shelf *shelf;
  const ent_resource *resource;
  size_t row;
  const char *field; /* or NULL */
} place;

static bool fail(ent_fact_base *f, ent_status status) {
  if (!f->status) f->status = status;
  return false;
}

static bool fail_memory(ent_fact_base *f) { return fail(f, ent_fail_memory(f->context)); }

/* What is wrong with a question. True, as every answer that could be given. */
static bool wrong(ent_fact_base *f, ent_fact *out, ent_expression_fault fault, const char *what, const char *remedy) {
  out->fault = fault;
  out->what = what;
  out->remedy = remedy;
  return what ? f->status == ENT_OK : fail_memory(f);
}

static bool absent(ent_fact *out, const char *why) {
  out->why = why;
  return true;
}

/* ---- tables and rows ---- */

/* NULL with the status set, or without where the package has no such table. */
static ent_fact_shelf *open_shelf(ent_fact_base *f, size_t r) {
  ent_fact_shelf *shelf = &f->shelves[r];
  if (shelf->opened) return shelf->table ? shelf : NULL;
  shelf->opened = true;
  if (f->package) {
    shelf->table = f->package->tables[r];
  } else {
    ent_status status = ent_rows_open(f->study, f->format->resources[r].name, &shelf->rows);
    if (status) return fail(f, status), NULL;
    shelf->table = shelf->rows.table;
  }
  return shelf->table ? shelf : NULL;
}

static bool index_ids(ent_fact_base *f, ent_fact_shelf *shelf) {
  if (shelf->has_ids) return true;
  if (!ent_index_init(&shelf->ids, f->arena, shelf->table->rows)) return fail_memory(f);
  int column = ent_table_column(shelf->table, "id");
  for (size_t row = 0; row < shelf->table->rows; row++) {
    const char *id = ent_table_cell(shelf->table, row, column);
    if (!ent_index_add(&shelf->ids, id, strlen(id), row)) return fail_memory(f);
  }
  shelf->has_ids = true;
  return true;
}

static const char *cell_of(const place *p, const char *column) {
  return ent_table_cell(p->shelf->table, p->row, ent_table_column(p->shelf->table, column));
}

static double number_of(const place *p, const char *column) {
  double number = NAN;
  return ent_text_number(cell_of(p, column), &number) ? number : NAN;
}

static const char *did_you_mean(ent_fact_base *f, const char *word, const char *const *names, size_t count,
                                const char *before, const char *otherwise) {
  if (count > MOST_COMPARED - f->compared) return otherwise;
  f->compared += count;
  const char *near = ent_text_nearest(word, names, count);
  if (!near) return otherwise;
  const char *said = ent_arena_print(f->arena, "did you mean \"%s%s\"?", before, near);
  if (!said) fail_memory(f);
  return said;
}

static bool unknown_table(ent_fact_base *f, const char *name, ent_fact *out) {
  const char *const *names = ent_format_names(f->format, f->arena);
  if (!names) return fail_memory(f);
  return wrong(f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "there is no table \"%.60s\"", name),
               did_you_mean(f, name, names, f->format->resource_count, "", "docs/evidence.md lists the tables"));
}

static bool unknown_row(ent_fact_base *f, ent_fact_shelf *shelf, const char *table, const char *id, ent_fact *out) {
  size_t rows = shelf ? shelf->table->rows : 0;
  if (shelf && !shelf->names) {
    const char **names = ent_arena_take(f->arena, rows, sizeof *names);
    if (!names) return fail_memory(f);
    for (size_t row = 0; row < rows; row++)
      names[row] = ent_table_cell(shelf->table, row, ent_table_column(shelf->table, "id"));
    shelf->names = names;
  }
  const char *before = ent_arena_print(f->arena, "%s:", table);
  if (!before) return fail_memory(f);
  return wrong(
      f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "there is no row \"%.120s\" in %s", id, table),
      shelf ? did_you_mean(f, id, shelf->names, rows, before, "put blanks around a minus; name a row that is there")
            : NULL);
}

/* The row of table:id or table:id.column. *found false: there is none, and out says so. */
static bool find(ent_fact_base *f, const char *key, place *p, ent_fact *out, bool *found) {
  char table[LONGEST_TABLE];
  const char *colon = strchr(key, ':'), *id = colon ? colon + 1 : "", *stop = strrchr(id, '.');
  size_t length = colon ? (size_t)(colon - key) : 0, whole = strlen(id);
  *found = false;
  if (!length || length >= sizeof table) return unknown_table(f, key, out);
  memcpy(table, key, length);
  table[length] = '\0';
  int r = ent_format_find(f->format, table);
  if (r < 0) return unknown_table(f, table, out);
  ent_fact_shelf *shelf = open_shelf(f, (size_t)r);
  if (f->status || (shelf && !index_ids(f, shelf))) return false;
  *p = (place){shelf, &f->format->resources[r], 0, NULL};
  if (shelf && ent_index_find(&shelf->ids, id, whole, &p->row)) {
    *found = true;
  } else if (shelf && stop && ent_index_find(&shelf->ids, id, (size_t)(stop - id), &p->row)) {
    p->field = stop + 1;
    whole = (size_t)(stop - id);
    *found = true;
  }
  if (!*found) return unknown_row(f, shelf, table, id, out);
  out->key = ent_arena_print(f->arena, "%s:%.*s", table, (int)whole, id);
  out->field = p->field;
  return out->key || fail_memory(f);
}

/* ---- which rows count ---- */

/* When a row begins, as it was written: "" where nothing says so. */
static const char *beginning_of(const place *p) {
  static const char *const columns[] = {"start", "period", "date"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    const char *cell = cell_of(p, columns[i]);
    if (*cell) return cell;
  }
  return "";
}

/* Why a row does not count today, or NULL. */
static bool why_absent(ent_fact_base *f, const place *p, const char **why) {
  size_t later = 0, undated = 0;
  ent_span begins;
  ent_catalog_row row;
  *why = NULL;
  if (f->study && !ent_rows_known(&p->shelf->rows, p->row, &later, &undated)) *why = later ? "later" : "undated";
  if (!*why && f->as_of && ent_period_parse(beginning_of(p), &begins, NULL) && begins.first > *f->as_of)
    *why = "begins_later";
  if (*why || !f->study) return true;
  ent_status status = ent_rows_at(&p->shelf->rows, p->row, &row);
  if (status) return fail(f, status);
  if (row.withheld) *why = "confidential";
  return true;
}

/* ---- columns and figures ---- */

static ent_value number_value(ent_range range, ent_measure measure) {
  return (ent_value){.kind = ENT_VALUE_NUMBER, .number = range, .measure = measure};
}

/* What the two columns say; a plain number where they say nothing that is known, which the check has found. */
static ent_measure measure_of(const char *unit, const char *currency) {
  ent_measure measure = ent_measure_bare;
  const char *name = strcmp(unit, "currency") == 0 ? currency : unit;
  return ent_measure_of(name, &measure) ? measure : ent_measure_bare;
}

static bool number_or_absent(double number, ent_measure measure, ent_fact *out) {
  out->value = number_value(isnan(number) ? ent_range_missing() : ent_range_exact(number), measure);
  return isnan(number) ? absent(out, "no_value") : true;
}

static ent_measure unit_measure(const char *unit) {
  ent_measure measure = ent_measure_bare;
  return ent_measure_of(unit, &measure) ? measure : ent_measure_bare;
}

/* The limits of a figure's indicator. */
static bool read_limits(ent_fact_base *f, const place *p, ent_stated_figure *figure) {
  int r = ent_format_find(f->format, "indicators");
  ent_fact_shelf *shelf = r < 0 ? NULL : open_shelf(f, (size_t)r);
  const char *id = cell_of(p, "indicator");
  place indicator = {.shelf = shelf};
  if (f->status || (shelf && !index_ids(f, shelf))) return false;
  if (!shelf || !ent_index_find(&shelf->ids, id, strlen(id), &indicator.row)) return true;
  figure->minimum = number_of(&indicator, "minimum");
  figure->maximum = number_of(&indicator, "maximum");
  return true;
}

static bool read_figure(ent_fact_base *f, const place *p, ent_fact *out) {
  ent_stated_figure figure = {.value = number_of(p, "value"),
                              .low = number_of(p, "low"),
                              .high = number_of(p, "high"),
                              .low_strict = strcmp(cell_of(p, "low_strict"), "true") == 0,
                              .high_strict = strcmp(cell_of(p, "high_strict"), "true") == 0,
                              .qualifier = cell_of(p, "qualifier"),
                              .minimum = NAN,
                              .maximum = NAN};
  double rank = number_of(p, "rank");
  if (!read_limits(f, p, &figure)) return false;
  ent_range range = ent_range_of(&figure);
  if (!ent_range_known(range) && !isnan(rank)) return number_or_absent(rank, unit_measure("rank"), out);
  out->value = number_value(range, measure_of(cell_of(p, "unit"), cell_of(p, "currency")));
  return ent_range_known(range) ? true : absent(out, "no_value");
}

static bool read_rate(ent_fact_base *f, const place *p, ent_fact *out) {
  ent_measure from = measure_of("currency", cell_of(p, "from_currency")),
              to = measure_of("currency", cell_of(p, "to_currency")), rate;
  if (!ent_measure_combine(&to, &from, true, &rate)) return fail_memory(f);
  return number_or_absent(number_of(p, "value"), rate, out);
}

/* A coding by itself is a point of a scale: the one that bears its aspect's name, or the issue's. */
static bool read_scale(ent_fact_base *f, const char *item, const char *aspect, const char **scale) {
  const ent_aspect *of = ent_aspect_find(aspect);
  place row, issue;
  ent_fact ignored = {.what = NULL};
  bool found = false;
  *scale = aspect;
  if (!of || !of->by_issue) return true;
  if (!find(f, item, &row, &ignored, &found)) return false;
  if (!found) return true;
  const char *key = ent_arena_print(f->arena, "issues:%s", cell_of(&row, "issue"));
  if (!key) return fail_memory(f);
  if (!find(f, key, &issue, &ignored, &found)) return false;
  if (found && *cell_of(&issue, "scale")) *scale = cell_of(&issue, "scale");
  return true;
}

static bool read_own(ent_fact_base *f, const place *p, ent_fact *out) {
  const char *table = p->resource->name, *scale;
  if (strcmp(table, "observations") == 0) return read_figure(f, p, out);
  if (strcmp(table, "rates") == 0) return read_rate(f, p, out);
  if (strcmp(table, "capabilities") == 0)
    return number_or_absent(number_of(p, "quantity"), unit_measure("pieces"), out);
  if (strcmp(table, "codings") == 0) {
    if (!read_scale(f, cell_of(p, "item"), cell_of(p, "aspect"), &scale)) return false;
    return number_or_absent(number_of(p, "value"), ent_measure_points(scale), out);
  }
  return wrong(f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "a row of %s has no figure of its own", table),
               ent_arena_print(f->arena, "name a column, such as %s.%s", out->key,
                               ent_resource_field(p->resource, "start") >= 0 ? "start" : p->resource->fields[1].name));
}

static bool read_date(const char *cell, bool is_period, ent_fact *out) {
  ent_value *value = &out->value;
  *value = (ent_value){.kind = ENT_VALUE_DATE, .text = cell};
  if (strcmp(cell, "..") == 0) return absent(out, "open_end");
  bool good = is_period ? ent_period_parse(cell, &value->days, NULL) : ent_date_parse(cell, &value->days, NULL);
  return good ? true : absent(out, "no_value");
}

const char *ent_fact_span(ent_arena *arena, ent_span span) {
  int y1, m1, d1, y2, m2, d2;
  ent_day_civil(span.first, &y1, &m1, &d1);
  ent_day_civil(span.last, &y2, &m2, &d2);
  if (span.first == span.last) return ent_arena_print(arena, "%04d-%02d-%02d", y1, m1, d1);
  if (y1 == y2 && m1 == m2) return ent_arena_print(arena, "%04d-%02d", y1, m1);
  return ent_arena_print(arena, "%04d", y2);
}

/* When a work was published, or read: of a source, or of the one that a citation is of. */
static bool read_source_date(ent_fact_base *f, const place *p, ent_fact *out) {
  int r = ent_format_find(f->format, "sources");
  ent_fact_shelf *shelf = r < 0 ? NULL : open_shelf(f, (size_t)r);
  bool is_source = p->resource->is_sources;
  place source = {.shelf = shelf, .row = p->row};
  const char *id = is_source ? cell_of(p, "id") : cell_of(p, "source"), *csl;
  ent_json *json = NULL;
  out->value = (ent_value){.kind = ENT_VALUE_DATE, .text = ""};
  if (f->status || (shelf && !index_ids(f, shelf))) return false;
  if (!shelf || !ent_index_find(&shelf->ids, id, strlen(id), &source.row)) return absent(out, "no_value");
  csl = cell_of(&source, "csl");
  ent_status status = ent_json_read(f->context, "sources.json", csl, strlen(csl), &json);
  if (status) return fail(f, status);
  bool good = ent_csl_date(json, p->field, &out->value.days, NULL);
  ent_json_free(json);
  if (!good) return absent(out, "no_value");
  out->value.text = ent_fact_span(f->arena, out->value.days);
  return out->value.text || fail_memory(f);
}

/* Units that columns of numbers have by their nature. */
static ent_measure column_measure(const char *name) {
  if (strcmp(name, "share") == 0) return ent_measure_share;
  if (strcmp(name, "rank") == 0 || strcmp(name, "rank_of") == 0) return unit_measure("rank");
  if (strcmp(name, "quantity") == 0) return unit_measure("pieces");
  return ent_measure_bare;
}

static bool unknown_column(ent_fact_base *f, const ent_resource *resource, const char *name, ent_fact *out) {
  const char **names = ent_arena_take(f->arena, resource->field_count, sizeof *names);
  if (!names) return fail_memory(f);
  for (size_t i = 0; i < resource->field_count; i++) names[i] = resource->fields[i].name;
  return wrong(f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "%s has no column \"%.60s\"", resource->name, name),
               did_you_mean(f, name, names, resource->field_count, "", "docs/evidence.md lists its columns"));
}

static bool read_column(ent_fact_base *f, const place *p, ent_fact *out) {
  const char *name = p->field, *cell;
  bool is_figure = strcmp(p->resource->name, "observations") == 0;
  if (is_figure && strcmp(name, "converted") == 0)
    return number_or_absent(number_of(p, "converted_value"),
                            measure_of(cell_of(p, "converted_unit"), cell_of(p, "converted_currency")), out);
  if (strcmp(name, "date") == 0 && ent_resource_field(p->resource, "date") < 0)
    return read_date(beginning_of(p), true, out);
  bool of_work = p->resource->is_sources || strcmp(p->resource->name, "citations") == 0;
  if (of_work && (strcmp(name, "issued") == 0 || (p->resource->is_sources && strcmp(name, "accessed") == 0)))
    return read_source_date(f, p, out);
  int field = ent_resource_field(p->resource, name);
  if (field < 0) return unknown_column(f, p->resource, name, out);
  cell = cell_of(p, name);
  if (is_figure && strcmp(name, "value") == 0) return read_figure(f, p, out);
  if (is_figure && (strcmp(name, "low") == 0 || strcmp(name, "high") == 0)) {
    if (!read_figure(f, p, out) || out->why) return out->why != NULL;
    double end = strcmp(name, "low") == 0 ? out->value.number.low : out->value.number.high;
    return number_or_absent(isinf(end) ? NAN : end, out->value.measure, out);
  }
  switch (p->resource->fields[field].kind) {
    case ENT_FIELD_NUMBER:
    case ENT_FIELD_INTEGER: return number_or_absent(number_of(p, name), column_measure(name), out);
    case ENT_FIELD_EDTF: return read_date(cell, false, out);
    case ENT_FIELD_PERIOD: return read_date(cell, true, out);
    case ENT_FIELD_BOOLEAN: cell = strcmp(cell, "true") == 0 ? "true" : "false"; break;
    default: break;
  }
  out->value = (ent_value){.kind = ENT_VALUE_TEXT, .text = cell};
  return true;
}

/* Takes away what may not be known, but for its kind and unit. */
static bool finish(ent_fact_base *f, const place *p, ent_fact *out) {
  const char *why = NULL;
  if (out->what) return true;
  if (!why_absent(f, p, &why)) return false;
  if (!why) return true;
  out->why = why;
  out->value.number = ent_range_missing();
  out->value.text = "";
  out->value.days = (ent_span){0, 0};
  return true;
}

static bool facts_read(void *user, const char *key, ent_fact *out) {
  ent_fact_base *f = user;
  place p;
  bool found;
  if (!find(f, key, &p, out, &found)) return false;
  if (!found) return true;
  return (p.field ? read_column(f, &p, out) : read_own(f, &p, out)) && finish(f, &p, out);
}

static bool facts_exists(void *user, const char *key, ent_fact *out) {
  ent_fact_base *f = user;
  place p = {.shelf = NULL};
  bool found;
  out->value = (ent_value){.kind = ENT_VALUE_TRUTH};
  if (!find(f, key, &p, out, &found)) return false;
  if (found && p.field) return wrong(f, out, ENT_FAULT_KEY, "a row is wanted here, and this names a column", out->key);
  if (!found && p.resource) { /* the table is there: that is the answer */
    out->what = out->remedy = NULL;
    out->key = ent_arena_print(f->arena, "%s", key);
    out->value.truth = ENT_FALSE;
    return out->key || fail_memory(f);
  }
  out->value.truth = ENT_TRUE;
  return found ? finish(f, &p, out) : true;
}

static bool facts_period(void *user, const char *key, ent_fact *out) {
  ent_fact_base *f = user;
  place p;
  bool found;
  if (!find(f, key, &p, out, &found)) return false;
  if (!found) return true;
  const char *year = cell_of(&p, "data_year");
  out->field = *year ? "data_year" : "period";
  return read_date(*year ? year : beginning_of(&p), true, out) && finish(f, &p, out);
}

static bool facts_rate(void *user, const char *key, ent_fact *out) {
  ent_fact_base *f = user;
  place p;
  bool found;
  if (!find(f, key, &p, out, &found)) return false;
  if (!found) return true;
  if (p.field || strcmp(p.resource->name, "rates") != 0)
    return wrong(f, out, ENT_FAULT_KEY, "this is no rate of exchange", "name a row of rates, such as rates:x");
  return read_rate(f, &p, out) && finish(f, &p, out);
}

/* ---- codings ---- */

static bool index_codings(ent_fact_base *f, const ent_fact_shelf *shelf) {
  if (f->has_coded) return true;
  if (!ent_lookup_make(f->arena, shelf->table, ent_table_column(shelf->table, "item"), &f->coded))
    return fail_memory(f);
  return f->has_coded = true;
}

static bool unknown_aspect(ent_fact_base *f, const char *table, const char *aspect, ent_fact *out) {
  size_t count = 0, fitting = 0;
  const ent_aspect *all = ent_aspects(&count);
  const char *names[16];
  for (size_t a = 0; a < count && fitting < 16; a++)
    if (strcmp(all[a].table, table) == 0) names[fitting++] = all[a].name;
  return wrong(f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "rows of %s are not coded by \"%.40s\"", table, aspect),
               fitting ? did_you_mean(f, aspect, names, fitting, "", ent_arena_print(f->arena, "write %s", names[0]))
                       : "no row of this table is coded");
}

/* Means of the values, the lowest and the highest points of all codings of one aspect that were known. */
static bool mean_of(ent_fact_base *f, const char *item, const char *aspect, ent_range *out) {
  int r = ent_format_find(f->format, "codings");
  ent_fact_shelf *shelf = r < 0 ? NULL : open_shelf(f, (size_t)r);
  double value = 0, low = 0, high = 0, count = 0;
  *out = ent_range_missing();
  if (f->status) return false;
  if (!shelf) return true;
  if (!index_codings(f, shelf)) return false;
  for (size_t row = ent_lookup_first(&f->coded, item); row < f->coded.rows; row = f->coded.next[row]) {
    place p = {.shelf = shelf, .row = row};
    size_t later = 0, undated = 0;
    double given = number_of(&p, "value"), least = number_of(&p, "low"), most = number_of(&p, "high");
    if (strcmp(cell_of(&p, "aspect"), aspect) != 0 || isnan(given)) continue;
    if (f->study && !ent_rows_known(&shelf->rows, p.row, &later, &undated)) continue;
    value += given;
    low += isnan(least) ? given : least;
    high += isnan(most) ? given : most;
    count++;
  }
  if (count > 0) *out = ent_range_between(low / count, value / count, high / count);
  return true;
}

static bool facts_coded(void *user, const char *key, const char *aspect, ent_fact *out) {
  ent_fact_base *f = user;
  place p;
  bool found;
  ent_range mean;
  const char *scale;
  const ent_aspect *of = ent_aspect_find(aspect);
  if (!find(f, key, &p, out, &found)) return false;
  if (!found) return true;
  if (p.field) return wrong(f, out, ENT_FAULT_KEY, "a row is wanted here, and this names a column", out->key);
  if (!of || strcmp(of->table, p.resource->name) != 0) return unknown_aspect(f, p.resource->name, aspect, out);
  if (!read_scale(f, key, aspect, &scale) || !mean_of(f, key, aspect, &mean)) return false;
  out->field = aspect;
  out->value = number_value(mean, ent_measure_points(scale));
  if (!ent_range_known(mean)) out->why = "not_coded";
  return finish(f, &p, out);
}

/* ---- counts ---- */

typedef struct counting {
  ent_fact_base *f;
  ent_fact_shelf *shelf;
  const ent_resource *resource;
  const ent_count_query *query;
  ent_span time;
  bool timed;
  ent_counted *out;
} counting;

static bool has_word(const char *list, const char *word) {
  size_t wanted = strlen(word);
  for (const char *at = list; *(at += strspn(at, " ")); at += strcspn(at, " "))
    if (strcspn(at, " ") == wanted && memcmp(at, word, wanted) == 0) return true;
  return false;
}

/* A value that no cell of the column can hold is a mistake, not a count of none. */
static bool check_value(ent_fact_base *f, const ent_field *field, const char *value, ent_fact *out, bool *good) {
  static const char *const truths[] = {"true", "false"};
  bool is_code = field->kind == ENT_FIELD_CODE, is_truth = field->kind == ENT_FIELD_BOOLEAN;
  const char *const *words = is_truth ? truths : field->words;
  size_t count = is_truth ? 2 : field->word_count;
  *good = true;
  if (!*value) return true;
  if ((is_code && field->words) || is_truth) {
    for (size_t i = 0; i < count; i++)
      if (strcmp(words[i], value) == 0) return true;
    *good = false;
    return wrong(
        f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "\"%.60s\" is no %s", value, field->name),
        did_you_mean(f, value, words, count, "", ent_arena_print(f->arena, "the first that there is is %s", words[0])));
  }
  if ((field->kind == ENT_FIELD_REFERENCE || field->kind == ENT_FIELD_LIST) && field->references) {
    const char *key = ent_arena_print(f->arena, "%s:%s", field->references, value);
    place p;
    bool found = false;
    ent_fact row = {.what = NULL};
    if (!key) return fail_memory(f);
    if (!find(f, key, &p, &row, &found)) return false;
    *good = found && !p.field;
    if (!*good)
      return wrong(f, out, ENT_FAULT_KEY,
                   ent_arena_print(f->arena, "there is no row \"%.60s\" in %s", value, field->references), row.remedy);
  }
  return true;
}

static bool check_query(counting *c, ent_fact *out) {
  ent_fact_base *f = c->f;
  const char *const dates[] = {c->query->from, c->query->to}, *const names[] = {"from", "to"};
  ent_span spans[2] = {{ENT_DAY_OPEN_START, 0}, {0, ENT_DAY_OPEN_END}};
  for (size_t i = 0; i < c->query->filter_count; i++) {
    const ent_filter *filter = &c->query->filters[i];
    int field = ent_resource_field(c->resource, filter->column);
    bool good = true;
    out->field = filter->column; /* where it is, if it is wrong */
    if (field < 0) return unknown_column(f, c->resource, filter->column, out);
    if (!check_value(f, &c->resource->fields[field], filter->value, out, &good)) return false;
    if (!good) return true;
  }
  for (size_t i = 0; i < 2; i++) {
    const char *why = NULL;
    out->field = names[i];
    if (dates[i] && !ent_date_parse(dates[i], &spans[i], &why))
      return wrong(f, out, ENT_FAULT_FORM, ent_arena_print(f->arena, "\"%.40s\" is no date", dates[i]), why);
    if (dates[i] && ent_resource_field(c->resource, "start") < 0 && ent_resource_field(c->resource, "period") < 0 &&
        ent_resource_field(c->resource, "date") < 0)
      return wrong(f, out, ENT_FAULT_KEY, ent_arena_print(f->arena, "rows of %s bear no date", c->resource->name),
                   NULL);
  }
  c->timed = dates[0] || dates[1];
  c->time = (ent_span){spans[0].first, spans[1].last};
  out->field = NULL;
  return true;
}

static bool passes(const counting *c, const place *p) {
  for (size_t i = 0; i < c->query->filter_count; i++) {
    const ent_filter *filter = &c->query->filters[i];
    const char *cell = cell_of(p, filter->column);
    int field = ent_resource_field(c->resource, filter->column);
    if (c->resource->fields[field].kind == ENT_FIELD_BOOLEAN && !*cell) cell = "false";
    bool has = filter->joint == ENT_JOINT_NEAR ? has_word(cell, filter->value) : strcmp(cell, filter->value) == 0;
    if (has == (filter->joint == ENT_JOINT_OTHER)) return false;
  }
  return true;
}

/* A coarse date that lies only partly in the time may or may not begin in it. */
static bool in_time(const counting *c, const place *p, bool *sure) {
  ent_span begins;
  *sure = true;
  if (!c->timed) return true;
  if (!ent_period_parse(beginning_of(p), &begins, NULL)) return false;
  if (strchr(beginning_of(p), '/')) begins.last = begins.first; /* of a period, its first day */
  *sure = begins.first >= c->time.first && begins.last <= c->time.last;
  return begins.first <= c->time.last && begins.last >= c->time.first;
}

static bool count_row(counting *c, size_t row) {
  const place p = {.shelf = c->shelf, .resource = c->resource, .row = row};
  const char *why = NULL;
  bool sure = true;
  if (!passes(c, &p) || !in_time(c, &p, &sure)) return true;
  if (!why_absent(c->f, &p, &why)) return false;
  if (why && strcmp(why, "confidential") != 0) return true; /* what is confidential counts, and is not named */
  c->out->count++;
  c->out->sure += sure;
  if (why || c->out->key_count == MOST_COUNTED_KEYS) return true;
  const char *key = ent_arena_print(c->f->arena, "%s:%s", c->resource->name, cell_of(&p, "id"));
  if (!key) return fail_memory(c->f);
  c->out->keys[c->out->key_count++] = key;
  return true;
}

static bool facts_count(void *user, const ent_count_query *query, ent_counted *counted, ent_fact *out) {
  ent_fact_base *f = user;
  int r = ent_format_find(f->format, query->table);
  if (r < 0) return unknown_table(f, query->table, out);
  counting c = {
      .f = f, .shelf = open_shelf(f, (size_t)r), .resource = &f->format->resources[r], .query = query, .out = counted};
  if (f->status) return false;
  if (c.resource->is_sources)
    return wrong(f, out, ENT_FAULT_KEY, "the source register can not be counted", "count citations");
  if (!check_query(&c, out) || out->what || !c.shelf) return f->status == ENT_OK;
  size_t rows = c.shelf->table->rows;
  if (rows > MOST_LOOKED_AT - f->looked_at)
    return wrong(f, out, ENT_FAULT_FORM, "the counts of this package look at more than 20,000,000 rows",
                 "count less often, or in smaller tables");
  f->looked_at += rows;
  if (!(counted->keys = ent_arena_take(f->arena, MOST_COUNTED_KEYS, sizeof *counted->keys))) return fail_memory(f);
  for (size_t row = 0; row < rows; row++)
    if (!count_row(&c, row)) return false;
  return true;
}

/* ---- the base ---- */

static ent_status init(ent_fact_base *f) {
  f->facts = (ent_facts){f, facts_read, facts_exists, facts_coded, facts_period, facts_rate, facts_count};
  f->shelves = ent_arena_take(f->arena, f->format->resource_count, sizeof *f->shelves);
  return f->shelves ? ENT_OK : ent_fail_memory(f->context);
}

ent_status ent_facts_of_package(ent_context *context, ent_arena *arena, const ent_package *package,
                                ent_fact_base *out) {
  *out = (ent_fact_base){.context = context, .arena = arena, .format = package->format, .package = package};
  return init(out);
}

ent_status ent_facts_of_study(ent_study *study, ent_arena *arena, const int32_t *as_of, ent_fact_base *out) {
  *out = (ent_fact_base){
      .context = study->context, .arena = arena, .format = study->format, .study = study, .as_of = as_of};
  return init(out);
}
