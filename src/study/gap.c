/* gap.c - the operation gap: what partners can expect of each other, and how that is out of balance.
 *
 * All comes from the directed figures of an assessment. Differences are taken draw by draw, so that what both sides
 * share is drawn once and a difference has an interval of its own. Over time, all dates are assessed on the evidence
 * that they have in common. Nothing is weighed here that the model does not weigh. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/text.h"
#include "study/study.h"

enum { MOST_DATES = 8 }; /* of a course: each is an assessment of its own in memory */

typedef struct builder {
  ent_study *study;
  ent_arena *arena;
  ent_gap_answer *out;
  ent_run run;
  const char *alliance; /* only this one, or NULL */
  float *draws;         /* scratch: of a difference */
  ent_status status;
} builder;

/* Two members of an alliance by their places in it. */
typedef struct couple {
  const ent_assessed_alliance *alliance;
  int ally, other;
} couple;

static void *take(builder *b, size_t count, size_t size) {
  void *memory = b->status ? NULL : ent_arena_take(b->arena, count, size);
  if (!memory && !b->status) b->status = ent_fail_memory(b->study->context);
  return memory;
}

/* a minus b; NaN where one of them is missing. */
static ent_figure difference_of(const builder *b, const float *first, const float *second) {
  ent_figure figure = {NAN, NAN, NAN};
  uint32_t d, draws = b->run.request.draws;
  if (!first || !second) return figure;
  for (d = 0; d < draws; d++) b->draws[d] = first[d] - second[d];
  ent_assess_summary(b->draws, draws, b->run.scratch, &figure.median, &figure.low, &figure.high);
  return figure;
}

static const char *key_of(builder *b, const ent_run *run, const ent_assessed_alliance *alliance, const ent_cell *cell) {
  const char *key = cell ? ent_run_key(run, alliance, cell) : NULL;
  if (cell && !key && !b->status) b->status = ent_fail_memory(b->study->context);
  return key;
}

static const ent_cell *pair_cell(const ent_assessed_alliance *alliance, int from, int to, int c, int d, int i) {
  return ent_assess_find(alliance, ENT_SCORE, ENT_OF_PAIR, from, to, c, d, i);
}

/* ---- what is expected and given ---- */

/* Fills a node from the figures of both directions at one address; false where neither has it. */
static bool fill_node(builder *b, couple p, int c, int d, int i, ent_gap_node *out) {
  const ent_cell *expects = pair_cell(p.alliance, p.other, p.ally, c, d, i),
                 *gives = pair_cell(p.alliance, p.ally, p.other, c, d, i);
  const ent_model_criterion *criterion = c < 0 ? NULL : &b->run.model->criteria[c];
  if (!expects && !gives) return false;
  out->id = !criterion ? p.alliance->alliance->id
            : d < 0    ? criterion->id
            : i < 0    ? criterion->dimensions[d].id
                       : criterion->dimensions[d].indicators[i].id;
  out->label = ent_run_cell_label(&b->run, expects ? expects : gives);
  out->key_expects = key_of(b, &b->run, p.alliance, expects);
  out->key_gives = key_of(b, &b->run, p.alliance, gives);
  out->expects = ent_run_summary(&b->run, expects ? expects->draws : NULL);
  out->gives = ent_run_summary(&b->run, gives ? gives->draws : NULL);
  out->difference = difference_of(b, expects ? expects->draws : NULL, gives ? gives->draws : NULL);
  out->missing_expects = expects ? expects->missing : "missing.not_applicable";
  out->missing_gives = gives ? gives->missing : "missing.not_applicable";
  return true;
}

