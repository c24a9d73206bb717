/* sensitivity_ranks.c - how robust the order of alliances is: rank acceptability, pairwise probability, central weights
 * and confidence factors over draws of all inputs (see sensitivity.h and composite/acceptability.h). */
#include <math.h>
#include <string.h>

#include "assess/sensitivity.h"
#include "composite/acceptability.h"

typedef struct desk { /* of one worker */
  ent_bench *bench;
  double *uniforms;  /* inputs x block */
  const double **at; /* inputs */
  double *score;     /* alliances x block */
  double *weight;    /* weights */
  const double **to; /* weights: where their fixed values stand */
  double *fixed;     /* weights x block */
  double *one;       /* alliances: the scores of one draw */
  ent_acceptability counts;
  uint64_t *first; /* alliances: draws in which each is first under its central weights */
} desk;

typedef struct run {
  const ent_factors *f;
  const ent_assess_request *request;
  size_t alliances, weight_count;
  const size_t *weights;          /* inputs */
  const double *group;            /* weights: of each one's group, nominal */
  const size_t *group_first;      /* weights: the first weight of its group */
  const ent_input_group *changed; /* all weights */
  const double *central;          /* alliances x weights; NULL in the first pass */
  desk *desks;
} run;

static void draw_block(const run *r, uint32_t first, desk *at) {
  const ent_factors *f = r->f;
  ent_sensitivity_uniforms(f->inputs, f->input_count, r->request->seed, first, at->uniforms);
  ent_evaluate(f->evaluation, at->bench, at->at);
}

static void read_scores(const run *r, desk *at) {
  size_t a;
  for (a = 0; a < r->alliances; a++)
    ent_sensitivity_read(r->f->evaluation, at->bench, a, at->score + a * ENT_EVALUATE_BLOCK);
}

static void take_scores(const run *r, desk *at, size_t d) {
  size_t a;
  for (a = 0; a < r->alliances; a++) at->one[a] = at->score[a * ENT_EVALUATE_BLOCK + d];
}

/* The weights of one draw, each as a share of its group. */
static void take_weights(const run *r, desk *at, size_t d) {
  size_t k, j;
  for (k = 0; k < r->weight_count; k++)
    at->weight[k] = ent_evaluate_input(r->f->evaluation, at->bench, r->weights[k])[d];
  for (k = 0; k < r->weight_count; k = j) {
    double sum = 0;
    for (j = k; j < r->weight_count && r->group_first[j] == r->group_first[k]; j++) sum += at->weight[j];
    for (j = k; j < r->weight_count && r->group_first[j] == r->group_first[k]; j++) at->weight[j] /= sum;
  }
}

static size_t wanted(const run *r, uint32_t first) {
  return r->request->draws - first < ENT_EVALUATE_BLOCK ? r->request->draws - first : ENT_EVALUATE_BLOCK;
}

static int count_block(void *context, size_t part, unsigned worker) {
  const run *r = context;
  desk *at = &r->desks[worker];
  uint32_t first = (uint32_t)(part * ENT_EVALUATE_BLOCK);
  size_t d;
  draw_block(r, first, at);
  read_scores(r, at);
  for (d = 0; d < wanted(r, first); d++) {
    take_scores(r, at, d);
    take_weights(r, at, d);
    ent_acceptability_add(&at->counts, at->one, r->weight_count ? at->weight : NULL);
  }
  return 0;
}

static int confirm_block(void *context, size_t part, unsigned worker) {
  const run *r = context;
  desk *at = &r->desks[worker];
  uint32_t first = (uint32_t)(part * ENT_EVALUATE_BLOCK);
  size_t a, k, d;
  draw_block(r, first, at);
  for (a = 0; a < r->alliances; a++) {
    const double *central = r->central + a * r->weight_count;
    if (r->weight_count && isnan(central[0])) continue;
    for (k = 0; k < r->weight_count; k++) {
      double weight = central[k] * r->group[k];
      for (d = 0; d < ENT_EVALUATE_BLOCK; d++) at->fixed[k * ENT_EVALUATE_BLOCK + d] = weight > 0 ? weight : 1e-100;
    }
    if (r->weight_count) ent_evaluate_set(r->f->evaluation, at->bench, r->changed, at->to);
    read_scores(r, at);
    for (d = 0; d < wanted(r, first); d++) {
      take_scores(r, at, d);
      at->first[a] += ent_acceptability_first(at->one, r->alliances, a);
    }
  }
  return 0;
}

/* ---- memory ---- */

static bool list_weights(const ent_factors *f, ent_arena *arena, run *out) {
  size_t *weights = ent_arena_take(arena, f->input_count, sizeof *weights), i, k;
  size_t *first = ent_arena_take(arena, f->input_count, sizeof *first);
  double *group = ent_arena_take(arena, f->input_count, sizeof *group);
  if (!weights || !first || !group) return false;
  for (i = 0; i < f->input_count; i++)
    if (f->inputs[i].kind == ENT_INPUT_WEIGHT) weights[out->weight_count++] = i;
  for (k = 0; k < out->weight_count; k++) { /* those of a group stand together */
    const ent_assess_input *in = &f->inputs[weights[k]], *before = k ? &f->inputs[weights[k - 1]] : NULL;
    bool same = before && (in->dimension < 0) == (before->dimension < 0) &&
                (in->indicator < 0) == (before->indicator < 0) &&
                (in->dimension < 0 || in->criterion == before->criterion) &&
                (in->indicator < 0 || in->dimension == before->dimension);
    first[k] = same ? first[k - 1] : k;
    group[k] = ent_sensitivity_group(f->inputs, f->input_count, weights[k]);
  }
  out->weights = weights;
  out->group_first = first;
  out->group = group;
  return (out->changed = ent_evaluation_group(f->evaluation, weights, out->weight_count, arena)) != NULL;
}

