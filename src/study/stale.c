/* stale.c - the operation stale: what an editor has to renew by a day.
 *
 * Which rows the model uses is asked of an assessment whose model has no age limits; what its indicators then rest on
 * is held against the limits that the model states. So the list can not differ from what an assessment does. Ages are
 * counted as there: from the last day of a figure, and from the study's date for what has no end. What is confidential
 * is left out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/hash.h"
#include "base/index.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/csl.h"
#include "study/study.h"

enum { MOST_YEARS = 1000 };
#define DAYS_OF_YEAR 365.25 /* as the thinking wing counts them */

typedef struct used_row { /* a row that an indicator rests on, with the strictest limit */
  ent_key key;
  double limit;
  const char *indicator;
  ent_label label;
} used_row;

typedef struct lister {
  ent_study *study;
  ent_arena *arena;
  ent_stale_answer *out;
  ent_run run; /* the day and the model; it assesses nothing */
  int32_t day;
  size_t used_count, used_room;
  used_row *used; /* by key */
} lister;

static ent_status fail_memory(const lister *l) { return ent_fail_memory(l->study->context); }

static double years_since(const lister *l, int32_t day) { return ((double)l->day - day) / DAYS_OF_YEAR; }

/* ---- what the model uses ---- */

/* The model with limits that nothing passes. */
static const ent_model *without_limits(ent_arena *arena, const ent_model *model) {
  ent_model *copy = ent_arena_take(arena, 1, sizeof *copy);
  ent_model_criterion *criteria = ent_arena_take(arena, model->criterion_count, sizeof *criteria);
  size_t c, d, i;
  if (!copy || !criteria) return NULL;
  *copy = *model;
  copy->criteria = criteria;
  for (c = 0; c < model->criterion_count; c++) {
    const ent_model_criterion *criterion = &model->criteria[c];
    ent_model_dimension *dimensions = ent_arena_take(arena, criterion->dimension_count, sizeof *dimensions);
    if (!dimensions) return NULL;
    criteria[c] = *criterion;
    criteria[c].dimensions = dimensions;
    for (d = 0; d < criterion->dimension_count; d++) {
      const ent_model_dimension *dimension = &criterion->dimensions[d];
      ent_model_indicator *indicators = ent_arena_take(arena, dimension->indicator_count, sizeof *indicators);
      if (!indicators) return NULL;
      dimensions[d] = *dimension;
      dimensions[d].indicators = indicators;
      for (i = 0; i < dimension->indicator_count; i++) {
        indicators[i] = dimension->indicators[i];
        indicators[i].age_limit_years = INFINITY;
      }
    }
  }
  return copy;
}

static int by_key(const void *a, const void *b) {
  const used_row *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  if (x->limit != y->limit) return x->limit < y->limit ? -1 : 1;
  return strcmp(x->indicator, y->indicator);
}

static ent_status note_used(lister *l, const used_row *row) {
  if (l->used_count == l->used_room) {
    size_t room = l->used_room ? 2 * l->used_room : 256;
    used_row *grown = ent_arena_take(l->arena, room, sizeof *grown);
    if (!grown) return fail_memory(l);
    if (l->used_count) memcpy(grown, l->used, l->used_count * sizeof *grown);
    l->used = grown;
    l->used_room = room;
  }
  l->used[l->used_count++] = *row;
  return ENT_OK;
}

static const char *path_of(const lister *l, const ent_cell *cell) {
  const ent_model_criterion *c = &l->run.model->criteria[cell->criterion];
  const ent_model_dimension *d = &c->dimensions[cell->dimension];
  return ent_arena_print(l->arena, "%s/%s/%s", c->id, d->id, d->indicators[cell->indicator].id);
}

static ent_status note_cell(lister *l, const ent_cell *cell) {
  used_row row = {0};
  size_t i;
  ent_status status = ENT_OK;
  if (cell->kind != ENT_SCORE || cell->indicator < 0 || !cell->input_count) return ENT_OK;
  row.limit =
      l->run.model->criteria[cell->criterion].dimensions[cell->dimension].indicators[cell->indicator].age_limit_years;
  row.label = ent_run_cell_label(&l->run, cell);
  if (!(row.indicator = path_of(l, cell))) return fail_memory(l);
  for (i = 0; i < cell->input_count && !status; i++) {
    row.key = cell->inputs[i];
    status = note_used(l, &row);
  }
  return status;
}

