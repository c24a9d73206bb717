/* session.c - see session.h. */
#include "cli/session.h"

#include <string.h>

#include "cli/output.h"
#include "cli/progress.h"
#include "cli/share.h"

ent_context *ent_session_context(void) {
  char share[4200];
  ent_context *context;
  if (ent_context_new(ent_share_find(share, sizeof share), &context) == ENT_OK) return context;
  ent_output_failure(NULL, ENT_STORE);
  return NULL;
}

int ent_session_end(ent_context *context, ent_status status, const ent_result *result,
                    const ent_invocation *invocation) {
  if (status != ENT_OK) return ent_output_failure(context, status);
  ent_sink sink = ent_output_sink(stdout);
  status = ent_result_write(result, invocation->output, invocation->language, &sink);
  return status == ENT_OK ? ENT_OK : ent_output_failure(context, status);
}

/* From here on the session's bar is drawn and Ctrl-C is heard; the operations of a copy of the invocation tell it. */
static ent_invocation begin(const ent_invocation *invocation, ent_progress_bar *bar) {
  ent_invocation own = *invocation;
  ent_progress_begin(bar);
  own.bar = bar;
  return own;
}

/* The end of an operation that could be stopped: nothing is written then. */
static int end(ent_context *context, ent_status status, const ent_result *result, const ent_invocation *invocation) {
  if (ent_progress_end(invocation->bar)) return ENT_INTERRUPTED;
  return ent_session_end(context, status, result, invocation);
}

/* The user's own store, where none was named, is a convenience: without it a run keeps nothing and goes on. */
static ent_status open_store(ent_context *context, const char *path, ent_store **out) {
  ent_status status = ent_store_open(context, path, out);
  if (status == ENT_STORE && !path) {
    fprintf(stderr, "entente: %s\nentente: this run keeps nothing\n", ent_context_message(context));
    status = ent_store_open(context, ":memory:", out);
  }
  if (status == ENT_OK && ent_store_notice(*out)) fprintf(stderr, "entente: %s\n", ent_store_notice(*out));
  return status;
}

/* The study of a side, and what there is to say about its opening. */
static ent_status open_study(ent_context *context, ent_store *store, const ent_invocation *invocation, size_t side,
                             const char *name, bool aside, ent_study **out) {
  ent_study_options options = ent_options_of_study(invocation, side);
  options.aside = aside;
  ent_status status = ent_study_open(context, store, name, &options, out);
  if (status == ENT_OK && ent_study_notice(*out)) fprintf(stderr, "entente: %s\n", ent_study_notice(*out));
  return status;
}

int ent_session_run(const ent_invocation *invocation, const char *name, ent_session_ask ask) {
  ent_store *store = NULL;
  ent_study *study = NULL;
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;

  ent_progress_bar bar;
  ent_invocation own = begin(invocation, &bar);
  ent_status status = open_store(context, invocation->store, &store);
  if (status == ENT_OK) status = open_study(context, store, invocation, 0, name, false, &study);
  if (status == ENT_OK) status = ask(study, &own, &result);
  int exit_code = end(context, status, result, &own);

  ent_result_free(result);
  ent_study_close(study);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}

/* A key names a row, not a study; any other name is first looked for among the studies. */
static ent_status open_chosen(ent_context *context, ent_store *store, ent_invocation *invocation, ent_study **out) {
  const char *name = invocation->operands[0];
  if (name && (strchr(name, '/') || !strchr(name, ':'))) {
    ent_status status = open_study(context, store, invocation, 0, name, false, out);
    if (status != ENT_NOT_FOUND || strchr(name, '/')) {
      invocation->operand_count--;
      memmove(invocation->operands, invocation->operands + 1, invocation->operand_count * sizeof *invocation->operands);
      return status;
    }
  }
  return open_study(context, store, invocation, 0, NULL, false, out);
}

int ent_session_run_chosen(const ent_invocation *invocation, ent_session_ask ask) {
  ent_store *store = NULL;
  ent_study *study = NULL;
  ent_result *result = NULL;
  ent_progress_bar bar;
  ent_invocation left = begin(invocation, &bar);
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;

  ent_status status = open_store(context, invocation->store, &store);
  if (status == ENT_OK) status = open_chosen(context, store, &left, &study);
  if (status == ENT_OK) status = ask(study, &left, &result);
  int exit_code = end(context, status, result, &left);

  ent_result_free(result);
  ent_study_close(study);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}

int ent_session_run_two(const ent_invocation *invocation, ent_session_ask_two ask) {
  ent_store *store = NULL;
  ent_study *from = NULL, *to = NULL;
  ent_result *result = NULL;
  bool two_names = invocation->operand_count == 2;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;

  ent_progress_bar bar;
  ent_invocation own = begin(invocation, &bar);
  ent_status status = open_store(context, invocation->store, &store);
  if (status == ENT_OK) status = open_study(context, store, invocation, 0, invocation->operands[0], false, &from);
  if (status == ENT_OK)
    status = open_study(context, store, invocation, 1, invocation->operands[two_names ? 1 : 0], two_names, &to);
  if (status == ENT_OK) status = ask(from, to, &own, &result);
  int exit_code = end(context, status, result, &own);

  ent_result_free(result);
  ent_study_close(to);
  ent_study_close(from);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}
