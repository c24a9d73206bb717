/* profile.c - the operation profile: an alliance's fact sheet in six fields, as of a day.
 *
 * Where a row stands follows from its own codes: the instrument of a provision, the function and kind of an
 * institution, the kind of a capability, place or event; or from the package's table fields, which goes before them and
 * alone puts figures and views into a field. A row is shown that holds on the day, or of which a status of that day
 * says what became of it. Nothing is computed; of several figures of one thing the latest stands. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/coded.h"
#include "study/figures.h"
#include "study/lookup.h"
#include "study/study.h"

typedef enum field { BASIS, OBLIGATIONS, COMMAND, CONSULTATION, MILITARY, NUCLEAR, NO_FIELD } field;

static const char *const field_names[ENT_PROFILE_FIELDS] = {"basis",        "obligations", "command",
                                                            "consultation", "military",    "nuclear"};

typedef enum group {
  MEMBERS,
  INSTRUMENTS,
  DUTIES,
  LAW,
  COMMANDS,
  PLANNING,
  BODIES,
  BEYOND,
  FIGURES,
  BASES,
  ARMS,
  CAPABILITIES,
  EXERCISES,
  PROGRAMMES,
  MISSIONS,
  DIALOGUES,
  WEAPONS,
  EVENTS,
  VIEWS,
  GROUPS
} group;

#define IN(f) (1u << (f))

/* A group and the fields that have it even where nothing stands in it. */
static const struct {
  const char *id;
  unsigned expected;
} groups[GROUPS] = {
    [MEMBERS] = {"members", IN(BASIS)},
    [INSTRUMENTS] = {"instruments", IN(BASIS)},
    [DUTIES] = {"duties", IN(OBLIGATIONS) | IN(NUCLEAR)},
    [LAW] = {"law", IN(BASIS)},
    [COMMANDS] = {"commands", IN(COMMAND)},
    [PLANNING] = {"planning", IN(COMMAND)},
    [BODIES] = {"bodies", IN(CONSULTATION)},
    [BEYOND] = {"beyond", 0},
    [FIGURES] = {"figures", IN(MILITARY)},
    [BASES] = {"bases", IN(MILITARY)},
    [ARMS] = {"arms", IN(MILITARY)},
    [CAPABILITIES] = {"capabilities", 0},
    [EXERCISES] = {"exercises", IN(MILITARY)},
    [PROGRAMMES] = {"programmes", 0},
    [MISSIONS] = {"missions", 0},
    [DIALOGUES] = {"dialogues", IN(NUCLEAR)},
    [WEAPONS] = {"weapons", 0},
    [EVENTS] = {"events", 0},
    [VIEWS] = {"views", IN(NUCLEAR)},
};

typedef struct lookup { /* rows of a table by one of their columns */
  ent_rows rows;
  ent_lookup by;
} lookup;

typedef struct builder {
  ent_study *study;
  ent_arena *arena;
  ent_profile_answer *out;
  const char *alliance;
  int32_t day;
  ent_codings codings;
  lookup statuses, readings, listed, participants, events; /* by item, provision, item, institution, institution */
  ent_index instruments;                                   /* of the basis: kind and dates -> place in its group */
  ent_index members;                                       /* ids of actors that are members on the day */
  const char **guarantors;
  size_t guarantor_count;
  ent_profile_group all[ENT_PROFILE_FIELDS][GROUPS];
} builder;

static ent_status fail_memory(const builder *b) { return ent_fail_memory(b->study->context); }

static ent_status open_lookup(builder *b, const char *table, const char *column, lookup *out) {
  ent_status status = ent_rows_open(b->study, table, &out->rows);
  if (status) return status;
  return ent_lookup_make(b->arena, out->rows.table, ent_table_column(out->rows.table, column), &out->by)
             ? ENT_OK
             : fail_memory(b);
}

/* ---- the alliance and its members ---- */

static bool is_member(const builder *b, const char *actor) {
  return ent_index_find(&b->members, actor, strlen(actor), NULL);
}

static bool is_guarantor(const builder *b, const char *actor) {
  size_t i;
  for (i = 0; i < b->guarantor_count; i++)
    if (strcmp(b->guarantors[i], actor) == 0) return true;
  return false;
}

/* The state of an actor, itself where it is one; "" where it has none. */
static ent_status state_of(const builder *b, const char *actor, const char **out) {
  ent_catalog_row row;
  ent_status status;
  *out = "";
  if (!*actor) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, "actors", actor, &row);
  if (status) return status;
  *out = strcmp(ent_catalog_value(&row, "kind"), "state") == 0 ? row.id : ent_catalog_value(&row, "state");
  return ENT_OK;
}

