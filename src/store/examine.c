/* examine.c - looks for damage in a store.
 *
 * SQLite finds what is wrong with pages, indexes and references. Beyond that: tables other than the migrations make
 * them, versions that can not stand as they do, lists that are not resolved as they read, and cells that are not those
 * that were loaded, by the hashes of the editions (digest.h). Nothing is repaired. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "store/digest.h"
#include "store/handle.h"

typedef struct edition_row {
  sqlite3_int64 study;
  const char *study_id, *hash; /* hash: as kept, "" where none is */
  int number;
  ent_digest sum; /* of the rows that stand in it */
} edition_row;

typedef struct examination {
  ent_store *store;
  ent_arena *arena;
  ent_findings *findings;
  edition_row *editions; /* by study and number */
  size_t edition_count, rows;
  bool skipped;            /* something could not be read */
  sqlite3_stmt *move_find; /* NULL where no row ever moved */
  ent_text row;            /* being hashed */
} examination;

static ent_status examine_file(examination *x);
static ent_status examine_references(examination *x);
static ent_status examine_tables(examination *x);
static ent_status read_editions(examination *x);
static ent_status examine_rows(examination *x, const ent_store_resource *resource);
static ent_status examine_overlaps(examination *x, const char *table);
static ent_status prepare_moves(examination *x);
static void compare_hashes(examination *x);

ent_status ent_store_examine(ent_store *store, ent_arena *arena, const ent_store_resource *resources,
                             size_t resource_count, ent_findings *findings, size_t *rows) {
  examination x = {.store = store, .arena = arena, .findings = findings};
  ent_status status = ent_store_read_begin(store);
  if (status) return status;
  status = examine_file(&x);
  if (!status) status = examine_references(&x);
  if (!status) status = examine_tables(&x);
  if (!status) status = read_editions(&x);
  if (!status) status = prepare_moves(&x);
  for (size_t r = 0; !status && r < resource_count; r++) {
    status = examine_rows(&x, &resources[r]);
    if (!status) status = examine_overlaps(&x, resources[r].name);
  }
  /* Rows that could not be read are missing from the sums, which would say nothing more. */
  if (!status && !x.skipped) compare_hashes(&x);
  if (!status && (x.row.failed || findings->failed)) status = ent_fail_memory(store->context);
  if (!status) ent_findings_sort(findings);
  sqlite3_finalize(x.move_find);
  free(x.editions);
  ent_text_clear(&x.row);
  ent_store_read_end(store);
  *rows = x.rows;
  return status;
}

/* ---- what SQLite finds ---- */

/* Ends a query. False where a text could not be had for want of memory, which columns show as no text. */
static bool finalize(sqlite3_stmt *statement) { return (sqlite3_finalize(statement) & 0xff) != SQLITE_NOMEM; }

/* The end of a query: damage is a finding, anything else that keeps it from going on is a failure. */
static ent_status end_of(examination *x, sqlite3_stmt *statement, int code, const char *table) {
  if (!finalize(statement)) return ent_fail_memory(x->store->context);
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return ENT_OK;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a table that is not as it should be */
    case SQLITE_MISMATCH:
      x->skipped = true;
      ent_findings_add(x->findings, ENT_ERROR, "unreadable", table, 0, NULL, NULL, ENT_STORE_REMEDY, "%s",
                       sqlite3_errmsg(x->store->db));
      return ENT_OK;
    default: return ent_store_fail(x->store, "checking the store");
  }
}

static int prepare(examination *x, const char *sql, sqlite3_stmt **out) {
  return sqlite3_prepare_v2(x->store->db, sql, -1, out, NULL);
}

static const char *column_or(sqlite3_stmt *statement, int column, const char *otherwise) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return text ? text : otherwise;
}

