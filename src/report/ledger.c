/* ledger.c - statements and their verdicts as content: sums, inconsistencies of the text, the statements by kind,
 * figures of other sources, notes of the check. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/pair.h"

enum { VALUE = 10, MOST_INPUTS = 6, MOST_READINGS = 60, MOST_SIDES = 4 };

static const char *const verdicts[ENT_VERDICTS] = {[ENT_REPRODUCED] = "ledger.verdict.reproduced",
                                                   [ENT_DIFFERS] = "ledger.verdict.differs",
                                                   [ENT_NO_DATA] = "ledger.verdict.no_data"};

/* ---- values ---- */

/* Decimals that leave three digits or more, and none that say nothing: 0.0123, 1.23, 12.3, 1234, 15. */
static int decimals_of(double value, int digits) {
  double size = fabs(value);
  int decimals = digits - 1;
  for (double limit = 10; decimals > 0 && size >= limit; limit *= 10) decimals--;
  for (double limit = 1; decimals < 6 && size > 0 && size < limit; limit /= 10) decimals++;
  while (decimals > 0 && fabs(round(value * pow(10, decimals - 1)) - value * pow(10, decimals - 1)) < 1e-7) decimals--;
  return decimals;
}

static const char *sized(ent_words *words, double value, bool is_signed) {
  static const struct {
    double size;
    const char *word;
  } sizes[] = {{1e12, "ledger.value.trillion"}, {1e9, "ledger.value.billion"}, {1e6, "ledger.value.million"}};
  const char *number, *word = NULL;
  double shown = value;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes && !word; i++)
    if (fabs(value) >= sizes[i].size) {
      word = sizes[i].word;
      shown = value / sizes[i].size;
    }
  int decimals = decimals_of(shown, 4);
  number = is_signed ? ent_number_signed(words, shown, decimals) : ent_number_plain(words, shown, decimals);
  return word ? ent_words_fill(words, word, "number", number, NULL) : number;
}

/* What stands after a number: a word for a unit, a currency as it is; "" where the number says all. */
static const char *unit_word(ent_words *words, const char *unit) {
  static const char *const units[] = {"bodies", "days",    "events", "index", "km",   "km2",
                                      "months", "persons", "pieces", "votes", "years"};
  static const char *const plain[] = {"", "share", "ratio", "rank", "count"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    if (strcmp(unit, plain[i]) == 0) return "";
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcmp(unit, units[i]) == 0) return ent_words_of(words, "ledger.unit", unit);
  return *unit >= 'a' && *unit <= 'z' && !strpbrk(unit, "/*^") ? "" : unit; /* points of a scale are known by the row */
}

static const char *number_text(ent_words *words, double value, const char *unit, bool is_signed) {
  const char *number, *word = unit_word(words, unit);
  if (strcmp(unit, "share") == 0 && !is_signed) return ent_number_percent(words, value, decimals_of(value * 100, 3));
  if (strcmp(unit, "share") == 0)
    return ent_words_fill(words, "ledger.percentage_points", "number",
                          ent_number_signed(words, value * 100, decimals_of(value * 100, 3)), NULL);
  number = sized(words, value, is_signed);
  return *word ? ent_words_fill(words, "ledger.value.with_unit", "number", number, "unit", word, NULL) : number;
}

static const char *range_text(ent_words *words, const ent_shown *value) {
  const char *low, *high;
  if (!isfinite(value->low) && !isfinite(value->high)) return ent_words_get(words, "value.none");
  if (!isfinite(value->high))
    return ent_words_fill(words, "ledger.value.above", "low", number_text(words, value->low, value->unit, false), NULL);
  if (!isfinite(value->low))
    return ent_words_fill(words, "ledger.value.below", "high", number_text(words, value->high, value->unit, false),
                          NULL);
  low = number_text(words, value->low, value->unit, false);
  high = number_text(words, value->high, value->unit, false);
  return ent_text_same(low, high) ? low : ent_words_join(words, low, "–", high);
}

static const char *value_text(ent_words *words, const ent_shown *value) {
  switch (value->kind) {
    case ENT_SHOWN_TEXT: return value->text;
    case ENT_SHOWN_TRUTH: return ent_words_of(words, "ledger.truth", value->text);
    case ENT_SHOWN_NOTHING: return "";
    case ENT_SHOWN_NUMBER: break;
  }
  return isfinite(value->point) ? number_text(words, value->point, value->unit, false) : range_text(words, value);
}

