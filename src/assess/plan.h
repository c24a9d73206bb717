/* plan.h - what is computed, before any number is drawn (inside assess/ only).
 *
 * A quantity is one thing that varies: the coded aspect of an item, or the observations of one indicator's latest
 * period. A term is a quantity's weight in a mean. A leaf is one indicator of one alliance, or of one member towards
 * another. */
#ifndef ENT_ASSESS_PLAN_H
#define ENT_ASSESS_PLAN_H

#include "base/arena.h"
#include "assess/alternative.h"
#include "assess/assess.h"

enum { ENT_BLOCK = 256 };

enum { ENT_MOST_POINTS = 16 };

typedef struct ent_points { /* of a distribution over few values */
  size_t count;
  double value[ENT_MOST_POINTS]; /* rising */
  double bound[ENT_MOST_POINTS]; /* below which uniform numbers stand for it; 2 from the last on */
} ent_points;

typedef struct ent_range { /* triangular or uniform; low == high: a point */
  bool uniform;
  double low, high, width, cut; /* cut: the mode's place in the range, as a share of its width */
  double below, above;          /* width (mode - low), width (high - mode) */
} ent_range;

typedef struct ent_quantity {
  ent_key key;  /* names the random stream */
  ent_key item; /* the row that was coded, and the aspect; 0 and NULL: a figure */
  const char *aspect;
  size_t alternative_count;
  ent_alternative *alternatives; /* by rising key */
  size_t most_steps;             /* of its alternatives; 0: no ordinal codes */
  ent_points *points;            /* NULL: not of few values */
  ent_range *ranges;             /* of the alternatives, where all are ranges; or NULL */
  bool mean;                     /* of all alternatives at one place, instead of one of them */
  bool may_be_zero;              /* by its ranges, whether they vary or not */
  bool fixed;                    /* all alternatives say the same: nothing is drawn */
  double least, most;            /* of a code: its scale; of a share: 0 and 1; else NaN */
  bool whole;                    /* an ordinal code: points of the scale alone */
  uint32_t column;               /* of its values: see program.h */
} ent_quantity;

typedef struct ent_term {
  size_t quantity;
  double weight;
} ent_term;

typedef struct ent_mean { /* weighted mean of terms */
  size_t count;
  ent_term *terms;
} ent_mean;

typedef struct ent_own {       /* a member's own position on an issue */
  ent_mean position, salience; /* salience.count 0: not coded */
  size_t input_count, input_room;
  ent_key *inputs;
  uint32_t value, score; /* columns: along the scale, and as a score from 1 to 100 */
} ent_own;

typedef struct ent_leaf {
  const ent_model_indicator *indicator;
  int criterion, dimension, index;
  int giver, receiver;          /* members; -1 for an indicator of the alliance */
  const char *missing;          /* NULL: has evidence */
  bool carried, too_old;        /* rests on older evidence; some of it was too old */
  double scale_low, scale_high; /* of the issue, for distances and own values */
  ent_own *own;                 /* of each member: distances; stances of an alliance's indicator */
  ent_mean mean;                /* stance, support, institutions */
  double constant;              /* counts and obligations */
  int numerator, denominator;   /* observations: quantities; denominator -1: none */
  size_t input_count, input_room;
  ent_key *inputs;
} ent_leaf;

typedef struct ent_reading_plan { /* a split inside one member */
  int reading, member;
  size_t actor_count; /* quantity and weight of each holder of a view */
  ent_term *actors;
  double half_range;
  size_t input_count, input_room;
  ent_key *inputs;
} ent_reading_plan;

typedef struct ent_alliance_plan {
  ent_assessed_alliance *out;
  ent_key key;
  size_t leaf_count;
  ent_leaf *leaves;
  size_t reading_count;
  ent_reading_plan *readings;
} ent_alliance_plan;

typedef struct ent_plan {
  const ent_evidence *evidence;
  const ent_model *model;
  const ent_assess_request *request;
  ent_parallel_progress *progress; /* of the run, and who is told */
  void *progress_context;
  ent_arena *arena;
  size_t quantity_count, quantity_room, place_room;
  ent_quantity *quantities;
  uint32_t *places;         /* of quantities by their keys, from 1; a hash table */
  const ent_coding **coded; /* all codings by item; those of one item in the order of the evidence */
  size_t observed_count;
  const ent_observation **observed; /* those of members, by indicator and actor, then in the order of the evidence */
  size_t alliance_count;
  ent_alliance_plan *alliances;
  bool failed; /* memory ran out; whatever follows does nothing */
} ent_plan;

/* assess.c: an empty assessment and the plan that will fill it; NULL when memory is short. */
ent_assessment *ent_assess_planned(ent_plan *plan, const ent_evidence *evidence, const ent_model *model,
                                   const ent_assess_request *request, ent_arena *arena);
/* Makes the cells of an alliance, all of which stand, ready for ent_assess_find. */
void ent_assess_index(ent_plan *plan, ent_assessed_alliance *alliance);
/* plan.c */
bool ent_plan_make(ent_plan *plan, ent_assessment *out);
void *ent_plan_take(ent_plan *plan, size_t count, size_t size); /* NULL: failed is set */
void ent_plan_input(ent_plan *plan, size_t *count, size_t *room, ent_key **inputs, ent_key key);

/* order.c: puts the evidence into the orders in which it is looked up. */
void ent_order_make(ent_plan *plan);
/* Sorts elements of at most 64 bytes by a total order. */
void ent_order_sort(void *list, size_t count, size_t size, int (*order)(const void *a, const void *b));
/* The rows of an item; of an indicator and an actor. */
const ent_coding *const *ent_order_coded(const ent_plan *plan, ent_key item, size_t *count);
const ent_observation *const *ent_order_observed(const ent_plan *plan, ent_key indicator, ent_key actor, size_t *count);

/* source.c: resolves one leaf or reading from the evidence. */
void ent_source_resolve(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf);
void ent_source_resolve_reading(ent_plan *plan, ent_alliance_plan *alliance, ent_reading_plan *reading);

/* draw.c: quantities of codings and observations; -1 when there is none (or failed). Inputs get the rows used. */
int ent_draw_coded(ent_plan *plan, ent_key item, const char *aspect, double low, double high, bool ordinal,
                   size_t *input_count, size_t *input_room, ent_key **inputs);
int ent_draw_observed(ent_plan *plan, const ent_observation *const *rows, size_t count);
/* The values that uniform numbers stand for, one for each draw of a block. */
struct ent_way;
void ent_draw_values(const struct ent_way *way, const ent_quantity *quantity, const double *uniform, double *out);
/* One of them, by the definition of the distribution and nothing else. */
double ent_draw_value(const ent_quantity *quantity, double uniform);
/* What a quantity is when nothing varies. */
double ent_draw_nominal(const ent_quantity *quantity);

/* run.c: draws of every cell that has a column. False when memory is short or progress stopped the work. */
bool ent_run_draws(ent_plan *plan, ent_assessment *out);

#endif
