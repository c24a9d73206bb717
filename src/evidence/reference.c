/* reference.c - see reference.h. CSL 1.0.2; a variable of another type than CSL gives it counts as not given. */
#include "evidence/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/csl.h"

typedef struct reader {
  const ent_json *entry;
  ent_arena *arena;
  bool failed;
} reader;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* A copy on one line; NULL for NULL and for a text of blanks. */
static const char *keep(reader *r, const char *text) {
  if (!text) return NULL;
  char *copy = ent_arena_copy(r->arena, text, strlen(text)), *to = copy;
  if (!copy) {
    r->failed = true;
    return NULL;
  }
  for (const char *at = text; *at; at++) {
    if (!is_blank(*at)) *to++ = *at;
    else if (to > copy && to[-1] != ' ') *to++ = ' ';
  }
  if (to > copy && to[-1] == ' ') to--;
  *to = '\0';
  return *copy ? copy : NULL;
}

/* A text, or a whole number as text: volumes and issues are written both ways. */
static const char *text_of(reader *r, const char *variable) {
  const ent_json *value = ent_json_get(r->entry, variable);
  if (!ent_json_is_number(value)) return keep(r, ent_json_text(value));
  char text[40];
  snprintf(text, sizeof text, "%.0f", ent_json_number(value, 0));
  return keep(r, text);
}

static ent_name read_name(reader *r, const ent_json *json) {
  const char *particle = ent_json_get_text(json, "non-dropping-particle");
  ent_name name = {.family = keep(r, ent_json_get_text(json, "family")),
                   .given = keep(r, ent_json_get_text(json, "given")),
                   .particle = keep(r, particle ? particle : ent_json_get_text(json, "dropping-particle")),
                   .suffix = keep(r, ent_json_get_text(json, "suffix")),
                   .literal = keep(r, ent_json_get_text(json, "literal"))};
  if (name.family) {
    name.literal = NULL;
    return name;
  }
  return (ent_name){.literal = name.literal ? name.literal : name.given};
}

static size_t read_names(reader *r, const char *variable, const ent_name **out) {
  const ent_json *list = ent_json_get(r->entry, variable);
  size_t count = ent_json_is_array(list) ? ent_json_count(list) : 0, kept = 0;
  ent_name *names = ent_arena_take(r->arena, count, sizeof *names);
  *out = names;
  if (!names) {
    r->failed = true;
    return 0;
  }
  for (size_t i = 0; i < count; i++) {
    names[kept] = read_name(r, ent_json_at(list, i));
    kept += names[kept].family || names[kept].literal;
  }
  return kept;
}

/* A part of a date is a number, or its digits as text. */
static int part_of(const ent_json *parts, size_t index, int most) {
  const ent_json *value = ent_json_at(parts, index);
  double number = ent_json_number(value, 0);
  if (ent_json_is_text(value) && !ent_text_number(ent_json_text(value), &number)) return 0;
  return number >= 1 && number <= most ? (int)number : 0;
}

/* "2021", "2021-05", "2021-05-16", also before a "/" or a sign of doubt; seasons leave the year. */
static ent_reference_date parse_text(const char *text) {
  ent_reference_date date = {0};
  if (strspn(text, "0123456789") != 4) return date;
  int count = sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day);
  if (count < 2 || date.month < 1 || date.month > 12) date.month = date.day = 0;
  if (count < 3 || date.day < 1 || date.day > 31) date.day = 0;
  const char *slash = strchr(text, '/');
  if (slash && strspn(slash + 1, "0123456789") == 4) date.last_year = atoi(slash + 1);
  return date;
}

static ent_reference_date read_date(reader *r, const char *variable) {
  enum { MOST_YEAR = 9999, MONTHS = 12, DAYS = 31 };
  ent_reference_date date = {0};
  const ent_json *json = ent_json_get(r->entry, variable), *parts = ent_json_get(json, "date-parts");
  const char *raw = ent_json_is_text(json) ? ent_json_text(json) : ent_json_get_text(json, "raw");
  if (parts) {
    date.year = part_of(ent_json_at(parts, 0), 0, MOST_YEAR);
    date.month = date.year ? part_of(ent_json_at(parts, 0), 1, MONTHS) : 0;
    date.day = date.month ? part_of(ent_json_at(parts, 0), 2, DAYS) : 0;
    date.last_year = part_of(ent_json_at(parts, 1), 0, MOST_YEAR);
  } else if (raw) {
    date = parse_text(raw);
  }
  if (date.last_year <= date.year) date.last_year = 0;
  if (!date.year) date.literal = keep(r, raw ? raw : ent_json_get_text(json, "literal"));
  return date;
}

bool ent_reference_read(const ent_json *entry, ent_arena *arena, ent_reference *out) {
  reader r = {.entry = entry, .arena = arena};
  *out = (ent_reference){
      .id = text_of(&r, "id"),
      .type = text_of(&r, "type"),
      .title = text_of(&r, "title"),
      .translated_title = keep(&r, ent_json_get_text(ent_json_get(entry, "custom"), "translated_title")),
      .container = text_of(&r, "container-title"),
      .collection = text_of(&r, "collection-title"),
      .collection_number = text_of(&r, "collection-number"),
      .publisher = text_of(&r, "publisher"),
      .place = text_of(&r, "publisher-place"),
      .event_place = text_of(&r, "event-place"),
      .genre = text_of(&r, "genre"),
      .number = text_of(&r, "number"),
      .version = text_of(&r, "version"),
      .medium = text_of(&r, "medium"),
      .volume = text_of(&r, "volume"),
      .issue = text_of(&r, "issue"),
      .page = text_of(&r, "page"),
      .doi = text_of(&r, "DOI"),
      .url = text_of(&r, "URL"),
      .isbn = text_of(&r, "ISBN"),
      .language = text_of(&r, "language"),
      .issued = read_date(&r, "issued"),
      .accessed = read_date(&r, "accessed"),
      .licence = keep(&r, ent_csl_licence(entry)),
      .permission = keep(&r, ent_csl_permission(entry)),
      .archived = keep(&r, ent_csl_archived(entry))};
  out->author_count = read_names(&r, "author", &out->authors);
  out->editor_count = read_names(&r, "editor", &out->editors);
  if (!out->id) out->id = "";
  if (!out->type) out->type = "";
  return !r.failed;
}
