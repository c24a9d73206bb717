/* coders.c - see coders.h. Comes in: the package's codings, coders and scales; goes out: one alpha for each scale. */
#include "study/coders.h"

#include <math.h>
#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "measures/agreement.h"

enum { RESAMPLES = 1000, MOST_LEVELS = 64 };

typedef struct coded { /* the codings of one aspect as items x coders */
  const ent_table *codings, *coders;
  size_t items;
  double *values;
} coded;

static const char *cell(const ent_table *table, size_t row, const char *column) {
  return ent_table_cell(table, row, ent_table_column(table, column));
}

/* Each item has its line of values, by an index of the items; each coder has a column, by an index of the coders. */
static bool gather(ent_arena *arena, const char *aspect, coded *c) {
  const int aspects = ent_table_column(c->codings, "aspect"), values = ent_table_column(c->codings, "value");
  const int items = ent_table_column(c->codings, "item"), coders = ent_table_column(c->codings, "coder");
  ent_index item_index, coder_index;
  size_t r, i, k, rows = c->codings->rows, width = c->coders->rows;
  c->items = 0;
  c->values = ent_arena_take(arena, rows + 1, width * sizeof *c->values);
  if (!c->values || !ent_index_init(&item_index, arena, 64) || !ent_index_init(&coder_index, arena, width))
    return false;
  for (k = 0; k < width; k++) {
    const char *id = cell(c->coders, k, "id");
    if (!ent_index_add(&coder_index, id, strlen(id), k)) return false;
  }
  for (r = 0; r < rows; r++) {
    double value;
    const char *item = ent_table_cell(c->codings, r, items), *coder = ent_table_cell(c->codings, r, coders);
    if (strcmp(ent_table_cell(c->codings, r, aspects), aspect) != 0) continue;
    if (!ent_text_number(ent_table_cell(c->codings, r, values), &value)) continue;
    if (!ent_index_find(&item_index, item, strlen(item), &i)) {
      i = c->items++;
      if (!ent_index_add(&item_index, item, strlen(item), i)) return false;
      for (k = 0; k < width; k++) c->values[i * width + k] = NAN;
    }
    if (ent_index_find(&coder_index, coder, strlen(coder), &k)) c->values[i * width + k] = value;
  }
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

static bool one_scale(ent_arena *arena, const ent_table *scales, size_t row, coded *c, struct ent_alpha_answer *out) {
  ent_measurement measurement =
      strcmp(cell(scales, row, "measurement"), "interval") == 0 ? ENT_MEASURED_INTERVAL : ENT_MEASURED_ORDINAL;
  double levels[MOST_LEVELS], *alphas = ent_arena_take(arena, RESAMPLES, sizeof *alphas);
  unsigned *units = ent_arena_take(arena, c->items + 1, sizeof *units);
  size_t level_count = levels_of(scales, row, levels);
  if (!alphas || !units) return false;
  out->scale = cell(scales, row, "id");
  out->alpha =
      ent_agreement_alpha(c->values, c->items, c->coders->rows, levels, level_count, measurement, NULL, &out->items);
  ent_agreement_interval(c->values, c->items, c->coders->rows, levels, level_count, measurement, 1, RESAMPLES, units,
                         alphas, &out->low, &out->high);
  return true;
}

ent_status ent_coders_agreement(ent_context *context, ent_arena *arena, const ent_package *package,
                                struct ent_alpha_answer **out, size_t *count) {
  const ent_table *scales = ent_package_table(package, "scales");
  coded c = {ent_package_table(package, "codings"), ent_package_table(package, "coders"), 0, NULL};
  size_t s;
  *count = 0;
  *out = NULL;
  if (!scales || !c.codings || !c.coders || c.coders->rows < 2) return ENT_OK;
  if (!(*out = ent_arena_take(arena, scales->rows + 1, sizeof **out))) return ent_fail_memory(context);
  for (s = 0; s < scales->rows; s++) {
    struct ent_alpha_answer *answer = &(*out)[*count];
    ent_arena *passing = ent_arena_new(0);
    bool whole = passing && gather(passing, cell(scales, s, "id"), &c) && one_scale(passing, scales, s, &c, answer);
    ent_arena_free(passing);
    if (!whole) return ent_fail_memory(context);
    if (answer->items) ++*count;
  }
  return ENT_OK;
}
