/* store.h - the store as the other rooms see it: editions of packages, their rows, and how to write one edition.
 *
 * Comes in: names of resources and fields as the package format gives them, cells as text. Goes out: the same. The
 * store knows no rule of the format: what is loaded must have been checked. ent_store_open and ent_store_close
 * stand in entente.h. Failures go to the context the store was opened with.
 *
 * Results live in the arena that is passed in; names of resources and fields in them are borrowed from the caller. */
#ifndef ENT_STORE_STORE_H
#define ENT_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "entente/entente.h"
#include "records/finding.h"
#include "table/table.h"

/* How a cell is kept. */
typedef enum ent_store_kind {
  ENT_KEEP_TEXT,
  ENT_KEEP_NUMBER, /* a double; comes back in the fewest digits that read back equal */
  ENT_KEEP_INTEGER,
  ENT_KEEP_BOOLEAN,   /* comes back as "true" or "false" */
  ENT_KEEP_REFERENCE, /* an id in the resource `references` */
  ENT_KEEP_ITEM,      /* "resource:id" */
  ENT_KEEP_LIST,      /* ids in `references` between blanks: kept as text; each must be there */
  ENT_KEEP_CITATIONS  /* the same, each id with an optional ":role" */
} ent_store_kind;

typedef struct ent_store_field {
  const char *name;
  ent_store_kind kind;
  const char *references;
} ent_store_field;

typedef struct ent_store_resource { /* a table of evidence; its id stands apart from the fields */
  const char *name;
  size_t field_count;
  const ent_store_field *fields;
} ent_store_resource;

typedef struct ent_edition {
  int number;             /* 0: there is none */
  const char *released;   /* EDTF date, or "" for a working copy */
  const char *date;       /* the study's date */
  const char *model;      /* its default model: a name, or a path in the package */
  const char *model_text; /* the model itself where it is a file of the package, else "" */
  const char *content_sha256;
  const char *descriptor; /* datapackage.json as loaded */
} ent_edition;

/* The file that a path means (NULL: the default one); nothing is made. */
ENT_MUST_CHECK ent_status ent_store_place(ent_context *context, const char *path, ent_text *out);
/* The file (":memory:" for a scratch store). */
const char *ent_store_path(const ent_store *store);
bool ent_store_is_read_only(const ent_store *store);

/* As ent_store_open, but a file that is not there is ENT_NOT_FOUND. as_is: an older store stays one, and nothing is
 * written to it. */
ENT_MUST_CHECK ent_status ent_store_open_existing(ent_context *context, const char *path, ent_store **out);
ENT_MUST_CHECK ent_status ent_store_open_as_is(ent_context *context, const char *path, ent_store **out);

/* One edition of a study, number 0 for the highest. Not there is no failure: out->number is then 0. */
ENT_MUST_CHECK ent_status ent_store_edition(ent_store *store, ent_arena *arena, const char *study, int number,
                                            ent_edition *out);
/* The ids of all studies that have an edition, sorted. */
ENT_MUST_CHECK ent_status ent_store_studies(ent_store *store, ent_arena *arena, const char *const **ids, size_t *count);
/* All editions of a study, by number; none where the study is not there. */
ENT_MUST_CHECK ent_status ent_store_editions(ent_store *store, ent_arena *arena, const char *study,
                                             const ent_edition **editions, size_t *count);

/* The rows of an edition, and what differs from the edition before: a row is changed where another version of it stands
 * here, also where its date of publication alone is another. In the first edition all rows are added. */
typedef struct ent_edition_rows {
  size_t rows, added, changed, gone;
} ent_edition_rows;

/* Adds the rows of a resource to what stands in sums, one for each of the study's editions. */
ENT_MUST_CHECK ent_status ent_store_count(ent_store *store, const ent_store_resource *resource, const char *study,
                                          const ent_edition *editions, size_t count, ent_edition_rows *sums);

/* Takes a study out of the store with all its editions, in one transaction; a study that is not there is no failure.
 * The resources are all those of the format. *compact: the file holds nothing of it any more; else its pages are
 * written over by later loads, since another program was using the store. */
ENT_MUST_CHECK ent_status ent_store_remove(ent_store *store, const char *study, const ent_store_resource *resources,
                                           size_t resource_count, bool *compact);

