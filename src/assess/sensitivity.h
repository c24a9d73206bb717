/* sensitivity.h - what drives the headline scores: of each alliance and, where there are two, of the difference of the
 * first and the second. Pure.
 *
 * Outputs are numbered: the alliances in their order, then the difference where there are exactly two.
 *
 * Four questions, a file for each:
 *   indices   what share of an output's variance is due to an input, or to inputs together   (sensitivity_indices.c)
 *   swings    where an output goes when one input goes to its low and high end               (sensitivity_swings.c)
 *   flips     how far one input has to move before an output falls into another class        (sensitivity_swings.c)
 *   omissions what an output is without an indicator, a source or a coder                    (sensitivity_omit.c)
 *   ranks     how often each alliance holds each rank, and with which weights                (sensitivity_ranks.c)
 *
 * Everything is drawn from uniform numbers that hang on keys or on columns of a Sobol sequence; threads change no
 * byte. */
#ifndef ENT_ASSESS_SENSITIVITY_H
#define ENT_ASSESS_SENSITIVITY_H

#include "assess/evaluate.h"
#include "num/indices.h"

/* How many outputs so many alliances have. */
size_t ent_sensitivity_outputs(size_t alliances);

/* What the calls below can answer beside 0 (done) and what progress said. */
enum { ENT_SENSITIVITY_NO_MEMORY = -1, ENT_SENSITIVITY_TOO_MANY = -2 };

/* ---- indices ---- */

/* An input's columns: independent uniform numbers. One for where in a range it lies and, where several coders or
 * sources gave a value, one for the choice among them; so that what a range leaves open and what coders disagree about
 * can be told apart. The place in the range is the same whoever is chosen: two who say the same make no difference. */
typedef struct ent_factor {
  size_t choice; /* SIZE_MAX: there is nothing to choose */
  size_t range;
} ent_factor;

typedef struct ent_factors {
  const ent_evaluation *evaluation;
  const ent_assess_input *inputs;
  size_t input_count, column_count, output_count;
  const ent_factor *of; /* inputs */
  const size_t *owner;  /* columns: the input of each */
} ent_factors;

/* Weights stand first, then choices, then ranges, since what matters most should have the best columns (num/indices.h).
 * False when memory is short. Lives in arena. */
bool ent_factors_make(const ent_evaluation *evaluation, ent_arena *arena, ent_factors *out);

typedef struct ent_factor_set { /* columns that change together, rising; sets may overlap */
  size_t count;
  const size_t *columns;
} ent_factor_set;

typedef struct ent_sensitivity_setting {
  size_t points, scramblings; /* points: of each scrambling, a power of two, ENT_EVALUATE_BLOCK at least */
  uint64_t seed;
  unsigned threads;
  ent_parallel_progress *progress; /* or NULL */
  void *progress_context;
} ent_sensitivity_setting;

/* First-order and total indices of every output for every set, with 95 % intervals: out has room for the outputs.
 * ENT_SENSITIVITY_TOO_MANY: more columns than ENT_INDICES_MOST_PADDED. */
int ent_sensitivity_indices(const ent_factors *factors, const ent_factor_set *sets, size_t set_count,
                            const ent_sensitivity_setting *setting, ent_arena *arena, ent_indices *out);

/* ---- swings and flips ---- */

/* A weight is spoken of by its share of the stated weights of its group (0 to 1), the others keeping their proportions
 * to each other; any other input by its own value. */

typedef struct ent_swing {   /* an input's ends, all others being nominal */
  double nominal, low, high; /* low, high: 5th and 95th percentile of the input: of a weight's share those of its beta
                                distribution, of a value the 13th and 244th of its values at 256 even quantiles */
} ent_swing;

/* swings: inputs; scores: inputs x outputs x 2 (at low, at high); nominal: outputs, with all inputs nominal. NaN where
 * an output is missing. A choice of methods has no ends: its low and high are NaN, its scores the lowest and the
 * highest of its choices. */
int ent_sensitivity_swings(const ent_factors *factors, ent_arena *arena, ent_swing *swings, double *scores,
                           double *nominal);

