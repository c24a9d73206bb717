/* read.h - an edition of a study from the store, as plain structs for the thinking wing. */
#ifndef ENT_EVIDENCE_READ_H
#define ENT_EVIDENCE_READ_H

#include "base/context.h"
#include "evidence/catalog.h"
#include "records/evidence.h"
#include "store/store.h"

/* The edition that a catalog is of. Of views, figures, bodies, duties and codings only what was published by the day
 * known_at stays (ENT_DAY_OPEN_END: all of it); the frame that they hang in (actors, offices, alliances, scales,
 * issues) stays as it is. The structs live in arena, their texts as long as the catalog, whose tables they are read
 * from, so that each row leaves the store once. */
ENT_MUST_CHECK ent_status ent_evidence_read(ent_context *context, ent_arena *arena, ent_catalog *catalog,
                                            int32_t known_at, ent_evidence **out);

#endif
