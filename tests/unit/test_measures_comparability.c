/* Whether two figures can be compared, and which rate converts money: each rule by a figure that breaks it alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measures/comparability.h"

enum { INDICATOR = 1, RULE = 10, WIDE_RULE, OTHER_RULE, HOME = 20, ABROAD, THIRD, HERE = 30, REGION, A = 40, B, WHOLE };

static const ent_key rule[] = {RULE, WIDE_RULE}, other_rule[] = {OTHER_RULE}, wide_rule[] = {WIDE_RULE};

/* A figure of one actor in one year, in a unit that is no money. */
static ent_comparable figure(ent_key key) {
  const ent_comparable f = {.key = key,
                            .indicator = INDICATOR,
                            .subjects = {key == A ? HOME : ABROAD},
                            .actor_kind = "state",
                            .period = {100, 464},
                            .years = {100, 464},
                            .unit = "share",
                            .currency = "",
                            .price_basis = "",
                            .status = "reported",
                            .has_value = true,
                            .definitions = rule,
                            .definition_count = 2,
                            .definition_expected = true,
                            .accounting = "national",
                            .converted_currency = ""};
  return f;
}

static ent_comparable money(ent_key key, const char *currency) {
  ent_comparable f = figure(key);
  f.unit = "currency";
  f.currency = currency;
  f.price_basis = "current";
  return f;
}

static ent_comparison judge(const ent_comparable *a, const ent_comparable *b) {
  return ent_comparability_judge(a, b, NULL, 0, false, NULL);
}

/* The verdict, and that it comes from one aspect alone; the same in both directions. */
static void assert_alone(const ent_comparable *a, const ent_comparable *b, ent_compared_aspect aspect,
                         ent_hindrance effect, const char *code) {
  ent_comparison both[2] = {judge(a, b), judge(b, a)};
  size_t i, side;
  for (side = 0; side < 2; side++) {
    assert_int_equal(both[side].verdict, effect);
    assert_string_equal(both[side].points[aspect].code, code);
    for (i = 0; i < ENT_ASPECTS; i++)
      if (i != aspect) assert_int_equal(both[side].points[i].effect, ENT_HINDERS_NOT);
  }
}

static void alike_but_for_one_subject_is_comparable(void **state) {
  const ent_comparable a = figure(A), b = figure(B);
  ent_comparison c = judge(&a, &b);
  (void)state;
  assert_int_equal(c.verdict, ENT_HINDERS_NOT);
  assert_string_equal(c.points[ENT_ASPECT_COVERAGE].code, "one");
  assert_false(c.points[ENT_ASPECT_PRICES].asked);
  assert_false(c.same_thing);
}

static void two_figures_of_one_thing_say_so(void **state) {
  ent_comparable a = figure(A), b = figure(B);
  (void)state;
  b.subjects[0] = a.subjects[0];
  assert_true(judge(&a, &b).same_thing);
  b.status = "planned";
  assert_false(judge(&a, &b).same_thing);
}

static void each_difference_counts_by_itself(void **state) {
  const ent_comparable a = figure(A), plain = figure(B);
  ent_comparable b = plain;
  (void)state;
  b.indicator = INDICATOR + 1;
  assert_alone(&a, &b, ENT_ASPECT_INDICATOR, ENT_FORBIDS, "differs");
  b = plain, b.unit = "persons";
  assert_alone(&a, &b, ENT_ASPECT_UNIT, ENT_FORBIDS, "differs");
  b = plain, b.has_value = false;
  assert_alone(&a, &b, ENT_ASPECT_NUMBER, ENT_FORBIDS, "none");
  b.has_low = true;
  assert_alone(&a, &b, ENT_ASPECT_NUMBER, ENT_LIMITS, "bound");
  b.has_high = true;
  assert_alone(&a, &b, ENT_ASPECT_NUMBER, ENT_HINDERS_NOT, "same");
  b = plain, b.actor_kind = "population";
  assert_alone(&a, &b, ENT_ASPECT_COVERAGE, ENT_LIMITS, "other_kind");
  b = plain, b.subjects[1] = THIRD;
  assert_alone(&a, &b, ENT_ASPECT_COVERAGE, ENT_LIMITS, "several");
  b = plain, b.period.last = 200;
  assert_alone(&a, &b, ENT_ASPECT_PERIOD, ENT_LIMITS, "overlaps");
  b.period.first = b.period.last = 465;
  assert_alone(&a, &b, ENT_ASPECT_PERIOD, ENT_LIMITS, "one_year");
  b.years.first = b.years.last = 465;
  assert_alone(&a, &b, ENT_ASPECT_PERIOD, ENT_FORBIDS, "other");
  b.subjects[0] = a.subjects[0];
  assert_alone(&a, &b, ENT_ASPECT_PERIOD, ENT_LIMITS, "change");
  b = plain, b.definitions = other_rule, b.definition_count = 1;
  assert_alone(&a, &b, ENT_ASPECT_DEFINITION, ENT_FORBIDS, "differs");
  b.definitions = wide_rule;
  assert_alone(&a, &b, ENT_ASPECT_DEFINITION, ENT_FORBIDS, "wider");
  b.definition_count = 0;
  assert_alone(&a, &b, ENT_ASPECT_DEFINITION, ENT_LIMITS, "one_unstated");
  b = plain, b.status = "demanded";
  assert_alone(&a, &b, ENT_ASPECT_STATUS, ENT_LIMITS, "differs");
}

