/* report_sample.h - hand-made answers for the tests of report/: an alliance as a study would give it, with missing
 * figures, long labels, signs of both kinds and more strengths than a page shows. */
#ifndef ENT_TESTS_REPORT_SAMPLE_H
#define ENT_TESTS_REPORT_SAMPLE_H

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "study/result.h"

#define SAMPLE_FIGURE(m, l, h) ((ent_figure){.median = (m), .low = (l), .high = (h)})
#define SAMPLE_LABEL(e, d) ((ent_label){.en = (e), .de = (d)})

static ent_run_answer sample_run(void) {
  return (ent_run_answer){.study = "us-japan-korea-2021",
                          .as_of = "2021-05-31",
                          .study_title = SAMPLE_LABEL("The US alliances with Japan and South Korea",
                                                      "Die US-Allianzen mit Japan und Südkorea"),
                          .edition = 1,
                          .seed = 1,
                          .draws = 10000,
                          .model_id = "alliance-resilience",
                          .model_version = "1",
                          .model_name = "alliance-resilience",
                          .model_sha256 = "5e6f00112233445566778899aabbccddeeff00112233445566778899aabbccdd",
                          .inputs_sha256 = "0badc0ffee33445566778899aabbccddeeff00112233445566778899aabbccdd"};
}

static ent_node_answer sample_node(ent_arena *arena, const char *id, const char *key, const char *en, const char *de,
                                   double median, double half, double coverage, size_t children) {
  ent_node_answer node = {.id = id,
                          .key = key,
                          .label = SAMPLE_LABEL(en, de),
                          .coverage = coverage,
                          .score = SAMPLE_FIGURE(median, median - half, median + half),
                          .child_count = children,
                          .children = ent_arena_take(arena, children + 1, sizeof(ent_node_answer))};
  if (isnan(median)) node.missing = coverage > 0 ? "missing.too_old" : "missing.no_evidence";
  return node;
}

static ent_node_answer *sample_criteria(ent_arena *arena, size_t *count) {
  ent_node_answer *c = ent_arena_take(arena, 3, sizeof *c);
  *count = 3;
#define CHILD(i, j, id, en, de, m, h, cov) \
  c[i].children[j] = sample_node(arena, id, "us-japan/x/" id, en, de, m, h, cov, 0)
  c[0] = sample_node(arena, "agreement", "us-japan/agreement", "Agreement", "Übereinstimmung", 61.6, 7.2, .93, 4);
  CHILD(0, 0, "order", "Regional order and purpose", "Regionale Ordnung und Zweck", 66, 11, 1);
  CHILD(0, 1, "rival", "China", "China", 74, 8, 1);
  CHILD(0, 2, "third_power", "Russia", "Russland", NAN, 0, 0);
  CHILD(0, 3, "forums", "Consultation", "Konsultation", 48, 13, 1);
  c[1] = sample_node(arena, "contributions", "us-japan/contributions", "Contributions", "Beiträge", 58, 5, .81, 3);
  CHILD(1, 0, "guarantee", "Guarantee", "Beistand", 77, 4, 1);
  CHILD(1, 1, "budget", "Defence budget", "Verteidigungshaushalt", 31, 3, 1);
  CHILD(1, 2, "missions", "Missions", "Missionen", NAN, 0, .5);
  c[2] =
      sample_node(arena, "support", "us-japan/support", "Domestic support", "Innenpolitischer Rückhalt", 72, 9, 1, 2);
  CHILD(2, 0, "government", "Government", "Regierung", 84, 6, 1);
  CHILD(2, 1, "society", "Society, with the regions that carry the burden of the bases",
        "Gesellschaft und die Regionen, die die Last der Stützpunkte tragen", 55, 14, 1);
#undef CHILD
  c[0].children[3].child_count = 1;
  c[0].children[3].children = ent_arena_take(arena, 1, sizeof(ent_node_answer));
  c[0].children[3].children[0] = sample_node(arena, "forum_use", "us-japan/agreement/forums/forum_use",
                                             "Use of the forums", "Nutzung der Gremien", 35, 10, 1, 0);
  c[0].children[3].children[0].carried = true;
  return c;
}

