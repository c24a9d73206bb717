/* store.c - the operations on the store as a file: info, check, backup, restore. */
#include <string.h>

#include "study/study.h"

/* What all four begin with. */
typedef struct task {
  ent_context *context;
  ent_result *result;
  const ent_format *format;
  ent_store *store;
} task;

static ent_status begin(task *t, ent_context *context, ent_answer_kind kind, ent_result **out) {
  *out = NULL;
  ent_context_clear(context);
  *t = (task){.context = context, .result = ent_result_new(context, kind)};
  if (!t->result) return ent_fail_memory(context);
  return ent_format_read(context, t->result->arena, &t->format);
}

static ent_status open_store(task *t, const char *path) {
  ent_status status = ent_store_open_existing(t->context, path, &t->store);
  if (status) return status;
  const char *place = ent_store_path(t->store);
  t->result->store.store = ent_arena_copy(t->result->arena, place, strlen(place));
  t->result->store.read_only = ent_store_is_read_only(t->store);
  return t->result->store.store ? ENT_OK : ent_fail_memory(t->context);
}

static ent_status end(task *t, ent_status status, ent_result **out) {
  ent_store_close(t->store);
  if (status) ent_result_free(t->result);
  else *out = t->result;
  return status;
}

static ent_status look(task *t) {
  ent_store_answer *answer = &t->result->store;
  ent_store_state state;
  ent_status status = ent_store_look(t->store, t->result->arena, t->format->kept, t->format->resource_count, &state);
  if (status) return status;
  answer->version = state.version;
  answer->newest = state.newest;
  answer->bytes = state.bytes;
  answer->journal = state.journal;
  answer->held_count = state.count;
  answer->held = ent_arena_take(t->result->arena, state.count, sizeof *answer->held);
  if (!answer->held) return ent_fail_memory(t->context);
  for (size_t i = 0; i < state.count; i++) {
    const ent_store_held *held = &state.held[i];
    answer->held[i] = (ent_held_answer){held->study, held->released, held->number, held->rows, held->hashed};
  }
  return ENT_OK;
}

ent_status ent_store_info(ent_context *context, const char *path, ent_result **out) {
  task t;
  ent_status status = begin(&t, context, ENT_STORE_INFO, out);
  if (!status) status = open_store(&t, path);
  if (!status) status = look(&t);
  return end(&t, status, out);
}

ent_status ent_store_check(ent_context *context, const char *path, ent_result **out) {
  task t;
  ent_status status = begin(&t, context, ENT_STORE_CHECK, out);
  if (!status) status = open_store(&t, path);
  if (!status) {
    ent_findings *findings = ent_arena_take(t.result->arena, 1, sizeof *findings);
    if (findings) ent_findings_init(findings, t.result->arena);
    t.result->store.findings = findings;
    status = findings ? ent_store_examine(t.store, t.result->arena, t.format->kept, t.format->resource_count, findings,
                                          &t.result->store.rows)
                      : ent_fail_memory(context);
  }
  return end(&t, status, out);
}

ent_status ent_store_backup(ent_context *context, const char *path, const char *file, ent_result **out) {
  task t;
  ent_status status = begin(&t, context, ENT_STORE_COPY, out);
  if (!status) status = open_store(&t, path);
  if (!status) status = ent_store_copy(t.store, file, t.format->kept, t.format->resource_count);
  if (!status && !(t.result->store.file = ent_arena_copy(t.result->arena, file, strlen(file))))
    status = ent_fail_memory(context);
  return end(&t, status, out);
}

ent_status ent_store_restore(ent_context *context, const char *path, const char *file, ent_result **out) {
  task t;
  ent_status status = begin(&t, context, ENT_STORE_COPY, out);
  if (!status) {
    ent_store_answer *answer = &t.result->store;
    answer->restored = true;
    answer->file = ent_arena_copy(t.result->arena, file, strlen(file));
    status = answer->file ? ent_store_bring_back(context, path, file, t.format->kept, t.format->resource_count,
                                                 t.result->arena, &answer->store, &answer->kept)
                          : ent_fail_memory(context);
  }
  return end(&t, status, out);
}
