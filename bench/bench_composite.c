/* bench_composite.c - evaluations of a composite: each takes a new matrix and new weights, normalises, aggregates over
 * three levels (indicators in groups of five, these in groups of five, these in the top) and gives every unit's score.
 * Drawing is no part of it, and is timed apart. Then: how the cost grows with units, indicators and draws.
 *
 * At the least an evaluation takes a multiply-add for each value, and the comparisons of min-max count as a second one.
 */
#include "bench.h"
#include "entente/composite.h"
#include "num/random_block.h"

enum { MOST_SETS = 16, GROUP = 5, CALLS = 9, IN_CACHE = 100000 };

typedef struct composite {
  ent_composite_data data;
  ent_composite_tree tree;
  ent_composite_methods methods;
  ent_composite_plan *plan;
  double *columns, *weights; /* so many sets of each */
  double *score, *median, *low, *high;
  int *parent;
  size_t sets, evaluations;
  uint32_t draws;
} composite;

static void grow_tree(composite *c) {
  size_t indicators = c->data.indicator_count, first = (indicators + GROUP - 1) / GROUP,
         second = (first + GROUP - 1) / GROUP, i;
  c->tree.node_count = indicators + first + second + 1;
  c->tree.parent = c->parent = bench_take(c->tree.node_count, sizeof *c->parent);
  for (i = 0; i < indicators; i++) c->parent[i] = (int)(indicators + i / GROUP);
  for (i = 0; i < first; i++) c->parent[indicators + i] = (int)(indicators + first + i / GROUP);
  for (i = 0; i < second; i++) c->parent[indicators + first + i] = (int)(indicators + first + second);
  c->parent[indicators + first + second] = -1;
}

static composite make(size_t units, size_t indicators) {
  composite c = {.data = {.unit_count = units, .indicator_count = indicators},
                 .methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .level_count = 1}};
  size_t n = units * indicators, i;
  grow_tree(&c);
  c.sets = n < 1000000 ? MOST_SETS : 2;
  c.columns = bench_take(c.sets * n, sizeof(double));
  c.weights = bench_take(c.sets * c.tree.node_count, sizeof(double));
  c.score = bench_take(units, sizeof(double));
  c.median = bench_take(units, sizeof(double));
  c.low = bench_take(indicators, sizeof(double));
  c.high = bench_take(indicators, sizeof(double));
  for (i = 0; i < indicators; i++) c.low[i] = 0.1, c.high[i] = 0.9;
  for (i = 0; i < c.sets; i++) {
    ent_random_block(1, i, 0, n, c.columns + i * n);
    ent_random_block(2, i, 0, c.tree.node_count, c.weights + i * c.tree.node_count);
  }
  c.data.values = c.columns; /* in whatever order: they are random */
  c.tree.weight = c.weights;
  c.tree.low = c.low;
  c.tree.high = c.high;
  return c;
}

static void discard(composite *c) {
  free(c->parent);
  free(c->columns);
  free(c->weights);
  free(c->score);
  free(c->median);
  free(c->low);
  free(c->high);
}

static void evaluate(void *context) {
  composite *c = context;
  size_t n = c->data.unit_count * c->data.indicator_count, i;
  for (i = 0; i < c->evaluations; i++)
    bench_check(!ent_composite_plan_run(c->plan, c->columns + i % c->sets * n,
                                        c->weights + i % c->sets * c->tree.node_count, c->score, NULL),
                "an evaluation");
}

static void time_evaluations(size_t units, size_t indicators, const char *how, ent_composite_normalisation normalise,
                             ent_composite_aggregation aggregate) {
  composite c = make(units, indicators);
  size_t n = units * indicators;
  double took;
  char name[160];
  c.methods.normalisation = normalise;
  c.methods.from = aggregate == ENT_AGGREGATE_ARITHMETIC ? 0 : 1;
  c.methods.to = 100;
  c.methods.aggregation[0] = aggregate;
  c.plan = ent_composite_plan_new(&c.data, &c.tree, &c.methods, NULL);
  bench_check(c.plan != NULL, "making a plan");
  c.evaluations = 1 + 3000000 / n / (aggregate == ENT_AGGREGATE_ARITHMETIC ? 1 : 20);
  took = bench_best(CLOCK_THREAD_CPUTIME_ID, CALLS, evaluate, &c) / (double)c.evaluations;
  snprintf(name, sizeof name, "composite: %zu x %zu, %s", units, indicators, how);
  bench_line(name, took, "an evaluation", 2 * (double)n, n > IN_CACHE ? 8 * (double)n : 0, "best of 9");
  ent_composite_plan_free(c.plan);
  discard(&c);
}

