/* package.c - reads a package folder: descriptor, tables, sources, and the hash of all of them.
 *
 * A package may come from anybody: no path leads out of its folder, and sizes are limited. What the cells mean is
 * judged in check.c. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "evidence/package.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "evidence/descriptor.h"
#include "evidence/spreadsheet.h"
#include "files/file.h"
#include "table/csv.h"

#define FILE_LIMIT ((size_t)256 << 20)
#define MODEL_LIMIT ((size_t)4 << 20) /* a model is read whole whenever the study is assessed */

typedef struct file_bytes { /* a file's bytes; NULL: it could not be read */
  char *bytes;
  size_t length;
} file_bytes;

static ent_status find_folder(ent_context *context, ent_arena *arena, const char *folder, const char **out);
static bool lies_inside(const char *real_folder, const char *full, const char *path);
static ent_status read_content(ent_context *context, ent_arena *arena, const char *folder, const char *path,
                               size_t limit, ent_findings *findings, file_bytes *out);
static ent_status read_table(ent_context *context, ent_arena *arena, ent_package *package, size_t r, const char *path,
                             const file_bytes *content, ent_findings *findings);
static void add_to_hash(ent_sha256 *hash, const char *name, const file_bytes *content);
static ent_status read_model(ent_context *context, ent_arena *arena, ent_package *package, ent_findings *findings,
                             ent_sha256 *hash);

/* The file's bytes are given back when they have been hashed and parsed: a table keeps its own texts. */
static ent_status walk_table(ent_context *context, ent_arena *arena, ent_package *package, size_t r, const char *path,
                             ent_findings *findings, ent_sha256 *hash, bool parse) {
  file_bytes file = {0};
  ent_status status = ENT_OK;
  ent_arena *passing = ent_arena_new(0);
  if (!passing) return ent_fail_memory(context);
  if (path) status = read_content(context, passing, package->folder, path, FILE_LIMIT, findings, &file);
  add_to_hash(hash, path ? path : "", &file);
  if (!status && parse && file.bytes) status = read_table(context, arena, package, r, path, &file, findings);
  ent_arena_free(passing);
  return status;
}

/* Reads the files in the order of the format, which is the order of the hash; parse: the tables too. */
static ent_status walk(ent_context *context, ent_arena *arena, ent_package *package, ent_findings *findings,
                       bool parse) {
  ent_sha256 hash;
  file_bytes descriptor = {0};
  const char *const *paths = NULL;
  ent_status status = read_content(context, arena, package->folder, ENT_DESCRIPTOR, FILE_LIMIT, findings, &descriptor);
  if (!status)
    status = ent_descriptor_read(context, arena, descriptor.bytes, descriptor.length, findings, package, &paths);
  ent_sha256_init(&hash);
  add_to_hash(&hash, ENT_DESCRIPTOR, &descriptor);
  for (size_t r = 0; !status && descriptor.bytes && r < package->format->resource_count; r++)
    status = walk_table(context, arena, package, r, paths[r], findings, &hash, parse);
  if (!status) status = read_model(context, arena, package, findings, &hash);
  ent_sha256_end(&hash, package->content_sha256);
  return status;
}

ent_status ent_package_open(ent_context *context, ent_arena *arena, const char *folder, ent_findings *findings,
                            ent_package **out) {
  *out = NULL;
  ent_package *package = ent_arena_take(arena, 1, sizeof *package);
  if (!package) return ent_fail_memory(context);
  ent_status status = find_folder(context, arena, folder, &package->folder);
  if (!status) status = ent_format_read(context, arena, &package->format);
  if (status) return status;
  package->tables = ent_arena_take(arena, package->format->resource_count, sizeof *package->tables);
  if (!package->tables) return ent_fail_memory(context);
  status = walk(context, arena, package, findings, true);
  if (!status && findings->failed) status = ent_fail_memory(context);
  if (status) {
    ent_package_close(package);
    return ent_fail_while(context, status, "while reading the package %s", folder);
  }
  *out = package;
  return ENT_OK;
}

void ent_package_close(ent_package *package) {
  if (!package) return;
  ent_json_free(package->sources);
  package->sources = NULL;
}

