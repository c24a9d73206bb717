/* Tests of evidence/load, read, catalog, published and csl: from a package to the store and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"
#include "evidence/catalog.h"
#include "evidence/check.h"
#include "evidence/csl.h"
#include "evidence/load.h"
#include "evidence/published.h"
#include "evidence/read.h"
#include "near.h"
#include "small_package.h"

static small_package small;
static ent_store *store;

static int start(void **state) {
  (void)state;
  small_start(&small);
  return ent_store_open(small.context, ":memory:", &store) != ENT_OK;
}

static ent_catalog *catalogs[16]; /* live until the test ends, since evidence borrows their texts */
static size_t catalog_count;

static int end(void **state) {
  while (catalog_count) ent_catalog_free(catalogs[--catalog_count]);
  (void)state;
  ent_store_close(store);
  small_end(&small);
  return 0;
}

static ent_status load(bool *unchanged) {
  ent_findings findings;
  ent_package *package = NULL;
  ent_context_clear(small.context);
  ent_findings_init(&findings, small.arena);
  ent_status status = ent_package_open(small.context, small.arena, small.folder, &findings, &package);
  if (!status) status = ent_package_load(small.context, store, package, unchanged);
  ent_package_close(package);
  return status;
}

static ent_evidence *read_edition(int number) {
  ent_evidence *evidence = NULL;
  ent_catalog *made = NULL;
  if (ent_catalog_new(small.context, store, small.format, "small", number, &made))
    fail_msg("%s", ent_context_message(small.context));
  assert_true(catalog_count < 16);
  catalogs[catalog_count++] = made;
  if (ent_evidence_read(small.context, small.arena, made, ENT_DAY_OPEN_END, &evidence))
    fail_msg("%s", ent_context_message(small.context));
  return evidence;
}

static void expect_day(int32_t day, const char *wanted) {
  char buffer[12];
  assert_string_equal(ent_day_write(day, buffer), wanted);
}

static void reads_what_was_loaded(void **state) {
  (void)state;
  bool unchanged = true;
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_false(unchanged);
  const ent_evidence *e = read_edition(0);
  assert_string_equal(e->study, "small");
  assert_int_equal(e->edition, 1);
  expect_day(e->date.last, "2021-05-31");
  assert_int_equal(e->actors_count, 3);
  assert_string_equal(e->actors[2].id, "aaa-gov");
  assert_true(e->actors[2].state == e->actors[0].key && e->actors[0].state == 0);
  assert_true(e->actors[0].key == ent_key_of("actors", ":", "AAA", NULL));
  assert_string_equal(e->actors[1].system, "parliamentary");
  assert_string_equal(e->actors[2].label.de, "Regierung von A");
  assert_int_equal(e->holders_count, 1);
  assert_true(isnan(e->holders[0].share));
  expect_day(e->holders[0].span.first, "2020-01-20");
  assert_true(e->holders[0].span.last == ENT_DAY_OPEN_END);
  assert_string_equal(e->offices[0].weight_class, "head");
  assert_int_equal(e->alliances_count, 1);
  assert_false(e->alliances[0].reference);
  assert_int_equal(e->members_count, 2);
  assert_string_equal(e->members[1].role, "ally");
  assert_true(e->members[1].actor == e->actors[1].key && e->members[1].alliance == e->alliances[0].key);
  assert_string_equal(e->institutions[0].function, "consultation");
  assert_int_equal(e->observations_count, 2);
  const ent_observation *o = &e->observations[0];
  assert_true(near(o->value, 55300, 0) && near(o->low, 55000.5, 0) && isnan(o->high));
  expect_day(o->period.first, "2018-01-01"); /* the year of the data, not of the text */
  assert_string_equal(o->qualifier, "about");
  assert_true(o->indicator == e->indicators[0].key && o->partner == 0 && o->definition == 0);
  expect_day(e->observations[1].period.last, "2019-12-31");
  assert_true(near(e->observations[1].value, 1e9, 0) && e->observations[1].definition == e->definitions[0].key);
  assert_string_equal(e->observations[1].currency, "USD");
  assert_int_equal(e->scales_count, 6);
  assert_true(e->scales[0].ordinal && !e->scales[4].ordinal && near(e->scales[0].minimum, -2, 0));
  assert_int_equal(e->views_count, 3);
  assert_int_equal(e->views[0].kind, ENT_POSITION);
  assert_int_equal(e->views[1].kind, ENT_THREAT);
  assert_true(e->views[1].source == e->actors[1].key && e->views[2].alliance == e->alliances[0].key);
  assert_string_equal(e->issues[0].role, "rival_policy");
  assert_true(e->issues[0].scale == e->scales[0].key && e->views[0].issue == e->issues[0].key);
  assert_int_equal(e->codings_count, 4);
  assert_true(e->codings[0].item == e->views[0].key && e->codings[3].item == e->institutions[0].key);
  assert_true(near(e->codings[0].low, 0, 0) && near(e->codings[0].high, 2, 0));
  assert_true(near(e->codings[1].low, 3, 0) && near(e->codings[1].high, 3, 0));
  assert_string_equal(e->codings[3].aspect, "level");
}