static const char *stated_text(ent_words *words, const ent_ledger_statement *s) {
  if (strcmp(s->relation, "holds") == 0) return ent_words_get(words, "ledger.holds");
  if (s->stated.kind == ENT_SHOWN_NOTHING) return "";
  /* what is to be above a bound is to be above that bound */
  bool above = ent_text_same(s->relation, "above") || ent_text_same(s->relation, "at_least");
  bool below = ent_text_same(s->relation, "below") || ent_text_same(s->relation, "at_most");
  double bound = isfinite(s->stated.point) ? s->stated.point : above ? s->stated.low : below ? s->stated.high : NAN;
  const char *value =
      isfinite(bound) ? number_text(words, bound, s->stated.unit, false) : value_text(words, &s->stated);
  return ent_words_fill_of(words, "ledger.relation", s->relation, "value", value);
}

/* ---- sums ---- */

static ent_block *begin_sums(ent_content *content, ent_words *words, const char *title, const char *first) {
  enum { COUNT = 7 };
  static const char *const keys[COUNT] = {
      NULL, "column.all", "column.counted", "column.reproduced", "column.differs", "column.no_data", "column.checked"};
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.title = first, .wide = true};
  for (size_t i = 1; i < COUNT; i++)
    columns[i] = (ent_column){.title = ent_words_get(words, keys[i]), .right = true, .least = 5};
  ent_content_heading(content, 2, title);
  return ent_content_table(content, columns, COUNT);
}

static void add_sum(ent_content *content, ent_words *words, ent_block *table, const char *label,
                    const ent_ledger_sum *sum) {
  ent_row *row = ent_content_row(content, table);
  const size_t counts[] = {sum->all, sum->counted, sum->verdicts[ENT_REPRODUCED], sum->verdicts[ENT_DIFFERS],
                           sum->verdicts[ENT_NO_DATA]};
  ent_content_set(row, 0, ent_content_text(label, ENT_STYLE_PLAIN));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    ent_content_set(
        row, i + 1,
        ent_content_text(ent_number_count(words, counts[i]), counts[i] ? ENT_STYLE_PLAIN : ENT_STYLE_FAINT));
  ent_content_set(row, 6, ent_content_text(ent_number_percent(words, sum->checked, 0), ENT_STYLE_STRONG));
}

static void add_sums(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  const ent_ledger_sum *total = &answer->total;
  ent_content_paragraph(content,
                        ent_words_fill(words, "ledger.total", "all", ent_number_count(words, total->all), "counted",
                                       ent_number_count(words, total->counted), "reproduced",
                                       ent_number_count(words, total->verdicts[ENT_REPRODUCED]), "differs",
                                       ent_number_count(words, total->verdicts[ENT_DIFFERS]), "no_data",
                                       ent_number_count(words, total->verdicts[ENT_NO_DATA]), "checked",
                                       ent_number_percent(words, total->checked, 0), NULL),
                        ENT_STYLE_STRONG);
  ent_block *table =
      begin_sums(content, words, ent_words_get(words, "ledger.kinds"), ent_words_get(words, "column.kind"));
  for (size_t i = 0; i < answer->kind_count; i++)
    add_sum(content, words, table, ent_words_of(words, "ledger.kind", answer->kinds[i].name), &answer->kinds[i]);
  if (!answer->conclusion_count) return;
  table = begin_sums(content, words, ent_words_get(words, "ledger.conclusions"), NULL);
  for (size_t i = 0; i < answer->conclusion_count; i++)
    add_sum(content, words, table,
            ent_words_fill(words, "ledger.conclusion", "number",
                           ent_number_plain(words, answer->conclusions[i].conclusion, 0), NULL),
            &answer->conclusions[i]);
}

/* ---- statements ---- */

