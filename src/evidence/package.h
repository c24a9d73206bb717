/* package.h - a package folder as it was read: its descriptor, its tables, its sources.
 *
 * What is wrong with the files goes to findings, so that one run shows everything; what could be read is there. */
#ifndef ENT_EVIDENCE_PACKAGE_H
#define ENT_EVIDENCE_PACKAGE_H

#include "base/context.h"
#include "base/json.h"
#include "evidence/format.h"
#include "records/evidence.h"
#include "records/finding.h"
#include "table/table.h"

#define ENT_DESCRIPTOR "datapackage.json"

typedef struct ent_package {
  const char *folder; /* with all links followed */
  const ent_format *format;
  const char *study; /* the descriptor's name; NULL where it could not be read */
  ent_label title;
  int edition;
  const char *released, *date, *model; /* released: "" for a working copy */
  const char *model_text;              /* the model itself where it is a file of the package, else "" */
  const char *descriptor;              /* the file's text, or NULL */
  char content_sha256[65];
  const ent_table **tables; /* one for each resource of the format; NULL where there is no file */
  ent_json *sources;        /* the register, or NULL; its table has one row for each of its entries */
  size_t rows, resources;   /* that could be read */
} ent_package;

/* ENT_NOT_FOUND when the folder is not there. Everything but `sources` lives in arena. */
ENT_MUST_CHECK ent_status ent_package_open(ent_context *context, ent_arena *arena, const char *folder,
                                           ent_findings *findings, ent_package **out);
void ent_package_close(ent_package *package);

/* What is needed to see whether a store holds a folder's content: a few milliseconds, no table is parsed. */
typedef struct ent_package_state {
  const char *study; /* NULL: the descriptor can not be read; a check tells why */
  int edition;
  char content_sha256[65];
} ent_package_state;

/* ENT_NOT_FOUND when the folder is not there. study lives in arena. */
ENT_MUST_CHECK ent_status ent_package_look(ent_context *context, ent_arena *arena, const ent_format *format,
                                           const char *folder, ent_package_state *out);

/* Whether a relative path names a file in a folder (with all links followed); a path that leads out of it names none.
 */
bool ent_package_has_file(const char *folder, const char *path);

/* The table of a resource, or NULL. */
const ent_table *ent_package_table(const ent_package *package, const char *resource);

#endif
