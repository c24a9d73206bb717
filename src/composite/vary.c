/* vary.c - uncertainty of a composite: draws of its values, weights and choices, and what becomes of scores and ranks.
 *
 * Comes in: data, tree, methods, what is uncertain of them; goes out: quantiles, rank acceptability, central weights.
 *
 * How it works. A number of a draw is a pure function of the seed, of what is drawn and of the draw, so that draws can
 * be made in any order by any thread. Draws are cut into parts by the size of the data. A worker draws a block of them
 * value by value, evaluates one after the other, counts ranks in whole numbers of its own and notes scores where they
 * belong; counts are added at the end, quantiles taken unit by unit. */
#include <math.h>
#include <string.h>

#include "composite/acceptability.h"
#include "composite/composite.h"
#include "composite/uncertain.h"
#include "num/parallel.h"
#include "num/quantile.h"
#include "num/random.h"
#include "num/random_block.h"

enum {
  MOST_BLOCK = ENT_RANDOM_BLOCK, /* draws that are made together: a part of the work */
  STRIP = 8,                     /* values that are drawn together */
  CONFIDENCE_DRAWS = 10000,      /* of values, for the confidence factor */
  STOPPED = -1
};

#define MOST_LOGGED ((size_t)100000000) /* scores that are kept for quantiles */

typedef struct worker {
  double *columns;             /* block x cells */
  double *weight;              /* block x nodes */
  double *sum;                 /* nodes: scratch */
  double *score;               /* units */
  double *rows, *nodes, *used; /* units x indicators, units x nodes, nodes: where weights are computed; or NULL */
  ent_uncertain_plans plans;
  ent_acceptability counts;
  uint64_t *rank_sum;        /* units: first and last ranks */
  uint64_t *firsts;          /* units: of the confidence factor */
  float *column, *scratch;   /* draws: for quantiles */
  ent_composite_fault fault; /* of the part that failed */
  size_t part;
} worker;

typedef struct run {
  ent_uncertain uncertain;
  const ent_composite_spread *out;
  uint32_t draws;
  size_t block;
  worker *workers;
  unsigned worker_count;
  float *score, *rank; /* units x draws; or NULL */
  double *central;     /* units x nodes */
  bool *wins;          /* units: first in some draw */
} run;

/* ---- memory ---- */

static bool wants_quantiles(const ent_composite_spread *out) { return out->median || out->low || out->high; }

static bool wants_rank_quantiles(const ent_composite_spread *out) {
  return out->rank_median || out->rank_low || out->rank_high;
}

static bool wants_ranks(const ent_composite_spread *out) {
  return wants_rank_quantiles(out) || out->rank_mean || out->acceptability || out->better || out->central_weight ||
         out->confidence;
}

static bool wants_central(const ent_composite_spread *out) { return out->central_weight || out->confidence; }

/* Whether some weights are computed from the data and looked at afterwards. */
static bool looks_at_computed(const run *r) {
  ent_uncertain_pick pick = ent_uncertain_first(&r->uncertain);
  if (!wants_central(r->out)) return false;
  do {
    if (!ent_uncertain_weights_of(&r->uncertain, &pick)) return true;
  } while (ent_uncertain_next(&r->uncertain, &pick));
  return false;
}

