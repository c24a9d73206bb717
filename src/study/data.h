/* data.h - what the files of the operation data share (inside study/ only). */
#ifndef ENT_STUDY_DATA_H
#define ENT_STUDY_DATA_H

#include "study/figures.h"

/* One answer on its way. */
typedef struct ent_data_builder {
  ent_study *study;
  ent_arena *arena;
  ent_data_answer *out;
  const ent_data_options *options;
  ent_comparing comparing; /* opened where a currency is asked for */
  ent_span range;          /* from and to, or the day */
} ent_data_builder;

/* Sets page_count and first from the total; the entries of the page are [first, *end). ENT_USAGE for a page beyond the
 * last. */
ENT_MUST_CHECK ent_status ent_data_page(ent_data_builder *builder, size_t *end);
/* A figure, converted where that is asked for. */
ENT_MUST_CHECK ent_status ent_data_figure_at(ent_data_builder *builder, const ent_rows *rows, size_t row,
                                             ent_data_figure *out);
/* data_tree.c: the trees that hold a figure that was asked for. asked: one for each row of observations. hidden: rows
 * that are confidential, which stand in no tree. */
ENT_MUST_CHECK ent_status ent_data_trees(ent_data_builder *builder, const ent_rows *rows, const bool *asked,
                                         const bool *hidden);

#endif
