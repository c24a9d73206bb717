/* composite.h - composite indicators on plain arrays: from a matrix of indicators to scores, ranks, their uncertainty,
 * what drives them and how far they cohere. For whoever brings data of their own, from C, R or Python.
 *
 * The steps are those of the Handbook on Constructing Composite Indicators (OECD/JRC 2008): screen, treat, impute,
 * normalise, weight, aggregate, and back. Each step is a choice with a name; a choice that makes no sense for the data
 * is refused with its reason, never bent.
 *
 * Arrays are dense and row-major, units in rows: values[unit * indicator_count + indicator]. NaN is missing. Inputs are
 * only read; outputs are the caller's, with the shapes that are stated. Nothing is kept between calls; no call reads or
 * writes a file, prints, or looks at the clock. The same input and seed give the same bytes with any number of threads.
 *
 * Failure: a call returns what is wrong (ENT_COMPOSITE_FINE is 0) and, in a fault, where. Outputs are then undefined.
 */
#ifndef ENTENTE_COMPOSITE_H
#define ENTENTE_COMPOSITE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what can be wrong ---- */

typedef enum ent_composite_reason {
  ENT_COMPOSITE_FINE = 0,
  ENT_COMPOSITE_NO_UNITS,         /* no unit or no indicator */
  ENT_COMPOSITE_NO_TOP,           /* no node without a parent */
  ENT_COMPOSITE_TWO_TOPS,         /* more than one of them; node: the second */
  ENT_COMPOSITE_ORPHAN,           /* a parent that is not there, or is an indicator */
  ENT_COMPOSITE_CYCLE,            /* node: one of the circle */
  ENT_COMPOSITE_CHILDLESS,        /* an aggregate without children */
  ENT_COMPOSITE_NEGATIVE_WEIGHT,  /* or one that is no number */
  ENT_COMPOSITE_ZERO_WEIGHTS,     /* all weights of a group; node: their parent */
  ENT_COMPOSITE_DIRECTION,        /* neither 1 nor -1 */
  ENT_COMPOSITE_INFINITE,         /* a value that is infinite; unit and node */
  ENT_COMPOSITE_GOALPOSTS,        /* goalposts that are missing, equal or reversed; node */
  ENT_COMPOSITE_NO_REFERENCE,     /* distance to a reference that is missing, or not above 0; node */
  ENT_COMPOSITE_FEW_UNITS,        /* a method that compares units, with fewer than three of them; node: an indicator
                                     that has one or two values */
  ENT_COMPOSITE_NOT_POSITIVE,     /* a geometric or harmonic mean, logarithm, Box-Cox or reciprocal of 0 or less; unit,
                                     node: the child or indicator */
  ENT_COMPOSITE_NO_GROUPS,        /* imputation by group without groups */
  ENT_COMPOSITE_NO_PERIODS,       /* carrying forward without earlier rows, or rows that lead to themselves */
  ENT_COMPOSITE_MISSING_VALUES,   /* a method that needs complete data, and imputation is none; unit, node */
  ENT_COMPOSITE_NO_VARIATION,     /* principal components or correlations of indicators that do not vary; node */
  ENT_COMPOSITE_NO_EXPERTS,       /* budget allocation without experts, or an expert who gives nothing */
  ENT_COMPOSITE_RANGE,            /* low above high, a negative standard error, a value outside its range; unit, node */
  ENT_COMPOSITE_PARAMETER,        /* a parameter outside its range (see each) */
  ENT_COMPOSITE_METHOD,           /* a method's number that is none */
  ENT_COMPOSITE_MISMATCH,         /* two choices that make no sense together (see each); node */
  ENT_COMPOSITE_TOO_LARGE,        /* more inputs than the sequence has dimensions, more units than a method can rank */
  ENT_COMPOSITE_FEW_TO_CORRELATE, /* correlations of so few units that they mean nothing */
  ENT_COMPOSITE_MEMORY,
  ENT_COMPOSITE_STOPPED, /* the caller's progress function said so */
  ENT_COMPOSITE_REASONS
} ent_composite_reason;