/* What SQLite says of the pages; findings: where it goes, or NULL for a first look. */
static ent_status look_at_pages(examination *x, ent_findings *findings, bool *sound) {
  sqlite3_stmt *statement = NULL;
  int code = prepare(x, "PRAGMA integrity_check(100)", &statement);
  *sound = true;
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    if ((code = sqlite3_step(statement)) != SQLITE_ROW) break;
    const char *what = column_or(statement, 0, "");
    if (strcmp(what, "ok") == 0) continue;
    *sound = false;
    if (findings)
      ent_findings_add(findings, ENT_ERROR, "damaged-file", "file", 0, NULL, NULL, ENT_STORE_REMEDY, "%s", what);
  }
  return end_of(x, statement, code, "file");
}

/* SQLite takes a page for damaged that it had no memory for, or that could not be read this once: damage is what it
 * finds again. */
static ent_status examine_file(examination *x) {
  bool sound, again = true;
  ent_status status = look_at_pages(x, NULL, &sound);
  if (!status && !sound) status = look_at_pages(x, x->findings, &again);
  if (!status && !sound && again)
    status = ent_fail(x->store->context, ENT_STORE, x->store->path, "close other programs and try again",
                      "not all of the store could be read, perhaps because memory is short");
  return status;
}

static ent_status examine_references(examination *x) {
  sqlite3_stmt *statement = NULL;
  int code = prepare(x, "PRAGMA foreign_key_check", &statement);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    if ((code = sqlite3_step(statement)) != SQLITE_ROW) break;
    ent_findings_add(x->findings, ENT_ERROR, "lost-reference", column_or(statement, 0, ""), 0, NULL,
                     column_or(statement, 1, NULL), ENT_STORE_REMEDY, "row %s points at a row of %s that is not there",
                     column_or(statement, 1, "?"), column_or(statement, 2, "?"));
  }
  return end_of(x, statement, code, "file");
}

/* Tables, columns, indexes and references as lines of text, so that two stores can be compared whichever version of
 * SQLite wrote them. */
static const char tables_as_text[] =
    "SELECT m.type || ' ' || m.name FROM sqlite_schema m WHERE m.name NOT LIKE 'sqlite_stat%'"
    " UNION ALL SELECT 'column ' || m.name || '.' || p.name || ' ' || p.type || ' ' || p.\"notnull\" || ' ' || p.pk"
    " FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_stat%'"
    " UNION ALL SELECT 'index ' || m.name || ' of ' || m.tbl_name || ' ' || p.seqno || ' ' || coalesce(p.name, '')"
    " FROM sqlite_schema m JOIN pragma_index_info(m.name) p WHERE m.type = 'index'"
    " UNION ALL SELECT 'reference ' || m.name || '.' || p.\"from\" || ' to ' || p.\"table\""
    " FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) p WHERE m.type = 'table'"
    " ORDER BY 1";

static ent_status examine_tables(examination *x) {
  ent_store *fresh = NULL;
  sqlite3_stmt *here = NULL, *there = NULL;
  ent_status status = ent_store_open(x->store->context, ":memory:", &fresh);
  if (!status) status = ent_store_prepare(fresh, tables_as_text, &there);
  int code = status ? SQLITE_DONE : prepare(x, tables_as_text, &here);
  while (!status && (code == SQLITE_OK || code == SQLITE_ROW)) {
    code = sqlite3_step(here);
    int other = sqlite3_step(there);
    if (other != SQLITE_ROW && other != SQLITE_DONE) status = ent_store_fail(fresh, "checking the store");
    if (code != SQLITE_ROW && code != SQLITE_DONE) break;
    const char *is = code == SQLITE_ROW ? column_or(here, 0, "") : NULL;
    const char *wanted = other == SQLITE_ROW ? column_or(there, 0, "") : NULL;
    if (ent_text_same(is, wanted)) continue;
    ent_findings_add(x->findings, ENT_ERROR, "other-tables", "file", 0, NULL, NULL, ENT_STORE_REMEDY,
                     "the tables are not as this program makes them: %s, where %s would be", is ? is : "nothing",
                     wanted ? wanted : "nothing");
    break;
  }
  if (!finalize(there) && !status) status = ent_fail_memory(x->store->context);
  ent_store_close(fresh);
  ent_status end = end_of(x, here, code, "file");
  return status ? status : end;
}

