/* citation.c - see citation.h. */
#include "report/citation.h"

#include <string.h>

#include "base/text.h"
#include "report/line.h"
#include "report/number.h"

enum {
  MOST_CITATIONS = 4, /* of a list */
  MOST_CITATION = 44  /* columns of one of them */
};

static const char *place(ent_words *words, const ent_citation_answer *citation) {
  const char *page = *citation->page ? ent_words_fill(words, "citation.page", "page", citation->page, NULL) : NULL;
  if (ent_text_same(citation->anchor, "footnote"))
    return ent_words_join(words, ent_words_fill(words, "citation.footnote", "footnote", citation->footnote, NULL), ", ",
                          page);
  if (ent_text_same(citation->anchor, "place")) return ent_words_join(words, page, ", ", citation->place);
  return ent_words_join(words, citation->source, ", ", citation->locator);
}

const char *ent_citation_text(ent_words *words, const ent_citation_answer *citation) {
  if (citation->withheld) return ent_words_get(words, "citation.confidential");
  const char *text = place(words, citation);
  if (ent_text_same(citation->handling, "interview"))
    text = ent_words_fill(words, "citation.interview", "citation", text, NULL);
  if (ent_text_same(citation->stance, "contrary"))
    text = ent_words_fill(words, "citation.contrary", "citation", text, NULL);
  return text;
}

/* "fn. 103, p. 24" with no-break spaces between an abbreviation and its number. */
static void add_unbroken(ent_text *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] == ' ' && i > 0 && text[i - 1] == '.' && i + 1 < length && strchr("0123456789", text[i + 1]))
      ent_text_add(out, "\u00a0");
    else ent_text_add_bytes(out, text + i, 1);
}

/* Outside works are cited with their whole line, which would drown the row: its beginning leads to it. */
static const char *short_citation(ent_words *words, const char *label) {
  const char *rest = label;
  ent_line line = {.text = label, .length = strlen(label)};
  bool cut = ent_line_width(label) > MOST_CITATION && ent_line_next(&rest, MOST_CITATION - 1, &line);
  while (cut && line.length > 1 && strchr(",;:", line.text[line.length - 1])) line.length--;
  ent_text text = {0};
  add_unbroken(&text, line.text, line.length);
  ent_text_add(&text, cut ? "…" : "");
  const char *copy = text.failed ? NULL : ent_arena_copy(words->arena, text.data, text.length);
  ent_text_clear(&text);
  if (!copy) ent_words_fail_memory(words);
  return copy ? copy : "";
}

/* A footnote that gives several works is cited several times under one label. */
static bool cited_before(ent_words *words, const ent_citation_answer *citations, size_t i) {
  for (size_t j = 0; j < i; j++)
    if (ent_text_same(ent_citation_text(words, &citations[j]), ent_citation_text(words, &citations[i]))) return true;
  return false;
}

const char *ent_citation_list(ent_words *words, const ent_citation_answer *citations, size_t count) {
  const char *text = "";
  size_t shown = 0, more = 0;
  for (size_t i = 0; i < count; i++) {
    if (cited_before(words, citations, i)) continue;
    if (shown < MOST_CITATIONS) {
      const char *label = short_citation(words, ent_citation_text(words, &citations[i]));
      text = ent_words_join(words, text, "; ", label);
      shown++;
    } else {
      more++;
    }
  }
  return more > 0 ? ent_words_join(words, text, "; ", ent_number_counted(words, "citations.more", more)) : text;
}
