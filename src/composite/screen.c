/* screen.c - which units have enough values to take part. */
#include "composite/composite.h"

#include <math.h>

void ent_composite_screen(ent_composite_work *work) {
  size_t units = work->unit_count, unit, i;
  double *present = work->unit_scratch, least = work->methods.least_coverage;
  if (!(least > 0)) return;
  for (unit = 0; unit < units; unit++) present[unit] = 0;
  for (i = 0; i < work->indicator_count; i++)
    for (unit = 0; unit < units; unit++) present[unit] += !isnan(work->column[i * units + unit]);
  for (unit = 0; unit < units; unit++) {
    if (!(present[unit] / (double)work->indicator_count < least)) continue;
    work->kept[unit] = 0;
    work->kept_count--;
    for (i = 0; i < work->indicator_count; i++) work->column[i * units + unit] = NAN;
  }
}