static void fill_criterion(builder *b, couple p, int c, ent_gap_node *out) {
  const ent_model_criterion *criterion = &b->run.model->criteria[c];
  size_t d, i;
  out->children = take(b, criterion->dimension_count, sizeof *out->children);
  for (d = 0; d < criterion->dimension_count && !b->status; d++) {
    const ent_model_dimension *dimension = &criterion->dimensions[d];
    ent_gap_node *child = &out->children[out->child_count];
    if (!fill_node(b, p, c, (int)d, -1, child)) continue;
    out->child_count++;
    child->children = take(b, dimension->indicator_count, sizeof *child->children);
    for (i = 0; i < dimension->indicator_count && !b->status; i++)
      if (fill_node(b, p, c, (int)d, (int)i, &child->children[child->child_count])) child->child_count++;
  }
}

static void fill_pair(builder *b, couple p, ent_gap_pair *out) {
  const ent_cell *expects = pair_cell(p.alliance, p.other, p.ally, -1, -1, -1),
                 *gives = pair_cell(p.alliance, p.ally, p.other, -1, -1, -1);
  size_t c, count = b->run.model->criterion_count;
  out->alliance = p.alliance->alliance->id;
  out->alliance_label = p.alliance->alliance->label;
  out->ally = p.alliance->members[p.ally]->id;
  out->ally_label = p.alliance->members[p.ally]->label;
  out->other = p.alliance->members[p.other]->id;
  out->other_label = p.alliance->members[p.other]->label;
  out->coverage_expects = expects ? expects->coverage : 0;
  out->coverage_gives = gives ? gives->coverage : 0;
  if (!fill_node(b, p, -1, -1, -1, &out->whole)) return;
  out->whole.children = take(b, count, sizeof *out->whole.children);
  for (c = 0; c < count && !b->status; c++) {
    ent_gap_node *child = &out->whole.children[out->whole.child_count];
    if (!fill_node(b, p, (int)c, -1, -1, child)) continue;
    out->whole.child_count++;
    fill_criterion(b, p, (int)c, child);
  }
}

static bool is_guarantor(const ent_assessed_alliance *alliance, int member) {
  return strcmp(alliance->roles[member], "guarantor") == 0;
}

/* The couple of two members: the ally is the one that is no guarantor, else the later in their order. */
static couple couple_of(const ent_assessed_alliance *alliance, int first, int second) {
  bool turned = is_guarantor(alliance, second) && !is_guarantor(alliance, first);
  return (couple){alliance, turned ? first : second, turned ? second : first};
}

static bool is_asked(const builder *b, const ent_assessed_alliance *alliance) {
  return !b->alliance || strcmp(alliance->alliance->id, b->alliance) == 0;
}

/* All couples of the alliances that were asked for. */
static couple *list_couples(builder *b, const ent_assessment *assessment, size_t *count) {
  size_t a, room = 0;
  couple *list;
  *count = 0;
  for (a = 0; a < assessment->alliance_count; a++)
    room += assessment->alliances[a].member_count * assessment->alliances[a].member_count;
  if (!(list = take(b, room, sizeof *list))) return NULL;
  for (a = 0; a < assessment->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &assessment->alliances[a];
    int first, second;
    if (!is_asked(b, alliance)) continue;
    for (first = 0; first < (int)alliance->member_count; first++)
      for (second = first + 1; second < (int)alliance->member_count; second++)
        list[(*count)++] = couple_of(alliance, first, second);
  }
  return list;
}

static void fill_pairs(builder *b) {
  size_t i, count;
  couple *list = list_couples(b, b->run.assessment, &count);
  b->out->pairs = take(b, count, sizeof *b->out->pairs);
  for (i = 0; i < count && !b->status; i++) fill_pair(b, list[i], &b->out->pairs[b->out->pair_count++]);
}

/* ---- how allies stand in a capital ---- */

/* A capital's directed view of an ally. */
typedef struct view {
  const ent_assessed_alliance *alliance;
  int capital, ally;
} view;

/* What the capital thinks: its positions and the support in it, not what the alliance has. */
static bool is_view(ent_source_kind kind) { return kind == ENT_FROM_STANCE || kind == ENT_FROM_SUPPORT; }