/* ---- drawing ---- */

typedef struct drawing {
  double *out;
  size_t count;
  uint64_t stream;
} drawing;

static void draw_uniform(void *context) {
  drawing *d = context;
  ent_random_block(3, d->stream++, 0, d->count, d->out);
}

static void vary(void *context) {
  composite *c = context;
  size_t n = c->data.unit_count * c->data.indicator_count, i;
  double *low = bench_take(n, sizeof *low), *high = bench_take(n, sizeof *high);
  const ent_composite_uncertainty uncertainty = {
      .low = low, .high = high, .concentration = 50, .draws = c->draws, .seed = 1};
  const ent_composite_spread out = {.median = c->median};
  for (i = 0; i < n; i++) low[i] = c->data.values[i] * 0.9, high[i] = c->data.values[i] * 1.1;
  bench_check(!ent_composite_vary(&c->data, &c->tree, &c->methods, &uncertainty, &out, NULL), "varying a composite");
  free(low);
  free(high);
}

/* Values from triangular ranges, weights from Dirichlet distributions, an evaluation each, medians at the end. */
static void time_draws(size_t units, size_t indicators, uint32_t draws, int calls) {
  composite c = make(units, indicators);
  double n = (double)(units * indicators), took;
  char name[160], how[32];
  c.draws = draws;
  took = bench_best(CLOCK_PROCESS_CPUTIME_ID, calls, vary, &c) / draws;
  snprintf(name, sizeof name, "composite: %zu x %zu, all values and weights drawn, %u draws", units, indicators, draws);
  snprintf(how, sizeof how, "best of %d", calls);
  bench_line(name, took, "a draw", 3 * n, 0, how);
  snprintf(name, sizeof name, "composite: the same for each thousand of its %.0f values", n);
  bench_line(name, took / n * 1000, "a thousand values", 3000, 0, how);
  discard(&c);
}

/* A new matrix of uniform numbers. */
static void time_matrix(void) {
  drawing d = {bench_take(150 * 50, sizeof(double)), 150 * 50, 0};
  double took = bench_best(CLOCK_THREAD_CPUTIME_ID, 199, draw_uniform, &d);
  bench_line("composite: 150 x 50, uniform numbers for a matrix", took, "a matrix", (double)d.count, 0, "best of 199");
  free(d.out);
}

static void grow(void) {
  static const size_t shapes[][2] = {{50, 50},     {150, 50}, {450, 50}, {1350, 50}, {15000, 50}, {100000, 50},
                                     {1000000, 5}, {150, 10}, {150, 25}, {150, 100}, {150, 200},  {150, 800}};
  size_t i;
  for (i = 0; i < sizeof shapes / sizeof *shapes; i++)
    time_evaluations(shapes[i][0], shapes[i][1], "min-max, arithmetic", ENT_NORMALISE_MIN_MAX,
                     ENT_AGGREGATE_ARITHMETIC);
}

int main(void) {
  time_evaluations(150, 50, "goalposts, arithmetic", ENT_NORMALISE_GOALPOSTS, ENT_AGGREGATE_ARITHMETIC);
  time_evaluations(150, 50, "z-scores, arithmetic", ENT_NORMALISE_Z_SCORE, ENT_AGGREGATE_ARITHMETIC);
  time_evaluations(150, 50, "percentile ranks, arithmetic", ENT_NORMALISE_PERCENTILE_RANK, ENT_AGGREGATE_ARITHMETIC);
  time_evaluations(150, 50, "min-max, geometric", ENT_NORMALISE_MIN_MAX, ENT_AGGREGATE_GEOMETRIC);
  grow();
  time_matrix();
  time_draws(150, 50, 1000, 5);
  time_draws(150, 50, 10000, 3);
  return 0;
}
