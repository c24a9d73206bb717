/* model.c - an assessment model comes in as JSON and goes out as plain structs.
 *
 * Whatever the file says is checked here, so that the thinking wing can rely on it: known kinds, goalposts that
 * differ, weights that are not negative, class limits that rise, ids that are unique among their siblings. */
#include "evidence/model.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"

typedef struct reader {
  ent_context *context;
  ent_arena *arena;
  const char *name;
  ent_status status; /* the first failure; later steps do nothing */
  size_t indicators; /* that came by */
} reader;

/* No list of a model is longer, and no model has more indicators: each is held against its siblings and against all
 * rows of a package. */
enum { MOST_ENTRIES = 1000 };

/* A place in the document: a JSON Pointer that grows on the way down. */
typedef struct place {
  char path[512];
} place;

static place place_in(const place *outer, const char *key) {
  place inner;
  snprintf(inner.path, sizeof inner.path, "%.400s/%.100s", outer->path, key);
  return inner;
}

static place place_at(const place *outer, size_t index) {
  char number[24];
  snprintf(number, sizeof number, "%zu", index);
  return place_in(outer, number);
}

static void refuse(reader *r, const place *at, const char *remedy, const char *what) {
  char where[640];
  if (r->status) return;
  snprintf(where, sizeof where, "%s, %s", r->name, at->path[0] ? at->path : "/");
  r->status = ent_fail(r->context, ENT_INVALID, where, remedy, "%s", what);
}

/* The number of entries of a list or an object, where that is not more than a model has. */
static size_t count_of(reader *r, const ent_json *json, const place *at) {
  size_t count = ent_json_count(json);
  if (count > MOST_ENTRIES) refuse(r, at, "take most of them out", "there are more than 1000 entries here");
  return r->status ? 0 : count;
}

/* A misspelt key would change a model without a word: every key must be known. names ends with NULL. */
static void only_keys(reader *r, const ent_json *object, const place *at, const char *const *names) {
  size_t i, k, count = 0, entries = count_of(r, object, at);
  if (ent_json_is_array(object))
    refuse(r, at, "write it as an object of keys and values, in braces", "a list stands here");
  while (names[count]) count++;
  for (i = 0; i < entries && !r->status; i++) {
    const ent_json *value;
    const char *key = ent_json_key_at(object, i, &value), *near;
    place inner = place_in(at, key);
    char remedy[160];
    for (k = 0; k < count && strcmp(names[k], key) != 0;) k++;
    if (k < count) continue;
    near = ent_text_nearest(key, names, count);
    snprintf(remedy, sizeof remedy, near ? "did you mean \"%s\"?" : "take it out; reasons stand in \"%s\" and the like",
             near ? near : "reason");
    refuse(r, &inner, remedy, "this key is unknown");
  }
}

static void *take(reader *r, size_t count, size_t size) {
  void *memory = r->status ? NULL : ent_arena_take(r->arena, count, size);
  if (!memory && !r->status) r->status = ent_fail_memory(r->context);
  return memory;
}

static const char *copy(reader *r, const char *text) {
  char *kept;
  if (r->status || !text) return NULL;
  kept = ent_arena_copy(r->arena, text, strlen(text));
  if (!kept) r->status = ent_fail_memory(r->context);
  return kept;
}

static const char *text_of(reader *r, const ent_json *object, const char *key, const place *at, bool required) {
  const char *text = ent_json_get_text(object, key);
  if (!text || !*text) {
    place inner = place_in(at, key);
    if (required) refuse(r, &inner, "give it as a string", "this text is missing");
    return NULL;
  }
  return copy(r, text);
}

/* A text for people: {"en": ..., "de": ...}, or one text that stands for both. */
static ent_label words_of(reader *r, const ent_json *object, const char *key, const place *at, bool required) {
  const ent_json *words = ent_json_get(object, key);
  place inner = place_in(at, key);
  ent_label out;
  if (ent_json_is_object(words)) {
    out.en = text_of(r, words, "en", &inner, true);
    out.de = text_of(r, words, "de", &inner, true);
  } else {
    out.en = out.de = text_of(r, object, key, at, required);
  }
  return out;
}

static double number_of(reader *r, const ent_json *object, const char *key, const place *at, double low, double high) {
  double value = ent_json_get_number(object, key, NAN);
  if (!(value >= low && value <= high)) {
    place inner = place_in(at, key);
    char remedy[96];
    snprintf(remedy, sizeof remedy, "give a number from %g to %g", low, high);
    refuse(r, &inner, remedy, "this number is missing or out of its range");
    return low;
  }
  return value;
}

