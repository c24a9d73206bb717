/* load.c - writes one edition of a package in one transaction.
 *
 * Comes in: an edition and the checked rows of its resources. Versions are opened, kept and closed here and nowhere
 * else; what stood in an earlier edition is never changed. Where a kept version moved in its file, its line from this
 * edition on stands apart, in table move. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "store/digest.h"
#include "store/handle.h"
#include "store/sql.h"

/* The ids of one resource in this load, with their numbers. */
typedef struct known_ids {
  ent_index index;
  sqlite3_int64 *items; /* on the heap: they grow */
  size_t capacity;
} known_ids;

/* Rows go to several trees of the file at once; what does not fit is written and read again. */
#define LOAD_CACHE "PRAGMA cache_size = -65536"
#define USUAL_CACHE "PRAGMA cache_size = -2000"

#define MOST_PASSING ((size_t)1 << 20) /* bytes of cells that are kept before their arena is begun anew */

struct ent_store_load {
  ent_store *store;
  const ent_store_resource *resources;
  size_t resource_count;
  sqlite3_int64 study;
  const char *study_id;
  int edition;
  bool first; /* of its study: nothing stood before */
  bool new_study;
  ent_arena *arena;
  known_ids *ids; /* of each resource */
  bool open;      /* a transaction is */
  sqlite3_stmt *item_find, *item_add;
  ent_load_digest *digest;
};

/* A version that stood in the edition before. */
typedef struct standing {
  const char *id;
  size_t row; /* in texts */
  sqlite3_int64 version;
  long line;
  bool met; /* by a row of the new edition */
} standing;

/* What one table's rows are written with. */
typedef struct table_writer {
  ent_store_load *load;
  const ent_store_resource *resource;
  const ent_table *rows;
  int id_column, *columns; /* of the fields, in rows */
  int own, *targets;       /* resources in the load: this one, and those that the fields refer to; -1: none */
  ent_arena *arena;
  standing *before;       /* sorted by id */
  const ent_table *texts; /* of what stood before: id, the fields, published */
  size_t before_count;
  sqlite3_stmt *insert, *close, *move;
} table_writer;

static ent_status admit(ent_store_load *load, const ent_edition *edition, bool *unchanged);
static ent_status undo(ent_store_load *load);
static ent_status find_study(ent_store_load *load);
static ent_status put_edition(ent_store_load *load, const ent_edition *edition);
static int resource_at(const ent_store_load *load, const char *name);
static ent_status find_item(ent_store_load *load, int resource, const char *name, const char *id, size_t length,
                            sqlite3_int64 *out);
static ent_status look_up_item(ent_store_load *load, const char *resource, const char *id, size_t length,
                               sqlite3_int64 *out, bool *found);
static ent_status read_standing(table_writer *writer);
static ent_status write_row(table_writer *writer, size_t row, const char *published);
static ent_status close_the_rest(table_writer *writer);

ent_status ent_store_load_begin(ent_store *store, const char *study, const ent_edition *edition,
                                const ent_store_resource *resources, size_t resource_count, ent_store_load **out,
                                bool *unchanged) {
  *out = NULL;
  *unchanged = false;
  if (store->read_only)
    return ent_fail(store->context, ENT_STORE, store->path,
                    "name a file in a place that can be written with --store, or use --store :memory:",
                    "the store can only be read here, so nothing can be loaded");
  ent_store_load *load = calloc(1, sizeof *load);
  if (!load) return ent_fail_memory(store->context);
  load->store = store;
  load->resources = resources;
  load->resource_count = resource_count;
  load->study_id = study;
  load->edition = edition->number;
  load->arena = ent_arena_new(0);
  load->ids = load->arena ? ent_arena_take(load->arena, resource_count, sizeof *load->ids) : NULL;
  ent_status status = load->ids ? ENT_OK : ent_fail_memory(store->context);
  if (!status) status = ent_store_run(store, LOAD_CACHE, "beginning a load");
  if (!status) status = ent_store_run(store, "BEGIN IMMEDIATE", "beginning a load");
  load->open = !status;
  if (!status) status = ent_store_prepare(store, ent_sql_find("item_find"), &load->item_find);
  if (!status) status = ent_store_prepare(store, ent_sql_find("item_add"), &load->item_add);
  if (!status) status = find_study(load);
  if (!status) status = admit(load, edition, unchanged);
  if (!status && !*unchanged) status = put_edition(load, edition);
  if (!status && !*unchanged) status = ent_load_digest_new(store, load->study, study, edition, &load->digest);
  if (status) {
    ent_store_load_free(load);
    return status;
  }
  *out = load;
  return ENT_OK;
}

