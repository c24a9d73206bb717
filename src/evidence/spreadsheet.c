/* spreadsheet.c - cells as a spreadsheet with a decimal comma writes them, rewritten as the format has them.
 *
 * Comes in: a table whose file had semicolons or tabs. Goes out: the same table with decimal points, dates with the
 * year first, true and false; one note with their numbers. Must not: guess. "1.234" may be a thousand or a fraction and
 * is refused; what has any other form stays as it is, for the check of cells to judge. */
#include "evidence/spreadsheet.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define LONGEST_CELL 64 /* of those that are rewritten */

typedef struct sheet {
  ent_table *table;
  ent_findings *findings;
  const char **cells;          /* of the row that is being read */
  char (*texts)[LONGEST_CELL]; /* what stands in rewritten ones */
  bool changed;                /* the row */
  size_t numbers, dates, truths, rounded;
} sheet;

static void read_cell(sheet *s, size_t row, size_t column, ent_field_kind kind);
static void note(const sheet *s);

bool ent_spreadsheet_read(ent_arena *arena, ent_table *table, const ent_resource *resource, ent_findings *findings) {
  sheet s = {.table = table, .findings = findings};
  size_t *fields =
      ent_arena_take(arena, table->columns, sizeof *fields); /* of each column; one behind the last: none */
  s.cells = ent_arena_take(arena, table->columns, sizeof *s.cells);
  s.texts = ent_arena_take(arena, table->columns, sizeof *s.texts);
  if (!fields || !s.cells || !s.texts) return false;
  for (size_t c = 0; c < table->columns; c++) {
    int field = ent_resource_field(resource, table->column[c]);
    fields[c] = field < 0 ? resource->field_count : (size_t)field;
  }
  for (size_t row = 0; row < table->rows; row++) {
    s.changed = false;
    for (size_t c = 0; c < table->columns; c++) {
      s.cells[c] = ent_table_cell(table, row, (int)c);
      if (*s.cells[c] && fields[c] < resource->field_count) read_cell(&s, row, c, resource->fields[fields[c]].kind);
    }
    if (s.changed && !ent_table_put_row(table, arena, row, s.cells)) return false;
  }
  note(&s);
  return true;
}

static void put(sheet *s, size_t column, const char *text, size_t *count) {
  size_t length = strlen(text);
  if (length >= LONGEST_CELL) return;
  memcpy(s->texts[column], text, length + 1);
  s->cells[column] = s->texts[column];
  s->changed = true;
  ++*count;
}

/* Whether the one point of a number may set thousands apart: "1.234" and "-12.345", but not "0.745" or "1.5". */
static bool is_ambiguous(const char *cell) {
  if (*cell == '-') cell++;
  size_t before = strspn(cell, "0123456789");
  return before >= 1 && before <= 3 && *cell != '0' && cell[before] == '.' &&
         strspn(cell + before + 1, "0123456789") == 3 && !cell[before + 4];
}

static void read_number(sheet *s, size_t row, size_t column) {
  char text[LONGEST_CELL];
  double number;
  const char *cell = s->cells[column], *comma = strchr(cell, ',');
  size_t length = strlen(cell);
  if (is_ambiguous(cell))
    ent_findings_add(s->findings, ENT_ERROR, "ambiguous-number", s->table->file, s->table->line[row],
                     s->table->column[column], ent_table_cell(s->table, row, ent_table_column(s->table, "id")),
                     "write no separators of thousands, and a decimal comma where the number has a fraction",
                     "\"%s\" may be a thousand or a fraction in a file without commas between its cells", cell);
  if (strstr(cell, "E+")) s->rounded++; /* so a spreadsheet writes long numbers, with six digits */
  if (!comma || length >= sizeof text || strchr(cell, '.')) return;
  memcpy(text, cell, length + 1);
  text[comma - cell] = '.';
  if (ent_text_number(text, &number)) put(s, column, text, &s->numbers);
}

