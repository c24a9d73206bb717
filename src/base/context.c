/* context.c - the error chain, the share folder and the version.
 *
 * Comes in: failures where they are found. Goes out: one text for people. Must not: print, exit, or lose the first
 * failure; when memory is short even for the message, a constant one stands in for it. */
#include "base/context.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#ifndef ENT_VERSION
#define ENT_VERSION "0.1.0"
#endif
#ifndef ENT_SHARE_DIR
#define ENT_SHARE_DIR "share"
#endif

struct ent_context {
  char *share;
  ent_status status; /* of the first failure; ENT_OK: none */
  ent_text message;
};

static void take_clean(ent_context *context, ent_text *said);
static const char *default_share(void);

const char *ent_version(void) { return ENT_VERSION; }

ent_status ent_context_new(const char *share, ent_context **out) {
  *out = NULL;
  ent_context *context = calloc(1, sizeof *context);
  if (!context) return ENT_STORE;
  context->share = strdup(share ? share : default_share());
  if (!context->share) {
    free(context);
    return ENT_STORE;
  }
  *out = context;
  return ENT_OK;
}

void ent_context_free(ent_context *context) {
  if (!context) return;
  ent_text_clear(&context->message);
  free(context->share);
  free(context);
}

const char *ent_context_message(const ent_context *context) {
  if (!context || context->status == ENT_OK) return "";
  if (context->message.failed || !context->message.data) return "memory is short; close other programs and try again";
  return context->message.data;
}

void ent_context_clear(ent_context *context) {
  if (!context) return;
  ent_text_clear(&context->message);
  context->status = ENT_OK;
}

ent_status ent_fail(ent_context *context, ent_status status, const char *where, const char *remedy, const char *what,
                    ...) {
  if (!context || context->status != ENT_OK) return status;
  context->status = status;
  ent_text said = {0};
  if (where) ent_text_print(&said, "%s: ", where);
  va_list arguments;
  va_start(arguments, what);
  ent_text_vprint(&said, what, arguments);
  va_end(arguments);
  if (remedy) ent_text_print(&said, "; %s", remedy);
  take_clean(context, &said);
  return status;
}

ent_status ent_fail_while(ent_context *context, ent_status status, const char *doing, ...) {
  if (!context) return status;
  if (context->status == ENT_OK) { /* nobody said what failed: the chain then starts here */
    context->status = status;
    ent_text_add(&context->message, "failed");
  }
  ent_text said = {0};
  ent_text_add(&said, "\n  while ");
  va_list arguments;
  va_start(arguments, doing);
  ent_text_vprint(&said, doing, arguments);
  va_end(arguments);
  take_clean(context, &said);
  return status;
}

ent_status ent_fail_memory(ent_context *context) {
  return ent_fail(context, ENT_STORE, NULL, "close other programs and try again", "memory is short");
}

const char *ent_context_share(const ent_context *context) { return context->share; }

/* A message quotes files, and may end on a terminal: nothing in it may be obeyed there. */
static void take_clean(ent_context *context, ent_text *said) {
  if (said->failed) context->message.failed = true;
  else if (said->data) ent_text_add_clean(&context->message, said->data, said->length);
  ent_text_clear(said);
}

static const char *default_share(void) {
  const char *told = getenv("ENTENTE_SHARE");
  return told && *told ? told : ENT_SHARE_DIR;
}
