/* read.c - rows of the store as structs: references become keys, dates become spans, numbers become doubles.
 *
 * Each table has one function that reads one row; the list `readers` joins them to the arrays. What the rows mean is
 * not judged: the check did that before the load, and sound.c sees that the store still holds it. */
#include "evidence/read.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "evidence/sound.h"
#include "table/table.h"

/* A row of a table. */
typedef struct cursor {
  const ent_table *table;
  size_t row;
} cursor;

static const char *text(const cursor *at, const char *column) {
  return ent_table_cell(at->table, at->row, ent_table_column(at->table, column));
}

static ent_key reference(const cursor *at, const char *column, const char *resource) {
  const char *id = text(at, column);
  return *id ? ent_key_of(resource, ":", id, NULL) : 0;
}

static ent_key own_key(const cursor *at) { return reference(at, "id", at->table->name); }

static double number(const cursor *at, const char *column) {
  double value = NAN;
  return ent_text_number(text(at, column), &value) ? value : NAN;
}

static ent_label label(const cursor *at) { return (ent_label){text(at, "label_en"), text(at, "label_de")}; }

static ent_span span(const cursor *at) {
  ent_span out = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  (void)ent_span_parse(text(at, "start"), text(at, "end"), &out, NULL);
  return out;
}

static void read_actor(const cursor *at, void *out) {
  *(ent_actor *)out = (ent_actor){
      own_key(at), reference(at, "state", "actors"), text(at, "id"), text(at, "kind"), text(at, "system"), label(at)};
}

static void read_office(const cursor *at, void *out) {
  *(ent_office *)out = (ent_office){own_key(at), reference(at, "state", "actors"), text(at, "weight_class")};
}

static void read_holder(const cursor *at, void *out) {
  *(ent_holder *)out = (ent_holder){own_key(at), reference(at, "office", "offices"), reference(at, "actor", "actors"),
                                    span(at), number(at, "share")};
}

static void read_role(const cursor *at, void *out) {
  *(ent_role *)out = (ent_role){own_key(at), reference(at, "actor", "actors"), text(at, "id"), label(at)};
}

static void read_alliance(const cursor *at, void *out) {
  *(ent_alliance *)out =
      (ent_alliance){own_key(at), text(at, "id"), label(at), span(at), strcmp(text(at, "reference"), "true") == 0};
}

static void read_member(const cursor *at, void *out) {
  *(ent_member *)out = (ent_member){own_key(at), reference(at, "alliance", "alliances"),
                                    reference(at, "actor", "actors"), text(at, "role"), span(at)};
}

static void read_provision(const cursor *at, void *out) {
  *(ent_provision *)out = (ent_provision){own_key(at),
                                          reference(at, "alliance", "alliances"),
                                          reference(at, "obligor", "actors"),
                                          reference(at, "beneficiary", "actors"),
                                          text(at, "instrument"),
                                          text(at, "obligation"),
                                          span(at)};
}

static void read_institution(const cursor *at, void *out) {
  *(ent_institution *)out =
      (ent_institution){own_key(at), reference(at, "alliance", "alliances"), text(at, "function"), span(at)};
}

static void read_indicator(const cursor *at, void *out) {
  *(ent_indicator *)out = (ent_indicator){own_key(at), text(at, "id"), text(at, "unit")};
}

static void read_definition(const cursor *at, void *out) {
  *(ent_definition *)out = (ent_definition){own_key(at), text(at, "id")};
}

