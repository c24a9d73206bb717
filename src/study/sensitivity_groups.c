/* sensitivity_groups.c - which columns change together: those of each input, and those of groups. A group by part, and
 * together all parts, are each other's complement; groups by criterion, source and coder may overlap, where a figure
 * feeds two criteria or a row cites two sources. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "study/sensitive.h"

enum { PARTS = 6 };

typedef struct marker {
  ent_sensitive *s;
  bool *columns; /* of the group that is being made */
  size_t input_count, last_input;
} marker;

static void mark(marker *m, size_t input, size_t column) {
  if (m->columns[column]) return;
  m->columns[column] = true;
  if (m->last_input == input + 1) return; /* inputs come one after the other */
  m->last_input = input + 1;
  m->input_count++;
}

static void mark_choice(marker *m, size_t input) {
  if (m->s->factors.of[input].choice != SIZE_MAX) mark(m, input, m->s->factors.of[input].choice);
}

static void mark_range(marker *m, size_t input) { mark(m, input, m->s->factors.of[input].range); }

static void mark_all(marker *m, size_t input) {
  mark_choice(m, input);
  mark_range(m, input);
}

/* Makes a set of what is marked, and clears the marks. False where nothing is. */
static bool take_set(marker *m) {
  ent_sensitive *s = m->s;
  size_t c, count = 0, *columns;
  for (c = 0; c < s->factors.column_count; c++) count += m->columns[c];
  if (!count || !(columns = ent_sensitive_take(s, count, sizeof *columns))) return false;
  s->sets[s->set_count++] = (ent_factor_set){count, columns};
  for (c = 0; c < s->factors.column_count; c++) {
    if (m->columns[c]) *columns++ = c;
    m->columns[c] = false;
  }
  return true;
}

static void take_group(marker *m, ent_group_answer group) {
  ent_sensitive *s = m->s;
  if (!s->status && take_set(m)) {
    group.input_count = m->input_count;
    group.of = ent_sensitive_take(s, s->answer->output_count, sizeof *group.of);
    s->answer->groups[s->answer->group_count++] = group;
  }
  m->input_count = m->last_input = 0;
}

/* ---- kinds of groups ---- */

static void add_parts(marker *m) {
  static const char *const ids[PARTS] = {"figures", "codes", "sources", "coders", "weights", "methods"};
  size_t p, i;
  for (p = 0; p < PARTS; p++) {
    for (i = 0; i < m->s->answer->input_count; i++) {
      size_t input = m->s->listed[i];
      const ent_assess_input *in = &m->s->factors.inputs[input];
      if (in->kind == ENT_INPUT_WEIGHT) {
        if (p == 4) mark_range(m, input);
      } else if (in->kind == ENT_INPUT_METHOD) {
        if (p == 5) mark_range(m, input);
      } else if (p < 2) {
        if ((p == 1) == (in->aspect != NULL)) mark_range(m, input);
      } else if (p < 4 && (p == 3) == (in->aspect != NULL)) {
        mark_choice(m, input);
      }
    }
    take_group(m, (ent_group_answer){.kind = "part", .id = ids[p]});
  }
}

static bool feeds(const ent_assess_input *in, int criterion) {
  size_t p;
  if (in->kind == ENT_INPUT_WEIGHT) return in->criterion == criterion;
  for (p = 0; p < in->place_count; p++)
    if (in->places[p].criterion == criterion) return true;
  return false;
}

static void add_criteria(marker *m) {
  ent_sensitive *s = m->s;
  size_t c, i;
  for (c = 0; c < s->run.model->criterion_count; c++) {
    char *key;
    for (i = 0; i < s->answer->input_count; i++) {
      if (!feeds(&s->factors.inputs[s->listed[i]], (int)c)) continue;
      mark_all(m, s->listed[i]);
    }
    key = ent_run_key_of(&s->run, &s->run.assessment->alliances[0], ENT_OF_ALLIANCE, -1, -1, (int)c, -1, -1);
    if (!key) s->status = ent_fail_memory(s->run.study->context);
    take_group(m, (ent_group_answer){.kind = "criterion",
                                     .id = s->run.model->criteria[c].id,
                                     .key = key,
                                     .label = ent_run_label(&s->run, s->run.model->criteria[c].label)});
  }
}

