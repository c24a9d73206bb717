/* published.c - from which day on each row of a package could be known.
 *
 * Three passes: the dates of the sources, those of the citations, those of all rows that cite. Codings come last, since
 * they look at the rows they code. */
#include "evidence/published.h"

#include <string.h>

#include "base/date.h"
#include "evidence/csl.h"
#include "base/index.h"

#define UNKNOWN ENT_DAY_OPEN_START

typedef struct computation {
  ent_arena *arena;
  const ent_package *package;
  int32_t **days;     /* of each resource and row; UNKNOWN where there is no date */
  ent_index *indexes; /* of each resource's ids; empty until one is asked for */
  bool failed;        /* memory is short */
} computation;

static bool make_days(computation *c);
static void date_sources(computation *c, size_t r);
static void date_citations(computation *c, size_t r);
static void date_rows(computation *c, size_t r);
static void date_codings(computation *c, size_t r);
static const char *const *const *write_days(computation *c);

ent_status ent_published_compute(ent_context *context, ent_arena *arena, const ent_package *package,
                                 const char *const *const **out) {
  *out = NULL;
  const ent_format *format = package->format;
  computation c = {arena, package, NULL, NULL, false};
  c.days = ent_arena_take(arena, format->resource_count, sizeof *c.days);
  c.indexes = ent_arena_take(arena, format->resource_count, sizeof *c.indexes);
  if (!c.days || !c.indexes || !make_days(&c)) return ent_fail_memory(context);
  int sources = ent_format_find(format, "sources"), citations = ent_format_find(format, "citations");
  if (sources >= 0 && package->tables[sources]) date_sources(&c, (size_t)sources);
  if (citations >= 0 && package->tables[citations]) date_citations(&c, (size_t)citations);
  for (size_t r = 0; r < format->resource_count; r++)
    if (package->tables[r] && (int)r != sources && (int)r != citations) date_rows(&c, r);
  for (size_t r = 0; r < format->resource_count; r++)
    if (package->tables[r] && strcmp(format->resources[r].name, "codings") == 0) date_codings(&c, r);
  *out = c.failed ? NULL : write_days(&c);
  return *out ? ENT_OK : ent_fail_memory(context);
}

static bool make_days(computation *c) {
  for (size_t r = 0; r < c->package->format->resource_count; r++) {
    size_t rows = c->package->tables[r] ? c->package->tables[r]->rows : 0;
    if (!(c->days[r] = ent_arena_take(c->arena, rows, sizeof **c->days))) return false;
    for (size_t row = 0; row < rows; row++) c->days[r][row] = UNKNOWN;
  }
  return true;
}

/* The row of an id. A table's ids are indexed when the first of them is asked for: most tables, and the largest, are
 * cited by none. */
static bool find_row(computation *c, int r, const char *id, size_t length, size_t *row) {
  if (r < 0) return false;
  ent_index *index = &c->indexes[r];
  if (!index->capacity) {
    const ent_table *table = c->package->tables[r];
    size_t rows = table ? table->rows : 0;
    int column = table ? ent_table_column(table, "id") : -1;
    bool whole = ent_index_init(index, c->arena, rows);
    for (size_t i = 0; whole && i < rows; i++) {
      const char *text = ent_table_cell(table, i, column);
      whole = ent_index_add(index, text, strlen(text), i);
    }
    if (!whole) c->failed = true;
  }
  return ent_index_find(index, id, length, row);
}

/* The day of the row that resource and id name, or UNKNOWN. */
static int32_t day_of(computation *c, const char *resource, const char *id, size_t length) {
  size_t row = 0;
  int r = ent_format_find(c->package->format, resource);
  return find_row(c, r, id, length, &row) ? c->days[r][row] : UNKNOWN;
}

static int32_t known_end(ent_span span) { return span.last == ENT_DAY_OPEN_END ? UNKNOWN : span.last; }

