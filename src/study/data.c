/* data.c - the operation data: figures of a study as a list, rows of any table, counts of rows; trees stand in
 * data_tree.c. What is chosen is looked at in cells first, so that a list costs what its page holds. */
#include "study/data.h"

#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"

enum { PAGE = 50, LARGE_PAGE = 10000, MOST_MISSING = 100, MOST_FOOTNOTE = 100000 };

static ent_status fail_memory(const ent_data_builder *b) { return ent_fail_memory(b->study->context); }

/* ---- what is asked ---- */

/* Options borrow from the caller, answers live on. */
static ent_status keep(ent_data_builder *b, const char *text, const char **out) {
  *out = text ? ent_arena_copy(b->arena, text, strlen(text)) : NULL;
  return text && !*out ? fail_memory(b) : ENT_OK;
}

static ent_status has_row(ent_data_builder *b, const char *table, const char *id) {
  ent_catalog_row row;
  return id ? ent_catalog_row_of(b->study->catalog, table, id, &row) : ENT_OK;
}

static ent_status has_status(ent_data_builder *b, const char *asked) {
  const ent_resource *resource = &b->study->format->resources[ent_format_find(b->study->format, "observations")];
  const ent_field *field = &resource->fields[ent_resource_field(resource, "status")];
  const char *near;
  char *remedy;
  size_t i;
  if (!asked) return ENT_OK;
  for (i = 0; i < field->word_count; i++)
    if (strcmp(field->words[i], asked) == 0) return ENT_OK;
  near = ent_text_nearest(asked, field->words, field->word_count);
  remedy = ent_arena_print(b->arena, near ? "did you mean \"%s\"?" : "\"%s\" is one", near ? near : field->words[0]);
  return ent_fail(b->study->context, ENT_USAGE, "--status", remedy, "there is no status \"%s\"", asked);
}

static ent_status read_dates(ent_data_builder *b) {
  const ent_data_options *o = b->options;
  ent_span from = {ENT_DAY_OPEN_START, 0}, to = {0, ENT_DAY_OPEN_END}, day = {0, 0};
  ent_status status = ent_study_date(b->study, "--from", o->from, &from);
  if (!status) status = ent_study_date(b->study, "--to", o->to, &to);
  if (!status) status = ent_study_date(b->study, "--as-of", o->as_of, &day);
  if (status) return status;
  if (from.first > to.last)
    return ent_fail(b->study->context, ENT_USAGE, "--from", "give the earlier date first", "%s lies after %s", o->from,
                    o->to);
  if (o->as_of && (o->from || o->to))
    return ent_fail(b->study->context, ENT_USAGE, "--as-of", "ask for a day, or for a time with --from and --to",
                    "a day and a time are asked for");
  b->range.first = o->as_of ? day.last : from.first;
  b->range.last = o->as_of ? day.last : to.last;
  return ent_basis_fill(b->study, b->arena, o->as_of ? &day.last : NULL, &b->out->basis);
}

/* Whether something is asked of figures that rows of a table do not have. */
static bool asks_figures(const ent_data_options *o) {
  return o->indicator || o->actor || o->partner || o->definition || o->alliance || o->status || o->from || o->to ||
         o->as_of || o->currency;
}

static ent_status read_view(ent_data_builder *b) {
  const ent_data_options *o = b->options;
  b->out->view = o->tree ? ENT_DATA_TREE : o->counts ? ENT_DATA_COUNTS : o->table ? ENT_DATA_TABLE : ENT_DATA_FIGURES;
  if ((o->tree != 0) + (o->counts != 0) + (o->table != NULL) > 1)
    return ent_fail(b->study->context, ENT_USAGE, NULL, "choose one of --tree, --count and --table",
                    "several views are asked for at once");
  if ((o->table || o->counts) && asks_figures(o))
    return ent_fail(b->study->context, ENT_USAGE, o->table ? "--table" : "--count",
                    o->table ? "leave them out, or use --find" : "leave them out",
                    "the options that choose figures do not choose rows of tables");
  if (o->counts && o->find)
    return ent_fail(b->study->context, ENT_USAGE, "--count", "leave --find out", "counts are of all rows");
  return ENT_OK;
}

