/* source.c - where an indicator's value comes from: finds the rows that feed one leaf or reading.
 *
 * Comes in: evidence, the alliance and its members, the model's description of a source. Goes out: the leaf's means,
 * constants and quantities, the rows that it rests on, or the reason why there is none. Rows count when they hold at
 * the day; whatever the order of rows, terms stand by rising key. */
#include <math.h>
#include <string.h>

#include "assess/plan.h"
#include "base/text.h"

static const char *const no_evidence = "missing.no_evidence";

static bool issue_has_role(const ent_evidence *e, ent_key key, const char *role, const ent_issue **out) {
  size_t i;
  for (i = 0; i < e->issues_count; i++)
    if (e->issues[i].key == key && ent_text_same(e->issues[i].role, role)) {
      *out = &e->issues[i];
      return true;
    }
  return false;
}

static const ent_scale *scale_of(const ent_evidence *e, ent_key key) {
  size_t i;
  for (i = 0; i < e->scales_count; i++)
    if (e->scales[i].key == key) return &e->scales[i];
  return NULL;
}

static const ent_scale *scale_named(const ent_evidence *e, const char *id) {
  size_t i;
  for (i = 0; i < e->scales_count; i++)
    if (ent_text_same(e->scales[i].id, id)) return &e->scales[i];
  return NULL;
}

/* The class's weight in a state of this system; an entry for the system comes before the general one. */
static double class_weight(const ent_class_weight *weights, size_t count, const char *weight_class,
                           const char *system) {
  double general = 0;
  size_t i;
  for (i = 0; i < count; i++) {
    if (!ent_text_same(weights[i].weight_class, weight_class)) continue;
    if (!weights[i].system) general = weights[i].weight;
    else if (ent_text_same(weights[i].system, system)) return weights[i].weight;
  }
  return general;
}

typedef struct counting { /* which offices count, and how much */
  const ent_class_weight *weights;
  size_t count;
  const char **only; /* classes, each with weight 1, instead of weights */
  size_t only_count;
} counting;

static double office_counts(const counting *how, const char *weight_class, const char *system) {
  size_t i;
  if (!how->only) return class_weight(how->weights, how->count, weight_class, system);
  for (i = 0; i < how->only_count; i++)
    if (ent_text_same(how->only[i], weight_class)) return 1;
  return 0;
}

/* How much an actor's view counts in a member at the day: the sum over the offices that it holds; a view of the state
 * itself counts like its head's. */
static double actor_weight(const ent_plan *plan, const ent_actor *member, ent_key actor, const counting *how) {
  const ent_evidence *e = plan->evidence;
  double sum = 0;
  size_t h, o;
  if (actor == member->key) return office_counts(how, "head", member->system);
  for (h = 0; h < e->holders_count; h++) {
    const ent_holder *holder = &e->holders[h];
    if (holder->actor != actor || !ent_span_holds(holder->span, plan->request->day)) continue;
    for (o = 0; o < e->offices_count; o++)
      if (e->offices[o].key == holder->office && e->offices[o].state == member->key)
        sum +=
            office_counts(how, e->offices[o].weight_class, member->system) * (isnan(holder->share) ? 1 : holder->share);
  }
  return sum;
}

typedef struct inputs { /* where the rows used are noted */
  size_t *count, *room;
  ent_key **keys;
} inputs;

typedef struct found { /* a view or body that counts */
  ent_key item, actor;
  double weight;
} found;

static int by_item(const void *left, const void *right) {
  const found *a = left, *b = right;
  return (a->item > b->item) - (a->item < b->item);
}

static int by_actor(const void *left, const void *right) {
  const found *a = left, *b = right;
  return a->actor == b->actor ? by_item(a, b) : a->actor > b->actor ? 1 : -1;
}

static void sort_found(found *list, size_t count) { ent_order_sort(list, count, sizeof *list, by_item); }

/* An actor with several views of one thing counts once, with their mean. The list is sorted by actor after it. */
static void share_weights(found *list, size_t count) {
  size_t i, first, end;
  ent_order_sort(list, count, sizeof *list, by_actor);
  for (first = 0; first < count; first = end) {
    for (end = first; end < count && list[end].actor == list[first].actor;) end++;
    for (i = first; i < end; i++) list[i].weight /= (double)(end - first);
  }
}

