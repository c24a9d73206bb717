/* fuzz_package.c - a whole package from anybody: checked, loaded, assessed, explained.
 *
 * The input is a line with a key for explain, then files: a line "\x1e NAME", then the file's bytes up to the next such
 * line. Files that it does not name are those of tests/packages/river-pact, so that a small input is a whole package.
 *
 * What the check finds no error in can be loaded and opened. */
#include "store/store.h"
#include "study.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

enum { MOST_FILES = 64 };

typedef struct section { /* of the input: a file; NAME is no path */
  char name[64];
  size_t mark, begin, end; /* where its marking line, its bytes and the next section begin */
} section;

static ent_context *context;
static ent_arena *arena; /* of what is kept between inputs */
static fuzz_file files[MOST_FILES];
static size_t file_count;

static void prepare(void) {
  char path[300];
  if (file_count) return;
  if (ent_context_new("share", &context) || !(arena = ent_arena_new(0))) abort();
  file_count = fuzz_package(context, arena, files, MOST_FILES);
  for (size_t i = 0; i < file_count; i++) {
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), files[i].name);
    fuzz_write_file(path, files[i].bytes, files[i].length);
  }
}

static bool name_is_good(const char *name) {
  return *name && *name != '.' && strspn(name, "abcdefghijklmnopqrstuvwxyz_-.0123456789") == strlen(name);
}

/* The sections of an input; what can not be one belongs to the section before. */
static size_t split(const uint8_t *data, size_t size, section *list) {
  size_t count = 0;
  for (size_t at = 0; at < size; at++) {
    if (data[at] != 0x1e || (at && data[at - 1] != '\n') || count == MOST_FILES) continue;
    const uint8_t *line = memchr(data + at, '\n', size - at);
    section *s = &list[count];
    if (!line || line - (data + at) < 3 || line - (data + at) > 60) continue;
    snprintf(s->name, sizeof s->name, "%.*s", (int)(line - (data + at) - 2), (const char *)data + at + 2);
    if (!name_is_good(s->name)) continue;
    s->mark = at;
    s->begin = (size_t)(line - data) + 1;
    s->end = size;
    if (count) s[-1].end = at;
    count++;
  }
  return count;
}

static const fuzz_file *standing(const char *name) {
  for (size_t i = 0; i < file_count; i++)
    if (strcmp(files[i].name, name) == 0) return &files[i];
  return NULL;
}

static void wrong(const char *what) {
  fprintf(stderr, "fuzz_package: %s: %s\n", what, ent_context_message(context));
  abort();
}

/* always: whatever the check says, so that a load refuses what it must. */
static void check_and_load(const char *folder, const char *key, bool always) {
  ent_store *store;
  ent_result *result;
  ent_status status = ent_study_check(context, folder, &result);
  if (status) wrong("the check failed"); /* the folder is there, and whatever stands in it is a finding */
  bool good = ent_result_errors(result) == 0;
  fuzz_answer(context, status, result);
  if (!good && !always) return;
  if (ent_store_open(context, ":memory:", &store)) wrong("no scratch store");
  status = ent_study_load(context, store, folder, &result);
  if ((status == ENT_OK) != good) wrong("the load is not of the check's mind");
  fuzz_answer(context, status, result);
  if (good && fuzz_ask(context, store, folder, key)) wrong("what was loaded is not opened");
  ent_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  section list[MOST_FILES];
  char key[200], path[300];
  prepare();
  data = fuzz_key(data, &size, key);
  size_t count = split(data, size, list);
  for (size_t i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), list[i].name);
    fuzz_write_file(path, data + list[i].begin, list[i].end - list[i].begin);
  }
  check_and_load(fuzz_folder(), key, size % 8 == 0);
  for (size_t i = 0; i < count; i++) {
    const fuzz_file *file = standing(list[i].name);
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), list[i].name);
    if (file) fuzz_write_file(path, file->bytes, file->length);
    else unlink(path);
  }
  return 0;
}

/* Changes words of a file that is there, brings in a file of the package to be changed, or leaves one out again. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  section list[MOST_FILES];
  char mark[80];
  uint64_t state = seed;
  prepare();
  size_t count = split(data, size, list);
  const fuzz_file *other = &files[fuzz_below(&state, file_count)];
  if (!memchr(data, '\n', size) || fuzz_below(&state, 30) == 0) return LLVMFuzzerMutate(data, size, max);
  if (count == 0 || (count < 6 && fuzz_below(&state, 8) == 0)) {
    size_t length = (size_t)snprintf(mark, sizeof mark, "\x1e %s\n", other->name);
    if (size + 1 + length + other->length > max) return LLVMFuzzerMutate(data, size, max);
    if (size && data[size - 1] != '\n') data[size++] = '\n';
    memcpy(data + size, mark, length);
    memcpy(data + size + length, other->bytes, other->length);
    size += length + other->length;
    count = split(data, size, list);
  }
  size_t chosen = fuzz_below(&state, count);
  if (count > 1 && fuzz_below(&state, 12) == 0)
    return fuzz_replace(data, size, max, list[chosen].mark, list[chosen].end, "", 0);
  for (size_t changes = 1 + fuzz_below(&state, 3); changes > 0 && count > 0; changes--) {
    const section *s = &list[chosen];
    size_t rest = size - s->end, room = max - size + (s->end - s->begin), length;
    uint8_t *text = malloc(room + 1);
    if (!text) return size;
    memcpy(text, data + s->begin, s->end - s->begin);
    length = fuzz_change(text, s->end - s->begin, room, &state, other->bytes, other->length);
    memmove(data + s->begin + length, data + s->end, rest);
    memcpy(data + s->begin, text, length);
    free(text);
    size = s->begin + length + rest;
    count = split(data, size, list);
    if (chosen >= count) chosen = 0;
  }
  return size;
}
