/* data_compare_json.c - two figures side by side as JSON, as share/schemas/data-compare.json describes it. */
#include "report/basis.h"
#include "report/figure.h"
#include "report/pages.h"
#include "report/pair.h"
#include "report/parts_json.h"

static bool set_side(ent_json *object, ent_words *words, const char *key, ent_compared_aspect aspect, ent_label label,
                     const ent_citation_answer *citations, size_t count) {
  const char *text = ent_pair_side(words, aspect, label);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "text", *text ? text : NULL) &&
            ent_parts_json_citations(json, words, "citations", citations, count);
  return ent_json_set(object, key, json) && ok;
}

static ent_json *point_json(ent_words *words, const ent_compared_point *point) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "aspect", ent_pair_aspect_id(point->aspect)) &&
            ent_json_set_text(json, "effect", ent_pair_effect_id(point->effect)) &&
            ent_json_set_text(json, "code", point->code) &&
            ent_json_set_text(json, "text", ent_pair_finding(words, point->aspect, point->code)) &&
            set_side(json, words, "a", point->aspect, point->a, point->a_citations, point->a_count) &&
            set_side(json, words, "b", point->aspect, point->b, point->b_citations, point->b_count);
  return ent_parts_json_keep(json, ok);
}

static ent_json *said_json(ent_words *words, const ent_said_answer *said) {
  static const char *const reaches[] = {"", "figure", "definition", "wider_definition", "whole"};
  static const char *const says[] = {"no", "limited", "yes"};
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", said->key) && ent_json_set_text(json, "comparable", says[said->word]) &&
            ent_json_set_text(json, "through", reaches[said->reach]) &&
            ent_json_set_text(json, "stated_by", said->stated_by.id) &&
            ent_json_set_text(json, "reason", ent_words_label(words, said->reason)) &&
            ent_json_set_text(json, "a", ent_words_label(words, said->a)) &&
            ent_json_set_text(json, "b", ent_words_label(words, said->b)) &&
            ent_parts_json_citations(json, words, "citations", said->citations, said->citation_count);
  return ent_parts_json_keep(json, ok);
}

static bool set_part(ent_json *object, const ent_pair_answer *pair) {
  if (!pair->part) return ent_json_set_text(object, "part", NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "part", pair->part > 0 ? "a" : "b") &&
            ent_json_set_bool(json, "inferred", pair->part_inferred) &&
            ent_json_set_integer(json, "links", (int64_t)pair->part_links) &&
            ent_json_set_number(json, "share_low", pair->share_low) &&
            ent_json_set_number(json, "share_high", pair->share_high);
  return ent_json_set(object, "part", json) && ok;
}

static bool set_options(ent_json *object, ent_words *words, const ent_data_compare_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

ent_json *ent_data_compare_json(ent_words *words, const ent_result *result) {
  const ent_data_compare_answer *answer = &result->data_compare;
  const ent_pair_answer *pair = &answer->pair;
  ent_json *json = ent_json_object(), *points = ent_json_array(), *said = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.data-compare/1", &answer->basis) && set_options(json, words, answer) &&
            ent_json_set_text(json, "comparable", ent_pair_verdict_id(pair->verdict)) &&
            ent_json_set_bool(json, "same_thing", pair->same_thing) && set_part(json, pair) &&
            ent_json_set_text(json, "currency", pair->a.conversion.currency) &&
            ent_json_set(json, "a", ent_figure_json(words, &pair->a)) &&
            ent_json_set(json, "b", ent_figure_json(words, &pair->b));
  for (size_t i = 0; ok && i < pair->point_count; i++) ok = ent_json_add(points, point_json(words, &pair->points[i]));
  for (size_t i = 0; ok && i < pair->said_count; i++) ok = ent_json_add(said, said_json(words, &pair->said[i]));
  ok = ent_json_set(json, "points", points) && ok;
  ok = ent_json_set(json, "said", said) && ok;
  return ent_parts_json_keep(json, ok);
}
