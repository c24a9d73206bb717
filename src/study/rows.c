/* rows.c - rows of evidence as people name them: whether they were known, what they are called, whom they concern, what
 * they cite.
 *
 * Comes in: rows of the catalog. Goes out: texts and ids that live as long as study and arena. Must not judge a row. */
#include <string.h>

#include "base/text.h"
#include "study/study.h"

enum { DEEPEST = 6 }; /* a status of an event of an institution ...; a check does not forbid a circle */

/* Evidence, which --known-at may leave out; the other tables are the frame that it hangs in, as for an assessment. */
static bool is_evidence(const char *table) {
  static const char *const names[] = {"provisions", "institutions", "observations", "positions", "threats",
                                      "support",    "codings",      "events",       "statuses"};
  size_t i;
  for (i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(table, names[i]) == 0) return true;
  return false;
}

ent_status ent_rows_open(ent_study *study, const char *table, ent_rows *out) {
  ent_span known = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  ent_status status = ent_catalog_table(study->catalog, table, &out->table);
  out->study = study;
  out->published = NULL;
  if (!status) status = ent_study_date(study, "--known-at", study->known_at, &known);
  out->known_at = known.last;
  if (status || !study->known_at || !is_evidence(table)) return status;
  return ent_catalog_published(study->catalog, table, &out->published);
}

ent_status ent_rows_at(const ent_rows *rows, size_t row, ent_catalog_row *out) {
  return ent_catalog_row_of(rows->study->catalog, rows->table->name, ent_table_cell(rows->table, row, 0), out);
}

const char *ent_rows_cell(const ent_rows *rows, size_t row, const char *column) {
  return ent_table_cell(rows->table, row, ent_table_column(rows->table, column));
}

bool ent_rows_known(const ent_rows *rows, size_t row, size_t *later, size_t *undated) {
  ent_span day;
  if (!rows->published) return true;
  if (!ent_date_parse(rows->published[row], &day, NULL)) {
    ++*undated;
    return false;
  }
  if (day.last > rows->known_at) ++*later;
  return day.last <= rows->known_at;
}

/* ---- labels ---- */

typedef struct naming {
  ent_study *study;
  ent_arena *arena;
  int depth;
} naming;

static ent_status name_row(naming *n, const ent_catalog_row *row, ent_label *out);

/* The label of the row that a column refers to; NULLs where it refers to none. */
static ent_status name_of(naming *n, const ent_catalog_row *row, const char *column, const char *table,
                          ent_label *out) {
  const char *id = ent_catalog_value(row, column);
  ent_catalog_row named;
  ent_status status;
  out->en = out->de = NULL;
  if (!*id) return ENT_OK;
  status = table ? ent_catalog_row_of(n->study->catalog, table, id, &named)
                 : ent_catalog_item(n->study->catalog, id, &named);
  return status ? status : name_row(n, &named, out);
}

/* "a, between, b", or the one that is there. */
static ent_status join(naming *n, ent_label a, const char *between, ent_label b, const char *after, ent_label *out) {
  if (!a.en || !b.en) {
    *out = a.en ? a : b;
    return ENT_OK;
  }
  out->en = ent_arena_print(n->arena, "%s%s%s%s", a.en, between, b.en, after);
  out->de = ent_arena_print(n->arena, "%s%s%s%s", a.de, between, b.de, after);
  return out->en && out->de ? ENT_OK : ent_fail_memory(n->study->context);
}

/* Two columns of a row joined. */
static ent_status name_two(naming *n, const ent_catalog_row *row, const char *first, const char *first_table,
                           const char *between, const char *second, const char *second_table, const char *after,
                           ent_label *out) {
  ent_label a, b;
  ent_status status = name_of(n, row, first, first_table, &a);
  if (!status) status = name_of(n, row, second, second_table, &b);
  return status ? status : join(n, a, between, b, after, out);
}

/* "Forces stationed abroad (A → B)" */
static ent_status name_figure(naming *n, const ent_catalog_row *row, ent_label *out) {
  static const char *const subjects[][2] = {
      {"alliance", "alliances"}, {"place", "places"}, {"institution", "institutions"}};
  ent_label indicator, subject, more;
  ent_status status = name_of(n, row, "indicator", "indicators", &indicator);
  size_t i;
  if (!status) status = name_two(n, row, "actor", "actors", " \u2192 ", "partner", "actors", "", &subject);
  for (i = 0; i < sizeof subjects / sizeof *subjects && !status; i++) {
    status = name_of(n, row, subjects[i][0], subjects[i][1], &more);
    if (!status) status = join(n, subject, ", ", more, "", &subject);
  }
  return status ? status : join(n, indicator, " (", subject, ")", out);
}

