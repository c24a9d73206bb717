/* study.h - for targets that run whole operations: a folder for their files, a loaded study, and every answer written
 * to nobody.
 *
 * Whatever came in, an operation ends with one of the statuses that entente.h names, and says why. */
#ifndef ENT_FUZZ_STUDY_H
#define ENT_FUZZ_STUDY_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/context.h"
#include "base/text.h"
#include "entente/entente.h"
#include "evidence/format.h"
#include "files/file.h"

#define FUZZ_PACKAGE "tests/packages/river-pact"
#define FUZZ_STUDY "river-pact-2030"
#define FUZZ_MODEL "model.json"

/* A folder of this process's own, in memory where there is /dev/shm; tools/fuzz-each removes it. */
static inline const char *fuzz_folder(void) {
  static char folder[200];
  const char *temporary = getenv("TMPDIR");
  if (*folder) return folder;
  if (!temporary) temporary = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  snprintf(folder, sizeof folder, "%.180s/fuzz-XXXXXX", temporary);
  if (!mkdtemp(folder)) abort();
  return folder;
}

static inline void fuzz_write_file(const char *path, const void *bytes, size_t length) {
  FILE *file = fopen(path, "wb");
  if (!file || (length && fwrite(bytes, 1, length, file) != length) || fclose(file)) abort();
}

/* A descriptor without schemas, which may be left out: it is read several times for each input. */
static inline void fuzz_descriptor(const ent_format *format, int edition, ent_text *out) {
  ent_text_print(out,
                 "{\"name\": \"" FUZZ_STUDY
                 "\", \"title\": \"The River Pact\",\n"
                 "\"entente\": {\"format\": 1, \"edition\": %d, \"released\": \"\", \"date\": \"2030-06\",\n"
                 "\"model\": \"" FUZZ_MODEL "\", \"title_de\": \"Der Flusspakt\"},\n\"resources\": [\n",
                 edition);
  for (size_t r = 0; r < format->resource_count; r++)
    ent_text_print(out, "{\"name\": \"%s\", \"path\": \"%s\"}%s\n", format->resources[r].name,
                   format->resources[r].path, r + 1 < format->resource_count ? "," : "]}");
  if (out->failed) abort();
}

/* The package's descriptor, tables and model, in a list that the caller gives; returns their number. */
/* An input that breaks may be one of many before it: where it broke must stand in the log. */
#define abort() (fprintf(stderr, "broke at %s:%d\n", __FILE__, __LINE__), abort())

typedef struct fuzz_file {
  const char *name, *bytes;
  size_t length;
} fuzz_file;

static inline size_t fuzz_package(ent_context *context, ent_arena *arena, fuzz_file *files, size_t most) {
  const ent_format *format;
  ent_text descriptor = {0};
  if (ent_format_read(context, arena, &format) || format->resource_count + 2 > most) abort();
  fuzz_descriptor(format, 1, &descriptor);
  files[0] =
      (fuzz_file){"datapackage.json", ent_arena_copy(arena, descriptor.data, descriptor.length), descriptor.length};
  ent_text_clear(&descriptor);
  for (size_t r = 0; r <= format->resource_count; r++) {
    fuzz_file *file = &files[r + 1];
    char *bytes;
    file->name = r < format->resource_count ? format->resources[r].path : FUZZ_MODEL;
    if (ent_file_read(context, arena, ent_arena_print(arena, FUZZ_PACKAGE "/%s", file->name), NULL, 1 << 20, &bytes,
                      &file->length))
      abort();
    file->bytes = bytes;
  }
  return format->resource_count + 2;
}

/* ---- what is done with every input ---- */

static inline int fuzz_sink(void *user, const char *text, size_t length) {
  if (!ent_text_is_utf8(text, length, NULL)) abort();
  *(size_t *)user += length;
  return 0;
}