static ent_status keep_options(ent_data_builder *b) {
  const ent_data_options *o = b->options;
  ent_data_answer *out = b->out;
  ent_status status = keep(b, o->indicator, &out->indicator);
  if (!status) status = keep(b, o->actor, &out->actor);
  if (!status) status = keep(b, o->partner, &out->partner);
  if (!status) status = keep(b, o->alliance, &out->alliance);
  if (!status) status = keep(b, o->status, &out->status);
  if (!status) status = keep(b, o->definition, &out->definition);
  if (!status) status = keep(b, o->from, &out->from);
  if (!status) status = keep(b, o->to, &out->to);
  if (!status) status = keep(b, o->find, &out->find);
  if (!status) status = keep(b, o->table, &out->table);
  if (!status) status = keep(b, o->currency, &out->currency);
  out->all = o->all != 0;
  out->page = o->page ? o->page : 1;
  return status;
}

static ent_status read_options(ent_data_builder *b) {
  const ent_data_options *o = b->options;
  ent_status status = read_view(b);
  if (!status) status = read_dates(b);
  if (!status) status = has_row(b, "indicators", o->indicator);
  if (!status) status = has_row(b, "actors", o->actor);
  if (!status) status = has_row(b, "actors", o->partner);
  if (!status) status = has_row(b, "definitions", o->definition);
  if (!status && o->alliance) status = ent_study_has_alliance(b->study, o->alliance, b->arena);
  if (!status) status = has_status(b, o->status);
  if (!status) status = ent_figure_currency(b->study, "--in", o->currency);
  if (!status && o->currency) status = ent_comparing_open(b->study, b->arena, &b->comparing);
  return status ? status : keep_options(b);
}

ent_status ent_data_page(ent_data_builder *b, size_t *end) {
  ent_data_answer *out = b->out;
  const size_t page = out->all ? LARGE_PAGE : PAGE; /* a bound also of what is asked for as a whole */
  out->page_count = out->total ? (out->total + page - 1) / page : 1;
  if (out->page > out->page_count)
    return ent_fail(b->study->context, ENT_USAGE, "--page", "ask for an earlier one",
                    "there is no page %zu, but %zu in all", out->page, out->page_count);
  out->first = (out->page - 1) * page;
  *end = out->total - out->first < page ? out->total : out->first + page;
  return ENT_OK;
}

/* ---- figures ---- */

static bool cell_is(const ent_rows *rows, size_t row, const char *column, const char *asked) {
  return !asked || strcmp(ent_rows_cell(rows, row, column), asked) == 0;
}

static bool in_range(const ent_data_builder *b, const ent_rows *rows, size_t row) {
  ent_span days;
  if (!b->options->as_of && !b->options->from && !b->options->to) return true;
  if (!ent_figure_days(ent_rows_cell(rows, row, "period"), ent_rows_cell(rows, row, "data_year"), &days)) return false;
  return days.first <= b->range.last && days.last >= b->range.first;
}

static bool label_holds(ent_label label, const char *text) {
  return (label.en && ent_text_holds(label.en, text)) || (label.de && ent_text_holds(label.de, text));
}

/* Whether the text that is looked for stands in the id, the note, the label or the definition's label. */
static ent_status find_in_figure(ent_data_builder *b, const ent_catalog_row *row, bool *out) {
  const char *text = b->options->find, *definition = ent_catalog_value(row, "definition");
  ent_label label;
  ent_catalog_row rule;
  ent_status status;
  *out = ent_text_holds(row->id, text) || ent_text_holds(ent_catalog_value(row, "note"), text);
  if (*out) return ENT_OK;
  status = ent_row_label(b->study, b->arena, row, &label);
  if (!status && !(*out = label_holds(label, text)) && *definition) {
    status = ent_catalog_row_of(b->study->catalog, "definitions", definition, &rule);
    if (!status) *out = label_holds(ent_catalog_label(&rule), text);
  }
  return status;
}

/* Looks at the row itself only where its cells do not tell. */
static ent_status look_closer(ent_data_builder *b, const ent_rows *rows, size_t at, bool *hidden, bool *out) {
  ent_catalog_row row;
  ent_where_answer where;
  ent_status status = ENT_OK;
  if (!b->study->withheld && !b->options->alliance && !b->options->find) return ENT_OK;
  if ((status = ent_rows_at(rows, at, &row))) return status;
  if ((*hidden = row.withheld)) {
    *out = false;
    return ENT_OK;
  }
  if (*out && b->options->alliance) {
    status = ent_row_where(b->study, b->arena, &row, &where);
    if (!status) status = ent_row_belongs(b->study, &where, b->options->alliance, out);
  }
  if (!status && *out && b->options->find) status = find_in_figure(b, &row, out);
  return status;
}

