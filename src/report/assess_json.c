/* assess_json.c - an assessment as JSON, as share/schemas/assess.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"
#include "report/trend_json.h"

/* The names of a node's children by its depth: a criterion's, a dimension's, an indicator's (none). */
static const char *const children_names[] = {"dimensions", "indicators", NULL};

static const char *const distributions[ENT_RANGES_COUNT] = {"triangular", "pert", "uniform"};

static ent_json *label_array(const ent_words *words, const ent_label *labels, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add_text(array, ent_words_label(words, labels[i]));
  return ent_parts_json_keep(array, ok);
}

static ent_json *id_array(const char *const *ids, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add_text(array, ids[i]);
  return ent_parts_json_keep(array, ok);
}

static ent_json *node_array(ent_words *words, const ent_node_answer *nodes, size_t count, const char *const *names);

static ent_json *node_json(ent_words *words, const ent_node_answer *node, const char *const *names) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", node->id) && ent_json_set_text(json, "key", node->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, node->label)) &&
            ent_parts_json_figure(json, "score", node->score) &&
            ent_json_set_number(json, "coverage", node->coverage) &&
            ent_parts_json_reason(json, words, "missing", node->missing);
  if (*names) ok = ok && ent_json_set(json, *names, node_array(words, node->children, node->child_count, names + 1));
  else ok = ok && ent_json_set_bool(json, "carried", node->carried);
  return ent_parts_json_keep(json, ok);
}

static ent_json *node_array(ent_words *words, const ent_node_answer *nodes, size_t count, const char *const *names) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, node_json(words, &nodes[i], names));
  return ent_parts_json_keep(array, ok);
}

static bool set_trends(ent_json *object, ent_words *words, const ent_trend_answer *trends, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, ent_trend_json(words, &trends[i]));
  return ent_json_set(object, "trends", array) && ok;
}

/* The shares of grades that have one, under their names. */
static bool set_shares(ent_json *object, const char *key, const char *names, const double *shares) {
  ent_json *json = ent_json_object();
  bool ok = true;
  for (size_t i = 0; ok && i < ENT_GRADES; i++) {
    const char name[] = {names[i], '\0'};
    if (shares[i] > 0) ok = ent_json_set_number(json, name, shares[i]);
  }
  return ent_json_set(object, key, json) && ok;
}

/* How ranges are drawn, and what grades do to them; null where the model leaves grades out. */
static bool set_ranges(ent_json *object, const ent_words *words, const ent_assess_answer *answer) {
  ent_json *json = ent_json_object(), *grades;
  bool ok = ent_json_set_text(json, "distribution", distributions[answer->ranges]) &&
            ent_json_set_text(json, "reason",
                              answer->ranges_reason.en ? ent_words_label(words, answer->ranges_reason) : NULL);
  if (!ent_json_set(object, "ranges", json) || !ok) return false;
  if (!answer->grades.given) return ent_json_set_text(object, "grades", NULL);
  grades = ent_json_object();
  ok = set_shares(grades, "reliability", "ABCDEF", answer->grades.reliability) &&
       set_shares(grades, "credibility", "123456", answer->grades.credibility) &&
       ent_json_set_text(grades, "reason", ent_words_label(words, answer->grades.reason));
  return ent_json_set(object, "grades", grades) && ok;
}

static bool set_draw_log(ent_json *object, const ent_draw_log_answer *log) {
  if (!log->file) return ent_json_set_text(object, "draw_log", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "file", log->file) && ent_json_set_integer(json, "rows", (int64_t)log->rows) &&
            ent_json_set_integer(json, "columns", (int64_t)log->columns) &&
            ent_json_set_integer(json, "left_out", (int64_t)log->left_out);
  return ent_json_set(object, "draw_log", json) && ok;
}

/* How trends were found; null where the model compares no dates. */
static bool set_trend_setting(ent_json *object, const ent_words *words, const ent_trend_setting *setting) {
  if (!setting->count) return ent_json_set_text(object, "trend", NULL);
  ent_json *json = ent_json_object(), *dates = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < setting->count; i++) ok = ent_json_add_text(dates, setting->dates[i]);
  ok = ent_json_set(json, "dates", dates) && ok && ent_json_set_number(json, "least", setting->least) &&
       ent_json_set_integer(json, "draws", setting->draws) &&
       ent_json_set_text(json, "reason", ent_words_label(words, setting->reason));
  return ent_json_set(object, "trend", json) && ok;
}

static ent_json *force_json(ent_words *words, const ent_force_answer *force) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", force->key) && ent_json_set_text(json, "indicator", force->indicator) &&
            ent_json_set_text(json, "label", ent_words_label(words, force->label)) &&
            ent_parts_json_figure(json, "score", force->score) &&
            ent_parts_json_figure(json, "effect", force->effect) && ent_trend_json_expected(json, &force->expected) &&
            ent_json_set_bool(json, "divides", force->divides) && ent_json_set_bool(json, "carried", force->carried) &&
            set_trends(json, words, force->trends, force->trend_count);
  ok = ok && ent_parts_json_citations(json, words, "citations", force->citations, force->citation_count);
  return ent_parts_json_keep(json, ok);
}

static ent_json *force_array(ent_words *words, const ent_force_answer *forces, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, force_json(words, &forces[i]));
  return ent_parts_json_keep(array, ok);
}

