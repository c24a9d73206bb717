/* session.c - see session.h. */
#include "cli/session.h"

#include "cli/output.h"
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

int ent_session_run(const ent_invocation *invocation, const char *name, ent_session_ask ask) {
  ent_store *store = NULL;
  ent_study *study = NULL;
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;

  ent_status status = open_store(context, invocation->store, &store);
  const ent_study_options options = ent_options_of_study(invocation, 0);
  if (status == ENT_OK) status = ent_study_open(context, store, name, &options, &study);
  if (status == ENT_OK && ent_study_notice(study)) fprintf(stderr, "entente: %s\n", ent_study_notice(study));
  if (status == ENT_OK) status = ask(study, invocation, &result);
  int exit_code = ent_session_end(context, status, result, invocation);

  ent_result_free(result);
  ent_study_close(study);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}
