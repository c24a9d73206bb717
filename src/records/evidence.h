/* evidence.h - evidence as plain structs: what the keeping wing hands to the thinking wing.
 *
 * Every row has a key, the hash of "table:id" (base/hash.h); references are keys, 0 is none. Codes (kinds, roles,
 * functions, aspects) are the words of the package format. Numbers that are missing are NaN. Strings and arrays live
 * in the arena they were read into. Order: as in the package's files; results must not depend on it. */
#ifndef ENT_RECORDS_EVIDENCE_H
#define ENT_RECORDS_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

typedef uint64_t ent_key;

typedef struct ent_label {
  const char *en, *de;
} ent_label;

typedef struct ent_actor {
  ent_key key, state;
  const char *id, *kind, *system; /* system: "" where not given */
  ent_label label;
} ent_actor;

typedef struct ent_office {
  ent_key key, state;
  const char *weight_class;
} ent_office;

typedef struct ent_holder {
  ent_key key, office, actor;
  ent_span span;
  double share; /* of the office; NaN: alone */
} ent_holder;

typedef struct ent_role {
  ent_key key, actor;
  const char *id;
  ent_label label;
} ent_role;

typedef struct ent_alliance {
  ent_key key;
  const char *id;
  ent_label label;
  ent_span span;
  bool reference; /* a reference point, not assessed unless asked for by name */
} ent_alliance;

typedef struct ent_member {
  ent_key key, alliance, actor;
  const char *role;
  ent_span span;
} ent_member;

typedef struct ent_provision {
  ent_key key, alliance, obligor, beneficiary;
  const char *instrument, *obligation;
  ent_span span;
} ent_provision;

typedef struct ent_institution {
  ent_key key, alliance;
  const char *function;
  ent_span span;
} ent_institution;

typedef struct ent_indicator {
  ent_key key;
  const char *id, *unit;
} ent_indicator;

typedef struct ent_definition {
  ent_key key;
  const char *id;
} ent_definition;

typedef struct ent_observation {
  ent_key key, indicator, actor, partner, alliance, place, institution, definition;
  ent_key parent;  /* the whole that this figure is a part of */
  ent_span period; /* of data_year where the row has one */
  double value, low, high;
  double standard_error; /* of value; NaN where not given */
  const char *unit, *currency, *status, *qualifier;
  const char *grade; /* reliability A to F, credibility 1 to 6, or both; "" where not given */
} ent_observation;

typedef struct ent_scale {
  ent_key key;
  const char *id;
  double minimum, maximum;
  bool ordinal;
} ent_scale;

typedef struct ent_issue {
  ent_key key, scale;
  const char *id, *kind, *role;
  ent_label label;
} ent_issue;

typedef enum ent_view_kind { ENT_POSITION, ENT_THREAT, ENT_SUPPORT } ent_view_kind;

typedef struct ent_view { /* who, what, when; its value stands in codings */
  ent_view_kind kind;
  ent_key key, issue, actor, partner, alliance, source;
  ent_span span;
} ent_view;

typedef struct ent_coding {
  ent_key key, item, coder;
  const char *aspect;
  double value, low, high; /* low and high equal value where not given */
} ent_coding;

typedef struct ent_evidence {
  const char *study; /* id */
  int edition;
  ent_span date;  /* the study's date */
  size_t later;   /* rows that were left out since they were published later than was asked for */
  size_t undated; /* rows that were left out with them, since nothing says when they were published */
#define ENT_RECORDS(type, name) \
  struct type *name;            \
  size_t name##_count
  ENT_RECORDS(ent_actor, actors);
  ENT_RECORDS(ent_office, offices);
  ENT_RECORDS(ent_holder, holders);
  ENT_RECORDS(ent_role, roles);
  ENT_RECORDS(ent_alliance, alliances);
  ENT_RECORDS(ent_member, members);
  ENT_RECORDS(ent_provision, provisions);
  ENT_RECORDS(ent_institution, institutions);
  ENT_RECORDS(ent_indicator, indicators);
  ENT_RECORDS(ent_definition, definitions);
  ENT_RECORDS(ent_observation, observations);
  ENT_RECORDS(ent_scale, scales);
  ENT_RECORDS(ent_issue, issues);
  ENT_RECORDS(ent_view, views);
  ENT_RECORDS(ent_coding, codings);
#undef ENT_RECORDS
} ent_evidence;

#endif