/* The scale of the issues that have a role: that of the first by key, and views on another scale do not count. */
static ent_key scale_of_role(const ent_evidence *e, const char *role) {
  const ent_issue *first = NULL;
  size_t i;
  for (i = 0; i < e->issues_count; i++)
    if (ent_text_same(e->issues[i].role, role) && (!first || e->issues[i].key < first->key)) first = &e->issues[i];
  return first ? first->scale : 0;
}

static bool towards(const ent_alliance_plan *alliance, const ent_view *view, int receiver) {
  size_t m;
  if (!view->partner) return true;
  for (m = 0; m < alliance->out->member_count; m++)
    if (alliance->out->members[m]->key == view->partner) return receiver < 0 || (size_t)receiver == m;
  return false;
}

/* An open end is vouched for until the study's date; since then such a row is carried. False where it is older than
 * the leaf's limit; leaf NULL (a reading, which has no limit): true. */
static bool is_young_enough(const ent_plan *plan, ent_leaf *leaf, ent_span span) {
  int32_t known = plan->evidence->date.last, day = plan->request->day;
  if (!leaf || span.last != ENT_DAY_OPEN_END || day <= known) return true;
  if ((double)day - known > leaf->indicator->age_limit_years * 365.25) {
    leaf->too_old = true;
    return false;
  }
  leaf->carried = true;
  return true;
}

static const char *why_none(const ent_leaf *leaf) { return leaf->too_old ? "missing.too_old" : no_evidence; }

/* The views of one kind and role that a member holds at the day; the issue they are about goes to *issue. */
static size_t find_views(ent_plan *plan, const ent_alliance_plan *alliance, ent_leaf *leaf, ent_view_kind kind,
                         const char *role, int member, int receiver, const counting *how, const ent_issue **issue,
                         found **out) {
  const ent_evidence *e = plan->evidence;
  const ent_actor *actor = alliance->out->members[member];
  size_t v, count = 0;
  ent_key scale = scale_of_role(e, role);
  found *list = ent_plan_take(plan, e->views_count ? e->views_count : 1, sizeof *list);
  *out = list;
  for (v = 0; v < e->views_count && list; v++) {
    const ent_view *view = &e->views[v];
    const ent_issue *about;
    double weight;
    if (view->kind != kind || !ent_span_holds(view->span, plan->request->day)) continue;
    if (view->alliance && view->alliance != alliance->key) continue;
    if (!issue_has_role(e, view->issue, role, &about) || about->scale != scale || !towards(alliance, view, receiver))
      continue;
    weight = actor_weight(plan, actor, view->actor, how);
    if (!(weight > 0) || !is_young_enough(plan, leaf, view->span)) continue;
    list[count].item = view->key;
    list[count].actor = view->actor;
    list[count++].weight = weight;
    *issue = about;
  }
  if (list) share_weights(list, count);
  sort_found(list, list ? count : 0);
  return plan->failed ? 0 : count;
}

/* Turns items into the weighted mean of one coded aspect; items without a coding do not count. */
static void make_mean(ent_plan *plan, const found *list, size_t count, const char *aspect, const ent_scale *scale,
                      inputs *in, ent_mean *out) {
  size_t i;
  out->terms = ent_plan_take(plan, count ? count : 1, sizeof *out->terms);
  out->count = 0;
  for (i = 0; i < count && !plan->failed; i++) {
    int quantity = ent_draw_coded(plan, list[i].item, aspect, scale->minimum, scale->maximum, scale->ordinal, in->count,
                                  in->room, in->keys);
    if (quantity < 0) continue;
    ent_plan_input(plan, in->count, in->room, in->keys, list[i].item);
    out->terms[out->count].quantity = (size_t)quantity;
    out->terms[out->count++].weight = list[i].weight;
  }
}

static const char *aspect_of(ent_view_kind kind) {
  return kind == ENT_POSITION ? "stance" : kind == ENT_THREAT ? "severity" : "support";
}

static counting position_counting(const ent_plan *plan) {
  counting how = {plan->model->position_weights, plan->model->position_weight_count, NULL, 0};
  return how;
}