/* ---- what we know beyond ---- */

/* Names of editions in messages: "the-study, edition 2". */
static void find_in_edition(examination *x, ent_severity severity, const char *code, const edition_row *edition,
                            const char *remedy, const char *what) {
  ent_findings_add(x->findings, severity, code, "edition", 0, NULL, edition->study_id, remedy, "%s, edition %d: %s",
                   edition->study_id, edition->number, what);
}

static ent_status examine_edition(examination *x, const edition_row *row, const ent_edition *edition) {
  ent_json *json = NULL;
  ent_span day;
  if (row->number < 1)
    find_in_edition(x, ENT_ERROR, "edition-number", row, ENT_STORE_REMEDY, "there is no such number");
  if (!ent_date_parse(edition->date, &day, NULL))
    find_in_edition(x, ENT_ERROR, "edition-date", row, ENT_STORE_REMEDY, "its date can not be read");
  ent_status status =
      ent_json_read(x->store->context, "descriptor", edition->descriptor, strlen(edition->descriptor), &json);
  ent_json_free(json);
  if (status != ENT_INVALID) return status; /* a short memory is no damage */
  ent_context_clear(x->store->context);
  find_in_edition(x, ENT_ERROR, "edition-descriptor", row, ENT_STORE_REMEDY, "its descriptor can not be read");
  return ENT_OK;
}

static ent_status add_edition(examination *x, sqlite3_stmt *statement, size_t *capacity) {
  ent_edition edition = {.number = sqlite3_column_int(statement, 2)};
  const char **texts[] = {&edition.released,   &edition.date,           &edition.model,
                          &edition.model_text, &edition.content_sha256, &edition.descriptor};
  if (x->edition_count == *capacity) {
    size_t wanted = *capacity ? *capacity * 2 : 16;
    edition_row *larger = realloc(x->editions, wanted * sizeof *larger);
    if (!larger) return ent_fail_memory(x->store->context);
    x->editions = larger;
    *capacity = wanted;
  }
  edition_row *row = &x->editions[x->edition_count];
  *row = (edition_row){.study = sqlite3_column_int64(statement, 0), .number = edition.number};
  row->study_id = ent_store_column_text(x->arena, statement, 1);
  row->hash = ent_store_column_text(x->arena, statement, 9);
  if (!row->study_id || !row->hash) return ent_fail_memory(x->store->context);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (!(*texts[i] = ent_store_column_text(x->arena, statement, (int)i + 3)))
      return ent_fail_memory(x->store->context);
  x->edition_count++;
  row->sum = ent_digest_edition(&x->row, row->study_id, &edition);
  return examine_edition(x, row, &edition);
}

static ent_status read_editions(examination *x) {
  sqlite3_stmt *statement = NULL;
  ent_status status = ENT_OK;
  size_t capacity = 0;
  int code = prepare(x,
                     "SELECT e.study, s.id, e.number, e.released, e.date, e.model, e.model_text, e.content_sha256,"
                     " e.descriptor, e.rows_sha256 FROM edition e JOIN study s ON s.study = e.study"
                     " ORDER BY e.study, e.number",
                     &statement);
  while (!status && (code == SQLITE_OK || code == SQLITE_ROW)) {
    if ((code = sqlite3_step(statement)) != SQLITE_ROW) break;
    status = add_edition(x, statement, &capacity);
  }
  if (!status) return end_of(x, statement, code, "edition");
  sqlite3_finalize(statement);
  return status;
}

/* The editions of a study: *end is behind the last. */
static size_t editions_of(const examination *x, sqlite3_int64 study, size_t *end) {
  size_t first = 0;
  while (first < x->edition_count && x->editions[first].study < study) first++;
  for (*end = first; *end < x->edition_count && x->editions[*end].study == study;) (*end)++;
  return first;
}

