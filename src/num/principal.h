/* principal.h - what lies in a symmetric matrix: eigenvalues and eigenvectors. */
#ifndef ENT_NUM_PRINCIPAL_H
#define ENT_NUM_PRINCIPAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Eigenvalues of a symmetric matrix of finite numbers (size x size, the lower triangle is read, it is overwritten),
 * the largest first, and their vectors of length 1 in the columns of vectors (size x size): Golub & Van Loan, section
 * 8.3, as GSL has it. Of each vector the component that is largest by size (the first of those) is positive. Scratch
 * memory from the arena; false: it is short. O(size^3). */
bool ent_eigen_symmetric(double *matrix, size_t size, double *values, double *vectors, ent_arena *arena);

#endif
