/* comparability.c - see comparability.h. Pure; keeps nothing. */
#include "measures/comparability.h"

#include <string.h>

static bool holds(const ent_key *list, size_t count, ent_key key) {
  size_t i;
  for (i = 0; i < count; i++)
    if (list[i] == key) return true;
  return false;
}

static bool same(const char *a, const char *b) { return strcmp(a, b) == 0; }
static bool same_span(ent_span a, ent_span b) { return a.first == b.first && a.last == b.last; }
static bool overlap(ent_span a, ent_span b) { return a.first <= b.last && b.first <= a.last; }

static void find(ent_comparison *c, ent_compared_aspect aspect, ent_hindrance effect, const char *code) {
  const ent_comparison_point point = {true, effect, code};
  c->points[aspect] = point;
}

/* ---- one aspect each ---- */

static bool has_number(const ent_comparable *f) { return f->has_value || f->has_low || f->has_high || f->has_rank; }
static bool is_bound(const ent_comparable *f) { return !f->has_value && !f->has_rank && f->has_low != f->has_high; }

static void judge_number(ent_comparison *c, const ent_comparable *a, const ent_comparable *b) {
  if (!has_number(a) || !has_number(b)) find(c, ENT_ASPECT_NUMBER, ENT_FORBIDS, "none");
  else if (is_bound(a) || is_bound(b)) find(c, ENT_ASPECT_NUMBER, ENT_LIMITS, "bound");
  else find(c, ENT_ASPECT_NUMBER, ENT_HINDERS_NOT, "same");
}

static size_t count_other_subjects(const ent_comparable *a, const ent_comparable *b) {
  size_t i, others = 0;
  for (i = 0; i < ENT_SUBJECTS; i++) others += a->subjects[i] != b->subjects[i];
  return others;
}

static void judge_coverage(ent_comparison *c, const ent_comparable *a, const ent_comparable *b) {
  enum { PLACE = 3 };
  size_t others = count_other_subjects(a, b);
  if (others == 0) find(c, ENT_ASPECT_COVERAGE, ENT_HINDERS_NOT, "same");
  else if (holds(a->places, a->place_count, b->subjects[PLACE]) || holds(b->places, b->place_count, a->subjects[PLACE]))
    find(c, ENT_ASPECT_COVERAGE, ENT_FORBIDS, "within");
  else if (!same(a->actor_kind, b->actor_kind)) find(c, ENT_ASPECT_COVERAGE, ENT_LIMITS, "other_kind");
  else if (others > 1) find(c, ENT_ASPECT_COVERAGE, ENT_LIMITS, "several");
  else find(c, ENT_ASPECT_COVERAGE, ENT_HINDERS_NOT, "one");
}

static void judge_period(ent_comparison *c, const ent_comparable *a, const ent_comparable *b) {
  if (same_span(a->period, b->period)) find(c, ENT_ASPECT_PERIOD, ENT_HINDERS_NOT, "same");
  else if (overlap(a->period, b->period)) find(c, ENT_ASPECT_PERIOD, ENT_LIMITS, "overlaps");
  else if (count_other_subjects(a, b) == 0) find(c, ENT_ASPECT_PERIOD, ENT_LIMITS, "change");
  else if (overlap(a->years, b->years)) find(c, ENT_ASPECT_PERIOD, ENT_LIMITS, "one_year");
  else find(c, ENT_ASPECT_PERIOD, ENT_FORBIDS, "other");
}

/* may: an author says that the two can be compared, if only within limits. */
static void judge_definition(ent_comparison *c, const ent_comparable *a, const ent_comparable *b, bool may) {
  const ent_key x = a->definition_count ? a->definitions[0] : 0, y = b->definition_count ? b->definitions[0] : 0;
  if (!x && !y && !a->definition_expected && !b->definition_expected) {
    find(c, ENT_ASPECT_DEFINITION, ENT_HINDERS_NOT, "of_indicator");
    return;
  }
  if (!x || !y) {
    find(c, ENT_ASPECT_DEFINITION, ENT_LIMITS, x || y ? "one_unstated" : "unstated");
    return;
  }
  if (x == y) find(c, ENT_ASPECT_DEFINITION, ENT_HINDERS_NOT, "same");
  else if (may) find(c, ENT_ASPECT_DEFINITION, ENT_LIMITS, "allowed");
  else if (holds(a->definitions, a->definition_count, y) || holds(b->definitions, b->definition_count, x))
    find(c, ENT_ASPECT_DEFINITION, ENT_FORBIDS, "wider");
  else find(c, ENT_ASPECT_DEFINITION, ENT_FORBIDS, "differs");
  if (same(a->accounting, b->accounting)) find(c, ENT_ASPECT_ACCOUNTING, ENT_HINDERS_NOT, "same");
  else find(c, ENT_ASPECT_ACCOUNTING, ENT_LIMITS, "differs");
}

