/* reference_bibtex.c - an entry of BibTeX. Any text may stand in a field: what TeX would obey is written as a command,
 * with braces that are balanced; addresses stay as they are but for the characters that would end or break a field. */
#include <stdint.h>
#include <string.h>

#include "report/reference.h"

static const char *entry_type(const ent_reference *r) {
  static const char *const types[][2] = {{"book", "book"}, {"report", "techreport"}, {"chapter", "incollection"}};
  if (ent_reference_is_article(r)) return "article";
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (ent_reference_is(r, types[i][0])) return types[i][1];
  return "misc";
}

/* The id; BibTeX takes keys that differ in capitals alone for one, so that capitals bring a mark of the whole id. */
static void add_key(const char *id, ent_text *out) {
  uint32_t hash = 2166136261U;
  bool capitals = false;
  for (const char *at = id; *at; at++) {
    hash = (hash ^ (unsigned char)*at) * 16777619U;
    capitals |= *at >= 'A' && *at <= 'Z';
  }
  ent_text_add(out, id);
  if (capitals) ent_text_print(out, "-%08x", (unsigned)hash);
}

static void add_escaped(const char *text, ent_text *out) {
  static const char *const commands[][2] = {{"\\", "\\textbackslash{}"},
                                            {"{", "\\textbraceleft{}"},
                                            {"}", "\\textbraceright{}"},
                                            {"^", "\\textasciicircum{}"},
                                            {"~", "\\textasciitilde{}"},
                                            {"$", "\\$"},
                                            {"&", "\\&"},
                                            {"%", "\\%"},
                                            {"#", "\\#"},
                                            {"_", "\\_"}};
  for (; *text; text++) {
    size_t i = 0, count = sizeof commands / sizeof *commands;
    while (i < count && *commands[i][0] != *text) i++;
    if (i < count) ent_text_add(out, commands[i][1]);
    else if (strchr("\r\n\t", *text)) ent_text_add(out, " ");
    else ent_text_add_bytes(out, text, 1);
  }
}

static void begin_field(const char *name, ent_text *out) { ent_text_print(out, ",\n  %s = {", name); }

/* Read as it stands by \url; what would break a field is written as in addresses. */
static void add_address(const char *name, const char *address, ent_text *out) {
  if (!address) return;
  begin_field(name, out);
  for (; *address; address++) {
    if (strchr("{}\\ \r\n\t\"<>", *address)) ent_text_print(out, "%%%02X", (unsigned)(unsigned char)*address);
    else ent_text_add_bytes(out, address, 1);
  }
  ent_text_add(out, "}");
}

static void add_field(const char *name, const char *text, ent_text *out) {
  if (!text) return;
  begin_field(name, out);
  add_escaped(text, out);
  ent_text_add(out, "}");
}

static bool holds_and(const char *text) {
  for (const char *at = text; (at = strchr(at, ' ')); at++)
    if ((at[1] | 32) == 'a' && (at[2] | 32) == 'n' && (at[3] | 32) == 'd' && at[4] == ' ') return true;
  return false;
}

/* A part of a name; braces keep together what BibTeX would take apart. */
static void add_name_part(const char *text, ent_text *out) {
  bool keep = strchr(text, ',') || holds_and(text) || strcmp(text, "others") == 0;
  if (keep) ent_text_add(out, "{");
  add_escaped(text, out);
  if (keep) ent_text_add(out, "}");
}

static void add_name(const ent_name *name, ent_text *out) {
  if (!name->family) {
    ent_text_add(out, "{");
    add_escaped(name->literal, out);
    ent_text_add(out, "}");
    return;
  }
  if (name->particle) {
    add_name_part(name->particle, out);
    ent_text_add(out, " ");
  }
  add_name_part(name->family, out);
  if (name->suffix) {
    ent_text_add(out, ", ");
    add_name_part(name->suffix, out);
  }
  if (name->given) {
    ent_text_add(out, ", ");
    add_name_part(name->given, out);
  }
}

