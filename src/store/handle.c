/* handle.c - the steps that all files of the store take with SQLite, and its failures in words for people. */
#include "store/handle.h"

#include <stdarg.h>

ent_status ent_store_fail(ent_store *store, const char *doing) {
  int code = store->db ? sqlite3_errcode(store->db) : SQLITE_NOMEM;
  return ent_store_fail_at(store->context, store->db, store->path, code, doing);
}

ent_status ent_store_fail_at(ent_context *context, sqlite3 *db, const char *path, int code, const char *doing) {
  const char *what = sqlite3_errstr(code), *remedy = NULL;
  if (db && sqlite3_errcode(db) == code) what = sqlite3_errmsg(db);
  switch (code & 0xff) {
    case SQLITE_NOMEM: return ent_fail_memory(context);
    case SQLITE_NOTADB:
      what = "the file is no entente store";
      remedy = "name another file with --store; this one was left as it is";
      break;
    case SQLITE_CORRUPT:
      what = "the store is damaged";
      remedy = ENT_STORE_REMEDY;
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      what = "another program is writing to the store";
      remedy = "try again when it is done";
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      what = "the store can not be written";
      remedy = "name a file in a place that can be written with --store, or use --store :memory:";
      break;
    case SQLITE_FULL:
      what = "there is no space left for the store";
      remedy = "make room, or name a file in another place with --store";
      break;
    case SQLITE_CANTOPEN:
      what = "the store, or a file beside it, can not be opened";
      remedy = "name a file in a place that can be written with --store, or use --store :memory:";
      break;
    case SQLITE_IOERR:
      what = "the store, or a file beside it, can not be read or written";
      remedy = "see that the disk is sound and has room, then try again; --store names another place";
      break;
    default: remedy = "entente store check tells whether the store is sound"; break;
  }
  ent_fail(context, ENT_STORE, path, remedy, "%s", what);
  return ent_fail_while(context, ENT_STORE, "%s", doing);
}

ent_status ent_store_run(ent_store *store, const char *sql, const char *doing) {
  return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ENT_OK : ent_store_fail(store, doing);
}

ent_status ent_store_prepare(ent_store *store, const char *sql, sqlite3_stmt **out) {
  return sqlite3_prepare_v2(store->db, sql, -1, out, NULL) == SQLITE_OK ? ENT_OK
                                                                        : ent_store_fail(store, "reading the store");
}

ent_status ent_store_do(ent_store *store, sqlite3_stmt *statement, const char *doing) {
  int code = sqlite3_step(statement);
  ent_status status = code == SQLITE_DONE ? ENT_OK : ent_store_fail(store, doing);
  sqlite3_reset(statement);
  return status;
}

void ent_store_bind_text(sqlite3_stmt *statement, int parameter, const char *text) {
  if (text && *text) sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC);
  else sqlite3_bind_null(statement, parameter);
}

/* SQLite gives back whatever bytes stand in the file. What is no UTF-8 could not be written out again. */
static void replace_bad_bytes(char *text, size_t length) {
  size_t bad = 0;
  while (!ent_text_is_utf8(text, length, &bad)) {
    text[bad] = '?';
    text += bad + 1;
    length -= bad + 1;
  }
}

const char *ent_store_column_text(ent_arena *arena, sqlite3_stmt *statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return "";
  const char *text = (const char *)sqlite3_column_text(statement, column);
  size_t length = text ? (size_t)sqlite3_column_bytes(statement, column) : 0;
  char *copy = text ? ent_arena_copy(arena, text, length) : NULL;
  if (copy) replace_bad_bytes(copy, length);
  return copy;
}

static void print_number(char buffer[40], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void print_number(char buffer[40], const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (ent_text_format(buffer, 40, format, arguments) < 0) buffer[0] = '\0';
  va_end(arguments);
}

char *ent_store_write_number(double number, char buffer[40]) {
  double back = 0;
  /* Whole numbers below 2^53 are exact: people wrote them without an exponent. */
  if (number > -9007199254740992.0 && number < 9007199254740992.0 && (double)(long long)number == number) {
    print_number(buffer, "%lld", (long long)number);
    return buffer;
  }
  print_number(buffer, "%.15g", number);
  if (!ent_text_number(buffer, &back) || back != number) print_number(buffer, "%.17g", number);
  return buffer;
}
