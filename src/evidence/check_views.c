/* check_views.c - codings against the items and scales they belong to, and those who hold offices and alliances. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "evidence/aspect.h"
#include "evidence/checker.h"

/* The kind of issue that each table of views is about. */
static const struct {
  const char *table, *kind;
} views[] = {{"positions", "position"}, {"threats", "threat"}, {"support", "object"}};
#define VIEWS (sizeof views / sizeof *views)

#define MOST_MEMBERS 50 /* of an alliance */

static void check_scales(ent_checker *c);
static void check_issues(ent_checker *c, const char *table, const char *kind);
static void check_coding(ent_checker *c, size_t r, size_t row);
static void check_coded_twice(ent_checker *c, size_t r);
static void check_uncoded(ent_checker *c, size_t r);
static void check_holders(ent_checker *c);
static void check_members(ent_checker *c);

void ent_check_views(ent_checker *c) {
  check_scales(c);
  for (size_t v = 0; v < VIEWS; v++) check_issues(c, views[v].table, views[v].kind);
  int r = ent_checker_table(c, "codings");
  if (r >= 0) {
    for (size_t row = 0; row < c->package->tables[r]->rows; row++) check_coding(c, (size_t)r, row);
    check_coded_twice(c, (size_t)r);
    check_uncoded(c, (size_t)r);
  }
  check_holders(c);
  check_members(c);
}

static void check_scales(ent_checker *c) {
  int scales = ent_checker_table(c, "scales"), anchors = ent_checker_table(c, "anchors");
  if (scales < 0) return;
  for (size_t row = 0; row < c->package->tables[scales]->rows; row++) {
    double minimum = ent_checker_number(c, (size_t)scales, row, "minimum");
    double maximum = ent_checker_number(c, (size_t)scales, row, "maximum");
    if (minimum >= maximum)
      ent_checker_report(c, ENT_ERROR, "minimum-above-maximum", (size_t)scales, row, "minimum",
                         "correct one of the two", "the scale's minimum, %.15g, is not below its maximum, %.15g",
                         minimum, maximum);
  }
  for (size_t row = 0; anchors >= 0 && row < c->package->tables[anchors]->rows; row++) {
    const char *scale = ent_checker_get(c, (size_t)anchors, row, "scale");
    double value = ent_checker_number(c, (size_t)anchors, row, "value");
    size_t at = 0;
    if (!ent_checker_find(c, "scales", scale, strlen(scale), &at)) continue;
    double minimum = ent_checker_number(c, (size_t)scales, at, "minimum");
    double maximum = ent_checker_number(c, (size_t)scales, at, "maximum");
    if (value < minimum || value > maximum)
      ent_checker_report(c, ENT_ERROR, "off-scale", (size_t)anchors, row, "value",
                         "give a value of the scale, or widen the scale",
                         "%.15g is off the scale %s, which runs from %.15g to %.15g", value, scale, minimum, maximum);
  }
}

static void check_issues(ent_checker *c, const char *table, const char *kind) {
  int r = ent_checker_table(c, table), issues = ent_checker_table(c, "issues");
  size_t at = 0;
  for (size_t row = 0; r >= 0 && issues >= 0 && row < c->package->tables[r]->rows; row++) {
    const char *issue = ent_checker_get(c, (size_t)r, row, "issue");
    if (!ent_checker_find(c, "issues", issue, strlen(issue), &at)) continue;
    const char *given = ent_checker_get(c, (size_t)issues, at, "kind");
    if (*given && strcmp(given, kind) != 0)
      ent_checker_report(c, ENT_ERROR, "issue-kind", (size_t)r, row, "issue",
                         ent_checker_say(c, "rows of %s are about issues of kind %s", table, kind),
                         "the issue \"%s\" is of kind %s", issue, given);
  }
}

/* The aspects of a table as a remedy: "positions have: stance, salience". */
static const char *aspects_of(ent_checker *c, const char *table) {
  ent_text text = {0};
  size_t count = 0;
  const ent_aspect *aspects = ent_aspects(&count);
  for (size_t a = 0; a < count; a++)
    if (strcmp(aspects[a].table, table) == 0)
      ent_text_print(&text, "%s%s", text.length ? ", " : "it has: ", aspects[a].name);
  const char *said = ent_checker_say(c, "%s", text.data ? text.data : "rows of this table are not coded");
  ent_text_clear(&text);
  return said;
}

/* Finds the scale's row; reports where there is none. */
static bool scale_of(ent_checker *c, size_t r, size_t row, const ent_aspect *aspect, size_t table, size_t item,
                     size_t *out) {
  const char *scale = aspect->name;
  int issues = ent_checker_table(c, "issues");
  size_t issue = 0;
  if (ent_checker_table(c, "scales") < 0) return false;
  if (aspect->by_issue) {
    const char *id = ent_checker_get(c, table, item, "issue");
    if (!ent_checker_find(c, "issues", id, strlen(id), &issue)) return false; /* reported there */
    scale = ent_checker_get(c, (size_t)issues, issue, "scale");
    return ent_checker_find(c, "scales", scale, strlen(scale), out);
  }
  if (ent_checker_find(c, "scales", scale, strlen(scale), out)) return true;
  ent_checker_report(c, ENT_ERROR, "without-scale", r, row, "aspect",
                     ent_checker_say(c, "add a row with the id %s to scales", scale), "the aspect %s has no scale",
                     scale);
  return false;
}

