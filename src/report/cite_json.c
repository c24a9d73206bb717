/* cite_json.c - works for a reference list as JSON, as share/schemas/cite.json describes it. */
#include <stdio.h>

#include "report/basis.h"
#include "report/cite.h"
#include "report/pages.h"
#include "report/parts_json.h"

/* "2021-05-16", as far as it is known; null where there is no date. */
static bool set_date(ent_json *object, const char *key, ent_reference_date date) {
  char text[40] = "";
  if (date.day) snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  else if (date.month) snprintf(text, sizeof text, "%04d-%02d", date.year, date.month);
  else if (date.year) snprintf(text, sizeof text, "%04d", date.year);
  return ent_json_set_text(object, key, *text ? text : NULL);
}

static ent_json *work_json(ent_words *words, const ent_cite_answer *answer, const ent_cited_work *work) {
  const ent_reference *reference = &work->reference;
  bool doi = false;
  const char *link = reference->url;
  if (!link && reference->doi) {
    link = ent_arena_print(words->arena, "https://doi.org/%s", reference->doi);
    doi = true;
  }
  if (doi && !link) ent_words_fail_memory(words);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", reference->id) && ent_json_set_text(json, "role", work->role) &&
            ent_json_set_text(json, "type", reference->type) &&
            ent_json_set_text(json, "entry", ent_cite_entry(words, answer->style, reference)) &&
            ent_json_set_text(json, "handling", work->handling) &&
            ent_json_set_text(json, "licence", reference->licence) &&
            ent_json_set_text(json, "permission", reference->permission) && ent_json_set_text(json, "url", link) &&
            ent_json_set_text(json, "archived", reference->archived) && set_date(json, "issued", reference->issued) &&
            set_date(json, "accessed", reference->accessed) && ent_json_set_integer(json, "rows", (int64_t)work->rows);
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_cite_answer *answer) {
  ent_json *options = ent_json_object(), *chosen = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < answer->chosen_count; i++) ok = ent_json_add_text(chosen, answer->chosen[i]);
  ok = ent_json_set(options, "chosen", chosen) && ok;
  ok = ok && ent_json_set_text(options, "style", answer->style_name) &&
       ent_json_set_integer(options, "edition", answer->basis.edition) &&
       ent_json_set_text(options, "known_at", answer->basis.known_at) &&
       ent_basis_json_reveal(options, &answer->basis) &&
       ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

ent_json *ent_cite_json(ent_words *words, const ent_result *result) {
  const ent_cite_answer *answer = &result->cite;
  ent_json *json = ent_json_object(), *works = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.cite/1", &answer->basis) && set_options(json, words, answer) &&
            ent_json_set_text(json, "style", answer->style_name) &&
            ent_json_set_integer(json, "withheld_sources", (int64_t)answer->withheld);
  for (size_t i = 0; ok && i < answer->count; i++)
    ok = ent_json_add(works, work_json(words, answer, &answer->works[i]));
  ok = ent_json_set(json, "works", works) && ok;
  return ent_parts_json_keep(json, ok);
}
