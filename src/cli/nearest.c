/* nearest.c - see nearest.h. For words of a command line only: what is longer than MOST_LETTERS is near to nothing. */
#include "cli/nearest.h"

#include <string.h>

enum { MOST_LETTERS = 40 };

static size_t least(size_t a, size_t b, size_t c) {
  size_t both = a < b ? a : b;
  return both < c ? both : c;
}

/* Levenshtein's distance, a row at a time. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t row[MOST_LETTERS + 1];
  for (size_t j = 0; j <= b_length; j++) row[j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      size_t above = row[j];
      row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[b_length];
}

const char *ent_nearest(const char *word, size_t length, const char *const *names, size_t count) {
  const char *nearest = NULL;
  size_t best = (length / 3 > 2 ? length / 3 : 2) + 1;
  if (length > MOST_LETTERS) return NULL;
  for (size_t i = 0; i < count; i++) {
    size_t name_length = strlen(names[i]);
    size_t away = name_length <= MOST_LETTERS ? distance(word, length, names[i], name_length) : best;
    if (away < best && away < length) { /* a word of which no letter stays is near to nothing */
      best = away;
      nearest = names[i];
    }
  }
  return nearest;
}
