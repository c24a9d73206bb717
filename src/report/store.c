/* store.c - the store as content: what it holds, what is wrong with it, what was copied. */
#include "report/number.h"
#include "report/pages.h"

static void add_pair(ent_content *content, ent_words *words, ent_block *pairs, const char *term, const char *text) {
  ent_content_pair(content, pairs, ent_words_get(words, term), ent_content_text(text, ENT_STYLE_PLAIN));
}

static void add_held(ent_content *content, ent_words *words, const ent_store_answer *store) {
  enum { COUNT = 4 };
  if (store->held_count == 0) {
    ent_content_paragraph(content, ent_words_get(words, "store.empty"), ENT_STYLE_PLAIN);
    return;
  }
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "store.study"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "store.edition"), .right = true};
  columns[2] = (ent_column){.title = ent_words_get(words, "store.released")};
  columns[3] = (ent_column){.title = ent_words_get(words, "store.rows"), .right = true};
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < store->held_count; i++) {
    const ent_held_answer *held = &store->held[i];
    const char *released = *held->released ? held->released : ent_words_get(words, "store.working_copy");
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(held->study, ENT_STYLE_STRONG));
    ent_content_set(row, 1, ent_content_text(ent_number_count(words, (uint64_t)held->number), ENT_STYLE_PLAIN));
    ent_content_set(row, 2, ent_content_text(released, ENT_STYLE_PLAIN));
    ent_content_set(row, 3, ent_content_text(ent_number_count(words, held->rows), ENT_STYLE_PLAIN));
    if (row && !held->hashed) row->note = ent_words_get(words, "store.no_hash");
  }
}

void ent_store_info_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_store_answer *store = &result->store;
  ent_block *pairs = ent_content_pairs(content);
  add_pair(content, words, pairs, "store.path_term", store->store);
  add_pair(content, words, pairs, "store.size_term", ent_number_counted(words, "store.bytes", store->bytes));
  add_pair(content, words, pairs, "store.version_term",
           ent_words_fill(words, "store.version", "version", ent_number_plain(words, store->version, 0), "newest",
                          ent_number_plain(words, store->newest, 0), NULL));
  add_pair(content, words, pairs, "store.journal_term", store->journal);
  if (store->read_only) ent_content_paragraph(content, ent_words_get(words, "store.read_only"), ENT_STYLE_FAINT);
  add_held(content, words, store);
}

void ent_store_check_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_store_answer *store = &result->store;
  size_t errors = store->findings->errors;
  ent_findings_content(content, words, store->findings, ENT_ERROR, "check.errors");
  ent_findings_content(content, words, store->findings, ENT_NOTE, "check.notes");
  const char *line = errors ? ent_words_fill(words, "store.damaged", "store", store->store, "errors",
                                             ent_number_counted(words, "check.error_count", errors), NULL)
                            : ent_words_fill(words, "store.sound", "store", store->store, "rows",
                                             ent_number_counted(words, "check.row_count", store->rows), NULL);
  ent_content_paragraph(content, line, errors ? ENT_STYLE_BAD : ENT_STYLE_STRONG);
}

void ent_store_copy_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_store_answer *store = &result->store;
  ent_block *list = ent_content_list(content);
  const char *line = ent_words_fill(words, store->restored ? "store.restored" : "store.backed_up", "store",
                                    store->store, "file", store->file, NULL);
  ent_content_item(content, list, ent_content_text(line, ENT_STYLE_STRONG));
  if (store->kept)
    ent_content_item(content, list,
                     ent_content_text(ent_words_fill(words, "store.kept", "file", store->kept, NULL), ENT_STYLE_PLAIN));
}
