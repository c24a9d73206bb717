/* sensitivity.c - the operation sensitivity: what drives the headline scores of the alliances, what leaving one thing
 * out does to them, what would have to change for the verdict to change, and how robust their order is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/sensitive.h"

enum { DEFAULT_POINTS = 4096, MOST_POINTS = 1 << 20, SCRAMBLINGS = 16, OMISSION_DRAWS = 2048, DEFAULT_TOP = 8 };

void *ent_sensitive_take(ent_sensitive *s, size_t count, size_t size) {
  void *memory = s->status ? NULL : ent_arena_take(s->run.arena, count, size);
  if (!memory && !s->status) s->status = ent_fail_memory(s->run.study->context);
  return memory;
}

/* The answer of a call of assess/sensitivity.h as a status. */
static void judge(ent_sensitive *s, int answer) {
  if (s->status || !answer) return;
  if (answer == ENT_SENSITIVITY_TOO_MANY)
    s->status = ent_fail(s->run.study->context, ENT_INVALID, NULL, "ask for one alliance, with --alliance",
                         "%zu ranges, choices and weights vary at once; at most %d can be told apart",
                         s->factors.column_count, (int)ENT_INDICES_MOST_PADDED);
  else s->status = ent_run_failed(&s->run);
}

/* ---- outputs ---- */

static ent_class_answer class_of(const ent_sensitive *s, double score) {
  const ent_model_class *class;
  if (isnan(score)) return (ent_class_answer){NULL, {NULL, NULL}};
  class = &s->run.model->classes[ent_assess_class(s->run.model, score)];
  return (ent_class_answer){class->id, class->label};
}

static bool is_classed(const ent_sensitive *s, size_t output) {
  return output < s->answer->alliance_count &&
         s->run.assessment->alliances[output].coverage >= s->run.model->least_coverage;
}

static ent_figure difference_of(ent_sensitive *s) {
  const ent_assessed_alliance *a = s->run.assessment->alliances;
  const float *first = a[0].aggregated[s->run.model->headline], *second = a[1].aggregated[s->run.model->headline];
  ent_figure out = {NAN, NAN, NAN};
  uint32_t d, draws = s->run.request.draws;
  float *difference = ent_sensitive_take(s, draws, sizeof *difference);
  if (!difference || !first || !second) return out;
  for (d = 0; d < draws; d++) difference[d] = first[d] - second[d];
  ent_assess_summary(difference, draws, s->run.scratch, &out.median, &out.low, &out.high);
  return out;
}

static void fill_outputs(ent_sensitive *s) {
  ent_sensitivity_answer *answer = s->answer;
  const ent_assessment *of = s->run.assessment;
  size_t o;
  answer->alliance_count = of->alliance_count;
  answer->output_count = ent_sensitivity_outputs(of->alliance_count);
  answer->outputs = ent_sensitive_take(s, answer->output_count, sizeof *answer->outputs);
  for (o = 0; o < answer->output_count && !s->status; o++) {
    ent_output_answer *out = &answer->outputs[o];
    *out = (ent_output_answer){.coverage = NAN, .is_difference = o >= of->alliance_count};
    if (out->is_difference) {
      ent_label a = of->alliances[0].alliance->label, b = of->alliances[1].alliance->label;
      out->id = "difference";
      out->score = difference_of(s);
      out->label.en = ent_arena_print(s->run.arena, "%s \u2212 %s", a.en, b.en);
      out->label.de = ent_arena_print(s->run.arena, "%s \u2212 %s", a.de, b.de);
      if (!out->label.en || !out->label.de) s->status = ent_fail_memory(s->run.study->context);
      continue;
    }
    out->id = out->key = of->alliances[o].alliance->id;
    out->label = of->alliances[o].alliance->label;
    out->coverage = of->alliances[o].coverage;
    out->score = ent_run_summary(&s->run, of->alliances[o].aggregated[s->run.model->headline]);
    if (is_classed(s, o)) out->class_of = class_of(s, out->score.median);
  }
}

/* ---- indices ---- */

static ent_interval interval_of(ent_sensitivity_index of) { return (ent_interval){of.value, of.low, of.high}; }

