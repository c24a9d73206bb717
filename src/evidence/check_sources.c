/* check_sources.c - the source register (CSL-JSON), the anchors of citations, and what nobody cites. */
#include <string.h>

#include "evidence/checker.h"
#include "evidence/csl.h"
#include "evidence/descriptor.h"

static void check_entry(ent_checker *c, size_t r, size_t row);
static void check_anchor(ent_checker *c, size_t r, size_t row);
static void check_uncited_sources(ent_checker *c);
static void check_unused_citations(ent_checker *c);

void ent_check_sources(ent_checker *c) {
  int sources = ent_checker_table(c, "sources"), citations = ent_checker_table(c, "citations");
  for (size_t row = 0; sources >= 0 && row < c->package->tables[sources]->rows; row++)
    check_entry(c, (size_t)sources, row);
  for (size_t row = 0; citations >= 0 && row < c->package->tables[citations]->rows; row++)
    check_anchor(c, (size_t)citations, row);
  if (sources >= 0 && citations >= 0) check_uncited_sources(c);
  if (citations >= 0) check_unused_citations(c);
}

static void check_date(ent_checker *c, size_t r, size_t row, const ent_json *entry, const char *variable) {
  const char *why = NULL;
  ent_span span;
  const ent_json *date = ent_json_get(entry, variable);
  bool has_parts = ent_json_is_text(date) || ent_json_get(date, "date-parts");
  /* A "raw" or "literal" date is free text in CSL. */
  if (!date || !has_parts || ent_csl_date(entry, variable, &span, &why)) return;
  ent_checker_report(c, ENT_ERROR, "date", r, row, variable, "write {\"date-parts\": [[2021, 5, 16]]}",
                     "this is no date%s%s", why ? ": " : "", why ? why : "");
}

static void check_address(ent_checker *c, size_t r, size_t row, const char *variable, const char *url) {
  if (!url || strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0) return;
  ent_checker_report(c, ENT_ERROR, "url", r, row, variable, "write an address that begins with https:// or http://",
                     "\"%s\" is no address of the web", url);
}

/* What CSL has no variable for: known keys, each with a text. */
static void check_custom(ent_checker *c, size_t r, size_t row, const ent_json *custom) {
  static const char *const known[] = {"archived", "handling", "licence", "permission", "translated_title"};
  enum { KNOWN = sizeof known / sizeof *known, MOST_KEYS = 100 };
  if (custom && !ent_json_is_object(custom))
    ent_checker_report(c, ENT_ERROR, "json-type", r, row, "custom", "write {\"licence\": \"CC BY 4.0\"}",
                       "custom is no object");
  for (size_t i = 0; ent_json_is_object(custom) && i < ent_json_count(custom) && i < MOST_KEYS; i++) {
    const ent_json *value = NULL;
    const char *key = ent_json_key_at(custom, i, &value);
    size_t k = 0;
    while (k < KNOWN && !ent_text_same(key, known[k])) k++;
    if (k == KNOWN)
      ent_checker_report(c, ENT_NOTE, "unknown-key", r, row, "custom",
                         ent_checker_nearest(c, key, known, KNOWN, "no output shows it"), "the key \"%s\" is unknown",
                         key);
    else if (!ent_json_is_text(value) && !ent_text_same(key, "handling"))
      ent_checker_report(c, ENT_ERROR, "json-type", r, row, ent_checker_say(c, "custom.%s", key), "write a text",
                         "the value of \"%s\" is no text", key);
  }
}