static ent_force_answer sample_force(ent_arena *arena, size_t i, const char *en, const char *de, double effect,
                                     size_t citations) {
  static const char *const footnotes[] = {"12", "103", "", "169", "171", "203"};
  static const char *const pages[] = {"8", "24", "29", "31", "31", "36"};
  ent_force_answer force = {.key = "us-japan:USA>JPN/contributions/guarantee/obligation",
                            .indicator = "obligation",
                            .label = SAMPLE_LABEL(en, de),
                            .effect = SAMPLE_FIGURE(effect, effect - .8, effect + .9),
                            .score = SAMPLE_FIGURE(80, 70, 90),
                            .expected = {fabs(effect), 0.01, SAMPLE_FIGURE(fabs(effect), 0, fabs(effect) + .9)},
                            .divides = i % 3 == 1,
                            .carried = i % 4 == 2,
                            .citation_count = citations};
  force.citations = ent_arena_take(arena, citations + 1, sizeof *force.citations);
  for (size_t c = 0; c < citations; c++)
    force.citations[c] = (ent_citation_answer){.id = "fn12",
                                               .anchor = c == 2 ? "place" : "footnote",
                                               .footnote = c == 2 ? "" : footnotes[c % 6],
                                               .page = pages[c % 6],
                                               .place = c == 2 ? "command" : "",
                                               .locator = "",
                                               .source = "Overhaus and Sakaki, SWP-Studie 5/2021",
                                               .role = "source"};
  return force;
}

static void sample_forces(ent_arena *arena, ent_alliance_answer *a) {
  static const char *const en[] = {"Treaty obligation (United States)",
                                   "Forces stationed with the ally (United States)", "Approach to China",
                                   "Use of bases beyond own defence (Japan)", "Trilateral cooperation (Japan)"};
  static const char *const de[] = {"Beistandspflicht (USA)", "Beim Partner stationierte Truppen (USA)",
                                   "Umgang mit China", "Nutzung der Basen über die eigene Verteidigung hinaus (Japan)",
                                   "Trilaterale Zusammenarbeit (Japan)"};
  a->strength_count = 10;
  a->strengths = ent_arena_take(arena, a->strength_count, sizeof *a->strengths);
  for (size_t i = 0; i < a->strength_count; i++)
    a->strengths[i] = sample_force(arena, i, en[i % 5], de[i % 5], 4.24 - .4 * (double)i, i % 5 == 0 ? 6 : i % 3);
  a->fault_line_count = 3;
  a->fault_lines = ent_arena_take(arena, a->fault_line_count, sizeof *a->fault_lines);
  for (size_t i = 0; i < a->fault_line_count; i++)
    a->fault_lines[i] = sample_force(arena, i, en[(i + 2) % 5], de[(i + 2) % 5], -3.1 + (double)i, i + 1);
}

static void sample_directed(ent_arena *arena, ent_alliance_answer *a) {
  a->directed_count = 2;
  a->directed = ent_arena_take(arena, 2, sizeof *a->directed);
  for (size_t i = 0; i < 2; i++) {
    ent_directed_answer *d = &a->directed[i];
    *d = (ent_directed_answer){.from = a->members[i],
                               .to = a->members[1 - i],
                               .key = i ? "us-japan:JPN>USA" : "us-japan:USA>JPN",
                               .from_label = a->member_labels[i],
                               .to_label = a->member_labels[1 - i],
                               .score = SAMPLE_FIGURE(70 - 20 * (double)i, 61 - 20 * (double)i, 77 - 20 * (double)i),
                               .criterion_count = 2,
                               .criteria = ent_arena_take(arena, 2, sizeof *d->criteria)};
    d->criteria[0] = sample_node(arena, "contributions", "us-japan:x/contributions", "Contributions", "Beiträge",
                                 66 - 25 * (double)i, 6, 1, 0);
    d->criteria[1] = sample_node(arena, "support", "us-japan:x/support", "Domestic support",
                                 "Innenpolitischer Rückhalt", 74, 9, 1, 0);
  }
}

