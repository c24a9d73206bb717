/* look.c - what a store holds: its file, its version, its editions and how many rows stand in each. */
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "store/handle.h"

static ent_status read_file(ent_store *store, ent_arena *arena, ent_store_state *out);
static ent_status read_held(ent_store *store, ent_arena *arena, ent_store_held **list, size_t *count);
static ent_status count_rows(ent_store *store, const ent_store_resource *resource, ent_store_held *list, size_t count);

ent_status ent_store_look(ent_store *store, ent_arena *arena, const ent_store_resource *resources,
                          size_t resource_count, ent_store_state *out) {
  *out = (ent_store_state){.newest = ent_store_newest()};
  ent_store_held *held = NULL;
  ent_status status = ent_store_read_begin(store);
  if (status) return status;
  status = read_file(store, arena, out);
  if (!status) status = read_held(store, arena, &held, &out->count);
  for (size_t r = 0; !status && r < resource_count; r++) status = count_rows(store, &resources[r], held, out->count);
  ent_store_read_end(store);
  out->held = held;
  return status;
}

static ent_status read_file(ent_store *store, ent_arena *arena, ent_store_state *out) {
  sqlite3_stmt *statement = NULL;
  char *log = ent_arena_print(arena, "%s-wal", store->path);
  if (!log) return ent_fail_memory(store->context);
  out->bytes = ent_file_length(store->path) + ent_file_length(log);
  ent_status status = ent_store_integer(store, "PRAGMA user_version", &out->version);
  if (!status) status = ent_store_prepare(store, "PRAGMA journal_mode", &statement);
  if (!status && sqlite3_step(statement) != SQLITE_ROW) status = ent_store_fail(store, "reading the store");
  if (!status && !(out->journal = ent_store_column_text(arena, statement, 0))) status = ent_fail_memory(store->context);
  sqlite3_finalize(statement);
  return status;
}

static ent_status read_held(ent_store *store, ent_arena *arena, ent_store_held **list, size_t *count) {
  sqlite3_stmt *statement = NULL;
  int editions = 0, code = SQLITE_DONE;
  ent_status status = ent_store_integer(store, "SELECT count(*) FROM edition", &editions);
  if (!status && !(*list = ent_arena_take(arena, (size_t)editions, sizeof **list)))
    status = ent_fail_memory(store->context);
  if (!status)
    status = ent_store_prepare(store,
                               "SELECT s.id, e.number, e.released, e.rows_sha256 IS NOT NULL FROM edition e"
                               " JOIN study s ON s.study = e.study ORDER BY s.id, e.number",
                               &statement);
  while (!status && *count < (size_t)editions && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    ent_store_held *next = &(*list)[(*count)++];
    next->study = ent_store_column_text(arena, statement, 0);
    next->number = sqlite3_column_int(statement, 1);
    next->released = ent_store_column_text(arena, statement, 2);
    next->hashed = sqlite3_column_int(statement, 3);
    if (!next->study || !next->released) status = ent_fail_memory(store->context);
  }
  if (!status && code != SQLITE_ROW && code != SQLITE_DONE) status = ent_store_fail(store, "listing editions");
  sqlite3_finalize(statement);
  return status;
}

/* Rows by the editions from which and to which they stand: few groups, however many rows. */
static ent_status count_rows(ent_store *store, const ent_store_resource *resource, ent_store_held *list, size_t count) {
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  char *sql = sqlite3_mprintf(
      "SELECT s.id, t.first_edition, t.last_edition, count(*) FROM \"%w\" t"
      " JOIN item i ON i.item = t.self JOIN study s ON s.study = i.study GROUP BY 1, 2, 3",
      resource->name);
  ent_status status = sql ? ent_store_prepare(store, sql, &statement) : ent_fail_memory(store->context);
  sqlite3_free(sql);
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *study = (const char *)sqlite3_column_text(statement, 0);
    bool stands = sqlite3_column_type(statement, 2) == SQLITE_NULL;
    if (!study) status = ent_fail_memory(store->context);
    for (size_t i = 0; !status && i < count; i++)
      if (strcmp(list[i].study, study) == 0 && list[i].number >= sqlite3_column_int(statement, 1) &&
          (stands || list[i].number <= sqlite3_column_int(statement, 2)))
        list[i].rows += (size_t)sqlite3_column_int64(statement, 3);
  }
  if (!status && code != SQLITE_DONE) status = ent_store_fail(store, "counting rows");
  sqlite3_finalize(statement);
  return status;
}
