/* read.h - an edition of a study from the store, as plain structs for the thinking wing. */
#ifndef ENT_EVIDENCE_READ_H
#define ENT_EVIDENCE_READ_H

#include "base/context.h"
#include "evidence/catalog.h"
#include "records/evidence.h"
#include "store/store.h"

/* The edition that a catalog is of. The structs live in arena, their texts as long as the catalog, whose tables they
 * are read from, so that each row leaves the store once. */
ENT_MUST_CHECK ent_status ent_evidence_read(ent_context *context, ent_arena *arena, ent_catalog *catalog,
                                            ent_evidence **out);

#endif
