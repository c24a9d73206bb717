/* composite_cells.c - cells of a composite's tables as numbers, and numbers as cells.
 *
 * Must not: guess. In a table with semicolons or tabs "1.234" may be a thousand or a fraction; it is a fraction where
 * another cell can only be read so ("0.5", "12.25"), and no cell has a decimal comma. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "study/composite_sheet.h"

enum { LONGEST_NUMBER = 64 };

bool ent_composite_is_missing(const char *cell) {
  return *cell == '\0' || strcmp(cell, "NA") == 0 || strcmp(cell, "NaN") == 0;
}

bool ent_composite_number(const char *cell, bool comma, double *out) {
  char text[LONGEST_NUMBER];
  *out = NAN;
  if (ent_composite_is_missing(cell)) return true;
  size_t length = strlen(cell);
  char *mark = NULL;
  if (comma && length < sizeof text) {
    if (strchr(cell, '.')) return false;
    memcpy(text, cell, length + 1);
    mark = strchr(text, ',');
    if (mark) *mark = '.';
    cell = text;
  }
  if (ent_text_number(cell, out)) return true;
  *out = NAN;
  return false;
}

/* Whether a point may set thousands apart: "1.234" and "-12.345", but not "0.745" or "1.5". */
static bool is_ambiguous(const char *cell) {
  if (*cell == '-' || *cell == '+') cell++;
  size_t before = strspn(cell, "0123456789");
  return before >= 1 && before <= 3 && *cell != '0' && cell[before] == '.' &&
         strspn(cell + before + 1, "0123456789") == 3 && !cell[before + 4];
}

/* Counts of what the number cells of a table look like. */
typedef struct marks {
  size_t commas, points, ambiguous;
  size_t row; /* of the first ambiguous cell */
  int column;
} marks;

static void look_at(marks *seen, const char *cell, size_t row, int column) {
  double number;
  if (strchr(cell, ',')) {
    seen->commas += ent_composite_number(cell, true, &number);
  } else if (is_ambiguous(cell)) {
    if (!seen->ambiguous++) {
      seen->row = row;
      seen->column = column;
    }
  } else if (strchr(cell, '.')) {
    seen->points += ent_text_number(cell, &number);
  }
}

bool ent_composite_decimal_comma(const ent_composite_reading *reading, const ent_table *table, const int *columns,
                                 size_t count) {
  marks seen = {0};
  if (table->delimiter == ',') return false;
  for (size_t row = 0; row < table->rows; row++)
    for (size_t c = 0; c < count; c++)
      if (columns[c] >= 0) look_at(&seen, ent_table_cell(table, row, columns[c]), row, columns[c]);
  if (seen.ambiguous && !seen.commas && !seen.points)
    ent_findings_add(reading->findings, ENT_ERROR, "ambiguous-number", table->file, table->line[seen.row],
                     table->column[seen.column], NULL,
                     "write no separators of thousands, or save the table with commas between its cells",
                     "\"%s\" may be a thousand or a fraction in a file without commas between its cells",
                     ent_table_cell(table, seen.row, seen.column));
  return seen.commas > 0;
}

double ent_composite_cell(const ent_composite_reading *reading, const ent_table *table, size_t row, int column,
                          bool comma, const char *code) {
  double number;
  const char *cell = ent_table_cell(table, row, column);
  if (ent_composite_number(cell, comma, &number)) return number;
  const char *remedy = comma && strchr(cell, '.') ? "write no separators of thousands; other cells of this file have "
                                                    "decimal commas"
                                                  : "write a number such as 12.5, or leave the cell empty (or NA) "
                                                    "where it is not known";
  ent_findings_add(reading->findings, ENT_ERROR, "number", table->file, table->line[row], table->column[column], code,
                   remedy, "\"%s\" is no number", cell);
  return NAN;
}

static char *print(char buffer[40], const char *format, ...) __attribute__((format(printf, 2, 3)));
static char *print(char buffer[40], const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (ent_text_format(buffer, 40, format, arguments) < 0) *buffer = '\0';
  va_end(arguments);
  return buffer;
}

char *ent_composite_print(double value, char buffer[40]) {
  double again;
  if (isnan(value)) return strcpy(buffer, "NA");
  for (int digits = 15; digits < 17; digits++)
    if (ent_text_number(print(buffer, "%.*g", digits, value), &again) && again == value) return buffer;
  return print(buffer, "%.17g", value);
}
