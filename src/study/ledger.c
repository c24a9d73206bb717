/* ledger.c - the operation ledger: every statement of the text that can be checked, computed anew from the evidence.
 *
 * Comes in: a study and which of its statements are wanted. Goes out: the statements with their verdicts, sums over all
 * of them, findings about the text itself, readings of others, and the notes of the check with what accounts for them.
 * The sums are those of the whole ledger, whatever part of it is asked for. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/ledger.h"

enum { MOST_CONCLUSION = 99 };

typedef struct builder {
  ent_study *study;
  ent_arena *arena;
  ent_ledger_answer *out;
  const ent_ledger_options *asked;
  ent_fact_base facts;
  int verdict, conclusion; /* -1: any */
  int32_t as_of;
  bool is_dated;
} builder;

static const char *const verdicts[ENT_VERDICTS] = {
    [ENT_REPRODUCED] = "reproduced", [ENT_DIFFERS] = "differs", [ENT_NO_DATA] = "no_data"};

static const char *const input_kinds[] = {
    [ENT_INPUT_FIGURE] = "figure", [ENT_INPUT_COLUMN] = "column", [ENT_INPUT_CODING] = "coding",
    [ENT_INPUT_PERIOD] = "period", [ENT_INPUT_ROW] = "row",       [ENT_INPUT_COUNTED] = "counted"};

static ent_status fail_memory(const builder *b) { return ent_fail_memory(b->study->context); }

/* ---- what is asked ---- */

/* The words that a column of statements may hold. */
static const ent_field *field_of(const builder *b, const char *column) {
  int r = ent_format_find(b->study->format, "statements");
  int f = r < 0 ? -1 : ent_resource_field(&b->study->format->resources[r], column);
  return f < 0 ? NULL : &b->study->format->resources[r].fields[f];
}

static ent_status refuse(const builder *b, const char *option, const char *given, const char *const *words,
                         size_t count) {
  const char *near = ent_text_nearest(given, words, count);
  ent_text all = {0};
  for (size_t i = 0; i < count; i++) ent_text_print(&all, "%s%s", i ? ", " : "use one of ", words[i]);
  const char *remedy = near       ? ent_arena_print(b->arena, "did you mean \"%s\"?", near)
                       : all.data ? ent_arena_print(b->arena, "%s", all.data)
                                  : NULL;
  ent_text_clear(&all);
  return ent_fail(b->study->context, ENT_USAGE, option, remedy, "\"%s\" is none", given);
}

static ent_status read_verdict(builder *b) {
  b->verdict = -1;
  if (!b->asked->verdict) return ENT_OK;
  for (int v = 0; v < ENT_VERDICTS; v++)
    if (strcmp(verdicts[v], b->asked->verdict) == 0) b->verdict = v;
  return b->verdict >= 0 ? ENT_OK : refuse(b, "--verdict", b->asked->verdict, verdicts, ENT_VERDICTS);
}

static ent_status read_kind(const builder *b) {
  const ent_field *field = field_of(b, "kind");
  if (!b->asked->kind || !field) return ENT_OK;
  for (size_t i = 0; i < field->word_count; i++)
    if (strcmp(field->words[i], b->asked->kind) == 0) return ENT_OK;
  return refuse(b, "--kind", b->asked->kind, field->words, field->word_count);
}

static ent_status read_conclusion(builder *b) {
  double number;
  b->conclusion = -1;
  if (!b->asked->conclusion) return ENT_OK;
  if (!ent_text_number(b->asked->conclusion, &number) || number < 1 || number > MOST_CONCLUSION ||
      number != floor(number))
    return ent_fail(b->study->context, ENT_USAGE, "--conclusion", "give the number of a conclusion, from 1",
                    "\"%s\" is none", b->asked->conclusion);
  b->conclusion = (int)number;
  return ENT_OK;
}

static ent_status keep(const builder *b, const char *text, const char **out) {
  *out = text ? ent_arena_copy(b->arena, text, strlen(text)) : NULL;
  return text && !*out ? fail_memory(b) : ENT_OK;
}

