/* matrix_json.c - the comparison table as JSON, as share/schemas/matrix.json describes it. */
#include "report/basis.h"
#include "report/coded_json.h"
#include "report/pages.h"
#include "report/parts_json.h"

/* {"id", "label"}, or null. */
static bool set_named(ent_json *object, ent_words *words, const char *key, const char *id, ent_label label) {
  if (!id) return ent_json_set_text(object, key, NULL);
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", id) && ent_json_set_text(json, "label", ent_words_label(words, label));
  return ent_json_set(object, key, json) && ok;
}

static bool set_offices(ent_json *object, ent_words *words, const ent_matrix_view *view) {
  ent_json *array = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < view->office_count; i++) {
    ent_json *json = ent_json_object();
    bool kept = ent_json_set_text(json, "id", view->offices[i].id) &&
                ent_json_set_text(json, "label", ent_words_label(words, view->offices[i].label)) &&
                ent_json_set_text(json, "weight_class", view->offices[i].weight_class);
    ok = ent_json_add(array, ent_parts_json_keep(json, kept));
  }
  return ent_json_set(object, "offices", array) && ok;
}

static bool set_view(ent_json *json, ent_words *words, const ent_matrix_view *view) {
  return ent_json_set_text(json, "key", view->key) && set_named(json, words, "actor", view->actor, view->actor_label) &&
         ent_json_set_text(json, "label", ent_words_label(words, view->label)) &&
         set_named(json, words, "partner", view->partner, view->partner_label) &&
         set_named(json, words, "alliance", view->alliance, view->alliance_label) &&
         set_named(json, words, "source", view->source, view->source_label) &&
         ent_json_set_text(json, "kind", view->kind) && ent_json_set_text(json, "start", view->start) &&
         ent_json_set_text(json, "end", view->end) && ent_json_set_bool(json, "goes_on", view->goes_on) &&
         ent_coded_json(json, words, view->coded, view->coded_count) &&
         ent_parts_json_citations(json, words, "citations", view->citations, view->citation_count);
}

/* null where there is none. */
static bool set_before(ent_json *object, ent_words *words, const ent_matrix_view *view) {
  if (!view->before) return ent_json_set_text(object, "before", NULL);
  ent_json *json = ent_json_object(), *change = ent_json_object();
  bool ok = set_view(json, words, view->before) && ent_json_set_number(change, "value", view->change) &&
            ent_json_set_number(change, "low", view->change_low) &&
            ent_json_set_number(change, "high", view->change_high);
  ok = ent_json_set(json, "change", change) && ok;
  return ent_json_set(object, "before", json) && ok;
}

static ent_json *view_json(ent_words *words, const ent_matrix_view *view) {
  ent_json *json = ent_json_object();
  bool ok = set_view(json, words, view) && ent_json_set_text(json, "held_from", view->held_from) &&
            ent_json_set_text(json, "held_until", view->held_until) && set_offices(json, words, view) &&
            set_before(json, words, view);
  return ent_parts_json_keep(json, ok);
}

static ent_json *dissent_json(const ent_matrix_dissent *dissent) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "leading", dissent->leading->key) &&
            ent_json_set_text(json, "other", dissent->other->key) &&
            ent_json_set_number(json, "distance", dissent->distance);
  return ent_parts_json_keep(json, ok);
}

static ent_json *cell_json(ent_words *words, const char *state, const ent_matrix_cell *cell) {
  ent_json *json = ent_json_object(), *views = ent_json_array(), *dissents = ent_json_array();
  bool ok = ent_json_set_text(json, "state", state);
  for (size_t i = 0; ok && i < cell->view_count; i++) ok = ent_json_add(views, view_json(words, cell->views[i]));
  for (size_t i = 0; ok && i < cell->dissent_count; i++) ok = ent_json_add(dissents, dissent_json(&cell->dissents[i]));
  ok = ent_json_set(json, "views", views) && ok;
  ok = ent_json_set(json, "dissents", dissents) && ok;
  return ent_parts_json_keep(json, ok);
}

/* An end of the scale that has no name is null. */
static bool set_end(ent_json *object, ent_words *words, const char *key, ent_label label) {
  const char *text = ent_words_label(words, label);
  return ent_json_set_text(object, key, *text ? text : NULL);
}