static ent_status of_member(const builder *b, const char *actor, bool *out) {
  const char *state;
  ent_status status = state_of(b, actor, &state);
  *out = !status && *state && is_member(b, state);
  return status;
}

/* How many of the states that a row concerns are members. */
static ent_status members_in(const builder *b, const ent_catalog_row *row, size_t *count) {
  ent_where_answer where;
  size_t i;
  ent_status status = ent_row_where(b->study, b->arena, row, &where);
  *count = 0;
  for (i = 0; !status && i < where.state_count; i++) *count += is_member(b, where.states[i]);
  return status;
}

/* ---- items ---- */

/* Dates as written; true where the row holds on the day. */
static bool set_dates(const builder *b, const ent_catalog_row *row, const char **start, const char **end,
                      bool *goes_on) {
  const char *first = ent_catalog_value(row, "start"), *last = ent_catalog_value(row, "end");
  ent_span span;
  *goes_on = strcmp(last, "..") == 0;
  *start = *first && strcmp(first, "..") != 0 ? first : NULL;
  *end = *last && !*goes_on ? last : NULL;
  return ent_span_parse(first, last, &span, NULL) && ent_span_holds(span, b->day);
}

static ent_status name_actor(const builder *b, const char *actor, ent_label *out) {
  ent_catalog_row row;
  ent_status status;
  if (!*actor) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, "actors", actor, &row);
  if (!status) *out = ent_catalog_label(&row);
  return status;
}

static ent_status add_status(builder *b, size_t at, ent_profile_item *item) {
  ent_profile_status *out = &item->statuses[item->status_count];
  ent_catalog_row row;
  ent_status status = ent_rows_at(&b->statuses.rows, at, &row);
  size_t later = 0, undated = 0;
  if (status || row.withheld || !ent_rows_known(&b->statuses.rows, at, &later, &undated)) return status;
  if (!set_dates(b, &row, &out->start, &out->end, &out->goes_on)) return ENT_OK;
  item->status_count++;
  out->code = ent_catalog_value(&row, "status");
  out->key = ent_arena_print(b->arena, "statuses:%s", row.id);
  if (!out->key) return fail_memory(b);
  out->label = *ent_catalog_value(&row, "label_en") || *ent_catalog_value(&row, "label_de") ? ent_catalog_label(&row)
                                                                                            : (ent_label){NULL, NULL};
  status = name_actor(b, ent_catalog_value(&row, "stated_by"), &out->stated_by);
  return status ? status : ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

static ent_status fill_statuses(builder *b, ent_profile_item *item) {
  size_t i, count = ent_lookup_count(&b->statuses.by, item->key);
  ent_status status = ENT_OK;
  if (!count) return ENT_OK;
  if (!(item->statuses = ent_arena_take(b->arena, count, sizeof *item->statuses))) return fail_memory(b);
  for (i = ent_lookup_first(&b->statuses.by, item->key); i < b->statuses.by.rows && !status; i = b->statuses.by.next[i])
    status = add_status(b, i, item);
  return status;
}

/* What every item has: key, label, dates, statuses, what coders gave, citations. */
static ent_status new_item(builder *b, const ent_catalog_row *row, ent_profile_item **out) {
  ent_profile_item *item = *out = ent_arena_take(b->arena, 1, sizeof *item);
  ent_status status;
  if (!item) return fail_memory(b);
  item->table = row->table;
  item->key = ent_arena_print(b->arena, "%s:%s", row->table, row->id);
  if (!item->key) return fail_memory(b);
  item->holds = set_dates(b, row, &item->start, &item->end, &item->goes_on);
  status = ent_row_label(b->study, b->arena, row, &item->label);
  if (!status) status = fill_statuses(b, item);
  if (!status) status = ent_codings_of(&b->codings, item->key, NULL, &item->coded, &item->coded_count);
  return status ? status : ent_row_citations(b->study, b->arena, row, &item->citations, &item->citation_count);
}

static ent_status add_to_group(builder *b, ent_profile_group *out, ent_profile_item *item) {
  if (out->count == out->room) {
    size_t room = out->room ? 2 * out->room : 8;
    ent_profile_item **grown = ent_arena_take(b->arena, room, sizeof(ent_profile_item *));
    if (!grown) return fail_memory(b);
    if (out->count) memcpy(grown, out->items, out->count * sizeof(ent_profile_item *));
    out->items = grown;
    out->room = room;
  }
  out->items[out->count++] = item;
  return ENT_OK;
}

static field field_named(const char *name) {
  int f;
  for (f = 0; f < ENT_PROFILE_FIELDS; f++)
    if (strcmp(field_names[f], name) == 0) return (field)f;
  return NO_FIELD;
}

/* Puts an item where the table fields says, else where its own code does; nowhere else. */
static ent_status place(builder *b, ent_profile_item *item, const char *listed_as, field by_code, group at) {
  size_t i = ent_lookup_first(&b->listed.by, listed_as), rows = b->listed.by.rows;
  ent_status status = ENT_OK;
  if (i == rows) return by_code == NO_FIELD ? ENT_OK : add_to_group(b, &b->all[by_code][at], item);
  for (; i < rows && !status; i = b->listed.by.next[i]) {
    field f = field_named(ent_rows_cell(&b->listed.rows, i, "field"));
    if (f != NO_FIELD) status = add_to_group(b, &b->all[f][at], item);
  }
  return status;
}

static bool is_listed(const builder *b, const char *table, const char *id, ent_arena *arena) {
  const char *key = ent_arena_print(arena, "%s:%s", table, id);
  return key && ent_lookup_first(&b->listed.by, key) < b->listed.by.rows;
}

static bool is_shown(const ent_profile_item *item) { return item->holds || item->status_count > 0; }

static ent_status add_detail(builder *b, ent_profile_item *item, size_t room, const char *name, ent_label text) {
  if ((!text.en || !*text.en) && (!text.de || !*text.de)) return ENT_OK;
  if (!item->details && !(item->details = ent_arena_take(b->arena, room, sizeof *item->details))) return fail_memory(b);
  item->details[item->detail_count++] = (ent_profile_detail){name, text};
  return ENT_OK;
}

/* ---- members and provisions ---- */

static ent_status add_members(builder *b) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, "members", &rows);
  if (status) return status;
  b->guarantors = ent_arena_take(b->arena, rows.table->rows, sizeof *b->guarantors);
  if (!b->guarantors || !ent_index_init(&b->members, b->arena, 8)) return fail_memory(b);
  for (i = 0; i < rows.table->rows && !status; i++) {
    ent_catalog_row row;
    ent_profile_item *item;
    const char *actor = ent_rows_cell(&rows, i, "actor");
    if (strcmp(ent_rows_cell(&rows, i, "alliance"), b->alliance) != 0) continue;
    status = ent_rows_at(&rows, i, &row);
    if (status || row.withheld) continue;
    if ((status = new_item(b, &row, &item))) return status;
    item->code = ent_catalog_value(&row, "role");
    if (!item->holds && !item->status_count) continue;
    if ((status = name_actor(b, actor, &item->label))) return status;
    if (item->holds && !ent_index_add(&b->members, actor, strlen(actor), i)) return fail_memory(b);
    if (item->holds && strcmp(item->code, "guarantor") == 0) b->guarantors[b->guarantor_count++] = actor;
    status = add_to_group(b, &b->all[BASIS][MEMBERS], item);
  }
  return status;
}

