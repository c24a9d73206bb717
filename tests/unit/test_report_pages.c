/* Tests of report/write with hand-made answers: what a page holds and in which order, and that the JSON is the same
 * figures. */
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
#include "report/line.h"
#include "unit/report_sample.h"

typedef ent_result (*sample)(ent_context *context);

static ent_context *new_context(void) {
  const char *named = getenv("ENTENTE_SHARE");
  ent_context *context;
  assert_int_equal(ent_context_new(named && *named ? named : "share", &context), ENT_OK);
  return context;
}

static int keep(void *user, const char *text, size_t length) {
  ent_text_add_bytes(user, text, length);
  return 0;
}

static int refuse(void *user, const char *text, size_t length) {
  (void)user, (void)text, (void)length;
  return 1;
}

/* The page of a sample; freed with ent_text_clear. */
static ent_text page_of(sample make, ent_output output, ent_language language, int width) {
  ent_context *context = new_context();
  ent_text page = {0};
  ent_sink sink = {.write = keep, .user = &page, .width = width};
  ent_result result = make(context);
  ent_status status = ent_result_write(&result, output, language, &sink);
  if (status != ENT_OK) fail_msg("status %d: %s", (int)status, ent_context_message(context));
  assert_false(page.failed);
  ent_arena_free(result.arena);
  ent_context_free(context);
  return page;
}

/* The texts stand in the page, one after the other. */
static void assert_in_order(const char *page, const char *const *texts) {
  for (size_t i = 0; texts[i]; i++) {
    const char *found = strstr(page, texts[i]);
    if (!found) fail_msg("\"%s\" does not stand there, or not at its place", texts[i]);
    page = found + strlen(texts[i]);
  }
}

static void assert_narrow(const char *page, int width) {
  while (*page) {
    size_t length = strcspn(page, "\n");
    char line[2048];
    assert_true(length < sizeof line);
    memcpy(line, page, length);
    line[length] = '\0';
    if (ent_line_width(line) > width && !strstr(line, "https://")) fail_msg("wider than %d columns: %s", width, line);
    assert_true(length == 0 || line[length - 1] != ' ');
    page += length + (page[length] == '\n');
  }
}

static void assess_tells_its_story_in_order(void **state) {
  (void)state;
  static const char *const wanted[] = {"The US alliances",
                                       "31 May 2021",
                                       "United States–Japan\n",
                                       "Profile\n",
                                       "Agreement ",
                                       "62   [54–69]",
                                       "Russia",
                                       "no data: no evidence for this date",
                                       "Domestic support",
                                       "Score and verdict",
                                       "62\u00a0[55–70]",
                                       "resilient",
                                       "threats from outside",
                                       "strained 31%",
                                       "resilient 69%",
                                       "87% of the model",
                                       "Arithmetic: resilient",
                                       "Weakest link: strained",
                                       "The verdict depends",
                                       "Strengths",
                                       "1  Treaty obligation",
                                       "+4.2  [+3.4 to +5.1]",
                                       "fn.\u00a012, p.\u00a08",
                                       "divides the partners",
                                       "and 2 more",
                                       "Fault lines",
                                       "−3.1  [−3.9 to −2.2]",
                                       "United States → Japan",
                                       "Japan → United States",
                                       "0.31  [0.21–0.40]",
                                       "no data",
                                       "United States–South Korea",
                                       "No verdict: evidence covers 41%",
                                       "not the authors'",
                                       "not of likelihood",
                                       "seed 1, 10,000 draws",
                                       "entente explain us-japan/agreement",
                                       NULL};
  ent_text page = page_of(sample_assess, ENT_TABLE, ENT_ENGLISH, 0);
  assert_in_order(page.data, wanted);
  assert_null(strstr(page.data, "failing")); /* a class that no draw reached */
  assert_null(strstr(page.data, "9  "));     /* the ninth strength stands in the JSON only */
  assert_null(strchr(page.data, '\033'));
  ent_text_clear(&page);
}

static void assess_in_german(void **state) {
  (void)state;
  static const char *const wanted[] = {"31. Mai 2021",          "Profil\n",
                                       "Übereinstimmung",       "93\u00a0%",
                                       "keine Angaben",         "Das Bündnis ist belastbar.",
                                       "+4,2  [+3,4 bis +5,1]", "Bruchlinien",
                                       "10.000 Ziehungen",      NULL};
  ent_text page = page_of(sample_assess, ENT_TABLE, ENT_GERMAN, 0);
  assert_in_order(page.data, wanted);
  ent_text_clear(&page);
}

static void pages_keep_to_the_width(void **state) {
  (void)state;
  static const sample samples[] = {sample_assess, sample_explain, sample_expect, sample_check, sample_load};
  static const int widths[] = {60, 80, 100};
  for (size_t s = 0; s < sizeof samples / sizeof samples[0]; s++)
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++)
      for (int language = ENT_ENGLISH; language <= ENT_GERMAN; language++) {
        ent_text page = page_of(samples[s], ENT_TABLE, (ent_language)language, widths[w]);
        assert_narrow(page.data, widths[w]);
        ent_text_clear(&page);
      }
}

