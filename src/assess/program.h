/* program.h - what is computed for a block of draws, as a list of operations on columns (inside assess/ only).
 *
 * A column is ENT_BLOCK doubles, one for each draw of a block. The first columns are the inputs: what varies. Each
 * operation reads columns that stand before it and writes one or several new ones. The same operation on the same
 * columns stands in the list once, so that what alliances or directions have in common is computed once; what rests on
 * no input is computed once for all blocks. A program is only read once it is made: threads share it, and each has a
 * workspace of its own. */
#ifndef ENT_ASSESS_PROGRAM_H
#define ENT_ASSESS_PROGRAM_H

#include "assess/plan.h"

enum { ENT_NO_COLUMN = UINT32_MAX };

/* x: operands, k: constants, n: their number. */
typedef enum ent_operation_kind {
  ENT_DO_CONSTANT,   /* k0 */
  ENT_DO_MEAN,       /* sum k_i x_i / sum k_i */
  ENT_DO_HIGHEST,    /* the highest x */
  ENT_DO_LEAST,      /* the least x */
  ENT_DO_CHOICE,     /* x_(1 + x0): the first operand is a whole number that chooses among the others */
  ENT_DO_RATIO,      /* x0 / x1 */
  ENT_DO_SCORE,      /* 1 + 99 (x0 - k0) / (k1 - k0), kept between 1 and 100 */
  ENT_DO_DISTANCE,   /* |x_a - x_b| over pairs a < b of k0 columns, sum / k1 */
  ENT_DO_SALIENT,    /* the same, each pair weighted by sqrt(s_a s_b); operands: the k0 x, then the k0 s */
  ENT_DO_SHARES,     /* n columns: k_i x_i / sum k_j x_j */
  ENT_DO_DOT,        /* sum x_i x_(n/2 + i) */
  ENT_DO_ROOT,       /* (product x)^(1/n), n up to 100, x between 1 and 100 */
  ENT_DO_LOG,        /* ln x0, x0 > 0 */
  ENT_DO_EXP,        /* e^x0 */
  ENT_DO_INVERSE,    /* 1 / x0 */
  ENT_DO_SPLIT,      /* measures/polarisation.h: k0 half of the scale's range, k1.. shares of the x */
  ENT_DO_MOVE,       /* x0 + x1 x2 (k0 - x3): a criterion with one indicator at the reference */
  ENT_DO_GAIN,       /* effects, geometric: x0 (1 - product (1 + f_i)^(k1 x1)), f_i = s_i d_i (k0 - v_i) c_i; operands:
                        score, share of the criterion, then s, d, v and the inverse c of each member;
                          k1: 1 / members */
  ENT_DO_PULL,       /* effects, arithmetic: k1 x1 sum s_i d_i (v_i - k0); operands as above */
  ENT_DO_DIFFERENCE, /* x0 - x1 */
  ENT_OPERATIONS
} ent_operation_kind;

typedef struct ent_operation {
  ent_operation_kind kind;
  uint32_t out, outs; /* first column that it writes, and how many */
  uint32_t operand_count, constant_count;
  const uint32_t *operands;
  const double *constants;
  bool fixed; /* rests on no input */
} ent_operation;

typedef struct ent_program {
  ent_plan *plan;
  size_t input_count;  /* columns 0 to input_count - 1 */
  size_t column_count; /* all */
  size_t operation_count, operation_room, place_room;
  ent_operation *operations;
  uint32_t *places; /* of operations by what they do, from 1; a hash table */
  const struct ent_way *way;
} ent_program;

/* The first column that the operation writes, new or found again; ENT_NO_COLUMN once memory is short
 * (plan->failed). */
uint32_t ent_program_add(ent_program *program, ent_operation_kind kind, const uint32_t *operands, size_t operand_count,
                         const double *constants, size_t constant_count, uint32_t outs);
uint32_t ent_program_constant(ent_program *program, double value);
/* The mean of columns by constant weights (NULL: equal); of one column that column. */
uint32_t ent_program_mean(ent_program *program, const uint32_t *columns, const double *weights, size_t count);
/* The operation that writes a column; NULL: an input. */
const ent_operation *ent_program_writer(const ent_program *program, uint32_t column);
bool ent_program_fixed(const ent_program *program, uint32_t column);

#endif
