/* The language of expressions: grammar, precedence, units, ranges, three-valued comparisons, functions, what is refused
 * and where, and what comes of a statement. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expression/verdict.h"
#include "near.h"

/* ---- facts of the tests ---- */

typedef struct figure {
  const char *key;
  ent_stated_figure stated;
  const char *unit, *period;
} figure;

static const figure figures[] = {
    {"f:old", {100, NAN, NAN, false, false, "", NAN, NAN}, "persons", "2010"},
    {"f:new", {121, NAN, NAN, false, false, "", NAN, NAN}, "persons", "2012"},
    {"f:about", {100, NAN, NAN, false, false, "about", NAN, NAN}, "persons", "2012"},
    {"f:nearly", {100, NAN, NAN, false, false, "nearly", NAN, NAN}, "persons", "2012"},
    {"f:more", {100, NAN, NAN, false, false, "more_than", 0, NAN}, "persons", "2012"},
    {"f:less", {100, NAN, NAN, false, false, "less_than", 0, NAN}, "persons", "2012"},
    {"f:most-share", {0.9, NAN, NAN, false, false, "at_least", 0, 1}, "share", "2012"},
    {"f:half", {NAN, 0.5, NAN, true, false, "", 0, 1}, "share", "2012"},
    {"f:between", {20, 18, 25, false, false, "", NAN, NAN}, "persons", "2012"},
    {"f:share", {0.09, NAN, NAN, false, false, "", NAN, NAN}, "share", "2012"},
    {"f:yen", {220, NAN, NAN, false, false, "", NAN, NAN}, "JPY", "2012"},
    {"f:dollar", {2, NAN, NAN, false, false, "", NAN, NAN}, "USD", "2012"},
    {"f:rank", {2, NAN, NAN, false, false, "", NAN, NAN}, "rank", "2012"},
    {"f:zero", {0, NAN, NAN, false, false, "", NAN, NAN}, "persons", "2012"},
    {"f:none", {NAN, NAN, NAN, false, false, "", NAN, NAN}, "persons", "2012"},
};

static const figure *find(const char *key) {
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
    if (strcmp(figures[i].key, key) == 0) return &figures[i];
  return NULL;
}

static bool unknown(ent_fact *out) {
  out->fault = ENT_FAULT_KEY;
  out->what = "there is no such row";
  out->remedy = "did you mean \"f:old\"?";
  return true;
}

static bool read(void *user, const char *key, ent_fact *out) {
  const figure *f = find(key);
  (void)user;
  if (strcmp(key, "e:a.start") == 0 || strcmp(key, "e:b.start") == 0) {
    out->key = key;
    out->field = "start";
    out->value = (ent_value){.kind = ENT_VALUE_DATE, .text = key[2] == 'a' ? "2017" : "2019-05-10"};
    return ent_date_parse(out->value.text, &out->value.days, NULL);
  }
  if (strcmp(key, "e:a.kind") == 0) {
    out->key = key;
    out->field = "kind";
    out->value = (ent_value){.kind = ENT_VALUE_TEXT, .text = "pact"};
    return true;
  }
  if (strcmp(key, "e:a.actors") == 0) {
    out->key = key;
    out->field = "actors";
    out->value = (ent_value){.kind = ENT_VALUE_TEXT, .text = "AAA BBB"};
    return true;
  }
  if (!f) return unknown(out);
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_of(&f->stated)};
  if (!ent_range_known(out->value.number)) out->why = "no_value";
  return ent_measure_of(f->unit, &out->value.measure);
}

static bool exists(void *user, const char *key, ent_fact *out) {
  (void)user;
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_TRUTH, .truth = find(key) ? ENT_TRUE : ENT_FALSE};
  return true;
}

static bool coded(void *user, const char *key, const char *aspect, ent_fact *out) {
  (void)user;
  if (strcmp(aspect, "stance") != 0 && strcmp(aspect, "level") != 0) return unknown(out);
  out->key = key;
  out->field = aspect;
  out->value =
      (ent_value){.kind = ENT_VALUE_NUMBER,
                  .number = strcmp(key, "p:low") == 0 ? ent_range_between(-2, -1, -1) : ent_range_between(1, 1.5, 2),
                  .measure = ent_measure_points(aspect)};
  return true;
}

