/* arena.h - memory that is freed all at once.
 *
 * One arena for one operation (a load, a request, an assessment). What it gives is zeroed, aligned for any
 * type and lives until ent_arena_free. Not thread-safe. */
#ifndef ENT_BASE_ARENA_H
#define ENT_BASE_ARENA_H

#include <stddef.h>

typedef struct ent_arena ent_arena;

/* limit: most bytes that it will give in all; 0: as many as there are. NULL when memory is short. */
ent_arena *ent_arena_new(size_t limit);
void ent_arena_free(ent_arena *arena);

/* count * size zeroed bytes; NULL when the product overflows, the limit is reached or memory is short. A
 * count or size of 0 gives a valid pointer. */
void *ent_arena_take(ent_arena *arena, size_t count, size_t size);
/* A copy of length bytes and a final NUL; NULL when memory is short. */
char *ent_arena_copy(ent_arena *arena, const char *text, size_t length);
/* As printf; NULL when memory is short. */
char *ent_arena_print(ent_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes given so far. */
size_t ent_arena_used(const ent_arena *arena);

#endif
