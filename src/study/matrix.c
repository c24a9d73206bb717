/* matrix.c - the operation matrix: issues by states, each cell with the views of those who held office.
 *
 * A view counts through the offices of its actor, as in an assessment: a tenure is a view and an office for the days on
 * which both hold. A view of the state itself counts as its head's. What was before is the last tenure of the same
 * office on the same matter. Issues stand in the dimensions of the study's model. Nothing is computed but means,
 * ranges and differences of what coders gave. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/coded.h"
#include "study/lookup.h"
#include "study/study.h"

enum {
  TABLES = 3,
  LEADING = 16,         /* views of the weightiest office that others of a cell are held against */
  MOST_TENURES = 200000 /* of views and holders together */
};

static const char *const tables[TABLES] = {"positions", "threats", "support"};

typedef struct issue {
  ent_matrix_issue *out;
  bool wanted;
  size_t group; /* index; SIZE_MAX: none of the model's */
  size_t order; /* in the model, else behind it in the order of the table */
} issue;

typedef struct tenure {
  size_t view, issue, state; /* indices */
  const char *office, *weight_class;
  ent_label office_label;
  int rank;      /* of the class; the weightiest is 0 */
  ent_span span; /* of view and holder together */
} tenure;

typedef struct builder {
  ent_study *study;
  ent_arena *arena;
  ent_matrix_answer *out;
  ent_run run; /* the day and the model; it assesses nothing */
  ent_span range;
  bool at_day;
  bool *wanted_actors; /* by row of actors; NULL: all */
  ent_rows actors, offices, holders;
  ent_index actor_index, office_index, issue_index;
  ent_lookup held; /* actor -> rows of holders */
  ent_codings codings;
  size_t issue_count, view_count, view_room, tenure_count, tenure_room;
  issue *issues;
  ent_matrix_view **views;
  tenure *tenures;
} builder;

static ent_status fail_memory(const builder *b) { return ent_fail_memory(b->study->context); }

/* ---- tables by id ---- */

static ent_status index_table(builder *b, const char *table, ent_rows *rows, ent_index *index) {
  size_t i;
  ent_status status = ent_rows_open(b->study, table, rows);
  if (status) return status;
  if (!ent_index_init(index, b->arena, rows->table->rows)) return fail_memory(b);
  for (i = 0; i < rows->table->rows; i++) {
    const char *id = ent_table_cell(rows->table, i, 0);
    if (!ent_index_add(index, id, strlen(id), i)) return fail_memory(b);
  }
  return ENT_OK;
}

static bool find(const ent_index *index, const char *id, size_t *row) {
  return ent_index_find(index, id, strlen(id), row);
}

static ent_status index_holders(builder *b) {
  ent_status status = ent_rows_open(b->study, "holders", &b->holders);
  if (status) return status;
  return ent_lookup_make(b->arena, b->holders.table, ent_table_column(b->holders.table, "actor"), &b->held)
             ? ENT_OK
             : fail_memory(b);
}

/* The row of an actor's state; an actor without one, or one that is not there, has none. */
static bool state_of(const builder *b, size_t actor, size_t *state) {
  if (strcmp(ent_rows_cell(&b->actors, actor, "kind"), "state") == 0) *state = actor;
  else if (!find(&b->actor_index, ent_rows_cell(&b->actors, actor, "state"), state)) return false;
  return true;
}

/* ---- what is asked ---- */

static ent_status fail_unknown(builder *b, const char *option, const char *given, const ent_table *table) {
  const char **names = ent_arena_take(b->arena, table->rows, sizeof *names), *near;
  char *remedy = NULL;
  size_t i;
  if (!names) return fail_memory(b);
  for (i = 0; i < table->rows; i++) names[i] = ent_table_cell(table, i, 0);
  near = ent_text_nearest(given, names, table->rows);
  if (near) remedy = ent_arena_print(b->arena, "did you mean \"%s\"?", near);
  return ent_fail(b->study->context, ENT_NOT_FOUND, option, remedy, "study %s has no \"%s\" among its %s",
                  b->study->evidence->study, given, table->name);
}

