/* assess.h - from evidence and a model to draws of every figure. Pure: records in, records out.
 *
 * One run:  plan    which rows feed which indicator of which member (plan.c, source.c)
 *           draw    values from ranges, coders and qualifiers, weights from Dirichlet distributions (draw.c)
 *           tree    normalise by goalposts, weight, aggregate, effects (tree.c), block of draws by block of draws
 * Methods do not vary inside a run. Inputs that alliances share are the same numbers for all of them, because a
 * random number depends on the evidence's key alone (num/random.h). */
#ifndef ENT_ASSESS_ASSESS_H
#define ENT_ASSESS_ASSESS_H

#include "base/arena.h"
#include "num/parallel.h"
#include "num/quantile.h"
#include "records/assessment.h"

/* What stays as it is stated, instead of varying from draw to draw. */
typedef struct ent_assess_held {
  bool values;  /* each coder's or source's stated value, instead of its range */
  bool coders;  /* the mean over coders, and over sources that disagree: of their values at one place of each range */
  bool weights; /* as stated */
} ent_assess_held;

typedef struct ent_assess_request {
  int32_t day;          /* as of */
  const char *alliance; /* id, or NULL: all that are no reference points */
  uint32_t draws;
  uint64_t seed;
  ent_assess_held held;
  bool methods;     /* each draw takes one of the methods that the model names; the headline score then mixes them */
  unsigned threads; /* that share the work; 0: 1. Any number gives the same */
  ent_parallel_progress *progress; /* or NULL; anything but 0 stops the work, and ent_assess returns false */
  void *progress_context;
} ent_assess_request;

/* Assesses the alliances that stand at the day with two members or more. evidence and model must outlive the result,
 * which lives in arena. False when memory is short or progress stopped the work. An alliance without two members at the
 * day is left out. */
bool ent_assess(const ent_evidence *evidence, const ent_model *model, const ent_assess_request *request,
                ent_arena *arena, ent_assessment **out);

/* One of several assessments that are to be compared. */
typedef struct ent_assess_side {
  const ent_evidence *evidence;
  const ent_model *model;
  ent_assess_request request; /* seed and draws are the same on all sides, so that what they share is drawn once */
} ent_assess_side;

/* Assesses all sides on the evidence that they have in common: an indicator that is missing on one side is left out on
 * all (its cells there bear the reason "missing.not_common"). An alliance is compared with the one of the same id or,
 * where each side has but one, with that; indicators by their ids in the model. An indicator or alliance that another
 * side does not have at all stays as it is. out has room for count. Progress and threads are those of the first side.
 * False when memory is short or progress stopped the work. */
bool ent_assess_common(const ent_assess_side *sides, size_t count, ent_arena *arena, ent_assessment **out);

/* The alliance of `in` that alliance number a of `of` is compared with, or NULL. */
const ent_assessed_alliance *ent_assess_counterpart(const ent_assessment *of, size_t a, const ent_assessment *in);
/* The member of `in` that stands where member m of `of` does: the same actor, else the one of those left that holds the
 * same place in their order. -1: none. */
int ent_assess_member(const ent_assessed_alliance *of, int m, const ent_assessed_alliance *in);
/* Where an indicator of one model stands in another (by the ids of criterion, dimension and indicator; -1 for a height
 * that the address does not have). False where the other has none. */
bool ent_assess_place(const ent_model *of, const ent_model *in, int *criterion, int *dimension, int *indicator);

/* The cell at an address, or NULL. */
const ent_cell *ent_assess_find(const ent_assessed_alliance *alliance, ent_figure_kind kind, ent_scope scope, int from,
                                int to, int criterion, int dimension, int indicator);

/* What is reported of one column of draws. */
typedef struct ent_summary {
  double low, median, high;                /* 5th, 50th and 95th percentile */
  double loss_low, loss_median, loss_high; /* the same of max(0, -x), which an effect may lose; NaN: not asked for, as
                                              what follows */
  double gain, loss;                       /* means of max(0, x) and of max(0, -x) */
  double gain_error, loss_error;           /* their standard errors; NaN for one draw */
} ent_summary;

/* Of a column of count draws; parts: gain and loss too. scratch holds count + ENT_QUANTILE_SLACK floats. */
ent_summary ent_assess_summarise(const float *draws, size_t count, bool parts, float *scratch);

typedef struct ent_summaries { /* of all columns of an assessment, each once, in the order in which cells show them */
  size_t count;
  const float **draws;
  ent_summary *summaries;
} ent_summaries;

/* threads share the columns. False when memory is short. Lives in arena. */
bool ent_assess_summaries(const ent_assessment *assessment, unsigned threads, ent_arena *arena, ent_summaries *out);

/* Median, 5th and 95th percentile of count draws; draws are left as they are. scratch holds count +
 * ENT_QUANTILE_SLACK floats. */
void ent_assess_summary(const float *draws, size_t count, float *scratch, double *median, double *low, double *high);

/* The share of a figure's value by which the model widens its range on either side for its grade; 0 for "" or NULL. */
double ent_assess_widening(const ent_model *model, const char *grade);

/* Index of the class in which a score falls. */
size_t ent_assess_class(const ent_model *model, double score);

#endif
