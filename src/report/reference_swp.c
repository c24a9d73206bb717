/* reference_swp.c - the German footnote style of the Stiftung Wissenschaft und Politik. Terms are the style's own. */
#include <string.h>

#include "report/reference.h"

enum { MOST_NAMES = 3 }; /* more are the first and "u. a." */

static void add_names(const ent_name *names, size_t count, ent_text *out) {
  size_t shown = count > MOST_NAMES ? 1 : count;
  for (size_t i = 0; i < shown; i++) {
    if (i) ent_text_add(out, "/");
    ent_reference_name(&names[i], out);
  }
  if (shown < count) ent_text_add(out, " u. a.");
}

static void add_date(ent_reference_date date, ent_text *out) {
  static const char *const months[] = {"",     "Januar", "Februar",   "März",    "April",    "Mai",     "Juni",
                                       "Juli", "August", "September", "Oktober", "November", "Dezember"};
  if (date.literal) ent_text_add(out, date.literal);
  else if (date.day) ent_text_print(out, "%d.%d.%d", date.day, date.month, date.year);
  else if (date.month) ent_text_print(out, "%s %d", months[date.month], date.year);
  else ent_reference_year(date, out);
}

static bool has_date(ent_reference_date date) { return date.year || date.literal; }

/* What stands inside of something else, or has no cover, is quoted; quotes in it become single ones. */
static void add_title(const ent_reference *r, ent_text *out) {
  bool whole = ent_reference_is(r, "book") || ent_reference_is(r, "report") || ent_reference_is(r, "bill");
  ent_text_print(out, "%s%s%s", whole ? "" : "»", r->title, whole ? "" : "«");
  if (r->translated_title) ent_text_print(out, " [%s]", r->translated_title);
}

static void add_container(const ent_reference *r, bool first, ent_text *out) {
  bool journal = ent_reference_is(r, "article-journal");
  ent_text_add(out, first ? "" : r->title ? ", in: " : ", ");
  if (r->title && r->editor_count) {
    add_names(r->editors, r->editor_count, out);
    ent_text_add(out, " (Hg.), ");
  }
  ent_text_add(out, r->container);
  if (!journal && r->url && ent_reference_is_article(r)) ent_text_add(out, " (online)");
  if (journal && r->volume) {
    ent_text_print(out, ", %s", r->volume);
    if (r->issued.year) ent_text_print(out, " (%d)", r->issued.year);
    if (r->issue) ent_text_print(out, " %s", r->issue);
  }
}

/* ", Berlin: Publisher, May 2018 (Series 18/2018)" */
static void add_imprint(const ent_reference *r, ent_text *out) {
  bool in_volume = ent_reference_is(r, "article-journal") && r->volume; /* the year stands with it */
  if (r->place) ent_text_print(out, ", %s", r->place);
  if (r->publisher &&
      (r->author_count == 0 || !r->authors[0].literal || !ent_text_same(r->authors[0].literal, r->publisher)))
    ent_text_print(out, "%s%s", r->place ? ": " : ", ", r->publisher);
  if (has_date(r->issued) && !in_volume) {
    ent_text_add(out, ", ");
    add_date(r->issued, out);
  }
  if (r->collection) {
    ent_text_print(out, " (%s", r->collection);
    if (r->collection_number) ent_text_print(out, " %s", r->collection_number);
    ent_text_add(out, ")");
  } else if (r->number && !(r->title && strstr(r->title, r->number))) {
    ent_text_print(out, " (%s)", r->number);
  }
}

static void add_address(const ent_reference *r, ent_text *out) {
  if (r->doi) ent_text_print(out, ", doi: %s", r->doi);
  else if (r->url) ent_text_print(out, ", <%s>", r->url);
  if (!r->doi && r->url && has_date(r->accessed)) {
    ent_text_add(out, " (eingesehen am ");
    add_date(r->accessed, out);
    ent_text_add(out, ")");
  }
}

void ent_reference_swp(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  if (r->author_count) {
    add_names(r->authors, r->author_count, out);
  } else if (r->editor_count && !r->container) {
    add_names(r->editors, r->editor_count, out);
    ent_text_add(out, " (Hg.)");
  }
  if (out->length > start && r->title) ent_text_add(out, ", ");
  if (r->title) add_title(r, out);
  if (r->genre) ent_text_print(out, ", %s", r->genre);
  if (r->version) ent_text_print(out, ", %s", r->version);
  if (r->container) add_container(r, out->length == start, out);
  add_imprint(r, out);
  if (r->page) {
    ent_text_add(out, ", S. ");
    ent_reference_pages(r->page, out);
  }
  add_address(r, out);
  if (out->length > start) ent_text_add(out, ".");
}
