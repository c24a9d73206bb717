/* impute.c - what stands for a value that is missing, one indicator at a time. */
#include "composite/composite.h"

#include <math.h>

static void fill(const ent_composite_work *work, double *column, double value) {
  size_t unit;
  for (unit = 0; unit < work->unit_count; unit++)
    if (work->kept[unit] && isnan(column[unit])) column[unit] = value;
}

/* Divided before they are added, so that no sum of large values is infinite. */
static double mean_of(const double *column, size_t units, size_t present) {
  double sum = 0;
  size_t unit;
  for (unit = 0; unit < units; unit++)
    if (!isnan(column[unit])) sum += column[unit] / (double)present;
  return sum;
}

static double median_of(const ent_composite_work *work, const double *column) {
  size_t n = ent_acceptability_rank(column, work->unit_count, work->place, work->first, work->last);
  const ent_acceptability_place *place = work->place;
  return column[place[(n - 1) / 2].unit] / 2 + column[place[n / 2].unit] / 2;
}

/* A group's sum stands at the place of its number. */
static void fill_from_groups(const ent_composite_work *work, double *column) {
  const uint32_t *group = work->group_of;
  double *sum = work->unit_scratch;
  uint32_t *present = work->first;
  size_t unit;
  for (unit = 0; unit < work->unit_count; unit++) sum[unit] = present[unit] = 0;
  for (unit = 0; unit < work->unit_count; unit++)
    if (!isnan(column[unit])) present[group[unit]]++;
  for (unit = 0; unit < work->unit_count; unit++)
    if (!isnan(column[unit])) sum[group[unit]] += column[unit] / (double)present[group[unit]];
  for (unit = 0; unit < work->unit_count; unit++)
    if (work->kept[unit] && isnan(column[unit]) && present[group[unit]]) column[unit] = sum[group[unit]];
}

/* Earlier rows come first, and so hold what was carried to them. */
static void carry_forward(const ent_composite_work *work, double *column) {
  size_t k;
  for (k = 0; k < work->unit_count; k++) {
    uint32_t unit = work->by_time[k];
    if (work->kept[unit] && isnan(column[unit]) && work->previous[unit] >= 0)
      column[unit] = column[work->previous[unit]];
  }
}

static void impute_column(const ent_composite_work *work, size_t indicator) {
  double *column = ent_composite_column(work, (int)indicator), least, most;
  size_t present = ent_composite_ends(column, work->unit_count, &least, &most);
  bool more_is_better = ent_composite_direction(work, indicator) > 0;
  if (!present || present == work->kept_count) return;
  switch (work->methods.imputation) {
    case ENT_IMPUTE_MEAN: fill(work, column, mean_of(column, work->unit_count, present)); break;
    case ENT_IMPUTE_MEDIAN: fill(work, column, median_of(work, column)); break;
    case ENT_IMPUTE_GROUP_MEAN: fill_from_groups(work, column); break;
    case ENT_IMPUTE_CARRY_FORWARD: carry_forward(work, column); break;
    case ENT_IMPUTE_WORST: fill(work, column, more_is_better ? least : most); break;
    case ENT_IMPUTE_BEST: fill(work, column, more_is_better ? most : least); break;
    case ENT_IMPUTE_NONE:
    case ENT_IMPUTATIONS: break;
  }
}

void ent_composite_impute(const ent_composite_work *work) {
  size_t i;
  if (work->methods.imputation == ENT_IMPUTE_NONE) return;
  for (i = 0; i < work->indicator_count; i++) impute_column(work, i);
}