static bool worker_init(worker *w, const run *r, ent_arena *arena) {
  const ent_uncertain *u = &r->uncertain;
  const ent_composite_spread *out = r->out;
  const size_t n = u->data.unit_count, nodes = u->tree->node_count;
  size_t d;
  memset(w, 0, sizeof *w);
  w->columns = ent_arena_take(arena, r->block, u->cell_count * sizeof *w->columns);
  w->weight = ent_arena_take(arena, r->block, nodes * sizeof *w->weight);
  w->sum = ent_arena_take(arena, nodes, sizeof *w->sum);
  w->score = ent_arena_take(arena, n, sizeof *w->score);
  w->rank_sum = ent_arena_take(arena, n, sizeof *w->rank_sum);
  w->firsts = ent_arena_take(arena, n, sizeof *w->firsts);
  if (!w->columns || !w->weight || !w->sum || !w->score || !w->rank_sum || !w->firsts) return false;
  for (d = 0; d < r->block; d++) memcpy(w->columns + d * u->cell_count, u->columns, u->cell_count * sizeof *w->columns);
  if (looks_at_computed(r)) {
    w->rows = ent_arena_take(arena, u->cell_count, sizeof *w->rows);
    w->nodes = ent_arena_take(arena, n, nodes * sizeof *w->nodes);
    w->used = ent_arena_take(arena, nodes, sizeof *w->used);
    if (!w->rows || !w->nodes || !w->used) return false;
  }
  if (r->score || r->rank) {
    w->column = ent_arena_take(arena, r->draws, sizeof *w->column);
    w->scratch = ent_arena_take(arena, (size_t)r->draws + ENT_QUANTILE_SLACK, sizeof *w->scratch);
    if (!w->column || !w->scratch) return false;
  }
  return !wants_ranks(out) ||
         ent_acceptability_init(&w->counts, arena, n, wants_central(out) ? nodes : 0, out->acceptability, out->better);
}

/* A block takes at most 256 MB. */
static void cut_work(run *r) {
  const size_t cells = r->uncertain.cell_count;
  r->block = cells <= (size_t)1 << 18 ? MOST_BLOCK : cells <= (size_t)1 << 21 ? 8 : 2;
}

static ent_composite_reason check_demands(const run *r) {
  const ent_composite_spread *out = r->out;
  const size_t n = r->uncertain.data.unit_count, nodes = r->uncertain.tree->node_count;
  if ((wants_quantiles(out) || wants_rank_quantiles(out)) && n > MOST_LOGGED / r->draws) return ENT_COMPOSITE_TOO_LARGE;
  if ((out->acceptability || out->better) && n > ENT_ACCEPTABILITY_MOST_UNITS) return ENT_COMPOSITE_TOO_LARGE;
  if (wants_central(out) && n > ENT_UNCERTAIN_MOST / nodes) return ENT_COMPOSITE_TOO_LARGE;
  return ENT_COMPOSITE_FINE;
}

static bool run_init(run *r, ent_arena *arena) {
  const ent_uncertain *u = &r->uncertain;
  const size_t n = u->data.unit_count;
  unsigned i;
  cut_work(r);
  r->worker_count = ent_parallel_workers((r->draws + r->block - 1) / r->block, u->uncertainty->threads);
  r->workers = ent_arena_take(arena, r->worker_count, sizeof *r->workers);
  if (wants_quantiles(r->out)) r->score = ent_arena_take(arena, n, r->draws * sizeof *r->score);
  if (wants_rank_quantiles(r->out)) r->rank = ent_arena_take(arena, n, r->draws * sizeof *r->rank);
  if (wants_central(r->out)) r->central = ent_arena_take(arena, n, u->tree->node_count * sizeof *r->central);
  r->wins = ent_arena_take(arena, n, sizeof *r->wins);
  if (!r->workers || !r->wins || (wants_quantiles(r->out) && !r->score) || (wants_rank_quantiles(r->out) && !r->rank) ||
      (wants_central(r->out) && !r->central))
    return false;
  for (i = 0; i < r->worker_count; i++)
    if (!worker_init(&r->workers[i], r, arena)) return false;
  return true;
}

static void run_clear(run *r) {
  unsigned i;
  for (i = 0; r->workers && i < r->worker_count; i++) ent_uncertain_plans_clear(&r->workers[i].plans);
}

/* ---- drawing ---- */