/* Where: -1 where a place does not apply. node is an indicator (its column) or an aggregate. */
typedef struct ent_composite_fault {
  ent_composite_reason reason;
  long unit, node;
} ent_composite_fault;

/* What is wrong, and what to do: one English sentence each, without the place. Static. */
const char *ent_composite_reason_text(ent_composite_reason reason);
const char *ent_composite_remedy_text(ent_composite_reason reason);

/* ---- the data and the tree ---- */

typedef struct ent_composite_data {
  size_t unit_count, indicator_count;
  const double *values; /* units x indicators */
  const int *group;     /* units: a number for each group, or NULL */
  const long *previous; /* units: the row of the same unit one period earlier, -1 for none; or NULL: no panel */
} ent_composite_data;

/* Nodes 0 to indicator_count - 1 are the indicators, in the order of columns; aggregates follow in any order. */
typedef struct ent_composite_tree {
  size_t node_count;
  const int *parent;        /* nodes: -1 for the top, of which there is one */
  const double *weight;     /* nodes: inside its group (nodes of one parent); not negative, any sum but 0; the top's is
                               not looked at; NULL: all alike */
  const int *direction;     /* indicators: 1 more is better, -1 less is better; NULL: all 1 */
  const double *low, *high; /* indicators: goalposts, the values that score worst and best before direction; or NULL */
  const double *reference;  /* indicators: for the distance to a reference; or NULL */
} ent_composite_tree;

/* ---- the choices ---- */

/* The order of the first three steps. What a unit that is left out holds moves no figure of the others. */
typedef enum ent_composite_order {
  ENT_ORDER_SCREEN_TREAT_IMPUTE, /* what is filled in is taken from treated values */
  ENT_ORDER_SCREEN_IMPUTE_TREAT,
  ENT_ORDER_IMPUTE_SCREEN_TREAT, /* COINr's example: coverage counts what imputation has filled in */
  ENT_ORDERS
} ent_composite_order;

/* Goalposts are transformed with their indicator. Distances to a reference after a logarithm or Box-Cox depend on the
 * unit of measurement and are refused (ENT_COMPOSITE_MISMATCH). */
typedef enum ent_composite_treatment {
  ENT_TREAT_NONE,
  ENT_TREAT_WINSORISE,    /* while |skewness| >= skewness_limit and kurtosis >= kurtosis_limit, and fewer than
                             most_winsorised points have moved: the largest value (the smallest, where the skewness is
                             negative) becomes the next one, ties together. Skewness and excess kurtosis are the
                             sample estimates G1 and G2 of Joanes & Gill 1998, as in COINr */
  ENT_TREAT_LOG,          /* natural logarithm; of positive values */
  ENT_TREAT_SHIFTED_LOG,  /* ln(x - min + (max - min) / 100), the COIN Tool's; of any values */
  ENT_TREAT_BOX_COX,      /* (x^lambda - 1) / lambda with the lambda from -5 to 5 of the largest likelihood (Box & Cox
                             1964); of positive values */
  ENT_TREAT_AS_NEEDED,    /* winsorise; where that is not enough, the logarithm instead (the handbook's practice) */
  ENT_TREAT_AS_COIN_TOOL, /* winsorise; where that is not enough, the shifted logarithm instead: COINr's default */
  ENT_TREATMENTS
} ent_composite_treatment;

typedef enum ent_composite_imputation {
  ENT_IMPUTE_NONE, /* a missing value's weight is spread over its neighbours in the group */
  ENT_IMPUTE_MEAN, /* of the indicator */
  ENT_IMPUTE_MEDIAN,
  ENT_IMPUTE_GROUP_MEAN,    /* of the units of the same group; where there are none, still missing */
  ENT_IMPUTE_CARRY_FORWARD, /* the latest earlier period of the same unit that is not left out; never ahead */
  ENT_IMPUTE_WORST,         /* a bound: the worst value (by direction) that the indicator has in the data */
  ENT_IMPUTE_BEST,
  ENT_IMPUTATIONS
} ent_composite_imputation;

