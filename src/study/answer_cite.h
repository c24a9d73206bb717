/* answer_cite.h - what the operation cite answers: works for a reference list. */
#ifndef ENT_STUDY_ANSWER_CITE_H
#define ENT_STUDY_ANSWER_CITE_H

#include "records/reference.h"
#include "study/answer.h"

typedef enum ent_cite_style { ENT_CITE_SWP, ENT_CITE_APA, ENT_CITE_CHICAGO } ent_cite_style;

typedef struct ent_cited_work {
  const char *role; /* package, study (the text that is encoded) or source */
  ent_reference reference;
  const char *csl;      /* as the register has it */
  const char *handling; /* public, interview or confidential (revealed) */
  size_t rows;          /* that cite it */
} ent_cited_work;

typedef struct ent_cite_answer {
  ent_basis_answer basis;
  ent_cite_style style;
  const char *style_name;
  size_t chosen_count; /* operands: keys and ids of sources; 0: all */
  const char *const *chosen;
  size_t withheld; /* confidential sources: counted, not listed */
  size_t count;
  ent_cited_work *works; /* package and study first, the others by author; as chosen where something was chosen */
} ent_cite_answer;

#endif
