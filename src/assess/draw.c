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

static void give_table(ent_plan *plan, ent_alternative *alternative) {
  ent_quantile_table *table;
  if (!ent_alternative_needs_table(alternative) || !(table = ent_plan_take(plan, 1, sizeof *table))) return;
  ent_alternative_make_table(alternative, table);
  alternative->table = table;
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
    give_table(plan, &quantity.alternatives[i]);
  }
  if (plan->failed) return -1;
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

int ent_draw_coded(ent_plan *plan, ent_key item, const char *aspect, double low, double high, bool ordinal,
                   size_t *input_count, size_t *input_room, ent_key **inputs) {
  ent_quantity quantity = {.key = item ^ ent_key_of("aspect:", aspect, NULL),
                           .item = item,
                           .aspect = aspect,
                           .least = low,
                           .most = high,
                           .whole = ordinal};
  size_t i, n = 0, count;
  const ent_coding *const *rows = ent_order_coded(plan, item, &count);
  for (i = 0; i < count; i++) n += ent_text_same(rows[i]->aspect, aspect);
  if (!n) return -1;
  quantity.alternatives = ent_plan_take(plan, n, sizeof *quantity.alternatives);
  for (i = 0; i < count && !plan->failed; i++) {
    const ent_coding *c = rows[i];
    ent_alternative a;
    if (!ent_text_same(c->aspect, aspect)) continue;
    a = ent_alternative_of_coding(plan->model, c, low, high, ordinal);
    if (a.step_count > quantity.most_steps) quantity.most_steps = a.step_count;
    place_alternative(&quantity, &a);
    ent_plan_input(plan, input_count, input_room, inputs, c->key);
  }
  return plan->failed ? -1 : add_quantity(plan, quantity);
}

int ent_draw_observed(ent_plan *plan, const ent_observation *const *rows, size_t count) {
  ent_quantity quantity = {.key = 0, .least = NAN, .most = NAN};
  size_t i;
  if (count && ent_text_same(rows[0]->unit, "share")) {
    quantity.least = 0;
    quantity.most = 1;
  }
  quantity.alternatives = ent_plan_take(plan, count, sizeof *quantity.alternatives);
  for (i = 0; i < count && !plan->failed; i++) {
    ent_alternative a = ent_alternative_of_figure(plan->model, rows[i]);
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

void ent_draw_values(const ent_quantity *quantity, const double *uniform, double *out) {
  double n = (double)quantity->alternative_count;
  size_t d;
  for (d = 0; d < ENT_BLOCK; d++) {
    double u = uniform[d] * n;
    size_t chosen = (size_t)u;
    if (chosen >= quantity->alternative_count) chosen = quantity->alternative_count - 1;
    out[d] = quantity->most_steps ? point_at(&quantity->alternatives[chosen], quantity->most_steps, u - (double)chosen)
                                  : ent_alternative_at(&quantity->alternatives[chosen], u - (double)chosen);
  }
}

double ent_draw_nominal(const ent_quantity *quantity) {
  double sum = 0;
  size_t i;
  for (i = 0; i < quantity->alternative_count; i++) sum += quantity->alternatives[i].mode;
  return quantity->fixed ? quantity->alternatives[0].mode : sum / (double)quantity->alternative_count;
}
