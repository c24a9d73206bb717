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
