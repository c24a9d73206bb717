/* fuzz_composite.c - any bytes as the tables of a composite, META, DATA and experts, with lines of "---" between them:
 * what is accepted is written as COINr reads it, read again and written again as the same bytes, and evaluated. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "study/composite.h"
#include "table/csv.h"
#include "words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

enum { PARTS = 3, MOST_FIGURES = 4000 };

typedef struct part {
  const char *bytes;
  size_t length;
} part;

static size_t divide(const char *bytes, size_t length, part parts[PARTS]) {
  static const char mark[] = "\n---\n";
  size_t count = 0, mark_length = sizeof mark - 1;
  const char *end = bytes + length;
  while (count < PARTS) {
    const char *at = bytes, *found = NULL;
    while (count + 1 < PARTS && (size_t)(end - at) >= mark_length && !found) {
      const char *line = memchr(at, '\n', (size_t)(end - at));
      if (!line || (size_t)(end - line) < mark_length) break;
      if (memcmp(line, mark, mark_length) == 0) found = line;
      at = line + 1;
    }
    parts[count++] = (part){bytes, (size_t)((found ? found + 1 : end) - bytes)};
    if (!found) break;
    bytes = found + mark_length;
  }
  return count;
}

static const ent_table *table_of(ent_arena *arena, const char *file, const part *p, ent_findings *findings) {
  ent_table *table = NULL;
  if (ent_csv_read(NULL, arena, "composite", file, p->bytes, p->length, findings, &table) != ENT_OK) return NULL;
  return table;
}

/* Whether the tables were accepted. */
static bool read_all(ent_arena *arena, const part *parts, size_t count, ent_composite_sheet *sheet,
                     ent_findings *findings) {
  ent_composite_reading reading = {NULL, arena, findings, sheet, NULL};
  ent_findings_init(findings, arena);
  *sheet = (ent_composite_sheet){0};
  if (!(sheet->meta = table_of(arena, "meta.csv", &parts[0], findings)) ||
      !(sheet->data = table_of(arena, "data.csv", &parts[1], findings)) ||
      (count > 2 && !(sheet->experts = table_of(arena, "experts.csv", &parts[2], findings))))
    return false;
  if (findings->errors || !ent_composite_read_meta(&reading)) return false;
  if (findings->errors || !ent_composite_read_data(&reading)) return false;
  if (findings->errors) return false;
  return (count < 3 || ent_composite_read_experts(&reading)) && findings->errors == 0 && !findings->failed;
}

static void write_all(const ent_composite_sheet *sheet, ent_text texts[PARTS]) {
  ent_composite_write_meta(sheet, &texts[0]);
  ent_composite_write_data(sheet, &texts[1]);
  ent_composite_write_experts(sheet, &texts[2]);
}

/* What was written is accepted again, and written again alike. */
static void go_round(ent_arena *arena, const ent_composite_sheet *sheet, size_t count) {
  ent_text texts[PARTS] = {{0}}, again[PARTS] = {{0}};
  ent_composite_sheet second;
  ent_findings findings;
  part parts[PARTS];
  write_all(sheet, texts);
  for (size_t i = 0; i < PARTS; i++) parts[i] = (part){texts[i].data, texts[i].length};
  if (!read_all(arena, parts, count, &second, &findings)) {
    if (findings.errors) abort(); /* else memory was short */
  } else {
    write_all(&second, again);
    for (size_t i = 0; i < count; i++)
      if (!texts[i].failed && !again[i].failed &&
          (texts[i].length != again[i].length || memcmp(texts[i].data, again[i].data, texts[i].length) != 0))
        abort();
  }
  for (size_t i = 0; i < PARTS; i++) {
    ent_text_clear(&texts[i]);
    ent_text_clear(&again[i]);
  }
}

static void evaluate(ent_arena *arena, const ent_composite_sheet *sheet) {
  const ent_composite_options options = {0};
  ent_composite_plans plans;
  ent_composite_fault fault;
  if (ent_composite_plan_read(NULL, arena, &options, sheet, &plans) != ENT_OK) return;
  ent_composite_data data = {sheet->unit_count, sheet->indicator_count, sheet->values, sheet->group, sheet->previous};
  ent_composite_tree tree = {sheet->node_count,   sheet->parent,        sheet->weight,   sheet->direction,
                             sheet->goalpost_low, sheet->goalpost_high, sheet->reference};
  ent_composite_scores scores = {.rank = ent_arena_take(arena, sheet->unit_count, sizeof(double))};
  if (!scores.rank) return;
  ent_composite_reason reason = ent_composite_evaluate(&data, &tree, &plans.methods, &scores, &fault);
  /* what is wrong with a tree is found with its line before */
  if (reason >= ENT_COMPOSITE_NO_UNITS && reason <= ENT_COMPOSITE_DIRECTION) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_arena *arena = ent_arena_new((size_t)256 << 20);
  part parts[PARTS];
  ent_composite_sheet sheet;
  ent_findings findings;
  if (!arena) return 0;
  size_t count = divide((const char *)data, size, parts);
  if (count > 1 && read_all(arena, parts, count, &sheet, &findings)) {
    go_round(arena, &sheet, count);
    if (sheet.unit_count <= MOST_FIGURES / sheet.node_count) evaluate(arena, &sheet);
  }
  ent_arena_free(arena);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed) {
  return fuzz_change_or_mutate(data, size, max, seed);
}
