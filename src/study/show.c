/* show.c - the operation show: what a study holds, counted. No cell of a row goes out. */
#include <string.h>

#include "base/json.h"
#include "evidence/csl.h"
#include "evidence/package.h"
#include "study/study.h"

/* Tables whose rows stand for something that happened or held in a time of its own. */
static const struct {
  const char *table, *start, *end; /* end: NULL where one column holds a period */
} dated[] = {{"events", "start", "end"}, {"observations", "period", NULL}};
enum { DATED = sizeof dated / sizeof *dated };

static ent_status fill_editions(ent_study *study, ent_arena *arena, ent_show_answer *answer);
static ent_status fill_tables(ent_study *study, ent_arena *arena, ent_show_answer *answer);
static ent_status fill_handling(ent_study *study, ent_show_answer *answer);
static ent_status fill_period(ent_study *study, ent_arena *arena, size_t d, ent_period_answer *out);

static ent_status fill(ent_study *study, ent_arena *arena, ent_show_answer *answer) {
  const ent_edition *edition = &study->edition;
  const ent_evidence *evidence = study->evidence;
  *answer = (ent_show_answer){.store = ent_arena_print(arena, "%s", ent_store_path(study->store)),
                              .study = evidence->study,
                              .date = edition->date,
                              .model = edition->model,
                              .content_sha256 = edition->content_sha256,
                              .released = edition->released,
                              .title = study->title,
                              .edition = edition->number,
                              .known_at = study->known_at,
                              .left_out_later = evidence->later,
                              .left_out_undated = evidence->undated,
                              .period_count = DATED,
                              .periods = ent_arena_take(arena, DATED, sizeof *answer->periods)};
  if (!answer->store || !answer->periods) return ent_fail_memory(study->context);
  ent_status status = fill_editions(study, arena, answer);
  if (!status) status = fill_tables(study, arena, answer);
  if (!status) status = fill_handling(study, answer);
  for (size_t d = 0; !status && d < DATED; d++) status = fill_period(study, arena, d, &answer->periods[d]);
  return status;
}

ent_status ent_study_show(ent_study *study, ent_result **out) {
  *out = NULL;
  ent_context_clear(study->context);
  ent_result *result = ent_result_new(study->context, ENT_SHOW);
  if (!result) return ent_fail_memory(study->context);
  ent_status status = ent_store_read_begin(study->store);
  if (!status) {
    status = fill(study, result->arena, &result->show);
    ent_store_read_end(study->store);
  }
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}

static ent_status fill_editions(ent_study *study, ent_arena *arena, ent_show_answer *answer) {
  const ent_edition *editions = NULL;
  ent_status status =
      ent_store_editions(study->store, arena, study->evidence->study, &editions, &answer->edition_count);
  if (status) return status;
  ent_edition_rows *sums = ent_arena_take(arena, answer->edition_count, sizeof *sums);
  answer->editions = ent_arena_take(arena, answer->edition_count, sizeof *answer->editions);
  if (!sums || !answer->editions) return ent_fail_memory(study->context);
  for (size_t r = 0; !status && r < study->format->resource_count; r++)
    status = ent_store_count(study->store, &study->format->kept[r], study->evidence->study, editions,
                             answer->edition_count, sums);
  for (size_t e = 0; e < answer->edition_count; e++)
    answer->editions[e] = (ent_edition_answer){.number = editions[e].number,
                                               .released = editions[e].released,
                                               .date = editions[e].date,
                                               .model = editions[e].model,
                                               .content_sha256 = editions[e].content_sha256,
                                               .is_first = e == 0,
                                               .rows = sums[e].rows,
                                               .added = sums[e].added,
                                               .changed = sums[e].changed,
                                               .gone = sums[e].gone};
  return status;
}

static void count_review(const ent_table *table, int column, ent_review_answer *out) {
  for (size_t row = 0; row < table->rows; row++) {
    const char *cell = ent_table_cell(table, row, column);
    if (strcmp(cell, "draft") == 0) out->draft++;
    else if (strcmp(cell, "reviewed") == 0) out->reviewed++;
    else if (strcmp(cell, "disputed") == 0) out->disputed++;
    else out->none++;
  }
}

static ent_status fill_tables(ent_study *study, ent_arena *arena, ent_show_answer *answer) {
  const ent_format *format = study->format;
  answer->table_count = format->resource_count;
  answer->tables = ent_arena_take(arena, answer->table_count, sizeof *answer->tables);
  if (!answer->tables) return ent_fail_memory(study->context);
  for (size_t r = 0; r < format->resource_count; r++) {
    ent_table_answer *out = &answer->tables[r];
    const ent_table *table = NULL;
    ent_status status = ent_catalog_table(study->catalog, format->resources[r].name, &table);
    if (status) return status;
    *out = (ent_table_answer){.name = format->resources[r].name, .rows = table->rows};
    answer->rows += table->rows;
    int column = ent_table_column(table, "review");
    if (column < 0) continue;
    out->has_review = true;
    count_review(table, column, &out->review);
    answer->review.none += out->review.none;
    answer->review.draft += out->review.draft;
    answer->review.reviewed += out->review.reviewed;
    answer->review.disputed += out->review.disputed;
  }
  return ENT_OK;
}

static ent_status fill_handling(ent_study *study, ent_show_answer *answer) {
  const ent_table *table = NULL;
  ent_status status = ent_catalog_table(study->catalog, "sources", &table);
  int column = status ? -1 : ent_table_column(table, "csl");
  for (size_t row = 0; !status && row < table->rows; row++) {
    const char *csl = ent_table_cell(table, row, column), *handling;
    ent_json *json = NULL;
    status = ent_json_read(study->context, "sources.json", csl, strlen(csl), &json);
    if (status) break;
    handling = ent_csl_handling(json);
    /* A word that is none of the format's must not make a source look open. */
    if (!handling || strcmp(handling, "confidential") == 0) answer->handling.confidential++;
    else if (strcmp(handling, "interview") == 0) answer->handling.interview++;
    else answer->handling.open++;
    ent_json_free(json);
  }
  return status;
}

static ent_status fill_period(ent_study *study, ent_arena *arena, size_t d, ent_period_answer *out) {
  const ent_table *table = NULL;
  ent_span all = {ENT_DAY_OPEN_END, ENT_DAY_OPEN_START}, span;
  char text[16];
  out->table = dated[d].table;
  ent_status status = ent_catalog_table(study->catalog, dated[d].table, &table);
  if (status) return status;
  int start = ent_table_column(table, dated[d].start), end = dated[d].end ? ent_table_column(table, dated[d].end) : -1;
  for (size_t row = 0; row < table->rows; row++) {
    const char *from = ent_table_cell(table, row, start);
    bool is = dated[d].end ? ent_span_parse(from, ent_table_cell(table, row, end), &span, NULL)
                           : ent_period_parse(from, &span, NULL);
    if (!is) continue;
    int32_t first = span.first != ENT_DAY_OPEN_START ? span.first : span.last;
    int32_t last = span.last != ENT_DAY_OPEN_END ? span.last : span.first;
    if (first != ENT_DAY_OPEN_END && first < all.first) all.first = first;
    if (last != ENT_DAY_OPEN_START && last > all.last) all.last = last;
  }
  if (all.first > all.last) return ENT_OK;
  out->first = ent_arena_print(arena, "%s", ent_day_write(all.first, text));
  out->last = ent_arena_print(arena, "%s", ent_day_write(all.last, text));
  return out->first && out->last ? ENT_OK : ent_fail_memory(study->context);
}
