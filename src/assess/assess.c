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

/* ---- cells by their addresses: with fifty members there are tens of thousands ---- */

static bool same_address(const ent_cell *a, const ent_cell *b) {
  return a->kind == b->kind && a->scope == b->scope && a->from == b->from && a->to == b->to &&
         a->criterion == b->criterion && a->dimension == b->dimension && a->indicator == b->indicator;
}

/* Where the cell with this address is noted, or would be. */
static uint32_t *place_of(const ent_assessed_alliance *alliance, const ent_cell *address) {
  const int parts[] = {(int)address->kind, (int)address->scope, address->from,     address->to,
                       address->criterion, address->dimension,  address->indicator};
  uint64_t hash = 0;
  size_t i, at;
  for (i = 0; i < sizeof parts / sizeof *parts; i++)
    hash = (hash ^ (uint64_t)(parts[i] + 1)) * UINT64_C(0x9E3779B97F4A7C15), hash ^= hash >> 29;
  for (at = (size_t)hash & (alliance->place_room - 1); alliance->places[at]; at = (at + 1) & (alliance->place_room - 1))
    if (same_address(&alliance->cells[alliance->places[at] - 1], address)) break;
  return &alliance->places[at];
}

void ent_assess_index(ent_plan *plan, ent_assessed_alliance *alliance) {
  size_t room = 64, i;
  while (room < 2 * alliance->cell_count) room *= 2;
  if (!(alliance->places = ent_plan_take(plan, room, sizeof *alliance->places))) return;
  alliance->place_room = room;
  for (i = 0; i < alliance->cell_count; i++) {
    uint32_t *place = place_of(alliance, &alliance->cells[i]);
    if (!*place) *place = (uint32_t)i + 1;
  }
}

const ent_cell *ent_assess_find(const ent_assessed_alliance *alliance, ent_figure_kind kind, ent_scope scope, int from,
                                int to, int criterion, int dimension, int indicator) {
  const ent_cell address = {.kind = kind,
                            .scope = scope,
                            .from = from,
                            .to = to,
                            .criterion = criterion,
                            .dimension = dimension,
                            .indicator = indicator};
  const uint32_t place = alliance->place_room ? *place_of(alliance, &address) : 0;
  return place ? &alliance->cells[place - 1] : NULL;
}

size_t ent_assess_class(const ent_model *model, double score) {
  size_t i, found = 0;
  for (i = 0; i < model->class_count; i++)
    if (score >= model->classes[i].from) found = i;
  return found;
}