/* Calls take for each word of a list with commas. */
static ent_status each_word(builder *b, const char *list, ent_status (*take)(builder *b, const char *word)) {
  ent_status status = ENT_OK;
  while (list && !status) {
    size_t length = strcspn(list, ",");
    char *word = ent_arena_copy(b->arena, list, length);
    status = word ? take(b, word) : fail_memory(b);
    list = list[length] ? list + length + 1 : NULL;
  }
  return status;
}

static ent_status want_issue(builder *b, const char *word) {
  const ent_table *table;
  size_t i;
  bool any = false;
  for (i = 0; i < b->issue_count; i++)
    if (strcmp(b->issues[i].out->id, word) == 0 || ent_text_same(b->issues[i].out->role, word))
      any = b->issues[i].wanted = true;
  if (any) return ENT_OK;
  ent_status status = ent_catalog_table(b->study->catalog, "issues", &table);
  return status ? status : fail_unknown(b, "--issue", word, table);
}

static ent_status want_actor(builder *b, const char *word) {
  size_t row;
  if (!find(&b->actor_index, word, &row)) return fail_unknown(b, "--actor", word, b->actors.table);
  b->wanted_actors[row] = true;
  return ENT_OK;
}

static ent_status read_period(builder *b, const ent_matrix_options *options) {
  ent_span from = {ENT_DAY_OPEN_START, 0}, to = {0, ENT_DAY_OPEN_END};
  ent_status status = ent_study_date(b->study, "--from", options->from, &from);
  if (!status) status = ent_study_date(b->study, "--to", options->to, &to);
  if (status) return status;
  if (options->as_of && (options->from || options->to))
    return ent_fail(b->study->context, ENT_USAGE, "--as-of", "leave out --as-of, or --from and --to",
                    "a day and a period can not be asked for together");
  if (from.first > to.last)
    return ent_fail(b->study->context, ENT_USAGE, "--from", "give the earlier date first", "%s lies after %s",
                    options->from, options->to);
  b->at_day = !options->from && !options->to;
  b->range = b->at_day ? (ent_span){b->run.request.day, b->run.request.day} : (ent_span){from.first, to.last};
  return ENT_OK;
}

/* ---- issues and their groups ---- */

/* Where the model reads issues of a role first. */
static bool find_role(const ent_model *model, const char *role, size_t *group, size_t *order, const char **id,
                      ent_arena *arena, ent_label *label) {
  size_t c, d, i;
  *group = *order = 0;
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++, ++*group)
      for (i = 0; i < model->criteria[c].dimensions[d].indicator_count; i++, ++*order) {
        const ent_model_dimension *dimension = &model->criteria[c].dimensions[d];
        if (!dimension->indicators[i].source.role || strcmp(dimension->indicators[i].source.role, role) != 0) continue;
        *id = ent_arena_print(arena, "%s/%s", model->criteria[c].id, dimension->id);
        *label = dimension->label;
        return true;
      }
  return false;
}

static const ent_scale *scale_named(const ent_evidence *e, const char *id) {
  size_t i;
  for (i = 0; i < e->scales_count; i++)
    if (strcmp(e->scales[i].id, id) == 0) return &e->scales[i];
  return NULL;
}

static ent_status fill_issue(builder *b, const ent_catalog_row *row, size_t at) {
  ent_matrix_issue *out = ent_arena_take(b->arena, 1, sizeof *out);
  issue *own = &b->issues[at];
  const ent_scale *scale = scale_named(b->study->evidence, ent_catalog_value(row, "scale"));
  const char *id;
  ent_label label;
  if (!out) return fail_memory(b);
  out->id = row->id;
  out->key = ent_arena_print(b->arena, "issues:%s", row->id);
  if (!out->key) return fail_memory(b);
  out->kind = ent_catalog_value(row, "kind");
  out->role = *ent_catalog_value(row, "role") ? ent_catalog_value(row, "role") : NULL;
  out->label = ent_catalog_label(row);
  out->low_label = (ent_label){ent_catalog_value(row, "low_en"), ent_catalog_value(row, "low_de")};
  out->high_label = (ent_label){ent_catalog_value(row, "high_en"), ent_catalog_value(row, "high_de")};
  out->scale = ent_catalog_value(row, "scale");
  out->minimum = scale ? scale->minimum : NAN;
  out->maximum = scale ? scale->maximum : NAN;
  own->out = out;
  if (!out->role || !find_role(b->run.model, out->role, &own->group, &own->order, &id, b->arena, &label)) {
    own->group = SIZE_MAX;
    own->order = at;
  }
  return ENT_OK;
}

