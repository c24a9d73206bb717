/* fuzz_store.c - a store that somebody hands on: whatever its bytes, it is read or refused.
 *
 * The input is a line with a key for explain, then changes of a small and good store: statements of SQL up to a byte
 * \x1e, which a stranger could have run on it, then places and bytes that are overwritten, three bytes for the place
 * and one for the byte. An odd length of the input makes the store one that can only be read. */
#define _GNU_SOURCE /* setreuid */
#include <sqlite3.h>

#include "store/store.h"
#include "study.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

enum { MOST_FILES = 64, MOST_STEPS = 200000, MOST_BYTES = 4 << 20 };

static ent_context *context;
static ent_arena *arena; /* of what is kept between inputs */
static const ent_format *format;
static char folder[220], path[260];
static unsigned char *good; /* the bytes of the store */
static sqlite3_int64 good_size;

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) abort();
}

/* Loads the package into a store and makes that as small as it gets. */
static void make_store(const char *package) {
  ent_store *store;
  ent_result *result;
  sqlite3 *db;
  if (ent_store_open(context, NULL, &store) || ent_study_load(context, store, package, &result)) abort();
  ent_result_free(result);
  ent_store_close(store);
  if (sqlite3_open(path, &db) != SQLITE_OK) abort();
  run(db, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM");
  good = sqlite3_serialize(db, "main", &good_size, 0);
  if (!good) abort();
  sqlite3_close(db);
}

static void prepare(void) {
  fuzz_file files[MOST_FILES];
  ent_text next = {0};
  char name[300];
  if (good) return;
  if (ent_context_new("share", &context) || !(arena = ent_arena_new(0)) || ent_format_read(context, arena, &format))
    abort();
  snprintf(folder, sizeof folder, "%s/package", fuzz_folder());
  snprintf(path, sizeof path, "%s/entente/store.sqlite", fuzz_folder()); /* where a store is by default */
  if (mkdir(folder, 0755) || setenv("XDG_DATA_HOME", fuzz_folder(), 1)) abort();
  size_t count = fuzz_package(context, arena, files, MOST_FILES);
  for (size_t i = 0; i < count; i++) {
    snprintf(name, sizeof name, "%s/%s", folder, files[i].name);
    fuzz_write_file(name, files[i].bytes, files[i].length);
  }
  make_store(folder);
  fuzz_descriptor(format, 2, &next); /* what is loaded on top is the next edition */
  snprintf(name, sizeof name, "%s/datapackage.json", folder);
  fuzz_write_file(name, next.data, next.length);
  ent_text_clear(&next);
}

static int stop(void *left) { return --*(int *)left < 0; }

/* The good store after statements that may do anything but take long or grow large; NULL where they broke it. */
static unsigned char *after_statements(const char *sql, sqlite3_int64 *size) {
  int left = MOST_STEPS / 100;
  unsigned char *bytes = sqlite3_malloc64((sqlite3_uint64)good_size), *out = NULL;
  sqlite3 *db = NULL;
  if (!bytes || sqlite3_open(":memory:", &db) != SQLITE_OK) abort();
  memcpy(bytes, good, (size_t)good_size);
  if (sqlite3_deserialize(db, "main", bytes, good_size, good_size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) != SQLITE_OK)
    abort();
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, MOST_BYTES / 4);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_progress_handler(db, 100, stop, &left);
  sqlite3_exec(db, "PRAGMA writable_schema = ON", NULL, NULL, NULL);
  /* One by one, so that a statement that is wrong does not keep the next from running. */
  while (sql && *sql && left > 0) {
    sqlite3_stmt *statement = NULL;
    const char *next = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, &next);
    while (code == SQLITE_OK && statement && sqlite3_step(statement) == SQLITE_ROW) continue;
    sqlite3_finalize(statement);
    if (code != SQLITE_OK) next = strchr(sql, '\n') ? strchr(sql, '\n') + 1 : NULL;
    sql = next;
  }
  out = sqlite3_serialize(db, "main", size, 0);
  sqlite3_close(db);
  if (out && *size <= MOST_BYTES) return out;
  sqlite3_free(out);
  return NULL;
}

static void overwrite(unsigned char *bytes, sqlite3_int64 size, const uint8_t *changes, size_t count) {
  for (; size && count >= 4; changes += 4, count -= 4)
    bytes[(((sqlite3_int64)changes[0] << 16) | (changes[1] << 8) | changes[2]) % size] = changes[3];
}

static void remove_store(void) {
  static const char *const beside[] = {"", "-wal", "-shm", "-journal", ".before-restore", ".before-restore-wal"};
  char name[280];
  for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
    snprintf(name, sizeof name, "%s%s", path, beside[i]);
    unlink(name);
  }
}

/* access(2) asks the real user, so that root can be one who may not write, and still clean up. */
static ent_status open_as(bool read_only, ent_store **store) {
  uid_t user = getuid();
  chmod(path, read_only ? 0444 : 0644);
  if (read_only && user == 0 && setreuid(65534, (uid_t)-1)) abort();
  ent_status status = ent_store_open(context, NULL, store);
  if (read_only && user == 0 && setreuid(0, (uid_t)-1)) abort();
  if (!status && ent_store_is_read_only(*store) != read_only) abort();
  return status;
}

