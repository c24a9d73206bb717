/* bench_composite - how long one evaluation of a composite takes: a new matrix and new weights, normalised and
 * aggregated to the top; and that the time grows as the count of values does.
 *
 * Processor time of this process, the least of several repetitions, since other work on the machine only adds to it.
 * Drawing the matrix and the weights is timed apart. Beside it stands the machine's limit: the time of one multiply-add
 * for each value, or of reading each value once from the second cache, whichever is longer. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "entente/composite.h"
#include "machine.h"
#include "num/random_block.h"

enum { MATRICES = 16, REPETITIONS = 7 };

/* Indicators in groups of five, those in groups of four, those under the top: three levels. */
typedef struct shape {
  size_t units, indicators, groups, pillars, nodes;
  int *parent;
  double *low, *high;
  double *columns, *weight; /* MATRICES of them */
  double *score;
} shape;

static void *need(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) {
    fputs("bench_composite: memory is short\n", stderr);
    exit(1);
  }
  return memory;
}

static double seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

static double draw(const shape *s, size_t matrix, uint64_t seed) {
  double begin = seconds();
  ent_random_block(seed, 0, 0, s->units * s->indicators, s->columns + matrix * s->units * s->indicators);
  ent_random_block(seed, 1, 0, s->nodes, s->weight + matrix * s->nodes);
  return seconds() - begin;
}

static shape make(size_t units, size_t indicators) {
  shape s = {.units = units, .indicators = indicators};
  size_t k;
  s.groups = (indicators + 4) / 5;
  s.pillars = (s.groups + 3) / 4;
  s.nodes = indicators + s.groups + s.pillars + 1;
  s.parent = need(s.nodes, sizeof *s.parent);
  s.low = need(indicators, sizeof *s.low);
  s.high = need(indicators, sizeof *s.high);
  s.columns = need(MATRICES * units * indicators, sizeof *s.columns);
  s.weight = need(MATRICES * s.nodes, sizeof *s.weight);
  s.score = need(units, sizeof *s.score);
  for (k = 0; k < indicators; k++) s.parent[k] = (int)(indicators + k / 5), s.low[k] = .1, s.high[k] = .9;
  for (k = 0; k < s.groups; k++) s.parent[indicators + k] = (int)(indicators + s.groups + k / 4);
  for (k = 0; k < s.pillars; k++) s.parent[indicators + s.groups + k] = (int)s.nodes - 1;
  s.parent[s.nodes - 1] = -1;
  for (k = 0; k < MATRICES; k++) draw(&s, k, k);
  return s;
}

static void clear(shape *s) {
  free(s->parent);
  free(s->low);
  free(s->high);
  free(s->columns);
  free(s->weight);
  free(s->score);
}

/* Seconds for count evaluations, and for drawing what they take. */
static double evaluate(shape *s, ent_composite_normalisation method, size_t count, double *drawing) {
  ent_composite_tree tree = {.node_count = s->nodes, .parent = s->parent, .low = s->low, .high = s->high};
  ent_composite_data data = {.unit_count = s->units, .indicator_count = s->indicators};
  ent_composite_methods methods = {.normalisation = method};
  ent_composite_plan *plan = ent_composite_plan_new(&data, &tree, &methods, NULL);
  double best = 0, best_drawing = 0;
  size_t k, r;
  for (r = 0; plan && r < REPETITIONS; r++) {
    double begin, drawn = 0, took;
    for (k = 0; k < MATRICES; k++) drawn += draw(s, k, r * MATRICES + k);
    begin = seconds();
    for (k = 0; k < count; k++) {
      size_t matrix = k % MATRICES;
      if (ent_composite_plan_run(plan, s->columns + matrix * s->units * s->indicators, s->weight + matrix * s->nodes,
                                 s->score, NULL)) {
        fputs("bench_composite: an evaluation was refused\n", stderr);
        exit(1);
      }
    }
    took = seconds() - begin;
    if (!r || took < best) best = took;
    if (!r || drawn < best_drawing) best_drawing = drawn;
  }
  if (!plan) exit(1);
  ent_composite_plan_free(plan);
  if (drawing) *drawing = best_drawing / MATRICES * (double)count;
  return best;
}

static void print_rates(void) {
  static const struct {
    const char *name;
    ent_composite_normalisation method;
  } cases[] = {{"goalposts", ENT_NORMALISE_GOALPOSTS},
               {"min-max", ENT_NORMALISE_MIN_MAX},
               {"z-scores", ENT_NORMALISE_Z_SCORE},
               {"percentile ranks", ENT_NORMALISE_PERCENTILE_RANK}};
  shape s = make(150, 50);
  double values = (double)(s.units * s.indicators), adding = values / machine_multiply_adds() * 1e6;
  double reading = values * sizeof(double) / machine_read((size_t)1 << 20) * 1e6;
  double limit = adding > reading ? adding : reading;
  size_t k;
  printf("150 units x 50 indicators x 3 levels, arithmetic means: %zu values and %zu weights each\n",
         s.units * s.indicators, s.nodes);
  printf("the machine's limit for them: %.2f us to multiply and add, %.2f us to read\n", adding, reading);
  printf("%-18s %14s %10s %14s %18s\n", "normalisation", "evaluations/s", "us each", "limits", "drawing, us each");
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    size_t count = cases[k].method == ENT_NORMALISE_PERCENTILE_RANK ? 200 : 20000;
    double drawing, took = evaluate(&s, cases[k].method, count, &drawing);
    printf("%-18s %14.0f %10.2f %14.1f %18.2f\n", cases[k].name, (double)count / took, took / (double)count * 1e6,
           took / (double)count * 1e6 / limit, drawing / (double)count * 1e6);
  }
  clear(&s);
}

static void print_growth(void) {
  static const size_t shapes[][3] = {{50, 50, 8000},   {150, 50, 8000},  {450, 50, 8000},  {1350, 50, 8000},
                                     {150, 10, 8000},  {150, 200, 8000}, {150, 800, 8000}, {150, 50, 2000},
                                     {150, 50, 32000}, {100000, 50, 10}, {1000000, 5, 10}};
  size_t k;
  printf("\n%8s %11s %12s %14s %10s %16s\n", "units", "indicators", "evaluations", "values", "seconds", "ns a value");
  for (k = 0; k < sizeof shapes / sizeof *shapes; k++) {
    shape s = make(shapes[k][0], shapes[k][1]);
    double values = (double)s.units * (double)s.indicators * (double)shapes[k][2];
    double took = evaluate(&s, ENT_NORMALISE_MIN_MAX, shapes[k][2], NULL);
    printf("%8zu %11zu %12zu %14.0f %10.4f %16.3f\n", s.units, s.indicators, shapes[k][2], values, took,
           took / values * 1e9);
    clear(&s);
  }
}

int main(void) {
  print_rates();
  print_growth();
  return 0;
}
