/* checker.h - inside evidence: what the files of the check share. */
#ifndef ENT_EVIDENCE_CHECKER_H
#define ENT_EVIDENCE_CHECKER_H

#include <stdint.h>

#include "evidence/check.h"
#include "base/index.h"

/* Where a field was found that was asked for by a name that stands at this address: the same few names are asked for in
 * each of a million rows. */
typedef struct ent_field_place {
  const char *name;
  size_t resource, field;
} ent_field_place;

enum { ENT_FIELD_PLACES = 256 };

typedef struct ent_checker {
  ent_arena *arena;
  const ent_package *package;
  ent_findings *findings;
  ent_index *ids;           /* of each resource: id -> row; the first of two */
  int **columns;            /* of each resource and field: the column in its table, or -1 */
  const char ***id_lists;   /* of each resource: all ids, for nearest names; NULL until needed */
  const char **advice;      /* of each resource: the remedy where no id is near; NULL until needed */
  const char *const *names; /* of the resources; NULL until needed */
  size_t compared;          /* names that were looked at for suggestions */
  size_t **met;             /* of each resource, row and role: the last cell that named it; NULL until needed */
  size_t cells;             /* lists that were looked at */
  ent_field_place *places;  /* ENT_FIELD_PLACES of them */
} ent_checker;

/* False when memory is short. */
bool ent_checker_init(ent_checker *c, ent_arena *arena, const ent_package *package, ent_findings *findings);

/* Position of a resource that the format is known to have, or -1 where this package has no table of it. */
int ent_checker_table(const ent_checker *c, const char *resource);
/* A cell, "" where the table has no such column. */
const char *ent_checker_cell(const ent_checker *c, size_t resource, size_t row, size_t field);
const char *ent_checker_get(const ent_checker *c, size_t resource, size_t row, const char *field);
/* The number in a cell; NaN where it is empty or none. */
double ent_checker_number(const ent_checker *c, size_t resource, size_t row, const char *field);
/* Finds the row of an id; false where the table or the row is not there. */
bool ent_checker_find(const ent_checker *c, const char *resource, const char *id, size_t length, size_t *row);
/* The rows that a cell "table:id" names; false where it names none. */
bool ent_checker_item(const ent_checker *c, const char *cell, size_t *resource, size_t *row);

/* Columns value, low and high of a row: the ends in their order, the value between them. */
void ent_checker_range(ent_checker *c, size_t resource, size_t row);

/* Adds a finding at a row (and, where field is not NULL, at its column). */
void ent_checker_report(ent_checker *c, ent_severity severity, const char *code, size_t resource, size_t row,
                        const char *field, const char *remedy, const char *what, ...)
    __attribute__((format(printf, 8, 9)));
/* Text for a remedy, in the arena; NULL when memory is short, which a finding takes. */
const char *ent_checker_say(ent_checker *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `did you mean "x"?`, or otherwise (which may be NULL) where no name is near. */
const char *ent_checker_nearest(ent_checker *c, const char *word, const char *const *names, size_t count,
                                const char *otherwise);
/* The same among the ids of a resource. */
const char *ent_checker_nearest_id(ent_checker *c, const char *resource, const char *id);

/* The next word of a cell: moves *at past it. False at the end. */
bool ent_checker_word(const char **at, const char **word, size_t *length);

/* A list of ids for a note that names the first ten. */
typedef struct ent_id_list {
  size_t count;
  const char *first[10];
} ent_id_list;
void ent_id_list_add(ent_id_list *list, const char *id);
/* "a, b, c, ..." */
const char *ent_id_list_say(ent_checker *c, const ent_id_list *list);

/* One function for each subject. */
void ent_check_cells(ent_checker *c);       /* columns, required cells, types, codes, units, currencies, dates */
void ent_check_keys(ent_checker *c);        /* ids, references, items, citations, circles of parents */
void ent_check_figures(ent_checker *c);     /* observations: units, ranges, subjects, sums, definitions */
void ent_check_views(ent_checker *c);       /* codings, holders, alliances */
void ent_check_sources(ent_checker *c);     /* the source register, citations, what is never cited */
void ent_check_consistency(ent_checker *c); /* back references, qualifiers, comparisons, conversions */

#endif