static size_t list_of(reader *r, const ent_json *object, const char *key, const place *at, bool required,
                      const ent_json **out) {
  *out = ent_json_get(object, key);
  if (!ent_json_is_array(*out)) {
    place inner = place_in(at, key);
    if (required || *out) refuse(r, &inner, "give an array", "this list is missing");
    return 0;
  }
  if (required && !ent_json_count(*out)) {
    place inner = place_in(at, key);
    refuse(r, &inner, "give at least one entry", "this list is empty");
  }
  place inner = place_in(at, key);
  return count_of(r, *out, &inner);
}

static const char **texts_of(reader *r, const ent_json *object, const char *key, const place *at, bool required,
                             size_t *count) {
  const ent_json *list;
  const char **texts;
  size_t i;
  *count = list_of(r, object, key, at, required, &list);
  texts = take(r, *count, sizeof *texts);
  for (i = 0; i < *count && !r->status; i++) {
    place inner = place_in(at, key);
    if (!ent_json_is_text(ent_json_at(list, i))) refuse(r, &inner, "give strings", "an entry is not a text");
    else texts[i] = copy(r, ent_json_text(ent_json_at(list, i)));
  }
  return texts;
}

static void require_weight(reader *r, const ent_json *value, const place *at, double *out) {
  *out = ent_json_number(value, NAN);
  if (!(*out >= 0 && *out <= 1e6))
    refuse(r, at, "give a number from 0 to 1000000", "this weight is no number or negative");
}

/* A weight is a number, or {"default": n, "SYSTEM": n, ...}. */
static ent_weight weight_of(reader *r, const ent_json *object, const place *at) {
  const ent_json *value = ent_json_get(object, "weight");
  place inner = place_in(at, "weight");
  ent_weight out = {0, 0, NULL, {NULL, NULL}};
  size_t i, count;
  out.reason = words_of(r, object, "weight_reason", at, false);
  if (!ent_json_is_object(value)) {
    require_weight(r, value, &inner, &out.value);
    return out;
  }
  require_weight(r, ent_json_get(value, "default"), &inner, &out.value);
  count = count_of(r, value, &inner);
  out.systems = take(r, count, sizeof *out.systems);
  for (i = 0; i < count && !r->status; i++) {
    const ent_json *number;
    const char *system = ent_json_key_at(value, i, &number);
    if (strcmp(system, "default") == 0) continue;
    out.systems[out.system_count].system = copy(r, system);
    require_weight(r, number, &inner, &out.systems[out.system_count++].value);
    if (!(out.value > 0) && out.systems[out.system_count - 1].value > 0)
      refuse(r, &inner, "give the default a small positive weight",
             "a weight for one system stands beside a default of 0");
  }
  return out;
}

static const char *const source_kinds[ENT_SOURCE_KINDS] = {
    "position_distance", "threat_distance", "stance",      "support",        "institution",
    "institution_count", "obligation",      "observation", "position_split", "support_split"};

static void read_levels(reader *r, const ent_json *json, const place *at, ent_model_source *out) {
  const ent_json *levels = ent_json_get(json, "levels");
  place inner = place_in(at, "levels");
  size_t i, count = count_of(r, levels, &inner);
  if (!ent_json_is_object(levels) || !count) {
    refuse(r, &inner, "give an object such as {\"defence\": 3}", "the obligations' heights are missing");
    return;
  }
  out->levels = take(r, count, sizeof *out->levels);
  for (i = 0; i < count && !r->status; i++) {
    const ent_json *height;
    out->levels[i].obligation = copy(r, ent_json_key_at(levels, i, &height));
    out->levels[i].height = ent_json_number(height, NAN);
    if (isnan(out->levels[i].height)) refuse(r, &inner, "give each obligation a number", "a height is no number");
    out->level_count = i + 1;
  }
}