static void check_point(ent_checker *c, size_t r, size_t row, const char *field, size_t scale) {
  size_t scales = (size_t)ent_checker_table(c, "scales");
  double number = ent_checker_number(c, r, row, field);
  double minimum = ent_checker_number(c, scales, scale, "minimum");
  double maximum = ent_checker_number(c, scales, scale, "maximum");
  const char *id = ent_checker_cell(c, scales, scale, 0);
  if (isnan(number)) return;
  if (number < minimum || number > maximum)
    ent_checker_report(c, ENT_ERROR, "off-scale", r, row, field, "take the nearest point of the scale",
                       "%.15g is off the scale %s, which runs from %.15g to %.15g", number, id, minimum, maximum);
  else if (number != floor(number) && strcmp(ent_checker_get(c, scales, scale, "measurement"), "ordinal") == 0)
    ent_checker_report(c, ENT_ERROR, "between-points", r, row, field,
                       "take the point that fits best, and let low and high hold the others",
                       "%.15g is no whole number, but the scale %s is ordinal", number, id);
}

static void check_coding(ent_checker *c, size_t r, size_t row) {
  const char *aspect = ent_checker_get(c, r, row, "aspect"), *item = ent_checker_get(c, r, row, "item");
  const ent_aspect *of = ent_aspect_find(aspect);
  size_t table = 0, at = 0, scale = 0;
  ent_checker_range(c, r, row);
  if (!of || !ent_checker_item(c, item, &table, &at)) return;
  const char *name = c->package->format->resources[table].name;
  if (strcmp(of->table, name) != 0) {
    ent_checker_report(c, ENT_ERROR, "aspect-of-other-table", r, row, "aspect", aspects_of(c, name),
                       "the aspect %s does not fit a row of %s", aspect, name);
    return;
  }
  if (!scale_of(c, r, row, of, table, at, &scale)) return;
  check_point(c, r, row, "value", scale);
  check_point(c, r, row, "low", scale);
  check_point(c, r, row, "high", scale);
}

static void check_coded_twice(ent_checker *c, size_t r) {
  ent_index index;
  size_t rows = c->package->tables[r]->rows, first = 0;
  if (!ent_index_init(&index, c->arena, rows)) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < rows; row++) {
    const char *coder = ent_checker_get(c, r, row, "coder");
    const char *key = ent_checker_say(c, "%s\x1f%s\x1f%s", ent_checker_get(c, r, row, "item"),
                                      ent_checker_get(c, r, row, "aspect"), coder);
    if (!key) return;
    if (ent_index_find(&index, key, strlen(key), &first))
      ent_checker_report(c, ENT_ERROR, "coded-twice", r, row, NULL, "one coder gives one item one value of an aspect",
                         "%s coded this aspect of the item already, as \"%s\"", coder,
                         ent_checker_cell(c, r, first, 0));
    else if (!ent_index_add(&index, key, strlen(key), row)) c->findings->failed = true;
  }
}

/* A view without a coding is read by nobody. One note for each table. */
static void check_uncoded(ent_checker *c, size_t r) {
  ent_index coded;
  size_t rows = c->package->tables[r]->rows;
  if (!ent_index_init(&coded, c->arena, rows)) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < rows; row++) {
    const char *item = ent_checker_get(c, r, row, "item");
    if (!ent_index_add(&coded, item, strlen(item), row)) c->findings->failed = true;
  }
  for (size_t v = 0; v < VIEWS; v++) {
    ent_id_list list = {0};
    int table = ent_checker_table(c, views[v].table);
    for (size_t row = 0; table >= 0 && row < c->package->tables[table]->rows; row++) {
      const char *id = ent_checker_cell(c, (size_t)table, row, 0);
      const char *item = ent_checker_say(c, "%s:%s", views[v].table, id);
      if (item && !ent_index_find(&coded, item, strlen(item), NULL)) ent_id_list_add(&list, id);
    }
    if (list.count)
      ent_findings_add(c->findings, ENT_NOTE, "view-without-coding", c->package->tables[table]->file, 0, NULL, NULL,
                       "code them, or take them out", "%zu row%s ha%s no coding: %s", list.count,
                       list.count == 1 ? "" : "s", list.count == 1 ? "s" : "ve", ent_id_list_say(c, &list));
  }
}

/* A row of holders: its office, the last day on which it can have begun and the first on which it can have ended. So
 * "2021-01" after "2021-01" is a change of hands. */
typedef struct tenure {
  size_t office, row;
  int32_t begun, ended;
  bool shared;
} tenure;

