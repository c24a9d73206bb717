/* labels.c - names of figures in both languages, with the package's own names for the roles a model speaks of. */
#include <string.h>

#include "base/text.h"
#include "study/study.h"

ent_label ent_label_both(const char *text) {
  ent_label label = {text, text};
  return label;
}

static const ent_label *role_label(const ent_evidence *e, const char *name, size_t length) {
  size_t i;
  for (i = 0; i < e->roles_count; i++)
    if (strlen(e->roles[i].id) == length && memcmp(e->roles[i].id, name, length) == 0) return &e->roles[i].label;
  return NULL;
}

/* Text with {role} replaced; a role that the package does not fill reads as its own name. */
static const char *fill(const ent_run *run, const char *pattern, bool german) {
  ent_text out = {NULL, 0, 0, false};
  const char *at = pattern;
  char *kept;
  if (!pattern || !strchr(pattern, '{')) return pattern;
  while (*at) {
    const char *close = *at == '{' ? strchr(at, '}') : NULL;
    const ent_label *label;
    if (!close) {
      ent_text_add_bytes(&out, at++, 1);
      continue;
    }
    label = role_label(run->study->evidence, at + 1, (size_t)(close - at - 1));
    if (label) ent_text_add(&out, german ? label->de : label->en);
    else ent_text_add_bytes(&out, at + 1, (size_t)(close - at - 1));
    at = close + 1;
  }
  kept = out.failed ? NULL : ent_arena_copy(run->arena, out.data, out.length);
  ent_text_clear(&out);
  return kept ? kept : pattern;
}

ent_label ent_run_label(const ent_run *run, ent_label pattern) {
  ent_label label;
  label.en = fill(run, pattern.en, false);
  label.de = fill(run, pattern.de, true);
  return label;
}

ent_label ent_run_cell_label(const ent_run *run, const ent_cell *cell) {
  const ent_model_criterion *c;
  if (cell->kind == ENT_READING) return ent_run_label(run, run->model->readings[cell->indicator].label);
  if (cell->criterion < 0) return run->model->label;
  c = &run->model->criteria[cell->criterion];
  if (cell->dimension < 0) return ent_run_label(run, c->label);
  if (cell->indicator < 0) return ent_run_label(run, c->dimensions[cell->dimension].label);
  return ent_run_label(run, c->dimensions[cell->dimension].indicators[cell->indicator].label);
}

ent_label ent_run_giver_label(const ent_run *run, const ent_assessed_alliance *alliance, const ent_cell *cell) {
  ent_label label = ent_run_cell_label(run, cell), named;
  const ent_actor *giver = cell->from < 0 ? NULL : alliance->members[cell->from];
  if (!giver) return label;
  named.en = ent_arena_print(run->arena, "%s (%s)", label.en, giver->label.en);
  named.de = ent_arena_print(run->arena, "%s (%s)", label.de, giver->label.de);
  return named.en && named.de ? named : label;
}