static void replaces_and_refuses(void **state) {
  (void)state;
  bool unchanged = false;
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_true(unchanged);
  small_table(&small, "roles", "id,label_en,label_de,actor\nrival,Rival,Rivale,AAA\nother,Other,Anderer,BBB\n");
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_false(unchanged);
  assert_int_equal(read_edition(1)->roles_count, 2);
  small_descriptor(&small, SMALL_OWN("1", "2021-06"));
  assert_int_equal(load(&unchanged), ENT_OK);
  small_table(&small, "roles", "id,label_en,label_de,actor\nrival,Rival,Rivale,BBB\n");
  assert_int_equal(load(&unchanged), ENT_INVALID);
  assert_non_null(strstr(ent_context_message(small.context), "raise \"edition\""));
  assert_int_equal(read_edition(1)->roles_count, 2);
  small_descriptor(&small, SMALL_OWN("2", ""));
  assert_int_equal(load(&unchanged), ENT_OK);
  const ent_evidence *first = read_edition(1), *second = read_edition(0);
  assert_int_equal(second->edition, 2);
  assert_true(first->roles_count == 2 && second->roles_count == 1);
  assert_true(first->roles[0].actor == first->actors[0].key && second->roles[0].actor == second->actors[1].key);
  assert_int_equal(second->observations_count, 2);
}

static void loads_all_or_nothing(void **state) {
  (void)state;
  bool unchanged = false;
  ent_catalog *catalog = NULL;
  /* Loaded without the check that would have refused it. */
  small_table(&small, "stakes", "id,contingency,actor,label_en,label_de,citations\ns,none,AAA,S,S,fn1\n");
  assert_int_equal(load(&unchanged), ENT_INVALID);
  assert_non_null(strstr(ent_context_message(small.context), "none"));
  ent_context_clear(small.context);
  assert_int_equal(ent_catalog_new(small.context, store, small.format, "small", 0, &catalog), ENT_NOT_FOUND);
  assert_null(catalog);
  small_table(&small, "stakes", "id\n");
  assert_int_equal(load(&unchanged), ENT_OK);
  small_table(&small, "stakes", "id,contingency,actor,label_en,label_de,citations\ns,none,AAA,S,S,fn1\n");
  small_table(&small, "actors", "id,label_en,label_de,kind\nZZZ,Z,Z,state\n");
  assert_int_equal(load(&unchanged), ENT_INVALID);
  assert_int_equal(read_edition(0)->actors_count, 3);
}