static ent_json *directed_json(ent_words *words, const ent_directed_answer *directed) {
  ent_json *json = ent_json_object();
  bool ok =
      ent_json_set_text(json, "from", directed->from) && ent_json_set_text(json, "to", directed->to) &&
      ent_json_set_text(json, "key", directed->key) &&
      ent_json_set_text(json, "from_label", ent_words_label(words, directed->from_label)) &&
      ent_json_set_text(json, "to_label", ent_words_label(words, directed->to_label)) &&
      ent_parts_json_figure(json, "score", directed->score) &&
      ent_json_set(json, "criteria", node_array(words, directed->criteria, directed->criterion_count, children_names));
  return ent_parts_json_keep(json, ok);
}

static ent_json *reading_json(ent_words *words, const ent_reading_answer *reading) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", reading->id) && ent_json_set_text(json, "key", reading->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, reading->label)) &&
            ent_json_set_text(json, "member_label", ent_words_label(words, reading->member_label)) &&
            ent_parts_json_figure(json, "value", reading->value) &&
            ent_parts_json_reason(json, words, "missing", reading->missing);
  return ent_parts_json_keep(json, ok);
}

static bool set_aggregations(ent_json *object, const ent_words *words, const ent_alliance_answer *alliance) {
  enum { COUNT = sizeof alliance->aggregations / sizeof alliance->aggregations[0] };
  ent_json *all = ent_json_object();
  bool ok = true;
  for (size_t i = 0; ok && i < COUNT; i++) {
    const ent_aggregation_answer *one = &alliance->aggregations[i];
    ent_json *json = ent_json_object();
    bool set = ent_json_set_number(json, "median", one->score.median) &&
               ent_json_set_number(json, "low", one->score.low) && ent_json_set_number(json, "high", one->score.high) &&
               ent_json_set_text(json, "class", one->class_id) &&
               ent_json_set_text(json, "class_label", one->class_id ? ent_words_label(words, one->class_label) : NULL);
    ok = ent_json_set(all, one->id, json) && set;
  }
  return ent_json_set(object, "aggregations", all) && ok && ent_json_set_text(object, "headline", alliance->headline);
}

static bool set_class(ent_json *object, const ent_words *words, const ent_alliance_answer *alliance) {
  ent_json *json = ent_json_object(), *shares = ent_json_object();
  bool ok = ent_json_set_text(json, "id", alliance->class_id) &&
            ent_json_set_text(json, "label", alliance->class_id ? ent_words_label(words, alliance->class_label) : NULL);
  for (size_t i = 0; ok && i < alliance->share_count; i++)
    ok = ent_json_set_number(shares, alliance->shares[i].id, alliance->shares[i].share);
  ok = ent_json_set(json, "shares", shares) && ok;
  return ent_json_set(object, "class", json) && ok;
}

static bool set_coverage(ent_json *object, const ent_alliance_answer *alliance) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "share", alliance->coverage) &&
            ent_json_set_number(json, "carried", alliance->carried) &&
            ent_json_set_number(json, "least", alliance->least_coverage);
  return ent_json_set(object, "coverage", json) && ok;
}

static bool set_beside(ent_json *object, ent_words *words, const ent_alliance_answer *alliance) {
  ent_json *directed = ent_json_array(), *readings = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < alliance->directed_count; i++)
    ok = ent_json_add(directed, directed_json(words, &alliance->directed[i]));
  for (size_t i = 0; ok && i < alliance->reading_count; i++)
    ok = ent_json_add(readings, reading_json(words, &alliance->readings[i]));
  ok = ent_json_set(object, "directed", directed) && ok;
  return ent_json_set(object, "readings", readings) && ok;
}

static ent_json *alliance_json(ent_words *words, const ent_alliance_answer *alliance) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", alliance->id) && ent_json_set_text(json, "key", alliance->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, alliance->label)) &&
            ent_json_set(json, "members", id_array(alliance->members, alliance->member_count)) &&
            ent_json_set(json, "member_labels", label_array(words, alliance->member_labels, alliance->member_count)) &&
            ent_parts_json_figure(json, "score", alliance->score) && set_aggregations(json, words, alliance) &&
            ent_json_set_bool(json, "verdict_differs", alliance->verdict_differs) && set_class(json, words, alliance) &&
            ent_json_set_text(json, "verdict", ent_assess_verdict(words, alliance)) &&
            ent_json_set_text(json, "scope", ent_words_get(words, "verdict.scope")) && set_coverage(json, alliance) &&
            ent_json_set(json, "criteria",
                         node_array(words, alliance->criteria, alliance->criterion_count, children_names)) &&
            ent_json_set(json, "strengths", force_array(words, alliance->strengths, alliance->strength_count)) &&
            ent_json_set(json, "fault_lines", force_array(words, alliance->fault_lines, alliance->fault_line_count)) &&
            set_beside(json, words, alliance);
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_assess_json(ent_words *words, const ent_result *result) {
  const ent_assess_answer *answer = &result->assess;
  ent_json *json = ent_json_object(), *alliances = ent_json_array(), *notice = ent_json_array();
  bool ok = ent_run_json(json, words, "entente.assess/1", &answer->run);
  for (size_t i = 0; ok && i < answer->alliance_count; i++)
    ok = ent_json_add(alliances, alliance_json(words, &answer->alliances[i]));
  for (int i = 0; ok && i < ENT_NOTICE_COUNT; i++) ok = ent_json_add_text(notice, ent_run_notice(words, i));
  ok = set_trend_setting(json, words, &answer->trend) && ok;
  ok = set_ranges(json, words, answer) && set_draw_log(json, &answer->draw_log) && ok;
  ok = ent_json_set(json, "alliances", alliances) && ok;
  ok = ent_json_set(json, "notice", notice) && ok;
  return ent_parts_json_keep(json, ok);
}
