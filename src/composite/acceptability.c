/* acceptability.c - see acceptability.h. Comes in: scores of draws; goes out: counts, and shares made of them. */
#include "composite/acceptability.h"

#include <math.h>
#include <string.h>

#define WEIGHT_SCALE 1099511627776.0 /* 2^40 */

/* A number that falls as the score rises: the bits of a double order as whole numbers do, once the sign is seen to. */
static uint64_t key_of(double score) {
  uint64_t bits;
  score += 0.0; /* -0 becomes 0 */
  memcpy(&bits, &score, sizeof bits);
  return bits >> 63 ? bits : ~bits & (UINT64_MAX >> 1);
}

enum { RUN = 8 }; /* short runs are sorted by insertion, then merged */

static void sort_run(ent_acceptability_place *a, size_t count) {
  size_t i, k;
  for (i = 1; i < count; i++) {
    ent_acceptability_place moved = a[i];
    for (k = i; k > 0 && a[k - 1].key > moved.key; k--) a[k] = a[k - 1];
    a[k] = moved;
  }
}

/* No branch hangs on which of the two is less, which nobody could predict. */
static void merge_runs(const ent_acceptability_place *a, size_t a_count, const ent_acceptability_place *b,
                       size_t b_count, ent_acceptability_place *out) {
  const ent_acceptability_place *a_end = a + a_count, *b_end = b + b_count;
  while (a < a_end && b < b_end) {
    size_t right = b->key < a->key;
    *out++ = *(right ? b : a);
    b += right;
    a += 1 - right;
  }
  if (a < a_end) memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
  if (b < b_end) memcpy(out, b, (size_t)(b_end - b) * sizeof *b);
}

/* Merge sort by key; equal keys keep the order of units. from: what is sorted, and where the result stands at the end;
 * to: as much room again. */
static void sort_places(ent_acceptability_place *from, ent_acceptability_place *to, size_t count) {
  ent_acceptability_place *source = from, *target = to, *other;
  size_t i, width;
  for (i = 0; i < count; i += RUN) sort_run(from + i, count - i < RUN ? count - i : RUN);
  for (width = RUN; width < count; width *= 2) {
    for (i = 0; i < count; i += 2 * width) {
      size_t middle = i + width < count ? i + width : count, end = middle + width < count ? middle + width : count;
      merge_runs(source + i, middle - i, source + middle, end - middle, target + i);
    }
    other = source;
    source = target;
    target = other;
  }
  if (source != from) memcpy(from, source, count * sizeof *from);
}

size_t ent_acceptability_rank(const double *score, size_t unit_count, ent_acceptability_place *scratch, uint32_t *first,
                              uint32_t *last) {
  size_t i, k, count = 0;
  for (i = 0; i < unit_count; i++) {
    first[i] = last[i] = 0;
    scratch[count] = (ent_acceptability_place){key_of(score[i]), (uint32_t)i};
    count += !isnan(score[i]);
  }
  sort_places(scratch, scratch + unit_count, count);
  for (i = 0; i < count; i = k) {
    for (k = i + 1; k < count && scratch[k].key == scratch[i].key;) k++;
    for (size_t tied = i; tied < k; tied++) {
      first[scratch[tied].unit] = (uint32_t)i + 1;
      last[scratch[tied].unit] = (uint32_t)k;
    }
  }
  return count;
}

double ent_acceptability_shift(const uint32_t *first, const uint32_t *last, const uint32_t *first_before,
                               const uint32_t *last_before, size_t unit_count) {
  uint64_t twice = 0;
  size_t i, count = 0;
  for (i = 0; i < unit_count; i++) {
    const int64_t moved = (int64_t)first[i] + last[i] - first_before[i] - last_before[i];
    if (!first[i] || !first_before[i]) continue;
    twice += (uint64_t)(moved < 0 ? -moved : moved);
    count++;
  }
  return count ? (double)twice / 2 / (double)count : NAN;
}

