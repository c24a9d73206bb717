/* Tests of base/json: reading with places and limits, borrowed values, writing. */
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "near.h"

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

static ent_json *read_good(ent_context *context, const char *text) {
  ent_json *json;
  ent_status status = ent_json_read(context, "x.json", text, strlen(text), &json);
  if (status != ENT_OK) fail_msg("%s", ent_context_message(context));
  return json;
}

static void reads_values_of_each_type(void **state) {
  ent_json *json = read_good(*state,
                             "{\"name\": \"B\xC3\xBCndnis\", \"whole\": 12, \"part\": -2.5, "
                             "\"yes\": true, \"no\": false, \"nothing\": null, "
                             "\"list\": [1, \"two\", {}], \"in\": {\"k\": \"v\"}}");
  assert_true(ent_json_is_object(json));
  assert_int_equal(ent_json_count(json), 8);
  assert_string_equal(ent_json_get_text(json, "name"), "B\xC3\xBCndnis");
  assert_true(near(ent_json_get_number(json, "whole", 0), 12, 0));
  assert_true(near(ent_json_get_number(json, "part", 0), -2.5, 0));
  assert_true(ent_json_get_bool(json, "yes", false));
  assert_false(ent_json_get_bool(json, "no", true));
  const ent_json *list = ent_json_get(json, "list");
  assert_true(ent_json_is_array(list));
  assert_int_equal(ent_json_count(list), 3);
  assert_true(ent_json_is_number(ent_json_at(list, 0)));
  assert_true(ent_json_is_text(ent_json_at(list, 1)));
  assert_true(ent_json_is_object(ent_json_at(list, 2)));
  assert_string_equal(ent_json_get_text(ent_json_get(json, "in"), "k"), "v");
  ent_json_free(json);
}

static void another_type_gives_the_fallback(void **state) {
  ent_json *json = read_good(*state, "{\"text\": \"12\", \"number\": 12, \"nothing\": null, \"list\": []}");
  assert_null(ent_json_get(json, "absent"));
  assert_null(ent_json_get(NULL, "absent"));
  assert_null(ent_json_get(ent_json_get(json, "list"), "absent"));
  assert_null(ent_json_get_text(json, "number"));
  assert_null(ent_json_text(NULL));
  assert_true(near(ent_json_get_number(json, "text", 7), 7, 0));
  assert_true(near(ent_json_get_number(json, "absent", 7), 7, 0));
  assert_true(ent_json_get_bool(json, "number", true));
  assert_true(ent_json_get_bool(json, "nothing", true));
  assert_null(ent_json_at(json, 0));
  assert_null(ent_json_at(ent_json_get(json, "list"), 0));
  assert_int_equal(ent_json_count(ent_json_get(json, "text")), 0);
  assert_int_equal(ent_json_count(NULL), 0);
  assert_false(ent_json_is_object(NULL));
  assert_false(ent_json_is_array(json));
  ent_json_free(json);
  ent_json_free(NULL);
}

static void members_keep_the_order_of_the_document(void **state) {
  ent_json *json = read_good(*state, "{\"zeta\": 1, \"alpha\": 2, \"mu\": 3}");
  static const char *const keys[] = {"zeta", "alpha", "mu"};
  const ent_json *value;
  for (size_t i = 0; i < 3; i++) {
    assert_string_equal(ent_json_key_at(json, i, &value), keys[i]);
    assert_true(near(ent_json_number(value, 0), (double)i + 1, 0));
  }
  assert_null(ent_json_key_at(json, 3, &value));
  assert_null(value);
  assert_null(ent_json_key_at(NULL, 0, NULL));
  ent_json_free(json);
}

