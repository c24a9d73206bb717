/* words.c - see words.h. Reads a table of words and fills in its placeholders; decides nothing about layout. */
#include "report/words.h"

#include <stdarg.h>
#include <string.h>

#include "files/file.h"

enum { MOST_PAIRS = 8, MOST_BYTES = 1 << 20 };

static const char *const file_names[] = {[ENT_ENGLISH] = "words/en.json", [ENT_GERMAN] = "words/de.json"};

typedef struct pairs {
  const char *names[MOST_PAIRS], *values[MOST_PAIRS];
  bool used[MOST_PAIRS];
  size_t count;
} pairs;

static void fail(ent_words *words, const char *key, const char *what);
static bool fill(ent_words *words, const char *key, const char *template, pairs *given, ent_text *out);

ent_status ent_words_open(ent_context *context, ent_arena *arena, ent_language language, ent_words *out) {
  ent_words words = {.context = context, .arena = arena, .language = language};
  if (language != ENT_ENGLISH && language != ENT_GERMAN)
    return ent_fail(context, ENT_USAGE, NULL, "use ENT_ENGLISH or ENT_GERMAN", "unknown language");

  const char *name = file_names[language];
  const char *path = ent_arena_print(arena, "%s/%s", ent_context_share(context), name);
  if (!path) return ent_fail_memory(context);
  char *bytes = NULL;
  size_t length = 0;
  ent_status status = ent_file_read(context, arena, path, NULL, MOST_BYTES, &bytes, &length);
  if (status == ENT_OK) status = ent_json_read(context, path, bytes, length, &words.table);
  if (status != ENT_OK)
    return ent_fail_while(context, ENT_STORE,
                          "while reading the words of the output; does ENTENTE_SHARE name the "
                          "share folder of this version?");
  *out = words;
  return ENT_OK;
}

void ent_words_close(ent_words *words) {
  ent_json_free(words->table);
  words->table = NULL;
}

const char *ent_words_get(ent_words *words, const char *key) {
  if (words->status != ENT_OK) return "";
  const char *text = ent_json_get_text(words->table, key);
  if (!text) {
    fail(words, key, "is missing");
    return "";
  }
  return text;
}

/* The key of a code, or NULL where it has no word. */
static const char *key_of(ent_words *words, const char *stem, const char *code) {
  if (words->status != ENT_OK) return NULL;
  const char *key = ent_arena_print(words->arena, "%s.%s", stem, code);
  if (!key) ent_words_fail_memory(words);
  return key && ent_json_get_text(words->table, key) ? key : NULL;
}

const char *ent_words_of(ent_words *words, const char *stem, const char *code) {
  const char *key = key_of(words, stem, code);
  return key ? ent_words_get(words, key) : code;
}

const char *ent_words_fill_of(ent_words *words, const char *stem, const char *code, const char *name,
                              const char *value) {
  const char *key = key_of(words, stem, code);
  return key ? ent_words_fill(words, key, name, value, NULL) : value;
}

const char *ent_words_fill(ent_words *words, const char *key, ...) {
  const char *template = ent_words_get(words, key);
  if (words->status != ENT_OK) return "";

  pairs given = {.count = 0};
  va_list list;
  va_start(list, key);
  for (const char *name; given.count < MOST_PAIRS && (name = va_arg(list, const char *)) != NULL; given.count++) {
    given.names[given.count] = name;
    given.values[given.count] = va_arg(list, const char *);
  }
  va_end(list);

  ent_text text = {0};
  const char *copy = "";
  if (fill(words, key, template, &given, &text)) {
    copy = text.failed ? NULL : ent_arena_copy(words->arena, text.data ? text.data : "", text.length);
    if (!copy) ent_words_fail_memory(words);
  }
  ent_text_clear(&text);
  return copy ? copy : "";
}

const char *ent_words_label(const ent_words *words, ent_label label) {
  const char *first = words->language == ENT_GERMAN ? label.de : label.en;
  const char *second = words->language == ENT_GERMAN ? label.en : label.de;
  if (first && *first) return first;
  return second ? second : "";
}

const char *ent_words_date(ent_words *words, const char *day) {
  if (!day) return "";
  if (strlen(day) != 10 || strspn(day, "0123456789-") != 10 || day[4] != '-' || day[7] != '-') return day;
  int month = (day[5] - '0') * 10 + (day[6] - '0');
  if (month < 1 || month > 12) return day;
  const char *key = ent_arena_print(words->arena, "month.%d", month);
  const char *year = ent_arena_copy(words->arena, day, 4);
  const char *day_of_month = day[8] == '0' ? day + 9 : day + 8;
  if (!key || !year) {
    ent_words_fail_memory(words);
    return "";
  }
  return ent_words_fill(words, "format.date", "day", day_of_month, "month", ent_words_get(words, key), "year", year,
                        NULL);
}

const char *ent_words_join(ent_words *words, const char *before, const char *between, const char *after) {
  if (!before || !*before) return after ? after : "";
  if (!after || !*after) return before;
  const char *text = ent_arena_print(words->arena, "%s%s%s", before, between, after);
  if (!text) ent_words_fail_memory(words);
  return text ? text : "";
}

void ent_words_fail_memory(ent_words *words) {
  if (words->status == ENT_OK) words->status = ent_fail_memory(words->context);
}

static void fail(ent_words *words, const char *key, const char *what) {
  if (words->status == ENT_OK)
    words->status = ent_fail(words->context, ENT_STORE, file_names[words->language],
                             "put it there, or install the share folder of this version", "\"%s\" %s", key, what);
}

static size_t find(const pairs *given, const char *name, size_t length) {
  size_t i = 0;
  while (i < given->count && (strlen(given->names[i]) != length || memcmp(given->names[i], name, length) != 0)) i++;
  return i;
}

/* A value that no placeholder wants is a text that was lost on the way to the reader: as much a fault as a
 * placeholder without a value. */
static bool fill(ent_words *words, const char *key, const char *template, pairs *given, ent_text *out) {
  for (const char *at = template; *at != '\0';) {
    size_t plain = strcspn(at, "{");
    ent_text_add_bytes(out, at, plain);
    at += plain;
    if (*at == '\0') break;
    size_t length = strcspn(at + 1, "}");
    size_t found = find(given, at + 1, length);
    if (at[1 + length] != '}' || found == given->count || !given->values[found]) {
      fail(words, key, "has a placeholder that nothing fills");
      return false;
    }
    ent_text_add(out, given->values[found]);
    given->used[found] = true;
    at += length + 2;
  }
  for (size_t i = 0; i < given->count; i++)
    if (!given->used[i]) {
      fail(words, key, "lacks a placeholder");
      return false;
    }
  return true;
}
