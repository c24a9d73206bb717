/* assess_sample.h - a small case that can be computed by hand, which tests of the assessment change as they need. */
#ifndef ENT_TEST_ASSESS_SAMPLE_H
#define ENT_TEST_ASSESS_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "assess/assess.h"
#include "base/hash.h"
#include "evidence/model.h"
#include "near.h"

/* Two members A and B; one issue on which they take positions, one object of support. Weights do not vary by much:
 * the concentration is the largest that a model may state. */
static const char *const model_pattern =
    "{\"schema\":\"entente.model/"
    "1\",\"id\":\"t\",\"version\":\"1\",\"label\":{\"en\":\"t\",\"de\":\"t\"},\"source\":\"s\","
    "\"headline\":\"%s\",\"headline_reason\":\"r\",\"reference\":{\"score\":50.5,\"reason\":\"r\"},"
    "\"divides\":{\"distance\":33,\"reason\":\"r\"},\"weights\":{\"concentration\":1000000,\"reason\":\"r\"},"
    "\"least_coverage\":{\"share\":0.5,\"reason\":\"r\"},\"missing_data\":{\"rule\":\"spread_within_dimension\","
    "\"reason\":\"r\"},"
    "\"salience_missing\":{\"value\":4,\"reason\":\"r\"},\"qualifiers\":{\"about\":{\"below\":0.5,\"above\":0.5,"
    "\"reason\":\"r\"}},"
    "\"classes\":[{\"id\":\"low\",\"from\":1,\"label\":{\"en\":\"l\",\"de\":\"l\"}},{\"id\":\"high\",\"from\":50,"
    "\"label\":{\"en\":\"h\",\"de\":\"h\"}}],"
    "\"classes_reason\":\"r\",\"office_weights\":{\"reason\":\"r\",\"position\":{\"head\":1},\"split\":{\"head\":1,"
    "\"opposition\":1}},"
    "\"criteria\":["
    "{\"id\":\"agree\",\"label\":{\"en\":\"a\",\"de\":\"a\"},\"level\":\"alliance\",\"weight\":1,\"dimensions\":[{"
    "\"id\":\"d\",\"label\":{\"en\":\"d\",\"de\":\"d\"},\"weight\":1,\"indicators\":["
    "{\"id\":\"dist\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"position_distance\",\"role\":"
    "\"issue\"},\"goalposts\":{\"low\":1,\"high\":0,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":5,\"weight\":"
    "1}]}]},"
    "{\"id\":\"give\",\"label\":{\"en\":\"g\",\"de\":\"g\"},\"level\":\"member\",\"weight\":1,\"dimensions\":[{\"id\":"
    "\"d\",\"label\":{\"en\":\"d\",\"de\":\"d\"},\"weight\":1,\"indicators\":["
    "{\"id\":\"spend\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"observation\",\"indicator\":"
    "\"spend\"},\"goalposts\":{\"low\":0,\"high\":10,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":2,\"weight\":"
    "3},"
    "{\"id\":\"back\",\"label\":{\"en\":\"i\",\"de\":\"i\"},\"source\":{\"kind\":\"support\",\"role\":\"object\","
    "\"classes\":[\"head\"]},\"goalposts\":{\"low\":-2,\"high\":2,\"unit\":\"u\",\"reason\":\"r\"},\"age_limit_years\":"
    "5,\"weight\":1}]}]}],"
    "\"readings\":[{\"id\":\"split\",\"label\":{\"en\":\"s\",\"de\":\"s\"},\"source\":{\"kind\":\"support_split\","
    "\"role\":\"object\"},\"reason\":\"r\"}]}";

enum {
  A = 101,
  B = 102,
  ALLIANCE = 1,
  ISSUE = 11,
  OBJECT = 12,
  SCALE = 21,
  SPEND = 31,
  OFFICE_A = 41,
  OFFICE_B = 42,
  OPPOSITION_A = 43
};

static const ent_span ever = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};

typedef struct small { /* evidence that tests change before they assess */
  ent_actor actors[3];
  ent_office offices[3];
  ent_holder holders[3];
  ent_alliance alliances[1];
  ent_member members[2];
  ent_indicator indicators[1];
  ent_observation observations[4];
  ent_scale scales[1];
  ent_issue issues[2];
  ent_view views[5];
  ent_coding codings[10];
  ent_evidence e;
} small;

static ent_observation spend(ent_key key, ent_key actor, int year, double value) {
  ent_observation o;
  memset(&o, 0, sizeof o);
  o.key = key;
  o.indicator = SPEND;
  o.actor = actor;
  o.period.first = ent_day_from_civil(year, 1, 1);
  o.period.last = ent_day_from_civil(year, 12, 31);
  o.value = value;
  o.low = o.high = o.standard_error = NAN;
  o.unit = "ratio";
  o.status = "reported";
  o.qualifier = o.currency = "";
  return o;
}

static ent_view view(ent_view_kind kind, ent_key key, ent_key issue, ent_key actor) {
  ent_view v;
  memset(&v, 0, sizeof v);
  v.kind = kind;
  v.key = key;
  v.issue = issue;
  v.actor = actor;
  v.span = ever;
  return v;
}