static ent_status add_item(ent_store_load *load, const char *resource, const char *id, size_t length,
                           sqlite3_int64 *out) {
  bool found = false;
  ent_status status = load->new_study ? ENT_OK : look_up_item(load, resource, id, length, out, &found);
  if (status || found) return status;
  sqlite3_bind_int64(load->item_add, 1, load->study);
  sqlite3_bind_text(load->item_add, 2, resource, -1, SQLITE_STATIC);
  sqlite3_bind_text(load->item_add, 3, id, (int)length, SQLITE_STATIC);
  status = ent_store_do(load->store, load->item_add, "writing ids");
  *out = sqlite3_last_insert_rowid(load->store->db);
  return status;
}

/* Room for the numbers of the rows of a table. */
static bool make_room(ent_store_load *load, known_ids *ids, size_t rows) {
  if (!ids->index.capacity && !ent_index_init(&ids->index, load->arena, rows)) return false;
  size_t wanted = ids->index.count + rows;
  if (wanted <= ids->capacity) return true;
  sqlite3_int64 *items = wanted > SIZE_MAX / sizeof *items ? NULL : realloc(ids->items, wanted * sizeof *items);
  if (!items) return false;
  ids->items = items;
  ids->capacity = wanted;
  return true;
}

ent_status ent_store_load_items(ent_store_load *load, const char *resource, const ent_table *rows) {
  int id_column = ent_table_column(rows, "id"), r = resource_at(load, resource);
  if (r < 0) return ent_fail(load->store->context, ENT_INVALID, resource, NULL, "the store has no table of this name");
  known_ids *ids = &load->ids[r];
  if (!make_room(load, ids, rows->rows)) return ent_fail_memory(load->store->context);
  for (size_t row = 0; row < rows->rows; row++) {
    const char *id = ent_table_cell(rows, row, id_column);
    size_t length = strlen(id), at = ids->index.count;
    if (length > INT32_MAX) return ent_fail(load->store->context, ENT_INVALID, resource, NULL, "an id is too long");
    if (ent_index_find(&ids->index, id, length, NULL)) continue;
    ent_status status = add_item(load, load->resources[r].name, id, length, &ids->items[at]);
    if (status) return status;
    if (!ent_index_add(&ids->index, id, length, at)) return ent_fail_memory(load->store->context);
  }
  return ENT_OK;
}

/* INSERT INTO "t" (self, first_edition, line, published, fields...) VALUES (...) */
static void write_insert(ent_text *sql, const ent_store_resource *resource) {
  ent_text_print(sql, "INSERT INTO \"%s\" (self, first_edition, line, published", resource->name);
  for (size_t f = 0; f < resource->field_count; f++) ent_text_print(sql, ", \"%s\"", resource->fields[f].name);
  ent_text_add(sql, ") VALUES (?, ?, ?, ?");
  for (size_t f = 0; f < resource->field_count; f++) ent_text_add(sql, ", ?");
  ent_text_add(sql, ")");
}

static ent_status prepare_printed(ent_store *store, const char *format, const char *name, sqlite3_stmt **out) {
  char *sql = sqlite3_mprintf(format, name);
  ent_status status = sql ? ent_store_prepare(store, sql, out) : ent_fail_memory(store->context);
  sqlite3_free(sql);
  return status;
}

