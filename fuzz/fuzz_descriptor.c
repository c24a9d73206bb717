/* fuzz_descriptor.c - any bytes as a datapackage.json: what is wrong is a finding, never a failure; what is accepted is
 * whole. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/descriptor.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const ent_format *format;
  static ent_context *context;
  static ent_arena *kept;
  if (!context &&
      (ent_context_new(NULL, &context) || !(kept = ent_arena_new(0)) || ent_format_read(context, kept, &format)))
    abort();
  ent_arena *arena = ent_arena_new(0);
  ent_findings findings;
  ent_package package = {.format = format};
  const char *const *paths = NULL;
  ent_findings_init(&findings, arena);
  char *bytes = ent_arena_copy(arena, (const char *)data, size);
  if (ent_descriptor_read(context, arena, bytes, size, &findings, &package, &paths)) abort();
  if (findings.errors == 0 && !(package.study && package.date && package.model && package.edition > 0 && paths[0]))
    abort();
  ent_arena_free(arena);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return fuzz_change_or_mutate(data, size, max, seed);
}
