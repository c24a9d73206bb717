/* store.c - opens and closes the SQLite file that keeps evidence, and brings it to the newest migration.
 *
 * A file that is not ours is never written to: its application id is read before anything else. Where the file or
 * its folder can not be written, it is opened for reading only. */
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/file.h"
#include "store/handle.h"
#include "store/sql.h"

#define ENT_JOURNAL_TRIES 100

enum { OPEN_EXISTING = 1, OPEN_AS_IS = 2 }; /* what ent_store_open does not: see store.h */

static ent_status open_at(ent_context *context, const char *path, unsigned how, ent_store **out);
static ent_status place_of(ent_context *context, const char *path, bool make, ent_text *out);
static ent_status connect_to(ent_store *store);
static ent_status reach(ent_store *store);
static ent_status recognise(ent_store *store, int *version);
static ent_status choose_journal(ent_store *store);

ent_status ent_store_open(ent_context *context, const char *path, ent_store **out) {
  ent_context_clear(context);
  return open_at(context, path, 0, out);
}

ent_status ent_store_open_existing(ent_context *context, const char *path, ent_store **out) {
  return open_at(context, path, OPEN_EXISTING, out);
}

ent_status ent_store_open_as_is(ent_context *context, const char *path, ent_store **out) {
  return open_at(context, path, OPEN_EXISTING | OPEN_AS_IS, out);
}

ent_status ent_store_place(ent_context *context, const char *path, ent_text *out) {
  return place_of(context, path, false, out);
}

static ent_status refuse_missing(const ent_store *store) {
  if (strcmp(store->path, ":memory:") == 0)
    return ent_fail(store->context, ENT_USAGE, store->path, "name a file with --store",
                    "a scratch store is gone when a command ends");
  if (ent_file_exists(store->path)) return ENT_OK;
  return ent_fail(
      store->context, ENT_NOT_FOUND, store->path,
      "entente study load makes one, entente store restore brings back a backup, --store names another file",
      "there is no store here");
}

static ent_status open_at(ent_context *context, const char *path, unsigned how, ent_store **out) {
  *out = NULL;
  int version = 0;
  ent_text place = {0};
  ent_store *store = calloc(1, sizeof *store);
  if (!store) return ent_fail_memory(context);
  store->context = context;
  ent_status status = place_of(context, path, !(how & OPEN_EXISTING), &place);
  if (status) goto done;
  store->path = place.data;
  if (how & OPEN_EXISTING) status = refuse_missing(store);
  if (!status) status = connect_to(store);
  if (!status) status = reach(store);
  if (!status) status = recognise(store, &version);
  if (!status && !store->read_only && !(how & OPEN_AS_IS)) status = choose_journal(store);
  if (!status && !store->read_only && !(how & OPEN_AS_IS)) status = ent_store_migrate(store);
done:
  if (status) {
    if (!store->path) ent_text_clear(&place);
    ent_store_close(store);
    return status;
  }
  *out = store;
  return ENT_OK;
}

void ent_store_close(ent_store *store) {
  if (!store) return;
  sqlite3_close_v2(store->db);
  free(store->path);
  free(store);
}

const char *ent_store_path(const ent_store *store) { return store->path; }
bool ent_store_is_read_only(const ent_store *store) { return store->read_only; }
const char *ent_store_notice(const ent_store *store) { return store->notice; }

/* The given path, or the default one; make: its folders too. */
static ent_status place_of(ent_context *context, const char *path, bool make, ent_text *out) {
  if (path && !*path)
    return ent_fail(context, ENT_USAGE, NULL, "name a file, or :memory: for a scratch store",
                    "the store's path is empty");
  if (path) {
    ent_text_add(out, path);
    return out->failed ? ent_fail_memory(context) : ENT_OK;
  }
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  /* The XDG specification has relative paths ignored. */
  if (data && *data == '/') {
    ent_text_add(out, data);
  } else if (home && *home) {
    ent_text_add(out, home);
    ent_text_add(out, "/.local/share");
  } else {
    return ent_fail(context, ENT_STORE, NULL, "set HOME or XDG_DATA_HOME, or name a file with --store",
                    "there is no place for the store");
  }
  ent_text_add(out, "/entente");
  if (out->failed) return ent_fail_memory(context);
  /* An existing folder is left alone, so that a store in a read-only place can still be read. */
  ent_status status = !make || ent_file_is_folder(out->data) ? ENT_OK : ent_file_make_folders(context, out->data);
  if (status) return ent_fail_while(context, status, "making a folder for the store; --store names another place");
  ent_text_add(out, "/store.sqlite");
  return out->failed ? ent_fail_memory(context) : ENT_OK;
}

