/* run.c - draws of every figure: block of draws by block of draws, each column that a cell shows is kept. Blocks are
 * independent parts, which threads share. */
#include <string.h>

#include "assess/tree.h"
#include "assess/way.h"
#include "num/parallel.h"

/* One column that is kept. */
typedef struct kept {
  uint32_t column;
  float *draws;
} kept;

typedef struct desk { /* of one thread */
  double **at;        /* where each column's block stands */
  double uniform[ENT_BLOCK];
} desk;

typedef struct run {
  ent_tree tree;
  size_t kept_count;
  kept *kept;
  float **draws; /* of each column; NULL: not kept */
  desk *desks;
} run;

static bool make_desk(ent_plan *plan, const ent_program *program, desk *out) {
  double *block;
  size_t i;
  if (program->column_count > SIZE_MAX / ENT_BLOCK) plan->failed = true;
  out->at = ent_plan_take(plan, program->column_count, sizeof *out->at);
  block = plan->failed ? NULL : ent_plan_take(plan, program->column_count * ENT_BLOCK, sizeof *block);
  if (plan->failed) return false;
  for (i = 0; i < program->column_count; i++) out->at[i] = block + i * ENT_BLOCK;
  for (i = 0; i < program->operation_count; i++)
    if (program->operations[i].fixed) program->way->operate(&program->operations[i], out->at);
  return true;
}

static float *keep_column(run *r, uint32_t column) {
  ent_plan *plan = r->tree.plan;
  if (column == ENT_NO_COLUMN) return NULL;
  if (!r->draws[column]) {
    r->draws[column] = ent_plan_take(plan, r->tree.out->draws, sizeof(float));
    r->kept[r->kept_count++] = (kept){column, r->draws[column]};
  }
  return r->draws[column];
}

static void keep_columns(run *r) {
  ent_plan *plan = r->tree.plan;
  size_t a, c, how;
  r->kept = ent_plan_take(plan, r->tree.program.column_count, sizeof *r->kept);
  r->draws = ent_plan_take(plan, r->tree.program.column_count, sizeof *r->draws);
  for (a = 0; a < plan->alliance_count && !plan->failed; a++) {
    ent_assessed_alliance *out = plan->alliances[a].out;
    for (c = 0; c < out->cell_count && !plan->failed; c++) out->cells[c].draws = keep_column(r, out->cells[c].column);
    for (how = 0; how < ENT_AGGREGATIONS && !plan->failed; how++)
      out->aggregated[how] =
          keep_column(r, how == plan->model->headline ? r->tree.grids[a].headline : r->tree.grids[a].aggregated[how]);
  }
}

static void draw_inputs(const ent_tree *t, uint32_t first, desk *at) {
  size_t i;
  for (i = 0; i < t->input_count; i++) ent_tree_draw_run(t, i, t->plan->request->seed, first, at->uniform, at->at[i]);
}

/* What was computed in double precision is kept in single: half the memory, and its first touch is what costs. */
static void keep_block(const run *r, double *const *at, uint32_t first, size_t count) {
  size_t i;
  for (i = 0; i < r->kept_count; i++) r->tree.program.way->keep(at[r->kept[i].column], r->kept[i].draws + first, count);
}

/* One block; the last may reach beyond the draws that are asked for, and is computed whole. */
static int draw_block(void *context, size_t part, unsigned worker) {
  const run *r = context;
  const ent_program *program = &r->tree.program;
  uint32_t first = (uint32_t)part * ENT_BLOCK, left = r->tree.out->draws - first;
  desk *at = &r->desks[worker];
  size_t i;
  draw_inputs(&r->tree, first, at);
  for (i = 0; i < program->operation_count; i++)
    if (!program->operations[i].fixed) program->way->operate(&program->operations[i], at->at);
  keep_block(r, at->at, first, left < ENT_BLOCK ? left : ENT_BLOCK);
  return 0;
}

bool ent_run_draws(ent_plan *plan, ent_assessment *out) {
  size_t parts = ((size_t)out->draws + ENT_BLOCK - 1) / ENT_BLOCK;
  unsigned i, workers = ent_parallel_workers(parts, plan->request->threads);
  run r = {.kept_count = 0};
  if (!ent_tree_make(&r.tree, plan, out)) return false;
  keep_columns(&r);
  r.desks = ent_plan_take(plan, workers, sizeof *r.desks);
  for (i = 0; i < workers && !plan->failed; i++) make_desk(plan, &r.tree.program, &r.desks[i]);
  if (plan->failed || (plan->progress && plan->progress(plan->progress_context, 0))) return false;
  return !ent_parallel_run(parts, workers, draw_block, &r, plan->progress, plan->progress_context);
}
