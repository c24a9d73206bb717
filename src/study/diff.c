/* diff.c - the operation diff: what a study says in one edition and not in another, row by row, and what that does to
 * the scores. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/study.h"

typedef struct difference {
  ent_study *from, *to;
  ent_arena *arena;
  ent_diff_answer *out;
  ent_status status;
} difference;

static void *take(difference *d, size_t count, size_t size) {
  void *memory = d->status ? NULL : ent_arena_take(d->arena, count, size);
  if (!memory && !d->status) d->status = ent_fail_memory(d->to->context);
  return memory;
}

static void add_field(ent_field_change *fields, size_t *count, const char *name, const char *from, const char *to) {
  if (!ent_text_same(from, to)) fields[(*count)++] = (ent_field_change){name, from, to};
}

/* The package's own words about itself. */
static void compare_descriptors(difference *d) {
  const ent_study *a = d->from, *b = d->to;
  enum { MOST_FIELDS = 4 };
  d->out->fields = take(d, MOST_FIELDS, sizeof *d->out->fields);
  if (!d->out->fields) return;
  add_field(d->out->fields, &d->out->field_count, "title", a->title.en, b->title.en);
  add_field(d->out->fields, &d->out->field_count, "title_de", a->title.de, b->title.de);
  add_field(d->out->fields, &d->out->field_count, "date", a->edition.date, b->edition.date);
  add_field(d->out->fields, &d->out->field_count, "model", a->edition.model, b->edition.model);
}

/* ---- rows ---- */

static ent_status find_citations(difference *d, ent_study *study, const ent_catalog_row *row, ent_diff_row *out) {
  const ent_catalog_citation *list;
  size_t i;
  ent_status status = ent_catalog_citations(study->catalog, row, &list, &out->citation_count);
  if (status) return status;
  out->citations = take(d, out->citation_count, sizeof *out->citations);
  for (i = 0; out->citations && i < out->citation_count; i++) out->citations[i] = ent_citation_answer_of(&list[i]);
  return d->status;
}

/* What both sides say of a row that is not the same; before and after: on which of them it stands. */
static void add_row(difference *d, ent_diff_table *table, const char *id, bool before, bool after) {
  ent_diff_row *out = &table->rows[table->row_count];
  ent_study *study = after ? d->to : d->from;
  ent_catalog_row from, to;
  size_t i;
  memset(out, 0, sizeof *out);
  if (before && (d->status = ent_catalog_row_of(d->from->catalog, table->name, id, &from))) return;
  if (after && (d->status = ent_catalog_row_of(d->to->catalog, table->name, id, &to))) return;
  out->change = !before ? ENT_ADDED : !after ? ENT_WITHDRAWN : ENT_CORRECTED;
  if (before && after) {
    if (!(out->fields = take(d, to.count, sizeof *out->fields))) return;
    for (i = 1; i < to.count; i++)
      add_field(out->fields, &out->field_count, to.names[i], ent_catalog_value(&from, to.names[i]), to.values[i]);
    if (!out->field_count && !to.withheld) return;
  }
  out->withheld = after ? to.withheld : from.withheld;
  out->id = after ? to.id : from.id;
  out->key = ent_arena_print(d->arena, "%s:%s", table->name, out->id);
  if (!out->key) d->status = ent_fail_memory(d->to->context);
  if (!d->status) d->status = ent_row_label(study, d->arena, after ? &to : &from, &out->label);
  if (!d->status) d->status = find_citations(d, study, after ? &to : &from, out);
  table->counts[out->change]++;
  table->row_count++;
}

typedef struct named { /* a row of either side */
  const char *id;
  size_t row;
} named;

static int by_id(const void *a, const void *b) { return strcmp(((const named *)a)->id, ((const named *)b)->id); }

