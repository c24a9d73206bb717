/* composite_inputs.c - which uncertain inputs of a composite move its ranks: variance-based indices, and each input at
 * its ends.
 *
 * Inputs are the values of an indicator, the weights inside an aggregate and each choice of methods. */
#include <math.h>
#include <stdlib.h>

#include "study/composite.h"

/* Inputs times units, for each of a dozen arrays. */
#define MOST_INDICES 4000000
enum { MOST_INPUTS = 2000 };

static ent_status fail_memory(const ent_composite_work *w) { return ent_fail_memory(w->context); }

const char *ent_composite_input_name(ent_composite_input_kind kind) {
  static const char *const names[ENT_INPUT_KINDS] = {
      [ENT_INPUT_VALUE] = "value",       [ENT_INPUT_INDICATOR] = "values",     [ENT_INPUT_UNIT] = "unit",
      [ENT_INPUT_VALUES] = "all_values", [ENT_INPUT_WEIGHTS] = "weights",      [ENT_INPUT_ALL_WEIGHTS] = "all_weights",
      [ENT_INPUT_TREATMENT] = "treat",   [ENT_INPUT_IMPUTATION] = "impute",    [ENT_INPUT_NORMALISATION] = "normalise",
      [ENT_INPUT_WEIGHTING] = "weights", [ENT_INPUT_AGGREGATION] = "aggregate"};
  return names[kind];
}

static ent_status list_inputs(ent_composite_work *w) {
  size_t count = 0;
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  ent_composite_reason reason = ent_composite_inputs(&w->data, &w->tree, &w->plans.methods, &w->plans.uncertainty,
                                                     ENT_INPUT_INDICATOR, NULL, &count, &fault);
  if (reason) return ent_composite_fail(w, reason, &fault);
  if (count == 0 || !w->plans.is_varied)
    return ent_fail(w->context, ENT_USAGE, "--indices", "let something vary: see --vary", "nothing is uncertain");
  if (count > MOST_INPUTS || count > MOST_INDICES / (w->sheet.unit_count + 1))
    return ent_fail(w->context, ENT_USAGE, "--indices", "leave units or indicators out, or do without indices",
                    "indices of %zu inputs for %zu units are too many", count, w->sheet.unit_count);
  ent_composite_input *inputs = ent_arena_take(w->arena, count, sizeof *inputs);
  if (!inputs) return fail_memory(w);
  reason = ent_composite_inputs(&w->data, &w->tree, &w->plans.methods, &w->plans.uncertainty, ENT_INPUT_INDICATOR,
                                inputs, &count, &fault);
  if (reason) return ent_composite_fail(w, reason, &fault);
  w->inputs = inputs;
  w->input_count = count;
  return ENT_OK;
}

static ent_status compute_indices(ent_composite_work *w) {
  size_t outputs = w->sheet.unit_count + 1, count = w->input_count;
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  ent_composite_indices *i = &w->indices;
  ent_composite_tornado *s = &w->swing;
  double **const wide[] = {&i->first, &i->first_low, &i->first_high, &i->total, &i->total_low, &i->total_high};
  for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
    if (!(*wide[k] = ent_composite_take(w, count, outputs))) return fail_memory(w);
  s->low = ent_composite_take(w, count, w->sheet.unit_count);
  s->high = ent_composite_take(w, count, w->sheet.unit_count);
  s->rank_change = ent_composite_take(w, count, 1);
  if (!s->low || !s->high || !s->rank_change) return fail_memory(w);
  ent_composite_design design = {.inputs = w->inputs, .input_count = count};
  w->progress_from += w->progress_span;
  w->progress_span = 0.9 - w->progress_from;
  ent_composite_reason reason =
      ent_composite_sensitivity(&w->data, &w->tree, &w->plans.methods, &w->plans.uncertainty, &design, i, &fault);
  if (!reason)
    reason =
        ent_composite_swing(&w->data, &w->tree, &w->plans.methods, &w->plans.uncertainty, w->inputs, count, s, &fault);
  return reason ? ent_composite_fail(w, reason, &fault) : ENT_OK;
}

static int compare_inputs(const void *a, const void *b) {
  const ent_composite_input_answer *x = a, *y = b;
  double one = isnan(x->total.median) ? -1 : x->total.median, other = isnan(y->total.median) ? -1 : y->total.median;
  if (one != other) return one > other ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

ent_status ent_composite_fill_inputs(ent_composite_work *w) {
  ent_status status = list_inputs(w);
  if (!status) status = compute_indices(w);
  if (status) return status;
  size_t outputs = w->sheet.unit_count + 1;
  ent_composite_input_answer *list = ent_arena_take(w->arena, w->input_count, sizeof *list);
  if (!list) return fail_memory(w);
  for (size_t k = 0; k < w->input_count; k++) {
    size_t at = k * outputs + w->sheet.unit_count; /* ranks are the last output */
    const ent_composite_indices *i = &w->indices;
    list[k] = (ent_composite_input_answer){.kind = ent_composite_input_name(w->inputs[k].kind),
                                           .place = k,
                                           .node = (int)w->inputs[k].node,
                                           .first = {i->first[at], i->first_low[at], i->first_high[at]},
                                           .total = {i->total[at], i->total_low[at], i->total_high[at]},
                                           .rank_change = w->swing.rank_change[k]};
  }
  qsort(list, w->input_count, sizeof *list, compare_inputs);
  w->answer->inputs = list;
  w->answer->input_count = w->input_count;
  w->answer->has_indices = true;
  return ENT_OK;
}