static bool rests_on(const ent_cited_source *source, const ent_assess_input *in) {
  size_t k;
  if (in->item && ent_sensitive_has(source->rows, source->row_count, in->item)) return true;
  for (k = 0; k < in->evidence_count; k++)
    if (ent_sensitive_has(source->rows, source->row_count, in->evidence[k])) return true;
  return false;
}

static void add_sources(marker *m) {
  ent_sensitive *s = m->s;
  size_t k, i;
  for (k = 0; k < s->source_count && !s->status; k++) {
    const ent_cited_source *source = &s->sources[k];
    char *key = ent_arena_print(s->run.arena, "sources:%s", source->id);
    if (!key) s->status = ent_fail_memory(s->run.study->context);
    for (i = 0; i < s->answer->input_count; i++) {
      if (!rests_on(source, &s->factors.inputs[s->listed[i]])) continue;
      mark_all(m, s->listed[i]);
    }
    take_group(
        m, (ent_group_answer){.kind = "source", .id = source->id, .key = key, .label = ent_label_both(source->line)});
  }
}

static int by_key(const void *left, const void *right) {
  const ent_coding *const *a = left, *const *b = right;
  return ((*a)->key > (*b)->key) - ((*a)->key < (*b)->key);
}

static const ent_coding **codings_by_key(ent_sensitive *s) {
  const ent_evidence *e = s->run.study->evidence;
  const ent_coding **list = ent_sensitive_take(s, e->codings_count, sizeof *list);
  size_t i;
  for (i = 0; list && i < e->codings_count; i++) list[i] = &e->codings[i];
  if (list && e->codings_count) qsort(list, e->codings_count, sizeof *list, by_key);
  return list;
}

static ent_key coder_of(const ent_coding *const *list, size_t count, ent_key coding) {
  const ent_coding wanted = {.key = coding}, *at = &wanted;
  const ent_coding *const *found = bsearch(&at, list, count, sizeof *list, by_key);
  return found ? (*found)->coder : 0;
}

/* All that a coder gave a value for; what coders disagree about is a part. */
static void add_coder(marker *m, const ent_coding *const *codings, ent_key coder) {
  ent_sensitive *s = m->s;
  size_t i, k;
  for (i = 0; i < s->answer->input_count; i++) {
    const ent_assess_input *in = &s->factors.inputs[s->listed[i]];
    for (k = 0; in->aspect && k < in->evidence_count; k++)
      if (coder_of(codings, s->run.study->evidence->codings_count, in->evidence[k]) == coder) mark_all(m, s->listed[i]);
  }
}

static void add_coders(marker *m) {
  ent_sensitive *s = m->s;
  const ent_coding **codings = codings_by_key(s);
  const ent_table *coders;
  size_t i;
  if (s->status || (s->status = ent_catalog_table(s->run.study->catalog, "coders", &coders))) return;
  for (i = 0; i < coders->rows && !s->status; i++) {
    const char *id = ent_table_cell(coders, i, ent_table_column(coders, "id"));
    char *key = ent_arena_print(s->run.arena, "coders:%s", id);
    if (!key) {
      s->status = ent_fail_memory(s->run.study->context);
      return;
    }
    add_coder(m, codings, ent_key_of(key, NULL));
    take_group(m, (ent_group_answer){.kind = "coder",
                                     .id = id,
                                     .key = key,
                                     .label = {ent_table_cell(coders, i, ent_table_column(coders, "label_en")),
                                               ent_table_cell(coders, i, ent_table_column(coders, "label_de"))}});
  }
}

void ent_sensitive_make_sets(ent_sensitive *s) {
  const ent_table *coders = NULL;
  marker m = {.s = s};
  size_t i, room;
  if ((s->status = ent_catalog_table(s->run.study->catalog, "coders", &coders))) return;
  room = PARTS + s->run.model->criterion_count + s->source_count + coders->rows;
  s->sets = ent_sensitive_take(s, s->answer->input_count + room, sizeof *s->sets);
  s->answer->groups = ent_sensitive_take(s, room, sizeof *s->answer->groups);
  m.columns = ent_sensitive_take(s, s->factors.column_count, sizeof *m.columns);
  for (i = 0; i < s->answer->input_count && !s->status; i++) {
    mark_all(&m, s->listed[i]);
    take_set(&m);
  }
  m.input_count = m.last_input = 0;
  if (s->status) return;
  add_parts(&m);
  add_criteria(&m);
  add_sources(&m);
  add_coders(&m);
}