static void judge_prices(ent_comparison *c, const ent_comparable *a, const ent_comparable *b) {
  if (!*a->price_basis || !*b->price_basis) find(c, ENT_ASPECT_PRICES, ENT_LIMITS, "unstated");
  else if (!same(a->price_basis, b->price_basis)) find(c, ENT_ASPECT_PRICES, ENT_FORBIDS, "differs");
  else if (same(a->price_basis, "current") && !overlap(a->years, b->years))
    find(c, ENT_ASPECT_PRICES, ENT_LIMITS, "nominal");
  else find(c, ENT_ASPECT_PRICES, ENT_HINDERS_NOT, "same");
}

static bool share_rule(const ent_comparable *a, const ent_comparable *b) {
  size_t i;
  for (i = 0; i < a->rate_count; i++)
    if (holds(b->rates, b->rate_count, a->rates[i])) return true;
  return false;
}

static void judge_money(ent_comparison *c, const ent_comparable *a, const ent_comparable *b, bool has_rate) {
  judge_prices(c, a, b);
  if (same(a->currency, b->currency)) {
    find(c, ENT_ASPECT_CURRENCY, ENT_HINDERS_NOT, "same");
    return;
  }
  find(c, ENT_ASPECT_CURRENCY, ENT_LIMITS, "differs");
  if (*a->converted_currency && same(a->converted_currency, b->converted_currency))
    find(c, ENT_ASPECT_CONVERSION, ENT_LIMITS, share_rule(a, b) ? "one_rule" : "two_rules");
  else if (has_rate) find(c, ENT_ASPECT_CONVERSION, ENT_LIMITS, "rate");
  else find(c, ENT_ASPECT_CONVERSION, ENT_FORBIDS, "none");
}

/* Links from a figure up to a whole of it; 0: it is none. */
static size_t links_to(const ent_comparable *part, ent_key whole, bool *inferred) {
  size_t i;
  *inferred = false;
  for (i = 0; i < part->whole_count; i++) {
    *inferred |= part->inferred[i];
    if (part->wholes[i] == whole) return i + 1;
  }
  *inferred = false;
  return 0;
}

static bool share_whole(const ent_comparable *a, const ent_comparable *b) {
  size_t i;
  for (i = 0; i < a->whole_count; i++)
    if (holds(b->wholes, b->whole_count, a->wholes[i])) return true;
  return false;
}

static void judge_nesting(ent_comparison *c, const ent_comparable *a, const ent_comparable *b) {
  size_t up = links_to(a, b->key, &c->part_inferred);
  c->part = up ? 1 : 0;
  if (!up && (up = links_to(b, a->key, &c->part_inferred))) c->part = -1;
  c->part_links = up;
  if (c->part) find(c, ENT_ASPECT_NESTING, ENT_FORBIDS, c->part_inferred ? "part_inferred" : "part_stated");
  else find(c, ENT_ASPECT_NESTING, ENT_HINDERS_NOT, share_whole(a, b) ? "one_whole" : "none");
}

/* ---- what is said about comparing them ---- */

static ent_reach reach_of(const ent_comparable *f, ent_key item) {
  if (f->key == item) return ENT_REACHES_FIGURE;
  if (f->definition_count && f->definitions[0] == item) return ENT_REACHES_DEFINITION;
  if (holds(f->definitions, f->definition_count, item)) return ENT_REACHES_WIDER;
  if (holds(f->wholes, f->whole_count, item) || holds(f->whole_definitions, f->whole_definition_count, item))
    return ENT_REACHES_WHOLE;
  return ENT_REACHES_NOT;
}

static ent_reach reach_from(const ent_comparable *a, const ent_comparable *b, ent_key x, ent_key y) {
  ent_reach of_a = reach_of(a, x), of_b = reach_of(b, y);
  return !of_a || !of_b ? ENT_REACHES_NOT : of_a > of_b ? of_a : of_b;
}

/* A statement that fits in both directions is about what both have above them, so it does not tell them apart. */
static ent_reach reach_of_statement(const ent_comparable *a, const ent_comparable *b,
                                    const ent_comparable_statement *s) {
  ent_reach one = reach_from(a, b, s->a, s->b), other = reach_from(a, b, s->b, s->a);
  if (one && other) return ENT_REACHES_NOT;
  return one ? one : other;
}

