/* composite_tables.c - a composite's tables written as COINr reads them: the same text for the same content, however
 * the files that were read had been written, so that what is exported can be read again with the same answer.
 *
 * Numbers are the shortest that are read as the same double, with a point; what is missing is NA. COINr takes a column
 * without any entry for one of truth values, so that such columns are left out. */
#include <math.h>
#include <string.h>

#include "study/composite.h"

/* Readers take blanks away where there are no quotes. */
static bool has_edge_blank(const char *cell) {
  size_t length = strlen(cell);
  return length > 0 && (strchr(" \t", cell[0]) || strchr(" \t", cell[length - 1]));
}

static void add_cell(ent_text *text, const char *cell) {
  if (!strpbrk(cell, ",\"\r\n") && !has_edge_blank(cell)) {
    ent_text_add(text, cell);
    return;
  }
  ent_text_add(text, "\"");
  for (const char *quote; (quote = strchr(cell, '"')); cell = quote + 1) {
    ent_text_add_bytes(text, cell, (size_t)(quote - cell));
    ent_text_add(text, "\"\"");
  }
  ent_text_add(text, cell);
  ent_text_add(text, "\"");
}

static void add_next(ent_text *text, const char *cell) {
  ent_text_add(text, ",");
  add_cell(text, cell);
}

static void add_text(ent_text *text, const char *cell) { add_next(text, *cell ? cell : "NA"); }

static void add_number(ent_text *text, double number) {
  char buffer[40];
  add_next(text, ent_composite_print(number, buffer));
}

/* ---- DATA ---- */

static bool is_number_column(const ent_composite_entry *e) {
  return e->kind == ENT_KIND_INDICATOR || e->kind == ENT_KIND_DENOMINATOR;
}

static void range_columns(const ent_composite_entry *e, int columns[3]) {
  columns[0] = e->low_column;
  columns[1] = e->high_column;
  columns[2] = e->se_column;
}

/* A cell as it stands, numbers anew; a denominator that nothing uses may hold text. */
static void add_data_cell(const ent_composite_sheet *sheet, size_t unit, int column, bool number, ent_text *text) {
  double value;
  const char *cell = ent_table_cell(sheet->data, unit, column);
  if (number && ent_composite_number(cell, sheet->data_comma, &value)) add_number(text, value);
  else add_text(text, cell);
}

static void add_unit(const ent_composite_sheet *sheet, size_t unit, bool named, ent_text *text) {
  add_cell(text, sheet->code[unit]);
  if (named) add_next(text, sheet->name[unit]);
  if (sheet->time) add_number(text, sheet->time_number[unit]);
  for (size_t i = 0; i < sheet->entry_count; i++) {
    const ent_composite_entry *e = &sheet->entries[i];
    if (e->column >= 0) add_data_cell(sheet, unit, e->column, is_number_column(e), text);
  }
  for (size_t n = 0; n < sheet->indicator_count; n++) {
    int columns[3];
    range_columns(&sheet->entries[sheet->node[n]], columns);
    for (int k = 0; k < 3; k++)
      if (columns[k] >= 0) add_data_cell(sheet, unit, columns[k], true, text);
  }
  ent_text_add(text, "\n");
}

void ent_composite_write_data(const ent_composite_sheet *sheet, ent_text *text) {
  bool named = ent_table_column(sheet->data, "uName") >= 0;
  ent_text_add(text, "uCode");
  if (named) ent_text_add(text, ",uName");
  if (sheet->time) ent_text_add(text, ",Time");
  for (size_t i = 0; i < sheet->entry_count; i++)
    if (sheet->entries[i].column >= 0) add_next(text, sheet->entries[i].code);
  for (size_t n = 0; n < sheet->indicator_count; n++) {
    int columns[3];
    range_columns(&sheet->entries[sheet->node[n]], columns);
    for (int k = 0; k < 3; k++)
      if (columns[k] >= 0) add_next(text, sheet->data->column[columns[k]]);
  }
  ent_text_add(text, "\n");
  for (size_t u = 0; u < sheet->unit_count && !text->failed; u++) add_unit(sheet, u, named, text);
}

/* ---- META ---- */

/* Columns that need not be there: which of them say anything. A tree whose branches differ in height has no levels. */
typedef struct optional {
  bool level, unit, denominator, target, low, high, reference, uncertainty;
} optional;

