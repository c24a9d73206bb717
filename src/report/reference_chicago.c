/* reference_chicago.c - the reference list of the author-date system, The Chicago Manual of Style, 17th ed. */
#include <string.h>

#include "report/reference.h"

enum { MOST_NAMES = 10, SHOWN_NAMES = 7 }; /* of more than ten: seven and "et al." */

static void add_names(const ent_name *names, size_t count, bool turned, ent_text *out) {
  size_t shown = count > MOST_NAMES ? SHOWN_NAMES : count;
  for (size_t i = 0; i < shown; i++) {
    bool last = i + 1 == count;
    if (i > 0) ent_text_add(out, !last ? ", " : turned || count > 2 ? ", and " : " and ");
    if (turned && i == 0) ent_reference_name_turned(&names[i], out);
    else ent_reference_name(&names[i], out);
  }
  if (shown < count) ent_text_add(out, ", et al.");
}

static void add_day(ent_reference_date date, ent_text *out) {
  ent_text_add(out, ent_reference_month(date.month));
  if (date.day) ent_text_print(out, " %d,", date.day);
  ent_text_print(out, " %d", date.year);
}

static bool is_whole(const ent_reference *r) {
  return ent_reference_is(r, "book") || ent_reference_is(r, "report") || ent_reference_is(r, "dataset");
}

/* A stop stands inside the quotes of a title. */
static void add_title(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  bool quoted = r->title && !is_whole(r);
  if (quoted) ent_text_add(out, "“");
  ent_text_add(out, r->title ? r->title : r->container);
  if (r->translated_title) ent_text_print(out, " [%s]", r->translated_title);
  ent_reference_stop(out, start);
  if (!quoted || out->failed) return;
  out->data[--out->length] = '\0';
  ent_text_add(out, "” ");
}

static void add_volume(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  ent_text_add(out, r->container);
  if (r->volume) ent_text_print(out, " %s", r->volume);
  if (r->issue) ent_text_print(out, " (%s)", r->issue);
  if (r->page) {
    ent_text_add(out, ": ");
    ent_reference_pages(r->page, out);
  }
  ent_reference_stop(out, start);
}

static void add_book_of_chapter(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  ent_text_print(out, "In %s", r->container);
  if (r->editor_count) {
    ent_text_add(out, ", edited by ");
    add_names(r->editors, r->editor_count, false, out);
  }
  if (r->page) {
    ent_text_add(out, ", ");
    ent_reference_pages(r->page, out);
  }
  ent_reference_stop(out, start);
}

/* A newspaper, a magazine, a blog: with the day. */
static void add_periodical(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  ent_text_add(out, r->container);
  if (r->issued.month) {
    ent_text_add(out, ", ");
    add_day(r->issued, out);
  }
  ent_reference_stop(out, start);
}

static void add_part(ent_text *out, const char *text, const char *more) {
  size_t start = out->length;
  if (!text) return;
  ent_text_add(out, text);
  if (more) ent_text_print(out, " %s", more);
  ent_reference_stop(out, start);
}

static void add_publisher(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  bool same = r->author_count && r->publisher && ent_text_same(r->authors[0].literal, r->publisher);
  if (r->place) ent_text_add(out, r->place);
  if (r->publisher && !same) ent_text_print(out, "%s%s", r->place ? ": " : "", r->publisher);
  ent_reference_stop(out, start);
}

static void add_address(const ent_reference *r, ent_text *out) {
  bool doi = false;
  const char *link = ent_reference_link(r, &doi);
  if (!link) return;
  if (!doi && !r->issued.year && !r->issued.literal && r->accessed.day) {
    ent_text_add(out, "Accessed ");
    add_day(r->accessed, out);
    ent_text_add(out, ". ");
  }
  ent_text_print(out, "%s%s. ", doi ? "https://doi.org/" : "", link);
}

static void add_year(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  if (r->issued.year) ent_reference_year(r->issued, out);
  else ent_text_add(out, r->issued.literal ? r->issued.literal : "n.d.");
  ent_reference_stop(out, start);
}

void ent_reference_chicago(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  bool journal = ent_reference_is(r, "article-journal"), chapter = ent_reference_is(r, "chapter");
  bool by_editors = r->author_count == 0 && r->editor_count && !r->container, named = r->author_count || by_editors;
  bool has_container = r->container && r->title;
  if (named) {
    add_names(by_editors ? r->editors : r->authors, by_editors ? r->editor_count : r->author_count, true, out);
    if (by_editors) ent_text_add(out, r->editor_count > 1 ? ", eds" : ", ed");
    ent_reference_stop(out, start);
  } else {
    add_title(r, out);
  }
  add_year(r, out);
  if (named) add_title(r, out);
  if (r->genre) add_part(out, r->genre, NULL);
  if (has_container && journal) add_volume(r, out);
  else if (has_container && chapter) add_book_of_chapter(r, out);
  else if (has_container) add_periodical(r, out);
  add_part(out, r->version, NULL);
  add_part(out, r->collection, r->collection_number);
  if (!r->collection && r->number && !(r->title && strstr(r->title, r->number))) add_part(out, r->number, NULL);
  add_publisher(r, out);
  if (!has_container && !is_whole(r) && r->issued.month) {
    add_day(r->issued, out);
    ent_text_add(out, ". ");
  }
  add_address(r, out);
  while (!out->failed && out->length > start && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
}
