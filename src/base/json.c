/* json.c - the one wrapper of jansson.
 *
 * Comes in: bytes of a document, or values to write. Goes out: borrowed values, or text. Must not: show jansson's types
 * or its habits (NULL on any trouble, reference counts) to others. */
#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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
static json_t *mutable(const ent_json *value);
static json_t *number_or_null(double number);
static json_t *text_or_null(const char *text);
static int print_piece(const char *piece, size_t length, void *text);

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
  *out = json_loadb(length ? bytes : "", length, JSON_REJECT_DUPLICATES, &error);
  if (*out) return ENT_OK;
  if (json_error_code(&error) == json_error_out_of_memory) return ent_fail_memory(context);
  snprintf(where, sizeof where, "%.300s:%d:%d", name, error.line > 0 ? error.line : 1,
           error.column > 0 ? error.column : 1);
  const char *remedy = json_error_code(&error) == json_error_duplicate_key
                           ? "let each key stand once in its object"
                           : "complete or mend the JSON there (the error may begin above it)";
  return ent_fail(context, ENT_INVALID, where, remedy, "%s", error.text);
}

void ent_json_free(ent_json *json) { json_decref(json); }

const ent_json *ent_json_get(const ent_json *object, const char *key) { return json_object_get(object, key); }

const ent_json *ent_json_at(const ent_json *array, size_t index) { return json_array_get(array, index); }

size_t ent_json_count(const ent_json *value) {
  return json_is_array(value) ? json_array_size(value) : json_object_size(value);
}

const char *ent_json_text(const ent_json *value) { return json_string_value(value); }

const char *ent_json_get_text(const ent_json *object, const char *key) {
  return ent_json_text(ent_json_get(object, key));
}

double ent_json_number(const ent_json *value, double fallback) {
  return json_is_number(value) ? json_number_value(value) : fallback;
}

double ent_json_get_number(const ent_json *object, const char *key, double fallback) {
  return ent_json_number(ent_json_get(object, key), fallback);
}

bool ent_json_get_bool(const ent_json *object, const char *key, bool fallback) {
  const ent_json *value = ent_json_get(object, key);
  return json_is_boolean(value) ? json_is_true(value) : fallback;
}

bool ent_json_is_object(const ent_json *value) { return json_is_object(value); }
bool ent_json_is_array(const ent_json *value) { return json_is_array(value); }
bool ent_json_is_text(const ent_json *value) { return json_is_string(value); }
bool ent_json_is_number(const ent_json *value) { return json_is_number(value); }

const char *ent_json_key_at(const ent_json *object, size_t index, const ent_json **value) {
  if (value) *value = NULL;
  if (index >= json_object_size(object)) return NULL;
  json_t *owner = mutable(object);
  void *member = json_object_iter(owner);
  for (; member && index > 0; index--) member = json_object_iter_next(owner, member);
  if (!member) return NULL;
  if (value) *value = json_object_iter_value(member);
  return json_object_iter_key(member);
}

ent_json *ent_json_object(void) { return json_object(); }
ent_json *ent_json_array(void) { return json_array(); }

bool ent_json_set(ent_json *object, const char *key, ent_json *child) {
  return json_object_set_new(object, key, child) == 0;
}

bool ent_json_set_text(ent_json *object, const char *key, const char *text) {
  return ent_json_set(object, key, text_or_null(text));
}

bool ent_json_set_number(ent_json *object, const char *key, double number) {
  return ent_json_set(object, key, number_or_null(number));
}

bool ent_json_set_integer(ent_json *object, const char *key, int64_t number) {
  return ent_json_set(object, key, json_integer(number));
}

bool ent_json_set_bool(ent_json *object, const char *key, bool value) {
  return ent_json_set(object, key, json_boolean(value));
}

bool ent_json_add(ent_json *array, ent_json *child) { return json_array_append_new(array, child) == 0; }

bool ent_json_add_text(ent_json *array, const char *text) { return ent_json_add(array, text_or_null(text)); }

bool ent_json_add_number(ent_json *array, double number) { return ent_json_add(array, number_or_null(number)); }

bool ent_json_print(const ent_json *json, bool indent, ent_text *text) {
  size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(6) | (indent ? JSON_INDENT(2) : JSON_COMPACT);
  if (!json || json_dump_callback(json, print_piece, text, flags) != 0) return false;
  if (indent) ent_text_add(text, "\n");
  return !text->failed;
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

/* jansson's iterators want a value that is not const, though they leave it as it is. */
static json_t *mutable(const ent_json *value) { return (json_t *)(uintptr_t)value; }

/* NaN is missing; an infinite number gives NULL, which every adder refuses. A zero loses its sign: "-0.0" would only
 * puzzle a reader. */
static json_t *number_or_null(double number) {
  if (isnan(number)) return json_null();
  return json_real(number == 0 ? 0.0 : number);
}

/* The name of a folder may hold bytes that are no UTF-8, which JSON can not; "?" stands for them. */
static json_t *text_or_null(const char *text) {
  if (!text) return json_null();
  json_t *made = json_string(text);
  if (made || ent_text_is_utf8(text, strlen(text), NULL)) return made;
  ent_text clean = {0};
  ent_text_add_clean(&clean, text, strlen(text));
  made = clean.failed ? NULL : json_string(clean.data);
  ent_text_clear(&clean);
  return made;
}

/* jansson writes characters as they are, but a terminal may obey some of them: those become escapes. They stand only in
 * strings, and pieces end between characters. */
static int print_piece(const char *piece, size_t length, void *text) {
  ent_text *to = text;
  uint32_t character;
  size_t harm = 0;
  while (ent_text_worst(piece, length, &character, &harm) == ENT_CHARACTER_HARMFUL) {
    size_t size = character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
    ent_text_add_bytes(to, piece, harm);
    ent_text_print(to, "\\u%04X", (unsigned)character);
    piece += harm + size;
    length -= harm + size;
  }
  ent_text_add_bytes(to, piece, length);
  return to->failed ? -1 : 0;
}
