/* answer_gap.h - the answer of gap: what partners can expect of each other, and how that is out of balance. */
#ifndef ENT_STUDY_ANSWER_GAP_H
#define ENT_STUDY_ANSWER_GAP_H

#include "study/answer.h"

typedef struct ent_gap_node { /* a criterion, dimension or indicator of both directions */
  const char *id;
  const char *key_expects, *key_gives; /* as explain takes them; NULL where this direction does not have it */
  ent_label label;
  ent_figure expects, gives, difference; /* difference: expects minus gives, draw by draw; NaN where one is missing */
  const char *missing_expects, *missing_gives; /* reasons, or NULL */
  size_t child_count;
  struct ent_gap_node *children;
} ent_gap_node;

typedef struct ent_gap_pair {          /* two members of an alliance, as the ally sees it */
  const char *alliance, *ally, *other; /* ids; ally: the one that is no guarantor, else the later of the two */
  ent_label alliance_label, ally_label, other_label;
  ent_gap_node whole;                      /* its children are criteria */
  double coverage_expects, coverage_gives; /* shares of the weight that have evidence */
} ent_gap_pair;

typedef struct ent_standing_row { /* a view that the capital has of both */
  const char *id, *key_a, *key_b;
  ent_label label;
  ent_figure a, b, difference; /* difference: a minus b, draw by draw */
  const char *missing_a, *missing_b;
  size_t count_a, count_b;
  ent_citation_answer *citations_a, *citations_b;
} ent_standing_row;

typedef struct ent_standing {                            /* one ally against another in a third one's capital */
  const char *capital, *a, *b, *alliance_a, *alliance_b; /* ids */
  ent_label capital_label, a_label, b_label;
  ent_standing_row whole; /* all that the capital gives either; its citations are not filled */
  size_t count;
  ent_standing_row *rows; /* the model's indicators of views */
} ent_standing;

typedef struct ent_gap_moment {
  const char *day;
  bool stands;                           /* the alliance has both members on that day */
  ent_figure expects, gives, difference; /* on the evidence that all dates have */
  double coverage_expects, coverage_gives;
} ent_gap_moment;

typedef struct ent_gap_missing { /* an indicator that is left out at all dates, since one date lacks it */
  const char *key;
  ent_label label; /* with the giver's name */
  size_t count;
  const char **days, **reasons; /* where it is missing, and why */
} ent_gap_missing;

typedef struct ent_gap_course { /* a pair over time */
  const char *alliance, *ally, *other;
  ent_label alliance_label, ally_label, other_label;
  ent_gap_moment *moments; /* one for each date that was asked for */
  ent_figure change;       /* of the difference, from the first to the last date on which the alliance stands */
  size_t missing_count;
  ent_gap_missing *missing;
} ent_gap_course;

typedef struct ent_gap_answer {
  ent_run_answer run;
  size_t pair_count, standing_count, course_count, date_count;
  ent_gap_pair *pairs;
  ent_standing *standings;
  ent_gap_course *courses; /* none where fewer than two dates were asked for */
  const char **dates;      /* days, rising */
} ent_gap_answer;

#endif
