/* expect.c - the operation expect: how often an expectation of the package holds among the draws.
 *
 * A row of checks.csv is one relation between two figures, or a figure and a number; rows with the same expectation are
 * its parts, which must all hold in a draw (or at_least so many). A share of draws speaks of our inputs; it is no
 * likelihood. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/study.h"

typedef struct part { /* one row, resolved */
  const char *relation;
  const float *left, *right; /* draws; right NULL: number */
  double number, margin;
} part;

static const float *draws_of(const ent_run *run, const char *measure, const char *key) {
  const ent_assessed_alliance *alliance;
  const ent_cell *cell;
  size_t a;
  bool effect = ent_text_same(measure, "effect");
  for (a = 0; a < run->assessment->alliance_count; a++)
    if (strcmp(run->assessment->alliances[a].alliance->id, key) == 0)
      return run->assessment->alliances[a].aggregated[run->model->headline];
  cell = ent_run_find(run, key, effect ? ENT_EFFECT : ENT_SCORE, &alliance);
  return cell ? cell->draws : NULL;
}

static bool holds(const part *p, uint32_t d) {
  double left = p->left[d], right = p->right ? p->right[d] : p->number, margin = isnan(p->margin) ? 0 : p->margin;
  if (strcmp(p->relation, "above") == 0) return left > right + margin;
  if (strcmp(p->relation, "below") == 0) return left < right - margin;
  if (strcmp(p->relation, "near") == 0) return fabs(left - right) <= margin;
  return left == right;
}

static const char *cell_of(const ent_table *rows, size_t row, const char *column) {
  return ent_table_cell(rows, row, ent_table_column(rows, column));
}

/* False: the figures are not there, or the row only announces what waits for a later method. */
static bool resolve(const ent_run *run, const ent_table *rows, size_t row, part *out) {
  const char *right = cell_of(rows, row, "right"), *measure = cell_of(rows, row, "measure");
  out->relation = cell_of(rows, row, "relation");
  out->left = draws_of(run, measure, cell_of(rows, row, "left"));
  out->right = NULL;
  if (!ent_text_number(cell_of(rows, row, "margin"), &out->margin)) out->margin = 0;
  if (!*out->relation || !out->left) return false;
  if (ent_text_number(right, &out->number)) return true;
  out->right = draws_of(run, measure, right);
  return out->right != NULL;
}

static void count_draws(const ent_run *run, const part *parts, const bool *known, ent_expectation_answer *e) {
  uint32_t d, draws = run->assessment->draws;
  size_t p, needed = e->at_least ? e->at_least : e->part_count, usable = 0;
  for (p = 0; p < e->part_count; p++) usable += known[p];
  for (d = 0; d < draws; d++) {
    size_t held = 0;
    for (p = 0; p < e->part_count; p++) {
      if (!known[p] || !holds(&parts[p], d)) continue;
      held++;
      e->parts[p].share += 1.0 / draws;
    }
    if (held >= needed) e->share += 1.0 / draws;
  }
  if (usable < e->part_count) e->share = NAN; /* what is not known could decide it */
}

/* Rows in the order of expectation and id, numbers inside ids by their value: e2 before e10. */
typedef struct ordered {
  const char *expectation, *id;
  size_t row;
} ordered;

static int compare_ids(const char *a, const char *b) {
  while (*a && *b) {
    if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
      char *a_end, *b_end;
      unsigned long x = strtoul(a, &a_end, 10), y = strtoul(b, &b_end, 10);
      if (x != y) return x < y ? -1 : 1;
      a = a_end, b = b_end;
    } else if (*a != *b) {
      return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
    } else {
      a++, b++;
    }
  }
  return (*a != 0) - (*b != 0);
}

static int by_expectation(const void *a, const void *b) {
  const ordered *x = a, *y = b;
  int order = compare_ids(x->expectation, y->expectation);
  return order ? order : compare_ids(x->id, y->id);
}

static ent_status fill_expectation(const ent_run *run, const ent_table *rows, const ordered *list, size_t count,
                                   ent_expectation_answer *out) {
  part *parts = ent_arena_take(run->arena, count, sizeof *parts);
  bool *known = ent_arena_take(run->arena, count, sizeof *known);
  const char *waits = cell_of(rows, list[0].row, "waits_for");
  double at_least;
  size_t i;
  out->id = list[0].expectation;
  out->waits_for = *waits ? waits : NULL;
  out->at_least = ent_text_number(cell_of(rows, list[0].row, "at_least"), &at_least) ? (size_t)at_least : 0;
  out->parts = ent_arena_take(run->arena, count, sizeof *out->parts);
  if (!parts || !known || !out->parts) return ent_fail_memory(run->study->context);
  out->part_count = count;
  for (i = 0; i < count; i++) {
    out->parts[i].id = list[i].id;
    out->parts[i].label.en = cell_of(rows, list[i].row, "label_en");
    out->parts[i].label.de = cell_of(rows, list[i].row, "label_de");
    known[i] = !out->waits_for && resolve(run, rows, list[i].row, &parts[i]);
  }
  if (out->waits_for) out->share = NAN;
  else count_draws(run, parts, known, out);
  for (i = 0; i < count; i++)
    if (!known[i]) out->parts[i].share = NAN, out->parts[i].why_not = out->waits_for ? NULL : "expect.no_figure";
  return ENT_OK;
}

static ent_status fill_expect(const ent_run *run, ent_expect_answer *out) {
  const ent_table *rows;
  ordered *list;
  size_t i, next;
  ent_status status = ent_catalog_table(run->study->catalog, "checks", &rows);
  if (status) return status;
  out->run = run->answer;
  out->expectations = ent_arena_take(run->arena, rows->rows + 1, sizeof *out->expectations);
  list = ent_arena_take(run->arena, rows->rows + 1, sizeof *list);
  if (!out->expectations || !list) return ent_fail_memory(run->study->context);
  for (i = 0; i < rows->rows; i++) list[i] = (ordered){cell_of(rows, i, "expectation"), cell_of(rows, i, "id"), i};
  qsort(list, rows->rows, sizeof *list, by_expectation);
  for (i = 0; i < rows->rows && !status; i = next) {
    for (next = i + 1; next < rows->rows && strcmp(list[next].expectation, list[i].expectation) == 0;) next++;
    status = fill_expectation(run, rows, &list[i], next - i, &out->expectations[out->count++]);
  }
  return status;
}

ent_status ent_expect_run(ent_study *study, const ent_assess_options *options, ent_result **out) {
  static const ent_assess_options defaults;
  ent_result *result;
  ent_status status;
  ent_run run;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_EXPECT);
  if (!result) return ent_fail_memory(study->context);
  status = ent_run_make(study, options ? options : &defaults, NULL, result->arena, &run);
  if (!status) status = fill_expect(&run, &result->expect);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
