/* explain_json.c - the way from a figure down to its sources as JSON, as share/schemas/explain.json describes it. */
#include "report/citation.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/parts_json.h"
#include "report/run.h"
#include "report/trend.h"
#include "report/trend_json.h"

static bool set_fields(ent_json *object, const ent_explain_node *node) {
  ent_json *fields = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < node->field_count; i++) {
    ent_json *field = ent_json_object();
    bool set = ent_json_set_text(field, "name", node->field_names[i]) &&
               ent_json_set_text(field, "value", node->field_values[i]);
    ok = ent_json_add(fields, field) && set;
  }
  return ent_json_set(object, "fields", fields) && ok;
}

static bool set_force(ent_json *object, ent_words *words, const ent_explain_node *node) {
  if (node->expected) {
    ent_json *force = ent_json_object();
    bool ok = ent_trend_json_expected(force, node->expected);
    if (!ent_json_set(object, "force", force) || !ok) return false;
  }
  return !node->trend || ent_json_set(object, "trend", ent_trend_json(words, node->trend));
}

/* What the node shows is defined before it is explained. */
static const char *detail_of(ent_words *words, const ent_explain_node *node) {
  if (node->defined) return ent_words_get(words, node->defined);
  return node->detail.en || node->detail.de ? ent_words_label(words, node->detail) : NULL;
}

static ent_json *node_json(ent_words *words, const ent_explain_node *node) {
  ent_json *json = ent_json_object(), *children = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < node->child_count; i++) ok = ent_json_add(children, node_json(words, node->children[i]));
  ok = ok && ent_json_set_text(json, "kind", node->kind) && ent_json_set_text(json, "key", node->key) &&
       ent_json_set_text(json, "label",
                         node->citation ? ent_citation_text(words, node->citation)
                         : node->trend  ? ent_trend_text(words, node->trend)
                         : node->word   ? ent_words_get(words, node->word)
                                        : ent_words_label(words, node->label)) &&
       ent_json_set_text(json, "detail", detail_of(words, node)) && ent_parts_json_figure(json, "score", node->score) &&
       ent_json_set_number(json, "weight", node->weight) &&
       ent_parts_json_reason(json, words, "missing", node->missing) && ent_json_set_text(json, "url", node->url) &&
       ent_json_set_bool(json, "withheld", node->withheld) && set_fields(json, node) && set_force(json, words, node) &&
       ent_pair_json_brief(json, words, "comparison", node->judged ? &node->judged->comparison : NULL);
  ok = ent_json_set(json, "children", children) && ok;
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_explain_json(ent_words *words, const ent_result *result) {
  const ent_explain_answer *answer = &result->explain;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json(json, words, "entente.explain/1", &answer->run) &&
            ent_json_set(json, "root", node_json(words, answer->root));
  return ent_parts_json_keep(json, ok);
}
