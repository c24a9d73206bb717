/* index.h - finds the position of a text: a hash table in an arena. */
#ifndef ENT_BASE_INDEX_H
#define ENT_BASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct ent_index_entry {
  const char *text; /* borrowed; NULL: a free place */
  uint32_t length, position;
} ent_index_entry;

typedef struct ent_index {
  ent_arena *arena;
  size_t count, capacity; /* capacity: a power of two, or 0 */
  ent_index_entry *entries;
} ent_index;

/* Room for expected texts from the start; it grows beyond. False when memory is short. */
bool ent_index_init(ent_index *index, ent_arena *arena, size_t expected);
/* Adds text (which must live as long as the index) where it is not there yet. Lengths
 * and positions are below 2^32. False when memory is short. */
bool ent_index_add(ent_index *index, const char *text, size_t length, size_t position);
/* Whether text is there; its position (of the first that was added) goes to *position if that is not NULL. */
bool ent_index_find(const ent_index *index, const char *text, size_t length, size_t *position);

#endif
