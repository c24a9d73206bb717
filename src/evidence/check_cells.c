/* check_cells.c - the form of a package's tables: columns, required cells, and each cell by its field's kind. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "base/unit.h"
#include "evidence/checker.h"
#include "evidence/descriptor.h"

static void check_columns(ent_checker *c, size_t r);
static void check_empty(ent_checker *c, size_t r, size_t row, const ent_field *field);
static void check_cell(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell);
static void check_span(ent_checker *c, size_t r, size_t row);

/* Characters that can not be seen and do no harm: one note for each column. */
typedef struct unseen {
  size_t count, first; /* cells, and the row of the first */
  uint32_t character;
} unseen;

static bool cell_is_harmful(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell,
                            unseen *marks);
static void note_unseen(ent_checker *c, size_t r, const unseen *marks);

void ent_check_cells(ent_checker *c) {
  for (size_t r = 0; r < c->package->format->resource_count; r++) {
    const ent_resource *resource = &c->package->format->resources[r];
    const ent_table *table = c->package->tables[r];
    if (!table || resource->is_sources) continue;
    check_columns(c, r);
    unseen *marks = ent_arena_take(c->arena, resource->field_count, sizeof *marks);
    if (!marks) {
      c->findings->failed = true;
      return;
    }
    bool has_span = ent_resource_field(resource, "start") >= 0 && ent_resource_field(resource, "end") >= 0;
    for (size_t row = 0; row < table->rows; row++) {
      for (size_t f = 0; f < resource->field_count; f++) {
        if (c->columns[r][f] < 0) continue; /* reported once, with the header */
        const char *cell = ent_checker_cell(c, r, row, f);
        if (*cell && cell_is_harmful(c, r, row, &resource->fields[f], cell, &marks[f])) continue;
        if (*cell) check_cell(c, r, row, &resource->fields[f], cell);
        else if (resource->fields[f].required) check_empty(c, r, row, &resource->fields[f]);
      }
      if (has_span) check_span(c, r, row);
    }
    note_unseen(c, r, marks);
  }
}

static bool cell_is_harmful(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell,
                            unseen *marks) {
  uint32_t character = 0;
  ent_character worst = ent_text_worst(cell, strlen(cell), &character, NULL);
  if (worst == ENT_CHARACTER_HARMFUL)
    ent_checker_report(
        c, ENT_ERROR, "harmful-character", r, row, field->name,
        "take it out, or type the cell anew; only tabs and line ends may stand in text",
        "the cell holds the character U+%04X, %s", (unsigned)character,
        character < 0xA0 ? "which controls a terminal" : "which shows text in another order than it is stored");
  if (worst == ENT_CHARACTER_UNSEEN && marks->count++ == 0) {
    marks->first = row;
    marks->character = character;
  }
  return worst == ENT_CHARACTER_HARMFUL;
}

static void note_unseen(ent_checker *c, size_t r, const unseen *marks) {
  const ent_resource *resource = &c->package->format->resources[r];
  for (size_t f = 0; f < resource->field_count; f++)
    if (marks[f].count)
      ent_checker_report(c, ENT_NOTE, "unseen-character", r, marks[f].first, resource->fields[f].name,
                         "take it out where the language does not need it",
                         "the cell holds the character U+%04X, which can not be seen%s", (unsigned)marks[f].character,
                         marks[f].count == 1 ? "" : "; other cells of the column hold such ones too");
}

static void report_header(ent_checker *c, ent_severity severity, const char *code, size_t r, const char *column,
                          const char *remedy, const char *what) {
  ent_findings_add(c->findings, severity, code, c->package->tables[r]->file, 1, column, NULL, remedy, "%s", what);
}

static void check_columns(ent_checker *c, size_t r) {
  const ent_resource *resource = &c->package->format->resources[r];
  const ent_table *table = c->package->tables[r];
  const char **names = ent_arena_take(c->arena, resource->field_count, sizeof *names);
  if (!names) {
    c->findings->failed = true;
    return;
  }
  int last = -1;
  bool ordered = true;
  for (size_t f = 0; f < resource->field_count; f++) {
    names[f] = resource->fields[f].name;
    int column = c->columns[r][f];
    if (column < 0 && resource->fields[f].optional) continue;
    if (column < 0)
      report_header(c, ENT_ERROR, "missing-column", r, names[f],
                    "add it; its cells may be empty where nothing is known", "the column is missing");
    else {
      ordered = ordered && column > last;
      last = column;
    }
  }
  for (size_t i = 0; i < table->columns; i++)
    if (ent_resource_field(resource, table->column[i]) < 0)
      report_header(c, ENT_ERROR, "unknown-column", r, table->column[i],
                    ent_checker_nearest(c, table->column[i], names, resource->field_count, "take it out"),
                    "the format has no such column");
  if (!ordered)
    report_header(c, ENT_NOTE, "column-order", r, NULL, "others read the package by the schema's order",
                  "the columns stand in another order than in the schema");
}

