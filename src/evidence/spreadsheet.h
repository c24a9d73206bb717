/* spreadsheet.h - inside evidence: cells as a spreadsheet with a decimal comma writes them.
 *
 * A file with semicolons or tabs between its cells comes from a spreadsheet in a German (or a like) setting. There
 * "0,9" is a number, 1.5.2021 a date and WAHR a truth value. Files with commas are left alone. */
#ifndef ENT_EVIDENCE_SPREADSHEET_H
#define ENT_EVIDENCE_SPREADSHEET_H

#include "evidence/format.h"
#include "records/finding.h"
#include "table/table.h"

/* Rewrites the cells by the kinds of their fields, and notes in one finding how many. What can be read in two ways is
 * an error and stays. False when memory is short. */
bool ent_spreadsheet_read(ent_arena *arena, ent_table *table, const ent_resource *resource, ent_findings *findings);

#endif
