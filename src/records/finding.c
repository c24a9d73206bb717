/* finding.c - a growing list of findings.
 *
 * Comes in: what a check found. Goes out: the list, and counts that stay right when the list is full. Must not: decide
 * what is wrong, nor let one hostile cell or file fill the memory: texts are cut and the list has an end. */
#include "records/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MOST_FINDINGS 10000
#define MOST_NOTES 5000  /* of them, so that notes leave room for what stops a load */
#define LONGEST_TEXT 600 /* bytes */

static bool make_room(ent_findings *findings);
static const char *copy_text(ent_findings *findings, const char *text);
static int compare(const void *left, const void *right);
static int compare_texts(const char *a, const char *b);

void ent_findings_init(ent_findings *findings, ent_arena *arena) { *findings = (ent_findings){.arena = arena}; }

void ent_findings_add(ent_findings *findings, ent_severity severity, const char *code, const char *file, long line,
                      const char *column, const char *id, const char *remedy, const char *what, ...) {
  if (severity == ENT_ERROR) findings->errors++;
  else findings->notes++;
  bool full = severity == ENT_NOTE && findings->kept_notes == MOST_NOTES;
  if (full || findings->count == MOST_FINDINGS) {
    findings->dropped++;
    return;
  }
  if (!make_room(findings)) return;
  if (severity == ENT_NOTE) findings->kept_notes++;
  ent_text sentence = {0};
  va_list arguments;
  va_start(arguments, what);
  ent_text_vprint(&sentence, what, arguments);
  va_end(arguments);
  findings->list[findings->count++] = (ent_finding){
      .severity = severity,
      .code = code,
      .file = copy_text(findings, file),
      .line = line,
      .column = copy_text(findings, column),
      .id = copy_text(findings, id),
      .what = copy_text(findings, sentence.failed ? "" : sentence.data),
      .remedy = copy_text(findings, remedy),
  };
  if (sentence.failed) findings->failed = true;
  ent_text_clear(&sentence);
}

void ent_findings_sort(ent_findings *findings) {
  if (findings->count > 1) qsort(findings->list, findings->count, sizeof *findings->list, compare);
}

static bool make_room(ent_findings *findings) {
  if (findings->count < findings->capacity) return true;
  size_t capacity = findings->capacity ? findings->capacity * 2 : 64;
  ent_finding *list = ent_arena_take(findings->arena, capacity, sizeof *list);
  if (!list) {
    findings->failed = true;
    return false;
  }
  if (findings->count) memcpy(list, findings->list, findings->count * sizeof *list);
  findings->list = list;
  findings->capacity = capacity;
  return true;
}

/* Never NULL where text is not, so that whoever lists findings after a failure is safe. A long text loses its middle,
 * which is what it quotes: what is said of it stands around. */
static const char *copy_text(ent_findings *findings, const char *text) {
  if (!text) return NULL;
  ent_text kept = {0};
  size_t length = strlen(text), head = length, tail = length;
  if (length > LONGEST_TEXT) {
    head = LONGEST_TEXT / 2;
    tail = length - LONGEST_TEXT / 2;
    while (head > 0 && ((unsigned char)text[head] & 0xC0) == 0x80) head--;
    while (tail < length && ((unsigned char)text[tail] & 0xC0) == 0x80) tail++;
  }
  ent_text_add_clean(&kept, text, head);
  if (length > LONGEST_TEXT) ent_text_add(&kept, "...");
  ent_text_add_clean(&kept, text + tail, length - tail);
  const char *copy = kept.failed || !kept.data ? NULL : ent_arena_copy(findings->arena, kept.data, kept.length);
  ent_text_clear(&kept);
  if (copy) return copy;
  findings->failed = true;
  return "";
}

static int compare(const void *left, const void *right) {
  const ent_finding *a = left, *b = right;
  if (a->severity != b->severity) return a->severity == ENT_ERROR ? -1 : 1;
  int order = compare_texts(a->file, b->file);
  if (order) return order;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  if ((order = compare_texts(a->column, b->column))) return order;
  if ((order = compare_texts(a->code, b->code))) return order;
  if ((order = compare_texts(a->what, b->what))) return order;
  if ((order = compare_texts(a->id, b->id))) return order;
  return compare_texts(a->remedy, b->remedy);
}

static int compare_texts(const char *a, const char *b) { /* NULL first */
  if (!a || !b) return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}
