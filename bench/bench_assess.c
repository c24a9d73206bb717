/* bench_assess.c - full draws of the assessment of the bundled study: every uncertain value, coder choice and weight of
 * all its alliances in both directions is drawn, scores are aggregated to the top, and all reported statistics are
 * computed. One core. What is common to a run whatever its length (planning, opening) is not in it: the cost of a draw
 * is the slope between two lengths.
 *
 * At the least a draw takes a multiply-add for each operand of its operations, and a write of four bytes for each
 * column that is kept. */
#include "assess/tree.h"
#include "bench.h"
#include "entente/entente.h"
#include "study/study.h"

enum { CALLS = 5 };

typedef struct bench {
  ent_study *study;
  const ent_model *model;
  ent_assess_request request;
  size_t columns; /* that are kept and summarised */
} bench;

static void assess(void *context) {
  bench *b = context;
  ent_arena *arena = ent_arena_new(0);
  ent_assessment *assessment;
  ent_summaries summaries;
  bench_check(arena && ent_assess(b->study->evidence, b->model, &b->request, arena, &assessment), "an assessment");
  bench_check(ent_assess_summaries(assessment, b->request.threads, arena, &summaries), "a summary");
  b->columns = summaries.count;
  ent_arena_free(arena);
}

static double time_draws(bench *b, uint32_t draws, int calls, clockid_t which) {
  b->request.draws = draws;
  return bench_best(which, calls, assess, b);
}

typedef struct counts {
  size_t alliances, values, choices, weights, operations;
  double operands;
} counts;

/* What varies, and what is computed anew in each draw. */
static counts count(const bench *b) {
  ent_arena *arena = ent_arena_new(0);
  ent_plan *plan = arena ? ent_arena_take(arena, 1, sizeof *plan) : NULL;
  ent_assessment *assessment = plan ? ent_assess_planned(plan, b->study->evidence, b->model, &b->request, arena) : NULL;
  ent_tree tree;
  counts n = {0};
  size_t i;
  bench_check(assessment && ent_tree_make(&tree, plan, assessment), "a plan");
  n.alliances = assessment->alliance_count;
  for (i = 0; i < tree.input_count; i++) {
    const ent_assess_input *input = &tree.inputs[i];
    if (input->kind == ENT_INPUT_WEIGHT) n.weights++;
    else n.values++, n.choices += plan->quantities[input->index].alternative_count > 1;
  }
  for (i = 0; i < tree.program.operation_count; i++) {
    if (tree.program.operations[i].fixed) continue;
    n.operations++;
    n.operands += tree.program.operations[i].operand_count;
  }
  ent_arena_free(arena);
  return n;
}

static void tell(bench *b) {
  const uint32_t few = 20000, many = 120000;
  double short_run = time_draws(b, few, CALLS, CLOCK_PROCESS_CPUTIME_ID),
         long_run = time_draws(b, many, CALLS, CLOCK_PROCESS_CPUTIME_ID), draw = (long_run - short_run) / (many - few);
  counts n = count(b);
  double uncertain = (double)(n.values + n.weights), bytes = 4 * (double)b->columns;
  printf(
      "note: assess draws %zu values, of which %zu also choose among coders or sources, and %zu weights for %zu "
      "alliances; %zu operations give the %zu columns whose statistics are reported\n",
      n.values, n.choices, n.weights, n.alliances, n.operations, b->columns);
  bench_line("assess: all alliances, values, choices, weights, statistics", draw, "a full draw", n.operands, bytes,
             "slope, best of 5");
  bench_line("assess: the same for each thousand of uncertain values and weights", draw / uncertain * 1000,
             "a thousand values", n.operands / uncertain * 1000, bytes / uncertain * 1000, "slope, best of 5");
}

static void grow(bench *b) {
  static const uint32_t draws[] = {1000, 10000, 100000, 1000000};
  char name[80];
  size_t i;
  counts n = count(b);
  for (i = 0; i < sizeof draws / sizeof *draws; i++) {
    int calls = draws[i] < 1000000 ? CALLS : 2;
    double took = time_draws(b, draws[i], calls, CLOCK_PROCESS_CPUTIME_ID);
    snprintf(name, sizeof name, "assess: %u draws with planning", draws[i]);
    bench_line(name, took / draws[i], "a full draw", n.operands, 4 * (double)b->columns,
               calls == CALLS ? "best of 5" : "best of 2");
  }
}

/* Wall time: what a second thread gains. On a machine with other work it says little. */
static void thread(bench *b) {
  char name[80];
  unsigned threads;
  double took[2];
  counts n = count(b);
  for (threads = 1; threads <= 2; threads++) {
    b->request.threads = threads;
    took[threads - 1] = time_draws(b, 1000000, CALLS, CLOCK_MONOTONIC);
    snprintf(name, sizeof name, "assess: 1000000 draws, %u thread%s, wall time", threads, threads > 1 ? "s" : "");
    bench_line(name, took[threads - 1] / 1e6, "a full draw", n.operands, 4 * (double)b->columns, "best of 5");
  }
  printf("note: two threads are %.2f times as fast as one\n", took[0] / took[1]);
}

int main(void) {
  static const ent_assess_options options = {.draws = 1};
  ent_context *context = NULL;
  ent_store *store = NULL;
  bench b = {0};
  ent_arena *arena = ent_arena_new(0);
  ent_run run;
  bench_check(arena && !ent_context_new("share", &context) && !ent_store_open(context, ":memory:", &store) &&
                  !ent_study_open(context, store, "studies/us-japan-korea-2021", NULL, &b.study) &&
                  !ent_run_make(b.study, &options, NULL, arena, &run),
              "opening the bundled study");
  b.model = run.model;
  b.request = (ent_assess_request){.day = run.request.day, .draws = 1, .seed = 1, .threads = 1};
  tell(&b);
  grow(&b);
  thread(&b);
  ent_arena_free(arena);
  ent_study_close(b.study);
  ent_store_close(store);
  ent_context_free(context);
  return 0;
}
