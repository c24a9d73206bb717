/* coded.h - what coders gave the rows that they coded (inside study/ only). */
#ifndef ENT_STUDY_CODED_H
#define ENT_STUDY_CODED_H

#include "study/lookup.h"
#include "study/study.h"

typedef struct ent_codings { /* the codings of a study by what they code */
  ent_study *study;
  ent_arena *arena;
  ent_rows rows;
  ent_lookup items; /* "table:id" -> its codings */
} ent_codings;

ENT_MUST_CHECK ent_status ent_codings_open(ent_study *study, ent_arena *arena, ent_codings *out);
/* What was given to an item ("table:id"), aspect by aspect in the order of their first coding; codings that are
 * confidential or were not known are left out. scale: of the aspects that have no scale of their own name (stance,
 * severity, support), or NULL. */
ENT_MUST_CHECK ent_status ent_codings_of(const ent_codings *codings, const char *item, const char *scale,
                                         ent_coded_aspect **out, size_t *count);

#endif
