/* run.c - one assessment of an opened study: model and evidence meet here, and nowhere above or below. */
#include <math.h>
#include <string.h>

#include "assess/assess.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/model.h"
#include "files/file.h"
#include "study/study.h"

enum { DEFAULT_DRAWS = 10000, MOST_DRAWS = 1000000, MOST_THREADS = 256, MOST_MODEL_BYTES = 4 << 20 };

ent_result *ent_result_new(ent_context *context, ent_answer_kind kind) {
  ent_arena *arena = ent_arena_new(0);
  ent_result *result = arena ? ent_arena_take(arena, 1, sizeof *result) : NULL;
  if (!result) {
    ent_arena_free(arena);
    return NULL;
  }
  result->kind = kind;
  result->arena = arena;
  result->context = context;
  return result;
}

void ent_result_free(ent_result *result) {
  if (result) ent_arena_free(result->arena); /* the result itself lives there */
}

/* --model: a path, or a name in share/models; the study's default likewise, a path then being in the package. */
static ent_status read_model(ent_study *study, const char *asked, ent_arena *arena, const ent_model **out) {
  const char *name = asked ? asked : study->edition.model;
  char *bytes, *path = ent_arena_print(arena, "%s", name);
  ent_model *model;
  ent_status status;
  size_t length;
  if (path && !strpbrk(name, "./"))
    path = ent_arena_print(arena, "%s/models/%s.json", ent_context_share(study->context), name);
  if (!path) return ent_fail_memory(study->context);
  if (!asked && *study->edition.model_text) { /* the package's own stands in the store beside its evidence */
    status = ent_model_read(study->context, arena, name, study->edition.model_text, strlen(study->edition.model_text),
                            &model);
  } else {
    status = ent_file_read(study->context, arena, path, NULL, MOST_MODEL_BYTES, &bytes, &length);
    if (!status) status = ent_model_read(study->context, arena, path, bytes, length, &model);
  }
  if (!status) *out = model;
  return status;
}

ent_status ent_study_date(ent_study *study, const char *option, const char *text, ent_span *out) {
  const char *why;
  if (text && !ent_date_parse(text, out, &why))
    return ent_fail(study->context, ENT_USAGE, option, "give a date such as 2021-05-31, 2021-05 or 2021", "\"%s\": %s",
                    text, why);
  return ENT_OK;
}

/* The words of --vary, in the order in which answers name them. */
static const char *const varying[] = {"values", "coders", "weights", "methods"};
enum { VARYING = sizeof varying / sizeof *varying };

static ent_status refuse_vary(ent_run *run, const char *words) {
  return ent_fail(run->study->context, ENT_USAGE, "--vary",
                  "give some of values, coders, weights, methods, each once, with commas, or none",
                  "\"%s\" can not be used", words);
}

/* "values,weights", each once; "none" alone. */
static ent_status read_vary(ent_run *run, const char *asked) {
  const char *text = asked ? asked : "values,coders,weights";
  bool chosen[VARYING] = {false};
  while (strcmp(text, "none") != 0) {
    size_t i, length = strcspn(text, ",");
    for (i = 0; i < VARYING; i++)
      if (strlen(varying[i]) == length && memcmp(text, varying[i], length) == 0) break;
    if (i == VARYING || chosen[i] || strcmp(text + length, ",none") == 0) return refuse_vary(run, asked);
    chosen[i] = true;
    if (!text[length]) break;
    text += length + 1;
  }
  run->request.held = (ent_assess_held){!chosen[0], !chosen[1], !chosen[2]};
  run->request.methods = chosen[3];
  return ENT_OK;
}

static ent_status read_day(ent_study *study, const char *as_of, int32_t *day) {
  ent_span span = study->evidence->date;
  ent_status status = ent_study_date(study, "--as-of", as_of, &span);
  *day = span.last;
  return status;
}

ent_status ent_study_has_alliance(ent_study *study, const char *id, ent_arena *arena) {
  const ent_evidence *e = study->evidence;
  const char **names = ent_arena_take(arena, e->alliances_count + 1, sizeof *names), *near;
  char *remedy = NULL;
  size_t i;
  if (!names) return ent_fail_memory(study->context);
  for (i = 0; i < e->alliances_count; i++) {
    names[i] = e->alliances[i].id;
    if (strcmp(names[i], id) == 0) return ENT_OK;
  }
  near = ent_text_nearest(id, names, e->alliances_count);
  if (near) remedy = ent_arena_print(arena, "did you mean \"%s\"?", near);
  else if (e->alliances_count) remedy = ent_arena_print(arena, "the first that it has is \"%s\"", names[0]);
  return ent_fail(study->context, ENT_NOT_FOUND, NULL, remedy, "study %s has no alliance \"%s\"", e->study, id);
}

