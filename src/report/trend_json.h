/* trend_json.h - gains, losses and trends of effects as JSON. */
#ifndef ENT_REPORT_TREND_JSON_H
#define ENT_REPORT_TREND_JSON_H

#include "base/json.h"
#include "report/words.h"
#include "study/result.h"

/* NULL when memory is short. */
ent_json *ent_trend_json(ent_words *words, const ent_trend_answer *trend);
/* Sets expected, expected_error and gain_or_loss. */
bool ent_trend_json_expected(ent_json *object, const ent_expected_answer *expected);

#endif
