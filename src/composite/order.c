/* order.c - what compares units: ranks; Copeland's count of won pairs; the ranking that the fewest weighted pairs
 * contradict. */
#include "composite/composite.h"

#include <math.h>

void ent_composite_rank(const double *score, size_t unit_count, ent_acceptability_place *place, uint32_t *first,
                        uint32_t *last, double *rank) {
  size_t unit;
  ent_acceptability_rank(score, unit_count, place, first, last);
  for (unit = 0; unit < unit_count; unit++)
    rank[unit] = first[unit] ? ((double)first[unit] + (double)last[unit]) / 2 : NAN;
}

/* ---- pairs ---- */

/* Copeland looks at each pair once and keeps none; a ranking keeps all pairs. Circles of up to MOST_EXACT units are
 * resolved exactly. */
enum { MOST_COPELAND = 10000, MOST_CONDORCET = 1000, MOST_EXACT = 14 };

/* Margins are whole numbers, so that the order of children and of units does not show in sums; less than 2^-40 of the
 * weight is a tie. */
static const double WHOLE = 1099511627776.0;

static bool speaks(const ent_composite_work *work, int child, const double *weight) {
  double least, most;
  return weight[child] > 0 &&
         ent_composite_ends(ent_composite_column(work, child), work->unit_count, &least, &most) > 0;
}

/* The children that compare: with a weight above 0 and with values, for all units that are kept. Their columns go to
 * work->voice, their shares of the weight to work->node_scratch. */
static ent_composite_reason gather_voices(ent_composite_work *work, int node, const double *weight, size_t *count,
                                          ent_composite_fault *fault) {
  const ent_composite_nodes *nodes = &work->nodes;
  double sum = 0;
  size_t k, unit;
  *count = 0;
  for (k = nodes->first[node]; k < nodes->first[node + 1]; k++) {
    const double *column = ent_composite_column(work, nodes->child[k]);
    if (!speaks(work, nodes->child[k], weight)) continue;
    for (unit = 0; unit < work->unit_count; unit++)
      if (work->kept[unit] && isnan(column[unit]))
        return ent_composite_wrong(fault, ENT_COMPOSITE_MISSING_VALUES, (long)unit, nodes->child[k]);
    work->voice[*count] = column;
    work->node_scratch[(*count)++] = weight[nodes->child[k]];
    sum += weight[nodes->child[k]];
  }
  for (k = 0; k < *count; k++) work->node_scratch[k] /= sum;
  return ENT_COMPOSITE_FINE;
}

static ent_composite_reason begin(ent_composite_work *work, int node, const double *weight, size_t most, size_t *voices,
                                  ent_composite_fault *fault) {
  if (work->kept_count < 3) return ent_composite_wrong(fault, ENT_COMPOSITE_FEW_UNITS, -1, -1);
  if (work->kept_count > most) return ent_composite_wrong(fault, ENT_COMPOSITE_TOO_LARGE, -1, node);
  return gather_voices(work, node, weight, voices, fault);
}

/* The share of the weight that prefers a unit to each later one, less the share that prefers the later one. */
static void margins_of(const ent_composite_work *work, size_t unit, size_t voices, double *margin) {
  size_t k, other;
  for (other = unit + 1; other < work->unit_count; other++) margin[other] = 0;
  for (k = 0; k < voices; k++) {
    const double *value = work->voice[k], own = value[unit], share = work->node_scratch[k];
    for (other = unit + 1; other < work->unit_count; other++)
      margin[other] += (own > value[other] ? share : 0) - (own < value[other] ? share : 0);
  }
}

static int64_t whole(double margin) { return (int64_t)rint(margin * WHOLE); }

/* ---- Copeland ---- */

