/* study.h - an opened study, and what the operations of this room share (inside study/ and report/ only). */
#ifndef ENT_STUDY_STUDY_H
#define ENT_STUDY_STUDY_H

#include "assess/assess.h"
#include "base/arena.h"
#include "base/context.h"
#include "evidence/catalog.h"
#include "evidence/format.h"
#include "records/assessment.h"
#include "records/evidence.h"
#include "records/model.h"
#include "store/store.h"
#include "study/result.h"

struct ent_study {
  ent_context *context; /* borrowed */
  ent_store *store;     /* borrowed, or own_store */
  ent_store *own_store; /* a scratch store of this study alone, or NULL */
  const char *notice;   /* or NULL */
  ent_arena *arena;     /* everything below lives here */
  const ent_format *format;
  ent_edition edition;
  const char *known_at;  /* the day that was asked for, or NULL */
  const char **revealed; /* ids of confidential sources that may be shown */
  size_t revealed_count;
  size_t withheld; /* rows of evidence that rest on confidential sources alone */
  ent_label title;
  ent_evidence *evidence;
  ent_catalog *catalog;
};

/* What one run of an assessment left behind: the figures and what they rest on. */
typedef struct ent_run {
  ent_study *study;
  ent_arena *arena; /* of the result */
  const ent_model *model;
  const char *model_name; /* as asked, or the default's name; borrowed */
  ent_assess_request request;
  struct ent_run_waiting *waiting; /* whoever waits for it */
  const ent_assessment *assessment;
  ent_run_answer answer;
  float *scratch;                    /* for ent_assess_summary */
  size_t summary_room;               /* a power of two */
  struct ent_run_summary *summaries; /* what was summarised before, by the draws' address */
} ent_run;

/* title.c: the title of an edition, from its descriptor; the study's id where it has none. */
ENT_MUST_CHECK ent_status ent_study_title(ent_context *context, ent_arena *arena, const char *study,
                                          const ent_edition *edition, ent_label *out);

/* run.c: reads the model, assesses, fills answer. alliance overrides options->alliance where it is not NULL. */
ENT_MUST_CHECK ent_status ent_run_make(ent_study *study, const ent_assess_options *options, const char *alliance,
                                       ent_arena *arena, ent_run *out);
/* The first half of it: what is asked, and the model. What another run should share can be set before the second half,
 * which assesses several runs (in one arena) on the evidence that they have in common. */
ENT_MUST_CHECK ent_status ent_run_prepare(ent_study *study, const ent_assess_options *options, const char *alliance,
                                          ent_arena *arena, ent_run *out);
ENT_MUST_CHECK ent_status ent_run_common(ent_run *runs, size_t count);
/* Of several runs of one operation, which share of it this one is: its progress goes from one number to the other. */
void ent_run_is_part(ent_run *run, double from, double to);
/* Why an assessment came to nothing: ENT_INTERRUPTED, or memory. */
ENT_MUST_CHECK ent_status ent_run_failed(const ent_run *run);
/* The two checks of it that other operations make too. option: its name, for the message; text NULL leaves *out alone.
 */
ENT_MUST_CHECK ent_status ent_study_date(ent_study *study, const char *option, const char *text, ent_span *out);
ENT_MUST_CHECK ent_status ent_study_has_alliance(ent_study *study, const char *id, ent_arena *arena);
ent_figure ent_run_summary(const ent_run *run, const float *draws); /* NaN for NULL */
ent_summary ent_run_summary_of(const ent_run *run, const float *draws); /* of an effect, with gain and loss */
/* Summarises all columns at once, with the run's threads, for an answer that shows most of them. */
ENT_MUST_CHECK ent_status ent_run_summarise(const ent_run *run);
/* A result of a kind with its own arena; NULL when memory is short. */
ent_result *ent_result_new(ent_context *context, ent_answer_kind kind);

/* compare.c: as ent_compare_run, into an answer in arena. */
ENT_MUST_CHECK ent_status ent_compare_fill(ent_study *from, const ent_assess_options *from_options, ent_study *to,
                                           const ent_assess_options *to_options, ent_arena *arena,
                                           ent_compare_answer *out);

/* matrix.c: as ent_matrix_run, into an answer in arena. */
ENT_MUST_CHECK ent_status ent_matrix_fill(ent_study *study, const ent_matrix_options *options, ent_arena *arena,
                                          ent_matrix_answer *out);

/* keys.c: where a figure stands, as explain takes it. NULL when memory is short. */
char *ent_run_key(const ent_run *run, const ent_assessed_alliance *alliance, const ent_cell *cell);
char *ent_run_key_of(const ent_run *run, const ent_assessed_alliance *alliance, ent_scope scope, int from, int to,
                     int criterion, int dimension, int indicator);
/* The cell whose key it is: a score, else an own value or a reading, else NULL. kind wanted: ENT_EFFECT finds an
 * indicator's effect. */
const ent_cell *ent_run_find(const ent_run *run, const char *key, ent_figure_kind wanted,
                             const ent_assessed_alliance **alliance);

/* labels.c: names with their {role} placeholders filled from the package. */
ent_label ent_run_label(const ent_run *run, ent_label pattern);
ent_label ent_run_cell_label(const ent_run *run, const ent_cell *cell);
/* The same with the giver's name where it is one member's. */
ent_label ent_run_giver_label(const ent_run *run, const ent_assessed_alliance *alliance, const ent_cell *cell);
ent_label ent_label_both(const char *text); /* the same in both languages */

/* provenance.c: rows that figures rest on, and what these cite. */
ENT_MUST_CHECK ent_status ent_run_citations(const ent_run *run, const ent_cell *cell, ent_citation_answer **out,
                                            size_t *count);
ent_citation_answer ent_citation_answer_of(const ent_catalog_citation *citation);

/* rows.c: the rows of a table one by one, for answers that list them. */
typedef struct ent_rows {
  ent_study *study;
  const ent_table *table;
  const char *const *published; /* since when each could be known; NULL: all count */
  int32_t known_at;
} ent_rows;

ENT_MUST_CHECK ent_status ent_rows_open(ent_study *study, const char *table, ent_rows *out);
ENT_MUST_CHECK ent_status ent_rows_at(const ent_rows *rows, size_t row, ent_catalog_row *out);
const char *ent_rows_cell(const ent_rows *rows, size_t row, const char *column);
/* Whether a row was published by the day of knowledge; what was not is counted in *later or *undated. */
bool ent_rows_known(const ent_rows *rows, size_t row, size_t *later, size_t *undated);
/* What a row is called, also where it has no label of its own: a figure by indicator and subject, a holder by office
 * and actor, a status by its item. */
ENT_MUST_CHECK ent_status ent_row_label(ent_study *study, ent_arena *arena, const ent_catalog_row *row, ent_label *out);
ENT_MUST_CHECK ent_status ent_row_citations(ent_study *study, ent_arena *arena, const ent_catalog_row *row,
                                            ent_citation_answer **out, size_t *count);
/* The alliance that a row names, and the states of the actors in it. */
ENT_MUST_CHECK ent_status ent_row_where(ent_study *study, ent_arena *arena, const ent_catalog_row *row,
                                        ent_where_answer *out);
/* Whether a row belongs to an alliance (NULL: any): it names it or, where it names none, concerns a member. */
ENT_MUST_CHECK ent_status ent_row_belongs(ent_study *study, const ent_where_answer *where, const char *alliance,
                                          bool *out);
/* as_of: NULL where no day was asked for. */
ENT_MUST_CHECK ent_status ent_basis_fill(ent_study *study, ent_arena *arena, const int32_t *as_of,
                                         ent_basis_answer *out);

#endif