static void refuses_with_the_place(void **state) {
  static const struct {
    const char *text, *start;
  } bad[] = {
      {"", "x.json:1:1: "},
      {"{\n  \"a\": 1,\n  \"b\": oops\n}", "x.json:3:11: "},
      {"{\"a\": 1, \"a\": 2}", "x.json:1:12: duplicate object key"},
      {"{\"a\": 1} rest", "x.json:1:13: "},
      {"[1, 2", "x.json:1:5: "},
      {"[NaN]", "x.json:1:4: "},
      {"[1e999]", "x.json:1:6: "},
      {"[\"\\u0000\"]", "x.json:1:"},
      {"[\"\xFF\"]", "x.json:1:"},
      {"[01]", "x.json:1:"},
      {"// no\n[]", "x.json:1:"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    ent_json *json;
    assert_int_equal(ent_json_read(*state, "x.json", bad[i].text, strlen(bad[i].text), &json), ENT_INVALID);
    assert_null(json);
    const char *message = ent_context_message(*state);
    if (strncmp(message, bad[i].start, strlen(bad[i].start)) != 0) fail_msg("%s: %s", bad[i].text, message);
    ent_context_clear(*state);
  }
}

/* depth brackets around a word that may hold brackets itself */
static ent_status read_nested(ent_context *context, int depth, const char *inside) {
  ent_text text = {0};
  for (int i = 0; i < depth; i++) ent_text_add(&text, i % 2 ? "{\"k\":" : "[\n");
  ent_text_add(&text, inside);
  for (int i = depth - 1; i >= 0; i--) ent_text_add(&text, i % 2 ? "}" : "]");
  ent_json *json;
  ent_status status = ent_json_read(context, "x.json", text.data, text.length, &json);
  ent_json_free(json);
  ent_text_clear(&text);
  return status;
}

static void bounds_nesting(void **state) {
  assert_int_equal(read_nested(*state, 200, "1"), ENT_OK);
  assert_int_equal(read_nested(*state, 200, "\"[[[{{{\\\"[[[\\\\\""), ENT_OK); /* brackets in text do not count */
  assert_int_equal(read_nested(*state, 201, "1"), ENT_INVALID);
  assert_string_equal(ent_context_message(*state),
                      "x.json:101:6: nested deeper than 200 levels; write it with fewer levels");
  ent_context_clear(*state);
  assert_int_equal(read_nested(*state, 100000, "1"), ENT_INVALID);
}

static void skips_a_byte_order_mark(void **state) {
  ent_json *json = read_good(*state, "\xEF\xBB\xBF{\"a\": 1}");
  assert_int_equal(ent_json_count(json), 1);
  ent_json_free(json);
}

static void does_not_touch_documents_that_are_too_large(void **state) {
  ent_json *json;
  assert_int_equal(ent_json_read(*state, "x.json", "[]", ((size_t)32 << 20) + 1, &json), ENT_INVALID);
  assert_null(json);
  assert_string_equal(ent_context_message(*state), "x.json: the document is larger than 32 MB; shorten it");
}

static void writes_what_was_set(void **state) {
  (void)state;
  ent_json *json = ent_json_object(), *list = ent_json_array();
  assert_true(ent_json_set_text(json, "text", "B\xC3\xBCndnis \"x\""));
  assert_true(ent_json_set_text(json, "none", NULL));
  assert_true(ent_json_set_number(json, "score", 61.23456789));
  assert_true(ent_json_set_number(json, "even", 60));
  assert_true(ent_json_set_number(json, "zero", -0.0));
  assert_true(ent_json_set_number(json, "missing", NAN));
  assert_true(ent_json_set_integer(json, "count", INT64_C(123456789012)));
  assert_true(ent_json_set_bool(json, "flag", true));
  assert_true(ent_json_add_text(list, "a"));
  assert_true(ent_json_add_number(list, 0.5));
  assert_true(ent_json_add_number(list, NAN));
  assert_true(ent_json_add(list, ent_json_object()));
  assert_true(ent_json_set(json, "list", list));
  ent_text text = {0};
  assert_true(ent_json_print(json, false, &text));
  assert_string_equal(text.data,
                      "{\"text\":\"B\xC3\xBCndnis \\\"x\\\"\",\"none\":null,\"score\":61.2346,\"even\":60.0,"
                      "\"zero\":0.0,\"missing\":null,\"count\":123456789012,\"flag\":true,"
                      "\"list\":[\"a\",0.5,null,{}]}");
  ent_text_clear(&text);
  ent_json_free(json);
}

static void indents_by_two_and_ends_the_line(void **state) {
  (void)state;
  ent_json *json = ent_json_object();
  assert_true(ent_json_set_integer(json, "a", 1));
  ent_text text = {0};
  ent_text_add(&text, "before ");
  assert_true(ent_json_print(json, true, &text));
  assert_string_equal(text.data, "before {\n  \"a\": 1\n}\n");
  ent_text_clear(&text);
  ent_json_free(json);
}

/* What a terminal would obey is written as an escape; what is no UTF-8, as in names of folders, as "?". */
static void writes_nothing_that_a_terminal_obeys(void **state) {
  (void)state;
  ent_json *list = ent_json_array();
  assert_true(ent_json_add_text(list, "\x1b[2J \x7f \xC2\x9B \xE2\x80\xAE \xE2\x81\xA6 \xE2\x80\x8F \xC3\xBC"));
  assert_true(ent_json_add_text(list, "B\xFCndnis"));
  ent_text text = {0};
  assert_true(ent_json_print(list, false, &text));
  assert_string_equal(text.data, "[\"\\u001B[2J \\u007F \\u009B \\u202E \\u2066 \xE2\x80\x8F \xC3\xBC\",\"B?ndnis\"]");
  ent_text_clear(&text);
  ent_json_free(list);
}

static void refuses_what_is_hostile(void **state) {
  static const struct {
    const char *text, *place;
  } documents[] = {
      {"[\"a\",\n \"x\\u001By\"]", "x.json:2:4: the character U+001B"},
      {"[\"\\\\\\u202e\"]", "x.json:1:5: the character U+202E"},
      {"[\"\xC3\xBC\xE2\x80\xAE\"]", "x.json:1:4: the character U+202E"},
      {"[\"\\b\"]", "x.json:1:3: the character U+0008"},
      {"{\"\\u009B\": 1}", "x.json:1:3: the character U+009B"},
  };
  static const char *const good[] = {"[\"\\u000a\\t\\u0009\\r\"]", "[\"\\\\u001b\"]", "[\"\\u200f\xE2\x80\x8F\"]"};
  ent_json *json;
  for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
    const char *text = documents[i].text;
    assert_int_equal(ent_json_read(*state, "x.json", text, strlen(text), &json), ENT_INVALID);
    assert_memory_equal(ent_context_message(*state), documents[i].place, strlen(documents[i].place));
    ent_context_clear(*state);
  }
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) ent_json_free(read_good(*state, good[i]));
}

