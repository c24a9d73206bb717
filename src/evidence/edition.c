/* edition.c - finds an edition of a study, or says which name or number would be right. */
#include "evidence/edition.h"

#include "base/text.h"

ent_status ent_evidence_edition(ent_context *context, ent_arena *arena, ent_store *store, const char *study,
                                int edition, ent_edition *out) {
  const char *const *ids = NULL;
  size_t count = 0;
  ent_status status = ent_store_edition(store, arena, study, edition, out);
  if (status || out->number) return status;
  ent_edition highest = {0};
  status = ent_store_edition(store, arena, study, 0, &highest);
  if (status) return status;
  if (highest.number)
    return ent_fail(context, ENT_NOT_FOUND, study, NULL, "the store has no edition %d of this study; its highest is %d",
                    edition, highest.number);
  status = ent_store_studies(store, arena, &ids, &count);
  if (status) return status;
  const char *nearest = ent_text_nearest(study, ids, count);
  char *remedy = nearest ? ent_arena_print(arena, "did you mean \"%s\"?", nearest) : NULL;
  return ent_fail(context, ENT_NOT_FOUND, NULL, nearest ? remedy : "load its folder, or name the folder itself",
                  "there is no study \"%s\" in the store", study);
}