static ent_status add_reading(builder *b, size_t at, ent_profile_item *item) {
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
  if (!out->key) return fail_memory(b);
  out->holds = true;
  out->start = *written ? written : NULL;
  out->code = *ent_catalog_value(&row, "form") ? ent_catalog_value(&row, "form") : NULL;
  out->label = (ent_label){ent_catalog_value(&row, "reading_en"), ent_catalog_value(&row, "reading_de")};
  status = name_actor(b, ent_catalog_value(&row, "actor"), &out->from);
  return status ? status : ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

static ent_status add_readings(builder *b, const char *provision, ent_profile_item *item) {
  size_t i, count = ent_lookup_count(&b->readings.by, provision);
  ent_status status = ENT_OK;
  if (!count) return ENT_OK;
  if (!(item->children = ent_arena_take(b->arena, count, sizeof *item->children))) return fail_memory(b);
  for (i = ent_lookup_first(&b->readings.by, provision); i < b->readings.by.rows && !status; i = b->readings.by.next[i])
    status = add_reading(b, i, item);
  return status;
}

static ent_status fill_provision(builder *b, const ent_catalog_row *row, ent_profile_item *item) {
  static const char *const columns[][3] = {{"trigger", "trigger_en", "trigger_de"},
                                           {"area", "area_en", "area_de"},
                                           {"means", "means_en", "means_de"},
                                           {"condition", "condition_en", "condition_de"},
                                           {"exception", "exception_en", "exception_de"}};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  size_t i;
  ent_status status = name_actor(b, ent_catalog_value(row, "obligor"), &item->from);
  if (!status) status = name_actor(b, ent_catalog_value(row, "beneficiary"), &item->to);
  item->code = ent_catalog_value(row, "obligation");
  if (!status) status = add_detail(b, item, COLUMNS + 1, "article", ent_label_both(ent_catalog_value(row, "article")));
  for (i = 0; i < COLUMNS && !status; i++)
    status = add_detail(b, item, COLUMNS + 1, columns[i][0],
                        (ent_label){ent_catalog_value(row, columns[i][1]), ent_catalog_value(row, columns[i][2])});
  return status ? status : add_readings(b, row->id, item);
}

/* The alliance's own; of none what a member's law says of itself or another member, or what the table fields lists. */
static ent_status provision_belongs(builder *b, const ent_catalog_row *row, bool *out) {
  const char *alliance = ent_catalog_value(row, "alliance"), *beneficiary = ent_catalog_value(row, "beneficiary");
  const char *obligor;
  bool is_law = strcmp(ent_catalog_value(row, "instrument"), "domestic_law") == 0, owes, receives;
  ent_status status = ENT_OK;
  *out = strcmp(alliance, b->alliance) == 0;
  bool listed = is_listed(b, "provisions", row->id, b->arena);
  if (*alliance || (!is_law && !listed)) return ENT_OK;
  if ((status = state_of(b, ent_catalog_value(row, "obligor"), &obligor))) return status;
  owes = *obligor && is_member(b, obligor);
  if (*beneficiary) status = of_member(b, beneficiary, &receives);
  else
    receives =
        listed || !is_guarantor(b, obligor); /* a guarantor's law for nobody in particular is not for each ally */
  *out = owes && receives;
  return status;
}

/* Adds what a provision cites, each place once. */
static ent_status merge_citations(builder *b, ent_profile_item *item, const ent_profile_item *provision) {
  size_t i, k;
  for (i = 0; i < provision->citation_count; i++) {
    size_t n = item->citation_count;
    for (k = 0; k < n && strcmp(item->citations[k].id, provision->citations[i].id) != 0;) k++;
    if (k < n) continue;
    if ((n & (n - 1)) == 0) { /* room doubles at powers of two */
      ent_citation_answer *grown = ent_arena_take(b->arena, n ? 2 * n : 1, sizeof *grown);
      if (!grown) return fail_memory(b);
      if (n) memcpy(grown, item->citations, n * sizeof *grown);
      item->citations = grown;
    }
    item->citations[item->citation_count++] = provision->citations[i];
  }
  return ENT_OK;
}

/* A line of the basis for what one kind of instrument says from one day on: a treaty with its articles. */
static ent_status add_instrument(builder *b, const ent_catalog_row *row, const ent_profile_item *provision) {
  ent_profile_group *list = &b->all[BASIS][INSTRUMENTS];
  const char *instrument = ent_catalog_value(row, "instrument");
  const char *start = provision->start, *end = provision->end;
  const char *same = ent_arena_print(b->arena, "%s|%s|%s", instrument, start ? start : "", end ? end : "");
  ent_profile_item *item = NULL;
  size_t at;
  if (!same) return fail_memory(b);
  if (ent_index_find(&b->instruments, same, strlen(same), &at)) item = list->items[at];
  if (!item) {
    if (!ent_index_add(&b->instruments, same, strlen(same), list->count)) return fail_memory(b);
    if (!(item = ent_arena_take(b->arena, 1, sizeof *item))) return fail_memory(b);
    *item = (ent_profile_item){.key = provision->key,
                               .table = "provisions",
                               .code = instrument,
                               .start = provision->start,
                               .end = provision->end,
                               .goes_on = provision->goes_on,
                               .holds = provision->holds};
    ent_status status = add_to_group(b, list, item);
    if (status) return status;
  }
  if ((item->child_count & (item->child_count - 1)) == 0) { /* room doubles at powers of two */
    ent_profile_item *grown = ent_arena_take(b->arena, item->child_count ? 2 * item->child_count : 1, sizeof *grown);
    if (!grown) return fail_memory(b);
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

static ent_status add_provision(builder *b, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  ent_profile_item *item;
  bool belongs, is_law;
  ent_status status = ent_rows_at(rows, at, &row);
  if (!status && row.withheld) return ENT_OK;
  if (!status) status = provision_belongs(b, &row, &belongs);
  if (status || !belongs || !ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated))
    return status;
  if ((status = new_item(b, &row, &item)) || !is_shown(item)) return status;
  is_law = strcmp(ent_catalog_value(&row, "instrument"), "domestic_law") == 0;
  status = fill_provision(b, &row, item);
  if (!status && !is_law && strcmp(ent_catalog_value(&row, "alliance"), b->alliance) == 0)
    status = add_instrument(b, &row, item);
  return status ? status : place(b, item, item->key, is_law ? BASIS : OBLIGATIONS, is_law ? LAW : DUTIES);
}

/* ---- institutions ---- */

/* By function; where that says nothing, by kind. */
static field field_of(const char *function, const char *kind, bool is_own, group *at) {
  if (strcmp(function, "nuclear_consultation") == 0) return *at = DIALOGUES, NUCLEAR;
  if (strcmp(function, "exercise") == 0) return *at = EXERCISES, MILITARY;
  if (strcmp(function, "missile_defence") == 0 || strcmp(function, "technology") == 0)
    return *at = PROGRAMMES, MILITARY;
  if (strcmp(function, "planning") == 0) return *at = PLANNING, COMMAND;
  if (strcmp(function, "command") == 0 || strcmp(kind, "command") == 0) return *at = COMMANDS, COMMAND;
  if (strcmp(function, "other") == 0) {
    bool is_work = strcmp(kind, "programme") == 0 || strcmp(kind, "series") == 0;
    *at = is_work ? PROGRAMMES : is_own ? BODIES : BEYOND;
    return !is_own ? NO_FIELD : is_work ? MILITARY : CONSULTATION; /* without an alliance it may be a trade pact */
  }
  *at = is_own ? BODIES : BEYOND;
  return CONSULTATION;
}

/* The names of those who take part on the day. */
static ent_status add_participants(builder *b, const char *institution, size_t room, ent_profile_item *item) {
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
    if (status || row.withheld || !set_dates(b, &row, &start, &end, &goes_on)) continue;
    status = name_actor(b, ent_catalog_value(&row, "actor"), &name);
    if (status || !name.en) continue;
    names.en = ent_arena_print(b->arena, "%s%s%s", names.en, *names.en ? ", " : "", name.en);
    names.de = ent_arena_print(b->arena, "%s%s%s", names.de, *names.de ? ", " : "", name.de ? name.de : name.en);
    if (!names.en || !names.de) status = fail_memory(b);
  }
  return status ? status : add_detail(b, item, room, "participants", names);
}

/* The last event of an institution that had begun by the day. */
static ent_status add_latest(builder *b, const char *institution, size_t room, ent_profile_item *item) {
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
    if (!text.en || !text.de) status = fail_memory(b);
  }
  return status ? status : add_detail(b, item, room, "latest", text);
}

