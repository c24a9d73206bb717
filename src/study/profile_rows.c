/* profile_rows.c - which rows belong into which field of a fact sheet: members, provisions, institutions, capabilities,
 * bases and events (see profile.h). */
#include <string.h>

#include "base/text.h"
#include "study/profile.h"

/* ---- members and provisions ---- */

ent_status ent_sheet_add_members(ent_sheet *b) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, "members", &rows);
  if (status) return status;
  b->guarantors = ent_arena_take(b->arena, rows.table->rows, sizeof *b->guarantors);
  if (!b->guarantors || !ent_index_init(&b->members, b->arena, 8)) return ent_sheet_fail_memory(b);
  for (i = 0; i < rows.table->rows && !status; i++) {
    ent_catalog_row row;
    ent_profile_item *item;
    const char *actor = ent_rows_cell(&rows, i, "actor");
    if (strcmp(ent_rows_cell(&rows, i, "alliance"), b->alliance) != 0) continue;
    status = ent_rows_at(&rows, i, &row);
    if (status || row.withheld) continue;
    if ((status = ent_sheet_new_item(b, &row, &item))) return status;
    item->code = ent_catalog_value(&row, "role");
    if (!item->holds && !item->status_count) continue;
    if ((status = ent_sheet_name_actor(b, actor, &item->label))) return status;
    if (item->holds && !ent_index_add(&b->members, actor, strlen(actor), i)) return ent_sheet_fail_memory(b);
    if (item->holds && strcmp(item->code, "guarantor") == 0) b->guarantors[b->guarantor_count++] = actor;
    status = ent_sheet_add_to_group(b, &b->all[ENT_SHEET_BASIS][ENT_GROUP_MEMBERS], item);
  }
  return status;
}

