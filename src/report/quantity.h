/* quantity.h - figures of the evidence in words: "more than 50%", "about 55,300 persons", "JPY 5.07 trillion". */
#ifndef ENT_REPORT_QUANTITY_H
#define ENT_REPORT_QUANTITY_H

#include "report/words.h"
#include "study/result.h"

/* As the text has it: qualifier, range or bound, unit, rank, comparison. */
const char *ent_quantity_text(ent_words *words, const ent_quantity_answer *quantity);
/* "USD 47.00 billion"; decimals: as the evidence has them, or -1 for what was computed. */
const char *ent_quantity_money(ent_words *words, double value, int decimals, const char *currency);
/* "26.8%", "20–25%" */
const char *ent_quantity_share(ent_words *words, double low, double high);
/* A number that was computed, in a unit: the ends of a range, or one where they are the same. */
const char *ent_quantity_range(ent_words *words, double low, double high, const ent_quantity_answer *like);

#endif