static const char *difference_text(ent_words *words, const ent_ledger_statement *s) {
  if (s->difference.kind != ENT_SHOWN_NUMBER) return "";
  const char *by = number_text(words, s->difference.point, s->difference.unit, true);
  if (isfinite(s->relative)) {
    const char *share = ent_number_percent(words, fabs(s->relative), decimals_of(100 * s->relative, 2));
    by = ent_words_join(words, by, " ", ent_words_fill(words, "ledger.relative", "share", share, NULL));
  }
  return ent_words_fill(words, "ledger.differs_by", "difference", by, NULL);
}

static const char *gaps_text(ent_words *words, const ent_ledger_statement *s) {
  const char *text = ent_words_label(words, s->missing);
  for (size_t i = 0; i < s->gap_count; i++) {
    const char *why = ent_words_of(words, "ledger.gap", s->gaps[i].why);
    if (s->gaps[i].subject) why = ent_words_fill(words, "ledger.gap_of", "key", s->gaps[i].subject, "why", why, NULL);
    text = ent_words_join(words, text, "; ", why);
  }
  return text;
}

static bool named_before(const ent_ledger_statement *s, size_t i) {
  for (size_t k = 0; k < i; k++)
    if (ent_text_same(s->inputs[k].key, s->inputs[i].key)) return true;
  return false;
}

/* A figure's key with when it was published, or read, and of when its data are. */
static const char *vintage_text(ent_words *words, const ent_ledger_input *input) {
  const ent_vintage *v = &input->vintage;
  const char *text = input->key;
  if (*v->issued)
    text = ent_words_join(words, text, ", ", ent_words_fill(words, "ledger.issued", "date", v->issued, NULL));
  else if (*v->accessed)
    text = ent_words_join(words, text, ", ", ent_words_fill(words, "ledger.accessed", "date", v->accessed, NULL));
  if (*v->version) text = ent_words_join(words, text, ", ", v->version);
  return ent_words_join(
      words, text, ", ",
      ent_words_fill(words, "ledger.data_of", "year", *v->data_year ? v->data_year : v->period, NULL));
}

static const char *inputs_text(ent_words *words, const ent_ledger_statement *s) {
  const char *text = "";
  bool is_external = ent_text_same(s->kind, "external"); /* two vintages stand beside each other */
  size_t shown = 0, more = 0;
  for (size_t i = 0; i < s->input_count; i++) {
    if (named_before(s, i)) continue;
    const ent_ledger_input *input = &s->inputs[i];
    const char *said = is_external && input->vintage.source ? vintage_text(words, input) : input->key;
    if (shown++ < MOST_INPUTS) text = ent_words_join(words, text, is_external ? "; " : ", ", said);
    else more++;
  }
  if (more) text = ent_words_join(words, text, " ", ent_number_counted(words, "ledger.more_inputs", more));
  return *text ? ent_words_fill(words, "ledger.from", "inputs", text, NULL) : "";
}

/* "53,700 persons > 28,500 persons", of each comparison of numbers. */
static const char *sides_text(ent_words *words, const ent_ledger_statement *s) {
  const char *text = "";
  for (size_t i = 0; i < s->comparison_count && i < MOST_SIDES; i++) {
    const ent_ledger_comparison *c = &s->comparisons[i];
    if (c->left.kind != ENT_SHOWN_NUMBER || c->right.kind != ENT_SHOWN_NUMBER) continue;
    const char *side = ent_words_join(words, value_text(words, &c->left), " ", c->sign);
    text = ent_words_join(words, text, "; ", ent_words_join(words, side, " ", value_text(words, &c->right)));
  }
  return text;
}

static const char *note_of(ent_words *words, const ent_ledger_statement *s) {
  const char *text = ent_words_join(words, s->id, ENT_WORDS_DOT, sides_text(words, s));
  if (*s->finding && s->is_found)
    text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_of(words, "ledger.finding", s->finding));
  text = ent_words_join(words, text, ENT_WORDS_DOT, difference_text(words, s));
  text = ent_words_join(words, text, ENT_WORDS_DOT, gaps_text(words, s));
  text = ent_words_join(words, text, ENT_WORDS_DOT, inputs_text(words, s));
  if (!s->counts && *s->expression)
    text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "ledger.looks_up"));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_basis_citations(words, s->citations, s->citation_count));
}

