/* principal.c - see principal.h; decomposition by GSL. */
#include "num/principal.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>
#include <math.h>

static void set_signs(double *vectors, size_t size) {
  size_t column, row;
  for (column = 0; column < size; column++) {
    double largest = 0;
    for (row = 0; row < size; row++)
      if (fabs(vectors[row * size + column]) > fabs(largest)) largest = vectors[row * size + column];
    if (largest < 0)
      for (row = 0; row < size; row++) vectors[row * size + column] *= -1;
  }
}

/* The workspace is built here, since GSL's own maker ends the program where memory is short. */
bool ent_eigen_symmetric(double *matrix, size_t size, double *values, double *vectors, ent_arena *arena) {
  double *scratch = size ? ent_arena_take(arena, size, 4 * sizeof *scratch) : NULL;
  gsl_eigen_symmv_workspace work;
  gsl_matrix_view of, into;
  gsl_vector_view value;
  if (!size) return true;
  if (!scratch) return false;
  work = (gsl_eigen_symmv_workspace){size, scratch, scratch + size, scratch + 2 * size, scratch + 3 * size};
  of = gsl_matrix_view_array(matrix, size, size);
  into = gsl_matrix_view_array(vectors, size, size);
  value = gsl_vector_view_array(values, size);
  gsl_eigen_symmv(&of.matrix, &value.vector, &into.matrix, &work);
  gsl_eigen_symmv_sort(&value.vector, &into.matrix, GSL_EIGEN_SORT_VAL_DESC);
  set_signs(vectors, size);
  return true;
}
