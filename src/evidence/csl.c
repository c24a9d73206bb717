/* csl.c - dates and the one-line form of a CSL-JSON entry.
 *
 * CSL 1.0.2: a date is {"date-parts": [[2021, 5, 16]]} (two lists for a range), {"raw": "..."} or {"literal": "..."};
 * an author has "family" and "given", or "literal". What CSL has no variable for stands under "custom". */
#include "evidence/csl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_AUTHORS 3 /* more are shortened to the first and "et al." */

/* A part is a number, or its digits as text. */
static int part_of(const ent_json *list, size_t index) {
  const ent_json *value = ent_json_at(list, index);
  const char *text = ent_json_text(value);
  double number = ent_json_number(value, 0);
  if (text && !ent_text_number(text, &number)) return 0;
  return number > 0 && number < 10000 ? (int)number : 0;
}

static bool parse_parts(const ent_json *parts, ent_span *out, const char **why) {
  size_t count = ent_json_count(parts);
  const ent_json *last = count ? ent_json_at(parts, count - 1) : NULL;
  int year = part_of(last, 0), month = part_of(last, 1), day = part_of(last, 2);
  char text[40];
  if (!year) return false;
  if (day) snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  else if (month) snprintf(text, sizeof text, "%04d-%02d", year, month);
  else snprintf(text, sizeof text, "%04d", year);
  return ent_date_parse(text, out, why);
}

bool ent_csl_date(const ent_json *entry, const char *variable, ent_span *out, const char **why) {
  if (why) *why = NULL;
  const ent_json *date = ent_json_get(entry, variable);
  if (ent_json_is_text(date)) return ent_period_parse(ent_json_text(date), out, why);
  const ent_json *parts = ent_json_get(date, "date-parts");
  if (parts) return parse_parts(parts, out, why);
  const char *raw = ent_json_get_text(date, "raw");
  return raw && ent_date_parse(raw, out, NULL);
}

static void add_author(const ent_json *author, ent_text *line) {
  const char *literal = ent_json_get_text(author, "literal"), *family = ent_json_get_text(author, "family");
  const char *given = ent_json_get_text(author, "given"),
             *particle = ent_json_get_text(author, "non-dropping-particle");
  if (!family) {
    ent_text_add(line, literal ? literal : given ? given : "");
    return;
  }
  if (given) ent_text_print(line, "%s ", given);
  if (particle) ent_text_print(line, "%s ", particle);
  ent_text_add(line, family);
}

void ent_csl_line(const ent_json *entry, ent_text *line) {
  const ent_json *authors = ent_json_get(entry, "author");
  if (ent_json_count(authors) == 0) authors = ent_json_get(entry, "editor");
  size_t count = ent_json_is_array(authors) ? ent_json_count(authors) : 0;
  const char *title = ent_json_get_text(entry, "title"), *container = ent_json_get_text(entry, "container-title");
  const char *publisher = ent_json_get_text(entry, "publisher");
  ent_span issued;
  size_t start = line->length;
  if (count > MOST_AUTHORS) {
    add_author(ent_json_at(authors, 0), line);
    ent_text_add(line, " et al.");
  }
  for (size_t i = 0; count <= MOST_AUTHORS && i < count; i++) {
    if (i) ent_text_add(line, i + 1 == count ? " / " : ", ");
    add_author(ent_json_at(authors, i), line);
  }
  /* Without an author the institution that issued the work stands in its place. */
  if (count == 0 && publisher) ent_text_add(line, publisher);
  if (!title) title = container;
  if (title) ent_text_print(line, "%s%s", line->length > start ? ", " : "", title);
  if (container && container != title) ent_text_print(line, ", in: %s", container);
  if (ent_csl_date(entry, "issued", &issued, NULL) && issued.last != ENT_DAY_OPEN_END) {
    int year, month, day;
    ent_day_civil(issued.last, &year, &month, &day);
    ent_text_print(line, "%s%04d", line->length > start ? ", " : "", year);
  }
}

const char *ent_csl_handling(const ent_json *entry) {
  static const char *const words[] = {"public", "interview", "confidential"};
  const ent_json *given = ent_json_get(ent_json_get(entry, "custom"), "handling");
  if (!given) return words[0];
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (ent_text_same(ent_json_text(given), words[i])) return words[i];
  return NULL;
}

/* A text under "custom"; an empty one says nothing. */
static const char *custom_text(const ent_json *entry, const char *key) {
  const char *text = ent_json_get_text(ent_json_get(entry, "custom"), key);
  return text && *text ? text : NULL;
}

const char *ent_csl_archived(const ent_json *entry) { return custom_text(entry, "archived"); }

const char *ent_csl_licence(const ent_json *entry) { return custom_text(entry, "licence"); }

const char *ent_csl_permission(const ent_json *entry) { return custom_text(entry, "permission"); }