static void read_observation(const cursor *at, void *out) {
  /* The year of the data is when the figure held; the period is when the text stated it. */
  const char *year = text(at, "data_year");
  ent_span period = {ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  (void)ent_period_parse(*year ? year : text(at, "period"), &period, NULL);
  *(ent_observation *)out = (ent_observation){.key = own_key(at),
                                              .indicator = reference(at, "indicator", "indicators"),
                                              .actor = reference(at, "actor", "actors"),
                                              .partner = reference(at, "partner", "actors"),
                                              .alliance = reference(at, "alliance", "alliances"),
                                              .place = reference(at, "place", "places"),
                                              .institution = reference(at, "institution", "institutions"),
                                              .definition = reference(at, "definition", "definitions"),
                                              .parent = reference(at, "parent", "observations"),
                                              .period = period,
                                              .value = number(at, "value"),
                                              .low = number(at, "low"),
                                              .high = number(at, "high"),
                                              .standard_error = number(at, "standard_error"),
                                              .unit = text(at, "unit"),
                                              .currency = text(at, "currency"),
                                              .status = text(at, "status"),
                                              .qualifier = text(at, "qualifier"),
                                              .grade = text(at, "grade")};
}

static void read_scale(const cursor *at, void *out) {
  *(ent_scale *)out = (ent_scale){own_key(at), text(at, "id"), number(at, "minimum"), number(at, "maximum"),
                                  strcmp(text(at, "measurement"), "ordinal") == 0};
}

static void read_issue(const cursor *at, void *out) {
  *(ent_issue *)out = (ent_issue){
      own_key(at), reference(at, "scale", "scales"), text(at, "id"), text(at, "kind"), text(at, "role"), label(at)};
}

/* Positions, threats and support are one array; what a table has no column for stays 0. */
static ent_view view(const cursor *at, ent_view_kind kind) {
  return (ent_view){kind,
                    own_key(at),
                    reference(at, "issue", "issues"),
                    reference(at, "actor", "actors"),
                    reference(at, "partner", "actors"),
                    reference(at, "alliance", "alliances"),
                    reference(at, "source", "actors"),
                    span(at)};
}

static void read_position(const cursor *at, void *out) { *(ent_view *)out = view(at, ENT_POSITION); }
static void read_threat(const cursor *at, void *out) { *(ent_view *)out = view(at, ENT_THREAT); }
static void read_support(const cursor *at, void *out) { *(ent_view *)out = view(at, ENT_SUPPORT); }

static void read_coding(const cursor *at, void *out) {
  double value = number(at, "value"), low = number(at, "low"), high = number(at, "high");
  const char *item = text(at, "item");
  *(ent_coding *)out = (ent_coding){
      own_key(at), *item ? ent_key_of(item, NULL) : 0, reference(at, "coder", "coders"), text(at, "aspect"),
      value,       isnan(low) ? value : low,           isnan(high) ? value : high};
}

typedef struct array { /* where rows go; several tables may share an array */
  void *list;
  size_t count;
} array;

typedef struct reader {
  bool dated; /* evidence, which --known-at may leave out; the others are the frame that it hangs in */
  const char *resource;
  void (*read)(const cursor *at, void *out);
  size_t size;
  int target; /* index into the arrays of `collect` */
} reader;

enum {
  ACTORS,
  OFFICES,
  HOLDERS,
  ROLES,
  ALLIANCES,
  MEMBERS,
  PROVISIONS,
  INSTITUTIONS,
  INDICATORS,
  DEFINITIONS,
  OBSERVATIONS,
  SCALES,
  ISSUES,
  VIEWS,
  CODINGS,
  TARGETS
};

static const reader readers[] = {
    {false, "actors", read_actor, sizeof(ent_actor), ACTORS},
    {false, "offices", read_office, sizeof(ent_office), OFFICES},
    {false, "holders", read_holder, sizeof(ent_holder), HOLDERS},
    {false, "roles", read_role, sizeof(ent_role), ROLES},
    {false, "alliances", read_alliance, sizeof(ent_alliance), ALLIANCES},
    {false, "members", read_member, sizeof(ent_member), MEMBERS},
    {true, "provisions", read_provision, sizeof(ent_provision), PROVISIONS},
    {true, "institutions", read_institution, sizeof(ent_institution), INSTITUTIONS},
    {false, "indicators", read_indicator, sizeof(ent_indicator), INDICATORS},
    {false, "definitions", read_definition, sizeof(ent_definition), DEFINITIONS},
    {true, "observations", read_observation, sizeof(ent_observation), OBSERVATIONS},
    {false, "scales", read_scale, sizeof(ent_scale), SCALES},
    {false, "issues", read_issue, sizeof(ent_issue), ISSUES},
    {true, "positions", read_position, sizeof(ent_view), VIEWS},
    {true, "threats", read_threat, sizeof(ent_view), VIEWS},
    {true, "support", read_support, sizeof(ent_view), VIEWS},
    {true, "codings", read_coding, sizeof(ent_coding), CODINGS},
};

static ent_status collect(ent_context *context, ent_arena *arena, ent_catalog *catalog, int32_t known_at,
                          ent_evidence *evidence, array arrays[TARGETS]);

ent_status ent_evidence_read(ent_context *context, ent_arena *arena, ent_catalog *catalog, int32_t known_at,
                             ent_evidence **out) {
  *out = NULL;
  const ent_edition *edition = ent_catalog_edition(catalog);
  array arrays[TARGETS] = {{NULL, 0}};
  ent_evidence *evidence = ent_arena_take(arena, 1, sizeof *evidence);
  if (!evidence) return ent_fail_memory(context);
  ent_status status = collect(context, arena, catalog, known_at, evidence, arrays);
  if (status) return status;
  evidence->study = ent_catalog_study(catalog);
  evidence->edition = edition->number;
  if (!ent_date_parse(edition->date, &evidence->date, NULL))
    return ent_fail(context, ENT_STORE, evidence->study, "load the study's folder again", "its date \"%s\" is no date",
                    edition->date);
#define ENT_TAKE(name, TARGET) evidence->name = arrays[TARGET].list, evidence->name##_count = arrays[TARGET].count
  ENT_TAKE(actors, ACTORS);
  ENT_TAKE(offices, OFFICES);
  ENT_TAKE(holders, HOLDERS);
  ENT_TAKE(roles, ROLES);
  ENT_TAKE(alliances, ALLIANCES);
  ENT_TAKE(members, MEMBERS);
  ENT_TAKE(provisions, PROVISIONS);
  ENT_TAKE(institutions, INSTITUTIONS);
  ENT_TAKE(indicators, INDICATORS);
  ENT_TAKE(definitions, DEFINITIONS);
  ENT_TAKE(observations, OBSERVATIONS);
  ENT_TAKE(scales, SCALES);
  ENT_TAKE(issues, ISSUES);
  ENT_TAKE(views, VIEWS);
  ENT_TAKE(codings, CODINGS);
#undef ENT_TAKE
  if ((status = ent_sound_codings(context, arena, catalog, evidence))) return status;
  *out = evidence;
  return ENT_OK;
}

/* Whether a row was published by the day; what is left out is counted. */
static bool is_known(const char *published, int32_t known_at, ent_evidence *evidence) {
  ent_span day;
  if (!ent_date_parse(published, &day, NULL)) {
    evidence->undated++;
    return false;
  }
  if (day.last > known_at) evidence->later++;
  return day.last <= known_at;
}

/* Reads all tables, then makes each array as long as the tables that share it. */
static ent_status collect(ent_context *context, ent_arena *arena, ent_catalog *catalog, int32_t known_at,
                          ent_evidence *evidence, array arrays[TARGETS]) {
  enum { READERS = sizeof readers / sizeof *readers };
  const ent_table *tables[READERS] = {NULL};
  size_t room[TARGETS] = {0};
  for (size_t i = 0; i < READERS; i++) {
    ent_status status = ent_catalog_table(catalog, readers[i].resource, &tables[i]);
    if (status) return status;
    room[readers[i].target] += tables[i]->rows;
  }
  for (size_t i = 0; i < READERS; i++) {
    array *into = &arrays[readers[i].target];
    const char *const *published = NULL;
    if (!into->list && !(into->list = ent_arena_take(arena, room[readers[i].target], readers[i].size)))
      return ent_fail_memory(context);
    if (readers[i].dated && known_at != ENT_DAY_OPEN_END) {
      ent_status status = ent_catalog_published(catalog, readers[i].resource, &published);
      if (status) return status;
    }
    for (size_t row = 0; row < tables[i]->rows; row++) {
      const cursor at = {tables[i], row};
      if (published && !is_known(published[row], known_at, evidence)) continue;
      readers[i].read(&at, (char *)into->list + readers[i].size * into->count++);
    }
  }
  return ENT_OK;
}