static void add_cell(examination *x, const ent_store_field *field, sqlite3_stmt *statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return;
  if (field->kind == ENT_KEEP_BOOLEAN)
    ent_digest_number(&x->row, field->name, sqlite3_column_int(statement, column) != 0);
  else if (field->kind == ENT_KEEP_NUMBER || field->kind == ENT_KEEP_INTEGER)
    ent_digest_number(&x->row, field->name, sqlite3_column_double(statement, column));
  else {
    const char *cell = (const char *)sqlite3_column_text(statement, column);
    if (!cell) x->row.failed = true;
    else ent_digest_text(&x->row, field->name, cell, (size_t)sqlite3_column_bytes(statement, column));
  }
}

/* Where a version stands must be possible. Rows of a study without editions, or of another table, are never read. */
static bool examine_span(examination *x, const ent_store_resource *resource, const char *id, size_t first_edition,
                         size_t end, int first, int last, bool stands) {
  const char *what = NULL;
  if (first_edition == end) what = "belongs to a study that has no edition";
  else if (first < 1 || (!stands && last < first)) what = "stands in no edition";
  else if (first > x->editions[end - 1].number) what = "begins after the highest edition";
  else if (!stands && last >= x->editions[end - 1].number) what = "ended with an edition that has none after it";
  if (what)
    ent_findings_add(x->findings, ENT_ERROR, "edition-span", resource->name, 0, NULL, id, ENT_STORE_REMEDY, "%s %s", id,
                     what);
  if (what) x->skipped = true;
  return !what;
}

/* The hash of the row that was put together, to the sums of the editions in which it stands: in each with the line that
 * it has there. Returns an error of SQLite, or SQLITE_OK. */
static int add_to_sums(examination *x, const ent_store_resource *resource, sqlite3_stmt *statement, int line_column,
                       int version_column, size_t first, size_t end) {
  long line = (long)sqlite3_column_int64(statement, line_column);
  ent_digest digest = ent_digest_of(&x->row, line);
  for (size_t at = first; at < end; at++) {
    long here = line;
    if (x->move_find) {
      sqlite3_bind_text(x->move_find, 1, resource->name, -1, SQLITE_STATIC);
      sqlite3_bind_int64(x->move_find, 2, sqlite3_column_int64(statement, version_column));
      sqlite3_bind_int(x->move_find, 3, x->editions[at].number);
      int code = sqlite3_step(x->move_find);
      if (code == SQLITE_ROW) here = (long)sqlite3_column_int64(x->move_find, 0);
      sqlite3_reset(x->move_find);
      if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
    }
    if (here != line) digest = ent_digest_of(&x->row, line = here);
    ent_digest_add(&x->editions[at].sum, &digest);
  }
  return SQLITE_OK;
}

static ent_status examine_row(examination *x, const ent_store_resource *resource, sqlite3_stmt *statement) {
  enum { STUDY, FIRST, LAST, LINE, PUBLISHED, ID, VERSION, RESOURCE, FIELDS };
  const char *id = column_or(statement, ID, "");
  int first = sqlite3_column_int(statement, FIRST), last = sqlite3_column_int(statement, LAST);
  bool stands = sqlite3_column_type(statement, LAST) == SQLITE_NULL;
  size_t end, at = editions_of(x, sqlite3_column_int64(statement, STUDY), &end);
  x->rows++;
  if (strcmp(column_or(statement, RESOURCE, ""), resource->name) != 0) {
    ent_findings_add(x->findings, ENT_ERROR, "other-item", resource->name, 0, NULL, id, ENT_STORE_REMEDY,
                     "version %lld is no row of this table", (long long)sqlite3_column_int64(statement, VERSION));
    x->skipped = true;
    return ENT_OK;
  }
  if (!examine_span(x, resource, id, at, end, first, last, stands)) return ENT_OK;
  ent_digest_begin(&x->row, resource->name, id, column_or(statement, PUBLISHED, ""));
  for (size_t f = 0; f < resource->field_count; f++) add_cell(x, &resource->fields[f], statement, FIELDS + (int)f);
  for (; at < end && x->editions[at].number < first;) at++;
  size_t behind = at;
  while (behind < end && (stands || x->editions[behind].number <= last)) behind++;
  return end_of(x, NULL, add_to_sums(x, resource, statement, LINE, VERSION, at, behind), "move");
}

