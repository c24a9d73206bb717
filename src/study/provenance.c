/* provenance.c - from the keys that a figure rests on to rows, citations and their places. */
#include <string.h>

#include "base/text.h"
#include "study/study.h"

ent_citation_answer ent_citation_answer_of(const ent_catalog_citation *c) {
  ent_citation_answer answer = {.id = c->id,
                                .anchor = c->anchor,
                                .footnote = c->footnote,
                                .page = c->page,
                                .place = *c->cell ? c->cell : c->section,
                                .locator = c->locator,
                                .source = c->line,
                                .role = c->role,
                                .url = c->url,
                                .handling = c->handling,
                                .withheld = c->withheld,
                                .stance = c->stance,
                                .licence = c->licence};
  return answer;
}

static bool is_there(const ent_citation_answer *list, size_t count, const char *id) {
  size_t i;
  for (i = 0; i < count; i++)
    if (*id && strcmp(list[i].id, id) == 0) return true;
  return false;
}

typedef struct collected {
  ent_citation_answer *list;
  size_t count, room;
} collected;

static ent_status collect(const ent_run *run, const ent_catalog_row *row, collected *c) {
  const ent_catalog_citation *cites;
  size_t i, count;
  ent_status status = ent_catalog_citations(run->study->catalog, row, &cites, &count);
  for (i = 0; i < count && !status; i++) {
    if (is_there(c->list, c->count, cites[i].id)) continue;
    if (c->count == c->room) {
      ent_citation_answer *grown = ent_arena_take(run->arena, c->room ? 2 * c->room : 8, sizeof *grown);
      if (!grown) return ent_fail_memory(run->study->context);
      if (c->count) memcpy(grown, c->list, c->count * sizeof *grown);
      c->list = grown;
      c->room = c->room ? 2 * c->room : 8;
    }
    c->list[c->count++] = ent_citation_answer_of(&cites[i]);
  }
  return status;
}

/* Evidence first, then what the codings of it cite; each citation once. */
ent_status ent_run_citations(const ent_run *run, const ent_cell *cell, ent_citation_answer **out, size_t *count) {
  collected c = {NULL, 0, 0};
  size_t i, pass;
  for (pass = 0; pass < 2; pass++)
    for (i = 0; i < cell->input_count; i++) {
      ent_catalog_row row;
      ent_status status = ent_catalog_key(run->study->catalog, cell->inputs[i], &row);
      if (!status && (strcmp(row.table, "codings") == 0) == (pass == 1)) status = collect(run, &row, &c);
      if (status) return status;
    }
  *out = c.list;
  *count = c.count;
  return ENT_OK;
}