/* Small bytes that would become large structures, and one long text. */
static void bounds_the_memory_of_a_document(void **state) {
  enum { LENGTH = 3 << 20 };
  char *text = malloc(LENGTH + 1);
  ent_json *json;
  assert_non_null(text);
  for (size_t i = 0; i < LENGTH; i++) text[i] = "[],"[i % 3];
  text[0] = '[';
  assert_int_equal(ent_json_read(*state, "x.json", text, LENGTH, &json), ENT_INVALID);
  assert_non_null(strstr(ent_context_message(*state), "too many values"));
  ent_context_clear(*state);
  memset(text, 'x', LENGTH);
  text[0] = '"';
  assert_int_equal(ent_json_read(*state, "x.json", text, LENGTH, &json), ENT_INVALID);
  assert_non_null(strstr(ent_context_message(*state), "longer than 1 MB"));
  free(text);
}

/* Under AddressSanitizer this also shows that a refused child is freed. */
static void adders_refuse_and_free(void **state) {
  (void)state;
  ent_json *json = ent_json_object(), *list = ent_json_array();
  assert_false(ent_json_set(json, "k", NULL));
  assert_false(ent_json_set(NULL, "k", ent_json_object()));
  assert_false(ent_json_set(list, "k", ent_json_object()));
  assert_false(ent_json_add(NULL, ent_json_object()));
  assert_false(ent_json_add(json, ent_json_object()));
  assert_false(ent_json_add(list, NULL));
  assert_false(ent_json_set_text(json, "B\xFCndnis", "v"));
  assert_false(ent_json_set_number(json, "k", INFINITY));
  assert_false(ent_json_add_number(list, -INFINITY));
  assert_int_equal(ent_json_count(json), 0);
  assert_int_equal(ent_json_count(list), 0);
  ent_text text = {.failed = true};
  assert_false(ent_json_print(json, true, &text));
  assert_false(ent_json_print(NULL, true, &(ent_text){0}));
  ent_json_free(list);
  ent_json_free(json);
}