static bool period(void *user, const char *key, ent_fact *out) {
  const figure *f = find(key);
  (void)user;
  if (!f) return unknown(out);
  out->key = key;
  out->field = "period";
  out->value = (ent_value){.kind = ENT_VALUE_DATE, .text = f->period};
  return ent_date_parse(f->period, &out->value.days, NULL);
}

static bool rate(void *user, const char *key, ent_fact *out) {
  ent_measure yen, dollar;
  (void)user;
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_exact(110)};
  return ent_measure_of("JPY", &yen) && ent_measure_of("USD", &dollar) &&
         ent_measure_combine(&yen, &dollar, true, &out->value.measure);
}

static bool count(void *user, const ent_count_query *query, ent_counted *counted, ent_fact *out) {
  static const char *keys[] = {"e:a", "e:b", "e:c"};
  (void)user;
  if (strcmp(query->table, "e") != 0) return unknown(out);
  *counted = (ent_counted){.count = 3, .sure = query->from ? 2 : 3, .keys = keys, .key_count = 3};
  return true;
}

static const ent_facts facts = {NULL, read, exists, coded, period, rate, count};

typedef struct answer {
  ent_outcome outcome;
  ent_evaluation evaluation;
  ent_expression_error error;
} answer;

static ent_arena *arena_of(void **state) { return *state; }

static answer ask(void **state, const char *text) {
  answer a;
  const ent_node *root = NULL;
  a.outcome = ent_expression_parse(arena_of(state), text, &root, &a.error);
  if (a.outcome == ENT_OUTCOME_GOOD)
    a.outcome = ent_expression_evaluate(arena_of(state), text, root, &facts, &a.evaluation, &a.error);
  return a;
}

static ent_range number(void **state, const char *text) {
  answer a = ask(state, text);
  if (a.outcome != ENT_OUTCOME_GOOD) fail_msg("%s: %s", text, a.error.what ? a.error.what : "");
  assert_int_equal(a.evaluation.value.kind, ENT_VALUE_NUMBER);
  return a.evaluation.value.number;
}

static ent_truth truth(void **state, const char *text) {
  answer a = ask(state, text);
  if (a.outcome != ENT_OUTCOME_GOOD) fail_msg("%s: %s", text, a.error.what ? a.error.what : "");
  assert_int_equal(a.evaluation.value.kind, ENT_VALUE_TRUTH);
  return a.evaluation.value.truth;
}

static void assert_range(ent_range range, double low, double point, double high) {
  assert_near(range.low, low, 1e-9);
  assert_near(range.point, point, 1e-9);
  assert_near(range.high, high, 1e-9);
}

/* ---- the tests ---- */

static void joints_bind_as_in_arithmetic(void **state) {
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"2 + 3 * 4", 14},
               {"(2 + 3) * 4", 20},
               {"10 - 4 - 3", 3},
               {"8 / 4 / 2", 1},
               {"-2 + 3", 1},
               {"2 * -3", -6},
               {"1.5e2 / 3", 50},
               {"-(2 + 3)", -5},
               {"2*3+4", 10},
               {"f:new / f:old", 1.21},
               {"f:new - f:old + 4 persons", 25}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_near(number(state, cases[i].text).point, cases[i].value, 1e-9);
}

static void chains_hold_when_each_link_does(void **state) {
  assert_int_equal(truth(state, "3 > 2 > 1"), ENT_TRUE);
  assert_int_equal(truth(state, "3 > 1 > 2"), ENT_FALSE);
  assert_int_equal(truth(state, "1 + 1 = 2 <= 2 < 3 != 4"), ENT_TRUE);
  assert_int_equal(truth(state, "1 < 2 and 2 < 3"), ENT_TRUE);
  assert_int_equal(truth(state, "1 < 2 and 3 < 2"), ENT_FALSE);
  assert_int_equal(truth(state, "100 ~ 104 and 100 ~ 96"), ENT_TRUE);
  assert_int_equal(truth(state, "100 ~ 106"), ENT_FALSE);
  assert_int_equal(truth(state, "0.1 + 0.2 = 0.3"), ENT_TRUE);
}

