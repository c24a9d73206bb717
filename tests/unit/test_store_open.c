/* Tests of store/store: new, old, foreign, damaged and newer files, default place, journals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/context.h"
#include "store/sql.h"
#include "store/store.h"

typedef struct place {
  char folder[200], file[300];
  ent_context *context;
} place;

static int start(void **state) {
  place *p = calloc(1, sizeof *p);
  snprintf(p->folder, sizeof p->folder, "/tmp/entente-test-XXXXXX");
  if (!p || !mkdtemp(p->folder) || ent_context_new("share", &p->context)) return -1;
  snprintf(p->file, sizeof p->file, "%s/store.sqlite", p->folder);
  *state = p;
  return 0;
}

static int end(void **state) {
  place *p = *state;
  char path[400];
  static const char *const names[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < 4; i++) {
    snprintf(path, sizeof path, "%s%s", p->file, names[i]);
    remove(path);
  }
  snprintf(path, sizeof path, "%s/entente/store.sqlite", p->folder);
  remove(path);
  snprintf(path, sizeof path, "%s/entente", p->folder);
  remove(path);
  remove(p->folder);
  ent_context_free(p->context);
  free(p);
  return 0;
}

static int integer_of(const char *file, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int value = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return value;
}

static void run_sql(const char *file, const char *sql) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void write_file(const char *file, const char *text) {
  FILE *out = fopen(file, "wb");
  assert_non_null(out);
  fputs(text, out);
  fclose(out);
}

static void expect_refusal(place *p, const char *path, const char *words) {
  ent_store *store = (ent_store *)p;
  assert_int_equal(ent_store_open(p->context, path, &store), ENT_STORE);
  assert_null(store);
  if (!strstr(ent_context_message(p->context), words)) fail_msg("message: %s", ent_context_message(p->context));
}

static void makes_a_store_and_opens_it_again(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  for (int i = 0; i < 2; i++) {
    assert_int_equal(ent_store_open(p->context, p->file, &store), ENT_OK);
    assert_string_equal(ent_store_path(store), p->file);
    assert_false(ent_store_is_read_only(store));
    assert_null(ent_store_notice(store));
    ent_store_close(store);
  }
  assert_int_equal(integer_of(p->file, "PRAGMA application_id"), 0x656e7465);
  assert_int_equal(integer_of(p->file, "PRAGMA user_version"), 8);
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM sqlite_schema WHERE name = 'observations'"), 1);
}

/* A view in the place of a table could be one that never ends; a trigger would run at the next load. */
static void refuses_what_would_compute(void **state) {
  static const char *const foreign[] = {
      "ALTER TABLE ties RENAME TO t; CREATE VIEW ties AS SELECT * FROM t",
      "CREATE TRIGGER x AFTER INSERT ON actors BEGIN DELETE FROM item; END",
      "CREATE VIRTUAL TABLE x USING fts5(y)",
      "ALTER TABLE ties ADD COLUMN x TEXT AS (hex(zeroblob(100000000)))",
      ("CREATE TABLE x (y TEXT); PRAGMA writable_schema = ON;"
       "UPDATE sqlite_schema SET sql = 'CREATE TABLE x (y TEXT, z TEXT AS (y))' WHERE name = 'x'"),
  };
  place *p = *state;
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    ent_store *store = NULL;
    remove(p->file);
    assert_int_equal(ent_store_open(p->context, p->file, &store), ENT_OK);
    ent_store_close(store);
    run_sql(p->file, foreign[i]);
    expect_refusal(p, p->file, "views, triggers or computed columns");
  }
}

static void keeps_a_scratch_store_in_memory(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  assert_int_equal(ent_store_open(p->context, ":memory:", &store), ENT_OK);
  assert_null(ent_store_notice(store));
  ent_store_close(store);
  ent_store_close(NULL);
  assert_int_not_equal(access(":memory:", F_OK), 0);
}

static void finds_the_default_place(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  char wanted[300];
  setenv("XDG_DATA_HOME", p->folder, 1);
  snprintf(wanted, sizeof wanted, "%s/entente/store.sqlite", p->folder);
  assert_int_equal(ent_store_open(p->context, NULL, &store), ENT_OK);
  assert_string_equal(ent_store_path(store), wanted);
  ent_store_close(store);
  /* Without either variable there is no place. */
  unsetenv("XDG_DATA_HOME");
  char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
  unsetenv("HOME");
  expect_refusal(p, NULL, "there is no place for the store");
  if (home) setenv("HOME", home, 1);
  free(home);
}

static void refuses_what_is_no_store(void **state) {
  place *p = *state;
  write_file(p->file,
             "This is a text of more than a hundred bytes, which SQLite can not take for the header of one "
             "of its files, whatever it does.\n");
  expect_refusal(p, p->file, "no entente store");
  remove(p->file);
  run_sql(p->file, "CREATE TABLE theirs (x); PRAGMA user_version = 1");
  expect_refusal(p, p->file, "--store");
  /* It was not touched. */
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM sqlite_schema"), 1);
  assert_int_equal(integer_of(p->file, "PRAGMA application_id"), 0);
  expect_refusal(p, p->folder, "can not be a folder");
  ent_store *store = NULL;
  assert_int_equal(ent_store_open(p->context, "", &store), ENT_USAGE);
  char missing[300];
  snprintf(missing, sizeof missing, "%s/none/store", p->folder);
  expect_refusal(p, missing, "make its folder");
}

