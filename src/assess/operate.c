/* operate.c - see program.h and way.h: what each operation does to a block. Every loop runs over the draws of a whole
 * block, so that a compiler can take several at a time; each draw is computed as if it were alone, so that vectors of
 * any width give the same bits. */
#include <math.h>
#include <string.h>

#include "assess/way.h"
#include "num/elementary.h"

#define INSIDE __attribute__((always_inline)) static inline
#define EACH(d) for (size_t d = 0; d < ENT_BLOCK; d++)

INSIDE void mean(const ent_operation *o, double *const *at, double *restrict out) {
  double total = 0;
  EACH(d) out[d] = 0;
  for (uint32_t i = 0; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], weight = o->constants[i];
    total += weight;
    EACH(d) out[d] += weight * x[d];
  }
  if (total == 1) return;
  EACH(d) out[d] /= total;
}

INSIDE void highest(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] = x[d] > out[d] ? x[d] : out[d];
  }
}

INSIDE void least(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] = x[d] < out[d] ? x[d] : out[d];
  }
}

INSIDE void choice(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict chosen = at[o->operands[0]];
  memcpy(out, at[o->operands[1]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 2; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], from = i - 1;
    EACH(d) out[d] = chosen[d] >= from ? x[d] : out[d];
  }
}

INSIDE void score(const double *restrict x, double low, double high, double *restrict out) {
  double range = high - low;
  EACH(d) {
    double share = (x[d] - low) / range;
    share = share > 0 ? share : 0;
    out[d] = 1 + 99 * (share < 1 ? share : 1);
  }
}

INSIDE void distance(const ent_operation *o, double *const *at, double *restrict out) {
  size_t count = (size_t)o->constants[0];
  double whole = o->constants[1];
  EACH(d) out[d] = 0;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++) {
      const double *restrict x = at[o->operands[i]], *restrict y = at[o->operands[j]];
      EACH(d) out[d] += fabs(x[d] - y[d]);
    }
  EACH(d) out[d] /= whole;
}

INSIDE void salient(const ent_operation *o, double *const *at, double *restrict out) {
  size_t count = (size_t)o->constants[0];
  double whole = o->constants[1];
  EACH(d) out[d] = 0;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++) {
      const double *restrict x = at[o->operands[i]], *restrict y = at[o->operands[j]];
      const double *restrict s = at[o->operands[count + i]], *restrict r = at[o->operands[count + j]];
      EACH(d) out[d] += sqrt(s[d] * r[d]) * fabs(x[d] - y[d]);
    }
  EACH(d) out[d] /= whole;
}

INSIDE void shares(const ent_operation *o, double *const *at) {
  double total[ENT_BLOCK] = {0};
  for (uint32_t i = 0; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], factor = o->constants[i];
    double *restrict out = at[o->out + i];
    EACH(d) total[d] += out[d] = factor * x[d];
  }
  EACH(d) total[d] = 1 / total[d];
  for (uint32_t i = 0; i < o->outs; i++) {
    double *restrict out = at[o->out + i];
    EACH(d) out[d] *= total[d];
  }
}

INSIDE void dot(const ent_operation *o, double *const *at, double *restrict out) {
  uint32_t half = o->operand_count / 2;
  EACH(d) out[d] = 0;
  for (uint32_t i = 0; i < half; i++) {
    const double *restrict x = at[o->operands[i]], *restrict y = at[o->operands[half + i]];
    EACH(d) out[d] += x[d] * y[d];
  }
}

/* One root of a product instead of a logarithm for each; up to a hundred scores can not overflow. */
INSIDE void root(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] *= x[d];
  }
  if (o->operand_count == 2) {
    EACH(d) out[d] = sqrt(out[d]);
  } else {
    double power = 1.0 / o->operand_count;
    EACH(d) out[d] = ent_exp(power * ent_log(out[d]));
  }
}

INSIDE void split(const ent_operation *o, double *const *at, double *restrict out) {
  double centre[ENT_BLOCK] = {0}, half = o->constants[0], total = 0;
  EACH(d) out[d] = 0;
  for (uint32_t i = 0; i < o->operand_count; i++) total += o->constants[1 + i];
  for (uint32_t i = 0; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], weight = o->constants[1 + i] / total;
    EACH(d) centre[d] += weight * x[d];
  }
  for (uint32_t i = 0; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], weight = o->constants[1 + i] / total;
    EACH(d) {
      double away = (x[d] - centre[d]) / half;
      out[d] += weight * away * away;
    }
  }
  EACH(d) out[d] = sqrt(out[d]);
}

INSIDE void move(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict criterion = at[o->operands[0]], *restrict inner = at[o->operands[1]];
  const double *restrict outer = at[o->operands[2]], *restrict value = at[o->operands[3]], to = o->constants[0];
  EACH(d) out[d] = criterion[d] + inner[d] * outer[d] * (to - value[d]);
}

INSIDE void gain(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict whole = at[o->operands[0]], *restrict share = at[o->operands[1]];
  double product[ENT_BLOCK], to = o->constants[0], part = o->constants[1];
  EACH(d) product[d] = 1;
  for (uint32_t i = 2; i < o->operand_count; i += 4) {
    const double *restrict inner = at[o->operands[i]], *restrict outer = at[o->operands[i + 1]];
    const double *restrict value = at[o->operands[i + 2]], *restrict inverse = at[o->operands[i + 3]];
    EACH(d) product[d] *= 1 + inner[d] * outer[d] * (to - value[d]) * inverse[d];
  }
  EACH(d) out[d] = -whole[d] * ent_exp_less_one(part * share[d] * ent_log(product[d]));
}

