/* trend.h - gains, losses and trends of effects in words. */
#ifndef ENT_REPORT_TREND_H
#define ENT_REPORT_TREND_H

#include "report/words.h"
#include "study/result.h"

/* "worsens", "improves", "steady", "unclear" or "none": as JSON and CSV have it. */
const char *ent_trend_code(ent_trend_verdict verdict);
/* "worsens since 31 May 2020 (-1.2 [-2.0 to -0.3])". */
const char *ent_trend_text(ent_words *words, const ent_trend_answer *trend);
/* Of several dates, the latest first; dates that have the same to say are named together: "steady since 31 May 2020 and
 * 31 May 2017". "" for none. */
const char *ent_trend_list(ent_words *words, const ent_trend_answer *trends, size_t count);
/* "0.9 [0.4-1.8]", with the error of the mean where it is large enough to be seen in it. */
const char *ent_trend_expected(ent_words *words, const ent_expected_answer *expected);

#endif
