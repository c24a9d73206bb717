/* lookup.h - the rows of a table by the text of one of their columns (inside study/ only). */
#ifndef ENT_STUDY_LOOKUP_H
#define ENT_STUDY_LOOKUP_H

#include "base/index.h"
#include "table/table.h"

typedef struct ent_lookup {
  size_t rows;     /* of the table */
  ent_index texts; /* text -> the first row that has it */
  size_t *next;    /* of each row: the next one with the same text, or the number of rows */
} ent_lookup;

/* Takes the texts of a column (-1: all are empty); the table must live as long as the lookup, which lives in arena.
 * False when memory is short. */
bool ent_lookup_make(ent_arena *arena, const ent_table *table, int column, ent_lookup *out);
/* The first row with a text, or the number of rows. Go on with next, in the order of the table. */
size_t ent_lookup_first(const ent_lookup *lookup, const char *text);
size_t ent_lookup_count(const ent_lookup *lookup, const char *text);

#endif