INSIDE void pull(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict share = at[o->operands[1]];
  double to = o->constants[0], part = o->constants[1];
  EACH(d) out[d] = 0;
  for (uint32_t i = 2; i < o->operand_count; i += 4) {
    const double *restrict inner = at[o->operands[i]], *restrict outer = at[o->operands[i + 1]];
    const double *restrict value = at[o->operands[i + 2]];
    EACH(d) out[d] += inner[d] * outer[d] * (value[d] - to);
  }
  EACH(d) out[d] *= part * share[d];
}

INSIDE void operate(const ent_operation *o, double *const *at) {
  double *restrict out = at[o->out];
  const double *restrict x = o->operand_count ? at[o->operands[0]] : NULL;
  switch (o->kind) {
    case ENT_DO_CONSTANT: EACH(d) out[d] = o->constants[0]; break;
    case ENT_DO_MEAN: mean(o, at, out); break;
    case ENT_DO_HIGHEST: highest(o, at, out); break;
    case ENT_DO_LEAST: least(o, at, out); break;
    case ENT_DO_CHOICE: choice(o, at, out); break;
    case ENT_DO_RATIO: {
      const double *restrict y = at[o->operands[1]];
      EACH(d) out[d] = x[d] / y[d];
      break;
    }
    case ENT_DO_SCORE: score(x, o->constants[0], o->constants[1], out); break;
    case ENT_DO_DISTANCE: distance(o, at, out); break;
    case ENT_DO_SALIENT: salient(o, at, out); break;
    case ENT_DO_SHARES: shares(o, at); break;
    case ENT_DO_DOT: dot(o, at, out); break;
    case ENT_DO_ROOT: root(o, at, out); break;
    case ENT_DO_LOG: EACH(d) out[d] = ent_log(x[d]); break;
    case ENT_DO_EXP: EACH(d) out[d] = ent_exp(x[d]); break;
    case ENT_DO_INVERSE: EACH(d) out[d] = 1 / x[d]; break;
    case ENT_DO_SPLIT: split(o, at, out); break;
    case ENT_DO_MOVE: move(o, at, out); break;
    case ENT_DO_GAIN: gain(o, at, out); break;
    case ENT_DO_PULL: pull(o, at, out); break;
    case ENT_DO_DIFFERENCE: {
      const double *restrict y = at[o->operands[1]];
      EACH(d) out[d] = x[d] - y[d];
      break;
    }
    case ENT_OPERATIONS: break;
  }
}

/* ---- values from uniform numbers ---- */

/* Bound by bound for all draws: no branch hangs on u, which nobody could predict. */
INSIDE void points(const ent_points *p, const double *restrict u, double *restrict out) {
  const double first = p->value[0];
  EACH(d) out[d] = first;
  for (size_t i = 0; i + 1 < p->count; i++) {
    const double bound = p->bound[i], value = p->value[i + 1];
    EACH(d) out[d] = u[d] >= bound ? value : out[d];
  }
}

INSIDE double in_range(const ent_range *r, double v) {
  double rest = 1 - v, below = r->low + sqrt(v * r->below), above = r->high - sqrt((rest > 0 ? rest : 0) * r->above);
  return r->uniform ? r->low + v * r->width : v < r->cut ? below : above;
}

/* The integer part of u n chooses, its fraction places the value inside. */
INSIDE void ranges(const ent_range *list, size_t count, const double *restrict u, double *restrict out) {
  double n = (double)count;
  EACH(d) out[d] = in_range(list, count == 1 ? u[d] : u[d] * n < 1 ? u[d] * n : 1);
  for (size_t i = 1; i < count; i++) {
    const ent_range *r = &list[i];
    double first = (double)i;
    EACH(d) {
      double v = u[d] * n - first, inside = v > 0 ? v : 0;
      double value = in_range(r, inside < 1 ? inside : 1);
      out[d] = v >= 0 ? value : out[d];
    }
  }
}

INSIDE void keep(const double *restrict from, float *restrict to, size_t count) {
  for (size_t d = 0; d < count; d++) to[d] = (float)from[d];
}

/* ---- the same for vectors of each width ---- */

#define WAY(name, target)                                                                                    \
  target static void operate_##name(const ent_operation *o, double *const *at) { operate(o, at); }           \
  target static void points_##name(const ent_points *p, const double *u, double *out) { points(p, u, out); } \
  target static void ranges_##name(const ent_range *list, size_t count, const double *u, double *out) {      \
    ranges(list, count, u, out);                                                                             \
  }                                                                                                          \
  target static void keep_##name(const double *from, float *to, size_t count) { keep(from, to, count); }     \
  static const ent_way way_##name = {operate_##name, points_##name, ranges_##name, keep_##name};

WAY(plain, )
#if defined(__x86_64__) && defined(__GNUC__)
WAY(avx2, __attribute__((target("avx2"))))
WAY(avx512, __attribute__((target("avx512f,avx512dq,avx512vl"))))

size_t ent_ways(const ent_way *out[ENT_MOST_WAYS]) {
  size_t count = 0;
  out[count++] = &way_plain;
  if (__builtin_cpu_supports("avx2")) out[count++] = &way_avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    out[count++] = &way_avx512;
  return count;
}
#else
size_t ent_ways(const ent_way *out[ENT_MOST_WAYS]) {
  out[0] = &way_plain;
  return 1;
}
#endif

const ent_way *ent_way_best(void) {
  const ent_way *ways[ENT_MOST_WAYS];
  return ways[ent_ways(ways) - 1];
}
