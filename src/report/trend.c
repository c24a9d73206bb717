/* trend.c - gains, losses and trends of effects in words. */
#include "report/trend.h"

#include <string.h>

#include "report/number.h"

const char *ent_trend_code(ent_trend_verdict verdict) {
  static const char *const codes[] = {"worsens", "improves", "steady", "unclear", "none"};
  return codes[verdict];
}

static const char *in_words(ent_words *words, const ent_trend_answer *trend, const char *date) {
  static const char *const keys[] = {"trend.worsens", "trend.improves", "trend.steady", "trend.unclear", "trend.none"};
  if (trend->verdict == ENT_TREND_NONE)
    return ent_words_fill(words, keys[trend->verdict], "date", date, "reason", ent_words_get(words, trend->missing),
                          NULL);
  if (trend->verdict == ENT_TREND_STEADY)
    return ent_words_fill(words, trend->same_rows ? "trend.steady_same" : keys[trend->verdict], "date", date, NULL);
  const char *difference = ent_words_join(words, ent_number_signed(words, trend->difference.median, 1), " ",
                                          ent_number_range(words, trend->difference, 1, true));
  return ent_words_fill(words, keys[trend->verdict], "date", date, "difference", difference, NULL);
}

static const char *text_of(ent_words *words, const ent_trend_answer *trend, const char *date) {
  const char *text = in_words(words, trend, date);
  bool changed = trend->verdict == ENT_TREND_WORSENS || trend->verdict == ENT_TREND_IMPROVES;
  return changed && trend->same_rows ? ent_words_fill(words, "trend.same_rows", "trend", text, NULL) : text;
}

const char *ent_trend_text(ent_words *words, const ent_trend_answer *trend) {
  return text_of(words, trend, ent_words_date(words, trend->date));
}

/* Whether two dates have the same to say but for the date itself: nothing with a figure. */
static bool say_the_same(const ent_trend_answer *a, const ent_trend_answer *b) {
  if (a->verdict != b->verdict) return false;
  if (a->verdict == ENT_TREND_STEADY) return a->same_rows == b->same_rows;
  return a->verdict == ENT_TREND_NONE && strcmp(a->missing, b->missing) == 0;
}

const char *ent_trend_list(ent_words *words, const ent_trend_answer *trends, size_t count) {
  const char *list = "";
  for (size_t i = 0, next; i < count; i = next) {
    const char *dates = ent_words_date(words, trends[i].date), *text;
    for (next = i + 1; next < count && say_the_same(&trends[i], &trends[next]); next++) {
      const char *date = ent_words_date(words, trends[next].date);
      bool is_last = next + 1 == count || !say_the_same(&trends[i], &trends[next + 1]);
      dates = is_last ? ent_words_fill(words, "trend.dates", "dates", dates, "date", date, NULL)
                      : ent_words_join(words, dates, ", ", date);
    }
    text = text_of(words, &trends[i], dates);
    list = i > 0 ? ent_words_join(words, list, ENT_WORDS_DOT, text) : text;
  }
  return list;
}

const char *ent_trend_expected(ent_words *words, const ent_expected_answer *expected) {
  enum { DECIMALS = 1 };
  const char *mean = ent_number_plain(words, expected->mean, DECIMALS);
  if (expected->error >= 0.05) /* moves the digit that is shown */
    mean = ent_words_fill(words, "expected.error", "mean", mean, "error",
                          ent_number_plain(words, expected->error, DECIMALS), NULL);
  return ent_words_join(words, mean, " ", ent_number_range(words, expected->range, DECIMALS, false));
}
