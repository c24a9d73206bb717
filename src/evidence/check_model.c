/* check_model.c - what a package holds for a model: a value that feeds two indicators of the score counts twice.
 *
 * A value is an observation, a provision, or one coded aspect of a row: the level and the use of one body are two
 * values, the same use in two indicators is one. Readings stand beside the score and may share its evidence. It is a
 * note: two indicators may well need one figure, as numerator here and as denominator there, if one knows it. */
#include <string.h>

#include "base/date.h"
#include "evidence/checker.h"

#define MOST_PAIRS 500
#define MOST_OWNERS 100 /* of one value; beyond them a note would say nothing new, and counting would take long */

static const ent_span always = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};

typedef struct shared_pair { /* two indicators and what feeds both */
  const ent_model_indicator *a, *b;
  ent_id_list rows;
  const char *last; /* row that was added */
} shared_pair;

typedef struct owner { /* an indicator that a value fed, and when */
  const ent_model_indicator *indicator;
  ent_span span;
  size_t next; /* of the same value, counted from 1; 0: none */
} owner;

/* Rows of a table, found by the cell in their column "actor"; the first thousand of each, since nobody holds more
 * offices, and a hostile package could otherwise have as many holders looked at for each of as many views. */
#define MOST_OF_ACTOR 1000
typedef struct rows_by_actor {
  ent_index first;
  size_t *next; /* the next row of the same actor, counted from 1; 0: none */
} rows_by_actor;

typedef struct survey {
  ent_checker checker;
  rows_by_actor holders, members;
  ent_index values; /* value -> position of its first owner */
  owner *owners;
  size_t owner_count, owner_capacity;
  shared_pair *pairs;
  size_t pair_count;
} survey;

static bool sort_by_actor(ent_checker *c, const char *table, rows_by_actor *out);
static void survey_indicator(survey *s, const ent_model_indicator *indicator);
static void require_indicator(survey *s, const char *id, const char *asked_by);
static void survey_views(survey *s, const ent_model_indicator *indicator, const char *table, const char *aspect);
static void survey_institutions(survey *s, const ent_model_indicator *indicator, const char *aspect);
static void survey_provisions(survey *s, const ent_model_indicator *indicator);
static void survey_observations(survey *s, const ent_model_indicator *indicator, const char *measure);

static ent_status survey_model(ent_context *context, ent_arena *arena, const ent_package *package,
                               const ent_model *model, ent_findings *findings) {
  survey s = {.pairs = ent_arena_take(arena, MOST_PAIRS, sizeof(shared_pair))};
  if (!s.pairs || !ent_checker_init(&s.checker, arena, package, findings) || !ent_index_init(&s.values, arena, 1000) ||
      !sort_by_actor(&s.checker, "holders", &s.holders) || !sort_by_actor(&s.checker, "members", &s.members))
    return ent_fail_memory(context);
  for (size_t i = 0; i < model->criterion_count; i++)
    for (size_t j = 0; j < model->criteria[i].dimension_count; j++) {
      const ent_model_dimension *dimension = &model->criteria[i].dimensions[j];
      for (size_t k = 0; k < dimension->indicator_count; k++) {
        require_indicator(&s, dimension->indicators[k].source.indicator, dimension->indicators[k].id);
        require_indicator(&s, dimension->indicators[k].source.per, dimension->indicators[k].id);
        survey_indicator(&s, &dimension->indicators[k]);
      }
    }
  for (size_t p = 0; p < s.pair_count; p++) {
    const shared_pair *pair = &s.pairs[p];
    ent_findings_add(findings, ENT_NOTE, "feeds-two-indicators", ENT_DESCRIPTOR, 0, "/entente/model", NULL,
                     "see that the model means it, or leave one of the two out",
                     "%zu row%s feed%s two indicators of the score, %s and %s: %s", pair->rows.count,
                     pair->rows.count == 1 ? "" : "s", pair->rows.count == 1 ? "s" : "", pair->a->id, pair->b->id,
                     ent_id_list_say(&s.checker, &pair->rows));
  }
  return findings->failed ? ent_fail_memory(context) : ENT_OK;
}

ent_status ent_check_model(ent_context *context, const ent_package *package, const ent_model *model,
                           ent_findings *findings) {
  ent_arena *passing = ent_arena_new(0);
  ent_status status = passing ? survey_model(context, passing, package, model, findings) : ent_fail_memory(context);
  ent_arena_free(passing);
  return status;
}

static bool sort_by_actor(ent_checker *c, const char *table, rows_by_actor *out) {
  int r = ent_checker_table(c, table);
  size_t rows = r < 0 ? 0 : c->package->tables[r]->rows, first = 0;
  struct {
    size_t row, count;
  } *last = ent_arena_take(c->arena, rows, sizeof *last); /* of the actor whose first row it is */
  out->next = ent_arena_take(c->arena, rows, sizeof *out->next);
  if (!last || !out->next || !ent_index_init(&out->first, c->arena, rows)) return false;
  for (size_t row = 0; row < rows; row++) {
    const char *actor = ent_checker_get(c, (size_t)r, row, "actor");
    bool known = ent_index_find(&out->first, actor, strlen(actor), &first);
    if (!known && !ent_index_add(&out->first, actor, strlen(actor), first = row)) return false;
    if (last[first].count++ >= MOST_OF_ACTOR) continue;
    if (known) out->next[last[first].row] = row + 1;
    last[first].row = row;
  }
  return true;
}

