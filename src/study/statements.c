/* statements.c - see statements.h.
 *
 * Comes in: rows of statements and where their facts are. Goes out: values, verdicts, and what is wrong with a row.
 * Must not show anything: report/ does. */
#include "study/statements.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define TWENTIETH 0.05
enum { MOST_STATEMENTS = 20000 };

static const char *const relations[ENT_RELATIONS] = {
    [ENT_RELATION_EQUAL] = "equal", [ENT_RELATION_ABOUT] = "about",       [ENT_RELATION_ABOVE] = "above",
    [ENT_RELATION_BELOW] = "below", [ENT_RELATION_AT_LEAST] = "at_least", [ENT_RELATION_AT_MOST] = "at_most",
    [ENT_RELATION_HOLDS] = "holds"};

int ent_relation_find(const char *word) {
  for (int r = 0; r < ENT_RELATIONS; r++)
    if (strcmp(relations[r], word) == 0) return r;
  return -1;
}

typedef struct computing {
  ent_fact_base *facts;
  const ent_statement_cells *cells;
  ent_computed *out;
  ent_statement_problem *problem;
} computing;

static ent_status fail_memory(const computing *c) { return ent_fail_memory(c->facts->context); }

/* A problem is an answer, not a failure. */
static ent_status wrong(const computing *c, const char *code, const char *column, const char *what,
                        const char *remedy) {
  if (!what) return fail_memory(c);
  *c->problem = (ent_statement_problem){code, column, what, remedy};
  return ENT_OK;
}

static ent_status wrong_expression(const computing *c, const char *column, const ent_expression_error *error) {
  static const char *const codes[] = {
      [ENT_FAULT_FORM] = "expression-form", [ENT_FAULT_KEY] = "expression-key", [ENT_FAULT_UNIT] = "expression-unit"};
  return wrong(c, codes[error->fault], column,
               ent_arena_print(c->facts->arena, "at character %zu: %s", error->at, error->what), error->remedy);
}

/* ---- what is stated ---- */

static ent_status outcome_of(const computing *c, ent_outcome outcome, const char *column,
                             const ent_expression_error *error) {
  if (outcome == ENT_OUTCOME_WRONG) return wrong_expression(c, column, error);
  if (outcome == ENT_OUTCOME_FAILED) return c->facts->status ? c->facts->status : fail_memory(c);
  return ENT_OK;
}

/* Whatever a figure stands for, its own rounding is that of its last digit that is not 0. */
static ent_status rounding_of_key(const computing *c, const ent_value *value, double *rounding) {
  double number = value->number.point;
  const char *text;
  *rounding = 0;
  if (isnan(number)) return ENT_OK;
  if (!(text = ent_arena_print(c->facts->arena, "%.15g", number))) return fail_memory(c);
  *rounding = fmin(ent_verdict_rounding(text, true), TWENTIETH * fabs(number));
  return ENT_OK;
}

static ent_status read_stated_key(const computing *c, double *rounding) {
  ent_computed *out = c->out;
  const ent_node *root = NULL;
  ent_expression_error error;
  ent_evaluation stated;
  size_t i;
  ent_outcome outcome = ent_expression_parse(c->facts->arena, c->cells->stated, &root, &error);
  if (outcome == ENT_OUTCOME_GOOD && root->kind != ENT_NODE_KEY)
    return wrong(c, "statement-form", "stated", "neither a number nor the key of one figure is stated",
                 "write what is computed into the column expression");
  if (outcome == ENT_OUTCOME_GOOD)
    outcome = ent_expression_evaluate(c->facts->arena, c->cells->stated, root, &c->facts->facts, &stated, &error);
  if (outcome != ENT_OUTCOME_GOOD) return outcome_of(c, outcome, "stated", &error);
  if (stated.value.kind != ENT_VALUE_NUMBER)
    return wrong(c, "statement-form", "stated", "what is stated is no number",
                 "state a figure, or compare texts and dates in the expression, with holds");
  out->stated = stated.value;
  out->stated_key = stated.input_count ? stated.inputs[0].key : NULL;
  ent_status status = rounding_of_key(c, &out->stated, rounding);
  if (status) return status;
  for (i = 0; i < stated.gap_count && i < 1; i++) out->stated.missing = true;
  /* what is stated is evidence too: it stands at the end of the inputs, and its gaps among the others */
  ent_input *inputs = ent_arena_take(c->facts->arena, out->evaluation.input_count + stated.input_count, sizeof *inputs);
  ent_gap *gaps = ent_arena_take(c->facts->arena, out->evaluation.gap_count + stated.gap_count, sizeof *gaps);
  if (!inputs || !gaps) return fail_memory(c);
  for (i = 0; i < out->evaluation.input_count; i++) inputs[i] = out->evaluation.inputs[i];
  for (i = 0; i < stated.input_count; i++) inputs[out->evaluation.input_count + i] = stated.inputs[i];
  for (i = 0; i < out->evaluation.gap_count; i++) gaps[i] = out->evaluation.gaps[i];
  for (i = 0; i < stated.gap_count; i++) gaps[out->evaluation.gap_count + i] = stated.gaps[i];
  out->evaluation.inputs = inputs;
  out->evaluation.input_room = out->evaluation.input_count += stated.input_count;
  out->evaluation.gaps = gaps;
  out->evaluation.gap_room = out->evaluation.gap_count += stated.gap_count;
  out->stated_inputs = stated.input_count;
  return ENT_OK;
}

