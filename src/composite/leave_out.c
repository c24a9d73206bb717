/* leave_out.c - a composite without one of its nodes at a time.
 *
 * Comes in: data, tree, methods; goes out: the scores and ranks that are left. Each time a smaller composite is made
 * and evaluated like any other, so that what is computed from the data (weights, treatment, screening) is computed
 * anew. */
#include <math.h>
#include <string.h>

#include "composite/acceptability.h"
#include "composite/composite.h"

typedef struct smaller { /* a composite with room for all nodes, and what of the whole it holds */
  const ent_composite_data *data;
  const ent_composite_tree *tree;
  const ent_composite_methods *methods;
  bool *out;    /* nodes of the whole */
  size_t *kept; /* nodes that stay: their numbers in the whole */
  int *number;  /* nodes of the whole: their numbers here */
  size_t indicators, nodes;
  double *values, *weight, *low, *high, *reference, *experts, *score;
  int *parent, *direction;
  ent_acceptability_place *place;
  uint32_t *first, *last, *first_before, *last_before;
} smaller;

static bool smaller_init(smaller *s, ent_arena *arena) {
  const size_t n = s->data->unit_count, m = s->data->indicator_count, nodes = s->tree->node_count;
  s->out = ent_arena_take(arena, nodes, sizeof *s->out);
  s->kept = ent_arena_take(arena, nodes, sizeof *s->kept);
  s->number = ent_arena_take(arena, nodes, sizeof *s->number);
  s->values = ent_arena_take(arena, n, m * sizeof *s->values);
  s->weight = ent_arena_take(arena, nodes, sizeof *s->weight);
  s->low = ent_arena_take(arena, m, sizeof *s->low);
  s->high = ent_arena_take(arena, m, sizeof *s->high);
  s->reference = ent_arena_take(arena, m, sizeof *s->reference);
  s->direction = ent_arena_take(arena, m, sizeof *s->direction);
  s->parent = ent_arena_take(arena, nodes, sizeof *s->parent);
  s->experts = ent_arena_take(arena, s->methods->expert_count, nodes * sizeof *s->experts);
  s->score = ent_arena_take(arena, n, nodes * sizeof *s->score);
  s->place = ent_arena_take(arena, n, 2 * sizeof *s->place);
  s->first = ent_arena_take(arena, n, sizeof *s->first);
  s->last = ent_arena_take(arena, n, sizeof *s->last);
  s->first_before = ent_arena_take(arena, n, sizeof *s->first);
  s->last_before = ent_arena_take(arena, n, sizeof *s->last);
  return s->out && s->kept && s->number && s->values && s->weight && s->low && s->high && s->reference &&
         s->direction && s->parent && s->experts && s->score && s->place && s->first && s->last && s->first_before &&
         s->last_before;
}

/* The node, all below it, and above it what is left without children. The tree is sound. */
static void mark(smaller *s, size_t node) {
  const int *parent = s->tree->parent;
  const size_t nodes = s->tree->node_count;
  size_t i;
  int at;
  for (i = 0; i < nodes; i++) {
    for (at = (int)i; at >= 0 && at != (int)node;) at = parent[at];
    s->out[i] = at == (int)node;
  }
  for (at = parent[node]; at >= 0; at = parent[at]) {
    for (i = 0; i < nodes && (parent[i] != at || s->out[i]);) i++;
    if (i < nodes) return;
    s->out[at] = true;
  }
}

static void number_kept(smaller *s) {
  size_t i;
  s->nodes = s->indicators = 0;
  for (i = 0; i < s->tree->node_count; i++) {
    if (s->out[i]) continue;
    s->indicators += i < s->data->indicator_count;
    s->number[i] = (int)s->nodes;
    s->kept[s->nodes++] = i;
  }
}

static void copy_indicators(smaller *s) {
  const size_t n = s->data->unit_count, m = s->data->indicator_count;
  const ent_composite_tree *tree = s->tree;
  size_t i, k;
  for (k = 0; k < s->indicators; k++) {
    const size_t from = s->kept[k];
    if (tree->low) s->low[k] = tree->low[from];
    if (tree->high) s->high[k] = tree->high[from];
    if (tree->reference) s->reference[k] = tree->reference[from];
    if (tree->direction) s->direction[k] = tree->direction[from];
    for (i = 0; i < n; i++) s->values[i * s->indicators + k] = s->data->values[i * m + from];
  }
}

