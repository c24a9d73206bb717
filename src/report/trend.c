/* trend.c - gains, losses and trends of effects in words. */
#include "report/trend.h"

#include "report/number.h"

const char *ent_trend_code(ent_trend_verdict verdict) {
  static const char *const codes[] = {"worsens", "improves", "steady", "unclear", "none"};
  return codes[verdict];
}

static const char *in_words(ent_words *words, const ent_trend_answer *trend) {
  static const char *const keys[] = {"trend.worsens", "trend.improves", "trend.steady", "trend.unclear", "trend.none"};
  const char *date = ent_words_date(words, trend->date);
  if (trend->verdict == ENT_TREND_NONE)
    return ent_words_fill(words, keys[trend->verdict], "date", date, "reason", ent_words_get(words, trend->missing),
                          NULL);
  if (trend->verdict == ENT_TREND_STEADY)
    return ent_words_fill(words, trend->same_rows ? "trend.steady_same" : keys[trend->verdict], "date", date, NULL);
  const char *difference = ent_words_join(words, ent_number_signed(words, trend->difference.median, 1), " ",
                                          ent_number_range(words, trend->difference, 1, true));
  return ent_words_fill(words, keys[trend->verdict], "date", date, "difference", difference, NULL);
}

const char *ent_trend_text(ent_words *words, const ent_trend_answer *trend) {
  const char *text = in_words(words, trend);
  bool changed = trend->verdict == ENT_TREND_WORSENS || trend->verdict == ENT_TREND_IMPROVES;
  return changed && trend->same_rows ? ent_words_fill(words, "trend.same_rows", "trend", text, NULL) : text;
}

const char *ent_trend_expected(ent_words *words, const ent_expected_answer *expected) {
  enum { DECIMALS = 1 };
  const char *mean = ent_number_plain(words, expected->mean, DECIMALS);
  if (expected->error >= 0.05) /* moves the digit that is shown */
    mean = ent_words_fill(words, "expected.error", "mean", mean, "error",
                          ent_number_plain(words, expected->error, DECIMALS), NULL);
  return ent_words_join(words, mean, " ", ent_number_range(words, expected->range, DECIMALS, false));
}