static ent_alliance_answer sample_alliance(ent_arena *arena) {
  ent_alliance_answer a = {.id = "us-japan",
                           .key = "us-japan",
                           .label = SAMPLE_LABEL("United States–Japan", "USA–Japan"),
                           .member_count = 2,
                           .score = SAMPLE_FIGURE(62.3, 55.1, 69.6),
                           .headline = "geometric",
                           .verdict_differs = true,
                           .class_id = "resilient",
                           .class_label = SAMPLE_LABEL("resilient", "belastbar"),
                           .coverage = .87,
                           .carried = .12,
                           .least_coverage = .6};
  a.members = ent_arena_take(arena, 2, sizeof *a.members);
  a.members[0] = "USA";
  a.members[1] = "JPN";
  a.member_labels = ent_arena_take(arena, 2, sizeof *a.member_labels);
  a.member_labels[0] = SAMPLE_LABEL("United States", "USA");
  a.member_labels[1] = SAMPLE_LABEL("Japan", "Japan");
  a.aggregations[0] = (ent_aggregation_answer){"arithmetic", SAMPLE_FIGURE(64, 57.5, 71), "resilient", a.class_label};
  a.aggregations[1] = (ent_aggregation_answer){"geometric", a.score, "resilient", a.class_label};
  a.aggregations[2] = (ent_aggregation_answer){"weakest", SAMPLE_FIGURE(51, 44, 58), "strained",
                                               SAMPLE_LABEL("strained", "angespannt")};
  a.share_count = 3;
  a.shares = ent_arena_take(arena, 3, sizeof *a.shares);
  a.shares[0] = (ent_share_answer){"failing", SAMPLE_LABEL("failing", "zerrüttet"), 0};
  a.shares[1] = (ent_share_answer){"strained", SAMPLE_LABEL("strained", "angespannt"), .312};
  a.shares[2] = (ent_share_answer){"resilient", a.class_label, .688};
  a.criteria = sample_criteria(arena, &a.criterion_count);
  sample_forces(arena, &a);
  sample_directed(arena, &a);
  a.reading_count = 2;
  a.readings = ent_arena_take(arena, 2, sizeof *a.readings);
  a.readings[0] = (ent_reading_answer){.id = "alliance_split",
                                       .key = "us-japan:JPN/readings/alliance_split",
                                       .label = SAMPLE_LABEL("Split over the alliance", "Spaltung über das Bündnis"),
                                       .member_label = a.member_labels[1],
                                       .value = SAMPLE_FIGURE(.31, .214, .402)};
  a.readings[1] = (ent_reading_answer){.id = "adversary_split",
                                       .key = "us-japan:USA/readings/adversary_split",
                                       .label = SAMPLE_LABEL("Split over North Korea", "Spaltung über Nordkorea"),
                                       .member_label = a.member_labels[0],
                                       .value = SAMPLE_FIGURE(NAN, NAN, NAN)};
  return a;
}

/* All of it lives in the arena of the result; the caller frees that. */
static inline ent_result sample_assess(ent_context *context) {
  ent_result result = {.kind = ENT_ASSESS, .context = context, .arena = ent_arena_new(0)};
  ent_alliance_answer *alliances = ent_arena_take(result.arena, 2, sizeof *alliances);
  alliances[0] = sample_alliance(result.arena);
  alliances[1] = sample_alliance(result.arena); /* one without a verdict */
  alliances[1].id = alliances[1].key = "us-korea";
  alliances[1].label = SAMPLE_LABEL("United States–South Korea", "USA–Südkorea");
  alliances[1].class_id = NULL;
  alliances[1].coverage = .41;
  alliances[1].carried = 0;
  alliances[1].share_count = alliances[1].strength_count = alliances[1].reading_count = 0;
  alliances[1].verdict_differs = false;
  alliances[1].score = SAMPLE_FIGURE(NAN, NAN, NAN);
  for (size_t i = 0; i < 3; i++) {
    alliances[1].aggregations[i].score = alliances[1].score;
    alliances[1].aggregations[i].class_id = NULL;
  }
  result.assess = (ent_assess_answer){.run = sample_run(), .alliance_count = 2, .alliances = alliances};
  return result;
}