static void add_names(const char *field, const ent_name *names, size_t count, ent_text *out) {
  if (count == 0) return;
  begin_field(field, out);
  for (size_t i = 0; i < count; i++) {
    if (i) ent_text_add(out, " and ");
    add_name(&names[i], out);
  }
  ent_text_add(out, "}");
}

static void add_pages(const char *pages, ent_text *out) {
  if (!pages) return;
  begin_field("pages", out);
  for (; *pages; pages++) {
    char piece[2] = {*pages, '\0'};
    if (*pages == '-') ent_text_add(out, "--");
    else add_escaped(piece, out);
  }
  ent_text_add(out, "}");
}

static void add_dates(const ent_reference *r, ent_text *out) {
  static const char *const months[] = {"",    "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  if (r->issued.year) {
    begin_field("year", out);
    ent_reference_year(r->issued, out);
    ent_text_add(out, "}");
  }
  if (r->issued.month) ent_text_print(out, ",\n  month = %s", months[r->issued.month]);
  if (r->issued.day) ent_text_print(out, ",\n  day = {%d}", r->issued.day);
  if (r->accessed.day)
    ent_text_print(out, ",\n  urldate = {%04d-%02d-%02d}", r->accessed.year, r->accessed.month, r->accessed.day);
}

static const char *how_published(const ent_reference *r) {
  static const char *const kinds[][2] = {{"dataset", "Data set"},
                                         {"speech", "Speech"},
                                         {"interview", "Interview"},
                                         {"hearing", "Hearing"},
                                         {"bill", "Bill"}};
  if (r->genre) return r->genre;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (ent_reference_is(r, kinds[i][0])) return kinds[i][1];
  return NULL;
}

/* Terms, the title in another language, the copy that stays: what BibTeX has no field for. */
static void add_note(const ent_reference *r, ent_text *out) {
  const struct {
    const char *before, *text;
  } parts[] = {{"Title in another language: ", r->translated_title},
               {"Licence: ", r->licence},
               {"Permission: ", r->permission},
               {"Archived: ", r->archived}};
  size_t shown = 0;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].text) continue;
    if (shown++ == 0) begin_field("note", out);
    else ent_text_add(out, ". ");
    ent_text_add(out, parts[i].before);
    add_escaped(parts[i].text, out);
  }
  if (shown) ent_text_add(out, "}");
}

void ent_reference_bibtex(const ent_reference *r, ent_text *out) {
  const char *type = entry_type(r);
  bool report = ent_reference_is(r, "report"), article = ent_reference_is_article(r);
  ent_text_print(out, "@%s{", type);
  add_key(r->id, out);
  add_names("author", r->authors, r->author_count, out);
  add_names("editor", r->editors, r->editor_count, out);
  begin_field("title", out); /* a second pair of braces keeps its capitals */
  ent_text_add(out, "{");
  add_escaped(r->title ? r->title : r->container ? r->container : "", out);
  ent_text_add(out, "}}");
  if (r->title)
    add_field(article ? "journal" : ent_reference_is(r, "chapter") ? "booktitle" : "series", r->container, out);
  add_field(r->container && !article && !ent_reference_is(r, "chapter") ? "type" : "series", r->collection, out);
  add_field("volume", r->volume, out);
  add_field("number", r->issue ? r->issue : r->collection_number ? r->collection_number : r->number, out);
  add_pages(r->page, out);
  add_field("edition", r->version, out);
  if (strcmp(type, "misc") == 0) add_field("howpublished", how_published(r), out);
  else if (report) add_field("type", r->genre, out);
  add_field(report ? "institution" : "publisher", r->publisher, out);
  add_field("address", r->place ? r->place : r->event_place, out);
  add_dates(r, out);
  add_address("doi", r->doi, out);
  add_address("url", r->url, out);
  add_field("isbn", r->isbn, out);
  add_field("language", r->language, out);
  add_note(r, out);
  ent_text_add(out, "\n}\n");
}
