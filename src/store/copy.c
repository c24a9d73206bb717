/* copy.c - a store as one file: written to a backup, and brought back from one.
 *
 * Both work the same way: a new file beside the one that is wanted, filled by SQLite's backup, examined, synced,
 * renamed. Whatever happens before the rename, what stood there stands. A store that is replaced is kept under another
 * name. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/file.h"
#include "store/handle.h"
#include "store/sql.h"

enum { MOST_KEPT = 1000 };

static ent_status fill(ent_store *from, const char *file);
static ent_status examine_copy(ent_context *context, const char *copy, const char *name,
                               const ent_store_resource *resources, size_t resource_count);
static ent_status admit_target(ent_store *store, const char *file);
static ent_status put_in_place(ent_context *context, const char *copy, const char *path, ent_arena *arena,
                               const char **kept);

/* The file behind symbolic links, since a rename would replace the link; the name itself where nothing is there. */
static char *resolve(const char *path) {
  char *real = realpath(path, NULL);
  return real || errno == ENOMEM ? real : strdup(path);
}

static void remove_copy(const char *copy) {
  static const char *const endings[] = {"-wal", "-shm", "-journal", ""};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    ent_text name = {0};
    ent_text_print(&name, "%s%s", copy, endings[i]);
    if (!name.failed) unlink(name.data);
    ent_text_clear(&name);
  }
}

ent_status ent_store_copy(ent_store *store, const char *file, const ent_store_resource *resources,
                          size_t resource_count) {
  ent_context *context = store->context;
  char *copy = NULL, *target = resolve(file);
  ent_status status = target ? admit_target(store, target) : ent_fail_memory(context);
  if (!status) status = ent_file_make_beside(context, target, ent_file_mode(store->path), &copy);
  if (!status) status = fill(store, copy);
  if (!status) status = examine_copy(context, copy, store->path, resources, resource_count);
  if (!status) status = ent_file_move(context, copy, target);
  if (status && copy) remove_copy(copy);
  free(copy);
  free(target);
  return status ? ent_fail_while(context, status, "writing the backup %s", file) : ENT_OK;
}

ent_status ent_store_bring_back(ent_context *context, const char *path, const char *file,
                                const ent_store_resource *resources, size_t resource_count, ent_arena *arena,
                                const char **place, const char **kept) {
  ent_store *from = NULL;
  ent_text wanted = {0};
  char *copy = NULL, *target = NULL;
  ent_status status = ent_store_place(context, path, &wanted);
  if (!status && strcmp(wanted.data, ":memory:") == 0)
    status = ent_fail(context, ENT_USAGE, wanted.data, "name a file with --store",
                      "a scratch store can not be brought back");
  if (!status && !(target = resolve(wanted.data))) status = ent_fail_memory(context);
  if (!status && !(*place = ent_arena_copy(arena, wanted.data, wanted.length))) status = ent_fail_memory(context);
  if (!status && ent_file_same(target, file))
    status = ent_fail(context, ENT_USAGE, file, "name the backup", "this is the store itself");
  if (!status && !ent_file_exists(file))
    status = ent_fail(context, ENT_NOT_FOUND, file, "name the backup", "there is no such file");
  if (!status) status = ent_store_open_as_is(context, file, &from);
  if (!status && !path) status = ent_file_make_folder_of(context, target);
  if (!status) {
    unsigned mode = ent_file_mode(target);
    status = ent_file_make_beside(context, target, mode ? mode : ent_file_mode(file), &copy);
  }
  if (!status) status = fill(from, copy);
  ent_store_close(from);
  if (!status) status = examine_copy(context, copy, file, resources, resource_count);
  if (!status) status = put_in_place(context, copy, target, arena, kept);
  if (status && copy) remove_copy(copy);
  free(copy);
  free(target);
  ent_text_clear(&wanted);
  return status ? ent_fail_while(context, status, "bringing back the store from %s", file) : ENT_OK;
}

/* ---- the copy ---- */

