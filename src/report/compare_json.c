/* compare_json.c - a comparison as JSON, as share/schemas/compare.json describes it. */
#include "report/pages.h"
#include "report/pair.h"
#include "report/parts_json.h"
#include "report/run.h"

/* The names of a node's children by its depth. */
static const char *const children_names[] = {"dimensions", "indicators", NULL};

static bool set_change(ent_json *object, const char *key, const ent_change *change) {
  ent_json *json = ent_json_object();
  bool ok = ent_parts_json_figure(json, "from", change->from) && ent_parts_json_figure(json, "to", change->to) &&
            ent_parts_json_figure(json, "difference", change->difference);
  return ent_json_set(object, key, json) && ok;
}

static bool set_cause(ent_json *object, ent_cause cause) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_bool(json, "world", cause.world) && ent_json_set_bool(json, "evidence", cause.evidence) &&
            ent_json_set_bool(json, "model", cause.model);
  return ent_json_set(object, "changed", json) && ok;
}

static ent_json *node_array(ent_words *words, const ent_compared_answer *nodes, size_t count, const char *const *names);

static ent_json *node_json(ent_words *words, const ent_compared_answer *node, const char *const *names) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", node->id) && ent_json_set_text(json, "key", node->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, node->label)) &&
            set_change(json, "score", &node->score) &&
            ent_parts_json_reason(json, words, "missing_from", node->missing_from) &&
            ent_parts_json_reason(json, words, "missing_to", node->missing_to) && set_cause(json, node->cause);
  if (node->pair_label.en) ok = ok && ent_json_set_text(json, "pair", ent_words_label(words, node->pair_label));
  if (*names) ok = ok && ent_json_set(json, *names, node_array(words, node->children, node->child_count, names + 1));
  else
    ok = ok && ent_json_set_bool(json, "same_rows", node->same_rows) &&
         ent_json_set_bool(json, "carried_from", node->carried_from) &&
         ent_json_set_bool(json, "carried_to", node->carried_to);
  return ent_parts_json_keep(json, ok);
}

static ent_json *node_array(ent_words *words, const ent_compared_answer *nodes, size_t count,
                            const char *const *names) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, node_json(words, &nodes[i], names));
  return ent_parts_json_keep(array, ok);
}

static ent_json *driver_json(ent_words *words, const ent_driver_answer *driver) {
  ent_json *json = ent_json_object();
  bool ok =
      ent_json_set_text(json, "key", driver->key) &&
      ent_json_set_text(json, "label", ent_words_label(words, driver->label)) &&
      set_change(json, "score", &driver->score) && set_change(json, "effect", &driver->effect) &&
      ent_json_set_number(json, "expected", driver->expected) && set_cause(json, driver->cause) &&
      ent_parts_json_citations(json, words, "citations_from", driver->from_citations, driver->from_count) &&
      ent_parts_json_citations(json, words, "citations_to", driver->to_citations, driver->to_count) &&
      ent_json_set_text(json, "figure_from", driver->figures.a) &&
      ent_json_set_text(json, "figure_to", driver->figures.b) &&
      ent_pair_json_brief(json, words, "comparison", driver->figures.is_judged ? &driver->figures.comparison : NULL);
  return ent_parts_json_keep(json, ok);
}

static bool set_side(ent_json *object, ent_words *words, const char *key, const ent_side_answer *side) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", side->id) &&
            ent_json_set_text(json, "label", ent_words_label(words, side->label)) &&
            ent_parts_json_figure(json, "score", side->score) && ent_json_set_text(json, "class", side->class_id) &&
            ent_json_set_text(json, "class_label", side->class_id ? ent_words_label(words, side->class_label) : NULL) &&
            ent_json_set_number(json, "coverage", side->coverage);
  return ent_json_set(object, key, json) && ok;
}

static bool set_parts(ent_json *object, const ent_compared_alliance *alliance) {
  ent_json *json = ent_json_object();
  bool ok = ent_parts_json_figure(json, "world", alliance->world) &&
            ent_parts_json_figure(json, "evidence", alliance->evidence) &&
            ent_parts_json_figure(json, "model", alliance->model) &&
            ent_parts_json_figure(json, "one_sided_evidence", alliance->rest);
  return ent_json_set(object, "parts", json) && ok;
}

static ent_json *alliance_json(ent_words *words, const ent_compared_alliance *alliance) {
  ent_json *json = ent_json_object(), *drivers = ent_json_array();
  bool ok = set_side(json, words, "from", &alliance->from) && set_side(json, words, "to", &alliance->to) &&
            ent_parts_json_figure(json, "difference", alliance->difference) &&
            set_change(json, "common", &alliance->common) &&
            ent_json_set_number(json, "common_coverage", alliance->common_coverage) && set_parts(json, alliance) &&
            ent_json_set(json, "criteria",
                         node_array(words, alliance->criteria, alliance->criterion_count, children_names)) &&
            ent_json_set(json, "giving", node_array(words, alliance->giving, alliance->giving_count, children_names));
  for (size_t i = 0; ok && i < alliance->driver_count; i++)
    ok = ent_json_add(drivers, driver_json(words, &alliance->drivers[i]));
  ok = ent_json_set(json, "drivers", drivers) && ok;
  return ent_parts_json_keep(json, ok);
}

bool ent_compare_json_alliances(ent_json *object, ent_words *words, const ent_compare_answer *answer) {
  ent_json *alliances = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < answer->alliance_count; i++)
    ok = ent_json_add(alliances, alliance_json(words, &answer->alliances[i]));
  return ent_json_set(object, "alliances", alliances) && ok;
}

static bool set_run(ent_json *object, ent_words *words, const char *key, const ent_run_answer *run) {
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_fields(json, words, run);
  return ent_json_set(object, key, json) && ok;
}

ent_json *ent_compare_json(ent_words *words, const ent_result *result) {
  const ent_compare_answer *answer = &result->compare;
  ent_json *json = ent_json_object(), *only = ent_json_array();
  bool ok = ent_run_json_program(json, "entente.compare/1") && set_run(json, words, "from", &answer->from) &&
            set_run(json, words, "to", &answer->to);
  ok = ok && ent_compare_json_alliances(json, words, answer);
  for (size_t i = 0; ok && i < answer->only_count; i++)
    ok = ent_json_add_text(only, ent_words_label(words, answer->only[i]));
  ok = ent_json_set(json, "only_on_one_side", only) && ok;
  return ent_parts_json_keep(json, ok);
}
