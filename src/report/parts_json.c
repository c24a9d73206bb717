/* parts_json.c - see parts_json.h. */
#include "report/parts_json.h"

#include <string.h>

#include "report/citation.h"

bool ent_parts_json_figure(ent_json *object, const char *key, ent_figure figure) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_number(json, "median", figure.median) && ent_json_set_number(json, "low", figure.low) &&
            ent_json_set_number(json, "high", figure.high);
  return ent_json_set(object, key, json) && ok;
}

static ent_json *finding_json(const ent_finding *finding) {
  ent_json *json = ent_json_object();
  bool ok =
      ent_json_set_text(json, "severity", finding->severity == ENT_ERROR ? "error" : "note") &&
      ent_json_set_text(json, "code", finding->code) && ent_json_set_text(json, "file", finding->file) &&
      (finding->line > 0 ? ent_json_set_integer(json, "line", finding->line) : ent_json_set_text(json, "line", NULL)) &&
      ent_json_set_text(json, "column", finding->column) && ent_json_set_text(json, "id", finding->id) &&
      ent_json_set_text(json, "what", finding->what) && ent_json_set_text(json, "remedy", finding->remedy);
  return ent_parts_json_keep(json, ok);
}

bool ent_parts_json_findings(ent_json *object, const char *key, const ent_findings *findings) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && findings && i < findings->count; i++)
    ok = ent_json_add(array, finding_json(&findings->list[i]));
  return ent_json_set(object, key, array) && ok;
}

bool ent_parts_json_reason(ent_json *object, ent_words *words, const char *key, const char *word_key) {
  if (!word_key) return ent_json_set_text(object, key, NULL);
  const char *stop = strrchr(word_key, '.');
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "code", stop ? stop + 1 : word_key) &&
            ent_json_set_text(json, "text", ent_words_get(words, word_key));
  return ent_json_set(object, key, json) && ok;
}

static ent_json *citation_json(ent_words *words, const ent_citation_answer *citation) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", citation->id) && ent_json_set_text(json, "anchor", citation->anchor) &&
            ent_json_set_text(json, "label", ent_citation_text(words, citation)) &&
            ent_json_set_text(json, "role", citation->role) && ent_json_set_text(json, "source", citation->source) &&
            ent_json_set_text(json, "url", citation->url) && ent_json_set_text(json, "handling", citation->handling) &&
            ent_json_set_text(json, "stance", citation->stance ? citation->stance : "") &&
            ent_json_set_text(json, "licence", citation->licence);
  return ent_parts_json_keep(json, ok);
}

bool ent_parts_json_citations(ent_json *object, ent_words *words, const char *key, const ent_citation_answer *citations,
                              size_t count) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(array, citation_json(words, &citations[i]));
  return ent_json_set(object, key, array) && ok;
}

bool ent_parts_json_label(ent_json *object, const char *key, ent_label label) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "en", label.en) && ent_json_set_text(json, "de", label.de);
  return ent_json_set(object, key, json) && ok;
}

bool ent_parts_json_released(ent_json *object, const char *key, const char *released) {
  return ent_json_set_text(object, key, released && *released ? released : NULL);
}

ent_json *ent_parts_json_keep(ent_json *object, bool ok) {
  if (ok) return object;
  ent_json_free(object);
  return NULL;
}
