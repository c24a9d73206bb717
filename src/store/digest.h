/* digest.h - inside the store: the hash of an edition's rows, by which a damaged cell is found.
 *
 * Each row is hashed by SHA-256: its table, id, date of publication, line, and every cell that is not empty, by the
 * cell's name. The hash of an edition is the sum of its rows' hashes modulo 2^256, so that it depends on no order, and
 * that a row which stands in several editions is hashed once. The edition's own row is one of the rows.
 *
 * Empty cells do not count, so that a migration may add a column. The order of columns does: a migration keeps it. */
#ifndef ENT_STORE_DIGEST_H
#define ENT_STORE_DIGEST_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "store/store.h"

typedef struct ent_digest {
  uint64_t part[4]; /* the lowest first */
} ent_digest;

void ent_digest_add(ent_digest *sum, const ent_digest *other);
void ent_digest_print(const ent_digest *digest, char hex[65]);

/* A row is put together in a text that serves for many rows, then hashed. text->failed tells that memory was short. */
void ent_digest_begin(ent_text *row, const char *table, const char *id, const char *published);
/* An empty value adds nothing. */
void ent_digest_text(ent_text *row, const char *name, const char *value, size_t length);
void ent_digest_number(ent_text *row, const char *name, double value);
/* May be asked again with another line: in which editions a row stands on which, is kept beside it. */
ent_digest ent_digest_of(ent_text *row, long line);

/* The edition's own row. */
ent_digest ent_digest_edition(ent_text *row, const char *study, const ent_edition *edition);

/* What a load adds up. */
typedef struct ent_load_digest ent_load_digest;

ENT_MUST_CHECK ent_status ent_load_digest_new(ent_store *store, sqlite3_int64 study, const char *study_id,
                                              const ent_edition *edition, ent_load_digest **out);
void ent_load_digest_free(ent_load_digest *digest);
/* A row of the edition. columns: of the resource's fields, in rows. */
ENT_MUST_CHECK ent_status ent_load_digest_row(ent_load_digest *digest, const ent_store_resource *resource,
                                              const ent_table *rows, const int *columns, size_t row, const char *id,
                                              const char *published);
/* Writes the sum of the edition. */
ENT_MUST_CHECK ent_status ent_load_digest_put(ent_load_digest *digest);

#endif