ent_composite_reason ent_composite_copeland(ent_composite_work *work, int node, const double *weight, double *out,
                                            ent_composite_fault *fault) {
  double *margin = work->unit_scratch;
  size_t voices, unit, other;
  ent_composite_reason reason = begin(work, node, weight, MOST_COPELAND, &voices, fault);
  if (reason) return reason;
  for (unit = 0; unit < work->unit_count; unit++) out[unit] = work->kept[unit] && voices ? 0 : NAN;
  for (unit = 0; unit < work->unit_count; unit++) {
    if (!work->kept[unit]) continue;
    margins_of(work, unit, voices, margin);
    for (other = unit + 1; other < work->unit_count; other++) {
      int64_t won = whole(margin[other]);
      out[unit] += (won > 0) - (won < 0);
      out[other] += (won < 0) - (won > 0);
    }
  }
  for (unit = 0; unit < work->unit_count; unit++) out[unit] /= (double)(work->kept_count - 1);
  return ENT_COMPOSITE_FINE;
}

/* ---- Condorcet: the ranking of Kemeny and Young ---- */

typedef struct contest {
  size_t count;
  uint32_t *unit;      /* of each contestant */
  int64_t *margin;     /* contestants x contestants: of the row over the column */
  int64_t *won, *lead; /* twice the pairs won, a tie once; the sum of margins */
  uint32_t *order;     /* contestants, the best first */
  int64_t *best;       /* sets of a circle's contestants */
} contest;

static bool open_contest(contest *out, size_t count, ent_arena *arena) {
  out->count = count;
  out->unit = ent_arena_take(arena, count, sizeof *out->unit);
  out->margin = ent_arena_take(arena, count * count, sizeof *out->margin);
  out->won = ent_arena_take(arena, count, sizeof *out->won);
  out->lead = ent_arena_take(arena, count, sizeof *out->lead);
  out->order = ent_arena_take(arena, count, sizeof *out->order);
  out->best = ent_arena_take(arena, (size_t)1 << MOST_EXACT, sizeof *out->best);
  return out->unit && out->margin && out->won && out->lead && out->order && out->best;
}

static void compare_all(const ent_composite_work *work, size_t voices, contest *c) {
  double *margin = work->unit_scratch;
  size_t unit, i = 0, j;
  for (unit = 0; unit < work->unit_count; unit++)
    if (work->kept[unit]) c->unit[i++] = (uint32_t)unit;
  for (i = 0; i < c->count; i++) {
    margins_of(work, c->unit[i], voices, margin);
    for (j = i + 1; j < c->count; j++) {
      int64_t won = whole(margin[c->unit[j]]);
      c->margin[i * c->count + j] = won;
      c->margin[j * c->count + i] = -won;
      c->won[i] += 1 + (won > 0) - (won < 0);
      c->won[j] += 1 + (won < 0) - (won > 0);
      c->lead[i] += won;
      c->lead[j] -= won;
    }
  }
}

/* By pairs won, then by the sum of margins, then as units come. */
static void sort_contest(contest *c) {
  size_t i, j;
  for (i = 0; i < c->count; i++) {
    for (j = i; j > 0; j--) {
      uint32_t a = c->order[j - 1];
      if (c->won[a] > c->won[i] || (c->won[a] == c->won[i] && c->lead[a] >= c->lead[i])) break;
      c->order[j] = a;
    }
    c->order[j] = (uint32_t)i;
  }
}

static int64_t margin(const contest *c, uint32_t a, uint32_t b) { return c->margin[(size_t)a * c->count + b]; }

/* The exact ranking of a circle: best[set] is the largest sum of margins, of the earlier over the later, with which a
 * set can be ranked (Bellman 1962; Held & Karp 1962). Of equally good rankings, the first in the order at hand. */
