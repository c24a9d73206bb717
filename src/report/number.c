/* number.c - see number.h. */
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 400, MOST_DECIMALS = 9 };

/* The digits of |value| at the stated decimals, without point: 3.14159 at 2 is "314", 0.02 is "002". "%.0f" writes no
 * point and no groups in any locale. */
static void digits_of(double value, int decimals, char buffer[MOST_DIGITS]) {
  double scaled = round(fabs(value) * pow(10, decimals));
  int length = snprintf(buffer, MOST_DIGITS, "%.0f", scaled);
  int zeros = decimals + 1 - length;
  if (zeros > 0) {
    memmove(buffer + zeros, buffer, (size_t)length + 1);
    memset(buffer, '0', (size_t)zeros);
  }
}

/* plus: what stands before a number above zero. A number that rounds to zero has no sign. */
static const char *write_number(ent_words *words, double value, int decimals, const char *plus) {
  if (!isfinite(value)) return ent_words_get(words, "value.none");
  if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;

  char digits[MOST_DIGITS];
  digits_of(value, decimals, digits);
  bool zero = strspn(digits, "0") == strlen(digits);
  size_t whole = strlen(digits) - (size_t)decimals;
  const char *group = ent_words_get(words, "format.group");

  ent_text text = {0};
  if (!zero) ent_text_add(&text, value < 0 ? "\u2212" : plus);
  for (size_t i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0) ent_text_add(&text, group);
    ent_text_add_bytes(&text, digits + i, 1);
  }
  if (decimals > 0) {
    ent_text_add(&text, ent_words_get(words, "format.decimal"));
    ent_text_add(&text, digits + whole);
  }
  const char *copy = text.failed ? NULL : ent_arena_copy(words->arena, text.data, text.length);
  ent_text_clear(&text);
  if (!copy) ent_words_fail_memory(words);
  return copy ? copy : "";
}

const char *ent_number_plain(ent_words *words, double value, int decimals) {
  return write_number(words, value, decimals, "");
}

const char *ent_number_signed(ent_words *words, double value, int decimals) {
  return write_number(words, value, decimals, "+");
}

const char *ent_number_percent(ent_words *words, double share, int decimals) {
  if (!isfinite(share)) return ent_words_get(words, "value.none");
  return ent_words_fill(words, "format.percent", "number", write_number(words, share * 100, decimals, ""), NULL);
}

const char *ent_number_share(ent_words *words, double share, int decimals) {
  const double nothing = 1e-9; /* what is left of sums of thirds; a draw of a million is a thousand times more */
  double places = pow(10, decimals), rounded = round(share * 100 * places);
  const char *sign = "";
  double shown = share;
  if (share > nothing && rounded < 1) {
    sign = "<";
    shown = 0.01 / places;
  } else if (share < 1 - nothing && rounded >= 100 * places) {
    sign = ">";
    shown = 1 - 0.01 / places;
  }
  const char *percent = ent_number_percent(words, shown, decimals);
  return *sign ? ent_words_join(words, sign, "", percent) : percent;
}

const char *ent_number_count(ent_words *words, uint64_t count) { return write_number(words, (double)count, 0, ""); }

const char *ent_number_counted(ent_words *words, const char *key, uint64_t count) {
  const char *full = ent_arena_print(words->arena, "%s.%s", key, count == 1 ? "one" : "many");
  if (!full) {
    ent_words_fail_memory(words);
    return "";
  }
  return ent_words_fill(words, full, "count", ent_number_count(words, count), NULL);
}

const char *ent_number_range(ent_words *words, ent_figure figure, int decimals, bool with_sign) {
  if (!isfinite(figure.low) || !isfinite(figure.high)) return "";
  const char *plus = with_sign ? "+" : "";
  return ent_words_fill(words, with_sign ? "format.range_signed" : "format.range", "low",
                        write_number(words, figure.low, decimals, plus), "high",
                        write_number(words, figure.high, decimals, plus), NULL);
}

const char *ent_number_figure(ent_words *words, ent_figure figure, int decimals) {
  return ent_words_join(words, ent_number_plain(words, figure.median, decimals), "\u00a0",
                        ent_number_range(words, figure, decimals, false));
}

bool ent_number_missing(ent_figure figure) { return !isfinite(figure.median); }