/* Some values for all draws of a block, then written draw by draw: neighbours fill a line of the cache. */
static void draw_strip(const run *r, worker *w, const ent_uncertain_value *values, size_t strip, uint32_t first,
                       size_t count) {
  const ent_uncertain *u = &r->uncertain;
  double numbers[STRIP][MOST_BLOCK];
  size_t cell[STRIP], i, d;
  for (i = 0; i < strip; i++) {
    cell[i] = values[i].indicator * u->data.unit_count + values[i].unit;
    ent_random_block(u->uncertainty->seed, ent_uncertain_value_stream(&values[i]), first, count, numbers[i]);
    ent_uncertain_values_of(u, &values[i], numbers[i], count);
  }
  for (d = 0; d < count; d++)
    for (i = 0; i < strip; i++) w->columns[d * u->cell_count + cell[i]] = numbers[i][d];
}

static void draw_values(const run *r, worker *w, uint32_t first, size_t count) {
  const ent_uncertain *u = &r->uncertain;
  size_t i;
  for (i = 0; i < u->value_count; i += STRIP) {
    const size_t left = u->value_count - i;
    draw_strip(r, w, u->values + i, left < STRIP ? left : STRIP, first, count);
  }
}

static void draw_picks(const run *r, uint32_t first, size_t count, ent_uncertain_pick *picks) {
  const ent_uncertain *u = &r->uncertain;
  double numbers[MOST_BLOCK];
  size_t d;
  int c;
  for (c = 0; c < ENT_CHOICES; c++) {
    if (u->choice_count[c])
      ent_random_uniform(u->uncertainty->seed, ent_uncertain_choice_stream(c), first, count, numbers);
    for (d = 0; d < count; d++) picks[d].of[c] = u->choice_count[c] > 1 ? ent_uncertain_chosen(u, c, numbers[d]) : 0;
  }
}

/* A node's variates for a block; draws with the same shares are looked up together. */
static void draw_weight(const run *r, worker *w, uint32_t first, size_t count, size_t node,
                        const ent_uncertain_weights *const *weights) {
  const ent_uncertain *u = &r->uncertain;
  const size_t nodes = u->tree->node_count;
  double numbers[MOST_BLOCK];
  size_t d, end;
  ent_random_block(u->uncertainty->seed, ent_uncertain_weight_stream(node), first, count, numbers);
  for (d = 0; d < count; d = end) {
    for (end = d + 1; end < count && weights[end] == weights[d];) end++;
    if (weights[d]) ent_uncertain_variates_of(u, weights[d], node, numbers + d, end - d);
  }
  for (d = 0; d < count; d++) w->weight[d * nodes + node] = numbers[d];
}

static void draw_weights(const run *r, worker *w, uint32_t first, size_t count,
                         const ent_uncertain_weights *const *weights) {
  const ent_composite_tree *tree = r->uncertain.tree;
  size_t i, d;
  for (i = 0; i < tree->node_count; i++) draw_weight(r, w, first, count, i, weights);
  for (d = 0; d < count; d++)
    if (weights[d]) ent_uncertain_share_out(tree, w->weight + d * tree->node_count, w->sum);
}

/* ---- evaluating ---- */

/* The long way: it tells the weights that it computed. */
static ent_composite_reason evaluate(const run *r, worker *w, const ent_uncertain_pick *pick, const double *columns) {
  const ent_uncertain *u = &r->uncertain;
  const size_t n = u->data.unit_count, m = u->data.indicator_count, nodes = u->tree->node_count;
  const ent_composite_methods methods = ent_uncertain_methods(u, pick);
  ent_composite_data data = u->data;
  ent_composite_scores out = {.score = w->nodes, .weight = w->used};
  ent_composite_reason reason;
  size_t i, k, top = 0;
  for (k = 0; k < m; k++)
    for (i = 0; i < n; i++) w->rows[i * m + k] = columns[k * n + i];
  data.values = w->rows;
  reason = ent_composite_evaluate(&data, u->tree, &methods, &out, &w->fault);
  while (u->tree->parent[top] >= 0) top++;
  for (i = 0; i < n && !reason; i++) w->score[i] = w->nodes[i * nodes + top];
  return reason;
}