static ent_status add_reading(ent_sheet *b, size_t at, ent_profile_item *item) {
  ent_profile_item *out = &item->children[item->child_count];
  ent_catalog_row row;
  ent_span date, known = {0, ENT_DAY_OPEN_END};
  const char *written;
  ent_status status = ent_rows_at(&b->readings.rows, at, &row);
  if (status || row.withheld) return status;
  if ((status = ent_study_date(b->study, "--known-at", b->study->known_at, &known))) return status;
  written = ent_catalog_value(&row, "date");
  if (ent_date_parse(written, &date, NULL) && (date.first > b->day || date.first > known.last)) return ENT_OK;
  item->child_count++;
  out->table = row.table;
  out->key = ent_arena_print(b->arena, "readings:%s", row.id);
  if (!out->key) return ent_sheet_fail_memory(b);
  out->holds = true;
  out->start = *written ? written : NULL;
  out->code = *ent_catalog_value(&row, "form") ? ent_catalog_value(&row, "form") : NULL;
  out->label = (ent_label){ent_catalog_value(&row, "reading_en"), ent_catalog_value(&row, "reading_de")};
  status = ent_sheet_name_actor(b, ent_catalog_value(&row, "actor"), &out->from);
  return status ? status : ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

static ent_status add_readings(ent_sheet *b, const char *provision, ent_profile_item *item) {
  size_t i, count = ent_lookup_count(&b->readings.by, provision);
  ent_status status = ENT_OK;
  if (!count) return ENT_OK;
  if (!(item->children = ent_arena_take(b->arena, count, sizeof *item->children))) return ent_sheet_fail_memory(b);
  for (i = ent_lookup_first(&b->readings.by, provision); i < b->readings.by.rows && !status; i = b->readings.by.next[i])
    status = add_reading(b, i, item);
  return status;
}

static ent_status fill_provision(ent_sheet *b, const ent_catalog_row *row, ent_profile_item *item) {
  static const char *const columns[][3] = {{"trigger", "trigger_en", "trigger_de"},
                                           {"area", "area_en", "area_de"},
                                           {"means", "means_en", "means_de"},
                                           {"condition", "condition_en", "condition_de"},
                                           {"exception", "exception_en", "exception_de"}};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  size_t i;
  ent_status status = ent_sheet_name_actor(b, ent_catalog_value(row, "obligor"), &item->from);
  if (!status) status = ent_sheet_name_actor(b, ent_catalog_value(row, "beneficiary"), &item->to);
  item->code = ent_catalog_value(row, "obligation");
  if (!status)
    status = ent_sheet_add_detail(b, item, COLUMNS + 1, "article", ent_label_both(ent_catalog_value(row, "article")));
  for (i = 0; i < COLUMNS && !status; i++)
    status =
        ent_sheet_add_detail(b, item, COLUMNS + 1, columns[i][0],
                             (ent_label){ent_catalog_value(row, columns[i][1]), ent_catalog_value(row, columns[i][2])});
  return status ? status : add_readings(b, row->id, item);
}

/* The alliance's own; of none what a member's law says of itself or another member, or what the table fields lists. */
static ent_status provision_belongs(ent_sheet *b, const ent_catalog_row *row, bool *out) {
  const char *alliance = ent_catalog_value(row, "alliance"), *beneficiary = ent_catalog_value(row, "beneficiary");
  const char *obligor;
  bool is_law = strcmp(ent_catalog_value(row, "instrument"), "domestic_law") == 0, owes, receives;
  ent_status status = ENT_OK;
  *out = strcmp(alliance, b->alliance) == 0;
  bool listed = ent_sheet_is_listed(b, "provisions", row->id, b->arena);
  if (*alliance || (!is_law && !listed)) return ENT_OK;
  if ((status = ent_sheet_state_of(b, ent_catalog_value(row, "obligor"), &obligor))) return status;
  owes = *obligor && ent_sheet_is_member(b, obligor);
  if (*beneficiary) status = ent_sheet_of_member(b, beneficiary, &receives);
  else
    receives = listed || !ent_sheet_is_guarantor(
                             b, obligor); /* a guarantor's law for nobody in particular is not for each ally */
  *out = owes && receives;
  return status;
}

/* Adds what a provision cites, each place once. */
static ent_status merge_citations(ent_sheet *b, ent_profile_item *item, const ent_profile_item *provision) {
  size_t i, k;
  for (i = 0; i < provision->citation_count; i++) {
    size_t n = item->citation_count;
    for (k = 0; k < n && strcmp(item->citations[k].id, provision->citations[i].id) != 0;) k++;
    if (k < n) continue;
    if ((n & (n - 1)) == 0) { /* room doubles at powers of two */
      ent_citation_answer *grown = ent_arena_take(b->arena, n ? 2 * n : 1, sizeof *grown);
      if (!grown) return ent_sheet_fail_memory(b);
      if (n) memcpy(grown, item->citations, n * sizeof *grown);
      item->citations = grown;
    }
    item->citations[item->citation_count++] = provision->citations[i];
  }
  return ENT_OK;
}

/* A line of the basis for what one kind of instrument says from one day on: a treaty with its articles. */
static ent_status add_instrument(ent_sheet *b, const ent_catalog_row *row, const ent_profile_item *provision) {
  ent_profile_group *list = &b->all[ENT_SHEET_BASIS][ENT_GROUP_INSTRUMENTS];
  const char *instrument = ent_catalog_value(row, "instrument");
  const char *start = provision->start, *end = provision->end;
  const char *same = ent_arena_print(b->arena, "%s|%s|%s", instrument, start ? start : "", end ? end : "");
  ent_profile_item *item = NULL;
  size_t at;
  if (!same) return ent_sheet_fail_memory(b);
  if (ent_index_find(&b->instruments, same, strlen(same), &at)) item = list->items[at];
  if (!item) {
    if (!ent_index_add(&b->instruments, same, strlen(same), list->count)) return ent_sheet_fail_memory(b);
    if (!(item = ent_arena_take(b->arena, 1, sizeof *item))) return ent_sheet_fail_memory(b);
    *item = (ent_profile_item){.key = provision->key,
                               .table = "provisions",
                               .code = instrument,
                               .start = provision->start,
                               .end = provision->end,
                               .goes_on = provision->goes_on,
                               .holds = provision->holds};
    ent_status status = ent_sheet_add_to_group(b, list, item);
    if (status) return status;
  }
  if ((item->child_count & (item->child_count - 1)) == 0) { /* room doubles at powers of two */
    ent_profile_item *grown = ent_arena_take(b->arena, item->child_count ? 2 * item->child_count : 1, sizeof *grown);
    if (!grown) return ent_sheet_fail_memory(b);
    if (item->child_count) memcpy(grown, item->children, item->child_count * sizeof *grown);
    item->children = grown;
  }
  item->children[item->child_count++] = (ent_profile_item){.key = provision->key,
                                                           .table = "provisions",
                                                           .code = provision->code,
                                                           .label = provision->label,
                                                           .start = provision->start,
                                                           .end = provision->end,
                                                           .goes_on = provision->goes_on,
                                                           .holds = provision->holds,
                                                           .from = provision->from,
                                                           .to = provision->to};
  return merge_citations(b, item, provision);
}

ent_status ent_sheet_add_provision(ent_sheet *b, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  ent_profile_item *item;
  bool belongs, is_law;
  ent_status status = ent_rows_at(rows, at, &row);
  if (!status && row.withheld) return ENT_OK;
  if (!status) status = provision_belongs(b, &row, &belongs);
  if (status || !belongs || !ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated))
    return status;
  if ((status = ent_sheet_new_item(b, &row, &item)) || !ent_sheet_is_shown(item)) return status;
  is_law = strcmp(ent_catalog_value(&row, "instrument"), "domestic_law") == 0;
  status = fill_provision(b, &row, item);
  if (!status && !is_law && strcmp(ent_catalog_value(&row, "alliance"), b->alliance) == 0)
    status = add_instrument(b, &row, item);
  return status ? status
                : ent_sheet_place(b, item, item->key, is_law ? ENT_SHEET_BASIS : ENT_SHEET_OBLIGATIONS,
                                  is_law ? ENT_GROUP_LAW : ENT_GROUP_DUTIES);
}

