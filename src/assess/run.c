/* run.c - draws of every figure: block of draws by block of draws, each column that a cell shows is kept. */
#include <string.h>

#include "assess/tree.h"
#include "num/random.h"

/* One column that is kept. */
typedef struct kept {
  uint32_t column;
  float *draws;
} kept;

typedef struct run {
  ent_tree tree;
  size_t kept_count;
  kept *kept;
  float **draws; /* of each column; NULL: not kept */
} run;

static double **make_columns(ent_plan *plan, const ent_program *program) {
  double **at = ent_plan_take(plan, program->column_count, sizeof *at);
  double *block = ent_plan_take(plan, program->column_count * ENT_BLOCK, sizeof *block);
  size_t i;
  if (plan->failed) return NULL;
  for (i = 0; i < program->column_count; i++) at[i] = block + i * ENT_BLOCK;
  for (i = 0; i < program->operation_count; i++)
    if (program->operations[i].fixed) ent_operate(&program->operations[i], at);
  return at;
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
      out->aggregated[how] = keep_column(r, r->tree.grids[a].aggregated[how]);
  }
}

static void draw_inputs(const ent_tree *t, uint32_t first, double *uniform, double *const *at) {
  const ent_plan *plan = t->plan;
  uint64_t seed = plan->request->seed;
  size_t i;
  for (i = 0; i < t->input_count; i++) {
    const ent_assess_input *input = &t->inputs[i];
    if (input->kind == ENT_INPUT_VALUE) {
      ent_random_uniform(seed, input->key, first, ENT_BLOCK, uniform);
      ent_draw_values(&plan->quantities[input->index], uniform, at[i]);
    } else {
      const ent_node *n = &t->nodes[input->index];
      ent_random_gamma(seed, n->stream, plan->model->concentration * n->weight->value / n->siblings, first, ENT_BLOCK,
                       at[i]);
    }
  }
}

/* What was computed in double precision is kept in single: half the memory, and its first touch is what costs. */
static void keep_block(const run *r, double *const *at, uint32_t first, size_t count) {
  size_t i, d;
  for (i = 0; i < r->kept_count; i++) {
    const double *from = at[r->kept[i].column];
    float *to = r->kept[i].draws + first;
    for (d = 0; d < count; d++) to[d] = (float)from[d];
  }
}

bool ent_run_draws(ent_plan *plan, ent_assessment *out) {
  run r = {.kept_count = 0};
  double **at, *uniform;
  uint32_t first;
  size_t i;
  if (!ent_tree_make(&r.tree, plan, out)) return false;
  keep_columns(&r);
  at = plan->failed ? NULL : make_columns(plan, &r.tree.program);
  uniform = ent_plan_take(plan, ENT_BLOCK, sizeof *uniform);
  for (first = 0; first < out->draws && !plan->failed; first += ENT_BLOCK) {
    size_t count = out->draws - first < ENT_BLOCK ? out->draws - first : ENT_BLOCK;
    draw_inputs(&r.tree, first, uniform, at);
    for (i = 0; i < r.tree.program.operation_count; i++)
      if (!r.tree.program.operations[i].fixed) ent_operate(&r.tree.program.operations[i], at);
    keep_block(&r, at, first, count);
  }
  return !plan->failed;
}