/* The scores of each choice of a method, all other inputs nominal; scores: outputs x choices. At most
 * ENT_EVALUATE_BLOCK choices. */
int ent_sensitivity_choices(const ent_factors *factors, size_t input, ent_arena *arena, double *scores);

typedef struct ent_flip_limits { /* of an output: it is in class k where it is at least from[k], and not from[k + 1] */
  size_t count;                  /* 0: no flips are looked for */
  const double *from;
} ent_flip_limits;

typedef struct ent_flip {
  bool found;    /* false: nowhere in the range that was searched */
  double value;  /* of the input (a weight's share) */
  double change; /* how far it lies from the nominal one: of a code by its scale's length, of a share or a weight by
                    1, of another figure by its own size */
  double score;  /* of the output there */
  size_t class_from, class_to;
} ent_flip;

/* The nearest value (of a choice of methods the first other choice, a change by 1) of each input at which an output
 * leaves the class that it has when all is nominal. Searched are: of a code its scale, whole points where it is
 * ordinal; of a share and a weight 0 to 1; of another figure the tenth to the tenfold of it (of one that is 0 what is
 * drawn). Between two ends 128 values on either side, then three times 256 between the last that stays and the first
 * that does not: a class that is entered and left again inside one such step is not seen. limits: outputs; flips:
 * inputs x outputs. */
int ent_sensitivity_flips(const ent_factors *factors, const ent_flip_limits *limits, ent_arena *arena, ent_flip *flips);

/* ---- omissions ---- */

typedef struct ent_omission {   /* what is left out: an indicator (dimension, criterion), or rows */
  const ent_left_out *left_out; /* or NULL */
  size_t row_count;
  const ent_key *rows; /* of evidence, rising: as if they had never been there */
} ent_omission;

typedef struct ent_omitted { /* of one output, over draws that are common to all omissions; NaN: it has none */
  double median, low, high;  /* without it */
  double change, change_low, change_high; /* without it less with it: median, 5th and 95th percentile */
  double coverage;                        /* of an alliance; NaN for the difference */
} ent_omitted;

/* Assesses once with everything (base: outputs) and once without each (out: omissions x outputs). Draws, seed, threads
 * and progress are the request's. */
int ent_sensitivity_omit(const ent_evidence *evidence, const ent_model *model, const ent_assess_request *request,
                         const ent_omission *omissions, size_t count, ent_arena *arena, ent_omitted *base,
                         ent_omitted *out);

/* ---- ranks ---- */

typedef struct ent_sensitivity_rank {
  size_t alliance_count, weight_count;
  const size_t *weights; /* which inputs they are */
  double *acceptability; /* alliances x alliances: share of the draws in which row i has rank r + 1 */
  double *pairs;         /* alliances x alliances: share of the draws in which i scores above j */
  double *central;       /* alliances x weights: mean shares of the draws in which it is first; NaN: never */
  double *confidence;    /* alliances: share of the draws in which it is first under its central weights */
} ent_sensitivity_rank;

/* Over so many draws from the request's seed. Lives in arena. */
int ent_sensitivity_ranks(const ent_factors *factors, const ent_assess_request *request, ent_arena *arena,
                          ent_sensitivity_rank *out);

/* ---- what these files have in common ---- */

/* The inputs' uniform numbers of a block of draws, as every run with this seed has them: inputs x ENT_EVALUATE_BLOCK.
 * The last half of a block of draws may lie beyond those that are wanted. */
void ent_sensitivity_uniforms(const ent_assess_input *inputs, size_t input_count, uint64_t seed, uint32_t first,
                              double *out);
/* Sum of the nominal weights of the group that a weight belongs to, its own among them. */
double ent_sensitivity_group(const ent_assess_input *inputs, size_t count, size_t weight);
/* Score of an output on a bench, ENT_EVALUATE_BLOCK numbers; NaN where it is missing. */
void ent_sensitivity_read(const ent_evaluation *evaluation, const ent_bench *bench, size_t output, double *out);

#endif
