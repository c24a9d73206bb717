/* line.c - see line.h. */
#include "report/line.h"

#include <string.h>

/* Bytes of the character that begins at text (never 0; a broken sequence is taken byte by byte). */
static size_t character_length(const char *text) {
  unsigned char first = (unsigned char)*text;
  size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < length; i++)
    if (((unsigned char)text[i] & 0xc0) != 0x80)
      return 1;
  return length;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Also the control characters of ISO 6429 above ASCII (U+0080 to U+009F), which some terminals obey. */
static bool is_control(const char *text, size_t length) {
  unsigned char first = (unsigned char)text[0];
  if (length == 1)
    return first < 0x20 || first >= 0x7f;
  return length == 2 && first == 0xc2 && (unsigned char)text[1] < 0xa0;
}

static int character_width(const char *text, size_t length) {
  if (length == 1 || is_control(text, length))
    return 1;
  char character[5] = {0};
  memcpy(character, text, length);
  return ent_text_width(character);
}

bool ent_line_next(const char **rest, int width, ent_line *line) {
  const char *at = *rest;
  if (!at)
    return false;
  while (is_blank(*at))
    at++;
  if (*at == '\0') {
    *rest = at;
    return false;
  }

  ent_line found = {.text = at};
  bool fits = false; /* found holds at least one whole word */
  int columns = 0;
  while (*at != '\0') {
    size_t length = character_length(at);
    if (is_blank(*at) && !is_blank(at[-1])) {
      found.length = (size_t)(at - found.text);
      found.width = columns;
      fits = true;
    }
    int next = columns + character_width(at, length);
    if (next > width && !(is_blank(*at))) {
      if (!fits) {
        bool empty = at == found.text; /* a line holds one character at least, however narrow it is */
        found.length = (size_t)(at - found.text) + (empty ? length : 0);
        found.width = empty ? next : columns;
      }
      *rest = found.text + found.length;
      *line = found;
      return true;
    }
    columns = next;
    at += length;
  }
  if (!is_blank(at[-1])) {
    found.length = (size_t)(at - found.text);
    found.width = columns;
  }
  *rest = at;
  *line = found;
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

int ent_line_longest_word(const char *text) {
  int longest = 0, columns = 0;
  for (const char *at = text; at && *at != '\0';) {
    size_t length = character_length(at);
    columns = is_blank(*at) ? 0 : columns + character_width(at, length);
    if (columns > longest)
      longest = columns;
    at += length;
  }
  return longest;
}

void ent_line_add(ent_text *out, const char *text, size_t length) {
  for (size_t i = 0; i < length;) {
    size_t bytes = character_length(text + i);
    if (bytes > length - i)
      bytes = length - i;
    if (is_blank(text[i]))
      ent_text_add_bytes(out, " ", 1);
    else if (is_control(text + i, bytes))
      ent_text_add_bytes(out, "?", 1);
    else
      ent_text_add_bytes(out, text + i, bytes);
    i += bytes;
  }
}