/* Some empty cells are more than a matter of form, and have a name of their own. */
static void check_empty(ent_checker *c, size_t r, size_t row, const ent_field *field) {
  const char *table = c->package->format->resources[r].name;
  bool is_citations = field->kind == ENT_FIELD_CITATIONS;
  if (is_citations && strcmp(table, "observations") == 0)
    ent_checker_report(c, ENT_ERROR, "figure-without-citation", r, row, field->name,
                       "name the footnote or place that states it", "the figure has no citation");
  else if (is_citations)
    ent_checker_report(c, ENT_ERROR, "without-citation", r, row, field->name, "name the footnote or place it rests on",
                       "the row has no citation");
  else if (strcmp(table, "codings") == 0 && strncmp(field->name, "rationale_", 10) == 0)
    ent_checker_report(c, ENT_ERROR, "coding-without-rationale", r, row, field->name,
                       "say what in the text points to this value and what keeps it from the next one",
                       "the coding has no rationale in this language");
  else
    ent_checker_report(c, ENT_ERROR, "required", r, row, field->name, "fill it in", "the cell is empty, but required");
}

static const char *number_remedy(const char *cell) {
  const char *point = strchr(cell, '.');
  if (strchr(cell, '%')) return "write a share as a decimal fraction, such as 0.05 for 5 %";
  if (strchr(cell, ',') || (point && strchr(point + 1, '.')) || (*cell >= '0' && *cell <= '9' && strchr(cell, ' ')))
    return "write a decimal point and no separators of thousands";
  return "write digits with a decimal point; leave the cell empty where nothing is known";
}

static void check_number(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  double number = 0;
  if (!ent_text_number(cell, &number)) {
    ent_checker_report(c, ENT_ERROR, "number", r, row, field->name, number_remedy(cell),
                       "\"%s\" is not a finite decimal number", cell);
    return;
  }
  if (field->kind == ENT_FIELD_INTEGER && (number != floor(number) || fabs(number) > 9e15))
    ent_checker_report(c, ENT_ERROR, "integer", r, row, field->name, "write a whole number",
                       "\"%s\" is not a whole number", cell);
  if (number < field->minimum)
    ent_checker_report(c, ENT_ERROR, "out-of-bounds", r, row, field->name,
                       "mend the figure or its unit (a share runs from 0 to 1)", "%s is below the least value, %.15g",
                       cell, field->minimum);
  if (number > field->maximum)
    ent_checker_report(c, ENT_ERROR, "out-of-bounds", r, row, field->name,
                       "mend the figure or its unit (a share runs from 0 to 1)",
                       "%s is above the greatest value, %.15g", cell, field->maximum);
}

static void check_code(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  for (size_t i = 0; i < field->word_count; i++)
    if (strcmp(cell, field->words[i]) == 0) return;
  ent_text all = {0};
  for (size_t i = 0; i < field->word_count; i++) ent_text_print(&all, "%s%s", i ? ", " : "known: ", field->words[i]);
  ent_checker_report(c, ENT_ERROR, "unknown-code", r, row, field->name,
                     ent_checker_nearest(c, cell, field->words, field->word_count, all.data), "\"%s\" is unknown here",
                     cell);
  ent_text_clear(&all);
}

static void check_name(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  size_t count = 0;
  bool is_unit = field->kind == ENT_FIELD_UNIT;
  if (is_unit ? ent_unit_known(cell) : ent_currency_known(cell)) return;
  const char *const *names = is_unit ? ent_unit_names(&count) : ent_currency_codes(&count);
  const char *otherwise = is_unit ? NULL : "use the code of ISO 4217, such as USD";
  if (is_unit) {
    ent_text all = {0};
    for (size_t i = 0; i < count; i++) ent_text_print(&all, "%s%s", i ? ", " : "known: ", names[i]);
    otherwise = ent_checker_say(c, "%s", all.data ? all.data : "");
    ent_text_clear(&all);
    /* "JPY bn" and the like: the currency has a column of its own. */
    if (strlen(cell) >= 3 && ent_currency_known(ent_checker_say(c, "%.3s", cell)))
      otherwise = "write the unit currency, the code in its own column, and the number in full";
  }
  ent_checker_report(c, ENT_ERROR, is_unit ? "unknown-unit" : "unknown-currency", r, row, field->name,
                     ent_checker_nearest(c, cell, names, count, otherwise), "the %s \"%s\" is unknown",
                     is_unit ? "unit" : "currency", cell);
}

