/* load_digest.c - the hash of an edition's rows while they are loaded. */
#include <stdlib.h>
#include <string.h>

#include "store/digest.h"
#include "store/handle.h"

struct ent_load_digest {
  ent_store *store;
  sqlite3_int64 study;
  int edition;
  ent_text row;
  ent_digest sum;
};

ent_status ent_load_digest_new(ent_store *store, sqlite3_int64 study, const char *study_id, const ent_edition *edition,
                               ent_load_digest **out) {
  ent_load_digest *digest = *out = calloc(1, sizeof *digest);
  if (!digest) return ent_fail_memory(store->context);
  digest->store = store;
  digest->study = study;
  digest->edition = edition->number;
  digest->sum = ent_digest_edition(&digest->row, study_id, edition);
  return ENT_OK; /* that memory was short is said with the next row, or at the end */
}

void ent_load_digest_free(ent_load_digest *digest) {
  if (!digest) return;
  ent_text_clear(&digest->row);
  free(digest);
}

/* As the cell will be read back; what the store can not keep is refused elsewhere. */
static void add_cell(ent_text *row, const ent_store_field *field, const char *cell) {
  double number = 0;
  if (!*cell) return;
  if (field->kind == ENT_KEEP_BOOLEAN)
    ent_digest_number(row, field->name, *cell == 't' || *cell == 'T' || *cell == '1');
  else if (field->kind != ENT_KEEP_NUMBER && field->kind != ENT_KEEP_INTEGER)
    ent_digest_text(row, field->name, cell, strlen(cell));
  else if (ent_text_number(cell, &number)) ent_digest_number(row, field->name, number);
}

ent_status ent_load_digest_row(ent_load_digest *digest, const ent_store_resource *resource, const ent_table *rows,
                               const int *columns, size_t row, const char *id, const char *published) {
  ent_digest_begin(&digest->row, resource->name, id, published);
  for (size_t f = 0; f < resource->field_count; f++)
    add_cell(&digest->row, &resource->fields[f], ent_table_cell(rows, row, columns[f]));
  ent_digest hash = ent_digest_of(&digest->row, rows->line[row]);
  if (digest->row.failed) return ent_fail_memory(digest->store->context);
  ent_digest_add(&digest->sum, &hash);
  return ENT_OK;
}

ent_status ent_load_digest_put(ent_load_digest *digest) {
  sqlite3_stmt *put = NULL;
  char hex[65];
  if (digest->row.failed) return ent_fail_memory(digest->store->context);
  ent_status status =
      ent_store_prepare(digest->store, "UPDATE edition SET rows_sha256 = ?3 WHERE study = ?1 AND number = ?2", &put);
  if (!status) {
    ent_digest_print(&digest->sum, hex);
    sqlite3_bind_int64(put, 1, digest->study);
    sqlite3_bind_int(put, 2, digest->edition);
    sqlite3_bind_text(put, 3, hex, -1, SQLITE_STATIC);
    status = ent_store_do(digest->store, put, "writing the hash of an edition");
  }
  sqlite3_finalize(put);
  return status;
}