static ent_status read_issues(builder *b, const char *asked) {
  ent_rows rows;
  size_t i;
  ent_status status = index_table(b, "issues", &rows, &b->issue_index);
  if (status) return status;
  b->issue_count = rows.table->rows;
  if (!(b->issues = ent_arena_take(b->arena, b->issue_count, sizeof *b->issues))) return fail_memory(b);
  for (i = 0; i < b->issue_count && !status; i++) {
    ent_catalog_row row;
    status = ent_rows_at(&rows, i, &row);
    if (!status) status = fill_issue(b, &row, i);
    if (!status && !asked) b->issues[i].wanted = strcmp(b->issues[i].out->kind, "object") != 0;
  }
  return status ? status : each_word(b, asked, want_issue);
}

/* ---- views and tenures ---- */

static int rank_of(const char *weight_class) {
  static const char *const classes[] = {"head",       "administration", "military", "legislature",
                                        "opposition", "population",     "region",   "other"};
  int i, count = (int)(sizeof classes / sizeof *classes);
  for (i = 0; i < count; i++)
    if (strcmp(classes[i], weight_class) == 0) return i;
  return count;
}

static bool overlap(ent_span a, ent_span b, ent_span *both) {
  both->first = a.first > b.first ? a.first : b.first;
  both->last = a.last < b.last ? a.last : b.last;
  return both->first <= both->last;
}

static bool span_of(const ent_rows *rows, size_t row, ent_span *span) {
  return ent_span_parse(ent_rows_cell(rows, row, "start"), ent_rows_cell(rows, row, "end"), span, NULL);
}

/* Views and holders of one actor multiply: what a hostile package has of them must not take all memory. */
static ent_status add_tenure(builder *b, const tenure *t) {
  if (b->tenure_count == MOST_TENURES)
    return ent_fail(b->study->context, ENT_INVALID, "holders.csv", "name an issue or an actor, with --issue or --actor",
                    "more than %d times somebody holds a view and an office", MOST_TENURES);
  if (b->tenure_count == b->tenure_room) {
    size_t room = b->tenure_room ? 2 * b->tenure_room : 64;
    tenure *grown = ent_arena_take(b->arena, room, sizeof *grown);
    if (!grown) return fail_memory(b);
    if (b->tenure_count) memcpy(grown, b->tenures, b->tenure_count * sizeof *grown);
    b->tenures = grown;
    b->tenure_room = room;
  }
  b->tenures[b->tenure_count++] = *t;
  return ENT_OK;
}

/* Through an office, for the days that view and holder have in common; span: of the view. */
static ent_status add_through(builder *b, tenure t, size_t office, ent_span span, ent_span held, bool *any) {
  ent_catalog_row row;
  ent_status status;
  if (!overlap(span, held, &t.span)) return ENT_OK;
  status = ent_rows_at(&b->offices, office, &row);
  if (status || row.withheld) return status;
  t.office = row.id;
  t.office_label = ent_catalog_label(&row);
  t.weight_class = ent_catalog_value(&row, "weight_class");
  t.rank = rank_of(t.weight_class);
  *any = true;
  return add_tenure(b, &t);
}

/* Through the head's offices: a view of the state itself. */
static ent_status add_as_head(builder *b, tenure t, const char *state, ent_span span, bool *any) {
  const ent_span always = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  size_t i;
  ent_status status = ENT_OK;
  for (i = 0; i < b->offices.table->rows && !status; i++)
    if (strcmp(ent_rows_cell(&b->offices, i, "state"), state) == 0 &&
        strcmp(ent_rows_cell(&b->offices, i, "weight_class"), "head") == 0)
      status = add_through(b, t, i, span, always, any);
  return status;
}