static ent_model_source source_of(reader *r, const ent_json *object, const place *at) {
  static const char *const keys[] = {"kind",   "role",      "function", "aspect",      "reduce", "classes",
                                     "levels", "indicator", "per",      "definitions", NULL};
  const ent_json *json = ent_json_get(object, "source");
  place inner = place_in(at, "source");
  const char *kind = ent_json_get_text(json, "kind"), *reduce;
  ent_model_source out;
  size_t k = 0;
  memset(&out, 0, sizeof out);
  only_keys(r, json, &inner, keys);
  while (k < ENT_SOURCE_KINDS && !ent_text_same(kind, source_kinds[k])) k++;
  if (k == ENT_SOURCE_KINDS) {
    const char *near = kind ? ent_text_nearest(kind, source_kinds, ENT_SOURCE_KINDS) : NULL;
    char remedy[160];
    place where = place_in(&inner, "kind");
    snprintf(remedy, sizeof remedy, "%s%s",
             near ? "did you mean " : "one of position_distance, threat_distance, stance, ...", near ? near : "");
    refuse(r, &where, remedy, "this kind of source is unknown");
    return out;
  }
  out.kind = (ent_source_kind)k;
  switch (out.kind) {
    case ENT_FROM_INSTITUTION:
      out.aspect = text_of(r, json, "aspect", &inner, true);
      reduce = text_of(r, json, "reduce", &inner, true);
      out.highest = ent_text_same(reduce, "highest");
      if (reduce && !out.highest && !ent_text_same(reduce, "mean"))
        refuse(r, &inner, "reduce is \"highest\" or \"mean\"", "this way to reduce institutions is unknown");
      /* fall through */
    case ENT_FROM_INSTITUTION_COUNT: out.function = text_of(r, json, "function", &inner, true); break;
    case ENT_FROM_OBLIGATION: read_levels(r, json, &inner, &out); break;
    case ENT_FROM_OBSERVATION:
      out.indicator = text_of(r, json, "indicator", &inner, true);
      out.per = text_of(r, json, "per", &inner, false);
      out.definitions = texts_of(r, json, "definitions", &inner, false, &out.definition_count);
      break;
    case ENT_FROM_SUPPORT:
      out.classes = texts_of(r, json, "classes", &inner, true, &out.class_count);
      /* fall through */
    default: out.role = text_of(r, json, "role", &inner, true);
  }
  return out;
}

static void check_unique(reader *r, const place *at, const char *id, const char *earlier) {
  if (ent_text_same(id, earlier)) refuse(r, at, "give each its own id", "this id stands twice");
}

static bool is_split(ent_source_kind kind) { return kind == ENT_FROM_POSITION_SPLIT || kind == ENT_FROM_SUPPORT_SPLIT; }

static void read_indicator(reader *r, const ent_json *json, const place *at, ent_model_indicator *out) {
  static const char *const keys[] = {"id",        "label",           "giver",  "receiver",      "source",
                                     "goalposts", "age_limit_years", "weight", "weight_reason", NULL};
  static const char *const post_keys[] = {"low", "high", "unit", "reason", NULL};
  const ent_json *posts = ent_json_get(json, "goalposts");
  place inner = place_in(at, "goalposts");
  if (++r->indicators > MOST_ENTRIES) refuse(r, at, "take most of them out", "the model has more than 1000 indicators");
  only_keys(r, json, at, keys);
  only_keys(r, posts, &inner, post_keys);
  out->id = text_of(r, json, "id", at, true);
  out->label = words_of(r, json, "label", at, true);
  out->source = source_of(r, json, at);
  if (is_split(out->source.kind))
    refuse(r, at, "make it a reading", "a split is a reading beside the score, not an indicator of it");
  out->giver = text_of(r, json, "giver", at, false);
  out->receiver = text_of(r, json, "receiver", at, false);
  out->low = number_of(r, posts, "low", &inner, -1e15, 1e15);
  out->high = number_of(r, posts, "high", &inner, -1e15, 1e15);
  if (!r->status && out->low == out->high) refuse(r, &inner, "let low and high differ", "the goalposts are equal");
  out->unit = text_of(r, posts, "unit", &inner, true);
  out->goalpost_reason = words_of(r, posts, "reason", &inner, true);
  out->age_limit_years = number_of(r, json, "age_limit_years", at, 0, 1000);
  out->weight = weight_of(r, json, at);
}

