/* descriptor.c - reads and judges datapackage.json: a Frictionless Data Package with an object "entente".
 *
 *   "entente": {"format": 1, "edition": 1, "released": "", "date": "2021-05", "model": "...", "title_de": "..."}
 *
 * Table schemas may be left out; where they stand they must say what the format says. */
#include "evidence/descriptor.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define MOST_SUGGESTIONS 1000 /* findings, beyond which nobody reads one */

typedef struct reader {
  ent_context *context;
  ent_arena *arena;
  ent_findings *findings;
  ent_package *package;
  const ent_json *json;
  const char **paths;
  bool *refused; /* resources that have been reported */
} reader;

static void read_names(reader *in);
static void read_own_object(reader *in);
static void read_resources(reader *in);

ent_status ent_descriptor_read(ent_context *context, ent_arena *arena, const char *bytes, size_t length,
                               ent_findings *findings, ent_package *package, const char *const **paths) {
  ent_json *json = NULL;
  reader in = {context, arena, findings, package, NULL, NULL, NULL};
  *paths = in.paths = ent_arena_take(arena, package->format->resource_count, sizeof *in.paths);
  in.refused = ent_arena_take(arena, package->format->resource_count, sizeof *in.refused);
  if (!in.paths || !in.refused) return ent_fail_memory(context);
  if (!bytes) return ENT_OK;
  package->descriptor = bytes;
  ent_status status = ent_json_read(context, ENT_DESCRIPTOR, bytes, length, &json);
  if (status == ENT_INVALID) {
    ent_report_json(context, ENT_DESCRIPTOR, findings);
    return ENT_OK;
  }
  if (status) return status;
  in.json = json;
  if (!ent_json_is_object(json)) {
    ent_findings_add(findings, ENT_ERROR, "json-type", ENT_DESCRIPTOR, 0, "", NULL, "write a JSON object",
                     "the descriptor is no object");
  } else {
    read_names(&in);
    read_own_object(&in);
    read_resources(&in);
  }
  ent_json_free(json);
  return findings->failed ? ent_fail_memory(context) : ENT_OK;
}

bool ent_id_is_good(const char *text, size_t length) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  if (length == 0 || length > ENT_LONGEST_ID || !memchr(letters, text[0], sizeof letters - 1)) return false;
  for (size_t i = 1; i < length; i++)
    if (!memchr(letters, text[i], sizeof letters - 1) && text[i] != '_' && text[i] != '.' && text[i] != '-')
      return false;
  return true;
}

void ent_report_json(ent_context *context, const char *path, ent_findings *findings) {
  const char *message = ent_context_message(context), *remedy = NULL;
  size_t length = strlen(path);
  long line = 0;
  /* "sources.json:3:5: what; remedy" */
  if (strncmp(message, path, length) == 0 && message[length] == ':') {
    line = strtol(message + length + 1, NULL, 10);
    const char *what = strstr(message + length, ": ");
    if (what) message = what + 2;
  }
  for (const char *at = message; (at = strstr(at, "; ")) != NULL;) remedy = at += 2;
  ent_findings_add(findings, ENT_ERROR, "json-syntax", path, line, NULL, NULL, remedy, "%.*s",
                   remedy ? (int)(remedy - message) - 2 : -1, message);
  ent_context_clear(context);
}

static void report(reader *in, const char *code, const char *pointer, const char *remedy, const char *what) {
  ent_findings_add(in->findings, ENT_ERROR, code, ENT_DESCRIPTOR, 0, pointer, NULL, remedy, "%s", what);
}

/* A copy in the arena; a shortage of memory shows in findings->failed. */
static const char *keep(reader *in, const char *text) {
  if (!text) return NULL;
  const char *copy = ent_arena_copy(in->arena, text, strlen(text));
  if (!copy) in->findings->failed = true;
  return copy;
}

/* A text that has to stand at key. */
static const char *need_text(reader *in, const ent_json *object, const char *key, const char *pointer,
                             const char *remedy) {
  const char *text = ent_json_get_text(object, key);
  if (text && *text) return keep(in, text);
  report(in, "descriptor", pointer, remedy, text ? "the text is empty" : "a text is missing here");
  return NULL;
}