static ent_status add_tenures(builder *b, size_t actor, tenure t, ent_span span, bool *any) {
  const char *id = ent_table_cell(b->actors.table, actor, 0);
  size_t i, office;
  ent_status status = ENT_OK;
  *any = false;
  if (strcmp(ent_rows_cell(&b->actors, actor, "kind"), "state") == 0) status = add_as_head(b, t, id, span, any);
  for (i = ent_lookup_first(&b->held, id); i < b->held.rows && !status; i = b->held.next[i]) {
    ent_catalog_row holder;
    ent_span held;
    status = ent_rows_at(&b->holders, i, &holder);
    if (status || holder.withheld || !span_of(&b->holders, i, &held)) continue;
    if (find(&b->office_index, ent_rows_cell(&b->holders, i, "office"), &office))
      status = add_through(b, t, office, span, held, any);
  }
  return status;
}

/* The id and label of the row that a cell names; NULLs for an empty cell. */
static ent_status name_in(builder *b, const ent_catalog_row *row, const char *column, const char *table,
                          const char **id, ent_label *label) {
  const char *named = ent_catalog_value(row, column);
  ent_catalog_row found;
  ent_status status;
  if (!*named) return ENT_OK;
  status = ent_catalog_row_of(b->study->catalog, table, named, &found);
  if (status) return status;
  *id = found.id;
  *label = ent_catalog_label(&found);
  return ENT_OK;
}

static ent_status fill_view(builder *b, const ent_catalog_row *row, ent_matrix_view *out) {
  const char *end = ent_catalog_value(row, "end"), *start = ent_catalog_value(row, "start"),
             *kind = ent_catalog_value(row, "kind");
  ent_status status = name_in(b, row, "actor", "actors", &out->actor, &out->actor_label);
  if (!status) status = name_in(b, row, "partner", "actors", &out->partner, &out->partner_label);
  if (!status) status = name_in(b, row, "alliance", "alliances", &out->alliance, &out->alliance_label);
  if (!status) status = name_in(b, row, "source", "actors", &out->source, &out->source_label);
  out->key = ent_arena_print(b->arena, "%s:%s", row->table, row->id);
  if (!status && !out->key) status = fail_memory(b);
  out->label = ent_catalog_label(row);
  out->kind = *kind ? kind : NULL;
  out->goes_on = strcmp(end, "..") == 0;
  out->start = *start && strcmp(start, "..") != 0 ? start : NULL;
  out->end = *end && !out->goes_on ? end : NULL;
  out->change = out->change_low = out->change_high = NAN;
  return status;
}

static ent_status add_view(builder *b, const ent_rows *rows, size_t at, size_t issue_at, size_t actor, size_t state) {
  ent_catalog_row row;
  tenure t = {.view = b->view_count, .issue = issue_at, .state = state};
  ent_matrix_view *view;
  ent_span span;
  bool any;
  ent_status status = ent_rows_at(rows, at, &row);
  if (status || row.withheld || !span_of(rows, at, &span)) return status;
  if (!ent_rows_known(rows, at, &b->out->basis.left_out_later, &b->out->basis.left_out_undated)) return ENT_OK;
  if (b->view_count == b->view_room) {
    size_t room = b->view_room ? 2 * b->view_room : 64;
    ent_matrix_view **grown = ent_arena_take(b->arena, room, sizeof(ent_matrix_view *));
    if (!grown) return fail_memory(b);
    if (b->view_count) memcpy(grown, b->views, b->view_count * sizeof(ent_matrix_view *));
    b->views = grown;
    b->view_room = room;
  }
  if (!(view = ent_arena_take(b->arena, 1, sizeof *view))) return fail_memory(b);
  b->views[b->view_count++] = view;
  status = fill_view(b, &row, view);
  if (!status) status = add_tenures(b, actor, t, span, &any);
  if (status || any) return status;
  b->out->without_office++;
  if (!b->wanted_actors || !b->wanted_actors[actor]) return ENT_OK;
  t.rank = rank_of("");
  t.span = span;
  return add_tenure(b, &t); /* asked for by name, it is shown without an office */
}

static bool is_wanted(const builder *b, size_t actor, size_t state) {
  return !b->wanted_actors || b->wanted_actors[actor] || b->wanted_actors[state];
}

