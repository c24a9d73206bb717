/* leaf.h - the operations that make an indicator's score (inside assess/ only). */
#ifndef ENT_ASSESS_LEAF_H
#define ENT_ASSESS_LEAF_H

#include "assess/program.h"

/* The column of the leaf's scores, which has evidence; of views also own->value and own->score of each member that
 * holds one. ENT_NO_COLUMN when memory is short. */
uint32_t ent_leaf_score(ent_program *program, ent_leaf *leaf, size_t members);

#endif
