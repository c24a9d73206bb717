/* answer.h - the parts that answers have in common: figures, citations, what a list of rows rests on.
 *
 * The answer of an operation is described in a header of its own, answer_NAME.h, or in result.h, which has them all. */
#ifndef ENT_STUDY_ANSWER_H
#define ENT_STUDY_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "records/evidence.h"

typedef struct ent_figure { /* over the draws: median, 5th and 95th percentile; NaN where missing */
  double median, low, high;
} ent_figure;

typedef struct ent_citation_answer {
  const char *id;
  const char *anchor;                            /* footnote, place or outside */
  const char *footnote, *page, *place, *locator; /* in the study, and in the work; "" where not given */
  const char *source;   /* the work in one line: authors, title, year; as the source register has it */
  const char *role;     /* source, rate, base_year, definition */
  const char *url;      /* or NULL */
  const char *handling; /* public, interview or confidential */
  bool withheld;        /* confidential: all the rest but the role is "" */
  const char *stance;   /* supports, contrary, see_also or own_translation */
  const char *licence;  /* of the work; NULL: none stated */
} ent_citation_answer;

typedef struct ent_run_answer {         /* what every figure of a run rests on */
  const char *study, *as_of, *known_at; /* as_of: the day; known_at: NULL (none) */
  ent_label study_title;
  int edition;
  size_t left_out_later, left_out_undated; /* rows that known_at left out */
  size_t withheld; /* rows of evidence that rest on confidential sources alone: they count and are not shown */
  size_t revealed_count;
  const char *const *revealed; /* ids of confidential sources that are shown, since they were asked for by name */
  uint64_t seed;
  uint32_t draws;
  const char *model_id, *model_version, *model_sha256, *inputs_sha256;
  const char *study_date;    /* its last day */
  bool after_study;          /* as_of lies after it: what has no end is taken to go on */
  const char *model_name;    /* as asked, or the default's name */
  const char *only_alliance; /* or NULL */
  const char *varied[4]; /* what varies from draw to draw: values, coders, weights, methods */
  size_t varied_count;
} ent_run_answer;

typedef struct ent_basis_answer { /* what a list of rows rests on */
  const char *study, *inputs_sha256;
  ent_label study_title;
  int edition;
  const char *as_of;                       /* the day that was asked for; NULL: none */
  const char *study_date, *known_at;       /* known_at: NULL (none) */
  bool after_study;                        /* as_of lies after the study's date */
  size_t left_out_later, left_out_undated; /* rows that known_at left out */
  size_t withheld; /* rows of evidence that rest on confidential sources alone: they are not shown */
  size_t revealed_count;
  const char *const *revealed; /* ids of confidential sources that are shown */
} ent_basis_answer;

typedef struct ent_where_answer { /* whom a row concerns */
  const char *alliance;           /* id, or NULL */
  ent_label alliance_label;
  size_t state_count;
  const char **states; /* actor ids */
  ent_label *state_labels;
} ent_where_answer;

#endif