static ent_status prepare_writer(table_writer *writer) {
  ent_store *store = writer->load->store;
  const ent_store_resource *resource = writer->resource;
  writer->arena = ent_arena_new(0);
  writer->columns =
      writer->arena ? ent_arena_take(writer->arena, resource->field_count, sizeof *writer->columns) : NULL;
  writer->targets =
      writer->columns ? ent_arena_take(writer->arena, resource->field_count, sizeof *writer->targets) : NULL;
  if (!writer->targets) return ent_fail_memory(store->context);
  writer->own = resource_at(writer->load, resource->name);
  for (size_t f = 0; f < resource->field_count; f++)
    writer->targets[f] =
        resource->fields[f].references ? resource_at(writer->load, resource->fields[f].references) : -1;
  writer->id_column = ent_table_column(writer->rows, "id");
  for (size_t f = 0; f < resource->field_count; f++)
    writer->columns[f] = ent_table_column(writer->rows, resource->fields[f].name);
  ent_text sql = {0};
  write_insert(&sql, resource);
  ent_status status =
      sql.failed ? ent_fail_memory(store->context) : ent_store_prepare(store, sql.data, &writer->insert);
  ent_text_clear(&sql);
  if (!status)
    status = prepare_printed(store, "UPDATE \"%w\" SET last_edition = ?1 WHERE version = ?2", resource->name,
                             &writer->close);
  if (!status)
    status = prepare_printed(store, "INSERT INTO move (line, version, edition, resource) VALUES (?1, ?2, ?3, '%q')",
                             resource->name, &writer->move);
  if (!status) sqlite3_bind_int(writer->move, 3, writer->load->edition);
  return status;
}

static int resource_at(const ent_store_load *load, const char *name) {
  for (size_t i = 0; i < load->resource_count && i <= INT_MAX; i++)
    if (strcmp(load->resources[i].name, name) == 0) return (int)i;
  return -1;
}

ent_status ent_store_load_rows(ent_store_load *load, const char *resource, const ent_table *rows,
                               const char *const *published) {
  int at = resource_at(load, resource);
  table_writer writer = {.load = load, .resource = at < 0 ? NULL : &load->resources[at], .rows = rows};
  if (at < 0) return ent_fail(load->store->context, ENT_INVALID, resource, NULL, "the store has no table of this name");
  ent_status status = prepare_writer(&writer);
  if (!status && !load->first) status = read_standing(&writer);
  for (size_t r = 0; !status && r < rows->rows; r++) status = write_row(&writer, r, published ? published[r] : NULL);
  if (!status) status = close_the_rest(&writer);
  sqlite3_finalize(writer.insert);
  sqlite3_finalize(writer.close);
  sqlite3_finalize(writer.move);
  ent_arena_free(writer.arena);
  free(writer.before);
  return status;
}

ent_status ent_store_load_commit(ent_store_load *load) {
  ent_status status = ent_load_digest_put(load->digest);
  if (!status) status = ent_store_run(load->store, "COMMIT", "finishing a load");
  if (!status) load->open = false;
  return status;
}

