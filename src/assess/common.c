/* common.c - several assessments on the evidence that they have in common, and what stands for what in them. */
#include <string.h>

#include "assess/plan.h"
#include "base/text.h"

static const char *const not_common = "missing.not_common";

const ent_assessed_alliance *ent_assess_counterpart(const ent_assessment *of, size_t a, const ent_assessment *in) {
  size_t i;
  for (i = 0; i < in->alliance_count; i++)
    if (strcmp(in->alliances[i].alliance->id, of->alliances[a].alliance->id) == 0) return &in->alliances[i];
  return of->alliance_count == 1 && in->alliance_count == 1 ? &in->alliances[0] : NULL;
}

static int member_named(const ent_assessed_alliance *alliance, const char *id) {
  size_t m;
  for (m = 0; m < alliance->member_count; m++)
    if (strcmp(alliance->members[m]->id, id) == 0) return (int)m;
  return -1;
}

int ent_assess_member(const ent_assessed_alliance *of, int m, const ent_assessed_alliance *in) {
  size_t i;
  int before = 0, same = member_named(in, of->members[m]->id);
  if (same >= 0) return same;
  for (i = 0; i < (size_t)m; i++) before += member_named(in, of->members[i]->id) < 0;
  for (i = 0; i < in->member_count; i++)
    if (member_named(of, in->members[i]->id) < 0 && before-- == 0) return (int)i;
  return -1;
}

bool ent_assess_place(const ent_model *of, const ent_model *in, int *criterion, int *dimension, int *indicator) {
  const ent_model_criterion *c = &of->criteria[*criterion], *found = NULL;
  const ent_model_dimension *d = *dimension < 0 ? NULL : &c->dimensions[*dimension], *inside = NULL;
  size_t i;
  for (i = 0; i < in->criterion_count && !found; i++)
    if (strcmp(in->criteria[i].id, c->id) == 0) found = &in->criteria[ *criterion = (int)i];
  if (!found || found->of_members != c->of_members) return false;
  if (!d) return true;
  for (i = 0; i < found->dimension_count && !inside; i++)
    if (strcmp(found->dimensions[i].id, d->id) == 0) inside = &found->dimensions[ *dimension = (int)i];
  if (!inside) return false;
  if (*indicator < 0) return true;
  for (i = 0; i < inside->indicator_count; i++)
    if (strcmp(inside->indicators[i].id, d->indicators[*indicator].id) == 0) {
      *indicator = (int)i;
      return true;
    }
  return false;
}

/* The leaf that stands for a leaf of another plan; NULL where there is none. */
static ent_leaf *leaf_for(const ent_plan *of, const ent_alliance_plan *alliance, const ent_leaf *leaf,
                          const ent_plan *in, ent_alliance_plan *other) {
  int c = leaf->criterion, d = leaf->dimension, i = leaf->index, giver = -1, receiver = -1;
  size_t l;
  if (!ent_assess_place(of->model, in->model, &c, &d, &i)) return NULL;
  if (leaf->giver >= 0) {
    giver = ent_assess_member(alliance->out, leaf->giver, other->out);
    receiver = ent_assess_member(alliance->out, leaf->receiver, other->out);
    if (giver < 0 || receiver < 0) return NULL;
  }
  for (l = 0; l < other->leaf_count; l++) {
    ent_leaf *candidate = &other->leaves[l];
    if (candidate->criterion == c && candidate->dimension == d && candidate->index == i && candidate->giver == giver &&
        candidate->receiver == receiver)
      return candidate;
  }
  return NULL;
}

static ent_alliance_plan *plan_of(ent_plan *plan, const ent_assessed_alliance *out) {
  size_t a;
  for (a = 0; out && a < plan->alliance_count; a++)
    if (plan->alliances[a].out == out) return &plan->alliances[a];
  return NULL;
}

/* Takes out of `in` what is missing in `of`. */
static void take_out(ent_plan *of, const ent_assessment *of_out, ent_plan *in, const ent_assessment *in_out) {
  size_t a, l;
  for (a = 0; a < of->alliance_count; a++) {
    ent_alliance_plan *alliance = &of->alliances[a], *other = plan_of(in, ent_assess_counterpart(of_out, a, in_out));
    for (l = 0; other && l < alliance->leaf_count; l++) {
      ent_leaf *leaf = alliance->leaves[l].missing ? leaf_for(of, alliance, &alliance->leaves[l], in, other) : NULL;
      if (leaf && !leaf->missing) leaf->missing = not_common;
    }
  }
}

/* Of several runs the share that is done of all. */
typedef struct shared {
  const ent_assess_request *request;
  double before, count;
} shared;

static int tell(void *context, double done) {
  const shared *s = context;
  return s->request->progress(s->request->progress_context, (s->before + done) / s->count);
}

bool ent_assess_common(const ent_assess_side *sides, size_t count, ent_arena *arena, ent_assessment **out) {
  ent_plan *plans = ent_arena_take(arena, count, sizeof *plans);
  size_t i, j;
  if (!plans) return false;
  for (i = 0; i < count; i++)
    if (!(out[i] = ent_assess_planned(&plans[i], sides[i].evidence, sides[i].model, &sides[i].request, arena)))
      return false;
  for (i = 0; i < count; i++)
    for (j = 0; j < count; j++)
      if (i != j) take_out(&plans[i], out[i], &plans[j], out[j]);
  for (i = 0; i < count; i++) {
    shared s = {&sides[0].request, (double)i, (double)count};
    plans[i].progress = s.request->progress ? tell : NULL;
    plans[i].progress_context = &s;
    if (!ent_run_draws(&plans[i], out[i])) return false;
  }
  return true;
}
