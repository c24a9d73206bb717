/* coded.c - see coded.h. Comes in: codings, scales and anchors; goes out: one entry for each aspect of a row. */
#include "study/coded.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

ent_status ent_codings_open(ent_study *study, ent_arena *arena, ent_codings *out) {
  ent_status status = ent_rows_open(study, "codings", &out->rows);
  if (status) return status;
  out->study = study;
  out->arena = arena;
  if (!ent_lookup_make(arena, out->rows.table, ent_table_column(out->rows.table, "item"), &out->items))
    return ent_fail_memory(study->context);
  return ENT_OK;
}

static bool takes_scale_of_issue(const char *aspect) {
  return strcmp(aspect, "stance") == 0 || strcmp(aspect, "severity") == 0 || strcmp(aspect, "support") == 0;
}

static ent_status fill_scale(const ent_codings *c, ent_coded_aspect *out) {
  const ent_evidence *e = c->study->evidence;
  const ent_table *anchors;
  double value;
  size_t i;
  ent_status status = ent_catalog_table(c->study->catalog, "anchors", &anchors);
  out->minimum = out->maximum = NAN;
  for (i = 0; i < e->scales_count; i++)
    if (strcmp(e->scales[i].id, out->scale) == 0) {
      out->minimum = e->scales[i].minimum;
      out->maximum = e->scales[i].maximum;
    }
  for (i = 0; !status && i < anchors->rows; i++)
    if (strcmp(ent_table_cell(anchors, i, ent_table_column(anchors, "scale")), out->scale) == 0 &&
        ent_text_number(ent_table_cell(anchors, i, ent_table_column(anchors, "value")), &value) &&
        fabs(value - out->value) < 1e-9) {
      ent_catalog_row row;
      status = ent_catalog_row_of(c->study->catalog, "anchors", ent_table_cell(anchors, i, 0), &row);
      if (!status) out->anchor = ent_catalog_label(&row);
    }
  return status;
}

/* A number of a cell, or what stands in for an empty one. */
static double number_of(const ent_catalog_row *row, const char *column, double fallback) {
  double value;
  return ent_text_number(ent_catalog_value(row, column), &value) ? value : fallback;
}

static ent_status add_coding(const ent_codings *c, const ent_catalog_row *row, size_t room, ent_coded_aspect *out) {
  ent_coded_by *by;
  ent_catalog_row coder;
  ent_status status = ent_catalog_row_of(c->study->catalog, "coders", ent_catalog_value(row, "coder"), &coder);
  if (status) return status;
  if (!out->coders && !(out->coders = ent_arena_take(c->arena, room, sizeof *out->coders)))
    return ent_fail_memory(c->study->context);
  by = &out->coders[out->count];
  by->key = ent_arena_print(c->arena, "codings:%s", row->id);
  if (!by->key) return ent_fail_memory(c->study->context);
  by->coder = coder.id;
  by->coder_label = ent_catalog_label(&coder);
  by->rationale = (ent_label){ent_catalog_value(row, "rationale_en"), ent_catalog_value(row, "rationale_de")};
  by->value = number_of(row, "value", NAN);
  by->low = number_of(row, "low", by->value);
  by->high = number_of(row, "high", by->value);
  out->low = out->count ? fmin(out->low, by->low) : by->low;
  out->high = out->count ? fmax(out->high, by->high) : by->high;
  out->value += by->value;
  out->count++;
  return ENT_OK;
}

ent_status ent_codings_of(const ent_codings *c, const char *item, const char *scale, ent_coded_aspect **out,
                          size_t *count) {
  size_t i, k, room = ent_lookup_count(&c->items, item), later = 0, undated = 0;
  ent_status status = ENT_OK;
  *out = NULL;
  *count = 0;
  if (!room) return ENT_OK;
  if (!(*out = ent_arena_take(c->arena, room, sizeof **out))) return ent_fail_memory(c->study->context);
  for (i = ent_lookup_first(&c->items, item); i < c->items.rows && !status; i = c->items.next[i]) {
    ent_catalog_row row;
    const char *aspect = ent_rows_cell(&c->rows, i, "aspect");
    status = ent_rows_at(&c->rows, i, &row);
    if (status || row.withheld || !ent_rows_known(&c->rows, i, &later, &undated)) continue;
    for (k = 0; k < *count && strcmp((*out)[k].aspect, aspect) != 0;) k++;
    if (k == *count) {
      (*out)[k].aspect = aspect;
      (*out)[k].scale = takes_scale_of_issue(aspect) && scale ? scale : aspect;
      ++*count;
    }
    status = add_coding(c, &row, room, &(*out)[k]);
  }
  for (k = 0; k < *count && !status; k++) {
    (*out)[k].value /= (double)(*out)[k].count;
    status = fill_scale(c, &(*out)[k]);
  }
  return status;
}