/* Whether the folder that holds path can be written: SQLite needs it for its journal. */
static bool folder_is_writable(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return access(".", W_OK) == 0;
  ent_text folder = {0};
  ent_text_add_bytes(&folder, path, slash == path ? 1 : (size_t)(slash - path));
  bool writable = !folder.failed && access(folder.data, W_OK) == 0;
  ent_text_clear(&folder);
  return writable;
}

/* A store that nobody can write needs no lock; without "immutable" SQLite would want to make files beside a file in
 * WAL mode. Where a log still lies beside the file, its last writes are only seen without that. */
static void read_only_uri(const char *path, ent_text *uri) {
  ent_text log = {0};
  ent_text_print(&log, "%s-wal", path);
  bool has_log = log.failed || ent_file_exists(log.data);
  ent_text_clear(&log);
  ent_text_add(uri, "file:");
  for (const char *c = path; *c; c++) {
    if (strchr("?#%", *c)) ent_text_print(uri, "%%%02X", (unsigned)(unsigned char)*c);
    else ent_text_add_bytes(uri, c, 1);
  }
  ent_text_add(uri, has_log ? "?mode=ro" : "?mode=ro&immutable=1");
}

static ent_status connect_to(ent_store *store) {
  bool scratch = strcmp(store->path, ":memory:") == 0;
  if (!scratch && ent_file_is_folder(store->path))
    return ent_fail(store->context, ENT_STORE, store->path, "name a file in it with --store",
                    "the store can not be a folder");
  bool exists = !scratch && ent_file_exists(store->path);
  store->read_only = exists && (access(store->path, W_OK) != 0 || !folder_is_writable(store->path));
  int code;
  if (store->read_only) {
    ent_text uri = {0};
    read_only_uri(store->path, &uri);
    if (uri.failed) {
      ent_text_clear(&uri);
      return ent_fail_memory(store->context);
    }
    code = sqlite3_open_v2(uri.data, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    ent_text_clear(&uri);
  } else {
    /* no two threads use a handle at the same time, so that none of its calls needs a lock */
    code = sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                           NULL);
  }
  if (code == SQLITE_CANTOPEN && !exists)
    return ent_fail(store->context, ENT_STORE, store->path, "make its folder, or name another place with --store",
                    "the store can not be made here");
  if (code != SQLITE_OK) return ent_store_fail(store, "opening the store");
  sqlite3_busy_timeout(store->db, ENT_BUSY_MILLISECONDS);
  /* A store that somebody hands on must not be able to run what it likes. */
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return ENT_OK;
}

int ent_store_newest(void) {
  int newest = 0;
  for (const ent_sql_text *sql = ent_sql; sql->name; sql++) {
    int number = ent_sql_migration(sql->name);
    if (number > newest) newest = number;
  }
  return newest;
}

/* What entente never makes: views, triggers, virtual tables and computed columns, which in a store from somebody else
 * could make a reader compute without end. The parsed schema is asked too, since the texts' own columns may lie. */
static const char foreign_parts[] =
    "SELECT (SELECT count(*) FROM sqlite_schema WHERE sql NOT LIKE 'CREATE TABLE %' AND sql NOT LIKE 'CREATE INDEX %')"
    " + (SELECT count(*) FROM pragma_table_list t, pragma_table_xinfo(t.name) x WHERE t.type <> 'table' OR x.hidden)";

/* Ours and not from the future, or an empty file. *version: its last migration. */
static ent_status recognise(ent_store *store, int *version) {
  int application = 0, tables = 0, foreign = 0;
  /* One state of the file: another program may be making it a store at this moment. */
  ent_status status = ent_store_run(store, "BEGIN", "opening the store");
  if (status) return status;
  status = ent_store_integer(store, "PRAGMA application_id", &application);
  if (!status) status = ent_store_integer(store, "PRAGMA user_version", version);
  if (!status) status = ent_store_integer(store, "SELECT count(*) FROM sqlite_schema", &tables);
  if (!status && tables && application == ENT_APPLICATION_ID)
    status = ent_store_integer(store, foreign_parts, &foreign);
  sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
  if (status) return status;
  bool empty = application == 0 && *version == 0 && tables == 0;
  if (!empty && application != ENT_APPLICATION_ID)
    return ent_fail(store->context, ENT_STORE, store->path,
                    "name another file with --store; this one was left as it is",
                    "the file is a database, but no entente store");
  if (foreign)
    return ent_fail(store->context, ENT_STORE, store->path,
                    "load the studies from their folders into another file with --store",
                    "the store has views, triggers or computed columns, which entente does not make");
  int newest = ent_store_newest();
  if (*version > newest)
    return ent_fail(store->context, ENT_STORE, store->path, "use the newer entente, or another file with --store",
                    "the store was written by a newer version of entente (%d; this one knows %d)", *version, newest);
  if (store->read_only && *version < newest)
    return ent_fail(store->context, ENT_STORE, store->path,
                    "copy it to a place that can be written, or use --store :memory:",
                    "the store is %s and can only be read here", empty ? "empty" : "of an older version");
  return ENT_OK;
}

