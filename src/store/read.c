/* read.c - reads editions and the rows that stand in them, as text. */
#include <stdlib.h>
#include <string.h>

#include "store/handle.h"
#include "store/sql.h"

#define MOST_PASSING ((size_t)1 << 20)

static ent_status read_table(ent_store *store, ent_arena *arena, const ent_store_resource *resource, const char *study,
                             int edition, const char *id, ent_table **out, const char *const **published);

ent_status ent_store_edition(ent_store *store, ent_arena *arena, const char *study, int number, ent_edition *out) {
  memset(out, 0, sizeof *out);
  sqlite3_stmt *statement = NULL;
  ent_status status = ent_store_prepare(store, ent_sql_find("edition_find"), &statement);
  if (status) return status;
  sqlite3_bind_text(statement, 1, study, -1, SQLITE_STATIC);
  sqlite3_bind_int(statement, 2, number);
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    if (!ent_store_column_edition(arena, statement, out)) status = ent_fail_memory(store->context);
  } else if (code != SQLITE_DONE) {
    status = ent_store_fail(store, "looking up a study");
  }
  sqlite3_finalize(statement);
  return status;
}

bool ent_store_column_edition(ent_arena *arena, sqlite3_stmt *statement, ent_edition *out) {
  *out = (ent_edition){.released = ent_store_column_text(arena, statement, 1),
                       .date = ent_store_column_text(arena, statement, 2),
                       .model = ent_store_column_text(arena, statement, 3),
                       .content_sha256 = ent_store_column_text(arena, statement, 4),
                       .descriptor = ent_store_column_text(arena, statement, 5),
                       .model_text = ent_store_column_text(arena, statement, 6)};
  if (!out->released || !out->date || !out->model || !out->content_sha256 || !out->descriptor || !out->model_text)
    return false;
  out->number = sqlite3_column_int(statement, 0);
  return true;
}

/* Adds a pointer to a list that grows in the heap. */
static bool push(const char ***list, size_t *count, size_t *capacity, const char *text) {
  if (*count == *capacity) {
    size_t wanted = *capacity ? *capacity * 2 : 256;
    if (wanted > SIZE_MAX / sizeof **list) return false;
    const char **larger = realloc(*list, wanted * sizeof **list);
    if (!larger) return false;
    *list = larger;
    *capacity = wanted;
  }
  (*list)[(*count)++] = text;
  return true;
}

/* Copies a list of pointers into the arena. */
static const char **settle(ent_arena *arena, const char **list, size_t count) {
  const char **kept = ent_arena_take(arena, count, sizeof *kept);
  if (kept && count) memcpy(kept, list, count * sizeof *kept);
  return kept;
}

ent_status ent_store_studies(ent_store *store, ent_arena *arena, const char *const **ids, size_t *count) {
  *ids = NULL;
  *count = 0;
  const char **list = NULL;
  size_t capacity = 0;
  int code = SQLITE_DONE;
  sqlite3_stmt *statement = NULL;
  ent_status status = ent_store_prepare(store, ent_sql_find("study_list"), &statement);
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *id = ent_store_column_text(arena, statement, 0);
    if (!id || !push(&list, count, &capacity, id)) status = ent_fail_memory(store->context);
  }
  if (!status && code != SQLITE_DONE) status = ent_store_fail(store, "listing studies");
  if (!status && !(*ids = settle(arena, list, *count))) status = ent_fail_memory(store->context);
  free(list);
  sqlite3_finalize(statement);
  return status;
}

ent_status ent_store_rows(ent_store *store, ent_arena *arena, const ent_store_resource *resource, const char *study,
                          int edition, ent_table **out) {
  return read_table(store, arena, resource, study, edition, NULL, out, NULL);
}

ent_status ent_store_row(ent_store *store, ent_arena *arena, const ent_store_resource *resource, const char *study,
                         int edition, const char *id, ent_table **out) {
  return read_table(store, arena, resource, study, edition, id, out, NULL);
}

ent_status ent_store_published(ent_store *store, ent_arena *arena, const ent_store_resource *resource,
                               const char *study, int edition, const char *const **dates, size_t *count) {
  const ent_store_resource bare = {.name = resource->name};
  ent_table *table = NULL;
  ent_status status = read_table(store, arena, &bare, study, edition, NULL, &table, dates);
  *count = status ? 0 : table->rows;
  return status;
}

ent_status ent_store_read_begin(ent_store *store) { return ent_store_run(store, "BEGIN", "reading the store"); }

void ent_store_read_end(ent_store *store) { sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL); }

void ent_store_select_fields(ent_text *sql, const ent_store_resource *resource) {
  for (size_t f = 0; f < resource->field_count; f++) {
    const ent_store_field *field = &resource->fields[f];
    if (field->kind == ENT_KEEP_REFERENCE)
      ent_text_print(sql, ", (SELECT id FROM item WHERE item = t.\"%s\")", field->name);
    else if (field->kind == ENT_KEEP_ITEM)
      ent_text_print(sql, ", (SELECT resource || ':' || id FROM item WHERE item = t.\"%s\")", field->name);
    else ent_text_print(sql, ", t.\"%s\"", field->name);
  }
}

