/* json.c - the one wrapper of jansson.
 *
 * Comes in: bytes of a document, or values to write. Goes out: borrowed values, or text. Must not: show jansson's types
 * or its habits (NULL on any trouble, reference counts) to others. */
#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DEEPEST 200
#define LONGEST ((size_t)256 << 20)

static bool too_deep(const char *bytes, size_t length, int *line, int *column);
static json_t *mutable(const ent_json *value);
static json_t *number_or_null(double number);
static int print_piece(const char *piece, size_t length, void *text);

ent_status ent_json_read(ent_context *context, const char *name, const char *bytes, size_t length, ent_json **out) {
  *out = NULL;
  if (length > LONGEST) return ent_fail(context, ENT_INVALID, name, "split it", "the document is larger than 256 MB");
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* some editors write a byte order mark */
    bytes += 3;
    length -= 3;
  }
  int line, column;
  char where[400]; /* a name that is longer loses its end, not the place */
  if (too_deep(bytes, length, &line, &column)) {
    snprintf(where, sizeof where, "%.300s:%d:%d", name, line, column);
    return ent_fail(context, ENT_INVALID, where, "write it with fewer levels", "nested deeper than %d levels", DEEPEST);
  }
  json_error_t error;
  *out = json_loadb(length ? bytes : "", length, JSON_REJECT_DUPLICATES, &error);
  if (*out) return ENT_OK;
  if (json_error_code(&error) == json_error_out_of_memory) return ent_fail_memory(context);
  snprintf(where, sizeof where, "%.300s:%d:%d", name, error.line > 0 ? error.line : 1,
           error.column > 0 ? error.column : 1);
  return ent_fail(context, ENT_INVALID, where, NULL, "%s", error.text);
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
  return ent_json_set(object, key, text ? json_string(text) : json_null());
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

bool ent_json_add_text(ent_json *array, const char *text) {
  return ent_json_add(array, text ? json_string(text) : json_null());
}

bool ent_json_add_number(ent_json *array, double number) { return ent_json_add(array, number_or_null(number)); }

bool ent_json_print(const ent_json *json, bool indent, ent_text *text) {
  size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(6) | (indent ? JSON_INDENT(2) : JSON_COMPACT);
  if (!json || json_dump_callback(json, print_piece, text, flags) != 0) return false;
  if (indent) ent_text_add(text, "\n");
  return !text->failed;
}

/* Looks for hostile nesting before jansson builds anything. Brackets in strings do not count; in a document that is
 * broken otherwise the count may be off, and then jansson refuses it. */
static bool too_deep(const char *bytes, size_t length, int *line, int *column) {
  int depth = 0;
  bool inside = false;
  *line = 1;
  *column = 0;
  for (size_t i = 0; i < length; i++) {
    char c = bytes[i];
    if (((unsigned char)c & 0xC0) != 0x80) ++*column; /* characters, as jansson counts */
    if (c == '\n') {
      ++*line;
      *column = 0;
    } else if (inside && c == '\\') i++, ++*column;
    else if (c == '"') inside = !inside;
    else if (!inside && (c == '[' || c == '{') && ++depth > DEEPEST) return true;
    else if (!inside && (c == ']' || c == '}')) depth--;
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

static int print_piece(const char *piece, size_t length, void *text) {
  ent_text *to = text;
  ent_text_add_bytes(to, piece, length);
  return to->failed ? -1 : 0;
}
