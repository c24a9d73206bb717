/* csv.c - see csv.h. Lays out what the JSON of an answer holds; knows no kind of answer. */
#include "report/csv.h"

#include <string.h>

#include "base/index.h"

typedef struct csv_cell {
  size_t column;
  const char *text;
  struct csv_cell *next;
} csv_cell;

typedef struct csv_row {
  const char *part, *parent;
  csv_cell *first, *last;
  struct csv_row *next;
} csv_row;

typedef struct csv_column {
  const char *name;
  struct csv_column *next;
} csv_column;

typedef struct csv_sheet {
  ent_arena *arena;
  ent_index names;
  csv_column *first_column, *last_column;
  csv_row *first_row, *last_row;
  bool has_list, failed;
} csv_sheet;

static void walk(csv_sheet *sheet, const ent_json *object, csv_row *row, const char *prefix, const char *parent);

static void *take(csv_sheet *sheet, size_t size) {
  void *taken = ent_arena_take(sheet->arena, 1, size);
  if (!taken) sheet->failed = true;
  return taken;
}

static size_t column_of(csv_sheet *sheet, const char *name) {
  size_t at;
  if (ent_index_find(&sheet->names, name, strlen(name), &at)) return at;
  at = sheet->names.count;
  csv_column *made = take(sheet, sizeof *made);
  if (!made || !ent_index_add(&sheet->names, name, strlen(name), at)) {
    sheet->failed = true;
    return 0;
  }
  *made = (csv_column){.name = name};
  if (sheet->last_column) sheet->last_column->next = made;
  else sheet->first_column = made;
  sheet->last_column = made;
  return at;
}

static void add_cell(csv_sheet *sheet, csv_row *row, const char *name, const char *text) {
  csv_cell *made = take(sheet, sizeof *made);
  if (!made) return;
  *made = (csv_cell){.column = column_of(sheet, name), .text = text};
  if (row->last) row->last->next = made;
  else row->first = made;
  row->last = made;
}

static csv_row *add_row(csv_sheet *sheet, const char *part, const char *parent) {
  csv_row *made = take(sheet, sizeof *made);
  if (!made) return NULL;
  *made = (csv_row){.part = part, .parent = parent};
  if (sheet->last_row) sheet->last_row->next = made;
  else sheet->first_row = made;
  sheet->last_row = made;
  return made;
}

/* A value that is no object and no array; "" for null. */
static const char *text_of(csv_sheet *sheet, const ent_json *value) {
  if (ent_json_is_text(value)) return ent_json_text(value);
  ent_text printed = {0};
  const char *text = NULL;
  if (ent_json_print(value, false, &printed))
    text = strcmp(printed.data, "null") == 0 ? "" : ent_arena_copy(sheet->arena, printed.data, printed.length);
  ent_text_clear(&printed);
  if (!text) sheet->failed = true;
  return text ? text : "";
}

/* By what a row, a citation or a state is called elsewhere. */
static const char *identity(const ent_json *object) {
  static const char *const names[] = {"key", "id", "name", "kind", "code"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *text = ent_json_get_text(object, names[i]);
    if (text) return text;
  }
  return "";
}

/* Lists of references: one cell. */
static bool stays_in_cell(const char *name, const ent_json *list) {
  return !ent_json_is_object(ent_json_at(list, 0)) || strcmp(name, "citations") == 0 || strcmp(name, "states") == 0;
}

static void add_list_cell(csv_sheet *sheet, csv_row *row, const char *name, const ent_json *list) {
  ent_text joined = {0};
  const char *between = " ";
  size_t count = ent_json_count(list);
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < count; i++) {
      const ent_json *value = ent_json_at(list, i);
      const char *text = ent_json_is_object(value) ? identity(value) : text_of(sheet, value);
      if (pass == 0 && strchr(text, ' ')) between = "; ";
      if (pass == 1 && *text) {
        if (joined.length) ent_text_add(&joined, between);
        ent_text_add(&joined, text);
      }
    }
  const char *text = joined.length ? ent_arena_copy(sheet->arena, joined.data, joined.length) : "";
  if (joined.failed || !text) sheet->failed = true;
  else add_cell(sheet, row, name, text);
  ent_text_clear(&joined);
}

static bool has_licence_before(const ent_json *citations, size_t at, const char *licence) {
  for (size_t i = 0; i < at; i++)
    if (ent_text_same(ent_json_get_text(ent_json_at(citations, i), "licence"), licence)) return true;
  return false;
}

/* Beside the citations of a row the licences of what it cites, each once. */
static void add_licences(csv_sheet *sheet, csv_row *row, const char *prefix, const ent_json *citations) {
  const char *name = ent_arena_print(sheet->arena, "%slicences", prefix), *text = "";
  for (size_t i = 0; i < ent_json_count(citations) && text; i++) {
    const char *licence = ent_json_get_text(ent_json_at(citations, i), "licence");
    if (licence && *licence && !has_licence_before(citations, i, licence))
      text = ent_arena_print(sheet->arena, "%s%s%s", text, *text ? "; " : "", licence);
  }
  if (name && text) add_cell(sheet, row, name, text);
  else sheet->failed = true;
}

