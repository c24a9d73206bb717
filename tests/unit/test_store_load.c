/* Tests of store/load and store/read: editions, working copies, versions, one transaction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/context.h"
#include "store/store.h"

static const ent_store_field actor_fields[] = {
    {"label_en", ENT_KEEP_TEXT, NULL}, {"kind", ENT_KEEP_TEXT, NULL}, {"state", ENT_KEEP_REFERENCE, "actors"}};
static const ent_store_field tie_fields[] = {{"a", ENT_KEEP_REFERENCE, "actors"},
                                             {"sign", ENT_KEEP_INTEGER, NULL},
                                             {"citations", ENT_KEEP_CITATIONS, "citations"}};
static const ent_store_field holder_fields[] = {{"share", ENT_KEEP_NUMBER, NULL}};
static const ent_store_field alliance_fields[] = {{"reference", ENT_KEEP_BOOLEAN, NULL}};
static const ent_store_field coding_fields[] = {{"item", ENT_KEEP_ITEM, NULL}};
static const ent_store_field citation_fields[] = {{"anchor", ENT_KEEP_TEXT, NULL}};
static const ent_store_resource resources[] = {{"actors", 3, actor_fields},   {"ties", 3, tie_fields},
                                               {"holders", 1, holder_fields}, {"alliances", 1, alliance_fields},
                                               {"codings", 1, coding_fields}, {"citations", 1, citation_fields}};
enum { ACTORS, TIES, HOLDERS, ALLIANCES, CODINGS, CITATIONS, RESOURCES };

typedef struct world {
  ent_context *context;
  ent_store *store;
  ent_arena *arena;
} world;

static world now;

static int start(void **state) {
  (void)state;
  now.arena = ent_arena_new(0);
  return ent_context_new("share", &now.context) || ent_store_open(now.context, ":memory:", &now.store);
}

static int end(void **state) {
  (void)state;
  ent_store_close(now.store);
  ent_arena_free(now.arena);
  ent_context_free(now.context);
  return 0;
}

/* A table of cells given row by row, the first row the header. */
static ent_table table_of(const char *name, const char **cells, size_t columns, size_t rows) {
  ent_table_maker maker;
  ent_table_maker_init(&maker, now.arena, columns);
  for (size_t r = 1; r <= rows; r++) assert_true(ent_table_maker_add(&maker, cells + r * columns, (long)r + 1));
  const ent_table *table = ent_table_maker_end(&maker, name, name, cells);
  ent_table_maker_clear(&maker);
  assert_non_null(table);
  return *table;
}

static ent_status load_tables(int number, const char *released, const char *hash, ent_table *tables[RESOURCES],
                              const char *published, bool *unchanged) {
  ent_store_load *load = NULL;
  const ent_edition edition = {.number = number,
                               .released = released,
                               .date = "2021-05",
                               .model = "m",
                               .model_text = "{\"m\": 1}",
                               .content_sha256 = hash,
                               .descriptor = "{}"};
  ent_context_clear(now.context);
  ent_status status = ent_store_load_begin(now.store, "s", &edition, resources, RESOURCES, &load, unchanged);
  if (status || *unchanged) {
    ent_store_load_free(load);
    return status;
  }
  const char *dates[] = {published, published, published, published, published, published};
  for (int r = 0; !status && r < RESOURCES; r++)
    if (tables[r]) status = ent_store_load_items(load, resources[r].name, tables[r]);
  for (int r = 0; !status && r < RESOURCES; r++)
    if (tables[r]) status = ent_store_load_rows(load, resources[r].name, tables[r], dates);
  if (!status) status = ent_store_load_commit(load);
  ent_store_load_free(load);
  return status;
}

