/* answer_composite.h - the answer of composite: units with scores and ranks, the tree that made them, the steps. */
#ifndef ENT_STUDY_ANSWER_COMPOSITE_H
#define ENT_STUDY_ANSWER_COMPOSITE_H

#include "study/answer.h"

typedef struct ent_composite_node_answer { /* an indicator, or what is made of its children */
  const char *code, *name, *unit;          /* name: the code where there is none; unit: NULL where there is none */
  int parent;                              /* node; -1: the top */
  int level;                               /* 1: an indicator */
  double direction;                        /* of an indicator: 1 or -1 */
  double given, weight, through;    /* weight: as given; as used, inside its group; of the whole, down the tree */
  size_t missing, changed, filled;  /* of an indicator: values that are not there, that treatment changed, that
                                       imputation filled in */
  double without;                   /* how far ranks move on average where it is left out; NaN: it can not be */
  double alpha;                     /* of an aggregate: Cronbach's alpha of its children */
  double linear, importance, share; /* squared correlation and main effect on its parent; its share of the group's */
  double top_importance;            /* main effect on the top */
} ent_composite_node_answer;

typedef struct ent_composite_input_answer { /* what is uncertain, and how much of the result it moves */
  const char *kind;                         /* values, weights, treat, impute, normalise, experts, aggregate */
  size_t place;                             /* in the order of the inputs */
  int node;                                 /* whose values, or whose children's weights; -1 */
  ent_figure first, total; /* first order and total index of how far ranks move; low, high: 95 % interval */
  double rank_change;      /* the largest mean move of ranks where it alone goes to its ends */
} ent_composite_input_answer;

typedef struct ent_composite_unit_answer {
  const char *code, *name; /* name: the code where there is none */
  const char *time;        /* NULL: no panel */
  bool kept;               /* screening left it in */
  size_t missing;          /* indicators without a value */
  double score, rank, coverage;
  const double *scores;           /* of each node */
  ent_figure spread, rank_spread; /* of score and rank over the draws */
  double rank_mean, confidence;   /* confidence: SMAA's confidence factor */
  const double *central_weight;   /* of each node; NULL: not computed; NaN: never first */
} ent_composite_unit_answer;

typedef struct ent_composite_step_answer { /* a choice, as the words have it under composite.STEP.NAME */
  const char *step, *name;                 /* "normalise", "min_max"; of aggregation one for each level */
  double parameter;                        /* a power, a share; NaN: has none */
  bool chosen;                             /* else it is the default */
} ent_composite_step_answer;

typedef struct ent_composite_answer {
  const char *inputs_sha256;
  size_t unit_count, indicator_count, node_count, period_count;
  ent_composite_unit_answer *units; /* the best first; what has no rank at the end, in the order of the data */
  ent_composite_node_answer *nodes; /* indicators as in META, then aggregates as in META */
  int top;
  size_t step_count;
  ent_composite_step_answer *steps;
  size_t without_score, left_out; /* units without any value; units that screening left out */
  size_t missing;                 /* values */
  bool is_varied;                 /* there are draws */
  bool draws_fitted;              /* fewer than the default, since units are many */
  bool varies_values, varies_weights, varies_methods;
  size_t uncertain; /* values with a range or a standard error */
  size_t alternative_count;
  ent_composite_step_answer *alternatives; /* of methods that vary */
  const char *distribution;
  const char *group; /* the column of groups, or NULL */
  double from, to;   /* of the scale; NaN where the normalisation has one of its own */
  double concentration, least_coverage, least_present;
  uint32_t draws;
  uint64_t seed;
  bool has_indices, has_coherence;
  bool few_to_correlate;  /* so few units that correlations mean nothing */
  bool many_to_correlate; /* so many units or nodes that the coherence was not computed */
  size_t input_count;
  ent_composite_input_answer *inputs;   /* by total index, the largest first */
  const double *acceptability, *better; /* units x units in the order of `units`; NULL: too many of them */
  const char *exported;                 /* the folder, or NULL */
  const struct ent_findings *notes;     /* of the reading; or NULL */
} ent_composite_answer;

#endif
