/* composite.h - inside study: what the files of the operation composite share. */
#ifndef ENT_STUDY_COMPOSITE_H
#define ENT_STUDY_COMPOSITE_H

#include "base/text.h"
#include "study/composite_sheet.h"
#include "study/result.h"

/* What is asked for, as composite.h has it. */
typedef struct ent_composite_plans {
  ent_composite_methods methods;
  ent_composite_uncertainty uncertainty;
  bool varies_values, varies_weights, varies_methods;
  bool is_varied;    /* any of them, and something is uncertain */
  bool has_scale;    /* scores are shares of a scale from methods.from to methods.to */
  bool draws_fitted; /* fewer draws than the default, since units are many */
  size_t step_count, alternative_count;
  ent_composite_step_answer *steps, *alternatives;
} ent_composite_plans;

/* composite_methods.c: names of methods into choices. ENT_USAGE, with the nearest, for a name that is none, and for a
 * parameter outside its range. */
ENT_MUST_CHECK ent_status ent_composite_plan_read(ent_context *context, ent_arena *arena,
                                                  const ent_composite_options *options,
                                                  const ent_composite_sheet *sheet, ent_composite_plans *out);
const char *ent_composite_treatment_name(ent_composite_treatment treatment); /* "log": as --treat takes it */
const char *ent_composite_distribution_name(ent_composite_distribution distribution);

/* composite_tables.c: the tables as COINr reads them, and the budgets of experts: the same text for the same content,
 * however it was written. Nothing is added where memory is short: text->failed. */
void ent_composite_write_data(const ent_composite_sheet *sheet, ent_text *text);
void ent_composite_write_meta(const ent_composite_sheet *sheet, ent_text *text);
void ent_composite_write_experts(const ent_composite_sheet *sheet, ent_text *text);

/* A run: what is asked, what was read and what was computed. */
typedef struct ent_composite_work {
  ent_context *context;
  ent_arena *arena; /* of the answer */
  const ent_composite_options *options;
  ent_composite_sheet sheet;
  ent_composite_data data; /* of the sheet */
  ent_composite_tree tree;
  ent_composite_plans plans;
  ent_composite_scores scores;
  ent_composite_spread spread; /* none of it where nothing varies */
  const double *correlation;   /* Pearson's, nodes x nodes; or NULL */
  size_t input_count;          /* of the indices; 0: none */
  const ent_composite_input *inputs;
  ent_composite_indices indices;
  ent_composite_tornado swing;
  double progress_from, progress_span; /* the part of the work that is being told of */
  ent_composite_answer *answer;
} ent_composite_work;

/* composite.c: what a fault of the computation says, with its row and column. An array of doubles in the arena, or
 * NULL. A progress function for what takes a part of the work; user: the work. */
ent_status ent_composite_fail(const ent_composite_work *work, ent_composite_reason reason,
                              const ent_composite_fault *fault);
double *ent_composite_take(const ent_composite_work *work, size_t count, size_t size);
int ent_composite_tell(void *work, double done);

/* composite_drivers.c: what each node does to ranks and how far the tree coheres, where that is cheap. Fills the
 * answer's nodes, which are there. */
ENT_MUST_CHECK ent_status ent_composite_fill_drivers(ent_composite_work *work);

/* composite_inputs.c: what moves ranks among the uncertain inputs. Fills the answer's inputs. */
ENT_MUST_CHECK ent_status ent_composite_fill_inputs(ent_composite_work *work);
const char *ent_composite_input_name(ent_composite_input_kind kind);

/* composite_export.c: the whole calculation as CSV files in a folder that is not there or empty; whole or not at all.
 */
ENT_MUST_CHECK ent_status ent_composite_export(const ent_composite_work *work);

#endif
