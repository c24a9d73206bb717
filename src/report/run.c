/* run.c - see run.h. */
#include "report/run.h"

#include "report/number.h"

/* Doubles, and with them most readers of JSON, hold whole numbers up to 2^53 exactly. */
#define MOST_EXACT ((uint64_t)1 << 53)
enum { SHORT_HASH = 8 };

static const char *const notices[ENT_NOTICE_COUNT] = {"notice.reading", "notice.intervals", "notice.effects",
                                                      "notice.few"};

static const char *short_hash(ent_words *words, const char *hash) {
  const char *text = ent_arena_print(words->arena, "%.*s", SHORT_HASH, hash ? hash : "");
  if (!text) ent_words_fail_memory(words);
  return text ? text : "";
}

static const char *whole(ent_words *words, uint64_t number) {
  const char *text = ent_arena_print(words->arena, "%llu", (unsigned long long)number);
  if (!text) ent_words_fail_memory(words);
  return text ? text : "";
}

void ent_run_heading(ent_content *content, ent_words *words, const ent_run_answer *run) {
  const char *title = ent_words_label(words, run->study_title);
  ent_content_heading(content, 1, *title ? title : run->study);
  const char *day = ent_words_fill(words, "run.as_of", "date", ent_words_date(words, run->as_of), NULL);
  if (run->known_at)
    day = ent_words_join(words, day, ENT_WORDS_DOT,
                         ent_words_fill(words, "run.known_at", "date", ent_words_date(words, run->known_at), NULL));
  ent_content_paragraph(content, day, ENT_STYLE_FAINT);
}

static const char *varied_line(ent_words *words, const ent_run_answer *run) {
  const char *list = "";
  if (!run->varied_count) return ent_words_get(words, "run.varied_none");
  for (size_t i = 0; i < run->varied_count; i++) {
    const char *key = ent_arena_print(words->arena, "varied.%s", run->varied[i]);
    if (!key) ent_words_fail_memory(words);
    const char *word = key ? ent_words_get(words, key) : "";
    list = i ? ent_words_join(words, list, ", ", word) : word;
  }
  return ent_words_fill(words, "run.varied", "what", list, NULL);
}

void ent_run_line(ent_content *content, ent_words *words, const ent_run_answer *run, ent_block *notice) {
  const char *line;
  if (run->known_at) {
    line = ent_words_fill(words, "run.left_out", "date", ent_words_date(words, run->known_at), "later",
                          ent_number_count(words, run->left_out_later), "undated",
                          ent_number_count(words, run->left_out_undated), NULL);
    ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_PLAIN));
  }
  if (run->withheld) {
    line = ent_words_fill(words, "run.withheld", "count", ent_number_count(words, run->withheld), NULL);
    ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_PLAIN));
  }
  line =
      ent_words_fill(words, "run.study_line", "study", run->study, "edition", ent_number_plain(words, run->edition, 0),
                     "as_of", run->as_of, "inputs", short_hash(words, run->inputs_sha256), NULL);
  ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_FAINT));
  line = ent_words_fill(words, "run.model_line", "model", run->model_id, "model_version", run->model_version, "hash",
                        short_hash(words, run->model_sha256), "seed", whole(words, run->seed), "draws",
                        ent_number_count(words, run->draws), "version", ent_version(), NULL);
  ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_FAINT));
  ent_content_item(content, notice, ent_content_text(varied_line(words, run), ENT_STYLE_FAINT));
}

const char *ent_run_notice(ent_words *words, int i) { return ent_words_get(words, notices[i]); }

bool ent_run_json_program(ent_json *object, const char *schema) {
  ent_json *program = ent_json_object();
  bool ok = ent_json_set_text(program, "version", ent_version()) && ent_json_set_text(object, "schema", schema);
  return ent_json_set(object, "program", program) && ok;
}

/* A seed beyond 2^53 would lose digits on its way through most readers: then it is text. */
static bool set_seed(ent_json *object, ent_words *words, uint64_t seed) {
  if (seed < MOST_EXACT) return ent_json_set_integer(object, "seed", (int64_t)seed);
  return ent_json_set_text(object, "seed", whole(words, seed));
}

/* All that the bytes of the answer depend on beside the inputs, so that it can be asked for again. */
static bool set_options(ent_json *object, ent_words *words, const ent_run_answer *run) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "as_of", run->as_of) && ent_json_set_integer(options, "edition", run->edition) &&
            ent_json_set_text(options, "known_at", run->known_at) &&
            ent_json_set_text(options, "alliance", run->only_alliance) &&
            ent_json_set_text(options, "model", run->model_name) && set_seed(options, words, run->seed) &&
            ent_json_set_integer(options, "draws", run->draws) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  ent_json *reveal = ent_json_array(), *vary = ent_json_array();
  for (size_t i = 0; ok && i < run->varied_count; i++) ok = ent_json_add_text(vary, run->varied[i]);
  ok = ent_json_set(options, "vary", vary) && ok;
  for (size_t i = 0; ok && i < run->revealed_count; i++) ok = ent_json_add_text(reveal, run->revealed[i]);
  ok = ent_json_set(options, "reveal", reveal) && ok;
  return ent_json_set(object, "options", options) && ok;
}

/* What known_at left out; null where all is in. */
static bool set_left_out(ent_json *object, const ent_run_answer *run) {
  if (!run->known_at) return ent_json_set_text(object, "left_out", NULL);
  ent_json *left_out = ent_json_object();
  bool ok = ent_json_set_integer(left_out, "published_later", (int64_t)run->left_out_later) &&
            ent_json_set_integer(left_out, "without_date", (int64_t)run->left_out_undated);
  return ent_json_set(object, "left_out", left_out) && ok;
}

bool ent_run_json(ent_json *object, ent_words *words, const char *schema, const ent_run_answer *run) {
  return ent_run_json_program(object, schema) && ent_run_json_fields(object, words, run);
}

bool ent_run_json_fields(ent_json *object, ent_words *words, const ent_run_answer *run) {
  ent_json *model = ent_json_object();
  bool model_ok = ent_json_set_text(model, "id", run->model_id) &&
                  ent_json_set_text(model, "version", run->model_version) &&
                  ent_json_set_text(model, "sha256", run->model_sha256);
  bool ok = set_options(object, words, run) && ent_json_set_text(object, "study", run->study) &&
            ent_json_set_text(object, "title", ent_words_label(words, run->study_title)) &&
            ent_json_set_integer(object, "edition", run->edition) && ent_json_set_text(object, "as_of", run->as_of) &&
            ent_json_set_text(object, "known_at", run->known_at) && set_left_out(object, run) &&
            ent_json_set_integer(object, "withheld", (int64_t)run->withheld) && set_seed(object, words, run->seed) &&
            ent_json_set_integer(object, "draws", run->draws);
  return ent_json_set(object, "model", model) && ok && model_ok &&
         ent_json_set_text(object, "inputs_sha256", run->inputs_sha256);
}