static bool make_desk(const run *r, ent_arena *arena, desk *out) {
  const ent_factors *f = r->f;
  size_t i;
  out->bench = ent_bench_new(f->evaluation, arena);
  out->uniforms = ent_arena_take(arena, f->input_count * ENT_EVALUATE_BLOCK, sizeof *out->uniforms);
  out->at = ent_arena_take(arena, f->input_count, sizeof *out->at);
  out->score = ent_arena_take(arena, r->alliances * ENT_EVALUATE_BLOCK, sizeof *out->score);
  out->weight = ent_arena_take(arena, r->weight_count, sizeof *out->weight);
  out->to = ent_arena_take(arena, r->weight_count, sizeof *out->to);
  out->fixed = ent_arena_take(arena, r->weight_count * ENT_EVALUATE_BLOCK, sizeof *out->fixed);
  out->one = ent_arena_take(arena, r->alliances, sizeof *out->one);
  out->first = ent_arena_take(arena, r->alliances, sizeof *out->first);
  if (!out->bench || !out->uniforms || !out->at || !out->score || !out->weight || !out->to || !out->fixed ||
      !out->one || !out->first)
    return false;
  for (i = 0; i < f->input_count; i++) out->at[i] = out->uniforms + i * ENT_EVALUATE_BLOCK;
  for (i = 0; i < r->weight_count; i++) out->to[i] = out->fixed + i * ENT_EVALUATE_BLOCK;
  return ent_acceptability_init(&out->counts, arena, r->alliances, r->weight_count, true, true);
}

static bool make_out(const run *r, ent_arena *arena, ent_sensitivity_rank *out) {
  out->alliance_count = r->alliances;
  out->weight_count = r->weight_count;
  out->weights = r->weights;
  out->acceptability = ent_arena_take(arena, r->alliances * r->alliances, sizeof *out->acceptability);
  out->pairs = ent_arena_take(arena, r->alliances * r->alliances, sizeof *out->pairs);
  out->central = ent_arena_take(arena, r->alliances * r->weight_count, sizeof *out->central);
  out->confidence = ent_arena_take(arena, r->alliances, sizeof *out->confidence);
  return out->acceptability && out->pairs && out->central && out->confidence;
}

/* ---- the run ---- */

static void conclude(run *r, unsigned workers, ent_sensitivity_rank *out) {
  unsigned w;
  for (w = 1; w < workers; w++) ent_acceptability_merge(&r->desks[0].counts, &r->desks[w].counts);
  ent_acceptability_shares(&r->desks[0].counts, out->acceptability);
  ent_acceptability_pairs(&r->desks[0].counts, out->pairs);
  if (r->weight_count) ent_acceptability_central(&r->desks[0].counts, out->central);
}

static void confirm(const run *r, unsigned workers, ent_sensitivity_rank *out) {
  size_t a;
  unsigned w;
  for (a = 0; a < r->alliances; a++) {
    uint64_t sum = 0;
    for (w = 0; w < workers; w++) sum += r->desks[w].first[a];
    out->confidence[a] = (double)sum / ((double)ENT_ACCEPTABILITY_WHOLE * r->request->draws);
    if (r->weight_count && isnan(out->central[a * r->weight_count])) out->confidence[a] = NAN;
  }
}

int ent_sensitivity_ranks(const ent_factors *f, const ent_assess_request *request, ent_arena *arena,
                          ent_sensitivity_rank *out) {
  run r = {.f = f, .request = request, .alliances = ent_evaluation_of(f->evaluation)->alliance_count};
  size_t parts = ((size_t)request->draws + ENT_EVALUATE_BLOCK - 1) / ENT_EVALUATE_BLOCK;
  unsigned w, workers = ent_parallel_workers(parts, request->threads);
  int answer;
  if (!list_weights(f, arena, &r) || !make_out(&r, arena, out)) return ENT_SENSITIVITY_NO_MEMORY;
  if (!(r.desks = ent_arena_take(arena, workers, sizeof *r.desks))) return ENT_SENSITIVITY_NO_MEMORY;
  for (w = 0; w < workers; w++)
    if (!make_desk(&r, arena, &r.desks[w])) return ENT_SENSITIVITY_NO_MEMORY;
  if ((answer = ent_parallel_run(parts, workers, count_block, &r, NULL, NULL))) return answer;
  conclude(&r, workers, out);
  r.central = out->central;
  if ((answer = ent_parallel_run(parts, workers, confirm_block, &r, NULL, NULL))) return answer;
  confirm(&r, workers, out);
  return 0;
}
