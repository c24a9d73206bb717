/* treat.c - outliers: winsorising, logarithms, Box-Cox; see the public header for what each does. One indicator at a
 * time, in place, and its goalposts with it. */
#include "composite/composite.h"

#include <math.h>

#include "num/box_cox.h"

/* ---- whether an indicator has outliers ---- */

/* Skewness and excess kurtosis, G1 and G2 of Joanes & Gill 1998, Comparing measures of sample skewness and kurtosis,
 * Journal of the Royal Statistical Society D 47:183. Deviations are scaled by the largest, which neither of the two
 * sees. NaN for fewer than three, or four, values; for values that do not vary both are NaN. */
static void moments(const double *column, size_t units, double *skewness, double *kurtosis) {
  double least, most, mean = 0, largest, two = 0, three = 0, four = 0, n;
  size_t unit, present = ent_composite_ends(column, units, &least, &most);
  *skewness = *kurtosis = NAN;
  n = (double)present;
  if (present < 3 || !(least < most)) return;
  for (unit = 0; unit < units; unit++)
    if (!isnan(column[unit])) mean += column[unit] / n;
  largest = fmax(most - mean, mean - least);
  for (unit = 0; unit < units; unit++)
    if (!isnan(column[unit])) {
      double d = (column[unit] - mean) / largest, square = d * d;
      two += square;
      three += square * d;
      four += square * square;
    }
  *skewness = sqrt(n) * three / (two * sqrt(two)) * sqrt(n * (n - 1)) / (n - 2);
  if (present > 3) *kurtosis = ((n + 1) * (n * four / (two * two) - 3) + 6) * (n - 1) / ((n - 2) * (n - 3));
}

/* A figure that can not be told has no outliers. */
static bool has_outliers(const ent_composite_work *work, const double *column, double *skewness) {
  double kurtosis;
  moments(column, work->unit_count, skewness, &kurtosis);
  return fabs(*skewness) >= work->methods.skewness_limit && kurtosis >= work->methods.kurtosis_limit;
}

/* ---- winsorising ---- */

/* The outermost value on one side becomes the next one; returns how many points now stand there that did not at the
 * beginning of this side: ties move together. */
static size_t pull_in(double *column, size_t units, double sign) {
  double outer = -INFINITY, next = -INFINITY;
  size_t unit, moved = 0;
  for (unit = 0; unit < units; unit++) {
    double value = sign * column[unit];
    if (value > outer) {
      next = outer;
      outer = value;
    } else if (value < outer && value > next) {
      next = value;
    }
  }
  for (unit = 0; unit < units; unit++)
    if (sign * column[unit] >= outer) {
      column[unit] = sign * next;
      moved++;
    }
  return moved;
}

/* Whether it is enough. Points that were pulled in stand with the next one, and are moved with it, so that the latest
 * count of a side holds all of that side's. */
static bool winsorise(const ent_composite_work *work, size_t i) {
  double *column = ent_composite_column(work, (int)i), skewness;
  size_t high = 0, low = 0;
  while (has_outliers(work, column, &skewness)) {
    if (high + low >= work->methods.most_winsorised) return false;
    if (skewness >= 0) high = pull_in(column, work->unit_count, 1);
    else low = pull_in(column, work->unit_count, -1);
    if (work->change) work->change[i].treatment = ENT_TREAT_WINSORISE;
  }
  return true;
}

/* ---- transformations ---- */

typedef struct transformation {
  enum { LOGARITHM, BOX_COX } kind;
  double origin, shift, lambda;
} transformation;

static double argument(const transformation *by, double value) { return value - by->origin + by->shift; }

static double transformed(const transformation *by, double value) {
  double x = argument(by, value);
  if (by->kind == LOGARITHM || !(by->lambda < 0 || by->lambda > 0)) return log(x);
  return (pow(x, by->lambda) - 1) / by->lambda;
}