/* Each row once, with the strictest of its limits; rows by key. */
static void sort_used(lister *l) {
  size_t i, kept = 0;
  if (l->used_count) qsort(l->used, l->used_count, sizeof *l->used, by_key);
  for (i = 0; i < l->used_count; i++)
    if (!kept || l->used[kept - 1].key != l->used[i].key) l->used[kept++] = l->used[i];
  l->used_count = kept;
}

static ent_status find_used(lister *l) {
  ent_assess_request request = l->run.request;
  const ent_model *model = without_limits(l->arena, l->run.model);
  ent_assessment *assessment = NULL;
  ent_status status = ENT_OK;
  size_t a, c;
  request.progress = NULL;
  request.draws = 1; /* which rows count does not hang on the draws */
  if (!model || !ent_assess(l->study->evidence, model, &request, l->arena, &assessment)) return fail_memory(l);
  for (a = 0; a < assessment->alliance_count; a++)
    for (c = 0; c < assessment->alliances[a].cell_count && !status; c++)
      status = note_cell(l, &assessment->alliances[a].cells[c]);
  sort_used(l);
  return status;
}

static const used_row *used_by_model(const lister *l, ent_key key) {
  size_t low = 0, high = l->used_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (l->used[middle].key < key) low = middle + 1;
    else high = middle;
  }
  return low < l->used_count && l->used[low].key == key ? &l->used[low] : NULL;
}

/* ---- entries ---- */

/* The limit of --years, else that of the model's indicator; NaN where there is none. */
static void set_limit(const lister *l, ent_stale_entry *entry, const used_row *used) {
  entry->limit_years = l->out->years ? (double)l->out->years : used ? used->limit : NAN;
  if (used && !l->out->years) {
    entry->indicator = used->indicator;
    entry->indicator_label = used->label;
  }
  entry->passed = entry->age_years > entry->limit_years; /* false for NaN */
}

static ent_stale_entry new_entry(void) {
  ent_stale_entry entry = {.age_years = NAN, .limit_years = NAN};
  return entry;
}

/* Fills what the row itself says, and puts the entry into its list. */
static ent_status add_entry(lister *l, ent_stale_kind kind, const ent_catalog_row *row, ent_stale_entry *entry) {
  ent_stale_list *list = &l->out->lists[kind];
  ent_status status = ENT_OK;
  if (!entry->label.en) status = ent_row_label(l->study, l->arena, row, &entry->label);
  if (!status) status = ent_row_citations(l->study, l->arena, row, &entry->citations, &entry->citation_count);
  if (status) return status;
  if (!(entry->key = ent_arena_print(l->arena, "%s:%s", row->table, row->id))) return fail_memory(l);
  if (list->count == list->room) {
    size_t room = list->room ? 2 * list->room : 16;
    ent_stale_entry *grown = ent_arena_take(l->arena, room, sizeof *grown);
    if (!grown) return fail_memory(l);
    if (list->count) memcpy(grown, list->entries, list->count * sizeof *grown);
    list->entries = grown;
    list->room = room;
  }
  list->entries[list->count++] = *entry;
  return ENT_OK;
}

/* ---- figures ---- */

/* The strictest limit among the model's indicators that read figures of this kind. */
static bool indicator_limit(const lister *l, ent_key indicator, used_row *out) {
  const ent_model *model = l->run.model;
  const ent_evidence *e = l->study->evidence;
  const char *id = NULL;
  bool found = false;
  size_t c, d, i;
  for (i = 0; i < e->indicators_count; i++)
    if (e->indicators[i].key == indicator) id = e->indicators[i].id;
  for (c = 0; c < model->criterion_count && id; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++)
      for (i = 0; i < model->criteria[c].dimensions[d].indicator_count; i++) {
        const ent_model_indicator *m = &model->criteria[c].dimensions[d].indicators[i];
        if (m->source.kind != ENT_FROM_OBSERVATION) continue;
        if (!ent_text_same(m->source.indicator, id) && !ent_text_same(m->source.per, id)) continue;
        if (found && m->age_limit_years >= out->limit) continue;
        found = true;
        *out = (used_row){
            0, m->age_limit_years,
            ent_arena_print(l->arena, "%s/%s/%s", model->criteria[c].id, model->criteria[c].dimensions[d].id, m->id),
            ent_run_label(&l->run, m->label)};
      }
  return found;
}

