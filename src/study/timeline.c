/* timeline.c - the operation timeline: the dated rows of a study in the order of time.
 *
 * Each row is an entry at its beginning and, where it ends in a later year, another at its end. Holders of an office
 * follow each other, so their ends are shown only by what comes after them: the next holder, or a gap. A date stays as
 * it was written: a coarse one stands at its first day and is never made finer. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/study.h"

typedef struct kind_of_row {
  const char *name, *table;
  const char *code; /* column of the row's own kind */
  bool lasts;       /* without an end it goes on, or its end is not known; else it is over with its date */
  bool ends;        /* its end is an entry of its own */
} kind_of_row;

enum { EVENT, STATUS, OFFICE, INSTITUTION, PROVISION, MEMBER, KINDS };

static const kind_of_row kinds[KINDS] = {[EVENT] = {"event", "events", "kind", false, true},
                                         [STATUS] = {"status", "statuses", "status", true, true},
                                         [OFFICE] = {"office", "holders", "office", true, false},
                                         [INSTITUTION] = {"institution", "institutions", "kind", true, true},
                                         [PROVISION] = {"provision", "provisions", "obligation", true, true},
                                         [MEMBER] = {"member", "members", "role", true, true}};

typedef struct builder {
  ent_study *study;
  ent_arena *arena;
  ent_timeline_answer *out;
  size_t room;
  ent_span range; /* from and to */
  bool at_day;
  int32_t day;
  const char *alliance;
  bool wanted[KINDS];
} builder;

/* A row's dates. */
typedef struct dates {
  const char *start, *end; /* as written; "" where not known */
  bool has_start, has_end;
  ent_span first, last; /* of the two */
  ent_span span;        /* of the row */
} dates;

static ent_status fail_memory(const builder *b) { return ent_fail_memory(b->study->context); }

/* ---- what is asked ---- */

static ent_status read_kind(builder *b, const char *word, size_t length) {
  const char *names[KINDS], *near;
  char *given = ent_arena_copy(b->arena, word, length), *remedy = NULL;
  size_t k;
  if (!given) return fail_memory(b);
  for (k = 0; k < KINDS; k++) {
    names[k] = kinds[k].name;
    if (strcmp(given, kinds[k].name) != 0) continue;
    b->wanted[k] = true;
    return ENT_OK;
  }
  near = ent_text_nearest(given, names, KINDS);
  if (near) remedy = ent_arena_print(b->arena, "did you mean \"%s\"?", near);
  return ent_fail(b->study->context, ENT_USAGE, "--kind",
                  remedy ? remedy : "use event, status, office, institution, provision or member",
                  "there is no kind \"%s\"", given);
}

static ent_status read_kinds(builder *b, const char *asked) {
  const char *word = asked;
  ent_status status = ENT_OK;
  size_t k;
  for (k = 0; k < KINDS; k++) b->wanted[k] = !asked;
  while (word && !status) {
    size_t length = strcspn(word, ",");
    status = read_kind(b, word, length);
    word = word[length] ? word + length + 1 : NULL;
  }
  return status;
}

static ent_status read_options(builder *b, const ent_timeline_options *options) {
  ent_span from = {ENT_DAY_OPEN_START, 0}, to = {0, ENT_DAY_OPEN_END}, as_of = {0, 0};
  ent_status status = ent_study_date(b->study, "--from", options->from, &from);
  if (!status) status = ent_study_date(b->study, "--to", options->to, &to);
  if (!status) status = ent_study_date(b->study, "--as-of", options->as_of, &as_of);
  if (!status && options->alliance) status = ent_study_has_alliance(b->study, options->alliance, b->arena);
  if (!status) status = read_kinds(b, options->kinds);
  if (!status && from.first > to.last)
    status = ent_fail(b->study->context, ENT_USAGE, "--from", "give the earlier date first", "%s lies after %s",
                      options->from, options->to);
  b->range = (ent_span){from.first, to.last};
  b->at_day = options->as_of != NULL;
  b->day = as_of.last;
  b->alliance = options->alliance;
  return status;
}

/* Options borrow from the caller, answers live on. */
static ent_status keep(builder *b, const char *text, const char **out) {
  *out = text ? ent_arena_copy(b->arena, text, strlen(text)) : NULL;
  return text && !*out ? fail_memory(b) : ENT_OK;
}

