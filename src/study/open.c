/* open.c - the operations check, load and open: from a folder or an id to a study in the store. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/check.h"
#include "evidence/load.h"
#include "evidence/model.h"
#include "evidence/package.h"
#include "evidence/read.h"
#include "files/file.h"
#include "study/coders.h"
#include "study/statements.h"
#include "study/study.h"

enum { MOST_SMALL_BYTES = 4 << 20 };

/* share/bundled.json names the one study that every newcomer sees. */
/* "a/studies/x" of the share folder "a/share" and "../studies/x", where both are the same: a path that people can read.
 */
static const char *join(ent_arena *arena, const char *share, const char *study) {
  const char *slash = strrchr(share, '/'), *plain = NULL;
  if (strncmp(study, "../", 3) == 0 && slash && slash[1] && slash[1] != '.')
    plain = ent_arena_print(arena, "%.*s/%s", (int)(slash - share), share, study + 3);
  if (plain && ent_file_is_folder(plain)) return plain;
  return ent_arena_print(arena, "%s/%s", share, study); /* share may be a link to elsewhere */
}

static ent_status bundled_folder(ent_context *context, ent_arena *arena, const char **out) {
  const char *share = ent_context_share(context);
  char *path = ent_arena_print(arena, "%s/bundled.json", share), *bytes;
  ent_json *json = NULL;
  size_t length;
  ent_status status;
  if (!path) return ent_fail_memory(context);
  status = ent_file_read(context, arena, path, NULL, MOST_SMALL_BYTES, &bytes, &length);
  if (!status) status = ent_json_read(context, path, bytes, length, &json);
  if (status) return ent_fail_while(context, status, "looking for the bundled study");
  if (!ent_json_get_text(json, "study"))
    status = ent_fail(context, ENT_INVALID, path, "give {\"study\": \"FOLDER\"}", "the bundled study is not named");
  else if (!(*out = join(arena, share, ent_json_get_text(json, "study")))) status = ent_fail_memory(context);
  ent_json_free(json);
  return status;
}

/* ---- check ---- */

/* The package's default model, to see what it makes of the rows. A model that can not be had is a finding. */
static ent_status check_model(ent_context *context, ent_arena *arena, const ent_package *package,
                              ent_findings *findings) {
  ent_model *model = NULL;
  char *bytes, *path;
  size_t length;
  ent_status status;
  if (!package->model || !*package->model) return ENT_OK;
  if (strpbrk(package->model, "./")) { /* a file of the package; that it is missing was found already */
    if (!*package->model_text) return ENT_OK;
    status = ent_model_read(context, arena, package->model, package->model_text, strlen(package->model_text), &model);
  } else {
    path = ent_arena_print(arena, "%s/models/%s.json", ent_context_share(context), package->model);
    if (!path) return ent_fail_memory(context);
    status = ent_file_read(context, arena, path, NULL, MOST_SMALL_BYTES, &bytes, &length);
    if (!status) status = ent_model_read(context, arena, path, bytes, length, &model);
  }
  if (status == ENT_NOT_FOUND || status == ENT_INVALID) {
    ent_findings_add(findings, ENT_ERROR, "model", ENT_DESCRIPTOR, 0, "/entente/model", NULL,
                     "name a model of share/models, or a model file of the package", "%s",
                     ent_context_message(context));
    ent_context_clear(context);
    return ENT_OK;
  }
  return status ? status : ent_check_model(context, package, model, findings);
}

static ent_status check_folder(ent_context *context, ent_arena *arena, const char *folder, ent_findings *findings,
                               ent_package **out) {
  ent_status status;
  ent_findings_init(findings, arena);
  status = ent_package_open(context, arena, folder, findings, out);
  if (!status) status = ent_check_package(context, *out, findings);
  if (!status && *out) status = check_model(context, arena, *out, findings);
  if (!status && *out) status = ent_statements_check(context, *out, findings);
  if (!status && findings->failed) status = ent_fail_memory(context);
  if (!status) ent_findings_sort(findings);
  return status;
}

