/* alternative.c - which distribution a row stands for, and its quantiles (see alternative.h). */
#include "assess/alternative.h"

#include <math.h>
#include <string.h>

#include "assess/assess.h"
#include "base/text.h"
#include "num/normal.h"

static ent_shape shape_of(const ent_model *model) {
  static const ent_shape shapes[ENT_RANGES_COUNT] = {ENT_SHAPE_TRIANGULAR, ENT_SHAPE_PERT, ENT_SHAPE_UNIFORM};
  return shapes[model->ranges];
}

/* Numbers whose products do not overflow. No goalpost is further away than 1e15, so that no score can tell. */
static double kept(double value) {
  static const double most = 1e150;
  return value > most ? most : value < -most ? -most : value;
}

static void keep_finite(ent_alternative *a) {
  a->low = kept(a->low);
  a->mode = kept(a->mode);
  a->high = kept(a->high);
  a->deviation = kept(a->deviation);
}

/* Probability falls from the value to zero one step beyond low and high; what is not reached has none. */
static void make_steps(ent_alternative *alternative) {
  double point, sum = 0;
  size_t i, n = 0;
  for (point = alternative->low; point <= alternative->high + 1e-9 && n < ENT_MOST_STEPS; point += 1, n++) {
    double away = fabs(point - alternative->mode);
    double reach =
        point < alternative->mode ? alternative->mode - alternative->low : alternative->high - alternative->mode;
    sum += 1 - away / (reach + 1);
    alternative->step[n] = point;
    alternative->cumulative[n] = sum;
  }
  for (i = 0; i < ENT_MOST_STEPS; i++) alternative->cumulative[i] = i + 1 < n ? alternative->cumulative[i] / sum : 2;
  alternative->step_count = n;
}

ent_alternative ent_alternative_of_coding(const ent_model *model, const ent_coding *row, double low, double high,
                                          bool ordinal) {
  ent_alternative a = {.key = row->key, .low = row->low, .mode = row->value, .high = row->high};
  a.shape = shape_of(model);
  if (a.low < low) a.low = low;
  if (a.high > high) a.high = high;
  keep_finite(&a);
  if (ordinal && high - low < ENT_MOST_STEPS) make_steps(&a); /* a longer scale is as good as continuous */
  return a;
}

static const ent_model_qualifier *qualifier_of(const ent_model *model, const char *id) {
  size_t i;
  for (i = 0; i < model->qualifier_count; i++)
    if (ent_text_same(model->qualifiers[i].id, id)) return &model->qualifiers[i];
  return NULL;
}

double ent_assess_widening(const ent_model *model, const char *grade) {
  double share = 0;
  for (; grade && *grade; grade++) {
    if (*grade >= 'A' && *grade < 'A' + ENT_GRADES) share += model->grades.reliability[*grade - 'A'];
    if (*grade >= '1' && *grade < '1' + ENT_GRADES) share += model->grades.credibility[*grade - '1'];
  }
  return share;
}

/* Its ends where it has no standard error: the row's own, else the qualifier's. */
static void set_range(const ent_model *model, const ent_observation *row, ent_alternative *a) {
  const char *qualifier = row->qualifier;
  const ent_model_qualifier *q;
  if (isnan(a->mode) && !isnan(a->low) && !isnan(a->high)) {
    a->shape = ENT_SHAPE_UNIFORM;
    a->mode = (a->low + a->high) / 2;
    return;
  }
  a->shape = shape_of(model);
  if (isnan(a->mode)) { /* one bound alone */
    qualifier = isnan(a->low) ? "at_most" : "at_least";
    a->mode = isnan(a->low) ? a->high : a->low;
  }
  q = qualifier_of(model, qualifier);
  if (isnan(a->low)) a->low = a->mode - (q ? q->below * fabs(a->mode) : 0);
  if (isnan(a->high)) a->high = a->mode + (q ? q->above * fabs(a->mode) : 0);
}

/* The wider of the two says how sure the source is of itself, the grade how sure we are of the source: both count. */
static void set_normal(const ent_observation *row, double widening, ent_alternative *a) {
  a->shape = ENT_SHAPE_NORMAL;
  a->deviation = hypot(row->standard_error, widening);
  a->low = a->mode - ENT_MOST_ERRORS * a->deviation;
  a->high = a->mode + ENT_MOST_ERRORS * a->deviation;
}

ent_alternative ent_alternative_of_figure(const ent_model *model, const ent_observation *row) {
  ent_alternative a = {.key = row->key, .low = row->low, .mode = row->value, .high = row->high};
  double share = ent_assess_widening(model, row->grade);
  if (row->standard_error >= 0 && !isnan(a.mode)) {
    set_normal(row, share * fabs(a.mode), &a);
  } else {
    set_range(model, row, &a);
    a.low -= share * fabs(a.mode);
    a.high += share * fabs(a.mode);
  }
  if (ent_text_same(row->unit, "share")) { /* a share stays between none and all */
    if (a.low < 0) a.low = 0;
    if (a.high > 1) a.high = 1;
  }
  keep_finite(&a);
  if (a.mode < a.low) a.mode = a.low;
  if (a.mode > a.high) a.mode = a.high;
  if (a.shape == ENT_SHAPE_NORMAL && a.low < a.high) {
    a.below = ent_normal_below((a.low - a.mode) / a.deviation);
    a.cut = ent_normal_below((a.high - a.mode) / a.deviation) - a.below;
  }
  return a;
}

static double within(const ent_alternative *a, double value) {
  return value < a->low ? a->low : value > a->high ? a->high : value;
}

bool ent_alternative_needs_table(const ent_alternative *a) {
  return a->shape == ENT_SHAPE_PERT && a->low < a->high && !a->step_count;
}

void ent_alternative_make_table(const ent_alternative *a, ent_quantile_table *out) {
  double mode = (a->mode - a->low) / (a->high - a->low);
  (void)ent_quantile_table_pert(fmin(fmax(mode, 0), 1), out); /* the mode lies inside: it can not fail */
}

double ent_alternative_at(const ent_alternative *a, double u) {
  double width = a->high - a->low, cut;
  if (!(width > 0)) return a->mode;
  if (a->shape == ENT_SHAPE_UNIFORM) return a->low + u * width;
  if (a->shape == ENT_SHAPE_PERT) {
    ent_quantile_table_look_up(a->table, &u, 1, &u);
    return within(a, a->low + u * width);
  }
  if (a->shape == ENT_SHAPE_NORMAL)
    return within(a, a->mode + a->deviation * ent_normal_quantile(a->below + u * a->cut));
  cut = (a->mode - a->low) / width;
  if (u < cut) return a->low + sqrt(u * width * (a->mode - a->low));
  return a->high - sqrt((1 - u) * width * (a->high - a->mode));
}
