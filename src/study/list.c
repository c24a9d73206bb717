/* list.c - the operation list: every study that a store holds. */
#include "study/study.h"

static ent_status list_one(ent_context *context, ent_store *store, ent_arena *arena, const char *id,
                           ent_listed_study *out) {
  const ent_edition *editions = NULL;
  size_t count = 0;
  ent_status status = ent_store_editions(store, arena, id, &editions, &count);
  if (status) return status;
  if (!count) return ent_fail(context, ENT_STORE, id, "try again", "the store changed while it was read");
  const ent_edition *highest = &editions[count - 1];
  *out = (ent_listed_study){.id = id,
                            .date = highest->date,
                            .released = highest->released,
                            .edition_count = count,
                            .highest = highest->number};
  return ent_study_title(context, arena, id, highest, &out->title);
}

static ent_status fill(ent_context *context, ent_store *store, ent_arena *arena, ent_list_answer *answer) {
  const char *const *ids = NULL;
  ent_status status = ent_store_studies(store, arena, &ids, &answer->count);
  if (status) return status;
  answer->store = ent_arena_print(arena, "%s", ent_store_path(store));
  answer->studies = ent_arena_take(arena, answer->count, sizeof *answer->studies);
  if (!answer->store || !answer->studies) return ent_fail_memory(context);
  for (size_t i = 0; !status && i < answer->count; i++)
    status = list_one(context, store, arena, ids[i], &answer->studies[i]);
  return status;
}

ent_status ent_study_list(ent_context *context, ent_store *store, ent_result **out) {
  *out = NULL;
  ent_context_clear(context);
  ent_result *result = ent_result_new(context, ENT_LIST);
  if (!result) return ent_fail_memory(context);
  ent_status status = ent_store_read_begin(store);
  if (!status) {
    status = fill(context, store, result->arena, &result->list);
    ent_store_read_end(store);
  }
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