/* Most stores hold no row that moved: then nothing is asked for each row. */
static ent_status prepare_moves(examination *x) {
  sqlite3_stmt *any = NULL;
  int code = prepare(x, "SELECT EXISTS (SELECT 1 FROM move)", &any);
  if (code == SQLITE_OK) code = sqlite3_step(any);
  bool moved = code == SQLITE_ROW && sqlite3_column_int(any, 0);
  ent_status status = end_of(x, any, code, "move");
  if (status || !moved) return status;
  code = prepare(x,
                 "SELECT line FROM move WHERE resource = ?1 AND version = ?2 AND edition <= ?3"
                 " ORDER BY edition DESC LIMIT 1",
                 &x->move_find);
  return code == SQLITE_OK ? ENT_OK : end_of(x, NULL, code, "move");
}

static ent_status examine_rows(examination *x, const ent_store_resource *resource) {
  sqlite3_stmt *statement = NULL;
  ent_status status = ENT_OK;
  ent_text sql = {0};
  int code = SQLITE_OK;
  ent_text_add(&sql,
               "SELECT i.study, t.first_edition, t.last_edition, t.line, t.published, i.id, t.version, i.resource");
  ent_store_select_fields(&sql, resource);
  ent_text_print(&sql, " FROM \"%s\" t LEFT JOIN item i ON i.item = t.self", resource->name);
  if (sql.failed) status = ent_fail_memory(x->store->context);
  else code = prepare(x, sql.data, &statement);
  ent_text_clear(&sql);
  while (!status && (code == SQLITE_OK || code == SQLITE_ROW)) {
    if ((code = sqlite3_step(statement)) != SQLITE_ROW) break;
    status = examine_row(x, resource, statement);
  }
  if (!status) return end_of(x, statement, code, resource->name);
  sqlite3_finalize(statement);
  return status;
}

/* Of one row, at most one version stands in an edition. */
static ent_status examine_overlaps(examination *x, const char *table) {
  sqlite3_stmt *statement = NULL;
  char *sql = sqlite3_mprintf(
      "SELECT DISTINCT i.id FROM \"%w\" a JOIN \"%w\" b ON b.self = a.self"
      " AND b.version > a.version JOIN item i ON i.item = a.self"
      " WHERE (b.last_edition IS NULL OR a.first_edition <= b.last_edition)"
      " AND (a.last_edition IS NULL OR b.first_edition <= a.last_edition)",
      table, table);
  if (!sql) return ent_fail_memory(x->store->context);
  int code = prepare(x, sql, &statement);
  sqlite3_free(sql);
  while (code == SQLITE_OK || code == SQLITE_ROW) {
    if ((code = sqlite3_step(statement)) != SQLITE_ROW) break;
    const char *id = column_or(statement, 0, "");
    ent_findings_add(x->findings, ENT_ERROR, "two-versions", table, 0, NULL, id, ENT_STORE_REMEDY,
                     "%s stands twice in one edition", id);
  }
  return end_of(x, statement, code, table);
}

static void compare_hashes(examination *x) {
  char hex[65];
  for (size_t i = 0; i < x->edition_count; i++) {
    const edition_row *edition = &x->editions[i];
    ent_digest_print(&edition->sum, hex);
    if (!*edition->hash)
      find_in_edition(x, ENT_NOTE, "no-hash", edition, NULL,
                      "loaded before hashes of rows were kept, so that a damaged cell can not be seen");
    else if (strcmp(edition->hash, hex) != 0)
      find_in_edition(x, ENT_ERROR, "other-rows", edition, ENT_STORE_REMEDY, "its rows are not those that were loaded");
  }
}
