/* remove.c - the operation remove: a study with all its editions out of a store.
 *
 * Evidence must not vanish by a slip: the id is taken as it is, and nothing goes before it was confirmed. */
#include "base/text.h"
#include "evidence/format.h"
#include "study/study.h"

static ent_status refuse_unknown(ent_context *context, ent_store *store, ent_arena *arena, const char *id) {
  const char *const *ids = NULL;
  size_t count = 0;
  ent_status status = ent_store_studies(store, arena, &ids, &count);
  if (status) return status;
  const char *nearest = ent_text_nearest(id, ids, count);
  const char *remedy = nearest ? ent_arena_print(arena, "did you mean \"%s\"?", nearest)
                               : "entente study list shows what it holds; a folder is no id";
  return ent_fail(context, ENT_NOT_FOUND, ent_store_path(store), remedy, "there is no study \"%s\" in the store", id);
}

/* What is there to be removed. */
static ent_status look(ent_context *context, ent_store *store, ent_arena *arena, const ent_format *format,
                       const char *id, ent_remove_answer *answer) {
  const ent_edition *editions = NULL;
  ent_status status = ent_store_editions(store, arena, id, &editions, &answer->edition_count);
  if (status) return status;
  if (!answer->edition_count) return refuse_unknown(context, store, arena, id);
  ent_edition_rows *sums = ent_arena_take(arena, answer->edition_count, sizeof *sums);
  answer->study = ent_arena_print(arena, "%s", id);
  answer->store = ent_arena_print(arena, "%s", ent_store_path(store));
  if (!sums || !answer->study || !answer->store) return ent_fail_memory(context);
  for (size_t r = 0; !status && r < format->resource_count; r++)
    status = ent_store_count(store, &format->kept[r], id, editions, answer->edition_count, sums);
  for (size_t e = 0; e < answer->edition_count; e++) {
    answer->versions += sums[e].added + sums[e].changed;
    answer->released_count += *editions[e].released != '\0';
  }
  const ent_edition *highest = &editions[answer->edition_count - 1];
  answer->highest = highest->number;
  return status ? status : ent_study_title(context, arena, id, highest, &answer->title);
}

static ent_status say_what_goes(ent_context *context, const ent_store *store, const ent_remove_answer *answer) {
  if (ent_store_is_read_only(store))
    return ent_fail(context, ENT_STORE, ent_store_path(store),
                    "copy it to a place that can be written, and name the copy with --store",
                    "the store can only be read here, so nothing can be removed");
  return ent_fail(context, ENT_USAGE, answer->study, "to remove it, ask again with --yes", "nothing was removed");
}

ent_status ent_study_remove(ent_context *context, ent_store *store, const char *id, int confirmed, ent_result **out) {
  *out = NULL;
  ent_context_clear(context);
  const ent_format *format = NULL;
  ent_result *result = ent_result_new(context, ENT_REMOVE);
  if (!result) return ent_fail_memory(context);
  ent_remove_answer *answer = &result->remove;
  ent_status status = ent_format_read(context, result->arena, &format);
  if (!status) status = look(context, store, result->arena, format, id, answer);
  if (!status && !confirmed) status = say_what_goes(context, store, answer);
  else if (!status) status = ent_store_remove(store, id, format->kept, format->resource_count, &answer->compact);
  answer->done = !status;
  if (!status || status == ENT_USAGE) *out = result;
  else ent_result_free(result);
  return status;
}
