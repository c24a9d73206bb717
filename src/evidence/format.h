/* format.h - the package format as structs: which tables a package has, and what their columns hold.
 *
 * Read from share/schemas/package.json, which is the one place that states it. */
#ifndef ENT_EVIDENCE_FORMAT_H
#define ENT_EVIDENCE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/context.h"
#include "base/json.h"
#include "store/store.h"

typedef enum ent_field_kind {
  ENT_FIELD_TEXT,
  ENT_FIELD_ID,
  ENT_FIELD_CODE, /* one of the words of the field's enum */
  ENT_FIELD_NUMBER,
  ENT_FIELD_INTEGER,
  ENT_FIELD_BOOLEAN,
  ENT_FIELD_EDTF,   /* one date */
  ENT_FIELD_PERIOD, /* a date, or DATE/DATE */
  ENT_FIELD_UNIT,
  ENT_FIELD_CURRENCY,
  ENT_FIELD_GRADE,     /* reliability A-F, credibility 1-6, or both ("B2") */
  ENT_FIELD_WORDS,     /* words between blanks */
  ENT_FIELD_PATH,      /* of a file in the package */
  ENT_FIELD_REFERENCE, /* an id in `references` */
  ENT_FIELD_LIST,      /* ids in `references` between blanks */
  ENT_FIELD_ITEM,      /* "table:id" */
  ENT_FIELD_ITEMS,     /* "table:id" between blanks */
  ENT_FIELD_CITATIONS, /* ids in `references` between blanks, each with an optional ":role" */
  ENT_FIELD_KINDS
} ent_field_kind;

typedef struct ent_field {
  const char *name, *type; /* type: of the table schema ("string", "number", ...) */
  ent_field_kind kind;
  const char *references; /* a resource, or NULL */
  bool required;
  bool optional; /* the column may be left out of a table */
  size_t word_count;
  const char *const *words; /* of an enum */
  double minimum, maximum;  /* NaN: none */
} ent_field;

typedef struct ent_resource {
  const char *name, *path;
  bool is_sources; /* the source register: CSL-JSON; read as a table of id, title and csl */
  size_t field_count;
  const ent_field *fields; /* the first is the id */
  ent_store_resource kept; /* the same for the store */
} ent_resource;

typedef struct ent_format {
  int number;
  size_t resource_count;
  const ent_resource *resources;
  const ent_store_resource *kept; /* of all resources, in the same order */
} ent_format;

/* Everything lives in arena. */
ENT_MUST_CHECK ent_status ent_format_read(ent_context *context, ent_arena *arena, const ent_format **out);
/* Position of a resource, or -1. */
int ent_format_find(const ent_format *format, const char *resource);
/* Position of a field in its resource, or -1. */
int ent_resource_field(const ent_resource *resource, const char *field);
/* The names of all resources, for ent_text_nearest; NULL when memory is short. */
const char *const *ent_format_names(const ent_format *format, ent_arena *arena);

#endif
