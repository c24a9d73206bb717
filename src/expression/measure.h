/* measure.h - the units of what is computed: which figures may be added and compared, and what products of them have.
 *
 * A measure is a product of units and currencies with whole powers, in the order of their names; a share, a ratio and a
 * quotient of equal units have none. Names are borrowed. */
#ifndef ENT_EXPRESSION_MEASURE_H
#define ENT_EXPRESSION_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { ENT_MEASURE_PARTS = 6 };

typedef struct ent_measure {
  size_t count;
  const char *name[ENT_MEASURE_PARTS];
  int power[ENT_MEASURE_PARTS];
  bool bare;  /* a number that was written without a unit */
  bool share; /* without units: part of a whole or a growth, which reads as so many per cent */
  bool loose; /* a rank, a count or a point of a scale: it compares with a bare number */
} ent_measure;

extern const ent_measure ent_measure_ratio, ent_measure_share, ent_measure_bare, ent_measure_count;

/* Of a unit of the package format or a currency's code, which must live as long as *out. False for any other word. */
bool ent_measure_of(const char *unit, ent_measure *out);
/* Of points on a scale, by its name. */
ent_measure ent_measure_points(const char *scale);
/* Whether two figures can be added and compared; *out (if not NULL) is then the measure of their sum. A count is one of
 * pieces, events, bodies, persons or votes, whichever it meets. */
bool ent_measure_meet(const ent_measure *a, const ent_measure *b, ent_measure *out);
/* Of a product or, with divide, a quotient. False where it would have more than six units or a power above nine. */
bool ent_measure_combine(const ent_measure *a, const ent_measure *b, bool divide, ent_measure *out);
/* "persons", "USD/persons", "share", "ratio"; NULL when memory is short. */
const char *ent_measure_write(ent_arena *arena, const ent_measure *measure);

#endif