/* ---- institutions ---- */

/* By function; where that says nothing, by kind. */
static ent_sheet_field field_of(const char *function, const char *kind, bool is_own, ent_sheet_group *at) {
  if (strcmp(function, "nuclear_consultation") == 0) return *at = ENT_GROUP_DIALOGUES, ENT_SHEET_NUCLEAR;
  if (strcmp(function, "exercise") == 0) return *at = ENT_GROUP_EXERCISES, ENT_SHEET_MILITARY;
  if (strcmp(function, "missile_defence") == 0 || strcmp(function, "technology") == 0)
    return *at = ENT_GROUP_PROGRAMMES, ENT_SHEET_MILITARY;
  if (strcmp(function, "planning") == 0) return *at = ENT_GROUP_PLANNING, ENT_SHEET_COMMAND;
  if (strcmp(function, "command") == 0 || strcmp(kind, "command") == 0)
    return *at = ENT_GROUP_COMMANDS, ENT_SHEET_COMMAND;
  if (strcmp(function, "other") == 0) {
    bool is_work = strcmp(kind, "programme") == 0 || strcmp(kind, "series") == 0;
    *at = is_work ? ENT_GROUP_PROGRAMMES : is_own ? ENT_GROUP_BODIES : ENT_GROUP_BEYOND;
    return !is_own   ? ENT_SHEET_NO_FIELD
           : is_work ? ENT_SHEET_MILITARY
                     : ENT_SHEET_CONSULTATION; /* without an alliance it may be a trade pact */
  }
  *at = is_own ? ENT_GROUP_BODIES : ENT_GROUP_BEYOND;
  return ENT_SHEET_CONSULTATION;
}

/* The names of those who take part on the day. */
static ent_status add_participants(ent_sheet *b, const char *institution, size_t room, ent_profile_item *item) {
  size_t i;
  ent_label names = {"", ""};
  ent_status status = ENT_OK;
  for (i = ent_lookup_first(&b->participants.by, institution); i < b->participants.by.rows && !status;
       i = b->participants.by.next[i]) {
    ent_catalog_row row;
    ent_label name = {NULL, NULL};
    const char *start, *end;
    bool goes_on;
    status = ent_rows_at(&b->participants.rows, i, &row);
    if (status || row.withheld || !ent_sheet_set_dates(b, &row, &start, &end, &goes_on)) continue;
    status = ent_sheet_name_actor(b, ent_catalog_value(&row, "actor"), &name);
    if (status || !name.en) continue;
    names.en = ent_arena_print(b->arena, "%s%s%s", names.en, *names.en ? ", " : "", name.en);
    names.de = ent_arena_print(b->arena, "%s%s%s", names.de, *names.de ? ", " : "", name.de ? name.de : name.en);
    if (!names.en || !names.de) status = ent_sheet_fail_memory(b);
  }
  return status ? status : ent_sheet_add_detail(b, item, room, "participants", names);
}

/* The last event of an institution that had begun by the day. */
static ent_status add_latest(ent_sheet *b, const char *institution, size_t room, ent_profile_item *item) {
  size_t i, later = 0, undated = 0;
  int32_t last = ENT_DAY_OPEN_START;
  ent_label text = {NULL, NULL};
  ent_status status = ENT_OK;
  for (i = ent_lookup_first(&b->events.by, institution); i < b->events.by.rows && !status; i = b->events.by.next[i]) {
    ent_catalog_row row;
    ent_span date;
    status = ent_rows_at(&b->events.rows, i, &row);
    if (status || row.withheld || !ent_rows_known(&b->events.rows, i, &later, &undated) ||
        !ent_date_parse(ent_catalog_value(&row, "start"), &date, NULL) || date.first > b->day || date.first < last)
      continue;
    last = date.first;
    text.en = ent_arena_print(b->arena, "%s (%s)", ent_catalog_label(&row).en, ent_catalog_value(&row, "start"));
    text.de = ent_arena_print(b->arena, "%s (%s)", ent_catalog_label(&row).de, ent_catalog_value(&row, "start"));
    if (!text.en || !text.de) status = ent_sheet_fail_memory(b);
  }
  return status ? status : ent_sheet_add_detail(b, item, room, "latest", text);
}

