/* summary.c - what is reported of columns of draws (see assess.h). */
#include <math.h>
#include <string.h>

#include "assess/assess.h"
#include "num/parallel.h"

enum { LANES = 16, RANKS = 6 };

/* Sums of x and x^2 of the positive and of the negative draws; each lane sums its own, and lanes are added in order. */
static void add_parts(const float *draws, size_t count, double sums[4]) {
  double lanes[4][LANES] = {{0}};
  size_t i, k;
  for (i = 0; i + LANES <= count; i += LANES)
    for (k = 0; k < LANES; k++) {
      double x = (double)draws[i + k], gain = x > 0 ? x : 0, loss = x < 0 ? -x : 0;
      lanes[0][k] += gain;
      lanes[1][k] += loss;
      lanes[2][k] += gain * gain;
      lanes[3][k] += loss * loss;
    }
  for (k = 0; i + k < count; k++) {
    double x = (double)draws[i + k], gain = x > 0 ? x : 0, loss = x < 0 ? -x : 0;
    lanes[0][k] += gain;
    lanes[1][k] += loss;
    lanes[2][k] += gain * gain;
    lanes[3][k] += loss * loss;
  }
  for (i = 0; i < 4; i++)
    for (sums[i] = 0, k = 0; k < LANES; k++) sums[i] += lanes[i][k];
}

static double error_of(double sum, double squares, double n) {
  double spread = squares - sum * sum / n;
  return n > 1 ? sqrt((spread > 0 ? spread : 0) / (n - 1) / n) : NAN;
}

static double loss_of(double x) { return x < 0 ? -x : 0; }

/* With the same ranks of the losses: the k-th least loss is that of the k-th greatest draw. */
static void find_ranks(const float *draws, size_t count, float *scratch, ent_summary *out) {
  const size_t low = ent_quantile_rank(count, 0.05), middle = ent_quantile_rank(count, 0.5),
               high = ent_quantile_rank(count, 0.95), last = count - 1;
  const size_t wanted[RANKS] = {low, last - high, middle, last - middle, high, last - low};
  double *const to[RANKS] = {&out->low, &out->loss_high, &out->median, &out->loss_median, &out->high, &out->loss_low};
  size_t ranks[RANKS], of[RANKS], i, k;
  double values[RANKS];
  for (i = 0; i < RANKS; i++) { /* rising */
    for (k = i; k > 0 && ranks[k - 1] > wanted[i]; k--) ranks[k] = ranks[k - 1], of[k] = of[k - 1];
    ranks[k] = wanted[i], of[k] = i;
  }
  ent_quantile_ranks(draws, count, ranks, RANKS, scratch, values);
  for (i = 0; i < RANKS; i++) *to[of[i]] = values[i];
  out->loss_low = loss_of(out->loss_low);
  out->loss_median = loss_of(out->loss_median);
  out->loss_high = loss_of(out->loss_high);
}

ent_summary ent_assess_summarise(const float *draws, size_t count, bool parts, float *scratch) {
  double sums[4], n = (double)count;
  ent_summary out = {.gain = NAN, .loss = NAN, .gain_error = NAN, .loss_error = NAN};
  out.loss_low = out.loss_median = out.loss_high = NAN;
  if (!parts) {
    ent_quantile_three(draws, count, scratch, &out.low, &out.median, &out.high);
    return out;
  }
  find_ranks(draws, count, scratch, &out);
  add_parts(draws, count, sums);
  out.gain = sums[0] / n;
  out.loss = sums[1] / n;
  out.gain_error = error_of(sums[0], sums[2], n);
  out.loss_error = error_of(sums[1], sums[3], n);
  return out;
}

void ent_assess_summary(const float *draws, size_t count, float *scratch, double *median, double *low, double *high) {
  ent_quantile_three(draws, count, scratch, low, median, high);
}

typedef struct work {
  const ent_assessment *assessment;
  const ent_summaries *of;
  bool *parts;     /* of each column: an effect */
  float **scratch; /* of each thread */
} work;

static int summarise(void *context, size_t part, unsigned worker) {
  const work *w = context;
  w->of->summaries[part] =
      ent_assess_summarise(w->of->draws[part], w->assessment->draws, w->parts[part], w->scratch[worker]);
  return 0;
}

/* Columns that stand already are found again by their address, in a table of a power of two. */
static void note(work *w, ent_summaries *list, const float **table, size_t room, const float *draws, bool parts) {
  size_t at = (size_t)((uintptr_t)draws / sizeof(double) * 2654435761u);
  if (!draws) return;
  for (; table[at & (room - 1)]; at++)
    if (table[at & (room - 1)] == draws) return;
  w->parts[list->count] = parts;
  table[at & (room - 1)] = list->draws[list->count++] = draws;
}

bool ent_assess_summaries(const ent_assessment *assessment, unsigned threads, ent_arena *arena, ent_summaries *out) {
  size_t a, c, most_columns = 0, room = 64;
  work w = {assessment, out, NULL, NULL};
  const float **table;
  unsigned i, workers;
  for (a = 0; a < assessment->alliance_count; a++)
    most_columns += assessment->alliances[a].cell_count + ENT_AGGREGATIONS;
  while (room < 2 * most_columns) room *= 2;
  out->count = 0;
  table = ent_arena_take(arena, room, sizeof *table);
  out->draws = ent_arena_take(arena, most_columns, sizeof *out->draws);
  out->summaries = ent_arena_take(arena, most_columns, sizeof *out->summaries);
  w.parts = ent_arena_take(arena, most_columns, sizeof *w.parts);
  if (!table || !w.parts || !out->draws || !out->summaries) return false;
  for (a = 0; a < assessment->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &assessment->alliances[a];
    for (c = 0; c < ENT_AGGREGATIONS; c++) note(&w, out, table, room, alliance->aggregated[c], false);
    for (c = 0; c < alliance->cell_count; c++)
      note(&w, out, table, room, alliance->cells[c].draws, alliance->cells[c].kind == ENT_EFFECT);
  }
  workers = ent_parallel_workers(out->count, threads);
  w.scratch = ent_arena_take(arena, workers, sizeof *w.scratch);
  for (i = 0; w.scratch && i < workers; i++)
    if (!(w.scratch[i] = ent_arena_take(arena, (size_t)assessment->draws + ENT_QUANTILE_SLACK, sizeof(float))))
      return false;
  return w.scratch && !ent_parallel_run(out->count, workers, summarise, &w, NULL, NULL);
}