static ent_status read_views(builder *b, const char *table) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(b->study, table, &rows);
  for (i = 0; !status && i < rows.table->rows; i++) {
    size_t issue_at, actor, state;
    if (!find(&b->issue_index, ent_rows_cell(&rows, i, "issue"), &issue_at) || !b->issues[issue_at].wanted ||
        !find(&b->actor_index, ent_rows_cell(&rows, i, "actor"), &actor) || !state_of(b, actor, &state) ||
        !is_wanted(b, actor, state))
      continue;
    status = add_view(b, &rows, i, issue_at, actor, state);
  }
  return status;
}

/* ---- what was before ---- */

static int by_number(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int by_text(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : ""); }

/* A tenure among all of its matter, which is one issue towards one partner in one office. */
typedef struct step {
  tenure t;
  ent_matrix_view *view;
  size_t at;               /* in this order */
  ent_matrix_view *before; /* the last that had ended before this began */
} step;

static int by_matter(const void *a, const void *b) {
  const step *x = a, *y = b;
  int order = by_number((int64_t)x->t.issue, (int64_t)y->t.issue);
  if (!order) order = by_text(x->t.office, y->t.office);
  if (!order) order = by_text(x->view->partner, y->view->partner);
  if (!order) order = by_text(x->view->alliance, y->view->alliance);
  if (!order) order = by_number(x->t.span.last, y->t.span.last);
  if (!order) order = by_number(x->t.span.first, y->t.span.first);
  return order ? order : strcmp(x->view->key, y->view->key);
}

static bool same_matter(const step *x, const step *y) {
  return x->t.issue == y->t.issue && x->t.office && ent_text_same(x->t.office, y->t.office) &&
         ent_text_same(x->view->partner, y->view->partner) && ent_text_same(x->view->alliance, y->view->alliance);
}

/* The last of a matter, which begins at `first`, that had ended before number i began. */
static ent_matrix_view *before_of(const step *list, size_t first, size_t i) {
  size_t low = first, high = i; /* they stand by their ends */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list[middle].t.span.last < list[i].t.span.first) low = middle + 1;
    else high = middle;
  }
  while (low > first && list[low - 1].view == list[i].view) low--;
  return low > first ? list[low - 1].view : NULL;
}

/* All tenures with what was before each. */
static step *make_steps(builder *b) {
  step *list = ent_arena_take(b->arena, b->tenure_count, sizeof *list);
  size_t i, first = 0;
  if (!list) return NULL;
  for (i = 0; i < b->tenure_count; i++) list[i] = (step){.t = b->tenures[i], .view = b->views[b->tenures[i].view]};
  if (b->tenure_count) qsort(list, b->tenure_count, sizeof *list, by_matter);
  for (i = 0; i < b->tenure_count; i++) {
    list[i].at = i;
    if (i && !same_matter(&list[i - 1], &list[i])) first = i;
    list[i].before = before_of(list, first, i);
  }
  return list;
}

/* ---- cells ---- */

/* The weightiest tenure of a view first. */
static int by_view(const void *a, const void *b) {
  const step *x = a, *y = b;
  int order = by_number((int64_t)x->t.view, (int64_t)y->t.view);
  if (!order) order = by_number(x->t.rank, y->t.rank);
  if (!order) order = by_number(x->t.span.first, y->t.span.first);
  return order ? order : by_number((int64_t)x->at, (int64_t)y->at);
}

static int by_cell(const step *x, const step *y) {
  int order = by_number((int64_t)x->t.issue, (int64_t)y->t.issue);
  return order ? order : by_number((int64_t)x->t.state, (int64_t)y->t.state);
}

static int by_weight(const void *a, const void *b) {
  const step *x = a, *y = b;
  int order = by_cell(x, y);
  if (!order) order = by_number(x->t.rank, y->t.rank);
  if (!order) order = by_number(x->t.span.first, y->t.span.first);
  return order ? order : strcmp(x->view->key, y->view->key);
}

static int by_time(const void *a, const void *b) {
  const step *x = a, *y = b;
  int order = by_cell(x, y);
  if (!order) order = by_number(x->t.span.first, y->t.span.first);
  return order ? order : by_weight(a, b);
}

