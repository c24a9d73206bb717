/* sensitivity_swings.c - one input at a time, all others nominal: where its ends take the scores, and how near the
 * value lies that takes a score into another class (see sensitivity.h). */
#include <math.h>
#include <string.h>

#include "assess/plan.h"
#include "assess/sensitivity.h"
#include "num/beta.h"

enum { BLOCK = ENT_EVALUATE_BLOCK, SIDE = BLOCK / 2, LOW_PLACE = 12, HIGH_PLACE = 243, REFINEMENTS = 3 };
static const double FARTHEST = 10; /* a figure is searched from a tenth to the tenfold of it */
static const double NEVER = 1e-6;  /* as near as a share comes to none and all */

typedef struct work {
  const ent_factors *f;
  ent_bench *bench;
  const ent_input_group **groups; /* of each input alone */
  double *group_weight;           /* of each weight: of its group */
  double value[BLOCK], score[BLOCK];
} work;

static bool make_work(const ent_factors *f, ent_arena *arena, work *out) {
  size_t i;
  memset(out, 0, sizeof *out);
  out->f = f;
  out->bench = ent_bench_new(f->evaluation, arena);
  out->groups = ent_arena_take(arena, f->input_count, sizeof *out->groups);
  out->group_weight = ent_arena_take(arena, f->input_count, sizeof *out->group_weight);
  if (!out->bench || !out->groups || !out->group_weight) return false;
  for (i = 0; i < f->input_count; i++) {
    if (!(out->groups[i] = ent_evaluation_group(f->evaluation, &i, 1, arena))) return false;
    if (f->inputs[i].kind == ENT_INPUT_WEIGHT)
      out->group_weight[i] = ent_sensitivity_group(f->inputs, f->input_count, i);
  }
  return true;
}

/* The drawn weight that makes a share of its group, the others being nominal. */
static double weight_of(const work *w, size_t input, double share) {
  if (share < NEVER) share = NEVER;
  if (share > 1 - NEVER) share = 1 - NEVER;
  return share * (w->group_weight[input] - w->f->inputs[input].nominal) / (1 - share);
}

static double nominal_of(const work *w, size_t input) {
  const ent_assess_input *in = &w->f->inputs[input];
  return in->kind == ENT_INPUT_WEIGHT ? in->nominal / w->group_weight[input] : in->nominal;
}