/* A member's own position on the leaf's issue, with its salience. */
static void own_position(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf, ent_view_kind kind, int member,
                         int receiver, ent_own *out) {
  counting how = position_counting(plan);
  inputs in = {&out->input_count, &out->input_room, &out->inputs};
  const ent_issue *issue = NULL;
  const ent_scale *scale, *salience = scale_named(plan->evidence, "salience");
  found *list;
  size_t i, count = find_views(plan, alliance, leaf, kind, leaf->indicator->source.role, member, receiver, &how, &issue,
                               &list);
  if (!count || !(scale = scale_of(plan->evidence, issue->scale))) return;
  leaf->scale_low = scale->minimum;
  leaf->scale_high = scale->maximum;
  make_mean(plan, list, count, aspect_of(kind), scale, &in, &out->position);
  if (kind == ENT_POSITION && salience) make_mean(plan, list, count, "salience", salience, &in, &out->salience);
  for (i = 0; i < out->input_count; i++)
    ent_plan_input(plan, &leaf->input_count, &leaf->input_room, &leaf->inputs, out->inputs[i]);
}

static void resolve_distance(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf, ent_view_kind kind) {
  size_t m, with = 0, count = alliance->out->member_count;
  leaf->own = ent_plan_take(plan, count, sizeof *leaf->own);
  for (m = 0; m < count && !plan->failed; m++) {
    own_position(plan, alliance, leaf, kind, (int)m, -1, &leaf->own[m]);
    with += leaf->own[m].position.count > 0;
  }
  if (with < 2) leaf->missing = with ? "missing.one_member" : why_none(leaf);
}

static bool role_fits(const char *wanted, const char *role) { return !wanted || ent_text_same(wanted, role); }

/* An alliance's stance indicator: each member of the giver's role is one own position. */
static void resolve_stance(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  size_t m, with = 0, count = alliance->out->member_count;
  leaf->own = ent_plan_take(plan, count, sizeof *leaf->own);
  for (m = 0; m < count && !plan->failed; m++) {
    if (leaf->giver >= 0 ? (size_t)leaf->giver != m : !role_fits(leaf->indicator->giver, alliance->out->roles[m]))
      continue;
    own_position(plan, alliance, leaf, ENT_POSITION, (int)m, leaf->receiver, &leaf->own[m]);
    with += leaf->own[m].position.count > 0;
  }
  if (!with) leaf->missing = why_none(leaf);
}

static void resolve_support(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  const ent_model_source *source = &leaf->indicator->source;
  counting how = {NULL, 0, source->classes, source->class_count};
  inputs in = {&leaf->input_count, &leaf->input_room, &leaf->inputs};
  const ent_issue *issue = NULL;
  const ent_scale *scale;
  found *list;
  size_t count =
      find_views(plan, alliance, leaf, ENT_SUPPORT, source->role, leaf->giver, leaf->receiver, &how, &issue, &list);
  if (count && (scale = scale_of(plan->evidence, issue->scale)))
    make_mean(plan, list, count, "support", scale, &in, &leaf->mean);
  if (!leaf->mean.count) leaf->missing = why_none(leaf);
}

/* The alliance's institutions of the leaf's function that stand at the day. */
static size_t find_institutions(ent_plan *plan, const ent_alliance_plan *alliance, ent_leaf *leaf, found **out) {
  const ent_evidence *e = plan->evidence;
  size_t i, count = 0;
  found *list = ent_plan_take(plan, e->institutions_count ? e->institutions_count : 1, sizeof *list);
  *out = list;
  for (i = 0; i < e->institutions_count && list; i++) {
    const ent_institution *body = &e->institutions[i];
    if (body->alliance != alliance->key || !ent_text_same(body->function, leaf->indicator->source.function)) continue;
    if (!ent_span_holds(body->span, plan->request->day) || !is_young_enough(plan, leaf, body->span)) continue;
    list[count].item = body->key;
    list[count++].weight = 1;
  }
  sort_found(list, list ? count : 0);
  return plan->failed ? 0 : count;
}

