/* functions.c - the functions of expressions.
 *
 * Comes in: a call and its arguments. Goes out: a value. A function is a row of the table at the end: its name, how
 * many arguments it takes, how it is called for a message, and whether it is a rule, by which one key makes a
 * statement. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "expression/evaluator.h"

typedef struct function {
  const char *name;
  size_t least, most;
  const char *usage;
  bool is_rule;
  bool (*call)(ent_evaluator *e, const ent_node *call, ent_value *out);
} function;

static ent_value number_of(ent_range range, ent_measure measure) {
  return (ent_value){.kind = ENT_VALUE_NUMBER, .number = range, .measure = measure};
}

/* Something that could be computed from known parts is not known all the same. */
static bool settle(ent_evaluator *e, bool known, const char *why, ent_value *out) {
  return !known || ent_range_known(out->number) || ent_evaluator_gap(e, why, NULL);
}

/* ---- of many numbers ---- */

static bool fold(ent_evaluator *e, const ent_node *call, ent_range (*step)(ent_range, ent_range), ent_value *out) {
  if (!ent_evaluator_number(e, call->first, out)) return false;
  for (const ent_node *part = call->first->next; part; part = part->next) {
    ent_value next;
    if (!ent_evaluator_number(e, part, &next) ||
        !ent_evaluator_meet(e, part, &out->measure, &next.measure, &out->measure))
      return false;
    out->number = step(out->number, next.number);
  }
  out->key = NULL;
  return true;
}

static bool call_sum(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return fold(e, call, ent_range_add, out);
}

static bool call_mean(ent_evaluator *e, const ent_node *call, ent_value *out) {
  if (!fold(e, call, ent_range_add, out)) return false;
  out->number = ent_range_multiply(out->number, ent_range_exact(1.0 / (double)call->count));
  return true;
}

static bool call_min(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return fold(e, call, ent_range_smaller, out);
}

static bool call_max(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return fold(e, call, ent_range_larger, out);
}

static bool call_abs(ent_evaluator *e, const ent_node *call, ent_value *out) {
  if (!ent_evaluator_number(e, call->first, out)) return false;
  out->number = ent_range_abs(out->number);
  out->key = NULL;
  return true;
}

/* What is stated, without the range that it is known with. */
static bool call_point(ent_evaluator *e, const ent_node *call, ent_value *out) {
  if (!ent_evaluator_number(e, call->first, out)) return false;
  bool known = ent_range_known(out->number);
  out->number = isnan(out->number.point) ? ent_range_missing() : ent_range_exact(out->number.point);
  out->key = NULL;
  return settle(e, known, "no_point", out);
}

/* Its place among the others, the largest first: one more than those that are above it. */
static bool call_rank(ent_evaluator *e, const ent_node *call, ent_value *out) {
  ent_value it;
  double least = 1, most = 1, point = 1;
  bool known, pointed; /* pointed: all have a point, not ends alone */
  if (!ent_evaluator_number(e, call->first, &it)) return false;
  known = ent_range_known(it.number);
  pointed = !isnan(it.number.point);
  for (const ent_node *part = call->first->next; part; part = part->next) {
    ent_value other;
    if (!ent_evaluator_number(e, part, &other) || !ent_evaluator_meet(e, part, &it.measure, &other.measure, NULL))
      return false;
    if (it.key && other.key && strcmp(it.key, other.key) == 0) continue; /* itself */
    ent_truth above = ent_range_less(it.number, other.number);
    known = known && ent_range_known(other.number);
    least += above == ENT_TRUE;
    most += above != ENT_FALSE;
    point += ent_range_less(ent_range_exact(it.number.point), ent_range_exact(other.number.point)) == ENT_TRUE;
    pointed = pointed && !isnan(other.number.point);
  }
  if (!pointed) point = least == most ? least : NAN;
  *out = number_of(known ? ent_range_between(least, point, most) : ent_range_missing(), ent_measure_ratio);
  return ent_measure_of("rank", &out->measure);
}

/* ---- rates ---- */

static bool quotient(ent_evaluator *e, const ent_node *call, const ent_node *above, const ent_node *below,
                     ent_value *out) {
  ent_value a, b;
  if (!ent_evaluator_number(e, above, &a) || !ent_evaluator_number(e, below, &b) ||
      !ent_evaluator_meet(e, call->first->next, &a.measure, &b.measure, NULL))
    return false;
  *out = number_of(ent_range_divide(a.number, b.number), ent_measure_share);
  return settle(e, ent_range_known(a.number) && ent_range_known(b.number), "by_zero", out);
}

static bool call_share(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return quotient(e, call, call->first, call->first->next, out);
}

