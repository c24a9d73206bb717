/* inputs.c - see inputs.h. Comes in: what is uncertain, and which parts of it count as one; goes out: lists. */
#include "composite/inputs.h"

#include "composite/composite.h"

/* ---- which inputs there are ---- */

typedef struct listing {
  ent_composite_input *inputs;
  size_t room, count;
} listing;

static void add(listing *l, ent_composite_input_kind kind, long unit, long node) {
  if (l->inputs && l->count < l->room) l->inputs[l->count] = (ent_composite_input){kind, unit, node};
  l->count++;
}

static void list_units(const ent_uncertain *u, bool *seen, listing *l) {
  size_t i;
  for (i = 0; i < u->value_count; i++) seen[u->values[i].unit] = true;
  for (i = 0; i < u->data.unit_count; i++)
    if (seen[i]) add(l, ENT_INPUT_UNIT, (long)i, -1);
}

static void list_values(const ent_uncertain *u, ent_composite_input_kind by, bool *seen, listing *l) {
  size_t i;
  if (by == ENT_INPUT_VALUES && u->value_count) add(l, by, -1, -1);
  if (by == ENT_INPUT_UNIT) list_units(u, seen, l);
  for (i = 0; i < u->value_count; i++) {
    const ent_uncertain_value *v = &u->values[i];
    if (by == ENT_INPUT_VALUE) add(l, by, (long)v->unit, (long)v->indicator);
    if (by == ENT_INPUT_INDICATOR && (!i || v->indicator != v[-1].indicator)) add(l, by, -1, (long)v->indicator);
  }
}

/* Weights vary around something, unless all are computed from the data. */
static bool weights_count(const ent_uncertain *u) {
  ent_uncertain_pick pick = ent_uncertain_first(u);
  do {
    if (ent_uncertain_weights_of(u, &pick)) return u->weights_vary;
  } while (ent_uncertain_next(u, &pick));
  return false;
}

static void list_weights(const ent_uncertain *u, listing *l) {
  const ent_composite_tree *tree = u->tree;
  size_t node, i;
  for (node = u->data.indicator_count; node < tree->node_count; node++) {
    for (i = 0; i < tree->node_count && !(tree->parent[i] == (int)node && u->drawn[i]);) i++;
    if (i < tree->node_count) add(l, ENT_INPUT_WEIGHTS, -1, (long)node);
  }
}

static const ent_composite_input_kind choice_kinds[ENT_CHOICE_EXPERT] = {
    ENT_INPUT_TREATMENT, ENT_INPUT_IMPUTATION, ENT_INPUT_NORMALISATION, ENT_INPUT_WEIGHTING, ENT_INPUT_AGGREGATION};

static bool choice_varies(const ent_uncertain *u, int choice) {
  if (choice == ENT_CHOICE_WEIGHTING && u->choice_count[ENT_CHOICE_EXPERT] > 1) return true;
  return u->choice_count[choice] > 1;
}

static void list_all(const ent_uncertain *u, ent_composite_input_kind values_by, bool *seen, listing *l) {
  int c;
  list_values(u, values_by, seen, l);
  if (weights_count(u)) list_weights(u, l);
  for (c = 0; c < ENT_CHOICE_EXPERT; c++)
    if (choice_varies(u, c)) add(l, choice_kinds[c], -1, -1);
}

ent_composite_reason ent_composite_inputs(const ent_composite_data *data, const ent_composite_tree *tree,
                                          const ent_composite_methods *methods,
                                          const ent_composite_uncertainty *uncertainty,
                                          ent_composite_input_kind values_by, ent_composite_input *inputs,
                                          size_t *count, ent_composite_fault *fault) {
  ent_uncertain uncertain;
  listing l = {inputs, inputs ? *count : 0, 0};
  ent_composite_reason reason;
  ent_arena *arena;
  bool *seen;
  ent_composite_wrong(fault, ENT_COMPOSITE_FINE, -1, -1);
  if ((unsigned)values_by > ENT_INPUT_VALUES) return ent_composite_wrong(fault, ENT_COMPOSITE_PARAMETER, -1, -1);
  arena = ent_arena_new(0);
  if (!arena) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  reason = ent_uncertain_init(&uncertain, arena, data, tree, methods, uncertainty, fault);
  if (!reason) {
    seen = ent_arena_take(arena, data->unit_count, sizeof *seen);
    if (seen) list_all(&uncertain, values_by, seen, &l);
    else reason = ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
    *count = l.count;
  }
  ent_arena_free(arena);
  return reason;
}

/* ---- what they name ---- */

static bool names_value(const ent_composite_input *input, const ent_uncertain_value *v) {
  switch (input->kind) {
    case ENT_INPUT_VALUE: return input->unit == (long)v->unit && input->node == (long)v->indicator;
    case ENT_INPUT_INDICATOR: return input->node == (long)v->indicator;
    case ENT_INPUT_UNIT: return input->unit == (long)v->unit;
    default: return input->kind == ENT_INPUT_VALUES;
  }
}