static ent_block *begin_statements(ent_content *content, ent_words *words) {
  enum { COUNT = 4 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return NULL;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.statement"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.stated"), .right = true, .least = VALUE};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.computed"), .right = true, .least = VALUE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.verdict"), .least = VALUE};
  return ent_content_table(content, columns, COUNT);
}

static void add_statement(ent_content *content, ent_words *words, ent_block *table, const ent_ledger_statement *s) {
  static const ent_style styles[ENT_VERDICTS] = {
      [ENT_REPRODUCED] = ENT_STYLE_GOOD, [ENT_DIFFERS] = ENT_STYLE_BAD, [ENT_NO_DATA] = ENT_STYLE_FAINT};
  ent_row *row = ent_content_row(content, table);
  if (!row) return;
  row->cells[0] = ent_content_figure(ent_words_label(words, s->label), s->key, ENT_STYLE_PLAIN);
  row->cells[1] = ent_content_text(stated_text(words, s), ENT_STYLE_PLAIN);
  row->cells[2] = ent_content_text(value_text(words, &s->computed), ENT_STYLE_STRONG);
  row->cells[3] = ent_content_text(ent_words_get(words, verdicts[s->verdict]), styles[s->verdict]);
  row->note = note_of(words, s);
}

static const char *note_text(ent_words *words, const ent_ledger_note *note) {
  const char *text = ent_words_join(words, note->file, "", ":"), *ids = "";
  text = ent_words_join(words, text, " ", note->code);
  if (note->id) text = ent_words_join(words, text, ENT_WORDS_DOT, note->id);
  if (note->what) text = ent_words_join(words, text, ENT_WORDS_DOT, note->what);
  for (size_t i = 0; i < note->statement_count; i++) ids = ent_words_join(words, ids, ", ", note->statements[i]);
  return ent_words_join(words, text, ENT_WORDS_DOT,
                        note->statement_count ? ent_words_fill(words, "ledger.accounted", "statements", ids, NULL)
                                              : ent_words_get(words, "ledger.unaccounted"));
}

/* What general rules found, beside what the statements look for. */
static void add_noted(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  ent_block *list = NULL;
  for (size_t i = 0; i < answer->note_count; i++) {
    const ent_ledger_note *note = &answer->notes[i];
    if (!note->finding) continue;
    if (!list) {
      ent_content_heading(content, 3, ent_words_get(words, "ledger.noted"));
      list = ent_content_list(content);
    }
    ent_content_item(content, list,
                     ent_content_text(ent_words_join(words, ent_words_of(words, "ledger.finding", note->finding),
                                                     ENT_WORDS_DOT, note_text(words, note)),
                                      ENT_STYLE_PLAIN));
  }
}

static void add_findings(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  bool any = answer->finding_count > 0;
  for (size_t i = 0; i < answer->note_count && !any; i++) any = answer->notes[i].finding != NULL;
  if (any) ent_content_heading(content, 2, ent_words_get(words, "ledger.findings"));
  for (size_t f = 0; f < answer->finding_count; f++) {
    const ent_ledger_sum *sum = &answer->findings[f];
    ent_block *table = NULL;
    ent_content_heading(content, 3, ent_words_of(words, "ledger.finding", sum->name));
    ent_content_paragraph(
        content,
        ent_words_fill(words, "ledger.found", "found", ent_number_count(words, sum->verdicts[ENT_DIFFERS]), "count",
                       ent_number_count(words, sum->all), NULL),
        ENT_STYLE_FAINT);
    for (size_t i = 0; i < answer->count; i++) {
      const ent_ledger_statement *s = &answer->statements[i];
      if (!s->is_found || !ent_text_same(s->finding, sum->name)) continue;
      if (!table) table = begin_statements(content, words);
      add_statement(content, words, table, s);
    }
  }
  add_noted(content, words, answer);
}

static void add_statements(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  ent_content_heading(content, 2, ent_words_get(words, "ledger.statements"));
  for (size_t k = 0; k < answer->kind_count; k++) {
    ent_block *table = NULL;
    for (size_t i = 0; i < answer->count; i++) {
      const ent_ledger_statement *s = &answer->statements[i];
      if (!ent_text_same(s->kind, answer->kinds[k].name)) continue;
      if (!table) {
        ent_content_heading(content, 3, ent_words_of(words, "ledger.kind", s->kind));
        table = begin_statements(content, words);
      }
      add_statement(content, words, table, s);
    }
  }
}