static ent_coding coding(ent_key key, ent_key item, const char *aspect, double value) {
  ent_coding c = {key, item, 1, aspect, value, value, value};
  return c;
}

/* A holds 2, B holds 1 on a scale from -2 to 2: distance 1/4, score 75.25 (salience is not coded: full). A spends 5
 * (50.5), B spends 10 (100). A's head supports at 2 (100), B's at 0 (50.5). */
static void fill(small *s) {
  memset(s, 0, sizeof *s);
  s->actors[0] = (ent_actor){A, A, "AAA", "state", "presidential", {"A", "A"}};
  s->actors[1] = (ent_actor){B, B, "BBB", "state", "", {"B", "B"}};
  s->actors[2] = (ent_actor){103, A, "a-out", "party", "", {"out", "out"}};
  s->offices[0] = (ent_office){OFFICE_A, A, "head"};
  s->offices[1] = (ent_office){OFFICE_B, B, "head"};
  s->offices[2] = (ent_office){OPPOSITION_A, A, "opposition"};
  s->holders[0] = (ent_holder){51, OFFICE_A, A, ever, NAN};
  s->holders[1] = (ent_holder){52, OFFICE_B, B, ever, NAN};
  s->holders[2] = (ent_holder){53, OPPOSITION_A, 103, ever, NAN};
  s->alliances[0] = (ent_alliance){ALLIANCE, "pact", {"Pact", "Pakt"}, ever, false};
  s->members[0] = (ent_member){61, ALLIANCE, B, "ally", ever};
  s->members[1] = (ent_member){62, ALLIANCE, A, "guarantor", ever};
  s->indicators[0] = (ent_indicator){SPEND, "spend", "ratio"};
  s->observations[0] = spend(71, A, 2020, 5);
  s->observations[1] = spend(72, B, 2020, 10);
  s->scales[0] = (ent_scale){SCALE, "stance", -2, 2, true};
  s->issues[0] = (ent_issue){ISSUE, SCALE, "issue", "position", "issue", {"i", "i"}};
  s->issues[1] = (ent_issue){OBJECT, SCALE, "object", "object", "object", {"o", "o"}};
  s->views[0] = view(ENT_POSITION, 81, ISSUE, A);
  s->views[1] = view(ENT_POSITION, 82, ISSUE, B);
  s->views[2] = view(ENT_SUPPORT, 83, OBJECT, A);
  s->views[3] = view(ENT_SUPPORT, 84, OBJECT, B);
  s->views[4] = view(ENT_SUPPORT, 85, OBJECT, 103);
  s->codings[0] = coding(91, 81, "stance", 2);
  s->codings[1] = coding(92, 82, "stance", 1);
  s->codings[2] = coding(93, 83, "support", 2);
  s->codings[3] = coding(94, 84, "support", 0);
  s->codings[4] = coding(95, 85, "support", -2);
  s->e = (ent_evidence){.study = "s",
                        .edition = 1,
                        .date = {ent_day_from_civil(2021, 6, 1), ent_day_from_civil(2021, 6, 30)},
                        .actors = s->actors,
                        .actors_count = 3,
                        .offices = s->offices,
                        .offices_count = 3,
                        .holders = s->holders,
                        .holders_count = 3,
                        .alliances = s->alliances,
                        .alliances_count = 1,
                        .members = s->members,
                        .members_count = 2,
                        .indicators = s->indicators,
                        .indicators_count = 1,
                        .observations = s->observations,
                        .observations_count = 2,
                        .scales = s->scales,
                        .scales_count = 1,
                        .issues = s->issues,
                        .issues_count = 2,
                        .views = s->views,
                        .views_count = 5,
                        .codings = s->codings,
                        .codings_count = 5};
}

typedef struct sample_bench {
  ent_context *context;
  ent_arena *arena;
} sample_bench;

static int start(void **state) {
  static sample_bench b;
  if (ent_context_new("share", &b.context) || !(b.arena = ent_arena_new(0))) return 1;
  *state = &b;
  return 0;
}

static int end(void **state) {
  sample_bench *b = *state;
  ent_arena_free(b->arena);
  ent_context_free(b->context);
  return 0;
}

static const ent_model *model_of(sample_bench *b, const char *headline) {
  static char text[8192];
  ent_model *model;
  snprintf(text, sizeof text, model_pattern, headline);
  assert_int_equal(ent_model_read(b->context, b->arena, "model", text, strlen(text), &model), ENT_OK);
  return model;
}

/* Two coders on one item, a range, a figure about which two sources disagree, a salience. */
static inline void make_uncertain(small *s) {
  fill(s);
  s->codings[0].low = 0;
  s->codings[5] = coding(96, 82, "stance", -1);
  s->codings[6] = coding(97, 81, "salience", 3);
  s->codings[6].low = 1;
  s->codings[3].low = -1;
  s->scales[0].ordinal = true;
  s->e.codings_count = 7;
  s->observations[0].low = 2;
  s->observations[0].high = 7;
  s->observations[2] = spend(73, B, 2020, 4);
  s->e.observations_count = 3;
}

#endif
