/* words.h - every word of an output that is not the study's own.
 *
 * In: share/words/en.json or de.json, flat tables of key -> text, where {name} stands for what is filled in. Out:
 * texts in the arena. A missing key is a fault of the installation: it is recorded with ENT_STORE and the key, never
 * shown in its place. The first failure stays in `status`; further calls return "", so that a builder checks once. */
#ifndef ENT_REPORT_WORDS_H
#define ENT_REPORT_WORDS_H

#include "base/arena.h"
#include "base/context.h"
#include "base/json.h"
#include "records/evidence.h"

/* Between pieces of one line; a line may break after it. */
#define ENT_WORDS_DOT "\u00a0\u00b7 "

typedef struct ent_words {
  ent_context *context;
  ent_arena *arena;
  ent_language language;
  ent_json *table;
  ent_status status;
} ent_words;

/* Texts live as long as arena and, where nothing is filled in, as long as *out is open. On failure there is nothing
 * to close. */
ENT_MUST_CHECK ent_status ent_words_open(ent_context *context, ent_arena *arena, ent_language language, ent_words *out);
void ent_words_close(ent_words *words);

const char *ent_words_get(ent_words *words, const char *key);
/* The word of "stem.code"; the code itself where there is none, as in a store whose rows were damaged. */
const char *ent_words_of(ent_words *words, const char *stem, const char *code);
/* The same, filled in with one value; the value itself where there is no such word. */
const char *ent_words_fill_of(ent_words *words, const char *stem, const char *code, const char *name,
                              const char *value);
/* Fills in name, value, name, value, ..., NULL. Every placeholder must be given, and every value be wanted. */
const char *ent_words_fill(ent_words *words, const char *key, ...) __attribute__((sentinel));
/* The label in the table's language, else in the other, else "". */
const char *ent_words_label(const ent_words *words, ent_label label);
/* "2021-05-31" as "31 May 2021"; any other text as it is. */
const char *ent_words_date(ent_words *words, const char *day);
/* A copy of both texts with `between` between them; only one of them where the other is NULL or "". */
const char *ent_words_join(ent_words *words, const char *before, const char *between, const char *after);
/* Records a failure of memory. */
void ent_words_fail_memory(ent_words *words);

#endif