/* NaN stays NaN. */
static ent_composite_reason transform(ent_composite_work *work, size_t i, const transformation *by,
                                      ent_composite_fault *fault) {
  double *column = ent_composite_column(work, (int)i);
  size_t unit;
  if (work->change)
    work->change[i] = (ent_composite_change){.treatment = by->kind == BOX_COX ? ENT_TREAT_BOX_COX
                                                          : by->shift > 0     ? ENT_TREAT_SHIFTED_LOG
                                                                              : ENT_TREAT_LOG,
                                             .origin = by->origin,
                                             .shift = by->shift,
                                             .lambda = by->kind == BOX_COX ? by->lambda : NAN};
  for (unit = 0; unit < work->unit_count; unit++) {
    if (argument(by, column[unit]) <= 0)
      return ent_composite_wrong(fault, ENT_COMPOSITE_NOT_POSITIVE, (long)unit, (long)i);
    column[unit] = transformed(by, column[unit]);
    if (isinf(column[unit])) return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, (long)unit, (long)i);
  }
  if (!work->low) return ENT_COMPOSITE_FINE;
  if (!(argument(by, work->low[i]) > 0)) return ent_composite_wrong(fault, ENT_COMPOSITE_NOT_POSITIVE, -1, (long)i);
  work->low[i] = transformed(by, work->low[i]);
  work->high[i] = transformed(by, work->high[i]);
  if (work->low[i] < work->high[i] && isfinite(work->high[i] - work->low[i])) return ENT_COMPOSITE_FINE;
  return ent_composite_wrong(fault, ENT_COMPOSITE_GOALPOSTS, -1, (long)i);
}

static ent_composite_reason take_logarithm(ent_composite_work *work, size_t i, bool shifted,
                                           ent_composite_fault *fault) {
  transformation by = {.kind = LOGARITHM};
  if (shifted) {
    double least, most;
    if (!ent_composite_ends(ent_composite_column(work, (int)i), work->unit_count, &least, &most) || !(least < most))
      return ENT_COMPOSITE_FINE;
    by.origin = least;
    by.shift = 0.01 * (most - least);
  }
  return transform(work, i, &by, fault);
}

/* Values without those that are missing, for the likelihood. */
static ent_composite_reason box_cox(ent_composite_work *work, size_t i, ent_composite_fault *fault) {
  double *column = ent_composite_column(work, (int)i), least, most;
  transformation by = {.kind = BOX_COX};
  size_t unit, present = 0;
  ent_composite_ends(column, work->unit_count, &least, &most);
  if (!(least < most)) return ENT_COMPOSITE_FINE;
  if (least <= 0) {
    for (unit = 0; !(column[unit] <= 0);) unit++;
    return ent_composite_wrong(fault, ENT_COMPOSITE_NOT_POSITIVE, (long)unit, (long)i);
  }
  for (unit = 0; unit < work->unit_count; unit++)
    if (!isnan(column[unit])) work->unit_scratch[present++] = log(column[unit]);
  by.lambda = ent_box_cox_lambda(work->unit_scratch, present);
  return transform(work, i, &by, fault);
}

/* Winsorise, and where that is not enough take the logarithm of what was there before. */
static ent_composite_reason as_needed(ent_composite_work *work, size_t i, bool shifted, ent_composite_fault *fault) {
  double *column = ent_composite_column(work, (int)i);
  size_t unit;
  for (unit = 0; unit < work->unit_count; unit++) work->unit_scratch[unit] = column[unit];
  if (winsorise(work, i)) return ENT_COMPOSITE_FINE;
  for (unit = 0; unit < work->unit_count; unit++) column[unit] = work->unit_scratch[unit];
  return take_logarithm(work, i, shifted, fault);
}

static ent_composite_reason treat_column(ent_composite_work *work, size_t i, ent_composite_fault *fault) {
  switch (work->methods.treatment) {
    case ENT_TREAT_WINSORISE: winsorise(work, i); return ENT_COMPOSITE_FINE;
    case ENT_TREAT_LOG: return take_logarithm(work, i, false, fault);
    case ENT_TREAT_SHIFTED_LOG: return take_logarithm(work, i, true, fault);
    case ENT_TREAT_BOX_COX: return box_cox(work, i, fault);
    case ENT_TREAT_AS_NEEDED: return as_needed(work, i, false, fault);
    case ENT_TREAT_AS_COIN_TOOL: return as_needed(work, i, true, fault);
    case ENT_TREAT_NONE:
    case ENT_TREATMENTS: break;
  }
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_treat(ent_composite_work *work, ent_composite_fault *fault) {
  ent_composite_treatment treatment = work->methods.treatment;
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  size_t i;
  for (i = 0; work->low && i < work->indicator_count; i++) {
    work->low[i] = work->tree.low[i];
    work->high[i] = work->tree.high[i];
  }
  for (i = 0; work->change && i < work->indicator_count; i++)
    work->change[i] = (ent_composite_change){.treatment = ENT_TREAT_NONE, .lambda = NAN};
  if (treatment != ENT_TREAT_NONE && treatment != ENT_TREAT_LOG && work->kept_count < 3)
    return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  for (i = 0; !reason && i < work->indicator_count; i++) {
    if (treatment != ENT_TREAT_NONE) reason = treat_column(work, i, fault);
    if (work->change) {
      work->change[i].low = work->low ? work->low[i] : NAN;
      work->change[i].high = work->low ? work->high[i] : NAN;
    }
  }
  return reason;
}
