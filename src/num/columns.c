/* columns.c - see columns.h. Vectors of two where the machine has them at every processor (SSE2 belongs to x86-64),
 * since compilers may not turn comparisons into vectors by themselves; else one value at a time. */
#include "num/columns.h"

#include <math.h>

#ifdef __SSE2__
#include <emmintrin.h>
typedef __m128d pair;
static inline pair both(double x) { return _mm_set1_pd(x); }
static inline pair load(const double *from) { return _mm_loadu_pd(from); }
static inline void store(double *to, pair x) { _mm_storeu_pd(to, x); }
static inline pair plus(pair x, pair y) { return _mm_add_pd(x, y); }
static inline pair minus(pair x, pair y) { return _mm_sub_pd(x, y); }
static inline pair times(pair x, pair y) { return _mm_mul_pd(x, y); }
/* The second where the two do not compare. */
static inline pair lower(pair x, pair y) { return _mm_min_pd(x, y); }
static inline pair higher(pair x, pair y) { return _mm_max_pd(x, y); }
#else
typedef struct pair {
  double x[2];
} pair;
static inline pair both(double x) { return (pair){{x, x}}; }
static inline pair load(const double *from) { return (pair){{from[0], from[1]}}; }
static inline void store(double *to, pair x) { to[0] = x.x[0], to[1] = x.x[1]; }
static inline pair plus(pair x, pair y) { return (pair){{x.x[0] + y.x[0], x.x[1] + y.x[1]}}; }
static inline pair minus(pair x, pair y) { return (pair){{x.x[0] - y.x[0], x.x[1] - y.x[1]}}; }
static inline pair times(pair x, pair y) { return (pair){{x.x[0] * y.x[0], x.x[1] * y.x[1]}}; }
static inline double low_one(double x, double y) { return x < y ? x : y; }
static inline double high_one(double x, double y) { return x > y ? x : y; }
static inline pair lower(pair x, pair y) { return (pair){{low_one(x.x[0], y.x[0]), low_one(x.x[1], y.x[1])}}; }
static inline pair higher(pair x, pair y) { return (pair){{high_one(x.x[0], y.x[0]), high_one(x.x[1], y.x[1])}}; }
#endif

enum { PAIR = 2, PAIRS = ENT_COLUMN_LANES / PAIR, AT_ONCE = 4 };

/* The last values, fewer than all lanes take, fill them up with one that changes nothing. */
static const double *whole_lanes(const double *values, size_t from, size_t count, double filler, double *held) {
  size_t l;
  if (count - from >= ENT_COLUMN_LANES) return values + from;
  for (l = 0; l < ENT_COLUMN_LANES; l++) held[l] = from + l < count ? values[from + l] : filler;
  return held;
}

double ent_column_ends(const double *values, size_t count, double *least, double *most) {
  pair low[PAIRS], high[PAIRS], odd[PAIRS];
  double held[ENT_COLUMN_LANES], lows[PAIR], highs[PAIR], odds[PAIR];
  size_t i, p;
  for (p = 0; p < PAIRS; p++) low[p] = high[p] = both(values[0]), odd[p] = both(0);
  for (i = 0; i < count; i += ENT_COLUMN_LANES) {
    const double *at = whole_lanes(values, i, count, values[0], held);
    for (p = 0; p < PAIRS; p++) {
      pair x = load(at + p * PAIR);
      low[p] = lower(x, low[p]);
      high[p] = higher(x, high[p]);
      odd[p] = plus(odd[p], minus(x, x)); /* 0, but for NaN and infinities */
    }
  }
  for (p = 1; p < PAIRS; p++) {
    low[0] = lower(low[p], low[0]);
    high[0] = higher(high[p], high[0]);
    odd[0] = plus(odd[0], odd[p]);
  }
  store(lows, low[0]);
  store(highs, high[0]);
  store(odds, odd[0]);
  *least = lows[0] < lows[1] ? lows[0] : lows[1];
  *most = highs[0] > highs[1] ? highs[0] : highs[1];
  return odds[0] + odds[1];
}

static double sum_of(const pair *parts) {
  double lanes[ENT_COLUMN_LANES], sum = 0;
  size_t p, l;
  for (p = 0; p < PAIRS; p++) store(lanes + p * PAIR, parts[p]);
  for (l = 0; l < ENT_COLUMN_LANES; l++) sum += lanes[l];
  return sum;
}

void ent_column_moments(const double *values, size_t count, double origin, double *sum, double *squares) {
  pair first[PAIRS], second[PAIRS], from = both(origin);
  double held[ENT_COLUMN_LANES];
  size_t i, p;
  for (p = 0; p < PAIRS; p++) first[p] = second[p] = both(0);
  for (i = 0; i < count; i += ENT_COLUMN_LANES) {
    const double *at = whole_lanes(values, i, count, origin, held);
    for (p = 0; p < PAIRS; p++) {
      pair x = minus(load(at + p * PAIR), from);
      first[p] = plus(first[p], x);
      second[p] = plus(second[p], times(x, x));
    }
  }
  *sum = sum_of(first);
  *squares = sum_of(second);
}

static inline pair term_of(const ent_column_term *term, size_t i, int within) {
  pair x = load(term->values + i);
  if (within) x = lower(both(term->high), higher(both(term->low), x));
  return times(both(term->factor), minus(x, both(term->origin)));
}

static inline double last_of(const ent_column_term *term, size_t i, int within) {
  double x = term->values[i];
  if (within && x < term->low) x = term->low;
  if (within && x > term->high) x = term->high;
  return term->factor * (x - term->origin);
}

/* Some columns at once, so that sums are read and written less often; inlined with constants. */
static inline void add_some(double *sums, size_t count, const ent_column_term *terms, size_t some, int within) {
  size_t i, k;
  for (i = 0; i + PAIR <= count; i += PAIR) {
    pair sum = load(sums + i);
    for (k = 0; k < some; k++) sum = plus(sum, term_of(terms + k, i, within));
    store(sums + i, sum);
  }
  for (; i < count; i++)
    for (k = 0; k < some; k++) sums[i] += last_of(terms + k, i, within);
}

static inline void add_all(double *sums, size_t count, const ent_column_term *terms, size_t term_count, int within) {
  size_t k = 0;
  for (; k + AT_ONCE <= term_count; k += AT_ONCE) {
    const ent_column_term these[AT_ONCE] = {terms[k], terms[k + 1], terms[k + 2], terms[k + 3]};
    add_some(sums, count, these, AT_ONCE, within);
  }
  for (; k < term_count; k++) add_some(sums, count, terms + k, 1, within);
}

void ent_columns_add(double *sums, size_t count, const ent_column_term *terms, size_t term_count) {
  add_all(sums, count, terms, term_count, 0);
}

void ent_columns_add_within(double *sums, size_t count, const ent_column_term *terms, size_t term_count) {
  add_all(sums, count, terms, term_count, 1);
}
