/* coded_json.c - see coded_json.h. */
#include "report/coded_json.h"

#include "report/parts_json.h"

static ent_json *coder_json(ent_words *words, const ent_coded_by *by) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "key", by->key) && ent_json_set_text(json, "coder", by->coder) &&
            ent_json_set_text(json, "label", ent_words_label(words, by->coder_label)) &&
            ent_json_set_number(json, "value", by->value) && ent_json_set_number(json, "low", by->low) &&
            ent_json_set_number(json, "high", by->high) &&
            ent_json_set_text(json, "rationale", ent_words_label(words, by->rationale));
  return ent_parts_json_keep(json, ok);
}

static ent_json *aspect_json(ent_words *words, const ent_coded_aspect *aspect) {
  ent_json *json = ent_json_object(), *coders = ent_json_array();
  bool ok = ent_json_set_text(json, "aspect", aspect->aspect) && ent_json_set_text(json, "scale", aspect->scale) &&
            ent_json_set_number(json, "minimum", aspect->minimum) &&
            ent_json_set_number(json, "maximum", aspect->maximum) &&
            ent_json_set_number(json, "value", aspect->value) && ent_json_set_number(json, "low", aspect->low) &&
            ent_json_set_number(json, "high", aspect->high) &&
            ent_json_set_text(json, "anchor", aspect->anchor.en ? ent_words_label(words, aspect->anchor) : NULL);
  for (size_t i = 0; ok && i < aspect->count; i++) ok = ent_json_add(coders, coder_json(words, &aspect->coders[i]));
  ok = ent_json_set(json, "coders", coders) && ok;
  return ent_parts_json_keep(json, ok);
}

bool ent_coded_json(ent_json *object, ent_words *words, const ent_coded_aspect *aspects, size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, aspect_json(words, &aspects[i]));
  return ent_json_set(object, "coded", array) && ok;
}