static ent_status read_stated_number(const computing *c, double *rounding) {
  double number;
  ent_measure measure = ent_measure_bare;
  const char *unit = c->cells->unit;
  if (!ent_text_number(c->cells->stated, &number))
    return wrong(c, "statement-form", "stated", "neither a number nor the key of a figure is stated",
                 "write 0.05 for 5 %, 5500 for 5 500, or a key such as observations:x");
  if (strcmp(unit, "currency") == 0)
    return wrong(c, "statement-form", "unit", "the unit is currency, but which one is not said",
                 "write the currency's code, such as USD");
  if (*unit && !ent_measure_of(unit, &measure))
    return wrong(c, "statement-form", "unit",
                 ent_arena_print(c->facts->arena, "\"%.40s\" is neither a unit nor a currency", unit),
                 "write a unit of figures, such as persons, or the code of a currency, such as USD");
  c->out->stated = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_exact(number), .measure = measure};
  *rounding = ent_verdict_rounding(c->cells->stated, false);
  return ENT_OK;
}

static ent_status read_stated(const computing *c) {
  const char *stated = c->cells->stated;
  ent_computed *out = c->out;
  double rounding = 0, given;
  bool is_key = strchr(stated, ':') != NULL;
  ent_status status;
  if (out->statement.relation == ENT_RELATION_HOLDS) {
    if (!*stated) return ENT_OK;
    return wrong(c, "statement-form", "stated", "with holds nothing is stated",
                 "take it out, or write another relation");
  }
  if (!*stated) /* without an expression a sentence may do */
    return out->has_expression ? wrong(c, "statement-form", "stated", "the statement states nothing",
                                       "give the number or key that the expression is held against")
                               : ENT_OK;
  status = is_key ? read_stated_key(c, &rounding) : read_stated_number(c, &rounding);
  if (status || c->problem->code) return status;
  out->statement.stated = out->stated.number;
  if (ent_text_number(c->cells->tolerance, &given)) out->statement.tolerance = given;
  else if (out->statement.relation == ENT_RELATION_ABOUT && !isnan(out->stated.number.point))
    out->statement.tolerance = TWENTIETH * fabs(out->stated.number.point);
  else out->statement.tolerance = rounding;
  return ENT_OK;
}

/* ---- what is computed ---- */

static ent_status compute_expression(const computing *c) {
  const ent_node *root = NULL;
  ent_expression_error error;
  const char *text = c->cells->expression;
  bool holds = c->out->statement.relation == ENT_RELATION_HOLDS;
  ent_outcome outcome = ent_expression_parse(c->facts->arena, text, &root, &error);
  if (outcome == ENT_OUTCOME_GOOD)
    outcome = ent_expression_evaluate(c->facts->arena, text, root, &c->facts->facts, &c->out->evaluation, &error);
  if (outcome != ENT_OUTCOME_GOOD) return outcome_of(c, outcome, "expression", &error);
  ent_value_kind kind = c->out->evaluation.value.kind;
  if (holds && kind != ENT_VALUE_TRUTH)
    return wrong(c, "statement-form", "expression", "with holds the expression is a comparison, and this is none",
                 "compare, as in a > b, or choose another relation and state a number");
  if (!holds && kind != ENT_VALUE_NUMBER)
    return wrong(c, "statement-form", "expression",
                 "the expression gives no number that could be held against what is stated",
                 kind == ENT_VALUE_TRUTH ? "write holds as the relation" : "compute a number, or compare with holds");
  c->out->measure = c->out->evaluation.value.measure;
  return ENT_OK;
}