static void read_dimension(reader *r, const ent_json *json, const place *at, ent_model_dimension *out) {
  static const char *const keys[] = {"id", "label", "weight", "weight_reason", "indicators", NULL};
  const ent_json *list;
  size_t i, j;
  only_keys(r, json, at, keys);
  out->id = text_of(r, json, "id", at, true);
  out->label = words_of(r, json, "label", at, true);
  out->weight = weight_of(r, json, at);
  out->indicator_count = list_of(r, json, "indicators", at, true, &list);
  out->indicators = take(r, out->indicator_count, sizeof *out->indicators);
  for (i = 0; i < out->indicator_count && !r->status; i++) {
    place inner = place_in(at, "indicators"), entry = place_at(&inner, i);
    read_indicator(r, ent_json_at(list, i), &entry, &out->indicators[i]);
    for (j = 0; j < i; j++) check_unique(r, &entry, out->indicators[i].id, out->indicators[j].id);
  }
}

static void read_criterion(reader *r, const ent_json *json, const place *at, ent_model_criterion *out) {
  static const char *const keys[] = {"id", "label", "level", "weight", "weight_reason", "dimensions", NULL};
  const char *level = ent_json_get_text(json, "level");
  const ent_json *list;
  size_t i, j;
  only_keys(r, json, at, keys);
  out->id = text_of(r, json, "id", at, true);
  out->label = words_of(r, json, "label", at, true);
  out->weight = weight_of(r, json, at);
  out->of_members = ent_text_same(level, "member");
  if (!out->of_members && !ent_text_same(level, "alliance"))
    refuse(r, at, "level is \"alliance\" or \"member\"", "the level of this criterion is missing");
  out->dimension_count = list_of(r, json, "dimensions", at, true, &list);
  out->dimensions = take(r, out->dimension_count, sizeof *out->dimensions);
  for (i = 0; i < out->dimension_count && !r->status; i++) {
    place inner = place_in(at, "dimensions"), entry = place_at(&inner, i);
    read_dimension(r, ent_json_at(list, i), &entry, &out->dimensions[i]);
    for (j = 0; j < i; j++) check_unique(r, &entry, out->dimensions[i].id, out->dimensions[j].id);
  }
}

static void read_criteria(reader *r, const ent_json *root, const place *at, ent_model *out) {
  const ent_json *list;
  size_t i, j;
  out->criterion_count = list_of(r, root, "criteria", at, true, &list);
  out->criteria = take(r, out->criterion_count, sizeof *out->criteria);
  for (i = 0; i < out->criterion_count && !r->status; i++) {
    place inner = place_in(at, "criteria"), entry = place_at(&inner, i);
    read_criterion(r, ent_json_at(list, i), &entry, &out->criteria[i]);
    for (j = 0; j < i; j++) check_unique(r, &entry, out->criteria[i].id, out->criteria[j].id);
  }
}

static void read_classes(reader *r, const ent_json *root, const place *at, ent_model *out) {
  const ent_json *list;
  size_t i;
  out->class_count = list_of(r, root, "classes", at, true, &list);
  out->classes = take(r, out->class_count, sizeof *out->classes);
  for (i = 0; i < out->class_count && !r->status; i++) {
    place inner = place_in(at, "classes"), entry = place_at(&inner, i);
    const ent_json *json = ent_json_at(list, i);
    out->classes[i].id = text_of(r, json, "id", &entry, true);
    out->classes[i].label = words_of(r, json, "label", &entry, true);
    out->classes[i].from = number_of(r, json, "from", &entry, 1, 100);
    if (i && !r->status && out->classes[i].from <= out->classes[i - 1].from)
      refuse(r, &entry, "list the classes by rising limit", "the limit is not above the one before");
  }
  if (!r->status && out->classes[0].from != 1)
    refuse(r, at, "let the first class begin at 1", "scores below the first class");
}

static void read_qualifiers(reader *r, const ent_json *root, const place *at, ent_model *out) {
  const ent_json *table = ent_json_get(root, "qualifiers");
  size_t i;
  if (!ent_json_is_object(table)) {
    refuse(r, at, "give an object \"qualifiers\"", "the table of qualifiers is missing");
    return;
  }
  out->qualifier_count = count_of(r, table, at);
  out->qualifiers = take(r, out->qualifier_count, sizeof *out->qualifiers);
  for (i = 0; i < out->qualifier_count && !r->status; i++) {
    const ent_json *json;
    const char *id = ent_json_key_at(table, i, &json);
    place inner = place_in(at, "qualifiers"), entry = place_in(&inner, id);
    out->qualifiers[i].id = copy(r, id);
    out->qualifiers[i].below = number_of(r, json, "below", &entry, 0, 1);
    out->qualifiers[i].above = number_of(r, json, "above", &entry, 0, 1);
    out->qualifiers[i].reason = words_of(r, json, "reason", &entry, true);
  }
}

