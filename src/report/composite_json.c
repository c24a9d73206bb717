/* composite_json.c - a composite as JSON, as share/schemas/composite.json describes it. */
#include <math.h>
#include <string.h>

#include "report/number.h"
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

/* Beyond it a document would take gigabytes of memory; the export has all of it as plain tables. */
#define MOST_FIGURES 2000000

static bool set_figures(ent_json *object, const char *key, const ent_composite_answer *answer, const double *figures) {
  if (!figures) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = true;
  for (size_t n = 0; ok && n < answer->node_count; n++)
    ok = ent_json_set_number(json, answer->nodes[n].code, figures[n]);
  return ent_json_set(object, key, json) && ok;
}

static bool set_shares(ent_json *object, const char *key, const double *shares, size_t count) {
  if (!shares) return ent_json_set_text(object, key, NULL);
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add_number(list, shares[i]);
  return ent_json_set(object, key, list) && ok;
}

/* Of a unit that is never first there are none. */
static const double *central_weights(const ent_composite_unit_answer *unit) {
  if (!unit->central_weight || isnan(unit->central_weight[0])) return NULL;
  return unit->central_weight;
}

static ent_json *unit_json(const ent_composite_answer *answer, size_t at) {
  const ent_composite_unit_answer *unit = &answer->units[at];
  size_t count = answer->unit_count;
  ent_json *json = ent_json_object();
  bool ok =
      ent_json_set_text(json, "code", unit->code) && ent_json_set_text(json, "name", unit->name) &&
      ent_json_set_text(json, "time", unit->time) && ent_json_set_bool(json, "kept", unit->kept) &&
      ent_json_set_number(json, "rank", unit->rank) && ent_json_set_number(json, "score", unit->score) &&
      ent_json_set_number(json, "coverage", unit->coverage) &&
      ent_json_set_integer(json, "missing", (int64_t)unit->missing) &&
      ent_parts_json_figure(json, "drawn_score", unit->spread) &&
      ent_parts_json_figure(json, "drawn_rank", unit->rank_spread) &&
      ent_json_set_number(json, "mean_rank", unit->rank_mean) &&
      ent_json_set_number(json, "confidence", unit->confidence) && set_figures(json, "scores", answer, unit->scores) &&
      set_figures(json, "central_weights", answer, central_weights(unit)) &&
      set_shares(json, "acceptability", answer->acceptability ? answer->acceptability + at * count : NULL, count) &&
      set_shares(json, "better", answer->better ? answer->better + at * count : NULL, count);
  return ent_parts_json_keep(json, ok);
}

static bool set_coherence(ent_json *object, const ent_composite_answer *answer, const ent_composite_node_answer *node) {
  if (!answer->has_coherence) return ent_json_set_text(object, "coherence", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "alpha", node->alpha) && ent_json_set_number(json, "linear", node->linear) &&
            ent_json_set_number(json, "importance", node->importance) &&
            ent_json_set_number(json, "importance_share", node->share) &&
            ent_json_set_number(json, "top_importance", node->top_importance);
  return ent_json_set(object, "coherence", json) && ok;
}

static bool set_index(ent_json *object, const char *key, ent_figure index) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "index", index.median) && ent_json_set_number(json, "low", index.low) &&
            ent_json_set_number(json, "high", index.high);
  return ent_json_set(object, key, json) && ok;
}

static ent_json *input_json(const ent_composite_answer *answer, const ent_composite_input_answer *input) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "input", input->kind) &&
            ent_json_set_text(json, "node", input->node >= 0 ? answer->nodes[input->node].code : NULL) &&
            set_index(json, "first", input->first) && set_index(json, "total", input->total) &&
            ent_json_set_number(json, "rank_change", input->rank_change);
  return ent_parts_json_keep(json, ok);
}

static ent_json *node_json(const ent_composite_answer *answer, size_t at) {
  const ent_composite_node_answer *node = &answer->nodes[at];
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "code", node->code) && ent_json_set_text(json, "name", node->name) &&
            ent_json_set_text(json, "unit", node->unit) &&
            ent_json_set_text(json, "parent_code", node->parent >= 0 ? answer->nodes[node->parent].code : NULL) &&
            ent_json_set_integer(json, "level", node->level) &&
            (isnan(node->direction) ? ent_json_set_text(json, "direction", NULL)
                                    : ent_json_set_integer(json, "direction", (int64_t)node->direction)) &&
            ent_json_set_number(json, "given_weight", node->given) &&
            ent_json_set_number(json, "weight", node->weight) &&
            ent_json_set_number(json, "weight_of_whole", node->through) &&
            ent_json_set_integer(json, "missing", (int64_t)node->missing) &&
            ent_json_set_integer(json, "changed", (int64_t)node->changed) &&
            ent_json_set_integer(json, "filled", (int64_t)node->filled) &&
            ent_json_set_number(json, "rank_change_without", node->without) && set_coherence(json, answer, node);
  return ent_parts_json_keep(json, ok);
}