static ent_status read_options(builder *b) {
  ent_span as_of = {0, 0};
  ent_status status = ent_study_date(b->study, "--as-of", b->asked->as_of, &as_of);
  b->is_dated = b->asked->as_of != NULL;
  b->as_of = as_of.last;
  if (!status) status = read_verdict(b);
  if (!status) status = read_kind(b);
  if (!status) status = read_conclusion(b);
  if (!status) status = keep(b, b->asked->verdict, &b->out->verdict);
  if (!status) status = keep(b, b->asked->kind, &b->out->kind);
  if (!status) status = keep(b, b->asked->conclusion, &b->out->conclusion);
  if (!status) status = keep(b, b->asked->find, &b->out->find);
  return status;
}

/* Whether text stands in another, without regard to the case of ASCII letters. */
static bool has_text(const char *text, const char *sought) {
  size_t length = strlen(sought);
  for (; *text; text++) {
    size_t i = 0;
    while (i < length && tolower((unsigned char)text[i]) == tolower((unsigned char)sought[i])) i++;
    if (i == length) return true;
  }
  return length == 0;
}

static bool is_wanted(const builder *b, const ent_ledger_statement *s) {
  if (b->verdict >= 0 && s->verdict != (ent_verdict)b->verdict) return false;
  if (b->conclusion >= 0 && s->conclusion != b->conclusion) return false;
  if (b->asked->kind && strcmp(s->kind, b->asked->kind) != 0) return false;
  if (!b->asked->find) return true;
  const char *const texts[] = {s->id,     s->label.en, s->label.de, s->expression, s->stated_key ? s->stated_key : "",
                               s->finding};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (has_text(texts[i], b->asked->find)) return true;
  return false;
}

/* ---- one statement ---- */

static ent_status fill_gaps(const builder *b, const ent_computed *computed, ent_ledger_statement *s) {
  const ent_evaluation *e = &computed->evaluation;
  if (s->verdict != ENT_NO_DATA) return ENT_OK;
  s->gaps = ent_arena_take(b->arena, e->gap_count, sizeof *s->gaps);
  if (!s->gaps) return fail_memory(b);
  for (size_t i = 0; i < e->gap_count; i++) s->gaps[i] = (ent_ledger_gap){e->gaps[i].why, e->gaps[i].subject};
  s->gap_count = e->gap_count;
  return ENT_OK;
}

static ent_status fill_inputs(const builder *b, const ent_computed *computed, ent_ledger_statement *s) {
  const ent_evaluation *e = &computed->evaluation;
  ent_status status = ENT_OK;
  s->inputs = ent_arena_take(b->arena, e->input_count, sizeof *s->inputs);
  if (!s->inputs) return fail_memory(b);
  for (size_t i = 0; i < e->input_count && !status; i++) {
    const ent_input *from = &e->inputs[i];
    ent_ledger_input *to = &s->inputs[i];
    *to = (ent_ledger_input){.kind = input_kinds[from->kind],
                             .key = from->key,
                             .field = from->field,
                             .is_stated = i + computed->stated_inputs >= e->input_count};
    if (!ent_ledger_show(b->arena, &from->value, &from->value.measure, &to->value)) return fail_memory(b);
    if (from->kind != ENT_INPUT_FIGURE || strncmp(from->key, "observations:", 13) != 0) continue;
    ent_catalog_row row;
    status = ent_catalog_item(b->study->catalog, from->key, &row);
    if (!status) status = ent_ledger_vintage(b->study, b->arena, &row, &to->vintage, &to->is_outside);
  }
  s->input_count = e->input_count;
  return status;
}

/* By how much it differs, in the unit of both. */
static ent_status fill_difference(const builder *b, const ent_computed *computed, ent_ledger_statement *s) {
  const ent_link *wrong =
      computed->statement.relation == ENT_RELATION_HOLDS ? ent_expression_false(&computed->evaluation) : NULL;
  double of = wrong ? wrong->right.number.point : computed->stated.number.point;
  ent_value difference = {.kind = ENT_VALUE_NUMBER, .number = ent_range_exact(computed->difference)};
  const ent_measure *measure = wrong ? &wrong->measure : &computed->measure;
  s->relative = NAN;
  if (isnan(computed->difference)) difference.number = ent_range_missing();
  else if (!isnan(of) && of != 0) s->relative = computed->difference / fabs(of);
  return ent_ledger_show(b->arena, &difference, measure, &s->difference) ? ENT_OK : fail_memory(b);
}

