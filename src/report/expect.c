/* expect.c - the study's expectations as content: the share of draws in which each holds, and what the others wait
 * for. */
#include <math.h>

#include "report/number.h"
#include "report/pages.h"
#include "report/run.h"

static void add_expectation(ent_content *content, ent_words *words, ent_block *table,
                            const ent_expectation_answer *expectation);
static void add_parts(ent_content *content, ent_words *words, ent_block *table,
                      const ent_expectation_answer *expectation);

void ent_expect_content(ent_content *content, ent_words *words, const ent_result *result) {
  enum { COUNT = 3 };
  const ent_expect_answer *answer = &result->expect;
  ent_run_heading(content, words, &answer->run);
  ent_content_heading(content, 2, ent_words_get(words, "expect.title"));
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = NULL, .least = 3};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.expectation"), .wide = true};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.draws"), .right = true};
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < answer->count; i++) add_expectation(content, words, table, &answer->expectations[i]);

  ent_block *notice = ent_content_notice(content, ent_words_get(words, "notice.title"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.shares"), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.reading"), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "notice.few"), ENT_STYLE_PLAIN));
  ent_run_line(content, words, &answer->run, notice);
}

/* What the row of a whole expectation says: its one part, or how many of its parts must hold. */
static const char *summary(ent_words *words, const ent_expectation_answer *expectation) {
  if (expectation->part_count == 1) return ent_words_label(words, expectation->parts[0].label);
  const char *count = ent_number_count(words, expectation->part_count);
  if (expectation->at_least == 0 || expectation->at_least == expectation->part_count)
    return ent_words_fill(words, "expect.all", "count", count, NULL);
  return ent_words_fill(words, "expect.at_least", "least", ent_number_count(words, expectation->at_least), "count",
                        count, NULL);
}

static void add_expectation(ent_content *content, ent_words *words, ent_block *table,
                            const ent_expectation_answer *expectation) {
  ent_row *row = ent_content_row(content, table);
  if (!row) return;
  bool waits = expectation->waits_for != NULL;
  row->cells[0] = ent_content_text(expectation->id, ENT_STYLE_FAINT);
  if (!waits || expectation->part_count > 0)
    row->cells[1] = ent_content_text(summary(words, expectation), waits ? ENT_STYLE_PLAIN : ENT_STYLE_STRONG);
  if (waits) {
    row->cells[2] = ent_content_text(ent_words_get(words, "expect.waits"), ENT_STYLE_FAINT);
    row->note = ent_words_of(words, "expect.waits", expectation->waits_for);
    return;
  }
  row->cells[2] = ent_content_text(ent_number_percent(words, expectation->share, 1), ENT_STYLE_STRONG);
  if (expectation->part_count == 1 && expectation->parts[0].why_not)
    row->note = ent_words_get(words, expectation->parts[0].why_not);
  if (expectation->part_count > 1) add_parts(content, words, table, expectation);
}

static void add_parts(ent_content *content, ent_words *words, ent_block *table,
                      const ent_expectation_answer *expectation) {
  for (size_t i = 0; i < expectation->part_count; i++) {
    const ent_expectation_part *part = &expectation->parts[i];
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_text(part->id, ENT_STYLE_FAINT);
    row->cells[1] = ent_content_text(ent_words_label(words, part->label), ENT_STYLE_PLAIN);
    row->cells[1].indent = 1;
    row->cells[2] = ent_content_text(ent_number_percent(words, part->share, 1), ENT_STYLE_PLAIN);
    if (part->why_not) row->note = ent_words_get(words, part->why_not);
  }
}