/* ---- entries ---- */

static ent_status add_entry(builder *b, const ent_timeline_entry *entry) {
  ent_timeline_answer *out = b->out;
  if (out->count == b->room) {
    size_t room = b->room ? 2 * b->room : 64;
    ent_timeline_entry *grown = ent_arena_take(b->arena, room, sizeof *grown);
    if (!grown) return fail_memory(b);
    if (out->count) memcpy(grown, out->entries, out->count * sizeof *grown);
    out->entries = grown;
    b->room = room;
  }
  out->entries[out->count++] = *entry;
  return ENT_OK;
}

/* A coarse date stands in the range when some of its days do. */
static bool in_range(const builder *b, ent_span date) {
  return date.first <= b->range.last && date.last >= b->range.first;
}

static bool is_open(const char *date) { return strcmp(date, "..") == 0; }

static dates read_dates(const ent_catalog_row *row, const kind_of_row *kind) {
  dates d = {ent_catalog_value(row, "start"), ent_catalog_value(row, "end"), false, false, {0, 0}, {0, 0}, {0, 0}};
  d.has_start = ent_date_parse(d.start, &d.first, NULL);
  d.has_end = ent_date_parse(d.end, &d.last, NULL);
  d.span.first = d.has_start ? d.first.first : ENT_DAY_OPEN_START;
  d.span.last = d.has_end                                       ? d.last.last
                : kind->lasts || is_open(d.end) || !d.has_start ? ENT_DAY_OPEN_END
                                                                : d.first.last;
  return d;
}

static int year_of(int32_t day) {
  int year, month, day_of_month;
  ent_day_civil(day, &year, &month, &day_of_month);
  return year;
}

/* The row's own kind; of a holder the class of its office. */
static ent_status code_of(const builder *b, const kind_of_row *kind, const ent_catalog_row *row, const char **out) {
  ent_catalog_row office;
  ent_status status;
  *out = ent_catalog_value(row, kind->code);
  if (kind != &kinds[OFFICE]) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, "offices", *out, &office);
  if (!status) *out = office.withheld ? NULL : ent_catalog_value(&office, "weight_class");
  return status;
}

/* Adds a row that is wanted: at its beginning, at its end, or both. */
static ent_status add_moments(builder *b, const kind_of_row *kind, const dates *d, ent_timeline_entry *entry) {
  bool later_end = kind->ends && d->has_end && (!d->has_start || year_of(d->last.first) > year_of(d->first.first));
  const ent_span unknown = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_START}; /* before any other */
  ent_status status = ENT_OK;
  entry->end = *d->end && !is_open(d->end) ? d->end : NULL;
  entry->goes_on = is_open(d->end);
  if (b->at_day) { /* what holds at the day, whether or not its beginning is known */
    entry->date = d->has_start ? d->start : "";
    entry->day = d->span.first;
    return in_range(b, d->has_start ? d->first : unknown) ? add_entry(b, entry) : ENT_OK;
  }
  if (d->has_start && in_range(b, d->first)) {
    entry->date = d->start;
    entry->day = d->first.first;
    status = add_entry(b, entry);
  }
  if (!status && later_end && in_range(b, d->last)) {
    entry->moment = ENT_ENDS;
    entry->date = d->end;
    entry->day = d->last.first;
    status = add_entry(b, entry);
  }
  return status;
}

static ent_status add_row(builder *b, const kind_of_row *kind, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  dates d;
  ent_timeline_entry entry = {.kind = kind->name, .moment = ENT_BEGINS};
  ent_basis_answer *basis = &b->out->basis;
  bool is_wanted;
  ent_status status = ent_rows_at(rows, at, &row);
  if (!status && row.withheld) return ENT_OK;
  if (!status) status = ent_row_where(b->study, b->arena, &row, &entry.where);
  if (!status) status = ent_row_belongs(b->study, &entry.where, b->alliance, &is_wanted);
  if (status || !is_wanted) return status;
  d = read_dates(&row, kind);
  if (!ent_rows_known(rows, at, &basis->left_out_later, &basis->left_out_undated)) return ENT_OK;
  if (b->at_day && !ent_span_holds(d.span, b->day)) return ENT_OK;
  if (!d.has_start && !d.has_end && (!b->at_day || !kind->lasts)) {
    b->out->without_date++;
    return ENT_OK;
  }
  status = code_of(b, kind, &row, &entry.code);
  if (!status) status = ent_row_label(b->study, b->arena, &row, &entry.label);
  if (!status) status = ent_row_citations(b->study, b->arena, &row, &entry.citations, &entry.citation_count);
  entry.key = ent_arena_print(b->arena, "%s:%s", row.table, row.id);
  if (!status && !entry.key) status = fail_memory(b);
  return status ? status : add_moments(b, kind, &d, &entry);
}

