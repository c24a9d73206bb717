/* forces.h - strengths and fault lines of an assessed alliance, and how they changed (inside study/ only).
 *
 * An indicator's effect is the headline score less the score with the indicator at the model's reference value. The
 * trend of an effect is its difference from an earlier date: both dates are assessed on the evidence that both have
 * (ent_assess_common), from the same draws, so that the difference has an interval of its own. */
#ifndef ENT_STUDY_FORCES_H
#define ENT_STUDY_FORCES_H

#include "study/study.h"

typedef struct ent_trends { /* the run's date and each earlier one that the model names, on common evidence */
  const ent_run *run;
  ent_trend_setting setting;
  const ent_assessment *now[ENT_MOST_TRENDS], *then[ENT_MOST_TRENDS]; /* then NULL: no such day, or nobody stood */
  float *differences, *scratch;
} ent_trends;

/* Assesses the dates anew, each pair with the run's request and at most ENT_TREND_DRAWS of its draws (the first ones,
 * so that they are draws of the run too). A model without a setting leaves none. Lives in the run's arena, as what
 * follows. Fails when memory is short. */
enum { ENT_TREND_DRAWS = 2000 };
ENT_MUST_CHECK ent_status ent_trends_make(const ent_run *run, ent_trends *out);

/* How the effect of an alliance of the run changed, one answer for each earlier date; *out has trends->setting.count of
 * them. Fails when memory is short. */
ENT_MUST_CHECK ent_status ent_trends_of(ent_trends *trends, const ent_assessed_alliance *alliance,
                                        const ent_cell *effect, const ent_trend_answer **out);

/* What is lost (median effect below zero) or gained by an effect: the mean over draws of max(0, -effect) or max(0,
 * effect), the standard error of that mean, and the 5th, 50th and 95th percentile. In score points. False where the
 * median effect is zero or missing; *out then is left alone. */
bool ent_force_expected(const ent_run *run, const ent_cell *effect, ent_expected_answer *out);

/* Fills strengths and fault lines, ranked by what is expected. Fails when memory is short. */
ENT_MUST_CHECK ent_status ent_forces_fill(const ent_run *run, ent_trends *trends, const ent_assessed_alliance *from,
                                          ent_alliance_answer *to);

#endif
