/* composite_meta.c - META, COINr's iMeta: what each column of DATA is, and the tree above the indicators.
 *
 * Comes in: a table. Goes out: entries, nodes (indicators first, both kinds in the order of META), parents, weights,
 * directions, goalposts. Must not: bend a tree that is none. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "study/composite_sheet.h"

/* Columns of META. The first three must be there. */
typedef enum meta_column {
  CODE,
  TYPE,
  PARENT,
  LEVEL,
  DIRECTION,
  WEIGHT,
  NAME,
  UNIT,
  TARGET,
  DENOMINATOR,
  GOALPOST_LOW,
  GOALPOST_HIGH,
  REFERENCE,
  UNCERTAINTY,
  META_COLUMNS
} meta_column;

enum { NEEDED = 3, MOST_ENTRIES = 4000 }; /* a table has 1,000 columns at most; parents are looked for row by row */

static const char *const column_names[META_COLUMNS] = {
    "iCode", "Type",   "Parent",      "Level",       "Direction",    "Weight",    "iName",
    "Unit",  "Target", "Denominator", "GoalpostLow", "GoalpostHigh", "Reference", "Uncertainty"};
static const char *const kind_names[ENT_KINDS] = {"Indicator", "Aggregate", "Group", "Denominator", "Other"};

typedef struct builder {
  const ent_composite_reading *reading;
  const ent_table *table;
  ent_composite_sheet *sheet;
  int column[META_COLUMNS];
  bool comma;
  ent_index codes; /* of entries */
  size_t *row;     /* of each entry */
} builder;

#define REPORT(b, rule, entry, column, remedy, ...)                                                                 \
  ent_findings_add((b)->reading->findings, ENT_ERROR, rule, (b)->table->file, (entry)->line, column, (entry)->code, \
                   remedy, __VA_ARGS__)

static bool find_columns(builder *b) {
  bool all = true;
  for (int c = 0; c < META_COLUMNS; c++) {
    b->column[c] = ent_table_column(b->table, column_names[c]);
    if (b->column[c] >= 0 || c >= NEEDED) continue;
    const char *near = ent_text_nearest(column_names[c], b->table->column, b->table->columns);
    const char *remedy = near ? ent_arena_print(b->reading->arena, "name it so; is \"%s\" meant?", near)
                              : "add it (see docs/composite.md)";
    ent_findings_add(b->reading->findings, ENT_ERROR, "missing-column", b->table->file, 1, column_names[c], NULL,
                     remedy, "the column is missing");
    all = false;
  }
  return all;
}

static const char *text_of(const builder *b, size_t row, meta_column column) {
  const char *cell = ent_table_cell(b->table, row, b->column[column]);
  return strcmp(cell, "NA") == 0 ? "" : cell;
}

static double number_of(const builder *b, size_t row, meta_column column, const char *code) {
  return ent_composite_cell(b->reading, b->table, row, b->column[column], b->comma, code);
}

static bool find_kind(const builder *b, ent_composite_entry *entry, const char *text) {
  for (int k = 0; k < ENT_KINDS; k++)
    if (strcmp(text, kind_names[k]) == 0) {
      entry->kind = (ent_composite_kind)k;
      return true;
    }
  REPORT(b, "type", entry, column_names[TYPE], "use Indicator, Aggregate, Group, Denominator or Other",
         *text ? "the type \"%s\" is unknown" : "the type%s is missing", text);
  return false;
}

static void read_entry(builder *b, size_t row, ent_composite_entry *e) {
  *e = (ent_composite_entry){.code = text_of(b, row, CODE),
                             .name = text_of(b, row, NAME),
                             .unit = text_of(b, row, UNIT),
                             .parent = text_of(b, row, PARENT),
                             .denominator = text_of(b, row, DENOMINATOR),
                             .kind = ENT_KIND_OTHER,
                             .line = b->table->line[row],
                             .node = -1,
                             .parent_node = -1,
                             .column = -1,
                             .low_column = -1,
                             .high_column = -1,
                             .se_column = -1,
                             .denominator_column = -1};
  if (!*e->code) REPORT(b, "code", e, column_names[CODE], "give each row a code of its own", "the code is missing");
  find_kind(b, e, text_of(b, row, TYPE));
  e->level = number_of(b, row, LEVEL, e->code);
  e->direction = number_of(b, row, DIRECTION, e->code);
  e->weight = number_of(b, row, WEIGHT, e->code);
  e->target = number_of(b, row, TARGET, e->code);
  e->low = number_of(b, row, GOALPOST_LOW, e->code);
  e->high = number_of(b, row, GOALPOST_HIGH, e->code);
  e->reference = number_of(b, row, REFERENCE, e->code);
  e->uncertainty = number_of(b, row, UNCERTAINTY, e->code);
}