static ent_status fill_check(ent_context *context, ent_result *result, const char *folder, const ent_package *package,
                             const ent_findings *findings) {
  ent_check_answer *answer = &result->check;
  result->kind = ENT_CHECK;
  answer->folder = ent_arena_copy(result->arena, folder, strlen(folder));
  answer->study = package->study;
  answer->rows = package->rows;
  answer->resources = package->resources;
  answer->findings = findings;
  return answer->folder ? ENT_OK : ent_fail_memory(context);
}

static ent_status fill_agreement(ent_context *context, ent_result *result, const ent_package *package) {
  ent_check_answer *answer = &result->check;
  const ent_coders_tables tables = {.scales = ent_package_table(package, "scales"),
                                    .codings = ent_package_table(package, "codings"),
                                    .coders = ent_package_table(package, "coders")};
  ent_coders_agreement agreement;
  ent_status status = ent_coders_agree(context, result->arena, &tables, &agreement);
  answer->alphas = agreement.alphas;
  answer->alpha_count = agreement.alpha_count;
  return status;
}

ent_status ent_study_check(ent_context *context, const char *folder, ent_result **out) {
  ent_result *result = ent_result_new(context, ENT_CHECK);
  ent_findings *findings = result ? ent_arena_take(result->arena, 1, sizeof *findings) : NULL;
  ent_package *package = NULL;
  ent_status status;
  *out = NULL;
  ent_context_clear(context);
  status = findings ? ENT_OK : ent_fail_memory(context);
  if (!status && !folder) status = bundled_folder(context, result->arena, &folder);
  if (!status) status = check_folder(context, result->arena, folder, findings, &package);
  if (!status) status = fill_check(context, result, folder, package, findings);
  if (!status) status = fill_agreement(context, result, package);
  ent_package_close(package);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}

size_t ent_result_errors(const ent_result *result) {
  const ent_findings *findings = NULL;
  if (result && result->kind == ENT_CHECK) findings = result->check.findings;
  if (result && result->kind == ENT_STORE_CHECK) findings = result->store.findings;
  return findings ? findings->errors : 0;
}

/* ---- load ---- */

static ent_status refuse(ent_context *context, const char *folder, const ent_findings *findings) {
  const ent_finding *first = &findings->list[0]; /* errors stand first */
  char where[400], line[24] = "";
  if (first->line) snprintf(line, sizeof line, ":%ld", first->line);
  snprintf(where, sizeof where, "%.80s%s%s%.80s", first->file, line, first->column ? ": " : "",
           first->column ? first->column : "");
  ent_fail(context, ENT_INVALID, where, first->remedy, "%s", first->what);
  return ent_fail_while(context, ENT_INVALID,
                        "loading %s, which has %zu error%s (see entente study check); nothing was loaded", folder,
                        findings->errors, findings->errors == 1 ? "" : "s");
}

static ent_status load_folder(ent_context *context, ent_store *store, const char *folder, ent_result *result) {
  ent_findings *findings = ent_arena_take(result->arena, 1, sizeof *findings);
  ent_package *package = NULL;
  ent_load_answer *answer = &result->load;
  bool unchanged = false;
  ent_status status;
  if (!findings) return ent_fail_memory(context);
  status = check_folder(context, result->arena, folder, findings, &package);
  if (!status && findings->errors) {
    status = fill_check(context, result, folder, package, findings);
    if (!status) status = refuse(context, folder, findings);
  } else if (!status) {
    status = ent_package_load(context, store, package, &unchanged);
    answer->study = package->study;
    answer->edition = package->edition;
    answer->rows = package->rows;
    answer->unchanged = unchanged;
    answer->findings = findings;
    answer->store = ent_arena_print(result->arena, "%s", ent_store_path(store));
    if (!status && !answer->store) status = ent_fail_memory(context);
  }
  ent_package_close(package);
  return status;
}

