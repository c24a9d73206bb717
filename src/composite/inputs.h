/* inputs.h - inputs of a composite as lists of the single things that vary. */
#ifndef ENT_COMPOSITE_INPUTS_H
#define ENT_COMPOSITE_INPUTS_H

#include "composite/uncertain.h"

/* One thing that varies. */
typedef struct ent_inputs_atom {
  enum { ENT_ATOM_CHOICE, ENT_ATOM_WEIGHT, ENT_ATOM_VALUE } kind;
  size_t at; /* the choice; the node; the place in uncertain->values */
} ent_inputs_atom;

/* Atoms that some input names, choices first, then weights, then values; input i has atoms[of[begin[i]]] to
 * atoms[of[begin[i + 1] - 1]], rising. */
typedef struct ent_inputs {
  size_t input_count, atom_count, most_atoms; /* most_atoms: of one input */
  ent_inputs_atom *atoms;
  size_t *begin, *of;
} ent_inputs;

/* Memory from the arena. ENT_COMPOSITE_PARAMETER: an input that names nothing that varies; unit and node: its own. */
ent_composite_reason ent_inputs_init(ent_inputs *inputs, ent_arena *arena, const ent_uncertain *uncertain,
                                     const ent_composite_input *list, size_t count, ent_composite_fault *fault);

#endif
