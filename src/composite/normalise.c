/* normalise.c - indicators of any unit of measurement on scales that can be added; see the public header for what each
 * method computes. One indicator at a time, in place. */
#include "composite/composite.h"

#include <math.h>

typedef struct indicator {
  size_t units, present;
  double *column, least, most;
  int direction;
} indicator;

static void make_missing(const indicator *in) {
  size_t unit;
  for (unit = 0; unit < in->units; unit++) in->column[unit] = NAN;
}

/* NaN stays NaN: no comparison with it is true. */
static double within(double share) { return share < 0 ? 0 : share > 1 ? 1 : share; }

static void to_shares(const indicator *in, double low, double high, const ent_composite_methods *methods) {
  double span = high - low, from = methods->from, scale = methods->to - methods->from;
  size_t unit;
  for (unit = 0; unit < in->units; unit++) {
    double share = within((in->column[unit] - low) / span);
    in->column[unit] = from + scale * (in->direction > 0 ? share : 1 - share);
  }
}

/* Deviations are scaled by the largest before they are squared. */
static bool to_z_scores(const indicator *in) {
  double mean = 0, largest = 0, squares = 0, deviation;
  size_t unit;
  for (unit = 0; unit < in->units; unit++)
    if (!isnan(in->column[unit])) mean += in->column[unit] / (double)in->present;
  largest = fmax(in->most - mean, mean - in->least);
  if (!isfinite(largest)) return false;
  for (unit = 0; unit < in->units; unit++)
    if (!isnan(in->column[unit])) {
      double d = (in->column[unit] - mean) / largest;
      squares += d * d;
    }
  deviation = largest * sqrt(squares / (double)(in->present - 1));
  for (unit = 0; unit < in->units; unit++) in->column[unit] = in->direction * (in->column[unit] - mean) / deviation;
  return true;
}

/* Mid-ranks, the best the highest. */
static void to_ranks(ent_composite_work *work, const indicator *in) {
  size_t unit;
  for (unit = 0; unit < in->units; unit++) in->column[unit] *= in->direction;
  ent_composite_rank(in->column, in->units, work->place, work->first, work->last, in->column);
  for (unit = 0; unit < in->units; unit++) in->column[unit] = (double)(in->present + 1) - in->column[unit];
}

static void to_percentile_ranks(ent_composite_work *work, const indicator *in) {
  double from = work->methods.from, scale = work->methods.to - work->methods.from;
  size_t unit;
  to_ranks(work, in);
  for (unit = 0; unit < in->units; unit++)
    in->column[unit] = from + scale * ((in->column[unit] - 1) / (double)(in->present - 1));
}

static void to_borda(ent_composite_work *work, const indicator *in) {
  size_t unit;
  to_ranks(work, in);
  for (unit = 0; unit < in->units; unit++) in->column[unit] -= 1;
}

static ent_composite_reason to_distances(const indicator *in, double reference, long node, ent_composite_fault *fault) {
  size_t unit;
  if (in->direction < 0 && in->least <= 0) {
    for (unit = 0; !(in->column[unit] <= 0);) unit++;
    return ent_composite_wrong(fault, ENT_COMPOSITE_NOT_POSITIVE, (long)unit, node);
  }
  for (unit = 0; unit < in->units; unit++)
    in->column[unit] = in->direction > 0 ? in->column[unit] / reference : reference / in->column[unit];
  return ENT_COMPOSITE_FINE;
}

static bool compares(ent_composite_normalisation method) {
  return method != ENT_NORMALISE_GOALPOSTS && method != ENT_NORMALISE_REFERENCE;
}

static ent_composite_reason normalise_column(ent_composite_work *work, size_t i, ent_composite_fault *fault) {
  ent_composite_normalisation method = work->methods.normalisation;
  indicator in = {.units = work->unit_count,
                  .column = ent_composite_column(work, (int)i),
                  .direction = ent_composite_direction(work, i)};
  in.present = ent_composite_ends(in.column, in.units, &in.least, &in.most);
  if (!in.present) return ENT_COMPOSITE_FINE;
  if (compares(method) && in.present < 3) return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_UNITS, -1, (long)i);
  if ((method == ENT_NORMALISE_MIN_MAX || method == ENT_NORMALISE_Z_SCORE)) {
    if (in.most <= in.least) return make_missing(&in), ENT_COMPOSITE_FINE;
    if (isinf(in.most - in.least)) return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, -1, (long)i);
  }
  switch (method) {
    case ENT_NORMALISE_GOALPOSTS: to_shares(&in, work->low[i], work->high[i], &work->methods); break;
    case ENT_NORMALISE_MIN_MAX: to_shares(&in, in.least, in.most, &work->methods); break;
    case ENT_NORMALISE_Z_SCORE:
      if (!to_z_scores(&in)) return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, -1, (long)i);
      break;
    case ENT_NORMALISE_RANK: to_ranks(work, &in); break;
    case ENT_NORMALISE_PERCENTILE_RANK: to_percentile_ranks(work, &in); break;
    case ENT_NORMALISE_REFERENCE: return to_distances(&in, work->tree.reference[i], (long)i, fault);
    case ENT_NORMALISE_BORDA: to_borda(work, &in); break;
    case ENT_NORMALISATIONS: break;
  }
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_normalise(ent_composite_work *work, ent_composite_fault *fault) {
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  size_t i, k;
  if (compares(work->methods.normalisation) && work->kept_count < 3)
    return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  for (i = 0; !reason && i < work->indicator_count; i++) reason = normalise_column(work, i, fault);
  if (reason) return reason;
  for (k = 0; k < work->indicator_count * work->unit_count; k++)
    if (isinf(work->column[k]))
      return ent_composite_wrong(fault, ENT_COMPOSITE_INFINITE, (long)(k % work->unit_count),
                                 (long)(k / work->unit_count));
  return ENT_COMPOSITE_FINE;
}
