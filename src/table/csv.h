/* csv.h - reads CSV (RFC 4180) through libcsv.
 *
 * Comes in: bytes in UTF-8 with or without BOM, a header line, commas (or, where the header has none, semicolons or
 * tabs) between fields, quotes doubled inside quotes, LF or CRLF. Rows without a filled cell are skipped with a note.
 * Refused with a finding: another encoding, NUL bytes, a quote that does not close or stands inside an unquoted field,
 * a row with more or fewer fields than the header, an empty or doubled column name. Limits: 1,000 columns, 1 MB a
 * field, 8 MB a row, 5,000,000 rows. */
#ifndef ENT_TABLE_CSV_H
#define ENT_TABLE_CSV_H

#include "base/context.h"
#include "records/finding.h"
#include "table/table.h"

/* Problems of the data go to findings (the rows that could be read still arrive; without a usable header the table has
 * no columns); ENT_STORE only when memory is short. name and file are kept, not copied; cells live in arena.
 * Codes: encoding, no-header, empty-column, doubled-column, quotes, ragged-row, limit, empty-row. */
ENT_MUST_CHECK ent_status ent_csv_read(ent_context *context, ent_arena *arena, const char *name, const char *file,
                                       const char *bytes, size_t length, ent_findings *findings, ent_table **out);

#endif
