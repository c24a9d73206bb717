/* order.c - orders of the evidence, so that each leaf finds its rows without looking at all.
 *
 * Comes in: evidence. Goes out: pointers to its codings by item, and to its observations by indicator and actor. What
 * stands together stays in the order of the evidence. */
#include "assess/plan.h"

#include <string.h>

enum { LARGEST_ELEMENT = 64 };

static void swap(unsigned char *a, unsigned char *b, size_t size) {
  unsigned char kept[LARGEST_ELEMENT];
  memcpy(kept, a, size);
  memcpy(a, b, size);
  memcpy(b, kept, size);
}

/* Lets the element at `at` sink to its place among those before `end`. */
static void sink(unsigned char *list, size_t at, size_t end, size_t size, int (*order)(const void *a, const void *b)) {
  for (size_t child; (child = 2 * at + 1) < end; at = child) {
    if (child + 1 < end && order(list + child * size, list + (child + 1) * size) < 0) child++;
    if (order(list + at * size, list + child * size) >= 0) return;
    swap(list + at * size, list + child * size, size);
  }
}

/* Heapsort: in place, and as fast for the worst list as for others; qsort may ask for memory. */
void ent_order_sort(void *list, size_t count, size_t size, int (*order)(const void *a, const void *b)) {
  unsigned char *bytes = list;
  size_t i;
  if (count < 2 || size > LARGEST_ELEMENT) return;
  for (i = count / 2; i-- > 0;) sink(bytes, i, count, size, order);
  for (i = count; i-- > 1;) {
    swap(bytes, bytes + i * size, size);
    sink(bytes, 0, i, size, order);
  }
}

static int compare(ent_key a, ent_key b) { return (a > b) - (a < b); }

/* Both point into one array, whose order is that of the evidence. */
static int by_item(const void *left, const void *right) {
  const ent_coding *a = *(const ent_coding *const *)left, *b = *(const ent_coding *const *)right;
  return a->item == b->item ? (a > b) - (a < b) : compare(a->item, b->item);
}

static int by_measure(const void *left, const void *right) {
  const ent_observation *a = *(const ent_observation *const *)left, *b = *(const ent_observation *const *)right;
  if (a->indicator != b->indicator) return compare(a->indicator, b->indicator);
  return a->actor == b->actor ? (a > b) - (a < b) : compare(a->actor, b->actor);
}

static int by_key(const void *left, const void *right) {
  return compare(*(const ent_key *)left, *(const ent_key *)right);
}

static void order_codings(ent_plan *plan) {
  const ent_evidence *e = plan->evidence;
  size_t i;
  plan->coded = ent_plan_take(plan, e->codings_count + 1, sizeof *plan->coded);
  if (!plan->coded) return;
  for (i = 0; i < e->codings_count; i++) plan->coded[i] = &e->codings[i];
  ent_order_sort(plan->coded, e->codings_count, sizeof *plan->coded, by_item);
}

static bool is_among(const ent_key *list, size_t count, ent_key key) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < count && list[low] == key;
}

/* Figures of states that are in no alliance feed nothing. */
static void order_observations(ent_plan *plan) {
  const ent_evidence *e = plan->evidence;
  ent_key *members = ent_plan_take(plan, e->members_count + 1, sizeof *members);
  size_t i, count = 0;
  if (!members) return;
  for (i = 0; i < e->members_count; i++) members[i] = e->members[i].actor;
  ent_order_sort(members, e->members_count, sizeof *members, by_key);
  for (i = 0; i < e->observations_count; i++) count += is_among(members, e->members_count, e->observations[i].actor);
  plan->observed = ent_plan_take(plan, count + 1, sizeof *plan->observed);
  for (i = 0; i < e->observations_count && plan->observed; i++)
    if (is_among(members, e->members_count, e->observations[i].actor))
      plan->observed[plan->observed_count++] = &e->observations[i];
  if (plan->observed) ent_order_sort(plan->observed, plan->observed_count, sizeof *plan->observed, by_measure);
}

void ent_order_make(ent_plan *plan) {
  order_codings(plan);
  order_observations(plan);
}

const ent_coding *const *ent_order_coded(const ent_plan *plan, ent_key item, size_t *count) {
  size_t low = 0, high = plan->coded ? plan->evidence->codings_count : 0, end;
  const size_t all = high;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (plan->coded[middle]->item < item) low = middle + 1;
    else high = middle;
  }
  for (end = low; end < all && plan->coded[end]->item == item;) end++;
  *count = end - low;
  return all ? plan->coded + low : NULL;
}

const ent_observation *const *ent_order_observed(const ent_plan *plan, ent_key indicator, ent_key actor,
                                                 size_t *count) {
  size_t low = 0, high = plan->observed_count, end;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const ent_observation *o = plan->observed[middle];
    if (o->indicator < indicator || (o->indicator == indicator && o->actor < actor)) low = middle + 1;
    else high = middle;
  }
  for (end = low; end < plan->observed_count && plan->observed[end]->indicator == indicator &&
                  plan->observed[end]->actor == actor;)
    end++;
  *count = end - low;
  return plan->observed ? plan->observed + low : NULL;
}
