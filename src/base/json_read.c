/* json_read.c - reads a JSON document (RFC 8259) into jansson's values.
 *
 * Comes in: bytes of a document. Goes out: a tree of values, or the place and cause of a refusal. Must not: let a
 * failed allocation change a value.
 *
 * jansson has a reader of its own, json_loadb. Its lexer (2.14 and earlier) takes no notice when its buffer can not
 * grow: then a byte is missing from a text or a number, a good document is refused, or an assertion ends the program.
 * Other allocators (json_set_alloc_funcs) would hold for the whole process and so for a host's values too. What jansson
 * offers for building values reports each failure, so that only the lexer is ours; tests and a fuzz target hold both
 * readers against each other. */
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define DEEPEST 200
#define LONGEST ((size_t)32 << 20)
#define LONGEST_STRING ((size_t)1 << 20)
#define MOST_ROOM 500000 /* in units of about 100 bytes of memory: a value takes one, an array two, an object three */
#define BLANKS " \t\r\n"

/* Where reading stands in a document that is looked at before any value is built. */
typedef struct scan {
  const char *bytes;
  size_t length, at;
  int line, column; /* characters */
  int depth;
  size_t room, string; /* string: where this one began */
  bool inside;         /* a string */
  char reason[160];
  const char *remedy;
} scan;

/* Where building values stands. Every step returns false when it sets a reason, or when memory is short. */
typedef struct reader {
  const char *bytes;
  size_t length, at;
  size_t bad; /* where what can not be read begins */
  bool is_memory;
  char reason[160];
  const char *remedy;
  ent_text token; /* of the text or number that is being read */
} reader;

static bool looks_hostile(scan *s);
static json_t *read_document(reader *r);
static void place_of(const reader *r, int *line, int *column);

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
  reader r = {.bytes = bytes, .length = length};
  *out = read_document(&r);
  ent_text_clear(&r.token);
  if (*out) return ENT_OK;
  if (r.is_memory) return ent_fail_memory(context);
  int line, column;
  place_of(&r, &line, &column);
  snprintf(where, sizeof where, "%.300s:%d:%d", name, line, column);
  return ent_fail(context, ENT_INVALID, where, r.remedy, "%s", r.reason);
}

/* ---- what would cost much memory or deceive a reader ---- */

static bool refuse(scan *s, const char *remedy, const char *reason, ...) __attribute__((format(printf, 3, 4)));
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

/* The value of four hexadecimal digits; false where they are none. */
static bool hexadecimal(const char *bytes, size_t length, uint32_t *out) {
  static const char digits[] = "0123456789abcdef0123456789ABCDEF";
  *out = 0;
  for (size_t i = 0; i < 4; i++) {
    const char *digit = i < length ? memchr(digits, bytes[i], sizeof digits - 1) : NULL;
    if (!digit) return false;
    *out = *out * 16 + (uint32_t)(digit - digits) % 16;
  }
  return true;
}