void ent_store_load_free(ent_store_load *load) {
  if (!load) return;
  sqlite3_finalize(load->item_find);
  sqlite3_finalize(load->item_add);
  ent_load_digest_free(load->digest);
  if (load->open) sqlite3_exec(load->store->db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_exec(load->store->db, USUAL_CACHE, NULL, NULL, NULL);
  for (size_t r = 0; load->ids && r < load->resource_count; r++) free(load->ids[r].items);
  ent_arena_free(load->arena);
  free(load);
}

/* The study's number; made where it is new. */
static ent_status find_study(ent_store_load *load) {
  sqlite3_stmt *find = NULL, *add = NULL;
  ent_store *store = load->store;
  ent_status status = ent_store_prepare(store, ent_sql_find("study_find"), &find);
  if (status) return status;
  sqlite3_bind_text(find, 1, load->study_id, -1, SQLITE_STATIC);
  int code = sqlite3_step(find);
  if (code == SQLITE_ROW) {
    load->study = sqlite3_column_int64(find, 0);
  } else if (code != SQLITE_DONE) {
    status = ent_store_fail(store, "looking up a study");
  } else {
    status = ent_store_prepare(store, ent_sql_find("study_add"), &add);
    if (!status) {
      sqlite3_bind_text(add, 1, load->study_id, -1, SQLITE_STATIC);
      status = ent_store_do(store, add, "writing a study");
      load->study = sqlite3_last_insert_rowid(store->db);
      load->new_study = true;
    }
  }
  sqlite3_finalize(find);
  sqlite3_finalize(add);
  return status;
}

static ent_status refuse(ent_store_load *load, const char *remedy, const char *what) {
  char where[64];
  snprintf(where, sizeof where, "datapackage.json, edition %d", load->edition);
  return ent_fail(load->store->context, ENT_INVALID, where, remedy, "%s", what);
}

/* Whether the edition may be written; a working copy that stands is taken out first. */
static ent_status admit(ent_store_load *load, const ent_edition *edition, bool *unchanged) {
  ent_store *store = load->store;
  ent_edition highest = {0}, same = {0};
  ent_arena *arena = ent_arena_new(0);
  if (!arena) return ent_fail_memory(store->context);
  ent_status status = ent_store_edition(store, arena, load->study_id, 0, &highest);
  if (!status) status = ent_store_edition(store, arena, load->study_id, load->edition, &same);
  if (status) goto done;
  bool there = same.number != 0;
  if (there && strcmp(same.content_sha256, edition->content_sha256) == 0) *unchanged = true;
  else if (there && *same.released)
    status =
        refuse(load, "raise \"edition\" by one", "this edition is released, and the store holds it with other content");
  else if (load->edition < highest.number)
    status = refuse(load,
                    there ? "raise \"edition\" above the highest of the store"
                          : "load the editions in their order, the earliest first, into a new store",
                    there ? "the store holds this edition with other content, and a higher one"
                          : "the store holds a higher edition");
  else if (there) status = undo(load);
  load->first = highest.number == 0 || (there && load->edition == 1);
done:
  ent_arena_free(arena);
  return status;
}

/* Takes a working copy out again: what it opened goes, what it closed stands again. */
static ent_status undo(ent_store_load *load) {
  static const char *const steps[] = {
      "DELETE FROM move WHERE resource = ?3 AND edition = ?2 AND version IN (SELECT version FROM \"%w\""
      " WHERE self IN (SELECT item FROM item WHERE study = ?1 AND resource = ?3))",
      "DELETE FROM \"%w\" WHERE first_edition = ?2"
      " AND self IN (SELECT item FROM item WHERE study = ?1 AND resource = ?3)",
      "UPDATE \"%w\" SET last_edition = NULL WHERE last_edition = ?2 - 1"
      " AND self IN (SELECT item FROM item WHERE study = ?1 AND resource = ?3)",
  };
  for (size_t r = 0; r < load->resource_count; r++) {
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
      sqlite3_stmt *statement = NULL;
      ent_status status = prepare_printed(load->store, steps[s], load->resources[r].name, &statement);
      if (!status) {
        sqlite3_bind_int64(statement, 1, load->study);
        sqlite3_bind_int(statement, 2, load->edition);
        sqlite3_bind_text(statement, 3, load->resources[r].name, -1, SQLITE_STATIC);
        status = ent_store_do(load->store, statement, "replacing a working copy");
      }
      sqlite3_finalize(statement);
      if (status) return status;
    }
  }
  return ENT_OK;
}

static ent_status put_edition(ent_store_load *load, const ent_edition *edition) {
  sqlite3_stmt *put = NULL;
  ent_status status = ent_store_prepare(load->store, ent_sql_find("edition_put"), &put);
  if (!status) {
    sqlite3_bind_int64(put, 1, load->study);
    sqlite3_bind_int(put, 2, edition->number);
    ent_store_bind_text(put, 3, edition->released);
    sqlite3_bind_text(put, 4, edition->date, -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 5, edition->model, -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 6, edition->content_sha256, -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 7, edition->descriptor, -1, SQLITE_STATIC);
    ent_store_bind_text(put, 8, edition->model_text);
    status = ent_store_do(load->store, put, "writing an edition");
  }
  sqlite3_finalize(put);
  return status;
}

static ent_status look_up_item(ent_store_load *load, const char *resource, const char *id, size_t length,
                               sqlite3_int64 *out, bool *found) {
  sqlite3_bind_int64(load->item_find, 1, load->study);
  sqlite3_bind_text(load->item_find, 2, resource, -1, SQLITE_STATIC);
  sqlite3_bind_text(load->item_find, 3, id, (int)length, SQLITE_STATIC);
  int code = sqlite3_step(load->item_find);
  ent_status status = ENT_OK;
  *found = code == SQLITE_ROW;
  if (*found) *out = sqlite3_column_int64(load->item_find, 0);
  else if (code != SQLITE_DONE) status = ent_store_fail(load->store, "looking up an id");
  sqlite3_reset(load->item_find);
  return status;
}

