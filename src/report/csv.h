/* csv.h - any answer as comma-separated values. */
#ifndef ENT_REPORT_CSV_H
#define ENT_REPORT_CSV_H

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

/* Adds a header line and the rows of an answer's JSON to out (RFC 4180, UTF-8, line feeds). Each object of a list is a
 * row, lists in lists below it; `part` names the list and `parent` the row above. What lies inside an object without
 * being a list has a column with a dotted name; a list of plain values, of citations or of states is one cell with
 * blanks or, where its values hold blanks, semicolons between them. What holds for the whole answer stands at the end
 * of each row, under answer.*. An answer without a list is one row. Text that a spreadsheet would take for a formula
 * begins with an apostrophe. False when memory is short. */
bool ent_csv_write(const ent_json *json, ent_arena *arena, ent_text *out);

#endif
