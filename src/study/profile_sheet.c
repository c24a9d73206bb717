/* profile_sheet.c - the items of a fact sheet: what every row brings with it, and where it is put (see profile.h). */
#include <string.h>

#include "base/text.h"
#include "study/profile.h"

static const char *const field_names[ENT_PROFILE_FIELDS] = {"basis",        "obligations", "command",
                                                            "consultation", "military",    "nuclear"};

const char *ent_sheet_field_name(ent_sheet_field field) { return field_names[field]; }

ent_status ent_sheet_fail_memory(const ent_sheet *b) { return ent_fail_memory(b->study->context); }

/* ---- the alliance and its members ---- */

bool ent_sheet_is_member(const ent_sheet *b, const char *actor) {
  return ent_index_find(&b->members, actor, strlen(actor), NULL);
}

bool ent_sheet_is_guarantor(const ent_sheet *b, const char *actor) {
  size_t i;
  for (i = 0; i < b->guarantor_count; i++)
    if (strcmp(b->guarantors[i], actor) == 0) return true;
  return false;
}

/* The state of an actor, itself where it is one; "" where it has none. */
ent_status ent_sheet_state_of(const ent_sheet *b, const char *actor, const char **out) {
  ent_catalog_row row;
  ent_status status;
  *out = "";
  if (!*actor) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, "actors", actor, &row);
  if (status) return status;
  *out = strcmp(ent_catalog_value(&row, "kind"), "state") == 0 ? row.id : ent_catalog_value(&row, "state");
  return ENT_OK;
}

ent_status ent_sheet_of_member(const ent_sheet *b, const char *actor, bool *out) {
  const char *state;
  ent_status status = ent_sheet_state_of(b, actor, &state);
  *out = !status && *state && ent_sheet_is_member(b, state);
  return status;
}

/* How many of the states that a row concerns are members. */
ent_status ent_sheet_members_in(const ent_sheet *b, const ent_catalog_row *row, size_t *count) {
  ent_where_answer where;
  size_t i;
  ent_status status = ent_row_where(b->study, b->arena, row, &where);
  *count = 0;
  for (i = 0; !status && i < where.state_count; i++) *count += ent_sheet_is_member(b, where.states[i]);
  return status;
}

/* ---- items ---- */

/* Dates as written; true where the row holds on the day. */
bool ent_sheet_set_dates(const ent_sheet *b, const ent_catalog_row *row, const char **start, const char **end,
                         bool *goes_on) {
  const char *first = ent_catalog_value(row, "start"), *last = ent_catalog_value(row, "end");
  ent_span span;
  *goes_on = strcmp(last, "..") == 0;
  *start = *first && strcmp(first, "..") != 0 ? first : NULL;
  *end = *last && !*goes_on ? last : NULL;
  return ent_span_parse(first, last, &span, NULL) && ent_span_holds(span, b->day);
}

ent_status ent_sheet_name_actor(const ent_sheet *b, const char *actor, ent_label *out) {
  ent_catalog_row row;
  ent_status status;
  if (!*actor) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, "actors", actor, &row);
  if (!status) *out = ent_catalog_label(&row);
  return status;
}