static void copy_nodes(smaller *s) {
  const size_t nodes = s->tree->node_count;
  size_t k, e;
  for (k = 0; k < s->nodes; k++) {
    const size_t from = s->kept[k];
    const int parent = s->tree->parent[from];
    s->parent[k] = parent < 0 ? -1 : s->number[parent];
    if (s->tree->weight) s->weight[k] = s->tree->weight[from];
    for (e = 0; s->methods->experts && e < s->methods->expert_count; e++)
      s->experts[e * s->nodes + k] = s->methods->experts[e * nodes + from];
  }
}

static ent_composite_reason evaluate(smaller *s) {
  const ent_composite_data *data = s->data;
  const ent_composite_tree *tree = s->tree;
  const ent_composite_data less = {data->unit_count, s->indicators, s->values, data->group, data->previous};
  const ent_composite_tree pruned = {.node_count = s->nodes,
                                     .parent = s->parent,
                                     .weight = tree->weight ? s->weight : NULL,
                                     .direction = tree->direction ? s->direction : NULL,
                                     .low = tree->low ? s->low : NULL,
                                     .high = tree->high ? s->high : NULL,
                                     .reference = tree->reference ? s->reference : NULL};
  ent_composite_methods methods = *s->methods;
  const ent_composite_scores out = {.score = s->score};
  if (methods.experts) methods.experts = s->experts;
  return ent_composite_evaluate(&less, &pruned, &methods, &out, NULL);
}

/* The top's score from where all scores stand, to the front; and ranks by it. */
static void rank_top(smaller *s, const int *parent, size_t nodes, uint32_t *first, uint32_t *last) {
  const size_t n = s->data->unit_count;
  size_t i, top = 0;
  while (parent[top] >= 0) top++;
  for (i = 0; i < n; i++) s->score[i] = s->score[i * nodes + top];
  ent_acceptability_rank(s->score, n, s->place, first, last);
}

static void put(const smaller *s, size_t node, ent_composite_reason reason, const ent_composite_left_out *out) {
  const size_t n = s->data->unit_count;
  size_t i;
  for (i = 0; i < n; i++) {
    const bool ranked = !reason && s->first[i];
    if (out->score) out->score[node * n + i] = ranked ? s->score[i] : NAN;
    if (out->rank) out->rank[node * n + i] = ranked ? ((double)s->first[i] + s->last[i]) / 2 : NAN;
  }
  if (out->reason) out->reason[node] = reason;
  if (out->rank_change)
    out->rank_change[node] =
        reason ? NAN : ent_acceptability_shift(s->first, s->last, s->first_before, s->last_before, n);
}

static ent_composite_reason leave_out(smaller *s, size_t node, const ent_composite_left_out *out) {
  ent_composite_reason reason = ENT_COMPOSITE_CHILDLESS; /* nothing is left */
  mark(s, node);
  number_kept(s);
  if (s->indicators) {
    copy_indicators(s);
    copy_nodes(s);
    reason = evaluate(s);
  }
  if (!reason) rank_top(s, s->parent, s->nodes, s->first, s->last);
  put(s, node, reason, out);
  return reason == ENT_COMPOSITE_MEMORY ? reason : ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_leave_out(const ent_composite_data *data, const ent_composite_tree *tree,
                                             const ent_composite_methods *methods, const ent_composite_left_out *out,
                                             ent_composite_fault *fault) {
  smaller s = {.data = data, .tree = tree, .methods = methods};
  ent_composite_reason reason;
  ent_arena *arena;
  size_t i;
  ent_composite_wrong(fault, ENT_COMPOSITE_FINE, -1, -1);
  if (!data->unit_count || !data->indicator_count) return ent_composite_wrong(fault, ENT_COMPOSITE_NO_UNITS, -1, -1);
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = smaller_init(&s, arena) ? ENT_COMPOSITE_FINE : ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  if (!reason) { /* the whole, which also says whether the tree is sound */
    const ent_composite_scores whole = {.score = s.score};
    reason = ent_composite_evaluate(data, tree, methods, &whole, fault);
    if (!reason) rank_top(&s, tree->parent, tree->node_count, s.first_before, s.last_before);
  }
  for (i = 0; i < tree->node_count && !reason; i++) {
    reason = leave_out(&s, i, out);
    if (reason) ent_composite_wrong(fault, reason, -1, (long)i);
  }
  ent_arena_free(arena);
  return reason;
}
