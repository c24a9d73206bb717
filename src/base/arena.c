/* arena.c - memory that is freed all at once: a list of chunks, each filled from its start.
 *
 * Comes in: sizes. Goes out: zeroed bytes that live as long as the arena. Bytes are never handed out twice, so that a
 * fresh chunk from calloc needs no clearing. Must not: shrink, move or reuse what it gave. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/text.h"

#define FIRST_CHUNK ((size_t)64 << 10)
#define LARGEST_CHUNK ((size_t)4 << 20) /* beyond it growth only wastes the rest of the last chunk */
#define HUGE_PAGE ((size_t)2 << 20)
#define ALIGNMENT _Alignof(max_align_t)

typedef struct chunk {
  struct chunk *next;
  size_t size, filled; /* of bytes */
  size_t mapped;       /* bytes to unmap; 0: from calloc */
  _Alignas(max_align_t) unsigned char bytes[];
} chunk;

struct ent_arena {
  chunk *head; /* the chunk that is being filled; older and oversized ones follow */
  size_t next_size, limit, used;
};

static void *take_bytes(ent_arena *arena, size_t size);
static chunk *chunk_new(size_t size);

ent_arena *ent_arena_new(size_t limit) {
  ent_arena *arena = calloc(1, sizeof *arena);
  if (!arena) return NULL;
  arena->next_size = FIRST_CHUNK;
  arena->limit = limit ? limit : SIZE_MAX;
  return arena;
}

void ent_arena_free(ent_arena *arena) {
  if (!arena) return;
  for (chunk *c = arena->head; c;) {
    chunk *next = c->next;
    if (c->mapped) munmap(c, c->mapped);
    else free(c);
    c = next;
  }
  free(arena);
}

void *ent_arena_take(ent_arena *arena, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) return NULL;
  return take_bytes(arena, count * size);
}

char *ent_arena_copy(ent_arena *arena, const char *text, size_t length) {
  if (length == SIZE_MAX) return NULL;
  char *copy = take_bytes(arena, length + 1);
  if (copy && length) memcpy(copy, text, length);
  return copy;
}

char *ent_arena_print(ent_arena *arena, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = ent_text_format(NULL, 0, format, arguments);
  char *text = length < 0 ? NULL : take_bytes(arena, (size_t)length + 1);
  if (text && ent_text_format(text, (size_t)length + 1, format, again) != length) text = NULL;
  va_end(again);
  va_end(arguments);
  return text;
}

size_t ent_arena_used(const ent_arena *arena) { return arena->used; }

/* The limit counts what was asked for; what alignment and chunk ends waste is not the caller's. */
static void *take_bytes(ent_arena *arena, size_t size) {
  if (size > arena->limit - arena->used) return NULL;
  if (size > SIZE_MAX - ALIGNMENT - sizeof(chunk)) return NULL;
  size_t need = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;

  chunk *from = arena->head;
  if (!from || need > from->size - from->filled) {
    bool oversized = need > arena->next_size / 2;
    from = chunk_new(oversized ? need : arena->next_size - sizeof(chunk));
    if (!from) return NULL;
    if (oversized && arena->head) { /* behind the head, whose rest stays in use */
      from->next = arena->head->next;
      arena->head->next = from;
    } else {
      from->next = arena->head;
      arena->head = from;
    }
    if (!oversized && arena->next_size < LARGEST_CHUNK) arena->next_size *= 2;
  }
  void *given = from->bytes + from->filled;
  from->filled += need;
  arena->used += size;
  return given;
}

/* Large chunks come zeroed from the system, at a boundary where it can use huge pages: touching columns of draws page
 * by page took a tenth of an assessment's time. */
static chunk *large_chunk(size_t total) {
  unsigned char *mapped = mmap(NULL, total + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  size_t before;
  if (mapped == MAP_FAILED) return NULL;
  before = (HUGE_PAGE - (uintptr_t)mapped % HUGE_PAGE) % HUGE_PAGE;
  if (before) munmap(mapped, before);
  if (before < HUGE_PAGE) munmap(mapped + before + total, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
  (void)madvise(mapped + before, total, MADV_HUGEPAGE); /* advice: without it the pages are small */
#endif
  return (chunk *)(void *)(mapped + before);
}

static chunk *chunk_new(size_t size) {
  size_t total = sizeof(chunk) + size;
  chunk *made;
  if (total >= HUGE_PAGE && total <= SIZE_MAX - 2 * HUGE_PAGE) {
    total = (total + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    made = large_chunk(total);
    if (made) made->mapped = total;
  } else {
    made = calloc(1, total);
  }
  if (made) made->size = total - sizeof(chunk);
  return made;
}
