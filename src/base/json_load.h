/* json_load.h - jansson's reader, made to say when memory was short (inside base/ only). */
#ifndef ENT_BASE_JSON_LOAD_H
#define ENT_BASE_JSON_LOAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

/* As json_loadb, doubled keys refused. False when memory was short, with *out NULL and everything given back; else *out
 * is the document or, where *error says what is wrong with it, NULL. Reading leads jansson's memory in this process
 * through functions that hand on to those that were set before; they keep nothing outside of a call to this one, which
 * threads may make at the same time. */
ENT_MUST_CHECK bool ent_json_load(const char *bytes, size_t length, json_error_t *error, ent_json **out);

#endif
