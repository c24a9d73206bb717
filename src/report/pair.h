/* pair.h - whether two figures can be compared, in words, for every page that sets two side by side. */
#ifndef ENT_REPORT_PAIR_H
#define ENT_REPORT_PAIR_H

#include "report/words.h"
#include "study/result.h"

const char *ent_pair_aspect(ent_words *words, ent_compared_aspect aspect); /* "Definition" */
/* What was found about an aspect: "other rules, so other things may be counted". */
const char *ent_pair_finding(ent_words *words, ent_compared_aspect aspect, const char *code);
const char *ent_pair_effect(ent_words *words, ent_hindrance effect); /* "forbids" */
/* What a figure has in an aspect: a label, or the words of a code. */
const char *ent_pair_side(ent_words *words, ent_compared_aspect aspect, ent_label label);

/* The same as ids, for programs. */
const char *ent_pair_aspect_id(ent_compared_aspect aspect);
const char *ent_pair_verdict_id(ent_hindrance verdict); /* yes, limited, no */
const char *ent_pair_effect_id(ent_hindrance effect);   /* none, limits, forbids */

#endif
