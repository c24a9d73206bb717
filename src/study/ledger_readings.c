/* ledger_readings.c - figures beside each other: when each was published, and what others say of the same thing.
 *
 * Comes in: rows of observations. Goes out: pairs of a figure of the text and one that rests on added sources alone, of
 * one indicator, the same subjects and unit, and a common year. Must not judge which of them is right. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "evidence/csl.h"
#include "study/figures.h"
#include "study/ledger.h"

enum { MOST_READINGS = 1000, MOST_OF_THING = 200 };

/* ---- vintages ---- */

typedef struct dates { /* of one source, as a citation has it */
  bool issued, accessed;
  ent_span issue, access;
  const char *version; /* "" where it has none */
} dates;

static ent_status read_dates(ent_study *study, ent_arena *arena, const ent_catalog_citation *citation, dates *out) {
  ent_catalog_row source, row;
  ent_json *json = NULL;
  const char *csl, *version;
  *out = (dates){.version = ""};
  ent_status status = ent_catalog_row_of(study->catalog, "sources", citation->source, &source);
  if (!status) status = ent_catalog_row_of(study->catalog, "citations", citation->id, &row);
  if (status) return status;
  csl = ent_catalog_value(&source, "csl");
  if (!*csl) return ENT_OK;
  if ((status = ent_json_read(study->context, "sources.json", csl, strlen(csl), &json))) return status;
  out->issued = ent_csl_date(json, "issued", &out->issue, NULL);
  /* the citation's own date of access is nearer to what was seen */
  out->accessed = ent_date_parse(ent_catalog_value(&row, "accessed"), &out->access, NULL) ||
                  ent_csl_date(json, "accessed", &out->access, NULL);
  version = ent_json_get_text(json, "version");
  if (version) out->version = ent_arena_copy(arena, version, strlen(version));
  ent_json_free(json);
  return out->version ? ENT_OK : ent_fail_memory(study->context);
}

static int32_t day_of(const dates *d) {
  return d->issued ? d->issue.last : d->accessed ? d->access.last : ENT_DAY_OPEN_START;
}

ent_status ent_ledger_vintage(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_vintage *vintage,
                              bool *is_outside) {
  const ent_catalog_citation *cites;
  size_t count, i;
  int32_t latest = ENT_DAY_OPEN_START;
  bool any = false;
  *vintage = (ent_vintage){"", "", ent_catalog_value(row, "data_year"), ent_catalog_value(row, "period"), "", ""};
  *is_outside = true;
  ent_status status = ent_catalog_citations(study->catalog, row, &cites, &count);
  for (i = 0; i < count && !status; i++) {
    dates d;
    if (cites[i].withheld || strcmp(cites[i].role, "source") != 0) continue;
    if (strcmp(cites[i].anchor, "outside") != 0) *is_outside = false;
    if ((status = read_dates(study, arena, &cites[i], &d))) return status;
    if (any && day_of(&d) <= latest) continue;
    any = true;
    latest = day_of(&d);
    vintage->source = cites[i].line;
    vintage->version = d.version;
    vintage->issued = d.issued ? ent_fact_span(arena, d.issue) : "";
    vintage->accessed = !d.issued && d.accessed ? ent_fact_span(arena, d.access) : "";
    if (!vintage->issued || !vintage->accessed) return ent_fail_memory(study->context);
  }
  *is_outside = *is_outside && any;
  return status;
}

/* ---- values ---- */