/* Both sides of every comparison, which say more than that it is true. */
static ent_status fill_comparisons(const builder *b, const ent_computed *computed, ent_ledger_statement *s) {
  const ent_evaluation *e = &computed->evaluation;
  s->comparisons = ent_arena_take(b->arena, e->link_count, sizeof *s->comparisons);
  if (!s->comparisons) return fail_memory(b);
  for (size_t i = 0; i < e->link_count; i++) {
    const ent_link *from = &e->links[i];
    ent_ledger_comparison *to = &s->comparisons[i];
    const ent_value truth = {.kind = ENT_VALUE_TRUTH, .truth = from->truth};
    ent_shown said;
    if (!ent_ledger_show(b->arena, &from->left, &from->measure, &to->left) ||
        !ent_ledger_show(b->arena, &from->right, &from->measure, &to->right) ||
        !ent_ledger_show(b->arena, &truth, &from->measure, &said))
      return fail_memory(b);
    to->sign = ent_joint_sign(from->joint);
    to->truth = said.text;
  }
  s->comparison_count = e->link_count;
  return ENT_OK;
}

static ent_status fill_values(const builder *b, const ent_computed *computed, ent_ledger_statement *s) {
  ent_value none = {.kind = ENT_VALUE_NUMBER, .missing = true};
  const ent_value *value = computed->has_expression ? &computed->evaluation.value : &none;
  const ent_measure *measure = computed->has_expression ? &computed->measure : &computed->stated.measure;
  if (!ent_ledger_show(b->arena, value, measure, &s->computed) ||
      !ent_ledger_show(b->arena, &computed->stated, measure, &s->stated))
    return fail_memory(b);
  s->tolerance =
      computed->statement.relation == ENT_RELATION_EQUAL || computed->statement.relation == ENT_RELATION_ABOUT
          ? computed->statement.tolerance
          : NAN;
  return fill_difference(b, computed, s);
}

static ent_status fill_statement(builder *b, const ent_catalog_row *row, ent_ledger_statement *s) {
  const ent_statement_cells cells = {ent_catalog_value(row, "expression"), ent_catalog_value(row, "relation"),
                                     ent_catalog_value(row, "stated"),     ent_catalog_value(row, "unit"),
                                     ent_catalog_value(row, "tolerance"),  ent_catalog_value(row, "missing_en"),
                                     ent_catalog_value(row, "missing_de")};
  ent_statement_problem problem;
  ent_computed computed;
  ent_status status = ent_statement_compute(&b->facts, &cells, &computed, &problem);
  if (status) return status;
  if (problem.code) /* the check let it pass, so that another format or program wrote the store */
    return ent_fail(b->study->context, ENT_STORE, row->id, "load the package again", "%s", problem.what);
  s->id = row->id;
  s->key = ent_arena_print(b->arena, "statements:%s", row->id);
  if (!s->key) return fail_memory(b);
  s->label = ent_catalog_label(row);
  s->kind = ent_catalog_value(row, "kind");
  s->conclusion = atoi(ent_catalog_value(row, "conclusion"));
  s->expression = cells.expression;
  s->relation = cells.relation;
  s->stated_key = computed.stated_key;
  s->verdict = computed.verdict;
  s->counts = computed.counts;
  s->finding = ent_catalog_value(row, "finding");
  s->is_found = *s->finding && s->verdict == ENT_DIFFERS;
  s->missing = (ent_label){cells.missing_en, cells.missing_de};
  status = fill_values(b, &computed, s);
  if (!status) status = fill_comparisons(b, &computed, s);
  if (!status) status = fill_gaps(b, &computed, s);
  if (!status) status = fill_inputs(b, &computed, s);
  return status ? status : ent_row_citations(b->study, b->arena, row, &s->citations, &s->citation_count);
}

/* ---- sums ---- */