static ent_status add_status(ent_sheet *b, size_t at, ent_profile_item *item) {
  ent_profile_status *out = &item->statuses[item->status_count];
  ent_catalog_row row;
  ent_status status = ent_rows_at(&b->statuses.rows, at, &row);
  size_t later = 0, undated = 0;
  if (status || row.withheld || !ent_rows_known(&b->statuses.rows, at, &later, &undated)) return status;
  if (!ent_sheet_set_dates(b, &row, &out->start, &out->end, &out->goes_on)) return ENT_OK;
  item->status_count++;
  out->code = ent_catalog_value(&row, "status");
  out->key = ent_arena_print(b->arena, "statuses:%s", row.id);
  if (!out->key) return ent_sheet_fail_memory(b);
  out->label = *ent_catalog_value(&row, "label_en") || *ent_catalog_value(&row, "label_de") ? ent_catalog_label(&row)
                                                                                            : (ent_label){NULL, NULL};
  status = ent_sheet_name_actor(b, ent_catalog_value(&row, "stated_by"), &out->stated_by);
  return status ? status : ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

ent_status ent_sheet_fill_statuses(ent_sheet *b, ent_profile_item *item) {
  size_t i, count = ent_lookup_count(&b->statuses.by, item->key);
  ent_status status = ENT_OK;
  if (!count) return ENT_OK;
  if (!(item->statuses = ent_arena_take(b->arena, count, sizeof *item->statuses))) return ent_sheet_fail_memory(b);
  for (i = ent_lookup_first(&b->statuses.by, item->key); i < b->statuses.by.rows && !status; i = b->statuses.by.next[i])
    status = add_status(b, i, item);
  return status;
}

/* What every item has: key, label, dates, statuses, what coders gave, citations. */
ent_status ent_sheet_new_item(ent_sheet *b, const ent_catalog_row *row, ent_profile_item **out) {
  ent_profile_item *item = *out = ent_arena_take(b->arena, 1, sizeof *item);
  ent_status status;
  if (!item) return ent_sheet_fail_memory(b);
  item->table = row->table;
  item->key = ent_arena_print(b->arena, "%s:%s", row->table, row->id);
  if (!item->key) return ent_sheet_fail_memory(b);
  item->holds = ent_sheet_set_dates(b, row, &item->start, &item->end, &item->goes_on);
  status = ent_row_label(b->study, b->arena, row, &item->label);
  if (!status) status = ent_sheet_fill_statuses(b, item);
  if (!status) status = ent_codings_of(&b->codings, item->key, NULL, &item->coded, &item->coded_count);
  return status ? status : ent_row_citations(b->study, b->arena, row, &item->citations, &item->citation_count);
}

ent_status ent_sheet_add_to_group(ent_sheet *b, ent_profile_group *out, ent_profile_item *item) {
  if (out->count == out->room) {
    size_t room = out->room ? 2 * out->room : 8;
    ent_profile_item **grown = ent_arena_take(b->arena, room, sizeof(ent_profile_item *));
    if (!grown) return ent_sheet_fail_memory(b);
    if (out->count) memcpy(grown, out->items, out->count * sizeof(ent_profile_item *));
    out->items = grown;
    out->room = room;
  }
  out->items[out->count++] = item;
  return ENT_OK;
}

static ent_sheet_field field_named(const char *name) {
  int f;
  for (f = 0; f < ENT_PROFILE_FIELDS; f++)
    if (strcmp(field_names[f], name) == 0) return (ent_sheet_field)f;
  return ENT_SHEET_NO_FIELD;
}

/* Puts an item where the table fields says, else where its own code does; nowhere else. */
ent_status ent_sheet_place(ent_sheet *b, ent_profile_item *item, const char *listed_as, ent_sheet_field by_code,
                           ent_sheet_group at) {
  size_t i = ent_lookup_first(&b->listed.by, listed_as), rows = b->listed.by.rows;
  ent_status status = ENT_OK;
  if (i == rows) return by_code == ENT_SHEET_NO_FIELD ? ENT_OK : ent_sheet_add_to_group(b, &b->all[by_code][at], item);
  for (; i < rows && !status; i = b->listed.by.next[i]) {
    ent_sheet_field f = field_named(ent_rows_cell(&b->listed.rows, i, "field"));
    if (f != ENT_SHEET_NO_FIELD) status = ent_sheet_add_to_group(b, &b->all[f][at], item);
  }
  return status;
}

bool ent_sheet_is_listed(const ent_sheet *b, const char *table, const char *id, ent_arena *arena) {
  const char *key = ent_arena_print(arena, "%s:%s", table, id);
  return key && ent_lookup_first(&b->listed.by, key) < b->listed.by.rows;
}

bool ent_sheet_is_shown(const ent_profile_item *item) { return item->holds || item->status_count > 0; }

ent_status ent_sheet_add_detail(ent_sheet *b, ent_profile_item *item, size_t room, const char *name, ent_label text) {
  if ((!text.en || !*text.en) && (!text.de || !*text.de)) return ENT_OK;
  if (!item->details && !(item->details = ent_arena_take(b->arena, room, sizeof *item->details)))
    return ent_sheet_fail_memory(b);
  item->details[item->detail_count++] = (ent_profile_detail){name, text};
  return ENT_OK;
}