bool ent_ledger_show(ent_arena *arena, const ent_value *value, const ent_measure *measure, ent_shown *out) {
  static const char *const truths[] = {[ENT_FALSE] = "false", [ENT_TRUE] = "true", [ENT_UNDECIDED] = "undecided"};
  *out = (ent_shown){.kind = ENT_SHOWN_NOTHING, .point = NAN, .low = NAN, .high = NAN, .unit = "", .text = ""};
  if (value->kind == ENT_VALUE_TRUTH) {
    out->kind = ENT_SHOWN_TRUTH;
    out->text = truths[value->truth];
    return true;
  }
  if (value->missing) return true;
  if (value->kind != ENT_VALUE_NUMBER) {
    out->kind = ENT_SHOWN_TEXT;
    out->text = value->text ? value->text : "";
    return true;
  }
  if (!ent_range_known(value->number)) return true;
  out->kind = ENT_SHOWN_NUMBER;
  out->point = value->number.point;
  out->low = value->number.low;
  out->high = value->number.high;
  out->unit = measure->bare ? "" : ent_measure_write(arena, measure);
  return out->unit != NULL;
}

/* ---- readings of others ---- */

typedef struct figure { /* a row of observations that may stand in a pair */
  ent_catalog_row row;
  ent_span span;
  ent_vintage vintage;
  bool is_outside;
  size_t next; /* of the same thing, counted from 1; 0: none */
} figure;

typedef struct pairing {
  ent_study *study;
  ent_arena *arena;
  ent_fact_base *facts;
  ent_ledger_answer *out;
  ent_comparing comparing;
  figure *figures;
  size_t count;
} pairing;

/* What a figure is of, without its time and definition. */
static const char *write_thing(ent_arena *arena, const ent_catalog_row *row) {
  static const char *const columns[] = {"indicator", "actor",       "partner", "alliance",
                                        "place",     "institution", "unit",    "currency"};
  ent_text text = {0};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    ent_text_add(&text, ent_catalog_value(row, columns[i]));
    ent_text_add(&text, "\x1f");
  }
  const char *kept = text.failed ? NULL : ent_arena_copy(arena, text.data, text.length);
  ent_text_clear(&text);
  return kept;
}

static ent_status input_of(const pairing *p, const figure *f, ent_ledger_input *out, ent_value *value) {
  ent_fact fact = {.value = {.kind = ENT_VALUE_NUMBER}};
  const char *key = ent_arena_print(p->arena, "observations:%s", f->row.id);
  if (!key) return ent_fail_memory(p->study->context);
  if (!p->facts->facts.read(p->facts->facts.user, key, &fact))
    return p->facts->status ? p->facts->status : ent_fail_memory(p->study->context);
  *value = fact.value;
  value->missing = value->missing || fact.why;
  *out = (ent_ledger_input){.kind = "figure", .key = key, .is_outside = f->is_outside, .vintage = f->vintage};
  return ent_ledger_show(p->arena, value, &value->measure, &out->value) ? ENT_OK : ent_fail_memory(p->study->context);
}

static ent_status add_pair(pairing *p, const figure *own, const figure *other) {
  ent_ledger_reading *reading = &p->out->readings[p->out->reading_count];
  ent_value a, b;
  ent_status status = input_of(p, own, &reading->study, &a);
  if (!status) status = input_of(p, other, &reading->outside, &b);
  if (!status) status = ent_row_label(p->study, p->arena, &own->row, &reading->label);
  if (status || a.missing || b.missing) return status;
  ent_value difference = b;
  difference.number = ent_range_exact(b.number.point - a.number.point);
  reading->relative = a.number.point != 0 ? difference.number.point / fabs(a.number.point) : NAN;
  if (isnan(difference.number.point)) difference.number = ent_range_missing();
  const char *x = ent_catalog_value(&own->row, "definition"), *y = ent_catalog_value(&other->row, "definition");
  reading->same_definition = *x && strcmp(x, y) == 0;
  if (!ent_ledger_show(p->arena, &difference, &a.measure, &reading->difference))
    return ent_fail_memory(p->study->context);
  status = ent_comparing_judge(&p->comparing, &own->row, &other->row, &reading->comparison);
  if (!status) p->out->reading_count++;
  return status;
}

static bool span_of(const ent_catalog_row *row, ent_span *out) {
  const char *year = ent_catalog_value(row, "data_year");
  return ent_period_parse(*year ? year : ent_catalog_value(row, "period"), out, NULL);
}

