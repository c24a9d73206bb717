/* keys.c - the addresses of figures: alliance[:member|:from>to][/criterion[/dimension[/indicator]]], or
 * alliance:member/readings/reading. */
#include <string.h>

#include "base/text.h"
#include "study/study.h"

static const char *member_id(const ent_assessed_alliance *a, int member) {
  return member < 0 ? "" : a->members[member]->id;
}

char *ent_run_key_of(const ent_run *run, const ent_assessed_alliance *a, ent_scope scope, int from, int to,
                     int criterion, int dimension, int indicator) {
  const ent_model_criterion *c = criterion < 0 ? NULL : &run->model->criteria[criterion];
  const ent_model_dimension *d = dimension < 0 || !c ? NULL : &c->dimensions[dimension];
  const ent_model_indicator *i = indicator < 0 || !d ? NULL : &d->indicators[indicator];
  return ent_arena_print(run->arena, "%s%s%s%s%s%s%s%s%s%s%s", a->alliance->id, scope == ENT_OF_ALLIANCE ? "" : ":",
                         member_id(a, from), scope == ENT_OF_PAIR ? ">" : "", member_id(a, to), c ? "/" : "",
                         c ? c->id : "", d ? "/" : "", d ? d->id : "", i ? "/" : "", i ? i->id : "");
}

char *ent_run_key(const ent_run *run, const ent_assessed_alliance *a, const ent_cell *cell) {
  if (cell->kind == ENT_READING)
    return ent_arena_print(run->arena, "%s:%s/readings/%s", a->alliance->id, member_id(a, cell->from),
                           run->model->readings[cell->indicator].id);
  /* between two members, what one gives is what it gives the other: its effect stands under the pair */
  if (cell->kind == ENT_EFFECT && cell->scope == ENT_OF_MEMBER && a->member_count == 2)
    return ent_run_key_of(run, a, ENT_OF_PAIR, cell->from, 1 - cell->from, cell->criterion, cell->dimension,
                          cell->indicator);
  return ent_run_key_of(run, a, cell->scope, cell->from, cell->to, cell->criterion, cell->dimension, cell->indicator);
}

const ent_cell *ent_run_find(const ent_run *run, const char *key, ent_figure_kind wanted,
                             const ent_assessed_alliance **alliance) {
  size_t a, c;
  for (a = 0; a < run->assessment->alliance_count; a++) {
    const ent_assessed_alliance *assessed = &run->assessment->alliances[a];
    size_t length = strlen(assessed->alliance->id);
    if (strncmp(key, assessed->alliance->id, length) != 0) continue;
    for (c = 0; c < assessed->cell_count; c++) {
      const ent_cell *cell = &assessed->cells[c];
      if ((cell->kind == ENT_EFFECT) != (wanted == ENT_EFFECT)) continue;
      if (!ent_text_same(ent_run_key(run, assessed, cell), key)) continue;
      *alliance = assessed;
      return cell;
    }
  }
  return NULL;
}