/* The first row of an actor, counted from 1; 0: there is none. */
static size_t first_of(const rows_by_actor *rows, const char *actor) {
  size_t first = 0;
  return ent_index_find(&rows->first, actor, strlen(actor), &first) ? first + 1 : 0;
}

/* A figure that the model asks for and the package does not know is missing for every date: worth a note. */
static void require_indicator(survey *s, const char *id, const char *asked_by) {
  size_t row;
  if (!id || ent_checker_find(&s->checker, "indicators", id, strlen(id), &row)) return;
  ent_findings_add(s->checker.findings, ENT_NOTE, "indicator-not-defined", ENT_DESCRIPTOR, 0, "/entente/model", NULL,
                   ent_checker_nearest_id(&s->checker, "indicators", id),
                   "the model's %s asks for the indicator \"%s\", which indicators.csv does not define", asked_by, id);
}

static void survey_indicator(survey *s, const ent_model_indicator *indicator) {
  const ent_model_source *source = &indicator->source;
  switch (source->kind) {
    case ENT_FROM_POSITION_DISTANCE:
    case ENT_FROM_STANCE: survey_views(s, indicator, "positions", "stance"); break;
    case ENT_FROM_THREAT_DISTANCE: survey_views(s, indicator, "threats", "severity"); break;
    case ENT_FROM_SUPPORT: survey_views(s, indicator, "support", "support"); break;
    case ENT_FROM_INSTITUTION: survey_institutions(s, indicator, source->aspect); break;
    case ENT_FROM_INSTITUTION_COUNT: survey_institutions(s, indicator, "existence"); break;
    case ENT_FROM_OBLIGATION: survey_provisions(s, indicator); break;
    case ENT_FROM_OBSERVATION:
      survey_observations(s, indicator, source->indicator);
      if (source->per) survey_observations(s, indicator, source->per);
      break;
    default: break; /* readings */
  }
}

static shared_pair *pair_of(survey *s, const ent_model_indicator *a, const ent_model_indicator *b) {
  for (size_t p = 0; p < s->pair_count; p++)
    if (s->pairs[p].a == a && s->pairs[p].b == b) return &s->pairs[p];
  if (s->pair_count == MOST_PAIRS) return NULL;
  s->pairs[s->pair_count] = (shared_pair){.a = a, .b = b};
  return &s->pairs[s->pair_count++];
}

static bool add_owner(survey *s, owner added) {
  if (s->owner_count == s->owner_capacity) {
    size_t wanted = s->owner_capacity ? s->owner_capacity * 2 : 256;
    owner *larger = ent_arena_take(s->checker.arena, wanted, sizeof *larger);
    if (!larger) return false;
    if (s->owner_count) memcpy(larger, s->owners, s->owner_count * sizeof *larger);
    s->owners = larger;
    s->owner_capacity = wanted;
  }
  s->owners[s->owner_count++] = added;
  return true;
}

static void note_shared(survey *s, const ent_model_indicator *a, const ent_model_indicator *b, const char *row) {
  shared_pair *pair = pair_of(s, a, b);
  if (!pair || !row) return;
  /* A row may feed both more than once, by several offices; they come one after the other. */
  if (pair->last && strcmp(pair->last, row) == 0) return;
  pair->last = row;
  ent_id_list_add(&pair->rows, row);
}

/* Says that a value of a row feeds an indicator during a span. */
static void feed(survey *s, const ent_model_indicator *indicator, const char *table, const char *id, const char *aspect,
                 ent_span span) {
  size_t first = 0, count = 0;
  const char *value = ent_checker_say(&s->checker, "%s:%s\x1f%s", table, id, aspect);
  if (!value) return;
  bool known = ent_index_find(&s->values, value, strlen(value), &first);
  for (size_t at = known ? first + 1 : 0; at; at = s->owners[at - 1].next, count++) {
    const owner *before = &s->owners[at - 1];
    if (before->indicator != indicator && before->span.first <= span.last && span.first <= before->span.last)
      note_shared(s, before->indicator, indicator, ent_checker_say(&s->checker, "%s:%s", table, id));
  }
  if (count >= MOST_OWNERS) return;
  if (!add_owner(s, (owner){indicator, span, known ? s->owners[first].next : 0}) ||
      (!known && !ent_index_add(&s->values, value, strlen(value), s->owner_count - 1)))
    s->checker.findings->failed = true;
  else if (known) s->owners[first].next = s->owner_count;
}