/* Figures that are reported and were known, chained by what they are of. */
static ent_status gather(pairing *p) {
  ent_rows rows;
  ent_index things;
  size_t first = 0, later = 0, undated = 0, *last;
  ent_status status = ent_rows_open(p->study, "observations", &rows);
  if (status) return status;
  p->figures = ent_arena_take(p->arena, rows.table->rows, sizeof *p->figures);
  last = ent_arena_take(p->arena, rows.table->rows, sizeof *last);
  if (!p->figures || !last || !ent_index_init(&things, p->arena, rows.table->rows))
    return ent_fail_memory(p->study->context);
  for (size_t i = 0; i < rows.table->rows; i++) {
    figure *f = &p->figures[p->count];
    if (strcmp(ent_rows_cell(&rows, i, "status"), "reported") != 0 || !*ent_rows_cell(&rows, i, "value")) continue;
    if (!ent_rows_known(&rows, i, &later, &undated)) continue;
    if ((status = ent_rows_at(&rows, i, &f->row))) return status;
    if (f->row.withheld || !span_of(&f->row, &f->span)) continue;
    if ((status = ent_ledger_vintage(p->study, p->arena, &f->row, &f->vintage, &f->is_outside))) return status;
    const char *thing = write_thing(p->arena, &f->row);
    if (!thing) return ent_fail_memory(p->study->context);
    if (ent_index_find(&things, thing, strlen(thing), &first)) p->figures[last[first]].next = p->count + 1;
    else if (!ent_index_add(&things, thing, strlen(thing), first = p->count)) return ent_fail_memory(p->study->context);
    last[first] = p->count++;
    f->next = 0;
  }
  return ENT_OK;
}

/* A mean of ten years is no figure of one of them. */
static bool same_years(ent_span a, ent_span b) {
  int y1, y2, z1, z2, month, day;
  ent_day_civil(a.first, &y1, &month, &day);
  ent_day_civil(b.first, &y2, &month, &day);
  ent_day_civil(a.last, &z1, &month, &day);
  ent_day_civil(b.last, &z2, &month, &day);
  return y1 == y2 && z1 == z2;
}

/* Each figure of the text beside all others of the thing that are of the same years. */
static ent_status pair_up(pairing *p, size_t first) {
  size_t own_seen = 0;
  ent_status status = ENT_OK;
  for (size_t i = first + 1; i && !status && own_seen < MOST_OF_THING; i = p->figures[i - 1].next, own_seen++) {
    const figure *own = &p->figures[i - 1];
    size_t seen = 0;
    if (own->is_outside) continue;
    for (size_t k = first + 1; k && !status && seen < MOST_OF_THING; k = p->figures[k - 1].next, seen++) {
      const figure *other = &p->figures[k - 1];
      if (!other->is_outside || !same_years(own->span, other->span)) continue;
      if (p->out->reading_count < MOST_READINGS) status = add_pair(p, own, other);
    }
  }
  return status;
}

ent_status ent_ledger_readings(ent_study *study, ent_arena *arena, ent_fact_base *facts, ent_ledger_answer *out) {
  pairing p = {.study = study, .arena = arena, .facts = facts, .out = out};
  bool *follows;
  ent_status status = ent_comparing_open(study, arena, &p.comparing);
  if (!status) status = gather(&p);
  if (status) return status;
  out->readings = ent_arena_take(arena, MOST_READINGS, sizeof *out->readings);
  follows = ent_arena_take(arena, p.count, sizeof *follows);
  if (!out->readings || !follows) return ent_fail_memory(study->context);
  for (size_t i = 0; i < p.count; i++)
    if (p.figures[i].next) follows[p.figures[i].next - 1] = true;
  for (size_t i = 0; i < p.count && !status; i++)
    if (!follows[i]) status = pair_up(&p, i); /* the first of its thing */
  return status;
}
