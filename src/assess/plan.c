/* plan.c - lays out what will be computed: alliances and members at the day, leaves, cells and their coverage. */
#include "assess/plan.h"

#include <string.h>

#include "base/text.h"

void *ent_plan_take(ent_plan *plan, size_t count, size_t size) {
  void *memory = plan->failed ? NULL : ent_arena_take(plan->arena, count, size);
  if (!memory) plan->failed = true;
  return memory;
}

/* Inputs stand by rising key, without doubles. */
void ent_plan_input(ent_plan *plan, size_t *count, size_t *room, ent_key **inputs, ent_key key) {
  size_t at = 0, high = *count;
  while (at < high) {
    size_t middle = at + (high - at) / 2;
    if ((*inputs)[middle] < key) at = middle + 1;
    else high = middle;
  }
  if (at < *count && (*inputs)[at] == key) return;
  if (*count == *room) {
    size_t grown_room = *room ? 2 * *room : 8;
    ent_key *grown = ent_plan_take(plan, grown_room, sizeof *grown);
    if (!grown) return;
    if (*count) memcpy(grown, *inputs, *count * sizeof *grown);
    *inputs = grown;
    *room = grown_room;
  }
  if (at < *count) memmove(*inputs + at + 1, *inputs + at, (*count - at) * sizeof **inputs);
  (*inputs)[at] = key;
  ++*count;
}

static const ent_actor *actor_of(const ent_evidence *e, ent_key key) {
  size_t i;
  for (i = 0; i < e->actors_count; i++)
    if (e->actors[i].key == key) return &e->actors[i];
  return NULL;
}

/* Guarantors first, then by id. */
static bool stands_before(const ent_actor *a, const char *a_role, const ent_actor *b, const char *b_role) {
  bool a_first = ent_text_same(a_role, "guarantor"), b_first = ent_text_same(b_role, "guarantor");
  if (a_first != b_first) return a_first;
  return strcmp(a->id, b->id) < 0;
}

static bool is_placed(const ent_assessed_alliance *out, const ent_actor *actor) {
  size_t m;
  for (m = 0; m < out->member_count; m++)
    if (out->members[m] == actor) return true;
  return false;
}

static void find_members(ent_plan *plan, const ent_alliance *alliance, ent_assessed_alliance *out) {
  const ent_evidence *e = plan->evidence;
  size_t i, at;
  out->members = ent_plan_take(plan, e->members_count + 1, sizeof *out->members);
  out->roles = ent_plan_take(plan, e->members_count + 1, sizeof *out->roles);
  for (i = 0; i < e->members_count && !plan->failed; i++) {
    const ent_member *member = &e->members[i];
    const ent_actor *actor = actor_of(e, member->actor);
    if (member->alliance != alliance->key || !actor || !ent_span_holds(member->span, plan->request->day)) continue;
    if (is_placed(out, actor)) continue; /* two memberships that overlap are one member */
    for (at = out->member_count++; at > 0; at--) {
      if (!stands_before(actor, member->role, out->members[at - 1], out->roles[at - 1])) break;
      out->members[at] = out->members[at - 1];
      out->roles[at] = out->roles[at - 1];
    }
    out->members[at] = actor;
    out->roles[at] = member->role;
  }
}

static bool role_fits(const char *wanted, const char *role) { return !wanted || ent_text_same(wanted, role); }

static void add_leaf(ent_plan *plan, ent_alliance_plan *alliance, int c, int d, int i, int giver, int receiver) {
  const ent_model_criterion *criterion = &plan->model->criteria[c];
  ent_leaf *leaf = &alliance->leaves[alliance->leaf_count++];
  leaf->indicator = &criterion->dimensions[d].indicators[i];
  leaf->criterion = c;
  leaf->dimension = d;
  leaf->index = i;
  leaf->giver = giver;
  leaf->receiver = receiver;
  ent_source_resolve(plan, alliance, leaf);
}