/* What a spreadsheet makes of dates, or NULL. */
static const char *date_remedy(const char *cell) {
  size_t digits = strspn(cell, "0123456789"), rest = digits + strspn(cell + digits, "0123456789.");
  if (digits == 5 && !cell[5])
    return "this looks like a spreadsheet's number of a day: format the column as text, then write 2021-05-16";
  if ((*cell >= 'A' && *cell <= 'Z') || (*cell >= 'a' && *cell <= 'z') || (digits && rest > digits && !cell[rest]))
    return "format the column as text, then write 2021, 2021-05 or 2021-05-16";
  return NULL;
}

static void check_date(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  const char *why = NULL;
  ent_span span;
  bool is_period = field->kind == ENT_FIELD_PERIOD;
  if (is_period ? ent_period_parse(cell, &span, &why) : ent_date_parse(cell, &span, &why)) return;
  const char *remedy = date_remedy(cell);
  if (!remedy)
    remedy = is_period ? "write a date such as 2021, 2021-05 or 2021-05-16, or two with \"/\" between"
                       : "write a date such as 2021, 2021-05 or 2021-05-16";
  ent_checker_report(c, ENT_ERROR, "date", r, row, field->name, remedy, "\"%s\" is no %s: %s", cell,
                     is_period ? "period" : "date", why ? why : "");
}

/* Reliability A to F, credibility 1 to 6, or both. */
static bool is_grade(const char *cell) {
  if (*cell >= 'A' && *cell <= 'F') cell++;
  if (*cell >= '1' && *cell <= '6') cell++;
  return *cell == '\0';
}

static bool is_boolean(const char *cell) {
  static const char *const words[] = {"true", "false", "TRUE", "FALSE", "True", "False", "1", "0"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(cell, words[i]) == 0) return true;
  return false;
}

static void check_cell(ent_checker *c, size_t r, size_t row, const ent_field *field, const char *cell) {
  switch (field->kind) {
    case ENT_FIELD_ID:
      if (!ent_id_is_good(cell, strlen(cell)))
        ent_checker_report(c, ENT_ERROR, "id-form", r, row, field->name, ENT_ID_REMEDY, "\"%s\" can not be an id",
                           cell);
      break;
    case ENT_FIELD_NUMBER:
    case ENT_FIELD_INTEGER: check_number(c, r, row, field, cell); break;
    case ENT_FIELD_CODE: check_code(c, r, row, field, cell); break;
    case ENT_FIELD_UNIT:
    case ENT_FIELD_CURRENCY: check_name(c, r, row, field, cell); break;
    case ENT_FIELD_PERIOD: check_date(c, r, row, field, cell); break;
    case ENT_FIELD_EDTF:
      if (strcmp(field->name, "start") != 0 && strcmp(field->name, "end") != 0) check_date(c, r, row, field, cell);
      break;
    case ENT_FIELD_BOOLEAN:
      if (!is_boolean(cell))
        ent_checker_report(c, ENT_ERROR, "boolean", r, row, field->name, "write true or false",
                           "\"%s\" is neither true nor false", cell);
      break;
    case ENT_FIELD_GRADE:
      if (!is_grade(cell))
        ent_checker_report(c, ENT_ERROR, "grade", r, row, field->name,
                           "write a letter from A to F for the source, a digit from 1 to 6 for the statement, or both",
                           "\"%s\" is no grade", cell);
      break;
    case ENT_FIELD_PATH:
      if (!ent_package_has_file(c->package->folder, cell))
        ent_checker_report(c, ENT_ERROR, "missing-file", r, row, field->name,
                           "name a file in the package by a relative path", "there is no file \"%s\" in the package",
                           cell);
      break;
    default: break; /* text is free; ids of other rows are looked up in check_keys.c */
  }
}

/* Start and end together: each may be open, and the end may not lie before the start. */
static void check_span(ent_checker *c, size_t r, size_t row) {
  static const char remedy[] = "write a date such as 2021, 2021-05 or 2021-05-16, \"..\" for what goes on, or nothing";
  const char *start = ent_checker_get(c, r, row, "start"), *end = ent_checker_get(c, r, row, "end"), *why = NULL;
  ent_span span;
  bool start_good = ent_span_parse(start, "", &span, &why);
  if (!start_good)
    ent_checker_report(c, ENT_ERROR, "date", r, row, "start", date_remedy(start) ? date_remedy(start) : remedy,
                       "\"%s\" is no date: %s", start, why ? why : "");
  bool end_good = ent_span_parse("", end, &span, &why);
  if (!end_good)
    ent_checker_report(c, ENT_ERROR, "date", r, row, "end", date_remedy(end) ? date_remedy(end) : remedy,
                       "\"%s\" is no date: %s", end, why ? why : "");
  if (start_good && end_good && !ent_span_parse(start, end, &span, &why))
    ent_checker_report(c, ENT_ERROR, "end-before-start", r, row, "end", "correct one of the two dates",
                       "the end, %s, is before the start, %s", end, start);
}