/* Loads actors alone, from "id=label" pairs separated by blanks. */
static ent_status load_actors(int number, const char *released, const char *hash, const char *pairs, bool *unchanged) {
  static char text[200];
  static const char *cells[60];
  ent_table *tables[RESOURCES] = {NULL};
  size_t rows = 0;
  snprintf(text, sizeof text, "%s", pairs);
  cells[0] = "id", cells[1] = "label_en", cells[2] = "kind", cells[3] = "state";
  for (char *at = strtok(text, " "); at; at = strtok(NULL, " ")) {
    char *equal = strchr(at, '=');
    *equal = '\0';
    cells[4 + 4 * rows] = at, cells[5 + 4 * rows] = equal + 1, cells[6 + 4 * rows] = "state", cells[7 + 4 * rows] = "";
    rows++;
  }
  ent_table actors = table_of("actors", cells, 4, rows);
  tables[ACTORS] = &actors;
  return load_tables(number, released, hash, tables, NULL, unchanged);
}

static void expect_actors(int edition, const char *wanted) {
  char found[200] = "";
  ent_table *table = NULL;
  assert_int_equal(ent_store_rows(now.store, now.arena, &resources[ACTORS], "s", edition, &table), ENT_OK);
  for (size_t row = 0; row < table->rows; row++)
    snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s=%s", row ? " " : "",
             ent_table_cell(table, row, 0), ent_table_cell(table, row, 1));
  assert_string_equal(found, wanted);
}

static void expect_invalid(ent_status status, const char *words) {
  assert_int_equal(status, ENT_INVALID);
  if (!strstr(ent_context_message(now.context), words)) fail_msg("message: %s", ent_context_message(now.context));
}

static void gives_back_every_kind(void **state) {
  (void)state;
  bool unchanged = true;
  ent_table *tables[RESOURCES] = {NULL}, *table = NULL;
  const char *actors[] = {"id", "label_en", "kind", "state", "x", "X", "leader", "y", "y", "Y \xc3\xa4", "state", ""};
  const char *ties[] = {"id", "citations", "a", "sign", "t", "f1 f2:rate", "x", "-1"};
  const char *holders[] = {"id", "share", "h1", "0.1", "h2", "1.0", "h3", "", "h4", "746900000000", "h5", "1e-7"};
  const char *alliances[] = {"id", "reference", "p", "TRUE", "q", "false", "r", ""};
  const char *codings[] = {"id", "item", "c", "actors:y"};
  const char *citations[] = {"id", "anchor", "f1", "footnote", "f2", "place"};
  ent_table all[RESOURCES] = {table_of("actors", actors, 4, 2),   table_of("ties", ties, 4, 1),
                              table_of("holders", holders, 2, 5), table_of("alliances", alliances, 2, 3),
                              table_of("codings", codings, 2, 1), table_of("citations", citations, 2, 2)};
  for (int r = 0; r < RESOURCES; r++) tables[r] = &all[r];
  assert_int_equal(load_tables(1, "", "a", tables, "2021-05-31", &unchanged), ENT_OK);
  assert_false(unchanged);

  assert_int_equal(ent_store_rows(now.store, now.arena, &resources[ACTORS], "s", 1, &table), ENT_OK);
  assert_int_equal(table->rows, 2);
  assert_string_equal(ent_table_cell(table, 0, ent_table_column(table, "state")), "y");
  assert_string_equal(ent_table_cell(table, 1, ent_table_column(table, "label_en")), "Y \xc3\xa4");
  assert_string_equal(ent_table_cell(table, 1, ent_table_column(table, "state")), "");
  assert_int_equal(table->line[1], 3);
  assert_int_equal(ent_store_rows(now.store, now.arena, &resources[TIES], "s", 1, &table), ENT_OK);
  assert_string_equal(ent_table_cell(table, 0, ent_table_column(table, "sign")), "-1");
  assert_string_equal(ent_table_cell(table, 0, ent_table_column(table, "citations")), "f1 f2:rate");
  assert_int_equal(ent_store_rows(now.store, now.arena, &resources[HOLDERS], "s", 1, &table), ENT_OK);
  static const char *const shares[] = {"0.1", "1", "", "746900000000", "1e-07"};
  for (size_t row = 0; row < 5; row++) assert_string_equal(ent_table_cell(table, row, 1), shares[row]);
  assert_int_equal(ent_store_rows(now.store, now.arena, &resources[ALLIANCES], "s", 1, &table), ENT_OK);
  assert_string_equal(ent_table_cell(table, 0, 1), "true");
  assert_string_equal(ent_table_cell(table, 1, 1), "false");
  assert_string_equal(ent_table_cell(table, 2, 1), "");
  assert_int_equal(ent_store_row(now.store, now.arena, &resources[CODINGS], "s", 1, "c", &table), ENT_OK);
  assert_int_equal(table->rows, 1);
  assert_string_equal(ent_table_cell(table, 0, 1), "actors:y");
  assert_int_equal(ent_store_row(now.store, now.arena, &resources[CODINGS], "s", 1, "none", &table), ENT_OK);
  assert_int_equal(table->rows, 0);

  const char *const *dates = NULL;
  size_t count = 0;
  assert_int_equal(ent_store_published(now.store, now.arena, &resources[ACTORS], "s", 1, &dates, &count), ENT_OK);
  assert_int_equal(count, 2);
  assert_string_equal(dates[0], "2021-05-31");
}