/* {"head": {"default": 4, "presidential": 6}, "military": 1}: one entry for each class and system, special first. */
static ent_class_weight *read_class_weights(reader *r, const ent_json *offices, const char *key, const place *at,
                                            size_t *out_count) {
  const ent_json *table = ent_json_get(offices, key);
  place inner = place_in(at, key);
  size_t i, j, n = 0, room = 0, count;
  ent_class_weight *out;
  count = count_of(r, table, &inner);
  for (i = 0; i < count; i++) {
    const ent_json *value;
    ent_json_key_at(table, i, &value);
    room += ent_json_is_object(value) ? count_of(r, value, &inner) : 1;
  }
  *out_count = 0;
  if (!room) {
    refuse(r, &inner, "give a weight for each class of offices", "the weights of offices are missing");
    return NULL;
  }
  out = take(r, room, sizeof *out);
  for (i = 0; i < count && !r->status; i++) {
    const ent_json *value, *number;
    const char *name = copy(r, ent_json_key_at(table, i, &value));
    if (!ent_json_is_object(value)) {
      out[n].weight_class = name;
      require_weight(r, value, &inner, &out[n++].weight);
      continue;
    }
    for (j = 0; j < ent_json_count(value) && !r->status; j++) {
      const char *system = ent_json_key_at(value, j, &number);
      out[n].weight_class = name;
      out[n].system = strcmp(system, "default") == 0 ? NULL : copy(r, system);
      require_weight(r, number, &inner, &out[n++].weight);
    }
  }
  *out_count = n;
  return out;
}

static void read_readings(reader *r, const ent_json *root, const place *at, ent_model *out) {
  const ent_json *list;
  size_t i;
  out->reading_count = list_of(r, root, "readings", at, false, &list);
  out->readings = take(r, out->reading_count, sizeof *out->readings);
  for (i = 0; i < out->reading_count && !r->status; i++) {
    place inner = place_in(at, "readings"), entry = place_at(&inner, i);
    const ent_json *json = ent_json_at(list, i);
    out->readings[i].id = text_of(r, json, "id", &entry, true);
    out->readings[i].label = words_of(r, json, "label", &entry, true);
    out->readings[i].reason = words_of(r, json, "reason", &entry, true);
    out->readings[i].source = source_of(r, json, &entry);
    if (!r->status && !is_split(out->readings[i].source.kind))
      refuse(r, &entry, "use position_split or support_split", "a reading is a split");
  }
}

/* {"KEY": n, "reason": "..."} */
static double stated(reader *r, const ent_json *root, const char *name, const char *key, double low, double high,
                     ent_label *reason) {
  const ent_json *json = ent_json_get(root, name);
  place root_place = {""}, at = place_in(&root_place, name);
  *reason = words_of(r, json, "reason", &at, true);
  return number_of(r, json, key, &at, low, high);
}

/* {"distribution": "pert", "reason": "..."}; a model without it draws triangular. */
static void read_ranges(reader *r, const ent_json *root, const place *at, ent_model *out) {
  static const char *const keys[] = {"distribution", "reason", NULL};
  static const char *const names[ENT_RANGES_COUNT] = {"triangular", "pert", "uniform"};
  const ent_json *json = ent_json_get(root, "ranges");
  place inner = place_in(at, "ranges"), where = place_in(&inner, "distribution");
  size_t d = 0;
  if (!json) return;
  only_keys(r, json, &inner, keys);
  while (d < ENT_RANGES_COUNT && !ent_text_same(ent_json_get_text(json, "distribution"), names[d])) d++;
  if (d == ENT_RANGES_COUNT) refuse(r, &where, "give triangular, pert or uniform", "this distribution is unknown");
  out->ranges = (ent_distribution)d;
  out->ranges_reason = words_of(r, json, "reason", &inner, true);
}

