/* draw.c - quantities: what varies, and its values for a block of draws.
 *
 * One uniform number for each quantity and draw chooses among the alternatives (coders, or sources that disagree,
 * equally likely) with its integer part and places the value inside the chosen one with its fraction. */
#include <math.h>
#include <string.h>

#include "assess/way.h"
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

/* Its stated value alone. */
static void hold(ent_alternative *a) {
  a->low = a->high = a->mode;
  a->step_count = 0;
}

static void make_points(ent_plan *plan, ent_quantity *quantity);
static void make_ranges(ent_plan *plan, ent_quantity *quantity);

static int add_quantity(ent_plan *plan, ent_quantity quantity) {
  uint32_t *place;
  size_t i;
  if (!make_room(plan)) return -1;
  place = place_of(plan, quantity.key);
  if (*place) return (int)*place - 1;
  quantity.fixed = true;
  quantity.mean = plan->request->held.coders && quantity.alternative_count > 1;
  for (i = 0; i < quantity.alternative_count; i++) {
    ent_alternative *a = &quantity.alternatives[i];
    if (!(a->low > 0)) quantity.may_be_zero = true;
    if (plan->request->held.values) hold(a);
    if (a->low < a->high || (a->mode != quantity.alternatives[0].mode && !quantity.mean)) quantity.fixed = false;
    give_table(plan, a);
  }
  make_points(plan, &quantity);
  if (!quantity.points) make_ranges(plan, &quantity);
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

/* ---- values ---- */

/* A value and how likely it is. */
typedef struct point {
  double value, share;
} point;

static int by_value(const void *a, const void *b) {
  const point *x = a, *y = b;
  return (x->value > y->value) - (x->value < y->value);
}

static bool is_point(const ent_alternative *a) { return a->step_count || !(a->low < a->high); }

/* All points of all alternatives by rising value. */
static size_t list_points(const ent_quantity *quantity, point *out) {
  size_t i, k, count = 0;
  for (i = 0; i < quantity->alternative_count; i++) {
    const ent_alternative *a = &quantity->alternatives[i];
    double before = 0;
    if (!a->step_count) out[count++] = (point){a->mode, 1};
    for (k = 0; k < a->step_count; k++) {
      double until = k + 1 < a->step_count ? a->cumulative[k] : 1;
      out[count++] = (point){a->step[k], until - before};
      before = until;
    }
  }
  ent_order_sort(out, count, sizeof *out, by_value);
  return count;
}

static size_t count_points(const ent_quantity *quantity) {
  size_t i, count = 0;
  for (i = 0; i < quantity->alternative_count; i++) {
    if (!is_point(&quantity->alternatives[i])) return 0;
    count += quantity->alternatives[i].step_count ? quantity->alternatives[i].step_count : 1;
  }
  return count;
}

/* The distribution of all alternatives together, so that a higher uniform number never stands for a lower value. */
static void make_points(ent_plan *plan, ent_quantity *quantity) {
  ent_points points = {0, {0}, {0}};
  size_t i, count = 0, most = quantity->mean ? 0 : count_points(quantity);
  double sum = 0;
  point *list;
  if (!most || !(list = ent_plan_take(plan, most, sizeof *list))) return;
  most = list_points(quantity, list);
  for (i = 0; i < most; i++) {
    if (i && list[i].value == list[i - 1].value) {
      list[count - 1].share += list[i].share;
      continue;
    }
    list[count++] = list[i];
  }
  if (count > ENT_MOST_POINTS) return;
  for (i = 0; i < ENT_MOST_POINTS; i++) {
    if (i < count) sum += list[i].share / (double)quantity->alternative_count;
    points.value[i] = list[i < count ? i : count - 1].value;
    points.bound[i] = i + 1 < count ? sum : 2;
  }
  points.count = count;
  if ((quantity->points = ent_plan_take(plan, 1, sizeof *quantity->points))) *quantity->points = points;
}

static void make_ranges(ent_plan *plan, ent_quantity *quantity) {
  size_t i;
  if (quantity->mean) return;
  for (i = 0; i < quantity->alternative_count; i++) {
    const ent_alternative *a = &quantity->alternatives[i];
    if (a->step_count || (a->low < a->high && a->shape != ENT_SHAPE_TRIANGULAR && a->shape != ENT_SHAPE_UNIFORM))
      return;
  }
  quantity->ranges = ent_plan_take(plan, quantity->alternative_count, sizeof *quantity->ranges);
  for (i = 0; quantity->ranges && i < quantity->alternative_count; i++) {
    const ent_alternative *a = &quantity->alternatives[i];
    double width = a->high - a->low;
    quantity->ranges[i] = (ent_range){a->shape == ENT_SHAPE_UNIFORM, a->low, a->high, width, 0, 0, 0};
    if (!(width > 0)) quantity->ranges[i] = (ent_range){true, a->mode, a->mode, 0, 0, 0, 0};
    if (!(width > 0) || quantity->ranges[i].uniform) continue;
    quantity->ranges[i].cut = (a->mode - a->low) / width;
    quantity->ranges[i].below = width * (a->mode - a->low);
    quantity->ranges[i].above = width * (a->high - a->mode);
  }
}

static double point_at(const ent_alternative *a, double u) {
  size_t i = 0;
  while (i + 1 < a->step_count && u >= a->cumulative[i]) i++;
  return a->step[i];
}

static double alternative_at(const ent_alternative *a, double u) {
  return a->step_count ? point_at(a, u) : ent_alternative_at(a, u);
}

double ent_draw_value(const ent_quantity *quantity, double uniform) {
  double n = (double)quantity->alternative_count, u = uniform * n, sum = 0;
  size_t i = 0, chosen = (size_t)u;
  if (quantity->mean) {
    for (; i < quantity->alternative_count; i++) sum += alternative_at(&quantity->alternatives[i], uniform);
    return sum / n;
  }
  if (quantity->points) {
    while (uniform >= quantity->points->bound[i]) i++;
    return quantity->points->value[i];
  }
  if (chosen >= quantity->alternative_count) chosen = quantity->alternative_count - 1;
  return alternative_at(&quantity->alternatives[chosen], u - (double)chosen);
}

void ent_draw_values(const ent_way *way, const ent_quantity *quantity, const double *uniform, double *out) {
  size_t d;
  if (quantity->points) way->points(quantity->points, uniform, out);
  else if (quantity->ranges) way->ranges(quantity->ranges, quantity->alternative_count, uniform, out);
  else
    for (d = 0; d < ENT_BLOCK; d++) out[d] = ent_draw_value(quantity, uniform[d]);
}

double ent_draw_nominal(const ent_quantity *quantity) {
  double sum = 0;
  size_t i;
  bool same = true;
  for (i = 0; i < quantity->alternative_count; i++) {
    sum += quantity->alternatives[i].mode;
    same = same && quantity->alternatives[i].mode == quantity->alternatives[0].mode;
  }
  return same ? quantity->alternatives[0].mode : sum / (double)quantity->alternative_count;
}
