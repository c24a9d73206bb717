/* list.c - the studies of a store as content: one row for each, its title below it. */
#include "report/number.h"
#include "report/pages.h"

const char *ent_list_state(ent_words *words, const char *released) {
  if (!released || !*released) return ent_words_get(words, "list.working_copy");
  return ent_words_fill(words, "list.released", "date", ent_words_date(words, released), NULL);
}

void ent_list_content(ent_content *content, ent_words *words, const ent_result *result) {
  enum { COUNT = 5 };
  const ent_list_answer *list = &result->list;
  if (list->count == 0) {
    ent_content_paragraph(content, ent_words_fill(words, "list.none", "store", list->store, NULL), ENT_STYLE_PLAIN);
    return;
  }
  ent_content_heading(content, 1, ent_words_fill(words, "list.title", "store", list->store, NULL));
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "list.study"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "list.date")};
  columns[2] = (ent_column){.title = ent_words_get(words, "list.edition"), .right = true};
  columns[3] = (ent_column){.title = ent_words_get(words, "list.state"), .right = true};
  columns[4] = (ent_column){.title = NULL};
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < list->count; i++) {
    const ent_listed_study *study = &list->studies[i];
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(study->id, ENT_STYLE_STRONG));
    ent_content_set(row, 1, ent_content_text(ent_words_date(words, study->date), ENT_STYLE_PLAIN));
    ent_content_set(row, 2, ent_content_text(ent_number_count(words, study->edition_count), ENT_STYLE_PLAIN));
    ent_content_set(row, 3, ent_content_text(ent_number_plain(words, study->highest, 0), ENT_STYLE_PLAIN));
    ent_content_set(row, 4, ent_content_text(ent_list_state(words, study->released), ENT_STYLE_PLAIN));
    if (row) row->note = ent_words_label(words, study->title);
  }
}