static bool read_entries(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  int numbers[] = {b->column[LEVEL],        b->column[DIRECTION],     b->column[WEIGHT],    b->column[TARGET],
                   b->column[GOALPOST_LOW], b->column[GOALPOST_HIGH], b->column[REFERENCE], b->column[UNCERTAINTY]};
  sheet->entries = ent_arena_take(b->reading->arena, b->table->rows + 1, sizeof *sheet->entries);
  b->row = ent_arena_take(b->reading->arena, b->table->rows + 1, sizeof *b->row);
  if (!sheet->entries || !b->row || !ent_index_init(&b->codes, b->reading->arena, b->table->rows)) return false;
  b->comma = ent_composite_decimal_comma(b->reading, b->table, numbers, sizeof numbers / sizeof *numbers);
  for (size_t row = 0; row < b->table->rows; row++) {
    ent_composite_entry *e = &sheet->entries[sheet->entry_count];
    size_t other;
    read_entry(b, row, e);
    if (*e->code && ent_index_find(&b->codes, e->code, strlen(e->code), &other)) {
      REPORT(b, "doubled-code", e, column_names[CODE], "give each row a code of its own",
             "the code \"%s\" also stands in line %ld", e->code, sheet->entries[other].line);
      continue;
    }
    if (*e->code && !ent_index_add(&b->codes, e->code, strlen(e->code), sheet->entry_count)) return false;
    b->row[sheet->entry_count++] = row;
  }
  return true;
}

/* ---- indicators and aggregates ---- */

static bool number_nodes(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  sheet->node = ent_arena_take(b->reading->arena, sheet->entry_count, sizeof *sheet->node);
  if (!sheet->node) return false;
  for (int kind = ENT_KIND_INDICATOR; kind <= ENT_KIND_AGGREGATE; kind++) {
    for (size_t i = 0; i < sheet->entry_count; i++)
      if ((int)sheet->entries[i].kind == kind) {
        sheet->entries[i].node = (int)sheet->node_count;
        sheet->node[sheet->node_count++] = (int)i;
      }
    if (kind == ENT_KIND_INDICATOR) sheet->indicator_count = sheet->node_count;
  }
  return true;
}

/* The nearest code among aggregates. */
static const char *near_aggregate(const builder *b, const char *code) {
  const ent_composite_sheet *sheet = b->sheet;
  size_t count = sheet->node_count - sheet->indicator_count;
  const char **names = ent_arena_take(b->reading->arena, count, sizeof *names);
  if (!names) return NULL;
  for (size_t i = 0; i < count; i++) names[i] = sheet->entries[sheet->node[sheet->indicator_count + i]].code;
  return ent_text_nearest(code, names, count);
}

static void find_parent(const builder *b, ent_composite_entry *e) {
  size_t at;
  if (!*e->parent) {
    if (e->kind == ENT_KIND_INDICATOR)
      REPORT(b, "parent", e, column_names[PARENT], "name the aggregate that it belongs to",
             "the indicator belongs nowhere");
    return;
  }
  if (!ent_index_find(&b->codes, e->parent, strlen(e->parent), &at)) {
    const char *near = near_aggregate(b, e->parent);
    REPORT(b, "unknown-parent", e, column_names[PARENT],
           near ? ent_arena_print(b->reading->arena, "did you mean \"%s\"?", near)
                : "add a row of the type Aggregate with this code",
           "the parent \"%s\" is no code of this file", e->parent);
  } else if (b->sheet->entries[at].kind != ENT_KIND_AGGREGATE) {
    REPORT(b, "parent", e, column_names[PARENT], "name an aggregate", "the parent \"%s\" is no aggregate (line %ld)",
           e->parent, b->sheet->entries[at].line);
  } else {
    e->parent_node = b->sheet->entries[at].node;
  }
}

static ent_composite_entry *of_node(const ent_composite_sheet *sheet, size_t node) {
  return &sheet->entries[sheet->node[node]];
}

/* Whether the way up from a node ends; says so where it is a circle through this very node. */
static void find_circle(const builder *b, size_t node) {
  const ent_composite_sheet *sheet = b->sheet;
  int at = of_node(sheet, node)->parent_node;
  for (size_t steps = 0; at >= 0 && steps < sheet->node_count; steps++) {
    if ((size_t)at == node) {
      const ent_composite_entry *e = of_node(sheet, node);
      REPORT(b, "circle", e, column_names[PARENT], "give one of the circle another parent",
             "\"%s\" is its own ancestor", e->code);
      return;
    }
    at = of_node(sheet, (size_t)at)->parent_node;
  }
}

/* A file as a whole; row of the header. */
static void report_file(const builder *b, const char *code, const char *remedy, const char *what) {
  ent_findings_add(b->reading->findings, ENT_ERROR, code, b->table->file, 0, NULL, NULL, remedy, "%s", what);
}

