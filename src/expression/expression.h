/* expression.h - the language in which a package says what is to be computed from its evidence.
 *
 *   expression = comparison { "and" comparison }
 *   comparison = sum { ("<" | ">" | "<=" | ">=" | "=" | "!=" | "~") sum }      a chain: a > b > c
 *   sum        = product { ("+" | "-") product }
 *   product    = unary { ("*" | "/") unary }
 *   unary      = [ "-" ] primary
 *   primary    = NUMBER [UNIT] | "text" | KEY | function "(" [ argument { "," argument } ] ")" | "(" expression ")"
 *
 * A KEY is table:id or table:id.column. What stands under a key is not this room's to know: it is asked of `facts`,
 * which the caller gives. Nothing is computed that the units forbid, and a part that is not known leaves what it
 * decides undecided. Texts and nodes live in the arena. The same text and facts give the same answer. */
#ifndef ENT_EXPRESSION_EXPRESSION_H
#define ENT_EXPRESSION_EXPRESSION_H

#include "base/arena.h"
#include "base/date.h"
#include "expression/measure.h"
#include "expression/range.h"

/* A longer or deeper one is refused. */
enum { ENT_EXPRESSION_LONGEST = 4000, ENT_EXPRESSION_DEEPEST = 40 };

/* Why an expression can not be taken. */
typedef enum ent_expression_fault {
  ENT_FAULT_FORM, /* grammar, unknown functions, wrong arguments */
  ENT_FAULT_KEY,  /* a table, row, column or value that is not there */
  ENT_FAULT_UNIT
} ent_expression_fault;

typedef struct ent_expression_error {
  ent_expression_fault fault;
  size_t at;          /* place in the text, in characters from 1 */
  const char *what;   /* a sentence without final stop */
  const char *remedy; /* or NULL */
} ent_expression_error;

typedef enum ent_outcome {
  ENT_OUTCOME_GOOD,
  ENT_OUTCOME_WRONG, /* see the error */
  ENT_OUTCOME_FAILED /* memory is short, or the caller's facts could not be had */
} ent_outcome;

typedef enum ent_node_kind {
  ENT_NODE_NUMBER,  /* number; text: its unit, or NULL */
  ENT_NODE_TEXT,    /* text */
  ENT_NODE_KEY,     /* text */
  ENT_NODE_WORD,    /* text: a name that only some functions take */
  ENT_NODE_FILTER,  /* text: a column; joint; value: what it is held against */
  ENT_NODE_CALL,    /* text: the function; its arguments */
  ENT_NODE_MINUS,   /* of its one part */
  ENT_NODE_SUM,     /* parts with their joints + and - */
  ENT_NODE_PRODUCT, /* parts with * and / */
  ENT_NODE_CHAIN,   /* parts with < > <= >= = != ~ */
  ENT_NODE_AND
} ent_node_kind;

typedef enum ent_joint {
  ENT_JOINT_NONE, /* of the first part */
  ENT_JOINT_PLUS,
  ENT_JOINT_MINUS,
  ENT_JOINT_TIMES,
  ENT_JOINT_OVER,
  ENT_JOINT_LESS,
  ENT_JOINT_MORE,
  ENT_JOINT_AT_MOST,
  ENT_JOINT_AT_LEAST,
  ENT_JOINT_EQUAL,
  ENT_JOINT_OTHER, /* != */
  ENT_JOINT_NEAR
} ent_joint;

typedef struct ent_node {
  ent_node_kind kind;
  ent_joint joint; /* to the part before it */
  size_t at;       /* in bytes from 0 */
  const char *text, *value;
  double number;
  size_t count; /* of its parts */
  struct ent_node *first, *last, *next;
} ent_node;

ent_outcome ent_expression_parse(ent_arena *arena, const char *text, const ent_node **out, ent_expression_error *error);

/* ---- facts ---- */

typedef enum ent_value_kind { ENT_VALUE_NUMBER, ENT_VALUE_TEXT, ENT_VALUE_DATE, ENT_VALUE_TRUTH } ent_value_kind;