static int by_office_and_start(const void *left, const void *right) {
  const tenure *a = left, *b = right;
  if (a->office != b->office) return a->office < b->office ? -1 : 1;
  if (a->begun != b->begun) return a->begun < b->begun ? -1 : 1;
  return (a->row > b->row) - (a->row < b->row);
}

static size_t collect_heads(ent_checker *c, size_t holders, size_t offices, tenure *out) {
  size_t count = 0, at = 0;
  for (size_t row = 0; row < c->package->tables[holders]->rows; row++) {
    const char *office = ent_checker_get(c, holders, row, "office");
    ent_span start, end;
    if (!ent_checker_find(c, "offices", office, strlen(office), &at) ||
        strcmp(ent_checker_get(c, offices, at, "weight_class"), "head") != 0)
      continue;
    if (!ent_date_parse(ent_checker_get(c, holders, row, "start"), &start, NULL)) start.last = ENT_DAY_OPEN_START;
    if (!ent_date_parse(ent_checker_get(c, holders, row, "end"), &end, NULL)) end.first = ENT_DAY_OPEN_END;
    out[count++] = (tenure){at, row, start.last, end.first, *ent_checker_get(c, holders, row, "share") != '\0'};
  }
  return count;
}

static const tenure *longest(const tenure *a, const tenure *b) { return !a || b->ended > a->ended ? b : a; }

/* One head at a time holds an office, unless each of several is given a share of it. Holders in the order of their
 * starts: each is compared with that one before it which goes on longest. */
static void check_holders(ent_checker *c) {
  int holders = ent_checker_table(c, "holders"), offices = ent_checker_table(c, "offices");
  if (holders < 0 || offices < 0) return;
  tenure *list = ent_arena_take(c->arena, c->package->tables[holders]->rows, sizeof *list);
  if (!list) {
    c->findings->failed = true;
    return;
  }
  size_t count = collect_heads(c, (size_t)holders, (size_t)offices, list);
  if (count > 1) qsort(list, count, sizeof *list, by_office_and_start);
  const tenure *any = NULL, *alone = NULL; /* the longest so far: of all, and of those without a share */
  for (size_t i = 0; i < count; i++) {
    const tenure *now = &list[i];
    if (i && list[i - 1].office != now->office) any = alone = NULL;
    const tenure *other = now->shared ? alone : any;
    if (other && now->begun < other->ended && other->begun < now->ended) {
      /* said where the later of the two rows stands in the file */
      size_t row = now->row > other->row ? now->row : other->row, first = now->row + other->row - row;
      ent_checker_report(c, ENT_NOTE, "two-heads", (size_t)holders, row, "office",
                         "correct the dates, or give each a share of the office",
                         "\"%s\" and this row hold the office %s at the same time",
                         ent_checker_cell(c, (size_t)holders, first, 0),
                         ent_checker_get(c, (size_t)holders, row, "office"));
    }
    any = longest(any, now);
    if (!now->shared) alone = longest(alone, now);
  }
}

/* What one member gives another is computed for each pair, so that memory grows with the square of their number. */
static void count_member(ent_checker *c, ent_index *pairs, size_t members, size_t row, const char *alliance,
                         size_t *count) {
  const char *actor = ent_checker_get(c, members, row, "actor");
  const char *pair = ent_checker_say(c, "%s %s", alliance, actor);
  if (!pair || ent_index_find(pairs, pair, strlen(pair), NULL)) return; /* a second time in the alliance */
  if (!ent_index_add(pairs, pair, strlen(pair), row)) c->findings->failed = true;
  if (++*count == MOST_MEMBERS + 1)
    ent_checker_report(c, ENT_ERROR, "too-many-members", members, row, "alliance",
                       "make an alliance of those whom the study is about",
                       "the alliance \"%s\" has more than %d members", alliance, MOST_MEMBERS);
}

static void check_members(ent_checker *c) {
  int alliances = ent_checker_table(c, "alliances"), members = ent_checker_table(c, "members");
  if (alliances < 0 || members < 0) return;
  size_t count = c->package->tables[alliances]->rows, at = 0;
  size_t *found = ent_arena_take(c->arena, count, sizeof *found);
  ent_index pairs;
  if (!found || !ent_index_init(&pairs, c->arena, c->package->tables[members]->rows)) {
    c->findings->failed = true;
    return;
  }
  for (size_t row = 0; row < c->package->tables[members]->rows; row++) {
    const char *alliance = ent_checker_get(c, (size_t)members, row, "alliance");
    if (ent_checker_find(c, "alliances", alliance, strlen(alliance), &at))
      count_member(c, &pairs, (size_t)members, row, alliance, &found[at]);
  }
  for (size_t row = 0; row < count; row++)
    if (found[row] < 2)
      ent_checker_report(c, ENT_NOTE, "alliance-without-members", (size_t)alliances, row, NULL,
                         "add its members to members", "the alliance has %s", found[row] ? "one member" : "no members");
}
