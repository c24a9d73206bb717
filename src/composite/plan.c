/* plan.c - the same tree evaluated many times: what does not change is found once. */
#include "composite/composite.h"

#include <string.h>

struct ent_composite_plan {
  ent_arena *arena;
  ent_composite_work work;
  bool can_fast;
  ent_composite_fast fast;
};

/* A copy of count things of a size, or NULL for NULL; ok turns false when memory is short. */
static void *copy_of(ent_arena *arena, const void *from, size_t count, size_t size, bool *ok) {
  void *to;
  if (!from) return NULL;
  to = ent_arena_take(arena, count, size);
  if (!to) {
    *ok = false;
    return NULL;
  }
  memcpy(to, from, count * size);
  return to;
}

/* Nothing that the caller owns is looked at later. */
static bool keep_copies(ent_composite_work *work, ent_arena *arena) {
  size_t nodes = work->nodes.count, indicators = work->indicator_count, units = work->unit_count;
  ent_composite_tree *tree = &work->tree;
  bool ok = true;
  tree->parent = copy_of(arena, tree->parent, nodes, sizeof *tree->parent, &ok);
  tree->weight = copy_of(arena, tree->weight, nodes, sizeof *tree->weight, &ok);
  tree->direction = copy_of(arena, tree->direction, indicators, sizeof *tree->direction, &ok);
  tree->low = copy_of(arena, tree->low, indicators, sizeof *tree->low, &ok);
  tree->high = copy_of(arena, tree->high, indicators, sizeof *tree->high, &ok);
  tree->reference = copy_of(arena, tree->reference, indicators, sizeof *tree->reference, &ok);
  work->group = copy_of(arena, work->group, units, sizeof *work->group, &ok);
  work->previous = copy_of(arena, work->previous, units, sizeof *work->previous, &ok);
  if (work->methods.weighting == ENT_WEIGHT_BUDGET) {
    size_t experts = work->methods.expert_count;
    if (experts > SIZE_MAX / nodes) return false;
    work->methods.experts = copy_of(arena, work->methods.experts, experts * nodes, sizeof *work->methods.experts, &ok);
  }
  return ok;
}

ent_composite_plan *ent_composite_plan_new(const ent_composite_data *data, const ent_composite_tree *tree,
                                           const ent_composite_methods *methods, ent_composite_fault *fault) {
  ent_arena *arena = ent_arena_new(0);
  ent_composite_plan *plan = arena ? ent_arena_take(arena, 1, sizeof *plan) : NULL;
  if (fault) *fault = (ent_composite_fault){ENT_COMPOSITE_FINE, -1, -1};
  if (!plan) {
    ent_arena_free(arena);
    ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
    return NULL;
  }
  plan->arena = arena;
  if (ent_composite_work_init(&plan->work, arena, data, tree, methods, fault)) {
    ent_arena_free(arena);
    return NULL;
  }
  plan->can_fast = ent_composite_fast_can(&plan->work);
  if (!keep_copies(&plan->work, arena) || (plan->can_fast && !ent_composite_fast_init(&plan->fast, &plan->work))) {
    ent_arena_free(arena);
    ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
    return NULL;
  }
  return plan;
}

void ent_composite_plan_free(ent_composite_plan *plan) {
  if (plan) ent_arena_free(plan->arena);
}

static bool by_scores(const ent_composite_work *work) {
  return work->methods.weighting == ENT_WEIGHT_PRINCIPAL || work->methods.weighting == ENT_WEIGHT_CORRELATION;
}

ent_composite_reason ent_composite_plan_run(ent_composite_plan *plan, const double *columns, const double *weight,
                                            double *score, ent_composite_fault *fault) {
  ent_composite_work *work = &plan->work;
  ent_composite_reason reason;
  size_t unit;
  if (fault) *fault = (ent_composite_fault){ENT_COMPOSITE_FINE, -1, -1};
  if (plan->can_fast && (weight || !by_scores(work)) &&
      ent_composite_fast_run(work, &plan->fast, columns, weight, score))
    return ENT_COMPOSITE_FINE;
  memcpy(work->column, columns, work->indicator_count * work->unit_count * sizeof *columns);
  reason = ent_composite_steps(work, weight, NULL, NULL, fault);
  for (unit = 0; !reason && unit < work->unit_count; unit++)
    score[unit] = ent_composite_plain(ent_composite_column(work, work->nodes.top)[unit]);
  return reason;
}
