/* history.c - the editions of a study, and how many rows each has, gained and lost. */
#include <stdlib.h>
#include <string.h>

#include "store/handle.h"
#include "store/sql.h"

ent_status ent_store_editions(ent_store *store, ent_arena *arena, const char *study, const ent_edition **editions,
                              size_t *count) {
  *editions = NULL;
  *count = 0;
  ent_edition *list = NULL, *kept;
  size_t capacity = 0;
  int code = SQLITE_DONE;
  sqlite3_stmt *statement = NULL;
  ent_status status = ent_store_prepare(store, ent_sql_find("edition_list"), &statement);
  if (status) return status;
  sqlite3_bind_text(statement, 1, study, -1, SQLITE_STATIC);
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (*count == capacity) {
      size_t wanted = capacity ? capacity * 2 : 16;
      ent_edition *larger = wanted > SIZE_MAX / sizeof *larger ? NULL : realloc(list, wanted * sizeof *larger);
      if (!larger) break;
      list = larger;
      capacity = wanted;
    }
    if (!ent_store_column_edition(arena, statement, &list[*count])) break;
    ++*count;
  }
  if (code != SQLITE_ROW && code != SQLITE_DONE) status = ent_store_fail(store, "listing editions");
  kept = code == SQLITE_DONE ? ent_arena_take(arena, *count, sizeof *kept) : NULL;
  if (kept && *count) memcpy(kept, list, *count * sizeof *kept);
  if (!status && !kept) status = ent_fail_memory(store->context);
  *editions = kept;
  free(list);
  sqlite3_finalize(statement);
  return status;
}

/* Versions that stood in the same editions. */
typedef struct life {
  int first, last; /* last: 0 where they still stand */
  bool follows;    /* another version of the same row stood until they came */
  bool followed;   /* another came when they ended */
  size_t count;
} life;

/* A version that ends has the number before the edition that ended it, whether there is an edition of that number or
 * not. */
static void add_life(const life *of, const ent_edition *editions, size_t count, ent_edition_rows *sums) {
  for (size_t e = 0; e < count; e++) {
    int number = editions[e].number;
    if (of->first <= number && (!of->last || of->last >= number)) sums[e].rows += of->count;
    if (of->first == number && of->follows) sums[e].changed += of->count;
    if (of->first == number && !of->follows) sums[e].added += of->count;
    if (of->last && of->last == number - 1 && !of->followed) sums[e].gone += of->count;
  }
}

static char *lives_of(const ent_store_resource *resource) {
  return sqlite3_mprintf(
      "SELECT t.first_edition, coalesce(t.last_edition, 0),"
      " EXISTS (SELECT 1 FROM \"%w\" b WHERE b.self = t.self AND b.last_edition = t.first_edition - 1),"
      " EXISTS (SELECT 1 FROM \"%w\" a WHERE a.self = t.self AND a.first_edition = t.last_edition + 1), count(*)"
      " FROM study s JOIN item i ON i.study = s.study JOIN \"%w\" t ON t.self = i.item"
      " WHERE s.id = ?1 AND i.resource = ?2 GROUP BY 1, 2, 3, 4",
      resource->name, resource->name, resource->name);
}

ent_status ent_store_count(ent_store *store, const ent_store_resource *resource, const char *study,
                           const ent_edition *editions, size_t count, ent_edition_rows *sums) {
  sqlite3_stmt *statement = NULL;
  int code;
  char *sql = lives_of(resource);
  ent_status status = sql ? ent_store_prepare(store, sql, &statement) : ent_fail_memory(store->context);
  sqlite3_free(sql);
  if (status) return status;
  sqlite3_bind_text(statement, 1, study, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, resource->name, -1, SQLITE_STATIC);
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const life found = {.first = sqlite3_column_int(statement, 0),
                        .last = sqlite3_column_int(statement, 1),
                        .follows = sqlite3_column_int(statement, 2),
                        .followed = sqlite3_column_int(statement, 3),
                        .count = (size_t)sqlite3_column_int64(statement, 4)};
    add_life(&found, editions, count, sums);
  }
  if (code != SQLITE_DONE) status = ent_store_fail(store, "counting rows");
  sqlite3_finalize(statement);
  return status;
}
