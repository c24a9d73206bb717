/* reliability.c - the operation reliability: how far the coders of a study agree, scale by scale, and on which items
 * they part. Nothing is judged here: a low alpha is a finding, and no coding is preferred to another. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/coders.h"
#include "study/study.h"

typedef struct reader {
  ent_study *study;
  ent_arena *arena;
  ent_reliability_answer *out;
  ent_rows codings;
} reader;

static ent_status fail_memory(const reader *r) { return ent_fail_memory(r->study->context); }

/* Rows of codings that were not known at the day of knowledge. */
static ent_status find_left_out(reader *r, bool **out) {
  size_t rows = r->codings.table->rows, i;
  *out = ent_arena_take(r->arena, rows, sizeof **out);
  if (!*out) return fail_memory(r);
  for (i = 0; i < rows; i++)
    (*out)[i] = !ent_rows_known(&r->codings, i, &r->out->basis.left_out_later, &r->out->basis.left_out_undated);
  return ENT_OK;
}

static ent_status fill_coders(reader *r, const ent_table *coders, const bool *left_out) {
  size_t i, row;
  r->out->coders = ent_arena_take(r->arena, coders->rows, sizeof *r->out->coders);
  if (!r->out->coders) return fail_memory(r);
  for (i = 0; i < coders->rows; i++) {
    ent_coder_answer *out = &r->out->coders[i];
#define CELL(column) ent_table_cell(coders, i, ent_table_column(coders, column))
    *out = (ent_coder_answer){.id = CELL("id"),
                              .label = {CELL("label_en"), CELL("label_de")},
                              .description = {CELL("description_en"), CELL("description_de")}};
#undef CELL
    for (row = 0; row < r->codings.table->rows; row++)
      out->codings += !left_out[row] && strcmp(ent_rows_cell(&r->codings, row, "coder"), out->id) == 0;
  }
  r->out->coder_count = coders->rows;
  return ENT_OK;
}

static double number_of(const ent_catalog_row *row, const char *column, double otherwise) {
  double value;
  return ent_text_number(ent_catalog_value(row, column), &value) ? value : otherwise;
}

static ent_status fill_value(reader *r, size_t row, ent_coded_value *out) {
  ent_catalog_row coding, coder;
  ent_status status = ent_rows_at(&r->codings, row, &coding);
  if (status) return status;
  *out = (ent_coded_value){.value = NAN, .low = NAN, .high = NAN, .coder = ent_rows_cell(&r->codings, row, "coder")};
  if (!(out->key = ent_arena_print(r->arena, "codings:%s", coding.id))) return fail_memory(r);
  status = ent_catalog_row_of(r->study->catalog, "coders", out->coder, &coder);
  if (status) return status;
  out->coder_label = ent_catalog_label(&coder);
  if (coding.withheld) return ENT_OK;
  out->value = number_of(&coding, "value", NAN);
  out->low = number_of(&coding, "low", out->value);
  out->high = number_of(&coding, "high", out->value);
  out->rationale = (ent_label){ent_catalog_value(&coding, "rationale_en"), ent_catalog_value(&coding, "rationale_de")};
  return ENT_OK;
}

static ent_status fill_disagreement(reader *r, const ent_coded_item *item, const ent_catalog_row *row,
                                    ent_disagreement *out) {
  size_t i;
  *out = (ent_disagreement){.key = item->item, .scale = item->scale, .apart = item->apart};
  ent_status status = ent_row_label(r->study, r->arena, row, &out->label);
  if (!status) status = ent_row_citations(r->study, r->arena, row, &out->citations, &out->citation_count);
  if (!status && !(out->values = ent_arena_take(r->arena, item->row_count, sizeof *out->values)))
    status = fail_memory(r);
  for (i = 0; i < item->row_count && !status; i++) status = fill_value(r, item->rows[i], &out->values[i]);
  out->value_count = item->row_count;
  return status;
}

static ent_status fill_disagreements(reader *r, const ent_coders_agreement *agreement) {
  size_t i;
  ent_reliability_answer *out = r->out;
  out->disagreements = ent_arena_take(r->arena, agreement->item_count, sizeof *out->disagreements);
  if (!out->disagreements) return fail_memory(r);
  for (i = 0; i < agreement->item_count; i++) {
    const ent_coded_item *item = &agreement->items[i];
    ent_catalog_row row, coding;
    if (out->scale && strcmp(out->scale, item->scale) != 0) continue;
    ent_status status = ent_catalog_item(r->study->catalog, item->item, &row);
    if (!status) status = ent_rows_at(&r->codings, item->rows[0], &coding);
    if (!status && (row.withheld || coding.withheld)) out->withheld++;
    else if (!status) status = fill_disagreement(r, item, &row, &out->disagreements[out->count++]);
    if (status) return status;
  }
  return ENT_OK;
}

/* Keeps the alphas of the scale that was asked for. */
static ent_status choose_scale(reader *r, const char *scale, const ent_table *scales) {
  ent_reliability_answer *out = r->out;
  size_t i, kept = 0;
  if (!scale) return ENT_OK;
  ent_catalog_row row;
  ent_status status = ent_catalog_row_of(r->study->catalog, scales->name, scale, &row);
  if (status) return status;
  if (!(out->scale = ent_arena_print(r->arena, "%s", scale))) return fail_memory(r);
  for (i = 0; i < out->alpha_count; i++)
    if (strcmp(out->alphas[i].scale, scale) == 0) out->alphas[kept++] = out->alphas[i];
  out->alpha_count = kept;
  return ENT_OK;
}

static ent_status fill(reader *r, const ent_reliability_options *options) {
  ent_coders_tables tables = {0};
  ent_coders_agreement agreement;
  bool *left_out = NULL;
  ent_status status = ent_basis_fill(r->study, r->arena, NULL, &r->out->basis);
  r->out->all = options->all != 0;
  if (!status) status = ent_rows_open(r->study, "codings", &r->codings);
  if (!status) status = ent_catalog_table(r->study->catalog, "scales", &tables.scales);
  if (!status) status = ent_catalog_table(r->study->catalog, "coders", &tables.coders);
  if (!status) status = find_left_out(r, &left_out);
  if (status) return status;
  tables.codings = r->codings.table;
  tables.left_out = left_out;
  status = fill_coders(r, tables.coders, left_out);
  if (!status) status = ent_coders_agree(r->study->context, r->arena, &tables, &agreement);
  if (status) return status;
  r->out->alphas = agreement.alphas;
  r->out->alpha_count = agreement.alpha_count;
  status = choose_scale(r, options->scale, tables.scales);
  return status ? status : fill_disagreements(r, &agreement);
}

ent_status ent_reliability_run(ent_study *study, const ent_reliability_options *options, ent_result **out) {
  static const ent_reliability_options defaults;
  reader r = {.study = study};
  *out = NULL;
  ent_context_clear(study->context);
  ent_result *result = ent_result_new(study->context, ENT_RELIABILITY);
  if (!result) return ent_fail_memory(study->context);
  r.arena = result->arena;
  r.out = &result->reliability;
  ent_status status = fill(&r, options ? options : &defaults);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
