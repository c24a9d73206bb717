/* evaluate.c - from the tree of an expression and the facts to its value.
 *
 * Comes in: a tree, and where facts are asked for. Goes out: a value with its unit, what it rests on, and why it is not
 * known; or what can not be computed, with its place. Everything is looked at, also where a part before it is not known
 * or false, so that what is wrong is found whatever the evidence says. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "expression/evaluator.h"

#define TWENTIETH 0.05

static size_t place_of(const char *text, size_t at) {
  size_t place = 1;
  for (size_t i = 0; i < at && text[i]; i++) place += ((unsigned char)text[i] & 0xC0) != 0x80;
  return place;
}

bool ent_evaluator_fail_memory(ent_evaluator *e) {
  if (e->outcome == ENT_OUTCOME_GOOD) e->outcome = ENT_OUTCOME_FAILED;
  return false;
}

bool ent_evaluator_fail(ent_evaluator *e, ent_expression_fault fault, const ent_node *node, const char *what,
                        const char *remedy) {
  if (e->outcome != ENT_OUTCOME_GOOD) return false;
  if (!what) return ent_evaluator_fail_memory(e);
  *e->error = (ent_expression_error){fault, place_of(e->text, node->at), what, remedy};
  e->outcome = ENT_OUTCOME_WRONG;
  return false;
}

/* ---- what it rests on, and what is missing ---- */

static bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

bool ent_evaluator_input(ent_evaluator *e, const ent_input *input) {
  ent_evaluation *out = e->out;
  for (size_t i = 0; i < out->input_count; i++)
    if (out->inputs[i].kind == input->kind && same_text(out->inputs[i].key, input->key) &&
        same_text(out->inputs[i].field, input->field))
      return true;
  if (out->input_count == out->input_room) {
    size_t room = out->input_room ? 2 * out->input_room : 8;
    ent_input *grown = ent_arena_take(e->arena, room, sizeof *grown);
    if (!grown) return ent_evaluator_fail_memory(e);
    if (out->input_count) memcpy(grown, out->inputs, out->input_count * sizeof *grown);
    out->inputs = grown;
    out->input_room = room;
  }
  out->inputs[out->input_count++] = *input;
  return true;
}

bool ent_evaluator_gap(ent_evaluator *e, const char *why, const char *subject) {
  ent_evaluation *out = e->out;
  for (size_t i = 0; i < out->gap_count; i++)
    if (same_text(out->gaps[i].why, why) && same_text(out->gaps[i].subject, subject)) return true;
  if (out->gap_count == out->gap_room) {
    size_t room = out->gap_room ? 2 * out->gap_room : 4;
    ent_gap *grown = ent_arena_take(e->arena, room, sizeof *grown);
    if (!grown) return ent_evaluator_fail_memory(e);
    if (out->gap_count) memcpy(grown, out->gaps, out->gap_count * sizeof *grown);
    out->gaps = grown;
    out->gap_room = room;
  }
  out->gaps[out->gap_count++] = (ent_gap){why, subject};
  return true;
}

bool ent_evaluator_take(ent_evaluator *e, const ent_node *node, ent_input_kind kind, const ent_fact *fact,
                        ent_value *out) {
  *out = fact->value;
  if (fact->what) return ent_evaluator_fail(e, fact->fault, node, fact->what, fact->remedy);
  if (fact->key && !ent_evaluator_input(e, &(ent_input){kind, fact->key, fact->field, fact->value})) return false;
  if (!fact->why) return true;
  out->missing = true;
  out->number = ent_range_missing();
  out->truth = ENT_UNDECIDED;
  return ent_evaluator_gap(e, fact->why, fact->key);
}

/* ---- parts ---- */

static const char *kind_name(ent_value_kind kind) {
  static const char *const names[] = {"a number", "a text", "a date", "a comparison"};
  return names[kind];
}

bool ent_evaluator_number(ent_evaluator *e, const ent_node *node, ent_value *out) {
  if (!ent_evaluator_value(e, node, out)) return false;
  if (out->kind == ENT_VALUE_NUMBER) return true;
  return ent_evaluator_fail(e, ENT_FAULT_UNIT, node,
                            ent_arena_print(e->arena, "a number is wanted here, and this is %s", kind_name(out->kind)),
                            out->kind == ENT_VALUE_DATE
                                ? "take years(a, b), months(a, b) or days(a, b) for the time between two dates"
                                : NULL);
}

