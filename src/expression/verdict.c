/* verdict.c - see verdict.h. Comes in: an evaluation and what is stated. Goes out: a verdict. Must not know a unit:
 * that the two have one was seen before. */
#include "expression/verdict.h"

#include <math.h>
#include <string.h>

double ent_verdict_rounding(const char *number, bool significant) {
  int decimals = 0, exponent = 0, zeros = 0;
  bool after_point = false, any = false;
  const char *at = number;
  if (*at == '-' || *at == '+') at++;
  for (; (*at >= '0' && *at <= '9') || (*at == '.' && !after_point); at++) {
    if (*at == '.') {
      after_point = true;
      continue;
    }
    any = true;
    decimals += after_point;
    zeros = *at == '0' ? zeros + 1 : 0;
  }
  if (!any) return 0;
  if (*at == 'e' || *at == 'E') {
    int sign = at[1] == '-' ? -1 : 1;
    for (at += 1 + (at[1] == '-' || at[1] == '+'); *at >= '0' && *at <= '9' && exponent < 1000; at++)
      exponent = 10 * exponent + (*at - '0');
    exponent *= sign;
  }
  if (*at) return 0;
  return 0.5 * pow(10, exponent - decimals + (significant ? zeros : 0));
}

/* From one range to another where they do not meet; from point to point where both have one. */
static double distance(ent_range from, ent_range to) {
  if (!isnan(from.point) && !isnan(to.point)) return to.point - from.point;
  if (to.low >= from.high) return to.low - from.high;
  if (to.high <= from.low) return to.high - from.low;
  return NAN;
}

static ent_truth truth_of(const ent_evaluation *e, const ent_statement *s) {
  ent_range it = e->value.number;
  switch (s->relation) {
    case ENT_RELATION_ABOVE: return ent_range_less(s->stated, it);
    case ENT_RELATION_BELOW: return ent_range_less(it, s->stated);
    case ENT_RELATION_AT_LEAST: return ent_range_at_most(s->stated, it);
    case ENT_RELATION_AT_MOST: return ent_range_at_most(it, s->stated);
    case ENT_RELATION_HOLDS: return e->value.kind == ENT_VALUE_TRUTH ? e->value.truth : ENT_UNDECIDED;
    default: return ent_range_near(s->stated, it, s->tolerance);
  }
}

ent_verdict ent_verdict_of(const ent_evaluation *evaluation, const ent_statement *statement, double *difference) {
  ent_truth truth = truth_of(evaluation, statement);
  bool is_comparison = statement->relation == ENT_RELATION_HOLDS;
  *difference = NAN;
  if (truth == ENT_FALSE && !is_comparison) *difference = distance(statement->stated, evaluation->value.number);
  const ent_link *wrong = truth == ENT_FALSE && is_comparison ? ent_expression_false(evaluation) : NULL;
  if (wrong) *difference = distance(wrong->right.number, wrong->left.number);
  return truth == ENT_TRUE ? ENT_REPRODUCED : truth == ENT_FALSE ? ENT_DIFFERS : ENT_NO_DATA;
}
