/* format.c - reads share/schemas/package.json into structs.
 *
 * The file comes with the program, so what is wrong in it is a broken installation, not a user's mistake: the first
 * problem ends the reading. */
#include "evidence/format.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "files/file.h"

#define FORMAT_FILE "schemas/package.json"
#define FORMAT_LIMIT ((size_t)4 << 20)

/* How a kind of field is called in the file, and how the store keeps it. */
static const struct {
  const char *name;
  ent_store_kind kept;
} kinds[ENT_FIELD_KINDS] = {
    [ENT_FIELD_TEXT] = {"text", ENT_KEEP_TEXT},          [ENT_FIELD_ID] = {"id", ENT_KEEP_TEXT},
    [ENT_FIELD_CODE] = {"code", ENT_KEEP_TEXT},          [ENT_FIELD_NUMBER] = {"number", ENT_KEEP_NUMBER},
    [ENT_FIELD_INTEGER] = {"integer", ENT_KEEP_INTEGER}, [ENT_FIELD_BOOLEAN] = {"boolean", ENT_KEEP_BOOLEAN},
    [ENT_FIELD_EDTF] = {"edtf", ENT_KEEP_TEXT},          [ENT_FIELD_PERIOD] = {"period", ENT_KEEP_TEXT},
    [ENT_FIELD_UNIT] = {"unit", ENT_KEEP_TEXT},          [ENT_FIELD_CURRENCY] = {"currency", ENT_KEEP_TEXT},
    [ENT_FIELD_GRADE] = {"grade", ENT_KEEP_TEXT},        [ENT_FIELD_WORDS] = {"words", ENT_KEEP_TEXT},
    [ENT_FIELD_PATH] = {"path", ENT_KEEP_TEXT},          [ENT_FIELD_REFERENCE] = {"reference", ENT_KEEP_REFERENCE},
    [ENT_FIELD_LIST] = {"list", ENT_KEEP_LIST},          [ENT_FIELD_ITEM] = {"item", ENT_KEEP_ITEM},
    [ENT_FIELD_ITEMS] = {"items", ENT_KEEP_TEXT},        [ENT_FIELD_CITATIONS] = {"citations", ENT_KEEP_CITATIONS},
};

/* The source register has no table schema: it is CSL-JSON. The store keeps a title and the whole object. */
static const ent_field source_fields[] = {
    {.name = "id", .type = "string", .kind = ENT_FIELD_ID, .required = true, .minimum = NAN, .maximum = NAN},
    {.name = "title", .type = "string", .kind = ENT_FIELD_TEXT, .minimum = NAN, .maximum = NAN},
    {.name = "csl", .type = "string", .kind = ENT_FIELD_TEXT, .required = true, .minimum = NAN, .maximum = NAN},
};

static ent_status build(ent_context *context, ent_arena *arena, const ent_json *json, const ent_format **out);

ent_status ent_format_read(ent_context *context, ent_arena *arena, const ent_format **out) {
  *out = NULL;
  char *bytes = NULL;
  size_t length = 0;
  ent_json *json = NULL;
  char *path = ent_arena_print(arena, "%s/" FORMAT_FILE, ent_context_share(context));
  if (!path) return ent_fail_memory(context);
  ent_status status = ent_file_read(context, arena, path, path, FORMAT_LIMIT, &bytes, &length);
  if (!status) status = ent_json_read(context, path, bytes, length, &json);
  if (!status) status = build(context, arena, json, out);
  ent_json_free(json);
  if (status) return ent_fail_while(context, status, "reading the package format");
  return ENT_OK;
}

int ent_format_find(const ent_format *format, const char *resource) {
  for (size_t i = 0; i < format->resource_count; i++) {
    const char *name = format->resources[i].name;
    if (*name == *resource && strcmp(name, resource) == 0) return (int)i;
  }
  return -1;
}

int ent_resource_field(const ent_resource *resource, const char *field) {
  for (size_t i = 0; i < resource->field_count; i++) {
    const char *name = resource->fields[i].name;
    if (*name == *field && strcmp(name, field) == 0) return (int)i;
  }
  return -1;
}

const char *const *ent_format_names(const ent_format *format, ent_arena *arena) {
  const char **names = ent_arena_take(arena, format->resource_count, sizeof *names);
  for (size_t i = 0; names && i < format->resource_count; i++) names[i] = format->resources[i].name;
  return names;
}

static ent_status refuse(ent_context *context, const char *resource, const char *what) {
  return ent_fail(context, ENT_STORE, "share/" FORMAT_FILE, "install entente again, or correct ENTENTE_SHARE",
                  "%s in \"%s\"", what, resource);
}

static const char *keep(ent_arena *arena, const char *text) {
  return text ? ent_arena_copy(arena, text, strlen(text)) : NULL;
}

static bool read_words(ent_arena *arena, const ent_json *list, ent_field *field) {
  field->word_count = ent_json_is_array(list) ? ent_json_count(list) : 0;
  const char **words = ent_arena_take(arena, field->word_count, sizeof *words);
  field->words = words;
  for (size_t i = 0; words && i < field->word_count; i++)
    if (!(words[i] = keep(arena, ent_json_text(ent_json_at(list, i))))) return false;
  return words != NULL;
}