ent_status ent_package_look(ent_context *context, ent_arena *arena, const ent_format *format, const char *folder,
                            ent_package_state *out) {
  memset(out, 0, sizeof *out);
  ent_findings findings;
  ent_package package = {.format = format};
  ent_arena *scratch = ent_arena_new(0);
  if (!scratch) return ent_fail_memory(context);
  ent_findings_init(&findings, scratch);
  ent_status status = find_folder(context, scratch, folder, &package.folder);
  if (!status) status = walk(context, scratch, &package, &findings, false);
  memcpy(out->content_sha256, package.content_sha256, sizeof out->content_sha256);
  if (!status && package.study) {
    out->edition = package.edition;
    out->study = ent_arena_copy(arena, package.study, strlen(package.study));
    if (!out->study) status = ent_fail_memory(context);
  }
  ent_arena_free(scratch);
  return status;
}

const ent_table *ent_package_table(const ent_package *package, const char *resource) {
  int r = ent_format_find(package->format, resource);
  return r < 0 ? NULL : package->tables[r];
}

bool ent_package_has_file(const char *folder, const char *path) {
  ent_text full = {0};
  ent_text_print(&full, "%s/%s", folder, path);
  bool there = !full.failed && lies_inside(folder, full.data, path) && ent_file_exists(full.data) &&
               !ent_file_is_folder(full.data);
  ent_text_clear(&full);
  return there;
}

/* The folder with all links followed, once for all its files. */
static ent_status find_folder(ent_context *context, ent_arena *arena, const char *folder, const char **out) {
  if (!ent_file_is_folder(folder))
    return ent_fail(context, ENT_NOT_FOUND, folder, "name the folder that holds " ENT_DESCRIPTOR,
                    ent_file_exists(folder) ? "this is no folder" : "there is no such folder");
  char *real = realpath(folder, NULL);
  *out = real ? ent_arena_copy(arena, real, strlen(real)) : NULL;
  free(real);
  return *out ? ENT_OK : ent_fail_memory(context);
}

/* Name, length and bytes of a file, so that no two contents can be joined into the same stream. */
static void add_to_hash(ent_sha256 *hash, const char *name, const file_bytes *content) {
  unsigned char length[9] = {content->bytes ? 1 : 0};
  for (size_t i = 0; i < 8; i++) length[i + 1] = (unsigned char)((unsigned long long)content->length >> (8 * i));
  ent_sha256_add(hash, name, strlen(name) + 1);
  ent_sha256_add(hash, length, sizeof length);
  if (content->bytes) ent_sha256_add(hash, content->bytes, content->length);
}

/* Whether a path is relative, names no folder above, and (with links followed) lies in the folder. A file that is not
 * there lies nowhere: reading it says so. */
static bool lies_inside(const char *real_folder, const char *full, const char *path) {
  if (!*path || *path == '/' || strchr(path, '\\')) return false;
  for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
    if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) return false;
  char *real_file = realpath(full, NULL);
  size_t length = strlen(real_folder);
  bool inside = !real_file || (strncmp(real_file, real_folder, length) == 0 &&
                               (real_file[length] == '/' || strcmp(real_folder, "/") == 0));
  free(real_file);
  return inside;
}

/* "actors.csv: is no regular file (why); remedy" */
static void report_unreadable(ent_context *context, const char *path, ent_findings *findings) {
  const char *message = ent_context_message(context), *remedy = "put a file there that can be read";
  size_t length = strlen(path);
  if (strncmp(message, path, length) == 0 && strncmp(message + length, ": ", 2) == 0) message += length + 2;
  const char *end = strstr(message, "; ");
  if (end) remedy = end + 2;
  ent_findings_add(findings, ENT_ERROR, "unreadable-file", path, 0, NULL, NULL, remedy, "%.*s",
                   end ? (int)(end - message) : -1, message);
}

static ent_status read_content(ent_context *context, ent_arena *arena, const char *folder, const char *path,
                               size_t limit, ent_findings *findings, file_bytes *out) {
  char *full = ent_arena_print(arena, "%s/%s", folder, path);
  if (!full) return ent_fail_memory(context);
  if (!lies_inside(folder, full, path)) {
    ent_findings_add(findings, ENT_ERROR, "path-outside", ENT_DESCRIPTOR, 0, "/resources", NULL,
                     "name a file in the package by a relative path without \"..\" and links",
                     "the path \"%s\" leads out of the package", path);
    return ENT_OK;
  }
  ent_status status = ent_file_read(context, arena, full, path, limit, &out->bytes, &out->length);
  if (!status) return ENT_OK;
  out->bytes = NULL;
  out->length = 0;
  if (status == ENT_NOT_FOUND)
    ent_findings_add(findings, ENT_ERROR, "missing-file", path, 0, NULL, NULL,
                     strcmp(path, ENT_DESCRIPTOR) == 0 ? "a package is a folder with a " ENT_DESCRIPTOR
                                                       : "add the file; an empty table has its header line alone",
                     "the file is missing");
  else report_unreadable(context, path, findings);
  ent_context_clear(context);
  return ENT_OK;
}

