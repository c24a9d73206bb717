/* remove.c - takes a study out of the store, in one transaction.
 *
 * Foreign keys are looked at once for the whole store, when all is done: to look at them row by row, SQLite would read
 * every table for every id that goes. */
#include "store/handle.h"

static ent_status take_out(ent_store *store, const char *study, const ent_store_resource *resources,
                           size_t resource_count);
static ent_status look_at_references(ent_store *store);
static bool make_compact(ent_store *store);

ent_status ent_store_remove(ent_store *store, const char *study, const ent_store_resource *resources,
                            size_t resource_count, bool *compact) {
  *compact = false;
  if (store->read_only)
    return ent_fail(store->context, ENT_STORE, store->path,
                    "copy it to a place that can be written, and name the copy with --store",
                    "the store can only be read here, so nothing can be removed");
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
  ent_status status = ent_store_run(store, "BEGIN IMMEDIATE", "beginning to remove a study");
  bool open = !status;
  if (!status) status = take_out(store, study, resources, resource_count);
  if (!status) status = look_at_references(store);
  if (!status) status = ent_store_run(store, "COMMIT", "removing a study");
  if (status && open) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  if (!status) *compact = make_compact(store);
  return status;
}

/* ?1: the study's id, ?2: the resource. */
static ent_status run_step(ent_store *store, const char *format, const char *study, const char *resource) {
  sqlite3_stmt *statement = NULL;
  char *sql = sqlite3_mprintf(format, resource ? resource : "");
  ent_status status = sql ? ent_store_prepare(store, sql, &statement) : ent_fail_memory(store->context);
  if (!status) {
    sqlite3_bind_text(statement, 1, study, -1, SQLITE_STATIC);
    if (resource) sqlite3_bind_text(statement, 2, resource, -1, SQLITE_STATIC);
    status = ent_store_do(store, statement, "removing a study");
  }
  sqlite3_finalize(statement);
  sqlite3_free(sql);
  return status;
}

static ent_status take_out(ent_store *store, const char *study, const ent_store_resource *resources,
                           size_t resource_count) {
#define ITEMS "(SELECT item FROM item WHERE study = (SELECT study FROM study WHERE id = ?1) AND resource = ?2)"
  static const char *const of_each[] = {
      ("DELETE FROM move WHERE resource = ?2 AND version IN (SELECT version FROM \"%w\" WHERE self IN " ITEMS ")"),
      ("DELETE FROM \"%w\" WHERE self IN " ITEMS)};
  static const char *const at_last[] = {"DELETE FROM item WHERE study = (SELECT study FROM study WHERE id = ?1)%.0s",
                                        "DELETE FROM edition WHERE study = (SELECT study FROM study WHERE id = ?1)%.0s",
                                        "DELETE FROM study WHERE id = ?1%.0s"};
#undef ITEMS
  ent_status status = ENT_OK;
  for (size_t r = 0; r < resource_count; r++)
    for (size_t i = 0; !status && i < sizeof of_each / sizeof *of_each; i++)
      status = run_step(store, of_each[i], study, resources[r].name);
  for (size_t i = 0; !status && i < sizeof at_last / sizeof *at_last; i++)
    status = run_step(store, at_last[i], study, NULL);
  return status;
}

/* No row of another study may have lost what it refers to. */
static ent_status look_at_references(ent_store *store) {
  sqlite3_stmt *statement = NULL;
  ent_status status = ent_store_prepare(store, "PRAGMA foreign_key_check", &statement);
  if (status) return status;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    status = ent_fail(store->context, ENT_STORE, store->path,
                      "move the file away and load the studies again: their folders hold everything that it held",
                      "the store is damaged: rows refer to ids that are not there; nothing was removed");
  else if (code != SQLITE_DONE) status = ent_store_fail(store, "removing a study");
  sqlite3_finalize(statement);
  return status;
}

/* What was removed may be confidential, and free pages would keep it. Another program that reads can make this wait:
 * the study is gone in any case. */
static bool make_compact(ent_store *store) {
  sqlite3_stmt *checkpoint = NULL;
  bool done = sqlite3_exec(store->db, "VACUUM", NULL, NULL, NULL) == SQLITE_OK;
  /* The log beside the file keeps old pages until it is cut. Its first cell tells whether somebody was in the way. */
  if (done && sqlite3_prepare_v2(store->db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &checkpoint, NULL) == SQLITE_OK)
    done = sqlite3_step(checkpoint) == SQLITE_ROW && sqlite3_column_int(checkpoint, 0) == 0;
  sqlite3_finalize(checkpoint);
  return done;
}