static void read_names(reader *in) {
  const char *name = need_text(in, in->json, "name", "/name", "give the study an id");
  if (name && !ent_id_is_good(name, strlen(name)))
    report(in, "id-form", "/name", ENT_ID_REMEDY, "the name can not be an id");
  else in->package->study = name;
  in->package->title.en = need_text(in, in->json, "title", "/title", "give the study a title in English");
}

/* A date at key; *out stays NULL where it is wrong. */
static void read_date(reader *in, const ent_json *object, const char *key, const char *pointer, bool may_be_empty,
                      const char **out) {
  const char *text = ent_json_get_text(object, key), *why = NULL;
  ent_span span;
  if (may_be_empty && (!ent_json_get(object, key) || (text && !*text))) {
    *out = "";
  } else if (!text || !*text) {
    report(in, "descriptor", pointer, "write a date, such as 2021-05", "a date is missing here");
  } else if (!ent_date_parse(text, &span, &why)) {
    ent_findings_add(in->findings, ENT_ERROR, "date", ENT_DESCRIPTOR, 0, pointer, NULL,
                     "write a date, such as 2021-05 or 2021-05-16", "\"%s\" is no date: %s", text, why ? why : "");
  } else {
    *out = keep(in, text);
  }
}

static void read_own_object(reader *in) {
  static const char *const known[] = {"format", "edition", "released", "date", "model", "title_de"};
  const size_t known_count = sizeof known / sizeof *known;
  const ent_json *own = ent_json_get(in->json, "entente");
  if (!ent_json_is_object(own)) {
    report(in, "descriptor", "/entente", "add an object \"entente\" with format, edition, date, model and title_de",
           "the object \"entente\" is missing");
    return;
  }
  for (size_t i = 0; i < ent_json_count(own) && i < 100; i++) {
    const char *key = ent_json_key_at(own, i, NULL);
    size_t k = 0;
    while (k < known_count && !ent_text_same(key, known[k])) k++;
    if (k < known_count) continue;
    const char *nearest = ent_text_nearest(key, known, known_count);
    char *remedy = nearest ? ent_arena_print(in->arena, "did you mean \"%s\"?", nearest) : NULL;
    ent_findings_add(in->findings, ENT_NOTE, "unknown-key", ENT_DESCRIPTOR, 0, "/entente", NULL, remedy,
                     "the key \"%s\" is unknown", key);
  }
  double format = ent_json_get_number(own, "format", 0), edition = ent_json_get_number(own, "edition", 0);
  if (format != in->package->format->number)
    ent_findings_add(in->findings, ENT_ERROR, "format", ENT_DESCRIPTOR, 0, "/entente/format", NULL,
                     "use the version of entente that the package was made for",
                     "the package is of format %g, this version reads format %d", format, in->package->format->number);
  if (edition >= 1 && edition <= 1000000 && edition == (double)(int)edition) in->package->edition = (int)edition;
  else report(in, "descriptor", "/entente/edition", "write 1, 2, ...", "the edition is no whole number from 1");
  read_date(in, own, "date", "/entente/date", false, &in->package->date);
  read_date(in, own, "released", "/entente/released", true, &in->package->released);
  in->package->model = need_text(in, own, "model", "/entente/model", "name the study's default model");
  in->package->title.de = need_text(in, own, "title_de", "/entente/title_de", "give the study a title in German");
}

/* The schema in the descriptor must say what the format says, since others read the package by it. A field that is
 * optional may be left out. */
static void check_schema(reader *in, size_t index, const ent_json *schema, const ent_resource *resource) {
  const ent_json *fields = ent_json_get(schema, "fields");
  size_t count = ent_json_count(fields);
  for (size_t f = 0, w = 0; f < count || w < resource->field_count; w++) {
    const ent_json *field = ent_json_at(fields, f);
    const char *name = ent_json_get_text(field, "name"), *type = ent_json_get_text(field, "type");
    const ent_field *wanted = w < resource->field_count ? &resource->fields[w] : NULL;
    if (wanted && name && strcmp(name, wanted->name) == 0 && type && strcmp(type, wanted->type) == 0) {
      f++;
      continue;
    }
    if (wanted && wanted->optional) continue;
    char *pointer = ent_arena_print(in->arena, "/resources/%zu/schema/fields/%zu", index, f);
    char *remedy = wanted ? ent_arena_print(in->arena, "the format has the field \"%s\" of type %s here", wanted->name,
                                            wanted->type)
                          : NULL;
    ent_findings_add(in->findings, ENT_ERROR, "schema", ENT_DESCRIPTOR, 0, pointer, NULL,
                     wanted ? remedy : "take the field out", "the schema of %s has %s%s%s here", resource->name,
                     name    ? "the field \""
                     : field ? "something else than a field"
                             : "no field",
                     name ? name : "", name ? "\"" : "");
    return; /* what follows would only repeat it */
  }
}