static ent_status is_asked(ent_data_builder *b, const ent_rows *rows, size_t row, bool *hidden, bool *out) {
  const ent_data_options *o = b->options;
  ent_basis_answer *basis = &b->out->basis;
  bool known = ent_rows_known(rows, row, &basis->left_out_later, &basis->left_out_undated);
  *out = known && cell_is(rows, row, "indicator", o->indicator) && cell_is(rows, row, "actor", o->actor) &&
         cell_is(rows, row, "partner", o->partner) && cell_is(rows, row, "definition", o->definition) &&
         cell_is(rows, row, "status", o->status) && in_range(b, rows, row);
  *hidden = !known;
  return *out || b->study->withheld ? look_closer(b, rows, row, hidden, out) : ENT_OK;
}

ent_status ent_data_figure_at(ent_data_builder *b, const ent_rows *rows, size_t at, ent_data_figure *out) {
  ent_catalog_row row;
  ent_status status = ent_rows_at(rows, at, &row);
  if (!status) status = ent_figure_fill(b->study, b->arena, &row, out);
  return status ? status : ent_figure_convert(&b->comparing, b->out->currency, out);
}

typedef struct place {
  size_t indicator, row;
} place;

static int by_indicator(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->indicator != y->indicator) return x->indicator < y->indicator ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* Rows that are asked for, in the order of their indicators. */
static ent_status sort_rows(ent_data_builder *b, const ent_rows *rows, const bool *asked, place **out) {
  const ent_table *indicators;
  ent_index index;
  size_t i, count = 0;
  ent_status status = ent_catalog_table(b->study->catalog, "indicators", &indicators);
  if (status) return status;
  *out = ent_arena_take(b->arena, b->out->total, sizeof **out);
  if (!*out || !ent_index_init(&index, b->arena, indicators->rows)) return fail_memory(b);
  for (i = 0; i < indicators->rows; i++) {
    const char *id = ent_table_cell(indicators, i, 0);
    if (!ent_index_add(&index, id, strlen(id), i)) return fail_memory(b);
  }
  for (i = 0; i < rows->table->rows; i++) {
    const char *id = ent_rows_cell(rows, i, "indicator");
    size_t at = indicators->rows;
    if (!asked[i]) continue;
    ent_index_find(&index, id, strlen(id), &at);
    (*out)[count++] = (place){at, i};
  }
  if (count) qsort(*out, count, sizeof **out, by_indicator);
  return ENT_OK;
}

static ent_status list_figures(ent_data_builder *b, const ent_rows *rows, const bool *asked) {
  ent_data_answer *out = b->out;
  place *places;
  size_t i, end = 0;
  ent_status status = sort_rows(b, rows, asked, &places);
  if (!status) status = ent_data_page(b, &end);
  if (status) return status;
  if (!(out->figures = ent_arena_take(b->arena, end - out->first, sizeof *out->figures))) return fail_memory(b);
  for (i = out->first; i < end && !status; i++)
    status = ent_data_figure_at(b, rows, places[i].row, &out->figures[out->figure_count++]);
  return status;
}

static ent_status fill_figures(ent_data_builder *b) {
  ent_rows rows;
  bool *asked, *hidden;
  size_t i;
  ent_status status = ent_rows_open(b->study, "observations", &rows);
  if (status) return status;
  asked = ent_arena_take(b->arena, rows.table->rows, sizeof *asked);
  hidden = ent_arena_take(b->arena, rows.table->rows, sizeof *hidden);
  if (!asked || !hidden) return fail_memory(b);
  for (i = 0; i < rows.table->rows && !status; i++) {
    status = is_asked(b, &rows, i, &hidden[i], &asked[i]);
    b->out->total += asked[i];
  }
  if (status) return status;
  return b->out->view == ENT_DATA_TREE ? ent_data_trees(b, &rows, asked, hidden) : list_figures(b, &rows, asked);
}

