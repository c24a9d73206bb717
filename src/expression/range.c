/* range.c - see range.h. Comes in: numbers and their ends. Goes out: the same. Must not know what they are of. */
#include "expression/range.h"

#include <math.h>
#include <string.h>

#define SLACK 1e-9
#define TWENTIETH 0.05

typedef struct end { /* of a range */
  double at;
  bool open;
} end;

static bool same(double a, double b) {
  if (isinf(a) || isinf(b)) return a == b;
  return fabs(a - b) <= SLACK * fmax(fabs(a), fabs(b));
}

ent_range ent_range_exact(double number) { return (ent_range){number, number, number, false, false}; }

ent_range ent_range_between(double low, double point, double high) {
  return (ent_range){point, low, high, false, false};
}

ent_range ent_range_missing(void) { return (ent_range){NAN, NAN, NAN, false, false}; }

bool ent_range_known(ent_range range) { return !isnan(range.low) && !isnan(range.high); }

/* What lies open beyond a bound: up to the limit that there is, and never on this side of the bound. */
static double beyond(double bound, double limit, double infinite) {
  if (isnan(limit)) return infinite;
  return infinite > 0 ? fmax(limit, bound) : fmin(limit, bound);
}

ent_range ent_range_of(const ent_stated_figure *f) {
  bool has_low = !isnan(f->low), has_high = !isnan(f->high), has_value = !isnan(f->value);
  const char *q = f->qualifier;
  ent_range r = {f->value, f->low, f->high, has_low && f->low_strict, has_high && f->high_strict};
  if (!has_value && !has_low && !has_high) return ent_range_missing();
  if (!has_value) {
    if (!has_low) r.low = beyond(f->high, f->minimum, -INFINITY);
    if (!has_high) r.high = beyond(f->low, f->maximum, INFINITY);
    return r;
  }
  double part = TWENTIETH * fabs(f->value);
  if (!has_low) {
    bool below = strcmp(q, "less_than") == 0 || strcmp(q, "at_most") == 0;
    r.low = below ? beyond(f->value, f->minimum, -INFINITY) : f->value;
    if (strcmp(q, "about") == 0 || strcmp(q, "nearly") == 0) r.low = f->value - part;
    r.low_open = strcmp(q, "more_than") == 0;
  }
  if (!has_high) {
    bool above = strcmp(q, "more_than") == 0 || strcmp(q, "at_least") == 0;
    r.high = above ? beyond(f->value, f->maximum, INFINITY) : f->value;
    if (strcmp(q, "about") == 0) r.high = f->value + part;
    r.high_open = strcmp(q, "less_than") == 0 || strcmp(q, "nearly") == 0;
  }
  return r;
}

ent_range ent_range_add(ent_range a, ent_range b) {
  return (ent_range){a.point + b.point, a.low + b.low, a.high + b.high, a.low_open || b.low_open,
                     a.high_open || b.high_open};
}

ent_range ent_range_negate(ent_range a) { return (ent_range){-a.point, -a.high, -a.low, a.high_open, a.low_open}; }

/* An end that is 0 stays 0, whatever the other is: what is infinite is only not limited. */
static end product(double a, bool a_open, double b, bool b_open) {
  bool zero = a == 0 || b == 0, closed_zero = (a == 0 && !a_open) || (b == 0 && !b_open);
  return (end){zero ? 0 : a * b, closed_zero ? false : a_open || b_open};
}

static void widen(end *low, end *high, end e) {
  if (e.at < low->at || (e.at == low->at && !e.open)) *low = e;
  if (e.at > high->at || (e.at == high->at && !e.open)) *high = e;
}

ent_range ent_range_multiply(ent_range a, ent_range b) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ent_range_missing();
  end low = product(a.low, a.low_open, b.low, b.low_open), high = low;
  widen(&low, &high, product(a.low, a.low_open, b.high, b.high_open));
  widen(&low, &high, product(a.high, a.high_open, b.low, b.low_open));
  widen(&low, &high, product(a.high, a.high_open, b.high, b.high_open));
  return (ent_range){a.point * b.point, low.at, high.at, low.open, high.open};
}