/* Goalposts, min-max and percentile ranks are shares, scaled to from..to; the others are as stated. An indicator that
 * does not vary tells no units apart: with min-max and z-scores it is missing for all. n counts the units that have a
 * value. All but goalposts and references compare units and need three of them. */
typedef enum ent_composite_normalisation {
  ENT_NORMALISE_GOALPOSTS,       /* (x - low) / (high - low), kept between 0 and 1; direction -1: 1 less that */
  ENT_NORMALISE_MIN_MAX,         /* the same between the least and the largest value */
  ENT_NORMALISE_Z_SCORE,         /* (x - mean) / sd, sd with n - 1; direction -1: the negative */
  ENT_NORMALISE_RANK,            /* mid-ranks, n the best */
  ENT_NORMALISE_PERCENTILE_RANK, /* (rank - 1) / (n - 1), mid-ranks */
  ENT_NORMALISE_REFERENCE,       /* x / reference; with direction -1: reference / x, of positive values */
  ENT_NORMALISE_BORDA,           /* rank - 1: how many units it beats, ties a half */
  ENT_NORMALISATIONS
} ent_composite_normalisation;

typedef enum ent_composite_weighting {
  ENT_WEIGHT_GIVEN,
  ENT_WEIGHT_EQUAL,       /* all nodes of a group alike */
  ENT_WEIGHT_BUDGET,      /* the mean over experts of how each divides its budget inside a group */
  ENT_WEIGHT_PRINCIPAL,   /* the squared loadings of the first principal component of each group's correlations; needs
                             three units and complete data */
  ENT_WEIGHT_CORRELATION, /* such that each node of a group has the same correlation with its parent, or as alike as
                             weights above 0 make them (Becker et al. 2017); of means; the same needs */
  ENT_WEIGHTINGS
} ent_composite_weighting;

/* Of the children that have a value and a weight above 0; the weight of the others is spread over them. Where there are
 * none, the aggregate is missing. Copeland and Condorcet compare units: they need three of them and complete data (a
 * child that is missing for all is passed over). */
typedef enum ent_composite_aggregation {
  ENT_AGGREGATE_ARITHMETIC,
  ENT_AGGREGATE_GEOMETRIC, /* of positive values */
  ENT_AGGREGATE_HARMONIC,  /* of positive values */
  ENT_AGGREGATE_POWER,     /* generalised mean (sum w x^p)^(1/p), p = power; p = 0 is the geometric mean; p < 0 of
                              positive values, other p but 1 of values that are not negative */
  ENT_AGGREGATE_WEAKEST,   /* the least */
  ENT_AGGREGATE_COPELAND,  /* pairs won minus pairs lost by weighted majority of the children, over n - 1: -1 to 1;
                              up to 10,000 units, Condorcet up to 1,000 (else ENT_COMPOSITE_TOO_LARGE) */
  ENT_AGGREGATE_CONDORCET, /* a ranking that the fewest weighted pairs contradict (Kemeny & Young): n - rank; units
                              that tie with all their neighbours share a rank. A unit that beats all others is first.
                              Exact where no circle of majorities holds more than 14 units; else no move of one unit
                              makes it better. With this or Copeland on several levels a better value may worsen
                              a rank, since others change places among themselves */
  ENT_AGGREGATIONS_OF_COMPOSITES
} ent_composite_aggregation;

enum { ENT_COMPOSITE_MOST_LEVELS = 16 };

/* Zero-initialise, then set what differs: no treatment, no screening, no imputation, goalposts, given weights,
 * arithmetic means. */
