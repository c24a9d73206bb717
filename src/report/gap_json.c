/* gap_json.c - the balance between partners as JSON, as share/schemas/gap.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

/* The names of a node's children by its depth. */
static const char *const children_names[] = {"criteria", "dimensions", "indicators", NULL};

static bool set_named(ent_json *object, ent_words *words, const char *key, const char *id, ent_label label) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", id) && ent_json_set_text(json, "label", ent_words_label(words, label));
  return ent_json_set(object, key, json) && ok;
}

static bool set_pair(ent_json *object, ent_words *words, const char *alliance, ent_label alliance_label,
                     const char *ally, ent_label ally_label, const char *other, ent_label other_label) {
  return set_named(object, words, "alliance", alliance, alliance_label) &&
         set_named(object, words, "ally", ally, ally_label) && set_named(object, words, "other", other, other_label);
}

static bool set_node(ent_json *object, ent_words *words, const ent_gap_node *node, const char *const *names) {
  bool ok = ent_json_set_text(object, "key_expects", node->key_expects) &&
            ent_json_set_text(object, "key_gives", node->key_gives) &&
            ent_parts_json_figure(object, "expects", node->expects) &&
            ent_parts_json_figure(object, "gives", node->gives) &&
            ent_parts_json_figure(object, "difference", node->difference) &&
            ent_parts_json_reason(object, words, "missing_expects", node->missing_expects) &&
            ent_parts_json_reason(object, words, "missing_gives", node->missing_gives);
  if (!*names) return ok;
  ent_json *children = ent_json_array();
  for (size_t i = 0; ok && i < node->child_count; i++) {
    const ent_gap_node *child = &node->children[i];
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "id", child->id) &&
                ent_json_set_text(json, "label", ent_words_label(words, child->label)) &&
                set_node(json, words, child, names + 1);
    ok = ent_json_add(children, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, *names, children) && ok;
}

static ent_json *pair_json(ent_words *words, const ent_gap_pair *pair) {
  ent_json *json = ent_json_object();
  bool ok = set_pair(json, words, pair->alliance, pair->alliance_label, pair->ally, pair->ally_label, pair->other,
                     pair->other_label) &&
            ent_json_set_number(json, "coverage_expects", pair->coverage_expects) &&
            ent_json_set_number(json, "coverage_gives", pair->coverage_gives) &&
            set_node(json, words, &pair->whole, children_names);
  return ent_parts_json_keep(json, ok);
}

static ent_json *row_json(ent_words *words, const ent_standing_row *row, const char *label) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", row->id) && ent_json_set_text(json, "label", label) &&
            ent_json_set_text(json, "key_a", row->key_a) && ent_json_set_text(json, "key_b", row->key_b) &&
            ent_parts_json_figure(json, "a", row->a) && ent_parts_json_figure(json, "b", row->b) &&
            ent_parts_json_figure(json, "difference", row->difference) &&
            ent_parts_json_reason(json, words, "missing_a", row->missing_a) &&
            ent_parts_json_reason(json, words, "missing_b", row->missing_b) &&
            ent_parts_json_citations(json, words, "citations_a", row->citations_a, row->count_a) &&
            ent_parts_json_citations(json, words, "citations_b", row->citations_b, row->count_b);
  return ent_parts_json_keep(json, ok);
}

static ent_json *standing_json(ent_words *words, const ent_standing *standing) {
  ent_json *json = ent_json_object(), *views = ent_json_array();
  bool ok = set_named(json, words, "capital", standing->capital, standing->capital_label) &&
            set_named(json, words, "a", standing->a, standing->a_label) &&
            set_named(json, words, "b", standing->b, standing->b_label) &&
            ent_json_set_text(json, "alliance_a", standing->alliance_a) &&
            ent_json_set_text(json, "alliance_b", standing->alliance_b) &&
            ent_json_set(json, "given", row_json(words, &standing->whole, ent_words_get(words, "gap.given")));
  for (size_t i = 0; ok && i < standing->count; i++)
    ok = ent_json_add(views, row_json(words, &standing->rows[i], ent_words_label(words, standing->rows[i].label)));
  ok = ent_json_set(json, "views", views) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *moment_json(const ent_gap_moment *moment) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "date", moment->day) && ent_json_set_bool(json, "stands", moment->stands) &&
            ent_parts_json_figure(json, "expects", moment->expects) &&
            ent_parts_json_figure(json, "gives", moment->gives) &&
            ent_parts_json_figure(json, "difference", moment->difference) &&
            ent_json_set_number(json, "coverage_expects", moment->coverage_expects) &&
            ent_json_set_number(json, "coverage_gives", moment->coverage_gives);
  return ent_parts_json_keep(json, ok);
}

static ent_json *missing_json(ent_words *words, const ent_gap_missing *missing) {
  ent_json *json = ent_json_object(), *where = ent_json_array();
  bool ok = ent_json_set_text(json, "key", missing->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, missing->label));
  for (size_t i = 0; ok && i < missing->count; i++) {
    ent_json *at = ent_json_object();
    bool kept = ent_json_set_text(at, "date", missing->days[i]) &&
                ent_parts_json_reason(at, words, "reason", missing->reasons[i]);
    ok = ent_json_add(where, ent_parts_json_keep(at, kept));
  }
  ok = ent_json_set(json, "where", where) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *course_json(ent_words *words, const ent_gap_course *course, size_t dates) {
  ent_json *json = ent_json_object(), *moments = ent_json_array(), *missing = ent_json_array();
  bool ok = set_pair(json, words, course->alliance, course->alliance_label, course->ally, course->ally_label,
                     course->other, course->other_label) &&
            ent_parts_json_figure(json, "change", course->change);
  for (size_t i = 0; ok && i < dates; i++) ok = ent_json_add(moments, moment_json(&course->moments[i]));
  for (size_t i = 0; ok && i < course->missing_count; i++)
    ok = ent_json_add(missing, missing_json(words, &course->missing[i]));
  ok = ent_json_set(json, "moments", moments) && ok;
  ok = ent_json_set(json, "left_out", missing) && ok;
  return ent_parts_json_keep(json, ok);
}

ent_json *ent_gap_json(ent_words *words, const ent_result *result) {
  const ent_gap_answer *answer = &result->gap;
  ent_json *json = ent_json_object(), *pairs = ent_json_array(), *standings = ent_json_array(),
           *courses = ent_json_array(), *dates = ent_json_array();
  bool ok = ent_run_json(json, words, "entente.gap/1", &answer->run);
  for (size_t i = 0; ok && i < answer->date_count; i++) ok = ent_json_add_text(dates, answer->dates[i]);
  for (size_t i = 0; ok && i < answer->pair_count; i++) ok = ent_json_add(pairs, pair_json(words, &answer->pairs[i]));
  for (size_t i = 0; ok && i < answer->standing_count; i++)
    ok = ent_json_add(standings, standing_json(words, &answer->standings[i]));
  for (size_t i = 0; ok && i < answer->course_count; i++)
    ok = ent_json_add(courses, course_json(words, &answer->courses[i], answer->date_count));
  ok = ent_json_set(json, "dates", dates) && ok;
  ok = ent_json_set(json, "pairs", pairs) && ok;
  ok = ent_json_set(json, "standing", standings) && ok;
  ok = ent_json_set(json, "courses", courses) && ok;
  return ent_parts_json_keep(json, ok);
}
