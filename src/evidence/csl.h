/* csl.h - what is read from an entry of the source register (CSL-JSON). */
#ifndef ENT_EVIDENCE_CSL_H
#define ENT_EVIDENCE_CSL_H

#include <stdbool.h>

#include "base/date.h"
#include "base/json.h"
#include "base/text.h"

/* A date variable ("issued", "accessed"): date-parts, or an EDTF text. False when it is missing or is no date; *why
 * (if not NULL) is then NULL or a sentence. *out is the last of its days and months. */
bool ent_csl_date(const ent_json *entry, const char *variable, ent_span *out, const char **why);
/* The work in one line: authors, title, what it appeared in, year. */
void ent_csl_line(const ent_json *entry, ent_text *line);

/* custom.handling, who may see the source: "public" (also where it says nothing), "interview" or "confidential"; NULL
 * for anything else. */
const char *ent_csl_handling(const ent_json *entry);
/* custom.archived, the address of a copy that stays; or NULL. */
const char *ent_csl_archived(const ent_json *entry);
/* custom.licence and custom.permission, on which terms the work may be used; or NULL where nothing is stated. */
const char *ent_csl_licence(const ent_json *entry);
const char *ent_csl_permission(const ent_json *entry);

#endif
