/* draw.c - quantities: what varies, and its values for a block of draws.
 *
 * One uniform number for each quantity and draw chooses among the alternatives (coders, or sources that disagree,
 * equally likely) with its integer part and places the value inside the chosen one with its fraction. */
#include <math.h>
#include <string.h>

#include "assess/plan.h"
#include "base/hash.h"
#include "base/text.h"

/* Where the quantity with this key is noted, or would be. Keys are hashes. */
static uint32_t *place_of(const ent_plan *plan, ent_key key) {
  size_t at = (size_t)key & (plan->place_room - 1);
  while (plan->places[at] && plan->quantities[plan->places[at] - 1].key != key) at = (at + 1) & (plan->place_room - 1);
  return &plan->places[at];
}

/* Room for one more quantity; places are never more than half full. */
static bool make_room(ent_plan *plan) {
  size_t i, room = plan->quantity_room ? 2 * plan->quantity_room : 128;
  ent_quantity *grown;
  if (plan->quantity_count < plan->quantity_room) return true;
  grown = ent_plan_take(plan, room, sizeof *grown);
  plan->places = ent_plan_take(plan, 2 * room, sizeof *plan->places);
  if (plan->failed) return false;
  if (plan->quantity_count) memcpy(grown, plan->quantities, plan->quantity_count * sizeof *grown);
  plan->quantities = grown;
  plan->quantity_room = room;
  plan->place_room = 2 * room;
  for (i = 0; i < plan->quantity_count; i++) *place_of(plan, grown[i].key) = (uint32_t)i + 1;
  return true;
}

static int add_quantity(ent_plan *plan, ent_quantity quantity) {
  uint32_t *place;
  size_t i;
  if (!make_room(plan)) return -1;
  place = place_of(plan, quantity.key);
  if (*place) return (int)*place - 1;
  quantity.fixed = true;
  for (i = 0; i < quantity.alternative_count; i++) {
    const ent_alternative *a = &quantity.alternatives[i];
    if (a->low < a->high || a->mode != quantity.alternatives[0].mode) quantity.fixed = false;
  }
  *place = (uint32_t)plan->quantity_count + 1;
  plan->quantities[plan->quantity_count] = quantity;
  return (int)plan->quantity_count++;
}

/* Alternatives by rising key, so that the order of rows does not matter. */
static void place_alternative(ent_quantity *quantity, const ent_alternative *alternative) {
  size_t i = quantity->alternative_count++;
  for (; i > 0 && quantity->alternatives[i - 1].key > alternative->key; i--)
    quantity->alternatives[i] = quantity->alternatives[i - 1];
  quantity->alternatives[i] = *alternative;
}

/* Probability falls from the value to zero one step beyond low and high; what is not reached has none. */
static void make_steps(ent_alternative *alternative) {
  double point, sum = 0;
  size_t i, n = 0;
  for (point = alternative->low; point <= alternative->high + 1e-9 && n < ENT_MOST_STEPS; point += 1, n++) {
    double away = fabs(point - alternative->mode);
    double reach =
        point < alternative->mode ? alternative->mode - alternative->low : alternative->high - alternative->mode;
    sum += 1 - away / (reach + 1);
    alternative->step[n] = point;
    alternative->cumulative[n] = sum;
  }
  for (i = 0; i < ENT_MOST_STEPS; i++) alternative->cumulative[i] = i + 1 < n ? alternative->cumulative[i] / sum : 2;
  alternative->step_count = n;
}

int ent_draw_coded(ent_plan *plan, ent_key item, const char *aspect, double low, double high, bool ordinal,
                   size_t *input_count, size_t *input_room, ent_key **inputs) {
  ent_quantity quantity = {.key = item ^ ent_key_of("aspect:", aspect, NULL), .item = item, .aspect = aspect};
  size_t i, n = 0, count;
  const ent_coding *const *rows = ent_order_coded(plan, item, &count);
  for (i = 0; i < count; i++) n += ent_text_same(rows[i]->aspect, aspect);
  if (!n) return -1;
  quantity.alternatives = ent_plan_take(plan, n, sizeof *quantity.alternatives);
  for (i = 0; i < count && !plan->failed; i++) {
    const ent_coding *c = rows[i];
    ent_alternative a = {c->key, c->low, c->value, c->high, false, 0, {0}, {0}};
    if (!ent_text_same(c->aspect, aspect)) continue;
    if (a.low < low) a.low = low;
    if (a.high > high) a.high = high;
    if (ordinal && high - low < ENT_MOST_STEPS) make_steps(&a); /* a longer scale is as good as continuous */
    if (a.step_count > quantity.most_steps) quantity.most_steps = a.step_count;
    place_alternative(&quantity, &a);
    ent_plan_input(plan, input_count, input_room, inputs, c->key);
  }
  return plan->failed ? -1 : add_quantity(plan, quantity);
}

