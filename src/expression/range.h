/* range.h - numbers that are known to lie between two ends, and truths that may be undecided.
 *
 * Interval arithmetic: R. E. Moore, R. B. Kearfott, M. J. Cloud 2009, Introduction to Interval Analysis, SIAM, p.
 * 11-13. An end is infinite where nothing limits it, and open where it is not reached itself ("more than"). Each use of
 * a figure counts as one of its own, so that x - x is not 0 but a range around it. */
#ifndef ENT_EXPRESSION_RANGE_H
#define ENT_EXPRESSION_RANGE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ent_truth { ENT_FALSE, ENT_TRUE, ENT_UNDECIDED } ent_truth;

typedef struct ent_range {
  double point;     /* what is stated, or follows from it; NaN where only ends are known */
  double low, high; /* NaN: nothing is known */
  bool low_open, high_open;
} ent_range;

/* A figure as a text states it; NaN where a part is missing. Its own ends go before what the qualifier leaves open:
 * about: a twentieth to both sides; nearly: a twentieth below; more_than, at_least: all above; less_than, at_most: all
 * below. minimum and maximum limit what a qualifier or a bound alone leaves open. */
typedef struct ent_stated_figure {
  double value, low, high;
  bool low_strict, high_strict;
  const char *qualifier; /* "" where there is none */
  double minimum, maximum;
} ent_stated_figure;

ent_range ent_range_of(const ent_stated_figure *figure);
ent_range ent_range_exact(double number);
ent_range ent_range_between(double low, double point, double high);
ent_range ent_range_missing(void);
bool ent_range_known(ent_range range);

ent_range ent_range_add(ent_range a, ent_range b);
ent_range ent_range_negate(ent_range a);
ent_range ent_range_multiply(ent_range a, ent_range b);
/* Nothing is known where b may be 0. */
ent_range ent_range_divide(ent_range a, ent_range b);
ent_range ent_range_smaller(ent_range a, ent_range b);
ent_range ent_range_larger(ent_range a, ent_range b);
ent_range ent_range_abs(ent_range a);
/* a to a power above 0; nothing is known where a may be 0 or below. */
ent_range ent_range_power(ent_range a, double power);

/* Undecided where the ranges allow both, or one is not known. Numbers that differ by less than a billionth of the
 * larger are the same, so that sums of decimal fractions are. */
ent_truth ent_range_less(ent_range a, ent_range b);
ent_truth ent_range_at_most(ent_range a, ent_range b);
ent_truth ent_range_equal(ent_range a, ent_range b);
/* Whether b meets a when a is widened by `by` to both sides; undecided only where one is not known. */
ent_truth ent_range_near(ent_range a, ent_range b, double by);

ent_truth ent_truth_not(ent_truth a);
ent_truth ent_truth_and(ent_truth a, ent_truth b);

#endif
