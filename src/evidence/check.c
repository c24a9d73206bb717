/* check.c - runs the check of a package, and what its files share. */
#include "evidence/check.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "evidence/checker.h"

/* Beyond this many findings, or comparisons, nobody reads a suggestion, and a hostile package could make finding them
 * slow. */
#define MOST_SUGGESTIONS 1000
#define MOST_COMPARED 500000

ent_status ent_check_package(ent_context *context, const ent_package *package, ent_findings *findings) {
  ent_checker checker;
  ent_arena *passing = ent_arena_new(0); /* findings keep what they say in an arena of their own */
  if (!passing || !ent_checker_init(&checker, passing, package, findings)) {
    ent_arena_free(passing);
    return ent_fail_memory(context);
  }
  ent_check_cells(&checker);
  ent_check_keys(&checker);
  ent_check_figures(&checker);
  ent_check_views(&checker);
  ent_check_sources(&checker);
  ent_check_consistency(&checker);
  ent_arena_free(passing);
  return findings->failed ? ent_fail_memory(context) : ENT_OK;
}

bool ent_checker_init(ent_checker *c, ent_arena *arena, const ent_package *package, ent_findings *findings) {
  const ent_format *format = package->format;
  *c = (ent_checker){.arena = arena, .package = package, .findings = findings};
  c->ids = ent_arena_take(arena, format->resource_count, sizeof *c->ids);
  c->columns = ent_arena_take(arena, format->resource_count, sizeof *c->columns);
  c->id_lists = ent_arena_take(arena, format->resource_count, sizeof *c->id_lists);
  c->advice = ent_arena_take(arena, format->resource_count, sizeof *c->advice);
  c->met = ent_arena_take(arena, format->resource_count, sizeof *c->met);
  c->places = ent_arena_take(arena, ENT_FIELD_PLACES, sizeof *c->places);
  if (!c->ids || !c->columns || !c->id_lists || !c->advice || !c->met || !c->places) return false;
  for (size_t r = 0; r < format->resource_count; r++) {
    const ent_resource *resource = &format->resources[r];
    const ent_table *table = package->tables[r];
    c->columns[r] = ent_arena_take(arena, resource->field_count, sizeof **c->columns);
    if (!c->columns[r] || !ent_index_init(&c->ids[r], arena, table ? table->rows : 0)) return false;
    for (size_t f = 0; f < resource->field_count; f++)
      c->columns[r][f] = table ? ent_table_column(table, resource->fields[f].name) : -1;
    for (size_t row = 0; table && row < table->rows; row++) {
      const char *id = ent_checker_cell(c, r, row, 0);
      if (!ent_index_add(&c->ids[r], id, strlen(id), row)) return false;
    }
  }
  return true;
}

int ent_checker_table(const ent_checker *c, const char *resource) {
  int r = ent_format_find(c->package->format, resource);
  return r >= 0 && c->package->tables[r] ? r : -1;
}

const char *ent_checker_cell(const ent_checker *c, size_t resource, size_t row, size_t field) {
  const ent_table *table = c->package->tables[resource];
  return table ? ent_table_cell(table, row, c->columns[resource][field]) : "";
}

/* The address alone does not do: another text may stand there by now. */
static int field_of(const ent_checker *c, size_t resource, const char *name) {
  const ent_resource *of = &c->package->format->resources[resource];
  ent_field_place *place = &c->places[((uintptr_t)name / 4 + resource * 7) % ENT_FIELD_PLACES];
  if (place->name == name && place->resource == resource && strcmp(of->fields[place->field].name, name) == 0)
    return (int)place->field;
  int field = ent_resource_field(of, name);
  if (field >= 0) *place = (ent_field_place){name, resource, (size_t)field};
  return field;
}

const char *ent_checker_get(const ent_checker *c, size_t resource, size_t row, const char *field) {
  int f = field_of(c, resource, field);
  return f < 0 ? "" : ent_checker_cell(c, resource, row, (size_t)f);
}

double ent_checker_number(const ent_checker *c, size_t resource, size_t row, const char *field) {
  double number = NAN;
  return ent_text_number(ent_checker_get(c, resource, row, field), &number) ? number : NAN;
}

bool ent_checker_find(const ent_checker *c, const char *resource, const char *id, size_t length, size_t *row) {
  int r = ent_checker_table(c, resource);
  return r >= 0 && length > 0 && ent_index_find(&c->ids[r], id, length, row);
}

bool ent_checker_item(const ent_checker *c, const char *cell, size_t *resource, size_t *row) {
  char name[64];
  const char *colon = strchr(cell, ':');
  size_t length = colon ? (size_t)(colon - cell) : 0;
  if (!colon || length >= sizeof name) return false;
  memcpy(name, cell, length);
  name[length] = '\0';
  int r = ent_checker_table(c, name);
  if (r < 0) return false;
  *resource = (size_t)r;
  return colon[1] && ent_index_find(&c->ids[r], colon + 1, strlen(colon + 1), row);
}