ent_status ent_study_load(ent_context *context, ent_store *store, const char *folder, ent_result **out) {
  ent_result *result = ent_result_new(context, ENT_LOAD);
  ent_status status;
  *out = NULL;
  ent_context_clear(context);
  if (!result) return ent_fail_memory(context);
  status = load_folder(context, store, folder, result);
  if (status == ENT_OK || (status == ENT_INVALID && ent_result_errors(result))) *out = result;
  else ent_result_free(result);
  return status;
}

/* ---- open ---- */

static ent_status load_into_memory(ent_study *study, const char *folder, ent_result *result) {
  ent_status status = ent_store_open(study->context, ":memory:", &study->own_store);
  if (status) return status;
  study->store = study->own_store;
  return load_folder(study->context, study->store, folder, result);
}

/* A folder that the store refuses (a released edition with other content, a read-only place) is read into memory: what
 * was named is what is assessed, and the store stays as it is. */
static ent_status bring_into_memory(ent_study *study, const char *folder, ent_result *result) {
  study->notice = ent_arena_print(study->arena, "%s; %s was read into memory for this run, and the store is as it was",
                                  ent_context_message(study->context), folder);
  if (!study->notice) return ent_fail_memory(study->context);
  ent_context_clear(study->context);
  return load_into_memory(study, folder, result);
}

/* Loads a folder where the store does not hold its content; the id of its study goes to *id. */
static ent_status bring_folder(ent_study *study, const char *folder, bool aside, const char **id, int *edition) {
  ent_package_state state;
  ent_edition held = {0};
  ent_result *result;
  ent_status status = ent_package_look(study->context, study->arena, study->format, folder, &state);
  if (status) return status;
  if (state.study) {
    *id = state.study;
    *edition = state.edition;
    status = ent_store_edition(study->store, study->arena, state.study, state.edition, &held);
    if (status) return status;
    if (held.number && strcmp(held.content_sha256, state.content_sha256) == 0) return ENT_OK;
  }
  if (!(result = ent_result_new(study->context, ENT_LOAD))) return ent_fail_memory(study->context);
  status = aside ? load_into_memory(study, folder, result) : load_folder(study->context, study->store, folder, result);
  if (!status && !aside && held.number)
    study->notice = ent_arena_print(study->arena, "the store's working copy of %s, edition %d, was replaced by %s",
                                    state.study, state.edition, folder);
  if (status && !aside && result->kind == ENT_LOAD) /* the package is in order, the store would not take it */
    status = bring_into_memory(study, folder, result);
  if (!status) {
    *edition = result->load.edition;
    *id = ent_arena_print(study->arena, "%s", result->load.study);
    if (!*id) status = ent_fail_memory(study->context);
  }
  ent_result_free(result);
  return status;
}

/* The last day of the date; ENT_DAY_OPEN_END where none is given. */
static ent_status read_known_at(ent_study *study, const char *known_at, int32_t *day) {
  ent_span span = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  const char *why = NULL;
  char text[16];
  if (known_at && !ent_date_parse(known_at, &span, &why))
    return ent_fail(study->context, ENT_USAGE, "--known-at", "give a date such as 2021-05-31, 2021-05 or 2021",
                    "\"%s\": %s", known_at, why);
  *day = span.last;
  if (known_at && !(study->known_at = ent_arena_print(study->arena, "%s", ent_day_write(span.last, text))))
    return ent_fail_memory(study->context);
  return ENT_OK;
}

