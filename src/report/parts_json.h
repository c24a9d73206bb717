/* parts_json.h - the pieces that several answers have in common, as JSON. All return false when memory is short. */
#ifndef ENT_REPORT_PARTS_JSON_H
#define ENT_REPORT_PARTS_JSON_H

#include "base/json.h"
#include "records/finding.h"
#include "report/words.h"
#include "study/result.h"

/* {"median", "low", "high"}; null where missing. */
bool ent_parts_json_figure(ent_json *object, const char *key, ent_figure figure);
/* An array of findings; findings may be NULL. */
bool ent_parts_json_findings(ent_json *object, const char *key, const ent_findings *findings);
/* {"code", "text"} of a word key such as "missing.too_old", or null. */
bool ent_parts_json_reason(ent_json *object, ent_words *words, const char *key, const char *word_key);
bool ent_parts_json_citations(ent_json *object, ent_words *words, const char *key, const ent_citation_answer *citations,
                              size_t count);
/* {"en", "de"} */
bool ent_parts_json_label(ent_json *object, const char *key, ent_label label);
/* The date of an edition's release; null for a working copy. */
bool ent_parts_json_released(ent_json *object, const char *key, const char *released);
/* object if ok, else NULL after freeing it. */
ent_json *ent_parts_json_keep(ent_json *object, bool ok);

#endif