static inline ent_explain_node *sample_explain_node(ent_arena *arena, const char *kind, const char *key, const char *en,
                                                    const char *de, double score, double weight, size_t children) {
  ent_explain_node *node = ent_arena_take(arena, 1, sizeof *node);
  *node = (ent_explain_node){.kind = kind,
                             .key = key,
                             .label = SAMPLE_LABEL(en, de),
                             .weight = weight,
                             .score = SAMPLE_FIGURE(score, score - 7, score + 8),
                             .child_count = children};
  node->children = ent_arena_take(arena, children + 1, sizeof(ent_explain_node *));
  return node;
}

/* A branch of every kind of node, from an alliance down to a source. */
static inline ent_result sample_explain(ent_context *context) {
  static const char *names[] = {"actor", "period", "note", "value"};
  static const char *values[] = {"usa-biden", "2021-01-20/..", "", "2"};
  ent_result result = {.kind = ENT_EXPLAIN, .context = context, .arena = ent_arena_new(0)};
  ent_arena *arena = result.arena;
  ent_explain_node *n[9];
  n[0] = sample_explain_node(arena, "alliance", "us-japan", "United States–Japan", "USA–Japan", 62, NAN, 2);
  n[1] = sample_explain_node(arena, "criterion", "us-japan/agreement", "Agreement", "Übereinstimmung", 61.6, 1, 1);
  n[2] = sample_explain_node(arena, "dimension", "us-japan/agreement/rival", "China", "China", 74, 1, 1);
  n[3] = sample_explain_node(arena, "indicator", "us-japan/agreement/rival/rival_policy", "Approach to China",
                             "Umgang mit China", 70, .5, 2);
  n[4] = sample_explain_node(arena, "assumption", NULL, "0 distance is 100, 1 is 1", "0 Abstand ist 100, 1 ist 1", NAN,
                             NAN, 0);
  n[4]->detail = SAMPLE_LABEL("0 is one view, 1 is opposite ends of the scale, weighted by salience",
                              "0 ist eine Sicht, 1 sind entgegengesetzte Enden der Skala, nach Salienz gewichtet");
  n[5] = sample_explain_node(arena, "row", "positions:usa-biden-rival_policy",
                             "Biden and his circle on the approach to China",
                             "Biden und sein Umfeld zum Umgang mit China", NAN, NAN, 1);
  n[5]->field_count = 4;
  n[5]->field_names = names;
  n[5]->field_values = values;
  static const ent_citation_answer cited = {"fn103", "footnote", "103", "24", "", "", "", "source", NULL, "public", false, "supports", NULL};
  n[6] = sample_explain_node(arena, "citation", "citations:fn103", NULL, NULL, NAN, NAN, 1);
  n[6]->citation = &cited;
  n[7] = sample_explain_node(arena, "source", "sources:swp-2021-s05",
                             "Overhaus and Sakaki, Die US-Allianzen mit Japan und Südkorea, 2021",
                             "Overhaus und Sakaki, Die US-Allianzen mit Japan und Südkorea, 2021", NAN, NAN, 0);
  n[7]->url = "https://www.swp-berlin.org/publikation/die-us-allianzen-mit-japan-und-suedkorea";
  n[8] = sample_explain_node(arena, "criterion", "us-japan/support", "Domestic support", "Innenpolitischer Rückhalt",
                             72, 1, 0);
  for (int i = 0; i < 3; i++) n[i]->children[0] = n[i + 1];
  n[0]->children[1] = n[8];
  n[3]->children[0] = n[4];
  n[3]->children[1] = n[5];
  n[5]->children[0] = n[6];
  n[6]->children[0] = n[7];
  result.explain = (ent_explain_answer){.run = sample_run(), .root = n[0]};
  return result;
}

