/* reference.h - an entry of the source register (CSL-JSON) as a reference. */
#ifndef ENT_EVIDENCE_REFERENCE_H
#define ENT_EVIDENCE_REFERENCE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "records/reference.h"

/* Everything is copied into arena. Variables that CSL has and references do not use are left out. False when memory is
 * short. */
bool ent_reference_read(const ent_json *entry, ent_arena *arena, ent_reference *out);

#endif
