/* coders.c - see coders.h. Comes in: tables of codings, coders and scales; goes out: one alpha for each scale, and the
 * items on which coders part. */
#include "study/coders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/index.h"
#include "base/text.h"
#include "measures/agreement.h"

enum { RESAMPLES = 1000, MOST_LEVELS = 64 };

/* A coding: its aspect, item and coder by their numbers, which rise in the order in which they first stand. */
typedef struct coding {
  size_t aspect, item, coder, row;
  double value;
} coding;

typedef struct coded { /* all codings, aspect by aspect */
  const ent_coders_tables *tables;
  ent_arena *arena;
  ent_index aspects, items, coder_ids;
  coding *list;
  size_t count;
  size_t *first; /* of each aspect: where its codings begin, and where the last one's end */
  bool *done;    /* of each aspect: its scale came by */
  ent_coders_agreement *out;
  size_t item_room;
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
  const ent_table *codings = c->tables->codings, *coders = c->tables->coders;
  size_t rows = codings->rows, r, known;
  if (!(c->list = ent_arena_take(c->arena, rows, sizeof *c->list)) || !ent_index_init(&c->aspects, c->arena, 16) ||
      !ent_index_init(&c->items, c->arena, rows) || !ent_index_init(&c->coder_ids, c->arena, coders->rows))
    return false;
  for (r = 0; r < coders->rows; r++)
    if (!number_of(&c->coder_ids, cell(coders, r, "id"), &known)) return false;
  for (r = 0; r < rows; r++) {
    coding *next = &c->list[c->count];
    const char *coder = cell(codings, r, "coder");
    next->row = r;
    if (c->tables->left_out && c->tables->left_out[r]) continue;
    if (!ent_text_number(cell(codings, r, "value"), &next->value) ||
        !ent_index_find(&c->coder_ids, coder, strlen(coder), &next->coder))
      continue;
    if (!number_of(&c->aspects, cell(codings, r, "aspect"), &next->aspect) ||
        !number_of(&c->items, cell(codings, r, "item"), &next->item))
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

/* The codings of one item, from `first`, by as many coders: the last of each coder's. Returns where the next begins. */
static size_t take_item(const coding *list, size_t first, size_t end, size_t *kept, size_t *kept_count) {
  size_t i;
  *kept_count = 0;
  for (i = first; i < end && list[i].item == list[first].item; i++) {
    if (i > first && list[i].coder == list[i - 1].coder) --*kept_count;
    kept[(*kept_count)++] = i;
  }
  return i;
}

static bool add_item(coded *c, const char *scale, double range, const size_t *kept, size_t count) {
  ent_coders_agreement *out = c->out;
  double least = INFINITY, most = -INFINITY;
  size_t i, *rows;
  for (i = 0; i < count; i++) {
    least = fmin(least, c->list[kept[i]].value);
    most = fmax(most, c->list[kept[i]].value);
  }
  if (!(most > least) || !(range > 0)) return true;
  if (out->item_count == c->item_room) {
    size_t room = c->item_room ? 2 * c->item_room : 64;
    ent_coded_item *grown = ent_arena_take(c->arena, room, sizeof *grown);
    if (!grown) return false;
    if (out->item_count) memcpy(grown, out->items, out->item_count * sizeof *grown);
    out->items = grown;
    c->item_room = room;
  }
  if (!(rows = ent_arena_take(c->arena, count, sizeof *rows))) return false;
  for (i = 0; i < count; i++) rows[i] = c->list[kept[i]].row;
  out->items[out->item_count++] = (ent_coded_item){.item = cell(c->tables->codings, rows[0], "item"),
                                                   .scale = scale,
                                                   .apart = (most - least) / range,
                                                   .row_count = count,
                                                   .rows = rows};
  return true;
}

/* The agreement on one scale; nothing where no aspect bears its name. */
static bool one_scale(coded *c, size_t row, ent_alpha_answer *out) {
  const ent_table *scales = c->tables->scales;
  double levels[MOST_LEVELS], alphas[RESAMPLES];
  size_t level_count = levels_of(scales, row, levels), aspect, i, items = 0, filled = 0, count, kept_count;
  *out = (ent_alpha_answer){.scale = cell(scales, row, "id"),
                            .label = {cell(scales, row, "label_en"), cell(scales, row, "label_de")},
                            .is_interval = strcmp(cell(scales, row, "measurement"), "interval") == 0};
  ent_measurement measurement = out->is_interval ? ENT_MEASURED_INTERVAL : ENT_MEASURED_ORDINAL;
  if (!level_count || !ent_index_find(&c->aspects, out->scale, strlen(out->scale), &aspect) || c->done[aspect])
    return true;
  c->done[aspect] = true; /* a scale that stands twice would cost it all again */
  const size_t begin = c->first[aspect], end = c->first[aspect + 1];
  count = end - begin;
  unsigned char *codings = ent_arena_take(c->arena, count, sizeof *codings);
  size_t *first = ent_arena_take(c->arena, count + 1, sizeof *first);
  size_t *kept = ent_arena_take(c->arena, count, sizeof *kept);
  unsigned *units = ent_arena_take(c->arena, count, sizeof *units);
  if (!codings || !first || !units || !kept) return false;
  for (i = begin; i < end;) {
    size_t k, start = filled;
    bool equal = true;
    i = take_item(c->list, i, end, kept, &kept_count);
    for (k = 0; k < kept_count; k++) {
      codings[filled++] = (unsigned char)ent_agreement_level(c->list[kept[k]].value, levels, level_count);
      equal = equal && codings[filled - 1] == codings[start];
    }
    first[items++] = start;
    out->alone += kept_count == 1;
    out->equal += kept_count > 1 && equal;
    if (!add_item(c, out->scale, levels[level_count - 1] - levels[0], kept, kept_count)) return false;
  }
  first[items] = filled;
  out->alpha = ent_agreement_alpha(codings, first, items, levels, level_count, measurement, NULL, &out->items);
  ent_agreement_interval(codings, first, items, levels, level_count, measurement, 1, RESAMPLES, units, alphas,
                         &out->low, &out->high);
  return true;
}

static int by_distance(const void *a, const void *b) {
  const ent_coded_item *x = a, *y = b;
  if (x->apart < y->apart || x->apart > y->apart) return x->apart > y->apart ? -1 : 1;
  int order = strcmp(x->scale, y->scale);
  return order ? order : strcmp(x->item, y->item);
}

ent_status ent_coders_agree(ent_context *context, ent_arena *arena, const ent_coders_tables *tables,
                            ent_coders_agreement *out) {
  coded c = {.tables = tables, .arena = arena, .out = out};
  size_t s;
  *out = (ent_coders_agreement){0};
  if (!tables->scales || !tables->codings || !tables->coders || tables->coders->rows < 2) return ENT_OK;
  if (!(out->alphas = ent_arena_take(arena, tables->scales->rows + 1, sizeof *out->alphas)) || !gather(&c) ||
      !divide(&c))
    return ent_fail_memory(context);
  for (s = 0; s < tables->scales->rows; s++) {
    ent_alpha_answer *answer = &out->alphas[out->alpha_count];
    if (!one_scale(&c, s, answer)) return ent_fail_memory(context);
    if (answer->items) out->alpha_count++;
  }
  if (out->item_count) qsort(out->items, out->item_count, sizeof *out->items, by_distance);
  return ENT_OK;
}