/* At a backslash in a string: moves to the last character of the escape. */
static bool escape_is_hostile(scan *s) {
  uint32_t character = 0;
  char kind = s->at + 1 < s->length ? s->bytes[s->at + 1] : '\0';
  if (kind == 'b' || kind == 'f') return refuse_character(s, kind == 'b' ? 0x08 : 0x0C);
  if (kind == 'u' && hexadecimal(s->bytes + s->at + 2, s->length - s->at - 2, &character) &&
      ent_character_of(character) == ENT_CHARACTER_HARMFUL)
    return refuse_character(s, character);
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

/* In a document that is broken otherwise the count may be off, and then building refuses it. */
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

/* ---- building values ---- */

static json_t *read_value(reader *r);

static bool stop(reader *r, size_t bad, const char *reason) {
  r->bad = bad;
  snprintf(r->reason, sizeof r->reason, "%s", reason);
  r->remedy = "complete or mend the JSON there (the error may begin above it)";
  return false;
}

static bool stop_at_key(reader *r, size_t bad, const char *key) {
  r->bad = bad;
  snprintf(r->reason, sizeof r->reason, "duplicate object key \"%.120s\"", key);
  r->remedy = "let each key stand once in its object";
  return false;
}

static bool stop_for_memory(reader *r) {
  r->is_memory = true;
  return false;
}

/* Lines and columns are counted in characters, from 1; a document that ends too early is bad behind its end. */
static void place_of(const reader *r, int *line, int *column) {
  *line = *column = 1;
  for (size_t i = 0; i < r->bad; i++) {
    if (r->bytes[i] == '\n') ++*line, *column = 1;
    else if (((unsigned char)r->bytes[i] & 0xC0) != 0x80) ++*column;
  }
}

/* The next byte that is no blank; NUL at the end. A NUL in the document is harmful and was refused. */
static char next(reader *r) {
  while (r->at < r->length && strchr(BLANKS, r->bytes[r->at])) r->at++;
  return r->at < r->length ? r->bytes[r->at] : '\0';
}

static bool add_character(ent_text *to, uint32_t c) {
  char bytes[4];
  size_t size = 0;
  if (c < 0x80) bytes[size++] = (char)c;
  else {
    if (c < 0x800) bytes[size++] = (char)(0xC0 | c >> 6);
    else {
      if (c < 0x10000) bytes[size++] = (char)(0xE0 | c >> 12);
      else {
        bytes[size++] = (char)(0xF0 | c >> 18);
        bytes[size++] = (char)(0x80 | (c >> 12 & 0x3F));
      }
      bytes[size++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    bytes[size++] = (char)(0x80 | (c & 0x3F));
  }
  ent_text_add_bytes(to, bytes, size);
  return !to->failed;
}

/* Behind "\u": four digits, or a pair of surrogates in two such escapes. */
static bool read_code(reader *r, ent_text *to, size_t escape) {
  uint32_t code, low;
  if (!hexadecimal(r->bytes + r->at, r->length - r->at, &code))
    return stop(r, escape, "four hexadecimal digits must follow \\u");
  r->at += 4;
  if (code == 0) return stop(r, escape, "the character U+0000 can not stand in a text");
  if (code >= 0xD800 && code <= 0xDBFF && r->at + 6 <= r->length && memcmp(r->bytes + r->at, "\\u", 2) == 0 &&
      hexadecimal(r->bytes + r->at + 2, 4, &low) && low >= 0xDC00 && low <= 0xDFFF) {
    code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00);
    r->at += 6;
  }
  if (code >= 0xD800 && code <= 0xDFFF) return stop(r, escape, "half of a pair of surrogates stands here alone");
  return add_character(to, code) || stop_for_memory(r);
}

static bool read_escape(reader *r, ent_text *to) {
  static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  size_t escape = r->at++;
  char kind = r->at < r->length ? r->bytes[r->at++] : '\0';
  if (kind == 'u') return read_code(r, to, escape);
  const char *name = kind ? strchr(names, kind) : NULL;
  if (!name) return stop(r, escape, "there is no such escape");
  return add_character(to, (uint32_t)(unsigned char)meant[name - names]) || stop_for_memory(r);
}

/* At a quote: the text up to the next one. */
static bool read_text(reader *r, ent_text *to) {
  size_t quote = r->at++;
  to->length = 0;
  ent_text_add(to, ""); /* so that an empty text is one */
  while (r->at < r->length && r->bytes[r->at] != '"') {
    size_t from = r->at;
    unsigned char c = 0;
    while (r->at < r->length && (c = (unsigned char)r->bytes[r->at]) != '"' && c != '\\' && c >= 0x20) r->at++;
    ent_text_add_bytes(to, r->bytes + from, r->at - from);
    if (to->failed) return stop_for_memory(r);
    if (r->at == r->length || c == '"') break;
    if (c != '\\') return stop(r, r->at, "a tab or the end of a line stands in a text; write \\t or \\n");
    if (!read_escape(r, to)) return false;
  }
  if (r->at == r->length) return stop(r, quote, "the text that begins here has no end");
  r->at++;
  return !to->failed || stop_for_memory(r);
}

static size_t digits(const reader *r, size_t at) {
  while (at < r->length && r->bytes[at] >= '0' && r->bytes[at] <= '9') at++;
  return at;
}

/* -? (0 | [1-9] digits) (. digits)? (e [+-]? digits)?: where it ends; 0 where there is none. */
static size_t number_end(const reader *r, bool *is_whole) {
  size_t first = r->at + (r->bytes[r->at] == '-'), end = digits(r, first), from;
  *is_whole = true;
  if (end == first || (r->bytes[first] == '0' && end > first + 1)) return 0;
  if (end < r->length && r->bytes[end] == '.') {
    *is_whole = false;
    from = end + 1;
    if ((end = digits(r, from)) == from) return 0;
  }
  if (end < r->length && (r->bytes[end] == 'e' || r->bytes[end] == 'E')) {
    *is_whole = false;
    from = end + 1;
    if (from < r->length && (r->bytes[from] == '+' || r->bytes[from] == '-')) from++;
    if ((end = digits(r, from)) == from) return 0;
  }
  return end;
}

static json_t *read_number(reader *r) {
  bool is_whole;
  size_t from = r->at, end = number_end(r, &is_whole);
  double number = 0;
  json_t *made = NULL;
  if (!end) {
    stop(r, from, "this is no number");
    return NULL;
  }
  r->token.length = 0;
  ent_text_add_bytes(&r->token, r->bytes + from, end - from);
  r->at = end;
  errno = 0;
  if (r->token.failed) {
    stop_for_memory(r);
  } else if (is_whole) {
    long long whole = strtoll(r->token.data, NULL, 10);
    if (errno == ERANGE) stop(r, from, "the number is too large");
    else if (!(made = json_integer(whole))) stop_for_memory(r);
  } else if (!ent_text_number(r->token.data, &number)) { /* elsewhere than in C's locale it takes memory */
    if (errno == ENOMEM) stop_for_memory(r);
    else stop(r, from, "the number is too large");
  } else if (!(made = json_real(number))) {
    stop_for_memory(r);
  }
  return made;
}

static json_t *read_word(reader *r) {
  static const char *const words[] = {"true", "false", "null"};
  size_t end = r->at;
  while (end < r->length &&
         ((r->bytes[end] >= 'a' && r->bytes[end] <= 'z') || (r->bytes[end] >= 'A' && r->bytes[end] <= 'Z')))
    end++;
  for (size_t i = 0; i < 3; i++) {
    if (end - r->at != strlen(words[i]) || memcmp(r->bytes + r->at, words[i], end - r->at) != 0) continue;
    r->at = end;
    return i == 0 ? json_true() : i == 1 ? json_false() : json_null();
  }
  if (r->at == r->length) stop(r, r->at, "the document ends here, before it is complete");
  else stop(r, r->at, "a value is missing: a text in quotes, a number, true, false, null, [ or {");
  return NULL;
}

/* Behind an entry of an array or object: whether another one follows. */
static bool goes_on(reader *r, char close, bool *more) {
  char c = next(r);
  *more = c == ',';
  if (c == ',' || c == close) {
    r->at++;
    return true;
  }
  if (!c) return stop(r, r->at, "the document ends here, before it is complete");
  return stop(r, r->at, close == ']' ? "a comma or ] is missing" : "a comma or } is missing");
}

static bool read_entries(reader *r, json_t *array) {
  bool more = true;
  r->at++;
  if (next(r) == ']') {
    r->at++;
    return true;
  }
  while (more) {
    json_t *value = read_value(r);
    if (!value) return false;
    if (json_array_append_new(array, value) != 0) return stop_for_memory(r);
    if (!goes_on(r, ']', &more)) return false;
  }
  return true;
}

static bool read_member(reader *r, json_t *object, ent_text *key) {
  char c = next(r);
  size_t from = r->at;
  if (c != '"')
    return stop(r, from, c ? "a key in quotes is missing" : "the document ends here, before it is complete");
  if (!read_text(r, key)) return false;
  if (json_object_get(object, key->data)) return stop_at_key(r, from, key->data);
  if (next(r) != ':') return stop(r, r->at, "a colon is missing behind the key");
  r->at++;
  json_t *value = read_value(r);
  if (!value) return false;
  return json_object_set_new(object, key->data, value) == 0 || stop_for_memory(r);
}

static bool read_members(reader *r, json_t *object) {
  bool more = true, good = true;
  r->at++;
  if (next(r) == '}') {
    r->at++;
    return true;
  }
  while (good && more) {
    ent_text key = {0};
    good = read_member(r, object, &key) && goes_on(r, '}', &more);
    ent_text_clear(&key);
  }
  return good;
}

static json_t *read_value(reader *r) {
  json_t *made = NULL;
  char c = next(r);
  if (c == '-' || (c >= '0' && c <= '9')) return read_number(r);
  if (c != '"' && c != '[' && c != '{') return read_word(r);
  bool good = true;
  if (c == '"') good = read_text(r, &r->token);
  if (good && !(made = c == '"' ? json_string(r->token.data) : c == '[' ? json_array() : json_object()))
    good = stop_for_memory(r);
  if (good && c != '"') good = c == '[' ? read_entries(r, made) : read_members(r, made);
  if (good) return made;
  json_decref(made);
  return NULL;
}

static json_t *read_document(reader *r) {
  char c = next(r);
  if (c != '[' && c != '{') {
    stop(r, r->at, c ? "a document begins with [ or {" : "the document is empty");
    return NULL;
  }
  json_t *made = read_value(r);
  if (!made) return NULL;
  if (!next(r)) return made;
  stop(r, r->at, "something stands behind the end of the document");
  json_decref(made);
  return NULL;
}
