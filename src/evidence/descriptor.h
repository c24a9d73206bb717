/* descriptor.h - inside evidence: what datapackage.json says. */
#ifndef ENT_EVIDENCE_DESCRIPTOR_H
#define ENT_EVIDENCE_DESCRIPTOR_H

#include "evidence/package.h"

/* bytes NULL: there is no descriptor (which has been reported). package->format must be set; study, title, edition,
 * dates, model and descriptor are filled as far as they are right. *paths has the path of each resource of the
 * format, or NULL where none is named. */
ENT_MUST_CHECK ent_status ent_descriptor_read(ent_context *context, ent_arena *arena, const char *bytes, size_t length,
                                              ent_findings *findings, ent_package *package, const char *const **paths);
#define ENT_LONGEST_ID 200
#define ENT_ID_REMEDY \
  "use letters, digits, \"-\", \"_\" and \".\", the first a letter or digit, and no more than 200 of them"
/* Whether text is an id: a letter or digit, then letters, digits, "_", "." and "-". */
bool ent_id_is_good(const char *text, size_t length);
/* Reports the message of the JSON reader about path as a finding, and clears it. */
void ent_report_json(ent_context *context, const char *path, ent_findings *findings);

#endif