/* What the figures rest on, as one hash: the package's content and the model. */
static const char *inputs_hash(const ent_study *study, const ent_model *model, ent_arena *arena) {
  ent_sha256 hash;
  char hex[65];
  ent_sha256_init(&hash);
  ent_sha256_add(&hash, study->edition.content_sha256, strlen(study->edition.content_sha256));
  ent_sha256_add(&hash, model->sha256, strlen(model->sha256));
  ent_sha256_end(&hash, hex);
  return ent_arena_copy(arena, hex, 64);
}

static ent_status fill_answer(ent_run *run) {
  ent_run_answer *answer = &run->answer;
  const char *alliance = run->request.alliance;
  char day[16];
  answer->study = run->study->evidence->study;
  answer->study_title = run->study->title;
  answer->edition = run->study->edition.number;
  answer->as_of = ent_arena_print(run->arena, "%s", ent_day_write(run->assessment->day, day));
  answer->study_date = ent_arena_print(run->arena, "%s", ent_day_write(run->study->evidence->date.last, day));
  answer->after_study = run->assessment->day > run->study->evidence->date.last;
  answer->known_at = run->study->known_at;
  answer->left_out_later = run->study->evidence->later;
  answer->left_out_undated = run->study->evidence->undated;
  answer->withheld = run->study->withheld;
  answer->revealed = run->study->revealed;
  answer->revealed_count = run->study->revealed_count;
  answer->seed = run->assessment->seed;
  answer->draws = run->assessment->draws;
  answer->varied_count = 0; /* a run may be made from another */
  if (!run->request.held.values) answer->varied[answer->varied_count++] = varying[0];
  if (!run->request.held.coders) answer->varied[answer->varied_count++] = varying[1];
  if (!run->request.held.weights) answer->varied[answer->varied_count++] = varying[2];
  if (run->request.methods) answer->varied[answer->varied_count++] = varying[3];
  answer->model_id = run->model->id;
  answer->model_version = run->model->version;
  answer->model_sha256 = run->model->sha256;
  answer->model_name = ent_arena_print(run->arena, "%s", run->model_name);
  answer->only_alliance = alliance ? ent_arena_print(run->arena, "%s", alliance) : NULL;
  answer->inputs_sha256 = inputs_hash(run->study, run->model, run->arena);
  if (!answer->as_of || !answer->study_date || !answer->inputs_sha256 || !answer->model_name ||
      (alliance && !answer->only_alliance))
    return ent_fail_memory(run->study->context);
  return ENT_OK;
}

/* Columns are shared between figures and asked for more than once, so each is summarised once. */
struct ent_run_summary {
  const float *draws;
  ent_summary summary;
};

static bool make_summaries(ent_run *run) {
  size_t a, columns = 0;
  for (a = 0; a < run->assessment->alliance_count; a++)
    columns += run->assessment->alliances[a].cell_count + ENT_AGGREGATIONS;
  for (run->summary_room = 64; run->summary_room < 2 * columns;) run->summary_room *= 2;
  run->summaries = ent_arena_take(run->arena, run->summary_room, sizeof *run->summaries);
  return run->summaries != NULL;
}

static struct ent_run_summary *place_of(const ent_run *run, const float *draws) {
  size_t at = (size_t)((uintptr_t)draws / sizeof(double) * 2654435761u);
  struct ent_run_summary *kept;
  do kept = &run->summaries[at++ & (run->summary_room - 1)];
  while (kept->draws && kept->draws != draws);
  return kept;
}

static ent_summary summary_of(const ent_run *run, const float *draws, bool parts) {
  struct ent_run_summary *kept = place_of(run, draws);
  if (!kept->draws || (parts && isnan(kept->summary.gain))) {
    kept->draws = draws;
    kept->summary = ent_assess_summarise(draws, run->assessment->draws, parts, run->scratch);
  }
  return kept->summary;
}

ent_summary ent_run_summary_of(const ent_run *run, const float *draws) { return summary_of(run, draws, true); }

ent_figure ent_run_summary(const ent_run *run, const float *draws) {
  ent_summary summary;
  if (!draws) return (ent_figure){NAN, NAN, NAN};
  summary = summary_of(run, draws, false);
  return (ent_figure){.median = summary.median, .low = summary.low, .high = summary.high};
}

ent_status ent_run_summarise(const ent_run *run) {
  ent_summaries all;
  size_t i;
  if (!ent_assess_summaries(run->assessment, run->request.threads, run->arena, &all))
    return ent_fail_memory(run->study->context);
  for (i = 0; i < all.count; i++)
    *place_of(run, all.draws[i]) = (struct ent_run_summary){all.draws[i], all.summaries[i]};
  return ENT_OK;
}