static ent_status add_institution(builder *b, const ent_rows *rows, size_t at) {
  enum { DETAILS = 2 };
  ent_catalog_row row;
  ent_profile_item *item;
  field by_code;
  group in;
  size_t members = 0;
  bool is_own;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  is_own = strcmp(ent_catalog_value(&row, "alliance"), b->alliance) == 0;
  if (!is_own && *ent_catalog_value(&row, "alliance")) return ENT_OK;
  if (!is_own && (status = members_in(b, &row, &members))) return status;
  if (!is_own && members < 2) return ENT_OK;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  if ((status = new_item(b, &row, &item)) || !is_shown(item)) return status;
  item->code = ent_catalog_value(&row, "kind");
  by_code = field_of(ent_catalog_value(&row, "function"), item->code, is_own, &in);
  status = add_participants(b, row.id, DETAILS, item);
  if (!status) status = add_latest(b, row.id, DETAILS, item);
  return status ? status : place(b, item, item->key, by_code, in);
}

/* ---- capabilities, bases, events ---- */

static ent_status add_capability(builder *b, const ent_rows *rows, size_t at) {
  const char *supplier, *actor;
  bool has, supplies;
  ent_catalog_row row;
  ent_profile_item *item;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  actor = ent_catalog_value(&row, "actor");
  supplier = ent_catalog_value(&row, "supplier");
  status = of_member(b, actor, &has);
  if (!status) status = of_member(b, supplier, &supplies);
  if (status || !has) return status;
  if ((status = new_item(b, &row, &item)) || !is_shown(item)) return status;
  item->code = ent_catalog_value(&row, "stage");
  supplies = supplies && strcmp(supplier, actor) != 0;
  status = name_actor(b, supplies ? supplier : actor, &item->from);
  if (!status && supplies) status = name_actor(b, actor, &item->to);
  if (!status) status = add_detail(b, item, 1, "quantity", ent_label_both(ent_catalog_value(&row, "quantity")));
  if (status) return status;
  if (strcmp(ent_catalog_value(&row, "kind"), "nuclear") == 0) return place(b, item, item->key, NUCLEAR, WEAPONS);
  return place(b, item, item->key, MILITARY, supplies ? ARMS : CAPABILITIES);
}