static ent_status meet(const computing *c) {
  ent_computed *out = c->out;
  const char *computed, *stated;
  if (out->statement.relation == ENT_RELATION_HOLDS) return ENT_OK;
  if (ent_measure_meet(&out->measure, &out->stated.measure, &out->measure)) return ENT_OK;
  computed = ent_measure_write(c->facts->arena, &out->measure);
  stated = ent_measure_write(c->facts->arena, &out->stated.measure);
  if (!computed || !stated) return fail_memory(c);
  return wrong(c, "expression-unit", out->stated_key ? "stated" : "unit",
               ent_arena_print(c->facts->arena, "what is computed is in %s, what is stated in %s", computed, stated),
               "name the unit of what is stated, or compute in it");
}

/* A statement counts where it does more than to look a figure up. */
static bool does_count(const ent_computed *out) {
  const ent_evaluation *e = &out->evaluation;
  size_t keys = 0, i, k;
  for (i = 0; i < e->input_count; i++) {
    for (k = 0; k < i && strcmp(e->inputs[k].key, e->inputs[i].key) != 0;) k++;
    keys += k == i;
  }
  return keys >= 2 || e->has_count || (keys == 1 && e->has_rule);
}

/* What is undecided though everything is known lies in the ranges. */
static ent_status explain_gap(const computing *c) {
  ent_evaluation *e = &c->out->evaluation;
  if (c->out->verdict != ENT_NO_DATA || e->gap_count) return ENT_OK;
  if (!(e->gaps = ent_arena_take(c->facts->arena, 1, sizeof *e->gaps))) return fail_memory(c);
  e->gaps[0] = (ent_gap){"ranges", NULL};
  e->gap_count = e->gap_room = 1;
  return ENT_OK;
}

static ent_status check_form(const computing *c) {
  const ent_statement_cells *cells = c->cells;
  bool says_missing = *cells->missing_en || *cells->missing_de;
  if (!c->out->has_expression && (!*cells->missing_en || !*cells->missing_de))
    return wrong(c, "statement-form", *cells->missing_en ? "missing_de" : "missing_en",
                 "without an expression it must be said, in both languages, what is missing",
                 "name the data that lack");
  if (c->out->has_expression && says_missing)
    return wrong(c, "statement-form", *cells->missing_en ? "missing_en" : "missing_de",
                 "something is said to be missing, but there is an expression", "take one of the two out");
  return ENT_OK;
}

ent_status ent_statement_compute(ent_fact_base *facts, const ent_statement_cells *cells, ent_computed *out,
                                 ent_statement_problem *problem) {
  computing c = {facts, cells, out, problem};
  int relation = ent_relation_find(cells->relation);
  memset(out, 0, sizeof *out);
  memset(problem, 0, sizeof *problem);
  out->verdict = ENT_NO_DATA;
  out->difference = NAN;
  out->stated = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_missing()};
  out->has_expression = *cells->expression != '\0';
  if (relation < 0) return ENT_OK; /* an unknown word: the check of cells has it */
  out->statement.relation = (ent_relation)relation;
  ent_status status = check_form(&c);
  if (!status && !problem->code && out->has_expression) status = compute_expression(&c);
  if (!status && !problem->code) status = read_stated(&c);
  if (status || problem->code || !out->has_expression) return status;
  if ((status = meet(&c)) || problem->code) return status;
  out->counts = does_count(out);
  out->verdict = ent_verdict_of(&out->evaluation, &out->statement, &out->difference);
  return explain_gap(&c);
}

/* ---- the check ---- */

bool ent_statement_accounts(const char *word, size_t length, const ent_finding *finding) {
  const char *end = word + length, *table = memchr(word, ':', length), *id = NULL;
  size_t code = table ? (size_t)(table - word) : length;
  if (finding->severity != ENT_NOTE || strlen(finding->code) != code || memcmp(finding->code, word, code) != 0)
    return false;
  if (!table) return true;
  table++;
  if ((id = memchr(table, ':', (size_t)(end - table)))) id++;
  size_t name = (size_t)((id ? id - 1 : end) - table);
  if (strcspn(finding->file, ".") != name || memcmp(finding->file, table, name) != 0) return false;
  return !id ||
         (finding->id && strlen(finding->id) == (size_t)(end - id) && memcmp(finding->id, id, (size_t)(end - id)) == 0);
}

