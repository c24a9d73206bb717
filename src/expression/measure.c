/* measure.c - see measure.h. Comes in: names of units. Goes out: measures. Must not convert one unit into another. */
#include "expression/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unit.h"

#define MOST_POWER 9

static const char count_name[] = "count", rank_name[] = "rank";

const ent_measure ent_measure_ratio = {.count = 0};
const ent_measure ent_measure_share = {.count = 0, .share = true};
const ent_measure ent_measure_bare = {.count = 0, .bare = true};
const ent_measure ent_measure_count = {.count = 1, .name = {count_name}, .power = {1}, .loose = true};

static ent_measure single(const char *name, int power, bool loose) {
  return (ent_measure){.count = 1, .name = {name}, .power = {power}, .loose = loose};
}

bool ent_measure_of(const char *unit, ent_measure *out) {
  bool is_unit = ent_unit_known(unit);
  if (!is_unit && !ent_currency_known(unit)) return false;
  if (strcmp(unit, "currency") == 0) return false; /* money has a code */
  if (strcmp(unit, "share") == 0) *out = ent_measure_share;
  else if (strcmp(unit, "ratio") == 0) *out = ent_measure_ratio;
  else if (strcmp(unit, "km2") == 0) *out = single("km", 2, false);
  else *out = single(unit, 1, strcmp(unit, rank_name) == 0);
  return true;
}

ent_measure ent_measure_points(const char *scale) { return single(scale, 1, true); }

static bool same(const ent_measure *a, const ent_measure *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++)
    if (a->power[i] != b->power[i] || strcmp(a->name[i], b->name[i]) != 0) return false;
  return true;
}

static bool is_count(const ent_measure *m) {
  return m->count == 1 && m->power[0] == 1 && strcmp(m->name[0], count_name) == 0;
}

/* What can be counted one by one. */
static bool is_counted(const ent_measure *m) {
  static const char *const units[] = {"bodies", "events", "persons", "pieces", "votes"};
  for (size_t i = 0; m->count == 1 && m->power[0] == 1 && i < sizeof units / sizeof *units; i++)
    if (strcmp(m->name[0], units[i]) == 0) return true;
  return false;
}

bool ent_measure_meet(const ent_measure *a, const ent_measure *b, ent_measure *out) {
  const ent_measure *exact = NULL;
  if (same(a, b)) exact = a->bare ? b : a;
  else if ((a->bare && b->loose) || (is_count(a) && is_counted(b))) exact = b;
  else if ((b->bare && a->loose) || (is_count(b) && is_counted(a))) exact = a;
  bool share = a->share || b->share;
  if (exact && out) *out = *exact;
  if (exact && out && exact->count == 0) out->share = share;
  return exact != NULL;
}

static bool add_part(ent_measure *m, const char *name, int power) {
  size_t at = 0;
  while (at < m->count && strcmp(m->name[at], name) < 0) at++;
  if (at < m->count && strcmp(m->name[at], name) == 0) {
    m->power[at] += power;
    if (abs(m->power[at]) > MOST_POWER) return false;
    if (m->power[at]) return true;
    m->count--;
    for (size_t i = at; i < m->count; i++) m->name[i] = m->name[i + 1], m->power[i] = m->power[i + 1];
    return true;
  }
  if (m->count == ENT_MEASURE_PARTS) return false;
  for (size_t i = m->count; i > at; i--) m->name[i] = m->name[i - 1], m->power[i] = m->power[i - 1];
  m->name[at] = name;
  m->power[at] = power;
  m->count++;
  return true;
}

bool ent_measure_combine(const ent_measure *a, const ent_measure *b, bool divide, ent_measure *out) {
  ent_measure m = *a;
  for (size_t i = 0; i < b->count; i++)
    if (!add_part(&m, b->name[i], divide ? -b->power[i] : b->power[i])) return false;
  m.bare = a->bare && b->bare;
  m.share = false;
  m.loose = m.count == 1 && m.power[0] == 1 && (a->loose || b->loose);
  *out = m;
  return true;
}

static void write_parts(ent_text *text, const ent_measure *m, int sign) {
  bool first = true;
  for (size_t i = 0; i < m->count; i++) {
    int power = sign * m->power[i];
    if (power <= 0) continue;
    ent_text_print(text, "%s%s", first ? "" : "*", m->name[i]);
    if (power > 1) ent_text_print(text, "^%d", power);
    first = false;
  }
}

const char *ent_measure_write(ent_arena *arena, const ent_measure *m) {
  ent_text above = {0}, below = {0};
  write_parts(&above, m, 1);
  write_parts(&below, m, -1);
  const char *said = NULL;
  if (!above.failed && !below.failed)
    said = !above.length && !below.length ? ent_arena_print(arena, "%s",
                                                            m->share  ? "share"
                                                            : m->bare ? "a plain number"
                                                                      : "ratio")
                                          : ent_arena_print(arena, "%s%s%s", above.length ? above.data : "1",
                                                            below.length ? "/" : "", below.length ? below.data : "");
  ent_text_clear(&above);
  ent_text_clear(&below);
  return said;
}