/* The figure of an indicator in a view: of the pair or, on level alliance, where it is of the capital's role alone. */
static const ent_cell *view_cell(const builder *b, view v, int c, int d, int i) {
  const ent_model_criterion *criterion = &b->run.model->criteria[c];
  const char *giver = criterion->dimensions[d].indicators[i].giver;
  if (criterion->of_members) return pair_cell(v.alliance, v.capital, v.ally, c, d, i);
  if (!giver || strcmp(giver, v.alliance->roles[v.capital]) != 0) return NULL;
  return ent_assess_find(v.alliance, ENT_SCORE, ENT_OF_ALLIANCE, -1, -1, c, d, i);
}

static void fill_row(builder *b, view x, view y, const ent_cell *a, const ent_cell *other, ent_standing_row *out) {
  out->label = ent_run_cell_label(&b->run, a ? a : other);
  out->key_a = key_of(b, &b->run, x.alliance, a);
  out->key_b = key_of(b, &b->run, y.alliance, other);
  out->a = ent_run_summary(&b->run, a ? a->draws : NULL);
  out->b = ent_run_summary(&b->run, other ? other->draws : NULL);
  out->difference = difference_of(b, a ? a->draws : NULL, other ? other->draws : NULL);
  out->missing_a = a ? a->missing : "missing.not_applicable";
  out->missing_b = other ? other->missing : "missing.not_applicable";
}

static void fill_views(builder *b, view x, view y, ent_standing *out) {
  const ent_model *model = b->run.model;
  size_t c, d, i, room = 0;
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++) room += model->criteria[c].dimensions[d].indicator_count;
  out->rows = take(b, room, sizeof *out->rows);
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++)
      for (i = 0; i < model->criteria[c].dimensions[d].indicator_count && !b->status; i++) {
        const ent_model_indicator *indicator = &model->criteria[c].dimensions[d].indicators[i];
        const ent_cell *a, *other;
        ent_standing_row *row = &out->rows[out->count];
        if (!is_view(indicator->source.kind)) continue;
        a = view_cell(b, x, (int)c, (int)d, (int)i);
        other = view_cell(b, y, (int)c, (int)d, (int)i);
        if ((!a && !other) || a == other) continue; /* one view of the alliance as a whole tells none apart */
        out->count++;
        row->id = indicator->id;
        fill_row(b, x, y, a, other, row);
        if (!b->status && a) b->status = ent_run_citations(&b->run, a, &row->citations_a, &row->count_a);
        if (!b->status && other) b->status = ent_run_citations(&b->run, other, &row->citations_b, &row->count_b);
      }
}

static void fill_standing(builder *b, view x, view y, ent_standing *out) {
  const ent_actor *capital = x.alliance->members[x.capital], *first = x.alliance->members[x.ally],
                  *second = y.alliance->members[y.ally];
  out->capital = capital->id;
  out->capital_label = capital->label;
  out->a = first->id;
  out->a_label = first->label;
  out->alliance_a = x.alliance->alliance->id;
  out->b = second->id;
  out->b_label = second->label;
  out->alliance_b = y.alliance->alliance->id;
  fill_row(b, x, y, pair_cell(x.alliance, x.capital, x.ally, -1, -1, -1),
           pair_cell(y.alliance, y.capital, y.ally, -1, -1, -1), &out->whole);
  out->whole.id = "all";
  fill_views(b, x, y, out);
}

static bool has_guarantor(const ent_assessed_alliance *alliance) {
  size_t m;
  for (m = 0; m < alliance->member_count; m++)
    if (is_guarantor(alliance, (int)m)) return true;
  return false;
}

/* What capitals see of their allies: that of the guarantor or, where there is none, of each member. */
static view *list_views(builder *b, size_t *count) {
  const ent_assessment *assessment = b->run.assessment;
  size_t a, room = 0;
  view *list;
  *count = 0;
  for (a = 0; a < assessment->alliance_count; a++)
    room += assessment->alliances[a].member_count * assessment->alliances[a].member_count;
  if (!(list = take(b, room, sizeof *list))) return NULL;
  for (a = 0; a < assessment->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &assessment->alliances[a];
    bool guaranteed = has_guarantor(alliance);
    int capital, ally;
    for (capital = 0; capital < (int)alliance->member_count; capital++)
      for (ally = 0; ally < (int)alliance->member_count; ally++)
        if (ally != capital && (!guaranteed || (is_guarantor(alliance, capital) && !is_guarantor(alliance, ally))))
          list[(*count)++] = (view){alliance, capital, ally};
  }
  return list;
}

