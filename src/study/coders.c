/* coders.c - see coders.h. Comes in: the package's codings, coders and scales; goes out: one alpha for each scale. */
#include "study/coders.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measures/agreement.h"

enum { RESAMPLES = 1000, MOST_LEVELS = 64 };

typedef struct coded { /* the codings of one aspect as items x coders */
  const ent_table *codings, *coders;
  size_t items;
  const char **item;
  double *values;
} coded;

static const char *cell(const ent_table *table, size_t row, const char *column) {
  return ent_table_cell(table, row, ent_table_column(table, column));
}

static size_t position(const char **list, size_t count, const char *text) {
  size_t i = 0;
  while (i < count && strcmp(list[i], text) != 0) i++;
  return i;
}

static bool gather(ent_arena *arena, const char *aspect, coded *c) {
  size_t r, i, k, coders = c->coders->rows;
  c->items = 0;
  c->item = ent_arena_take(arena, c->codings->rows + 1, sizeof *c->item);
  c->values = ent_arena_take(arena, (c->codings->rows + 1) * coders, sizeof *c->values);
  if (!c->item || !c->values) return false;
  for (i = 0; i < c->codings->rows * coders; i++) c->values[i] = NAN;
  for (r = 0; r < c->codings->rows; r++) {
    double value;
    if (strcmp(cell(c->codings, r, "aspect"), aspect) != 0) continue;
    if (!ent_text_number(cell(c->codings, r, "value"), &value)) continue;
    i = position(c->item, c->items, cell(c->codings, r, "item"));
    if (i == c->items) c->item[c->items++] = cell(c->codings, r, "item");
    for (k = 0; k < coders; k++)
      if (strcmp(cell(c->coders, k, "id"), cell(c->codings, r, "coder")) == 0) c->values[i * coders + k] = value;
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
  coded c = {ent_package_table(package, "codings"), ent_package_table(package, "coders"), 0, NULL, NULL};
  size_t s;
  *count = 0;
  *out = NULL;
  if (!scales || !c.codings || !c.coders || c.coders->rows < 2) return ENT_OK;
  if (!(*out = ent_arena_take(arena, scales->rows + 1, sizeof **out))) return ent_fail_memory(context);
  for (s = 0; s < scales->rows; s++) {
    struct ent_alpha_answer *answer = &(*out)[*count];
    if (!gather(arena, cell(scales, s, "id"), &c) || !one_scale(arena, scales, s, &c, answer))
      return ent_fail_memory(context);
    if (answer->items) ++*count;
  }
  return ENT_OK;
}