static optional find_optional(const ent_composite_sheet *sheet) {
  optional has = {.level = true, .target = true};
  for (size_t n = 0; n < sheet->node_count; n++)
    if (sheet->parent[n] >= 0 && sheet->height[sheet->parent[n]] != sheet->height[n] + 1) has.level = false;
  for (size_t i = 0; i < sheet->entry_count; i++) {
    const ent_composite_entry *e = &sheet->entries[i];
    has.unit = has.unit || *e->unit;
    has.denominator = has.denominator || *e->denominator;
    has.target = has.target && (e->kind != ENT_KIND_INDICATOR || !isnan(e->target));
    has.low = has.low || !isnan(e->low);
    has.high = has.high || !isnan(e->high);
    has.reference = has.reference || !isnan(e->reference);
    has.uncertainty = has.uncertainty || !isnan(e->uncertainty);
  }
  for (size_t i = 0; i < sheet->entry_count; i++) /* COINr wants all targets or none */
    if (!has.target && !isnan(sheet->entries[i].target)) has.reference = true;
  return has;
}

static const char *kind_name(ent_composite_kind kind) {
  static const char *const names[ENT_KINDS] = {"Indicator", "Aggregate", "Group", "Denominator", "Other"};
  return names[kind];
}

static void add_entry(const ent_composite_sheet *sheet, const ent_composite_entry *e, const optional *has,
                      ent_text *text) {
  bool is_node = e->node >= 0;
  add_cell(text, e->code);
  add_next(text, *e->name ? e->name : e->code);
  add_text(text, e->parent);
  add_number(text, !is_node ? NAN : e->node < (int)sheet->indicator_count ? sheet->direction[e->node] : 1);
  add_number(text, is_node ? sheet->weight[e->node] : NAN);
  add_next(text, kind_name(e->kind));
  if (has->level) add_number(text, is_node ? sheet->height[e->node] + 1 : NAN);
  if (has->unit) add_text(text, e->unit);
  if (has->denominator) add_text(text, e->denominator);
  if (has->target) add_number(text, e->target);
  if (has->low) add_number(text, e->low);
  if (has->high) add_number(text, e->high);
  if (has->reference) add_number(text, isnan(e->reference) && !has->target ? e->target : e->reference);
  if (has->uncertainty) add_number(text, e->uncertainty);
  ent_text_add(text, "\n");
}

/* COINr wants a row for each column of DATA. */
static void add_range_entry(const char *code, const optional *has, ent_text *text) {
  const bool more[] = {has->level, has->unit, has->denominator, has->target,
                       has->low,   has->high, has->reference,   has->uncertainty};
  add_cell(text, code);
  add_next(text, code);
  ent_text_add(text, ",NA,NA,NA,Other");
  for (size_t k = 0; k < sizeof more / sizeof *more; k++)
    if (more[k]) ent_text_add(text, ",NA");
  ent_text_add(text, "\n");
}

void ent_composite_write_meta(const ent_composite_sheet *sheet, ent_text *text) {
  optional has = find_optional(sheet);
  ent_text_add(text, "iCode,iName,Parent,Direction,Weight,Type");
  if (has.level) ent_text_add(text, ",Level");
  if (has.unit) ent_text_add(text, ",Unit");
  if (has.denominator) ent_text_add(text, ",Denominator");
  if (has.target) ent_text_add(text, ",Target");
  if (has.low) ent_text_add(text, ",GoalpostLow");
  if (has.high) ent_text_add(text, ",GoalpostHigh");
  if (has.reference) ent_text_add(text, ",Reference");
  if (has.uncertainty) ent_text_add(text, ",Uncertainty");
  ent_text_add(text, "\n");
  for (size_t i = 0; i < sheet->entry_count; i++) add_entry(sheet, &sheet->entries[i], &has, text);
  for (size_t n = 0; n < sheet->indicator_count; n++) {
    int columns[3];
    range_columns(&sheet->entries[sheet->node[n]], columns);
    for (int k = 0; k < 3; k++)
      if (columns[k] >= 0) add_range_entry(sheet->data->column[columns[k]], &has, text);
  }
}

/* ---- experts ---- */

void ent_composite_write_experts(const ent_composite_sheet *sheet, ent_text *text) {
  if (!sheet->experts) return;
  int code = ent_table_column(sheet->experts, "iCode");
  ent_text_add(text, "iCode");
  for (size_t c = 0; c < sheet->experts->columns; c++)
    if ((int)c != code) add_next(text, sheet->experts->column[c]);
  ent_text_add(text, "\n");
  for (size_t n = 0; n < sheet->node_count; n++) {
    add_cell(text, sheet->entries[sheet->node[n]].code);
    for (size_t e = 0; e < sheet->expert_count; e++) add_number(text, sheet->expert[e * sheet->node_count + n]);
    ent_text_add(text, "\n");
  }
}
