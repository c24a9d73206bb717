/* json.c - jansson's values behind a wrapper: looking into them, building and printing. json_read.c reads them.
 *
 * Comes in: values to look into or to write. Goes out: borrowed values, or text. Must not: show jansson's types or its
 * habits (NULL on any trouble, reference counts) to others. */
#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static json_t *mutable(const ent_json *value);
static json_t *number_or_null(double number);
static json_t *text_or_null(const char *text);
static int print_piece(const char *piece, size_t length, void *text);

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
  /* jansson can fail half-way for want of memory of its own: no caller may take what it wrote by then for the whole */
  if (!json || json_dump_callback(json, print_piece, text, flags) != 0) text->failed = true;
  if (indent) ent_text_add(text, "\n");
  return !text->failed;
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