/* Scores of one draw; *used: its weights, NULL where they are not looked at. */
static ent_composite_reason run_one(const run *r, worker *w, const ent_uncertain_pick *pick, const double *columns,
                                    const double *weight, const double **used) {
  *used = weight ? weight : w->used;
  if (!weight && w->used) return evaluate(r, w, pick, columns);
  return ent_uncertain_run(&r->uncertain, &w->plans, pick, columns, weight, w->score, &w->fault);
}

static void note(const run *r, worker *w, size_t draw, const double *weight) {
  const size_t n = r->uncertain.data.unit_count, draws = r->draws;
  size_t i;
  for (i = 0; r->out->draws && i < n; i++) r->out->draws[draw * n + i] = (float)w->score[i];
  for (i = 0; r->score && i < n; i++) r->score[i * draws + draw] = (float)w->score[i];
  if (!wants_ranks(r->out)) return;
  ent_acceptability_add(&w->counts, w->score, weight);
  for (i = 0; i < n; i++) {
    const uint32_t twice = w->counts.first[i] + w->counts.last[i];
    w->rank_sum[i] += twice;
    if (r->rank) r->rank[i * draws + draw] = twice ? (float)twice / 2 : NAN;
  }
}

/* Draws of a block in the order of their methods, so that plans are made seldom. */
static void order_block(const ent_uncertain *u, const ent_uncertain_pick *picks, size_t count, size_t *order) {
  uint64_t number[MOST_BLOCK];
  size_t d, k;
  for (d = 0; d < count; d++) {
    number[d] = ent_uncertain_number(u, &picks[d]);
    for (k = d; k > 0 && number[order[k - 1]] > number[d]; k--) order[k] = order[k - 1];
    order[k] = d;
  }
}

typedef ent_composite_reason use(const run *r, worker *w, uint32_t draw, const ent_uncertain_pick *pick,
                                 const double *columns, const double *weight);

/* Draws a block and hands each draw on, with its weights where with_weights. */
static ent_composite_reason each_draw(const run *r, worker *w, uint32_t first, size_t count, bool with_weights,
                                      use *use_draw) {
  const ent_uncertain *u = &r->uncertain;
  ent_uncertain_pick picks[MOST_BLOCK];
  const ent_uncertain_weights *weights[MOST_BLOCK];
  size_t order[MOST_BLOCK], d;
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  draw_values(r, w, first, count);
  draw_picks(r, first, count, picks);
  order_block(u, picks, count, order);
  for (d = 0; d < count; d++) weights[d] = with_weights ? ent_uncertain_weights_of(u, &picks[d]) : NULL;
  if (with_weights && u->weights_vary) draw_weights(r, w, first, count, weights);
  for (d = 0; d < count && !reason; d++) {
    const size_t at = order[d];
    const double *weight = weights[at] ? weights[at]->share : NULL;
    if (weight && u->weights_vary) weight = w->weight + at * u->tree->node_count;
    reason = use_draw(r, w, first + (uint32_t)at, &picks[at], w->columns + at * u->cell_count, weight);
  }
  return reason;
}

static int each_block(const run *r, size_t part, unsigned worker_index, uint32_t draws, bool with_weights,
                      use *use_draw) {
  worker *w = &r->workers[worker_index];
  const size_t first = part * r->block, count = draws - first < r->block ? draws - first : r->block;
  ent_composite_reason reason;
  w->fault = (ent_composite_fault){ENT_COMPOSITE_FINE, -1, -1};
  reason = each_draw(r, w, (uint32_t)first, count, with_weights, use_draw);
  w->part = part;
  w->fault.reason = reason;
  return (int)reason;
}

