/* alternative.h - one coder's value, or one source's, as a distribution (inside assess/ only).
 *
 * Which distribution it is follows from the row and from the model's settings; its values are its quantile function at
 * uniform numbers. */
#ifndef ENT_ASSESS_ALTERNATIVE_H
#define ENT_ASSESS_ALTERNATIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "num/quantile_table.h"
#include "records/evidence.h"
#include "records/model.h"

enum { ENT_MOST_STEPS = 16 };

typedef enum ent_shape {
  ENT_SHAPE_TRIANGULAR,
  ENT_SHAPE_PERT, /* beta with lambda 4, by a table */
  ENT_SHAPE_UNIFORM,
  ENT_SHAPE_NORMAL, /* around mode, cut off at low and high */
} ent_shape;

typedef struct ent_alternative {
  ent_key key;
  double low, mode, high; /* ends of the support, and what is stated; low == high: fixed */
  ent_shape shape;
  double deviation;                /* normal: the standard error */
  double below, cut;               /* normal: how likely without the ends a value is below low, and one between them */
  const ent_quantile_table *table; /* PERT: of (0,1) with this mode; whoever made the alternative gives it one */
  size_t step_count;               /* ordinal: the points and their cumulative probabilities */
  double step[ENT_MOST_STEPS], cumulative[ENT_MOST_STEPS];
} ent_alternative;

/* Standard errors within which a normal distribution is kept: what would lie beyond, 6 in 100,000, is spread over the
 * rest. */
enum { ENT_MOST_ERRORS = 4 };

/* A figure: normal where it has a standard error; else by its own range, else by its qualifier, else itself. Grades
 * widen it as the model says. A share stays between 0 and 1. */
ent_alternative ent_alternative_of_figure(const ent_model *model, const ent_observation *row);
/* A coder's value on a scale from low to high. Whole points where it is ordinal and has no more than ENT_MOST_STEPS. */
ent_alternative ent_alternative_of_coding(const ent_model *model, const ent_coding *row, double low, double high,
                                          bool ordinal);

/* Whether it needs a table before its quantiles are asked for, and makes that one. */
bool ent_alternative_needs_table(const ent_alternative *alternative);
void ent_alternative_make_table(const ent_alternative *alternative, ent_quantile_table *out);

/* The quantile at u, 0 <= u < 1, of an alternative without points. */
double ent_alternative_at(const ent_alternative *alternative, double u);

#endif