bool ent_evaluator_meet(ent_evaluator *e, const ent_node *node, const ent_measure *a, const ent_measure *b,
                        ent_measure *out) {
  if (ent_measure_meet(a, b, out)) return true;
  const char *first = ent_measure_write(e->arena, a), *second = ent_measure_write(e->arena, b);
  if (!first || !second) return ent_evaluator_fail_memory(e);
  bool is_bare = b->bare || a->bare;
  return ent_evaluator_fail(
      e, ENT_FAULT_UNIT, node, ent_arena_print(e->arena, "the units do not fit: %s and %s", first, second),
      is_bare ? ent_arena_print(e->arena, "write the unit after the number, such as 5 %s", a->bare ? second : first)
              : "compare and add figures of one unit; convert(x, rates:y) changes a currency");
}

static bool number_literal(ent_evaluator *e, const ent_node *node, ent_value *out) {
  *out = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_exact(node->number), .measure = ent_measure_bare};
  if (node->text && !ent_measure_of(node->text, &out->measure))
    return ent_evaluator_fail(e, ENT_FAULT_UNIT, node, ent_arena_print(e->arena, "\"%s\" is no unit", node->text),
                              NULL);
  return true;
}

static bool key_value(ent_evaluator *e, const ent_node *node, ent_value *out) {
  ent_fact fact = {.value = {.kind = ENT_VALUE_NUMBER}};
  if (!e->facts->read(e->facts->user, node->text, &fact)) return ent_evaluator_fail_memory(e);
  if (!ent_evaluator_take(e, node, fact.field ? ENT_INPUT_COLUMN : ENT_INPUT_FIGURE, &fact, out)) return false;
  out->key = node->text;
  return true;
}

static bool word(ent_evaluator *e, const ent_node *node) {
  size_t count = 0;
  const char *const *names = ent_expression_functions(&count), *near = ent_text_nearest(node->text, names, count);
  return ent_evaluator_fail(e, ENT_FAULT_FORM, node, ent_arena_print(e->arena, "\"%s\" means nothing here", node->text),
                            near ? ent_arena_print(e->arena,
                                                   "did you mean %s(...)? A key is table:id, a text stands in "
                                                   "quotes",
                                                   near)
                                 : "a key is table:id, a text stands in quotes");
}

static bool sum(ent_evaluator *e, const ent_node *node, ent_value *out) {
  if (!ent_evaluator_number(e, node->first, out)) return false;
  for (const ent_node *part = node->first->next; part; part = part->next) {
    ent_value next;
    if (!ent_evaluator_number(e, part, &next) ||
        !ent_evaluator_meet(e, part, &out->measure, &next.measure, &out->measure))
      return false;
    out->number =
        ent_range_add(out->number, part->joint == ENT_JOINT_MINUS ? ent_range_negate(next.number) : next.number);
  }
  out->key = NULL;
  return true;
}

static bool product(ent_evaluator *e, const ent_node *node, ent_value *out) {
  if (!ent_evaluator_number(e, node->first, out)) return false;
  for (const ent_node *part = node->first->next; part; part = part->next) {
    ent_value next;
    bool divide = part->joint == ENT_JOINT_OVER;
    if (!ent_evaluator_number(e, part, &next)) return false;
    if (!ent_measure_combine(&out->measure, &next.measure, divide, &out->measure))
      return ent_evaluator_fail(e, ENT_FAULT_UNIT, part, "too many units are multiplied", NULL);
    bool known = ent_range_known(out->number) && ent_range_known(next.number);
    out->number = divide ? ent_range_divide(out->number, next.number) : ent_range_multiply(out->number, next.number);
    if (known && !ent_range_known(out->number) && !ent_evaluator_gap(e, "by_zero", NULL)) return false;
  }
  out->key = NULL;
  return true;
}

/* ---- comparisons ---- */

/* Of the larger of the two, as far as they are points. */
static double twentieth_of(ent_range x, ent_range y) {
  double larger = fmax(fabs(x.point), fabs(y.point)); /* one that is NaN does not count */
  return isnan(larger) ? 0 : TWENTIETH * larger;
}

static ent_truth compare_numbers(ent_joint joint, const ent_value *a, const ent_value *b) {
  ent_range x = a->number, y = b->number;
  bool one_key = a->key && b->key && strcmp(a->key, b->key) == 0; /* a figure is itself, whatever its range */
  switch (joint) {
    case ENT_JOINT_LESS: return one_key ? ENT_FALSE : ent_range_less(x, y);
    case ENT_JOINT_MORE: return one_key ? ENT_FALSE : ent_range_less(y, x);
    case ENT_JOINT_AT_MOST: return ent_range_at_most(x, y);
    case ENT_JOINT_AT_LEAST: return ent_range_at_most(y, x);
    case ENT_JOINT_OTHER: return ent_truth_not(ent_range_equal(x, y));
    case ENT_JOINT_NEAR: return ent_range_near(x, y, twentieth_of(x, y));
    default: return ent_range_equal(x, y);
  }
}