typedef struct ent_composite_methods {
  ent_composite_order order;
  ent_composite_treatment treatment;
  size_t most_winsorised;                /* points of an indicator; 0: 5 */
  double skewness_limit, kurtosis_limit; /* 0: 2 and 3.5 */
  double least_coverage;                 /* a unit with a smaller share of its values is left out; 0: none is */
  ent_composite_imputation imputation;
  ent_composite_normalisation normalisation;
  double from, to; /* from < to: what shares from 0 to 1 are scaled to; both 0: 0 to 100 */
  ent_composite_weighting weighting;
  size_t expert_count;
  const double *experts; /* experts x nodes, for budget allocation */
  size_t level_count;    /* of aggregation, 0: 1; fewer than the tree has: the last counts for the rest */
  ent_composite_aggregation aggregation[ENT_COMPOSITE_MOST_LEVELS]; /* by height: 0 from indicators upward */
  double power[ENT_COMPOSITE_MOST_LEVELS];
  double least_present[ENT_COMPOSITE_MOST_LEVELS]; /* an aggregate with a smaller share of its children (each counts
                                                      alike) is missing; 0: one will do */
} ent_composite_methods;

/* ---- one evaluation ---- */

/* What treatment made of an indicator, so that its figures can be followed by hand. */
typedef struct ent_composite_change {
  ent_composite_treatment treatment; /* NONE, WINSORISE, LOG, SHIFTED_LOG or BOX_COX: what was done in the end */
  double origin, shift;              /* logarithms are of x - origin + shift */
  double lambda;                     /* of Box-Cox; NaN else */
  double low, high;                  /* goalposts, as they were transformed with it; NaN: not used */
} ent_composite_change;

/* Any of the arrays may be NULL: it is not wanted. */
typedef struct ent_composite_scores {
  unsigned char *kept;          /* units: 0 where screening left it out; its figures are NaN, but for its coverage */
  double *treated;              /* units x indicators */
  double *imputed;              /* units x indicators: treated, with what was filled in */
  double *normalised;           /* units x indicators */
  double *weight;               /* nodes: as used, summing to 1 in each group */
  double *score;                /* units x nodes; of an indicator: normalised. NaN where nothing is there */
  double *rank;                 /* units: 1 is the best by the top's score, ties share their mean; NaN where no score */
  double *coverage;             /* units: share of the weight (through the tree) that has a value before imputation */
  ent_composite_change *change; /* indicators */
} ent_composite_scores;

/* All steps. O(units x nodes), with sorting where a method ranks, a reading for each winsorised point, and pairs of
 * units where a method compares them. fault may be NULL. */
ent_composite_reason ent_composite_evaluate(const ent_composite_data *data, const ent_composite_tree *tree,
                                            const ent_composite_methods *methods, const ent_composite_scores *out,
                                            ent_composite_fault *fault);

/* The same tree evaluated many times with new values and weights: a plan holds what does not change (order of nodes,
 * scratch memory). NULL when memory is short or the tree, checked as above, is wrong: the fault says which. Of the
 * data, all but the values, which are not looked at; it copies what it needs. Arithmetic means of min-max, goalposts,
 * z-scores or references (where more is better) without treatment, screening and imputation take the fast path: two
 * reads of the matrix (z-scores: four), no memory taken; the others take the way of ent_composite_evaluate, with the
 * same results to rounding. One plan is one thread's. */
typedef struct ent_composite_plan ent_composite_plan;
ent_composite_plan *ent_composite_plan_new(const ent_composite_data *data, const ent_composite_tree *tree,
                                           const ent_composite_methods *methods, ent_composite_fault *fault);
void ent_composite_plan_free(ent_composite_plan *plan);
/* columns: units x indicators, column by column (columns[indicator * unit_count + unit]), which is how the fast path
 * reads them; weight: nodes, as given weights whatever the methods say; or NULL: as the methods say; score: units, of
 * the top. fault may be NULL. */
