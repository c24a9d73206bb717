/* answer_matrix.h - the answer of matrix: issues by states, each cell with those who held a view on it. */
#ifndef ENT_STUDY_ANSWER_MATRIX_H
#define ENT_STUDY_ANSWER_MATRIX_H

#include "study/answer_coded.h"

typedef struct ent_matrix_office { /* through which a view counts */
  const char *id, *weight_class;
  ent_label label;
} ent_matrix_office;

/* A view that was held in an office; a view of the state itself counts as its head's. */
typedef struct ent_matrix_view {
  const char *key, *actor;
  ent_label actor_label, label;   /* label: the view in a sentence */
  const char *partner, *alliance; /* ids; NULL: towards all, for all */
  ent_label partner_label, alliance_label;
  const char *source, *kind; /* of a threat: from whom, and of which kind; or NULL */
  ent_label source_label;
  const char *start, *end;            /* as written; NULL: not known */
  bool goes_on;                       /* its end is open */
  const char *held_from, *held_until; /* days on which holder and view come together; NULL: open */
  size_t office_count;
  ent_matrix_office *offices; /* the weightiest first; none where it was asked for by name */
  size_t coded_count;
  ent_coded_aspect *coded;
  const struct ent_matrix_view *before;   /* of the one who held the office before, or earlier of the same; or NULL */
  double change, change_low, change_high; /* of the first coded aspect since then; NaN where one has none */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_matrix_view;

typedef struct ent_matrix_dissent { /* two who held views at once whose coded ranges do not meet */
  const ent_matrix_view *leading, *other;
  double distance; /* of the means, other minus leading */
} ent_matrix_dissent;

typedef struct ent_matrix_cell { /* of a state */
  size_t view_count, dissent_count;
  ent_matrix_view **views; /* by the weight of the office; over a period by time */
  ent_matrix_dissent *dissents;
} ent_matrix_cell;

typedef struct ent_matrix_issue {
  const char *id, *key, *kind, *role; /* role: NULL where it has none */
  ent_label label, low_label, high_label;
  const char *scale;
  double minimum, maximum;
  ent_matrix_cell *cells; /* one for each state */
} ent_matrix_issue;

typedef struct ent_matrix_group { /* issues that the model puts into one dimension */
  const char *id;                 /* criterion/dimension; NULL: issues that the model does not read */
  ent_label label;
  size_t issue_count;
  ent_matrix_issue **issues;
} ent_matrix_group;

typedef struct ent_matrix_answer {
  ent_basis_answer basis;              /* as_of: NULL where a period was asked for */
  const char *from, *to;               /* as asked; NULL: not asked */
  const char *issues, *actors;         /* as asked */
  const char *model_id, *model_sha256; /* whose dimensions are the groups */
  size_t state_count;
  const char **states;
  ent_label *state_labels;
  size_t group_count;
  ent_matrix_group *groups;
  size_t without_office; /* views of those who held no office */
} ent_matrix_answer;

#endif