/* Asks each study that the store says it has, and whether each table of it can be read. */
static void read_all(ent_store *store, const char *key) {
  ent_arena *scratch = ent_arena_new((size_t)256 << 20);
  const char *const *ids = NULL, *const *dates = NULL;
  size_t count = 0, dated = 0;
  ent_status status = scratch ? ent_store_studies(store, scratch, &ids, &count) : ENT_STORE;
  for (size_t i = 0; !status && i < count && i < 3; i++) {
    (void)fuzz_ask(context, store, ids[i], key);
    for (size_t r = 0; r < format->resource_count; r++) {
      ent_table *table = NULL;
      if (ent_store_published(store, scratch, &format->kept[r], ids[i], 1, &dates, &dated)) continue;
      if (ent_store_row(store, scratch, &format->kept[r], ids[i], 1, "ALV", &table)) continue;
    }
  }
  (void)fuzz_ask(context, store, "river-pakt", key); /* not there: the nearest is */
  ent_arena_free(scratch);
}

/* The operations on a whole store: info, check, a backup of it, and a restore of itself. */
static void ask_about_store(bool copy) {
  char file[280];
  ent_result *result = NULL;
  ent_status status = ent_store_info(context, path, &result);
  fuzz_answer(context, status, result);
  status = ent_store_check(context, path, &result);
  fuzz_answer(context, status, result);
  if (!copy) return;
  snprintf(file, sizeof file, "%s.copy", path);
  status = ent_store_backup(context, path, file, &result);
  fuzz_answer(context, status, result);
  if (!status) {
    status = ent_store_restore(context, path, file, &result);
    fuzz_answer(context, status, result);
  }
  unlink(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bool read_only = size % 2 == 1, load_again = size % 8 < 2;
  ent_store *store;
  ent_result *result;
  sqlite3_int64 store_size = 0;
  char key[200];
  prepare();
  data = fuzz_key(data, &size, key);
  const uint8_t *end = size ? memchr(data, 0x1e, size) : NULL;
  size_t length = end ? (size_t)(end - data) : size;
  char *sql = strndup((const char *)data, length);
  unsigned char *bytes = after_statements(sql, &store_size);
  free(sql);
  if (!bytes) return 0;
  if (end) overwrite(bytes, store_size, end + 1, size - length - 1);
  fuzz_write_file(path, bytes, (size_t)store_size);
  sqlite3_free(bytes);
  ent_status status = open_as(read_only, &store);
  if (status) {
    fuzz_answer(context, status, NULL);
  } else {
    read_all(store, key);
    if (load_again) {
      status = ent_study_load(context, store, folder, &result);
      fuzz_answer(context, status, result);
    }
    if (!read_only && !status && size % 16 == 4) {
      status = ent_study_remove(context, store, "river-pact-2030", 1, &result);
      fuzz_answer(context, status, result);
    }
    ent_store_close(store);
  }
  ask_about_store(!read_only && size % 4 == 0);
  remove_store();
  return 0;
}

/* A statement of the kind that changes rows and leaves the store one that can be opened. */
static size_t make_statement(char *out, size_t size, uint64_t *state) {
  static const char *const values[] = {"NULL",
                                       "''",
                                       "0",
                                       "-1",
                                       "1",
                                       "2",
                                       "99999",
                                       "1e308",
                                       "'x'",
                                       "'..'",
                                       "'2031'",
                                       "x'00ff'",
                                       "9e999",
                                       "'ALV'",
                                       "version",
                                       "self",
                                       "zeroblob(5000)",
                                       "-9223372036854775807",
                                       "'fn1 fn2:x nope'",
                                       "'{\"a\": [1]}'"};
  const ent_store_resource *resource = &format->kept[fuzz_below(state, format->resource_count)];
  static const char *const own[] = {"self", "first_edition", "last_edition", "line", "published"};
  size_t column = fuzz_below(state, resource->field_count + 5);
  const char *name = column < 5 ? own[column] : resource->fields[column - 5].name;
  const char *value = values[fuzz_below(state, sizeof values / sizeof *values)];
  unsigned row = (unsigned)fuzz_below(state, 5);
  switch (fuzz_below(state, 6)) {
    case 0: return (size_t)snprintf(out, size, "DELETE FROM \"%s\" WHERE version %% 3 = %u;\n", resource->name, row);
    case 1:
      return (size_t)snprintf(out, size, "UPDATE edition SET %s = %s;\n",
                              ((const char *const[]){"number", "released", "date", "model", "content_sha256",
                                                     "descriptor", "model_text"})[fuzz_below(state, 7)],
                              value);
    case 2:
      return (size_t)snprintf(out, size, "UPDATE item SET %s = %s WHERE item %% 50 = %u;\n",
                              ((const char *const[]){"id", "resource", "study"})[fuzz_below(state, 3)], value, row);
    default:
      return (size_t)snprintf(out, size, "UPDATE \"%s\" SET \"%s\" = %s WHERE version %% 5 = %u;\n", resource->name,
                              name, value, row);
  }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  char statement[300];
  uint64_t state = seed;
  prepare();
  size_t at = 0, what = fuzz_below(&state, 8);
  uint8_t *line = size ? memchr(data, '\n', size) : NULL, *end = size ? memchr(data, 0x1e, size) : NULL;
  if (!line || what < 2) return LLVMFuzzerMutate(data, size, max);
  size_t first = (size_t)(line - data) + 1, last = end && end >= data + first ? (size_t)(end - data) : size;
  if (what == 2) { /* bytes of the file */
    uint8_t change[5] = {0x1e};
    for (int i = 1; i < 5; i++) change[i] = (uint8_t)fuzz_next(&state);
    change[1] %= 8;
    return fuzz_replace(data, size, max, size, size, change + (end != NULL), 5 - (end != NULL));
  }
  if (what == 3 && !end) return fuzz_change(data, size, max, &state, data, size);
  size_t length = make_statement(statement, sizeof statement, &state);
  fuzz_line(data + first, last - first, &state, &at, &last);
  return fuzz_replace(data, size, max, first + at, first + at, statement, length);
}