static void find_top(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  sheet->top = -1;
  for (size_t n = sheet->indicator_count; n < sheet->node_count; n++) {
    const ent_composite_entry *e = of_node(sheet, n);
    if (*e->parent) continue;
    if (sheet->top < 0) sheet->top = (int)n;
    else
      REPORT(b, "two-tops", e, column_names[PARENT], "name its parent; one aggregate alone stands at the top",
             "\"%s\" and \"%s\" (line %ld) both have no parent", e->code, of_node(sheet, (size_t)sheet->top)->code,
             of_node(sheet, (size_t)sheet->top)->line);
  }
  if (sheet->indicator_count == 0)
    report_file(b, "no-indicator", "give the rows of indicators the type Indicator", "there is no indicator");
  else if (sheet->top < 0)
    report_file(b, "no-top", "leave the parent of the topmost aggregate empty", "no aggregate is without a parent");
}

static void check_children(const builder *b) {
  const ent_composite_sheet *sheet = b->sheet;
  for (size_t n = sheet->indicator_count; n < sheet->node_count; n++) {
    bool has = false;
    for (size_t child = 0; child < sheet->node_count && !has; child++)
      has = of_node(sheet, child)->parent_node == (int)n;
    const ent_composite_entry *e = of_node(sheet, n);
    if (!has)
      REPORT(b, "childless", e, column_names[CODE], "name it as somebody's parent, or take the row out",
             "nothing belongs to the aggregate \"%s\"", e->code);
  }
}

static bool measure_heights(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  sheet->height = ent_arena_take(b->reading->arena, sheet->node_count, sizeof *sheet->height);
  if (!sheet->height) return false;
  for (size_t n = 0; n < sheet->indicator_count; n++) {
    int height = 1;
    for (int at = of_node(sheet, n)->parent_node; at >= 0; at = of_node(sheet, (size_t)at)->parent_node, height++)
      if (sheet->height[at] < height) sheet->height[at] = height;
  }
  return true;
}

/* COINr's levels, where they are given: indicators on 1, each parent on the level above. */
static void check_levels(const builder *b) {
  const ent_composite_sheet *sheet = b->sheet;
  for (size_t n = 0; n < sheet->node_count; n++) {
    const ent_composite_entry *e = of_node(sheet, n);
    if (e->kind == ENT_KIND_INDICATOR && !isnan(e->level) && e->level != 1)
      REPORT(b, "level", e, column_names[LEVEL], "write 1", "an indicator stands on level 1, not on %g", e->level);
    if (e->parent_node < 0 || isnan(e->level)) continue;
    const ent_composite_entry *parent = of_node(sheet, (size_t)e->parent_node);
    if (!isnan(parent->level) && parent->level != e->level + 1)
      REPORT(b, "level", e, column_names[LEVEL], "let each parent stand one level above, or leave the column away",
             "level %g has a parent on level %g (\"%s\", line %ld)", e->level, parent->level, parent->code,
             parent->line);
  }
}

/* ---- figures of a node ---- */

static void check_weight(const builder *b, const ent_composite_entry *e) {
  if (e->weight < 0)
    REPORT(b, "negative-weight", e, column_names[WEIGHT], "write 0 or more", "the weight %g is negative", e->weight);
  else if (isnan(e->weight) && b->column[WEIGHT] >= 0 && *e->parent &&
           ent_composite_is_missing(ent_table_cell(b->table, b->row[e - b->sheet->entries], b->column[WEIGHT])))
    REPORT(b, "no-weight", e, column_names[WEIGHT], "give one, or leave the whole column away for equal weights",
           "\"%s\" has no weight", e->code);
}

static void check_zero_weights(const builder *b) {
  const ent_composite_sheet *sheet = b->sheet;
  for (size_t n = sheet->indicator_count; n < sheet->node_count; n++) {
    bool any = false, positive = false;
    for (size_t child = 0; child < sheet->node_count && !positive; child++) {
      const ent_composite_entry *e = of_node(sheet, child);
      if (e->parent_node != (int)n) continue;
      any = true;
      positive = !(e->weight <= 0); /* a missing one has been said already */
    }
    const ent_composite_entry *e = of_node(sheet, n);
    if (any && !positive)
      REPORT(b, "zero-weights", e, column_names[WEIGHT], "give at least one of them a weight above 0",
             "all weights inside \"%s\" are 0", e->code);
  }
}

static void check_goalposts(const builder *b, const ent_composite_entry *e) {
  if (isnan(e->low) && isnan(e->high)) return;
  if (isnan(e->low) || isnan(e->high))
    REPORT(b, "goalposts", e, column_names[isnan(e->low) ? GOALPOST_LOW : GOALPOST_HIGH], "give both ends, or none",
           "\"%s\" has one goalpost alone", e->code);
  else if (!(e->low < e->high))
    REPORT(b, "goalposts", e, column_names[GOALPOST_LOW],
           "write the lower value into GoalpostLow; what is better is said by Direction",
           "the goalposts %g and %g are %s", e->low, e->high, e->low == e->high ? "equal" : "reversed");
}