static void resolve_institutions(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  const ent_model_source *source = &leaf->indicator->source;
  inputs in = {&leaf->input_count, &leaf->input_room, &leaf->inputs};
  found *list;
  size_t i, count = find_institutions(plan, alliance, leaf, &list);
  if (source->kind == ENT_FROM_INSTITUTION_COUNT) {
    leaf->constant = (double)count;
    for (i = 0; i < count; i++) ent_plan_input(plan, in.count, in.room, in.keys, list[i].item);
    if (!count) leaf->missing = why_none(leaf); /* none in the package is silence, not zero */
    return;
  }
  {
    const ent_scale *scale = scale_named(plan->evidence, source->aspect);
    if (count && scale) make_mean(plan, list, count, source->aspect, scale, &in, &leaf->mean);
  }
  if (!leaf->mean.count) leaf->missing = why_none(leaf);
}

/* The highest duty by treaty or agreement; domestic law and declarations bind nobody towards the other. */
static void resolve_obligation(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  const ent_evidence *e = plan->evidence;
  const ent_model_source *source = &leaf->indicator->source;
  ent_key giver = alliance->out->members[leaf->giver]->key, receiver = alliance->out->members[leaf->receiver]->key;
  double highest = -INFINITY;
  size_t i, l;
  for (i = 0; i < e->provisions_count; i++) {
    const ent_provision *p = &e->provisions[i];
    if (p->alliance != alliance->key || p->obligor != giver || (p->beneficiary && p->beneficiary != receiver)) continue;
    if (!ent_text_same(p->instrument, "treaty") && !ent_text_same(p->instrument, "agreement")) continue;
    if (!ent_span_holds(p->span, plan->request->day) || !is_young_enough(plan, leaf, p->span)) continue;
    for (l = 0; l < source->level_count; l++)
      if (ent_text_same(source->levels[l].obligation, p->obligation)) {
        ent_plan_input(plan, &leaf->input_count, &leaf->input_room, &leaf->inputs, p->key);
        if (source->levels[l].height > highest) highest = source->levels[l].height;
      }
  }
  leaf->constant = highest;
  if (!(highest > -INFINITY)) leaf->missing = why_none(leaf);
}

static ent_key indicator_named(const ent_evidence *e, const char *id) {
  size_t i;
  for (i = 0; i < e->indicators_count; i++)
    if (ent_text_same(e->indicators[i].id, id)) return e->indicators[i].key;
  return 0;
}

static bool definition_admitted(const ent_evidence *e, const ent_model_source *source, ent_key definition) {
  size_t i, d;
  if (!source->definition_count) return true;
  for (i = 0; i < e->definitions_count; i++)
    for (d = 0; d < source->definition_count; d++)
      if (e->definitions[i].key == definition && ent_text_same(e->definitions[i].id, source->definitions[d]))
        return true;
  return false;
}

/* A reported figure of the giver as a whole: no part of another figure, of no place or body, not of the future. */
static bool observation_counts(const ent_plan *plan, const ent_alliance_plan *alliance, const ent_observation *o,
                               ent_key indicator, int giver, int receiver) {
  if (o->indicator != indicator || o->actor != alliance->out->members[giver]->key) return false;
  if (o->partner && (receiver < 0 || o->partner != alliance->out->members[receiver]->key)) return false;
  if (o->alliance && o->alliance != alliance->key) return false;
  if (o->parent || o->place || o->institution || !ent_text_same(o->status, "reported")) return false;
  if (isnan(o->value) && isnan(o->low) && isnan(o->high)) return false;
  return o->period.first <= plan->request->day; /* the figure of a year holds on each of its days */
}

static int32_t last_day(const ent_plan *plan, const ent_observation *o) {
  return o->period.last < plan->request->day ? o->period.last : plan->request->day;
}

static bool same_money(const ent_observation *a, const ent_observation *b) {
  return ent_text_same(a->unit, b->unit) && ent_text_same(a->currency, b->currency);
}

static bool is_money(const ent_observation *o) { return ent_text_same(o->unit, "currency"); }

