/* stale.h - names of what is to be renewed, for the page and the JSON. */
#ifndef ENT_REPORT_STALE_H
#define ENT_REPORT_STALE_H

#include "report/words.h"
#include "study/result.h"

const char *ent_stale_name(ent_stale_kind kind); /* "figure"; of programs */
const char *ent_stale_title(ent_words *words, ent_stale_kind kind);
/* The word of an entry's status or review. */
const char *ent_stale_code(ent_words *words, ent_stale_kind kind, const char *code);

#endif
