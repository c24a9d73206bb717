/* verdict.h - what comes of a statement: its value, held against what the text states.
 *
 * equal, about: reproduced where the range that is computed meets the stated range widened by the tolerance. above,
 * below, at_least, at_most: reproduced where the whole range lies there, differs where none of it does. holds: as the
 * comparison is true or false. What is undecided or not known is no data. */
#ifndef ENT_EXPRESSION_VERDICT_H
#define ENT_EXPRESSION_VERDICT_H

#include "expression/expression.h"
#include "records/statement.h"

/* Half of the last digit of a decimal number as it was written ("0.14": 0.005, "5.07e12": 5e9); with significant, of
 * the last digit that is not 0. 0 for what is no number. */
double ent_verdict_rounding(const char *number, bool significant);

typedef struct ent_statement {
  ent_relation relation;
  ent_range stated; /* not read with HOLDS */
  double tolerance; /* absolute; of EQUAL and ABOUT */
} ent_statement;

/* *difference: by how much what is computed lies above what is stated, or the left above the right side of a comparison
 * that is false; NaN where the verdict is another or there is no such number. */
ent_verdict ent_verdict_of(const ent_evaluation *evaluation, const ent_statement *statement, double *difference);

#endif