bool ent_acceptability_init(ent_acceptability *counts, ent_arena *arena, size_t unit_count, size_t weight_count,
                            bool matrix, bool pairs) {
  const size_t n = unit_count;
  memset(counts, 0, sizeof *counts);
  if ((matrix || pairs) && n > ENT_ACCEPTABILITY_MOST_UNITS) return false;
  if (weight_count && n > SIZE_MAX / sizeof(uint64_t) / weight_count) return false;
  counts->unit_count = n;
  counts->weight_count = weight_count;
  if (matrix) counts->rank = ent_arena_take(arena, n * n, sizeof *counts->rank);
  if (pairs) counts->above = ent_arena_take(arena, n * n, sizeof *counts->above);
  if (pairs) counts->held = ent_arena_take(arena, n, ENT_ACCEPTABILITY_HELD * sizeof *counts->held);
  if (pairs) counts->gap = ent_arena_take(arena, n, sizeof *counts->gap);
  if (weight_count) counts->weight = ent_arena_take(arena, n * weight_count, sizeof *counts->weight);
  counts->top = ent_arena_take(arena, n, sizeof *counts->top);
  counts->ranked = ent_arena_take(arena, n, sizeof *counts->ranked);
  counts->place = ent_arena_take(arena, n, 2 * sizeof *counts->place);
  counts->first = ent_arena_take(arena, n, sizeof *counts->first);
  counts->last = ent_arena_take(arena, n, sizeof *counts->last);
  return counts->top && counts->ranked && counts->place && counts->first && counts->last && (!matrix || counts->rank) &&
         (!pairs || (counts->above && counts->held && counts->gap)) && (!weight_count || counts->weight);
}

/* The share of the i-th of tied units in the r-th of their ranks: the rest of the division goes to one rank of each and
 * one unit of each, round and round. */
static uint64_t share_of(size_t tied, size_t i, size_t r) {
  return ENT_ACCEPTABILITY_WHOLE / tied + ((i + r) % tied < ENT_ACCEPTABILITY_WHOLE % tied);
}

static void add_ranks(ent_acceptability *counts, size_t ranked) {
  const size_t n = counts->unit_count;
  size_t i, r;
  for (i = 0; i < ranked; i++) {
    const size_t unit = counts->place[i].unit, from = counts->first[unit] - 1, to = counts->last[unit];
    counts->ranked[unit]++;
    if (!from) counts->top[unit] += share_of(to, i, 0);
    if (!counts->rank) continue;
    for (r = from; r < to; r++) counts->rank[unit * n + r] += share_of(to - from, i - from, r - from);
  }
}

static void add_weights(ent_acceptability *counts, size_t ranked, const double *weight) {
  const size_t m = counts->weight_count, tied = ranked ? counts->last[counts->place[0].unit] : 0;
  const double scale = WEIGHT_SCALE / (double)(tied ? tied : 1);
  size_t i, k;
  for (i = 0; i < tied; i++) {
    uint64_t *sums = counts->weight + counts->place[i].unit * m;
    for (k = 0; k < m; k++) sums[k] += (uint64_t)(weight[k] * scale + 0.5);
  }
}

/* Draws in which a stands before b, and in which they tie; short counters, so that eight are compared at once. */
static void compare(const uint16_t *a, const uint16_t *b, size_t count, uint32_t *before, uint32_t *tied) {
  uint16_t less = 0, same = 0;
  size_t i;
  for (i = 0; i < count; i++) {
    less = (uint16_t)(less + (uint16_t)(a[i] < b[i]));
    same = (uint16_t)(same + (uint16_t)(a[i] == b[i]));
  }
  *before = less;
  *tied = same;
}

static void compare_present(const uint16_t *a, const uint16_t *b, size_t count, uint32_t *before, uint32_t *tied,
                            uint32_t *both) {
  size_t i;
  *before = *tied = *both = 0;
  for (i = 0; i < count; i++) {
    if (!a[i] || !b[i]) continue;
    *before += a[i] < b[i];
    *tied += a[i] == b[i];
    ++*both;
  }
}