/* Writes 1.5.2021 or 01.05.2021, with or without "?", "~" or "%", as 2021-05-01 and returns true; another text as it
 * is. */
static bool write_date(const char *cell, size_t length, char out[LONGEST_CELL]) {
  size_t at[3] = {0}, digits[3] = {0}, next = 0;
  for (size_t i = 0; i < 3; i++) {
    if (i && next < length && cell[next] == '.') next++;
    for (at[i] = next; next < length && cell[next] >= '0' && cell[next] <= '9';) next++;
    digits[i] = next - at[i];
  }
  bool has_points = digits[0] && digits[1] && at[1] == digits[0] + 1 && at[2] == at[1] + digits[1] + 1;
  bool sure = next == length, known = sure || (next + 1 == length && strchr("?~%", cell[next]));
  if (!has_points || !known || digits[0] > 2 || digits[1] > 2 || digits[2] != 4) {
    snprintf(out, LONGEST_CELL, "%.*s", (int)length, cell);
    return false;
  }
  snprintf(out, LONGEST_CELL, "%.4s-%s%.*s-%s%.*s%.*s", cell + at[2], digits[1] == 1 ? "0" : "", (int)digits[1],
           cell + at[1], digits[0] == 1 ? "0" : "", (int)digits[0], cell + at[0], sure ? 0 : 1, cell + next);
  return true;
}

/* A date, or two with "/" between them; an end that is no such date stays. */
static void read_period(sheet *s, size_t column) {
  char first[LONGEST_CELL], last[LONGEST_CELL] = "", text[LONGEST_CELL];
  const char *cell = s->cells[column], *slash = strchr(cell, '/');
  size_t length = strlen(cell), middle = slash ? (size_t)(slash - cell) : length;
  if (length > LONGEST_CELL / 2) return;
  bool changed = write_date(cell, middle, first);
  if (slash) changed |= write_date(slash + 1, length - middle - 1, last);
  int written = snprintf(text, sizeof text, "%s%s%s", first, slash ? "/" : "", last);
  if (changed && written > 0 && (size_t)written < sizeof text) put(s, column, text, &s->dates);
}

static void read_truth(sheet *s, size_t column) {
  const char *cell = s->cells[column];
  if (strcmp(cell, "WAHR") == 0 || strcmp(cell, "Wahr") == 0 || strcmp(cell, "wahr") == 0)
    put(s, column, "true", &s->truths);
  else if (strcmp(cell, "FALSCH") == 0 || strcmp(cell, "Falsch") == 0 || strcmp(cell, "falsch") == 0)
    put(s, column, "false", &s->truths);
}

static void read_cell(sheet *s, size_t row, size_t column, ent_field_kind kind) {
  if (kind == ENT_FIELD_NUMBER || kind == ENT_FIELD_INTEGER) read_number(s, row, column);
  else if (kind == ENT_FIELD_EDTF || kind == ENT_FIELD_PERIOD) read_period(s, column);
  else if (kind == ENT_FIELD_BOOLEAN) read_truth(s, column);
}

static void note(const sheet *s) {
  ent_findings_add(s->findings, ENT_NOTE, "spreadsheet", s->table->file, 1, NULL, NULL,
                   "see that nothing was lost; other programs want commas",
                   "the file was read with %s between its cells: %zu decimal comma%s, %zu date%s and %zu truth value%s "
                   "were rewritten",
                   s->table->delimiter == ';' ? "semicolons" : "tabs", s->numbers, s->numbers == 1 ? "" : "s", s->dates,
                   s->dates == 1 ? "" : "s", s->truths, s->truths == 1 ? "" : "s");
  if (s->rounded)
    ent_findings_add(s->findings, ENT_NOTE, "spreadsheet-rounded", s->table->file, 1, NULL, NULL,
                     "compare them with the text; format such columns as text before the numbers are entered",
                     "%zu number%s as 5,07E+12 may have lost digits in the spreadsheet", s->rounded,
                     s->rounded == 1 ? " that is written" : "s that are written");
}
