/* explain_node.c - nodes of a way down from a figure (see explain.h). */
#include <math.h>
#include <string.h>

#include "study/explain.h"

void *ent_explain_take(ent_tracer *t, size_t count, size_t size) {
  void *memory = t->status ? NULL : ent_arena_take(t->arena, count, size);
  if (!memory && !t->status) t->status = ent_fail_memory(t->run->study->context);
  return memory;
}

ent_explain_node *ent_explain_new_node(ent_tracer *t, const char *kind) {
  ent_explain_node *node = ent_explain_take(t, 1, sizeof *node);
  if (!node) return NULL;
  node->kind = kind;
  node->score.median = node->score.low = node->score.high = node->weight = NAN;
  return node;
}

/* Room doubles at powers of two, so that no count of room is kept. */
void ent_explain_add_child(ent_tracer *t, ent_explain_node *parent, ent_explain_node *child) {
  size_t n = parent ? parent->child_count : 0;
  if (!parent || !child || t->status) return;
  if ((n & (n - 1)) == 0) {
    ent_explain_node **grown = ent_explain_take(t, n ? 2 * n : 1, sizeof *grown);
    if (!grown) return;
    if (n) memcpy(grown, parent->children, n * sizeof *grown);
    parent->children = grown;
  }
  parent->children[parent->child_count++] = child;
}

void ent_explain_add_field(ent_tracer *t, ent_explain_node *node, const char *name, const char *value) {
  size_t n = node ? node->field_count : 0;
  if (!node || !value || !*value || t->status) return;
  if ((n & (n - 1)) == 0) {
    const char **names = ent_explain_take(t, n ? 2 * n : 1, sizeof *names),
               **values = ent_explain_take(t, n ? 2 * n : 1, sizeof *values);
    if (!names || !values) return;
    if (n) memcpy(names, node->field_names, n * sizeof *names), memcpy(values, node->field_values, n * sizeof *values);
    node->field_names = names;
    node->field_values = values;
  }
  node->field_names[n] = name;
  node->field_values[n] = value;
  node->field_count++;
}

void ent_explain_add_number(ent_tracer *t, ent_explain_node *node, const char *name, double value) {
  if (!t->status) ent_explain_add_field(t, node, name, ent_arena_print(t->arena, "%.10g", value));
}
