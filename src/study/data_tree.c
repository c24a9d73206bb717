/* data_tree.c - figures as trees of wholes and parts, with the sum of the parts beside each whole.
 *
 * A sum has the direct parts alone, so that no part is added twice. What the text says twice is added once, with the
 * range of its figures; a part that another part holds by its definition is left out, and so is what has another unit,
 * currency, time or status than its whole, or no number. */
#include <math.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "study/data.h"

enum { DEEPEST = 60 };
#define NONE SIZE_MAX

typedef struct forest {
  ent_data_builder *b;
  const ent_rows *rows;
  const bool *asked, *hidden;
  size_t *whole, *first, *next; /* of each row: its whole, its first part, the next part of its whole; NONE */
  bool *wanted;                 /* of each root: a figure that is asked for stands in its tree */
} forest;

static ent_status fail_memory(const forest *f) { return ent_fail_memory(f->b->study->context); }

/* Links rows to their wholes; a whole that is hidden leaves its parts on their own. */
static ent_status link_rows(forest *f) {
  const size_t count = f->rows->table->rows;
  ent_index ids;
  size_t i, at;
  f->whole = ent_arena_take(f->b->arena, count, sizeof *f->whole);
  f->first = ent_arena_take(f->b->arena, count, sizeof *f->first);
  f->next = ent_arena_take(f->b->arena, count, sizeof *f->next);
  f->wanted = ent_arena_take(f->b->arena, count, sizeof *f->wanted);
  if (!f->whole || !f->first || !f->next || !f->wanted || !ent_index_init(&ids, f->b->arena, count))
    return fail_memory(f);
  for (i = 0; i < count; i++) {
    const char *id = ent_table_cell(f->rows->table, i, 0);
    f->whole[i] = f->first[i] = f->next[i] = NONE;
    if (!ent_index_add(&ids, id, strlen(id), i)) return fail_memory(f);
  }
  for (i = count; i-- > 0;) { /* from the end, so that parts stand in the order of the file */
    const char *whole = ent_rows_cell(f->rows, i, "parent");
    if (f->hidden[i] || !*whole || !ent_index_find(&ids, whole, strlen(whole), &at) || f->hidden[at]) continue;
    f->whole[i] = at;
    f->next[i] = f->first[at];
    f->first[at] = i;
  }
  return ENT_OK;
}

static ent_status fail_deep(const forest *f) {
  return ent_fail(f->b->study->context, ENT_INVALID, "observations.parent", "let the figures name nearer wholes",
                  "figures are nested deeper than %d levels", DEEPEST);
}

static ent_status find_roots(forest *f) {
  size_t i, at, steps;
  f->b->out->total = 0;
  for (i = 0; i < f->rows->table->rows; i++) {
    if (!f->asked[i]) continue;
    if (f->whole[i] == NONE && f->first[i] == NONE) {
      f->b->out->alone++;
      continue;
    }
    for (at = i, steps = 0; f->whole[at] != NONE; at = f->whole[at])
      if (++steps > DEEPEST) return fail_deep(f);
    f->b->out->total += !f->wanted[at];
    f->wanted[at] = true;
  }
  return ENT_OK;
}

/* ---- sums ---- */

/* The ends of a figure; NaN where it has a bound alone. */
static double low_of(const ent_quantity_answer *q) { return isnan(q->low) ? q->value : q->low; }
static double high_of(const ent_quantity_answer *q) { return isnan(q->high) ? q->value : q->high; }

static bool same_days(const ent_data_figure *a, const ent_data_figure *b) {
  ent_span x, y;
  return ent_figure_days(a->period, a->data_year, &x) && ent_figure_days(b->period, b->data_year, &y) &&
         x.first == y.first && x.last == y.last;
}

static bool fits_whole(const ent_data_figure *part, const ent_data_figure *whole) {
  return !isnan(low_of(&part->quantity)) && !isnan(high_of(&part->quantity)) &&
         strcmp(part->quantity.unit, whole->quantity.unit) == 0 && strcmp(part->quantity.unit, "rank") != 0 &&
         strcmp(part->quantity.currency, whole->quantity.currency) == 0 && strcmp(part->status, whole->status) == 0 &&
         same_days(part, whole);
}

/* What a figure is about, with a definition in place of its own, as one text; NULL when memory is short. */
static const char *matter_of(const forest *f, const ent_data_figure *figure, const char *definition) {
  const char *matter = ent_arena_print(f->b->arena, "%s\n%s", figure->indicator.id ? figure->indicator.id : "",
                                       definition ? definition : "");
  size_t i;
  for (i = 0; i < ENT_SUBJECTS && matter; i++)
    matter = ent_arena_print(f->b->arena, "%s\n%s", matter, figure->subjects[i].id ? figure->subjects[i].id : "");
  return matter;
}

/* The parts of one node, while they are added. */
typedef struct parts {
  ent_index matters;   /* of the parts that fit their whole -> the first of them */
  const char **matter; /* of each part; NULL: it does not fit */
  double *low, *high;  /* of the first part of each matter: of all that say the same thing */
} parts;

