/* evaluate.c - the evaluation that peers are compared by: 150 units x 50 indicators, through ten pillars and two
 * sub-indices to the top, each time with another matrix and other weights; min-max, arithmetic means.
 *
 * evaluate FOLDER COUNT: reads COUNT evaluations from FOLDER/columns (doubles: evaluations x indicators x units) and
 * FOLDER/weights (evaluations x nodes), and writes the top's scores to FOLDER/entente (evaluations x units). Then it
 * prints the seconds of one evaluation: the least mean of some rounds over all of them, on one thread. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "entente/composite.h"

enum { UNITS = 150, INDICATORS = 50, PILLARS = 10, SUB_INDICES = 2, ROUNDS = 15 };
enum { NODES = INDICATORS + PILLARS + SUB_INDICES + 1 };

static void fail(const char *what) {
  fprintf(stderr, "evaluate: %s\n", what);
  exit(1);
}

static double *read_all(const char *folder, const char *name, size_t count) {
  char path[4096];
  double *list = malloc(count * sizeof *list);
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!list || !file || fread(list, sizeof *list, count, file) != count) fail(path);
  fclose(file);
  return list;
}

static void write_all(const char *folder, const char *name, const double *list, size_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(list, sizeof *list, count, file) != count || fclose(file) != 0) fail(path);
}

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void run(ent_composite_plan *plan, const double *columns, const double *weights, size_t count, double *scores) {
  ent_composite_fault fault;
  for (size_t i = 0; i < count; i++)
    if (ent_composite_plan_run(plan, columns + i * UNITS * INDICATORS, weights + i * NODES, scores + i * UNITS, &fault))
      fail(ent_composite_reason_text(fault.reason));
}

int main(int argc, char **argv) {
  int parent[NODES], direction[INDICATORS];
  long wanted = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
  if (wanted < 1 || wanted > 100000) fail("evaluate FOLDER COUNT");
  size_t count = (size_t)wanted;
  for (int i = 0; i < NODES; i++)
    parent[i] = i < INDICATORS                           ? INDICATORS + i / 5
                : i < INDICATORS + PILLARS               ? INDICATORS + PILLARS + (i - INDICATORS) / 5
                : i < INDICATORS + PILLARS + SUB_INDICES ? NODES - 1
                                                         : -1;
  for (int i = 0; i < INDICATORS; i++) direction[i] = i % 3 == 2 ? -1 : 1;
  const ent_composite_data data = {.unit_count = UNITS, .indicator_count = INDICATORS};
  const ent_composite_tree tree = {.node_count = NODES, .parent = parent, .direction = direction};
  const ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX};
  ent_composite_fault fault;
  ent_composite_plan *plan = ent_composite_plan_new(&data, &tree, &methods, &fault);
  if (!plan) fail(ent_composite_reason_text(fault.reason));
  double *columns = read_all(argv[1], "columns", count * UNITS * INDICATORS);
  double *weights = read_all(argv[1], "weights", count * NODES);
  double *scores = calloc(count * UNITS, sizeof *scores), best = 1e9;
  if (!scores) fail("memory");
  run(plan, columns, weights, count, scores);
  write_all(argv[1], "entente", scores, count * UNITS);
  for (int round = 0; round < ROUNDS; round++) {
    double before = now();
    run(plan, columns, weights, count, scores);
    double took = (now() - before) / (double)count;
    if (took < best) best = took;
  }
  printf("%.9g\n", best);
  ent_composite_plan_free(plan);
  free(columns);
  free(weights);
  free(scores);
  return 0;
}
