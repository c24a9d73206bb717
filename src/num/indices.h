/* indices.h - variance-based sensitivity indices of any function of uniform numbers, with intervals.
 *
 * What share of an output's variance is due to an input alone (first order, S), and to it in any combination (total,
 * T); both from 0 to 1 but for error. An input may be a group of columns that change together. Method: Saltelli et al.
 * 2010, Comput. Phys. Commun. 181:259 (first order, their table 2 (b)) and Jansen 1999, Comput. Phys. Commun. 117:35
 * (total):
 *
 *   A and B are the columns 1 to c and c + 1 to 2c of one scrambled Sobol sequence of N points; AB_i is A with the
 * columns of input i from B; V the variance of yA and yB together (divisor 2N), m their mean: S_i = mean((yB - m)
 * (yAB_i - yA)) / V,   T_i = mean((yA - yAB_i)^2) / (2 V);   N (d + 2) evaluations.
 *
 * The mean is taken off yB so that an index does not depend on where the output's scale has its zero.
 *
 * The whole is done for R independent scramblings. Stated are the mean over them and a t-interval of it with R - 1
 * degrees of freedom; resampling the rows of one design instead covers too much. Take R = 16 or more.
 *
 * With hundreds of columns and few points a column of A and its partner in B may be badly matched (both fall into the
 * same few boxes), so that T of that input is off by up to three quarters in each scrambling; the interval shows it.
 * With 300 columns this ends at N = 4096, where the root mean square of such errors is a seventeenth of what
 * independent points give.
 *
 * Columns beyond ENT_INDICES_MOST_COLUMNS are independent random numbers instead (padding, Owen 1998, ACM Trans. Model.
 * Comput. Simul. 8:71): put what matters most first.
 *
 * How to use it: say how many columns there are and, where inputs have several, which belongs to which input; write a
 * function that evaluates a block of points, reading column[c][point] as a uniform number in (0,1) that it turns into a
 * value by its quantile function (quantile_table.h). Blocks come in this order, to one worker: B, A, then AB_0, AB_1,
 * ... Whoever can compute what hangs on one input alone keeps, for each worker, what belongs to the last call whose
 * changed was ENT_INDICES_ALL (that is A), and in the calls that follow computes only what hangs on the changed
 * columns, without altering what it keeps. Whoever can not, ignores changed: column is always complete. */
#ifndef ENT_NUM_INDICES_H
#define ENT_NUM_INDICES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "num/parallel.h"
#include "num/sobol.h"

enum {
  ENT_INDICES_BLOCK = 256,                                  /* most points of a block */
  ENT_INDICES_MOST_COLUMNS = ENT_SOBOL_MOST_DIMENSIONS / 2, /* of the sequence; those beyond are random numbers */
  ENT_INDICES_MOST_PADDED = 65535,                          /* with those */
  ENT_INDICES_ALL = -1
};

typedef struct ent_indices_points {
  size_t count;                /* a power of two, at most ENT_INDICES_BLOCK; in one run always the same */
  const double *const *column; /* columns: count numbers each, in (0,1) */
  long changed; /* ENT_INDICES_ALL, or the input whose columns differ from those of the worker's last call with that */
  size_t changed_count;          /* the columns of that input; 0 for ENT_INDICES_ALL */
  const size_t *changed_columns; /* rising */
} ent_indices_points;

/* Writes out[output * points->count + point]. Called from several threads at a time, each with a worker of its own (see
 * parallel.h). 0, or a positive number that stops the run and becomes its answer. */
typedef int ent_indices_evaluate(void *context, const ent_indices_points *points, unsigned worker, double *out);

typedef struct ent_indices_design {
  size_t column_count; /* 1 to ENT_INDICES_MOST_PADDED */
  size_t input_count;  /* with input NULL: column_count */
  const long
      *input; /* columns: the input to which each belongs, or -1: it varies but nobody asks; NULL: each its own */
  const size_t *begin, *columns; /* or, instead of input, groups that may overlap: input i has columns[begin[i]] to
                                    columns[begin[i + 1] - 1], rising; NULL: none do */
  size_t output_count;           /* at least 1 */
  size_t points;                 /* N: of each scrambling, a power of two from 2 to 2^30 */
  size_t scramblings;            /* R: 1 to 4096; with 1 there are no intervals (NaN) */
  double level;                  /* of the intervals; 0: 0.95 */
  uint64_t seed;
  unsigned threads; /* 0: 1; they change no byte */
  ent_indices_evaluate *evaluate;
  void *context;
  ent_parallel_progress *progress; /* or NULL; stops the run by a positive number, which becomes its answer */
  void *progress_context;
} ent_indices_design;

typedef enum ent_indices_reason { /* why there are no indices */
                                  ENT_INDICES_THERE,
                                  ENT_INDICES_CONSTANT, /* the output does not vary (by less than 1e-12 of its size):
                                                           nothing to share out */
                                  ENT_INDICES_MISSING,  /* the output is missing or infinite at some point */
                                  ENT_INDICES_SPARSE    /* it varies, but not in each scrambling: take more points */
} ent_indices_reason;

typedef struct ent_sensitivity_index {
  double value, low, high; /* NaN where there is none */
} ent_sensitivity_index;

typedef struct ent_indices { /* of one output */
  ent_indices_reason reason;
  double mean, variance;                /* of yA and yB in all scramblings; NaN where something is missing */
  ent_sensitivity_index *first, *total; /* inputs; all NaN unless reason is ENT_INDICES_THERE */
} ent_indices;

/* What the answer can be beside 0 and what evaluate or progress said. */
enum { ENT_INDICES_NO_MEMORY = -1, ENT_INDICES_WRONG_DESIGN = -2 };

/* All indices of all outputs; out holds output_count of them, whose lists live in the arena. Time: N R (inputs + 2)
 * evaluations and 8 N R columns cheap numbers. Memory, taken from the arena before the work begins, in doubles: (2
 * columns + 3 outputs) x ENT_INDICES_BLOCK for each worker, 3 inputs x outputs x R x (1 to 8, fewer as it grows beyond
 * 32 MB). */
int ent_indices_run(ent_arena *arena, const ent_indices_design *design, ent_indices *out);

#endif