/* What was asked for, as a number; below 0 it is counted back from *edition (0: the highest). */
static ent_status find_edition(ent_study *study, const char *id, int asked, int *edition) {
  ent_edition found = {0};
  if (asked >= 0) {
    if (asked) *edition = asked;
    return ENT_OK;
  }
  ent_status status = ent_store_edition(study->store, study->arena, id, *edition, &found);
  int highest = found.number;
  *edition = highest;
  while (!status && asked < 0 && *edition > 1) {
    status = ent_store_edition(study->store, study->arena, id, --*edition, &found);
    asked += found.number != 0;
  }
  if (status || !asked || !highest) return status; /* that there is no such study is said when it is opened */
  return ent_fail(study->context, ENT_NOT_FOUND, id, "name two editions that the store holds with --edition",
                  "there is no edition before edition %d in the store", highest);
}

/* What was asked for by name may be shown; what stays inside is counted. */
static ent_status reveal(ent_study *study, const ent_study_options *options) {
  static const char *const shown[] = {"observations", "positions",  "threats", "support", "codings",
                                      "institutions", "provisions", "events",  "statuses"};
  size_t count, i;
  ent_status status = ENT_OK;
  study->revealed = ent_arena_take(study->arena, options->reveal_count, sizeof *study->revealed);
  if (!study->revealed) return ent_fail_memory(study->context);
  for (i = 0; i < options->reveal_count; i++)
    if (!(study->revealed[study->revealed_count++] = ent_arena_print(study->arena, "%s", options->reveal[i])))
      return ent_fail_memory(study->context);
  status = ent_catalog_reveal(study->catalog, study->revealed, study->revealed_count);
  for (i = 0; i < sizeof shown / sizeof *shown && !status; i++) {
    status = ent_catalog_count_withheld(study->catalog, shown[i], &count);
    study->withheld += count;
  }
  return status;
}

static ent_status open_edition(ent_study *study, const char *id, int edition, const ent_study_options *options,
                               int32_t known_at) {
  ent_status status = ent_catalog_new(study->context, study->store, study->format, id, edition, &study->catalog);
  if (status) return status;
  study->edition = *ent_catalog_edition(study->catalog);
  if ((status = ent_store_read_begin(study->store))) return status;
  status = ent_evidence_read(study->context, study->arena, study->catalog, known_at, &study->evidence);
  ent_store_read_end(study->store);
  if (!status)
    status = ent_study_title(study->context, study->arena, study->evidence->study, &study->edition, &study->title);
  if (!status) status = reveal(study, options);
  return status;
}

/* A folder when it is one or is written like a path, else the id of a loaded study. */
static bool is_folder(const char *study) {
  return strchr(study, '/') || strcmp(study, ".") == 0 || ent_file_is_folder(study);
}

ent_status ent_study_open(ent_context *context, ent_store *store, const char *study, const ent_study_options *options,
                          ent_study **out) {
  static const ent_study_options defaults;
  ent_arena *arena = ent_arena_new(0);
  ent_study *opened = arena ? ent_arena_take(arena, 1, sizeof *opened) : NULL;
  const char *id = study;
  int edition = 0;
  int32_t known_at = ENT_DAY_OPEN_END;
  ent_status status = ENT_OK;
  if (!options) options = &defaults;
  *out = NULL;
  ent_context_clear(context);
  if (!opened) {
    ent_arena_free(arena);
    return ent_fail_memory(context);
  }
  opened->context = context;
  opened->store = store;
  opened->arena = arena;
  status = read_known_at(opened, options->known_at, &known_at);
  if (!status) status = ent_format_read(context, arena, &opened->format);
  if (!status && !study) status = bundled_folder(context, arena, &study);
  if (!status && is_folder(study)) status = bring_folder(opened, study, options->aside != 0, &id, &edition);
  if (!status) status = find_edition(opened, id, options->edition, &edition);
  if (!status) status = open_edition(opened, id, edition, options, known_at);
  if (status) ent_study_close(opened);
  else *out = opened;
  return status;
}

void ent_study_close(ent_study *study) {
  if (!study) return;
  ent_catalog_free(study->catalog);
  ent_store_close(study->own_store);
  ent_arena_free(study->arena); /* the study itself lives there */
}

const char *ent_study_notice(const ent_study *study) { return study->notice; }