static ent_truth truth_of(bool holds) { return holds ? ENT_TRUE : ENT_FALSE; }

/* Dates are as coarse as they were written: 2018 is before 2019, and neither before nor after 2018-05. */
static ent_truth compare_dates(ent_joint joint, const ent_value *a, const ent_value *b) {
  ent_span x = a->days, y = b->days;
  ent_truth before = x.last < y.first ? ENT_TRUE : x.first >= y.last ? ENT_FALSE : ENT_UNDECIDED;
  ent_truth after = y.last < x.first ? ENT_TRUE : y.first >= x.last ? ENT_FALSE : ENT_UNDECIDED;
  bool apart = x.last < y.first || y.last < x.first, same = x.first == y.first && x.last == y.last;
  ent_truth equal = apart ? ENT_FALSE : same ? ENT_TRUE : ENT_UNDECIDED;
  if (a->missing || b->missing) return ENT_UNDECIDED;
  switch (joint) {
    case ENT_JOINT_LESS: return before;
    case ENT_JOINT_MORE: return after;
    case ENT_JOINT_AT_MOST: return ent_truth_not(after);
    case ENT_JOINT_AT_LEAST: return ent_truth_not(before);
    case ENT_JOINT_OTHER: return ent_truth_not(equal);
    case ENT_JOINT_NEAR: return truth_of(!apart);
    default: return equal;
  }
}

/* Whether a word stands in a list with blanks between. */
static bool list_has(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; *at;) {
    size_t end = 0;
    while (*at == ' ') at++;
    while (at[end] && at[end] != ' ') end++;
    if (end && end == length && memcmp(at, word, length) == 0) return true;
    at += end;
  }
  return false;
}

static ent_truth compare_texts(ent_joint joint, const ent_value *a, const ent_value *b) {
  if (a->missing || b->missing) return ENT_UNDECIDED;
  if (joint == ENT_JOINT_NEAR) return truth_of(list_has(a->text, b->text));
  return truth_of((strcmp(a->text, b->text) == 0) == (joint == ENT_JOINT_EQUAL));
}

/* A text beside a date is one. */
static bool as_date(ent_evaluator *e, const ent_node *node, ent_value *value) {
  const char *why = NULL;
  if (value->kind == ENT_VALUE_DATE) return true;
  value->kind = ENT_VALUE_DATE;
  if (value->missing) return true;
  if (!ent_period_parse(value->text, &value->days, &why))
    return ent_evaluator_fail(e, ENT_FAULT_FORM, node, ent_arena_print(e->arena, "\"%.40s\" is no date", value->text),
                              why);
  return true;
}

static bool add_link(ent_evaluator *e, const ent_link *link) {
  ent_evaluation *out = e->out;
  if (out->link_count == out->link_room) {
    size_t room = out->link_room ? 2 * out->link_room : 4;
    ent_link *grown = ent_arena_take(e->arena, room, sizeof *grown);
    if (!grown) return ent_evaluator_fail_memory(e);
    if (out->link_count) memcpy(grown, out->links, out->link_count * sizeof *grown);
    out->links = grown;
    out->link_room = room;
  }
  out->links[out->link_count++] = *link;
  return true;
}

const ent_link *ent_expression_false(const ent_evaluation *evaluation) {
  for (size_t i = 0; i < evaluation->link_count; i++) {
    const ent_link *c = &evaluation->links[i];
    if (c->truth == ENT_FALSE && c->left.kind == ENT_VALUE_NUMBER) return c;
  }
  return NULL;
}

const char *ent_joint_sign(ent_joint joint) {
  static const char *const signs[] = {"", "+", "-", "*", "/", "<", ">", "<=", ">=", "=", "!=", "~"};
  return signs[joint];
}

