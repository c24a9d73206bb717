/* composite_data.c - DATA, COINr's iData, and the budgets of experts: units, values, ranges, groups, periods.
 *
 * Comes in: tables, and what META says of their columns. Goes out: arrays as composite.h has them. A value is what the
 * indicator's column has, divided by its denominator where META names one; its range is divided alike. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "study/composite_sheet.h"

/* Units times nodes; an array of them has 160 MB, and a run about five. */
#define MOST_CELLS 20000000
enum { MOST_EXPERTS = 200 };

static const char code_column[] = "uCode", name_column[] = "uName", time_column[] = "Time";

typedef struct builder {
  const ent_composite_reading *reading;
  const ent_table *table;
  ent_composite_sheet *sheet;
  ent_arena *arena;
  bool comma;
  int code, name, time; /* columns */
} builder;

#define REPORT(b, rule, row, column, id, remedy, ...)                                                            \
  ent_findings_add((b)->reading->findings, ENT_ERROR, rule, (b)->table->file, (b)->table->line[row], column, id, \
                   remedy, __VA_ARGS__)

static ent_composite_entry *of_node(const ent_composite_sheet *sheet, size_t node) {
  return &sheet->entries[sheet->node[node]];
}

/* ---- columns ---- */

/* A column "X_low", "X_high" or "X_se" of an indicator X. */
static bool take_range_column(const ent_composite_sheet *sheet, const char *name, int column) {
  static const char *const ends[] = {"_low", "_high", "_se"};
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
    size_t length = strlen(name), end = strlen(ends[k]);
    if (length <= end || strcmp(name + length - end, ends[k]) != 0) continue;
    for (size_t n = 0; n < sheet->indicator_count; n++) {
      ent_composite_entry *e = of_node(sheet, n);
      if (strlen(e->code) != length - end || strncmp(e->code, name, length - end) != 0) continue;
      if (k == 0) e->low_column = column;
      else if (k == 1) e->high_column = column;
      else e->se_column = column;
      return true;
    }
  }
  return false;
}

static void report_unknown_column(const builder *b, const char *name) {
  const ent_composite_sheet *sheet = b->sheet;
  const char **names = ent_arena_take(b->arena, sheet->entry_count + 1, sizeof *names), *remedy = NULL;
  for (size_t i = 0; names && i < sheet->entry_count; i++) names[i] = sheet->entries[i].code;
  const char *near = names ? ent_text_nearest(name, names, sheet->entry_count) : NULL;
  if (near) remedy = ent_arena_print(b->arena, "did you mean \"%s\"?", near);
  ent_findings_add(b->reading->findings, ENT_ERROR, "unknown-column", b->table->file, 1, name, NULL,
                   remedy ? remedy : "add a row for it, of the type Other where it is not to count",
                   "%s has no row for this column", sheet->meta->file);
}

/* Rows of META that are of ranges alone are no entries: they come and go with the columns. */
static void drop_entries_of_ranges(ent_composite_sheet *sheet, const bool *is_range) {
  size_t kept = 0;
  for (size_t i = 0; i < sheet->entry_count; i++) {
    const ent_composite_entry *e = &sheet->entries[i];
    if (e->kind == ENT_KIND_OTHER && e->column >= 0 && is_range[e->column]) continue;
    if (e->node >= 0) sheet->node[e->node] = (int)kept;
    sheet->entries[kept++] = *e;
  }
  sheet->entry_count = kept;
}