/* Writes a result as a person and as a program would get it, frees it, and holds a failure to its contract. */
static inline void fuzz_answer(ent_context *context, ent_status status, ent_result *result) {
  size_t written = 0;
  const ent_sink sink = {fuzz_sink, &written, 60, 1};
  if (status && !*ent_context_message(context)) abort();
  if (!status && !result) abort();
  if (result && (ent_result_write(result, ENT_TABLE, ENT_ENGLISH, &sink) ||
                 ent_result_write(result, ENT_JSON, ENT_GERMAN, &sink) || written == 0))
    abort();
  ent_result_free(result);
}

/* Asks what a key rests on, as one may who is shown a confidential source, by what was known at a day. */
static inline void fuzz_ask_inside(ent_context *context, ent_store *store, const char *id, const char *key) {
  static const char *const revealed[] = {"letters"};
  const ent_study_options options = {.known_at = "2029-06", .reveal = revealed, .reveal_count = 1};
  ent_study *study;
  ent_result *result;
  ent_status status = ent_study_open(context, store, id, &options, &study);
  if (status) {
    fuzz_answer(context, status, NULL);
    return;
  }
  status = ent_explain_run(study, &(ent_assess_options){.draws = 20, .seed = 1}, key, &result);
  fuzz_answer(context, status, result);
  ent_study_close(study);
}

/* Opens a study of the store and asks it for all that it can answer. Returns the status of the opening. */
static inline ent_status fuzz_ask(ent_context *context, ent_store *store, const char *id, const char *key) {
  const ent_assess_options options = {.draws = 20, .seed = 1}, earlier = {.draws = 20, .seed = 1, .as_of = "2029-01"};
  static const char *const dates[] = {"2029-01,2030-06"};
  ent_study *study;
  ent_result *result;
  ent_status status = ent_study_open(context, store, id, NULL, &study);
  if (status) {
    fuzz_answer(context, status, NULL);
    return status;
  }
  status = ent_assess_run(study, &options, &result);
  fuzz_answer(context, status, result);
  status = ent_explain_run(study, &options, key, &result);
  fuzz_answer(context, status, result);
  status = ent_expect_run(study, &options, &result);
  fuzz_answer(context, status, result);
  status = ent_compare_run(study, &earlier, study, &options, &result);
  fuzz_answer(context, status, result);
  status = ent_diff_run(study, study, &options, &result);
  fuzz_answer(context, status, result);
  status = ent_timeline_run(study, &(ent_timeline_options){0}, &result);
  fuzz_answer(context, status, result);
  status = ent_data_run(study, &(ent_data_options){.currency = "USD", .all = 1}, &result);
  fuzz_answer(context, status, result);
  status = ent_data_run(study, &(ent_data_options){.tree = 1}, &result);
  fuzz_answer(context, status, result);
  status = ent_ledger_run(study, &(ent_ledger_options){.as_of = "2031"}, &result);
  fuzz_answer(context, status, result);
  status = ent_stale_run(study, &(ent_stale_options){.all = 1}, &result);
  fuzz_answer(context, status, result);
  status = ent_gap_run(study, &(ent_gap_options){.run = options, .at = dates, .at_count = 1}, &result);
  fuzz_answer(context, status, result);
  status = ent_matrix_run(study, &(ent_matrix_options){.from = "2020"}, &result);
  fuzz_answer(context, status, result);
  status = ent_profile_run(study, &(ent_profile_options){.alliance = "river-pact"}, &result);
  fuzz_answer(context, status, result);
  ent_study_close(study);
  fuzz_ask_inside(context, store, id, key);
  return ENT_OK;
}

/* The first line of an input is the key that explain is asked for; returns where the rest begins. */
static inline const uint8_t *fuzz_key(const uint8_t *data, size_t *size, char key[200]) {
  const uint8_t *line = *size ? memchr(data, '\n', *size) : NULL;
  size_t length = line ? (size_t)(line - data) : *size, taken = line ? length + 1 : length;
  snprintf(key, 200, "%.*s", (int)(length > 190 ? 190 : length), (const char *)data);
  if (!*key) snprintf(key, 200, "river-pact:ALV");
  *size -= taken;
  return data + taken;
}

#endif
