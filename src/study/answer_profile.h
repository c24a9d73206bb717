/* answer_profile.h - the answer of profile: an alliance's fact sheet in six fields. */
#ifndef ENT_STUDY_ANSWER_PROFILE_H
#define ENT_STUDY_ANSWER_PROFILE_H

#include "study/answer_coded.h"
#include "study/answer_data.h"

typedef struct ent_profile_status {     /* a state of a row that holds on the day */
  const char *key, *code, *start, *end; /* as written; NULL: not known */
  bool goes_on;
  ent_label label, stated_by; /* stated_by: NULLs where nobody is named */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_profile_status;

typedef struct ent_profile_detail { /* a cell of the row: trigger, area, ... */
  const char *name;
  ent_label text;
} ent_profile_detail;

typedef struct ent_profile_item {
  const char *key, *table;
  const char *code; /* the row's own kind: instrument, function, stage, ...; or NULL */
  ent_label label;
  const char *start, *end; /* as written; NULL: not known */
  bool goes_on;
  bool holds;         /* on the day; else it is over, and a status says what became of it, or it is an event */
  ent_label from, to; /* who owes whom, who reads or holds; NULLs where nobody is named */
  size_t detail_count, status_count, coded_count, citation_count, child_count;
  ent_profile_detail *details;
  ent_profile_status *statuses;
  ent_coded_aspect *coded;
  ent_data_figure *figure; /* of an observation, or NULL */
  ent_citation_answer *citations;
  struct ent_profile_item *children; /* readings of a provision; the provisions of an instrument */
} ent_profile_item;

typedef struct ent_profile_group {
  const char *id; /* members, instruments, law, duties, ... */
  size_t count, room;
  ent_profile_item **items;
} ent_profile_group;

typedef struct ent_profile_field {
  const char *id; /* basis, obligations, command, consultation, military, nuclear */
  size_t group_count;
  ent_profile_group *groups; /* those that belong to the field, also where nothing stands in them, and others that hold
                                something */
} ent_profile_field;

enum { ENT_PROFILE_FIELDS = 6 };

typedef struct ent_profile_answer {
  ent_basis_answer basis;
  const char *alliance; /* id */
  ent_label label;
  bool is_reference;
  const char *start, *end; /* of the alliance, as written; NULL: not known */
  bool goes_on, holds;
  size_t citation_count;
  ent_citation_answer *citations;
  ent_profile_field fields[ENT_PROFILE_FIELDS];
  size_t older; /* figures that a later one of the same thing stands for */
} ent_profile_answer;

#endif