/* The number of an id: of this load, else of an edition before. name: of the resource, for messages. */
static ent_status find_item(ent_store_load *load, int resource, const char *name, const char *id, size_t length,
                            sqlite3_int64 *out) {
  size_t at = 0;
  bool found = false;
  if (length > INT32_MAX) return ent_fail(load->store->context, ENT_INVALID, name, NULL, "an id is too long");
  if (resource >= 0 && ent_index_find(&load->ids[resource].index, id, length, &at)) {
    *out = load->ids[resource].items[at];
    return ENT_OK;
  }
  ent_status status = look_up_item(load, name, id, length, out, &found);
  if (status || found) return status;
  return ent_fail(load->store->context, ENT_INVALID, name, "add the row, or correct the reference",
                  "there is no row with the id \"%.*s\"", (int)length, id);
}

static int by_id(const void *a, const void *b) {
  const standing *x = a, *y = b;
  return strcmp(x->id, y->id);
}

/* What grows while the rows that stood before arrive. */
typedef struct standing_pile {
  ent_table_maker texts;
  ent_arena *passing; /* cells of one row; begun anew now and then */
  const char **cells;
  standing *list;
  size_t count, capacity;
} standing_pile;

static bool add_standing(standing_pile *pile, const ent_store_resource *resource, sqlite3_stmt *statement) {
  if (pile->count == pile->capacity) {
    size_t wanted = pile->capacity ? pile->capacity * 2 : 256;
    standing *larger = wanted > SIZE_MAX / sizeof *larger ? NULL : realloc(pile->list, wanted * sizeof *larger);
    if (!larger) return false;
    pile->list = larger;
    pile->capacity = wanted;
  }
  if (ent_arena_used(pile->passing) > MOST_PASSING) {
    ent_arena_free(pile->passing);
    if (!(pile->passing = ent_arena_new(0))) return false;
  }
  size_t fields = resource->field_count;
  pile->cells[0] = ent_store_column_text(pile->passing, statement, 2);
  for (size_t f = 0; f < fields; f++)
    pile->cells[f + 1] = ent_store_cell(pile->passing, &resource->fields[f], statement, (int)f + 4);
  pile->cells[fields + 1] = ent_store_column_text(pile->passing, statement, 1);
  for (size_t c = 0; c < fields + 2; c++)
    if (!pile->cells[c]) return false;
  long line = (long)sqlite3_column_int64(statement, 3);
  pile->list[pile->count] = (standing){.row = pile->count, .version = sqlite3_column_int64(statement, 0), .line = line};
  pile->count++;
  return ent_table_maker_add(&pile->texts, pile->cells, line);
}

/* By id, so that rows of the new edition find them. */
static bool sort_standing(table_writer *writer, standing_pile *pile) {
  writer->texts = ent_table_maker_end(&pile->texts, writer->resource->name, NULL, NULL);
  if (!writer->texts) return false;
  for (size_t i = 0; i < pile->count; i++) pile->list[i].id = ent_table_cell(writer->texts, i, 0);
  if (pile->count > 1) qsort(pile->list, pile->count, sizeof *pile->list, by_id);
  writer->before = pile->list;
  writer->before_count = pile->count;
  pile->list = NULL;
  return true;
}

/* What stands before this edition, as text, so that it compares with the cells of the new rows. A working copy of the
 * same number has been taken out, so all that stands now stood before. */
static ent_status read_standing(table_writer *writer) {
  ent_store_load *load = writer->load;
  ent_store *store = load->store;
  const ent_store_resource *resource = writer->resource;
  standing_pile pile = {.passing = ent_arena_new(0)};
  ent_text sql = {0};
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  ent_table_maker_init(&pile.texts, writer->arena, resource->field_count + 2);
  pile.cells = malloc((resource->field_count + 2) * sizeof *pile.cells);
  ent_store_select(&sql, resource, false);
  bool whole = !sql.failed && pile.cells && pile.passing;
  ent_status status = whole ? ent_store_prepare(store, sql.data, &statement) : ent_fail_memory(store->context);
  if (status) goto done;
  sqlite3_bind_text(statement, 1, load->study_id, -1, SQLITE_STATIC);
  sqlite3_bind_int(statement, 2, load->edition);
  sqlite3_bind_text(statement, 3, resource->name, -1, SQLITE_STATIC);
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW)
    if (!add_standing(&pile, resource, statement)) status = ent_fail_memory(store->context);
  if (!status && code != SQLITE_DONE) status = ent_store_fail(store, "reading the edition before");
  if (!status && !sort_standing(writer, &pile)) status = ent_fail_memory(store->context);
