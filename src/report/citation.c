/* citation.c - see citation.h. */
#include "report/citation.h"

#include "base/text.h"

const char *ent_citation_text(ent_words *words, const ent_citation_answer *citation) {
  const char *page = *citation->page ? ent_words_fill(words, "citation.page", "page", citation->page, NULL) : NULL;
  if (ent_text_same(citation->anchor, "footnote"))
    return ent_words_join(words, ent_words_fill(words, "citation.footnote", "footnote", citation->footnote, NULL), ", ",
                          page);
  if (ent_text_same(citation->anchor, "place")) return ent_words_join(words, page, ", ", citation->place);
  return ent_words_join(words, citation->source, ", ", citation->locator);
}
