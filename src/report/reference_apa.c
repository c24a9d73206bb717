/* reference_apa.c - the reference list of the Publication Manual of the American Psychological Association, 7th ed. */
#include <string.h>

#include "report/reference.h"

enum { MOST_NAMES = 20, SHOWN_NAMES = 19 }; /* of more than 20: the first 19 and the last */

/* "Glenn H." is "G. H.", "Seung-woo" is "S.-w." */
static void add_initials(const char *given, ent_text *out) {
  bool begins = true;
  size_t start = out->length;
  for (const char *at = given; *at;) {
    size_t length = 1;
    while (((unsigned char)at[length] & 0xC0) == 0x80) length++;
    if (begins && !strchr(" -.", *at)) {
      if (out->length > start && out->data && out->data[out->length - 1] != '-') ent_text_add(out, " ");
      ent_text_add_bytes(out, at, length);
      ent_text_add(out, ".");
      begins = false;
    } else if (*at == ' ' || *at == '.') {
      begins = true;
    } else if (*at == '-') {
      ent_text_add(out, "-");
      begins = true;
    }
    at += length;
  }
}

static void add_name(const ent_name *name, bool turned, ent_text *out) {
  if (!name->family) {
    ent_text_add(out, name->literal);
    return;
  }
  if (!turned && name->given) {
    add_initials(name->given, out);
    ent_text_add(out, " ");
  }
  if (name->particle) ent_text_print(out, "%s ", name->particle);
  ent_text_add(out, name->family);
  if (turned && name->given) {
    ent_text_add(out, ", ");
    add_initials(name->given, out);
  }
  if (name->suffix) ent_text_print(out, ", %s", name->suffix);
}

static void add_names(const ent_name *names, size_t count, bool turned, ent_text *out) {
  for (size_t i = 0; i < count; i++) {
    if (count > MOST_NAMES && i == SHOWN_NAMES) {
      ent_text_add(out, ", . . . ");
      i = count - 1;
    } else if (i > 0) {
      bool last = i + 1 == count;
      ent_text_add(out, !last ? ", " : turned || count > 2 ? ", & " : " & ");
    }
    add_name(&names[i], turned, out);
  }
}

static void add_date(const ent_reference *r, ent_text *out) {
  ent_reference_date date = r->issued;
  ent_text_add(out, "(");
  if (date.year) ent_reference_year(date, out);
  else ent_text_add(out, date.literal ? date.literal : "n.d.");
  if (date.month && !ent_reference_is(r, "article-journal") && !ent_reference_is(r, "book") &&
      !ent_reference_is(r, "chapter")) {
    ent_text_print(out, ", %s", ent_reference_month(date.month));
    if (date.day) ent_text_print(out, " %d", date.day);
  }
  ent_text_add(out, "). ");
}

/* What kind of work it is, where the place in the list does not show it. */
static const char *kind_of(const ent_reference *r) {
  static const char *const kinds[][2] = {{"dataset", "Data set"},
                                         {"speech", "Speech"},
                                         {"interview", "Interview"},
                                         {"hearing", "Hearing"},
                                         {"post", "Post"}};
  if (r->genre) return r->genre;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (ent_reference_is(r, kinds[i][0])) return kinds[i][1];
  return NULL;
}

/* Series, number and version, in one pair of brackets. */
static void add_numbers(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  bool in_part = ent_reference_is(r, "chapter");
  if (r->collection && !in_part) {
    ent_text_print(out, " (%s", r->collection);
    if (r->collection_number) ent_text_print(out, " %s", r->collection_number);
  } else if (r->number && !(r->title && strstr(r->title, r->number))) {
    ent_text_print(out, " (%s", r->number);
  }
  if (r->version) ent_text_print(out, "%s%s", out->length > start ? "; " : " (", r->version);
  if (out->length > start) ent_text_add(out, ")");
}

static void add_title(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  const char *kind = kind_of(r);
  ent_text_add(out, r->title ? r->title : r->container);
  if (r->translated_title) ent_text_print(out, " [%s]", r->translated_title);
  add_numbers(r, out);
  if (kind) ent_text_print(out, " [%s]", kind);
  ent_reference_stop(out, start);
}

static void add_volume(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  ent_text_add(out, r->container);
  if (r->volume) ent_text_print(out, ", %s", r->volume);
  if (r->issue) ent_text_print(out, "%s(%s)", r->volume ? "" : ", ", r->issue);
  if (r->page) {
    ent_text_add(out, ", ");
    ent_reference_pages(r->page, out);
  }
  ent_reference_stop(out, start);
}

static void add_book_of_chapter(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  ent_text_add(out, "In ");
  if (r->editor_count) {
    add_names(r->editors, r->editor_count, false, out);
    ent_text_add(out, r->editor_count > 1 ? " (Eds.), " : " (Ed.), ");
  }
  ent_text_add(out, r->container);
  if (r->collection || r->page) {
    ent_text_add(out, " (");
    if (r->collection) ent_text_add(out, r->collection);
    if (r->collection && r->collection_number) ent_text_print(out, " %s", r->collection_number);
    if (r->page) ent_text_add(out, r->collection ? "; pp. " : "pp. ");
    if (r->page) ent_reference_pages(r->page, out);
    ent_text_add(out, ")");
  }
  ent_reference_stop(out, start);
}

/* Who issued it, where that is not the author. */
static void add_publisher(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  if (!r->publisher || (r->author_count && ent_text_same(r->authors[0].literal, r->publisher))) return;
  ent_text_add(out, r->publisher);
  ent_reference_stop(out, start);
}

static void add_link(const ent_reference *r, ent_text *out) {
  bool doi = false;
  const char *link = ent_reference_link(r, &doi);
  if (!link) return;
  if (!doi && !r->issued.year && !r->issued.literal && r->accessed.day)
    ent_text_print(out, "Retrieved %s %d, %d, from ", ent_reference_month(r->accessed.month), r->accessed.day,
                   r->accessed.year);
  ent_text_print(out, "%s%s", doi ? "https://doi.org/" : "", link);
}

void ent_reference_apa(const ent_reference *r, ent_text *out) {
  size_t start = out->length;
  bool no_author = r->author_count == 0, by_editors = no_author && r->editor_count && !r->container;
  if (r->author_count) {
    add_names(r->authors, r->author_count, true, out);
  } else if (by_editors) {
    add_names(r->editors, r->editor_count, true, out);
    ent_text_add(out, r->editor_count > 1 ? " (Eds.)" : " (Ed.)");
  } else {
    add_title(r, out);
  }
  if (!no_author || by_editors) ent_reference_stop(out, start);
  add_date(r, out);
  if (!no_author || by_editors) add_title(r, out);
  if (r->container && r->title && ent_reference_is(r, "chapter")) add_book_of_chapter(r, out);
  else if (r->container && r->title) add_volume(r, out);
  add_publisher(r, out);
  add_link(r, out);
  while (!out->failed && out->length > start && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
}