static void explain_leads_to_the_source(void **state) {
  (void)state;
  static const char *const wanted[] = {"United States–Japan  us-japan", "├─ Agreement (weight 1)  /agreement",
                                       "Approach to China (weight 0.50)", "1 row of evidence", NULL};
  static const char *const below[] = {
      "Approach to China (weight 0.50)",
      "us-japan/agreement/rival/rival_policy",
      "Assumption: 0 distance",
      "0 is one view",
      "actor\u00a0usa-biden\u00a0· period\u00a02021-01-20/..\u00a0· value\u00a02",
      "└─ fn. 103, p. 24",
      "https://www.swp-berlin.org/publikation/die-us-allianzen-mit-japan-und-suedkorea\n",
      NULL};
  ent_text page = page_of(sample_explain, ENT_TABLE, ENT_ENGLISH, 80);
  assert_in_order(page.data, wanted);
  ent_text_clear(&page);
  page = page_of(sample_explain_indicator, ENT_TABLE, ENT_ENGLISH, 80);
  assert_in_order(page.data, below);
  ent_text_clear(&page);
}

static void expect_says_what_waits(void **state) {
  (void)state;
  static const char *const wanted[] = {"97.3%",   "At least 1 of these 2",      "100.0%",
                                       "no data", "one of its figures",         "e9",
                                       "waits",   "abandonment and entrapment", NULL};
  ent_text page = page_of(sample_expect, ENT_TABLE, ENT_ENGLISH, 80);
  assert_in_order(page.data, wanted);
  ent_text_clear(&page);
}

static void check_puts_errors_first(void **state) {
  (void)state;
  static const char *const wanted[] = {"Errors",
                                       "\nobservations.csv:41: unit: unit \"JPY bn\" is unknown; did you mean",
                                       "Notes",
                                       "\nsources.json: /12: source",
                                       "1 error, 1 note in 2,431 rows of 28 tables",
                                       "0.81  [0.74–0.87]",
                                       "no data",
                                       NULL};
  ent_text page = page_of(sample_check, ENT_TABLE, ENT_ENGLISH, 80);
  assert_in_order(page.data, wanted);
  ent_text_clear(&page);
}

static ent_json *json_of(sample make) {
  ent_context *context = new_context();
  ent_text page = page_of(make, ENT_JSON, ENT_ENGLISH, 0);
  ent_json *json;
  assert_int_equal(ent_json_read(context, "page", page.data, page.length, &json), ENT_OK);
  ent_text_clear(&page);
  ent_context_free(context);
  return json;
}

static void assess_json_holds_all_figures(void **state) {
  (void)state;
  ent_json *json = json_of(sample_assess);
  const ent_json *alliance = ent_json_at(ent_json_get(json, "alliances"), 0);
  const ent_json *agreement = ent_json_at(ent_json_get(alliance, "criteria"), 0);
  const ent_json *russia = ent_json_at(ent_json_get(agreement, "dimensions"), 2);
  assert_string_equal(ent_json_get_text(json, "schema"), "entente.assess/1");
  assert_true(near(ent_json_get_number(json, "seed", 0), 1, 0));
  assert_string_equal(ent_json_get_text(ent_json_get(json, "model"), "id"), "alliance-resilience");
  assert_true(near(ent_json_get_number(ent_json_get(alliance, "score"), "low", 0), 55.1, 1e-5));
  assert_string_equal(ent_json_get_text(ent_json_get(ent_json_get(alliance, "aggregations"), "weakest"), "class"),
                      "strained");
  assert_int_equal(ent_json_count(ent_json_get(alliance, "strengths")), 10);
  assert_int_equal(ent_json_count(ent_json_get(agreement, "dimensions")), 4);
  const ent_json *none = ent_json_get(ent_json_get(russia, "score"), "median"); /* null, not left out */
  assert_non_null(none);
  assert_false(ent_json_is_number(none));
  assert_string_equal(ent_json_get_text(ent_json_get(russia, "missing"), "code"), "no_evidence");
  assert_int_equal(ent_json_count(ent_json_get(json, "notice")), 4);
  ent_json_free(json);
}

static ent_result sample_large_seed(ent_context *context) {
  ent_result result = sample_expect(context);
  result.expect.run.seed = UINT64_MAX;
  return result;
}

/* As a number it would come back as 18446744073709552000. */
static void large_seeds_lose_no_digit(void **state) {
  (void)state;
  ent_json *json = json_of(sample_large_seed);
  assert_string_equal(ent_json_get_text(json, "seed"), "18446744073709551615");
  ent_json_free(json);
}

static void a_sink_that_stops_is_an_error(void **state) {
  (void)state;
  ent_context *context = new_context();
  ent_sink sink = {.write = refuse};
  ent_result result = sample_load(context);
  assert_int_equal(ent_result_write(&result, ENT_TABLE, ENT_ENGLISH, &sink), ENT_STORE);
  assert_true(*ent_context_message(context) != '\0');
  ent_arena_free(result.arena);
  ent_context_free(context);
}

static void unknown_outputs_are_refused(void **state) {
  (void)state;
  ent_context *context = new_context();
  ent_text page = {0};
  ent_sink sink = {.write = keep, .user = &page};
  ent_result result = sample_load(context);
  assert_int_equal(ent_result_write(&result, (ent_output)7, ENT_ENGLISH, &sink), ENT_USAGE);
  assert_int_equal(ent_result_write(&result, ENT_TABLE, (ent_language)7, &sink), ENT_USAGE);
  assert_int_equal(page.length, 0);
  ent_text_clear(&page);
  ent_arena_free(result.arena);
  ent_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(assess_tells_its_story_in_order), cmocka_unit_test(assess_in_german),
      cmocka_unit_test(pages_keep_to_the_width),         cmocka_unit_test(explain_leads_to_the_source),
      cmocka_unit_test(expect_says_what_waits),          cmocka_unit_test(check_puts_errors_first),
      cmocka_unit_test(assess_json_holds_all_figures),   cmocka_unit_test(large_seeds_lose_no_digit),
      cmocka_unit_test(a_sink_that_stops_is_an_error),   cmocka_unit_test(unknown_outputs_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
