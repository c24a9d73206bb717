/* composite_sheet.h - inside study: the two tables of a composite, DATA (COINr's iData) and META (its iMeta), read into
 * plain arrays; and what COINr does not have: goalposts, references, ranges of values, budgets of experts.
 *
 * Reading finds all problems of the files at once, each with file, row and column. The columns are described in
 * docs/composite.md. */
#ifndef ENT_STUDY_COMPOSITE_SHEET_H
#define ENT_STUDY_COMPOSITE_SHEET_H

#include "base/context.h"
#include "entente/composite.h"
#include "records/finding.h"
#include "table/table.h"

typedef enum ent_composite_kind {
  ENT_KIND_INDICATOR,
  ENT_KIND_AGGREGATE,
  ENT_KIND_GROUP,
  ENT_KIND_DENOMINATOR,
  ENT_KIND_OTHER,
  ENT_KINDS
} ent_composite_kind;

typedef struct ent_composite_entry {                     /* a row of META */
  const char *code, *name, *unit, *parent, *denominator; /* codes; "" where not given */
  ent_composite_kind kind;
  long line;
  int node;                                                            /* -1: neither indicator nor aggregate */
  int parent_node;                                                     /* -1: none */
  int column;                                                          /* of DATA; -1: none */
  int low_column, high_column, se_column;                              /* of an indicator's ranges; -1: none */
  int denominator_column;                                              /* -1: none */
  double level;                                                        /* as given; NaN: not given */
  double direction, weight, low, high, reference, target, uncertainty; /* NaN: not given */
} ent_composite_entry;

/* Arrays as composite.h has them. Everything lives in the arena. */
typedef struct ent_composite_sheet {
  const ent_table *data, *meta, *experts; /* experts: NULL: none */
  size_t entry_count, unit_count, indicator_count, node_count;
  ent_composite_entry *entries; /* as in META, without the rows of ranges */
  int *node;                    /* nodes: their entry */
  int *height;                  /* nodes: 0 of an indicator, else one more than the highest child */
  int top;
  const char **code, **name; /* units; name: NULL where DATA has no names */
  const char **time;         /* units: as written; NULL: no panel */
  double *time_number;
  size_t period_count;
  double *values;                      /* units x indicators: after denominators */
  double *low, *high, *standard_error; /* or NULL: nothing is uncertain */
  size_t uncertain;
  int *group;              /* units: of the group column that is used, or NULL */
  const char *group_code;  /* its name, or NULL */
  long *previous;          /* units, or NULL */
  int *parent, *direction; /* nodes; indicators */
  double *weight, *goalpost_low, *goalpost_high, *reference;
  bool has_goalposts, has_reference; /* of every indicator */
  size_t expert_count;
  double *expert;                 /* experts x nodes, or NULL */
  bool data_comma, experts_comma; /* numbers have decimal commas */
} ent_composite_sheet;

typedef struct ent_composite_reading {
  ent_context *context;
  ent_arena *arena;
  ent_findings *findings;
  ent_composite_sheet *sheet;
  const char *group; /* the group column that is asked for, or NULL: the first */
} ent_composite_reading;

/* Each reads its table into the sheet; problems go to findings, and the next one is only called where there are no
 * errors. False when memory is short. */
bool ent_composite_read_meta(ent_composite_reading *reading);
bool ent_composite_read_data(ent_composite_reading *reading);
bool ent_composite_read_experts(ent_composite_reading *reading);

/* ---- cells ---- */

/* "" and "NA", and "NaN" as R writes it. */
bool ent_composite_is_missing(const char *cell);
/* A number as its table writes it: with a decimal comma where comma is true. NaN for a missing cell; false for text. */
bool ent_composite_number(const char *cell, bool comma, double *out);
/* Which decimal sign the number cells of a table have; columns: those that hold numbers, with -1 among them ignored.
 * Only tables without commas between cells may have decimal commas. What can be read in two ways is a finding. */
bool ent_composite_decimal_comma(const ent_composite_reading *reading, const ent_table *table, const int *columns,
                                 size_t count);
/* The number of a cell; a finding, and NaN, where text stands there or a number without end. */
double ent_composite_cell(const ent_composite_reading *reading, const ent_table *table, size_t row, int column,
                          bool comma, const char *code);
/* The shortest text that is read as the same double; "NA" for NaN. Returns buffer. */
char *ent_composite_print(double value, char buffer[40]);

#endif
