/* table.h - a neutral table: named columns, cells as text, the place of each row in its file. */
#ifndef ENT_TABLE_TABLE_H
#define ENT_TABLE_TABLE_H

#include <stddef.h>

typedef struct ent_table {
  const char *name; /* "observations" */
  const char *file; /* "observations.csv", for messages */
  size_t columns, rows;
  const char *const *column; /* names */
  const char **cell;         /* rows x columns, row-major; never NULL, "" is empty */
  const long *line;          /* line of the file on which a row begins, from 1 */
} ent_table;

/* Index of a column, or -1. */
int ent_table_column(const ent_table *table, const char *name);
const char *ent_table_cell(const ent_table *table, size_t row, int column); /* "" for column -1 */

#endif
