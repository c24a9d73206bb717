/* profile_figures.c - the figures and views of a fact sheet: the table fields names what is asked for, the latest of
 * each stands (see profile.h). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/figures.h"
#include "study/profile.h"

/* ---- figures ---- */

static ent_status subjects_fit(ent_sheet *b, const ent_catalog_row *row, bool *out) {
  const char *actor = ent_catalog_value(row, "actor"), *partner = ent_catalog_value(row, "partner"),
             *alliance = ent_catalog_value(row, "alliance"), *where = ent_catalog_value(row, "place"),
             *institution = ent_catalog_value(row, "institution");
  ent_catalog_row named;
  bool fits = true;
  ent_status status = ENT_OK;
  *out = false;
  if (*alliance && strcmp(alliance, b->alliance) != 0) return ENT_OK;
  if (*actor) status = ent_sheet_of_member(b, actor, &fits);
  if (!status && fits && *partner) status = ent_sheet_of_member(b, partner, &fits);
  if (!status && fits && *where && !(status = ent_catalog_row_of(b->study->catalog, "places", where, &named)))
    fits = ent_sheet_is_member(b, ent_catalog_value(&named, "state"));
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

static ent_status add_figure(ent_sheet *b, const ent_rows *rows, const candidate *c) {
  ent_catalog_row row;
  ent_profile_item *item;
  ent_data_figure *figure = ent_arena_take(b->arena, 1, sizeof *figure);
  ent_status status = ent_rows_at(rows, c->row, &row);
  if (status) return status;
  if (!figure) return ent_sheet_fail_memory(b);
  status = ent_sheet_new_item(b, &row, &item);
  if (!status) status = ent_figure_fill(b->study, b->arena, &row, figure);
  if (status) return status;
  item->figure = figure;
  item->code = figure->status;
  return ent_sheet_place(b, item, c->listed_as, ENT_SHEET_NO_FIELD, ENT_GROUP_FIGURES);
}

/* A comparison alone is none that a sheet could show. */
static bool states_a_value(const ent_catalog_row *row) {
  return *ent_catalog_value(row, "value") || *ent_catalog_value(row, "low") || *ent_catalog_value(row, "high") ||
         *ent_catalog_value(row, "rank");
}

static ent_status read_candidate(ent_sheet *b, const ent_rows *rows, size_t at, candidate *out, bool *any) {
  ent_catalog_row row;
  ent_span period;
  bool fits;
  const char *listed_as = ent_arena_print(b->arena, "indicators:%s", ent_rows_cell(rows, at, "indicator"));
  ent_status status;
  *any = false;
  if (!listed_as) return ent_sheet_fail_memory(b);
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
  return out->matter ? ENT_OK : ent_sheet_fail_memory(b);
}

ent_status ent_sheet_add_figures(ent_sheet *b) {
  ent_rows rows;
  candidate *list;
  size_t i, count = 0;
  const candidate *latest = NULL;
  ent_status status = ent_rows_open(b->study, "observations", &rows);
  if (status) return status;
  if (!(list = ent_arena_take(b->arena, rows.table->rows, sizeof *list))) return ent_sheet_fail_memory(b);
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
static ent_status listed_issues(ent_sheet *b, const char **out) {
  static const char prefix[] = "issues:";
  const ent_rows *rows = &b->listed.rows;
  size_t i;
  *out = NULL;
  for (i = 0; i < rows->table->rows; i++) {
    const char *item = ent_rows_cell(rows, i, "item");
    if (strncmp(item, prefix, sizeof prefix - 1) != 0) continue;
    *out = ent_arena_print(b->arena, "%s%s%s", *out ? *out : "", *out ? "," : "", item + sizeof prefix - 1);
    if (!*out) return ent_sheet_fail_memory(b);
  }
  return ENT_OK;
}

static ent_status add_view(ent_sheet *b, const ent_matrix_issue *issue, const ent_matrix_view *view) {
  ent_profile_item *item;
  bool to_member = true;
  ent_status status = ENT_OK;
  if (view->alliance && strcmp(view->alliance, b->alliance) != 0) return ENT_OK;
  if (view->partner) status = ent_sheet_of_member(b, view->partner, &to_member);
  if (status || !to_member) return status;
  if (!(item = ent_arena_take(b->arena, 1, sizeof *item))) return ent_sheet_fail_memory(b);
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
  status = ent_sheet_add_detail(b, item, 1, "issue", issue->label);
  if (!status) status = ent_sheet_fill_statuses(b, item);
  return status ? status : ent_sheet_place(b, item, issue->key, ENT_SHEET_NO_FIELD, ENT_GROUP_VIEWS);
}

ent_status ent_sheet_add_views(ent_sheet *b, const char *as_of) {
  ent_matrix_answer *matrix = ent_arena_take(b->arena, 1, sizeof *matrix);
  ent_matrix_options options = {.as_of = as_of};
  size_t g, i, s, v;
  ent_status status = listed_issues(b, &options.issues);
  if (status || !options.issues) return status;
  if (!matrix) return ent_sheet_fail_memory(b);
  if ((status = ent_matrix_fill(b->study, &options, b->arena, matrix))) return status;
  b->out->basis.left_out_later += matrix->basis.left_out_later;
  b->out->basis.left_out_undated += matrix->basis.left_out_undated;
  for (g = 0; g < matrix->group_count; g++)
    for (i = 0; i < matrix->groups[g].issue_count; i++)
      for (s = 0; s < matrix->state_count; s++) {
        const ent_matrix_issue *issue = matrix->groups[g].issues[i];
        if (!ent_sheet_is_member(b, matrix->states[s])) continue;
        for (v = 0; v < issue->cells[s].view_count && !status; v++)
          status = add_view(b, issue, issue->cells[s].views[v]);
      }
  return status;
}