static named *sorted_ids(difference *d, const ent_table *table) {
  named *list = take(d, table->rows, sizeof *list);
  size_t i;
  for (i = 0; list && i < table->rows; i++) list[i] = (named){ent_table_cell(table, i, 0), i};
  if (list && table->rows > 1) qsort(list, table->rows, sizeof *list, by_id);
  return list;
}

static bool same_cells(const ent_table *a, size_t row, const ent_table *b, size_t other) {
  size_t c;
  for (c = 0; c < a->columns; c++)
    if (strcmp(ent_table_cell(a, row, (int)c), ent_table_cell(b, other, (int)c)) != 0) return false;
  return true;
}

static int by_change(const void *a, const void *b) {
  const ent_diff_row *x = a, *y = b;
  if (x->change != y->change) return x->change < y->change ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* Both sides' rows by id, side by side. Only rows that differ are looked up. */
static void compare_tables(difference *d, const char *name, ent_diff_table *out) {
  const ent_table *from, *to;
  named *before, *after;
  size_t i = 0, j = 0, most;
  memset(out, 0, sizeof *out);
  out->name = name;
  if ((d->status = ent_catalog_table(d->from->catalog, name, &from))) return;
  if ((d->status = ent_catalog_table(d->to->catalog, name, &to))) return;
  before = sorted_ids(d, from);
  after = sorted_ids(d, to);
  most = from->rows + to->rows;
  out->rows = take(d, most, sizeof *out->rows);
  while (!d->status && (i < from->rows || j < to->rows)) {
    int order = i == from->rows ? 1 : j == to->rows ? -1 : strcmp(before[i].id, after[j].id);
    if (order < 0) add_row(d, out, before[i].id, true, false);
    else if (order > 0) add_row(d, out, after[j].id, false, true);
    else if (!same_cells(from, before[i].row, to, after[j].row)) add_row(d, out, after[j].id, true, true);
    i += order <= 0;
    j += order >= 0;
  }
  if (!d->status && out->row_count > 1) qsort(out->rows, out->row_count, sizeof *out->rows, by_change);
}

static void compare_rows(difference *d) {
  const ent_format *format = d->to->format;
  size_t r;
  d->out->tables = take(d, format->resource_count, sizeof *d->out->tables);
  for (r = 0; r < format->resource_count && !d->status; r++) {
    compare_tables(d, format->resources[r].name, &d->out->tables[d->out->table_count]);
    if (!d->status && d->out->tables[d->out->table_count].row_count) d->out->table_count++;
  }
}

/* ---- scores ---- */

static void compare_scores(difference *d, const ent_assess_options *options) {
  ent_assess_options same_day = *options;
  if (!same_day.as_of) same_day.as_of = d->to->edition.date;
  if (!d->out->table_count && !d->out->field_count) return;
  d->status = ent_compare_fill(d->from, &same_day, d->to, &same_day, d->arena, &d->out->scores);
  d->out->has_scores = !d->status;
  if (d->status != ENT_NOT_FOUND) return;
  ent_context_clear(d->to->context);
  d->status = ENT_OK;
}

ent_status ent_diff_run(ent_study *from, ent_study *to, const ent_assess_options *options, ent_result **out) {
  static const ent_assess_options defaults;
  difference d = {.from = from, .to = to};
  ent_result *result;
  *out = NULL;
  ent_context_clear(to->context);
  result = ent_result_new(to->context, ENT_DIFF);
  if (!result) return ent_fail_memory(to->context);
  d.arena = result->arena;
  d.out = &result->diff;
  d.out->study = to->evidence->study;
  d.out->title = to->title;
  d.out->from_edition = from->edition.number;
  d.out->to_edition = to->edition.number;
  d.out->from_released = from->edition.released;
  d.out->to_released = to->edition.released;
  compare_descriptors(&d);
  if (!d.status) compare_rows(&d);
  if (!d.status) compare_scores(&d, options ? options : &defaults);
  if (d.status) ent_result_free(result);
  else *out = result;
  return d.status;
}