static ent_status keep_day(builder *b, int32_t day, const char **out) {
  char text[16];
  *out = NULL;
  if (day == ENT_DAY_OPEN_START || day == ENT_DAY_OPEN_END) return ENT_OK;
  *out = ent_arena_print(b->arena, "%s", ent_day_write(day, text));
  return *out ? ENT_OK : fail_memory(b);
}

/* The tenures of one view that were asked for: its offices, each once, and the days from the first to the last. */
static ent_status fill_offices(builder *b, step *list, size_t count) {
  ent_matrix_view *view = list[0].view;
  ent_span span = list[0].t.span;
  size_t i, k;
  ent_status status;
  if (!(view->offices = ent_arena_take(b->arena, count, sizeof *view->offices))) return fail_memory(b);
  for (i = 0; i < count; i++) {
    const tenure *t = &list[i].t;
    if (t->span.first < span.first) span.first = t->span.first;
    if (t->span.last > span.last) span.last = t->span.last;
    for (k = 0; k < view->office_count && strcmp(view->offices[k].id, t->office) != 0;) k++;
    if (t->office && k == view->office_count)
      view->offices[view->office_count++] = (ent_matrix_office){t->office, t->weight_class, t->office_label};
  }
  status = keep_day(b, span.first, &view->held_from);
  return status ? status : keep_day(b, span.last, &view->held_until);
}

static const ent_coded_aspect *value_of(const ent_matrix_view *view) {
  size_t i;
  for (i = 0; i < view->coded_count; i++)
    if (strcmp(view->coded[i].aspect, "salience") != 0) return &view->coded[i];
  return NULL;
}

/* What coders gave a view and what it cites; once. */
static ent_status fill_details(builder *b, ent_matrix_view *view, const char *scale) {
  ent_catalog_row row;
  ent_status status;
  if (view->citations) return ENT_OK;
  status = ent_codings_of(&b->codings, view->key, scale, &view->coded, &view->coded_count);
  if (!status) status = ent_catalog_item(b->study->catalog, view->key, &row);
  if (!status) status = ent_row_citations(b->study, b->arena, &row, &view->citations, &view->citation_count);
  return status;
}

/* The least and the greatest change that the coders' ranges leave open. */
static void fill_change(ent_matrix_view *view) {
  const ent_coded_aspect *now = value_of(view), *then = value_of(view->before);
  if (!now || !then) return;
  view->change = now->value - then->value;
  view->change_low = now->low - then->high;
  view->change_high = now->high - then->low;
}

static bool is_shown(const builder *b, const step *s) {
  ent_span both;
  return overlap(s->t.span, b->range, &both);
}

/* Of each view the tenure by which it stands in its cell; *count of them. */
static step *place_views(builder *b, const step *steps, size_t *count, ent_status *status) {
  step *list = ent_arena_take(b->arena, b->tenure_count, sizeof *list);
  size_t i, n = 0, first;
  *count = 0;
  if (!list) {
    *status = fail_memory(b);
    return NULL;
  }
  for (i = 0; i < b->tenure_count; i++)
    if (is_shown(b, &steps[i])) list[n++] = steps[i];
  if (n) qsort(list, n, sizeof *list, by_view);
  for (i = 0; i < n && !*status; i = first) {
    for (first = i + 1; first < n && list[first].view == list[i].view;) first++;
    *status = fill_offices(b, &list[i], first - i);
    list[(*count)++] = list[i];
  }
  if (*count) qsort(list, *count, sizeof *list, b->at_day ? by_weight : by_time);
  return list;
}

static bool same_or_all(const char *a, const char *b) { return !a || !b || strcmp(a, b) == 0; }

/* Whether two hold views of one matter at once that no coder's range brings together. */
static bool dissents(const step *leading, const step *other) {
  const ent_coded_aspect *x = value_of(leading->view), *y = value_of(other->view);
  ent_span both;
  return x && y && strcmp(leading->view->actor, other->view->actor) != 0 &&
         same_or_all(leading->view->partner, other->view->partner) &&
         same_or_all(leading->view->alliance, other->view->alliance) &&
         overlap(leading->t.span, other->t.span, &both) && (x->high < y->low || y->high < x->low);
}