static bool compare(ent_evaluator *e, const ent_node *left, ent_value a, const ent_node *right, ent_value b,
                    ent_truth *out) {
  bool numbers = a.kind == ENT_VALUE_NUMBER && b.kind == ENT_VALUE_NUMBER;
  bool dates = (a.kind == ENT_VALUE_DATE || a.kind == ENT_VALUE_TEXT) &&
               (b.kind == ENT_VALUE_DATE || b.kind == ENT_VALUE_TEXT) && a.kind + b.kind != 2 * ENT_VALUE_TEXT;
  ent_measure measure = a.measure;
  *out = ENT_UNDECIDED;
  if (dates) {
    if (!as_date(e, left, &a) || !as_date(e, right, &b)) return false;
    *out = compare_dates(right->joint, &a, &b);
  } else if (a.kind != b.kind || a.kind == ENT_VALUE_TRUTH) {
    return ent_evaluator_fail(
        e, ENT_FAULT_UNIT, right,
        ent_arena_print(e->arena, "%s can not be compared with %s", kind_name(a.kind), kind_name(b.kind)),
        a.kind == ENT_VALUE_TRUTH || b.kind == ENT_VALUE_TRUTH ? "join comparisons with and" : NULL);
  } else if (!numbers) {
    if (right->joint != ENT_JOINT_EQUAL && right->joint != ENT_JOINT_OTHER && right->joint != ENT_JOINT_NEAR)
      return ent_evaluator_fail(e, ENT_FAULT_FORM, right, "texts have no order", "compare texts with =, != or ~");
    *out = compare_texts(right->joint, &a, &b);
  } else {
    if (!ent_evaluator_meet(e, right, &a.measure, &b.measure, &measure)) return false;
    *out = compare_numbers(right->joint, &a, &b);
    if (*out == ENT_UNDECIDED && ent_range_known(a.number) && ent_range_known(b.number) &&
        !ent_evaluator_gap(e, "ranges", NULL))
      return false;
  }
  if (dates && *out == ENT_UNDECIDED && !a.missing && !b.missing && !ent_evaluator_gap(e, "ranges", NULL)) return false;
  return add_link(e, &(ent_link){a, b, right->joint, measure, *out});
}

static bool chain(ent_evaluator *e, const ent_node *node, ent_value *out) {
  ent_value before;
  ent_truth all = ENT_TRUE;
  if (!ent_evaluator_value(e, node->first, &before)) return false;
  for (const ent_node *left = node->first, *right = left->next; right; left = right, right = right->next) {
    ent_value next;
    ent_truth truth;
    if (!ent_evaluator_value(e, right, &next) || !compare(e, left, before, right, next, &truth)) return false;
    all = ent_truth_and(all, truth);
    before = next;
  }
  *out = (ent_value){.kind = ENT_VALUE_TRUTH, .truth = all};
  return true;
}

static bool all_of(ent_evaluator *e, const ent_node *node, ent_value *out) {
  ent_truth all = ENT_TRUE;
  for (const ent_node *part = node->first; part; part = part->next) {
    ent_value value;
    if (!ent_evaluator_value(e, part, &value)) return false;
    if (value.kind != ENT_VALUE_TRUTH)
      return ent_evaluator_fail(
          e, ENT_FAULT_FORM, part,
          ent_arena_print(e->arena, "\"and\" joins comparisons, and this is %s", kind_name(value.kind)),
          "compare it with something");
    all = ent_truth_and(all, value.truth);
  }
  *out = (ent_value){.kind = ENT_VALUE_TRUTH, .truth = all};
  return true;
}

bool ent_evaluator_value(ent_evaluator *e, const ent_node *node, ent_value *out) {
  *out = (ent_value){.kind = ENT_VALUE_NUMBER, .number = ent_range_missing()};
  switch (node->kind) {
    case ENT_NODE_NUMBER: return number_literal(e, node, out);
    case ENT_NODE_TEXT: *out = (ent_value){.kind = ENT_VALUE_TEXT, .text = node->text}; return true;
    case ENT_NODE_KEY: return key_value(e, node, out);
    case ENT_NODE_CALL: return ent_evaluator_call(e, node, out);
    case ENT_NODE_SUM: return sum(e, node, out);
    case ENT_NODE_PRODUCT: return product(e, node, out);
    case ENT_NODE_CHAIN: return chain(e, node, out);
    case ENT_NODE_AND: return all_of(e, node, out);
    case ENT_NODE_MINUS:
      if (!ent_evaluator_number(e, node->first, out)) return false;
      out->number = ent_range_negate(out->number);
      out->key = NULL;
      return true;
    case ENT_NODE_WORD: return word(e, node);
    case ENT_NODE_FILTER:
      return ent_evaluator_fail(e, ENT_FAULT_FORM, node, "only count(...) takes what its rows are held against",
                                "compare figures outside of a function");
  }
  return false;
}

ent_outcome ent_expression_evaluate(ent_arena *arena, const char *text, const ent_node *root, const ent_facts *facts,
                                    ent_evaluation *out, ent_expression_error *error) {
  ent_evaluator e = {arena, text, facts, out, error, ENT_OUTCOME_GOOD};
  memset(out, 0, sizeof *out);
  *error = (ent_expression_error){ENT_FAULT_FORM, 1, NULL, NULL};
  if (!ent_evaluator_value(&e, root, &out->value) && e.outcome == ENT_OUTCOME_GOOD) e.outcome = ENT_OUTCOME_FAILED;
  return e.outcome;
}
