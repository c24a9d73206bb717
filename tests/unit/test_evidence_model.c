/* Reading models: the bundled one as it is, and one mistake at a time with its place and remedy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "evidence/model.h"
#include "files/file.h"

typedef struct bundled {
  ent_context *context;
  ent_arena *arena;
  char *text;
  size_t length;
} bundled;

static int start(void **state) {
  static bundled b;
  if (ent_context_new("share", &b.context) || !(b.arena = ent_arena_new(0))) return 1;
  *state = &b;
  return (int)ent_file_read(b.context, b.arena, "share/models/alliance-resilience.json", NULL, 1 << 20, &b.text,
                            &b.length);
}

static int end(void **state) {
  bundled *b = *state;
  ent_arena_free(b->arena);
  ent_context_free(b->context);
  return 0;
}

static void reads_the_bundled_model(void **state) {
  bundled *b = *state;
  ent_model *m;
  assert_int_equal(ent_model_read(b->context, b->arena, "m", b->text, b->length, &m), ENT_OK);
  assert_string_equal(m->id, "alliance-resilience");
  assert_int_equal(m->criterion_count, 3);
  assert_false(m->criteria[0].of_members);
  assert_true(m->criteria[1].of_members);
  assert_int_equal(m->headline, ENT_GEOMETRIC);
  assert_true(m->classes[0].from == 1);
  assert_int_equal(strlen(m->sha256), 64);
  assert_string_not_equal(m->reference_reason.en, m->reference_reason.de);
}

/* The first old in the model becomes fresh; the message holds words. */
static void expect_refusal(bundled *b, const char *old, const char *fresh, const char *words) {
  const char *at = strstr(b->text, old);
  size_t before = (size_t)(at - b->text), length;
  char *text;
  ent_model *m;
  assert_non_null(at);
  length = b->length - strlen(old) + strlen(fresh);
  assert_non_null(text = malloc(length + 1));
  memcpy(text, b->text, before);
  memcpy(text + before, fresh, strlen(fresh));
  memcpy(text + before + strlen(fresh), at + strlen(old), b->length - before - strlen(old) + 1);
  ent_context_clear(b->context);
  assert_int_equal(ent_model_read(b->context, b->arena, "m.json", text, length, &m), ENT_INVALID);
  assert_null(m);
  if (!strstr(ent_context_message(b->context), words))
    fail_msg("\"%s\" is not in: %s", words, ent_context_message(b->context));
  free(text);
}

static void names_place_and_remedy(void **state) {
  static const struct {
    const char *old, *fresh, *words;
  } wrong[] = {
      {"\"giver\"", "\"gvier\"",
       "/criteria/0/dimensions/5/indicators/0/gvier: this key is unknown; did you mean \"giver\"?"},
      {"entente.model/1", "entente.model/9", "begin with \"schema\": \"entente.model/1\""},
      {"\"geometric\"", "\"harmonic\"", "headline is arithmetic, geometric or weakest"},
      {"position_distance", "position_distence", "did you mean position_distance"},
      {"\"low\": 1", "\"low\": 0", "the goalposts are equal"},
      {"\"weight\": 1", "\"weight\": -1", "negative"},
      {"\"from\": 40", "\"from\": 10", "list the classes by rising limit"},
      {"\"id\": \"rival_policy\"", "\"id\": \"rival_threat\"", "this id stands twice"},
      {"\"de\": \"Belastbarkeit eines Bündnisses\"", "\"de\": \"\"", "/label/de: this text is missing"},
      {"\"reduce\": \"highest\"", "\"reduce\": \"median\"", "reduce is \"highest\" or \"mean\""},
      {"[\"geometric\", \"arithmetic\"", "[\"geometric\", \"geometric\"",
       "/methods/aggregation/1: this can not be used; name some of arithmetic, geometric and weakest, each once"},
      {"[\"stated\", \"equal\"]", "[\"equal\", \"stated\"]", "/methods/weights/0: these weights can not be used"},
      {"\"kind\": \"obligation\", ", "\"kind\": \"position_split\", ", "/criteria/1"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    expect_refusal(*state, wrong[i].old, wrong[i].fresh, wrong[i].words);
}

/* An entry costs time with each of its siblings, so that a model of a few megabytes held the check up for minutes. */
static void refuses_lists_that_no_model_has(void **state) {
  char *systems = malloc(40000);
  size_t length = 0;
  assert_non_null(systems);
  length += (size_t)sprintf(systems, "\"weight\": {\"default\": 1");
  for (int i = 0; i < 1000; i++) length += (size_t)sprintf(systems + length, ", \"s%d\": 1", i);
  sprintf(systems + length, "}");
  expect_refusal(*state, "\"weight\": 1", systems, "/weight: there are more than 1000 entries here");
  free(systems);
}

/* A list has no keys to look at; the whole model may be one, and any part of it. */
static void refuses_a_list_where_an_object_belongs(void **state) {
  bundled *b = *state;
  const char *const text = "[null]";
  ent_model *m;
  assert_int_equal(ent_model_read(b->context, b->arena, "m.json", text, strlen(text), &m), ENT_INVALID);
  assert_non_null(strstr(ent_context_message(b->context), "m.json, /: a list stands here; write it as an object"));
  expect_refusal(b, "\"criteria\": [", "\"criteria\": [[null], ", "/criteria/0: a list stands here");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(refuses_a_list_where_an_object_belongs, start, end),
      cmocka_unit_test_setup_teardown(reads_the_bundled_model, start, end),
      cmocka_unit_test_setup_teardown(names_place_and_remedy, start, end),
      cmocka_unit_test_setup_teardown(refuses_lists_that_no_model_has, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