/* Runs a statement; *is (if not NULL) tells whether its first cell is the word. Returns SQLite's code. */
static int try_statement(ent_store *store, const char *sql, const char *word, bool *is) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  const char *cell = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  if (is) *is = cell && word && strcmp(cell, word) == 0;
  sqlite3_finalize(statement);
  return code & 0xff;
}

/* A file in WAL mode that was copied to a file system without shared memory can be read only by a connection that has
 * it for itself. What else is wrong with the file is found later. */
static ent_status reach(ent_store *store) {
  if (store->read_only || strcmp(store->path, ":memory:") == 0) return ENT_OK;
  int code = try_statement(store, "SELECT count(*) FROM sqlite_schema", NULL, NULL);
  if (code != SQLITE_CANTOPEN && code != SQLITE_IOERR && code != SQLITE_PROTOCOL) return ENT_OK;
  sqlite3_close_v2(store->db); /* this one will always ask for the memory */
  store->db = NULL;
  ent_status status = connect_to(store);
  store->alone = !status && sqlite3_exec(store->db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
  return status;
}

/* Whether the file is in WAL mode and can be used so. Some file systems say yes and fail at the first read or write, so
 * that both are tried. Another program that is busy with the file is waited for. */
static bool use_wal(ent_store *store) {
  bool is = false, was = false;
  int code = try_statement(store, "PRAGMA journal_mode", "wal", &was);
  for (int i = 0; !was && i < ENT_JOURNAL_TRIES; i++) {
    code = try_statement(store, "PRAGMA journal_mode = WAL", "wal", &is);
    if (code != SQLITE_BUSY) break;
    sqlite3_sleep(ENT_BUSY_MILLISECONDS / ENT_JOURNAL_TRIES);
  }
  if (was) return try_statement(store, "SELECT count(*) FROM sqlite_schema", NULL, NULL) == SQLITE_ROW;
  if (!is) return false;
  code = try_statement(store, "BEGIN IMMEDIATE", NULL, NULL);
  sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  return code == SQLITE_DONE || code == SQLITE_BUSY;
}

/* Write-ahead logging lets readers go on while one writes. It needs shared memory, which some file systems lack: there
 * the rollback journal serves. */
static ent_status choose_journal(ent_store *store) {
  int ignored = 0;
  if (strcmp(store->path, ":memory:") == 0 || (!store->alone && use_wal(store))) return ENT_OK;
  store->notice = "write-ahead logging can not be used here; the store uses a rollback journal";
  /* The file may say WAL by now, and only a connection that has it for itself reads that without shared memory. */
  sqlite3_exec(store->db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL",
               NULL, NULL, NULL);
  return ent_store_integer(store, "SELECT count(*) FROM sqlite_schema", &ignored);
}

/* All missing migrations in one transaction: a store is of one version or of the other. The version is read again
 * inside, since another program may have done the work meanwhile. */
ent_status ent_store_migrate(ent_store *store) {
  int version = 0, newest = ent_store_newest();
  ent_status status = ent_store_integer(store, "PRAGMA user_version", &version);
  if (status || version >= newest) return status;
  status = ent_store_run(store, "BEGIN IMMEDIATE", "preparing the store");
  if (status) return status;
  status = ent_store_integer(store, "PRAGMA user_version", &version);
  for (const ent_sql_text *sql = ent_sql; !status && sql->name; sql++)
    if (ent_sql_migration(sql->name) > version) status = ent_store_run(store, sql->text, "preparing the store");
  if (!status && version < newest) {
    ent_text text = {0};
    ent_text_print(&text, "PRAGMA application_id = %d; PRAGMA user_version = %d", ENT_APPLICATION_ID, newest);
    status = text.failed ? ent_fail_memory(store->context) : ent_store_run(store, text.data, "preparing the store");
    ent_text_clear(&text);
  }
  if (!status) status = ent_store_run(store, "COMMIT", "preparing the store");
  if (status) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

ent_status ent_store_integer(ent_store *store, const char *sql, int *out) {
  sqlite3_stmt *statement = NULL;
  ent_status status = ent_store_prepare(store, sql, &statement);
  if (!status) {
    if (sqlite3_step(statement) == SQLITE_ROW) *out = sqlite3_column_int(statement, 0);
    else status = ent_store_fail(store, "reading the store");
  }
  sqlite3_finalize(statement);
  return status;
}