static void qualifiers_leave_ranges(void **state) {
  ent_range more = number(state, "f:more"), less = number(state, "f:less"), half = number(state, "f:half");
  assert_range(number(state, "f:about"), 95, 100, 105);
  assert_range(number(state, "f:nearly"), 95, 100, 100);
  assert_range(number(state, "f:between"), 18, 20, 25);
  assert_range(number(state, "f:most-share"), 0.9, 0.9, 1);
  assert_true(more.low == 100 && more.low_open && isinf(more.high));
  assert_true(less.low == 0 && less.high == 100 && less.high_open);
  assert_true(isnan(half.point) && half.low == 0.5 && half.low_open && half.high == 1);
}

static void ranges_are_computed_by_their_ends(void **state) {
  ent_range growth = number(state, "growth(f:about, f:new)"), sum = number(state, "f:more + f:old");
  assert_range(number(state, "f:about + f:between"), 113, 120, 130);
  assert_range(number(state, "f:about - f:between"), 70, 80, 87);
  assert_range(number(state, "f:about - f:about"), -10, 0, 10);
  assert_range(number(state, "f:about / f:old"), 0.95, 1, 1.05);
  assert_range(number(state, "-2 * f:about"), -210, -200, -190);
  assert_range(growth, 121 / 105.0 - 1, 0.21, 121 / 95.0 - 1);
  assert_true(sum.low == 200 && sum.low_open && isinf(sum.high));
  assert_range(number(state, "share(f:old, f:more)"), 0, 1, 1);
  assert_true(number(state, "share(f:old, f:more)").high_open);
  assert_range(number(state, "abs(f:old - f:new)"), 21, 21, 21);
  assert_range(number(state, "min(f:about, f:old)"), 95, 100, 100);
  assert_range(number(state, "max(f:about, f:old)"), 100, 100, 105);
}

static void both_sides_are_kept(void **state) {
  answer a = ask(state, "f:old < f:new < f:zero and f:old > f:new");
  assert_int_equal(a.evaluation.link_count, 3);
  assert_string_equal(ent_joint_sign(a.evaluation.links[2].joint), ">");
  assert_int_equal(a.evaluation.links[0].truth, ENT_TRUE);
  assert_ptr_equal(ent_expression_false(&a.evaluation), &a.evaluation.links[1]);
  assert_near(a.evaluation.links[1].left.number.point, 121, 0);
}

static void what_ranges_allow_both_ways_is_undecided(void **state) {
  assert_int_equal(truth(state, "f:about > f:old"), ENT_UNDECIDED);
  assert_int_equal(truth(state, "f:about = f:old"), ENT_UNDECIDED);
  assert_int_equal(truth(state, "f:about < f:new"), ENT_TRUE);
  assert_int_equal(truth(state, "f:more > f:old"), ENT_TRUE); /* more than 100 is more than 100 */
  assert_int_equal(truth(state, "f:more > f:new"), ENT_UNDECIDED);
  assert_int_equal(truth(state, "f:more <= f:old"), ENT_FALSE);
  assert_int_equal(truth(state, "f:half + f:most-share > 1"), ENT_TRUE);
  assert_int_equal(truth(state, "f:none > f:old"), ENT_UNDECIDED);
  assert_int_equal(truth(state, "f:none > f:old and f:old > f:new"), ENT_FALSE);
  assert_int_equal(truth(state, "f:about > f:about"), ENT_FALSE); /* a figure is itself */
}

