/* sensitivity_omissions.c - what is left out one by one, and what the scores are then: indicators, dimensions and
 * criteria; sources, with all rows that cite nothing else; coders, with all that they coded. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "study/sensitive.h"

typedef struct list {
  ent_sensitive *s;
  size_t count, room;
  ent_omission *omissions;
  ent_omission_answer *answers;
} list;

static void add(list *l, ent_omission omission, ent_omission_answer answer) {
  if (l->s->status || l->count == l->room) return;
  answer.of = ent_sensitive_take(l->s, l->s->answer->output_count, sizeof *answer.of);
  l->omissions[l->count] = omission;
  l->answers[l->count++] = answer;
}

/* ---- what is left out ---- */

/* The first alliance that has evidence for it. */
static const ent_cell *cell_with(const ent_sensitive *s, int c, int d, int i, const ent_assessed_alliance **of) {
  size_t a;
  for (a = 0; a < s->run.assessment->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &s->run.assessment->alliances[a];
    const ent_cell *cell = ent_assess_find(alliance, ENT_SCORE, ENT_OF_ALLIANCE, -1, -1, c, d, i);
    if (!cell || !(cell->coverage > 0)) continue;
    *of = alliance;
    return cell;
  }
  return NULL;
}

static void add_node(list *l, int c, int d, int i, const char *kind, const char *id) {
  ent_sensitive *s = l->s;
  const ent_assessed_alliance *of = NULL;
  const ent_cell *cell = cell_with(s, c, d, i, &of);
  ent_left_out *left_out = cell ? ent_sensitive_take(s, 1, sizeof *left_out) : NULL;
  char *key = left_out ? ent_run_key(&s->run, of, cell) : NULL;
  if (!cell || s->status) return;
  if (!key) s->status = ent_fail_memory(s->run.study->context);
  *left_out = (ent_left_out){c, d, i};
  add(l, (ent_omission){.left_out = left_out},
      (ent_omission_answer){.kind = kind, .id = id, .key = key, .label = ent_run_cell_label(&s->run, cell)});
}

static void add_nodes(list *l) {
  const ent_model *model = l->s->run.model;
  size_t c, d, i;
  for (c = 0; c < model->criterion_count; c++) {
    add_node(l, (int)c, -1, -1, "criterion", model->criteria[c].id);
    for (d = 0; d < model->criteria[c].dimension_count; d++) {
      const ent_model_dimension *dimension = &model->criteria[c].dimensions[d];
      add_node(l, (int)c, (int)d, -1, "dimension", dimension->id);
      for (i = 0; i < dimension->indicator_count; i++)
        add_node(l, (int)c, (int)d, (int)i, "indicator", dimension->indicators[i].id);
    }
  }
}

static bool is_used(const ent_sensitive *s, const ent_key *keys, size_t count) {
  size_t i;
  for (i = 0; i < count; i++)
    if (ent_sensitive_has(s->used, s->used_count, keys[i])) return true;
  return false;
}

static void add_sources(list *l) {
  ent_sensitive *s = l->s;
  size_t k;
  for (k = 0; k < s->source_count && !s->status; k++) {
    const ent_cited_source *source = &s->sources[k];
    char *key;
    if (!is_used(s, source->only, source->only_count)) continue;
    if (!(key = ent_arena_print(s->run.arena, "sources:%s", source->id)))
      s->status = ent_fail_memory(s->run.study->context);
    add(l, (ent_omission){.row_count = source->only_count, .rows = source->only},
        (ent_omission_answer){.kind = "source",
                              .id = source->id,
                              .key = key,
                              .label = ent_label_both(source->line),
                              .row_count = source->only_count});
  }
}

static int by_key(const void *left, const void *right) {
  ent_key a = *(const ent_key *)left, b = *(const ent_key *)right;
  return (a > b) - (a < b);
}

static void add_coder(list *l, const char *id, ent_label label) {
  ent_sensitive *s = l->s;
  const ent_evidence *e = s->run.study->evidence;
  ent_key *rows = ent_sensitive_take(s, e->codings_count, sizeof *rows), coder;
  char *key = ent_arena_print(s->run.arena, "coders:%s", id);
  size_t i, count = 0;
  if (!key) s->status = ent_fail_memory(s->run.study->context);
  if (s->status) return;
  coder = ent_key_of(key, NULL);
  for (i = 0; i < e->codings_count; i++)
    if (e->codings[i].coder == coder) rows[count++] = e->codings[i].key;
  if (count) qsort(rows, count, sizeof *rows, by_key);
  if (is_used(s, rows, count))
    add(l, (ent_omission){.row_count = count, .rows = rows},
        (ent_omission_answer){.kind = "coder", .id = id, .key = key, .label = label, .row_count = count});
}