static void add_to(ent_ledger_sum *sum, const ent_ledger_statement *s) {
  sum->all++;
  sum->counted += s->counts;
  sum->verdicts[s->verdict]++;
}

static void finish_sum(ent_ledger_sum *sum) {
  size_t checked = sum->verdicts[ENT_REPRODUCED] + sum->verdicts[ENT_DIFFERS];
  sum->checked = sum->all ? (double)checked / (double)sum->all : NAN;
}

/* Sums by the words of a column, in the format's order; only those that occur. */
static ent_status sum_words(const builder *b, const char *column, const ent_ledger_statement *list, size_t count,
                            ent_ledger_sum **out, size_t *sums) {
  const ent_field *field = field_of(b, column);
  bool by_kind = strcmp(column, "kind") == 0;
  *sums = 0;
  *out = ent_arena_take(b->arena, field ? field->word_count : 0, sizeof **out);
  if (!*out) return fail_memory(b);
  for (size_t w = 0; field && w < field->word_count; w++) {
    ent_ledger_sum sum = {.name = field->words[w]};
    for (size_t i = 0; i < count; i++)
      if (strcmp(by_kind ? list[i].kind : list[i].finding, field->words[w]) == 0) add_to(&sum, &list[i]);
    finish_sum(&sum);
    if (sum.all) (*out)[(*sums)++] = sum;
  }
  return ENT_OK;
}

static ent_status sum_conclusions(const builder *b, const ent_ledger_statement *list, size_t count) {
  ent_ledger_sum *sums = ent_arena_take(b->arena, MOST_CONCLUSION, sizeof *sums);
  if (!sums) return fail_memory(b);
  b->out->conclusions = sums;
  for (int c = 1; c <= MOST_CONCLUSION; c++) {
    ent_ledger_sum sum = {.conclusion = c};
    for (size_t i = 0; i < count; i++)
      if (list[i].conclusion == c) add_to(&sum, &list[i]);
    finish_sum(&sum);
    if (sum.all) sums[b->out->conclusion_count++] = sum;
  }
  return ENT_OK;
}

static ent_status add_sums(const builder *b, const ent_ledger_statement *list, size_t count) {
  ent_ledger_answer *out = b->out;
  for (size_t i = 0; i < count; i++) add_to(&out->total, &list[i]);
  finish_sum(&out->total);
  ent_status status = sum_words(b, "kind", list, count, &out->kinds, &out->kind_count);
  if (!status) status = sum_words(b, "finding", list, count, &out->findings, &out->finding_count);
  return status ? status : sum_conclusions(b, list, count);
}

static ent_status add_statements(builder *b) {
  ent_rows rows;
  ent_ledger_answer *out = b->out;
  size_t count = 0;
  ent_status status = ent_rows_open(b->study, "statements", &rows);
  if (status) return status;
  ent_ledger_statement *all = ent_arena_take(b->arena, rows.table->rows, sizeof *all);
  out->statements = ent_arena_take(b->arena, rows.table->rows, sizeof *out->statements);
  if (!all || !out->statements) return fail_memory(b);
  for (size_t i = 0; i < rows.table->rows && !status; i++) {
    ent_catalog_row row;
    status = ent_rows_at(&rows, i, &row);
    if (!status && row.withheld) out->withheld++;
    else if (!status) status = fill_statement(b, &row, &all[count++]);
  }
  if (!status) status = add_sums(b, all, count);
  for (size_t i = 0; i < count && !status; i++)
    if (is_wanted(b, &all[i])) out->statements[out->count++] = all[i];
  return status;
}

/* ---- notes ---- */

/* Which kind of inconsistency of the text a note is about; NULL: of none. */
static const char *finding_of(const char *code) {
  static const char *const kinds[][2] = {
      {"sum-above-whole", "difference"},           {"figures-disagree", "two_counts"},
      {"qualifiers-differ", "two_counts"},         {"back-reference-elsewhere", "back_reference"},
      {"back-reference-source", "back_reference"}, {"comparison-contradicted", "order"},
      {"conversions-differ", "multiple"}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i][0], code) == 0) return kinds[i][1];
  return NULL;
}

