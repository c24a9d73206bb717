/* load.c - what a load did, as content: one line, and one more where there are notes. */
#include "report/number.h"
#include "report/pages.h"

void ent_load_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_load_answer *load = &result->load;
  const char *edition = ent_number_plain(words, load->edition, 0);
  const char *rows = ent_number_counted(words, "check.row_count", load->rows);
  const char *line = ent_words_fill(words, load->unchanged ? "load.unchanged" : "load.done", "study", load->study,
                                    "edition", edition, "rows", rows, "store", load->store, NULL);
  ent_block *list = ent_content_list(content);
  ent_content_item(content, list, ent_content_text(line, ENT_STYLE_STRONG));
  if (load->findings && load->findings->notes > 0)
    ent_content_item(content, list,
                     ent_content_text(ent_number_counted(words, "load.notes", load->findings->notes), ENT_STYLE_PLAIN));
}
