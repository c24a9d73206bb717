/* quantile_table.c - see quantile_table.h. Comes in: a distribution; goes out: its quantile function. Keeps nothing.
 *
 * Names: w is u below the median and 1 - u above it; x the value; y = log x (gamma) or log x/(1 - x) (beta), z = y on
 * the lower side and -y on the upper, so that on either side z rises with w and dz/dw = 1 / density. */
#include "num/quantile_table.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { CELLS = 4, NODES = ENT_QUANTILE_SIDE + 1 };
static const double LEAST_U = 0x1p-33, LEAST_VALUE = 1e-100;
static const double SMALL_SHAPE = 0.3; /* below, a value grows by a power of u that no short polynomial follows */

typedef struct distribution {
  bool beta;       /* else gamma */
  double a, b;     /* b of beta */
  double constant; /* of the logarithm of the density of y */
  double sign;     /* of y against z */
} distribution;

typedef struct density { /* of z at a point: it, and the first two derivatives of its logarithm */
  double value, slope, bend;
} density;

/* Gamma: density of y is exp(a y - e^y) / Gamma(a); written about its peak, log a, where nothing cancels. */
static density gamma_density(const distribution *d, double y) {
  const double off = y - log(d->a), x = exp(y);
  return (density){exp(d->a * (off - expm1(off)) + d->constant), d->sign * (d->a - x), -x};
}

/* Beta: x^a (1 - x)^b / B(a, b). */
static density beta_density(const distribution *d, double y) {
  const double tail = exp(-fabs(y)), rest = log1p(tail), x = (y > 0 ? 1 : tail) / (1 + tail);
  const double log_x = y > 0 ? -rest : y - rest, log_1_x = y > 0 ? -y - rest : -rest;
  return (density){exp(d->a * log_x + d->b * log_1_x + d->constant), d->sign * (d->a - (d->a + d->b) * x),
                   -(d->a + d->b) * tail / ((1 + tail) * (1 + tail))};
}

static density density_at(const distribution *d, double z) {
  return d->beta ? beta_density(d, d->sign * z) : gamma_density(d, d->sign * z);
}

/* ---- where a side begins ---- */

/* P(X < x), or of the upper side P(X > x); of beta as that of 1 - X below 1 - x, which may be far smaller than 1. */
static double share_outside(const distribution *d, double z) {
  if (d->beta) return gsl_cdf_beta_P(1 / (1 + exp(-z)), d->sign > 0 ? d->a : d->b, d->sign > 0 ? d->b : d->a);
  return d->sign > 0 ? gsl_cdf_gamma_P(exp(z), d->a, 1) : gsl_cdf_gamma_Q(exp(-z), d->a, 1);
}

/* z near that of LEAST_U. In the lower tail the power law, which gives too little; for larger shapes of gamma Wilson &
 * Hilferty 1931. */
static double guess_begin(const distribution *d) {
  const double cut = 6.2305; /* standard deviations of a normal that leave LEAST_U outside */
  const double root = 1 - 1 / (9 * d->a) - d->sign * cut / (3 * sqrt(d->a));
  double law;
  if (d->beta) {
    const double shape = d->sign > 0 ? d->a : d->b;
    law = (log(LEAST_U) + log(shape) + gsl_sf_lnbeta(d->a, d->b)) / shape; /* log of x, or of 1 - x */
    return law < log(0.5) ? law - log1p(-exp(law)) : 0;
  }
  if (d->sign < 0) return -log(d->a < 1 ? 15 : d->a * root * root * root);
  law = (log(LEAST_U) + gsl_sf_lngamma(d->a + 1)) / d->a;
  return root > 0 ? fmax(law, log(d->a * root * root * root)) : law;
}

/* By Newton's method on the logarithm of the share outside, which is concave in z: no step leads astray. */
static double find_begin(const distribution *d) {
  double z = guess_begin(d);
  int i;
  if (!d->beta && d->sign > 0 && exp(z) < 1e-17) return z; /* the power law is exact */
  for (i = 0; i < 50; i++) {
    double share = share_outside(d, z), step = log(LEAST_U / share) * share / density_at(d, z).value;
    z += step;
    if (fabs(step) < 1e-13 * fmax(1, fabs(z))) break;
  }
  return z;
}

/* ---- the ends of the cells of a side ---- */

typedef struct node { /* a quantity and its derivatives by w */
  double w, value, first, second;
} node;

static double integral(const distribution *d, double from, double to) {
  static const double place[2] = {0.33998104358485626, 0.86113631159405258};
  static const double weight[2] = {0.65214515486254614, 0.34785484513745386};
  const double half = (to - from) / 2, middle = (to + from) / 2;
  double sum = 0;
  int i;
  for (i = 0; i < 2; i++)
    sum += weight[i] * (density_at(d, middle - half * place[i]).value + density_at(d, middle + half * place[i]).value);
  return sum * half;
}

/* How far z goes while w goes by change: three terms of Taylor's series. */
static double reach(density g, double change) {
  const double h = change / g.value;
  return h * (1 - h / 2 * (g.slope - h / 3 * (2 * g.slope * g.slope - g.bend)));
}

static double width_of(int index) { return ldexp(1 + index % CELLS / (double)CELLS, index / CELLS - 33); }

/* From each end to the next. What is left over after a correction is as small as its square, and is known, so that the
 * next one makes up for it. */