/* The default model where it is a file of the package; a plain name stands in share/models. */
static ent_status read_model(ent_context *context, ent_arena *arena, ent_package *package, ent_findings *findings,
                             ent_sha256 *hash) {
  file_bytes file = {0};
  package->model_text = "";
  if (!package->model || !strpbrk(package->model, "./")) return ENT_OK;
  ent_status status = read_content(context, arena, package->folder, package->model, MODEL_LIMIT, findings, &file);
  add_to_hash(hash, package->model, &file);
  if (file.bytes) package->model_text = file.bytes;
  return status;
}

/* The sources as a table: id, title, and the whole object as text. An entry that is no object is an empty row, so that
 * rows and entries keep the same numbers. */
static ent_status table_of_sources(ent_context *context, ent_arena *arena, const ent_resource *resource,
                                   const char *path, const ent_json *json, const ent_table **out) {
  const char *cells[] = {"", "", ""}; /* the fields of the resource: id, title, csl */
  const char **columns = ent_arena_take(arena, resource->field_count, sizeof *columns);
  ent_table_maker maker;
  bool whole = columns && resource->field_count == sizeof cells / sizeof *cells;
  ent_table_maker_init(&maker, arena, resource->field_count);
  for (size_t f = 0; whole && f < resource->field_count; f++) columns[f] = resource->fields[f].name;
  for (size_t r = 0; whole && r < ent_json_count(json); r++) {
    const ent_json *entry = ent_json_at(json, r);
    const char *id = ent_json_get_text(entry, "id"), *title = ent_json_get_text(entry, "title");
    ent_text csl = {0};
    if (ent_json_is_object(entry)) ent_json_print(entry, false, &csl);
    cells[0] = id ? id : "";
    cells[1] = title ? title : "";
    cells[2] = csl.data ? csl.data : "";
    whole = !csl.failed && ent_table_maker_add(&maker, cells, (long)r + 1);
    ent_text_clear(&csl);
  }
  *out = whole ? ent_table_maker_end(&maker, resource->name, path, columns) : NULL;
  ent_table_maker_clear(&maker);
  return *out ? ENT_OK : ent_fail_memory(context);
}

static ent_status read_sources(ent_context *context, ent_arena *arena, ent_package *package, size_t r, const char *path,
                               const file_bytes *content, ent_findings *findings) {
  ent_status status = ent_json_read(context, path, content->bytes, content->length, &package->sources);
  if (status == ENT_INVALID) {
    ent_report_json(context, path, findings);
    return ENT_OK;
  }
  if (status) return status;
  if (!ent_json_is_array(package->sources)) {
    ent_findings_add(findings, ENT_ERROR, "json-type", path, 0, "", NULL, "write CSL-JSON: a list of objects",
                     "the sources are no list");
    return ENT_OK;
  }
  return table_of_sources(context, arena, &package->format->resources[r], path, package->sources, &package->tables[r]);
}

static ent_status read_table(ent_context *context, ent_arena *arena, ent_package *package, size_t r, const char *path,
                             const file_bytes *content, ent_findings *findings) {
  ent_status status;
  if (package->format->resources[r].is_sources) {
    status = read_sources(context, arena, package, r, path, content, findings);
  } else {
    ent_table *table = NULL;
    status = ent_csv_read(context, arena, package->format->resources[r].name, path, content->bytes, content->length,
                          findings, &table);
    if (!status && table->columns > 0) package->tables[r] = table;
    if (!status && table->columns > 0 && table->delimiter != ',' &&
        !ent_spreadsheet_read(arena, table, &package->format->resources[r], findings))
      status = ent_fail_memory(context);
  }
  if (!status && package->tables[r]) {
    package->rows += package->tables[r]->rows;
    package->resources++;
  }
  return status;
}