/* One leaf for an indicator of the alliance; for one of members, one for each ordered pair whose roles fit. */
static void add_leaves(ent_plan *plan, ent_alliance_plan *alliance, int c, int d, int i) {
  const ent_assessed_alliance *out = alliance->out;
  const ent_model_indicator *indicator = &plan->model->criteria[c].dimensions[d].indicators[i];
  size_t from, to;
  if (!plan->model->criteria[c].of_members) {
    add_leaf(plan, alliance, c, d, i, -1, -1);
    return;
  }
  for (from = 0; from < out->member_count; from++)
    for (to = 0; to < out->member_count && !plan->failed; to++)
      if (from != to && role_fits(indicator->giver, out->roles[from]) && role_fits(indicator->receiver, out->roles[to]))
        add_leaf(plan, alliance, c, d, i, (int)from, (int)to);
}

static void plan_leaves(ent_plan *plan, ent_alliance_plan *alliance) {
  const ent_model *model = plan->model;
  size_t c, d, i, pairs = alliance->out->member_count * (alliance->out->member_count - 1), room = 0;
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++)
      room += model->criteria[c].dimensions[d].indicator_count * (model->criteria[c].of_members ? pairs : 1);
  alliance->leaves = ent_plan_take(plan, room, sizeof *alliance->leaves);
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++)
      for (i = 0; i < model->criteria[c].dimensions[d].indicator_count && !plan->failed; i++)
        add_leaves(plan, alliance, (int)c, (int)d, (int)i);
}

static void plan_readings(ent_plan *plan, ent_alliance_plan *alliance) {
  size_t r, m, members = alliance->out->member_count;
  alliance->readings = ent_plan_take(plan, plan->model->reading_count * members + 1, sizeof *alliance->readings);
  for (r = 0; r < plan->model->reading_count; r++)
    for (m = 0; m < members && !plan->failed; m++) {
      ent_reading_plan *reading = &alliance->readings[alliance->reading_count++];
      reading->reading = (int)r;
      reading->member = (int)m;
      ent_source_resolve_reading(plan, alliance, reading);
    }
}

/* Alliances by id, so that the order of rows does not show in an answer. */
static const ent_alliance **alliances_by_id(ent_plan *plan) {
  const ent_evidence *e = plan->evidence;
  const ent_alliance **list = ent_plan_take(plan, e->alliances_count + 1, sizeof *list);
  size_t a, at;
  for (a = 0; list && a < e->alliances_count; a++) {
    for (at = a; at > 0 && strcmp(list[at - 1]->id, e->alliances[a].id) > 0; at--) list[at] = list[at - 1];
    list[at] = &e->alliances[a];
  }
  return list;
}

static bool is_chosen(const ent_plan *plan, const ent_alliance *alliance) {
  if (!ent_span_holds(alliance->span, plan->request->day)) return false;
  return plan->request->alliance ? strcmp(plan->request->alliance, alliance->id) == 0 : !alliance->reference;
}

bool ent_plan_make(ent_plan *plan, ent_assessment *out) {
  const ent_evidence *e = plan->evidence;
  const ent_alliance **order = alliances_by_id(plan);
  size_t a;
  ent_order_make(plan);
  out->alliances = ent_plan_take(plan, e->alliances_count + 1, sizeof *out->alliances);
  plan->alliances = ent_plan_take(plan, e->alliances_count + 1, sizeof *plan->alliances);
  for (a = 0; a < e->alliances_count && !plan->failed; a++) {
    ent_assessed_alliance *assessed = &out->alliances[out->alliance_count];
    ent_alliance_plan *alliance = &plan->alliances[out->alliance_count];
    const ent_alliance *of = order[a];
    if (!is_chosen(plan, of)) continue;
    memset(assessed, 0, sizeof *assessed);
    assessed->alliance = of;
    find_members(plan, of, assessed);
    if (assessed->member_count < 2) continue;
    alliance->out = assessed;
    alliance->key = of->key;
    plan_leaves(plan, alliance);
    plan_readings(plan, alliance);
    plan->alliance_count = ++out->alliance_count;
  }
  return !plan->failed;
}
