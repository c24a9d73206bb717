/* operate.c - see program.h: what each operation does to a block. Every loop runs over the draws of a whole block, so
 * that a compiler can take several at a time; each draw is computed as if it were alone. */
#include <math.h>
#include <string.h>

#include "assess/program.h"

#define EACH(d) for (size_t d = 0; d < ENT_BLOCK; d++)

static void mean(const ent_operation *o, double *const *at, double *restrict out) {
  double total = 0;
  EACH(d) out[d] = 0;
  for (uint32_t i = 0; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]], weight = o->constants[i];
    total += weight;
    EACH(d) out[d] += weight * x[d];
  }
  EACH(d) out[d] /= total;
}

static void highest(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] = x[d] > out[d] ? x[d] : out[d];
  }
}

static void least(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] = x[d] < out[d] ? x[d] : out[d];
  }
}

static void score(const double *restrict x, double low, double high, double *restrict out) {
  double range = high - low;
  EACH(d) {
    double share = (x[d] - low) / range;
    share = share > 0 ? share : 0;
    out[d] = 1 + 99 * (share < 1 ? share : 1);
  }
}

static void distance(const ent_operation *o, double *const *at, double *restrict out) {
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

static void salient(const ent_operation *o, double *const *at, double *restrict out) {
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

static void shares(const ent_operation *o, double *const *at) {
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

static void dot(const ent_operation *o, double *const *at, double *restrict out) {
  uint32_t half = o->operand_count / 2;
  EACH(d) out[d] = 0;
  for (uint32_t i = 0; i < half; i++) {
    const double *restrict x = at[o->operands[i]], *restrict y = at[o->operands[half + i]];
    EACH(d) out[d] += x[d] * y[d];
  }
}

/* One root of a product instead of a logarithm for each; up to a hundred scores can not overflow. */
static void root(const ent_operation *o, double *const *at, double *restrict out) {
  memcpy(out, at[o->operands[0]], ENT_BLOCK * sizeof *out);
  for (uint32_t i = 1; i < o->operand_count; i++) {
    const double *restrict x = at[o->operands[i]];
    EACH(d) out[d] *= x[d];
  }
  if (o->operand_count == 2) {
    EACH(d) out[d] = sqrt(out[d]);
  } else {
    double power = 1.0 / o->operand_count;
    EACH(d) out[d] = pow(out[d], power);
  }
}

static void split(const ent_operation *o, double *const *at, double *restrict out) {
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

static void move(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict criterion = at[o->operands[0]], *restrict inner = at[o->operands[1]];
  const double *restrict outer = at[o->operands[2]], *restrict value = at[o->operands[3]], to = o->constants[0];
  EACH(d) out[d] = criterion[d] + inner[d] * outer[d] * (to - value[d]);
}

static void gain(const ent_operation *o, double *const *at, double *restrict out) {
  const double *restrict whole = at[o->operands[0]], *restrict share = at[o->operands[1]];
  double product[ENT_BLOCK], to = o->constants[0], part = o->constants[1];
  EACH(d) product[d] = 1;
  for (uint32_t i = 2; i < o->operand_count; i += 4) {
    const double *restrict inner = at[o->operands[i]], *restrict outer = at[o->operands[i + 1]];
    const double *restrict value = at[o->operands[i + 2]], *restrict criterion = at[o->operands[i + 3]];
    EACH(d) product[d] *= 1 + inner[d] * outer[d] * (to - value[d]) / criterion[d];
  }
  EACH(d) product[d] = part * share[d] * log(product[d]);
  EACH(d) out[d] = whole[d] * (1 - exp(product[d]));
}

static void pull(const ent_operation *o, double *const *at, double *restrict out) {
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

void ent_operate(const ent_operation *o, double *const *at) {
  double *restrict out = at[o->out];
  const double *restrict x = o->operand_count ? at[o->operands[0]] : NULL;
  switch (o->kind) {
    case ENT_DO_CONSTANT: EACH(d) out[d] = o->constants[0]; break;
    case ENT_DO_MEAN: mean(o, at, out); break;
    case ENT_DO_HIGHEST: highest(o, at, out); break;
    case ENT_DO_LEAST: least(o, at, out); break;
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
    case ENT_DO_LOG: EACH(d) out[d] = log(x[d]); break;
    case ENT_DO_EXP: EACH(d) out[d] = exp(x[d]); break;
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