static ent_status add_figure(lister *l, const ent_observation *o) {
  const used_row *used = used_by_model(l, o->key);
  used_row read;
  ent_stale_entry entry = new_entry();
  ent_stale_kind kind;
  ent_catalog_row row;
  ent_status status;
  if (!ent_text_same(o->status, "reported")) return ENT_OK; /* plans and demands do not age */
  if (o->period.last != ENT_DAY_OPEN_END)
    entry.age_years = years_since(l, o->period.last < l->day ? o->period.last : l->day);
  if (!used && indicator_limit(l, o->indicator, &read)) set_limit(l, &entry, &read);
  else set_limit(l, &entry, used);
  if (!used && isnan(entry.limit_years)) {
    l->out->without_limit++;
    return ENT_OK;
  }
  if (!used) kind = ENT_STALE_OTHER;
  else if (isnan(entry.age_years)) kind = ENT_STALE_UNDATED;
  else kind = entry.passed ? ENT_STALE_FIGURE : ENT_STALE_SOON;
  if (kind == ENT_STALE_OTHER && !entry.passed) return ENT_OK;
  if (kind == ENT_STALE_SOON && !(entry.age_years > entry.limit_years - 1)) return ENT_OK;
  status = ent_catalog_key(l->study->catalog, o->key, &row);
  if (status || row.withheld) return status;
  entry.date = ent_catalog_value(&row, "data_year");
  if (!*entry.date) entry.date = ent_catalog_value(&row, "period");
  return add_entry(l, kind, &row, &entry);
}

static ent_status add_figures(lister *l) {
  const ent_evidence *e = l->study->evidence;
  ent_status status = ENT_OK;
  size_t i;
  for (i = 0; i < e->observations_count && !status; i++) status = add_figure(l, &e->observations[i]);
  return status;
}

/* ---- statuses ---- */

static bool is_unsettled(const char *status) {
  return strcmp(status, "planned") == 0 || strcmp(status, "threatened") == 0 || strcmp(status, "contested") == 0;
}

static ent_span span_of(const ent_rows *rows, size_t row) {
  ent_span span = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  (void)ent_span_parse(ent_rows_cell(rows, row, "start"), ent_rows_cell(rows, row, "end"), &span, NULL);
  return span;
}

/* Whether another row says what became of the thing: a settled status that stood when the date passed, or later. */
static bool is_settled(const lister *l, const ent_rows *rows, size_t row, int32_t due) {
  const char *item = ent_rows_cell(rows, row, "item");
  size_t i, later = 0, undated = 0;
  for (i = 0; i < rows->table->rows; i++) {
    const char *status = ent_rows_cell(rows, i, "status");
    ent_span span = span_of(rows, i);
    if (i == row || strcmp(ent_rows_cell(rows, i, "item"), item) != 0) continue;
    if (is_unsettled(status) || strcmp(status, "under_review") == 0) continue;
    if (span.first <= l->day && span.last >= due && ent_rows_known(rows, i, &later, &undated)) return true;
  }
  return false;
}

static ent_status add_status(lister *l, const ent_rows *rows, size_t at) {
  const char *code = ent_rows_cell(rows, at, "status");
  ent_span span = span_of(rows, at), date;
  ent_stale_entry entry = new_entry();
  bool under_review = strcmp(code, "under_review") == 0 && ent_span_holds(span, l->day);
  bool overdue = is_unsettled(code) && span.last < l->day && !is_settled(l, rows, at, span.last);
  ent_catalog_row row;
  ent_status status;
  if (!under_review && !overdue) return ENT_OK;
  status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  entry.code = code;
  entry.date = ent_catalog_value(&row, overdue ? "end" : "start");
  if (!ent_date_parse(entry.date, &date, NULL)) entry.date = NULL; /* under review since nobody says when */
  else entry.age_years = years_since(l, overdue ? date.last : date.first);
  return add_entry(l, overdue ? ENT_STALE_OVERDUE : ENT_STALE_REVIEW, &row, &entry);
}

static ent_status add_statuses(lister *l) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(l->study, "statuses", &rows);
  for (i = 0; !status && i < rows.table->rows; i++)
    if (ent_rows_known(&rows, i, &l->out->basis.left_out_later, &l->out->basis.left_out_undated))
      status = add_status(l, &rows, i);
  return status;
}

/* ---- rows that nobody has reviewed ---- */

static ent_status add_unreviewed(lister *l, const char *table) {
  ent_rows rows;
  size_t i, later = 0, undated = 0; /* counted elsewhere */
  ent_status status = ent_rows_open(l->study, table, &rows);
  if (status || ent_table_column(rows.table, "review") < 0) return status;
  for (i = 0; !status && i < rows.table->rows; i++) {
    const char *review = ent_rows_cell(&rows, i, "review"), *reviewer = ent_rows_cell(&rows, i, "reviewer");
    ent_stale_entry entry = new_entry();
    ent_catalog_row row;
    if (strcmp(review, "draft") != 0 && strcmp(review, "disputed") != 0) continue;
    if (!ent_rows_known(&rows, i, &later, &undated)) continue;
    entry.code = review;
    entry.reviewer = *reviewer ? reviewer : NULL;
    status = ent_rows_at(&rows, i, &row);
    if (!status && !row.withheld) status = add_entry(l, ENT_STALE_UNREVIEWED, &row, &entry);
  }
  return status;
}

