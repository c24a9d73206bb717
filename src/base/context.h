/* context.h - the error chain, and what every operation shares.
 *
 * A failure is recorded where it is found (ent_fail); each operation around it may add what it was doing
 * (ent_fail_while). ent_context_message joins them. The first failure wins: a second ent_fail before
 * ent_context_clear is ignored, so that cleaning up can not hide the cause. */
#ifndef ENT_BASE_CONTEXT_H
#define ENT_BASE_CONTEXT_H

#include "base/arena.h"
#include "entente/entente.h"

/* Forgets the last failure. Every public operation begins with it. */
void ent_context_clear(ent_context *context);
/* Records a failure and returns status. where ("observations.csv:41, column unit") and remedy ("did you mean
 * \"JPY\"?") may be NULL; what follows as in printf. context may be NULL: then only status is returned. */
ent_status ent_fail(ent_context *context, ent_status status, const char *where, const char *remedy, const char *what,
                    ...) __attribute__((format(printf, 5, 6)));
/* Adds what was being done ("while loading study x") and returns status. */
ent_status ent_fail_while(ent_context *context, ent_status status, const char *doing, ...)
    __attribute__((format(printf, 3, 4)));
/* Shorthand for a failure of memory. */
ent_status ent_fail_memory(ent_context *context);
/* The folder of models, words and schemas. */
const char *ent_context_share(const ent_context *context);

#endif
