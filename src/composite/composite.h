/* composite.h - one evaluation of a composite, step by step: what the files of this room share.
 *
 * Inside, matrices stand column by column, column[node * unit_count + unit], since every step but aggregation looks at
 * one indicator at a time; NaN is missing, and units that are left out are missing throughout. A step says what is
 * wrong, and where, by ent_composite_wrong. */
#ifndef ENT_COMPOSITE_COMPOSITE_H
#define ENT_COMPOSITE_COMPOSITE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "composite/acceptability.h"
#include "entente/composite.h"

/* Fills in the fault and returns its reason. */
ent_composite_reason ent_composite_wrong(ent_composite_fault *fault, ent_composite_reason reason, long unit, long node);

/* ---- the tree, checked and in order ---- */

typedef struct ent_composite_nodes {
  size_t count, indicator_count;
  int top;
  size_t aggregate_count;
  int *upward;   /* aggregates: children before their parents */
  size_t *first; /* nodes + 1: the children of a node are child[first[node]] to child[first[node + 1] - 1] */
  int *child;    /* in the order of nodes */
  int *height;   /* nodes: 0 for indicators, else one more than the highest child */
} ent_composite_nodes;

/* Memory from the arena. O(nodes). */
ent_composite_reason ent_composite_nodes_check(const ent_composite_tree *tree, size_t indicator_count, ent_arena *arena,
                                               ent_composite_nodes *out, ent_composite_fault *fault);

/* ---- what an evaluation works on ---- */

typedef struct ent_composite_work {
  ent_arena *arena;
  size_t unit_count, indicator_count;
  ent_composite_nodes nodes;
  ent_composite_tree tree;
  ent_composite_methods methods; /* with defaults filled in, and as many levels as can be */
  const int *group;
  const long *previous;

  double *column;      /* nodes x units: values at first, then what each step makes of them */
  unsigned char *kept; /* units */
  size_t kept_count;
  double *low, *high;           /* indicators: goalposts, transformed as their indicators; NULL: none */
  double *weight;               /* nodes: summing to 1 in each group; the top's is 1 */
  ent_composite_change *change; /* indicators: what treatment does is written there; or NULL */

  /* scratch */
  double *unit_scratch; /* units */
  double *node_scratch; /* 2 x nodes */
  const double **voice; /* nodes: columns of the children that compare units */
  ent_acceptability_place *place;
  uint32_t *first, *last; /* units: ranks */
  uint32_t *group_of;     /* units: groups counted from 0; NULL where imputation asks for none */
  uint32_t *by_time;      /* units: such that earlier rows come first; NULL likewise */
} ent_composite_work;

/* Checks all that does not hang on values, and takes all memory that the steps need but Condorcet rankings and weights
 * from correlations. The work keeps pointers to what the data and the tree point to. */
ent_composite_reason ent_composite_work_init(ent_composite_work *work, ent_arena *arena, const ent_composite_data *data,
                                             const ent_composite_tree *tree, const ent_composite_methods *methods,
                                             ent_composite_fault *fault);

/* All steps over work->column, whose indicators hold the values. given: weights (nodes) whatever the methods say, or
 * NULL. treated, imputed: units x indicators, row by row, as the caller wants them; or NULL. */
ent_composite_reason ent_composite_steps(ent_composite_work *work, const double *given, double *treated,
                                         double *imputed, ent_composite_fault *fault);

static inline double *ent_composite_column(const ent_composite_work *work, int node) {
  return work->column + (size_t)node * work->unit_count;
}

/* What goes out has one NaN, whatever operations and compilers made of its sign. */
static inline double ent_composite_plain(double x) { return isnan(x) ? (double)NAN : x; }

static inline int ent_composite_direction(const ent_composite_work *work, size_t indicator) {
  return work->tree.direction ? work->tree.direction[indicator] : 1;
}

/* Least and largest of the values that are there, and how many they are. None: 0, and least and most are NaN. */
size_t ent_composite_ends(const double *values, size_t count, double *least, double *most);

/* ---- the way without the steps ---- */

typedef struct ent_composite_scale { /* of an indicator: normalised = offset + factor x (value - origin) */
  double offset, factor, origin;
  double low, high; /* goalposts */
} ent_composite_scale;

typedef struct ent_composite_fast {
  double *through; /* nodes: weight in the top */
  double *value;   /* nodes: of one unit */
  bool *there;     /* nodes: not missing for all units */
  ent_composite_scale *scale;
  struct ent_column_term *term;
} ent_composite_fast;

/* Whether the choices allow it, beside weights that hang on scores. */
bool ent_composite_fast_can(const ent_composite_work *work);
/* Memory from the work's arena; false: it is short. */
bool ent_composite_fast_init(ent_composite_fast *out, const ent_composite_work *work);
/* Scores of the top from indicators column by column. given: as for the steps. false: something is wrong, or too large
 * or small for this way; the steps tell. */
bool ent_composite_fast_run(ent_composite_work *work, ent_composite_fast *fast, const double *columns,
                            const double *given, double *score);

/* ---- the steps ---- */

/* Units whose share of values is below least_coverage are marked as left out and made missing throughout. */
void ent_composite_screen(ent_composite_work *work);
/* Each indicator in place, and its goalposts. */
ent_composite_reason ent_composite_treat(ent_composite_work *work, ent_composite_fault *fault);
void ent_composite_impute(const ent_composite_work *work);
ent_composite_reason ent_composite_normalise(ent_composite_work *work, ent_composite_fault *fault);

/* Weights of all groups that do not hang on scores: as given, equal, of experts. */
ent_composite_reason ent_composite_weigh(ent_composite_work *work, const double *given, ent_composite_fault *fault);
/* Weights of one group that hang on its children's scores. */
ent_composite_reason ent_composite_weigh_group(ent_composite_work *work, int node, ent_composite_fault *fault);

/* Scores of an aggregate from those of its children, with weights (nodes) that need not sum to 1. out: units. */
ent_composite_reason ent_composite_aggregate(ent_composite_work *work, int node, const double *weight, double *out,
                                             ent_composite_fault *fault);

/* The same of what compares units: Copeland's score; n - rank in a ranking that the fewest weighted pairs contradict.
 */
ent_composite_reason ent_composite_copeland(ent_composite_work *work, int node, const double *weight, double *out,
                                            ent_composite_fault *fault);
ent_composite_reason ent_composite_condorcet(ent_composite_work *work, int node, const double *weight, double *out,
                                             ent_composite_fault *fault);

/* Ranks, 1 the best, ties with their mean, NaN for NaN. place: 2 x units; first, last: units. O(n log n). */
void ent_composite_rank(const double *score, size_t unit_count, ent_acceptability_place *place, uint32_t *first,
                        uint32_t *last, double *rank);

#endif
