/* reference_ris.c - a record of RIS: a tag, two blanks, a dash, a blank and one line of text for each field. A line end
 * in a text would begin a field of its own; it becomes a blank. */
#include <string.h>

#include "report/reference.h"

static const char *record_type(const ent_reference *r) {
  static const char *const types[][2] = {{"book", "BOOK"},
                                         {"report", "RPRT"},
                                         {"chapter", "CHAP"},
                                         {"article-journal", "JOUR"},
                                         {"article-newspaper", "NEWS"},
                                         {"article-magazine", "MGZN"},
                                         {"webpage", "ELEC"},
                                         {"post-weblog", "BLOG"},
                                         {"post", "ELEC"},
                                         {"hearing", "HEAR"},
                                         {"bill", "BILL"},
                                         {"interview", "PCOMM"},
                                         {"dataset", "DATA"},
                                         {"thesis", "THES"},
                                         {"paper-conference", "CPAPER"},
                                         {"legal_case", "CASE"},
                                         {"legislation", "STAT"},
                                         {"personal_communication", "PCOMM"}};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (ent_reference_is(r, types[i][0])) return types[i][1];
  return "GEN";
}

static void add_line(const char *tag, const char *before, const char *text, ent_text *out) {
  if (!text || !*text) return;
  ent_text_print(out, "%s  - %s", tag, before);
  for (; *text; text++) {
    char c = strchr("\r\n\t", *text) ? ' ' : *text;
    ent_text_add_bytes(out, &c, 1);
  }
  ent_text_add(out, "\n");
}

static void add_names(const char *tag, const ent_name *names, size_t count, ent_text *out) {
  for (size_t i = 0; i < count; i++) {
    ent_text name = {0};
    ent_reference_name_turned(&names[i], &name);
    if (name.failed) out->failed = true;
    else add_line(tag, "", name.data, out);
    ent_text_clear(&name);
  }
}

/* YYYY/MM/DD/, with what is not known left out between the slashes. */
static void add_date(const char *tag, ent_reference_date date, ent_text *out) {
  if (!date.year) return;
  ent_text_print(out, "%s  - %04d/", tag, date.year);
  if (date.month) ent_text_print(out, "%02d", date.month);
  ent_text_add(out, "/");
  if (date.day) ent_text_print(out, "%02d", date.day);
  ent_text_add(out, "/\n");
}

static void add_pages(const char *pages, ent_text *out) {
  const char *dash = pages ? strchr(pages, '-') : NULL;
  if (!pages) return;
  if (!dash) {
    add_line("SP", "", pages, out);
    return;
  }
  ent_text_print(out, "SP  - %.*s\n", (int)(dash - pages), pages);
  add_line("EP", "", dash + 1, out);
}

void ent_reference_ris(const ent_reference *r, ent_text *out) {
  const char *type = record_type(r);
  ent_text_print(out, "TY  - %s\n", type);
  add_line("ID", "", r->id, out);
  add_names("AU", r->authors, r->author_count, out);
  add_names(strcmp(type, "CHAP") == 0 ? "A2" : "ED", r->editors, r->editor_count, out);
  add_line("TI", "", r->title ? r->title : r->container, out);
  add_line("TT", "", r->translated_title, out);
  if (r->title) add_line("T2", "", r->container, out);
  add_line("T3", "", r->collection, out);
  add_line("VL", "", r->volume, out);
  add_line("IS", "", r->issue, out);
  add_line("M1", "", r->number ? r->number : r->collection_number, out);
  add_line("ET", "", r->version, out);
  add_line("M3", "", r->genre ? r->genre : ent_reference_is(r, "speech") ? "Speech" : NULL, out);
  add_pages(r->page, out);
  add_line("PB", "", r->publisher, out);
  add_line("CY", "", r->place ? r->place : r->event_place, out);
  if (r->issued.year) ent_text_print(out, "PY  - %d\n", r->issued.year);
  add_date("DA", r->issued, out);
  add_line("DO", "", r->doi, out);
  add_line("UR", "", r->url, out);
  add_date("Y2", r->accessed, out);
  add_line("SN", "", r->isbn, out);
  add_line("LA", "", r->language, out);
  add_line("N1", "Licence: ", r->licence, out);
  add_line("N1", "Permission: ", r->permission, out);
  add_line("N1", "Archived: ", r->archived, out);
  ent_text_add(out, "ER  - \n");
}
