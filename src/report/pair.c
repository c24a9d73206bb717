/* pair.c - see pair.h. */
#include "report/pair.h"

#include "report/figure.h"

static const char *const aspects[ENT_ASPECTS] = {
    [ENT_ASPECT_INDICATOR] = "indicator",   [ENT_ASPECT_UNIT] = "unit",
    [ENT_ASPECT_NUMBER] = "number",         [ENT_ASPECT_COVERAGE] = "coverage",
    [ENT_ASPECT_PERIOD] = "period",         [ENT_ASPECT_DEFINITION] = "definition",
    [ENT_ASPECT_ACCOUNTING] = "accounting", [ENT_ASPECT_STATUS] = "status",
    [ENT_ASPECT_PRICES] = "prices",         [ENT_ASPECT_CURRENCY] = "currency",
    [ENT_ASPECT_CONVERSION] = "conversion", [ENT_ASPECT_NESTING] = "nesting",
    [ENT_ASPECT_OBJECTION] = "objection"};

static const char *get(ent_words *words, const char *stem, const char *a, const char *b) {
  const char *key = ent_arena_print(words->arena, "%s.%s%s%s", stem, a, b ? "." : "", b ? b : "");
  if (key) return ent_words_get(words, key);
  ent_words_fail_memory(words);
  return "";
}

const char *ent_pair_aspect_id(ent_compared_aspect aspect) { return aspects[aspect]; }

const char *ent_pair_verdict_id(ent_hindrance verdict) {
  return verdict == ENT_FORBIDS ? "no" : verdict == ENT_LIMITS ? "limited" : "yes";
}

const char *ent_pair_effect_id(ent_hindrance effect) {
  return effect == ENT_FORBIDS ? "forbids" : effect == ENT_LIMITS ? "limits" : "none";
}

const char *ent_pair_aspect(ent_words *words, ent_compared_aspect aspect) {
  return get(words, "pair.aspect", aspects[aspect], NULL);
}

const char *ent_pair_finding(ent_words *words, ent_compared_aspect aspect, const char *code) {
  return get(words, "pair", aspects[aspect], code);
}

const char *ent_pair_effect(ent_words *words, ent_hindrance effect) {
  return get(words, "pair.effect", ent_pair_effect_id(effect), NULL);
}

const char *ent_pair_side(ent_words *words, ent_compared_aspect aspect, ent_label label) {
  if (!label.en) return "";
  switch (aspect) {
    case ENT_ASPECT_STATUS: return ent_figure_status(words, label.en);
    case ENT_ASPECT_PRICES: return get(words, "figure.prices", label.en, NULL);
    case ENT_ASPECT_ACCOUNTING: return get(words, "figure.accounting", label.en, NULL);
    case ENT_ASPECT_UNIT: return get(words, "figure.unit", label.en, NULL);
    case ENT_ASPECT_INDICATOR:
    case ENT_ASPECT_NUMBER:
    case ENT_ASPECT_COVERAGE:
    case ENT_ASPECT_PERIOD:
    case ENT_ASPECT_DEFINITION:
    case ENT_ASPECT_CURRENCY:
    case ENT_ASPECT_CONVERSION:
    case ENT_ASPECT_NESTING:
    case ENT_ASPECT_OBJECTION:
    case ENT_ASPECTS: break;
  }
  return ent_words_label(words, label);
}

static const char *list_of(ent_words *words, const ent_comparison *comparison, ent_hindrance effect) {
  const char *list = "";
  for (int i = 0; i < ENT_ASPECTS; i++)
    if (comparison->points[i].asked && comparison->points[i].effect == effect)
      list = ent_words_join(words, list, ", ", ent_pair_aspect(words, (ent_compared_aspect)i));
  return list;
}

const char *ent_pair_brief(ent_words *words, const ent_comparison *comparison) {
  const char *forbids = list_of(words, comparison, ENT_FORBIDS), *limits = list_of(words, comparison, ENT_LIMITS);
  const char *text = *forbids ? ent_words_fill(words, "pair.brief.no", "list", forbids, NULL) : "";
  if (!*limits) return text;
  return ent_words_join(
      words, text, "; ",
      ent_words_fill(words, *forbids ? "pair.brief.also" : "pair.brief.limited", "list", limits, NULL));
}

bool ent_pair_json_brief(ent_json *object, ent_words *words, const char *key, const ent_comparison *comparison) {
  if (!comparison) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object(), *differs = ent_json_array();
  bool ok = ent_json_set_text(json, "comparable", ent_pair_verdict_id(comparison->verdict));
  for (int i = 0; ok && i < ENT_ASPECTS; i++) {
    const ent_comparison_point *point = &comparison->points[i];
    if (!point->asked || point->effect == ENT_HINDERS_NOT) continue;
    ent_json *difference = ent_json_object();
    bool set = ent_json_set_text(difference, "aspect", aspects[i]) &&
               ent_json_set_text(difference, "effect", ent_pair_effect_id(point->effect)) &&
               ent_json_set_text(difference, "code", point->code) &&
               ent_json_set_text(difference, "text", ent_pair_finding(words, (ent_compared_aspect)i, point->code));
    ok = ent_json_add(differs, difference) && set;
  }
  ok = ent_json_set(json, "differs", differs) && ok;
  return ent_json_set(object, key, json) && ok;
}