/* A word of accounts_for, and the statement that it stands in. */
typedef struct account {
  const char *word, *statement;
  size_t length;
} account;

/* The words of the statements that may be shown, as many as a check looks at. */
static ent_status read_accounts(const builder *b, account **out, size_t *count) {
  ent_rows rows;
  ent_status status = ent_rows_open(b->study, "statements", &rows);
  *count = 0;
  if (status) return status;
  if (!(*out = ent_arena_take(b->arena, ENT_MOST_ACCOUNTS, sizeof **out))) return fail_memory(b);
  for (size_t i = 0; i < rows.table->rows && *count < ENT_MOST_ACCOUNTS; i++) {
    const char *at = ent_rows_cell(&rows, i, "accounts_for");
    ent_catalog_row row;
    if (!*at) continue;
    if ((status = ent_rows_at(&rows, i, &row))) return status;
    for (; !row.withheld && *(at += strspn(at, " ")) && *count < ENT_MOST_ACCOUNTS; at += strcspn(at, " "))
      (*out)[(*count)++] = (account){at, row.id, strcspn(at, " ")};
  }
  return ENT_OK;
}

/* The ids of the statements that account for a finding, each once. */
static ent_status fill_accounting(const builder *b, const account *accounts, size_t count, const ent_finding *finding,
                                  ent_ledger_note *note) {
  const char *last = NULL;
  size_t room = 0;
  for (size_t i = 0; i < count; i++) {
    if (accounts[i].statement == last || !ent_statement_accounts(accounts[i].word, accounts[i].length, finding))
      continue;
    if (note->statement_count == room) {
      const char **grown = ent_arena_take(b->arena, room = room ? 2 * room : 4, sizeof *grown);
      if (!grown) return fail_memory(b);
      if (note->statement_count) memcpy(grown, note->statements, note->statement_count * sizeof *grown);
      note->statements = grown;
    }
    note->statements[note->statement_count++] = last = accounts[i].statement;
  }
  return ENT_OK;
}

static ent_status add_notes(builder *b) {
  const ent_findings *findings = NULL;
  ent_ledger_answer *out = b->out;
  account *accounts = NULL;
  size_t count = 0;
  bool hides = b->study->withheld > 0; /* a note may quote the rows that it is about */
  ent_status status = ent_ledger_notes(b->study, b->arena, &findings);
  if (!status) status = read_accounts(b, &accounts, &count);
  if (status) return status;
  if (!(out->notes = ent_arena_take(b->arena, findings->count, sizeof *out->notes))) return fail_memory(b);
  for (size_t i = 0; i < findings->count && !status; i++) {
    const ent_finding *f = &findings->list[i];
    ent_ledger_note *note = &out->notes[out->note_count];
    if (f->severity != ENT_NOTE) continue;
    *note = (ent_ledger_note){
        .code = f->code, .file = f->file, .id = f->id, .what = hides ? NULL : f->what, .finding = finding_of(f->code)};
    status = fill_accounting(b, accounts, count, f, note);
    out->note_count++;
    out->unaccounted += note->statement_count == 0;
  }
  return status;
}

static ent_status fill_ledger(builder *b) {
  ent_status status = read_options(b);
  const int32_t *as_of = b->is_dated ? &b->as_of : NULL;
  if (!status) status = ent_basis_fill(b->study, b->arena, as_of, &b->out->basis);
  if (!status) status = ent_facts_of_study(b->study, b->arena, as_of, &b->facts);
  if (!status) status = add_statements(b);
  if (!status) status = ent_ledger_readings(b->study, b->arena, &b->facts, b->out);
  return status ? status : add_notes(b);
}

ent_status ent_ledger_run(ent_study *study, const ent_ledger_options *options, ent_result **out) {
  static const ent_ledger_options defaults;
  ent_status status;
  *out = NULL;
  ent_context_clear(study->context);
  ent_result *result = ent_result_new(study->context, ENT_LEDGER);
  if (!result) return ent_fail_memory(study->context);
  builder b = {.study = study, .arena = result->arena, .out = &result->ledger, .asked = options ? options : &defaults};
  status = fill_ledger(&b);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
