/* evaluate.c - see evaluate.h: which operations a change reaches, and the columns in which it is tried. */
#include "assess/evaluate.h"

#include <string.h>

#include "assess/tree.h"
#include "assess/way.h"

_Static_assert((int)ENT_EVALUATE_BLOCK == (int)ENT_BLOCK, "one block");

struct ent_evaluation {
  ent_plan plan;
  ent_tree tree;
  size_t wanted_count;
  uint32_t *wanted; /* operations that the scores and criteria need, fixed ones apart */
};

struct ent_input_group {
  size_t count;
  const size_t *inputs;
  size_t operation_count;
  const uint32_t *operations;
  size_t column_count;
  const uint32_t *columns; /* inputs and what the operations write */
};

struct ent_bench {
  double **at;    /* of each column: where it is read and written */
  double *base;   /* columns x block */
  double *change; /* the same, while something is changed */
  const ent_input_group *changed;
};

/* ---- the evaluation ---- */

static void want(bool *wanted, uint32_t column) {
  if (column != ENT_NO_COLUMN) wanted[column] = true;
}

/* Backwards from what is asked for. */
static void find_wanted(ent_evaluation *e) {
  const ent_program *p = &e->tree.program;
  const ent_model *model = e->plan.model;
  bool *wanted = ent_plan_take(&e->plan, p->column_count, sizeof *wanted);
  size_t a, c, o;
  uint32_t i;
  e->wanted = ent_plan_take(&e->plan, p->operation_count, sizeof *e->wanted);
  if (e->plan.failed) return;
  for (a = 0; a < e->plan.alliance_count; a++) {
    want(wanted, e->tree.grids[a].headline);
    for (c = 0; c < model->criterion_count; c++) want(wanted, ent_tree_column(&e->tree, &e->tree.grids[a], 0, c));
  }
  for (o = p->operation_count; o-- > 0;) {
    const ent_operation *operation = &p->operations[o];
    bool needed = false;
    for (i = 0; i < operation->outs; i++) needed = needed || wanted[operation->out + i];
    if (!needed || operation->fixed) continue;
    for (i = 0; i < operation->operand_count; i++) wanted[operation->operands[i]] = true;
    e->wanted[e->wanted_count++] = (uint32_t)o;
  }
  for (o = 0; o < e->wanted_count / 2; o++) { /* in the order in which they are computed */
    uint32_t other = e->wanted[e->wanted_count - 1 - o];
    e->wanted[e->wanted_count - 1 - o] = e->wanted[o];
    e->wanted[o] = other;
  }
}

static void leave_out(ent_plan *plan, const ent_left_out *left) {
  size_t a, l;
  for (a = 0; a < plan->alliance_count; a++)
    for (l = 0; l < plan->alliances[a].leaf_count; l++) {
      ent_leaf *leaf = &plan->alliances[a].leaves[l];
      if (leaf->criterion == left->criterion && (left->dimension < 0 || leaf->dimension == left->dimension) &&
          (left->indicator < 0 || leaf->index == left->indicator) && !leaf->missing)
        leaf->missing = "missing.left_out";
    }
}

const ent_evaluation *ent_evaluation_make(const ent_evidence *evidence, const ent_model *model,
                                          const ent_assess_request *request, const ent_left_out *left_out,
                                          size_t left_out_count, ent_arena *arena) {
  ent_evaluation *e = ent_arena_take(arena, 1, sizeof *e);
  ent_assess_request *kept = ent_arena_take(arena, 1, sizeof *kept);
  ent_assessment *assessment;
  size_t i;
  if (!e || !kept) return NULL;
  *kept = *request;
  if (!(assessment = ent_assess_planned(&e->plan, evidence, model, kept, arena))) return NULL;
  for (i = 0; i < left_out_count; i++) leave_out(&e->plan, &left_out[i]);
  if (!ent_tree_make(&e->tree, &e->plan, assessment)) return NULL;
  ent_tree_describe_inputs(&e->tree);
  find_wanted(e);
  return e->plan.failed ? NULL : e;
}

const ent_assessment *ent_evaluation_of(const ent_evaluation *e) { return e->tree.out; }

const ent_assess_input *ent_evaluation_inputs(const ent_evaluation *e, size_t *count) {
  *count = e->tree.input_count;
  return e->tree.inputs;
}

/* ---- groups ---- */

static bool rests_on(const ent_operation *o, const bool *moved) {
  uint32_t i;
  for (i = 0; i < o->operand_count; i++)
    if (moved[o->operands[i]]) return true;
  return false;
}

const ent_input_group *ent_evaluation_group(const ent_evaluation *e, const size_t *inputs, size_t count,
                                            ent_arena *arena) {
  const ent_program *p = &e->tree.program;
  ent_input_group *g = ent_arena_take(arena, 1, sizeof *g);
  bool *moved = ent_arena_take(arena, p->column_count, sizeof *moved);
  size_t *kept = ent_arena_take(arena, count, sizeof *kept);
  uint32_t *operations, *columns, i;
  size_t o, c;
  if (!g || !moved || !kept) return NULL;
  for (o = 0; o < count; o++) moved[kept[o] = inputs[o]] = true;
  *g = (ent_input_group){.count = count, .inputs = kept};
  for (o = 0; o < e->wanted_count; o++) {
    const ent_operation *operation = &p->operations[e->wanted[o]];
    if (!rests_on(operation, moved)) continue;
    g->operation_count++;
    for (i = 0; i < operation->outs; i++) moved[operation->out + i] = true;
  }
  for (c = 0; c < p->column_count; c++) g->column_count += moved[c];
  g->operations = operations = ent_arena_take(arena, g->operation_count, sizeof *operations);
  g->columns = columns = ent_arena_take(arena, g->column_count, sizeof *columns);
  if (!operations || !columns) return NULL;
  for (o = 0; o < e->wanted_count; o++)
    if (rests_on(&p->operations[e->wanted[o]], moved)) *operations++ = e->wanted[o];
  for (c = 0; c < p->column_count; c++)
    if (moved[c]) *columns++ = (uint32_t)c;
  return g;
}