static void units_are_kept(void **state) {
  answer a = ask(state, "f:yen / f:new");
  assert_int_equal(a.outcome, ENT_OUTCOME_GOOD);
  assert_string_equal(ent_measure_write(arena_of(state), &a.evaluation.value.measure), "JPY/persons");
  assert_int_equal(truth(state, "f:new / f:old > f:share"), ENT_TRUE);
  assert_int_equal(truth(state, "f:share < 0.1"), ENT_TRUE);
  assert_int_equal(truth(state, "f:rank = 2"), ENT_TRUE);
  assert_int_equal(truth(state, "f:old = 100 persons"), ENT_TRUE);
  assert_int_equal(truth(state, "f:yen * 2 = 440 JPY"), ENT_TRUE);
  assert_int_equal(truth(state, "count(e) = 3 and count(e) = 3 events and count(e) > 2 pieces"), ENT_TRUE);
  assert_int_equal(truth(state, "2 km * 3 km = 6 km2"), ENT_TRUE);
  assert_int_equal(truth(state, "convert(f:yen, r:x) = f:dollar"), ENT_TRUE);
  assert_int_equal(truth(state, "convert(f:dollar, r:x) = f:yen"), ENT_TRUE);
}

static void functions_are_right(void **state) {
  assert_near(number(state, "sum(f:old, f:new, f:old)").point, 321, 1e-9);
  assert_near(number(state, "mean(f:old, f:new)").point, 110.5, 1e-9);
  assert_near(number(state, "annual_growth(f:old, f:new)").point, 0.1, 1e-9); /* 100, 110, 121 */
  assert_near(number(state, "share(f:old, f:new)").point, 100 / 121.0, 1e-9);
  assert_range(number(state, "point(f:about)"), 100, 100, 100);
  assert_false(ent_range_known(number(state, "point(f:half)")));
  assert_range(number(state, "rank(f:old, f:new, f:old, f:zero)"), 2, 2, 2);
  assert_range(number(state, "rank(f:about, f:old, f:new)"), 2, 2, 3);
  assert_range(number(state, "rank(f:about, f:about, f:new)"), 2, 2, 2);
  assert_range(number(state, "rank(f:share, f:half)"), 2, 2, 2); /* a bound alone lies above it all the same */
  assert_range(number(state, "rank(0.3 ratio, 0.1 ratio + 0.2 ratio)"), 1, 1, 1);
  assert_range(number(state, "years(\"2012\", \"2020\")"), 7 + 1 / 372.0, 8, 9 - 1 / 372.0);
  assert_range(number(state, "years(\"2000-03-01\", \"2021-03-01\")"), 21, 21, 21);
  assert_range(number(state, "months(\"2020-01-15\", \"2021-03-15\")"), 14, 14, 14);
  assert_range(number(state, "days(e:b.start, \"2019-05-20\")"), 10, 10, 10);
  assert_range(number(state, "coded(p:high, stance) - coded(p:low, stance)"), 2, 2.5, 4);
  assert_range(number(state, "count(e, kind=\"pact\", from=\"2017\")"), 2, 3, 3);
  assert_int_equal(truth(state, "coded(p:low, stance) < 0 < coded(p:high, stance)"), ENT_TRUE);
}

static void dates_and_texts_compare(void **state) {
  assert_int_equal(truth(state, "e:a.start < e:b.start"), ENT_TRUE);
  assert_int_equal(truth(state, "e:a.start < \"2017-06\""), ENT_UNDECIDED);
  assert_int_equal(truth(state, "e:a.start >= \"2016\""), ENT_TRUE);
  assert_int_equal(truth(state, "e:b.start = \"2019-05-10\""), ENT_TRUE);
  assert_int_equal(truth(state, "e:a.kind = \"pact\" and e:a.kind != \"war\""), ENT_TRUE);
  assert_int_equal(truth(state, "e:a.actors ~ \"BBB\""), ENT_TRUE);
  assert_int_equal(truth(state, "e:a.actors ~ \"BB\""), ENT_FALSE);
}

static void existence_is_a_truth(void **state) {
  assert_int_equal(truth(state, "exists(f:old) and exists(f:new)"), ENT_TRUE);
  assert_int_equal(truth(state, "exists(f:old) and exists(f:nothing)"), ENT_FALSE);
}