static const ent_model_qualifier *qualifier_of(const ent_model *model, const char *id) {
  size_t i;
  for (i = 0; i < model->qualifier_count; i++)
    if (ent_text_same(model->qualifiers[i].id, id)) return &model->qualifiers[i];
  return NULL;
}

/* A figure's distribution: its own range where it has one, else its qualifier's, else itself. */
static ent_alternative alternative_of(const ent_plan *plan, const ent_observation *row) {
  ent_alternative a = {row->key, row->low, row->value, row->high, false, 0, {0}, {0}};
  const char *qualifier = row->qualifier;
  if (isnan(a.mode) && !isnan(a.low) && !isnan(a.high)) {
    a.uniform = true;
    a.mode = (a.low + a.high) / 2;
  } else {
    const ent_model_qualifier *q;
    if (isnan(a.mode)) { /* one bound alone */
      qualifier = isnan(a.low) ? "at_most" : "at_least";
      a.mode = isnan(a.low) ? a.high : a.low;
    }
    q = qualifier_of(plan->model, qualifier);
    if (isnan(a.low)) a.low = a.mode - (q ? q->below * fabs(a.mode) : 0);
    if (isnan(a.high)) a.high = a.mode + (q ? q->above * fabs(a.mode) : 0);
  }
  if (ent_text_same(row->unit, "share")) { /* a share stays between none and all */
    if (a.low < 0) a.low = 0;
    if (a.high > 1) a.high = 1;
  }
  if (a.mode < a.low) a.mode = a.low;
  if (a.mode > a.high) a.mode = a.high;
  return a;
}

int ent_draw_observed(ent_plan *plan, const ent_observation *const *rows, size_t count) {
  ent_quantity quantity = {.key = 0};
  size_t i;
  quantity.alternatives = ent_plan_take(plan, count, sizeof *quantity.alternatives);
  for (i = 0; i < count && !plan->failed; i++) {
    ent_alternative a = alternative_of(plan, rows[i]);
    quantity.key ^= a.key;
    place_alternative(&quantity, &a);
  }
  return plan->failed ? -1 : add_quantity(plan, quantity);
}

/* The point of an ordinal code: as many steps up as cumulative probabilities lie at or below u. No branch hangs on u,
 * which nobody could predict. */
static double point_at(const ent_alternative *a, size_t most_steps, double u) {
  size_t i = 0, k;
  for (k = 0; k + 1 < most_steps; k++) i += u >= a->cumulative[k];
  return a->step[i];
}

static double value_at(const ent_alternative *a, double u) {
  double width = a->high - a->low, cut;
  if (!(width > 0)) return a->mode;
  if (a->uniform) return a->low + u * width;
  cut = (a->mode - a->low) / width;
  if (u < cut) return a->low + sqrt(u * width * (a->mode - a->low));
  return a->high - sqrt((1 - u) * width * (a->high - a->mode));
}

void ent_draw_values(const ent_quantity *quantity, const double *uniform, double *out) {
  double n = (double)quantity->alternative_count;
  size_t d;
  for (d = 0; d < ENT_BLOCK; d++) {
    double u = uniform[d] * n;
    size_t chosen = (size_t)u;
    if (chosen >= quantity->alternative_count) chosen = quantity->alternative_count - 1;
    out[d] = quantity->most_steps ? point_at(&quantity->alternatives[chosen], quantity->most_steps, u - (double)chosen)
                                  : value_at(&quantity->alternatives[chosen], u - (double)chosen);
  }
}

double ent_draw_nominal(const ent_quantity *quantity) {
  double sum = 0;
  size_t i;
  for (i = 0; i < quantity->alternative_count; i++) sum += quantity->alternatives[i].mode;
  return quantity->fixed ? quantity->alternatives[0].mode : sum / (double)quantity->alternative_count;
}