static bool call_growth(ent_evaluator *e, const ent_node *call, ent_value *out) {
  if (!quotient(e, call, call->first->next, call->first, out)) return false;
  out->number = ent_range_add(out->number, ent_range_exact(-1));
  return true;
}

static bool period_of(ent_evaluator *e, const ent_node *node, ent_value *out) {
  ent_fact fact = {.value = {.kind = ENT_VALUE_DATE}};
  if (node->kind != ENT_NODE_KEY)
    return ent_evaluator_fail(e, ENT_FAULT_FORM, node,
                              "annual_growth needs keys, whose periods say how many years lie "
                              "between them",
                              "write annual_growth(observations:old, observations:new)");
  if (!e->facts->period(e->facts->user, node->text, &fact)) return ent_evaluator_fail_memory(e);
  return ent_evaluator_take(e, node, ENT_INPUT_PERIOD, &fact, out);
}

/* Years from one day to another by the calendar: a year later is 1, leap years or not. */
static double years_between(int32_t from, int32_t to) {
  int y1, m1, d1, y2, m2, d2;
  ent_day_civil(from, &y1, &m1, &d1);
  ent_day_civil(to, &y2, &m2, &d2);
  return (double)(y2 - y1) + ((double)(m2 - m1) + (double)(d2 - d1) / 31) / 12;
}

static bool call_annual_growth(ent_evaluator *e, const ent_node *call, ent_value *out) {
  ent_value from, to;
  if (!period_of(e, call->first, &from) || !period_of(e, call->first->next, &to) ||
      !quotient(e, call, call->first->next, call->first, out))
    return false;
  bool known = ent_range_known(out->number) && !from.missing && !to.missing;
  double years = known ? years_between(from.days.first, to.days.first) : 0;
  if (!known) out->number = ent_range_missing();
  else if (years > 0) out->number = ent_range_power(out->number, 1 / years);
  else out->number = ent_range_missing();
  if (ent_range_known(out->number)) out->number = ent_range_add(out->number, ent_range_exact(-1));
  return settle(e, known, "no_rate", out);
}

static bool call_convert(ent_evaluator *e, const ent_node *call, ent_value *out) {
  ent_value amount, rate;
  ent_fact fact = {.value = {.kind = ENT_VALUE_NUMBER}};
  const ent_node *key = call->first->next;
  if (!ent_evaluator_number(e, call->first, &amount)) return false;
  if (key->kind != ENT_NODE_KEY)
    return ent_evaluator_fail(e, ENT_FAULT_FORM, key, "the second argument of convert is the key of a rate",
                              "write convert(x, rates:y)");
  if (!e->facts->rate(e->facts->user, key->text, &fact)) return ent_evaluator_fail_memory(e);
  if (!ent_evaluator_take(e, key, ENT_INPUT_FIGURE, &fact, &rate)) return false;
  /* The rate is so many of the second currency for one of the first; an amount may be of either. */
  const ent_measure *m = &amount.measure;
  for (size_t i = 0; m->count == 1 && m->power[0] == 1 && i < rate.measure.count; i++)
    if (strcmp(m->name[0], rate.measure.name[i]) == 0) {
      bool divide = rate.measure.power[i] > 0;
      ent_measure measure;
      if (!ent_measure_combine(m, &rate.measure, divide, &measure)) return false;
      *out = number_of(
          divide ? ent_range_divide(amount.number, rate.number) : ent_range_multiply(amount.number, rate.number),
          measure);
      return settle(e, ent_range_known(amount.number) && ent_range_known(rate.number), "by_zero", out);
    }
  const char *given = ent_measure_write(e->arena, m), *of = ent_measure_write(e->arena, &rate.measure);
  if (!given || !of) return ent_evaluator_fail_memory(e);
  return ent_evaluator_fail(e, ENT_FAULT_UNIT, call->first,
                            ent_arena_print(e->arena, "this is in %s, and the rate is in %s", given, of),
                            "take a rate of the figure's currency");
}

/* ---- time ---- */

static bool date_of(ent_evaluator *e, const ent_node *node, ent_value *out) {
  const char *why = NULL;
  if (!ent_evaluator_value(e, node, out)) return false;
  if (out->kind == ENT_VALUE_DATE) return true;
  if (out->kind == ENT_VALUE_TEXT && node->kind == ENT_NODE_TEXT) {
    if (ent_period_parse(out->text, &out->days, &why)) {
      out->kind = ENT_VALUE_DATE;
      return true;
    }
    return ent_evaluator_fail(e, ENT_FAULT_FORM, node, ent_arena_print(e->arena, "\"%.40s\" is no date", out->text),
                              why);
  }
  return ent_evaluator_fail(
      e, ENT_FAULT_UNIT, node, "a date is wanted here",
      "write it in quotes, such as \"2019-05\", or name a column of dates, such as events:x.start");
}

