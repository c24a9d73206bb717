/* table.c - looking into a neutral table.
 *
 * Comes in: a table that a reader made. Goes out: cells. Must not: know where the table came from. */
#include "table/table.h"

#include <limits.h>
#include <string.h>

int ent_table_column(const ent_table *table, const char *name) {
  for (size_t i = 0; i < table->columns && i <= INT_MAX; i++)
    if (strcmp(table->column[i], name) == 0) return (int)i;
  return -1;
}

const char *ent_table_cell(const ent_table *table, size_t row, int column) {
  if (column < 0 || (size_t)column >= table->columns || row >= table->rows) return "";
  return table->cell[row * table->columns + (size_t)column];
}