/* A damaged store: bytes that are no UTF-8 could not be written out, neither as JSON nor on a terminal. */
static void gives_back_text_that_can_be_written(void **state) {
  (void)state;
  bool unchanged = true;
  assert_int_equal(load_actors(1, "", "a", "x=\xff\xc3\xa4\xc3 y=\xe2\x82", &unchanged), ENT_OK);
  expect_actors(1, "x=?\xc3\xa4? y=??");
}

static void knows_its_editions(void **state) {
  (void)state;
  bool unchanged = false;
  ent_edition edition;
  const char *const *ids = NULL;
  size_t count = 9;
  assert_int_equal(ent_store_edition(now.store, now.arena, "s", 0, &edition), ENT_OK);
  assert_int_equal(edition.number, 0);
  assert_int_equal(ent_store_studies(now.store, now.arena, &ids, &count), ENT_OK);
  assert_int_equal(count, 0);
  assert_int_equal(load_actors(1, "2021-06-01", "a", "x=X", &unchanged), ENT_OK);
  assert_int_equal(load_actors(2, "", "b", "x=X", &unchanged), ENT_OK);
  assert_int_equal(ent_store_edition(now.store, now.arena, "s", 0, &edition), ENT_OK);
  assert_int_equal(edition.number, 2);
  assert_string_equal(edition.released, "");
  assert_int_equal(ent_store_edition(now.store, now.arena, "s", 1, &edition), ENT_OK);
  assert_string_equal(edition.released, "2021-06-01");
  assert_string_equal(edition.content_sha256, "a");
  assert_string_equal(edition.date, "2021-05");
  assert_string_equal(edition.model_text, "{\"m\": 1}");
  assert_int_equal(ent_store_studies(now.store, now.arena, &ids, &count), ENT_OK);
  assert_int_equal(count, 1);
  assert_string_equal(ids[0], "s");
}

static void replaces_a_working_copy(void **state) {
  (void)state;
  bool unchanged = false;
  assert_int_equal(load_actors(1, "", "a", "x=X y=Y", &unchanged), ENT_OK);
  assert_int_equal(load_actors(1, "", "b", "y=Z z=Z", &unchanged), ENT_OK);
  assert_false(unchanged);
  expect_actors(1, "y=Z z=Z");
  assert_int_equal(load_actors(1, "", "b", "q=ignored", &unchanged), ENT_OK);
  assert_true(unchanged);
  expect_actors(1, "y=Z z=Z");
  /* It may be released with other content. */
  assert_int_equal(load_actors(1, "2021-06", "c", "z=Z", &unchanged), ENT_OK);
  expect_actors(1, "z=Z");
}