/* The same from the indicator on. */
static inline ent_result sample_explain_indicator(ent_context *context) {
  ent_result result = sample_explain(context);
  result.explain.root = result.explain.root->children[0]->children[0]->children[0];
  return result;
}

static inline ent_result sample_expect(ent_context *context) {
  static ent_expectation_part one[] = {
      {"e2a",
       {"Agreement on China: closer between the US and Japan than between the US and South Korea",
        "Übereinstimmung zu China: zwischen USA und Japan enger als zwischen USA und Südkorea"},
       .973,
       NULL}};
  static ent_expectation_part two[] = {
      {"e8a", {"Fault line: focus on China (US-South Korea)", "Bruchlinie: Fokus auf China (USA-Südkorea)"}, 1, NULL},
      {"e8b",
       {"Fault line: approach to North Korea (US-South Korea)", "Bruchlinie: Umgang mit Nordkorea (USA-Südkorea)"},
       NAN,
       "expect.no_figure"}};
  static ent_expectation_part late[] = {
      {"e9",
       {"Seoul: fear of entrapment above abandonment", "Seoul: Furcht vor Verstrickung über der vor Preisgabe"},
       NAN,
       NULL}};
  static ent_expectation_answer list[] = {
      {"e2", NULL, .973, 0, 1, one}, {"e8", NULL, NAN, 1, 2, two}, {"e9", "fears", NAN, 0, 1, late}};
  ent_result result = {.kind = ENT_EXPECT, .context = context, .arena = ent_arena_new(0)};
  result.expect = (ent_expect_answer){.run = sample_run(), .count = 3, .expectations = list};
  return result;
}

static inline const ent_findings *sample_findings(ent_arena *arena, bool with_error) {
  ent_findings *findings = ent_arena_take(arena, 1, sizeof *findings);
  ent_findings_init(findings, arena);
  if (with_error)
    ent_findings_add(findings, ENT_ERROR, "unknown-unit", "observations.csv", 41, "unit", "forces-1",
                     "did you mean \"currency\" with column currency JPY?", "unit \"JPY bn\" is unknown");
  ent_findings_add(findings, ENT_NOTE, "uncited-source", "sources.json", 0, "/12", "kiel-2020", NULL,
                   "source \"kiel-2020\" is cited nowhere");
  return findings;
}

static inline ent_result sample_check(ent_context *context) {
  static ent_alpha_answer alphas[] = {
      {.scale = "stance", .label = {"Stance", "Haltung"}, .alpha = .812, .low = .744, .high = .871, .items = 214},
      {.scale = "severity", .label = {"Severity", "Schwere"}, .alpha = NAN, .low = NAN, .high = NAN, .items = 3}};
  ent_result result = {.kind = ENT_CHECK, .context = context, .arena = ent_arena_new(0)};
  result.check = (ent_check_answer){.folder = "studies/us-japan-korea-2021",
                                    .study = "us-japan-korea-2021",
                                    .rows = 2431,
                                    .resources = 28,
                                    .alpha_count = 2,
                                    .alphas = alphas,
                                    .findings = sample_findings(result.arena, true)};
  return result;
}

static inline ent_result sample_load(ent_context *context) {
  ent_result result = {.kind = ENT_LOAD, .context = context, .arena = ent_arena_new(0)};
  result.load = (ent_load_answer){.study = "us-japan-korea-2021",
                                  .store = "/tmp/store.sqlite",
                                  .edition = 1,
                                  .rows = 2431,
                                  .findings = sample_findings(result.arena, false)};
  return result;
}

#endif
