/* fuzz_expression.c - any text as an expression: it is refused at a place in it with a reason, or gives a value whose
 * range runs forward. The facts answer by what the keys look like, so that all kinds of values come together. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "expression/verdict.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

static unsigned sum_of(const char *text) {
  unsigned sum = 0;
  while (*text) sum = 31 * sum + (unsigned char)*text++;
  return sum;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), wanted = strlen(end);
  return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

/* persons:about is a figure in persons with that qualifier; x:y.start is a date, x:y.kind a text; x:lost is not there,
 * x:none has no value, x:half only a lower end. */
static bool read(void *user, const char *key, ent_fact *out) {
  static const char *const qualifiers[] = {"about", "nearly", "more_than", "at_least", "less_than", "at_most"};
  const char *colon = strchr(key, ':'), *id = colon ? colon + 1 : key;
  unsigned sum = sum_of(key);
  char unit[16] = "";
  (void)user;
  if (colon && colon - key < (int)sizeof unit) memcpy(unit, key, (size_t)(colon - key));
  out->key = key;
  if (ends_with(key, ".start")) {
    out->field = "start";
    out->value = (ent_value){.kind = ENT_VALUE_DATE, .text = key, .days = {(int32_t)(sum % 9999), 10000}};
  } else if (ends_with(key, ".kind")) {
    out->field = "kind";
    out->value = (ent_value){.kind = ENT_VALUE_TEXT, .text = "pact USA"};
  } else if (strcmp(id, "lost") == 0) {
    out->what = "there is no such row";
  } else {
    bool half = strcmp(id, "half") == 0, none = strcmp(id, "none") == 0;
    ent_stated_figure figure = {.value = half || none ? NAN : sum % 1000 - 100.0,
                                .low = half ? 0.5 : NAN,
                                .high = NAN,
                                .low_strict = sum % 4 == 0,
                                .qualifier = "",
                                .minimum = sum % 3 ? NAN : -100,
                                .maximum = sum % 2 ? NAN : 1000};
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
      if (strcmp(id, qualifiers[i]) == 0) figure.qualifier = qualifiers[i];
    if (strcmp(id, "zero") == 0) figure.value = 0;
    out->value = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_of(&figure)};
    if (!ent_measure_of(strcmp(unit, "JPY") == 0     ? "JPY"
                        : strcmp(unit, "USD") == 0   ? "USD"
                        : strcmp(unit, "share") == 0 ? "share"
                        : strcmp(unit, "rank") == 0  ? "rank"
                                                     : "persons",
                        &out->value.measure))
      abort();
    if (!ent_range_known(out->value.number)) out->why = "no_value";
  }
  return true;
}

static bool exists(void *user, const char *key, ent_fact *out) {
  (void)user;
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_TRUTH, .truth = sum_of(key) % 2 ? ENT_TRUE : ENT_FALSE};
  return true;
}

static bool coded(void *user, const char *key, const char *aspect, ent_fact *out) {
  (void)user;
  out->key = key;
  out->field = aspect;
  out->value = (ent_value){.kind = ENT_VALUE_NUMBER,
                           .number = ent_range_between(-1, 0, sum_of(key) % 3),
                           .measure = ent_measure_points(aspect)};
  return true;
}

static bool period(void *user, const char *key, ent_fact *out) {
  int32_t day = (int32_t)(sum_of(key) % 40000);
  (void)user;
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_DATE, .text = key, .days = {day, day + 364}};
  return true;
}

static bool rate(void *user, const char *key, ent_fact *out) {
  ent_measure yen, dollar;
  (void)user;
  out->key = key;
  out->value = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_exact(sum_of(key) % 200)};
  return ent_measure_of("JPY", &yen) && ent_measure_of("USD", &dollar) &&
         ent_measure_combine(&yen, &dollar, true, &out->value.measure);
}

static bool count(void *user, const ent_count_query *query, ent_counted *counted, ent_fact *out) {
  static const char *keys[] = {"events:a", "events:b"};
  (void)user;
  (void)out;
  *counted = (ent_counted){.count = 2, .sure = query->filter_count > 1, .keys = keys, .key_count = 2};
  return true;
}

static void hold_to_contract(const char *text, ent_outcome outcome, const ent_evaluation *e,
                             const ent_expression_error *error) {
  ent_range r = e->value.number;
  if (outcome == ENT_OUTCOME_WRONG && (!error->what || !*error->what || !error->at || error->at > strlen(text) + 1))
    abort();
  if (outcome != ENT_OUTCOME_GOOD || e->value.kind != ENT_VALUE_NUMBER) return;
  if (ent_range_known(r) && r.low > r.high) abort();
  if (!ent_range_known(r) && !e->gap_count && isfinite(r.point)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const ent_facts facts = {NULL, read, exists, coded, period, rate, count};
  ent_arena *arena = ent_arena_new((size_t)64 << 20);
  char *text = arena ? ent_arena_copy(arena, (const char *)data, size) : NULL;
  const ent_node *root = NULL;
  ent_expression_error error;
  ent_evaluation evaluation;
  memset(&evaluation, 0, sizeof evaluation);
  if (!text) return 0;
  ent_outcome outcome = ent_expression_parse(arena, text, &root, &error);
  if (outcome == ENT_OUTCOME_GOOD && !root) abort();
  if (outcome == ENT_OUTCOME_GOOD) outcome = ent_expression_evaluate(arena, text, root, &facts, &evaluation, &error);
  hold_to_contract(text, outcome, &evaluation, &error);
  if (outcome == ENT_OUTCOME_GOOD) {
    double difference;
    for (int r = 0; r < ENT_RELATIONS; r++) {
      const ent_statement statement = {(ent_relation)r, ent_range_exact(1), ent_verdict_rounding(text, r % 2)};
      if (ent_verdict_of(&evaluation, &statement, &difference) >= ENT_VERDICTS) abort();
    }
    if (!ent_measure_write(arena, &evaluation.value.measure)) abort();
  }
  ent_arena_free(arena);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return fuzz_change_or_mutate(data, size, max, seed);
}
