/* evaluate.h - an assessment as a function: from one number for each input, draw by draw, to the headline score and the
 * criteria of every alliance. What sensitivity is computed with. Pure.
 *
 * An evaluation is made once and then only read: any number of threads may share it. Each thread has a bench of its
 * own, on which one block of draws lies: ENT_EVALUATE_BLOCK draws of every column. On it a block is evaluated from
 * given uniform numbers; then some inputs can be changed, what hangs on them alone being computed again, and put back:
 *
 *   ent_evaluate(e, bench, uniforms);                   all inputs
 *   base = ent_evaluate_score(e, bench, a);             ENT_EVALUATE_BLOCK doubles
 *   ent_evaluate_change(e, bench, group, others);       the inputs of the group from other uniform numbers
 *   changed = ent_evaluate_score(e, bench, a);          base stays as it is
 *   ent_evaluate_back(e, bench);
 *
 * A block is always computed whole; numbers that the caller does not need may be any. */
#ifndef ENT_ASSESS_EVALUATE_H
#define ENT_ASSESS_EVALUATE_H

#include "assess/assess.h"

enum { ENT_EVALUATE_BLOCK = 256 };

typedef enum ent_input_kind { ENT_INPUT_VALUE, ENT_INPUT_WEIGHT, ENT_INPUT_METHOD } ent_input_kind;

typedef struct ent_input_place { /* an indicator that a value feeds */
  size_t alliance;
  int criterion, dimension, indicator;
  int giver, receiver; /* members; -1 for an indicator of the alliance */
} ent_input_place;

typedef struct ent_assess_input { /* what varies */
  ent_key key;                    /* names the random stream */
  ent_input_kind kind;
  size_t index;                        /* of the quantity or node, inside assess/ */
  int criterion, dimension, indicator; /* of a weight: whose; -1 above that height, and of values */
  const char *aspect;                  /* of a coded value; NULL: a figure, a weight or a method */
  const char *method;                  /* of a method what is chosen: "aggregation" or "weights"; else NULL */
  size_t choice_count;
  const char *const *choices; /* of a method: its names, in the model's order; its value is a place among them */
  ent_key item;               /* of a coded value: the row that was coded */
  size_t evidence_count;
  const ent_key *evidence; /* of a value: the codings, or observations that disagree, by rising key */
  size_t place_count;
  const ent_input_place *places; /* of a value; none: it feeds readings alone */
  double nominal;                /* a value as stated (the mean where sources or coders differ); of a weight the mean of
                                    what is drawn: concentration x its share of its group; of a method the
                                    headline's place, or 0 where the model does not name it, and stated weights */
  double least, most;            /* of a code: the ends of its scale; of a share: 0 and 1; else NaN */
  bool whole;                    /* a code on an ordinal scale: whole points alone make sense */
} ent_assess_input;

typedef struct ent_left_out {          /* an indicator (dimension, criterion) that is treated as without evidence */
  int criterion, dimension, indicator; /* -1: all below */
} ent_left_out;

typedef struct ent_evaluation ent_evaluation;
typedef struct ent_bench ent_bench;
typedef struct ent_input_group ent_input_group; /* inputs that change together, and what hangs on them */

/* Plans the evaluation of the alliances that ent_assess would assess. request->draws and seed do not matter. Where
 * request->methods is set, each choice of methods is an input. evidence and model must outlive it; it lives in arena.
 * NULL when memory is short. */
const ent_evaluation *ent_evaluation_make(const ent_evidence *evidence, const ent_model *model,
                                          const ent_assess_request *request, const ent_left_out *left_out,
                                          size_t left_out_count, ent_arena *arena);
/* Alliances with their members and cells, without draws. */
const ent_assessment *ent_evaluation_of(const ent_evaluation *evaluation);
/* The inputs: values first, then weights, then choices of methods. */
const ent_assess_input *ent_evaluation_inputs(const ent_evaluation *evaluation, size_t *count);
/* Inputs that change together, each once; NULL when memory is short. Lives in arena; may be used by any thread. */
const ent_input_group *ent_evaluation_group(const ent_evaluation *evaluation, const size_t *inputs, size_t count,
                                            ent_arena *arena);
/* Whether a group moves the headline score of an alliance at all. */
bool ent_evaluation_reaches(const ent_evaluation *evaluation, const ent_input_group *group, size_t alliance);

/* A bench for one thread, with all inputs at their nominal values; lives in arena. NULL when memory is short. */
ent_bench *ent_bench_new(const ent_evaluation *evaluation, ent_arena *arena);
/* Evaluates a block. uniforms: for each input ENT_EVALUATE_BLOCK numbers between 0 and 1 (neither), or NULL: nominal.
 * Values and weights are the quantiles of their distributions, so that a given uniform number means the same whatever
 * else varies. */
void ent_evaluate(const ent_evaluation *evaluation, ent_bench *bench, const double *const *uniforms);
/* Evaluates the block with the inputs of a group changed, in the order in which they were given to it. One change at a
 * time: it goes from what was evaluated last by ent_evaluate. */
void ent_evaluate_change(const ent_evaluation *evaluation, ent_bench *bench, const ent_input_group *group,
                         const double *const *uniforms);
/* The same with values (or drawn weights, greater than 0, in the unit of ent_assess_input.nominal) themselves. */
void ent_evaluate_set(const ent_evaluation *evaluation, ent_bench *bench, const ent_input_group *group,
                      const double *const *values);
void ent_evaluate_back(const ent_evaluation *evaluation, ent_bench *bench);
/* An input's values in draws first to first + ENT_EVALUATE_BLOCK - 1 of ent_assess with that seed. */
void ent_evaluation_drawn(const ent_evaluation *evaluation, size_t input, uint64_t seed, uint32_t first, double *out);
/* What the block has: the headline score of an alliance; one of its criteria. NULL: missing. Borrowed from the bench,
 * and good until the next evaluation or change. */
const double *ent_evaluate_score(const ent_evaluation *evaluation, const ent_bench *bench, size_t alliance);
const double *ent_evaluate_criterion(const ent_evaluation *evaluation, const ent_bench *bench, size_t alliance,
                                     size_t criterion);
/* Of an input as it stands in the block. */
const double *ent_evaluate_input(const ent_evaluation *evaluation, const ent_bench *bench, size_t input);

#endif