static bool names_weight(const ent_composite_input *input, const ent_uncertain *u, size_t node) {
  if (!u->drawn[node]) return false;
  return input->kind == ENT_INPUT_ALL_WEIGHTS ||
         (input->kind == ENT_INPUT_WEIGHTS && u->tree->parent[node] == (int)input->node);
}

static bool names_choice(const ent_composite_input *input, const ent_uncertain *u, int choice) {
  const int kind = choice == ENT_CHOICE_EXPERT ? ENT_CHOICE_WEIGHTING : choice;
  return input->kind == choice_kinds[kind] && u->choice_count[choice] > 1;
}

/* Values stand by indicator, then unit: a single one is found by halving. */
static size_t value_at(const ent_uncertain *u, const ent_composite_input *input) {
  size_t low = 0, high = u->value_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const ent_uncertain_value *v = &u->values[middle];
    if ((long)v->indicator < input->node || ((long)v->indicator == input->node && (long)v->unit < input->unit))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Calls each atom that an input names by its number among all: choices, weights, values. out: NULL to count. */
static size_t find_atoms(const ent_uncertain *u, const ent_composite_input *input, size_t *out) {
  const size_t nodes = u->tree->node_count;
  size_t count = 0, i, end = u->value_count;
  for (i = 0; i < ENT_CHOICES; i++)
    if (names_choice(input, u, (int)i) && ++count && out) out[count - 1] = i;
  for (i = 0; i < nodes; i++)
    if (names_weight(input, u, i) && ++count && out) out[count - 1] = ENT_CHOICES + i;
  if (input->kind > ENT_INPUT_VALUES) return count;
  i = input->kind == ENT_INPUT_VALUE ? value_at(u, input) : 0;
  if (input->kind == ENT_INPUT_VALUE && i < end) end = i + 1;
  for (; i < end; i++)
    if (names_value(input, &u->values[i]) && ++count && out) out[count - 1] = ENT_CHOICES + nodes + i;
  return count;
}

static ent_inputs_atom atom_of(size_t number, size_t nodes) {
  if (number < ENT_CHOICES) return (ent_inputs_atom){ENT_ATOM_CHOICE, number};
  if (number < ENT_CHOICES + nodes) return (ent_inputs_atom){ENT_ATOM_WEIGHT, number - ENT_CHOICES};
  return (ent_inputs_atom){ENT_ATOM_VALUE, number - ENT_CHOICES - nodes};
}

/* Atoms that are named get numbers of their own, in their order. */
static bool number_atoms(ent_inputs *inputs, ent_arena *arena, const ent_uncertain *u) {
  const size_t nodes = u->tree->node_count, all = ENT_CHOICES + nodes + u->value_count;
  const size_t named = inputs->begin[inputs->input_count];
  size_t *number = ent_arena_take(arena, all, sizeof *number), i;
  if (!number) return false;
  for (i = 0; i < named; i++) number[inputs->of[i]] = 1;
  for (i = 0; i < all; i++) inputs->atom_count += number[i];
  inputs->atoms = ent_arena_take(arena, inputs->atom_count, sizeof *inputs->atoms);
  if (!inputs->atoms) return false;
  inputs->atom_count = 0;
  for (i = 0; i < all; i++) {
    if (!number[i]) continue;
    inputs->atoms[inputs->atom_count] = atom_of(i, nodes);
    number[i] = inputs->atom_count++;
  }
  for (i = 0; i < named; i++) inputs->of[i] = number[inputs->of[i]];
  return true;
}

ent_composite_reason ent_inputs_init(ent_inputs *inputs, ent_arena *arena, const ent_uncertain *uncertain,
                                     const ent_composite_input *list, size_t count, ent_composite_fault *fault) {
  size_t i;
  *inputs = (ent_inputs){.input_count = count};
  inputs->begin = ent_arena_take(arena, count + 1, sizeof *inputs->begin);
  if (!inputs->begin) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (i = 0; i < count; i++) {
    const size_t atoms = (unsigned)list[i].kind < ENT_INPUT_KINDS ? find_atoms(uncertain, &list[i], NULL) : 0;
    if (!atoms) return ent_composite_wrong(fault, ENT_COMPOSITE_PARAMETER, list[i].unit, list[i].node);
    inputs->begin[i + 1] = inputs->begin[i] + atoms;
    if (atoms > inputs->most_atoms) inputs->most_atoms = atoms;
  }
  inputs->of = ent_arena_take(arena, inputs->begin[count], sizeof *inputs->of);
  if (!inputs->of) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (i = 0; i < count; i++) find_atoms(uncertain, &list[i], inputs->of + inputs->begin[i]);
  if (!number_atoms(inputs, arena, uncertain)) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  return ENT_COMPOSITE_FINE;
}
