/* index.c - a hash table with open addressing: FNV-1a, at most two thirds full. Nothing is ever taken out. */
#include "base/index.h"

#include <stdint.h>
#include <string.h>

static ent_index_entry *place_of(const ent_index *index, const char *text, size_t length) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
  size_t at = (size_t)(hash ^ (hash >> 32)) & (index->capacity - 1);
  while (index->entries[at].text &&
         !(index->entries[at].length == length && memcmp(index->entries[at].text, text, length) == 0))
    at = (at + 1) & (index->capacity - 1);
  return &index->entries[at];
}

static bool resize(ent_index *index, size_t capacity) {
  ent_index larger = {index->arena, index->count, capacity, NULL};
  larger.entries = ent_arena_take(index->arena, capacity, sizeof *larger.entries);
  if (!larger.entries) return false;
  for (size_t i = 0; i < index->capacity; i++) {
    const ent_index_entry *entry = &index->entries[i];
    if (entry->text) *place_of(&larger, entry->text, entry->length) = *entry;
  }
  *index = larger;
  return true;
}

bool ent_index_init(ent_index *index, ent_arena *arena, size_t expected) {
  *index = (ent_index){.arena = arena};
  size_t capacity = 16;
  while (capacity < SIZE_MAX / 4 && capacity / 3 * 2 <= expected) capacity *= 2;
  return resize(index, capacity);
}

bool ent_index_add(ent_index *index, const char *text, size_t length, size_t position) {
  if (length > UINT32_MAX || position > UINT32_MAX) return false;
  if (index->count + 1 > index->capacity / 3 * 2 &&
      (index->capacity > SIZE_MAX / 4 || !resize(index, index->capacity * 2)))
    return false;
  ent_index_entry *entry = place_of(index, text, length);
  if (entry->text) return true;
  *entry = (ent_index_entry){text, (uint32_t)length, (uint32_t)position};
  index->count++;
  return true;
}

bool ent_index_find(const ent_index *index, const char *text, size_t length, size_t *position) {
  if (index->capacity == 0) return false;
  const ent_index_entry *entry = place_of(index, text, length);
  if (!entry->text) return false;
  if (position) *position = entry->position;
  return true;
}