/* {"C": 0.05, ...}: names has a letter for each grade, in their order. */
static void read_grade(reader *r, const ent_json *grades, const char *key, const place *at, const char *names,
                       double *out) {
  const ent_json *json = ent_json_get(grades, key);
  place inner = place_in(at, key);
  size_t i, count = count_of(r, json, &inner);
  if (json && !ent_json_is_object(json)) refuse(r, &inner, "give a share for each grade", "this is no object");
  for (i = 0; i < count && !r->status; i++) {
    const ent_json *value;
    const char *name = ent_json_key_at(json, i, &value);
    const char *known = strlen(name) == 1 ? strchr(names, *name) : NULL;
    place entry = place_in(&inner, name);
    double share = ent_json_number(value, NAN);
    char remedy[64];
    snprintf(remedy, sizeof remedy, "grades run from %c to %c", names[0], names[ENT_GRADES - 1]);
    if (!known) refuse(r, &entry, remedy, "this grade is unknown");
    else if (!(share >= 0 && share <= 1)) refuse(r, &entry, "give a number from 0 to 1", "this is no share");
    else out[known - names] = share;
  }
}

/* {"reliability": {"C": 0.05}, "credibility": {"4": 0.1}, "reason": "..."}; grades that are not listed, and a model
 * without the setting, leave ranges as they are. */
static void read_grades(reader *r, const ent_json *root, const place *at, ent_model_grades *out) {
  static const char *const keys[] = {"reliability", "credibility", "reason", NULL};
  const ent_json *json = ent_json_get(root, "grades");
  place inner = place_in(at, "grades");
  if (!json) return;
  only_keys(r, json, &inner, keys);
  read_grade(r, json, "reliability", &inner, "ABCDEF", out->reliability);
  read_grade(r, json, "credibility", &inner, "123456", out->credibility);
  out->reason = words_of(r, json, "reason", &inner, true);
  out->given = true;
}

/* {"years": [1, 4], "least": 0.5, "reason": "..."}; a model without it has no trends. */
static void read_trend(reader *r, const ent_json *root, const place *at, ent_model_trend *out) {
  static const char *const keys[] = {"years", "least", "reason", NULL};
  const ent_json *json = ent_json_get(root, "trend"), *list;
  place inner = place_in(at, "trend"), years = place_in(&inner, "years");
  size_t i, count;
  if (!json) return;
  only_keys(r, json, &inner, keys);
  out->least = number_of(r, json, "least", &inner, 0, 99);
  out->reason = words_of(r, json, "reason", &inner, true);
  count = list_of(r, json, "years", &inner, true, &list);
  if (count > ENT_MOST_TRENDS) refuse(r, &years, "give at most four", "these are too many earlier dates");
  for (i = 0; i < count && !r->status; i++) {
    place entry = place_at(&years, i);
    double value = ent_json_number(ent_json_at(list, i), NAN);
    if (!(value >= 1 && value <= 1000 && value == floor(value)))
      refuse(r, &entry, "give a whole number from 1 to 1000", "this is no number of years");
    else if (i && !(value > out->years[i - 1]))
      refuse(r, &entry, "list the years by rising number", "this is not more than the one before");
    else out->years[i] = (int)value;
  }
  out->count = r->status ? 0 : count;
}

/* ENT_AGGREGATIONS: none has this id. */
static size_t aggregation_of(const char *id) {
  size_t a = 0;
  while (a < ENT_AGGREGATIONS && !ent_text_same(id, ent_aggregation_id((ent_aggregation)a))) a++;
  return a;
}

/* {"aggregation": ["geometric", "arithmetic"], "weights": ["stated", "equal"], "reason": "..."}; a model without it has
 * one method of each. */
static void read_methods(reader *r, const ent_json *root, const place *at, ent_model_methods *out) {
  static const char *const keys[] = {"aggregation", "weights", "reason", NULL};
  const ent_json *json = ent_json_get(root, "methods"), *list;
  place inner = place_in(at, "methods"), ways = place_in(&inner, "aggregation"), weights = place_in(&inner, "weights");
  size_t i, k, a, count;
  if (!json) return;
  only_keys(r, json, &inner, keys);
  out->reason = words_of(r, json, "reason", &inner, true);
  count = list_of(r, json, "aggregation", &inner, true, &list);
  if (count > ENT_AGGREGATIONS) refuse(r, &ways, "name each once", "these are too many ways to aggregate");
  for (i = 0; i < count && !r->status; i++) {
    place entry = place_at(&ways, i);
    a = aggregation_of(ent_json_text(ent_json_at(list, i)));
    for (k = 0; k < i; k++)
      if (out->aggregations[k] == (ent_aggregation)a) a = ENT_AGGREGATIONS;
    if (a == ENT_AGGREGATIONS)
      refuse(r, &entry, "name some of arithmetic, geometric and weakest, each once", "this can not be used");
    else out->aggregations[i] = (ent_aggregation)a;
  }
  out->aggregation_count = r->status ? 0 : count;
  count = list_of(r, json, "weights", &inner, true, &list);
  for (i = 0; i < count && !r->status; i++) {
    const char *name = ent_json_text(ent_json_at(list, i));
    place entry = place_at(&weights, i);
    if (count > 2 || !ent_text_same(name, i ? "equal" : "stated"))
      refuse(r, &entry, "give [\"stated\"] or [\"stated\", \"equal\"]", "these weights can not be used");
  }
  out->equal_weights = count == 2;
  out->given = !r->status;
}

