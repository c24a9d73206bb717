/* profile.h - what the files of the fact sheet share (inside study/ only).
 *
 * A sheet has six fields, a field has groups of items. profile.c is the operation; profile_sheet.c makes items and puts
 * them into their places; profile_rows.c says which rows belong into which field; profile_figures.c picks the figures
 * and views. Functions that return a status fail when memory is short, or with what the store says. */
#ifndef ENT_STUDY_PROFILE_H
#define ENT_STUDY_PROFILE_H

#include "study/coded.h"
#include "study/lookup.h"
#include "study/study.h"

typedef enum ent_sheet_field {
  ENT_SHEET_BASIS,
  ENT_SHEET_OBLIGATIONS,
  ENT_SHEET_COMMAND,
  ENT_SHEET_CONSULTATION,
  ENT_SHEET_MILITARY,
  ENT_SHEET_NUCLEAR,
  ENT_SHEET_NO_FIELD
} ent_sheet_field;

typedef enum ent_sheet_group {
  ENT_GROUP_MEMBERS,
  ENT_GROUP_INSTRUMENTS,
  ENT_GROUP_DUTIES,
  ENT_GROUP_LAW,
  ENT_GROUP_COMMANDS,
  ENT_GROUP_PLANNING,
  ENT_GROUP_BODIES,
  ENT_GROUP_BEYOND,
  ENT_GROUP_FIGURES,
  ENT_GROUP_BASES,
  ENT_GROUP_ARMS,
  ENT_GROUP_CAPABILITIES,
  ENT_GROUP_EXERCISES,
  ENT_GROUP_PROGRAMMES,
  ENT_GROUP_MISSIONS,
  ENT_GROUP_DIALOGUES,
  ENT_GROUP_WEAPONS,
  ENT_GROUP_EVENTS,
  ENT_GROUP_VIEWS,
  ENT_SHEET_GROUPS
} ent_sheet_group;

typedef struct ent_sheet_lookup { /* rows of a table by one of their columns */
  ent_rows rows;
  ent_lookup by;
} ent_sheet_lookup;

typedef struct ent_sheet {
  ent_study *study;
  ent_arena *arena;
  ent_profile_answer *out;
  const char *alliance;
  int32_t day;
  ent_codings codings;
  /* by item, provision, item, institution, institution */
  ent_sheet_lookup statuses, readings, listed, participants, events;
  ent_index instruments; /* of the basis: kind and dates -> place in its group */
  ent_index members;     /* ids of actors that are members on the day */
  const char **guarantors;
  size_t guarantor_count;
  ent_profile_group all[ENT_PROFILE_FIELDS][ENT_SHEET_GROUPS];
} ent_sheet;

/* ---- profile_sheet.c ---- */

/* Says that memory is short; ENT_STORE. */
ENT_MUST_CHECK ent_status ent_sheet_fail_memory(const ent_sheet *sheet);
/* As the table fields and the answer have it. */
const char *ent_sheet_field_name(ent_sheet_field field);
/* Whether an actor is a member on the day; whether it is one of its guarantors. */
bool ent_sheet_is_member(const ent_sheet *sheet, const char *actor);
bool ent_sheet_is_guarantor(const ent_sheet *sheet, const char *actor);
/* The state of an actor, itself where it is one; "" where it has none. */
ENT_MUST_CHECK ent_status ent_sheet_state_of(const ent_sheet *sheet, const char *actor, const char **out);
/* Whether an actor belongs to a member. */
ENT_MUST_CHECK ent_status ent_sheet_of_member(const ent_sheet *sheet, const char *actor, bool *out);
/* How many of the states that a row concerns are members. */
ENT_MUST_CHECK ent_status ent_sheet_members_in(const ent_sheet *sheet, const ent_catalog_row *row, size_t *count);
/* Dates as written; true where the row holds on the day. */
bool ent_sheet_set_dates(const ent_sheet *sheet, const ent_catalog_row *row, const char **start, const char **end,
                         bool *goes_on);
/* The label of an actor; *out is left alone for "". */
ENT_MUST_CHECK ent_status ent_sheet_name_actor(const ent_sheet *sheet, const char *actor, ent_label *out);
/* The statuses of an item's key that hold on the day. */
ENT_MUST_CHECK ent_status ent_sheet_fill_statuses(ent_sheet *sheet, ent_profile_item *item);
/* What every item has: key, label, dates, statuses, what coders gave, citations. */
ENT_MUST_CHECK ent_status ent_sheet_new_item(ent_sheet *sheet, const ent_catalog_row *row, ent_profile_item **out);
ENT_MUST_CHECK ent_status ent_sheet_add_to_group(ent_sheet *sheet, ent_profile_group *out, ent_profile_item *item);
/* A cell of the row; room: how many details the item may get in all. */
ENT_MUST_CHECK ent_status ent_sheet_add_detail(ent_sheet *sheet, ent_profile_item *item, size_t room, const char *name,
                                               ent_label text);
/* Puts an item where the table fields says of listed_as, else where its own code does; nowhere else. */
ENT_MUST_CHECK ent_status ent_sheet_place(ent_sheet *sheet, ent_profile_item *item, const char *listed_as,
                                          ent_sheet_field by_code, ent_sheet_group at);
/* Whether the table fields names a row. */
bool ent_sheet_is_listed(const ent_sheet *sheet, const char *table, const char *id, ent_arena *arena);
bool ent_sheet_is_shown(const ent_profile_item *item);

/* ---- profile_rows.c: adds a row where it belongs to the alliance and is shown ---- */

/* All members; the others ask for them. */
ENT_MUST_CHECK ent_status ent_sheet_add_members(ent_sheet *sheet);
ENT_MUST_CHECK ent_status ent_sheet_add_provision(ent_sheet *sheet, const ent_rows *rows, size_t at);
ENT_MUST_CHECK ent_status ent_sheet_add_institution(ent_sheet *sheet, const ent_rows *rows, size_t at);
ENT_MUST_CHECK ent_status ent_sheet_add_capability(ent_sheet *sheet, const ent_rows *rows, size_t at);
ENT_MUST_CHECK ent_status ent_sheet_add_base(ent_sheet *sheet, const ent_rows *rows, size_t at);
ENT_MUST_CHECK ent_status ent_sheet_add_event(ent_sheet *sheet, const ent_rows *rows, size_t at);

/* ---- profile_figures.c ---- */

/* The latest figure of each thing that the table fields asks for. */
ENT_MUST_CHECK ent_status ent_sheet_add_figures(ent_sheet *sheet);
/* What members think of the issues that it names. as_of: as asked, or NULL. */
ENT_MUST_CHECK ent_status ent_sheet_add_views(ent_sheet *sheet, const char *as_of);

#endif