/* Whether a part lies within another one: that one counts by a wider rule. */
static ent_status lies_within(const forest *f, const parts *p, const ent_data_figure *part, bool *out) {
  size_t i;
  *out = false;
  for (i = 0; i < part->definition.wider_count && !*out; i++) {
    const char *matter = matter_of(f, part, part->definition.wider[i].id);
    if (!matter) return fail_memory(f);
    *out = ent_index_find(&p->matters, matter, strlen(matter), NULL);
  }
  return ENT_OK;
}

static ent_status sort_parts(const forest *f, const ent_data_node *node, parts *p) {
  size_t i, count = node->child_count;
  p->matter = ent_arena_take(f->b->arena, count, sizeof *p->matter);
  p->low = ent_arena_take(f->b->arena, count, sizeof *p->low);
  p->high = ent_arena_take(f->b->arena, count, sizeof *p->high);
  if (!p->matter || !p->low || !p->high || !ent_index_init(&p->matters, f->b->arena, count)) return fail_memory(f);
  for (i = 0; i < count; i++) {
    const ent_data_figure *part = &node->children[i]->figure;
    if (!fits_whole(part, &node->figure)) continue;
    p->matter[i] = matter_of(f, part, part->definition.id);
    if (!p->matter[i] || !ent_index_add(&p->matters, p->matter[i], strlen(p->matter[i]), i)) return fail_memory(f);
  }
  return ENT_OK;
}

/* Takes a part into the range of its matter, or leaves it out. Parts of one matter have one definition, so that either
 * all of them lie within another part or none does. */
static ent_status take_part(const forest *f, parts *p, ent_data_node *node, size_t at) {
  const ent_data_figure *part = &node->children[at]->figure;
  double low = low_of(&part->quantity), high = high_of(&part->quantity);
  size_t first = at;
  bool within = false;
  ent_status status = p->matter[at] ? lies_within(f, p, part, &within) : ENT_OK;
  if (status || !p->matter[at] || within) {
    p->matter[at] = NULL;
    node->sum.left_out++;
    return status;
  }
  ent_index_find(&p->matters, p->matter[at], strlen(p->matter[at]), &first);
  node->sum.twice += first != at;
  p->low[first] = first == at ? low : fmin(p->low[first], low);
  p->high[first] = first == at ? high : fmax(p->high[first], high);
  if (first != at) p->matter[at] = NULL;
  return ENT_OK;
}

static ent_status add_up(const forest *f, ent_data_node *node) {
  ent_data_sum *sum = &node->sum;
  const double least = low_of(&node->figure.quantity), most = high_of(&node->figure.quantity);
  parts p;
  size_t i;
  ent_status status = sort_parts(f, node, &p);
  sum->low = sum->high = sum->share_low = sum->share_high = NAN;
  for (i = 0; i < node->child_count && !status; i++) status = take_part(f, &p, node, i);
  for (i = 0; i < node->child_count && !status; i++) {
    if (!p.matter[i]) continue;
    sum->low = sum->added ? sum->low + p.low[i] : p.low[i];
    sum->high = sum->added ? sum->high + p.high[i] : p.high[i];
    sum->added++;
  }
  if (status || !sum->added || !(least > 0) || isnan(most)) return status;
  sum->share_low = sum->low / most;
  sum->share_high = sum->high / least;
  return ENT_OK;
}

/* ---- trees ---- */

static ent_status build(forest *f, size_t row, int depth, ent_data_node **out) {
  ent_data_node *node;
  size_t part, count = 0;
  ent_status status;
  if (depth > DEEPEST) return fail_deep(f); /* below what is asked for, too */
  node = ent_arena_take(f->b->arena, 1, sizeof *node);
  if (!node) return fail_memory(f);
  *out = node;
  node->asked = f->asked[row];
  status = ent_data_figure_at(f->b, f->rows, row, &node->figure);
  if (status) return status;
  for (part = f->first[row]; part != NONE; part = f->next[part]) count++;
  if (!(node->children = ent_arena_take(f->b->arena, count, sizeof *node->children))) return fail_memory(f);
  for (part = f->first[row]; part != NONE && !status; part = f->next[part])
    status = build(f, part, depth + 1, &node->children[node->child_count++]);
  return status ? status : add_up(f, node);
}

ent_status ent_data_trees(ent_data_builder *b, const ent_rows *rows, const bool *asked, const bool *hidden) {
  forest f = {b, rows, asked, hidden, NULL, NULL, NULL, NULL};
  ent_data_answer *out = b->out;
  size_t i, end = 0, at = 0;
  ent_status status = link_rows(&f);
  if (!status) status = find_roots(&f);
  if (!status) status = ent_data_page(b, &end);
  if (status) return status;
  if (!(out->trees = ent_arena_take(b->arena, end - out->first, sizeof *out->trees))) return fail_memory(&f);
  for (i = 0; i < rows->table->rows && at < end && !status; i++) {
    if (!f.wanted[i] || at++ < out->first) continue;
    status = build(&f, i, 0, &out->trees[out->tree_count++]);
  }
  return status;
}