struct ent_run_waiting {
  ent_progress *progress;
  void *user;
  double from, to;
  bool stopped;
};

static int tell(void *context, double done) {
  struct ent_run_waiting *waiting = context;
  if (waiting->progress(waiting->user, waiting->from + done * (waiting->to - waiting->from))) waiting->stopped = true;
  return waiting->stopped;
}

static ent_status make_waiting(ent_run *run, const ent_assess_options *options) {
  if (options->threads > MOST_THREADS)
    return ent_fail(run->study->context, ENT_USAGE, "--threads", "give at most 256", "%u threads are too many",
                    options->threads);
  run->request.threads = options->threads;
  run->waiting = ent_arena_take(run->arena, 1, sizeof *run->waiting);
  if (!run->waiting) return ent_fail_memory(run->study->context);
  *run->waiting = (struct ent_run_waiting){options->progress, options->progress_user, 0, 1, false};
  if (options->progress) run->request.progress = tell;
  run->request.progress_context = run->waiting;
  return ENT_OK;
}

void ent_run_is_part(ent_run *run, double from, double to) {
  run->waiting->from = from;
  run->waiting->to = to;
}

ent_status ent_run_failed(const ent_run *run) {
  if (run->waiting->stopped)
    return ent_fail(run->study->context, ENT_INTERRUPTED, NULL, NULL, "stopped before the end");
  return ent_fail_memory(run->study->context);
}

ent_status ent_run_prepare(ent_study *study, const ent_assess_options *options, const char *alliance, ent_arena *arena,
                           ent_run *out) {
  ent_status status;
  memset(out, 0, sizeof *out);
  out->study = study;
  out->arena = arena;
  out->request = (ent_assess_request){
      .alliance = alliance ? alliance : options->alliance, .draws = options->draws, .seed = options->seed};
  out->model_name = options->model ? options->model : study->edition.model;
  if (!out->request.draws) out->request.draws = DEFAULT_DRAWS;
  if (out->request.draws > MOST_DRAWS)
    return ent_fail(study->context, ENT_USAGE, "--draws", "give at most 1000000", "%u draws are too many",
                    (unsigned)out->request.draws);
  if ((status = make_waiting(out, options))) return status;
  if ((status = read_vary(out, options->vary))) return status;
  if ((status = read_day(study, options->as_of, &out->request.day))) return status;
  if (out->request.alliance && (status = ent_study_has_alliance(study, out->request.alliance, arena))) return status;
  status = read_model(study, options->model, arena, &out->model);
  if (!status && out->request.methods && !out->model->methods.given)
    return ent_fail(study->context, ENT_USAGE, "--vary", "leave methods out, or add \"methods\" to the model file",
                    "the model %s names no methods to choose among", out->model->id);
  return status;
}

/* What remains once the draws are there. */
static ent_status finish(ent_run *run) {
  run->scratch = ent_arena_take(run->arena, run->request.draws + ENT_QUANTILE_SLACK, sizeof *run->scratch);
  if (!run->scratch || !make_summaries(run)) return ent_fail_memory(run->study->context);
  if (!run->assessment->alliance_count) {
    char day[16];
    return ent_fail(run->study->context, ENT_NOT_FOUND, NULL, "ask for another date with --as-of",
                    "no alliance of study %s has two members on %s", run->study->evidence->study,
                    ent_day_write(run->request.day, day));
  }
  return fill_answer(run);
}

ent_status ent_run_make(ent_study *study, const ent_assess_options *options, const char *alliance, ent_arena *arena,
                        ent_run *out) {
  ent_assessment *assessment;
  ent_status status = ent_run_prepare(study, options, alliance, arena, out);
  if (status) return status;
  if (!ent_assess(study->evidence, out->model, &out->request, arena, &assessment)) return ent_run_failed(out);
  out->assessment = assessment;
  return finish(out);
}

ent_status ent_run_common(ent_run *runs, size_t count) {
  ent_assess_side *sides = ent_arena_take(runs[0].arena, count, sizeof *sides);
  ent_assessment **out = ent_arena_take(runs[0].arena, count, sizeof *out);
  ent_status status = ENT_OK;
  size_t i;
  if (!sides || !out) return ent_fail_memory(runs[0].study->context);
  for (i = 0; i < count; i++) sides[i] = (ent_assess_side){runs[i].study->evidence, runs[i].model, runs[i].request};
  if (!ent_assess_common(sides, count, runs[0].arena, out)) return ent_run_failed(&runs[0]);
  for (i = 0; i < count && !status; i++) {
    runs[i].assessment = out[i];
    status = finish(&runs[i]);
  }
  return status;
}