static void find_nodes(const distribution *d, node out[NODES]) {
  double z = find_begin(d), w = LEAST_U;
  int i, k;
  for (i = 0; i < NODES; i++) {
    density g = density_at(d, z);
    if (i) {
      double to = z + reach(g, width_of(i) - w);
      w += integral(d, z, to);
      for (k = 0; k < 3 && fabs(width_of(i) - w) > 1e-12 * w; k++) {
        double better = to + reach(density_at(d, to), width_of(i) - w);
        w += integral(d, to, better);
        to = better;
      }
      z = to;
      g = density_at(d, z);
    }
    out[i] = (node){width_of(i), d->sign * z, d->sign / g.value, -d->sign * g.slope / (g.value * g.value)};
  }
}

/* ---- polynomials ---- */

static void write_piece(const node *from, const node *to, double piece[6]) {
  const double h = to->w - from->w, rise = to->value - from->value, d0 = h * from->first, d1 = h * to->first,
               s0 = h * h * from->second / 2, s1 = h * h * to->second / 2;
  piece[0] = from->value;
  piece[1] = d0;
  piece[2] = s0;
  piece[3] = 10 * rise - 6 * d0 - 4 * d1 - 3 * s0 + s1;
  piece[4] = -15 * rise + 8 * d0 + 7 * d1 + 3 * s0 - 2 * s1;
  piece[5] = 6 * rise - 3 * d0 - 3 * d1 - s0 + s1;
}

static void write_side(const node nodes[NODES], double (*pieces)[6]) {
  int i;
  for (i = 0; i < ENT_QUANTILE_SIDE; i++) write_piece(&nodes[i], &nodes[i + 1], pieces[i]);
}

/* From y to what the table holds. */
static node held_of(const distribution *d, double power, node y) {
  node out = {.w = y.w};
  if (power > 0) {
    const double law = d->sign > 0 ? power : 0;
    return (node){y.w, y.value - law * log(y.w), y.first - law / y.w, y.second + law / (y.w * y.w)};
  }
  out.value = d->beta ? 1 / (1 + exp(-y.value)) : exp(y.value);
  out.first = d->beta ? out.value / (1 + exp(y.value)) : out.value; /* by y; then by w */
  out.second = out.first * (d->beta ? 1 - 2 * out.value : 1) * y.first * y.first + out.first * y.second;
  out.first *= y.first;
  return out;
}

static void write_table(distribution d, double power, ent_quantile_table *out) {
  node nodes[NODES];
  int side, i;
  out->power = power;
  for (side = 0; side < 2; side++) {
    d.sign = side ? -1 : 1;
    find_nodes(&d, nodes);
    for (i = 0; i < NODES; i++) nodes[i] = held_of(&d, power, nodes[i]);
    write_side(nodes, out->piece + side * ENT_QUANTILE_SIDE);
  }
}

bool ent_quantile_table_gamma(double shape, ent_quantile_table *out) {
  distribution d = {false, shape, 0, 0, 1};
  if (!(shape >= 0.01 && shape <= 10000)) return false;
  d.constant = shape * log(shape) - shape - gsl_sf_lngamma(shape);
  write_table(d, shape < SMALL_SHAPE ? 1 / shape : 0, out);
  return true;
}

bool ent_quantile_table_beta(double a, double b, ent_quantile_table *out) {
  if (!(a >= 0.5 && a <= 100 && b >= 0.5 && b <= 100)) return false;
  write_table((distribution){true, a, b, -gsl_sf_lnbeta(a, b), 1}, 0, out);
  return true;
}

bool ent_quantile_table_pert(double mode, ent_quantile_table *out) {
  return mode >= 0 && mode <= 1 && ent_quantile_table_beta(1 + 4 * mode, 5 - 4 * mode, out);
}

void ent_quantile_table_normal(ent_quantile_table *out) {
  node nodes[NODES];
  int i, side;
  out->power = 0;
  for (side = 0; side < 2; side++) {
    const double sign = side ? -1 : 1;
    for (i = 0; i < NODES; i++) {
      const double w = width_of(i), x = gsl_cdf_ugaussian_Pinv(w), height = 0.3989422804014327 * exp(-x * x / 2);
      nodes[i] = (node){w, sign * x, sign / height, sign * x / (height * height)};
    }
    write_side(nodes, out->piece + side * ENT_QUANTILE_SIDE);
  }
}

/* ---- asking ---- */

/* The bits of a double are its octave, then its place therein. Nothing branches, so that numbers overlap. */
static double piece_at(const ent_quantile_table *table, double u) {
  const double above = 1 - u, most = 0.5 - 0x1p-54;
  double w = u < above ? u : above, t;
  const size_t side = u < above ? 0 : ENT_QUANTILE_SIDE;
  const double *c;
  uint64_t bits;
  w = w < LEAST_U ? LEAST_U : w;
  w = w < most ? w : most;
  memcpy(&bits, &w, sizeof bits);
  c = table->piece[side + (size_t)((bits >> 50) - ((uint64_t)(1023 - 33) << 2))];
  bits = (bits << 2 & 0xfffffffffffff) | 0x3ff0000000000000; /* 1 + the share of the cell */
  memcpy(&t, &bits, sizeof t);
  t -= 1;
  return c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))));
}

void ent_quantile_table_look_up(const ent_quantile_table *table, const double *u, size_t count, double *out) {
  size_t i;
  if (!(table->power > 0)) {
    for (i = 0; i < count; i++) out[i] = piece_at(table, u[i]);
    return;
  }
  for (i = 0; i < count; i++) {
    const double law = u[i] < 0.5 ? table->power * log(fmax(u[i], LEAST_U)) : 0;
    out[i] = fmax(exp(piece_at(table, u[i]) + law), LEAST_VALUE);
  }
}
