/* uncertain.h - what of a composite is uncertain, and how a number between 0 and 1 becomes one of its values.
 *
 * Uncertainty analysis takes its numbers from random streams, sensitivity analysis from a sequence of points; both turn
 * them into values, weights and choices here. Reads what composite.h calls uncertainty; changes nothing of the
 * caller's. */
#ifndef ENT_COMPOSITE_UNCERTAIN_H
#define ENT_COMPOSITE_UNCERTAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "entente/composite.h"
#include "num/quantile_table.h"

/* Units and nodes are numbered below this, so that a random stream has a number of its own for each; units x indicators
 * is at most that many. */
#define ENT_UNCERTAIN_MOST ((size_t)1 << 24)

/* A value that is uncertain. */
typedef struct ent_uncertain_value {
  uint32_t unit, indicator;
  double low, mode, high; /* of a range; of a normal: unused, mean, standard error */
  bool uniform;           /* a range alone, without a value inside */
} ent_uncertain_value;

/* What weights vary around. */
typedef struct ent_uncertain_weights {
  const double *share;                /* nodes: inside each group */
  const ent_quantile_table **variate; /* nodes: of the gamma variates that are divided by the sum of their group; NULL:
                                         the weight is the share, or the shape is not for tables */
} ent_uncertain_weights;

/* What a draw chooses among. */
typedef enum ent_uncertain_choice {
  ENT_CHOICE_TREATMENT,
  ENT_CHOICE_IMPUTATION,
  ENT_CHOICE_NORMALISATION,
  ENT_CHOICE_WEIGHTING,
  ENT_CHOICE_AGGREGATION,
  ENT_CHOICE_EXPERT, /* whose budget counts, where the weighting is by budgets, one at a time */
  ENT_CHOICES
} ent_uncertain_choice;

typedef struct ent_uncertain {
  ent_composite_data data; /* its values: those given, and the middle of a range that has none */
  const ent_composite_tree *tree;
  const ent_composite_methods *methods;
  const ent_composite_uncertainty *uncertainty;
  size_t cell_count;           /* units x indicators */
  const double *columns;       /* the nominal values, column by column */
  ent_uncertain_value *values; /* by indicator, then unit */
  size_t value_count;
  unsigned choice_count[ENT_CHOICES];         /* 0: nothing to choose, as the methods say */
  ent_uncertain_weights given, equal, budget; /* budget: the mean of all experts */
  ent_uncertain_weights *expert;              /* experts */
  bool *drawn;                                /* nodes: weights that vary, where they are not computed from the data */
  bool weights_vary;
  const ent_quantile_table *normal, **pert, **gamma; /* pert: by their mode; gamma: by shape */
  ent_quantile_table *spare;                         /* not used yet, or NULL */
  double *gamma_shape;
  size_t gamma_count;
} ent_uncertain;

/* A draw's choices: an index into each list, or ENT_UNCERTAIN_NOMINAL: as the methods say; of experts: their mean. */
typedef struct ent_uncertain_pick {
  unsigned of[ENT_CHOICES];
} ent_uncertain_pick;
enum { ENT_UNCERTAIN_NOMINAL = 0xffffff };

/* Checks and arranges; memory from the arena, which it borrows, as it does all that is handed in. Each combination of
 * choices is evaluated with the nominal values, with all values near their low and with all near their high end: one
 * that makes no sense is refused here, with its reason. */
ent_composite_reason ent_uncertain_init(ent_uncertain *uncertain, ent_arena *arena, const ent_composite_data *data,
                                        const ent_composite_tree *tree, const ent_composite_methods *methods,
                                        const ent_composite_uncertainty *uncertainty, ent_composite_fault *fault);

/* The stream of random numbers that belongs to one value, node or choice. */
uint64_t ent_uncertain_value_stream(const ent_uncertain_value *value);
uint64_t ent_uncertain_weight_stream(size_t node);
uint64_t ent_uncertain_choice_stream(ent_uncertain_choice choice);

/* Uniform numbers become values of one uncertain value, in place. A PERT quantile lies between those of the two nearest
 * of 257 modes: within 1e-5 of the range. */
void ent_uncertain_values_of(const ent_uncertain *uncertain, const ent_uncertain_value *value, double *numbers,
                             size_t count);
/* The index that a uniform number chooses; nominal where there is nothing to choose. */
unsigned ent_uncertain_chosen(const ent_uncertain *uncertain, ent_uncertain_choice choice, double number);
/* A pick of nothing but what the methods say, and of lists of one. */
ent_uncertain_pick ent_uncertain_nominal(const ent_uncertain *uncertain);
/* Goes on to the next pick of all there are, the expert left at its mean; begins with what first gives. false: that was
 * the last. */
ent_uncertain_pick ent_uncertain_first(const ent_uncertain *uncertain);
bool ent_uncertain_next(const ent_uncertain *uncertain, ent_uncertain_pick *pick);
/* The methods of a pick, and a number that they alone have. */
ent_composite_methods ent_uncertain_methods(const ent_uncertain *uncertain, const ent_uncertain_pick *pick);
uint64_t ent_uncertain_number(const ent_uncertain *uncertain, const ent_uncertain_pick *pick);
/* What a pick's weights vary around; NULL: they are computed from the data. */
const ent_uncertain_weights *ent_uncertain_weights_of(const ent_uncertain *uncertain, const ent_uncertain_pick *pick);
/* Uniform numbers become one node's variates, in place; where its weight does not vary, its share. */
void ent_uncertain_variates_of(const ent_uncertain *uncertain, const ent_uncertain_weights *weights, size_t node,
                               double *numbers, size_t count);

/* Divides what each node of a group has by the sum of its group, in place; groups without any are left. sum: nodes. */
void ent_uncertain_share_out(const ent_composite_tree *tree, double *weight, double *sum);

/* Plans of the methods that were asked for last, of one thread; zero-initialised. */
enum { ENT_UNCERTAIN_MOST_PLANS = 16 };
typedef struct ent_uncertain_plans {
  struct {
    ent_composite_plan *plan;
    ent_composite_methods methods; /* stays, since the plan may look at it */
    uint64_t number;
  } slot[ENT_UNCERTAIN_MOST_PLANS];
} ent_uncertain_plans;

/* The scores of the top, for a pick, values (column by column) and weights (nodes; NULL: computed from the data). */
ent_composite_reason ent_uncertain_run(const ent_uncertain *uncertain, ent_uncertain_plans *plans,
                                       const ent_uncertain_pick *pick, const double *columns, const double *weight,
                                       double *score, ent_composite_fault *fault);
void ent_uncertain_plans_clear(ent_uncertain_plans *plans);

#endif
