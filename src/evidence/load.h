/* load.h - a package into the store. */
#ifndef ENT_EVIDENCE_LOAD_H
#define ENT_EVIDENCE_LOAD_H

#include "base/context.h"
#include "evidence/package.h"
#include "store/store.h"

/* Writes a package that was checked without errors, in one transaction. *unchanged: the store already held this
 * content and was not written. On failure the store is as it was. */
ENT_MUST_CHECK ent_status ent_package_load(ent_context *context, ent_store *store, const ent_package *package,
                                           bool *unchanged);

#endif