/* On the soil of members; where there is a guarantor, of the others. */
static ent_status add_base(builder *b, const ent_rows *rows, size_t at) {
  ent_catalog_row row;
  ent_profile_item *item;
  const char *state;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld) return status;
  state = ent_catalog_value(&row, "state");
  if (strcmp(ent_catalog_value(&row, "kind"), "base") != 0 && !is_listed(b, "places", row.id, b->arena)) return ENT_OK;
  if (!is_member(b, state) || is_guarantor(b, state)) return ENT_OK;
  if ((status = new_item(b, &row, &item))) return status;
  status = name_actor(b, state, &item->from);
  return status ? status : place(b, item, item->key, MILITARY, BASES);
}

static ent_status add_event(builder *b, const ent_rows *rows, size_t at) {
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
  listed = is_listed(b, "events", row.id, b->arena);
  is_exercise = strcmp(kind, "exercise") == 0 && !*ent_catalog_value(&row, "institution"); /* else it is its latest */
  is_mission = strcmp(kind, "mission") == 0;
  if (!listed && !is_exercise && !is_mission) return ENT_OK;
  if (*alliance && strcmp(alliance, b->alliance) != 0) return ENT_OK;
  if (!*alliance && (status = members_in(b, &row, &members))) return status;
  if (!*alliance && members < 2) return ENT_OK;
  if (ent_date_parse(ent_catalog_value(&row, "start"), &date, NULL) && date.first > b->day) return ENT_OK;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  if ((status = new_item(b, &row, &item))) return status;
  item->code = kind;
  return place(b, item, item->key, MILITARY, is_exercise ? EXERCISES : is_mission ? MISSIONS : EVENTS);
}