static ent_status fill_dissents(builder *b, const step *list, size_t count, ent_matrix_cell *cell) {
  const step *leading[LEADING];
  size_t i, k, leaders = 0;
  int top = list[0].t.rank;
  for (i = 1; i < count; i++) top = list[i].t.rank < top ? list[i].t.rank : top;
  for (i = 0; i < count && leaders < LEADING; i++)
    if (list[i].t.rank == top) leading[leaders++] = &list[i];
  if (!(cell->dissents = ent_arena_take(b->arena, leaders * count, sizeof *cell->dissents))) return fail_memory(b);
  for (k = 0; k < leaders; k++)
    for (i = 0; i < count; i++)
      if (list[i].t.rank != top && dissents(leading[k], &list[i]))
        cell->dissents[cell->dissent_count++] = (ent_matrix_dissent){
            leading[k]->view, list[i].view, value_of(list[i].view)->value - value_of(leading[k]->view)->value};
  return ENT_OK;
}

static ent_status fill_cell(builder *b, step *list, size_t count, size_t column) {
  ent_matrix_issue *own = b->issues[list[0].t.issue].out;
  ent_matrix_cell *cell = &own->cells[column];
  size_t i;
  ent_status status = ENT_OK;
  if (!(cell->views = ent_arena_take(b->arena, count, sizeof(ent_matrix_view *)))) return fail_memory(b);
  for (i = 0; i < count && !status; i++) {
    ent_matrix_view *view = list[i].view;
    cell->views[cell->view_count++] = view;
    view->before = list[i].before;
    status = fill_details(b, view, own->scale);
    if (!status && list[i].before) status = fill_details(b, list[i].before, own->scale);
    if (!status && view->before) fill_change(view);
  }
  return status ? status : fill_dissents(b, list, count, cell);
}

/* The states: members of alliances that are no reference points, and all that have a view; in the order of actors. */
static ent_status fill_states(builder *b, const step *list, size_t count, size_t *column_of) {
  const ent_evidence *e = b->study->evidence;
  size_t i, k, rows = b->actors.table->rows;
  bool *used = ent_arena_take(b->arena, rows, sizeof *used);
  b->out->states = ent_arena_take(b->arena, rows, sizeof *b->out->states);
  b->out->state_labels = ent_arena_take(b->arena, rows, sizeof *b->out->state_labels);
  if (!used || !b->out->states || !b->out->state_labels) return fail_memory(b);
  for (i = 0; i < count; i++) used[list[i].t.state] = true;
  for (i = 0; i < e->members_count; i++)
    for (k = 0; k < e->alliances_count; k++) {
      size_t row, actor = 0;
      if (e->alliances[k].key != e->members[i].alliance || e->alliances[k].reference) continue;
      while (actor < e->actors_count && e->actors[actor].key != e->members[i].actor) actor++;
      if (actor < e->actors_count && find(&b->actor_index, e->actors[actor].id, &row) && is_wanted(b, row, row))
        used[row] = true;
    }
  for (i = 0; i < rows; i++) {
    ent_catalog_row row;
    ent_status status;
    if (!used[i]) continue;
    if ((status = ent_rows_at(&b->actors, i, &row))) return status;
    column_of[i] = b->out->state_count;
    b->out->states[b->out->state_count] = row.id;
    b->out->state_labels[b->out->state_count++] = ent_catalog_label(&row);
  }
  return ENT_OK;
}

static ent_status fill_cells(builder *b) {
  size_t *column_of = ent_arena_take(b->arena, b->actors.table->rows, sizeof *column_of), i, next, count;
  step *steps = make_steps(b), *list;
  ent_status status = ENT_OK;
  if (!column_of || !steps) return fail_memory(b);
  list = place_views(b, steps, &count, &status);
  if (!status) status = fill_states(b, list, count, column_of);
  for (i = 0; i < b->issue_count && !status; i++) {
    ent_matrix_issue *own = b->issues[i].out;
    if (!b->issues[i].wanted) continue;
    own->cells = ent_arena_take(b->arena, b->out->state_count, sizeof *own->cells);
    if (!own->cells) status = fail_memory(b);
  }
  for (i = 0; i < count && !status; i = next) {
    for (next = i + 1; next < count && by_cell(&list[next], &list[i]) == 0;) next++;
    status = fill_cell(b, &list[i], next - i, column_of[list[i].t.state]);
  }
  return status;
}

