/* json_read.c - reads JSON: looks at a document before memory is spent on it, then lets jansson build its values.
 *
 * Comes in: bytes. Goes out: a tree of borrowed values, or a place and a remedy. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/json_load.h"

#define DEEPEST 200
#define LONGEST ((size_t)32 << 20)
#define LONGEST_STRING ((size_t)1 << 20)
#define MOST_ROOM 500000 /* in units of about 100 bytes of memory: a value takes one, an array two, an object three */

/* Where reading stands in a document that is looked at before jansson builds anything. */
typedef struct scan {
  const char *bytes;
  size_t length, at;
  int line, column; /* characters, as jansson counts */
  int depth;
  size_t room, string; /* string: where this one began */
  bool inside;         /* a string */
  char reason[160];
  const char *remedy;
} scan;

static bool looks_hostile(scan *s);
static bool refuse(scan *s, const char *remedy, const char *reason, ...) __attribute__((format(printf, 3, 4)));
ent_status ent_json_read(ent_context *context, const char *name, const char *bytes, size_t length, ent_json **out) {
  *out = NULL;
  if (length > LONGEST)
    return ent_fail(context, ENT_INVALID, name, "shorten it", "the document is larger than %zu MB", LONGEST >> 20);
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* some editors write a byte order mark */
    bytes += 3;
    length -= 3;
  }
  char where[400]; /* a name that is longer loses its end, not the place */
  scan s = {.bytes = bytes, .length = length, .line = 1};
  if (looks_hostile(&s)) {
    snprintf(where, sizeof where, "%.300s:%d:%d", name, s.line, s.column);
    return ent_fail(context, ENT_INVALID, where, s.remedy, "%s", s.reason);
  }
  json_error_t error;
  if (!ent_json_load(length ? bytes : "", length, &error, out)) return ent_fail_memory(context);
  if (*out) return ENT_OK;
  snprintf(where, sizeof where, "%.300s:%d:%d", name, error.line > 0 ? error.line : 1,
           error.column > 0 ? error.column : 1);
  const char *remedy = json_error_code(&error) == json_error_duplicate_key
                           ? "let each key stand once in its object"
                           : "complete or mend the JSON there (the error may begin above it)";
  return ent_fail(context, ENT_INVALID, where, remedy, "%s", error.text);
}

static bool refuse(scan *s, const char *remedy, const char *reason, ...) {
  va_list arguments;
  va_start(arguments, reason);
  (void)ent_text_format(s->reason, sizeof s->reason, reason, arguments);
  va_end(arguments);
  s->remedy = remedy;
  return true;
}

static bool refuse_character(scan *s, uint32_t character) {
  return refuse(s, "take it out; only tabs and line ends may stand in text",
                "the character U+%04X stands here, which can not be seen and may deceive a reader",
                (unsigned)character);
}

/* At a backslash in a string: moves to the last character of the escape. */
static bool escape_is_hostile(scan *s) {
  static const char digits[] = "0123456789abcdef0123456789ABCDEF";
  uint32_t character = 0;
  char kind = s->at + 1 < s->length ? s->bytes[s->at + 1] : '\0';
  if (kind == 'b' || kind == 'f') return refuse_character(s, kind == 'b' ? 0x08 : 0x0C);
  for (size_t i = 2; kind == 'u' && i < 6; i++) {
    const char *digit = s->at + i < s->length ? memchr(digits, s->bytes[s->at + i], sizeof digits - 1) : NULL;
    if (!digit) break; /* jansson refuses it */
    character = character * 16 + (uint32_t)(digit - digits) % 16;
    if (i == 5 && ent_character_of(character) == ENT_CHARACTER_HARMFUL) return refuse_character(s, character);
  }
  s->at++;
  s->column++;
  return false;
}

/* A bracket, a comma or a quote outside of strings. */
static bool mark_is_hostile(scan *s, char c) {
  if (c == '"') s->string = s->at;
  if (c == '"') s->inside = true;
  else if (c == ']' || c == '}') s->depth--;
  else if (c == ',' || c == '[' || c == '{') s->room += c == '{' ? 3 : c == '[' ? 2 : 1;
  if ((c == '[' || c == '{') && ++s->depth > DEEPEST)
    return refuse(s, "write it with fewer levels", "nested deeper than %d levels", DEEPEST);
  if (s->room > MOST_ROOM)
    return refuse(s, "take out what is not needed", "the document has too many values, more than about %d", MOST_ROOM);
  return false;
}

/* What would cost much memory or deceive a reader. In a document that is broken otherwise the count may be off, and
 * then jansson refuses it. */
static bool looks_hostile(scan *s) {
  uint32_t character = 0;
  size_t harm = s->length, bad = s->length;
  if (ent_text_worst(s->bytes, s->length, &character, &harm) != ENT_CHARACTER_HARMFUL) harm = s->length;
  if (ent_text_is_utf8(s->bytes, s->length, &bad)) bad = s->length;
  for (; s->at < s->length; s->at++) {
    char c = s->bytes[s->at];
    if (((unsigned char)c & 0xC0) != 0x80) s->column++;
    if (s->at == bad)
      return refuse(s, "save the file as UTF-8", "the byte 0x%02X is not UTF-8", (unsigned)(unsigned char)c);
    if (s->at == harm) return refuse_character(s, character);
    if (s->inside && s->at - s->string > LONGEST_STRING)
      return refuse(s, "shorten it; perhaps a quote is missing", "a text is longer than %zu MB", LONGEST_STRING >> 20);
    if (c == '\n') {
      s->line++;
      s->column = 0;
    } else if (s->inside && c == '\\') {
      if (escape_is_hostile(s)) return true;
    } else if (s->inside) {
      s->inside = c != '"';
    } else if (mark_is_hostile(s, c)) {
      return true;
    }
  }
  return false;
}