static void add_coders(list *l, const ent_table *coders) {
  size_t i;
  for (i = 0; i < coders->rows && !l->s->status; i++)
    add_coder(l, ent_table_cell(coders, i, ent_table_column(coders, "id")),
              (ent_label){ent_table_cell(coders, i, ent_table_column(coders, "label_en")),
                          ent_table_cell(coders, i, ent_table_column(coders, "label_de"))});
}

static bool make_list(list *l) {
  const ent_model *model = l->s->run.model;
  const ent_table *coders = NULL;
  size_t c, d;
  if ((l->s->status = ent_catalog_table(l->s->run.study->catalog, "coders", &coders))) return false;
  l->room = l->s->source_count + coders->rows;
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0, l->room += 1; d < model->criteria[c].dimension_count; d++)
      l->room += 1 + model->criteria[c].dimensions[d].indicator_count;
  l->omissions = ent_sensitive_take(l->s, l->room, sizeof *l->omissions);
  l->answers = ent_sensitive_take(l->s, l->room, sizeof *l->answers);
  if (!l->s->status) add_nodes(l);
  if (!l->s->status) add_sources(l);
  if (!l->s->status) add_coders(l, coders);
  return !l->s->status;
}

/* ---- what comes of it ---- */

static ent_class_answer class_of(const ent_sensitive *s, const ent_omitted *of) {
  const ent_model_class *class;
  if (isnan(of->median) || isnan(of->coverage) || of->coverage < s->run.model->least_coverage)
    return (ent_class_answer){NULL, {NULL, NULL}};
  class = &s->run.model->classes[ent_assess_class(s->run.model, of->median)];
  return (ent_class_answer){class->id, class->label};
}

/* The alliance with the highest median. */
static const char *ahead_of(const ent_sensitive *s, const ent_omitted *of) {
  size_t a, best = SIZE_MAX, count = s->answer->alliance_count;
  for (a = 0; a < count; a++)
    if (!isnan(of[a].median) && (best == SIZE_MAX || of[a].median > of[best].median)) best = a;
  return count > 1 && best != SIZE_MAX ? s->run.assessment->alliances[best].alliance->id : NULL;
}

static void fill(const ent_sensitive *s, const ent_omitted *base, const ent_omitted *of, ent_omission_answer *out) {
  size_t o;
  for (o = 0; o < s->answer->output_count; o++) {
    ent_omission_output *to = &out->of[o];
    to->score = (ent_figure){of[o].median, of[o].low, of[o].high};
    to->change = (ent_figure){of[o].change, of[o].change_low, of[o].change_high};
    to->coverage = of[o].coverage;
    to->class_of = class_of(s, &of[o]);
    to->class_changes = !ent_text_same(to->class_of.id, class_of(s, &base[o]).id);
    if (o < s->answer->alliance_count) /* a score that is lost moves most */
      out->moves = fmax(out->moves, isnan(of[o].change) ? (isnan(base[o].median) ? 0 : 100) : fabs(of[o].change));
  }
  out->ahead = ahead_of(s, of);
  out->order_changes = !ent_text_same(out->ahead, ahead_of(s, base));
}

static int by_moves(const void *left, const void *right) {
  const ent_omission_answer *a = left, *b = right;
  int order = (a->moves < b->moves) - (a->moves > b->moves);
  if (!order) order = strcmp(a->kind, b->kind);
  return order ? order : strcmp(a->key, b->key);
}

void ent_sensitive_omit(ent_sensitive *s) {
  ent_assess_request request = s->run.request;
  list l = {.s = s};
  ent_omitted *base, *out;
  size_t i, outputs = s->answer->output_count;
  int answer;
  request.draws = s->answer->omission_draws;
  if (!make_list(&l)) return;
  base = ent_sensitive_take(s, outputs, sizeof *base);
  out = ent_sensitive_take(s, l.count * outputs, sizeof *out);
  if (s->status) return;
  answer = ent_sensitivity_omit(s->run.study->evidence, s->run.model, &request, l.omissions, l.count, s->run.arena,
                                base, out);
  if (answer) {
    s->status = ent_run_failed(&s->run);
    return;
  }
  for (i = 0; i < l.count; i++) fill(s, base, out + i * outputs, &l.answers[i]);
  s->answer->ahead = ahead_of(s, base);
  if (l.count) qsort(l.answers, l.count, sizeof *l.answers, by_moves);
  s->answer->omissions = l.answers;
  s->answer->omission_count = l.count;
}
