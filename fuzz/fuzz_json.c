/* fuzz_json.c - any bytes as a JSON document: it can be walked and copied with the calls that readers have, what was
 * read can be printed, and what was printed can be read. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ent_json *copy(const ent_json *value);

static void copy_member(ent_json *out, const ent_json *value, size_t index) {
  const ent_json *child = NULL;
  const char *key = ent_json_key_at(value, index, &child);
  if (!key || !child || ent_json_get(value, key) != child) abort();
  const char *text = ent_json_get_text(value, key);
  double number = ent_json_get_number(value, key, NAN);
  bool yes = ent_json_get_bool(value, key, true), good;
  if (text) good = ent_json_set_text(out, key, text);
  else if (!isnan(number)) good = ent_json_set_number(out, key, number);
  else if (yes == ent_json_get_bool(value, key, false)) good = ent_json_set_bool(out, key, yes);
  else good = ent_json_set(out, key, copy(child));
  if (!good) abort();
}

static void copy_entry(ent_json *out, const ent_json *child) {
  bool good;
  if (ent_json_is_text(child)) good = ent_json_add_text(out, ent_json_text(child));
  else if (ent_json_is_number(child)) good = ent_json_add_number(out, ent_json_number(child, 0));
  else good = ent_json_add(out, copy(child));
  if (!good) abort();
}

static ent_json *copy(const ent_json *value) {
  ent_json *out = ent_json_is_array(value) ? ent_json_array() : ent_json_object();
  if (!out) abort();
  for (size_t i = 0; i < ent_json_count(value); i++)
    if (ent_json_is_array(value)) copy_entry(out, ent_json_at(value, i));
    else copy_member(out, value, i);
  if (ent_json_count(out) != ent_json_count(value)) abort();
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_json *json, *again;
  ent_text text = {0};
  if (ent_json_read(NULL, "fuzz.json", (const char *)data, size, &json) != ENT_OK) return 0;
  ent_json_free(copy(json));
  if (!ent_json_print(json, size % 2, &text)) abort();
  if (ent_json_read(NULL, "again.json", text.data, text.length, &again) != ENT_OK) abort();
  ent_text_clear(&text);
  ent_json_free(again);
  ent_json_free(json);
  return 0;
}