static void accounting_is_asked_where_both_have_a_rule(void **state) {
  ent_comparable a = figure(A), b = figure(B);
  (void)state;
  b.definitions = other_rule, b.definition_count = 1, b.accounting = "sipri";
  assert_int_equal(judge(&a, &b).points[ENT_ASPECT_ACCOUNTING].effect, ENT_LIMITS);
  a.definition_count = 0;
  assert_false(judge(&a, &b).points[ENT_ASPECT_ACCOUNTING].asked);
  b.definition_count = 0;
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_DEFINITION].code, "unstated");
  a.definition_expected = b.definition_expected = false;
  assert_alone(&a, &b, ENT_ASPECT_DEFINITION, ENT_HINDERS_NOT, "of_indicator");
}

static void a_place_inside_the_other_is_no_second_thing(void **state) {
  static const ent_key inside[] = {REGION};
  ent_comparable a = figure(A), b = figure(B);
  (void)state;
  b.subjects[0] = a.subjects[0];
  a.subjects[3] = HERE, a.places = inside, a.place_count = 1;
  b.subjects[3] = REGION;
  assert_alone(&a, &b, ENT_ASPECT_COVERAGE, ENT_FORBIDS, "within");
}

static void money_needs_one_price_basis(void **state) {
  const ent_comparable a = money(A, "JPY"), plain = money(B, "JPY");
  ent_comparable b = plain;
  (void)state;
  assert_int_equal(judge(&a, &b).verdict, ENT_HINDERS_NOT);
  b.price_basis = "constant";
  assert_alone(&a, &b, ENT_ASPECT_PRICES, ENT_FORBIDS, "differs");
  b.price_basis = "";
  assert_alone(&a, &b, ENT_ASPECT_PRICES, ENT_LIMITS, "unstated");
  b = plain, b.period.first = b.period.last = 999, b.years = b.period, b.subjects[0] = a.subjects[0];
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_PRICES].code, "nominal");
}

static void two_currencies_need_a_conversion(void **state) {
  static const ent_key rates[] = {71, 72}, one[] = {72}, other[] = {73};
  ent_comparable a = money(A, "JPY"), b = money(B, "KRW");
  (void)state;
  assert_int_equal(judge(&a, &b).verdict, ENT_FORBIDS);
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_CONVERSION].code, "none");
  assert_string_equal(ent_comparability_judge(&a, &b, NULL, 0, true, NULL).points[ENT_ASPECT_CONVERSION].code, "rate");
  a.converted_currency = b.converted_currency = "USD";
  a.rates = rates, a.rate_count = 2;
  b.rates = one, b.rate_count = 1;
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_CONVERSION].code, "one_rule");
  b.rates = other;
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_CONVERSION].code, "two_rules");
  assert_int_equal(judge(&a, &b).verdict, ENT_LIMITS);
}

static void a_part_is_told_through_the_chain(void **state) {
  static const ent_key up[] = {WHOLE, B};
  static const bool inferred[] = {false, true}, stated[] = {false, false};
  ent_comparable a = figure(A), b = figure(B);
  ent_comparison c;
  (void)state;
  b.subjects[0] = a.subjects[0];
  a.wholes = up, a.whole_count = 2, a.inferred = inferred;
  c = judge(&a, &b);
  assert_int_equal(c.part, 1);
  assert_int_equal(c.part_links, 2);
  assert_true(c.part_inferred);
  assert_int_equal(c.verdict, ENT_FORBIDS);
  assert_int_equal(judge(&b, &a).part, -1);
  a.inferred = stated;
  assert_string_equal(judge(&a, &b).points[ENT_ASPECT_NESTING].code, "part_stated");
  a.whole_count = 1, b.wholes = up, b.whole_count = 1, b.inferred = stated; /* both in WHOLE */
  c = judge(&a, &b);
  assert_int_equal(c.part, 0);
  assert_string_equal(c.points[ENT_ASPECT_NESTING].code, "one_whole");
}