static void what_is_missing_is_named(void **state) {
  answer a = ask(state, "f:old + f:none");
  assert_int_equal(a.outcome, ENT_OUTCOME_GOOD);
  assert_false(ent_range_known(a.evaluation.value.number));
  assert_int_equal(a.evaluation.gap_count, 1);
  assert_string_equal(a.evaluation.gaps[0].why, "no_value");
  assert_string_equal(a.evaluation.gaps[0].subject, "f:none");
  a = ask(state, "f:old / f:zero");
  assert_false(ent_range_known(a.evaluation.value.number));
  assert_string_equal(a.evaluation.gaps[0].why, "by_zero");
  a = ask(state, "annual_growth(f:new, f:old)");
  assert_string_equal(a.evaluation.gaps[0].why, "no_rate");
  a = ask(state, "f:old + f:old + f:new");
  assert_int_equal(a.evaluation.input_count, 2);
}

/* Each is refused, at its place, with these words; the last is of the remedy. */
static void mistakes_are_placed(void **state) {
  static const struct {
    const char *text;
    size_t at;
    ent_expression_fault fault;
    const char *what, *remedy;
  } cases[] = {
      {"", 1, ENT_FAULT_FORM, "the end stands where", "write a number"},
      {"1 +", 4, ENT_FAULT_FORM, "the end stands where", "write a number"},
      {"1 2", 3, ENT_FAULT_FORM, "\"2\" stands where the expression should end", "operator"},
      {"(1 + 2", 1, ENT_FAULT_FORM, "not closed", "add )"},
      {"1 ; 2", 3, ENT_FAULT_FORM, "\";\"", "operators are"},
      {"e:a.kind = \"pact", 12, ENT_FAULT_FORM, "quotes are not closed", "add a quote"},
      {"1.2.3 > 1", 1, ENT_FAULT_FORM, "no number", "decimal point"},
      {"5 persns > 4", 3, ENT_FAULT_FORM, "no unit", "did you mean \"persons\""},
      {"5 currency > 4", 3, ENT_FAULT_FORM, "no unit", "USD"},
      {"grwth(f:old, f:new)", 1, ENT_FAULT_FORM, "no function \"grwth\"", "did you mean \"growth\""},
      {"growth(f:old)", 1, ENT_FAULT_FORM, "1 argument", "growth(old, new)"},
      {"growth(f:old f:new)", 14, ENT_FAULT_FORM, "comma", NULL},
      {"growth(f:old, f:new", 20, ENT_FAULT_FORM, "comma", NULL},
      {"growth > 1", 1, ENT_FAULT_FORM, "means nothing", "did you mean growth(...)"},
      {"\u00e4 > 1", 1, ENT_FAULT_FORM, "stands where", NULL},
      {"e:a.kind = \"\u00e4\" > f:old", 18, ENT_FAULT_UNIT, "can not be compared", NULL},
      {"f:old + f:lost", 9, ENT_FAULT_KEY, "no such row", "f:old"},
      {"f:old + f:share", 9, ENT_FAULT_UNIT, "persons and share", "one unit"},
      {"f:old > 5", 9, ENT_FAULT_UNIT, "persons and a plain number", "5 persons"},
      {"f:yen = f:dollar", 9, ENT_FAULT_UNIT, "JPY and USD", "convert"},
      {"f:none + f:share > 0", 10, ENT_FAULT_UNIT, "persons and share", NULL}, /* though nothing is known */
      {"convert(f:old, r:x)", 9, ENT_FAULT_UNIT, "persons", "rate"},
      {"convert(f:yen, 110)", 16, ENT_FAULT_FORM, "key of a rate", "rates:y"},
      {"sum(f:old, e:a.start)", 12, ENT_FAULT_UNIT, "this is a date", "years(a, b)"},
      {"years(f:old, \"2020\")", 7, ENT_FAULT_UNIT, "a date is wanted", "quotes"},
      {"years(\"soon\", \"2020\")", 7, ENT_FAULT_FORM, "no date", NULL},
      {"e:a.start < \"soon\"", 13, ENT_FAULT_FORM, "no date", NULL},
      {"e:a.kind < \"pact\"", 12, ENT_FAULT_FORM, "no order", "="},
      {"f:old and f:new", 1, ENT_FAULT_FORM, "\"and\" joins comparisons", "compare"},
      {"and 1 > 2", 1, ENT_FAULT_FORM, "joins two", "before"},
      {"(1 > 2) > 3", 11, ENT_FAULT_UNIT, "can not be compared", "and"},
      {"coded(p:low, stance) < coded(p:low, level)", 24, ENT_FAULT_UNIT, "stance and level", NULL},
      {"coded(p:low, mood) > 1", 7, ENT_FAULT_KEY, "no such row", NULL},
      {"coded(p:low, 3) > 1", 14, ENT_FAULT_FORM, "aspect", "stance"},
      {"coded(3, stance) > 1", 7, ENT_FAULT_FORM, "key of a row", "positions:x"},
      {"exists(3)", 8, ENT_FAULT_FORM, "key of a row", NULL},
      {"count(lost) > 1", 7, ENT_FAULT_KEY, "no such row", NULL},
      {"count(f:old) > 1", 7, ENT_FAULT_FORM, "name of a table", "count(events"},
      {"count(e, 3) > 1", 10, ENT_FAULT_FORM, "held against", "count(events"},
      {"count(e, kind=pact) > 1", 15, ENT_FAULT_FORM, "\"pact\"", "quotes"},
      {"sum(kind=\"x\")", 5, ENT_FAULT_FORM, "only count", NULL},
      {"annual_growth(1, f:new)", 15, ENT_FAULT_FORM, "needs keys", NULL},
      {"-\"x\"", 2, ENT_FAULT_UNIT, "this is a text", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    answer a = ask(state, cases[i].text);
    if (a.outcome != ENT_OUTCOME_WRONG) fail_msg("%s is not refused", cases[i].text);
    if (!strstr(a.error.what, cases[i].what) || a.error.at != cases[i].at || a.error.fault != cases[i].fault)
      fail_msg("%s: at %zu, fault %d: %s", cases[i].text, a.error.at, (int)a.error.fault, a.error.what);
    if (cases[i].remedy && (!a.error.remedy || !strstr(a.error.remedy, cases[i].remedy)))
      fail_msg("%s: remedy %s", cases[i].text, a.error.remedy ? a.error.remedy : "none");
  }
}

static void length_and_depth_are_bounded(void **state) {
  char text[ENT_EXPRESSION_LONGEST + 100];
  memset(text, ' ', sizeof text);
  text[sizeof text - 1] = '\0';
  text[0] = '1';
  answer a = ask(state, text);
  assert_int_equal(a.outcome, ENT_OUTCOME_WRONG);
  assert_non_null(strstr(a.error.what, "longer than 4000"));
  text[ENT_EXPRESSION_LONGEST] = '\0';
  assert_int_equal(ask(state, text).outcome, ENT_OUTCOME_GOOD);
  memset(text, '(', 2000);
  text[2000] = '\0';
  a = ask(state, text);
  assert_int_equal(a.outcome, ENT_OUTCOME_WRONG);
  assert_non_null(strstr(a.error.what, "deeper than 40"));
  assert_int_equal(ask(state, "((((((((((1))))))))))").outcome, ENT_OUTCOME_GOOD);
}

static void digits_say_to_what_they_are_rounded(void **state) {
  (void)state;
  assert_near(ent_verdict_rounding("0.14", false), 0.005, 1e-15);
  assert_near(ent_verdict_rounding("0.10", false), 0.005, 1e-15);
  assert_near(ent_verdict_rounding("55300", false), 0.5, 1e-15);
  assert_near(ent_verdict_rounding("55300", true), 50, 1e-12);
  assert_near(ent_verdict_rounding("5.07e12", false), 5e9, 1e-3);
  assert_near(ent_verdict_rounding("-8e9", false), 5e8, 1e-3);
  assert_near(ent_verdict_rounding("0", true), 5, 1e-12);
  assert_near(ent_verdict_rounding("x", false), 0, 0);
}

static ent_verdict verdict(void **state, const char *text, ent_relation relation, ent_range stated, double tolerance,
                           double *difference) {
  answer a = ask(state, text);
  ent_statement statement = {relation, stated, tolerance};
  assert_int_equal(a.outcome, ENT_OUTCOME_GOOD);
  return ent_verdict_of(&a.evaluation, &statement, difference);
}

static void verdicts_follow_the_ranges(void **state) {
  double d;
  ent_range twenty = ent_range_exact(0.2), hundred = ent_range_exact(100);
  assert_int_equal(verdict(state, "growth(f:old, f:new)", ENT_RELATION_EQUAL, twenty, 0.005, &d), ENT_DIFFERS);
  assert_near(d, 0.01, 1e-9);
  assert_int_equal(verdict(state, "growth(f:old, f:new)", ENT_RELATION_EQUAL, twenty, 0.01, &d), ENT_REPRODUCED);
  assert_true(isnan(d));
  assert_int_equal(verdict(state, "growth(f:old, f:new)", ENT_RELATION_ABOUT, twenty, 0.02, &d), ENT_REPRODUCED);
  assert_int_equal(verdict(state, "growth(f:old, f:new)", ENT_RELATION_ABOVE, twenty, 0, &d), ENT_REPRODUCED);
  assert_int_equal(verdict(state, "growth(f:old, f:new)", ENT_RELATION_BELOW, twenty, 0, &d), ENT_DIFFERS);
  assert_int_equal(verdict(state, "f:about", ENT_RELATION_ABOVE, hundred, 0, &d), ENT_NO_DATA);
  assert_int_equal(verdict(state, "f:more", ENT_RELATION_ABOVE, hundred, 0, &d), ENT_REPRODUCED);
  assert_int_equal(verdict(state, "f:old", ENT_RELATION_ABOVE, hundred, 0, &d), ENT_DIFFERS);
  assert_int_equal(verdict(state, "f:old", ENT_RELATION_AT_LEAST, hundred, 0, &d), ENT_REPRODUCED);
  assert_int_equal(verdict(state, "f:new", ENT_RELATION_AT_MOST, hundred, 0, &d), ENT_DIFFERS);
  assert_int_equal(verdict(state, "f:none", ENT_RELATION_EQUAL, hundred, 1, &d), ENT_NO_DATA);
  assert_int_equal(verdict(state, "f:old < f:new", ENT_RELATION_HOLDS, hundred, 0, &d), ENT_REPRODUCED);
  assert_int_equal(verdict(state, "f:old > f:new", ENT_RELATION_HOLDS, hundred, 0, &d), ENT_DIFFERS);
  assert_near(d, -21, 1e-9);
  assert_int_equal(verdict(state, "f:about > f:old", ENT_RELATION_HOLDS, hundred, 0, &d), ENT_NO_DATA);
}

static int start(void **state) {
  *state = ent_arena_new(0);
  return *state ? 0 : -1;
}

static int end(void **state) {
  ent_arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(joints_bind_as_in_arithmetic),
      cmocka_unit_test(chains_hold_when_each_link_does),
      cmocka_unit_test(qualifiers_leave_ranges),
      cmocka_unit_test(ranges_are_computed_by_their_ends),
      cmocka_unit_test(both_sides_are_kept),
      cmocka_unit_test(what_ranges_allow_both_ways_is_undecided),
      cmocka_unit_test(units_are_kept),
      cmocka_unit_test(functions_are_right),
      cmocka_unit_test(dates_and_texts_compare),
      cmocka_unit_test(existence_is_a_truth),
      cmocka_unit_test(what_is_missing_is_named),
      cmocka_unit_test(mistakes_are_placed),
      cmocka_unit_test(length_and_depth_are_bounded),
      cmocka_unit_test(digits_say_to_what_they_are_rounded),
      cmocka_unit_test(verdicts_follow_the_ranges),
  };
  return cmocka_run_group_tests(tests, start, end);
}