/* ---- figures ---- */

static ent_status subjects_fit(builder *b, const ent_catalog_row *row, bool *out) {
  const char *actor = ent_catalog_value(row, "actor"), *partner = ent_catalog_value(row, "partner"),
             *alliance = ent_catalog_value(row, "alliance"), *where = ent_catalog_value(row, "place"),
             *institution = ent_catalog_value(row, "institution");
  ent_catalog_row named;
  bool fits = true;
  ent_status status = ENT_OK;
  *out = false;
  if (*alliance && strcmp(alliance, b->alliance) != 0) return ENT_OK;
  if (*actor) status = of_member(b, actor, &fits);
  if (!status && fits && *partner) status = of_member(b, partner, &fits);
  if (!status && fits && *where && !(status = ent_catalog_row_of(b->study->catalog, "places", where, &named)))
    fits = is_member(b, ent_catalog_value(&named, "state"));
  if (!status && fits && *institution &&
      !(status = ent_catalog_row_of(b->study->catalog, "institutions", institution, &named)))
    fits = strcmp(ent_catalog_value(&named, "alliance"), b->alliance) == 0;
  *out = fits && (*actor || *alliance || *institution);
  return status;
}

typedef struct candidate { /* a figure that could be shown */
  size_t row, order;       /* order: of its indicator in the table fields */
  const char *listed_as;
  const char *matter; /* what it is about, as one text */
  int32_t last;       /* day of its period, at most the day asked for */
} candidate;

/* In the order of the table fields, one matter together, the latest first. */
static int by_matter(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  int order = (x->order > y->order) - (x->order < y->order);
  if (!order) order = strcmp(x->matter, y->matter);
  if (!order) order = (y->last > x->last) - (y->last < x->last);
  return order ? order : (x->row > y->row) - (x->row < y->row);
}

static ent_status add_figure(builder *b, const ent_rows *rows, const candidate *c) {
  ent_catalog_row row;
  ent_profile_item *item;
  ent_data_figure *figure = ent_arena_take(b->arena, 1, sizeof *figure);
  ent_status status = ent_rows_at(rows, c->row, &row);
  if (status) return status;
  if (!figure) return fail_memory(b);
  status = new_item(b, &row, &item);
  if (!status) status = ent_figure_fill(b->study, b->arena, &row, figure);
  if (status) return status;
  item->figure = figure;
  item->code = figure->status;
  return place(b, item, c->listed_as, NO_FIELD, FIGURES);
}

/* A comparison alone is none that a sheet could show. */
static bool states_a_value(const ent_catalog_row *row) {
  return *ent_catalog_value(row, "value") || *ent_catalog_value(row, "low") || *ent_catalog_value(row, "high") ||
         *ent_catalog_value(row, "rank");
}

static ent_status read_candidate(builder *b, const ent_rows *rows, size_t at, candidate *out, bool *any) {
  ent_catalog_row row;
  ent_span period;
  bool fits;
  const char *listed_as = ent_arena_print(b->arena, "indicators:%s", ent_rows_cell(rows, at, "indicator"));
  ent_status status;
  *any = false;
  if (!listed_as) return fail_memory(b);
  out->order = ent_lookup_first(&b->listed.by, listed_as);
  if (out->order == b->listed.by.rows) return ENT_OK;
  if (!ent_period_parse(ent_rows_cell(rows, at, "period"), &period, NULL) || period.first > b->day) return ENT_OK;
  if ((status = ent_rows_at(rows, at, &row)) || row.withheld || !states_a_value(&row)) return status;
  if ((status = subjects_fit(b, &row, &fits)) || !fits) return status;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  out->row = at;
  out->listed_as = listed_as;
  out->last = period.last < b->day ? period.last : b->day;
  out->matter = ent_arena_print(
      b->arena, "%s|%s|%s|%s|%s|%s|%s|%s", ent_catalog_value(&row, "actor"), ent_catalog_value(&row, "partner"),
      ent_catalog_value(&row, "alliance"), ent_catalog_value(&row, "place"), ent_catalog_value(&row, "institution"),
      ent_catalog_value(&row, "definition"), ent_catalog_value(&row, "status"), ent_catalog_value(&row, "parent"));
  *any = true;
  return out->matter ? ENT_OK : fail_memory(b);
}

