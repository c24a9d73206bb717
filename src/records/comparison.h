/* comparison.h - two figures as far as comparing them goes, what people say about comparing them, and exchange rates.
 *
 * Plain structs. Codes are the words of the package format, "" where a cell is empty; keys as in evidence.h, 0 is none.
 * What a judgement finds is said in codes, which report/ puts into words ("comparison.definition.differs"). */
#ifndef ENT_RECORDS_COMPARISON_H
#define ENT_RECORDS_COMPARISON_H

#include "records/evidence.h"

/* In what two figures may differ. */
typedef enum ent_compared_aspect {
  ENT_ASPECT_INDICATOR, /* what is measured */
  ENT_ASPECT_UNIT,
  ENT_ASPECT_NUMBER,     /* whether there is a number, or a bound alone */
  ENT_ASPECT_COVERAGE,   /* of whom: the subjects */
  ENT_ASPECT_PERIOD,     /* when; of the data, where their year is given */
  ENT_ASPECT_DEFINITION, /* by which rule, with which categories */
  ENT_ASPECT_ACCOUNTING, /* whose rule */
  ENT_ASPECT_STATUS,     /* fact, plan, demand */
  ENT_ASPECT_PRICES,     /* of money: price basis */
  ENT_ASPECT_CURRENCY,
  ENT_ASPECT_CONVERSION, /* of two currencies: by which rule both become one */
  ENT_ASPECT_NESTING,    /* whether one is a part of the other */
  ENT_ASPECT_OBJECTION,  /* what is said about comparing them */
  ENT_ASPECTS
} ent_compared_aspect;

typedef enum ent_hindrance { ENT_HINDERS_NOT, ENT_LIMITS, ENT_FORBIDS } ent_hindrance;

enum { ENT_SUBJECTS = 5 }; /* actor, partner, alliance, place, institution */

/* A figure with what stands above it. */
typedef struct ent_comparable {
  ent_key key, indicator;
  ent_key subjects[ENT_SUBJECTS];
  const char *actor_kind; /* state, leader, ...; "" without an actor */
  const ent_key *places;  /* the places that its own place lies in, the nearest first */
  size_t place_count;
  ent_span period; /* of data_year where the row has one */
  ent_span years;  /* the calendar years that it lies in, whole */
  const char *unit, *currency, *price_basis, *status;
  bool has_value, has_low, has_high, has_rank;
  const ent_key *definitions; /* its own first, then each wider one; none: not stated */
  size_t definition_count;
  bool definition_expected; /* it is money, or another figure of its indicator has a definition */
  const char *accounting;
  const ent_key *wholes; /* figures that it is a part of, the nearest first */
  const bool *inferred;  /* of each link to a whole: nobody states it */
  size_t whole_count;
  const ent_key *whole_definitions; /* of the wholes, with each wider one */
  size_t whole_definition_count;
  const char *converted_currency; /* of the text's own conversion, "" without one */
  const ent_key *rates;           /* citations of the rate or rule that it names */
  size_t rate_count;
} ent_comparable;

typedef enum ent_comparable_word { ENT_COMPARABLE_NO, ENT_COMPARABLE_LIMITED, ENT_COMPARABLE_YES } ent_comparable_word;

/* A row of comparability. */
typedef struct ent_comparable_statement {
  ent_key a, b;
  ent_comparable_word word;
  bool by_author; /* false: the encoder's own judgement */
} ent_comparable_statement;

/* How a statement bears on two figures; of its two sides the further one. */
typedef enum ent_reach {
  ENT_REACHES_NOT,
  ENT_REACHES_FIGURE,
  ENT_REACHES_DEFINITION,
  ENT_REACHES_WIDER, /* through a wider definition */
  ENT_REACHES_WHOLE  /* through a figure that one is a part of, or its definition */
} ent_reach;

typedef struct ent_comparison_point {
  bool asked; /* false: does not arise (prices of soldiers) */
  ent_hindrance effect;
  const char *code; /* "same", "differs", ... */
} ent_comparison_point;

typedef struct ent_comparison {
  ent_hindrance verdict; /* the strictest of the points */
  ent_comparison_point points[ENT_ASPECTS];
  bool same_thing;    /* both state one thing: same indicator, subjects, days, rule and status */
  int part;           /* 1: a is a part of b, -1: b is a part of a, else 0 */
  size_t part_links;  /* from the part up to the whole */
  bool part_inferred; /* some link of them is inferred */
} ent_comparison;

/* An exchange rate: one unit of `from` is `value` of `to`. */
typedef struct ent_rate {
  ent_key key;
  const char *from, *to; /* ISO 4217 */
  ent_span date;
  double value;
} ent_rate;

#endif
