/* answer_sensitivity.h - the answer of sensitivity: what drives the headline scores, and what would change the verdict.
 *
 * Outputs: the alliances in their order and, where there are two, the difference of the first and the second. Lists
 * that are said to be "of outputs" have one element for each. */
#ifndef ENT_STUDY_ANSWER_SENSITIVITY_H
#define ENT_STUDY_ANSWER_SENSITIVITY_H

#include "study/answer.h"

typedef struct ent_interval { /* an estimate with its 95 % interval over scramblings; NaN where there is none */
  double value, low, high;
} ent_interval;

typedef struct ent_index_answer { /* share of an output's variance */
  ent_interval first, total;      /* alone; alone and in any combination */
} ent_index_answer;

typedef enum ent_output_reason { /* why there are no indices */
                                 ENT_OUTPUT_THERE,
                                 ENT_OUTPUT_MISSING, /* no score */
                                 ENT_OUTPUT_CONSTANT /* nothing varies */
} ent_output_reason;

typedef struct ent_class_answer { /* NULLs: there is none */
  const char *id;
  ent_label label;
} ent_class_answer;

typedef struct ent_output_answer {
  const char *id, *key; /* of the alliance, key as explain takes it; NULL: the difference */
  ent_label label;      /* of the difference: both names */
  bool is_difference;
  ent_figure score;          /* over the draws */
  ent_class_answer class_of; /* where its median falls; none: coverage too small, or the difference */
  double nominal;            /* with every input at its nominal value; NaN: missing */
  ent_class_answer nominal_class;
  double coverage; /* NaN: the difference */
  ent_output_reason reason;
  double mean, variance;   /* of the design */
  double sum_first;        /* of all inputs */
  const size_t *by_total;  /* inputs by falling total index */
  size_t flip_count;       /* inputs that can change the verdict alone */
  const size_t *by_change; /* these, methods first, then by rising change */
  const size_t *by_swing;  /* inputs by falling distance of the scores at their ends */
  const size_t *by_moves;  /* omissions by the size of their change; a score that is lost first */
} ent_output_answer;

typedef struct ent_flip_answer { /* the nearest value of an input that changes the verdict, all else nominal */
  bool found;
  double value, change; /* value: of a method the place of the choice. change: relative to the scale (codes), to 1
                           (shares, weights, methods), else to the value */
  double score;
  ent_class_answer class_of; /* of the difference: none; its sign turns */
} ent_flip_answer;

typedef struct ent_input_output { /* what an input does to one output */
  ent_index_answer index;
  double at_low, at_high; /* the output with the input at its ends, all else nominal */
  ent_flip_answer flip;
} ent_input_output;

typedef struct ent_input_answer {
  const char *kind;   /* "figure", "code", "weight" or "method" */
  const char *key;    /* table:id of what is coded or measured, or where the weight stands; as explain takes it. Of a
                         method methods:aggregation or methods:weights, which explain does not take */
  ent_label label;    /* of a method: NULLs, a word says it */
  const char *method; /* of a method: aggregation or weights; else NULL */
  size_t choice_count, stated;  /* of a method; stated: the place of the choice that counts where methods do not vary */
  const char *const *choices;   /* ids */
  double **at_choices;          /* outputs x choices: scores, all else nominal */
  const char *aspect;           /* of a code, else NULL */
  const char *unit;             /* of a figure, with its currency; else NULL */
  bool withheld;                /* confidential */
  bool of_criterion;            /* a weight: of a criterion */
  double nominal, low, high;    /* of a weight its share of its group; low and high: its 5th and 95th percentile */
  double scale_low, scale_high; /* of a code; else NaN */
  bool whole;
  size_t row_count;
  const char **rows; /* codings or observations that it is drawn from, as table:id */
  size_t place_count;
  const char **places; /* keys of the indicators that it feeds */
  size_t citation_count;
  ent_citation_answer *citations;
  ent_input_output *of; /* outputs */
} ent_input_answer;

typedef struct ent_group_answer {
  const char *kind; /* "part", "criterion", "source" or "coder" */
  const char *id;   /* of a part: figures, codes, sources, coders, weights, methods */
  const char *key;  /* as explain takes it, or NULL */
  ent_label label;  /* of a part: NULLs, a word says it */
  size_t input_count;
  ent_index_answer *of; /* outputs */
} ent_group_answer;

typedef struct ent_omission_output { /* NaN: no score without it */
  ent_figure score, change;          /* change: without it less with it, on common draws */
  double coverage;
  ent_class_answer class_of;
  bool class_changes;
} ent_omission_output;

typedef struct ent_omission_answer {
  const char *kind; /* "criterion", "dimension", "indicator", "source" or "coder" */
  const char *id, *key;
  ent_label label;
  size_t row_count;  /* of evidence that is gone; 0: an indicator */
  const char *ahead; /* id of the alliance with the highest median; NULL: one alone, or none */
  bool order_changes;
  double moves;            /* the largest change of an alliance, by its median */
  ent_omission_output *of; /* outputs */
} ent_omission_answer;

typedef struct ent_rank_answer { /* of an alliance */
  const double *acceptability;   /* of alliances: share of the draws in which it holds rank 1, 2, ... */
  const double *above;           /* of alliances: share of the draws in which it scores above each */
  const double *central;         /* of weights: mean shares where it is first; NaN: never */
  double confidence;
} ent_rank_answer;

typedef struct ent_sensitivity_answer {
  ent_run_answer run;
  uint32_t points, scramblings, omission_draws, top;
  size_t column_count;
  size_t alliance_count, output_count;
  ent_output_answer *outputs;
  const char *ahead; /* with everything */
  size_t input_count;
  ent_input_answer *inputs; /* values first, then weights, then methods */
  size_t beside_count;      /* values that vary and feed no score, such as those of readings */
  size_t group_count;
  ent_group_answer *groups;
  size_t omission_count;
  ent_omission_answer *omissions; /* by falling moves */
  size_t weight_count;
  const size_t *weights;  /* inputs: whose shares central weights are */
  ent_rank_answer *ranks; /* of alliances; NULL: one alone */
} ent_sensitivity_answer;

#endif