ent_composite_reason ent_composite_plan_run(ent_composite_plan *plan, const double *columns, const double *weight,
                                            double *score, ent_composite_fault *fault);

/* ---- uncertainty ---- */

typedef enum ent_composite_distribution {
  ENT_TRIANGULAR,
  ENT_PERT,
  ENT_UNIFORM,
  ENT_DISTRIBUTIONS
} ent_composite_distribution;

/* Told the share that is done, from the calling thread only; anything but 0 stops the work. */
typedef int ent_composite_progress(void *context, double done);

typedef struct ent_composite_uncertainty {
  const double *low, *high;     /* units x indicators: ends of the range around the value; NULL or NaN: certain */
  const double *standard_error; /* units x indicators: normal around the value; NULL or NaN: none. Not beside a range */
  ent_composite_distribution distribution; /* of ranges */
  double concentration; /* weights of a group are Dirichlet(concentration x their shares); 0: certain */
  /* Method choices: each draw takes one of each list, all alike likely; an empty list: as the methods say. */
  size_t treatment_count, imputation_count, normalisation_count, weighting_count, aggregation_count;
  const ent_composite_treatment *treatments;
  const ent_composite_imputation *imputations;
  const ent_composite_normalisation *normalisations;
  const ent_composite_weighting *weightings;     /* budget allocation takes one expert at a time */
  const ent_composite_aggregation *aggregations; /* on all levels */
  uint32_t draws;                                /* 1 to 10,000,000 */
  uint64_t seed;
  unsigned threads;                 /* 0: 1 */
  ent_composite_progress *progress; /* or NULL */
  void *progress_context;
} ent_composite_uncertainty;

/* Any of the arrays may be NULL. Quantiles are by nearest rank, of scores in single precision (seven digits). Shares of
 * acceptability split ties alike, so that rows and columns sum to 1 (Lahdelma, Hokkanen & Salminen 1998; Lahdelma &
 * Salminen 2001). A unit without a score in some draws (screened, or nothing there) has no rank in them: its quantiles
 * and mean are over the others, its row of acceptability sums to their share; without any, its figures are NaN. */
typedef struct ent_composite_spread {
  double *median, *low, *high;                            /* units: of the top's score; 5th and 95th percentile */
  double *rank_median, *rank_low, *rank_high, *rank_mean; /* units */
  double *acceptability;  /* units x units: share of draws in which unit i has rank r + 1 */
  double *better;         /* units x units: share of draws in which i scores above j, ties a half */
  double *central_weight; /* units x nodes: mean weights of the draws in which i is first; NaN: never */
  double *confidence;     /* units: share of draws of the values (and choices; the first 10,000 of them) in which i is
                             first with its central weights; NaN: has none */
  float *draws;           /* draws x units: the top's score, the log of the run */
} ent_composite_spread;

/* A missing value with a range is drawn from it, all of it alike likely; without one it stays missing in all draws, and
 * so it is with a standard error. Weights that are computed from the data (principal, correlation) are computed anew in
 * each draw, and concentration does not move them.
 *
 * Before the run, each combination of choices is evaluated at the nominal values and near the low and high ends of all:
 * one that makes no sense is refused with its reason. A draw that fails nevertheless ends the run likewise. Which
 * random number a value gets hangs on the seed and on the numbers of its unit and indicator (weights: of their node)
 * alone.
 *
 * ENT_COMPOSITE_TOO_LARGE: units x indicators above 2^24; quantiles of more than 100,000,000 draws x units (they are
 * kept: 4 bytes each for scores, and for ranks); acceptability or better of more than 4,096 units; central weights of
 * more than 2^24 units x nodes. Memory for each thread: 64 copies of the values, fewer of more than 2^18. */