static ent_status add_kind(builder *b, size_t k) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, kinds[k].table, &rows);
  for (i = 0; !status && i < rows.table->rows; i++) status = add_row(b, &kinds[k], &rows, i);
  return status;
}

/* ---- gaps and overlaps of an office ---- */

typedef struct tenure {
  const char *id;
  ent_span span, first, last; /* first and last: of its start and end; open where not known */
  bool has_share;
  ent_catalog_row row;
} tenure;

static int by_start(const void *a, const void *b) {
  const tenure *x = a, *y = b;
  if (x->span.first != y->span.first) return x->span.first < y->span.first ? -1 : 1;
  if (x->span.last != y->span.last) return x->span.last < y->span.last ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* Those who held an office, in their order; none where one of them is confidential, since a gap would tell of him. */
static ent_status read_tenures(const builder *b, const char *office, tenure **out, size_t *count) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, "holders", &rows);
  *count = 0;
  if (status) return status;
  if (!(*out = ent_arena_take(b->arena, rows.table->rows, sizeof **out))) return fail_memory(b);
  for (i = 0; i < rows.table->rows; i++) {
    tenure *t = &(*out)[*count];
    dates d;
    if (strcmp(ent_rows_cell(&rows, i, "office"), office) != 0) continue;
    if ((status = ent_rows_at(&rows, i, &t->row))) return status;
    if (t->row.withheld) {
      *count = 0;
      return ENT_OK;
    }
    d = read_dates(&t->row, &kinds[OFFICE]);
    t->id = t->row.id;
    t->span = d.span;
    t->first = d.has_start ? d.first : (ent_span){ENT_DAY_OPEN_START, ENT_DAY_OPEN_START};
    t->last = d.has_end ? d.last : (ent_span){ENT_DAY_OPEN_END, ENT_DAY_OPEN_END};
    t->has_share = *ent_catalog_value(&t->row, "share") != '\0';
    ++*count;
  }
  if (*count) qsort(*out, *count, sizeof **out, by_start);
  return ENT_OK;
}

/* An entry of days that no row states: they follow from the rows beside them. */
static ent_status add_derived(builder *b, ent_timeline_entry *entry, ent_span span) {
  char day[16];
  if (b->at_day && !ent_span_holds(span, b->day)) return ENT_OK;
  if (!in_range(b, (ent_span){span.first, span.first})) return ENT_OK;
  entry->day = span.first;
  entry->date = ent_arena_print(b->arena, "%s", ent_day_write(span.first, day));
  if (span.last != ENT_DAY_OPEN_END) {
    entry->end = ent_arena_print(b->arena, "%s", ent_day_write(span.last, day));
    if (!entry->end) return fail_memory(b);
  } else {
    entry->goes_on = true;
  }
  return entry->date ? add_entry(b, entry) : fail_memory(b);
}

/* Days on which nobody holds the office, between two holders or after the last. What lies after the study's date is
 * none: nobody was to be named there yet. */
static ent_status add_gaps(builder *b, const tenure *list, size_t count, const ent_timeline_entry *model) {
  int32_t held = list[0].span.last;
  ent_status status = ENT_OK;
  size_t i;
  for (i = 1; i <= count && !status && held != ENT_DAY_OPEN_END; i++) {
    ent_timeline_entry entry = *model;
    bool after_all = i == count;
    ent_span gap = {held + 1, after_all ? ENT_DAY_OPEN_END : list[i].span.first - 1};
    entry.moment = ENT_VACANT;
    if (gap.first <= gap.last && gap.first <= b->study->evidence->date.last) status = add_derived(b, &entry, gap);
    if (!after_all && list[i].span.last > held) held = list[i].span.last;
  }
  return status;
}