/* ---- when jansson gets no memory; of the program's own allocations tests/command/test_memory.py tells ---- */

static long allocations_left;

static void *give_so_often(size_t size) { return allocations_left-- > 0 ? malloc(size) : NULL; }

static void a_short_memory_alters_nothing(void **state) {
  static const char text[] =
      "{\"a\": [1, 2.5, \"three\", true], \"b\": {\"c\": \"d\"}, \"e\": null, \"f\": 1, \"g\": 2,"
      "\"h\": 3, \"i\": 4, \"j\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], \"k\": 5, \"l\": 6}";
  ent_status status = ENT_STORE;
  long n = 0;
  json_set_alloc_funcs(give_so_often, free);
  for (; status != ENT_OK; n++) {
    ent_json *json;
    allocations_left = n;
    status = ent_json_read(*state, "x.json", text, sizeof text - 1, &json);
    if (status != ENT_OK) {
      assert_int_equal(status, ENT_STORE);
      assert_null(json);
      assert_non_null(strstr(ent_context_message(*state), "memory is short"));
      ent_context_clear(*state);
      continue;
    }
    ent_text whole = {0}, part = {0};
    allocations_left = 1000;
    assert_true(ent_json_print(json, true, &whole));
    bool done = false;
    for (long m = 0; !done; m++) {
      allocations_left = m;
      done = ent_json_print(json, true, &part);
      assert_int_equal(part.failed, !done);
      if (done) assert_string_equal(part.data, whole.data);
      if (done) assert_true(m > 0);
      ent_text_clear(&part);
    }
    ent_text_clear(&whole);
    ent_json_free(json);
  }
  json_set_alloc_funcs(malloc, free);
  assert_true(n > 30);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(reads_values_of_each_type, open_context, close_context),
      cmocka_unit_test_setup_teardown(another_type_gives_the_fallback, open_context, close_context),
      cmocka_unit_test_setup_teardown(members_keep_the_order_of_the_document, open_context, close_context),
      cmocka_unit_test_setup_teardown(refuses_with_the_place, open_context, close_context),
      cmocka_unit_test_setup_teardown(bounds_nesting, open_context, close_context),
      cmocka_unit_test_setup_teardown(skips_a_byte_order_mark, open_context, close_context),
      cmocka_unit_test_setup_teardown(does_not_touch_documents_that_are_too_large, open_context, close_context),
      cmocka_unit_test(writes_what_was_set),
      cmocka_unit_test(indents_by_two_and_ends_the_line),
      cmocka_unit_test(adders_refuse_and_free),
      cmocka_unit_test(writes_nothing_that_a_terminal_obeys),
      cmocka_unit_test_setup_teardown(refuses_what_is_hostile, open_context, close_context),
      cmocka_unit_test_setup_teardown(bounds_the_memory_of_a_document, open_context, close_context),
      cmocka_unit_test_setup_teardown(a_short_memory_alters_nothing, open_context, close_context),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
