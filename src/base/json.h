/* json.h - the one wrapper of jansson.
 *
 * Values are borrowed from the document that was read; ent_json_free frees the whole. Reading refuses duplicate keys,
 * harmful characters (base/text.h), nesting deeper than 200, texts over 1 MB, documents over 32 MB and those with more
 * values than about 500,000, where an array counts as two and an object as three. */
#ifndef ENT_BASE_JSON_H
#define ENT_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/context.h"
#include "base/text.h"

typedef struct json_t ent_json;

/* name stands in messages ("datapackage.json"). ENT_INVALID with line and column for bad syntax. */
ENT_MUST_CHECK ent_status ent_json_read(ent_context *context, const char *name, const char *bytes, size_t length,
                                        ent_json **out);
void ent_json_free(ent_json *json);

/* Reading. A value of another type, or NULL, gives NULL, 0, false or the fallback. */
const ent_json *ent_json_get(const ent_json *object, const char *key);
const ent_json *ent_json_at(const ent_json *array, size_t index);
size_t ent_json_count(const ent_json *array_or_object);
const char *ent_json_text(const ent_json *value);
const char *ent_json_get_text(const ent_json *object, const char *key);
double ent_json_number(const ent_json *value, double fallback);
double ent_json_get_number(const ent_json *object, const char *key, double fallback);
bool ent_json_get_bool(const ent_json *object, const char *key, bool fallback);
bool ent_json_is_object(const ent_json *value);
bool ent_json_is_array(const ent_json *value);
bool ent_json_is_text(const ent_json *value);
bool ent_json_is_number(const ent_json *value);
/* The members of an object in the order of the document. */
const char *ent_json_key_at(const ent_json *object, size_t index, const ent_json **value);

/* Writing: build a tree, then print it. Adders take the child, also when they fail; a NULL child or parent makes
 * them return false. */
ent_json *ent_json_object(void);
ent_json *ent_json_array(void);
bool ent_json_set(ent_json *object, const char *key, ent_json *child);
bool ent_json_set_text(ent_json *object, const char *key, const char *text); /* NULL text: null */
bool ent_json_set_number(ent_json *object, const char *key, double number);  /* NaN: null; infinite: false */
bool ent_json_set_integer(ent_json *object, const char *key, int64_t number);
bool ent_json_set_bool(ent_json *object, const char *key, bool value);
bool ent_json_add(ent_json *array, ent_json *child);
bool ent_json_add_text(ent_json *array, const char *text);
bool ent_json_add_number(ent_json *array, double number);
/* Adds the tree to text with 2 blanks of indent (or compact), numbers with 6 significant digits, final newline if
 * indented. */
bool ent_json_print(const ent_json *json, bool indent, ent_text *text);

#endif
