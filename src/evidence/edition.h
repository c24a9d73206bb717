/* edition.h - which edition of a study the store holds. */
#ifndef ENT_EVIDENCE_EDITION_H
#define ENT_EVIDENCE_EDITION_H

#include "base/context.h"
#include "store/store.h"

/* An edition of a study (0: the highest); ENT_NOT_FOUND with the nearest known study. Everything lives in arena. */
ENT_MUST_CHECK ent_status ent_evidence_edition(ent_context *context, ent_arena *arena, ent_store *store,
                                               const char *study, int edition, ent_edition *out);

#endif