/* ---- addresses ---- */

/* When each source was last read: the latest access date among its citations; open start where none says so. */
static ent_status find_visits(lister *l, const ent_rows *sources, ent_span **out) {
  ent_rows citations;
  ent_index ids;
  size_t i;
  ent_status status = ent_rows_open(l->study, "citations", &citations);
  ent_span *visits = status ? NULL : ent_arena_take(l->arena, sources->table->rows, sizeof *visits), span;
  if (status) return status;
  if (!visits || !ent_index_init(&ids, l->arena, sources->table->rows)) return fail_memory(l);
  for (i = 0; i < sources->table->rows; i++) {
    const char *id = ent_table_cell(sources->table, i, 0);
    visits[i] = (ent_span){ENT_DAY_OPEN_START, ENT_DAY_OPEN_START};
    if (!ent_index_add(&ids, id, strlen(id), i)) return fail_memory(l);
  }
  for (i = 0; i < citations.table->rows; i++) {
    const char *id = ent_rows_cell(&citations, i, "source");
    size_t at;
    if (!ent_date_parse(ent_rows_cell(&citations, i, "accessed"), &span, NULL)) continue;
    if (ent_index_find(&ids, id, strlen(id), &at) && span.last > visits[at].last) visits[at] = span;
  }
  *out = visits;
  return ENT_OK;
}

/* A span of the register as the coarsest date that it is: year, month or day. */
static const char *date_of(lister *l, ent_span span) {
  int year, month, day;
  char text[16];
  ent_day_civil(span.first, &year, &month, &day);
  ent_day_write(span.first, text);
  if (span.last > span.first) text[span.last - span.first > 31 ? 4 : 7] = '\0';
  return ent_arena_print(l->arena, "%s", text);
}

static ent_status add_source(lister *l, const ent_rows *sources, size_t at, const ent_json *csl, ent_span visit) {
  const char *url = ent_json_get_text(csl, "URL");
  const ent_catalog_work *work = NULL;
  ent_span accessed, date;
  ent_stale_entry entry = new_entry();
  ent_catalog_row row;
  bool archived = ent_csl_archived(csl) != NULL;
  ent_status status;
  if (!url) return ENT_OK;
  if (!ent_csl_date(csl, "accessed", &accessed, NULL) || accessed.last < visit.last) accessed = visit;
  date = accessed;
  if (date.last == ENT_DAY_OPEN_START && (!ent_csl_date(csl, "issued", &date, NULL) || date.last == ENT_DAY_OPEN_END))
    date.last = ENT_DAY_OPEN_START;
  if (date.last != ENT_DAY_OPEN_START) {
    if (!(entry.date = date_of(l, date))) return fail_memory(l);
    entry.age_years = years_since(l, date.last);
  }
  status = ent_rows_at(sources, at, &row);
  if (status || row.withheld) return status;
  status = ent_catalog_source(l->study->catalog, row.id, &work);
  if (status) return status;
  entry.label = ent_label_both(work->line);
  if (!(entry.url = ent_arena_print(l->arena, "%s", url))) return fail_memory(l);
  if (!archived && (status = add_entry(l, ENT_STALE_UNARCHIVED, &row, &entry))) return status;
  if (accessed.last == ENT_DAY_OPEN_START || !l->out->years) return ENT_OK;
  set_limit(l, &entry, NULL);
  return entry.passed ? add_entry(l, ENT_STALE_UNVISITED, &row, &entry) : ENT_OK;
}

static ent_status add_sources(lister *l) {
  ent_rows sources;
  ent_span *visits = NULL;
  size_t i;
  ent_status status = ent_rows_open(l->study, "sources", &sources);
  if (!status) status = find_visits(l, &sources, &visits);
  for (i = 0; !status && i < sources.table->rows; i++) {
    const char *csl = ent_rows_cell(&sources, i, "csl");
    ent_json *json = NULL;
    status = ent_json_read(l->study->context, "sources.json", csl, strlen(csl), &json);
    if (!status) status = add_source(l, &sources, i, json, visits[i]);
    ent_json_free(json);
  }
  return status;
}

/* ---- what has no end ---- */

