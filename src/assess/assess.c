/* assess.c - one run from evidence to draws, and how draws are read (see assess.h). */
#include "assess/assess.h"

#include <string.h>

#include "assess/plan.h"

ent_assessment *ent_assess_planned(ent_plan *plan, const ent_evidence *evidence, const ent_model *model,
                                   const ent_assess_request *request, ent_arena *arena) {
  ent_assessment *assessment;
  memset(plan, 0, sizeof *plan);
  plan->evidence = evidence;
  plan->model = model;
  plan->request = request;
  plan->progress = request->progress;
  plan->progress_context = request->progress_context;
  plan->arena = arena;
  assessment = ent_plan_take(plan, 1, sizeof *assessment);
  if (!assessment) return NULL;
  assessment->model = model;
  assessment->day = request->day;
  assessment->seed = request->seed;
  assessment->draws = request->draws;
  return ent_plan_make(plan, assessment) ? assessment : NULL;
}

bool ent_assess(const ent_evidence *evidence, const ent_model *model, const ent_assess_request *request,
                ent_arena *arena, ent_assessment **out) {
  ent_plan plan;
  ent_assessment *assessment = ent_assess_planned(&plan, evidence, model, request, arena);
  *out = NULL;
  if (!assessment || !ent_run_draws(&plan, assessment)) return false;
  *out = assessment;
  return true;
}

const ent_cell *ent_assess_find(const ent_assessed_alliance *alliance, ent_figure_kind kind, ent_scope scope, int from,
                                int to, int criterion, int dimension, int indicator) {
  size_t i;
  for (i = 0; i < alliance->cell_count; i++) {
    const ent_cell *cell = &alliance->cells[i];
    if (cell->kind == kind && cell->scope == scope && cell->from == from && cell->to == to &&
        cell->criterion == criterion && cell->dimension == dimension && cell->indicator == indicator)
      return cell;
  }
  return NULL;
}

size_t ent_assess_class(const ent_model *model, double score) {
  size_t i, found = 0;
  for (i = 0; i < model->class_count; i++)
    if (score >= model->classes[i].from) found = i;
  return found;
}