static void check_indicator(const builder *b, const ent_composite_entry *e) {
  if (!isnan(e->direction) && e->direction != 1 && e->direction != -1)
    REPORT(b, "direction", e, column_names[DIRECTION], "write 1 where more is better, -1 where less is",
           "the direction %g is neither 1 nor -1", e->direction);
  else if (isnan(e->direction) && b->column[DIRECTION] >= 0 &&
           ent_composite_is_missing(ent_table_cell(b->table, b->row[e - b->sheet->entries], b->column[DIRECTION])))
    REPORT(b, "direction", e, column_names[DIRECTION], "write 1 where more is better, -1 where less is",
           "\"%s\" has no direction", e->code);
  check_goalposts(b, e);
  if (e->uncertainty < 0)
    REPORT(b, "uncertainty", e, column_names[UNCERTAINTY], "write a share such as 0.1 for 10 per cent either way",
           "the share %g is negative", e->uncertainty);
}

static void find_denominator(const builder *b, ent_composite_entry *e) {
  size_t at;
  if (!*e->denominator || e->kind != ENT_KIND_INDICATOR) return;
  if (!ent_index_find(&b->codes, e->denominator, strlen(e->denominator), &at))
    REPORT(b, "denominator", e, column_names[DENOMINATOR], "add a row of the type Denominator with this code",
           "the denominator \"%s\" is no code of this file", e->denominator);
  else if (b->sheet->entries[at].kind != ENT_KIND_DENOMINATOR)
    REPORT(b, "denominator", e, column_names[DENOMINATOR], "give that row the type Denominator",
           "\"%s\" (line %ld) is no denominator", e->denominator, b->sheet->entries[at].line);
}

static bool fill_arrays(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  ent_arena *arena = b->reading->arena;
  sheet->parent = ent_arena_take(arena, sheet->node_count, sizeof *sheet->parent);
  sheet->weight = ent_arena_take(arena, sheet->node_count, sizeof *sheet->weight);
  sheet->direction = ent_arena_take(arena, sheet->indicator_count, sizeof *sheet->direction);
  sheet->goalpost_low = ent_arena_take(arena, sheet->indicator_count, sizeof *sheet->goalpost_low);
  sheet->goalpost_high = ent_arena_take(arena, sheet->indicator_count, sizeof *sheet->goalpost_high);
  sheet->reference = ent_arena_take(arena, sheet->indicator_count, sizeof *sheet->reference);
  if (!sheet->parent || !sheet->weight || !sheet->direction || !sheet->goalpost_low || !sheet->goalpost_high ||
      !sheet->reference)
    return false;
  sheet->has_goalposts = sheet->has_reference = true;
  for (size_t n = 0; n < sheet->node_count; n++) {
    const ent_composite_entry *e = of_node(sheet, n);
    sheet->parent[n] = e->parent_node;
    sheet->weight[n] = isnan(e->weight) ? 1 : e->weight;
    if (n >= sheet->indicator_count) continue;
    sheet->direction[n] = e->direction < 0 ? -1 : 1;
    sheet->goalpost_low[n] = e->low;
    sheet->goalpost_high[n] = e->high;
    sheet->reference[n] = isnan(e->reference) ? e->target : e->reference;
    if (isnan(e->low)) sheet->has_goalposts = false;
    if (isnan(sheet->reference[n])) sheet->has_reference = false;
  }
  return true;
}

static bool check_nodes(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  for (size_t n = 0; n < sheet->node_count; n++) {
    ent_composite_entry *e = of_node(sheet, n);
    find_parent(b, e);
    check_weight(b, e);
    if (e->kind != ENT_KIND_INDICATOR) continue;
    check_indicator(b, e);
    find_denominator(b, e);
  }
  if (b->reading->findings->errors) return true; /* what follows asks for parents that are there */
  for (size_t n = sheet->indicator_count; n < sheet->node_count; n++) find_circle(b, n);
  find_top(b);
  if (b->reading->findings->errors) return true;
  check_children(b);
  check_levels(b);
  check_zero_weights(b);
  return measure_heights(b) && fill_arrays(b);
}

bool ent_composite_read_meta(ent_composite_reading *reading) {
  builder b = {.reading = reading, .table = reading->sheet->meta, .sheet = reading->sheet};
  if (!find_columns(&b)) return true;
  if (b.table->rows > MOST_ENTRIES) {
    report_file(&b, "limit", "leave out what no column of the data has", "the file has more than 4,000 rows");
    return true;
  }
  return read_entries(&b) && number_nodes(&b) && check_nodes(&b);
}
