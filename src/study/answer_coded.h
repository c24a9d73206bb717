/* answer_coded.h - part of answers that show coded rows: what coders gave, and how far they lie apart. */
#ifndef ENT_STUDY_ANSWER_CODED_H
#define ENT_STUDY_ANSWER_CODED_H

#include "study/answer.h"

typedef struct ent_coded_by { /* one coder's value */
  const char *key, *coder;
  ent_label coder_label, rationale;
  double value, low, high;
} ent_coded_by;

typedef struct ent_coded_aspect {
  const char *aspect, *scale;
  double minimum, maximum; /* of the scale; NaN where it is not there */
  double value, low, high; /* mean over coders; the least and the greatest that one of them holds for possible */
  ent_label anchor;        /* of the point where the mean lies; NULLs where it lies between points */
  size_t count;
  ent_coded_by *coders; /* in the order of the codings */
} ent_coded_aspect;

#endif