static void names_the_nearest_study(void **state) {
  (void)state;
  bool unchanged = false;
  ent_catalog *catalog = NULL;
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_int_equal(ent_catalog_new(small.context, store, small.format, "smal", 0, &catalog), ENT_NOT_FOUND);
  assert_non_null(strstr(ent_context_message(small.context), "did you mean \"small\""));
  ent_context_clear(small.context);
  assert_int_equal(ent_catalog_new(small.context, store, small.format, "small", 7, &catalog), ENT_NOT_FOUND);
  assert_non_null(strstr(ent_context_message(small.context), "its highest is 1"));
}

static void dates_rows_by_their_sources(void **state) {
  (void)state;
  ent_findings findings;
  ent_package *package = NULL;
  const char *const *const *published = NULL;
  ent_findings_init(&findings, small.arena);
  small_table(&small, "citations",
              "id,source,anchor,footnote,kind,stance,accessed\n"
              "fn1,book,footnote,1,source,supports,2021-04-04\n"
              "fn2,site,footnote,2,source,supports,2021-04-03\n");
  small_table(&small, "codings",
              "id,item,aspect,coder,value,rationale_en,rationale_de,citations\n"
              "c1,positions:p1,stance,x,1,S,S,fn2\nc2,terms:none,stance,x,1,S,S,fn2\n");
  assert_int_equal(ent_package_open(small.context, small.arena, small.folder, &findings, &package), ENT_OK);
  assert_int_equal(ent_published_compute(small.context, small.arena, package, &published), ENT_OK);
#define PUBLISHED(table, row) published[ent_format_find(small.format, table)][row]
  assert_string_equal(PUBLISHED("sources", 0), "2019-02-28");
  assert_null(PUBLISHED("sources", 1));
  assert_string_equal(PUBLISHED("citations", 0), "2019-02-28");    /* issued counts before accessed */
  assert_string_equal(PUBLISHED("citations", 1), "2021-04-03");    /* not issued: as accessed */
  assert_string_equal(PUBLISHED("observations", 0), "2019-02-28"); /* fn2 is no source there */
  assert_string_equal(PUBLISHED("observations", 1), "2021-04-03");
  assert_null(PUBLISHED("actors", 0));
  assert_string_equal(PUBLISHED("codings", 0), "2019-02-28"); /* of its position, whatever it cites itself */
  assert_string_equal(PUBLISHED("codings", 1), "2021-04-03");
  ent_package_close(package);
}

static void looks_rows_up(void **state) {
  (void)state;
  bool unchanged = false;
  ent_catalog *catalog = NULL;
  ent_catalog_row row;
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_int_equal(ent_catalog_new(small.context, store, small.format, "small", 0, &catalog), ENT_OK);
  assert_int_equal(ent_catalog_row_of(catalog, "observations", "o1", &row), ENT_OK);
  assert_string_equal(row.names[0], "id");
  assert_string_equal(ent_catalog_value(&row, "value"), "55300");
  assert_string_equal(ent_catalog_value(&row, "low"), "55000.5");
  assert_string_equal(ent_catalog_value(&row, "high"), "");
  assert_string_equal(ent_catalog_value(&row, "none"), "");
  assert_string_equal(ent_catalog_label(&row).de, "o1");
  assert_int_equal(ent_catalog_item(catalog, "actors:aaa-gov", &row), ENT_OK);
  assert_string_equal(ent_catalog_label(&row).de, "Regierung von A");
  assert_int_equal(ent_catalog_key(catalog, ent_key_of("observations:", "o1", NULL), &row), ENT_OK);
  assert_string_equal(row.table, "observations");
  assert_string_equal(row.id, "o1");

  static const struct {
    const char *item, *words;
  } wrong[] = {{"actors:aaa-goff", "did you mean \"actors:aaa-gov\""},
               {"actor:AAA", "did you mean \"actors\""},
               {"AAA", "table:id"}};
  for (size_t i = 0; i < 3; i++) {
    ent_context_clear(small.context);
    assert_int_equal(ent_catalog_item(catalog, wrong[i].item, &row), ENT_NOT_FOUND);
    if (!strstr(ent_context_message(small.context), wrong[i].words)) fail_msg("%s", ent_context_message(small.context));
  }
  ent_context_clear(small.context);
  assert_int_equal(ent_catalog_key(catalog, 5, &row), ENT_NOT_FOUND);
  ent_catalog_free(catalog);
  ent_catalog_free(NULL);
}