typedef struct checking {
  const ent_table *table;
  const char *file;
  ent_findings *findings;
  ent_arena *arena;
} checking;

static const char *cell(const ent_table *table, size_t row, const char *column) {
  return ent_table_cell(table, row, ent_table_column(table, column));
}

static void report(const checking *c, ent_severity severity, const char *code, size_t row, const char *column,
                   const char *remedy, const char *what) {
  const char *id = cell(c->table, row, "id");
  ent_findings_add(c->findings, severity, code, c->file, c->table->line[row], column, *id ? id : NULL, remedy, "%s",
                   what);
}

static ent_status check_row(const checking *c, ent_fact_base *facts, size_t row) {
  const ent_table *t = c->table;
  const ent_statement_cells cells = {cell(t, row, "expression"), cell(t, row, "relation"),  cell(t, row, "stated"),
                                     cell(t, row, "unit"),       cell(t, row, "tolerance"), cell(t, row, "missing_en"),
                                     cell(t, row, "missing_de")};
  ent_statement_problem problem;
  ent_computed computed;
  ent_status status = ent_statement_compute(facts, &cells, &computed, &problem);
  if (status) return status;
  if (problem.code) report(c, ENT_ERROR, problem.code, row, problem.column, problem.remedy, problem.what);
  else if (computed.has_expression && !computed.counts)
    report(c, ENT_NOTE, "statement-look-up", row, "expression",
           "combine two figures, or take a rate, rank, time or count of one",
           "the statement only looks a figure up, so that it does not count");
  return ENT_OK;
}

static bool is_accounted(const ent_findings *findings, const char *word, size_t length) {
  for (size_t i = 0; i < findings->count; i++)
    if (ent_statement_accounts(word, length, &findings->list[i])) return true;
  return false;
}

/* Findings that were there before the statements' own: so many are looked at that a hostile list can not hold up. */
static void check_accounts(const checking *c) {
  size_t words = 0;
  for (size_t row = 0; row < c->table->rows; row++)
    for (const char *at = cell(c->table, row, "accounts_for"); *(at += strspn(at, " ")) && words < ENT_MOST_ACCOUNTS;
         words++) {
      size_t length = strcspn(at, " ");
      if (!is_accounted(c->findings, at, length)) {
        const char *said = ent_arena_print(c->arena, "no note is \"%.*s\"", (int)(length > 120 ? 120 : length), at);
        report(c, ENT_NOTE, "accounts-for-nothing", row, "accounts_for",
               "write code, code:table or code:table:id of a note of this check, or take it out", said ? said : "");
        if (!said) c->findings->failed = true;
      }
      at += length;
    }
}

static ent_status check_all(ent_context *context, ent_arena *arena, const ent_package *package, const ent_table *table,
                            ent_findings *findings) {
  int r = ent_format_find(package->format, "statements");
  const checking c = {table, package->format->resources[r].path, findings, arena};
  ent_fact_base facts;
  ent_status status = ent_facts_of_package(context, arena, package, &facts);
  size_t rows = table->rows < MOST_STATEMENTS ? table->rows : MOST_STATEMENTS;
  if (table->rows > rows)
    ent_findings_add(findings, ENT_ERROR, "too-many-statements", c.file, 0, NULL, NULL, "take the others out",
                     "there are %zu statements; at most %d can be checked", table->rows, MOST_STATEMENTS);
  for (size_t row = 0; !status && row < rows; row++) status = check_row(&c, &facts, row);
  if (!status) check_accounts(&c);
  return status;
}

ent_status ent_statements_check(ent_context *context, const ent_package *package, ent_findings *findings) {
  const ent_table *table = ent_package_table(package, "statements");
  ent_arena *passing;
  ent_status status;
  if (!table || !table->rows) return ENT_OK;
  if (!(passing = ent_arena_new(0))) return ent_fail_memory(context);
  status = check_all(context, passing, package, table, findings);
  ent_arena_free(passing);
  return status;
}