static bool find_columns(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  ent_index codes;
  bool *is_range = ent_arena_take(b->arena, b->table->columns, sizeof *is_range);
  if (!is_range || !ent_index_init(&codes, b->arena, sheet->entry_count)) return false;
  for (size_t i = 0; i < sheet->entry_count; i++)
    if (!ent_index_add(&codes, sheet->entries[i].code, strlen(sheet->entries[i].code), i)) return false;
  b->code = ent_table_column(b->table, code_column);
  b->name = ent_table_column(b->table, name_column);
  b->time = ent_table_column(b->table, time_column);
  if (b->code < 0)
    ent_findings_add(b->reading->findings, ENT_ERROR, "missing-column", b->table->file, 1, code_column, NULL,
                     "add it: one code for each unit", "the column is missing");
  for (size_t c = 0; c < b->table->columns; c++) {
    const char *name = b->table->column[c];
    size_t at = 0;
    bool known = ent_index_find(&codes, name, strlen(name), &at);
    if ((int)c == b->code || (int)c == b->name || (int)c == b->time) continue;
    if (known && sheet->entries[at].kind == ENT_KIND_AGGREGATE)
      ent_findings_add(b->reading->findings, ENT_ERROR, "aggregate-column", b->table->file, 1, name, NULL,
                       "take the column out; aggregates are computed", "the column is of an aggregate");
    if (known) sheet->entries[at].column = (int)c;
    if (known && sheet->entries[at].kind != ENT_KIND_OTHER) continue;
    is_range[c] = take_range_column(sheet, name, (int)c);
    if (!known && !is_range[c]) report_unknown_column(b, name);
  }
  for (size_t i = 0; i < sheet->entry_count; i++) {
    ent_composite_entry *e = &sheet->entries[i];
    if (e->kind == ENT_KIND_INDICATOR && e->column < 0)
      ent_findings_add(b->reading->findings, ENT_ERROR, "missing-column", b->table->file, 1, e->code, NULL,
                       "add it, or take its row out of META", "the column of an indicator is missing (%s, line %ld)",
                       sheet->meta->file, e->line);
    size_t at;
    if (e->kind != ENT_KIND_INDICATOR || !*e->denominator) continue;
    if (ent_index_find(&codes, e->denominator, strlen(e->denominator), &at))
      e->denominator_column = ent_table_column(b->table, e->denominator);
    if (e->denominator_column < 0)
      ent_findings_add(b->reading->findings, ENT_ERROR, "missing-column", b->table->file, 1, e->denominator, NULL,
                       "add it, or take the denominator out of META",
                       "the column of the denominator of \"%s\" is missing", e->code);
  }
  drop_entries_of_ranges(sheet, is_range);
  return true;
}

/* ---- units and periods ---- */

typedef struct unit_key {
  const char *code;
  double time;
  size_t row;
} unit_key;