ent_status ent_sheet_add_institution(ent_sheet *b, const ent_rows *rows, size_t at) {
  enum { DETAILS = 2 };
  ent_catalog_row row;
  ent_profile_item *item;
  ent_sheet_field by_code;
  ent_sheet_group in;
  size_t members = 0;
  bool is_own;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  is_own = strcmp(ent_catalog_value(&row, "alliance"), b->alliance) == 0;
  if (!is_own && *ent_catalog_value(&row, "alliance")) return ENT_OK;
  if (!is_own && (status = ent_sheet_members_in(b, &row, &members))) return status;
  if (!is_own && members < 2) return ENT_OK;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  if ((status = ent_sheet_new_item(b, &row, &item)) || !ent_sheet_is_shown(item)) return status;
  item->code = ent_catalog_value(&row, "kind");
  by_code = field_of(ent_catalog_value(&row, "function"), item->code, is_own, &in);
  status = add_participants(b, row.id, DETAILS, item);
  if (!status) status = add_latest(b, row.id, DETAILS, item);
  return status ? status : ent_sheet_place(b, item, item->key, by_code, in);
}

/* ---- capabilities, bases, events ---- */

ent_status ent_sheet_add_capability(ent_sheet *b, const ent_rows *rows, size_t at) {
  const char *supplier, *actor;
  bool has, supplies;
  ent_catalog_row row;
  ent_profile_item *item;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  actor = ent_catalog_value(&row, "actor");
  supplier = ent_catalog_value(&row, "supplier");
  status = ent_sheet_of_member(b, actor, &has);
  if (!status) status = ent_sheet_of_member(b, supplier, &supplies);
  if (status || !has) return status;
  if ((status = ent_sheet_new_item(b, &row, &item)) || !ent_sheet_is_shown(item)) return status;
  item->code = ent_catalog_value(&row, "stage");
  supplies = supplies && strcmp(supplier, actor) != 0;
  status = ent_sheet_name_actor(b, supplies ? supplier : actor, &item->from);
  if (!status && supplies) status = ent_sheet_name_actor(b, actor, &item->to);
  if (!status)
    status = ent_sheet_add_detail(b, item, 1, "quantity", ent_label_both(ent_catalog_value(&row, "quantity")));
  if (status) return status;
  if (strcmp(ent_catalog_value(&row, "kind"), "nuclear") == 0)
    return ent_sheet_place(b, item, item->key, ENT_SHEET_NUCLEAR, ENT_GROUP_WEAPONS);
  return ent_sheet_place(b, item, item->key, ENT_SHEET_MILITARY, supplies ? ENT_GROUP_ARMS : ENT_GROUP_CAPABILITIES);
}

/* On the soil of members; where there is a guarantor, of the others. */
ent_status ent_sheet_add_base(ent_sheet *b, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  ent_profile_item *item;
  const char *state;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  state = ent_catalog_value(&row, "state");
  if (strcmp(ent_catalog_value(&row, "kind"), "base") != 0 && !ent_sheet_is_listed(b, "places", row.id, b->arena))
    return ENT_OK;
  if (!ent_sheet_is_member(b, state) || ent_sheet_is_guarantor(b, state)) return ENT_OK;
  if ((status = ent_sheet_new_item(b, &row, &item))) return status;
  status = ent_sheet_name_actor(b, state, &item->from);
  return status ? status : ent_sheet_place(b, item, item->key, ENT_SHEET_MILITARY, ENT_GROUP_BASES);
}

ent_status ent_sheet_add_event(ent_sheet *b, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  ent_profile_item *item;
  ent_span date;
  const char *kind, *alliance;
  bool listed, is_exercise, is_mission;
  size_t members = 0;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  kind = ent_catalog_value(&row, "kind");
  alliance = ent_catalog_value(&row, "alliance");
  listed = ent_sheet_is_listed(b, "events", row.id, b->arena);
  is_exercise = strcmp(kind, "exercise") == 0 && !*ent_catalog_value(&row, "institution"); /* else it is its latest */
  is_mission = strcmp(kind, "mission") == 0;
  if (!listed && !is_exercise && !is_mission) return ENT_OK;
  if (*alliance && strcmp(alliance, b->alliance) != 0) return ENT_OK;
  if (!*alliance && (status = ent_sheet_members_in(b, &row, &members))) return status;
  if (!*alliance && members < 2) return ENT_OK;
  if (ent_date_parse(ent_catalog_value(&row, "start"), &date, NULL) && date.first > b->day) return ENT_OK;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  if ((status = ent_sheet_new_item(b, &row, &item))) return status;
  item->code = kind;
  return ent_sheet_place(b, item, item->key, ENT_SHEET_MILITARY,
                         is_exercise  ? ENT_GROUP_EXERCISES
                         : is_mission ? ENT_GROUP_MISSIONS
                                      : ENT_GROUP_EVENTS);
}
