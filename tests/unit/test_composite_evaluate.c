/* One evaluation of a composite: each step against figures computed by hand, and what is refused, with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "entente/composite.h"
#include "near.h"

#define NO NAN
#define EXACT 1e-13

/* One indicator that is its own top: normalised values are scores. */
static const int alone_parent[] = {-1};

typedef struct one {
  double treated[16], imputed[16], normalised[16];
  ent_composite_fault fault;
} one;

static ent_composite_reason of_one(const double *values, size_t units, const ent_composite_methods *methods,
                                   const ent_composite_tree *more, one *out) {
  ent_composite_tree tree = more ? *more : (ent_composite_tree){0};
  ent_composite_data data = {.unit_count = units, .indicator_count = 1, .values = values};
  ent_composite_scores scores = {.treated = out->treated, .imputed = out->imputed, .normalised = out->normalised};
  tree.node_count = 1;
  tree.parent = alone_parent;
  return ent_composite_evaluate(&data, &tree, methods, &scores, &out->fault);
}

#define assert_all_near(wanted, got)                                                              \
  do {                                                                                            \
    size_t at_;                                                                                   \
    for (at_ = 0; at_ < sizeof(wanted) / sizeof *(wanted); at_++)                                 \
      if (!near((wanted)[at_], (got)[at_], EXACT))                                                \
        fail_msg("[%zu] is %.17g, wanted %.17g", at_, (double)(got)[at_], (double)(wanted)[at_]); \
  } while (0)

#define assert_wrong(reason_, unit_, node_, call) \
  do {                                            \
    ent_composite_fault *fault_ = &fault;         \
    memset(fault_, 7, sizeof *fault_);            \
    assert_int_equal((call), (reason_));          \
    assert_int_equal(fault_->reason, (reason_));  \
    assert_int_equal(fault_->unit, (unit_));      \
    assert_int_equal(fault_->node, (node_));      \
  } while (0)

/* ---- normalisation ---- */

static void normalises(void **state) {
  const double values[] = {2, NO, 8, 4, 8, -1};
  const double low[] = {0}, high[] = {5}, reference[] = {4};
  const int less[] = {-1};
  ent_composite_tree up = {.low = low, .high = high, .reference = reference}, down = up;
  const struct {
    ent_composite_normalisation method;
    double up[6], down[6];
  } cases[] = {
      {ENT_NORMALISE_GOALPOSTS, {40, NO, 100, 80, 100, 0}, {60, NO, 0, 20, 0, 100}},
      {ENT_NORMALISE_MIN_MAX, {100. / 3, NO, 100, 500. / 9, 100, 0}, {200. / 3, NO, 0, 400. / 9, 0, 100}},
      /* mean 4.2, squared deviations 4.84 14.44 .04 14.44 27.04, variance 15.2 */
      {ENT_NORMALISE_Z_SCORE,
       {-2.2 / sqrt(15.2), NO, 3.8 / sqrt(15.2), -.2 / sqrt(15.2), 3.8 / sqrt(15.2), -5.2 / sqrt(15.2)},
       {2.2 / sqrt(15.2), NO, -3.8 / sqrt(15.2), .2 / sqrt(15.2), -3.8 / sqrt(15.2), 5.2 / sqrt(15.2)}},
      {ENT_NORMALISE_RANK, {2, NO, 4.5, 3, 4.5, 1}, {4, NO, 1.5, 3, 1.5, 5}},
      {ENT_NORMALISE_PERCENTILE_RANK, {25, NO, 87.5, 50, 87.5, 0}, {75, NO, 12.5, 50, 12.5, 100}},
      {ENT_NORMALISE_BORDA, {1, NO, 3.5, 2, 3.5, 0}, {3, NO, .5, 2, .5, 4}},
  };
  size_t k;
  (void)state;
  down.direction = less;
  for (k = 0; k < sizeof cases / sizeof *cases; k++) {
    ent_composite_methods methods = {.normalisation = cases[k].method};
    one out;
    assert_int_equal(of_one(values, 6, &methods, &up, &out), ENT_COMPOSITE_FINE);
    assert_all_near(cases[k].up, out.normalised);
    assert_int_equal(of_one(values, 6, &methods, &down, &out), ENT_COMPOSITE_FINE);
    assert_all_near(cases[k].down, out.normalised);
  }
}

static void measures_distance_to_a_reference(void **state) {
  const double values[] = {2, NO, 8, 1}, reference[] = {4}, up[] = {.5, NO, 2, .25}, down[] = {2, NO, .5, 4};
  const int less[] = {-1};
  ent_composite_tree tree = {.reference = reference};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_REFERENCE};
  one out;
  (void)state;
  assert_int_equal(of_one(values, 4, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_all_near(up, out.normalised);
  tree.direction = less;
  assert_int_equal(of_one(values, 4, &methods, &tree, &out), ENT_COMPOSITE_FINE);
  assert_all_near(down, out.normalised);
}

static void scales_shares_to_what_is_asked_for(void **state) {
  const double values[] = {1, 2, 3}, wanted[] = {1, 4, 7};
  ent_composite_methods methods = {.normalisation = ENT_NORMALISE_MIN_MAX, .from = 1, .to = 7};
  one out;
  (void)state;
  assert_int_equal(of_one(values, 3, &methods, NULL, &out), ENT_COMPOSITE_FINE);
  assert_all_near(wanted, out.normalised);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(normalises),
      cmocka_unit_test(measures_distance_to_a_reference),
      cmocka_unit_test(scales_shares_to_what_is_asked_for),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
