/* json_load.c - jansson's reader, made to say when memory was short.
 *
 * jansson's lexer (2.14) takes no notice of a buffer that can not grow: it loses a byte of a text, refuses a good
 * document, or ends the program by an assertion. So while it reads, what it takes is noted; where memory is short, the
 * reader is left by a jump, and all that it had taken is given back. Values are never built from less than the text. */
#include "base/json_load.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef struct load {
  jmp_buf out;
  void **taken; /* NULL where a piece was given back */
  size_t count, room;
  json_t *json;
} load;

static _Thread_local load *reading; /* of this thread; NULL: none */
static json_malloc_t take = malloc; /* the functions that stood there before ours */
static json_free_t give_back = free;
static atomic_flag hooking = ATOMIC_FLAG_INIT;

static void leave(load *l) { longjmp(l->out, 1); }

static void *noted_take(size_t size) {
  load *l = reading;
  if (!l) return take(size);
  if (l->count == l->room) {
    size_t room = l->room ? 2 * l->room : 256;
    void **grown = realloc(l->taken, room * sizeof *grown);
    if (!grown) leave(l);
    l->taken = grown;
    l->room = room;
  }
  void *piece = take(size);
  if (!piece) leave(l);
  l->taken[l->count++] = piece;
  return piece;
}

/* What was taken last is mostly given back first. */
static void noted_give_back(void *piece) {
  load *l = reading;
  for (size_t i = l && piece ? l->count : 0; i-- > 0;)
    if (l->taken[i] == piece) {
      l->taken[i] = NULL;
      break;
    }
  while (l && l->count > 0 && !l->taken[l->count - 1]) l->count--;
  give_back(piece);
}

static void hook(void) {
  json_malloc_t other_take;
  json_free_t other_give_back;
  while (atomic_flag_test_and_set(&hooking)) continue;
  json_get_alloc_funcs(&other_take, &other_give_back);
  if (other_take != noted_take) {
    take = other_take;
    give_back = other_give_back;
    json_set_alloc_funcs(noted_take, noted_give_back);
  }
  atomic_flag_clear(&hooking);
}

/* False after a jump. In a function of its own: it has no variable that a jump could leave in doubt. */
static bool read_noted(load *l, const char *bytes, size_t length, json_error_t *error) {
  if (setjmp(l->out) != 0) return false;
  l->json = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, error);
  return true;
}

bool ent_json_load(const char *bytes, size_t length, json_error_t *error, ent_json **out) {
  load l = {.json = NULL};
  hook();
  reading = &l;
  bool whole = read_noted(&l, bytes, length, error);
  reading = NULL;
  for (size_t i = 0; !whole && i < l.count; i++) give_back(l.taken[i]);
  free(l.taken);
  *out = whole ? l.json : NULL;
  return whole;
}