static void an_objection_is_inherited(void **state) {
  static const ent_key up[] = {WHOLE};
  static const bool stated[] = {false};
  const ent_comparable_statement rows[] = {{WIDE_RULE, OTHER_RULE, ENT_COMPARABLE_NO, true},
                                           {B, WHOLE, ENT_COMPARABLE_LIMITED, false},
                                           {WIDE_RULE, RULE, ENT_COMPARABLE_NO, true},
                                           {OTHER_RULE, THIRD, ENT_COMPARABLE_NO, true}};
  ent_reach reach[4];
  ent_comparable a = figure(A), b = figure(B);
  ent_comparison c;
  (void)state;
  b.definitions = other_rule, b.definition_count = 1;
  a.wholes = up, a.whole_count = 1, a.inferred = stated;
  c = ent_comparability_judge(&a, &b, rows, 4, false, reach);
  assert_int_equal(reach[0], ENT_REACHES_WIDER);
  assert_int_equal(reach[1], ENT_REACHES_WHOLE);
  assert_int_equal(reach[2], ENT_REACHES_NOT);
  assert_int_equal(reach[3], ENT_REACHES_NOT);
  assert_string_equal(c.points[ENT_ASPECT_OBJECTION].code, "author_no");
  b = figure(B); /* both by one rule: what is said of it and the wider one does not tell them apart */
  a.whole_count = 0;
  c = ent_comparability_judge(&a, &b, &rows[2], 1, false, reach);
  assert_int_equal(reach[0], ENT_REACHES_NOT);
  assert_int_equal(c.verdict, ENT_HINDERS_NOT);
}

static void an_author_may_lift_a_definition_and_we_may_not(void **state) {
  ent_comparable_statement rows[] = {{OTHER_RULE, RULE, ENT_COMPARABLE_LIMITED, true},
                                     {A, B, ENT_COMPARABLE_NO, false}};
  ent_reach reach[2];
  ent_comparable a = figure(A), b = figure(B);
  ent_comparison c;
  (void)state;
  b.definitions = other_rule, b.definition_count = 1;
  c = ent_comparability_judge(&a, &b, rows, 1, false, reach);
  assert_int_equal(reach[0], ENT_REACHES_DEFINITION);
  assert_string_equal(c.points[ENT_ASPECT_DEFINITION].code, "allowed");
  assert_int_equal(c.verdict, ENT_LIMITS);
  rows[0].by_author = false; /* the same as our own judgement */
  c = ent_comparability_judge(&a, &b, rows, 1, false, reach);
  assert_int_equal(c.verdict, ENT_FORBIDS);
  rows[0].by_author = true, rows[1].by_author = true; /* another author says no */
  c = ent_comparability_judge(&a, &b, rows, 2, false, reach);
  assert_string_equal(c.points[ENT_ASPECT_DEFINITION].code, "differs");
  assert_int_equal(c.points[ENT_ASPECT_OBJECTION].effect, ENT_FORBIDS);
  b = figure(B); /* our own no, alone, limits */
  rows[1].by_author = false;
  c = ent_comparability_judge(&a, &b, &rows[1], 1, false, reach);
  assert_int_equal(c.verdict, ENT_LIMITS);
  assert_string_equal(c.points[ENT_ASPECT_OBJECTION].code, "own");
}

/* ---- rates ---- */

static void the_rate_nearest_to_the_day_comes_first(void **state) {
  const ent_rate rates[] = {{1, "JPY", "USD", {0, 364}, 0.0090},    /* the year */
                            {2, "JPY", "USD", {170, 180}, 0.0091},  /* days before */
                            {3, "JPY", "USD", {181, 211}, 0.0092},  /* the month */
                            {4, "USD", "JPY", {181, 181}, 108},     /* the day, for the other direction */
                            {5, "JPY", "USD", {181, 181}, 0.0093},  /* the day */
                            {6, "JPY", "USD", {365, 365}, 0.0094},  /* the day after the year */
                            {7, "KRW", "USD", {181, 181}, 0.0008}}; /* another currency */
  const ent_span year = {0, 364};
  size_t order[7];
  (void)state;
  assert_int_equal(ent_comparability_rates(rates, 7, "JPY", "USD", year, 181, 7, order), 5);
  assert_int_equal(order[0], 4);
  assert_int_equal(order[1], 3);
  assert_int_equal(order[2], 2);
  assert_int_equal(order[3], 0);
  assert_int_equal(order[4], 1);
  assert_int_equal(ent_comparability_rates(rates, 7, "USD", "JPY", year, 181, 7, order), 5);
  assert_int_equal(order[0], 3);
  assert_int_equal(ent_comparability_rates(rates, 7, "KRW", "JPY", year, 181, 7, order), 0);
  assert_int_equal(ent_comparability_rates(rates, 7, "JPY", "USD", year, 181, 2, order), 2); /* the nearest two */
  assert_int_equal(order[0], 4);
  assert_int_equal(order[1], 3);
  assert_int_equal(ent_comparability_rates(rates, 7, "JPY", "USD", year, 181, 0, order), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(alike_but_for_one_subject_is_comparable),
                                     cmocka_unit_test(two_figures_of_one_thing_say_so),
                                     cmocka_unit_test(each_difference_counts_by_itself),
                                     cmocka_unit_test(accounting_is_asked_where_both_have_a_rule),
                                     cmocka_unit_test(a_place_inside_the_other_is_no_second_thing),
                                     cmocka_unit_test(money_needs_one_price_basis),
                                     cmocka_unit_test(two_currencies_need_a_conversion),
                                     cmocka_unit_test(a_part_is_told_through_the_chain),
                                     cmocka_unit_test(an_objection_is_inherited),
                                     cmocka_unit_test(an_author_may_lift_a_definition_and_we_may_not),
                                     cmocka_unit_test(the_rate_nearest_to_the_day_comes_first)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
