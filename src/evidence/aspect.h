/* aspect.h - by which aspects the rows of a table are coded, and on which scale. */
#ifndef ENT_EVIDENCE_ASPECT_H
#define ENT_EVIDENCE_ASPECT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ent_aspect {
  const char *name, *table;
  bool by_issue; /* on the scale that the row's issue names; else on the one that bears the aspect's name */
} ent_aspect;

const ent_aspect *ent_aspects(size_t *count);
/* NULL for an unknown one. */
const ent_aspect *ent_aspect_find(const char *name);

#endif