ent_composite_reason ent_composite_vary(const ent_composite_data *data, const ent_composite_tree *tree,
                                        const ent_composite_methods *methods,
                                        const ent_composite_uncertainty *uncertainty, const ent_composite_spread *out,
                                        ent_composite_fault *fault);

/* ---- what drives the result ---- */

/* An uncertain input, or a group of them that is moved as one. */
typedef enum ent_composite_input_kind {
  ENT_INPUT_VALUE,       /* one value: unit, node */
  ENT_INPUT_INDICATOR,   /* the uncertain values of an indicator: node */
  ENT_INPUT_UNIT,        /* those of a unit: unit */
  ENT_INPUT_VALUES,      /* all of them */
  ENT_INPUT_WEIGHTS,     /* the weights of the children of an aggregate: node */
  ENT_INPUT_ALL_WEIGHTS, /* those of all groups */
  ENT_INPUT_TREATMENT,   /* the choices */
  ENT_INPUT_IMPUTATION,
  ENT_INPUT_NORMALISATION,
  ENT_INPUT_WEIGHTING, /* with whose budget, where experts are drawn */
  ENT_INPUT_AGGREGATION,
  ENT_INPUT_KINDS
} ent_composite_input_kind;

typedef struct ent_composite_input {
  ent_composite_input_kind kind;
  long unit, node; /* -1 where they do not apply */
} ent_composite_input;

/* The inputs that are uncertain: values first, one by one (values_by is ENT_INPUT_VALUE), by ENT_INPUT_INDICATOR,
 * ENT_INPUT_UNIT or all as one (ENT_INPUT_VALUES); then the weights of each group; then each choice. inputs has room
 * for *count of them, or is NULL; *count becomes how many there are (more than there was room for: the first ones stand
 * in inputs). Draws, threads and progress of the uncertainty are not looked at. */
ent_composite_reason ent_composite_inputs(const ent_composite_data *data, const ent_composite_tree *tree,
                                          const ent_composite_methods *methods,
                                          const ent_composite_uncertainty *uncertainty,
                                          ent_composite_input_kind values_by, ent_composite_input *inputs,
                                          size_t *count, ent_composite_fault *fault);

typedef struct ent_composite_design {
  const ent_composite_input *inputs; /* they may overlap; what none of them names stays nominal */
  size_t input_count;
  uint32_t points;      /* of each scrambling: a power of two, 2 to 2^20; 0: 1,024 */
  unsigned scramblings; /* 16 to 1,000; 0: 16 */
  double confidence;    /* of intervals, below 1; 0: 0.95 */
} ent_composite_design;

/* Outputs: the top's score of each unit; last, at units, the mean over units of how far its rank is from its nominal
 * one (the usual output of choice). inputs x (units + 1); any array may be NULL. NaN: the output does not vary, or a
 * unit has no score. */
typedef struct ent_composite_indices {
  double *first, *first_low, *first_high; /* first order: the share of variance that goes when the input is known */
  double *total, *total_low, *total_high; /* total effect: the share that is left when all others are known */
  double *mean, *variance;                /* units + 1: of each output */
} ent_composite_indices;

/* Variance-based indices (Sobol 1993): first order by Saltelli et al. 2010 (Computer Physics Communications 181:259),
 * total effect by Jansen 1999, from scramblings x points x (inputs + 2) evaluations at the points of scrambled Sobol
 * sequences with two dimensions for each value, weight and choice that inputs name; beyond the 3,667 that there are, at
 * independent random numbers (choices and weights come first). Means of independent scramblings, each with a t-interval
 * of their spread. seed, threads, progress: of the uncertainty; its draws are not looked at.
 *
 * ENT_COMPOSITE_PARAMETER: an input that is not uncertain, or a design outside its bounds. ENT_COMPOSITE_TOO_LARGE:
 * more than 65,535 values, weights and choices, units x indicators above 2^17, or inputs x units x scramblings above
 * 2^26. Memory for each thread: 256 copies of the values. */