static void check_entry(ent_checker *c, size_t r, size_t row) {
  const ent_json *entry = ent_json_at(c->package->sources, row);
  const char *id = ent_json_get_text(entry, "id");
  if (!ent_json_is_object(entry)) {
    ent_checker_report(c, ENT_ERROR, "json-type", r, row, NULL, "write an object of CSL-JSON",
                       "the entry is no object");
    return;
  }
  if (!id || !*id)
    ent_checker_report(c, ENT_ERROR, "required", r, row, "id", "give the source an id, as a text",
                       "the source has no id");
  else if (!ent_id_is_good(id, strlen(id)))
    ent_checker_report(c, ENT_ERROR, "id-form", r, row, "id", ENT_ID_REMEDY, "\"%s\" can not be an id", id);
  if (!ent_json_get_text(entry, "type"))
    ent_checker_report(c, ENT_ERROR, "required", r, row, "type", "name a type of CSL, such as book or report",
                       "the source has no type");
  if (!ent_json_get_text(entry, "title") && !ent_json_get_text(entry, "container-title"))
    ent_checker_report(c, ENT_ERROR, "required", r, row, "title", "give the work's title", "the source has no title");
  check_address(c, r, row, "URL", ent_json_get_text(entry, "URL"));
  check_address(c, r, row, "custom.archived", ent_csl_archived(entry));
  check_custom(c, r, row, ent_json_get(entry, "custom"));
  if (!ent_csl_handling(entry))
    ent_checker_report(c, ENT_ERROR, "handling", r, row, "custom.handling",
                       "write public, interview or confidential; without the key a source is public",
                       "it is not clear who may see this source");
  uint32_t character = 0;
  const char *all = ent_checker_cell(c, r, row, 2);
  if (ent_text_worst(all, strlen(all), &character, NULL) == ENT_CHARACTER_UNSEEN)
    ent_checker_report(c, ENT_NOTE, "unseen-character", r, row, NULL, "take it out where the language does not need it",
                       "the entry holds the character U+%04X, which can not be seen", (unsigned)character);
  check_date(c, r, row, entry, "issued");
  check_date(c, r, row, entry, "accessed");
}

/* A footnote has a number; a place in a text has a page, a section or a cell. */
static void check_anchor(ent_checker *c, size_t r, size_t row) {
  const char *anchor = ent_checker_get(c, r, row, "anchor");
  if (strcmp(anchor, "footnote") == 0 && !*ent_checker_get(c, r, row, "footnote"))
    ent_checker_report(c, ENT_ERROR, "required", r, row, "footnote", "give its number, or choose another anchor",
                       "the anchor is a footnote, but its number is missing");
  if (strcmp(anchor, "place") == 0 && !*ent_checker_get(c, r, row, "page") && !*ent_checker_get(c, r, row, "section") &&
      !*ent_checker_get(c, r, row, "cell"))
    ent_checker_report(c, ENT_ERROR, "required", r, row, "page", "give a page, a section or a cell",
                       "the anchor is a place, but no place is given");
}

static void note_unused(ent_checker *c, const char *code, size_t r, const bool *used, const char *what) {
  ent_id_list list = {0};
  const ent_table *table = c->package->tables[r];
  for (size_t row = 0; row < table->rows; row++)
    if (!used[row]) ent_id_list_add(&list, ent_checker_cell(c, r, row, 0));
  if (list.count)
    ent_findings_add(c->findings, ENT_NOTE, code, table->file, 0, NULL, NULL, NULL, "%zu of %zu %s: %s", list.count,
                     table->rows, what, ent_id_list_say(c, &list));
}

static void check_uncited_sources(ent_checker *c) {
  size_t sources = (size_t)ent_checker_table(c, "sources"), citations = (size_t)ent_checker_table(c, "citations");
  size_t at = 0;
  bool *used = ent_arena_take(c->arena, c->package->tables[sources]->rows, sizeof *used);
  if (!used) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < c->package->tables[citations]->rows; row++) {
    const char *source = ent_checker_get(c, citations, row, "source");
    if (ent_checker_find(c, "sources", source, strlen(source), &at)) used[at] = true;
  }
  note_unused(c, "source-never-cited", sources, used, "sources are never cited");
}

static void check_unused_citations(ent_checker *c) {
  size_t citations = (size_t)ent_checker_table(c, "citations"), at = 0, length = 0;
  const ent_format *format = c->package->format;
  bool *used = ent_arena_take(c->arena, c->package->tables[citations]->rows, sizeof *used);
  const char *word = NULL;
  if (!used) {
    c->findings->failed = true;
    return;
  }
  for (size_t r = 0; r < format->resource_count; r++)
    for (size_t f = 0; c->package->tables[r] && f < format->resources[r].field_count; f++) {
      if (format->resources[r].fields[f].kind != ENT_FIELD_CITATIONS) continue;
      for (size_t row = 0; row < c->package->tables[r]->rows; row++)
        for (const char *cell = ent_checker_cell(c, r, row, f); ent_checker_word(&cell, &word, &length);) {
          const char *colon = memchr(word, ':', length);
          if (ent_checker_find(c, "citations", word, colon ? (size_t)(colon - word) : length, &at)) used[at] = true;
        }
    }
  note_unused(c, "citation-never-used", citations, used, "citations are used by no row");
}
