/* columns.h - what is done to whole columns of figures, fast: ends, moments, weighted sums.
 *
 * The same figures come out with and without vectors: ends do not hang on the order of values, sums over a column are
 * taken in ENT_COLUMN_LANES parts that are added in their order, and sums over columns in the order of columns. */
#ifndef ENT_NUM_COLUMNS_H
#define ENT_NUM_COLUMNS_H

#include <stddef.h>

enum { ENT_COLUMN_LANES = 8 };

/* Least and largest of count > 0 values. Returns 0, or NaN where a value is NaN or infinite: then the ends mean
 * nothing. */
double ent_column_ends(const double *values, size_t count, double *least, double *most);
/* Sums of (value - origin) and of its square over finite values. */
void ent_column_moments(const double *values, size_t count, double origin, double *sum, double *squares);

/* For each of count rows adds factor x (value - origin), column after column. */
typedef struct ent_column_term {
  const double *values;
  double origin, factor;
  double low, high; /* for ent_columns_add_within */
} ent_column_term;
void ent_columns_add(double *sums, size_t count, const ent_column_term *terms, size_t term_count);
/* The same of values that are first kept from low to high. NaN stays NaN in both. */
void ent_columns_add_within(double *sums, size_t count, const ent_column_term *terms, size_t term_count);

#endif