/* ---- others' readings ---- */

static void add_readings(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  enum { COUNT = 4 };
  ent_column *columns = ent_arena_take(content->arena, COUNT, sizeof *columns);
  if (!answer->reading_count) return;
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.figure"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.study"), .right = true, .least = VALUE};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.other_source"), .right = true, .least = VALUE};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.difference"), .right = true, .least = VALUE};
  ent_content_heading(content, 2, ent_words_get(words, "ledger.readings"));
  ent_block *table = ent_content_table(content, columns, COUNT);
  for (size_t i = 0; i < answer->reading_count && i < MOST_READINGS; i++) {
    const ent_ledger_reading *r = &answer->readings[i];
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_figure(ent_words_label(words, r->label), r->study.key, ENT_STYLE_PLAIN);
    row->cells[1] = ent_content_text(value_text(words, &r->study.value), ENT_STYLE_PLAIN);
    row->cells[2] = ent_content_text(value_text(words, &r->outside.value), ENT_STYLE_PLAIN);
    if (r->difference.kind == ENT_SHOWN_NUMBER)
      row->cells[3] = ent_content_text(isfinite(r->relative) ? ent_number_signed(words, 100 * r->relative, 1) : "",
                                       ENT_STYLE_STRONG);
    if (r->difference.kind == ENT_SHOWN_NUMBER && isfinite(r->relative))
      row->cells[3].text = ent_words_fill(words, "format.percent", "number", row->cells[3].text, NULL);
    row->note = ent_words_join(words, vintage_text(words, &r->study), ENT_WORDS_DOT, vintage_text(words, &r->outside));
    row->note = ent_words_join(words, row->note, ENT_WORDS_DOT, ent_pair_brief(words, &r->comparison));
  }
  if (answer->reading_count > MOST_READINGS)
    ent_content_paragraph(content, ent_number_counted(words, "force.more", answer->reading_count - MOST_READINGS),
                          ENT_STYLE_FAINT);
}

/* ---- notes ---- */

static void add_notes(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  if (!answer->note_count) return;
  ent_content_heading(content, 2, ent_words_get(words, "ledger.notes"));
  ent_block *list = ent_content_list(content);
  for (size_t i = 0; i < answer->note_count; i++)
    ent_content_item(content, list,
                     ent_content_text(note_text(words, &answer->notes[i]),
                                      answer->notes[i].statement_count ? ENT_STYLE_PLAIN : ENT_STYLE_BAD));
  ent_content_paragraph(content,
                        answer->unaccounted ? ent_number_counted(words, "ledger.unaccounted_count", answer->unaccounted)
                                            : ent_words_get(words, "ledger.all_accounted"),
                        ENT_STYLE_STRONG);
}

static void add_notice(ent_content *content, ent_words *words, const ent_ledger_answer *answer) {
  static const char *const keys[] = {"ledger.notice_verdicts", "ledger.notice_own"};
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "ledger.notice"));
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, keys[i]), ENT_STYLE_PLAIN));
  if (answer->withheld)
    ent_content_item(content, notice,
                     ent_content_text(ent_number_counted(words, "ledger.withheld", answer->withheld), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "ledger.go_on"), ENT_STYLE_FAINT));
  ent_basis_line(content, words, &answer->basis, notice);
}

void ent_ledger_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_ledger_answer *answer = &result->ledger;
  bool is_part = answer->verdict || answer->kind || answer->conclusion || answer->find;
  ent_basis_heading(content, words, &answer->basis);
  ent_content_heading(content, 2, ent_words_get(words, "ledger.title"));
  if (!answer->total.all) ent_content_paragraph(content, ent_words_get(words, "ledger.none"), ENT_STYLE_PLAIN);
  else if (is_part)
    ent_content_paragraph(content, ent_number_counted(words, "ledger.filtered", answer->count), ENT_STYLE_PLAIN);
  if (answer->total.all) add_sums(content, words, answer);
  if (!is_part) add_findings(content, words, answer);
  if (answer->count) add_statements(content, words, answer);
  if (!is_part) {
    add_readings(content, words, answer);
    add_notes(content, words, answer);
  }
  add_notice(content, words, answer);
}
