/* explain.h - what the files of explain share (inside study/ only): a tracer walks down, nodes are what it finds.
 *
 * explain.c is the operation and the figures of an assessment with the settings that they rest on; explain_row.c the
 * rows of evidence with codings, citations, sources and what others say of them; explain_node.c makes nodes. Once the
 * tracer's status is set, all of them do nothing. */
#ifndef ENT_STUDY_EXPLAIN_H
#define ENT_STUDY_EXPLAIN_H

#include "study/forces.h"
#include "study/study.h"

typedef struct ent_tracer {
  const ent_run *run;
  ent_arena *arena;
  const ent_assessed_alliance *alliance;
  const char *weight_reason; /* of the node above: not said again below it */
  ent_trends *trends;        /* NULL: not made yet */
  ent_status status;
} ent_tracer;

/* explain_node.c. Memory of the tracer's arena, zeroed; NULL once the status is set. */
void *ent_explain_take(ent_tracer *tracer, size_t count, size_t size);
ent_explain_node *ent_explain_new_node(ent_tracer *tracer, const char *kind);
/* parent, child, node: NULL is allowed, and nothing happens; so does a field without a value. */
void ent_explain_add_child(ent_tracer *tracer, ent_explain_node *parent, ent_explain_node *child);
void ent_explain_add_field(ent_tracer *tracer, ent_explain_node *node, const char *name, const char *value);
void ent_explain_add_number(ent_tracer *tracer, ent_explain_node *node, const char *name, double value);

/* explain_row.c. A row under a figure, with its codings; a coding stands under the row that it codes. */
void ent_explain_add_item(ent_tracer *tracer, ent_explain_node *parent, ent_key key);
/* Figures of one indicator under a cell, two of which can not be compared without reserve. */
void ent_explain_add_besides(ent_tracer *tracer, ent_explain_node *parent, const ent_cell *cell);
/* A row itself ("table:id"), with what is compared with it and what others say of it. */
ENT_MUST_CHECK ent_status ent_explain_row(ent_tracer *tracer, const char *key, ent_explain_node **out);

#endif