static void fill_standings(builder *b) {
  size_t i, k, count;
  view *list = list_views(b, &count);
  b->out->standings = take(b, count ? count * (count - 1) / 2 : 0, sizeof *b->out->standings);
  for (i = 0; i < count; i++)
    for (k = i + 1; k < count && !b->status; k++) {
      view x = list[i], y = list[k];
      if (x.alliance->members[x.capital] != y.alliance->members[y.capital]) continue;
      if (x.alliance->members[x.ally] == y.alliance->members[y.ally]) continue; /* one ally in two alliances */
      if (!is_asked(b, x.alliance) && !is_asked(b, y.alliance)) continue;
      fill_standing(b, x, y, &b->out->standings[b->out->standing_count++]);
    }
}

/* ---- over time ---- */

static int by_day(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Dates as they are given, one or several with commas in each text; each day once, rising. */
static ent_status read_dates(builder *b, const ent_gap_options *options, int32_t *days, size_t *count) {
  size_t i, k, kept = 0;
  *count = 0;
  for (i = 0; i < options->at_count; i++) {
    const char *word = options->at[i];
    while (word) {
      size_t length = strcspn(word, ",");
      char *text = ent_arena_copy(b->arena, word, length);
      ent_span span = {0, 0};
      ent_status status = text ? ent_study_date(b->study, "--at", text, &span) : ent_fail_memory(b->study->context);
      if (status) return status;
      if (*count == MOST_DATES)
        return ent_fail(b->study->context, ENT_USAGE, "--at", "give 2 to 8 dates", "there are more than %d dates",
                        MOST_DATES);
      days[(*count)++] = span.last;
      word = word[length] ? word + length + 1 : NULL;
    }
  }
  qsort(days, *count, sizeof *days, by_day);
  for (k = 0; k < *count; k++)
    if (!kept || days[k] != days[kept - 1]) days[kept++] = days[k];
  *count = kept;
  if (kept == 1)
    return ent_fail(b->study->context, ENT_USAGE, "--at", "give 2 to 8 dates, as in --at 2019-06,2021-05",
                    "one date makes no course");
  return ENT_OK;
}

/* The couple of a run that stands for a couple of another; false where the alliance or a member is not there. */
static bool find_couple(const ent_assessment *in, couple p, couple *out) {
  size_t a;
  for (a = 0; a < in->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &in->alliances[a];
    int m;
    if (alliance->alliance != p.alliance->alliance) continue;
    *out = (couple){alliance, -1, -1};
    for (m = 0; m < (int)alliance->member_count; m++) {
      if (alliance->members[m] == p.alliance->members[p.ally]) out->ally = m;
      if (alliance->members[m] == p.alliance->members[p.other]) out->other = m;
    }
    return out->ally >= 0 && out->other >= 0;
  }
  return false;
}

static void fill_moment(const builder *b, const ent_run *run, couple p, ent_gap_moment *out) {
  const ent_cell *expects = pair_cell(p.alliance, p.other, p.ally, -1, -1, -1),
                 *gives = pair_cell(p.alliance, p.ally, p.other, -1, -1, -1);
  out->stands = true;
  if (!expects || !gives) return;
  out->expects = ent_run_summary(run, expects->draws);
  out->gives = ent_run_summary(run, gives->draws);
  out->difference = difference_of(b, expects->draws, gives->draws);
  out->coverage_expects = expects->coverage;
  out->coverage_gives = gives->coverage;
}

/* Where an indicator is missing, and why; nothing where all dates have it. */
static bool fill_missing(builder *b, const ent_run *runs, couple p, int from, int to, int c, int d, int i,
                         ent_gap_missing *out) {
  size_t k, dates = b->out->date_count;
  out->count = 0;
  out->days = take(b, dates, sizeof *out->days);
  out->reasons = take(b, dates, sizeof *out->reasons);
  for (k = 0; k < dates && !b->status; k++) {
    couple here;
    const ent_cell *cell;
    if (!find_couple(runs[k].assessment, p, &here)) continue;
    cell = pair_cell(here.alliance, from == p.ally ? here.ally : here.other, to == p.ally ? here.ally : here.other, c,
                     d, i);
    if (cell && !out->key) {
      out->key = key_of(b, &runs[k], here.alliance, cell);
      out->label = ent_run_giver_label(&runs[k], here.alliance, cell);
    }
    if (!cell || !cell->missing || strcmp(cell->missing, "missing.not_common") == 0) continue;
    out->days[out->count] = b->out->dates[k];
    out->reasons[out->count++] = cell->missing;
  }
  return out->count > 0;
}

static void fill_all_missing(builder *b, const ent_run *runs, couple p, ent_gap_course *out) {
  const ent_model *model = b->run.model;
  size_t c, d, i, turn, room = 0;
  for (c = 0; c < model->criterion_count; c++)
    for (d = 0; d < model->criteria[c].dimension_count; d++) room += model->criteria[c].dimensions[d].indicator_count;
  out->missing = take(b, 2 * room, sizeof *out->missing);
  for (turn = 0; turn < 2; turn++)
    for (c = 0; c < model->criterion_count; c++)
      for (d = 0; d < model->criteria[c].dimension_count; d++)
        for (i = 0; i < model->criteria[c].dimensions[d].indicator_count && !b->status; i++) {
          ent_gap_missing entry = {NULL, {NULL, NULL}, 0, NULL, NULL};
          int from = turn ? p.ally : p.other, to = turn ? p.other : p.ally;
          if (fill_missing(b, runs, p, from, to, (int)c, (int)d, (int)i, &entry))
            out->missing[out->missing_count++] = entry;
        }
}

/* Of the difference, from the first to the last date on which both are members. */
static ent_figure change_of(builder *b, const ent_run *runs, couple p) {
  const ent_cell *cells[2][2] = {{NULL, NULL}, {NULL, NULL}}; /* first and last; expects and gives */
  ent_figure figure = {NAN, NAN, NAN};
  uint32_t n, draws = b->run.request.draws;
  size_t k, seen = 0;
  for (k = 0; k < b->out->date_count; k++) {
    couple here;
    size_t at = seen ? 1 : 0;
    if (!find_couple(runs[k].assessment, p, &here)) continue;
    cells[at][0] = pair_cell(here.alliance, here.other, here.ally, -1, -1, -1);
    cells[at][1] = pair_cell(here.alliance, here.ally, here.other, -1, -1, -1);
    if (!cells[at][0] || !cells[at][1] || !cells[at][0]->draws || !cells[at][1]->draws) return figure;
    seen++;
  }
  if (seen < 2) return figure;
  for (n = 0; n < draws; n++)
    b->draws[n] = (cells[1][0]->draws[n] - cells[1][1]->draws[n]) - (cells[0][0]->draws[n] - cells[0][1]->draws[n]);
  ent_assess_summary(b->draws, draws, b->run.scratch, &figure.median, &figure.low, &figure.high);
  return figure;
}

static void fill_course(builder *b, const ent_run *runs, const ent_gap_pair *pair, couple p, ent_gap_course *out) {
  const ent_figure none = {NAN, NAN, NAN};
  size_t k;
  *out = (ent_gap_course){.alliance = pair->alliance,
                          .ally = pair->ally,
                          .other = pair->other,
                          .alliance_label = pair->alliance_label,
                          .ally_label = pair->ally_label,
                          .other_label = pair->other_label};
  out->moments = take(b, b->out->date_count, sizeof *out->moments);
  for (k = 0; k < b->out->date_count && !b->status; k++) {
    couple here;
    out->moments[k] = (ent_gap_moment){.day = b->out->dates[k], .expects = none, .gives = none, .difference = none};
    if (find_couple(runs[k].assessment, p, &here)) fill_moment(b, &runs[k], here, &out->moments[k]);
  }
  if (b->status) return;
  out->change = change_of(b, runs, p);
  fill_all_missing(b, runs, p, out);
}

/* The pairs of the assessment at each date, on the evidence that all dates have. */
static void fill_courses(builder *b, const int32_t *days, size_t count) {
  ent_run *runs = take(b, count, sizeof *runs);
  couple *list;
  size_t i, couples;
  char day[16];
  b->out->dates = take(b, count, sizeof *b->out->dates);
  for (i = 0; i < count && !b->status; i++) {
    runs[i] = b->run;
    runs[i].assessment = NULL;
    runs[i].request.day = days[i];
    b->out->dates[i] = ent_arena_print(b->arena, "%s", ent_day_write(days[i], day));
    if (!b->out->dates[i]) b->status = ent_fail_memory(b->study->context);
  }
  b->out->date_count = count;
  if (!b->status) ent_run_is_part(&runs[0], 1 / (1 + (double)count), 1);
  if (!b->status) b->status = ent_run_common(runs, count);
  list = list_couples(b, b->run.assessment, &couples);
  b->out->courses = take(b, couples, sizeof *b->out->courses);
  for (i = 0; i < couples && !b->status; i++)
    fill_course(b, runs, &b->out->pairs[i], list[i], &b->out->courses[b->out->course_count++]);
}

/* ---- the whole ---- */

static bool is_reference(const ent_study *study, const char *alliance) {
  size_t i;
  for (i = 0; i < study->evidence->alliances_count; i++)
    if (strcmp(study->evidence->alliances[i].id, alliance) == 0) return study->evidence->alliances[i].reference;
  return false;
}

/* All alliances are assessed, also where one is asked for: its ally is held against those of the others. */
static void fill_gap(builder *b, const ent_gap_options *options) {
  ent_assess_options run = options->run;
  int32_t days[MOST_DATES];
  size_t count;
  b->alliance = run.alliance;
  if (b->alliance && (b->status = ent_study_has_alliance(b->study, b->alliance, b->arena))) return;
  if (b->alliance && !is_reference(b->study, b->alliance)) run.alliance = NULL;
  if ((b->status = read_dates(b, options, days, &count))) return;
  if ((b->status = ent_run_prepare(b->study, &run, NULL, b->arena, &b->run))) return;
  ent_run_is_part(&b->run, 0, 1 / (1 + (double)count));
  if ((b->status = ent_run_common(&b->run, 1))) return;
  b->out->run = b->run.answer;
  if (b->alliance) b->out->run.only_alliance = ent_arena_print(b->arena, "%s", b->alliance);
  b->draws = take(b, b->run.request.draws, sizeof *b->draws);
  if (!b->status) fill_pairs(b);
  if (!b->status && !b->out->pair_count)
    b->status = ent_fail(b->study->context, ENT_NOT_FOUND, NULL, "ask for another date with --as-of",
                         "alliance %s has no two members on %s", b->alliance ? b->alliance : "", b->run.answer.as_of);
  if (!b->status) fill_standings(b);
  if (!b->status && count) fill_courses(b, days, count);
}

ent_status ent_gap_run(ent_study *study, const ent_gap_options *options, ent_result **out) {
  static const ent_gap_options defaults;
  ent_result *result;
  builder b = {0};
  *out = NULL;
  ent_context_clear(study->context);
  result = ent_result_new(study->context, ENT_GAP);
  if (!result) return ent_fail_memory(study->context);
  b.study = study;
  b.arena = result->arena;
  b.out = &result->gap;
  fill_gap(&b, options ? options : &defaults);
  if (b.status) ent_result_free(result);
  else *out = result;
  return b.status;
}