static ent_json *step_json(ent_words *words, const ent_composite_step_answer *step) {
  const char *key = ent_arena_print(words->arena, "composite.%s.%s", step->step, step->name);
  ent_json *json = ent_json_object();
  bool ok = key && ent_json_set_text(json, "step", step->step) && ent_json_set_text(json, "method", step->name) &&
            ent_json_set_number(json, "parameter", step->parameter) &&
            ent_json_set_bool(json, "chosen", step->chosen) &&
            ent_json_set_text(json, "text", ent_words_get(words, key));
  if (!key) ent_words_fail_memory(words);
  return ent_parts_json_keep(json, ok);
}

static bool set_steps(ent_json *object, ent_words *words, const char *key, const ent_composite_step_answer *steps,
                      size_t count) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(list, step_json(words, &steps[i]));
  return ent_json_set(object, key, list) && ok;
}

static bool set_drawn(ent_json *object, const ent_composite_answer *answer) {
  ent_json *json = ent_json_object();
  bool weights = answer->is_varied && answer->varies_weights;
  bool ok = ent_json_set_bool(json, "values", answer->varies_values) &&
            ent_json_set_bool(json, "weights", answer->varies_weights) &&
            ent_json_set_bool(json, "methods", answer->varies_methods) &&
            ent_json_set_integer(json, "uncertain_values", (int64_t)answer->uncertain) &&
            ent_json_set_text(json, "distribution", answer->distribution) &&
            ent_json_set_number(json, "concentration", weights ? answer->concentration : NAN) &&
            ent_json_set_integer(json, "draws", answer->is_varied ? answer->draws : 0) &&
            ent_json_set_bool(json, "fitted", answer->draws_fitted);
  return ent_json_set(object, "drawn", json) && ok;
}

static bool set_scale(ent_json *object, const ent_composite_answer *answer) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "from", answer->from) && ent_json_set_number(json, "to", answer->to);
  return ent_json_set(object, "scale", json) && ok;
}

/* A seed beyond 2^53 would lose digits on its way through most readers: then it is text. */
static bool set_seed(ent_json *object, ent_words *words, uint64_t seed) {
  if (seed < (uint64_t)1 << 53) return ent_json_set_integer(object, "seed", (int64_t)seed);
  const char *text = ent_arena_print(words->arena, "%llu", (unsigned long long)seed);
  return text && ent_json_set_text(object, "seed", text);
}

static bool is_too_large(const ent_composite_answer *answer) {
  return answer->unit_count > MOST_FIGURES / (answer->node_count + 16);
}

ent_json *ent_composite_json(ent_words *words, const ent_result *result) {
  const ent_composite_answer *answer = &result->composite;
  if (is_too_large(answer)) {
    if (words->status == ENT_OK)
      words->status = ent_fail(words->context, ENT_USAGE, NULL, "use --export FOLDER, which has all tables",
                               "the figures of %zu units are too many for one document", answer->unit_count);
    return NULL;
  }
  ent_json *json = ent_json_object(), *units = ent_json_array(), *nodes = ent_json_array(), *inputs = ent_json_array();
  bool ok = ent_run_json_program(json, "entente.composite/1") &&
            ent_json_set_text(json, "title", answer->nodes[answer->top].name) &&
            ent_json_set_text(json, "inputs_sha256", answer->inputs_sha256) && set_seed(json, words, answer->seed) &&
            ent_json_set_text(json, "lang", words->language == ENT_GERMAN ? "de" : "en") &&
            ent_json_set_text(json, "groups_by", answer->group) &&
            ent_json_set_integer(json, "periods", (int64_t)answer->period_count) &&
            ent_json_set_number(json, "least_coverage", answer->least_coverage) &&
            ent_json_set_number(json, "least_present", answer->least_present) &&
            ent_json_set_bool(json, "few_to_correlate", answer->few_to_correlate) &&
            ent_json_set_bool(json, "many_to_correlate", answer->many_to_correlate) && set_scale(json, answer) &&
            set_drawn(json, answer) && set_steps(json, words, "steps", answer->steps, answer->step_count) &&
            set_steps(json, words, "alternatives", answer->alternatives,
                      answer->varies_methods ? answer->alternative_count : 0);
  for (size_t i = 0; ok && i < answer->unit_count; i++) ok = ent_json_add(units, unit_json(answer, i));
  for (size_t n = 0; ok && n < answer->node_count; n++) ok = ent_json_add(nodes, node_json(answer, n));
  for (size_t i = 0; ok && i < answer->input_count; i++)
    ok = ent_json_add(inputs, input_json(answer, &answer->inputs[i]));
  ok = ent_json_set(json, "inputs", inputs) && ok;
  ok = ent_json_set(json, "units", units) && ok;
  ok = ent_json_set(json, "nodes", nodes) && ok;
  return ent_parts_json_keep(json, ok);
}
