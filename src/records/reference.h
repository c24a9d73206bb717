/* reference.h - a work as a reference list names it: what styles and file formats of references are written from. */
#ifndef ENT_RECORDS_REFERENCE_H
#define ENT_RECORDS_REFERENCE_H

#include <stddef.h>

typedef struct ent_name { /* NULL: not given */
  const char *family, *given, *particle, *suffix;
  const char *literal; /* of a body, or of whoever has one name; then the others are NULL */
} ent_name;

typedef struct ent_reference_date {
  int year, month, day; /* 0: not given */
  int last_year;        /* of a range over years, else 0 */
  const char *literal;  /* as written, where there is no year; or NULL */
} ent_reference_date;

/* Texts are as in the source register, on one line; NULL: not given. */
typedef struct ent_reference {
  const char *id, *type; /* type: of CSL */
  size_t author_count, editor_count;
  const ent_name *authors, *editors;
  const char *title, *translated_title;
  const char *container, *collection, *collection_number;
  const char *publisher, *place, *event_place;
  const char *genre, *number, *version, *medium, *volume, *issue, *page;
  const char *doi, *url, *isbn, *language;
  ent_reference_date issued, accessed;
  const char *licence, *permission, *archived;
} ent_reference;

#endif