static bool two_dates(ent_evaluator *e, const ent_node *call, ent_value *from, ent_value *to, bool *known) {
  if (!date_of(e, call->first, from) || !date_of(e, call->first->next, to)) return false;
  *known = !from->missing && !to->missing;
  if (*known && (from->days.first == ENT_DAY_OPEN_START || from->days.last == ENT_DAY_OPEN_END ||
                 to->days.first == ENT_DAY_OPEN_START || to->days.last == ENT_DAY_OPEN_END)) {
    *known = false;
    return ent_evaluator_gap(e, "open_end", NULL);
  }
  return true;
}

/* Dates as coarse as they were written: the shortest and the longest time that may lie between them, and that between
 * their beginnings. */
static bool duration(ent_evaluator *e, const ent_node *call, double per_year, const char *unit, ent_value *out) {
  ent_value from, to;
  bool known;
  if (!two_dates(e, call, &from, &to, &known)) return false;
  *out = number_of(ent_range_missing(), ent_measure_ratio);
  if (known)
    out->number = ent_range_between(per_year * years_between(from.days.last, to.days.first),
                                    per_year * years_between(from.days.first, to.days.first),
                                    per_year * years_between(from.days.first, to.days.last));
  return ent_measure_of(unit, &out->measure);
}

static bool call_years(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return duration(e, call, 1, "years", out);
}

static bool call_months(ent_evaluator *e, const ent_node *call, ent_value *out) {
  return duration(e, call, 12, "months", out);
}

static bool call_days(ent_evaluator *e, const ent_node *call, ent_value *out) {
  ent_value from, to;
  bool known;
  if (!two_dates(e, call, &from, &to, &known)) return false;
  *out = number_of(ent_range_missing(), ent_measure_ratio);
  if (known)
    out->number = ent_range_between((double)to.days.first - from.days.last, (double)to.days.first - from.days.first,
                                    (double)to.days.last - from.days.first);
  return ent_measure_of("days", &out->measure);
}

/* ---- rows ---- */

static bool key_of(ent_evaluator *e, const ent_node *node, const char *remedy, const char **out) {
  *out = node->text;
  return node->kind == ENT_NODE_KEY ||
         ent_evaluator_fail(e, ENT_FAULT_FORM, node, "the key of a row is wanted here", remedy);
}

static bool call_coded(ent_evaluator *e, const ent_node *call, ent_value *out) {
  const ent_node *aspect = call->first->next;
  const char *key;
  ent_fact fact = {.value = {.kind = ENT_VALUE_NUMBER}};
  if (!key_of(e, call->first, "write coded(positions:x, stance)", &key)) return false;
  if (aspect->kind != ENT_NODE_WORD)
    return ent_evaluator_fail(e, ENT_FAULT_FORM, aspect, "the aspect that was coded is wanted here",
                              "write coded(positions:x, stance)");
  if (!e->facts->coded(e->facts->user, key, aspect->text, &fact)) return ent_evaluator_fail_memory(e);
  return ent_evaluator_take(e, fact.key ? aspect : call->first, ENT_INPUT_CODING, &fact, out);
}

static bool call_exists(ent_evaluator *e, const ent_node *call, ent_value *out) {
  const char *key;
  ent_fact fact = {.value = {.kind = ENT_VALUE_TRUTH}};
  if (!key_of(e, call->first, "write exists(provisions:x)", &key)) return false;
  if (!e->facts->exists(e->facts->user, key, &fact)) return ent_evaluator_fail_memory(e);
  return ent_evaluator_take(e, call->first, ENT_INPUT_ROW, &fact, out);
}

static bool read_filters(ent_evaluator *e, const ent_node *call, ent_count_query *query) {
  ent_filter *filters = ent_arena_take(e->arena, call->count, sizeof *filters);
  if (!filters) return ent_evaluator_fail_memory(e);
  query->filters = filters;
  for (const ent_node *part = call->first->next; part; part = part->next) {
    bool is_time = part->kind == ENT_NODE_FILTER && part->joint == ENT_JOINT_EQUAL;
    if (part->kind != ENT_NODE_FILTER)
      return ent_evaluator_fail(e, ENT_FAULT_FORM, part, "count takes a table and what its rows are held against",
                                "write count(events, kind=\"agreement\", from=\"2017\")");
    if (is_time && strcmp(part->text, "from") == 0) query->from = part->value;
    else if (is_time && strcmp(part->text, "to") == 0) query->to = part->value;
    else filters[query->filter_count++] = (ent_filter){part->text, part->value, part->joint};
  }
  return true;
}