/* All rows of a resource that stand in an edition, by line: columns id, then the fields. */
ENT_MUST_CHECK ent_status ent_store_rows(ent_store *store, ent_arena *arena, const ent_store_resource *resource,
                                         const char *study, int edition, ent_table **out);
/* The one row with this id: *out has one row, or none when there is no such row. */
ENT_MUST_CHECK ent_status ent_store_row(ent_store *store, ent_arena *arena, const ent_store_resource *resource,
                                        const char *study, int edition, const char *id, ent_table **out);
/* The dates from which the rows of ent_store_rows were published, in the same order; "" where unknown. */
ENT_MUST_CHECK ent_status ent_store_published(ent_store *store, ent_arena *arena, const ent_store_resource *resource,
                                              const char *study, int edition, const char *const **dates, size_t *count);

/* Several reads of one state of the store: nothing that another program writes is seen until the end. */
ENT_MUST_CHECK ent_status ent_store_read_begin(ent_store *store);
void ent_store_read_end(ent_store *store);

/* ---- the store as a file ---- */

typedef struct ent_store_held { /* an edition in the store */
  const char *study, *released;
  int number;
  size_t rows;
  bool hashed; /* a hash of its rows is kept */
} ent_store_held;

typedef struct ent_store_state {
  int version, newest; /* last migration; newest: that this program knows */
  uint64_t bytes;      /* of the file and the log beside it */
  const char *journal; /* "wal", "delete" */
  size_t count;
  const ent_store_held *held; /* by study and number */
} ent_store_state;

/* resources: those of the format, all of them. */
ENT_MUST_CHECK ent_status ent_store_look(ent_store *store, ent_arena *arena, const ent_store_resource *resources,
                                         size_t resource_count, ent_store_state *out);
/* Looks for damage: in the file (SQLite's own checks), in the tables, between the rows, and in the cells by the hashes
 * of the editions. What is found is a finding; a failure is what kept it from looking. *rows: that were looked at. */
ENT_MUST_CHECK ent_status ent_store_examine(ent_store *store, ent_arena *arena, const ent_store_resource *resources,
                                            size_t resource_count, ent_findings *findings, size_t *rows);
/* Writes a copy of the store to a file, as it stands at one moment while others may write: whole or not at all. The
 * copy is examined before it takes the name. A file that is there is replaced if it is a store that holds nothing but
 * what this one holds. */
ENT_MUST_CHECK ent_status ent_store_copy(ent_store *store, const char *file, const ent_store_resource *resources,
                                         size_t resource_count);
/* Puts a copy of the store in `file` into the place of the store at `path` (NULL: the default), after it was examined.
 * The store that was there is kept beside it under the name *kept (NULL: there was none). Refused while another program
 * has it open. *place: where the store stands. */
ENT_MUST_CHECK ent_status ent_store_bring_back(ent_context *context, const char *path, const char *file,
                                               const ent_store_resource *resources, size_t resource_count,
                                               ent_arena *arena, const char **place, const char **kept);

/* Writing one edition, in one transaction: begin, items of every resource, rows of every resource, commit, free. A
 * load that is freed without a commit leaves the store as it was. The resources are those of the format, all of
 * them, and must outlive the load.
 *
 * The highest edition is replaced whole while its `released` is empty. Refused with ENT_INVALID: other content for a
 * released edition or for one that is not the highest, and an edition below the highest that is not there. When the
 * store already holds the content, *unchanged is true and nothing will be written: free the load.
 *
 * A row that equals the one standing before keeps its version; one that changed or is gone ends with the edition
 * before, and stays readable there. */
typedef struct ent_store_load ent_store_load;

ENT_MUST_CHECK ent_status ent_store_load_begin(ent_store *store, const char *study, const ent_edition *edition,
                                               const ent_store_resource *resources, size_t resource_count,
                                               ent_store_load **out, bool *unchanged);
/* Makes the rows' ids known, so that references to them can be written. The rows must outlive the load. */
ENT_MUST_CHECK ent_status ent_store_load_items(ent_store_load *load, const char *resource, const ent_table *rows);
/* rows has at least the columns id and the resource's fields, in any order. published: a date for each row, or NULL
 * or "" where unknown. */
ENT_MUST_CHECK ent_status ent_store_load_rows(ent_store_load *load, const char *resource, const ent_table *rows,
                                              const char *const *published);
ENT_MUST_CHECK ent_status ent_store_load_commit(ent_store_load *load);
void ent_store_load_free(ent_store_load *load);

#endif
