/* read.h - an edition of a study from the store, as plain structs for the thinking wing. */
#ifndef ENT_EVIDENCE_READ_H
#define ENT_EVIDENCE_READ_H

#include "base/context.h"
#include "evidence/format.h"
#include "records/evidence.h"
#include "store/store.h"

/* Everything lives in arena. ENT_NOT_FOUND when the store has no such edition (0: the highest), with the nearest
 * known study. */
ENT_MUST_CHECK ent_status ent_evidence_read(ent_context *context, ent_arena *arena, ent_store *store,
                                            const ent_format *format, const char *study, int edition,
                                            ent_evidence **out);
/* The edition itself; ENT_NOT_FOUND as above. */
ENT_MUST_CHECK ent_status ent_evidence_edition(ent_context *context, ent_arena *arena, ent_store *store,
                                               const char *study, int edition, ent_edition *out);

#endif
