/* published.h - inside evidence: from which day on each row of a package could be known.
 *
 * A row was published on the latest date among its citations of role source: the source's date of issue, else the day
 * on which it was accessed. A coding takes the date of the row that it codes, since it rests on that. */
#ifndef ENT_EVIDENCE_PUBLISHED_H
#define ENT_EVIDENCE_PUBLISHED_H

#include "evidence/package.h"

/* For each resource of the format a list with a day ("2021-05-31", the last of a coarse date) or NULL for each of its
 * rows. Everything lives in arena. */
ENT_MUST_CHECK ent_status ent_published_compute(ent_context *context, ent_arena *arena, const ent_package *package,
                                                const char *const *const **out);

#endif