done:
  sqlite3_finalize(statement);
  ent_text_clear(&sql);
  ent_table_maker_clear(&pile.texts);
  ent_arena_free(pile.passing);
  free(pile.cells);
  free(pile.list);
  return status;
}

static bool read_boolean(const char *cell, int *out) {
  *out = strcmp(cell, "true") == 0 || strcmp(cell, "TRUE") == 0 || strcmp(cell, "True") == 0 || strcmp(cell, "1") == 0;
  return *out || strcmp(cell, "false") == 0 || strcmp(cell, "FALSE") == 0 || strcmp(cell, "False") == 0 ||
         strcmp(cell, "0") == 0;
}

static ent_status refuse_cell(table_writer *writer, size_t row, const ent_store_field *field, const char *cell) {
  char where[160];
  snprintf(where, sizeof where, "%s:%ld, column %s", writer->rows->file, writer->rows->line[row], field->name);
  return ent_fail(writer->load->store->context, ENT_INVALID, where, NULL, "\"%.100s\" can not be kept", cell);
}

/* The cell as the store would give it back, so that "1.0" equals a kept 1. */
static const char *as_kept(const ent_store_field *field, const char *cell, char buffer[40]) {
  double number = 0;
  int flag = 0;
  switch (field->kind) {
    case ENT_KEEP_NUMBER:
    case ENT_KEEP_INTEGER: return ent_text_number(cell, &number) ? ent_store_write_number(number, buffer) : cell;
    case ENT_KEEP_BOOLEAN: return read_boolean(cell, &flag) ? (flag ? "true" : "false") : cell;
    default: return cell;
  }
}

static bool same_row(const table_writer *writer, size_t row, const char *published, const standing *before) {
  char buffer[40];
  const int fields = (int)writer->resource->field_count;
  const char *was = ent_table_cell(writer->texts, before->row, fields + 1);
  if (strcmp(was, published ? published : "") != 0) return false;
  for (size_t f = 0; f < writer->resource->field_count; f++) {
    const char *cell = ent_table_cell(writer->rows, row, writer->columns[f]);
    if (strcmp(as_kept(&writer->resource->fields[f], cell, buffer),
               ent_table_cell(writer->texts, before->row, (int)f + 1)) != 0)
      return false;
  }
  return true;
}

/* Binds an item "resource:id". */
static ent_status bind_item(table_writer *writer, int parameter, const char *cell, size_t row,
                            const ent_store_field *field) {
  const char *colon = strchr(cell, ':');
  if (!colon) return refuse_cell(writer, row, field, cell);
  char resource[64];
  size_t length = (size_t)(colon - cell);
  if (length >= sizeof resource) return refuse_cell(writer, row, field, cell);
  memcpy(resource, cell, length);
  resource[length] = '\0';
  sqlite3_int64 item = 0;
  ent_status status =
      find_item(writer->load, resource_at(writer->load, resource), resource, colon + 1, strlen(colon + 1), &item);
  if (!status) sqlite3_bind_int64(writer->insert, parameter, item);
  return status;
}

