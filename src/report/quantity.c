/* quantity.c - see quantity.h. */
#include "report/quantity.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/number.h"

enum { COMPUTED = -1, MOST_SCALED = 3 };

/* Decimals that a number needs, at most MOST_SCALED: 5.07 has two. */
static int decimals_needed(double value) {
  for (int d = 0; d < MOST_SCALED; d++) {
    double scaled = value * pow(10, d);
    if (fabs(scaled - round(scaled)) < 1e-6 * fmax(1, fabs(scaled))) return d;
  }
  return MOST_SCALED;
}

const char *ent_quantity_money(ent_words *words, double value, int decimals, const char *currency) {
  static const struct {
    double from;
    const char *key;
  } scales[] = {{1e12, "quantity.trillion"}, {1e9, "quantity.billion"}, {1e6, "quantity.million"}};
  const char *number = NULL;
  for (size_t i = 0; i < sizeof scales / sizeof *scales && !number; i++) {
    double scaled = value / scales[i].from;
    if (fabs(scaled) < 1) continue;
    number = ent_number_plain(words, scaled, decimals == COMPUTED ? 2 : decimals_needed(scaled));
    number = ent_words_fill(words, scales[i].key, "number", number, NULL);
  }
  if (!number) number = ent_number_plain(words, value, decimals == COMPUTED ? 2 : decimals);
  return ent_words_fill(words, "quantity.money", "number", number, "currency", currency, NULL);
}

static const char *share_of(ent_words *words, double value, int decimals) {
  return ent_number_percent(words, value, decimals == COMPUTED ? 1 : decimals > 2 ? decimals - 2 : 0);
}

/* A number with its unit. */
static const char *number_of(ent_words *words, double value, int decimals, const ent_quantity_answer *q) {
  static const char *const counted[] = {"bodies", "days", "events", "months", "persons", "pieces", "votes", "years"};
  if (ent_text_same(q->unit, "currency")) return ent_quantity_money(words, value, decimals, q->currency);
  if (ent_text_same(q->unit, "share")) return share_of(words, value, decimals);
  const char *number = ent_number_plain(words, value, decimals == COMPUTED ? 0 : decimals);
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
    if (value == 1 && ent_text_same(q->unit, counted[i]))
      return ent_words_fill_of(words, "quantity.one", q->unit, "number", number);
  return ent_words_fill_of(words, "quantity.unit", q->unit, "number", number);
}

static const char *range_of(ent_words *words, double low, double high, int decimals, const ent_quantity_answer *q) {
  return ent_words_fill(words, "quantity.between", "low", number_of(words, low, decimals, q), "high",
                        number_of(words, high, decimals, q), NULL);
}

static const char *amount_of(ent_words *words, const ent_quantity_answer *q) {
  bool low = isfinite(q->low), high = isfinite(q->high);
  if (isfinite(q->value)) {
    const char *number = number_of(words, q->value, q->decimals, q), *text = number;
    if (*q->qualifier) text = ent_words_fill_of(words, "quantity.qualifier", q->qualifier, "number", number);
    if (!low || !high) return text;
    return ent_words_fill(words, "quantity.with_range", "value", text, "range",
                          range_of(words, q->low, q->high, q->decimals, q), NULL);
  }
  if (low && high) return range_of(words, q->low, q->high, q->decimals, q);
  if (low)
    return ent_words_fill_of(words, "quantity.qualifier", q->low_strict ? "more_than" : "at_least", "number",
                             number_of(words, q->low, q->decimals, q));
  if (high)
    return ent_words_fill_of(words, "quantity.qualifier", q->high_strict ? "less_than" : "at_most", "number",
                             number_of(words, q->high, q->decimals, q));
  return "";
}

static const char *rank_of(ent_words *words, const ent_quantity_answer *q) {
  if (!isfinite(q->rank)) return "";
  const char *rank = ent_number_plain(words, q->rank, 0);
  if (!isfinite(q->rank_of)) return ent_words_fill(words, "quantity.rank", "rank", rank, NULL);
  return ent_words_fill(words, "quantity.rank_of", "rank", rank, "count", ent_number_plain(words, q->rank_of, 0), NULL);
}

const char *ent_quantity_text(ent_words *words, const ent_quantity_answer *quantity) {
  const char *text = ent_words_join(words, amount_of(words, quantity), ", ", rank_of(words, quantity));
  if (!quantity->comparison) return text;
  return ent_words_join(words, text, ", ",
                        ent_words_fill_of(words, "quantity", quantity->comparison, "label",
                                          ent_words_label(words, quantity->compared_label)));
}

const char *ent_quantity_share(ent_words *words, double low, double high) {
  if (fabs(high - low) < 5e-4) return share_of(words, low, COMPUTED);
  return ent_words_fill(words, "quantity.between", "low", share_of(words, low, COMPUTED), "high",
                        share_of(words, high, COMPUTED), NULL);
}

const char *ent_quantity_range(ent_words *words, double low, double high, const ent_quantity_answer *like) {
  if (low == high) return number_of(words, low, like->decimals, like);
  return range_of(words, low, high, like->decimals, like);
}
