/* sobol_table.h - the direction numbers of joe_kuo.txt, as the build writes them into C. For sobol.c alone. */
#ifndef ENT_NUM_SOBOL_TABLE_H
#define ENT_NUM_SOBOL_TABLE_H

#include <stdint.h>

#include "num/sobol.h"

/* Of dimension 1 and up (the second one is the first that has a polynomial): the primitive polynomial, all coefficients
 * as bits; the place of its first initial number; the initial numbers, as many as its degree. */
extern const uint16_t ent_sobol_polynomial[ENT_SOBOL_MOST_DIMENSIONS - 1];
extern const uint16_t ent_sobol_begin[ENT_SOBOL_MOST_DIMENSIONS - 1];
extern const uint16_t ent_sobol_initial[];

#endif