static ent_status add_figures(builder *b) {
  ent_rows rows;
  candidate *list;
  size_t i, count = 0;
  const candidate *latest = NULL;
  ent_status status = ent_rows_open(b->study, "observations", &rows);
  if (status) return status;
  if (!(list = ent_arena_take(b->arena, rows.table->rows, sizeof *list))) return fail_memory(b);
  for (i = 0; i < rows.table->rows && !status; i++) {
    bool any;
    status = read_candidate(b, &rows, i, &list[count], &any);
    count += any;
  }
  if (count) qsort(list, count, sizeof *list, by_matter);
  for (i = 0; i < count && !status; i++) {
    if (!latest || latest->order != list[i].order || strcmp(latest->matter, list[i].matter) != 0) latest = &list[i];
    if (list[i].last == latest->last) status = add_figure(b, &rows, &list[i]);
    else b->out->older++;
  }
  return status;
}

/* ---- views ---- */

/* The issues that the table fields lists, with commas; NULL where there is none. */
static ent_status listed_issues(builder *b, const char **out) {
  static const char prefix[] = "issues:";
  const ent_rows *rows = &b->listed.rows;
  size_t i;
  *out = NULL;
  for (i = 0; i < rows->table->rows; i++) {
    const char *item = ent_rows_cell(rows, i, "item");
    if (strncmp(item, prefix, sizeof prefix - 1) != 0) continue;
    *out = ent_arena_print(b->arena, "%s%s%s", *out ? *out : "", *out ? "," : "", item + sizeof prefix - 1);
    if (!*out) return fail_memory(b);
  }
  return ENT_OK;
}

static ent_status add_view(builder *b, const ent_matrix_issue *issue, const ent_matrix_view *view) {
  ent_profile_item *item;
  bool to_member = true;
  ent_status status = ENT_OK;
  if (view->alliance && strcmp(view->alliance, b->alliance) != 0) return ENT_OK;
  if (view->partner) status = of_member(b, view->partner, &to_member);
  if (status || !to_member) return status;
  if (!(item = ent_arena_take(b->arena, 1, sizeof *item))) return fail_memory(b);
  *item = (ent_profile_item){.key = view->key,
                             .table = "positions",
                             .label = view->label,
                             .start = view->start,
                             .end = view->end,
                             .goes_on = view->goes_on,
                             .holds = true,
                             .from = view->actor_label,
                             .to = view->partner_label,
                             .coded = view->coded,
                             .coded_count = view->coded_count,
                             .citations = view->citations,
                             .citation_count = view->citation_count};
  if (strncmp(view->key, "positions:", 10) != 0)
    item->table = strncmp(view->key, "threats:", 8) ? "support" : "threats";
  status = add_detail(b, item, 1, "issue", issue->label);
  if (!status) status = fill_statuses(b, item);
  return status ? status : place(b, item, issue->key, NO_FIELD, VIEWS);
}

static ent_status add_views(builder *b, const char *as_of) {
  ent_matrix_answer *matrix = ent_arena_take(b->arena, 1, sizeof *matrix);
  ent_matrix_options options = {.as_of = as_of};
  size_t g, i, s, v;
  ent_status status = listed_issues(b, &options.issues);
  if (status || !options.issues) return status;
  if (!matrix) return fail_memory(b);
  if ((status = ent_matrix_fill(b->study, &options, b->arena, matrix))) return status;
  b->out->basis.left_out_later += matrix->basis.left_out_later;
  b->out->basis.left_out_undated += matrix->basis.left_out_undated;
  for (g = 0; g < matrix->group_count; g++)
    for (i = 0; i < matrix->groups[g].issue_count; i++)
      for (s = 0; s < matrix->state_count; s++) {
        const ent_matrix_issue *issue = matrix->groups[g].issues[i];
        if (!is_member(b, matrix->states[s])) continue;
        for (v = 0; v < issue->cells[s].view_count && !status; v++)
          status = add_view(b, issue, issue->cells[s].views[v]);
      }
  return status;
}

/* ---- the whole ---- */