static void leads_to_the_sources(void **state) {
  (void)state;
  bool unchanged = false;
  ent_catalog *catalog = NULL;
  ent_catalog_row row;
  const ent_catalog_citation *list = NULL;
  size_t count = 0;
  assert_int_equal(load(&unchanged), ENT_OK);
  assert_int_equal(ent_catalog_new(small.context, store, small.format, "small", 1, &catalog), ENT_OK);
  assert_int_equal(ent_catalog_item(catalog, "observations:o1", &row), ENT_OK);
  assert_int_equal(ent_catalog_citations(catalog, &row, &list, &count), ENT_OK);
  assert_int_equal(count, 2);
  assert_string_equal(list[0].id, "fn1");
  assert_string_equal(list[0].role, "source");
  assert_string_equal(list[0].footnote, "1");
  assert_string_equal(list[0].page, "7");
  assert_string_equal(list[0].line, "Ann Doe / The Board, On Pacts, 2019");
  assert_string_equal(list[0].url, "https://doi.org/10.1/x");
  assert_string_equal(list[1].role, "definition");
  assert_string_equal(list[1].line, "Home");
  assert_string_equal(list[1].url, "https://example.org/a");
  assert_int_equal(ent_catalog_item(catalog, "actors:AAA", &row), ENT_OK);
  assert_int_equal(ent_catalog_citations(catalog, &row, &list, &count), ENT_OK);
  assert_int_equal(count, 0);
  ent_catalog_free(catalog);
}

static void writes_a_work_in_one_line(void **state) {
  (void)state;
  static const struct {
    const char *csl, *line;
  } works[] = {
      {"{\"title\": \"T\", \"author\": [{\"family\": \"B\", \"given\": \"A\"}, {\"family\": \"D\"}, {\"family\": "
       "\"F\"}], "
       "\"issued\": {\"date-parts\": [[2019], [2021, 3]]}}",
       "A B, D / F, T, 2021"},
      {"{\"title\": \"T\", \"author\": [{\"family\": \"A\"}, {\"family\": \"B\"}, {\"family\": \"C\"}, {\"family\": "
       "\"D\"}]}",
       "A et al., T"},
      {"{\"title\": \"T\", \"container-title\": \"C\", \"publisher\": \"P\", \"issued\": \"2020-05~\"}",
       "P, T, in: C, 2020"},
      {"{\"container-title\": \"C\", \"issued\": {\"raw\": \"spring\"}}", "C"},
      {"{\"title\": \"T\", \"editor\": [{\"family\": \"Haye\", \"non-dropping-particle\": \"de la\", \"given\": "
       "\"X\"}], "
       "\"issued\": {\"date-parts\": [[\"2021\", \"05\"]]}}",
       "X de la Haye, T, 2021"},
  };
  for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
    ent_json *json = NULL;
    ent_text line = {0};
    assert_int_equal(ent_json_read(small.context, "x", works[i].csl, strlen(works[i].csl), &json), ENT_OK);
    ent_csl_line(json, &line);
    assert_string_equal(line.data, works[i].line);
    ent_text_clear(&line);
    ent_json_free(json);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
  const struct CMUnitTest tests[] = {
      TEST(reads_what_was_loaded),   TEST(replaces_and_refuses),        TEST(loads_all_or_nothing),
      TEST(names_the_nearest_study), TEST(dates_rows_by_their_sources), TEST(looks_rows_up),
      TEST(leads_to_the_sources),    TEST(writes_a_work_in_one_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