static ent_status bind_cell(table_writer *writer, int parameter, size_t row, size_t f) {
  const ent_store_field *field = &writer->resource->fields[f];
  const char *cell = ent_table_cell(writer->rows, row, writer->columns[f]);
  double number = 0;
  int flag = 0;
  sqlite3_int64 item = 0;
  ent_status status = ENT_OK;
  if (!*cell) return ENT_OK; /* null, as all were before this row */
  switch (field->kind) {
    case ENT_KEEP_NUMBER:
      if (!ent_text_number(cell, &number)) return refuse_cell(writer, row, field, cell);
      sqlite3_bind_double(writer->insert, parameter, number);
      break;
    case ENT_KEEP_INTEGER:
      if (!ent_text_number(cell, &number) || !(number > -9e15 && number < 9e15) ||
          (double)(sqlite3_int64)number != number)
        return refuse_cell(writer, row, field, cell);
      sqlite3_bind_int64(writer->insert, parameter, (sqlite3_int64)number);
      break;
    case ENT_KEEP_BOOLEAN:
      if (!read_boolean(cell, &flag)) return refuse_cell(writer, row, field, cell);
      sqlite3_bind_int(writer->insert, parameter, flag);
      break;
    case ENT_KEEP_REFERENCE:
      status = find_item(writer->load, writer->targets[f], field->references, cell, strlen(cell), &item);
      if (!status) sqlite3_bind_int64(writer->insert, parameter, item);
      break;
    case ENT_KEEP_ITEM: status = bind_item(writer, parameter, cell, row, field); break;
    default: sqlite3_bind_text(writer->insert, parameter, cell, -1, SQLITE_STATIC); break;
  }
  return status;
}

/* Every id that a list or citations cell names must be there; the cell is kept as it was written. */
static ent_status find_listed(table_writer *writer, size_t f, const char *cell) {
  const ent_store_field *field = &writer->resource->fields[f];
  sqlite3_int64 target = 0;
  ent_status status = ENT_OK;
  for (const char *word = cell; !status && *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
    size_t id = strcspn(word, field->kind == ENT_KEEP_CITATIONS ? " :" : " ");
    status = find_item(writer->load, writer->targets[f], field->references, word, id, &target);
  }
  return status;
}

static ent_status open_version(table_writer *writer, size_t row, const char *id, const char *published) {
  ent_store_load *load = writer->load;
  sqlite3_int64 self = 0;
  ent_status status = find_item(load, writer->own, writer->resource->name, id, strlen(id), &self);
  if (status) return status;
  sqlite3_clear_bindings(writer->insert);
  sqlite3_bind_int64(writer->insert, 1, self);
  sqlite3_bind_int(writer->insert, 2, load->edition);
  sqlite3_bind_int64(writer->insert, 3, writer->rows->line[row]);
  ent_store_bind_text(writer->insert, 4, published);
  for (size_t f = 0; f < writer->resource->field_count; f++) {
    status = bind_cell(writer, (int)f + 5, row, f);
    if (status) return status;
  }
  for (size_t f = 0; !status && f < writer->resource->field_count; f++) {
    const ent_store_field *field = &writer->resource->fields[f];
    if (field->kind == ENT_KEEP_LIST || field->kind == ENT_KEEP_CITATIONS)
      status = find_listed(writer, f, ent_table_cell(writer->rows, row, writer->columns[f]));
  }
  return status ? status : ent_store_do(load->store, writer->insert, "writing evidence");
}

static ent_status update_version(table_writer *writer, sqlite3_stmt *statement, long value, sqlite3_int64 version) {
  sqlite3_bind_int64(statement, 1, value);
  sqlite3_bind_int64(statement, 2, version);
  return ent_store_do(writer->load->store, statement, "closing evidence of the edition before");
}

static ent_status write_row(table_writer *writer, size_t row, const char *published) {
  const char *id = ent_table_cell(writer->rows, row, writer->id_column);
  ent_load_digest *digest = writer->load->digest;
  ent_status status = ent_load_digest_row(digest, writer->resource, writer->rows, writer->columns, row, id, published);
  if (status) return status;
  standing wanted = {.id = id};
  standing *before =
      writer->before_count ? bsearch(&wanted, writer->before, writer->before_count, sizeof wanted, by_id) : NULL;
  if (before && !before->met) {
    before->met = true;
    long line = writer->rows->line[row];
    if (same_row(writer, row, published, before)) {
      if (line == before->line) return ENT_OK;
      return update_version(writer, writer->move, line, before->version);
    }
    status = update_version(writer, writer->close, writer->load->edition - 1, before->version);
    if (status) return status;
  }
  return open_version(writer, row, id, published);
}

/* What no row of the new edition met is gone from it. */
static ent_status close_the_rest(table_writer *writer) {
  ent_status status = ENT_OK;
  for (size_t i = 0; !status && i < writer->before_count; i++)
    if (!writer->before[i].met)
      status = update_version(writer, writer->close, writer->load->edition - 1, writer->before[i].version);
  return status;
}
