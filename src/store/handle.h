/* handle.h - inside the store: the handle, and the few steps that all its files take with SQLite. */
#ifndef ENT_STORE_HANDLE_H
#define ENT_STORE_HANDLE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/context.h"
#include "base/text.h"
#include "store/store.h"

/* "ente" in ASCII; stands in every store's header, so that file(1) and we can tell it from other databases. */
#define ENT_APPLICATION_ID 0x656e7465
#define ENT_BUSY_MILLISECONDS 5000
/* What helps against damage. */
#define ENT_STORE_REMEDY                                                                        \
  "bring back a backup with entente store restore, or move the file away and load the studies " \
  "again: their folders hold everything that it held"

struct ent_store {
  ent_context *context;
  sqlite3 *db;
  char *path;
  bool read_only;
  bool alone; /* it has the file for itself, since there is no memory to share beside it */
  const char *notice;
};

/* Turns what SQLite reports into a message for people; returns ENT_STORE. */
ent_status ent_store_fail(ent_store *store, const char *doing);
/* The same for any connection, and for a code that it may have forgotten. */
ent_status ent_store_fail_at(ent_context *context, sqlite3 *db, const char *path, int code, const char *doing);
/* Runs statements without parameters and results. */
ent_status ent_store_run(ent_store *store, const char *sql, const char *doing);
/* *out is NULL after a failure; sqlite3_finalize takes both. */
ent_status ent_store_prepare(ent_store *store, const char *sql, sqlite3_stmt **out);
/* Runs a statement that gives no rows, and makes it ready to be bound again. */
ent_status ent_store_do(ent_store *store, sqlite3_stmt *statement, const char *doing);

/* The one integer that a query gives. */
ent_status ent_store_integer(ent_store *store, const char *sql, int *out);
/* Runs all missing migrations in one transaction. */
ent_status ent_store_migrate(ent_store *store);
/* The number of the last migration. */
int ent_store_newest(void);

/* Binds text, or null where it is NULL or "". The text must live until the statement has run. */
void ent_store_bind_text(sqlite3_stmt *statement, int parameter, const char *text);
/* The column's text in the arena, "" for null, "?" for each byte that is no UTF-8; NULL when memory is short. */
const char *ent_store_column_text(ent_arena *arena, sqlite3_stmt *statement, int column);
/* A number in the fewest digits that read back equal, with a point whatever the locale. */
char *ent_store_write_number(double number, char buffer[40]);

/* The rows of a resource that stand in edition ?2 of study ?1 (?3: the resource again): version, published, id, line,
 * then the fields, then first_edition. one: only that with id ?4. */
void ent_store_select(ent_text *sql, const ent_store_resource *resource, bool one);
/* An edition from the columns of edition_find.sql and edition_list.sql; false when memory is short. */
bool ent_store_column_edition(ent_arena *arena, sqlite3_stmt *statement, ent_edition *out);
/* ", " and what reads a field of table t, for each. */
void ent_store_select_fields(ent_text *sql, const ent_store_resource *resource);
/* The cell of a field as text, from the column where it stands. NULL when memory is short. */
const char *ent_store_cell(ent_arena *arena, const ent_store_field *field, sqlite3_stmt *statement, int column);

#endif
