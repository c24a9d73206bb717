/* correlation.c - see correlation.h. Comes in: two columns; goes out: one number. */
#include "num/correlation.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static bool varies(const double *x, size_t count) {
  size_t i;
  for (i = 1; i < count; i++)
    if (x[i] < x[0] || x[i] > x[0]) return true;
  return false;
}

/* Rounding can carry it a last bit beyond. */
static double bounded(double r) { return r > 1 ? 1 : r < -1 ? -1 : r; }

double ent_correlation_pearson(const double *x, const double *y, size_t count) {
  if (!varies(x, count) || !varies(y, count)) return NAN;
  return bounded(gsl_stats_correlation(x, 1, y, 1, count));
}

double ent_correlation_spearman(const double *x, const double *y, size_t count, double *scratch) {
  if (!varies(x, count) || !varies(y, count)) return NAN;
  return bounded(gsl_stats_spearman(x, 1, y, 1, count, scratch));
}

static double pairs_of(double n) { return n * (n - 1) / 2; }

/* Pairs that are equal in sorted numbers. */
static double tied_pairs(const double *sorted, size_t count) {
  double sum = 0;
  size_t i, end;
  for (i = 0; i < count; i = end) {
    for (end = i + 1; end < count && !(sorted[end] > sorted[i]);) end++;
    sum += pairs_of((double)(end - i));
  }
  return sum;
}

/* Merge sort, upwards; returns how many pairs stood in the wrong order: those that insertion sort would exchange. */
static double sort_counting(double *values, double *other, size_t count) {
  double exchanges = 0;
  size_t width, i;
  for (width = 1; width < count; width *= 2) {
    for (i = 0; i < count; i += 2 * width) {
      size_t a = i, middle = i + width < count ? i + width : count;
      size_t b = middle, end = middle + width < count ? middle + width : count, at = i;
      while (a < middle || b < end) {
        const bool right = a == middle || (b < end && values[b] < values[a]);
        if (right) exchanges += (double)(middle - a);
        other[at++] = right ? values[b++] : values[a++];
      }
    }
    memcpy(values, other, count * sizeof *values);
  }
  return exchanges;
}

double ent_correlation_kendall(const double *x, const double *y, size_t count, double *scratch) {
  double *const by_x = scratch, *const by_y = scratch + count, *const other = scratch + 2 * count;
  double tied_x, tied_y, tied_both = 0, all, exchanges, bottom;
  size_t i, end;
  if (!varies(x, count) || !varies(y, count)) return NAN;
  memcpy(by_x, x, count * sizeof *x);
  memcpy(by_y, y, count * sizeof *y);
  gsl_sort2(by_x, 1, by_y, 1, count);
  tied_x = tied_pairs(by_x, count);
  for (i = 0; i < count; i = end) { /* ties of x in the order of y: none of their pairs counts as exchanged */
    for (end = i + 1; end < count && !(by_x[end] > by_x[i]);) end++;
    gsl_sort(by_y + i, 1, end - i);
    tied_both += tied_pairs(by_y + i, end - i);
  }
  exchanges = sort_counting(by_y, other, count);
  tied_y = tied_pairs(by_y, count);
  all = pairs_of((double)count);
  bottom = sqrt((all - tied_x) * (all - tied_y));
  return bounded((all - tied_x - tied_y + tied_both - 2 * exchanges) / bottom);
}