/* Whether an author lets the two be compared, and none refuses it. */
static bool judge_statements(ent_comparison *c, const ent_comparable *a, const ent_comparable *b,
                             const ent_comparable_statement *statements, size_t count, ent_reach *reach) {
  bool refused = false, may = false;
  size_t i;
  find(c, ENT_ASPECT_OBJECTION, ENT_HINDERS_NOT, "none");
  for (i = 0; i < count; i++) {
    const ent_comparable_statement *s = &statements[i];
    reach[i] = reach_of_statement(a, b, s);
    if (!reach[i]) continue;
    if (s->word == ENT_COMPARABLE_NO && s->by_author) {
      refused = true;
      find(c, ENT_ASPECT_OBJECTION, ENT_FORBIDS, "author_no");
    } else if (s->word != ENT_COMPARABLE_YES && c->points[ENT_ASPECT_OBJECTION].effect == ENT_HINDERS_NOT) {
      find(c, ENT_ASPECT_OBJECTION, ENT_LIMITS, s->by_author ? "author_limited" : "own");
    } else if (c->points[ENT_ASPECT_OBJECTION].effect == ENT_HINDERS_NOT) {
      find(c, ENT_ASPECT_OBJECTION, ENT_HINDERS_NOT, "allowed");
    }
    if (s->word != ENT_COMPARABLE_NO && s->by_author && reach[i] <= ENT_REACHES_DEFINITION) may = true;
  }
  return may && !refused;
}

ent_comparison ent_comparability_judge(const ent_comparable *a, const ent_comparable *b,
                                       const ent_comparable_statement *statements, size_t count, bool has_rate,
                                       ent_reach *reach) {
  ent_comparison c;
  bool may;
  size_t i;
  memset(&c, 0, sizeof c);
  may = judge_statements(&c, a, b, statements, count, reach);
  find(&c, ENT_ASPECT_INDICATOR, a->indicator == b->indicator ? ENT_HINDERS_NOT : ENT_FORBIDS,
       a->indicator == b->indicator ? "same" : "differs");
  find(&c, ENT_ASPECT_UNIT, same(a->unit, b->unit) ? ENT_HINDERS_NOT : ENT_FORBIDS,
       same(a->unit, b->unit) ? "same" : "differs");
  judge_number(&c, a, b);
  judge_coverage(&c, a, b);
  judge_period(&c, a, b);
  judge_definition(&c, a, b, may);
  find(&c, ENT_ASPECT_STATUS, same(a->status, b->status) ? ENT_HINDERS_NOT : ENT_LIMITS,
       same(a->status, b->status) ? "same" : "differs");
  if (same(a->unit, "currency") && same(b->unit, "currency")) judge_money(&c, a, b, has_rate);
  judge_nesting(&c, a, b);
  for (i = 0; i < ENT_ASPECTS; i++)
    if (c.points[i].effect > c.verdict) c.verdict = c.points[i].effect;
  c.same_thing = a->indicator == b->indicator && count_other_subjects(a, b) == 0 && same_span(a->period, b->period) &&
                 c.points[ENT_ASPECT_DEFINITION].effect == ENT_HINDERS_NOT && same(a->status, b->status) && !c.part;
  return c;
}

/* ---- exchange rates ---- */

static int64_t distance(ent_span date, int32_t day) {
  if (date.first > day) return (int64_t)date.first - day;
  return date.last < day ? (int64_t)day - date.last : 0;
}

/* Below zero where a goes before b. */
static int64_t by_nearness(const ent_rate *a, const ent_rate *b, const char *from, int32_t day) {
  int64_t order = distance(a->date, day) - distance(b->date, day);
  if (!order) order = ((int64_t)a->date.last - a->date.first) - ((int64_t)b->date.last - b->date.first);
  if (!order) order = (int64_t)same(b->from, from) - (int64_t)same(a->from, from);
  return order;
}

size_t ent_comparability_rates(const ent_rate *rates, size_t count, const char *from, const char *to, ent_span year,
                               int32_t day, size_t most, size_t *order) {
  size_t found = 0, i, k;
  for (i = 0; i < count; i++) {
    const ent_rate *r = &rates[i];
    bool straight = same(r->from, from) && same(r->to, to), turned = same(r->from, to) && same(r->to, from);
    if ((!straight && !turned) || !overlap(r->date, year)) continue;
    if (found == most && (!most || by_nearness(r, &rates[order[most - 1]], from, day) >= 0)) continue;
    for (k = found < most ? found++ : most - 1; k > 0 && by_nearness(r, &rates[order[k - 1]], from, day) < 0; k--)
      order[k] = order[k - 1];
    order[k] = i;
  }
  return found;
}
