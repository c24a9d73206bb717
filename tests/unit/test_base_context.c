/* Tests of base/context: the error chain and the share folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/context.h"

static int open_context(void **state) {
  ent_context *context;
  if (ent_context_new("share", &context) != ENT_OK) return -1;
  *state = context;
  return 0;
}

static int close_context(void **state) {
  ent_context_free(*state);
  return 0;
}

static void joins_where_what_remedy_and_doing(void **state) {
  ent_context *context = *state;
  assert_string_equal(ent_context_message(context), "");
  ent_status status =
      ent_fail(context, ENT_INVALID, "rates.csv:4", "did you mean \"JPY\"?", "unit \"%s\" is unknown", "JPX");
  assert_int_equal(status, ENT_INVALID);
  assert_int_equal(ent_fail_while(context, status, "reading table %s", "rates"), ENT_INVALID);
  assert_int_equal(ent_fail_while(context, status, "loading study %d", 7), ENT_INVALID);
  assert_string_equal(ent_context_message(context),
                      "rates.csv:4: unit \"JPX\" is unknown; did you mean \"JPY\"?\n  while reading table rates\n"
                      "  while loading study 7");
}

static void leaves_out_what_is_not_given(void **state) {
  ent_context *context = *state;
  assert_int_equal(ent_fail(context, ENT_STORE, NULL, NULL, "100%% full"), ENT_STORE);
  assert_string_equal(ent_context_message(context), "100% full");
}

static void first_failure_wins_until_cleared(void **state) {
  ent_context *context = *state;
  assert_int_equal(ent_fail(context, ENT_INVALID, "a", NULL, "first"), ENT_INVALID);
  assert_int_equal(ent_fail(context, ENT_STORE, "b", NULL, "second"), ENT_STORE); /* the status is still its caller's */
  assert_string_equal(ent_context_message(context), "a: first");
  ent_context_clear(context);
  assert_string_equal(ent_context_message(context), "");
  assert_int_equal(ent_fail_memory(context), ENT_STORE);
  assert_string_equal(ent_context_message(context), "memory is short; close other programs and try again");
}

static void a_chain_may_begin_with_what_was_done(void **state) {
  ent_context *context = *state;
  assert_int_equal(ent_fail_while(context, ENT_STORE, "closing"), ENT_STORE);
  assert_string_equal(ent_context_message(context), "failed\n  while closing");
}

static void works_without_a_context(void **state) {
  (void)state;
  assert_int_equal(ent_fail(NULL, ENT_USAGE, NULL, NULL, "x"), ENT_USAGE);
  assert_int_equal(ent_fail_while(NULL, ENT_USAGE, "x"), ENT_USAGE);
  assert_int_equal(ent_fail_memory(NULL), ENT_STORE);
  assert_string_equal(ent_context_message(NULL), "");
  ent_context_clear(NULL);
  ent_context_free(NULL);
}

static const char *share_of_new(const char *share, char *kept, size_t size) {
  ent_context *context;
  assert_int_equal(ent_context_new(share, &context), ENT_OK);
  size_t i = 0;
  for (const char *from = ent_context_share(context); i + 1 < size && from[i]; i++) kept[i] = from[i];
  kept[i] = '\0';
  ent_context_free(context);
  return kept;
}

static void share_is_told_or_from_the_environment(void **state) {
  (void)state;
  char kept[100], fallback[100];
  assert_int_equal(unsetenv("ENTENTE_SHARE"), 0);
  share_of_new(NULL, fallback, sizeof fallback);
  assert_string_not_equal(fallback, "");
  assert_int_equal(setenv("ENTENTE_SHARE", "/some/where", 1), 0);
  assert_string_equal(share_of_new(NULL, kept, sizeof kept), "/some/where");
  assert_string_equal(share_of_new("else/where", kept, sizeof kept), "else/where");
  assert_int_equal(setenv("ENTENTE_SHARE", "", 1), 0);
  assert_string_equal(share_of_new(NULL, kept, sizeof kept), fallback);
  assert_int_equal(unsetenv("ENTENTE_SHARE"), 0);
}

static void version_has_three_numbers(void **state) {
  (void)state;
  const char *at = ent_version();
  for (int i = 0; i < 3; i++) {
    char *end;
    assert_in_range(*at, '0', '9');
    strtol(at, &end, 10);
    assert_int_equal(*end, i < 2 ? '.' : '\0');
    at = end + 1;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(joins_where_what_remedy_and_doing, open_context, close_context),
      cmocka_unit_test_setup_teardown(leaves_out_what_is_not_given, open_context, close_context),
      cmocka_unit_test_setup_teardown(first_failure_wins_until_cleared, open_context, close_context),
      cmocka_unit_test_setup_teardown(a_chain_may_begin_with_what_was_done, open_context, close_context),
      cmocka_unit_test(works_without_a_context),
      cmocka_unit_test(share_is_told_or_from_the_environment),
      cmocka_unit_test(version_has_three_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