/* ---- rows of any table ---- */

static bool is_field(const char *column) {
  static const char *const others[] = {"id", "citations", "csl"};
  size_t i;
  for (i = 0; i < sizeof others / sizeof *others; i++)
    if (strcmp(column, others[i]) == 0) return false;
  return true;
}

/* A source: the work in one line, and its terms as fields. */
static ent_status fill_source(ent_data_builder *b, const ent_catalog_row *row, ent_data_row *out) {
  const ent_catalog_work *work;
  ent_status status = ent_catalog_source(b->study->catalog, row->id, &work);
  if (status) return status;
  out->label = ent_label_both(work->line);
  if (row->withheld) return ENT_OK;
  if (work->licence) {
    out->field_names[out->field_count] = "licence";
    out->field_values[out->field_count++] = work->licence;
  }
  if (work->permission) {
    out->field_names[out->field_count] = "permission";
    out->field_values[out->field_count++] = work->permission;
  }
  return ENT_OK;
}

static ent_status fill_row(ent_data_builder *b, const ent_catalog_row *row, ent_data_row *out) {
  enum { TERMS = 2 };
  size_t i;
  ent_status status = ENT_OK;
  out->key = ent_arena_print(b->arena, "%s:%s", row->table, row->id);
  out->field_names = ent_arena_take(b->arena, row->count + TERMS, sizeof *out->field_names);
  out->field_values = ent_arena_take(b->arena, row->count + TERMS, sizeof *out->field_values);
  if (!out->key || !out->field_names || !out->field_values) return fail_memory(b);
  for (i = 0; i < row->count; i++) {
    if (!is_field(row->names[i]) || !*row->values[i]) continue;
    out->field_names[out->field_count] = row->names[i];
    out->field_values[out->field_count++] = row->values[i];
  }
  if (strcmp(row->table, "sources") == 0) return fill_source(b, row, out);
  status = ent_row_label(b->study, b->arena, row, &out->label);
  return status ? status : ent_row_citations(b->study, b->arena, row, &out->citations, &out->citation_count);
}

static bool cells_hold(const ent_rows *rows, size_t row, const char *text) {
  size_t i;
  for (i = 0; i < rows->table->columns; i++)
    if (ent_text_holds(ent_table_cell(rows->table, row, (int)i), text)) return true;
  return false;
}

static ent_status find_rows(ent_data_builder *b, const ent_rows *rows, size_t *list) {
  ent_data_answer *out = b->out;
  size_t i;
  for (i = 0; i < rows->table->rows; i++) {
    ent_catalog_row row;
    ent_status status;
    if (!ent_rows_known(rows, i, &out->basis.left_out_later, &out->basis.left_out_undated)) continue;
    if ((status = ent_rows_at(rows, i, &row))) return status;
    if (row.withheld) out->withheld++;
    else if (!out->find || cells_hold(rows, i, out->find)) list[out->total++] = i;
  }
  return ENT_OK;
}

static ent_status fill_table(ent_data_builder *b) {
  ent_data_answer *out = b->out;
  ent_rows rows;
  size_t i, end = 0, *list;
  ent_status status = ent_rows_open(b->study, out->table, &rows);
  if (status) return status;
  if (!(list = ent_arena_take(b->arena, rows.table->rows, sizeof *list))) return fail_memory(b);
  status = find_rows(b, &rows, list);
  if (!status) status = ent_data_page(b, &end);
  if (status) return status;
  if (!(out->rows = ent_arena_take(b->arena, end - out->first, sizeof *out->rows))) return fail_memory(b);
  for (i = out->first; i < end && !status; i++) {
    ent_catalog_row row;
    status = ent_rows_at(&rows, list[i], &row);
    if (!status) status = fill_row(b, &row, &out->rows[out->row_count++]);
  }
  return status;
}

/* ---- counts ---- */

static ent_status count_table(ent_data_builder *b, const char *table, ent_data_count *out) {
  ent_basis_answer *basis = &b->out->basis;
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, table, &rows);
  out->table = table;
  if (status) return status;
  for (i = 0; i < rows.table->rows; i++)
    out->rows += ent_rows_known(&rows, i, &basis->left_out_later, &basis->left_out_undated);
  b->out->total += out->rows;
  return ent_catalog_count_withheld(b->study->catalog, table, &out->withheld);
}