/* The figures of the latest period, as one quantity; *first is one of them. Too old: leaf->missing says so. */
static int find_observed(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf, const char *id, int receiver,
                         const ent_model_source *definitions, const ent_observation **first) {
  const ent_evidence *e = plan->evidence;
  ent_key indicator = indicator_named(e, id);
  size_t i, count = 0, there = 0;
  const ent_observation *const *all =
      ent_order_observed(plan, indicator, alliance->out->members[leaf->giver]->key, &there);
  const ent_observation **rows = ent_plan_take(plan, there ? there : 1, sizeof *rows);
  bool other_definition = false;
  for (i = 0; i < there && rows && indicator; i++) {
    const ent_observation *o = all[i];
    if (!observation_counts(plan, alliance, o, indicator, leaf->giver, receiver)) continue;
    if (definitions && !definition_admitted(e, definitions, o->definition)) {
      other_definition = true;
      continue;
    }
    if (count) {
      int32_t later = last_day(plan, o) - last_day(plan, rows[0]);
      if (later < 0) continue;
      if (later > 0) count = 0;
    }
    rows[count++] = o;
  }
  if (!count) {
    leaf->missing = other_definition ? "missing.other_definition" : no_evidence;
    return -1;
  }
  if (plan->request->day - (double)last_day(plan, rows[0]) > leaf->indicator->age_limit_years * 365.25) {
    leaf->missing = "missing.too_old";
    return -1;
  }
  for (i = 1; i < count; i++)
    if (!same_money(rows[0], rows[i])) {
      leaf->missing = "missing.other_unit";
      return -1;
    }
  *first = rows[0];
  if (last_day(plan, rows[0]) < plan->request->day) leaf->carried = true;
  for (i = 0; i < count; i++) ent_plan_input(plan, &leaf->input_count, &leaf->input_room, &leaf->inputs, rows[i]->key);
  return ent_draw_observed(plan, rows, count);
}

static void resolve_observation(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  const ent_model_source *source = &leaf->indicator->source;
  const ent_observation *above = NULL, *below = NULL;
  leaf->numerator = find_observed(plan, alliance, leaf, source->indicator, leaf->receiver, source, &above);
  if (leaf->missing || !source->per) return;
  leaf->denominator = find_observed(plan, alliance, leaf, source->per, -1, NULL, &below);
  if (leaf->missing || plan->failed) return;
  if (is_money(above) && is_money(below) && !same_money(above, below)) leaf->missing = "missing.other_unit";
  else if (plan->quantities[leaf->denominator].may_be_zero) /* nothing can be measured against what may be nothing */
    leaf->missing = "missing.no_denominator";
}

void ent_source_resolve(ent_plan *plan, ent_alliance_plan *alliance, ent_leaf *leaf) {
  leaf->numerator = leaf->denominator = -1;
  switch (leaf->indicator->source.kind) {
    case ENT_FROM_POSITION_DISTANCE: resolve_distance(plan, alliance, leaf, ENT_POSITION); break;
    case ENT_FROM_THREAT_DISTANCE: resolve_distance(plan, alliance, leaf, ENT_THREAT); break;
    case ENT_FROM_STANCE: resolve_stance(plan, alliance, leaf); break;
    case ENT_FROM_INSTITUTION:
    case ENT_FROM_INSTITUTION_COUNT: resolve_institutions(plan, alliance, leaf); break;
    default: /* what one member gives another */
      if (leaf->giver < 0) leaf->missing = "missing.not_applicable";
      else if (leaf->indicator->source.kind == ENT_FROM_SUPPORT) resolve_support(plan, alliance, leaf);
      else if (leaf->indicator->source.kind == ENT_FROM_OBLIGATION) resolve_obligation(plan, alliance, leaf);
      else resolve_observation(plan, alliance, leaf);
  }
}

void ent_source_resolve_reading(ent_plan *plan, ent_alliance_plan *alliance, ent_reading_plan *reading) {
  const ent_model_source *source = &plan->model->readings[reading->reading].source;
  ent_view_kind kind = source->kind == ENT_FROM_SUPPORT_SPLIT ? ENT_SUPPORT : ENT_POSITION;
  counting how = {plan->model->split_weights, plan->model->split_weight_count, NULL, 0};
  inputs in = {&reading->input_count, &reading->input_room, &reading->inputs};
  const ent_issue *issue = NULL;
  const ent_scale *scale;
  ent_mean mean = {0, NULL};
  found *list;
  size_t count = find_views(plan, alliance, NULL, kind, source->role, reading->member, -1, &how, &issue, &list);
  if (!count || !(scale = scale_of(plan->evidence, issue->scale))) return;
  make_mean(plan, list, count, aspect_of(kind), scale, &in, &mean);
  reading->actors = mean.terms;
  reading->actor_count = mean.count;
  reading->half_range = (scale->maximum - scale->minimum) / 2;
}