ent_composite_reason ent_composite_sensitivity(const ent_composite_data *data, const ent_composite_tree *tree,
                                               const ent_composite_methods *methods,
                                               const ent_composite_uncertainty *uncertainty,
                                               const ent_composite_design *design, const ent_composite_indices *out,
                                               ent_composite_fault *fault);

/* Each input at its ends, all others nominal. Values: all that the input names at their low, then all at their high end
 * (of a normal: 5th and 95th percentile). Weights: each weight of the group at the 5th and 95th percentile of what is
 * drawn, the others in proportion; choices: each of the list; of these low is the least and high the largest score that
 * the unit comes to, rank_low the best and rank_high the worst rank. inputs x units; any array may be NULL. */
typedef struct ent_composite_tornado {
  double *low, *high, *rank_low, *rank_high;
  double *rank_change; /* inputs: the largest mean over units of how far ranks are from nominal ones */
} ent_composite_tornado;

ent_composite_reason ent_composite_swing(const ent_composite_data *data, const ent_composite_tree *tree,
                                         const ent_composite_methods *methods,
                                         const ent_composite_uncertainty *uncertainty,
                                         const ent_composite_input *inputs, size_t input_count,
                                         const ent_composite_tornado *out, ent_composite_fault *fault);

/* The composite without one node at a time, with all below it, and all above it that is left without children. nodes x
 * units; rows of the top, and of nodes that can not be left out (reason: why), are NaN. Any array may be NULL. */
typedef struct ent_composite_left_out {
  double *score, *rank;         /* the top's score, and the rank by it */
  double *rank_change;          /* nodes: mean over units of how far the rank is from the one with all nodes */
  ent_composite_reason *reason; /* nodes: ENT_COMPOSITE_FINE, or why the rest can not be evaluated */
} ent_composite_left_out;

ent_composite_reason ent_composite_leave_out(const ent_composite_data *data, const ent_composite_tree *tree,
                                             const ent_composite_methods *methods, const ent_composite_left_out *out,
                                             ent_composite_fault *fault);

/* ---- coherence ---- */

/* Correlations of fewer units mean nothing: at ten, the 95 % interval of a correlation of 0.5 reaches from -0.2 to 0.9.
 * ENT_COMPOSITE_FEW_TO_CORRELATE where fewer have a score; NaN where fewer have both scores of a pair. */
enum { ENT_COMPOSITE_LEAST_TO_CORRELATE = 10 };

/* Scores are those of the evaluation, of an indicator its normalised values. NaN too where a score does not vary. Any
 * array may be NULL. */
typedef struct ent_composite_coherence {
  double *pearson, *spearman, *kendall; /* nodes x nodes; Kendall's tau-b; over the units that have both */
  double *alpha;      /* nodes: Cronbach's alpha of the children, over the units that have all of them, unweighted
                         (Cronbach 1951); NaN for indicators and fewer than two children */
  double *weight;     /* nodes: the nominal weight in its group, as used */
  double *linear;     /* nodes: squared correlation with the parent */
  double *importance; /* nodes: the main effect on the parent: squared correlation ratio V(E(parent | node)) / V(parent)
                         (Paruolo, Saisana & Saltelli 2013, JRSS A 176:609), by local linear regression with the
                         bandwidth of the best cross-validation; above linear where the relation bends */
  double *importance_share; /* nodes: importance over the sum of its group: what stands beside the nominal weight */
  double *top_weight;       /* nodes: product of the weights up to the top; 1 for the top */
  double *top_importance;   /* nodes: the main effect on the top */
} ent_composite_coherence;

/* O(nodes^2 x units), Kendall's O(nodes^2 x units log units), importance O(nodes x units^2): at most 20,000 units. */
ent_composite_reason ent_composite_cohere(const ent_composite_data *data, const ent_composite_tree *tree,
                                          const ent_composite_methods *methods, const ent_composite_coherence *out,
                                          ent_composite_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