typedef struct ent_value {
  ent_value_kind kind;
  ent_range number;
  ent_measure measure;
  const char *text; /* of a text, or of a date as it was written */
  ent_span days;    /* of a date */
  ent_truth truth;
  bool missing;    /* a text or date that is not there; a number is missing where its range is not known */
  const char *key; /* where it is nothing but what stands under a key */
} ent_value;

/* An answer to a question for facts. What is given: value. What is not there though the question is right: why, a code
 * such as "no_value" (the value then has its kind and measure all the same). What is wrong with the question: what. */
typedef struct ent_fact {
  ent_value value;
  const char *key;   /* table:id, as it is to be named; NULL where there is no such row */
  const char *field; /* the column or aspect, or NULL: the figure itself */
  const char *why;
  const char *what, *remedy;
  ent_expression_fault fault;
} ent_fact;

typedef struct ent_filter { /* of a count */
  const char *column, *value;
  ent_joint joint; /* EQUAL, OTHER or NEAR: the list in the cell has it */
} ent_filter;

typedef struct ent_count_query {
  const char *table;
  size_t filter_count;
  const ent_filter *filters;
  const char *from, *to; /* dates, or NULL: the rows that begin in that time */
} ent_count_query;

typedef struct ent_counted { /* rows, first of all those that surely fit */
  size_t count, sure;
  const char **keys; /* of the first of them, at most 200 */
  size_t key_count;
} ent_counted;

/* Every function returns false when memory is short or the evidence can not be read. */
typedef struct ent_facts {
  void *user;
  bool (*read)(void *user, const char *key, ent_fact *out);
  bool (*exists)(void *user, const char *key, ent_fact *out); /* a truth */
  /* The mean over coders of an aspect of a row, with the means of their lowest and highest points. */
  bool (*coded)(void *user, const char *key, const char *aspect, ent_fact *out);
  bool (*period)(void *user, const char *key, ent_fact *out); /* a date: of a figure, the year of its data */
  /* What a rate makes of one unit of the first currency, in the second: value.measure is second/first. */
  bool (*rate)(void *user, const char *key, ent_fact *out);
  bool (*count)(void *user, const ent_count_query *query, ent_counted *counted, ent_fact *out);
} ent_facts;

/* ---- answers ---- */

typedef enum ent_input_kind {
  ENT_INPUT_FIGURE,
  ENT_INPUT_COLUMN,
  ENT_INPUT_CODING, /* field: the aspect */
  ENT_INPUT_PERIOD,
  ENT_INPUT_ROW,     /* that it is there */
  ENT_INPUT_COUNTED, /* it was counted */
} ent_input_kind;

typedef struct ent_input {
  ent_input_kind kind;
  const char *key, *field;
  ent_value value;
} ent_input;

typedef struct ent_gap { /* why something is not known */
  const char *why;       /* a code */
  const char *subject;   /* a key or a function */
} ent_gap;

typedef struct ent_link { /* one link of a chain */
  ent_value left, right;
  ent_joint joint;
  ent_measure measure; /* of both, where they are numbers */
  ent_truth truth;
} ent_link;

typedef struct ent_evaluation {
  ent_value value;
  size_t link_count, link_room;
  ent_link *links; /* in their order */
  size_t input_count, input_room;
  ent_input *inputs; /* each once */
  size_t gap_count, gap_room;
  ent_gap *gaps;
  bool has_rule;  /* a rate, rank, duration, count, conversion, share or coded point */
  bool has_count; /* of rows, be they none */
} ent_evaluation;

ent_outcome ent_expression_evaluate(ent_arena *arena, const char *text, const ent_node *root, const ent_facts *facts,
                                    ent_evaluation *out, ent_expression_error *error);
/* The first comparison of numbers that is false; NULL where there is none. */
const ent_link *ent_expression_false(const ent_evaluation *evaluation);
/* "<", "!=", ...; "" for none. */
const char *ent_joint_sign(ent_joint joint);
/* The names of all functions, in their order. */
const char *const *ent_expression_functions(size_t *count);

#endif