void ent_store_select(ent_text *sql, const ent_store_resource *resource, bool one) {
  ent_text_add(sql,
               "SELECT t.version, t.published, i.id, coalesce((SELECT m.line FROM move m WHERE m.resource = ?3"
               " AND m.version = t.version AND m.edition <= ?2 ORDER BY m.edition DESC LIMIT 1), t.line)");
  ent_store_select_fields(sql, resource);
  ent_text_print(sql,
                 ", t.first_edition FROM item i JOIN \"%s\" t ON t.self = i.item JOIN study s ON s.study = i.study"
                 " WHERE s.id = ?1 AND i.resource = ?3 AND t.first_edition <= ?2"
                 " AND (t.last_edition IS NULL OR t.last_edition >= ?2)%s ORDER BY 4, 3",
                 resource->name, one ? " AND i.id = ?4" : "");
}

const char *ent_store_cell(ent_arena *arena, const ent_store_field *field, sqlite3_stmt *statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return "";
  if (field->kind == ENT_KEEP_BOOLEAN) return sqlite3_column_int(statement, column) ? "true" : "false";
  if (field->kind != ENT_KEEP_NUMBER) return ent_store_column_text(arena, statement, column);
  char buffer[40];
  ent_store_write_number(sqlite3_column_double(statement, column), buffer);
  return ent_arena_copy(arena, buffer, strlen(buffer));
}

/* What grows while rows arrive. */
typedef struct row_pile {
  ent_table_maker maker;
  ent_arena *passing; /* cells of one row; begun anew now and then */
  const char **cells, **dates;
  size_t date_count, date_capacity;
} row_pile;

static bool add_row(row_pile *pile, ent_arena *arena, const ent_store_resource *resource, sqlite3_stmt *statement,
                    bool dated) {
  if (ent_arena_used(pile->passing) > MOST_PASSING) {
    ent_arena_free(pile->passing);
    if (!(pile->passing = ent_arena_new(0))) return false;
  }
  pile->cells[0] = ent_store_column_text(pile->passing, statement, 2);
  for (size_t f = 0; f < resource->field_count; f++)
    pile->cells[f + 1] = ent_store_cell(pile->passing, &resource->fields[f], statement, (int)f + 4);
  for (size_t c = 0; c <= resource->field_count; c++)
    if (!pile->cells[c]) return false;
  if (dated) {
    const char *date = ent_store_column_text(arena, statement, 1);
    if (!date || !push(&pile->dates, &pile->date_count, &pile->date_capacity, date)) return false;
  }
  return ent_table_maker_add(&pile->maker, pile->cells, (long)sqlite3_column_int64(statement, 3));
}

static ent_table *make_table(ent_arena *arena, const ent_store_resource *resource, row_pile *pile) {
  const char **columns = ent_arena_take(arena, resource->field_count + 1, sizeof *columns);
  if (!columns) return NULL;
  columns[0] = "id";
  for (size_t f = 0; f < resource->field_count; f++) columns[f + 1] = resource->fields[f].name;
  return ent_table_maker_end(&pile->maker, resource->name, resource->name, columns);
}

static ent_status read_table(ent_store *store, ent_arena *arena, const ent_store_resource *resource, const char *study,
                             int edition, const char *id, ent_table **out, const char *const **published) {
  *out = NULL;
  row_pile pile = {.passing = ent_arena_new(0)};
  ent_text sql = {0};
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  ent_table_maker_init(&pile.maker, arena, resource->field_count + 1);
  pile.cells = malloc((resource->field_count + 1) * sizeof *pile.cells);
  ent_store_select(&sql, resource, id != NULL);
  bool whole = !sql.failed && pile.cells && pile.passing;
  ent_status status = whole ? ent_store_prepare(store, sql.data, &statement) : ent_fail_memory(store->context);
  if (status) goto done;
  sqlite3_bind_text(statement, 1, study, -1, SQLITE_STATIC);
  sqlite3_bind_int(statement, 2, edition);
  sqlite3_bind_text(statement, 3, resource->name, -1, SQLITE_STATIC);
  if (id) sqlite3_bind_text(statement, 4, id, -1, SQLITE_STATIC);
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    if (!add_row(&pile, arena, resource, statement, published != NULL)) {
      status = ent_fail_memory(store->context);
      goto done;
    }
  if (code != SQLITE_DONE) status = ent_store_fail(store, "reading evidence");
  else if (!(*out = make_table(arena, resource, &pile))) status = ent_fail_memory(store->context);
  else if (published && !(*published = settle(arena, pile.dates, pile.date_count)))
    status = ent_fail_memory(store->context);
done:
  sqlite3_finalize(statement);
  ent_text_clear(&sql);
  ent_arena_free(pile.passing);
  ent_table_maker_clear(&pile.maker);
  free(pile.cells);
  free(pile.dates);
  return status;
}