static int32_t later(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t earlier(int32_t a, int32_t b) { return a < b ? a : b; }

/* Days on which two hold an office that is one person's, each without a share of it; only those that are certain by
 * dates as coarse as they were written, as for the check. */
static ent_status add_overlaps(builder *b, const tenure *list, size_t count, const ent_timeline_entry *model) {
  ent_status status = ENT_OK;
  size_t i, k;
  for (i = 0; i < count; i++)
    for (k = i + 1; k < count && !status; k++) {
      ent_timeline_entry entry = *model;
      ent_label x, y;
      ent_span both = {later(list[i].first.last, list[k].first.last), earlier(list[i].last.first, list[k].last.first)};
      if (both.first >= both.last || (list[i].has_share && list[k].has_share)) continue;
      entry.moment = ENT_SHARED;
      status = ent_row_label(b->study, b->arena, &list[i].row, &x);
      if (!status) status = ent_row_label(b->study, b->arena, &list[k].row, &y);
      if (status) return status;
      entry.label.en = ent_arena_print(b->arena, "%s / %s", x.en, y.en);
      entry.label.de = ent_arena_print(b->arena, "%s / %s", x.de, y.de);
      if (!entry.label.en || !entry.label.de) return fail_memory(b);
      if (both.first == ENT_DAY_OPEN_START) continue; /* two who were always there: nothing says since when */
      status = add_derived(b, &entry, both);
    }
  return status;
}

static ent_status add_office(builder *b, const ent_catalog_row *office) {
  ent_timeline_entry entry = {.kind = kinds[OFFICE].name};
  bool is_wanted;
  tenure *list = NULL;
  size_t count = 0;
  ent_status status = ent_row_where(b->study, b->arena, office, &entry.where);
  if (!status) status = ent_row_belongs(b->study, &entry.where, b->alliance, &is_wanted);
  if (status || !is_wanted) return status;
  entry.code = ent_catalog_value(office, "weight_class");
  entry.label = ent_catalog_label(office);
  entry.key = ent_arena_print(b->arena, "offices:%s", office->id);
  if (!entry.key) return fail_memory(b);
  status = read_tenures(b, office->id, &list, &count);
  if (status || !count) return status;
  status = add_gaps(b, list, count, &entry);
  if (!status && strcmp(entry.code, "head") == 0) status = add_overlaps(b, list, count, &entry);
  return status;
}

static ent_status add_offices(builder *b) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, "offices", &rows);
  for (i = 0; !status && i < rows.table->rows; i++) {
    ent_catalog_row office;
    status = ent_rows_at(&rows, i, &office);
    if (!status && !office.withheld) status = add_office(b, &office);
  }
  return status;
}

/* ---- the whole ---- */

static int order_of(const char *kind) {
  int k;
  for (k = 0; k < KINDS; k++)
    if (strcmp(kinds[k].name, kind) == 0) return k;
  return k;
}

static int by_day(const void *a, const void *b) {
  const ent_timeline_entry *x = a, *y = b;
  int order = order_of(x->kind) - order_of(y->kind);
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (!order) order = strcmp(x->key, y->key);
  if (!order) order = (int)x->moment - (int)y->moment;
  return order ? order : strcmp(x->label.en, y->label.en);
}

static ent_status fill_timeline(builder *b, const ent_timeline_options *options) {
  ent_timeline_answer *out = b->out;
  ent_status status = read_options(b, options);
  size_t k;
  if (!status) status = ent_basis_fill(b->study, b->arena, b->at_day ? &b->day : NULL, &out->basis);
  if (!status) status = keep(b, options->from, &out->from);
  if (!status) status = keep(b, options->to, &out->to);
  if (!status) status = keep(b, options->alliance, &out->alliance);
  if (!status) status = keep(b, options->kinds, &out->kinds);
  for (k = 0; k < KINDS && !status; k++)
    if (b->wanted[k]) status = add_kind(b, k);
  if (!status && b->wanted[OFFICE]) status = add_offices(b);
  if (!status && out->count) qsort(out->entries, out->count, sizeof *out->entries, by_day);
  return status;
}

ent_status ent_timeline_run(ent_study *study, const ent_timeline_options *options, ent_result **out) {
  static const ent_timeline_options defaults;
  ent_result *result;
  ent_status status;
  builder b = {0};
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_TIMELINE);
  if (!result) return ent_fail_memory(study->context);
  b.study = study;
  b.arena = result->arena;
  b.out = &result->timeline;
  status = fill_timeline(&b, options ? options : &defaults);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
