/* coders.c - see coders.h. Comes in: the package's codings, coders and scales; goes out: one alpha for each scale. */
#include "study/coders.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/index.h"
#include "measures/agreement.h"

enum { RESAMPLES = 1000, MOST_LEVELS = 64 };

/* A coding: its aspect, item and coder by their numbers, which rise in the order in which they first stand. */
typedef struct coding {
  size_t aspect, item, coder, row;
  double value;
} coding;

typedef struct coded { /* all codings, aspect by aspect */
  const ent_table *codings, *coders;
  ent_arena *arena;
  ent_index aspects, items, coder_ids;
  coding *list;
  size_t count;
  size_t *first; /* of each aspect: where its codings begin, and where the last one's end */
  bool *done;    /* of each aspect: its scale came by */
} coded;

static const char *cell(const ent_table *table, size_t row, const char *column) {
  return ent_table_cell(table, row, ent_table_column(table, column));
}

/* Aspects and their items together, and the last of a coder's two as the one that counts. */
static int by_item(const void *a, const void *b) {
  const coding *x = a, *y = b;
  int order = (x->aspect > y->aspect) - (x->aspect < y->aspect);
  if (!order) order = (x->item > y->item) - (x->item < y->item);
  if (!order) order = (x->coder > y->coder) - (x->coder < y->coder);
  return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* The number of a text; one that is new takes the next. False when memory is short. */
static bool number_of(ent_index *index, const char *text, size_t *number) {
  if (ent_index_find(index, text, strlen(text), number)) return true;
  *number = index->count;
  return ent_index_add(index, text, strlen(text), *number);
}

/* The rows that give a number, by coders that are known. */
static bool gather(coded *c) {
  size_t rows = c->codings->rows, r, known;
  if (!(c->list = ent_arena_take(c->arena, rows, sizeof *c->list)) || !ent_index_init(&c->aspects, c->arena, 16) ||
      !ent_index_init(&c->items, c->arena, rows) || !ent_index_init(&c->coder_ids, c->arena, c->coders->rows))
    return false;
  for (r = 0; r < c->coders->rows; r++)
    if (!number_of(&c->coder_ids, cell(c->coders, r, "id"), &known)) return false;
  for (r = 0; r < rows; r++) {
    coding *next = &c->list[c->count];
    const char *coder = cell(c->codings, r, "coder");
    next->row = r;
    if (!ent_text_number(cell(c->codings, r, "value"), &next->value) ||
        !ent_index_find(&c->coder_ids, coder, strlen(coder), &next->coder))
      continue;
    if (!number_of(&c->aspects, cell(c->codings, r, "aspect"), &next->aspect) ||
        !number_of(&c->items, cell(c->codings, r, "item"), &next->item))
      return false;
    c->count++;
  }
  return true;
}

/* Where each aspect begins among the sorted codings. */
static bool divide(coded *c) {
  size_t i;
  if (c->count) qsort(c->list, c->count, sizeof *c->list, by_item);
  if (!(c->first = ent_arena_take(c->arena, c->aspects.count + 1, sizeof *c->first)) ||
      !(c->done = ent_arena_take(c->arena, c->aspects.count, sizeof *c->done)))
    return false;
  for (i = c->count; i-- > 0;) c->first[c->list[i].aspect] = i;
  c->first[c->aspects.count] = c->count;
  return true;
}

static size_t levels_of(const ent_table *scales, size_t row, double *levels) {
  double low, high, at;
  size_t n = 0;
  if (!ent_text_number(cell(scales, row, "minimum"), &low) || !ent_text_number(cell(scales, row, "maximum"), &high))
    return 0;
  for (at = low; at <= high && n < MOST_LEVELS; at += 1) levels[n++] = at;
  return n;
}

/* The agreement on one scale; nothing where no aspect bears its name. */
static bool one_scale(coded *c, const ent_table *scales, size_t row, struct ent_alpha_answer *out) {
  ent_measurement measurement =
      strcmp(cell(scales, row, "measurement"), "interval") == 0 ? ENT_MEASURED_INTERVAL : ENT_MEASURED_ORDINAL;
  double levels[MOST_LEVELS], alphas[RESAMPLES];
  size_t level_count = levels_of(scales, row, levels), aspect, i, items = 0, filled = 0;
  out->scale = cell(scales, row, "id");
  out->items = 0;
  if (!ent_index_find(&c->aspects, out->scale, strlen(out->scale), &aspect) || c->done[aspect]) return true;
  c->done[aspect] = true; /* a scale that stands twice would cost it all again */
  const coding *list = c->list + c->first[aspect];
  size_t count = c->first[aspect + 1] - c->first[aspect];
  unsigned char *codings = ent_arena_take(c->arena, count, sizeof *codings);
  size_t *first = ent_arena_take(c->arena, count + 1, sizeof *first);
  unsigned *units = ent_arena_take(c->arena, count, sizeof *units);
  if (!codings || !first || !units) return false;
  for (i = 0; i < count; i++) {
    bool same_item = i && list[i].item == list[i - 1].item;
    if (!same_item) first[items++] = filled;
    else if (list[i].coder == list[i - 1].coder) filled--;
    codings[filled++] = (unsigned char)ent_agreement_level(list[i].value, levels, level_count);
  }
  first[items] = filled;
  out->alpha = ent_agreement_alpha(codings, first, items, levels, level_count, measurement, NULL, &out->items);
  ent_agreement_interval(codings, first, items, levels, level_count, measurement, 1, RESAMPLES, units, alphas,
                         &out->low, &out->high);
  return true;
}

ent_status ent_coders_agreement(ent_context *context, ent_arena *arena, const ent_package *package,
                                struct ent_alpha_answer **out, size_t *count) {
  const ent_table *scales = ent_package_table(package, "scales");
  coded c = {
      .codings = ent_package_table(package, "codings"), .coders = ent_package_table(package, "coders"), .arena = arena};
  size_t s;
  *count = 0;
  *out = NULL;
  if (!scales || !c.codings || !c.coders || c.coders->rows < 2) return ENT_OK;
  if (!(*out = ent_arena_take(arena, scales->rows + 1, sizeof **out))) return ent_fail_memory(context);
  if (!gather(&c) || !divide(&c)) return ent_fail_memory(context);
  for (s = 0; s < scales->rows; s++) {
    struct ent_alpha_answer *answer = &(*out)[*count];
    if (!one_scale(&c, scales, s, answer)) return ent_fail_memory(context);
    if (answer->items) ++*count;
  }
  return ENT_OK;
}