/* Puts w->value into the input; scores are read from the bench. */
static void set(work *w, size_t input) {
  double drawn[BLOCK];
  const double *const to[1] = {drawn};
  size_t d;
  for (d = 0; d < BLOCK; d++)
    drawn[d] = w->f->inputs[input].kind == ENT_INPUT_WEIGHT ? weight_of(w, input, w->value[d]) : w->value[d];
  ent_evaluate_set(w->f->evaluation, w->bench, w->groups[input], to);
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Leaves the values at even quantiles in w->value, sorted. */
static void draw_evenly(work *w, size_t input) {
  double even[BLOCK];
  const double *const to[1] = {even};
  size_t d;
  for (d = 0; d < BLOCK; d++) even[d] = ((double)d + 0.5) / BLOCK;
  ent_evaluate_change(w->f->evaluation, w->bench, w->groups[input], to);
  memcpy(w->value, ent_evaluate_input(w->f->evaluation, w->bench, input), sizeof w->value);
  ent_order_sort(w->value, BLOCK, sizeof *w->value, by_size);
}

/* ---- swings ---- */

static ent_swing swing_of(work *w, size_t input) {
  const ent_assess_input *in = &w->f->inputs[input];
  ent_swing s = {nominal_of(w, input), NAN, NAN};
  if (in->kind == ENT_INPUT_WEIGHT) {
    double rest = w->group_weight[input] - in->nominal;
    s.low = ent_beta_quantile(in->nominal, rest, 0.05);
    s.high = ent_beta_quantile(in->nominal, rest, 0.95);
  } else if (in->kind == ENT_INPUT_VALUE) {
    draw_evenly(w, input);
    s.low = w->value[LOW_PLACE];
    s.high = w->value[HIGH_PLACE];
  }
  return s;
}

/* Puts a method's choices into the block, one after the other, the last one over and over. */
static void set_choices(work *w, size_t input) {
  size_t d, last = w->f->inputs[input].choice_count - 1;
  for (d = 0; d < BLOCK; d++) w->value[d] = (double)(d < last ? d : last);
  set(w, input);
}

/* Leaves the lowest and the highest score in out; both NaN where the output is missing. */
static void ends_of(const work *w, double *out) {
  size_t d;
  out[0] = out[1] = w->score[0];
  for (d = 1; d < BLOCK; d++) {
    if (w->score[d] < out[0]) out[0] = w->score[d];
    if (w->score[d] > out[1]) out[1] = w->score[d];
  }
}

int ent_sensitivity_choices(const ent_factors *f, size_t input, ent_arena *arena, double *scores) {
  work *w = ent_arena_take(arena, 1, sizeof *w);
  size_t o, count = f->inputs[input].choice_count;
  if (!w || !make_work(f, arena, w)) return ENT_SENSITIVITY_NO_MEMORY;
  set_choices(w, input);
  for (o = 0; o < f->output_count; o++) {
    ent_sensitivity_read(f->evaluation, w->bench, o, w->score);
    memcpy(scores + o * count, w->score, count * sizeof *scores);
  }
  return 0;
}

int ent_sensitivity_swings(const ent_factors *f, ent_arena *arena, ent_swing *swings, double *scores, double *nominal) {
  work *w = ent_arena_take(arena, 1, sizeof *w);
  size_t i, o, d;
  if (!w || !make_work(f, arena, w)) return ENT_SENSITIVITY_NO_MEMORY;
  for (o = 0; o < f->output_count; o++) {
    ent_sensitivity_read(f->evaluation, w->bench, o, w->score);
    nominal[o] = w->score[0];
  }
  for (i = 0; i < f->input_count; i++) {
    swings[i] = swing_of(w, i);
    for (d = 0; d < BLOCK; d++) w->value[d] = d % 2 ? swings[i].high : swings[i].low;
    if (f->inputs[i].kind == ENT_INPUT_METHOD) set_choices(w, i);
    else set(w, i);
    for (o = 0; o < f->output_count; o++) {
      double *out = scores + 2 * (i * f->output_count + o);
      ent_sensitivity_read(f->evaluation, w->bench, o, w->score);
      if (f->inputs[i].kind == ENT_INPUT_METHOD) ends_of(w, out);
      else memcpy(out, w->score, 2 * sizeof *out);
    }
  }
  return 0;
}

/* ---- flips ---- */

typedef struct range { /* where a value is looked for, and by what its change is measured */
  double nominal, low, high, unit;
  bool by_factor, whole;
} range;

static range range_of(work *w, size_t input) {
  const ent_assess_input *in = &w->f->inputs[input];
  range r = {.nominal = nominal_of(w, input), .unit = 1};
  if (in->kind == ENT_INPUT_WEIGHT) {
    r.high = 1;
  } else if (!isnan(in->least)) {
    r.low = in->least;
    r.high = in->most;
    if (in->aspect) r.unit = in->most - in->least;
    r.whole = in->whole && in->most - in->least <= SIDE;
  } else if (in->nominal != 0) {
    r.low = in->nominal > 0 ? in->nominal / FARTHEST : in->nominal * FARTHEST;
    r.high = in->nominal > 0 ? in->nominal * FARTHEST : in->nominal / FARTHEST;
    r.unit = fabs(in->nominal);
    r.by_factor = true;
  } else {
    draw_evenly(w, input);
    r.low = w->value[0];
    r.high = w->value[BLOCK - 1];
    r.unit = r.high - r.low;
  }
  return r;
}

static size_t class_of(const ent_flip_limits *limits, double score) {
  size_t k, found = 0;
  for (k = 0; k < limits->count; k++)
    if (score >= limits->from[k]) found = k;
  return found;
}

/* SIDE values from the nominal one outwards to an end, from place `at` on; of an ordinal code the points of its scale,
 * the last one over and over. */
static void spread(work *w, const range *r, double end, size_t at) {
  size_t k;
  for (k = 0; k < SIDE; k++) {
    double share = (double)(k + 1) / SIDE;
    double value = r->by_factor ? r->nominal * pow(end / r->nominal, share) : r->nominal + (end - r->nominal) * share;
    if (r->whole) {
      value = end > r->nominal ? floor(r->nominal) + 1 + (double)k : ceil(r->nominal) - 1 - (double)k;
      if (end > r->nominal ? value > end : value < end) value = end;
    }
    w->value[at + k] = k + 1 == SIDE && !r->whole ? end : value;
  }
}

/* The first of count values from `from` on whose score is in another class; count where there is none. */
static size_t first_other(const work *w, const ent_flip_limits *limits, size_t class, size_t from, size_t count) {
  size_t k;
  for (k = 0; k < count; k++)
    if (!isnan(w->score[from + k]) && class_of(limits, w->score[from + k]) != class) return k;
  return count;
}

/* Between a value that stays and one that does not: the nearest that does not. */
static void refine(work *w, size_t input, size_t output, const ent_flip_limits *limits, size_t class, double stays,
                   ent_flip *flip) {
  size_t step, k;
  for (step = 0; step < REFINEMENTS; step++) {
    double goes = flip->value;
    for (k = 0; k < BLOCK; k++) w->value[k] = stays + (goes - stays) * ((double)(k + 1) / BLOCK);
    w->value[BLOCK - 1] = goes;
    set(w, input);
    ent_sensitivity_read(w->f->evaluation, w->bench, output, w->score);
    if ((k = first_other(w, limits, class, 0, BLOCK)) == BLOCK) return;
    if (k > 0) stays = w->value[k - 1];
    flip->value = w->value[k];
    flip->score = w->score[k];
  }
}

/* Looks on one side; takes what it finds where it is nearer than what was found before. */
static void look(work *w, size_t input, size_t output, const ent_flip_limits *limits, const range *r, double end,
                 ent_flip *flip) {
  ent_flip found = *flip;
  size_t k;
  if (end == r->nominal) return;
  spread(w, r, end, 0);
  spread(w, r, end, SIDE);
  set(w, input);
  ent_sensitivity_read(w->f->evaluation, w->bench, output, w->score);
  if ((k = first_other(w, limits, flip->class_from, 0, SIDE)) == SIDE) return;
  found.found = true;
  found.value = w->value[k];
  found.score = w->score[k];
  if (!r->whole) refine(w, input, output, limits, flip->class_from, k > 0 ? w->value[k - 1] : r->nominal, &found);
  found.change = fabs(found.value - r->nominal) / r->unit;
  found.class_to = class_of(limits, found.score);
  if (!flip->found || found.change < flip->change) *flip = found;
}

/* The first choice of a method whose score is in another class. */
static void choose(work *w, size_t input, size_t output, const ent_flip_limits *limits, ent_flip *flip) {
  size_t k, count = w->f->inputs[input].choice_count;
  set_choices(w, input);
  ent_sensitivity_read(w->f->evaluation, w->bench, output, w->score);
  if ((k = first_other(w, limits, flip->class_from, 0, count)) == count) return;
  flip->found = true;
  flip->value = w->value[k];
  flip->change = 1;
  flip->score = w->score[k];
  flip->class_to = class_of(limits, flip->score);
}

static ent_flip flip_of(work *w, size_t input, size_t output, const ent_flip_limits *limits, double nominal) {
  ent_flip flip = {false, NAN, NAN, NAN, 0, 0};
  range r;
  if (!limits->count || isnan(nominal)) return flip;
  flip.class_from = flip.class_to = class_of(limits, nominal);
  if (w->f->inputs[input].kind == ENT_INPUT_METHOD) {
    choose(w, input, output, limits, &flip);
    return flip;
  }
  r = range_of(w, input);
  if (!(r.unit > 0)) return flip;
  look(w, input, output, limits, &r, r.low, &flip);
  look(w, input, output, limits, &r, r.high, &flip);
  return flip;
}

int ent_sensitivity_flips(const ent_factors *f, const ent_flip_limits *limits, ent_arena *arena, ent_flip *flips) {
  work *w = ent_arena_take(arena, 1, sizeof *w);
  double *nominal = ent_arena_take(arena, f->output_count, sizeof *nominal);
  size_t i, o;
  if (!w || !nominal || !make_work(f, arena, w)) return ENT_SENSITIVITY_NO_MEMORY;
  for (o = 0; o < f->output_count; o++) {
    ent_sensitivity_read(f->evaluation, w->bench, o, w->score);
    nominal[o] = w->score[0];
  }
  for (i = 0; i < f->input_count; i++)
    for (o = 0; o < f->output_count; o++) flips[i * f->output_count + o] = flip_of(w, i, o, &limits[o], nominal[o]);
  return 0;
}