static int compare_keys(const void *a, const void *b) {
  const unit_key *x = a, *y = b;
  int order = strcmp(x->code, y->code);
  if (order) return order;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static int compare_times(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static bool count_periods(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  double *times = ent_arena_take(b->arena, sheet->unit_count, sizeof *times);
  if (!times) return false;
  memcpy(times, sheet->time_number, sheet->unit_count * sizeof *times);
  qsort(times, sheet->unit_count, sizeof *times, compare_times);
  for (size_t u = 0; u < sheet->unit_count; u++) sheet->period_count += u == 0 || times[u] != times[u - 1];
  return true;
}

/* Rows of one unit in the order of time; two of one time are a finding. */
static bool link_periods(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  unit_key *keys = ent_arena_take(b->arena, sheet->unit_count, sizeof *keys);
  if (b->time >= 0) sheet->previous = ent_arena_take(b->arena, sheet->unit_count, sizeof *sheet->previous);
  if (!keys || (b->time >= 0 && !sheet->previous)) return false;
  for (size_t u = 0; u < sheet->unit_count; u++)
    keys[u] = (unit_key){sheet->code[u], b->time >= 0 ? sheet->time_number[u] : 0, u};
  qsort(keys, sheet->unit_count, sizeof *keys, compare_keys);
  for (size_t k = 0; k < sheet->unit_count; k++) {
    bool same = k > 0 && *keys[k].code && strcmp(keys[k].code, keys[k - 1].code) == 0;
    if (sheet->previous) sheet->previous[keys[k].row] = same ? (long)keys[k - 1].row : -1;
    if (same && keys[k].time == keys[k - 1].time)
      REPORT(
          b, "doubled-unit", keys[k].row, code_column, keys[k].code,
          b->time >= 0 ? "leave one row for each unit and time" : "leave one row for each unit, or add a column Time",
          "the unit \"%s\" also stands in line %ld", keys[k].code, b->table->line[keys[k - 1].row]);
  }
  return b->time < 0 || count_periods(b);
}

static bool read_units(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  size_t count = sheet->unit_count = b->table->rows;
  sheet->code = ent_arena_take(b->arena, count, sizeof *sheet->code);
  sheet->name = ent_arena_take(b->arena, count, sizeof *sheet->name);
  if (b->time >= 0) {
    sheet->time = ent_arena_take(b->arena, count, sizeof *sheet->time);
    sheet->time_number = ent_arena_take(b->arena, count, sizeof *sheet->time_number);
  }
  if (!sheet->code || !sheet->name || (b->time >= 0 && (!sheet->time || !sheet->time_number))) return false;
  for (size_t u = 0; u < count; u++) {
    sheet->code[u] = ent_table_cell(b->table, u, b->code);
    const char *name = ent_table_cell(b->table, u, b->name);
    sheet->name[u] = *name ? name : sheet->code[u];
    if (!*sheet->code[u])
      REPORT(b, "code", u, code_column, NULL, "give each unit a code of its own", "the code is missing");
    if (b->time < 0) continue;
    if (ent_composite_is_missing(ent_table_cell(b->table, u, b->time)))
      REPORT(b, "time", u, time_column, sheet->code[u], "give each row its time, such as 2018", "the time is missing");
    sheet->time_number[u] = ent_composite_cell(b->reading, b->table, u, b->time, b->comma, sheet->code[u]);
    if (isnan(sheet->time_number[u])) sheet->time_number[u] = 0; /* has been said; order must be total */
    char text[40];
    sheet->time[u] = ent_arena_print(b->arena, "%s", ent_composite_print(sheet->time_number[u], text));
    if (!sheet->time[u]) return false;
  }
  return link_periods(b);
}

static bool read_groups(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  const ent_composite_entry *chosen = NULL;
  ent_index names;
  for (size_t i = 0; i < sheet->entry_count && !chosen; i++) {
    const ent_composite_entry *e = &sheet->entries[i];
    if (e->kind == ENT_KIND_GROUP && e->column >= 0 && (!b->reading->group || strcmp(b->reading->group, e->code) == 0))
      chosen = e;
  }
  if (!chosen) {
    if (b->reading->group)
      ent_findings_add(b->reading->findings, ENT_ERROR, "unknown-group", b->table->file, 1, b->reading->group, NULL,
                       "name a column whose row in META has the type Group", "there is no such column of groups");
    return true;
  }
  sheet->group_code = chosen->code;
  sheet->group = ent_arena_take(b->arena, sheet->unit_count, sizeof *sheet->group);
  if (!sheet->group || !ent_index_init(&names, b->arena, 16)) return false;
  for (size_t u = 0; u < sheet->unit_count; u++) {
    const char *name = ent_table_cell(b->table, u, chosen->column);
    size_t length = strlen(name), at = names.count;
    sheet->group[u] = -1 - (int)u; /* without a group it is alone */
    if (ent_composite_is_missing(name)) continue;
    if (!ent_index_find(&names, name, length, &at) && !ent_index_add(&names, name, length, at)) return false;
    sheet->group[u] = (int)at;
  }
  return true;
}

/* ---- values ---- */

/* Of one unit and indicator, while it is read. */
typedef struct cell {
  double value, low, high, standard_error;
} cell;

static double read_denominator(const builder *b, size_t u, const ent_composite_entry *e) {
  double denominator = ent_composite_cell(b->reading, b->table, u, e->denominator_column, b->comma, b->sheet->code[u]);
  if (denominator == 0)
    REPORT(b, "denominator", u, e->denominator, b->sheet->code[u],
           "leave it empty where it is not known: the value is then missing", "the denominator of \"%s\" is 0",
           e->code);
  return denominator;
}

static void divide(const builder *b, size_t u, const ent_composite_entry *e, cell *c) {
  double denominator = read_denominator(b, u, e);
  c->value /= denominator;
  c->low /= denominator;
  c->high /= denominator;
  c->standard_error /= fabs(denominator);
  if (denominator < 0) {
    double low = c->low;
    c->low = c->high;
    c->high = low;
  }
}

/* A range or a standard error around the value, in the units of the column. */
static void read_range(const builder *b, size_t u, const ent_composite_entry *e, cell *c) {
  const char *code = b->sheet->code[u];
  c->low = ent_composite_cell(b->reading, b->table, u, e->low_column, b->comma, code);
  c->high = ent_composite_cell(b->reading, b->table, u, e->high_column, b->comma, code);
  c->standard_error = ent_composite_cell(b->reading, b->table, u, e->se_column, b->comma, code);
  bool ranged = !isnan(c->low) || !isnan(c->high);
  if (isnan(c->value)) { /* all of a range is then alike likely */
    if (!isnan(c->standard_error) || isnan(c->low) != isnan(c->high))
      REPORT(b, "range", u, e->code, code, "give the value, or both ends of its range, or leave all empty",
             "a missing value has %s", isnan(c->standard_error) ? "one end of a range" : "a standard error");
    else if (c->low > c->high)
      REPORT(b, "range", u, e->code, code, "write the lower end into the column that ends in _low",
             "the range from %g to %g is reversed", c->low, c->high);
    return;
  }
  if (c->standard_error < 0)
    REPORT(b, "range", u, e->code, code, "write 0 or more", "the standard error %g is negative", c->standard_error);
  if (ranged && !isnan(c->standard_error))
    REPORT(b, "range", u, e->code, code, "leave one of them empty",
           "both a range and a standard error stand beside the value");
  if (!ranged && isnan(c->standard_error) && e->uncertainty > 0) {
    c->low = c->value - e->uncertainty * fabs(c->value);
    c->high = c->value + e->uncertainty * fabs(c->value);
    return;
  }
  if (isnan(c->low) && !isnan(c->high)) c->low = c->value; /* one-sided */
  if (isnan(c->high) && !isnan(c->low)) c->high = c->value;
  if (c->low > c->value || c->high < c->value)
    REPORT(b, "range", u, e->code, code, "let the value lie between its low and its high",
           "the value %g lies outside its range from %g to %g", c->value, c->low, c->high);
}

static bool is_uncertain(const ent_composite_entry *e) {
  return e->low_column >= 0 || e->high_column >= 0 || e->se_column >= 0 || e->uncertainty > 0;
}

static bool make_arrays(builder *b) {
  ent_composite_sheet *sheet = b->sheet;
  size_t cells = sheet->unit_count * sheet->indicator_count; /* bounded: see ent_composite_read_data */
  bool uncertain = false;
  for (size_t n = 0; n < sheet->indicator_count; n++) uncertain = uncertain || is_uncertain(of_node(sheet, n));
  sheet->values = ent_arena_take(b->arena, cells, sizeof *sheet->values);
  if (!sheet->values) return false;
  if (!uncertain) return true;
  sheet->low = ent_arena_take(b->arena, cells, sizeof *sheet->low);
  sheet->high = ent_arena_take(b->arena, cells, sizeof *sheet->high);
  sheet->standard_error = ent_arena_take(b->arena, cells, sizeof *sheet->standard_error);
  return sheet->low && sheet->high && sheet->standard_error;
}

static void read_cell(const builder *b, size_t u, size_t n) {
  ent_composite_sheet *sheet = b->sheet;
  const ent_composite_entry *e = of_node(sheet, n);
  cell c = {.low = NAN, .high = NAN, .standard_error = NAN};
  c.value = ent_composite_cell(b->reading, b->table, u, e->column, b->comma, sheet->code[u]);
  if (is_uncertain(e)) read_range(b, u, e, &c);
  if (e->denominator_column >= 0) divide(b, u, e, &c);
  size_t at = u * sheet->indicator_count + n;
  sheet->values[at] = c.value;
  if (!sheet->low) return;
  sheet->low[at] = c.low; /* a missing denominator leaves none of them */
  sheet->high[at] = c.high;
  sheet->standard_error[at] = c.standard_error;
  sheet->uncertain += sheet->high[at] > sheet->low[at] || sheet->standard_error[at] > 0;
}

/* All columns that hold numbers. */
static bool find_comma(builder *b) {
  const ent_composite_sheet *sheet = b->sheet;
  int *columns = ent_arena_take(b->arena, sheet->indicator_count * 5 + 1, sizeof *columns);
  if (!columns) return false;
  size_t count = 0;
  columns[count++] = b->time;
  for (size_t n = 0; n < sheet->indicator_count; n++) {
    const ent_composite_entry *e = of_node(sheet, n);
    const int own[] = {e->column, e->low_column, e->high_column, e->se_column, e->denominator_column};
    for (size_t k = 0; k < sizeof own / sizeof *own; k++) columns[count++] = own[k];
  }
  b->comma = ent_composite_decimal_comma(b->reading, b->table, columns, count);
  b->sheet->data_comma = b->comma;
  return true;
}

bool ent_composite_read_data(ent_composite_reading *reading) {
  ent_composite_sheet *sheet = reading->sheet;
  builder b = {.reading = reading, .table = sheet->data, .sheet = sheet, .arena = reading->arena};
  if (!find_columns(&b)) return false;
  if (reading->findings->errors) return true;
  if (b.table->rows == 0)
    ent_findings_add(reading->findings, ENT_ERROR, "no-unit", b.table->file, 0, NULL, NULL, "add a row for each unit",
                     "there is no unit");
  if (b.table->rows > MOST_CELLS / sheet->node_count)
    ent_findings_add(reading->findings, ENT_ERROR, "limit", b.table->file, 0, NULL, NULL,
                     "divide the file, or leave indicators out",
                     "%zu units with %zu indicators and aggregates are more than %d figures", b.table->rows,
                     sheet->node_count, MOST_CELLS);
  if (reading->findings->errors) return true;
  if (!find_comma(&b) || !read_units(&b) || !read_groups(&b) || !make_arrays(&b)) return false;
  for (size_t u = 0; u < sheet->unit_count; u++)
    for (size_t n = 0; n < sheet->indicator_count; n++) read_cell(&b, u, n);
  return true;
}

/* ---- budgets of experts: a row for each code, a column for each expert ---- */

static void report_no_code(const builder *b, size_t row, const char *code) {
  REPORT(b, "unknown-code", row, "iCode", code, "use the code of an indicator or aggregate",
         "%s has no indicator or aggregate \"%s\"", b->sheet->meta->file, code);
}

static void read_budgets(builder *b, size_t row, size_t node, int code_at) {
  ent_composite_sheet *sheet = b->sheet;
  size_t expert = 0;
  for (size_t c = 0; c < b->table->columns; c++) {
    if ((int)c == code_at) continue;
    double budget = ent_composite_cell(b->reading, b->table, row, (int)c, b->comma, of_node(sheet, node)->code);
    if (budget < 0)
      REPORT(b, "negative-weight", row, b->table->column[c], of_node(sheet, node)->code, "write 0 or more",
             "the budget %g is negative", budget);
    sheet->expert[expert++ * sheet->node_count + node] = isnan(budget) ? 0 : budget;
  }
}

bool ent_composite_read_experts(ent_composite_reading *reading) {
  ent_composite_sheet *sheet = reading->sheet;
  builder b = {.reading = reading, .table = sheet->experts, .sheet = sheet, .arena = reading->arena};
  int code = ent_table_column(b.table, "iCode");
  if (code < 0 || b.table->columns < 2 || b.table->columns - 1 > MOST_EXPERTS) {
    ent_findings_add(reading->findings, ENT_ERROR, "experts", b.table->file, 1, NULL, NULL,
                     "name the first column iCode, and give each expert a column",
                     code < 0 ? "the column iCode is missing" : "there is no expert, or more than 200");
    return true;
  }
  ent_index nodes;
  int *columns = ent_arena_take(b.arena, b.table->columns, sizeof *columns);
  bool *seen = ent_arena_take(b.arena, sheet->node_count, sizeof *seen);
  sheet->expert_count = b.table->columns - 1;
  sheet->expert = ent_arena_take(b.arena, sheet->expert_count * sheet->node_count, sizeof *sheet->expert);
  if (!columns || !seen || !sheet->expert || !ent_index_init(&nodes, b.arena, sheet->node_count)) return false;
  for (size_t c = 0; c < b.table->columns; c++) columns[c] = (int)c == code ? -1 : (int)c;
  b.comma = ent_composite_decimal_comma(reading, b.table, columns, b.table->columns);
  sheet->experts_comma = b.comma;
  for (size_t n = 0; n < sheet->node_count; n++)
    if (!ent_index_add(&nodes, of_node(sheet, n)->code, strlen(of_node(sheet, n)->code), n)) return false;
  for (size_t row = 0; row < b.table->rows; row++) {
    const char *name = ent_table_cell(b.table, row, code);
    size_t node;
    if (!ent_index_find(&nodes, name, strlen(name), &node)) {
      report_no_code(&b, row, name);
      continue;
    }
    if (seen[node])
      REPORT(&b, "doubled-code", row, "iCode", name, "leave one row for each code", "the code \"%s\" stands twice",
             name);
    seen[node] = true;
    read_budgets(&b, row, node, code);
  }
  return true;
}