static ent_span span_of(survey *s, size_t r, size_t row) {
  ent_span span = always;
  (void)ent_span_parse(ent_checker_get(&s->checker, r, row, "start"), ent_checker_get(&s->checker, r, row, "end"),
                       &span, NULL);
  return span;
}

static bool in_words(const char *word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(word, words[i]) == 0) return true;
  return false;
}

/* Feeds a view through each office of the classes that the indicator counts, while its actor held it: who is head
 * today and in opposition tomorrow feeds two indicators one after the other. */
static void feed_by_office(survey *s, const ent_model_indicator *indicator, const char *table, size_t r, size_t view,
                           const char *aspect) {
  ent_checker *c = &s->checker;
  int holders = ent_checker_table(c, "holders"), offices = ent_checker_table(c, "offices");
  const char *actor = ent_checker_get(c, r, view, "actor");
  ent_span seen = span_of(s, r, view);
  size_t at = 0;
  if (holders < 0 || offices < 0) return;
  for (size_t next = first_of(&s->holders, actor); next; next = s->holders.next[next - 1]) {
    size_t row = next - 1;
    const char *office = ent_checker_get(c, (size_t)holders, row, "office");
    ent_span held = span_of(s, (size_t)holders, row);
    if (held.first < seen.first) held.first = seen.first;
    if (held.last > seen.last) held.last = seen.last;
    if (held.first <= held.last && ent_checker_find(c, "offices", office, strlen(office), &at) &&
        in_words(ent_checker_get(c, (size_t)offices, at, "weight_class"), indicator->source.classes,
                 indicator->source.class_count))
      feed(s, indicator, table, ent_checker_cell(c, r, view, 0), aspect, held);
  }
}

static void survey_views(survey *s, const ent_model_indicator *indicator, const char *table, const char *aspect) {
  ent_checker *c = &s->checker;
  int r = ent_checker_table(c, table), issues = ent_checker_table(c, "issues");
  size_t at = 0;
  if (!indicator->source.role) return;
  for (size_t row = 0; r >= 0 && issues >= 0 && row < c->package->tables[r]->rows; row++) {
    const char *issue = ent_checker_get(c, (size_t)r, row, "issue");
    if (!ent_checker_find(c, "issues", issue, strlen(issue), &at) ||
        strcmp(ent_checker_get(c, (size_t)issues, at, "role"), indicator->source.role) != 0)
      continue;
    if (indicator->source.class_count) feed_by_office(s, indicator, table, (size_t)r, row, aspect);
    else feed(s, indicator, table, ent_checker_cell(c, (size_t)r, row, 0), aspect, span_of(s, (size_t)r, row));
  }
}

static void survey_institutions(survey *s, const ent_model_indicator *indicator, const char *aspect) {
  ent_checker *c = &s->checker;
  int r = ent_checker_table(c, "institutions");
  if (!indicator->source.function || !aspect) return;
  for (size_t row = 0; r >= 0 && row < c->package->tables[r]->rows; row++)
    if (strcmp(ent_checker_get(c, (size_t)r, row, "function"), indicator->source.function) == 0)
      feed(s, indicator, "institutions", ent_checker_cell(c, (size_t)r, row, 0), aspect, always);
}

static void survey_provisions(survey *s, const ent_model_indicator *indicator) {
  ent_checker *c = &s->checker;
  int r = ent_checker_table(c, "provisions");
  for (size_t row = 0; r >= 0 && row < c->package->tables[r]->rows; row++)
    for (size_t l = 0; l < indicator->source.level_count; l++)
      if (strcmp(ent_checker_get(c, (size_t)r, row, "obligation"), indicator->source.levels[l].obligation) == 0)
        feed(s, indicator, "provisions", ent_checker_cell(c, (size_t)r, row, 0), "obligation", always);
}

/* Whether an actor is a member in the role of the indicator's giver. */
static bool gives(survey *s, const char *actor, const char *giver) {
  ent_checker *c = &s->checker;
  int r = ent_checker_table(c, "members");
  for (size_t next = r < 0 ? 0 : first_of(&s->members, actor); next; next = s->members.next[next - 1])
    if (!giver || strcmp(ent_checker_get(c, (size_t)r, next - 1, "role"), giver) == 0) return true;
  return false;
}

static void survey_observations(survey *s, const ent_model_indicator *indicator, const char *measure) {
  ent_checker *c = &s->checker;
  const ent_model_source *source = &indicator->source;
  int r = ent_checker_table(c, "observations");
  for (size_t row = 0; r >= 0 && measure && row < c->package->tables[r]->rows; row++) {
    if (strcmp(ent_checker_get(c, (size_t)r, row, "indicator"), measure) != 0 ||
        !gives(s, ent_checker_get(c, (size_t)r, row, "actor"), indicator->giver) ||
        (source->definition_count && measure == source->indicator &&
         !in_words(ent_checker_get(c, (size_t)r, row, "definition"), source->definitions, source->definition_count)))
      continue;
    feed(s, indicator, "observations", ent_checker_cell(c, (size_t)r, row, 0), "value", always);
  }
}
