/* table.c - making a neutral table, and looking into it.
 *
 * Comes in: rows that a reader met. Goes out: cells. Must not: know where the table came from.
 *
 * A row's block holds for each column whether its cell is filled (a bit, 64 to a word), then for each filled cell where
 * its text begins (32 bits, in bytes from the block's begin), then the texts. */
#include "table/table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define WORD 64

static size_t words_of(size_t columns) { return (columns + WORD - 1) / WORD; }

static const uint64_t *make_block(ent_arena *arena, const char *const *cells, size_t columns);

/* How many bits are set: sums of pairs, of fours, of bytes. */
static size_t bits_of(uint64_t word) {
  word -= word >> 1 & 0x5555555555555555u;
  word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
  word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (size_t)(word * 0x0101010101010101u >> 56);
}

int ent_table_column(const ent_table *table, const char *name) {
  for (size_t i = 0; i < table->columns && i <= INT_MAX; i++)
    if (strcmp(table->column[i], name) == 0) return (int)i;
  return -1;
}

const char *ent_table_cell(const ent_table *table, size_t row, int column) {
  if (column < 0 || (size_t)column >= table->columns || row >= table->rows) return "";
  const uint64_t *block = table->row[row];
  size_t word = (size_t)column / WORD, before = 0;
  uint64_t bit = (uint64_t)1 << (size_t)column % WORD;
  if (!(block[word] & bit)) return "";
  for (size_t i = 0; i < word; i++) before += bits_of(block[i]);
  before += bits_of(block[word] & (bit - 1));
  const uint32_t *begin = (const uint32_t *)(const void *)(block + words_of(table->columns));
  return (const char *)block + begin[before];
}

bool ent_table_put_row(ent_table *table, ent_arena *arena, size_t row, const char *const *cells) {
  const uint64_t *block = make_block(arena, cells, table->columns);
  if (!block) return false;
  table->row[row] = block;
  return true;
}

void ent_table_maker_init(ent_table_maker *maker, ent_arena *arena, size_t columns) {
  *maker = (ent_table_maker){.arena = arena, .columns = columns};
}

/* Room for one more row. */
static bool make_room(ent_table_maker *maker) {
  if (maker->rows < maker->capacity) return true;
  size_t capacity = maker->capacity ? maker->capacity * 2 : 64;
  if (capacity > SIZE_MAX / sizeof *maker->row || capacity > SIZE_MAX / sizeof *maker->line) return false;
  const uint64_t **row = realloc(maker->row, capacity * sizeof *row);
  if (!row) return false;
  maker->row = row;
  long *line = realloc(maker->line, capacity * sizeof *line);
  if (!line) return false;
  maker->line = line;
  maker->capacity = capacity;
  return true;
}

static const uint64_t *make_block(ent_arena *arena, const char *const *cells, size_t columns) {
  size_t words = words_of(columns), filled = 0, text = 0;
  for (size_t i = 0; i < columns; i++) {
    if (!*cells[i]) continue;
    filled++;
    text += strlen(cells[i]) + 1;
  }
  size_t head = words * sizeof(uint64_t) + filled * sizeof(uint32_t);
  uint64_t *block = text > UINT32_MAX - head ? NULL : ent_arena_take(arena, head + text, 1);
  if (!block) return NULL;
  uint32_t *begin = (uint32_t *)(void *)(block + words);
  char *at = (char *)block + head;
  for (size_t i = 0; i < columns; i++) {
    if (!*cells[i]) continue;
    size_t length = strlen(cells[i]) + 1;
    block[i / WORD] |= (uint64_t)1 << i % WORD;
    *begin++ = (uint32_t)(at - (char *)block);
    memcpy(at, cells[i], length);
    at += length;
  }
  return block;
}

bool ent_table_maker_add(ent_table_maker *maker, const char *const *cells, long line) {
  const uint64_t *block = make_room(maker) ? make_block(maker->arena, cells, maker->columns) : NULL;
  if (!block) return false;
  maker->row[maker->rows] = block;
  maker->line[maker->rows++] = line;
  return true;
}

ent_table *ent_table_maker_end(ent_table_maker *maker, const char *name, const char *file, const char *const *column) {
  ent_table *table = ent_arena_take(maker->arena, 1, sizeof *table);
  const uint64_t **row = ent_arena_take(maker->arena, maker->rows, sizeof *row);
  long *line = ent_arena_take(maker->arena, maker->rows, sizeof *line);
  if (!table || !row || !line) return NULL;
  if (maker->rows) {
    memcpy(row, maker->row, maker->rows * sizeof *row);
    memcpy(line, maker->line, maker->rows * sizeof *line);
  }
  *table = (ent_table){name, file, maker->columns, maker->rows, column, row, line, 0};
  return table;
}

void ent_table_maker_clear(ent_table_maker *maker) {
  free(maker->row);
  free(maker->line);
  *maker = (ent_table_maker){0};
}
