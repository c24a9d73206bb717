/* citation.h - where a citation points to, in words. */
#ifndef ENT_REPORT_CITATION_H
#define ENT_REPORT_CITATION_H

#include "report/words.h"
#include "study/result.h"

/* "fn. 103, p. 24"; "p. 8, consultation"; an outside work by its own line and the place in it. */
const char *ent_citation_text(ent_words *words, const ent_citation_answer *citation);
/* The first few of them, shortened, and how many more there are; each text once. */
const char *ent_citation_list(ent_words *words, const ent_citation_answer *citations, size_t count);

#endif
