/* table.h - a neutral table: named columns, cells as text, the place of each row in its file.
 *
 * Rows of evidence are mostly empty cells, and a file may have millions of them: a row is one block that holds the
 * cells that are not empty, and the table has one pointer for each row. */
#ifndef ENT_TABLE_TABLE_H
#define ENT_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct ent_table {
  const char *name; /* "observations" */
  const char *file; /* "observations.csv", for messages */
  size_t columns, rows;
  const char *const *column; /* names */
  const uint64_t **row;      /* blocks, see table.c */
  const long *line;          /* line of the file on which a row begins, from 1 */
  char delimiter;            /* of the file that it was read from: ',', ';' or '\t'; 0: none */
} ent_table;

/* Index of a column, or -1. */
int ent_table_column(const ent_table *table, const char *name);
/* Never NULL; "" for an empty cell and for column -1. Lives as long as the table. */
const char *ent_table_cell(const ent_table *table, size_t row, int column);
/* Puts other cells into a row, `columns` of them, none NULL. False when memory is short. */
bool ent_table_put_row(ent_table *table, ent_arena *arena, size_t row, const char *const *cells);

/* Makes a table row by row: init, add, end; clear, whatever happened. */
typedef struct ent_table_maker {
  ent_arena *arena; /* where rows and the table live */
  size_t columns, rows, capacity;
  const uint64_t **row; /* on the heap while they grow, as line is */
  long *line;
} ent_table_maker;

void ent_table_maker_init(ent_table_maker *maker, ent_arena *arena, size_t columns);
/* Copies a row of `columns` cells, none NULL. False when memory is short. */
bool ent_table_maker_add(ent_table_maker *maker, const char *const *cells, long line);
/* The table of the rows so far, or NULL when memory is short. Names are borrowed. */
ent_table *ent_table_maker_end(ent_table_maker *maker, const char *name, const char *file, const char *const *column);
void ent_table_maker_clear(ent_table_maker *maker);

#endif
