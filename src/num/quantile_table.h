/* quantile_table.h - quantile functions as tables, to turn many uniform numbers into values of one distribution.
 *
 * Turning a uniform number into a value by the quantile function keeps one number for one value, which common random
 * numbers and Sobol points need; computing an inverse gamma or beta function each time costs microseconds. A table
 * costs some 30 microseconds to make and 2 to 3 nanoseconds to ask.
 *
 * How: u and 1 - u are cut into 32 octaves from 2^-33 to 1/2 of four cells each; a cell holds the polynomial of degree
 * five that has the value and the first two derivatives of the quantile function at both ends. The ends are found from
 * the tails inward, by integrating the density from one to the next (Gauss & Legendre), in the logarithm or logit of
 * the value, in which every density here is smooth and has one peak.
 *
 * Error of the value, relative to it, for u from 2^-33 to 1 - 2^-33 (beyond that, the value at that end is given):
 *   gamma    below 1e-6; below 3e-7 for shapes from 1 up
 *   beta     below 5e-7; PERT below 2e-7
 *   normal   below 2e-7, relative where |value| is above 1, absolute below */
#ifndef ENT_NUM_QUANTILE_TABLE_H
#define ENT_NUM_QUANTILE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum { ENT_QUANTILE_OCTAVES = 32, ENT_QUANTILE_SIDE = 4 * ENT_QUANTILE_OCTAVES };

typedef struct ent_quantile_table { /* 12 KB, the caller's; once made only read, so that threads may share it */
  double piece[2 * ENT_QUANTILE_SIDE][6];
  double power; /* above 0: the pieces give the logarithm of the value, below the median without power x log u */
} ent_quantile_table;

/* Gamma(shape, 1), shape from 0.01 to 10,000; values below 1e-100, which only shapes below 0.3 have, become that.
 * False where the shape is outside, or no number. */
bool ent_quantile_table_gamma(double shape, ent_quantile_table *out);

/* Beta(a, b) on (0,1), both from 0.5 to 100. False where one is outside, or no number. */
bool ent_quantile_table_beta(double a, double b, ent_quantile_table *out);

/* PERT on (0,1) with its mode there, from 0 to 1: Beta(1 + 4 mode, 5 - 4 mode), Malcolm et al. 1959. False where mode
 * is outside. */
bool ent_quantile_table_pert(double mode, ent_quantile_table *out);

/* Normal with mean 0 and standard deviation 1. */
void ent_quantile_table_normal(ent_quantile_table *out);

/* The value of each of count numbers u from 0 to 1; out may be u. */
void ent_quantile_table_look_up(const ent_quantile_table *table, const double *u, size_t count, double *out);

#endif