static ent_status name_coding(naming *n, const ent_catalog_row *row, ent_label *out) {
  ent_label item, aspect = ent_label_both(ent_catalog_value(row, "aspect")), coder;
  ent_status status = name_of(n, row, "item", NULL, &item);
  if (!status) status = name_of(n, row, "coder", "coders", &coder);
  if (!status) status = join(n, aspect, ", ", coder, "", &aspect);
  return status ? status : join(n, item, " (", aspect, ")", out);
}

static ent_status name_row(naming *n, const ent_catalog_row *row, ent_label *out) {
  ent_status status = ENT_OK;
  bool deep = ++n->depth > DEEPEST;
  *out = ent_catalog_label(row);
  if (deep || row->withheld) out->de = out->en = row->id;
  else if (strcmp(row->table, "observations") == 0) status = name_figure(n, row, out);
  else if (strcmp(row->table, "codings") == 0) status = name_coding(n, row, out);
  else if (strcmp(row->table, "holders") == 0)
    status = name_two(n, row, "office", "offices", ": ", "actor", "actors", "", out);
  else if (strcmp(row->table, "members") == 0)
    status = name_two(n, row, "actor", "actors", ": ", "alliance", "alliances", "", out);
  else if (strcmp(row->table, "participants") == 0)
    status = name_two(n, row, "actor", "actors", ": ", "institution", "institutions", "", out);
  else if (strcmp(row->table, "statuses") == 0 && !*ent_catalog_value(row, "label_en"))
    status = name_of(n, row, "item", NULL, out);
  n->depth--;
  return status;
}

ent_status ent_row_label(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_label *out) {
  naming n = {study, arena, 0};
  return name_row(&n, row, out);
}

/* ---- citations ---- */

ent_status ent_row_citations(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_citation_answer **out,
                             size_t *count) {
  const ent_catalog_citation *cites;
  size_t i;
  ent_status status = ent_catalog_citations(study->catalog, row, &cites, count);
  *out = NULL;
  if (status) return status;
  if (!(*out = ent_arena_take(arena, *count, sizeof **out))) return ent_fail_memory(study->context);
  for (i = 0; i < *count; i++) (*out)[i] = ent_citation_answer_of(&cites[i]);
  return ENT_OK;
}

/* ---- whom a row concerns ---- */

typedef struct locating {
  ent_study *study;
  ent_arena *arena;
  ent_where_answer *out;
  int depth;
} locating;

static ent_status add_state(locating *l, const char *id, ent_label label) {
  ent_where_answer *w = l->out;
  size_t i, n = w->state_count;
  for (i = 0; i < n; i++)
    if (strcmp(w->states[i], id) == 0) return ENT_OK;
  if ((n & (n - 1)) == 0) { /* room doubles at powers of two */
    const char **states = ent_arena_take(l->arena, n ? 2 * n : 1, sizeof *states);
    ent_label *labels = ent_arena_take(l->arena, n ? 2 * n : 1, sizeof *labels);
    if (!states || !labels) return ent_fail_memory(l->study->context);
    if (n) memcpy(states, w->states, n * sizeof *states), memcpy(labels, w->state_labels, n * sizeof *labels);
    w->states = states;
    w->state_labels = labels;
  }
  w->states[n] = id;
  w->state_labels[n] = label;
  w->state_count++;
  return ENT_OK;
}

/* The state of an actor; bodies of several states have none. */
static ent_status add_actor(locating *l, const char *id) {
  ent_catalog_row row, state;
  ent_status status = ent_catalog_row_of(l->study->catalog, "actors", id, &row);
  if (status) return status;
  if (strcmp(ent_catalog_value(&row, "kind"), "state") == 0) return add_state(l, row.id, ent_catalog_label(&row));
  if (!*ent_catalog_value(&row, "state")) return ENT_OK;
  status = ent_catalog_row_of(l->study->catalog, "actors", ent_catalog_value(&row, "state"), &state);
  return status ? status : add_state(l, state.id, ent_catalog_label(&state));
}