/* Which side of a copy failed: the one that remembers. */
static ent_status fail_copy(ent_store *from, sqlite3 *to, const char *file, int code) {
  bool theirs = (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED && sqlite3_errcode(to) != SQLITE_OK;
  if (theirs) return ent_store_fail_at(from->context, to, file, code, "copying the store");
  return ent_store_fail_at(from->context, from->db, from->path, code, "copying the store");
}

/* Fills an empty file. It is nobody's yet, so that it needs no journal; it becomes a file that needs no other beside
 * it, whatever the journal of the store. */
static ent_status fill(ent_store *from, const char *file) {
  sqlite3 *to = NULL;
  sqlite3_backup *backup = NULL;
  int code = sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
  if (code == SQLITE_OK && !(backup = sqlite3_backup_init(to, "main", from->db, "main"))) code = sqlite3_errcode(to);
  if (code == SQLITE_OK) {
    sqlite3_backup_step(backup, -1);
    code = sqlite3_backup_finish(backup);
  }
  if (code == SQLITE_OK)
    code = sqlite3_exec(to, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  ent_status status = code == SQLITE_OK ? ENT_OK : fail_copy(from, to, file, code);
  sqlite3_close_v2(to);
  return status;
}

/* A copy of a damaged store would be taken for a good one when it is needed. name: what was copied. An older copy is
 * brought to this version first: only then can its rows be read. */
static ent_status examine_copy(ent_context *context, const char *copy, const char *name,
                               const ent_store_resource *resources, size_t resource_count) {
  ent_store *store = NULL;
  ent_findings findings;
  size_t rows = 0;
  ent_arena *arena = ent_arena_new(0);
  if (!arena) return ent_fail_memory(context);
  ent_findings_init(&findings, arena);
  ent_status status = ent_store_open_as_is(context, copy, &store);
  if (!status) status = ent_store_migrate(store);
  if (!status) status = ent_store_examine(store, arena, resources, resource_count, &findings, &rows);
  if (!status && findings.errors)
    status = ent_fail(context, ENT_STORE, name, "entente store check shows all that is wrong with it",
                      "the store is damaged and was not copied: %s", findings.list[0].what);
  ent_store_close(store);
  ent_arena_free(arena);
  return status;
}

/* ---- the file that a backup replaces ---- */

static ent_status refuse_target(ent_context *context, const char *file, const char *what) {
  return ent_fail(context, ENT_STORE, file, "name another file, or take this one away first", "%s", what);
}

/* Whether another store has every edition that this one has. */
static ent_status holds_no_more(ent_store *store, ent_store *target) {
  sqlite3_stmt *theirs = NULL, *ours = NULL;
  int code = SQLITE_DONE;
  ent_status status = ent_store_prepare(
      target, "SELECT s.id, e.number FROM edition e JOIN study s ON s.study = e.study ORDER BY 1, 2", &theirs);
  if (!status) status = ent_store_prepare(store, ent_sql_find("edition_find"), &ours);
  while (!status && (code = sqlite3_step(theirs)) == SQLITE_ROW) {
    const char *id = (const char *)sqlite3_column_text(theirs, 0);
    if (!id) status = ent_fail_memory(store->context);
    if (status) break;
    sqlite3_bind_text(ours, 1, id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(ours, 2, sqlite3_column_int(theirs, 1));
    int found = sqlite3_step(ours);
    if (found == SQLITE_DONE)
      status = ent_fail(store->context, ENT_STORE, target->path, "name another file, or take this one away first",
                        "it holds edition %d of %s, which the store does not hold", sqlite3_column_int(theirs, 1), id);
    else if (found != SQLITE_ROW) status = ent_store_fail(store, "comparing the store with the backup");
    sqlite3_reset(ours);
  }
  if (!status && code != SQLITE_DONE) status = ent_store_fail(target, "comparing the store with the backup");
  sqlite3_finalize(theirs);
  sqlite3_finalize(ours);
  return status;
}

static ent_status admit_target(ent_store *store, const char *file) {
  ent_store *target = NULL;
  ent_text log = {0};
  if (ent_file_is_folder(file)) return refuse_target(store->context, file, "a backup can not be a folder");
  if (!ent_file_exists(file)) return ENT_OK;
  if (ent_file_same(file, store->path)) return refuse_target(store->context, file, "this is the store itself");
  if (ent_file_length(file) == 0) return ENT_OK;
  ent_text_print(&log, "%s-wal", file);
  bool used = !log.failed && ent_file_exists(log.data);
  ent_text_clear(&log);
  if (used) return refuse_target(store->context, file, "this is a store that another program uses");
  ent_status status = ent_store_open_as_is(store->context, file, &target);
  if (!status) status = holds_no_more(store, target);
  ent_store_close(target);
  return status;
}

/* ---- the store that is replaced ---- */

static ent_status refuse_used(ent_context *context, const char *path) {
  return ent_fail(context, ENT_STORE, path, "try again when it has ended", "another program uses the store");
}

/* Writes the log into the store and does without one; only possible while nobody else has the store open. */
static int without_log(const char *path) {
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(db, "PRAGMA journal_mode = DELETE", -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  const char *mode = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  if (code == SQLITE_ROW) code = mode && strcmp(mode, "delete") == 0 ? SQLITE_OK : SQLITE_BUSY;
  sqlite3_finalize(statement);
  sqlite3_close_v2(db);
  return code;
}

/* Locks a store without a log, so that nobody can write what would be lost. *old holds the lock until it is closed. */
static int lock(const char *path, sqlite3 **old) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_open_v2(path, old, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(*old, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(*old, "PRAGMA journal_mode", -1, &statement, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  const char *mode = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  /* Somebody may have come in between and begun a log. */
  if (code == SQLITE_ROW) code = mode && strcmp(mode, "wal") != 0 ? SQLITE_OK : SQLITE_BUSY;
  sqlite3_finalize(statement);
  return code;
}

/* Takes the store for ourselves. A damaged one can not be locked, nor used by others: *sound is then false. */
static ent_status seize(ent_context *context, const char *path, sqlite3 **old, bool *sound) {
  int code = without_log(path);
  if (code == SQLITE_OK) code = lock(path, old);
  *sound = code == SQLITE_OK;
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ENT_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return refuse_used(context, path);
    default: return ent_store_fail_at(context, *old, path, code, "taking the store away");
  }
}

/* Gives the file a second name, so that it never goes without one. */
static ent_status keep_as(ent_context *context, const char *path, const char *name) {
  if (link(path, name) == 0) return ENT_OK;
  /* A file system without links: between this and the next step, the store has the other name alone. */
  if (errno != EEXIST && rename(path, name) == 0) return ENT_OK;
  return ent_fail(context, ENT_STORE, path, "see that its folder can be written", "can not be kept as %s", name);
}

static ent_status keep_old(ent_context *context, const char *path, bool sound, ent_arena *arena, const char **kept) {
  char *name = ent_arena_print(arena, "%s.before-restore", path);
  /* A second name that a run which was killed gave to the store is free again. */
  for (int i = 2; name && ent_file_exists(name) && i < MOST_KEPT; i++) {
    if (ent_file_same(path, name) && unlink(name) == 0) break;
    name = ent_arena_print(arena, "%s.before-restore-%d", path, i);
  }
  if (!name) return ent_fail_memory(context);
  ent_status status = keep_as(context, path, name);
  static const char *const endings[] = {"-wal", "-journal"};
  for (size_t i = 0; !status && !sound && i < sizeof endings / sizeof *endings; i++) {
    char *log = ent_arena_print(arena, "%s%s", path, endings[i]),
         *other = ent_arena_print(arena, "%s%s", name, endings[i]);
    if (!log || !other) status = ent_fail_memory(context);
    else if (ent_file_exists(log) && rename(log, other) != 0)
      status = ent_fail(context, ENT_STORE, log, "see that its folder can be written", "can not be kept as %s", other);
  }
  *kept = name;
  return status;
}

/* Whether the file is a store of ours by its first page, be it damaged or newer; an empty file will do too. */
static bool is_ours(const char *path) {
  static const char title[] = "SQLite format 3";
  unsigned char head[72] = {0};
  FILE *file = fopen(path, "rb");
  size_t length = file ? fread(head, 1, sizeof head, file) : 0;
  if (file) fclose(file);
  unsigned long id =
      (unsigned long)head[68] << 24 | (unsigned long)head[69] << 16 | (unsigned long)head[70] << 8 | head[71];
  return length == 0 || (length == sizeof head && memcmp(head, title, sizeof title) == 0 && id == ENT_APPLICATION_ID);
}

static ent_status put_in_place(ent_context *context, const char *copy, const char *path, ent_arena *arena,
                               const char **kept) {
  sqlite3 *old = NULL;
  bool sound = false;
  ent_status status = ENT_OK;
  *kept = NULL;
  if (ent_file_exists(path)) {
    if (!is_ours(path))
      return ent_fail(context, ENT_STORE, path, "move it away first, or name another place with --store",
                      "what is here is no entente store, and is not replaced");
    status = seize(context, path, &old, &sound);
    if (!status) status = keep_old(context, path, sound, arena, kept);
  }
  if (!status) status = ent_file_move(context, copy, path);
  if (status && *kept && ent_file_same(path, *kept)) unlink(*kept);
  sqlite3_close_v2(old); /* only now: until then nobody could write what would be lost */
  return status;
}
