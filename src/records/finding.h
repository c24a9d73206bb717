/* finding.h - what a check found: a record in a report, so that one run shows all problems. */
#ifndef ENT_RECORDS_FINDING_H
#define ENT_RECORDS_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef enum ent_severity { ENT_NOTE, ENT_ERROR } ent_severity; /* a note does not stop a load */

typedef struct ent_finding {
  ent_severity severity;
  const char *code;   /* stable name of the rule: "unknown-reference", "range-excludes-value", ... */
  const char *file;   /* "observations.csv" */
  long line;          /* 0: the file as a whole */
  const char *column; /* NULL: the row as a whole; for JSON a JSON Pointer */
  const char *id;     /* id of the row, or NULL */
  const char *what;   /* what is wrong, in a sentence without final stop */
  const char *remedy; /* what would be right, or NULL */
} ent_finding;

typedef struct ent_findings {
  ent_arena *arena;
  ent_finding *list;
  size_t count, capacity, errors, notes;
  size_t dropped; /* beyond the first 10,000, of which notes are 5,000, they are only counted */
  size_t kept_notes;
  bool failed;    /* memory ran out while adding */
} ent_findings;

void ent_findings_init(ent_findings *findings, ent_arena *arena);
/* All strings but code are copied into the arena, clean for a terminal; one that is longer than 600 bytes loses its
 * middle. what is formatted. Never fails visibly: see failed. */
void ent_findings_add(ent_findings *findings, ent_severity severity, const char *code, const char *file, long line,
                      const char *column, const char *id, const char *remedy, const char *what, ...)
    __attribute__((format(printf, 9, 10)));
/* By file, line, column, code: a total order. Errors first. */
void ent_findings_sort(ent_findings *findings);

#endif
