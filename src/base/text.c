/* text.c - a growing buffer, numbers, nearest names, UTF-8.
 *
 * Comes in: bytes. Goes out: text and numbers that do not depend on the process's locale. Must not: change that
 * locale for other threads, nor trust that bytes are valid UTF-8. */
#include "base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include <uniwidth.h>

#define LONGEST_WORD 64 /* bytes; nobody misspells longer names, and it bounds the work */

static bool make_room(ent_text *text, size_t more);
static bool locale_has_point(void);
static bool number_grammar(const char *text);
static const char *skip_digits(const char *text);
static int edit_distance(const char *a, int a_length, const char *b, int b_length);
static int lower(char c);
static bool begins_with(const char *text, const char *piece);

void ent_text_add(ent_text *text, const char *piece) { ent_text_add_bytes(text, piece, strlen(piece)); }

void ent_text_add_bytes(ent_text *text, const char *piece, size_t length) {
  if (!make_room(text, length)) return;
  if (length) memcpy(text->data + text->length, piece, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void ent_text_print(ent_text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  ent_text_vprint(text, format, arguments);
  va_end(arguments);
}

void ent_text_vprint(ent_text *text, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = ent_text_format(NULL, 0, format, arguments);
  if (length < 0) text->failed = true;
  else if (make_room(text, (size_t)length)) {
    if (ent_text_format(text->data + text->length, (size_t)length + 1, format, again) == length)
      text->length += (size_t)length;
    else text->failed = true;
    text->data[text->length] = '\0';
  }
  va_end(again);
}

void ent_text_clear(ent_text *text) {
  free(text->data);
  *text = (ent_text){0};
}

int ent_text_format(char *buffer, size_t size, const char *format, va_list arguments) {
  if (locale_has_point()) return vsnprintf(buffer, size, format, arguments);
  locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
  if (plain == (locale_t)0) return -1;
  locale_t before = uselocale(plain);
  int length = vsnprintf(buffer, size, format, arguments);
  uselocale(before);
  freelocale(plain);
  return length;
}

bool ent_text_number(const char *text, double *out) {
  if (!text || !number_grammar(text)) return false;
  double number;
  if (locale_has_point()) number = strtod(text, NULL);
  else {
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) return false;
    locale_t before = uselocale(plain);
    number = strtod(text, NULL);
    uselocale(before);
    freelocale(plain);
  }
  if (!isfinite(number)) return false;
  *out = number;
  return true;
}

bool ent_text_holds(const char *text, const char *piece) {
  for (; *text; text++)
    if (begins_with(text, piece)) return true;
  return *piece == '\0';
}

const char *ent_text_nearest(const char *word, const char *const *names, size_t count) {
  size_t length = word ? strlen(word) : 0;
  if (length == 0 || length > LONGEST_WORD) return NULL;
  int best = length / 3 > 2 ? (int)(length / 3) + 1 : 3; /* one more than is allowed */
  const char *nearest = NULL;
  for (size_t i = 0; i < count; i++) {
    size_t name_length = strlen(names[i]);
    if (name_length > LONGEST_WORD) continue;
    size_t longer = name_length > length ? name_length : length;
    int distance = edit_distance(word, (int)length, names[i], (int)name_length);
    if (distance < best && (size_t)distance < longer) {
      best = distance;
      nearest = names[i];
    }
  }
  return nearest;
}

bool ent_text_is_utf8(const char *text, size_t length, size_t *bad) {
  const uint8_t *bytes = (const uint8_t *)text;
  const uint8_t *wrong = length ? u8_check(bytes, length) : NULL;
  if (wrong && bad) *bad = (size_t)(wrong - bytes);
  return !wrong;
}

ent_character ent_character_of(uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r' ? ENT_CHARACTER_PLAIN : ENT_CHARACTER_HARMFUL;
  if (c >= 0x7F && c <= 0x9F) return ENT_CHARACTER_HARMFUL;
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return ENT_CHARACTER_HARMFUL;
  bool unseen = c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || c == 0x2028 ||
                c == 0x2029 || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                (c >= 0xE0000 && c <= 0xE007F);
  return unseen ? ENT_CHARACTER_UNSEEN : ENT_CHARACTER_PLAIN;
}

/* Whether a byte may begin a character that is not plain: most bytes need no further look. */
static bool may_begin_bad(unsigned char byte) {
  if (byte < 0x7F) return byte < 0x20;
  return byte == 0x7F || byte == 0xC2 || byte == 0xCD || byte == 0xD8 || byte == 0xE1 || byte == 0xE2 || byte == 0xEF ||
         byte == 0xF3;
}

ent_character ent_text_worst(const char *text, size_t length, uint32_t *character, size_t *offset) {
  const uint8_t *bytes = (const uint8_t *)text;
  ent_character worst = ENT_CHARACTER_PLAIN;
  for (size_t i = 0; i < length; i++) {
    if (!may_begin_bad(bytes[i])) continue;
    ucs4_t c = 0;
    if (u8_mbtoucr(&c, bytes + i, length - i) <= 0) continue;
    ent_character kind = ent_character_of(c);
    if (kind <= worst) continue;
    worst = kind;
    *character = c;
    if (offset) *offset = i;
    if (worst == ENT_CHARACTER_HARMFUL) break;
  }
  return worst;
}

void ent_text_add_clean(ent_text *text, const char *piece, size_t length) {
  const uint8_t *bytes = (const uint8_t *)piece;
  size_t kept = 0, i = 0; /* bytes up to kept stand in text already */
  while (i < length) {
    ucs4_t c = 0;
    int size = bytes[i] < 0x80 ? (int)(c = bytes[i], 1) : u8_mbtoucr(&c, bytes + i, length - i);
    bool good = size > 0 && c != '\t' && ent_character_of(c) != ENT_CHARACTER_HARMFUL;
    if (!good) {
      ent_text_add_bytes(text, piece + kept, i - kept);
      ent_text_add_bytes(text, "?", 1);
      kept = i + (size > 0 ? (size_t)size : 1);
    }
    i += size > 0 ? (size_t)size : 1;
  }
  ent_text_add_bytes(text, piece + kept, length - kept);
}

int ent_text_width(const char *text) {
  int width = u8_strwidth((const uint8_t *)text, "UTF-8");
  return width < 0 ? 0 : width;
}

bool ent_text_same(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

/* Room for more bytes and the NUL. */
static bool make_room(ent_text *text, size_t more) {
  if (text->failed) return false;
  if (text->capacity - text->length > more) return true; /* strictly: one byte is the NUL's */
  if (more > SIZE_MAX / 2 - text->length - 1) goto fail;
  size_t need = text->length + more + 1;
  size_t capacity = text->capacity ? text->capacity : 64;
  while (capacity < need) capacity *= 2; /* need is below SIZE_MAX / 2: no overflow */
  char *data = realloc(text->data, capacity);
  if (!data) goto fail;
  text->data = data;
  text->capacity = capacity;
  return true;
fail:
  text->failed = true;
  return false;
}

/* nl_langinfo and not localeconv, which may write a buffer that all threads share. */
static bool locale_has_point(void) { return strcmp(nl_langinfo(RADIXCHAR), ".") == 0; }

/* -? digits (. digits)? (e [+-]? digits)?, and nothing else: strtod alone takes blanks, hexadecimal and "nan". */
static bool number_grammar(const char *text) {
  if (*text == '-') text++;
  const char *end = skip_digits(text);
  if (end == text) return false;
  if (*end == '.') {
    text = end + 1;
    end = skip_digits(text);
    if (end == text) return false;
  }
  if (*end == 'e' || *end == 'E') {
    text = end + 1;
    if (*text == '+' || *text == '-') text++;
    end = skip_digits(text);
    if (end == text) return false;
  }
  return *end == '\0';
}

static const char *skip_digits(const char *text) {
  while (*text >= '0' && *text <= '9') text++;
  return text;
}

/* Fewest insertions, deletions, replacements and swaps of neighbours that turn a into b, without regard to the case
 * of ASCII letters (optimal string alignment). Both are at most LONGEST_WORD long. */
static int edit_distance(const char *a, int a_length, const char *b, int b_length) {
  int rows[3][LONGEST_WORD + 1];
  int *older = rows[0], *above = rows[1], *row = rows[2];
  for (int j = 0; j <= b_length; j++) row[j] = older[j] = j;
  for (int i = 1; i <= a_length; i++) {
    int *spare = older;
    older = above;
    above = row;
    row = spare;
    row[0] = i;
    for (int j = 1; j <= b_length; j++) {
      bool same = lower(a[i - 1]) == lower(b[j - 1]);
      int least = above[j - 1] + !same;
      if (above[j] + 1 < least) least = above[j] + 1;
      if (row[j - 1] + 1 < least) least = row[j - 1] + 1;
      bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped && older[j - 2] + 1 < least) least = older[j - 2] + 1;
      row[j] = least;
    }
  }
  return row[b_length];
}

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

/* The second bytes of the letters U+00C0 to U+00DE and of their small forms differ by a bit, as ASCII letters do; the
 * multiplication sign U+00D7 is taken for U+00F7, which does no harm. */
static bool begins_with(const char *text, const char *piece) {
  for (unsigned char before = 0; *piece; before = (unsigned char)*piece++, text++) {
    int a = lower(*text), b = lower(*piece);
    if (before == 0xC3) a = (unsigned char)*text | 0x20, b = (unsigned char)*piece | 0x20;
    if (a != b) return false;
  }
  return true;
}