static void add_list(csv_sheet *sheet, csv_row *row, const char *prefix, const char *key, const ent_json *list,
                     const char *parent) {
  const char *name = ent_arena_print(sheet->arena, "%s%s", prefix, key);
  if (!name) sheet->failed = true;
  if (sheet->failed) return;
  if (stays_in_cell(key, list)) {
    if (ent_json_count(list) > 0) add_list_cell(sheet, row, name, list);
    if (strcmp(key, "citations") == 0 && ent_json_count(list) > 0) add_licences(sheet, row, prefix, list);
    else sheet->has_list = true; /* a list that could have had rows */
    return;
  }
  sheet->has_list = true;
  for (size_t i = 0; i < ent_json_count(list) && !sheet->failed; i++) {
    csv_row *made = add_row(sheet, key, parent);
    if (made) walk(sheet, ent_json_at(list, i), made, "", identity(ent_json_at(list, i)));
  }
}

static void add_member(csv_sheet *sheet, csv_row *row, const char *prefix, const char *key, const ent_json *value,
                       const char *parent) {
  if (ent_json_is_array(value)) {
    add_list(sheet, row, prefix, key, value, parent);
  } else if (ent_json_is_object(value) && ent_json_get_text(value, "key")) {
    csv_row *made = add_row(sheet, key, parent);
    sheet->has_list = true;
    if (made) walk(sheet, value, made, "", identity(value));
  } else if (ent_json_is_object(value)) {
    const char *deeper = ent_arena_print(sheet->arena, "%s%s.", prefix, key);
    if (deeper) walk(sheet, value, row, deeper, parent);
    else sheet->failed = true;
  } else {
    const char *name = ent_arena_print(sheet->arena, "%s%s", prefix, key);
    if (name) add_cell(sheet, row, name, text_of(sheet, value));
    else sheet->failed = true;
  }
}

static void walk(csv_sheet *sheet, const ent_json *object, csv_row *row, const char *prefix, const char *parent) {
  for (size_t i = 0; i < ent_json_count(object) && !sheet->failed; i++) {
    const ent_json *value = NULL;
    const char *key = ent_json_key_at(object, i, &value);
    add_member(sheet, row, prefix, key, value, parent);
  }
}

/* ---- text ---- */

static bool is_formula(const char *text) {
  double number;
  return strchr("=+-@\t\r", *text) && *text && !ent_text_number(text, &number);
}

static void write_cell(ent_text *out, const char *text, bool first) {
  if (!first) ent_text_add(out, ",");
  const char *guard = is_formula(text) ? "'" : "";
  if (!strpbrk(text, ",\"\r\n")) {
    ent_text_add(out, guard);
    ent_text_add(out, text);
    return;
  }
  ent_text_add(out, "\"");
  ent_text_add(out, guard);
  for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
    ent_text_add_bytes(out, text, (size_t)(quote - text));
    ent_text_add(out, "\"\"");
  }
  ent_text_add(out, text);
  ent_text_add(out, "\"");
}

static void write_row(const csv_sheet *sheet, const csv_row *row, const csv_row *whole, const char **texts,
                      ent_text *out) {
  size_t count = sheet->names.count;
  for (size_t i = 0; i < count; i++) texts[i] = "";
  for (const csv_cell *cell = row->first; cell; cell = cell->next) texts[cell->column] = cell->text;
  for (const csv_cell *cell = whole->first; cell; cell = cell->next) texts[cell->column] = cell->text;
  write_cell(out, row->part, true);
  write_cell(out, row->parent, false);
  for (size_t i = 0; i < count; i++) write_cell(out, texts[i], false);
  ent_text_add(out, "\n");
}

static bool write_sheet(csv_sheet *sheet, const csv_row *whole, ent_text *out) {
  const char **texts = ent_arena_take(sheet->arena, sheet->names.count + 1, sizeof *texts);
  if (!texts || sheet->failed) return false;
  ent_text_add(out, "part,parent");
  for (const csv_column *column = sheet->first_column; column; column = column->next)
    write_cell(out, column->name, false);
  ent_text_add(out, "\n");
  for (const csv_row *row = sheet->first_row; row; row = row->next) write_row(sheet, row, whole, texts, out);
  if (!sheet->has_list) write_row(sheet, whole, whole, texts, out);
  return !out->failed;
}

/* Options repeat what the answer says of itself; title and notices are for people. */
static bool is_left_out(const char *key) {
  static const char *const names[] = {"schema", "options", "title", "left_out", "notice"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(key, names[i]) == 0) return true;
  return false;
}

bool ent_csv_write(const ent_json *json, ent_arena *arena, ent_text *out) {
  csv_sheet sheet = {.arena = arena};
  csv_row whole = {.part = "answer", .parent = ""};
  if (!ent_index_init(&sheet.names, arena, 64)) return false;
  for (int lists = 1; lists >= 0; lists--) /* columns of rows stand before those of the whole */
    for (size_t i = 0; i < ent_json_count(json) && !sheet.failed; i++) {
      const ent_json *value = NULL;
      const char *key = ent_json_key_at(json, i, &value);
      bool is_list = ent_json_is_array(value) || (ent_json_is_object(value) && ent_json_get_text(value, "key"));
      if (is_list == (lists == 1) && !is_left_out(key))
        add_member(&sheet, &whole, is_list ? "" : "answer.", key, value, "");
    }
  return write_sheet(&sheet, &whole, out);
}
