/* fuzz_csl.c - any JSON as an entry of the source register: a line of text and, perhaps, dates. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/csl.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_json *json;
  ent_span span;
  ent_text line = {0};
  const char *why = NULL;
  if (ent_json_read(NULL, "fuzz.json", (const char *)data, size, &json) != ENT_OK) return 0;
  if (ent_csl_date(json, "issued", &span, &why) && span.first > span.last) abort();
  (void)ent_csl_date(json, "accessed", &span, NULL);
  ent_csl_line(json, &line);
  if (line.length && !ent_text_is_utf8(line.data, line.length, NULL)) abort();
  ent_text_clear(&line);
  ent_json_free(json);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return fuzz_change_or_mutate(data, size, max, seed);
}
