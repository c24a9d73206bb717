/* tree.c - whether the nodes of a composite make a tree, and an order in which children come before their parents. */
#include "composite/composite.h"

#include <limits.h>

ent_composite_reason ent_composite_wrong(ent_composite_fault *fault, ent_composite_reason reason, long unit,
                                         long node) {
  if (fault) *fault = (ent_composite_fault){reason, unit, node};
  return reason;
}

/* Parents that are there, and one top. */
static ent_composite_reason find_top(const ent_composite_tree *tree, size_t indicator_count, int *top,
                                     ent_composite_fault *fault) {
  size_t n;
  *top = -1;
  for (n = 0; n < tree->node_count; n++) {
    int parent = tree->parent[n];
    if (parent == -1) {
      if (*top >= 0) return ent_composite_wrong(fault, ENT_COMPOSITE_TWO_TOPS, -1, (long)n);
      *top = (int)n;
    } else if (parent < 0 || (size_t)parent >= tree->node_count || (size_t)parent < indicator_count) {
      return ent_composite_wrong(fault, ENT_COMPOSITE_ORPHAN, -1, (long)n);
    }
  }
  return *top >= 0 ? ENT_COMPOSITE_FINE : ent_composite_wrong(fault, ENT_COMPOSITE_NO_TOP, -1, -1);
}

/* Counting sort of nodes by parent. */
static void list_children(const ent_composite_tree *tree, ent_composite_nodes *out) {
  size_t n;
  for (n = 0; n < out->count; n++)
    if (tree->parent[n] >= 0) out->first[tree->parent[n] + 1]++;
  for (n = 0; n < out->count; n++) out->first[n + 1] += out->first[n];
  for (n = out->count; n-- > 0;)
    if (tree->parent[n] >= 0) out->child[--out->first[tree->parent[n] + 1]] = (int)n;
  /* Each entry now holds where its predecessor's children begin. */
  for (n = 0; n < out->count; n++) out->first[n] = out->first[n + 1];
  out->first[out->count] = out->count - 1;
}

/* From the top down, one level after the other: whoever is not met stands in a circle. The order is that of meeting
 * them, reversed. */
static ent_composite_reason order_upward(const ent_composite_tree *tree, int *queue, ent_composite_nodes *out,
                                         ent_composite_fault *fault) {
  size_t head = 0, tail = 0, k;
  queue[tail++] = out->top;
  for (; head < tail; head++)
    for (k = out->first[queue[head]]; k < out->first[queue[head] + 1]; k++) queue[tail++] = out->child[k];
  if (tail < out->count) {
    for (k = 0; k < tail; k++) out->height[queue[k]] = -1;
    for (k = 0; k < out->count && out->height[k] < 0;) k++;
    for (head = 0; head < out->count; head++) k = (size_t)tree->parent[k]; /* from a branch into its circle */
    return ent_composite_wrong(fault, ENT_COMPOSITE_CYCLE, -1, (long)k);
  }
  for (k = out->count; k-- > 0;) {
    int node = queue[k], parent = tree->parent[node];
    if ((size_t)node >= out->indicator_count) out->upward[out->aggregate_count++] = node;
    if (parent >= 0 && out->height[parent] <= out->height[node]) out->height[parent] = out->height[node] + 1;
  }
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_nodes_check(const ent_composite_tree *tree, size_t indicator_count, ent_arena *arena,
                                               ent_composite_nodes *out, ent_composite_fault *fault) {
  ent_composite_reason reason;
  size_t n;
  int *queue;
  *out = (ent_composite_nodes){.count = tree->node_count, .indicator_count = indicator_count};
  if (tree->node_count > INT_MAX - 1) return ent_composite_wrong(fault, ENT_COMPOSITE_TOO_LARGE, -1, -1);
  if (tree->node_count < indicator_count) return ent_composite_wrong(fault, ENT_COMPOSITE_ORPHAN, -1, -1);
  if ((reason = find_top(tree, indicator_count, &out->top, fault))) return reason;
  out->first = ent_arena_take(arena, out->count + 1, sizeof *out->first);
  out->child = ent_arena_take(arena, out->count, sizeof *out->child);
  out->upward = ent_arena_take(arena, out->count, sizeof *out->upward);
  out->height = ent_arena_take(arena, out->count, sizeof *out->height);
  queue = ent_arena_take(arena, out->count, sizeof *queue);
  if (!out->first || !out->child || !out->upward || !out->height || !queue)
    return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  list_children(tree, out);
  for (n = indicator_count; n < out->count; n++)
    if (out->first[n] == out->first[n + 1]) return ent_composite_wrong(fault, ENT_COMPOSITE_CHILDLESS, -1, (long)n);
  return order_upward(tree, queue, out, fault);
}
