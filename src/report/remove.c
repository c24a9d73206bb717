/* remove.c - what left the store, or would leave it, as content. */
#include "report/number.h"
#include "report/pages.h"

void ent_remove_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_remove_answer *answer = &result->remove;
  const char *released = ent_number_count(words, answer->released_count);
  const char *count = ent_number_count(words, answer->edition_count);
  const char *editions =
      ent_words_fill(words, answer->edition_count == 1 ? "remove.editions.one" : "remove.editions.many", "count", count,
                     "released", released, NULL);
  const char *line =
      ent_words_fill(words, answer->done ? "remove.done" : "remove.would", "study", answer->study, "title",
                     ent_words_label(words, answer->title), "store", answer->store, "editions", editions, "versions",
                     ent_number_counted(words, "remove.versions", answer->versions), NULL);
  ent_block *list = ent_content_list(content);
  ent_content_item(content, list, ent_content_text(line, ENT_STYLE_STRONG));
  ent_content_item(content, list, ent_content_text(ent_words_get(words, "remove.folder"), ENT_STYLE_PLAIN));
  if (answer->done)
    ent_content_item(content, list,
                     ent_content_text(ent_words_get(words, answer->compact ? "remove.compact" : "remove.not_compact"),
                                      ENT_STYLE_PLAIN));
}
