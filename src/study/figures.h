/* figures.h - figures of the evidence for answers, one by one and two side by side (inside study/ only). */
#ifndef ENT_STUDY_FIGURES_H
#define ENT_STUDY_FIGURES_H

#include "base/index.h"
#include "study/study.h"

/* What two figures are judged by beside their own rows: read once, used for many pairs. */
typedef struct ent_comparing {
  ent_study *study;
  ent_arena *arena; /* of the answers */
  size_t statement_count;
  ent_comparable_statement *statements; /* of comparability; confidential rows are not among them */
  size_t *statement_rows;               /* their positions in the table */
  ent_reach *reach;                     /* of the statements, for the last pair */
  ent_index *defined;                   /* indicators of which some figure has a definition; NULL until one is judged */
  size_t rate_count;
  ent_rate *rates;
  const char **rate_ids;
} ent_comparing;

ENT_MUST_CHECK ent_status ent_comparing_open(ent_study *study, ent_arena *arena, ent_comparing *out);
/* The judgement alone, of two rows of observations that are not withheld. */
ENT_MUST_CHECK ent_status ent_comparing_judge(ent_comparing *comparing, const ent_catalog_row *a,
                                              const ent_catalog_row *b, ent_comparison *out);
/* The judgement with all that there is to show of it. currency: both are converted into it; NULL: into the one that
 * both have in common where a rate leads there. */
ENT_MUST_CHECK ent_status ent_comparing_pair(ent_comparing *comparing, const ent_catalog_row *a,
                                             const ent_catalog_row *b, const char *currency, ent_pair_answer *out);

/* Of the figures among two lists of rows those of one indicator that fit worst, where something beside their time
 * stands in the way; keys: of the evidence (records/evidence.h). */
ENT_MUST_CHECK ent_status ent_comparing_keys(ent_comparing *comparing, const ent_key *a, size_t a_count,
                                             const ent_key *b, size_t b_count, ent_judged_answer *out);

/* A row of observations with all that it names. */
ENT_MUST_CHECK ent_status ent_figure_fill(ent_study *study, ent_arena *arena, const ent_catalog_row *row,
                                          ent_data_figure *out);
/* Converts money by the stated rate of its year that is nearest to 1 July, or says why not. */
ENT_MUST_CHECK ent_status ent_figure_convert(ent_comparing *comparing, const char *currency, ent_data_figure *figure);
/* The days that a figure is about, as an assessment takes them: of data_year where it is given. */
bool ent_figure_days(const char *period, const char *data_year, ent_span *out);
/* ENT_USAGE for what is no code of a currency. */
ENT_MUST_CHECK ent_status ent_figure_currency(ent_study *study, const char *option, const char *currency);

#endif