static ent_status add_actors(locating *l, const char *cell) {
  const char *word;
  for (word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
    char *id = ent_arena_copy(l->arena, word, strcspn(word, " "));
    ent_status status = id ? add_actor(l, id) : ent_fail_memory(l->study->context);
    if (status) return status;
  }
  return ENT_OK;
}

static ent_status add_participants(locating *l, const char *institution) {
  const ent_table *table;
  size_t i;
  ent_status status = ent_catalog_table(l->study->catalog, "participants", &table);
  if (status) return status;
  for (i = 0; i < table->rows && !status; i++)
    if (strcmp(ent_table_cell(table, i, ent_table_column(table, "institution")), institution) == 0)
      status = add_actor(l, ent_table_cell(table, i, ent_table_column(table, "actor")));
  return status;
}

static ent_status locate(locating *l, const ent_catalog_row *row);

static ent_status locate_item(locating *l, const char *table, const char *id) {
  ent_catalog_row row;
  ent_status status =
      table ? ent_catalog_row_of(l->study->catalog, table, id, &row) : ent_catalog_item(l->study->catalog, id, &row);
  return status ? status : locate(l, &row);
}

static ent_status locate(locating *l, const ent_catalog_row *row) {
  static const char *const columns[] = {"state", "actor", "partner", "actors", "obligor", "beneficiary", "a", "b"};
  bool is_alliance = strcmp(row->table, "alliances") == 0;
  const char *alliance = is_alliance ? row->id : ent_catalog_value(row, "alliance");
  const char *item = ent_catalog_value(row, "item");
  ent_status status = ENT_OK;
  size_t i;
  if (l->depth++ > DEEPEST || row->withheld) return ENT_OK;
  if (*item) return locate_item(l, NULL, item); /* a status or coding: the thing itself */
  if (strcmp(row->table, "holders") == 0) return locate_item(l, "offices", ent_catalog_value(row, "office"));
  if (strcmp(row->table, "actors") == 0) return add_actor(l, row->id);
  if (*alliance) {
    ent_catalog_row named;
    if ((status = ent_catalog_row_of(l->study->catalog, "alliances", alliance, &named))) return status;
    l->out->alliance = named.id;
    l->out->alliance_label = ent_catalog_label(&named);
  }
  for (i = 0; i < sizeof columns / sizeof *columns && !status; i++)
    status = add_actors(l, ent_catalog_value(row, columns[i]));
  if (!status && strcmp(row->table, "institutions") == 0) status = add_participants(l, row->id);
  if (!status && !l->out->state_count && *ent_catalog_value(row, "institution"))
    status = locate_item(l, "institutions", ent_catalog_value(row, "institution"));
  return status;
}

ent_status ent_row_where(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_where_answer *out) {
  locating l = {study, arena, out, 0};
  memset(out, 0, sizeof *out);
  return locate(&l, row);
}

ent_status ent_row_belongs(ent_study *study, const ent_where_answer *where, const char *alliance, bool *out) {
  const ent_table *members;
  size_t i, s;
  ent_status status;
  *out = !alliance || (where->alliance && strcmp(where->alliance, alliance) == 0);
  if (*out || where->alliance) return ENT_OK;
  if ((status = ent_catalog_table(study->catalog, "members", &members))) return status;
  for (i = 0; i < members->rows; i++) {
    if (strcmp(ent_table_cell(members, i, ent_table_column(members, "alliance")), alliance) != 0) continue;
    for (s = 0; s < where->state_count; s++)
      if (strcmp(ent_table_cell(members, i, ent_table_column(members, "actor")), where->states[s]) == 0) *out = true;
  }
  return ENT_OK;
}

/* ---- what a list rests on ---- */

ent_status ent_basis_fill(ent_study *study, ent_arena *arena, const int32_t *as_of, ent_basis_answer *out) {
  char day[16];
  out->study = study->evidence->study;
  out->inputs_sha256 = study->edition.content_sha256;
  out->study_title = study->title;
  out->edition = study->edition.number;
  out->known_at = study->known_at;
  out->withheld = study->withheld;
  out->revealed = study->revealed;
  out->revealed_count = study->revealed_count;
  out->study_date = ent_arena_print(arena, "%s", ent_day_write(study->evidence->date.last, day));
  if (as_of) out->as_of = ent_arena_print(arena, "%s", ent_day_write(*as_of, day));
  out->after_study = as_of && *as_of > study->evidence->date.last;
  return out->study_date && (out->as_of || !as_of) ? ENT_OK : ent_fail_memory(study->context);
}