static void date_sources(computation *c, size_t r) {
  ent_span span;
  for (size_t row = 0; row < c->package->tables[r]->rows; row++) {
    const ent_json *entry = ent_json_at(c->package->sources, row);
    if (ent_csl_date(entry, "issued", &span, NULL) || ent_csl_date(entry, "accessed", &span, NULL))
      c->days[r][row] = known_end(span);
  }
}

static void date_citations(computation *c, size_t r) {
  const ent_table *table = c->package->tables[r];
  int source = ent_table_column(table, "source"), accessed = ent_table_column(table, "accessed");
  int sources = ent_format_find(c->package->format, "sources");
  ent_span span;
  for (size_t row = 0; row < table->rows; row++) {
    const char *id = ent_table_cell(table, row, source);
    size_t at = 0;
    bool found = find_row(c, sources, id, strlen(id), &at);
    bool issued = found && ent_csl_date(ent_json_at(c->package->sources, at), "issued", &span, NULL);
    /* The citation's own access date is nearer to what was seen than the source's. */
    if (!issued && ent_date_parse(ent_table_cell(table, row, accessed), &span, NULL)) c->days[r][row] = known_end(span);
    else if (found) c->days[r][row] = c->days[sources][at];
  }
}

/* The latest day among the citations of role source in a cell. */
static int32_t latest_of(computation *c, const char *cell, const char *resource) {
  int32_t latest = UNKNOWN;
  for (const char *word = cell; *(word += strspn(word, " ")) != '\0';) {
    size_t length = strcspn(word, " ");
    const char *colon = memchr(word, ':', length);
    size_t id = colon ? (size_t)(colon - word) : length;
    bool is_source = !colon || (length - id == 7 && memcmp(colon, ":source", 7) == 0);
    int32_t day = is_source ? day_of(c, resource, word, id) : UNKNOWN;
    if (day > latest) latest = day;
    word += length;
  }
  return latest;
}

static void date_rows(computation *c, size_t r) {
  const ent_resource *resource = &c->package->format->resources[r];
  const ent_table *table = c->package->tables[r];
  for (size_t f = 0; f < resource->field_count; f++) {
    if (resource->fields[f].kind != ENT_FIELD_CITATIONS) continue;
    int column = ent_table_column(table, resource->fields[f].name);
    for (size_t row = 0; row < table->rows; row++) {
      int32_t day = latest_of(c, ent_table_cell(table, row, column), resource->fields[f].references);
      if (day > c->days[r][row]) c->days[r][row] = day;
    }
  }
}

static void date_codings(computation *c, size_t r) {
  const ent_table *table = c->package->tables[r];
  int item = ent_table_column(table, "item");
  for (size_t row = 0; row < table->rows; row++) {
    const char *cell = ent_table_cell(table, row, item), *colon = strchr(cell, ':');
    char resource[64];
    size_t length = colon ? (size_t)(colon - cell) : 0;
    if (!colon || length >= sizeof resource) continue;
    memcpy(resource, cell, length);
    resource[length] = '\0';
    int32_t day = day_of(c, resource, colon + 1, strlen(colon + 1));
    if (day != UNKNOWN) c->days[r][row] = day;
  }
}

static const char *const *const *write_days(computation *c) {
  size_t count = c->package->format->resource_count;
  const char *const **lists = ent_arena_take(c->arena, count, sizeof *lists);
  char buffer[16];
  for (size_t r = 0; lists && r < count; r++) {
    size_t rows = c->package->tables[r] ? c->package->tables[r]->rows : 0;
    const char **list = ent_arena_take(c->arena, rows, sizeof *list);
    if (!list) return NULL;
    for (size_t row = 0; row < rows; row++) {
      if (c->days[r][row] == UNKNOWN) continue;
      if (row && c->days[r][row] == c->days[r][row - 1]) { /* as most neighbours: one text for both */
        list[row] = list[row - 1];
        continue;
      }
      ent_day_write(c->days[r][row], buffer);
      if (!(list[row] = ent_arena_copy(c->arena, buffer, strlen(buffer)))) return NULL;
    }
    lists[r] = list;
  }
  return lists;
}