ent_range ent_range_divide(ent_range a, ent_range b) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ent_range_missing();
  bool above = b.low > 0 || (b.low == 0 && b.low_open), below = b.high < 0 || (b.high == 0 && b.high_open);
  if ((!above && !below) || (b.low == 0 && b.high == 0)) return ent_range_missing();
  /* the ends of 1/b; what goes to 0 is infinite there, what is infinite goes to 0 without reaching it */
  ent_range inverse = {1 / b.point, b.high == 0 ? -INFINITY : 1 / b.high, b.low == 0 ? INFINITY : 1 / b.low,
                       b.high_open || isinf(b.high), b.low_open || isinf(b.low)};
  return ent_range_multiply(a, inverse);
}

ent_range ent_range_smaller(ent_range a, ent_range b) {
  return ent_range_negate(ent_range_larger(ent_range_negate(a), ent_range_negate(b)));
}

ent_range ent_range_larger(ent_range a, ent_range b) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ent_range_missing();
  ent_range r = {a.point > b.point ? a.point : b.point, fmax(a.low, b.low), fmax(a.high, b.high), false, false};
  if (isnan(a.point) || isnan(b.point)) r.point = NAN;
  r.low_open = (a.low == r.low && a.low_open) || (b.low == r.low && b.low_open);
  r.high_open = (a.high == r.high ? a.high_open : true) && (b.high == r.high ? b.high_open : true);
  return r;
}

ent_range ent_range_abs(ent_range a) {
  if (!ent_range_known(a) || a.low >= 0) return a;
  if (a.high <= 0) return ent_range_negate(a);
  end below = {-a.low, a.low_open}, above = {a.high, a.high_open}, far = below.at > above.at ? below : above;
  if (below.at == above.at) far.open = below.open && above.open; /* reached on one side, it is reached */
  return (ent_range){fabs(a.point), 0, far.at, false, far.open};
}

ent_range ent_range_power(ent_range a, double power) {
  if (!ent_range_known(a) || a.low <= 0) return ent_range_missing();
  return (ent_range){pow(a.point, power), pow(a.low, power), pow(a.high, power), a.low_open, a.high_open};
}

ent_truth ent_range_less(ent_range a, ent_range b) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ENT_UNDECIDED;
  if (same(a.high, b.low) ? a.high_open || b.low_open : a.high < b.low) return ENT_TRUE;
  return same(a.low, b.high) || a.low > b.high ? ENT_FALSE : ENT_UNDECIDED;
}

ent_truth ent_range_at_most(ent_range a, ent_range b) { return ent_truth_not(ent_range_less(b, a)); }

ent_truth ent_range_equal(ent_range a, ent_range b) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ENT_UNDECIDED;
  if (ent_range_less(a, b) == ENT_TRUE || ent_range_less(b, a) == ENT_TRUE) return ENT_FALSE;
  bool exact = same(a.low, a.high) && same(b.low, b.high);
  return exact ? ENT_TRUE : ENT_UNDECIDED;
}

ent_truth ent_range_near(ent_range a, ent_range b, double by) {
  if (!ent_range_known(a) || !ent_range_known(b)) return ENT_UNDECIDED;
  a.low -= by;
  a.high += by;
  if (by > 0) a.low_open = a.high_open = false;
  return ent_range_less(a, b) != ENT_TRUE && ent_range_less(b, a) != ENT_TRUE ? ENT_TRUE : ENT_FALSE;
}

ent_truth ent_truth_not(ent_truth a) { return a == ENT_UNDECIDED ? a : a == ENT_TRUE ? ENT_FALSE : ENT_TRUE; }

ent_truth ent_truth_and(ent_truth a, ent_truth b) {
  if (a == ENT_FALSE || b == ENT_FALSE) return ENT_FALSE;
  return a == ENT_TRUE && b == ENT_TRUE ? ENT_TRUE : ENT_UNDECIDED;
}
