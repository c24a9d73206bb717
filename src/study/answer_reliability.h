/* answer_reliability.h - what the operation reliability answers: how far coders agree, and where they do not. */
#ifndef ENT_STUDY_ANSWER_RELIABILITY_H
#define ENT_STUDY_ANSWER_RELIABILITY_H

#include "study/answer.h"

typedef struct ent_alpha_answer { /* agreement on one scale */
  const char *scale;
  ent_label label;
  bool is_interval;        /* level of measurement; else ordinal */
  double alpha, low, high; /* Krippendorff's alpha with a 90 % bootstrap interval; NaN: no variation or too few */
  size_t items;            /* coded by two coders or more */
  size_t equal;            /* of them: all coders gave the same point */
  size_t alone;            /* coded by one coder only: they count in no alpha */
} ent_alpha_answer;

typedef struct ent_coded_value { /* what one coder gave */
  const char *key;               /* codings:id */
  const char *coder;
  ent_label coder_label, rationale; /* rationale: NULLs where it is confidential */
  double value, low, high;          /* NaN where it is confidential */
} ent_coded_value;

typedef struct ent_disagreement { /* an item that coders see differently */
  const char *key;                /* table:id */
  const char *scale;
  ent_label label;
  double apart; /* highest minus lowest point, as a share of the scale's range */
  size_t value_count;
  ent_coded_value *values; /* in the order of coders */
  size_t citation_count;
  ent_citation_answer *citations; /* of the item */
} ent_disagreement;

typedef struct ent_coder_answer {
  const char *id;
  ent_label label, description;
  size_t codings;
} ent_coder_answer;

typedef struct ent_reliability_answer {
  ent_basis_answer basis;
  const char *scale; /* the only one that was asked for, or NULL */
  bool all;          /* the page lists every disagreement */
  size_t coder_count, alpha_count, count;
  ent_coder_answer *coders;        /* as in the package */
  ent_alpha_answer *alphas;        /* in the order of scales */
  size_t withheld;                 /* disagreements that rest on confidential sources: counted, not listed */
  ent_disagreement *disagreements; /* the largest first */
} ent_reliability_answer;

#endif