static ent_json *issue_json(ent_words *words, const ent_matrix_answer *answer, const ent_matrix_issue *issue) {
  ent_json *json = ent_json_object(), *cells = ent_json_array();
  bool ok = ent_json_set_text(json, "id", issue->id) && ent_json_set_text(json, "key", issue->key) &&
            ent_json_set_text(json, "label", ent_words_label(words, issue->label)) &&
            ent_json_set_text(json, "kind", issue->kind) && ent_json_set_text(json, "role", issue->role) &&
            ent_json_set_text(json, "scale", issue->scale) && ent_json_set_number(json, "minimum", issue->minimum) &&
            ent_json_set_number(json, "maximum", issue->maximum) && set_end(json, words, "low_end", issue->low_label) &&
            set_end(json, words, "high_end", issue->high_label);
  for (size_t s = 0; ok && s < answer->state_count; s++)
    ok = ent_json_add(cells, cell_json(words, answer->states[s], &issue->cells[s]));
  ok = ent_json_set(json, "cells", cells) && ok;
  return ent_parts_json_keep(json, ok);
}

static ent_json *group_json(ent_words *words, const ent_matrix_answer *answer, const ent_matrix_group *group) {
  ent_json *json = ent_json_object(), *issues = ent_json_array();
  bool ok = ent_json_set_text(json, "id", group->id) &&
            ent_json_set_text(json, "label",
                              group->id ? ent_words_label(words, group->label) : ent_words_get(words, "matrix.other"));
  for (size_t i = 0; ok && i < group->issue_count; i++)
    ok = ent_json_add(issues, issue_json(words, answer, group->issues[i]));
  ok = ent_json_set(json, "issues", issues) && ok;
  return ent_parts_json_keep(json, ok);
}

static bool set_options(ent_json *object, ent_words *words, const ent_matrix_answer *answer) {
  ent_json *options = ent_json_object();
  bool ok = ent_json_set_text(options, "as_of", answer->basis.as_of) &&
            ent_json_set_text(options, "from", answer->from) && ent_json_set_text(options, "to", answer->to) &&
            ent_json_set_text(options, "issue", answer->issues) &&
            ent_json_set_text(options, "actor", answer->actors) &&
            ent_json_set_integer(options, "edition", answer->basis.edition) &&
            ent_json_set_text(options, "known_at", answer->basis.known_at) &&
            ent_basis_json_reveal(options, &answer->basis) &&
            ent_json_set_text(options, "lang", words->language == ENT_GERMAN ? "de" : "en");
  return ent_json_set(object, "options", options) && ok;
}

static bool set_model(ent_json *object, const ent_matrix_answer *answer) {
  ent_json *model = ent_json_object();
  bool ok =
      ent_json_set_text(model, "id", answer->model_id) && ent_json_set_text(model, "sha256", answer->model_sha256);
  return ent_json_set(object, "model", model) && ok;
}

ent_json *ent_matrix_json(ent_words *words, const ent_result *result) {
  const ent_matrix_answer *answer = &result->matrix;
  ent_json *json = ent_json_object(), *states = ent_json_array(), *groups = ent_json_array();
  bool ok = ent_basis_json(json, words, "entente.matrix/1", &answer->basis) && set_options(json, words, answer) &&
            set_model(json, answer) && ent_json_set_integer(json, "without_office", (int64_t)answer->without_office);
  for (size_t s = 0; ok && s < answer->state_count; s++) {
    ent_json *state = ent_json_object();
    bool kept = ent_json_set_text(state, "id", answer->states[s]) &&
                ent_json_set_text(state, "label", ent_words_label(words, answer->state_labels[s]));
    ok = ent_json_add(states, ent_parts_json_keep(state, kept));
  }
  for (size_t g = 0; ok && g < answer->group_count; g++)
    ok = ent_json_add(groups, group_json(words, answer, &answer->groups[g]));
  ok = ent_json_set(json, "states", states) && ok;
  ok = ent_json_set(json, "groups", groups) && ok;
  return ent_parts_json_keep(json, ok);
}
