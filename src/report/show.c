/* show.c - what a study holds as content: its editions, its tables, its sources, the days that it speaks of. */
#include "report/number.h"
#include "report/pages.h"

enum { SHORT_HASH = 8 };

static void add_head(ent_content *content, ent_words *words, const ent_show_answer *show);
static void add_editions(ent_content *content, ent_words *words, const ent_show_answer *show);
static void add_tables(ent_content *content, ent_words *words, const ent_show_answer *show);
static void add_sources(ent_content *content, ent_words *words, const ent_show_answer *show);
static void add_periods(ent_content *content, ent_words *words, const ent_show_answer *show);

void ent_show_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_show_answer *show = &result->show;
  add_head(content, words, show);
  add_editions(content, words, show);
  add_tables(content, words, show);
  add_sources(content, words, show);
  add_periods(content, words, show);
}

static void pair(ent_content *content, ent_words *words, ent_block *block, const char *term, const char *meaning) {
  ent_content_pair(content, block, ent_words_get(words, term), ent_content_text(meaning, ENT_STYLE_PLAIN));
}

static void add_head(ent_content *content, ent_words *words, const ent_show_answer *show) {
  const char *state = ent_list_state(words, show->released);
  ent_content_heading(content, 1, ent_words_label(words, show->title));
  ent_content_paragraph(content,
                        ent_words_fill(words, "show.line", "study", show->study, "edition",
                                       ent_number_plain(words, show->edition, 0), "state", state, NULL),
                        ENT_STYLE_FAINT);
  ent_block *pairs = ent_content_pairs(content);
  pair(content, words, pairs, "show.date_term", ent_words_date(words, show->date));
  pair(content, words, pairs, "show.model_term", show->model);
  pair(content, words, pairs, "show.rows_term", ent_number_count(words, show->rows));
  pair(content, words, pairs, "show.hash_term", show->content_sha256);
  pair(content, words, pairs, "show.store_term", show->store);
  if (show->known_at)
    ent_content_paragraph(content,
                          ent_words_fill(words, "show.known_at", "date", ent_words_date(words, show->known_at), "later",
                                         ent_number_count(words, show->left_out_later), "undated",
                                         ent_number_count(words, show->left_out_undated), NULL),
                          ENT_STYLE_PLAIN);
}

/* Columns of figures behind one of words. */
static ent_block *new_table(ent_content *content, ent_words *words, const char *const *titles, size_t count,
                            size_t first_figure) {
  ent_column *columns = ent_arena_take(content->arena, count, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  for (size_t i = 0; i < count; i++)
    columns[i] = (ent_column){
        .title = ent_words_get(words, titles[i]), .right = i >= first_figure, .wide = i + 1 == first_figure};
  return ent_content_table(content, columns, count);
}

static void set_count(ent_words *words, ent_row *row, size_t column, size_t count) {
  ent_content_set(row, column, ent_content_text(ent_number_count(words, count), ENT_STYLE_PLAIN));
}

static void add_editions(ent_content *content, ent_words *words, const ent_show_answer *show) {
  static const char *const titles[] = {"show.edition", "show.state", "show.rows", "show.added",
                                       "show.changed", "show.gone",  "show.hash"};
  ent_content_heading(content, 2, ent_words_get(words, "show.editions"));
  ent_block *table = new_table(content, words, titles, sizeof titles / sizeof *titles, 2);
  for (size_t i = 0; table && i < show->edition_count; i++) {
    const ent_edition_answer *edition = &show->editions[i];
    ent_row *row = ent_content_row(content, table);
    const char *hash = ent_arena_print(content->arena, "%.*s", SHORT_HASH, edition->content_sha256);
    ent_content_set(row, 0,
                    ent_content_text(ent_number_plain(words, edition->number, 0),
                                     edition->number == show->edition ? ENT_STYLE_STRONG : ENT_STYLE_PLAIN));
    ent_content_set(row, 1, ent_content_text(ent_list_state(words, edition->released), ENT_STYLE_PLAIN));
    set_count(words, row, 2, edition->rows);
    ent_content_set(row, 6, ent_content_text(hash, ENT_STYLE_FAINT));
    if (edition->is_first) continue;
    set_count(words, row, 3, edition->added);
    set_count(words, row, 4, edition->changed);
    set_count(words, row, 5, edition->gone);
  }
  if (show->edition_count > 1) ent_content_paragraph(content, ent_words_get(words, "show.changes"), ENT_STYLE_FAINT);
}

static void set_review(ent_words *words, ent_row *row, const ent_review_answer *review) {
  set_count(words, row, 2, review->reviewed);
  set_count(words, row, 3, review->disputed);
  set_count(words, row, 4, review->draft);
  set_count(words, row, 5, review->none);
}

static void add_tables(ent_content *content, ent_words *words, const ent_show_answer *show) {
  static const char *const titles[] = {"show.table",    "show.rows",  "show.reviewed",
                                       "show.disputed", "show.draft", "show.none"};
  const ent_review_answer *review = &show->review;
  bool reviewed = review->draft || review->reviewed || review->disputed;
  ent_content_heading(content, 2, ent_words_get(words, "show.tables"));
  ent_block *table = new_table(content, words, titles, reviewed ? sizeof titles / sizeof *titles : 2, 1);
  for (size_t i = 0; table && i < show->table_count; i++) {
    const ent_table_answer *answer = &show->tables[i];
    if (answer->rows == 0) continue;
    ent_row *row = ent_content_row(content, table);
    ent_content_set(row, 0, ent_content_text(answer->name, ENT_STYLE_PLAIN));
    set_count(words, row, 1, answer->rows);
    if (reviewed && answer->has_review) set_review(words, row, &answer->review);
  }
  ent_row *all = table ? ent_content_row(content, table) : NULL;
  ent_content_set(all, 0, ent_content_text(ent_words_get(words, "show.all"), ENT_STYLE_STRONG));
  if (all) set_count(words, all, 1, show->rows);
  if (all && reviewed) set_review(words, all, review);
  if (!reviewed) ent_content_paragraph(content, ent_words_get(words, "show.no_review"), ENT_STYLE_FAINT);
}

static void add_sources(ent_content *content, ent_words *words, const ent_show_answer *show) {
  ent_content_heading(content, 2, ent_words_get(words, "show.sources"));
  ent_block *pairs = ent_content_pairs(content);
  pair(content, words, pairs, "show.public_term", ent_number_count(words, show->handling.open));
  pair(content, words, pairs, "show.interview_term", ent_number_count(words, show->handling.interview));
  pair(content, words, pairs, "show.confidential_term", ent_number_count(words, show->handling.confidential));
}

static void add_periods(ent_content *content, ent_words *words, const ent_show_answer *show) {
  ent_content_heading(content, 2, ent_words_get(words, "show.periods"));
  ent_block *pairs = ent_content_pairs(content);
  for (size_t i = 0; i < show->period_count; i++) {
    const ent_period_answer *period = &show->periods[i];
    const char *text = period->first
                           ? ent_words_fill(words, "show.period", "first", ent_words_date(words, period->first), "last",
                                            ent_words_date(words, period->last), NULL)
                           : ent_words_get(words, "show.no_period");
    ent_content_pair(content, pairs, period->table, ent_content_text(text, ENT_STYLE_PLAIN));
  }
}