bool ent_evaluation_reaches(const ent_evaluation *e, const ent_input_group *group, size_t alliance) {
  uint32_t score = e->tree.grids[alliance].headline;
  size_t i;
  for (i = 0; i < group->column_count; i++)
    if (group->columns[i] == score) return true;
  return false;
}

/* ---- benches ---- */

static void draw(const ent_tree *t, size_t input, const double *uniform, double *out) {
  size_t d;
  if (uniform) ent_tree_draw(t, input, uniform, out);
  else
    for (d = 0; d < ENT_BLOCK; d++) out[d] = t->inputs[input].nominal;
}

void ent_evaluation_drawn(const ent_evaluation *e, size_t input, uint64_t seed, uint32_t first, double *out) {
  double uniform[ENT_BLOCK];
  ent_tree_draw_run(&e->tree, input, seed, first, uniform, out);
}

ent_bench *ent_bench_new(const ent_evaluation *e, ent_arena *arena) {
  const ent_program *p = &e->tree.program;
  ent_bench *bench = ent_arena_take(arena, 1, sizeof *bench);
  size_t i;
  if (!bench || p->column_count > SIZE_MAX / ENT_BLOCK / sizeof(double)) return NULL;
  bench->at = ent_arena_take(arena, p->column_count, sizeof *bench->at);
  bench->base = ent_arena_take(arena, p->column_count * ENT_BLOCK, sizeof *bench->base);
  bench->change = ent_arena_take(arena, p->column_count * ENT_BLOCK, sizeof *bench->change);
  if (!bench->at || !bench->base || !bench->change) return NULL;
  for (i = 0; i < p->column_count; i++) bench->at[i] = bench->base + i * ENT_BLOCK;
  for (i = 0; i < p->operation_count; i++)
    if (p->operations[i].fixed) p->way->operate(&p->operations[i], bench->at);
  for (i = 0; i < e->tree.input_count; i++) draw(&e->tree, i, NULL, bench->at[i]);
  for (i = 0; i < e->wanted_count; i++) p->way->operate(&p->operations[e->wanted[i]], bench->at);
  return bench;
}

void ent_evaluate(const ent_evaluation *e, ent_bench *bench, const double *const *uniforms) {
  size_t i;
  ent_evaluate_back(e, bench);
  for (i = 0; i < e->tree.input_count; i++) draw(&e->tree, i, uniforms[i], bench->at[i]);
  for (i = 0; i < e->wanted_count; i++)
    e->tree.program.way->operate(&e->tree.program.operations[e->wanted[i]], bench->at);
}

static void begin_change(const ent_evaluation *e, ent_bench *bench, const ent_input_group *group) {
  size_t i;
  ent_evaluate_back(e, bench);
  bench->changed = group;
  for (i = 0; i < group->column_count; i++)
    bench->at[group->columns[i]] = bench->change + group->columns[i] * (size_t)ENT_BLOCK;
}

static void end_change(const ent_evaluation *e, ent_bench *bench, const ent_input_group *group) {
  size_t i;
  for (i = 0; i < group->operation_count; i++)
    e->tree.program.way->operate(&e->tree.program.operations[group->operations[i]], bench->at);
}

void ent_evaluate_change(const ent_evaluation *e, ent_bench *bench, const ent_input_group *group,
                         const double *const *uniforms) {
  size_t i;
  begin_change(e, bench, group);
  for (i = 0; i < group->count; i++) draw(&e->tree, group->inputs[i], uniforms[i], bench->at[group->inputs[i]]);
  end_change(e, bench, group);
}

void ent_evaluate_set(const ent_evaluation *e, ent_bench *bench, const ent_input_group *group,
                      const double *const *values) {
  size_t i;
  begin_change(e, bench, group);
  for (i = 0; i < group->count; i++) memcpy(bench->at[group->inputs[i]], values[i], ENT_BLOCK * sizeof(double));
  end_change(e, bench, group);
}

void ent_evaluate_back(const ent_evaluation *e, ent_bench *bench) {
  size_t i;
  (void)e;
  for (i = 0; bench->changed && i < bench->changed->column_count; i++)
    bench->at[bench->changed->columns[i]] = bench->base + bench->changed->columns[i] * (size_t)ENT_BLOCK;
  bench->changed = NULL;
}

static const double *column_at(const ent_bench *bench, uint32_t column) {
  return column == ENT_NO_COLUMN ? NULL : bench->at[column];
}

const double *ent_evaluate_score(const ent_evaluation *e, const ent_bench *bench, size_t alliance) {
  return column_at(bench, e->tree.grids[alliance].headline);
}

const double *ent_evaluate_criterion(const ent_evaluation *e, const ent_bench *bench, size_t alliance,
                                     size_t criterion) {
  return column_at(bench, ent_tree_column(&e->tree, &e->tree.grids[alliance], 0, criterion));
}

const double *ent_evaluate_input(const ent_evaluation *e, const ent_bench *bench, size_t input) {
  (void)e;
  return bench->at[input];
}
