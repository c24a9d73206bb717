/* statements.h - the statements of a text: what is computed from the evidence, held against what is stated. */
#ifndef ENT_STUDY_STATEMENTS_H
#define ENT_STUDY_STATEMENTS_H

#include "expression/verdict.h"
#include "records/finding.h"
#include "study/facts.h"

/* Of the words of accounts_for in a package, the first so many are looked at: each is held against each finding. */
enum { ENT_MOST_ACCOUNTS = 1000 };

typedef struct ent_statement_cells { /* as they stand in the table */
  const char *expression, *relation, *stated, *unit, *tolerance, *missing_en, *missing_de;
} ent_statement_cells;

typedef struct ent_statement_problem { /* why a statement can not be taken; code NULL: it can */
  const char *code, *column, *what, *remedy;
} ent_statement_problem;

typedef struct ent_computed {
  bool has_expression;
  ent_evaluation evaluation;
  ent_statement statement; /* its relation, what is stated, the tolerance */
  ent_value stated;        /* a number; with HOLDS nothing */
  const char *stated_key;  /* where a key stands there, else NULL */
  size_t stated_inputs;    /* so many of the evaluation's inputs, at their end, are what is stated */
  ent_measure measure;     /* of what is computed and of what is stated */
  ent_verdict verdict;
  double difference; /* NaN where the verdict is another than DIFFERS, or there is no number */
  bool counts;       /* it combines two keys, or one key and a rule */
} ent_computed;

/* Everything lives in the arena of facts. */
ENT_MUST_CHECK ent_status ent_statement_compute(ent_fact_base *facts, const ent_statement_cells *cells,
                                                ent_computed *out, ent_statement_problem *problem);
/* Position of a relation's word in the order of ent_relation, or -1. */
int ent_relation_find(const char *word);

/* What is wrong with the statements of a package, for a check: findings are added. Comes last, since statements account
 * for what other rules have noted. */
ENT_MUST_CHECK ent_status ent_statements_check(ent_context *context, const ent_package *package,
                                               ent_findings *findings);
/* Whether a word of accounts_for (code, code:table or code:table:id) means a finding. */
bool ent_statement_accounts(const char *word, size_t length, const ent_finding *finding);

#endif