static void refuses_a_newer_store(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  assert_int_equal(ent_store_open(p->context, p->file, &store), ENT_OK);
  ent_store_close(store);
  run_sql(p->file, "PRAGMA user_version = 99");
  expect_refusal(p, p->file, "newer version");
}

static void reports_a_damaged_store(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  assert_int_equal(ent_store_open(p->context, p->file, &store), ENT_OK);
  ent_store_close(store);
  FILE *file = fopen(p->file, "r+b");
  assert_non_null(file);
  fseek(file, 100, SEEK_SET);
  for (int i = 0; i < 3000; i++) fputc(0x55, file);
  fclose(file);
  expect_refusal(p, p->file, "damaged");
}

static void falls_back_to_a_rollback_journal(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  char path[400];
  /* A folder where the shared memory should be keeps WAL from working. */
  snprintf(path, sizeof path, "%s-shm", p->file);
  assert_int_equal(mkdir(path, 0700), 0);
  if (ent_store_open(p->context, p->file, &store)) fail_msg("%s", ent_context_message(p->context));
  assert_non_null(ent_store_notice(store));
  assert_non_null(strstr(ent_store_notice(store), "rollback journal"));
  ent_store_close(store);
  rmdir(path);
  assert_int_equal(integer_of(p->file, "PRAGMA user_version"), 8);
}

/* A store of the first version: its migration, and a row. */
static void brings_an_old_store_forward(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  static const char row[] =
      "INSERT INTO study VALUES (1, 's'); INSERT INTO item VALUES (1, 1, 'roles', 'ally');"
      "INSERT INTO edition VALUES (1, 1, NULL, '2021', 'm', NULL, 'x', '{}');"
      "INSERT INTO roles (self, first_edition, line, label_en) VALUES (1, 1, 2, 'Ally');"
      "PRAGMA application_id = 0x656e7465; PRAGMA user_version = 1";
  run_sql(p->file, ent_sql_find("001_evidence"));
  run_sql(p->file, row);
  if (ent_store_open(p->context, p->file, &store)) fail_msg("%s", ent_context_message(p->context));
  ent_store_close(store);
  assert_int_equal(integer_of(p->file, "PRAGMA user_version"), 8);
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM roles WHERE label_en = 'Ally' AND review IS NULL"), 1);
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM statements"), 0);
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM fields"), 0);
  assert_int_equal(integer_of(p->file, "SELECT count(*) FROM quotations"), 0);
  assert_int_equal(integer_of(p->file, "SELECT count(contradicts) FROM claims"), 0);
  assert_int_equal(integer_of(p->file, "SELECT count(standard_error) FROM observations"), 0);
}

static void reads_in_a_read_only_place(void **state) {
  place *p = *state;
  ent_store *store = NULL;
  assert_int_equal(ent_store_open(p->context, p->file, &store), ENT_OK);
  ent_store_close(store);
  chmod(p->file, 0400);
  chmod(p->folder, 0500);
  ent_status status = ent_store_open(p->context, p->file, &store);
  chmod(p->folder, 0700);
  assert_int_equal(status, ENT_OK);
  assert_true(ent_store_is_read_only(store));
  ent_store_load *load = NULL;
  bool unchanged = false;
  const ent_edition edition = {.number = 1,
                               .released = "",
                               .date = "2021",
                               .model = "m",
                               .model_text = "",
                               .content_sha256 = "x",
                               .descriptor = "{}"};
  assert_int_equal(ent_store_load_begin(store, "s", &edition, NULL, 0, &load, &unchanged), ENT_STORE);
  ent_store_close(store);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(makes_a_store_and_opens_it_again, start, end),
      cmocka_unit_test_setup_teardown(refuses_what_would_compute, start, end),
      cmocka_unit_test_setup_teardown(keeps_a_scratch_store_in_memory, start, end),
      cmocka_unit_test_setup_teardown(finds_the_default_place, start, end),
      cmocka_unit_test_setup_teardown(refuses_what_is_no_store, start, end),
      cmocka_unit_test_setup_teardown(refuses_a_newer_store, start, end),
      cmocka_unit_test_setup_teardown(reports_a_damaged_store, start, end),
      cmocka_unit_test_setup_teardown(falls_back_to_a_rollback_journal, start, end),
      cmocka_unit_test_setup_teardown(brings_an_old_store_forward, start, end),
      cmocka_unit_test_setup_teardown(reads_in_a_read_only_place, start, end),
  };
  /* root can write everywhere, so that the tests run as nobody */
  if (geteuid() == 0 && (setgid(65534) || setuid(65534))) return 99;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