static void fill_indices(ent_sensitive *s, size_t output, const ent_indices *of) {
  ent_output_answer *out = &s->answer->outputs[output];
  size_t i;
  out->reason = isnan(out->score.median)            ? ENT_OUTPUT_MISSING
                : of->reason == ENT_INDICES_THERE   ? ENT_OUTPUT_THERE
                : of->reason == ENT_INDICES_MISSING ? ENT_OUTPUT_MISSING
                                                    : ENT_OUTPUT_CONSTANT;
  out->mean = of->mean;
  out->variance = of->variance;
  for (i = 0; i < s->answer->input_count; i++) {
    ent_index_answer *index = &s->answer->inputs[i].of[output].index;
    *index = (ent_index_answer){interval_of(of->first[i]), interval_of(of->total[i])};
    out->sum_first += index->first.value;
  }
  for (i = 0; i < s->answer->group_count; i++) {
    size_t set = s->answer->input_count + i;
    s->answer->groups[i].of[output] = (ent_index_answer){interval_of(of->first[set]), interval_of(of->total[set])};
  }
}

/* Nothing varies: there is nothing to share out. */
static void fill_constant(ent_sensitive *s) {
  size_t o;
  for (o = 0; o < s->answer->output_count; o++) {
    ent_output_answer *out = &s->answer->outputs[o];
    out->reason = isnan(out->score.median) ? ENT_OUTPUT_MISSING : ENT_OUTPUT_CONSTANT;
    out->mean = out->score.median;
    out->variance = isnan(out->score.median) ? NAN : 0;
    out->sum_first = NAN;
  }
}

static void compute_indices(ent_sensitive *s) {
  const ent_sensitivity_setting setting = {.points = s->answer->points,
                                           .scramblings = SCRAMBLINGS,
                                           .seed = s->run.request.seed,
                                           .threads = s->run.request.threads,
                                           .progress = s->run.request.progress,
                                           .progress_context = s->run.request.progress_context};
  ent_indices *out = ent_sensitive_take(s, s->answer->output_count, sizeof *out);
  size_t o;
  if (s->status) return;
  if (!s->answer->input_count) {
    fill_constant(s);
    return;
  }
  judge(s, ent_sensitivity_indices(&s->factors, s->sets, s->set_count, &setting, s->run.arena, out));
  for (o = 0; o < s->answer->output_count && !s->status; o++) fill_indices(s, o, &out[o]);
}

/* ---- swings and flips ---- */

static void fill_swings(ent_sensitive *s) {
  size_t count = s->factors.input_count, outputs = s->answer->output_count, i, o;
  ent_swing *swings = ent_sensitive_take(s, count, sizeof *swings);
  double *scores = ent_sensitive_take(s, 2 * count * outputs, sizeof *scores);
  double *nominal = ent_sensitive_take(s, outputs, sizeof *nominal);
  if (s->status) return;
  judge(s, ent_sensitivity_swings(&s->factors, s->run.arena, swings, scores, nominal));
  for (o = 0; o < outputs; o++) {
    s->answer->outputs[o].nominal = nominal[o];
    if (is_classed(s, o)) s->answer->outputs[o].nominal_class = class_of(s, nominal[o]);
  }
  for (i = 0; i < s->answer->input_count; i++) {
    ent_input_answer *in = &s->answer->inputs[i];
    in->nominal = in->choice_count ? NAN : swings[s->listed[i]].nominal; /* a method has a name, no number */
    in->low = swings[s->listed[i]].low;
    in->high = swings[s->listed[i]].high;
    for (o = 0; o < outputs; o++) {
      const double *at = scores + 2 * (s->listed[i] * outputs + o);
      in->of[o].at_low = at[0];
      in->of[o].at_high = at[1];
    }
  }
}