static ent_composite_reason use_scores(const run *r, worker *w, uint32_t draw, const ent_uncertain_pick *pick,
                                       const double *columns, const double *weight) {
  const double *used;
  ent_composite_reason reason = run_one(r, w, pick, columns, weight, &used);
  if (!reason) note(r, w, draw, used);
  return reason;
}

static int work_draws(void *context, size_t part, unsigned worker_index) {
  const run *r = context;
  return each_block(r, part, worker_index, r->draws, true, use_scores);
}

static ent_composite_reason use_central(const run *r, worker *w, uint32_t draw, const ent_uncertain_pick *pick,
                                        const double *columns, const double *weight) {
  const size_t n = r->uncertain.data.unit_count, nodes = r->uncertain.tree->node_count;
  ent_composite_reason reason = ENT_COMPOSITE_FINE;
  const double *used;
  size_t i;
  (void)draw, (void)weight;
  for (i = 0; i < n && !reason; i++) {
    if (!r->wins[i]) continue;
    reason = run_one(r, w, pick, columns, r->central + i * nodes, &used);
    if (!reason) w->firsts[i] += ent_acceptability_first(w->score, n, i);
  }
  return reason;
}

static uint32_t confidence_draws(const run *r) { return r->draws < CONFIDENCE_DRAWS ? r->draws : CONFIDENCE_DRAWS; }

static int work_confidence(void *context, size_t part, unsigned worker_index) {
  const run *r = context;
  return each_block(r, part, worker_index, confidence_draws(r), false, use_central);
}

/* ---- results ---- */

/* Three quantiles of what one unit has in the log; NaN where there is nothing. */
static void quantiles_of(const float *log, size_t draws, worker *w, double *low, double *median, double *high) {
  double least = INFINITY, most = -INFINITY;
  size_t d, count = 0;
  for (d = 0; d < draws; d++) {
    if (isnan(log[d])) continue;
    w->column[count++] = log[d];
    if (log[d] < least) least = log[d];
    if (log[d] > most) most = log[d];
  }
  *low = *median = *high = count ? least : NAN;
  if (count && least < most) ent_quantile_three(w->column, count, w->scratch, low, median, high);
}

static void put(double *array, size_t i, double value) {
  if (array) array[i] = value;
}

static int work_quantiles(void *context, size_t unit, unsigned worker_index) {
  const run *r = context;
  const ent_composite_spread *out = r->out;
  worker *w = &r->workers[worker_index];
  double low, median, high;
  if (r->score) {
    quantiles_of(r->score + unit * r->draws, r->draws, w, &low, &median, &high);
    put(out->low, unit, low);
    put(out->median, unit, median);
    put(out->high, unit, high);
  }
  if (r->rank) {
    quantiles_of(r->rank + unit * r->draws, r->draws, w, &low, &median, &high);
    put(out->rank_low, unit, low);
    put(out->rank_median, unit, median);
    put(out->rank_high, unit, high);
  }
  return 0;
}

static void sum_up(run *r) {
  const ent_composite_spread *out = r->out;
  const size_t n = r->uncertain.data.unit_count, nodes = r->uncertain.tree->node_count;
  worker *all = &r->workers[0];
  size_t i;
  unsigned k;
  if (!wants_ranks(out)) return;
  for (k = 1; k < r->worker_count; k++) {
    ent_acceptability_merge(&all->counts, &r->workers[k].counts);
    for (i = 0; i < n; i++) all->rank_sum[i] += r->workers[k].rank_sum[i];
  }
  for (i = 0; out->rank_mean && i < n; i++) {
    const uint32_t ranked = all->counts.ranked[i];
    out->rank_mean[i] = ranked ? (double)all->rank_sum[i] / 2 / ranked : NAN;
  }
  if (out->acceptability) ent_acceptability_shares(&all->counts, out->acceptability);
  if (out->better) ent_acceptability_pairs(&all->counts, out->better);
  if (r->central) ent_acceptability_central(&all->counts, r->central);
  if (out->central_weight) memcpy(out->central_weight, r->central, n * nodes * sizeof *r->central);
  for (i = 0; i < n; i++) r->wins[i] = all->counts.top[i] > 0;
}

