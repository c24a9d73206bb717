/* check.h - judges a package: everything that is wrong with it, and what is odd about it, in one run.
 *
 * Errors (form, keys, units, figures without citation, ...) stop a load; notes (sums that do not add up, sources that
 * nobody cites, ...) do not: a faithful package of an inconsistent text must load. Each finding has the place, what is
 * wrong and, where it can be said, what would be right. */
#ifndef ENT_EVIDENCE_CHECK_H
#define ENT_EVIDENCE_CHECK_H

#include "base/context.h"
#include "evidence/package.h"
#include "records/finding.h"
#include "records/model.h"

/* Adds to the findings that reading the package made. Nothing is printed or changed; fails only when memory is
 * short. */
ENT_MUST_CHECK ent_status ent_check_package(ent_context *context, const ent_package *package, ent_findings *findings);
/* Notes on what the package holds for a model: one row that feeds two indicators of the score. */
ENT_MUST_CHECK ent_status ent_check_model(ent_context *context, const ent_package *package, const ent_model *model,
                                          ent_findings *findings);

#endif