static void count_pairs(ent_acceptability *counts) {
  const size_t n = counts->unit_count, count = counts->held_count;
  size_t i, k;
  for (i = 0; i < n && count; i++) {
    const uint16_t *a = counts->held + i * ENT_ACCEPTABILITY_HELD;
    for (k = i + 1; k < n; k++) {
      const uint16_t *b = counts->held + k * ENT_ACCEPTABILITY_HELD;
      uint32_t before, tied, both = (uint32_t)count;
      if (counts->gap[i] || counts->gap[k]) compare_present(a, b, count, &before, &tied, &both);
      else compare(a, b, count, &before, &tied);
      counts->above[i * n + k] += 2 * (uint64_t)before + tied;
      counts->above[k * n + i] += 2 * (uint64_t)(both - before) - tied;
    }
  }
  if (counts->gap) memset(counts->gap, 0, n);
  counts->held_count = 0;
}

static void hold_pairs(ent_acceptability *counts) {
  const size_t n = counts->unit_count, at = counts->held_count;
  size_t i;
  for (i = 0; i < n; i++) {
    counts->held[i * ENT_ACCEPTABILITY_HELD + at] = (uint16_t)counts->first[i];
    counts->gap[i] |= !counts->first[i];
  }
  if (++counts->held_count == ENT_ACCEPTABILITY_HELD) count_pairs(counts);
}

void ent_acceptability_add(ent_acceptability *counts, const double *score, const double *weight) {
  const size_t ranked = ent_acceptability_rank(score, counts->unit_count, counts->place, counts->first, counts->last);
  counts->draws++;
  add_ranks(counts, ranked);
  if (counts->weight && weight) add_weights(counts, ranked, weight);
  if (counts->above) hold_pairs(counts);
}

static void add_all(uint64_t *sums, const uint64_t *more, size_t count) {
  size_t i;
  for (i = 0; sums && i < count; i++) sums[i] += more[i];
}

void ent_acceptability_merge(ent_acceptability *counts, ent_acceptability *other) {
  const size_t n = counts->unit_count;
  size_t i;
  count_pairs(other);
  add_all(counts->rank, other->rank, n * n);
  add_all(counts->above, other->above, n * n);
  add_all(counts->top, other->top, n);
  add_all(counts->weight, other->weight, n * counts->weight_count);
  for (i = 0; i < n; i++) counts->ranked[i] += other->ranked[i];
  counts->draws += other->draws;
}

void ent_acceptability_shares(const ent_acceptability *counts, double *out) {
  const size_t n = counts->unit_count;
  const double all = (double)ENT_ACCEPTABILITY_WHOLE * counts->draws;
  size_t i, r;
  for (i = 0; i < n; i++)
    for (r = 0; r < n; r++) out[i * n + r] = counts->ranked[i] ? (double)counts->rank[i * n + r] / all : NAN;
}

void ent_acceptability_pairs(ent_acceptability *counts, double *out) {
  const size_t n = counts->unit_count;
  size_t i, k;
  count_pairs(counts);
  for (i = 0; i < n; i++) {
    for (k = 0; k < n; k++) {
      const double mine = (double)counts->above[i * n + k], both = mine + (double)counts->above[k * n + i];
      out[i * n + k] = both > 0 ? mine / both : NAN;
    }
    out[i * n + i] = counts->ranked[i] ? 0.5 : NAN;
  }
}

void ent_acceptability_central(const ent_acceptability *counts, double *out) {
  const size_t m = counts->weight_count;
  size_t i, k;
  for (i = 0; i < counts->unit_count; i++) {
    const double firsts = (double)counts->top[i] / (double)ENT_ACCEPTABILITY_WHOLE;
    for (k = 0; k < m; k++)
      out[i * m + k] = counts->top[i] ? (double)counts->weight[i * m + k] / WEIGHT_SCALE / firsts : NAN;
  }
}

uint64_t ent_acceptability_first(const double *score, size_t unit_count, size_t unit) {
  const double own = score[unit];
  size_t i, above = 0, tied = 0, before = 0;
  for (i = 0; i < unit_count; i++) {
    above += score[i] > own;
    tied += score[i] == own;
    before += i < unit && score[i] == own;
  }
  return above || !tied ? 0 : share_of(tied, before, 0);
}