/* ---- groups ---- */

static int by_model(const void *a, const void *b) {
  const issue *x = a, *y = b;
  int order = (x->group > y->group) - (x->group < y->group);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static ent_status fill_groups(builder *b) {
  ent_matrix_group *group = NULL;
  size_t i, last = 0;
  b->out->groups = ent_arena_take(b->arena, b->issue_count, sizeof *b->out->groups);
  if (!b->out->groups) return fail_memory(b);
  if (b->issue_count) qsort(b->issues, b->issue_count, sizeof *b->issues, by_model);
  for (i = 0; i < b->issue_count; i++) {
    if (!b->issues[i].wanted) continue;
    if (!group || last != b->issues[i].group) {
      size_t unused;
      ent_label label = {NULL, NULL};
      group = &b->out->groups[b->out->group_count++];
      group->issues = ent_arena_take(b->arena, b->issue_count, sizeof(ent_matrix_issue *));
      if (!group->issues) return fail_memory(b);
      last = b->issues[i].group;
      if (last != SIZE_MAX &&
          find_role(b->run.model, b->issues[i].out->role, &unused, &unused, &group->id, b->arena, &label))
        group->label = ent_run_label(&b->run, label);
    }
    group->issues[group->issue_count++] = b->issues[i].out;
  }
  return ENT_OK;
}

/* ---- the whole ---- */

/* Options borrow from the caller, answers live on. */
static ent_status keep(builder *b, const char *text, const char **out) {
  *out = text ? ent_arena_print(b->arena, "%s", text) : NULL;
  return text && !*out ? fail_memory(b) : ENT_OK;
}

static ent_status read_actors(builder *b, const char *asked) {
  ent_status status = index_table(b, "actors", &b->actors, &b->actor_index);
  if (!status) status = index_table(b, "offices", &b->offices, &b->office_index);
  if (!status) status = index_holders(b);
  if (status || !asked) return status;
  b->wanted_actors = ent_arena_take(b->arena, b->actors.table->rows, sizeof *b->wanted_actors);
  return b->wanted_actors ? each_word(b, asked, want_actor) : fail_memory(b);
}

static ent_status fill_matrix(builder *b, const ent_matrix_options *options) {
  const ent_assess_options run = {.as_of = options->as_of, .model = options->model};
  ent_matrix_answer *out = b->out;
  ent_status status;
  size_t i;
  b->run.arena = b->arena;
  status = ent_run_prepare(b->study, &run, NULL, b->arena, &b->run);
  if (!status) status = read_period(b, options);
  if (!status) status = ent_basis_fill(b->study, b->arena, b->at_day ? &b->run.request.day : NULL, &out->basis);
  if (!status) status = keep(b, options->from, &out->from);
  if (!status) status = keep(b, options->to, &out->to);
  if (!status) status = keep(b, options->issues, &out->issues);
  if (!status) status = keep(b, options->actors, &out->actors);
  if (!status) status = read_actors(b, options->actors);
  if (!status) status = read_issues(b, options->issues);
  if (!status) status = ent_codings_open(b->study, b->arena, &b->codings);
  for (i = 0; i < TABLES && !status; i++) status = read_views(b, tables[i]);
  if (!status) status = fill_cells(b);
  if (!status) status = fill_groups(b);
  if (status) return status;
  out->model_id = b->run.model->id;
  out->model_sha256 = b->run.model->sha256;
  return ENT_OK;
}

ent_status ent_matrix_fill(ent_study *study, const ent_matrix_options *options, ent_arena *arena,
                           ent_matrix_answer *out) {
  builder b = {0};
  b.study = study;
  b.arena = arena;
  b.out = out;
  return fill_matrix(&b, options);
}

ent_status ent_matrix_run(ent_study *study, const ent_matrix_options *options, ent_result **out) {
  static const ent_matrix_options defaults;
  ent_result *result;
  ent_status status;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_MATRIX);
  if (!result) return ent_fail_memory(study->context);
  status = ent_matrix_fill(study, options ? options : &defaults, result->arena, &result->matrix);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
