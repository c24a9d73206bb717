/* pair.h - whether two figures can be compared, in words, for every page that sets two side by side. */
#ifndef ENT_REPORT_PAIR_H
#define ENT_REPORT_PAIR_H

#include "base/json.h"
#include "report/words.h"
#include "study/result.h"

const char *ent_pair_aspect(ent_words *words, ent_compared_aspect aspect); /* "Definition" */
/* What was found about an aspect: "other rules, so other things may be counted". */
const char *ent_pair_finding(ent_words *words, ent_compared_aspect aspect, const char *code);
const char *ent_pair_effect(ent_words *words, ent_hindrance effect); /* "forbids" */
/* What a figure has in an aspect: a label, or the words of a code. */
const char *ent_pair_side(ent_words *words, ent_compared_aspect aspect, ent_label label);

/* "can not be compared: definition; also different: period", or "" where nothing stands in the way. */
const char *ent_pair_brief(ent_words *words, const ent_comparison *comparison);
/* {"comparable", "differs": [{"aspect", "effect", "code", "text"}]}, or null for NULL. False when memory is short. */
bool ent_pair_json_brief(ent_json *object, ent_words *words, const char *key, const ent_comparison *comparison);

/* The same as ids, for programs. */
const char *ent_pair_aspect_id(ent_compared_aspect aspect);
const char *ent_pair_verdict_id(ent_hindrance verdict); /* yes, limited, no */
const char *ent_pair_effect_id(ent_hindrance effect);   /* none, limits, forbids */

#endif