static void put_confidence(run *r) {
  const size_t n = r->uncertain.data.unit_count;
  size_t i;
  unsigned k;
  for (i = 0; i < n; i++) {
    uint64_t sum = 0;
    for (k = 0; k < r->worker_count; k++) sum += r->workers[k].firsts[i];
    r->out->confidence[i] = r->wins[i] ? (double)sum / ((double)ENT_ACCEPTABILITY_WHOLE * confidence_draws(r)) : NAN;
  }
}

/* ---- the course of it ---- */

typedef struct watch { /* a stretch of the whole work */
  const ent_composite_uncertainty *uncertainty;
  double from, span;
} watch;

static int tell(void *context, double done) {
  const watch *w = context;
  const ent_composite_uncertainty *u = w->uncertainty;
  return u->progress(u->progress_context, w->from + w->span * done) ? STOPPED : 0;
}

/* The fault of the lowest part that failed: the one that any number of threads finds. */
static ent_composite_reason failure_of(const run *r, int code, ent_composite_fault *fault) {
  const worker *lowest = NULL;
  unsigned i;
  if (code == STOPPED) return ent_composite_wrong(fault, ENT_COMPOSITE_STOPPED, -1, -1);
  for (i = 0; i < r->worker_count; i++) {
    const worker *w = &r->workers[i];
    if (w->fault.reason && (!lowest || w->part < lowest->part)) lowest = w;
  }
  if (lowest && fault) *fault = lowest->fault;
  return (ent_composite_reason)code;
}

static int run_parts(run *r, uint32_t draws, ent_parallel_work *work, double from, double to) {
  const ent_composite_uncertainty *u = r->uncertain.uncertainty;
  watch w = {u, from, to - from};
  return ent_parallel_run((draws + r->block - 1) / r->block, r->worker_count, work, r, u->progress ? tell : NULL, &w);
}

static ent_composite_reason run_all(run *r, ent_composite_fault *fault) {
  const double middle = r->out->confidence ? 0.5 : 1;
  int code = run_parts(r, r->draws, work_draws, 0, middle);
  if (code) return failure_of(r, code, fault);
  sum_up(r);
  if (r->out->confidence) {
    code = run_parts(r, confidence_draws(r), work_confidence, middle, 1);
    if (code) return failure_of(r, code, fault);
    put_confidence(r);
  }
  if (r->score || r->rank)
    code = ent_parallel_run(r->uncertain.data.unit_count, r->worker_count, work_quantiles, r, NULL, NULL);
  return code ? failure_of(r, code, fault) : ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_vary(const ent_composite_data *data, const ent_composite_tree *tree,
                                        const ent_composite_methods *methods,
                                        const ent_composite_uncertainty *uncertainty, const ent_composite_spread *out,
                                        ent_composite_fault *fault) {
  run r = {.out = out, .draws = uncertainty->draws};
  ent_composite_reason reason;
  ent_arena *arena;
  ent_composite_wrong(fault, ENT_COMPOSITE_FINE, -1, -1);
  if (!r.draws || r.draws > ENT_ACCEPTABILITY_MOST_DRAWS)
    return ent_composite_wrong(fault, ENT_COMPOSITE_PARAMETER, -1, -1);
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_uncertain_init(&r.uncertain, arena, data, tree, methods, uncertainty, fault);
  if (!reason) {
    reason = check_demands(&r);
    if (!reason && !run_init(&r, arena)) reason = ENT_COMPOSITE_MEMORY;
    if (reason) ent_composite_wrong(fault, reason, -1, -1);
    else reason = run_all(&r, fault);
  }
  run_clear(&r);
  ent_arena_free(arena);
  return reason;
}
