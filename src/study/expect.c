/* expect.c - the operation expect: how often an expectation of the package holds among the draws.
 *
 * A row of checks.csv is one relation between two figures, or a figure and a number; rows with the same expectation are
 * its parts, which must all hold in a draw (or at_least so many). Where a row names dates, its two figures are taken
 * from two assessments with the same draws, on the evidence that both dates have. A share of draws speaks of our
 * inputs; it is no likelihood. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/study.h"

typedef struct dated {      /* the two runs that a row's figures are taken from */
  const char *left, *right; /* dates as written, "" for the assessment's own */
  bool usable;              /* alliances stand at both */
  ent_run runs[2];
  struct dated *next;
} dated;

typedef struct expectations {
  ent_study *study;
  const ent_assess_options *options;
  const ent_table *rows;
  ent_arena *arena;
  ent_run run;  /* at the assessment's own date */
  dated *pairs; /* so far */
  double done;  /* share of the work; how many pairs there will be is not known */
} expectations;

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

/* A date at which no alliance stands leaves figures missing; that is no failure. */
static ent_status run_pair(expectations *e, dated *pair) {
  const char *const days[2] = {pair->left, pair->right};
  ent_status status = ENT_OK;
  size_t i;
  for (i = 0; i < 2 && !status; i++) {
    ent_assess_options options = *e->options;
    if (*days[i]) options.as_of = days[i];
    status = ent_run_prepare(e->study, &options, NULL, e->arena, &pair->runs[i]);
  }
  if (!status) ent_run_is_part(&pair->runs[0], e->done, e->done + (1 - e->done) / 2);
  if (!status) status = ent_run_common(pair->runs, 2);
  e->done += (1 - e->done) / 2;
  pair->usable = status == ENT_OK;
  if (status != ENT_NOT_FOUND) return status;
  ent_context_clear(e->study->context);
  return ENT_OK;
}

/* The runs for a row's left and right figure; NULL where an alliance lacks at a date. */
static ent_status runs_of(expectations *e, size_t row, const ent_run **left, const ent_run **right) {
  const char *left_day = cell_of(e->rows, row, "left_as_of"), *right_day = cell_of(e->rows, row, "right_as_of");
  dated *pair;
  ent_status status = ENT_OK;
  *left = *right = &e->run;
  if (!*left_day && !*right_day) return ENT_OK;
  for (pair = e->pairs; pair; pair = pair->next)
    if (strcmp(pair->left, left_day) == 0 && strcmp(pair->right, right_day) == 0) break;
  if (!pair) {
    if (!(pair = ent_arena_take(e->arena, 1, sizeof *pair))) return ent_fail_memory(e->study->context);
    *pair = (dated){.left = left_day, .right = right_day, .next = e->pairs};
    e->pairs = pair;
    status = run_pair(e, pair);
  }
  *left = pair->usable ? &pair->runs[0] : NULL;
  *right = pair->usable ? &pair->runs[1] : NULL;
  return status;
}

/* *known false: the figures are not there, or the row only announces what waits for a later method. */
static ent_status resolve(expectations *e, size_t row, part *out, bool *known) {
  const ent_table *rows = e->rows;
  const char *right = cell_of(rows, row, "right"), *measure = cell_of(rows, row, "measure");
  const ent_run *left_run, *right_run;
  ent_status status = runs_of(e, row, &left_run, &right_run);
  *known = false;
  if (status || !left_run) return status;
  out->relation = cell_of(rows, row, "relation");
  out->left = draws_of(left_run, measure, cell_of(rows, row, "left"));
  out->right = NULL;
  if (!ent_text_number(cell_of(rows, row, "margin"), &out->margin)) out->margin = 0;
  if (!*out->relation || !out->left) return ENT_OK;
  *known = ent_text_number(right, &out->number);
  if (*known) return ENT_OK;
  out->right = draws_of(right_run, measure, right);
  *known = out->right != NULL;
  return ENT_OK;
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

static ent_status fill_expectation(expectations *e, const ordered *list, size_t count, ent_expectation_answer *out) {
  const ent_table *rows = e->rows;
  part *parts = ent_arena_take(e->arena, count, sizeof *parts);
  bool *known = ent_arena_take(e->arena, count, sizeof *known);
  ent_status status = ENT_OK;
  const char *waits = cell_of(rows, list[0].row, "waits_for");
  double at_least;
  size_t i;
  out->id = list[0].expectation;
  out->waits_for = *waits ? waits : NULL;
  out->at_least = ent_text_number(cell_of(rows, list[0].row, "at_least"), &at_least) ? (size_t)at_least : 0;
  out->parts = ent_arena_take(e->arena, count, sizeof *out->parts);
  if (!parts || !known || !out->parts) return ent_fail_memory(e->study->context);
  out->part_count = count;
  for (i = 0; i < count && !status; i++) {
    out->parts[i].id = list[i].id;
    out->parts[i].label.en = cell_of(rows, list[i].row, "label_en");
    out->parts[i].label.de = cell_of(rows, list[i].row, "label_de");
    if (!out->waits_for) status = resolve(e, list[i].row, &parts[i], &known[i]);
  }
  if (status) return status;
  if (out->waits_for) out->share = NAN;
  else count_draws(&e->run, parts, known, out);
  for (i = 0; i < count; i++)
    if (!known[i]) out->parts[i].share = NAN, out->parts[i].why_not = out->waits_for ? NULL : "expect.no_figure";
  return ENT_OK;
}

static ent_status fill_expect(expectations *e, ent_expect_answer *out) {
  const ent_table *rows;
  ordered *list;
  size_t i, next;
  ent_status status = ent_catalog_table(e->study->catalog, "checks", &rows);
  if (status) return status;
  e->rows = rows;
  out->run = e->run.answer;
  out->expectations = ent_arena_take(e->arena, rows->rows + 1, sizeof *out->expectations);
  list = ent_arena_take(e->arena, rows->rows + 1, sizeof *list);
  if (!out->expectations || !list) return ent_fail_memory(e->study->context);
  for (i = 0; i < rows->rows; i++) list[i] = (ordered){cell_of(rows, i, "expectation"), cell_of(rows, i, "id"), i};
  qsort(list, rows->rows, sizeof *list, by_expectation);
  for (i = 0; i < rows->rows && !status; i = next) {
    for (next = i + 1; next < rows->rows && strcmp(list[next].expectation, list[i].expectation) == 0;) next++;
    status = fill_expectation(e, &list[i], next - i, &out->expectations[out->count++]);
  }
  return status;
}

ent_status ent_expect_run(ent_study *study, const ent_assess_options *options, ent_result **out) {
  static const ent_assess_options defaults;
  expectations e = {.study = study, .options = options ? options : &defaults};
  ent_result *result;
  ent_status status;
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_EXPECT);
  if (!result) return ent_fail_memory(study->context);
  e.arena = result->arena;
  e.done = 0.5;
  status = ent_run_prepare(study, e.options, NULL, e.arena, &e.run);
  if (!status) ent_run_is_part(&e.run, 0, e.done);
  if (!status) status = ent_run_common(&e.run, 1);
  if (!status) status = fill_expect(&e, &result->expect);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
