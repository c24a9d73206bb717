/* comparability.h - whether two figures can be compared. Pure: a judgement from what the rows say, nothing computed.
 *
 * The rules, strict where a difference may be one of counting:
 *
 *   forbids   other indicator or unit; no number; one place inside the other; other subjects in other years at once;
 *             other definition; other price basis; two currencies that nothing converts; one a part of the other;
 *             an author's "no"
 *   limits    a bound alone; several subjects differ, or actors of other kinds; days that only overlap; other days of
 *             one year; one thing at two times; a definition or price basis that is not stated; other accounting;
 *             current prices of two times; two currencies with a conversion; other status; somebody's "limited";
 *             our own "no"
 *
 * An author's "yes" or "limited" about these two figures or their two definitions turns the prohibition by a definition
 * into a limit; an own judgement never lifts anything. An author's "no" about a wider definition or a whole reaches
 * what is below it. A definition that nobody states is no difference where no figure of the indicator has one
 * (definition_expected): then the indicator's own description is the rule. The rules are this project's own. */
#ifndef ENT_MEASURES_COMPARABILITY_H
#define ENT_MEASURES_COMPARABILITY_H

#include "records/comparison.h"

/* statements: rows of comparability; reach: count of them, what each has to do with a and b. has_rate: a rate of the
 * evidence brings both into one currency. The order of a and b changes only `part`. */
ent_comparison ent_comparability_judge(const ent_comparable *a, const ent_comparable *b,
                                       const ent_comparable_statement *statements, size_t count, bool has_rate,
                                       ent_reach *reach);

/* The rates that bring money of a year into another currency: those between the two that lie in the year (one day of
 * them at least). The first is the one that is nearest to a day, here 1 July; of two as near the finer date, then the
 * one for this direction, then the first in rates. Rates stand for both directions: whose `from` is another than from,
 * is to be divided by. order: room for `most` positions in rates, the nearest ones; returns how many there are. */
size_t ent_comparability_rates(const ent_rate *rates, size_t count, const char *from, const char *to, ent_span year,
                               int32_t day, size_t most, size_t *order);

#endif
