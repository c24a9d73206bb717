/* sensitivity_sources.c - which rows of evidence rest on which source, for groups and for leaving one out. A source
 * that is confidential is none of them: its citations do not say which it is. */
#include <stdlib.h>
#include <string.h>

#include "study/sensitive.h"

typedef struct pair { /* a row cites a source */
  const char *source;
  ent_key row;
  bool only; /* and nothing else */
} pair;

typedef struct collector {
  ent_sensitive *s;
  size_t count, room;
  pair *pairs;
} collector;

bool ent_sensitive_has(const ent_key *keys, size_t count, ent_key key) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low < count && keys[low] == key;
}

static void add_pair(collector *c, const char *source, ent_key row, bool only) {
  if (c->count == c->room) {
    pair *grown = ent_sensitive_take(c->s, c->room ? 2 * c->room : 1024, sizeof *grown);
    if (!grown) return;
    if (c->count) memcpy(grown, c->pairs, c->count * sizeof *grown);
    c->pairs = grown;
    c->room = c->room ? 2 * c->room : 1024;
  }
  c->pairs[c->count++] = (pair){source, row, only};
}

static void read_row(collector *c, ent_key key) {
  ent_sensitive *s = c->s;
  const ent_catalog_citation *cites;
  ent_catalog_row row;
  size_t i, count;
  bool only = true;
  if (s->status || (s->status = ent_catalog_key(s->run.study->catalog, key, &row))) return;
  if ((s->status = ent_catalog_citations(s->run.study->catalog, &row, &cites, &count))) return;
  for (i = 0; i < count; i++) only = only && !cites[i].withheld && strcmp(cites[i].source, cites[0].source) == 0;
  for (i = 0; i < count; i++)
    if (!cites[i].withheld && *cites[i].source) add_pair(c, cites[i].source, key, only);
}

static int by_source(const void *left, const void *right) {
  const pair *a = left, *b = right;
  int order = strcmp(a->source, b->source);
  return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* The pairs of one source, each row once. */
static void fill_source(ent_sensitive *s, const pair *pairs, size_t count, ent_cited_source *out) {
  const ent_catalog_work *work;
  size_t i;
  *out = (ent_cited_source){.id = pairs[0].source};
  out->rows = ent_sensitive_take(s, count, sizeof *out->rows);
  out->only = ent_sensitive_take(s, count, sizeof *out->only);
  if (s->status || (s->status = ent_catalog_source(s->run.study->catalog, out->id, &work))) return;
  out->line = work->line;
  for (i = 0; i < count; i++) {
    if (i && pairs[i].row == pairs[i - 1].row) continue;
    out->rows[out->row_count++] = pairs[i].row;
    if (pairs[i].only) out->only[out->only_count++] = pairs[i].row;
  }
}

static void fill_sources(collector *c) {
  ent_sensitive *s = c->s;
  size_t i, end;
  if (c->count) qsort(c->pairs, c->count, sizeof *c->pairs, by_source);
  s->sources = ent_sensitive_take(s, c->count, sizeof *s->sources);
  for (i = 0; i < c->count && !s->status; i = end) {
    for (end = i; end < c->count && strcmp(c->pairs[end].source, c->pairs[i].source) == 0;) end++;
    fill_source(s, c->pairs + i, end - i, &s->sources[s->source_count++]);
  }
}

static int by_key(const void *left, const void *right) {
  ent_key a = *(const ent_key *)left, b = *(const ent_key *)right;
  return (a > b) - (a < b);
}

/* Rows that indicators with a score rest on. */
static void list_used(ent_sensitive *s) {
  const ent_assessment *of = s->run.assessment;
  size_t a, c, i, room = 0, kept = 0;
  for (a = 0; a < of->alliance_count; a++)
    for (c = 0; c < of->alliances[a].cell_count; c++) room += of->alliances[a].cells[c].input_count;
  if (!(s->used = ent_sensitive_take(s, room, sizeof *s->used))) return;
  for (a = 0; a < of->alliance_count; a++)
    for (c = 0; c < of->alliances[a].cell_count; c++) {
      const ent_cell *cell = &of->alliances[a].cells[c];
      if (cell->kind != ENT_SCORE) continue;
      for (i = 0; i < cell->input_count; i++) s->used[s->used_count++] = cell->inputs[i];
    }
  qsort(s->used, s->used_count, sizeof *s->used, by_key);
  for (i = 0; i < s->used_count; i++)
    if (!kept || s->used[kept - 1] != s->used[i]) s->used[kept++] = s->used[i];
  s->used_count = kept;
}

void ent_sensitive_read_sources(ent_sensitive *s) {
  const ent_evidence *e = s->run.study->evidence;
  collector c = {.s = s};
  size_t i;
  for (i = 0; i < e->observations_count; i++) read_row(&c, e->observations[i].key);
  for (i = 0; i < e->views_count; i++) read_row(&c, e->views[i].key);
  for (i = 0; i < e->codings_count; i++) read_row(&c, e->codings[i].key);
  for (i = 0; i < e->institutions_count; i++) read_row(&c, e->institutions[i].key);
  for (i = 0; i < e->provisions_count; i++) read_row(&c, e->provisions[i].key);
  if (!s->status) fill_sources(&c);
  if (!s->status) list_used(s);
}
