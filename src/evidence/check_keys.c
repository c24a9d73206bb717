/* check_keys.c - ids and what refers to them: ids given twice, references, lists, items, citations, circles. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "evidence/checker.h"

static const char *const citation_roles[] = {"source", "rate", "base_year", "definition"};
#define CITATION_ROLES (sizeof citation_roles / sizeof *citation_roles)
#define LONGEST_QUOTED 256

static void check_twice(ent_checker *c, size_t r);
static void check_reference(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_list(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_item(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_items(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_citations(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_circles(ent_checker *c, size_t r, size_t f);

void ent_check_keys(ent_checker *c) {
  for (size_t r = 0; r < c->package->format->resource_count; r++) {
    const ent_resource *resource = &c->package->format->resources[r];
    const ent_table *table = c->package->tables[r];
    if (!table) continue;
    check_twice(c, r);
    for (size_t f = 0; f < resource->field_count; f++) {
      const ent_field *field = &resource->fields[f];
      for (size_t row = 0; row < table->rows; row++) {
        const char *cell = ent_checker_cell(c, r, row, f);
        if (!*cell) continue;
        switch (field->kind) {
          case ENT_FIELD_REFERENCE: check_reference(c, r, row, field, cell); break;
          case ENT_FIELD_LIST: check_list(c, r, row, field, cell); break;
          case ENT_FIELD_ITEM: check_item(c, r, row, field, cell); break;
          case ENT_FIELD_ITEMS: check_items(c, r, row, field, cell); break;
          case ENT_FIELD_CITATIONS: check_citations(c, r, row, field, cell); break;
          default: break;
        }
      }
      if (strcmp(field->name, "parent") == 0 && ent_text_same(field->references, resource->name))
        check_circles(c, r, f);
    }
  }
}

static void check_twice(ent_checker *c, size_t r) {
  const ent_table *table = c->package->tables[r];
  bool is_json = c->package->format->resources[r].is_sources;
  for (size_t row = 0; row < table->rows; row++) {
    const char *id = ent_checker_cell(c, r, row, 0);
    size_t first = 0;
    if (!*id || !ent_index_find(&c->ids[r], id, strlen(id), &first) || first == row) continue;
    if (is_json)
      ent_checker_report(c, ENT_ERROR, "id-twice", r, row, "id", "give each source an id of its own",
                         "the id \"%s\" already stands at /%zu", id, first);
    else
      ent_checker_report(c, ENT_ERROR, "id-twice", r, row, "id", "give each row an id of its own, or join the two",
                         "the id \"%s\" already stands in line %ld", id, table->line[first]);
  }
}

/* A word of a cell for a message. */
static const char *quoted(const char *word, size_t length, char buffer[LONGEST_QUOTED]) {
  snprintf(buffer, LONGEST_QUOTED, "%.*s", (int)(length < LONGEST_QUOTED ? length : LONGEST_QUOTED - 1), word);
  return buffer;
}

static void report_unknown(ent_checker *c, const char *code, size_t r, size_t row, const ent_field *field,
                           const char *resource, const char *id) {
  ent_checker_report(c, ENT_ERROR, code, r, row, field->name, ent_checker_nearest_id(c, resource, id),
                     "\"%s\" is no id in %s", id, resource);
}

static void check_reference(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  /* Where the file that is referred to is missing, that is the finding. */
  if (ent_checker_table(c, field->references) < 0) return;
  size_t found = 0;
  if (!ent_checker_find(c, field->references, cell, strlen(cell), &found))
    report_unknown(c, "unknown-reference", r, row, field, field->references, cell);
}

/* Whether this cell named the row, in this role, before. The first time in a cell it is reported. */
static void check_repeated(ent_checker *c, size_t r, size_t row, const ent_field *field, size_t found, size_t role,
                           bool *reported) {
  size_t target = (size_t)ent_checker_table(c, field->references), place = found * CITATION_ROLES + role;
  if (!c->met[target])
    c->met[target] = ent_arena_take(c->arena, c->package->tables[target]->rows, CITATION_ROLES * sizeof **c->met);
  if (!c->met[target]) {
    c->findings->failed = true;
    return;
  }
  if (c->met[target][place] == c->cells && !*reported) {
    *reported = true;
    ent_checker_report(c, ENT_ERROR, "repeated-id", r, row, field->name, "name it once",
                       "\"%s\" stands twice in the cell", ent_checker_cell(c, target, found, 0));
  }
  c->met[target][place] = c->cells;
}