static ent_status add_carried(lister *l, const char *table) {
  ent_rows rows;
  size_t i, later = 0, undated = 0; /* counted elsewhere */
  ent_status status = ent_rows_open(l->study, table, &rows);
  for (i = 0; !status && i < rows.table->rows; i++) {
    ent_span span = span_of(&rows, i);
    ent_stale_entry entry = new_entry();
    ent_catalog_row row;
    if (span.last != ENT_DAY_OPEN_END || !ent_span_holds(span, l->day)) continue;
    if (span.first > l->study->evidence->date.last) continue; /* it began after the study: nobody carried it there */
    if (!ent_rows_known(&rows, i, &later, &undated)) continue;
    if ((status = ent_rows_at(&rows, i, &row))) return status;
    if (row.withheld) continue;
    entry.date = ent_catalog_value(&row, "start");
    if (!*entry.date || strcmp(entry.date, "..") == 0) entry.date = NULL;
    entry.day = span.first;
    entry.age_years = years_since(l, l->study->evidence->date.last);
    set_limit(l, &entry, used_by_model(l, ent_key_of(row.table, ":", row.id, NULL)));
    status = add_entry(l, ENT_STALE_CARRIED, &row, &entry);
  }
  return status;
}

/* ---- the whole ---- */

/* The oldest first, what has no date last; of one age what has the strictest limit, then what began first. */
static int by_age(const void *a, const void *b) {
  const ent_stale_entry *x = a, *y = b;
  int order;
  if (isnan(x->age_years) != isnan(y->age_years)) return isnan(x->age_years) ? 1 : -1;
  if (x->age_years > y->age_years || x->age_years < y->age_years) return x->age_years > y->age_years ? -1 : 1;
  if (isnan(x->limit_years) != isnan(y->limit_years)) return isnan(x->limit_years) ? 1 : -1;
  if (x->limit_years > y->limit_years || x->limit_years < y->limit_years)
    return x->limit_years < y->limit_years ? -1 : 1;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  order = x->code && y->code ? strcmp(x->code, y->code) : 0; /* disputed before draft */
  return order ? order : strcmp(x->key, y->key);
}

static ent_status fill_model(lister *l) {
  ent_stale_answer *out = l->out;
  out->model_id = l->run.model->id;
  out->model_version = l->run.model->version;
  out->model_sha256 = l->run.model->sha256;
  out->model_name = ent_arena_print(l->arena, "%s", l->run.model_name);
  return out->model_name ? ENT_OK : fail_memory(l);
}

static ent_status fill_stale(lister *l, const ent_stale_options *options) {
  static const char *const carried[] = {"positions", "threats", "support", "institutions", "provisions"};
  const ent_assess_options run = {.as_of = options->as_of, .model = options->model};
  const ent_format *format = l->study->format;
  ent_status status;
  size_t i;
  if (options->years > MOST_YEARS)
    return ent_fail(l->study->context, ENT_USAGE, "--years", "give at most 1000", "%u years are too many",
                    (unsigned)options->years);
  l->out->years = options->years;
  l->out->all = options->all != 0;
  status = ent_run_prepare(l->study, &run, NULL, l->arena, &l->run);
  if (status) return status;
  l->day = l->run.request.day;
  status = ent_basis_fill(l->study, l->arena, &l->day, &l->out->basis);
  l->out->basis.left_out_later = l->study->evidence->later;
  l->out->basis.left_out_undated = l->study->evidence->undated;
  if (!status) status = fill_model(l);
  if (!status) status = find_used(l);
  if (!status) status = add_figures(l);
  if (!status) status = add_statuses(l);
  for (i = 0; i < format->resource_count && !status; i++) status = add_unreviewed(l, format->resources[i].name);
  if (!status) status = add_sources(l);
  for (i = 0; l->out->basis.after_study && i < sizeof carried / sizeof *carried && !status; i++)
    status = add_carried(l, carried[i]);
  for (i = 0; i < ENT_STALE_KINDS && !status; i++)
    if (l->out->lists[i].count)
      qsort(l->out->lists[i].entries, l->out->lists[i].count, sizeof *l->out->lists[i].entries, by_age);
  return status;
}

ent_status ent_stale_run(ent_study *study, const ent_stale_options *options, ent_result **out) {
  static const ent_stale_options defaults;
  ent_result *result;
  ent_status status;
  lister l = {0};
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_STALE);
  if (!result) return ent_fail_memory(study->context);
  l.study = study;
  l.arena = result->arena;
  l.out = &result->stale;
  status = fill_stale(&l, options ? options : &defaults);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