/* The descriptor is no table, and two tables in one file would be two readings of the same rows. */
static bool path_is_taken(const reader *in, const char *path) {
  if (strcmp(path, ENT_DESCRIPTOR) == 0) return true;
  for (size_t r = 0; r < in->package->format->resource_count; r++)
    if (ent_text_same(in->paths[r], path)) return true;
  return false;
}

static void read_resource(reader *in, size_t index, const ent_json *json, const char *const *names) {
  const ent_format *format = in->package->format;
  char *pointer = ent_arena_print(in->arena, "/resources/%zu", index);
  const char *name = ent_json_get_text(json, "name"), *path = ent_json_get_text(json, "path");
  if (!pointer || !names) {
    in->findings->failed = true;
    return;
  }
  int r = name ? ent_format_find(format, name) : -1;
  if (r < 0) {
    bool suggests = name && in->findings->count < MOST_SUGGESTIONS;
    const char *nearest = suggests ? ent_text_nearest(name, names, format->resource_count) : NULL;
    char *remedy = nearest ? ent_arena_print(in->arena, "did you mean \"%s\"?", nearest) : NULL;
    ent_findings_add(in->findings, name ? ENT_NOTE : ENT_ERROR, "unknown-resource", ENT_DESCRIPTOR, 0, pointer, NULL,
                     remedy, "%s%s%s", name ? "the resource \"" : "a resource has no name", name ? name : "",
                     name ? "\" is none of the format; it is not read" : "");
  } else if (in->paths[r]) {
    ent_findings_add(in->findings, ENT_ERROR, "resource-twice", ENT_DESCRIPTOR, 0, pointer, NULL,
                     "join the two files and name the resource once", "the resource \"%s\" is named twice", name);
  } else if (!path) {
    ent_findings_add(in->findings, ENT_ERROR, "descriptor", ENT_DESCRIPTOR, 0, pointer, NULL,
                     "name its file by a relative path", "the resource \"%s\" has no path", name);
    in->paths[r] = NULL;
  } else if (path_is_taken(in, path)) {
    ent_findings_add(in->findings, ENT_ERROR, "path-twice", ENT_DESCRIPTOR, 0, pointer, NULL,
                     "give each resource a file of its own", "the file \"%s\" of the resource \"%s\" is named before",
                     path, name);
    in->refused[r] = true;
  } else {
    in->paths[r] = keep(in, path);
    const ent_json *schema = ent_json_get(json, "schema");
    if (schema && !format->resources[r].is_sources) check_schema(in, index, schema, &format->resources[r]);
  }
}

static void read_resources(reader *in) {
  const ent_format *format = in->package->format;
  const ent_json *list = ent_json_get(in->json, "resources");
  const char *const *names = ent_format_names(format, in->arena);
  if (!ent_json_is_array(list)) {
    report(in, "descriptor", "/resources", "list the package's files", "the list of resources is missing");
    return;
  }
  for (size_t i = 0; i < ent_json_count(list); i++) read_resource(in, i, ent_json_at(list, i), names);
  for (size_t r = 0; r < format->resource_count; r++) {
    if (in->paths[r] || in->refused[r]) continue;
    char *remedy = ent_arena_print(in->arena, "add it with the path \"%s\"; an empty table has its header line alone",
                                   format->resources[r].path);
    ent_findings_add(in->findings, ENT_ERROR, "missing-resource", ENT_DESCRIPTOR, 0, "/resources", NULL, remedy,
                     "the resource \"%s\" is missing", format->resources[r].name);
  }
}
