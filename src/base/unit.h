/* unit.h - units and currencies as types in the data. */
#ifndef ENT_BASE_UNIT_H
#define ENT_BASE_UNIT_H

#include <stdbool.h>
#include <stddef.h>

/* Units: persons, share (0 to 1), currency (its code stands apart), years, months, days, bodies, pieces, rank,
 * km, km2, votes, index, events, ratio. */
bool ent_unit_known(const char *unit);
/* ISO 4217 codes in use since 1945 (EUR, USD, JPY, KRW, DEM, ...). */
bool ent_currency_known(const char *code);
const char *const *ent_unit_names(size_t *count);
const char *const *ent_currency_codes(size_t *count);

#endif
