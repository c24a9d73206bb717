/* line.c - see line.h. */
#include "report/line.h"

#include <string.h>

/* Bytes of the character that begins at text (never 0; a broken sequence is taken byte by byte). */
static size_t character_length(const char *text) {
  unsigned char first = (unsigned char)*text;
  size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < length; i++)
    if (((unsigned char)text[i] & 0xc0) != 0x80) return 1;
  return length;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Control characters, also those above ASCII (U+0080 to U+009F), which some terminals obey, and overrides of direction,
 * which would show other text than is stored. */
static bool is_control(const char *text, size_t length) {
  uint32_t character;
  return (length == 1 && (unsigned char)text[0] >= 0x80) ||
         ent_text_worst(text, length, &character, NULL) == ENT_CHARACTER_HARMFUL;
}

static int character_width(const char *text, size_t length) {
  if (length == 1 || is_control(text, length)) return 1;
  char character[5] = {0};
  memcpy(character, text, length);
  return ent_text_width(character);
}

/* Bytes and columns of the word that begins at text. */
static ent_line whole_word(const char *text) {
  ent_line word = {.text = text};
  while (text[word.length] != '\0' && !is_blank(text[word.length])) {
    size_t length = character_length(text + word.length);
    word.width += character_width(text + word.length, length);
    word.length += length;
  }
  return word;
}

static bool is_address(ent_line word) {
  static const char *const schemes[] = {"https://", "http://"};
  for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
    if (word.length > strlen(schemes[i]) && memcmp(word.text, schemes[i], strlen(schemes[i])) == 0) return true;
  return false;
}

/* The first word of a line is wider than the line: as much of it as fits, one character at least. */
static ent_line broken_word(const char *text, int width) {
  ent_line word = whole_word(text), part = {.text = text};
  if (is_address(word)) return word;
  while (part.length < word.length) {
    size_t length = character_length(text + part.length);
    int columns = character_width(text + part.length, length);
    if (part.length > 0 && part.width + columns > width) break;
    part.length += length;
    part.width += columns;
  }
  return part;
}

bool ent_line_next(const char **rest, int width, ent_line *line) {
  const char *at = *rest;
  if (!at) return false;
  while (is_blank(*at)) at++;
  *rest = at;
  if (*at == '\0') return false;

  *line = whole_word(at);
  if (line->width > width) *line = broken_word(at, width);
  else
    for (;;) { /* each further word, with the blanks before it, as long as it fits */
      const char *end = line->text + line->length;
      int blanks = 0;
      while (is_blank(end[blanks])) blanks++;
      ent_line word = whole_word(end + blanks);
      if (word.length == 0 || line->width + blanks + word.width > width) break;
      line->length += (size_t)blanks + word.length;
      line->width += blanks + word.width;
    }
  *rest = line->text + line->length;
  return true;
}

int ent_line_width(const char *text) {
  int columns = 0;
  for (const char *at = text; at && *at != '\0';) {
    size_t length = character_length(at);
    columns += character_width(at, length);
    at += length;
  }
  return columns;
}

void ent_line_add(ent_text *out, const char *text, size_t length) {
  for (size_t i = 0; i < length;) {
    size_t bytes = character_length(text + i);
    if (bytes > length - i) bytes = length - i;
    if (is_blank(text[i])) ent_text_add_bytes(out, " ", 1);
    else if (is_control(text + i, bytes)) ent_text_add_bytes(out, "?", 1);
    else ent_text_add_bytes(out, text + i, bytes);
    i += bytes;
  }
}
