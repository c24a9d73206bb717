/* trend_json.c - see trend_json.h. */
#include "report/trend_json.h"

#include "report/parts_json.h"
#include "report/trend.h"

ent_json *ent_trend_json(ent_words *words, const ent_trend_answer *trend) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_integer(json, "years", trend->years) && ent_json_set_text(json, "date", trend->date) &&
            ent_json_set_text(json, "verdict", ent_trend_code(trend->verdict)) &&
            ent_json_set_text(json, "text", ent_trend_text(words, trend)) &&
            ent_parts_json_figure(json, "now", trend->now) && ent_parts_json_figure(json, "then", trend->then) &&
            ent_parts_json_figure(json, "difference", trend->difference) &&
            ent_json_set_bool(json, "same_rows", trend->same_rows) &&
            ent_parts_json_reason(json, words, "missing", trend->missing);
  return ent_parts_json_keep(json, ok);
}

bool ent_trend_json_expected(ent_json *object, const ent_expected_answer *expected) {
  return ent_json_set_number(object, "expected", expected->mean) &&
         ent_json_set_number(object, "expected_error", expected->error) &&
         ent_parts_json_figure(object, "gain_or_loss", expected->range);
}