static void refuses_to_change_what_is_released(void **state) {
  (void)state;
  bool unchanged = false;
  assert_int_equal(load_actors(1, "2021-06", "a", "x=X", &unchanged), ENT_OK);
  expect_invalid(load_actors(1, "2021-06", "b", "x=Y", &unchanged), "raise \"edition\"");
  expect_actors(1, "x=X");
  assert_int_equal(load_actors(1, "2021-06", "a", "x=X", &unchanged), ENT_OK);
  assert_true(unchanged);
  assert_int_equal(load_actors(3, "", "c", "x=Y", &unchanged), ENT_OK);
  expect_invalid(load_actors(2, "", "d", "x=Z", &unchanged), "higher edition");
  expect_actors(3, "x=Y");
}

static void keeps_what_stood_in_earlier_editions(void **state) {
  (void)state;
  bool unchanged = false;
  assert_int_equal(load_actors(1, "2021-06", "a", "same=S changed=C gone=G", &unchanged), ENT_OK);
  assert_int_equal(load_actors(2, "", "b", "new=N changed=D same=S", &unchanged), ENT_OK);
  expect_actors(2, "new=N changed=D same=S");
  /* Rows keep the order of edition 1 there, also those that moved since. */
  expect_actors(1, "same=S changed=C gone=G");
  ent_table *row = NULL;
  assert_int_equal(ent_store_row(now.store, now.arena, &resources[ACTORS], "s", 1, "changed", &row), ENT_OK);
  assert_string_equal(ent_table_cell(row, 0, 1), "C");
  assert_int_equal(ent_store_row(now.store, now.arena, &resources[ACTORS], "s", 1, "gone", &row), ENT_OK);
  assert_int_equal(row->rows, 1);
  assert_int_equal(ent_store_row(now.store, now.arena, &resources[ACTORS], "s", 1, "new", &row), ENT_OK);
  assert_int_equal(row->rows, 0);
  /* The working copy is taken out and another one put in: edition 1 is as before. */
  assert_int_equal(load_actors(2, "", "c", "gone=G changed=C", &unchanged), ENT_OK);
  expect_actors(2, "gone=G changed=C");
  /* What the first one had closed stands again: one version serves both editions, on a line of its own in each. */
  expect_actors(1, "same=S changed=C gone=G");
  assert_int_equal(load_actors(3, "", "d", "same=S", &unchanged), ENT_OK);
  expect_actors(2, "gone=G changed=C");
  expect_actors(3, "same=S");
  expect_actors(1, "same=S changed=C gone=G");
}

static void a_failed_load_leaves_the_store_as_it_was(void **state) {
  (void)state;
  bool unchanged = false;
  ent_table *tables[RESOURCES] = {NULL};
  assert_int_equal(load_actors(1, "", "a", "x=X y=Y", &unchanged), ENT_OK);
  const char *actors[] = {"id", "label_en", "kind", "state", "z", "Z", "state", "", "w", "W", "leader", "nobody"};
  ent_table broken = table_of("actors", actors, 4, 2);
  tables[ACTORS] = &broken;
  expect_invalid(load_tables(1, "", "b", tables, NULL, &unchanged), "nobody");
  expect_actors(1, "x=X y=Y");
  const char *holders[] = {"id", "share", "h", "NaN"};
  ent_table no_number = table_of("holders", holders, 2, 1);
  tables[ACTORS] = NULL;
  tables[HOLDERS] = &no_number;
  expect_invalid(load_tables(1, "", "c", tables, NULL, &unchanged), "holders:2, column share");
  expect_actors(1, "x=X y=Y");
  ent_edition edition;
  assert_int_equal(ent_store_edition(now.store, now.arena, "s", 0, &edition), ENT_OK);
  assert_string_equal(edition.content_sha256, "a");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(gives_back_every_kind, start, end),
      cmocka_unit_test_setup_teardown(gives_back_text_that_can_be_written, start, end),
      cmocka_unit_test_setup_teardown(knows_its_editions, start, end),
      cmocka_unit_test_setup_teardown(replaces_a_working_copy, start, end),
      cmocka_unit_test_setup_teardown(refuses_to_change_what_is_released, start, end),
      cmocka_unit_test_setup_teardown(keeps_what_stood_in_earlier_editions, start, end),
      cmocka_unit_test_setup_teardown(a_failed_load_leaves_the_store_as_it_was, start, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