/* Which numbers of footnotes have a citation. */
static ent_status count_footnotes(ent_data_builder *b) {
  ent_data_answer *out = b->out;
  const ent_table *table;
  bool *seen = ent_arena_take(b->arena, MOST_FOOTNOTE + 1, sizeof *seen);
  double number;
  size_t i;
  long n;
  ent_status status = ent_catalog_table(b->study->catalog, "citations", &table);
  if (status) return status;
  if (!seen || !(out->missing = ent_arena_take(b->arena, MOST_MISSING, sizeof *out->missing))) return fail_memory(b);
  for (i = 0; i < table->rows; i++) {
    const char *cell = ent_table_cell(table, i, ent_table_column(table, "footnote"));
    if (!ent_text_number(cell, &number) || number < 1 || number > MOST_FOOTNOTE) continue;
    seen[(long)number] = true;
    if ((long)number > out->highest_footnote) out->highest_footnote = (long)number;
  }
  for (n = 1; n <= out->highest_footnote; n++) {
    if (seen[n]) out->footnote_count++;
    else if (out->missing_count++ < MOST_MISSING) out->missing[out->missing_count - 1] = n;
  }
  return ENT_OK;
}

static ent_status fill_counts(ent_data_builder *b) {
  const ent_format *format = b->study->format;
  ent_data_answer *out = b->out;
  size_t i;
  ent_status status = ENT_OK;
  out->counts = ent_arena_take(b->arena, format->resource_count, sizeof *out->counts);
  if (!out->counts) return fail_memory(b);
  for (i = 0; i < format->resource_count && !status; i++)
    status = count_table(b, format->resources[i].name, &out->counts[out->count_count++]);
  out->page_count = 1;
  return status ? status : count_footnotes(b);
}

/* ---- the whole ---- */

ent_status ent_data_run(ent_study *study, const ent_data_options *options, ent_result **out) {
  static const ent_data_options defaults;
  ent_data_builder b;
  ent_result *result;
  ent_status status;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_DATA);
  if (!result) return ent_fail_memory(study->context);
  memset(&b, 0, sizeof b);
  b.study = study;
  b.arena = result->arena;
  b.out = &result->data;
  b.options = options ? options : &defaults;
  status = read_options(&b);
  if (!status && b.out->view == ENT_DATA_COUNTS) status = fill_counts(&b);
  else if (!status && b.out->view == ENT_DATA_TABLE) status = fill_table(&b);
  else if (!status) status = fill_figures(&b);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}

/* ---- two figures side by side ---- */

static ent_status find_figure(ent_study *study, const char *key, ent_catalog_row *out) {
  const char *id = strncmp(key, "observations:", strlen("observations:")) == 0 ? strchr(key, ':') + 1 : key;
  ent_status status = ent_catalog_row_of(study->catalog, "observations", id, out);
  if (!status && out->withheld)
    status = ent_fail(study->context, ENT_NOT_FOUND, NULL, "--reveal SOURCE shows what rests on a source that is named",
                      "figure \"%s\" rests on confidential sources alone", id);
  return status;
}

ent_status ent_data_compare_run(ent_study *study, const char *a, const char *b, const char *currency,
                                ent_result **out) {
  ent_catalog_row x, y;
  ent_comparing comparing;
  ent_result *result;
  ent_status status;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_DATA_COMPARE);
  if (!result) return ent_fail_memory(study->context);
  if (currency && !(currency = ent_arena_copy(result->arena, currency, strlen(currency)))) {
    ent_result_free(result);
    return ent_fail_memory(study->context);
  }
  status = ent_figure_currency(study, "--in", currency);
  if (!status) status = find_figure(study, a, &x);
  if (!status) status = find_figure(study, b, &y);
  if (!status && strcmp(x.id, y.id) == 0)
    status = ent_fail(study->context, ENT_USAGE, NULL, "name another one", "\"%s\" is named twice", x.id);
  if (!status) status = ent_basis_fill(study, result->arena, NULL, &result->data_compare.basis);
  if (!status) status = ent_comparing_open(study, result->arena, &comparing);
  if (!status) status = ent_comparing_pair(&comparing, &x, &y, currency, &result->data_compare.pair);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