/* The limits of classes of an alliance; of the difference, zero. */
static ent_flip_limits limits_of(ent_sensitive *s, size_t output) {
  const ent_model *model = s->run.model;
  bool difference = output >= s->answer->alliance_count;
  double *from = ent_sensitive_take(s, model->class_count + 2, sizeof *from);
  size_t k;
  if (!from || (!difference && !is_classed(s, output))) return (ent_flip_limits){0, NULL};
  if (difference) {
    from[0] = -INFINITY;
    from[1] = 0;
    return (ent_flip_limits){2, from};
  }
  for (k = 0; k < model->class_count; k++) from[k] = model->classes[k].from;
  return (ent_flip_limits){model->class_count, from};
}

static void fill_flips(ent_sensitive *s) {
  size_t count = s->factors.input_count, outputs = s->answer->output_count, i, o;
  ent_flip *flips = ent_sensitive_take(s, count * outputs, sizeof *flips);
  ent_flip_limits *limits = ent_sensitive_take(s, outputs, sizeof *limits);
  for (o = 0; o < outputs && !s->status; o++) limits[o] = limits_of(s, o);
  if (s->status) return;
  judge(s, ent_sensitivity_flips(&s->factors, limits, s->run.arena, flips));
  for (i = 0; i < s->answer->input_count; i++)
    for (o = 0; o < outputs; o++) {
      const ent_flip *flip = &flips[s->listed[i] * outputs + o];
      ent_flip_answer *out = &s->answer->inputs[i].of[o].flip;
      *out = (ent_flip_answer){.found = flip->found, .value = flip->value, .change = flip->change};
      out->score = flip->score;
      if (flip->found && o < s->answer->alliance_count) out->class_of = class_of(s, flip->score);
    }
}

/* ---- orders ---- */

typedef struct place {
  double size;
  size_t input;
} place;

static int by_size(const void *left, const void *right) {
  const place *a = left, *b = right;
  int order = (a->size > b->size) - (a->size < b->size);
  return order ? order : (a->input > b->input) - (a->input < b->input);
}

static const size_t *order_of(ent_sensitive *s, place *places, size_t count) {
  size_t *out = ent_sensitive_take(s, count, sizeof *out), i;
  if (!out) return NULL;
  if (count) qsort(places, count, sizeof *places, by_size);
  for (i = 0; i < count; i++) out[i] = places[i].input;
  return out;
}

static void order_inputs(ent_sensitive *s) {
  place *places = ent_sensitive_take(s, s->answer->input_count, sizeof *places);
  size_t o, i, count;
  for (o = 0; o < s->answer->output_count && !s->status; o++) {
    ent_output_answer *out = &s->answer->outputs[o];
    for (i = 0; i < s->answer->input_count; i++) {
      double total = s->answer->inputs[i].of[o].index.total.value;
      places[i] = (place){isnan(total) ? 0 : -total, i};
    }
    out->by_total = order_of(s, places, s->answer->input_count);
    for (i = 0; i < s->answer->input_count; i++) {
      const ent_input_output *of = &s->answer->inputs[i].of[o];
      places[i] = (place){isnan(of->at_low) ? 0 : -fabs(of->at_high - of->at_low), i};
    }
    out->by_swing = order_of(s, places, s->answer->input_count);
    for (i = count = 0; i < s->answer->input_count; i++)
      if (s->answer->inputs[i].of[o].flip.found)
        places[count++] = (place){s->answer->inputs[i].method ? -1 : s->answer->inputs[i].of[o].flip.change, i};
    out->by_change = order_of(s, places, out->flip_count = count);
  }
}

static void order_omissions(ent_sensitive *s) {
  place *places = ent_sensitive_take(s, s->answer->omission_count, sizeof *places);
  size_t o, i;
  for (o = 0; o < s->answer->output_count && !s->status; o++) {
    for (i = 0; i < s->answer->omission_count; i++) {
      double change = s->answer->omissions[i].of[o].change.median;
      places[i] = (place){isnan(change) ? -INFINITY : -fabs(change), i};
    }
    s->answer->outputs[o].by_moves = order_of(s, places, s->answer->omission_count);
  }
}

/* ---- ranks ---- */

static size_t listed_place(const ent_sensitive *s, size_t input) {
  size_t i;
  for (i = 0; i < s->answer->input_count; i++)
    if (s->listed[i] == input) return i;
  return SIZE_MAX;
}

