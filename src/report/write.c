/* write.c - any answer to any writer: the public ent_result_write.
 *
 * In: a result, an output, a language. Out: text to the sink, all of it or, when something fails before, nothing. Must
 * not compute a figure or choose a word. */
#include "report/cite.h"
#include "report/csv.h"
#include "report/markdown.h"
#include "report/pages.h"
#include "report/terminal.h"

enum { DEFAULT_WIDTH = 80 };

typedef struct pages {
  void (*content)(ent_content *content, ent_words *words, const ent_result *result);
  ent_json *(*json)(ent_words *words, const ent_result *result);
} pages;

static const pages pages_of[] = {
    [ENT_CHECK] = {ent_check_content, ent_check_json},
    [ENT_LOAD] = {ent_load_content, ent_load_json},
    [ENT_ASSESS] = {ent_assess_content, ent_assess_json},
    [ENT_EXPLAIN] = {ent_explain_content, ent_explain_json},
    [ENT_EXPECT] = {ent_expect_content, ent_expect_json},
    [ENT_COMPARE] = {ent_compare_content, ent_compare_json},
    [ENT_DIFF] = {ent_diff_content, ent_diff_json},
    [ENT_RELIABILITY] = {ent_reliability_content, ent_reliability_json},
    [ENT_CITE] = {ent_cite_content, ent_cite_json},
    [ENT_COMPOSITE] = {ent_composite_content, ent_composite_json},
    [ENT_SENSITIVITY] = {ent_sensitivity_content, ent_sensitivity_json},
    [ENT_GAP] = {ent_gap_content, ent_gap_json},
    [ENT_MATRIX] = {ent_matrix_content, ent_matrix_json},
    [ENT_LEDGER] = {ent_ledger_content, ent_ledger_json},
    [ENT_DATA] = {ent_data_content, ent_data_json},
    [ENT_DATA_COMPARE] = {ent_data_compare_content, ent_data_compare_json},
    [ENT_PROFILE] = {ent_profile_content, ent_profile_json},
    [ENT_STALE] = {ent_stale_content, ent_stale_json},
    [ENT_TIMELINE] = {ent_timeline_content, ent_timeline_json},
    [ENT_LIST] = {ent_list_content, ent_list_json},
    [ENT_SHOW] = {ent_show_content, ent_show_json},
    [ENT_REMOVE] = {ent_remove_content, ent_remove_json},
    [ENT_STORE_INFO] = {ent_store_info_content, ent_store_info_json},
    [ENT_STORE_CHECK] = {ent_store_check_content, ent_store_check_json},
    [ENT_STORE_COPY] = {ent_store_copy_content, ent_store_copy_json},
};

static ent_status write_json(ent_words *words, const ent_result *result, ent_output output, ent_text *text) {
  ent_json *json = pages_of[result->kind].json(words, result);
  bool written = words->status == ENT_OK && json &&
                 (output == ENT_CSV ? ent_csv_write(json, words->arena, text) : ent_json_print(json, true, text));
  ent_json_free(json);
  if (words->status != ENT_OK) return words->status;
  return written ? ENT_OK : ent_fail_memory(words->context);
}

static ent_status write_page(ent_words *words, const ent_result *result, ent_output output, const ent_sink *sink,
                             ent_text *text) {
  ent_content content;
  ent_content_init(&content, words->arena);
  pages_of[result->kind].content(&content, words, result);
  if (words->status != ENT_OK) return words->status;
  if (!content.failed && output == ENT_MARKDOWN) ent_markdown_write(&content, text);
  else if (!content.failed)
    ent_terminal_write(&content, sink->width > 0 ? sink->width : DEFAULT_WIDTH, sink->colour != 0, text);
  return content.failed || text->failed ? ent_fail_memory(words->context) : ENT_OK;
}

static ent_status write_list(ent_words *words, const ent_result *result, ent_output output, ent_text *text) {
  ent_cite_list(words, &result->cite, output, text);
  if (words->status != ENT_OK) return words->status;
  return text->failed ? ent_fail_memory(words->context) : ENT_OK;
}

ent_status ent_result_write(const ent_result *result, ent_output output, ent_language language, const ent_sink *sink) {
  ent_context *context = result->context;
  ent_context_clear(context);
  bool is_list = output == ENT_BIBTEX || output == ENT_RIS || output == ENT_CSL || output == ENT_TEXT;
  if (is_list && result->kind != ENT_CITE)
    return ent_fail(context, ENT_USAGE, NULL, "use ENT_TABLE, ENT_JSON, ENT_CSV or ENT_MARKDOWN",
                    "this answer is no reference list");
  if (!is_list && output != ENT_TABLE && output != ENT_JSON && output != ENT_CSV && output != ENT_MARKDOWN)
    return ent_fail(context, ENT_USAGE, NULL, "use ENT_TABLE, ENT_JSON, ENT_CSV or ENT_MARKDOWN", "unknown output");
  ent_arena *arena = ent_arena_new(0);
  if (!arena) return ent_fail_memory(context);

  ent_words words = {.table = NULL};
  ent_text text = {0};
  bool is_data = output == ENT_JSON || output == ENT_CSV;
  ent_status status = ent_words_open(context, arena, language, &words);
  if (status != ENT_OK) goto done;
  if (is_list) status = write_list(&words, result, output, &text);
  else if (is_data) status = write_json(&words, result, output, &text);
  else status = write_page(&words, result, output, sink, &text);
  if (status == ENT_OK && text.length > 0 && sink->write(sink->user, text.data, text.length) != 0)
    status = ent_fail(context, ENT_STORE, NULL, NULL, "the output could not be written");

done:
  ent_words_close(&words);
  ent_text_clear(&text);
  ent_arena_free(arena);
  return status;
}