/* What is wrong with a count is said where it stands: at the table, or at the column that facts name. */
static const ent_node *blamed(const ent_node *call, const ent_fact *fact) {
  for (const ent_node *part = call->first; fact->field && part; part = part->next)
    if (part->kind == ENT_NODE_FILTER && strcmp(part->text, fact->field) == 0) return part;
  return call->first;
}

static bool call_count(ent_evaluator *e, const ent_node *call, ent_value *out) {
  ent_count_query query = {.table = call->first->text};
  ent_counted counted = {0};
  ent_fact fact = {.value = {.kind = ENT_VALUE_NUMBER}};
  if (call->first->kind != ENT_NODE_WORD)
    return ent_evaluator_fail(e, ENT_FAULT_FORM, call->first, "count begins with the name of a table",
                              "write count(events, kind=\"agreement\", from=\"2017\")");
  e->out->has_count = true;
  if (!read_filters(e, call, &query)) return false;
  if (!e->facts->count(e->facts->user, &query, &counted, &fact)) return ent_evaluator_fail_memory(e);
  if (fact.what) return ent_evaluator_fail(e, fact.fault, blamed(call, &fact), fact.what, fact.remedy);
  for (size_t i = 0; i < counted.key_count; i++)
    if (!ent_evaluator_input(e, &(ent_input){ENT_INPUT_COUNTED, counted.keys[i], NULL, {.kind = ENT_VALUE_TRUTH}}))
      return false;
  *out = number_of(ent_range_between((double)counted.sure, (double)counted.count, (double)counted.count),
                   ent_measure_count);
  return true;
}

/* ---- the table ---- */

enum { MANY = 100 };

static const function functions[] = {
    {"abs", 1, 1, "abs(x)", false, call_abs},
    {"annual_growth", 2, 2, "annual_growth(old, new)", true, call_annual_growth},
    {"coded", 2, 2, "coded(positions:x, stance)", true, call_coded},
    {"convert", 2, 2, "convert(x, rates:y)", true, call_convert},
    {"count", 1, MANY, "count(events, kind=\"agreement\", from=\"2017\")", true, call_count},
    {"days", 2, 2, "days(from, to)", true, call_days},
    {"exists", 1, 1, "exists(provisions:x)", false, call_exists},
    {"growth", 2, 2, "growth(old, new)", true, call_growth},
    {"max", 1, MANY, "max(a, b, ...)", false, call_max},
    {"mean", 1, MANY, "mean(a, b, ...)", false, call_mean},
    {"min", 1, MANY, "min(a, b, ...)", false, call_min},
    {"months", 2, 2, "months(from, to)", true, call_months},
    {"point", 1, 1, "point(x)", false, call_point},
    {"rank", 2, MANY, "rank(x, a, b, ...)", true, call_rank},
    {"share", 2, 2, "share(part, whole)", true, call_share},
    {"sum", 1, MANY, "sum(a, b, ...)", false, call_sum},
    {"years", 2, 2, "years(from, to)", true, call_years},
};

static const char *const names[] = {"abs",    "annual_growth", "coded", "convert", "count", "days",
                                    "exists", "growth",        "max",   "mean",    "min",   "months",
                                    "point",  "rank",          "share", "sum",     "years"};
_Static_assert(sizeof names / sizeof *names == sizeof functions / sizeof *functions, "each function has its name");

const char *const *ent_expression_functions(size_t *count) {
  *count = sizeof names / sizeof *names;
  return names;
}

bool ent_evaluator_call(ent_evaluator *e, const ent_node *call, ent_value *out) {
  size_t count = sizeof functions / sizeof *functions, f = 0;
  while (f < count && strcmp(functions[f].name, call->text) != 0) f++;
  if (f == count) {
    const char *near = ent_text_nearest(call->text, names, count);
    return ent_evaluator_fail(
        e, ENT_FAULT_FORM, call, ent_arena_print(e->arena, "there is no function \"%.40s\"", call->text),
        near ? ent_arena_print(e->arena, "did you mean \"%s\"?", near) : "docs/evidence.md lists the functions");
  }
  if (call->count < functions[f].least || call->count > functions[f].most)
    return ent_evaluator_fail(
        e, ENT_FAULT_FORM, call,
        ent_arena_print(e->arena, "%s has %zu argument%s", call->text, call->count, call->count == 1 ? "" : "s"),
        ent_arena_print(e->arena, "write %s", functions[f].usage));
  if (functions[f].is_rule) e->out->has_rule = true;
  return functions[f].call(e, call, out);
}
