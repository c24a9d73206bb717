/* profile.c - the operation profile: an alliance's fact sheet in six fields, as of a day.
 *
 * Where a row stands follows from its own codes: the instrument of a provision, the function and kind of an
 * institution, the kind of a capability, place or event; or from the package's table fields, which goes before them and
 * alone puts figures and views into a field. A row is shown that holds on the day, or of which a status of that day
 * says what became of it. Nothing is computed; of several figures of one thing the latest stands. */
#include <string.h>

#include "study/profile.h"

#define IN(f) (1u << (f))

/* A group and the fields that have it even where nothing stands in it. */
static const struct {
  const char *id;
  unsigned expected;
} groups[ENT_SHEET_GROUPS] = {
    [ENT_GROUP_MEMBERS] = {"members", IN(ENT_SHEET_BASIS)},
    [ENT_GROUP_INSTRUMENTS] = {"instruments", IN(ENT_SHEET_BASIS)},
    [ENT_GROUP_DUTIES] = {"duties", IN(ENT_SHEET_OBLIGATIONS) | IN(ENT_SHEET_NUCLEAR)},
    [ENT_GROUP_LAW] = {"law", IN(ENT_SHEET_BASIS)},
    [ENT_GROUP_COMMANDS] = {"commands", IN(ENT_SHEET_COMMAND)},
    [ENT_GROUP_PLANNING] = {"planning", IN(ENT_SHEET_COMMAND)},
    [ENT_GROUP_BODIES] = {"bodies", IN(ENT_SHEET_CONSULTATION)},
    [ENT_GROUP_BEYOND] = {"beyond", 0},
    [ENT_GROUP_FIGURES] = {"figures", IN(ENT_SHEET_MILITARY)},
    [ENT_GROUP_BASES] = {"bases", IN(ENT_SHEET_MILITARY)},
    [ENT_GROUP_ARMS] = {"arms", IN(ENT_SHEET_MILITARY)},
    [ENT_GROUP_CAPABILITIES] = {"capabilities", 0},
    [ENT_GROUP_EXERCISES] = {"exercises", IN(ENT_SHEET_MILITARY)},
    [ENT_GROUP_PROGRAMMES] = {"programmes", 0},
    [ENT_GROUP_MISSIONS] = {"missions", 0},
    [ENT_GROUP_DIALOGUES] = {"dialogues", IN(ENT_SHEET_NUCLEAR)},
    [ENT_GROUP_WEAPONS] = {"weapons", 0},
    [ENT_GROUP_EVENTS] = {"events", 0},
    [ENT_GROUP_VIEWS] = {"views", IN(ENT_SHEET_NUCLEAR)},
};

static ent_status open_lookup(ent_sheet *b, const char *table, const char *column, ent_sheet_lookup *out) {
  ent_status status = ent_rows_open(b->study, table, &out->rows);
  if (status) return status;
  return ent_lookup_make(b->arena, out->rows.table, ent_table_column(out->rows.table, column), &out->by)
             ? ENT_OK
             : ent_sheet_fail_memory(b);
}

static int duty_of(const char *code) {
  static const char *const codes[] = {"defence", "support",   "consultation", "basing",
                                      "payment", "restraint", "neutrality",   "other"};
  int i, count = (int)(sizeof codes / sizeof *codes);
  for (i = 0; i < count && strcmp(codes[i], code) != 0;) i++;
  return i;
}

/* The weightiest duties first, each kind in the order of the package. */
static ent_status sort_duties(ent_sheet *b, ent_profile_group *list) {
  ent_profile_item **sorted = ent_arena_take(b->arena, list->count, sizeof(ent_profile_item *));
  size_t i, n = 0;
  int duty, last = duty_of("");
  if (!sorted) return ent_sheet_fail_memory(b);
  for (duty = 0; duty <= last; duty++)
    for (i = 0; i < list->count; i++)
      if (duty_of(list->items[i]->code) == duty) sorted[n++] = list->items[i];
  list->items = sorted;
  return ENT_OK;
}

static ent_status add_table(ent_sheet *b, const char *table,
                            ent_status (*add)(ent_sheet *b, const ent_rows *rows, size_t at)) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, table, &rows);
  for (i = 0; !status && i < rows.table->rows; i++) status = add(b, &rows, i);
  return status;
}

static ent_status fill_alliance(ent_sheet *b) {
  ent_profile_answer *out = b->out;
  ent_catalog_row row;
  ent_status status = ent_catalog_row_of(b->study->catalog, "alliances", b->alliance, &row);
  if (status) return status;
  out->alliance = b->alliance = row.id;
  out->label = ent_catalog_label(&row);
  out->is_reference = strcmp(ent_catalog_value(&row, "reference"), "true") == 0;
  out->holds = ent_sheet_set_dates(b, &row, &out->start, &out->end, &out->goes_on);
  return ent_row_citations(b->study, b->arena, &row, &out->citations, &out->citation_count);
}

static ent_status open_all(ent_sheet *b) {
  ent_status status = open_lookup(b, "statuses", "item", &b->statuses);
  if (!status && !ent_index_init(&b->instruments, b->arena, 8)) status = ent_sheet_fail_memory(b);
  if (!status) status = open_lookup(b, "readings", "provision", &b->readings);
  if (!status) status = open_lookup(b, "fields", "item", &b->listed);
  if (!status) status = open_lookup(b, "participants", "institution", &b->participants);
  if (!status) status = open_lookup(b, "events", "institution", &b->events);
  return status ? status : ent_codings_open(b->study, b->arena, &b->codings);
}

static ent_status fill_fields(ent_sheet *b) {
  size_t f, g;
  for (f = 0; f < ENT_PROFILE_FIELDS; f++) {
    ent_profile_field *out = &b->out->fields[f];
    out->id = ent_sheet_field_name((ent_sheet_field)f);
    if (!(out->groups = ent_arena_take(b->arena, ENT_SHEET_GROUPS, sizeof *out->groups)))
      return ent_sheet_fail_memory(b);
    ent_status status = sort_duties(b, &b->all[f][ENT_GROUP_DUTIES]);
    if (status) return status;
    for (g = 0; g < ENT_SHEET_GROUPS; g++) {
      if (!b->all[f][g].count && !(groups[g].expected & IN(f))) continue;
      b->all[f][g].id = groups[g].id;
      out->groups[out->group_count++] = b->all[f][g];
    }
  }
  return ENT_OK;
}

static ent_status fill_profile(ent_sheet *b, const ent_profile_options *options) {
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
  if (!status) status = ent_sheet_add_members(b);
  if (!status) status = add_table(b, "provisions", ent_sheet_add_provision);
  if (!status) status = add_table(b, "institutions", ent_sheet_add_institution);
  if (!status) status = ent_sheet_add_figures(b);
  if (!status) status = add_table(b, "places", ent_sheet_add_base);
  if (!status) status = add_table(b, "capabilities", ent_sheet_add_capability);
  if (!status) status = add_table(b, "events", ent_sheet_add_event);
  if (!status) status = ent_sheet_add_views(b, options->as_of);
  return status ? status : fill_fields(b);
}

ent_status ent_profile_run(ent_study *study, const ent_profile_options *options, ent_result **out) {
  ent_result *result;
  ent_status status;
  ent_sheet *b;
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
