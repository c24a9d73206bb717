/* lookup.c - see lookup.h. */
#include "study/lookup.h"

#include <string.h>

bool ent_lookup_make(ent_arena *arena, const ent_table *table, int column, ent_lookup *out) {
  size_t i, at, rows = out->rows = table->rows;
  size_t *last = ent_arena_take(arena, rows + 1, sizeof *last); /* of a first row: the last one so far */
  out->next = ent_arena_take(arena, rows + 1, sizeof *out->next);
  if (!out->next || !last || !ent_index_init(&out->texts, arena, rows)) return false;
  for (i = 0; i < rows; i++) {
    const char *text = ent_table_cell(table, i, column);
    out->next[i] = rows;
    if (ent_index_find(&out->texts, text, strlen(text), &at)) out->next[last[at]] = i;
    else if (!ent_index_add(&out->texts, text, strlen(text), at = i)) return false;
    last[at] = i;
  }
  return true;
}

size_t ent_lookup_first(const ent_lookup *lookup, const char *text) {
  size_t at;
  return ent_index_find(&lookup->texts, text, strlen(text), &at) ? at : lookup->rows;
}

size_t ent_lookup_count(const ent_lookup *lookup, const char *text) {
  size_t i, count = 0;
  for (i = ent_lookup_first(lookup, text); i < lookup->rows; i = lookup->next[i]) count++;
  return count;
}
