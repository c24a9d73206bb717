/* evaluator.h - inside expression: what evaluate.c and functions.c share. */
#ifndef ENT_EXPRESSION_EVALUATOR_H
#define ENT_EXPRESSION_EVALUATOR_H

#include "expression/expression.h"

typedef struct ent_evaluator {
  ent_arena *arena;
  const char *text;
  const ent_facts *facts;
  ent_evaluation *out;
  ent_expression_error *error;
  ent_outcome outcome; /* of the first that went wrong */
} ent_evaluator;

/* All return false where something went wrong, which the evaluator then holds. */
bool ent_evaluator_fail(ent_evaluator *e, ent_expression_fault fault, const ent_node *node, const char *what,
                        const char *remedy);
bool ent_evaluator_fail_memory(ent_evaluator *e);
bool ent_evaluator_value(ent_evaluator *e, const ent_node *node, ent_value *out);
/* The same, of a number; a failure for a text, a date or a truth. */
bool ent_evaluator_number(ent_evaluator *e, const ent_node *node, ent_value *out);
/* Takes what facts said: an input, a gap, or a failure. */
bool ent_evaluator_take(ent_evaluator *e, const ent_node *node, ent_input_kind kind, const ent_fact *fact,
                        ent_value *out);
bool ent_evaluator_gap(ent_evaluator *e, const char *why, const char *subject);
bool ent_evaluator_input(ent_evaluator *e, const ent_input *input);
/* Joins the measures of two numbers that are to be added or compared; a failure, at node, where they do not meet. */
bool ent_evaluator_meet(ent_evaluator *e, const ent_node *node, const ent_measure *a, const ent_measure *b,
                        ent_measure *out);

/* functions.c */
bool ent_evaluator_call(ent_evaluator *e, const ent_node *call, ent_value *out);

#endif
