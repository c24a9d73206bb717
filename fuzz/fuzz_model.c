/* fuzz_model.c - assessment models come from anybody: whatever the bytes, a model or a clear refusal. */
#include <stddef.h>
#include <stdint.h>

#include "evidence/model.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_context *context;
  ent_arena *arena = ent_arena_new((size_t)64 << 20);
  ent_model *model;
  if (!arena || ent_context_new("share", &context)) return 0;
  if (ent_model_read(context, arena, "model.json", (const char *)data, size, &model) == ENT_OK && !model->id)
    __builtin_trap();
  ent_context_free(context);
  ent_arena_free(arena);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return fuzz_change_or_mutate(data, size, max, seed);
}
