/* facts.h - what expressions ask of the evidence, answered from tables: of a package that is being checked, or of an
 * opened study. */
#ifndef ENT_STUDY_FACTS_H
#define ENT_STUDY_FACTS_H

#include "base/index.h"
#include "evidence/package.h"
#include "expression/expression.h"
#include "study/lookup.h"
#include "study/study.h"

typedef struct ent_fact_shelf { /* one resource's table */
  const ent_table *table;       /* NULL: not looked at yet, or not there */
  ent_rows rows;                /* of a study: which rows were known */
  ent_index ids;
  bool opened, has_ids;
  const char **names; /* all ids, for nearest ones; NULL until needed */
} ent_fact_shelf;

typedef struct ent_fact_base {
  ent_facts facts; /* what expressions are given */
  ent_context *context;
  ent_arena *arena;
  const ent_format *format;
  const ent_package *package; /* or NULL */
  ent_study *study;           /* or NULL */
  const int32_t *as_of;       /* only rows that had begun by then; NULL: all */
  ent_fact_shelf *shelves;
  ent_lookup coded; /* item -> its codings */
  bool has_coded;
  size_t compared, looked_at; /* ids held against others for suggestions; rows looked at for counts */
  ent_status status;          /* of the first failure */
} ent_fact_base;

/* A span as coarse as it is: 2021, 2021-05, 2021-05-31. NULL when memory is short. */
const char *ent_fact_span(ent_arena *arena, ent_span span);

ENT_MUST_CHECK ent_status ent_facts_of_package(ent_context *context, ent_arena *arena, const ent_package *package,
                                               ent_fact_base *out);
/* as_of: as above; borrowed. */
ENT_MUST_CHECK ent_status ent_facts_of_study(ent_study *study, ent_arena *arena, const int32_t *as_of,
                                             ent_fact_base *out);

#endif
