/* sound.h - whether what is read back from the store is what a load keeps.
 *
 * The check refuses a package whose numbers, dates and ranges do not hold, and everything that computes rests on that.
 * A store is a file, which may have been changed by others or by a failing disk since: what a load would not have kept
 * is refused here, rather than computed with. Cells with other words than were loaded are what `entente store check`
 * finds. */
#ifndef ENT_EVIDENCE_SOUND_H
#define ENT_EVIDENCE_SOUND_H

#include "base/context.h"
#include "evidence/catalog.h"
#include "evidence/format.h"
#include "records/evidence.h"
#include "table/table.h"

/* Whether the numbers of a table are there where they must be, finite and within the bounds of their column, its dates
 * are dates, no end is before its start, and low, value and high, or minimum and maximum, are in their order.
 * ENT_STORE, with row and column, for the first that is not. */
ENT_MUST_CHECK ent_status ent_sound_table(ent_context *context, const ent_resource *resource, const ent_table *table);

/* Whether each coding lies on the scale of its aspect, and on a point of it where the scale is ordinal. A coding whose
 * item, issue or scale is not there lies on none, and nothing reads it. ENT_STORE for the first that does not.
 * catalog: where the evidence is from; arena: for as long as the evidence lives. */
ENT_MUST_CHECK ent_status ent_sound_codings(ent_context *context, ent_arena *arena, ent_catalog *catalog,
                                            const ent_evidence *evidence);

#endif