static void rank_exactly(contest *c, uint32_t *order, size_t count) {
  uint32_t was[MOST_EXACT];
  size_t set, i, j, place = 0;
  for (i = 0; i < count; i++) was[i] = order[i];
  for (set = 0; set < (size_t)1 << count; set++) {
    bool any = false;
    c->best[set] = 0;
    for (i = 0; i < count; i++) {
      int64_t sum;
      if (!(set >> i & 1)) continue;
      sum = c->best[set & ~((size_t)1 << i)];
      for (j = 0; j < count; j++)
        if (set >> j & 1) sum += margin(c, was[i], was[j]);
      if (!any || sum > c->best[set]) c->best[set] = sum;
      any = true;
    }
  }
  for (set = ((size_t)1 << count) - 1; set;) {
    for (i = 0;; i++) {
      int64_t sum;
      if (!(set >> i & 1)) continue;
      sum = c->best[set & ~((size_t)1 << i)];
      for (j = 0; j < count; j++)
        if (set >> j & 1) sum += margin(c, was[i], was[j]);
      if (sum == c->best[set]) break;
    }
    order[place++] = was[i];
    set &= ~((size_t)1 << i);
  }
}

/* Takes one contestant to the place where it contradicts the least, the nearest of equally good ones; whether that is
 * another one. */
static bool move_one(const contest *c, uint32_t *order, size_t count, size_t from) {
  uint32_t one = order[from];
  int64_t gain = 0, most = 0;
  size_t to = from, k;
  for (k = from; k-- > 0;)
    if ((gain += margin(c, one, order[k])) > most) most = gain, to = k;
  for (gain = 0, k = from + 1; k < count; k++)
    if ((gain += margin(c, order[k], one)) > most) most = gain, to = k;
  for (k = from; k > to; k--) order[k] = order[k - 1];
  for (; k < to; k++) order[k] = order[k + 1];
  order[to] = one;
  return to != from;
}

/* A larger circle: until no move of one contestant helps. Each move raises the sum of margins, so that it ends. */
static void rank_by_moves(const contest *c, uint32_t *order, size_t count) {
  bool moved = true;
  size_t k;
  while (moved)
    for (moved = false, k = 0; k < count; k++) moved |= move_one(c, order, count, k);
}

/* Whoever stands in an earlier part beats all of the later ones, and the best ranking keeps the parts apart (Truchon
 * 1998), so that each is ranked alone; a Condorcet winner is a part of its own. The first k make up whole parts when
 * they have won all pairs with others: twice those, and one for each side of the pairs among themselves. */
static void rank_parts(contest *c) {
  size_t k, begin = 0;
  int64_t won = 0;
  for (k = 1; k <= c->count; k++) {
    won += c->won[c->order[k - 1]];
    if (won < (int64_t)(k * (k - 1) + 2 * k * (c->count - k))) continue;
    if (k - begin > MOST_EXACT) rank_by_moves(c, c->order + begin, k - begin);
    else if (k - begin > 1) rank_exactly(c, c->order + begin, k - begin);
    begin = k;
  }
}

static bool ties_with_all(const contest *c, size_t begin, size_t end, uint32_t one) {
  for (; begin < end; begin++)
    if (margin(c, c->order[begin], one) != 0) return false;
  return true;
}

/* Neighbours that all tie share their places. */
static void score_contest(const contest *c, double *out) {
  size_t begin = 0, end, k;
  for (; begin < c->count; begin = end) {
    for (end = begin + 1; end < c->count && ties_with_all(c, begin, end, c->order[end]);) end++;
    for (k = begin; k < end; k++) out[c->unit[c->order[k]]] = (double)c->count - ((double)begin + 1 + (double)end) / 2;
  }
}

ent_composite_reason ent_composite_condorcet(ent_composite_work *work, int node, const double *weight, double *out,
                                             ent_composite_fault *fault) {
  contest c = {0};
  ent_arena *arena;
  size_t voices, unit;
  ent_composite_reason reason = begin(work, node, weight, MOST_CONDORCET, &voices, fault);
  if (reason) return reason;
  for (unit = 0; unit < work->unit_count; unit++) out[unit] = NAN;
  if (!voices) return ENT_COMPOSITE_FINE;
  arena = ent_arena_new(0);
  if (!arena || !open_contest(&c, work->kept_count, arena)) {
    ent_arena_free(arena);
    return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  }
  compare_all(work, voices, &c);
  sort_contest(&c);
  rank_parts(&c);
  score_contest(&c, out);
  ent_arena_free(arena);
  return ENT_COMPOSITE_FINE;
}