static ent_status read_field(ent_context *context, ent_arena *arena, const char *resource, const ent_json *json,
                             ent_field *field) {
  const char *kind = ent_json_get_text(json, "kind"), *references = ent_json_get_text(json, "references");
  const ent_json *constraints = ent_json_get(json, "constraints");
  size_t k = 0;
  while (k < ENT_FIELD_KINDS && !ent_text_same(kinds[k].name, kind)) k++;
  if (k == ENT_FIELD_KINDS) return refuse(context, resource, "a field is of an unknown kind");
  if (!ent_json_get_text(json, "name") || !ent_json_get_text(json, "type"))
    return refuse(context, resource, "a field has no name or type");
  field->kind = (ent_field_kind)k;
  field->name = keep(arena, ent_json_get_text(json, "name"));
  field->type = keep(arena, ent_json_get_text(json, "type"));
  field->references = keep(arena, references);
  field->required = ent_json_get_bool(constraints, "required", false);
  field->optional = ent_json_get_bool(json, "optional", false);
  field->minimum = ent_json_get_number(constraints, "minimum", NAN);
  field->maximum = ent_json_get_number(constraints, "maximum", NAN);
  if (!field->name || !field->type || (references && !field->references) ||
      !read_words(arena, ent_json_get(constraints, "enum"), field))
    return ent_fail_memory(context);
  bool refers = k == ENT_FIELD_REFERENCE || k == ENT_FIELD_LIST || k == ENT_FIELD_CITATIONS;
  return refers && !references ? refuse(context, resource, "a reference does not name its table") : ENT_OK;
}

/* The store's view: without the id, which stands apart there. */
static bool describe_kept(ent_arena *arena, ent_resource *resource) {
  size_t count = resource->field_count - 1;
  ent_store_field *fields = ent_arena_take(arena, count, sizeof *fields);
  if (!fields) return false;
  for (size_t f = 0; f < count; f++) {
    const ent_field *field = &resource->fields[f + 1];
    fields[f] = (ent_store_field){field->name, kinds[field->kind].kept, field->references};
  }
  resource->kept = (ent_store_resource){resource->name, count, fields};
  return true;
}

/* common: fields that every table may have after its own. */
static ent_status read_resource(ent_context *context, ent_arena *arena, const ent_json *json, const ent_json *common,
                                ent_resource *resource) {
  const char *name = ent_json_get_text(json, "name"), *path = ent_json_get_text(json, "path");
  if (!name || !path) return refuse(context, name ? name : "?", "a resource has no name or path");
  resource->name = keep(arena, name);
  resource->path = keep(arena, path);
  if (!resource->name || !resource->path) return ent_fail_memory(context);
  const ent_json *list = ent_json_get(ent_json_get(json, "schema"), "fields");
  if (!list) {
    resource->is_sources = true;
    resource->fields = source_fields;
    resource->field_count = sizeof source_fields / sizeof *source_fields;
  } else {
    size_t own = ent_json_count(list);
    resource->field_count = own + ent_json_count(common);
    ent_field *fields = ent_arena_take(arena, resource->field_count, sizeof *fields);
    if (!fields) return ent_fail_memory(context);
    resource->fields = fields;
    for (size_t f = 0; f < resource->field_count; f++) {
      const ent_json *field = f < own ? ent_json_at(list, f) : ent_json_at(common, f - own);
      ent_status status = read_field(context, arena, name, field, &fields[f]);
      if (status) return status;
    }
    if (own == 0 || fields[0].kind != ENT_FIELD_ID) return refuse(context, name, "the first field is no id");
  }
  return describe_kept(arena, resource) ? ENT_OK : ent_fail_memory(context);
}

static ent_status build(ent_context *context, ent_arena *arena, const ent_json *json, const ent_format **out) {
  const ent_json *list = ent_json_get(json, "resources");
  size_t count = ent_json_is_array(list) ? ent_json_count(list) : 0;
  ent_format *format = ent_arena_take(arena, 1, sizeof *format);
  ent_resource *resources = ent_arena_take(arena, count, sizeof *resources);
  ent_store_resource *kept = ent_arena_take(arena, count, sizeof *kept);
  if (!format || !resources || !kept) return ent_fail_memory(context);
  format->number = (int)ent_json_get_number(json, "format", 0);
  format->resource_count = count;
  format->resources = resources;
  format->kept = kept;
  for (size_t i = 0; i < count; i++) {
    ent_status status =
        read_resource(context, arena, ent_json_at(list, i), ent_json_get(json, "common"), &resources[i]);
    if (status) return status;
    kept[i] = resources[i].kept;
  }
  for (size_t i = 0; i < count; i++)
    for (size_t f = 0; f < resources[i].field_count; f++) {
      const char *references = resources[i].fields[f].references;
      if (references && ent_format_find(format, references) < 0)
        return refuse(context, resources[i].name, "a reference names a table that is not there");
    }
  *out = format;
  return ENT_OK;
}