static void check_list(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  const char *at = cell, *word = NULL;
  size_t length = 0, found = 0;
  bool reported = false;
  if (ent_checker_table(c, field->references) < 0) return;
  c->cells++;
  while (ent_checker_word(&at, &word, &length))
    if (ent_checker_find(c, field->references, word, length, &found)) {
      check_repeated(c, r, row, field, found, 0, &reported);
    } else {
      char id[LONGEST_QUOTED];
      report_unknown(c, "unknown-reference", r, row, field, field->references, quoted(word, length, id));
    }
}

static void check_item(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  size_t resource = 0, found = 0;
  const char *colon = strchr(cell, ':');
  if (ent_checker_item(c, cell, &resource, &found)) return;
  if (!colon) {
    ent_checker_report(c, ENT_ERROR, "item-form", r, row, field->name, "write table:id, such as positions:x",
                       "\"%s\" names no table", cell);
    return;
  }
  const ent_format *format = c->package->format;
  char table[LONGEST_QUOTED];
  quoted(cell, (size_t)(colon - cell), table);
  if (ent_format_find(format, table) < 0) {
    if (!c->names && !(c->names = ent_format_names(format, c->arena))) {
      c->findings->failed = true;
      return;
    }
    ent_checker_report(c, ENT_ERROR, "unknown-item", r, row, field->name,
                       ent_checker_nearest(c, table, c->names, format->resource_count,
                                           "write table:id with a table of the format, such as positions:x"),
                       "there is no table \"%s\"", table);
  } else if (ent_checker_table(c, table) >= 0) {
    report_unknown(c, "unknown-item", r, row, field, table, colon + 1);
  }
}

static void check_items(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  const char *at = cell, *word = NULL;
  size_t length = 0;
  while (ent_checker_word(&at, &word, &length)) {
    const char *item = ent_arena_copy(c->arena, word, length);
    if (item) check_item(c, r, row, field, item);
    else c->findings->failed = true;
  }
}

static void check_citations(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  const char *at = cell, *word = NULL;
  size_t length = 0, found = 0;
  bool any_source = false, reported = false;
  c->cells++;
  while (ent_checker_word(&at, &word, &length)) {
    const char *colon = memchr(word, ':', length);
    size_t id_length = colon ? (size_t)(colon - word) : length, role_length = colon ? length - id_length - 1 : 0;
    size_t role = 0;
    while (colon && role < CITATION_ROLES &&
           !(strlen(citation_roles[role]) == role_length && memcmp(citation_roles[role], colon + 1, role_length) == 0))
      role++;
    if (role == CITATION_ROLES) {
      char given[LONGEST_QUOTED];
      quoted(colon + 1, role_length, given);
      ent_checker_report(
          c, ENT_ERROR, "citation-role", r, row, field->name,
          ent_checker_nearest(c, given, citation_roles, CITATION_ROLES, "known: source, rate, base_year, definition"),
          "the role \"%s\" is unknown", given);
    }
    any_source = any_source || role == 0;
    if (ent_checker_table(c, field->references) < 0) continue;
    if (ent_checker_find(c, field->references, word, id_length, &found)) {
      if (role < CITATION_ROLES) check_repeated(c, r, row, field, found, role, &reported);
    } else {
      char id[LONGEST_QUOTED];
      report_unknown(c, "unknown-citation", r, row, field, field->references, quoted(word, id_length, id));
    }
  }
  if (!any_source && strcmp(c->package->format->resources[r].name, "observations") == 0)
    ent_checker_report(c, ENT_ERROR, "figure-without-citation", r, row, field->name,
                       "name the footnote or place that states the figure, without a role",
                       "none of the figure's citations is its source");
}

/* A row may have a parent, which may have one; a chain longer than the table comes back to where it was. Each circle
 * is reported once, at its first row. */
static void check_circles(ent_checker *c, size_t r, size_t f) {
  const ent_resource *resource = &c->package->format->resources[r];
  size_t rows = c->package->tables[r]->rows;
  size_t *seen = ent_arena_take(c->arena, rows, sizeof *seen); /* the walk that came by, from 1 */
  if (!seen) {
    c->findings->failed = true;
    return;
  }
  for (size_t start = 0; start < rows; start++) {
    size_t row = start;
    while (!seen[row]) {
      seen[row] = start + 1;
      const char *parent = ent_checker_cell(c, r, row, f);
      size_t next = 0;
      if (!ent_checker_find(c, resource->name, parent, strlen(parent), &next)) break;
      if (seen[next] == start + 1) {
        ent_checker_report(
            c, ENT_ERROR, "circle", r, row, "parent", "take one of the parents out",
            next == row ? "the row \"%s\" is its own parent" : "the parents go in a circle: \"%s\" is among its own",
            parent);
        break;
      }
      row = next;
    }
  }
}