static void read_settings(reader *r, const ent_json *root, const place *at, ent_model *out) {
  const ent_json *missing = ent_json_get(root, "missing_data"), *offices = ent_json_get(root, "office_weights");
  const char *headline = ent_json_get_text(root, "headline");
  place missing_place = place_in(at, "missing_data"), office_place = place_in(at, "office_weights");
  size_t a = aggregation_of(headline);
  if (a == ENT_AGGREGATIONS) refuse(r, at, "headline is arithmetic, geometric or weakest", "the headline is missing");
  out->headline = (ent_aggregation)a;
  out->headline_reason = words_of(r, root, "headline_reason", at, true);
  out->reference = stated(r, root, "reference", "score", 1, 100, &out->reference_reason);
  out->divides = stated(r, root, "divides", "distance", 0, 99, &out->divides_reason);
  read_trend(r, root, at, &out->trend);
  read_ranges(r, root, at, out);
  read_grades(r, root, at, &out->grades);
  read_methods(r, root, at, &out->methods);
  out->concentration = stated(r, root, "weights", "concentration", 1, 1e6, &out->concentration_reason);
  out->least_coverage = stated(r, root, "least_coverage", "share", 0, 1, &out->least_coverage_reason);
  out->salience_missing = stated(r, root, "salience_missing", "value", 0, 100, &out->salience_reason);
  if (!ent_text_same(ent_json_get_text(missing, "rule"), "spread_within_dimension"))
    refuse(r, &missing_place, "rule is \"spread_within_dimension\"", "this rule for missing data is unknown");
  out->missing_reason = words_of(r, missing, "reason", &missing_place, true);
  out->classes_reason = words_of(r, root, "classes_reason", at, true);
  out->office_reason = words_of(r, offices, "reason", &office_place, true);
  out->position_weights = read_class_weights(r, offices, "position", &office_place, &out->position_weight_count);
  out->split_weights = read_class_weights(r, offices, "split", &office_place, &out->split_weight_count);
}

ent_status ent_model_read(ent_context *context, ent_arena *arena, const char *name, const char *bytes, size_t length,
                          ent_model **out) {
  reader r = {context, arena, name, ENT_OK, 0};
  ent_json *root = NULL;
  ent_model *model;
  ent_sha256 hash;
  char hex[65];
  place at = {""};
  static const char *const keys[] = {
      "schema",          "id",        "version",          "label",          "source",         "headline",
      "headline_reason", "reference", "divides",          "weights",        "least_coverage", "missing_data",
      "qualifiers",      "classes",   "salience_missing", "classes_reason", "criteria",       "readings",
      "office_weights",  "trend",     "ranges",           "grades",         "methods",        NULL};
  *out = NULL;
  r.status = ent_json_read(context, name, bytes, length, &root);
  if (r.status) return r.status;
  only_keys(&r, root, &at, keys);
  model = take(&r, 1, sizeof *model);
  if (!model) goto end;
  if (!ent_text_same(ent_json_get_text(root, "schema"), "entente.model/1"))
    refuse(&r, &at, "begin with \"schema\": \"entente.model/1\"",
           "this is no assessment model that this version reads");
  ent_sha256_init(&hash);
  ent_sha256_add(&hash, bytes, length);
  ent_sha256_end(&hash, hex);
  model->sha256 = copy(&r, hex);
  model->id = text_of(&r, root, "id", &at, true);
  model->version = text_of(&r, root, "version", &at, true);
  model->origin = words_of(&r, root, "source", &at, true);
  model->label = words_of(&r, root, "label", &at, true);
  read_settings(&r, root, &at, model);
  read_qualifiers(&r, root, &at, model);
  read_classes(&r, root, &at, model);
  read_criteria(&r, root, &at, model);
  read_readings(&r, root, &at, model);
  if (!r.status) *out = model;
end:
  ent_json_free(root);
  return r.status;
}
