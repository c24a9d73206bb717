/* sensitivity_omit.c - leave-one-out: the headline scores without an indicator, a source or a coder, on the same draws
 * as with everything (see sensitivity.h). Each omission is planned anew, since what is left may be read otherwise: a
 * weight is spread, an older row steps in, a coder's word stands alone. */
#include <math.h>
#include <string.h>

#include "assess/sensitivity.h"

typedef struct run {
  const ent_evidence *evidence;
  const ent_model *model;
  const ent_assess_request *request;
  const ent_omission *omissions;
  size_t output_count, draws;
  float *base; /* outputs x (draws + slack), whole blocks of draws */
  ent_omitted *out;
} run;

/* ---- evidence without some rows ---- */

static bool is_out(const ent_omission *omission, ent_key key) {
  size_t low = 0, high = omission->row_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (omission->rows[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < omission->row_count && omission->rows[low] == key;
}

#define KEEP_ROWS(type, name)                                                             \
  do {                                                                                    \
    type *kept = ent_arena_take(arena, from->name##_count, sizeof *kept);                 \
    if (!kept) return false;                                                              \
    to->name##_count = 0;                                                                 \
    for (i = 0; i < from->name##_count; i++)                                              \
      if (!is_out(omission, from->name[i].key)) kept[to->name##_count++] = from->name[i]; \
    to->name = kept;                                                                      \
  } while (0)

static bool without_rows(const ent_evidence *from, const ent_omission *omission, ent_arena *arena, ent_evidence *to) {
  size_t i;
  *to = *from;
  KEEP_ROWS(ent_observation, observations);
  KEEP_ROWS(ent_view, views);
  KEEP_ROWS(ent_coding, codings);
  KEEP_ROWS(ent_institution, institutions);
  KEEP_ROWS(ent_provision, provisions);
  return true;
}

/* ---- draws ---- */

/* Draws of all outputs, outputs x stride. */
static bool draw(const ent_evaluation *e, const run *r, ent_arena *arena, size_t stride, float *out) {
  size_t count, i, o, d, first;
  const ent_assess_input *inputs = ent_evaluation_inputs(e, &count);
  ent_bench *bench = ent_bench_new(e, arena);
  double *uniforms = ent_arena_take(arena, count * ENT_EVALUATE_BLOCK, sizeof *uniforms), score[ENT_EVALUATE_BLOCK];
  const double **at = ent_arena_take(arena, count, sizeof *at);
  if (!bench || !uniforms || !at) return false;
  for (i = 0; i < count; i++) at[i] = uniforms + i * ENT_EVALUATE_BLOCK;
  for (first = 0; first < r->draws; first += ENT_EVALUATE_BLOCK) {
    ent_sensitivity_uniforms(inputs, count, r->request->seed, (uint32_t)first, uniforms);
    ent_evaluate(e, bench, at);
    for (o = 0; o < r->output_count; o++) {
      ent_sensitivity_read(e, bench, o, score);
      for (d = 0; d < ENT_EVALUATE_BLOCK; d++) out[o * stride + first + d] = (float)score[d];
    }
  }
  return true;
}

static size_t stride_of(const run *r) {
  return (r->draws + ENT_EVALUATE_BLOCK - 1) / ENT_EVALUATE_BLOCK * ENT_EVALUATE_BLOCK;
}

static ent_omitted summary_of(const run *r, const ent_evaluation *e, size_t output, const float *draws, float *scratch,
                              float *difference) {
  const ent_assessment *of = ent_evaluation_of(e);
  const float *base = r->base + output * stride_of(r);
  ent_omitted out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
  size_t d;
  if (output < of->alliance_count) out.coverage = of->alliances[output].coverage;
  if (isnan(draws[0])) return out; /* missing in one draw: missing in all */
  ent_assess_summary(draws, r->draws, scratch, &out.median, &out.low, &out.high);
  if (isnan(base[0])) return out;
  for (d = 0; d < r->draws; d++) difference[d] = draws[d] - base[d];
  ent_quantile_three(difference, r->draws, scratch, &out.change_low, &out.change, &out.change_high);
  return out;
}

static bool summarise(const run *r, const ent_evaluation *e, const float *draws, ent_arena *arena, ent_omitted *out) {
  float *scratch = ent_arena_take(arena, r->draws + ENT_QUANTILE_SLACK, sizeof *scratch);
  float *difference = ent_arena_take(arena, r->draws, sizeof *difference);
  size_t o;
  if (!scratch || !difference) return false;
  for (o = 0; o < r->output_count; o++) out[o] = summary_of(r, e, o, draws + o * stride_of(r), scratch, difference);
  return true;
}

/* ---- the run ---- */

static bool omit_one(const run *r, const ent_omission *omission, ent_arena *arena, ent_omitted *out) {
  const ent_evaluation *e;
  ent_evidence less;
  float *draws = ent_arena_take(arena, r->output_count * stride_of(r), sizeof *draws);
  if (!draws || !without_rows(r->evidence, omission, arena, &less)) return false;
  e = ent_evaluation_make(omission->row_count ? &less : r->evidence, r->model, r->request, omission->left_out,
                          omission->left_out ? 1 : 0, arena);
  return e && draw(e, r, arena, stride_of(r), draws) && summarise(r, e, draws, arena, out);
}

/* Memory of its own, since workers may not share an arena. */
static int omit(void *context, size_t part, unsigned worker) {
  const run *r = context;
  ent_arena *arena = ent_arena_new(0);
  bool done = arena && omit_one(r, &r->omissions[part], arena, r->out + part * r->output_count);
  (void)worker;
  ent_arena_free(arena);
  return done ? 0 : ENT_SENSITIVITY_NO_MEMORY;
}

int ent_sensitivity_omit(const ent_evidence *evidence, const ent_model *model, const ent_assess_request *request,
                         const ent_omission *omissions, size_t count, ent_arena *arena, ent_omitted *base,
                         ent_omitted *out) {
  const ent_evaluation *e = ent_evaluation_make(evidence, model, request, NULL, 0, arena);
  run r = {evidence, model, request, omissions, 0, request->draws, NULL, out};
  if (!e) return ENT_SENSITIVITY_NO_MEMORY;
  r.output_count = ent_sensitivity_outputs(ent_evaluation_of(e)->alliance_count);
  r.base = ent_arena_take(arena, r.output_count * stride_of(&r), sizeof *r.base);
  if (!r.base || !draw(e, &r, arena, stride_of(&r), r.base) || !summarise(&r, e, r.base, arena, base))
    return ENT_SENSITIVITY_NO_MEMORY;
  return ent_parallel_run(count, request->threads, omit, &r, request->progress, request->progress_context);
}
