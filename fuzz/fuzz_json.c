/* fuzz_json.c - any bytes as a JSON document: what was read can be printed, and what was printed can be read. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const ent_json *value) {
  const ent_json *child = NULL;
  for (size_t i = 0; i < ent_json_count(value); i++)
    if (ent_json_is_array(value)) walk(ent_json_at(value, i));
    else if (!ent_json_key_at(value, i, &child) || !child) abort();
    else walk(child);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_json *json, *again;
  ent_text text = {0};
  if (ent_json_read(NULL, "fuzz.json", (const char *)data, size, &json) != ENT_OK) return 0;
  walk(json);
  if (!ent_json_print(json, size % 2, &text)) abort();
  if (ent_json_read(NULL, "again.json", text.data, text.length, &again) != ENT_OK) abort();
  ent_text_clear(&text);
  ent_json_free(again);
  ent_json_free(json);
  return 0;
}