static void fill_ranks(ent_sensitive *s) {
  ent_sensitivity_answer *answer = s->answer;
  ent_assess_request request = s->run.request;
  ent_sensitivity_rank ranks;
  size_t *weights, a, k, kept = 0, n = answer->alliance_count;
  if (n < 2 || s->status) return;
  judge(s, ent_sensitivity_ranks(&s->factors, &request, s->run.arena, &ranks));
  answer->ranks = ent_sensitive_take(s, n, sizeof *answer->ranks);
  answer->weights = weights = ent_sensitive_take(s, s->status ? 0 : ranks.weight_count, sizeof *weights);
  if (s->status) return;
  for (k = 0; k < ranks.weight_count; k++) {
    size_t at = listed_place(s, ranks.weights[k]);
    if (at == SIZE_MAX) continue; /* of something that has no evidence */
    for (a = 0; a < n; a++) ranks.central[a * ranks.weight_count + kept] = ranks.central[a * ranks.weight_count + k];
    weights[kept++] = at;
  }
  answer->weight_count = kept;
  for (a = 0; a < n; a++)
    answer->ranks[a] = (ent_rank_answer){.acceptability = ranks.acceptability + a * n,
                                         .above = ranks.pairs + a * n,
                                         .central = ranks.central + a * ranks.weight_count,
                                         .confidence = ranks.confidence[a]};
}

/* ---- the run ---- */

static void make_evaluation(ent_sensitive *s) {
  const ent_evaluation *e =
      s->status ? NULL
                : ent_evaluation_make(s->run.study->evidence, s->run.model, &s->run.request, NULL, 0, s->run.arena);
  if (s->status) return;
  if (!e || !ent_factors_make(e, s->run.arena, &s->factors)) s->status = ent_fail_memory(s->run.study->context);
  s->answer->column_count = s->factors.column_count;
}

static void fill(ent_sensitive *s) {
  s->answer->run = s->run.answer;
  fill_outputs(s);
  make_evaluation(s);
  if (!s->status) ent_sensitive_read_sources(s);
  if (!s->status) ent_sensitive_list_inputs(s);
  if (!s->status) ent_sensitive_make_sets(s);
  if (s->status) return;
  ent_run_is_part(&s->run, 0.05, 0.7);
  compute_indices(s);
  if (!s->status) fill_swings(s);
  if (!s->status) fill_flips(s);
  order_inputs(s);
  fill_ranks(s);
  if (s->status) return;
  ent_run_is_part(&s->run, 0.7, 1);
  ent_sensitive_omit(s);
  order_omissions(s);
}

static ent_status check_points(ent_study *study, uint32_t points) {
  if (points >= ENT_EVALUATE_BLOCK && points <= MOST_POINTS && !(points & (points - 1))) return ENT_OK;
  return ent_fail(study->context, ENT_USAGE, "--points", "give a power of two from 256 to 1048576", "%u",
                  (unsigned)points);
}

ent_status ent_sensitivity_run(ent_study *study, const ent_sensitivity_options *options, ent_result **out) {
  static const ent_sensitivity_options defaults;
  ent_result *result;
  ent_sensitive s = {.status = ENT_OK};
  *out = NULL;
  ent_context_clear(study->context);
  if (!options) options = &defaults;
  if (!(result = ent_result_new(study->context, ENT_SENSITIVITY))) return ent_fail_memory(study->context);
  s.answer = &result->sensitivity;
  s.answer->points = options->points ? options->points : DEFAULT_POINTS;
  s.answer->scramblings = SCRAMBLINGS;
  s.answer->top = options->top ? options->top : DEFAULT_TOP;
  s.status = check_points(study, s.answer->points);
  if (!s.status) s.status = ent_run_prepare(study, &options->run, NULL, result->arena, &s.run);
  if (!s.status) {
    ent_run_is_part(&s.run, 0, 0.05);
    s.status = ent_run_common(&s.run, 1);
    s.answer->omission_draws = s.run.request.draws < OMISSION_DRAWS ? s.run.request.draws : OMISSION_DRAWS;
  }
  if (!s.status) fill(&s);
  if (s.status) ent_result_free(result);
  else *out = result;
  return s.status;
}