void ent_checker_report(ent_checker *c, ent_severity severity, const char *code, size_t resource, size_t row,
                        const char *field, const char *remedy, const char *what, ...) {
  const ent_table *table = c->package->tables[resource];
  bool is_json = c->package->format->resources[resource].is_sources;
  const char *id = ent_checker_cell(c, resource, row, 0), *column = field;
  char pointer[80];
  ent_text text = {0};
  va_list arguments;
  va_start(arguments, what);
  ent_text_vprint(&text, what, arguments);
  va_end(arguments);
  /* An entry of a JSON file has no line; its place is a JSON Pointer. */
  if (is_json) {
    snprintf(pointer, sizeof pointer, "/%zu%s%s", row, field ? "/" : "", field ? field : "");
    column = pointer;
  }
  if (text.failed) c->findings->failed = true;
  else
    ent_findings_add(c->findings, severity, code, table->file, is_json ? 0 : table->line[row], column, *id ? id : NULL,
                     remedy, "%s", text.data);
  ent_text_clear(&text);
}

const char *ent_checker_say(ent_checker *c, const char *format, ...) {
  ent_text text = {0};
  va_list arguments;
  va_start(arguments, format);
  ent_text_vprint(&text, format, arguments);
  va_end(arguments);
  const char *kept = text.failed || !text.data ? NULL : ent_arena_copy(c->arena, text.data, text.length);
  if (!kept) c->findings->failed = true;
  ent_text_clear(&text);
  return kept;
}

const char *ent_checker_nearest(ent_checker *c, const char *word, const char *const *names, size_t count,
                                const char *otherwise) {
  if (c->findings->count > MOST_SUGGESTIONS || count > MOST_COMPARED - c->compared) return otherwise;
  c->compared += count;
  const char *nearest = ent_text_nearest(word, names, count);
  return nearest ? ent_checker_say(c, "did you mean \"%s\"?", nearest) : otherwise;
}

void ent_checker_range(ent_checker *c, size_t r, size_t row) {
  double value = ent_checker_number(c, r, row, "value"), low = ent_checker_number(c, r, row, "low");
  double high = ent_checker_number(c, r, row, "high");
  if (low > high)
    ent_checker_report(c, ENT_ERROR, "low-above-high", r, row, "low", "swap the two",
                       "the low end, %.15g, is above the high end, %.15g", low, high);
  else if (value < low || value > high)
    ent_checker_report(c, ENT_ERROR, "range-excludes-value", r, row, "value", "widen the range, or correct the value",
                       "the value, %.15g, lies outside its own range (%s to %s)", value,
                       isnan(low) ? "open" : ent_checker_get(c, r, row, "low"),
                       isnan(high) ? "open" : ent_checker_get(c, r, row, "high"));
}

const char *ent_checker_nearest_id(ent_checker *c, const char *resource, const char *id) {
  int r = ent_checker_table(c, resource);
  if (r < 0) return NULL;
  size_t rows = c->package->tables[r]->rows;
  if (!c->id_lists[r]) {
    const char **list = ent_arena_take(c->arena, rows, sizeof *list);
    if (!list) {
      c->findings->failed = true;
      return NULL;
    }
    for (size_t row = 0; row < rows; row++) list[row] = ent_checker_cell(c, (size_t)r, row, 0);
    c->id_lists[r] = list;
  }
  if (!c->advice[r])
    c->advice[r] = ent_checker_say(c, "add the row to %s, or name one that is there", c->package->tables[r]->file);
  return ent_checker_nearest(c, id, c->id_lists[r], rows, c->advice[r]);
}

bool ent_checker_word(const char **at, const char **word, size_t *length) {
  *at += strspn(*at, " ");
  *word = *at;
  *length = strcspn(*at, " ");
  *at += *length;
  return *length > 0;
}

void ent_id_list_add(ent_id_list *list, const char *id) {
  if (list->count < sizeof list->first / sizeof *list->first) list->first[list->count] = id;
  list->count++;
}

const char *ent_id_list_say(ent_checker *c, const ent_id_list *list) {
  const size_t named = sizeof list->first / sizeof *list->first;
  ent_text text = {0};
  for (size_t i = 0; i < list->count && i < named; i++) ent_text_print(&text, "%s%s", i ? ", " : "", list->first[i]);
  if (list->count > named) ent_text_add(&text, ", ...");
  const char *kept = ent_checker_say(c, "%s", text.data ? text.data : "");
  ent_text_clear(&text);
  return kept ? kept : "";
}