static int duty_of(const char *code) {
  static const char *const codes[] = {"defence", "support",   "consultation", "basing",
                                      "payment", "restraint", "neutrality",   "other"};
  int i, count = (int)(sizeof codes / sizeof *codes);
  for (i = 0; i < count && strcmp(codes[i], code) != 0;) i++;
  return i;
}

/* The weightiest duties first, each kind in the order of the package. */
static ent_status sort_duties(builder *b, ent_profile_group *list) {
  ent_profile_item **sorted = ent_arena_take(b->arena, list->count, sizeof(ent_profile_item *));
  size_t i, n = 0;
  int duty, last = duty_of("");
  if (!sorted) return fail_memory(b);
  for (duty = 0; duty <= last; duty++)
    for (i = 0; i < list->count; i++)
      if (duty_of(list->items[i]->code) == duty) sorted[n++] = list->items[i];
  list->items = sorted;
  return ENT_OK;
}

static ent_status add_table(builder *b, const char *table,
                            ent_status (*add)(builder *b, const ent_rows *rows, size_t at)) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, table, &rows);
  for (i = 0; !status && i < rows.table->rows; i++) status = add(b, &rows, i);
  return status;
}

static ent_status fill_alliance(builder *b) {
  ent_profile_answer *out = b->out;
  ent_catalog_row row;
  ent_status status = ent_catalog_row_of(b->study->catalog, "alliances", b->alliance, &row);
  if (status) return status;
  out->alliance = b->alliance = row.id;
  out->label = ent_catalog_label(&row);
  out->is_reference = strcmp(ent_catalog_value(&row, "reference"), "true") == 0;
  out->holds = set_dates(b, &row, &out->start, &out->end, &out->goes_on);
  return ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

static ent_status open_all(builder *b) {
  ent_status status = open_lookup(b, "statuses", "item", &b->statuses);
  if (!status && !ent_index_init(&b->instruments, b->arena, 8)) status = fail_memory(b);
  if (!status) status = open_lookup(b, "readings", "provision", &b->readings);
  if (!status) status = open_lookup(b, "fields", "item", &b->listed);
  if (!status) status = open_lookup(b, "participants", "institution", &b->participants);
  if (!status) status = open_lookup(b, "events", "institution", &b->events);
  return status ? status : ent_codings_open(b->study, b->arena, &b->codings);
}

static ent_status fill_fields(builder *b) {
  size_t f, g;
  for (f = 0; f < ENT_PROFILE_FIELDS; f++) {
    ent_profile_field *out = &b->out->fields[f];
    out->id = field_names[f];
    if (!(out->groups = ent_arena_take(b->arena, GROUPS, sizeof *out->groups))) return fail_memory(b);
    ent_status status = sort_duties(b, &b->all[f][DUTIES]);
    if (status) return status;
    for (g = 0; g < GROUPS; g++) {
      if (!b->all[f][g].count && !(groups[g].expected & IN(f))) continue;
      b->all[f][g].id = groups[g].id;
      out->groups[out->group_count++] = b->all[f][g];
    }
  }
  return ENT_OK;
}

static ent_status fill_profile(builder *b, const ent_profile_options *options) {
  ent_span as_of = b->study->evidence->date;
  ent_status status;
  if (!options->alliance)
    return ent_fail(b->study->context, ENT_USAGE, NULL, "name an alliance", "there is no alliance to show");
  status = ent_study_date(b->study, "--as-of", options->as_of, &as_of);
  if (!status) status = ent_study_has_alliance(b->study, options->alliance, b->arena);
  b->alliance = options->alliance;
  b->day = as_of.last;
  if (!status) status = ent_basis_fill(b->study, b->arena, &b->day, &b->out->basis);
  if (!status) status = fill_alliance(b);
  if (!status) status = open_all(b);
  if (!status) status = add_members(b);
  if (!status) status = add_table(b, "provisions", add_provision);
  if (!status) status = add_table(b, "institutions", add_institution);
  if (!status) status = add_figures(b);
  if (!status) status = add_table(b, "places", add_base);
  if (!status) status = add_table(b, "capabilities", add_capability);
  if (!status) status = add_table(b, "events", add_event);
  if (!status) status = add_views(b, options->as_of);
  return status ? status : fill_fields(b);
}

ent_status ent_profile_run(ent_study *study, const ent_profile_options *options, ent_result **out) {
  ent_result *result;
  ent_status status;
  builder *b;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_PROFILE);
  b = result ? ent_arena_take(result->arena, 1, sizeof *b) : NULL;
  if (!b) {
    ent_result_free(result);
    return ent_fail_memory(study->context);
  }
  b->study = study;
  b->arena = result->arena;
  b->out = &result->profile;
  status = fill_profile(b, options);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
