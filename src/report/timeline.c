/* timeline.c - dated rows as content: a table for each year, in it the date as it was written, the kind, what it is;
 * below that whom it concerns, until when it lasts, and its citations. */
#include <string.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/citation.h"
#include "report/line.h"
#include "report/number.h"
#include "report/pages.h"

enum { DATE = 10, COLUMNS = 3, YEAR = 4 };

/* The word of an entry's kind, or of the row's own kind: "timeline.kind.event", "code.event.exercise". */
static const char *word_of(ent_words *words, const char *stem, const char *kind, const char *code) {
  const char *deeper = code ? ent_arena_print(words->arena, "%s.%s", stem, kind) : stem;
  if (deeper) return ent_words_of(words, deeper, code ? code : kind);
  ent_words_fail_memory(words);
  return "";
}

static const char *label_of(ent_words *words, const ent_timeline_entry *entry) {
  const char *label = ent_words_label(words, entry->label);
  bool is_plan = ent_text_same(entry->kind, "status") && ent_text_same(entry->code, "planned");
  switch (entry->moment) {
    case ENT_ENDS: return ent_words_fill(words, is_plan ? "timeline.due" : "timeline.ends", "label", label, NULL);
    case ENT_VACANT: return ent_words_fill(words, "timeline.vacant", "label", label, NULL);
    case ENT_SHARED: return ent_words_fill(words, "timeline.shared", "label", label, NULL);
    case ENT_BEGINS: break;
  }
  return label;
}

static const char *note_of(ent_words *words, const ent_timeline_entry *entry) {
  const char *text = entry->code ? word_of(words, "code", entry->kind, entry->code) : "";
  text = ent_words_join(words, text, ENT_WORDS_DOT, ent_basis_where(words, &entry->where));
  if (entry->end && entry->moment != ENT_ENDS)
    text =
        ent_words_join(words, text, ENT_WORDS_DOT, ent_words_fill(words, "timeline.until", "date", entry->end, NULL));
  if (entry->goes_on) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "timeline.goes_on"));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_citation_list(words, entry->citations, entry->citation_count));
}

/* EDTF dates begin with their year, decade or century: "2018", "199X". */
static bool same_year(const ent_timeline_entry *a, const ent_timeline_entry *b) {
  return strncmp(a->date, b->date, YEAR) == 0;
}

static ent_block *begin_year(ent_content *content, ent_words *words, const ent_timeline_answer *answer,
                             const ent_timeline_entry *first) {
  ent_column *columns = ent_arena_take(content->arena, COLUMNS, sizeof *columns);
  const char *year = ent_arena_print(words->arena, "%.*s", YEAR, first->date);
  int widest = 0;
  if (!columns || !year) {
    content->failed = true;
    return NULL;
  }
  for (size_t i = 0; i < answer->count; i++) { /* so that the tables of all years stand in line */
    int width = ent_line_width(word_of(words, "timeline.kind", answer->entries[i].kind, NULL));
    widest = width > widest ? width : widest;
  }
  columns[0] = (ent_column){.least = DATE};
  columns[1] = (ent_column){.least = widest};
  columns[2] = (ent_column){.wide = true};
  ent_content_heading(content, 3, *year ? year : ent_words_get(words, "timeline.no_beginning"));
  return ent_content_table(content, columns, COLUMNS);
}

static void add_entries(ent_content *content, ent_words *words, const ent_timeline_answer *answer) {
  ent_block *table = NULL;
  for (size_t i = 0; i < answer->count; i++) {
    const ent_timeline_entry *entry = &answer->entries[i];
    bool marked = entry->moment == ENT_VACANT || entry->moment == ENT_SHARED;
    if (i == 0 || !same_year(entry, &answer->entries[i - 1])) table = begin_year(content, words, answer, entry);
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_text(entry->date, ENT_STYLE_FAINT);
    row->cells[1] = ent_content_text(word_of(words, "timeline.kind", entry->kind, NULL), ENT_STYLE_FAINT);
    row->cells[2] = ent_content_figure(label_of(words, entry), entry->key, marked ? ENT_STYLE_BAD : ENT_STYLE_PLAIN);
    row->note = note_of(words, entry);
  }
}

void ent_timeline_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_timeline_answer *answer = &result->timeline;
  ent_basis_heading(content, words, &answer->basis);
  ent_content_heading(content, 2, ent_words_get(words, answer->basis.as_of ? "timeline.held" : "timeline.title"));
  if (answer->count == 0) ent_content_paragraph(content, ent_words_get(words, "timeline.none"), ENT_STYLE_PLAIN);
  add_entries(content, words, answer);

  ent_block *notice = ent_content_notice(content, ent_words_get(words, "timeline.notice"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "timeline.dates"), ENT_STYLE_PLAIN));
  if (answer->basis.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "timeline.after_study", "date",
                                                     ent_words_date(words, answer->basis.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  if (answer->without_date > 0)
    ent_content_item(
        content, notice,
        ent_content_text(ent_number_counted(words, "timeline.without_date", answer->without_date), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "timeline.go_on"), ENT_STYLE_FAINT));
  ent_basis_line(content, words, &answer->basis, notice);
}
