/* number.h - numbers as people of a language write them: decimal sign, thousands, minus, percent, intervals.
 *
 * In: doubles. Out: texts in the arena of words, rounded half away from zero to the stated digits, without regard to
 * the locale. NaN is the words' "no data". */
#ifndef ENT_REPORT_NUMBER_H
#define ENT_REPORT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "report/words.h"
#include "study/result.h"

const char *ent_number_plain(ent_words *words, double value, int decimals);  /* "1,234.5", "−0.2" */
const char *ent_number_signed(ent_words *words, double value, int decimals); /* "+3.2", "−3.2", "0.0" */
const char *ent_number_percent(ent_words *words, double share, int decimals);
/* A share of many: "<1%" where it is above 0 and would round to it, ">99%" where it is not all and would round to it. */
const char *ent_number_share(ent_words *words, double share, int decimals);
const char *ent_number_count(ent_words *words, uint64_t count); /* "10,000" */
/* The words of KEY.one or KEY.many, with {count}. */
const char *ent_number_counted(ent_words *words, const char *key, uint64_t count);
/* "[55–70]"; with signs "[+0.2 to +3.1]"; "" where the figure is missing. */
const char *ent_number_range(ent_words *words, ent_figure figure, int decimals, bool with_sign);
/* "62 [55–70]" */
const char *ent_number_figure(ent_words *words, ent_figure figure, int decimals);
bool ent_number_missing(ent_figure figure);

#endif
