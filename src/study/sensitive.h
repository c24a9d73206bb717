/* sensitive.h - what the files of the operation sensitivity share (inside study/ only). */
#ifndef ENT_STUDY_SENSITIVE_H
#define ENT_STUDY_SENSITIVE_H

#include "assess/sensitivity.h"
#include "study/study.h"

typedef struct ent_cited_source { /* of the study, with the rows of evidence that rest on it */
  const char *id, *line;
  size_t row_count, only_count;
  ent_key *rows; /* that cite it among others, rising */
  ent_key *only; /* that cite nothing else, rising */
} ent_cited_source;

typedef struct ent_sensitive { /* one run */
  ent_run run;
  ent_factors factors;
  ent_sensitivity_answer *answer;
  const size_t *listed; /* inputs that reach a score: their places among all */
  size_t set_count, set_room;
  ent_factor_set *sets; /* of the listed inputs, then of the groups */
  size_t source_count;
  ent_cited_source *sources; /* by id */
  size_t used_count;
  ent_key *used; /* rows that scores rest on, rising */
  ent_status status;
} ent_sensitive;

/* NULL, and the status set, when memory is short. */
void *ent_sensitive_take(ent_sensitive *s, size_t count, size_t size);
bool ent_sensitive_has(const ent_key *keys, size_t count, ent_key key);

/* sensitivity_sources.c: the sources with their rows, and the rows that are used. */
void ent_sensitive_read_sources(ent_sensitive *s);
/* sensitivity_inputs.c: which inputs are listed, and what they are. */
void ent_sensitive_list_inputs(ent_sensitive *s);
/* sensitivity_groups.c: sets of columns of inputs and groups, and the groups' answers without their indices. */
void ent_sensitive_make_sets(ent_sensitive *s);
/* sensitivity_omissions.c: what the scores are without each indicator, source and coder. */
void ent_sensitive_omit(ent_sensitive *s);

#endif
