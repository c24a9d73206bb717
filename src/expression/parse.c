/* parse.c - from the text of an expression to its tree.
 *
 * Comes in: text of a cell. Goes out: nodes, or what is wrong, where, and what would be right. Must not ask whether a
 * key or function is there. One pass, by descent; its depth is bounded. */
#include "expression/expression.h"

#include <string.h>

#include "base/text.h"
#include "base/unit.h"

typedef enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_TEXT, TOKEN_SIGN, TOKEN_BAD } token_kind;

typedef struct token {
  token_kind kind;
  size_t at, length; /* in bytes; of a text: of what stands between the quotes */
  ent_joint joint;   /* of a sign that joins two parts */
  char sign;         /* ( ) , + - * / or the first of a comparison's */
} token;

typedef struct parser {
  ent_arena *arena;
  const char *text;
  token now;
  size_t next; /* where the token after it begins */
  int depth;
  ent_expression_error *error;
  ent_outcome outcome;
} parser;

static ent_node *parse_all(parser *p);

/* ---- failures ---- */

/* Characters before a byte, from 1. */
static size_t place_of(const char *text, size_t at) {
  size_t place = 1;
  for (size_t i = 0; i < at && text[i]; i++) place += ((unsigned char)text[i] & 0xC0) != 0x80;
  return place;
}

static ent_node *fail(parser *p, size_t at, const char *what, const char *remedy) {
  if (p->outcome != ENT_OUTCOME_GOOD) return NULL; /* the first stays */
  *p->error = (ent_expression_error){ENT_FAULT_FORM, place_of(p->text, at), what, remedy};
  p->outcome = what ? ENT_OUTCOME_WRONG : ENT_OUTCOME_FAILED;
  return NULL;
}

static ent_node *fail_memory(parser *p) {
  p->outcome = ENT_OUTCOME_FAILED;
  return NULL;
}

/* The token as a message quotes it. */
static const char *quoted(parser *p, token t) {
  size_t length = t.length > 40 ? 40 : t.length;
  while (length > 0 && length < t.length && ((unsigned char)p->text[t.at + length] & 0xC0) == 0x80) length--;
  ent_text clean = {0};
  ent_text_add_clean(&clean, p->text + t.at, length);
  const char *said = t.kind == TOKEN_END    ? "the end"
                     : clean.failed         ? NULL
                     : t.kind == TOKEN_TEXT ? "a text in quotes"
                                            : ent_arena_print(p->arena, "\"%s\"", clean.data ? clean.data : "");
  ent_text_clear(&clean);
  if (!said) fail_memory(p);
  return said ? said : "";
}

/* ---- tokens ---- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == ':'; }

static size_t number_end(const char *text, size_t at) {
  while (is_digit(text[at]) || text[at] == '.') at++;
  if (text[at] != 'e' && text[at] != 'E') return at;
  size_t sign = text[at + 1] == '+' || text[at + 1] == '-';
  if (!is_digit(text[at + 1 + sign])) return at;
  for (at += 1 + sign; is_digit(text[at]);) at++;
  return at;
}

static token read_sign(const char *text, size_t at) {
  static const struct {
    const char *sign;
    ent_joint joint;
  } signs[] = {{"<=", ENT_JOINT_AT_MOST}, {">=", ENT_JOINT_AT_LEAST}, {"!=", ENT_JOINT_OTHER}, {"<", ENT_JOINT_LESS},
               {">", ENT_JOINT_MORE},     {"=", ENT_JOINT_EQUAL},     {"~", ENT_JOINT_NEAR},   {"+", ENT_JOINT_PLUS},
               {"-", ENT_JOINT_MINUS},    {"*", ENT_JOINT_TIMES},     {"/", ENT_JOINT_OVER},   {"(", ENT_JOINT_NONE},
               {")", ENT_JOINT_NONE},     {",", ENT_JOINT_NONE}};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t length = strlen(signs[i].sign);
    if (strncmp(text + at, signs[i].sign, length) == 0)
      return (token){TOKEN_SIGN, at, length, signs[i].joint, signs[i].sign[0]};
  }
  return (token){TOKEN_BAD, at, 1, ENT_JOINT_NONE, text[at]};
}

static void advance(parser *p) {
  const char *text = p->text;
  size_t at = p->next, end = at;
  while (is_blank(text[at])) at++;
  end = at;
  if (!text[at]) {
    p->now = (token){TOKEN_END, at, 0, ENT_JOINT_NONE, 0};
  } else if (text[at] == '"') {
    for (end = at + 1; text[end] && text[end] != '"';) end++;
    p->now = (token){text[end] ? TOKEN_TEXT : TOKEN_BAD, at + 1, end - at - 1, ENT_JOINT_NONE, '"'};
    end += text[end] != '\0';
  } else if (is_digit(text[at])) {
    end = number_end(text, at);
    p->now = (token){TOKEN_NUMBER, at, end - at, ENT_JOINT_NONE, 0};
  } else if (is_letter(text[at])) {
    while (is_name(text[end])) end++;
    p->now = (token){TOKEN_NAME, at, end - at, ENT_JOINT_NONE, 0};
  } else {
    p->now = read_sign(text, at);
    end = at + p->now.length;
  }
  p->next = end;
}

static bool is_sign(const parser *p, char sign) { return p->now.kind == TOKEN_SIGN && p->now.sign == sign; }

static bool is_word(const parser *p, const char *word) {
  return p->now.kind == TOKEN_NAME && p->now.length == strlen(word) &&
         memcmp(p->text + p->now.at, word, p->now.length) == 0;
}

static const char *copy(parser *p, token t) {
  const char *text = ent_arena_copy(p->arena, p->text + t.at, t.length);
  if (!text) fail_memory(p);
  return text;
}

/* ---- nodes ---- */

static ent_node *make(parser *p, ent_node_kind kind, size_t at) {
  ent_node *node = p->outcome == ENT_OUTCOME_GOOD ? ent_arena_take(p->arena, 1, sizeof *node) : NULL;
  if (!node) return p->outcome == ENT_OUTCOME_GOOD ? fail_memory(p) : NULL;
  node->kind = kind;
  node->at = at;
  return node;
}

static void append(ent_node *whole, ent_node *part, ent_joint joint) {
  part->joint = joint;
  if (whole->last) whole->last->next = part;
  else whole->first = part;
  whole->last = part;
  whole->count++;
}

/* first, or a node of `kind` that holds it and what follows with one of the joints from `least` to `most`. */
static ent_node *join(parser *p, ent_node_kind kind, ent_joint least, ent_joint most, ent_node *(*part)(parser *)) {
  size_t at = p->now.at;
  ent_node *first = part(p), *whole = NULL;
  while (first && p->now.kind == TOKEN_SIGN && p->now.joint >= least && p->now.joint <= most) {
    ent_joint joint = p->now.joint;
    if (!whole) {
      if (!(whole = make(p, kind, at))) return NULL;
      append(whole, first, ENT_JOINT_NONE);
    }
    advance(p);
    ent_node *next = part(p);
    if (!next) return NULL;
    append(whole, next, joint);
  }
  return whole ? whole : first;
}

/* ---- primaries ---- */

static ent_node *parse_number(parser *p) {
  ent_node *node = make(p, ENT_NODE_NUMBER, p->now.at);
  const char *digits = node ? copy(p, p->now) : NULL;
  if (!digits) return NULL;
  if (!ent_text_number(digits, &node->number))
    return fail(p, node->at, ent_arena_print(p->arena, "\"%.40s\" is no number", digits),
                "write a decimal point and no separators of thousands, such as 5500 or 0.25");
  advance(p);
  if (p->now.kind != TOKEN_NAME || is_word(p, "and")) return node;
  const char *unit = copy(p, p->now), *remedy = "units are those of figures, money has its code, such as USD";
  if (!unit) return NULL;
  if (strcmp(unit, "currency") == 0 || (!ent_unit_known(unit) && !ent_currency_known(unit))) {
    size_t count = 0;
    const char *const *names = ent_unit_names(&count), *near = ent_text_nearest(unit, names, count);
    if (near && strcmp(near, "currency") != 0) remedy = ent_arena_print(p->arena, "did you mean \"%s\"?", near);
    return fail(p, p->now.at, ent_arena_print(p->arena, "%s is no unit", quoted(p, p->now)), remedy);
  }
  node->text = unit;
  advance(p);
  return node;
}

/* column = "value", inside the arguments of a function. */
static ent_node *parse_filter(parser *p, token name) {
  ent_node *node = make(p, ENT_NODE_FILTER, name.at);
  if (!node) return NULL;
  node->joint = p->now.joint;
  node->text = copy(p, name);
  advance(p);
  if (p->now.kind != TOKEN_TEXT)
    return fail(p, p->now.at, ent_arena_print(p->arena, "what the column is held against is %s", quoted(p, p->now)),
                "put it in quotes, such as kind=\"agreement\"");
  node->value = copy(p, p->now);
  advance(p);
  return node->text && node->value ? node : NULL;
}

static ent_node *parse_argument(parser *p) {
  token name = p->now;
  size_t next = p->next;
  if (name.kind == TOKEN_NAME && !memchr(p->text + name.at, ':', name.length)) {
    advance(p);
    if (p->now.kind == TOKEN_SIGN &&
        (p->now.joint == ENT_JOINT_EQUAL || p->now.joint == ENT_JOINT_OTHER || p->now.joint == ENT_JOINT_NEAR))
      return parse_filter(p, name);
    p->now = name; /* it was no filter: back to where it began */
    p->next = next;
  }
  return parse_all(p);
}

static ent_node *parse_call(parser *p, token name) {
  ent_node *node = make(p, ENT_NODE_CALL, name.at);
  if (!node || !(node->text = copy(p, name))) return NULL;
  advance(p);
  while (!is_sign(p, ')')) {
    if (node->count && !is_sign(p, ','))
      return fail(p, p->now.at, ent_arena_print(p->arena, "%s stands where a comma or ) should", quoted(p, p->now)),
                  NULL);
    if (node->count) advance(p);
    ent_node *argument = parse_argument(p);
    if (!argument) return NULL;
    append(node, argument, argument->joint); /* a filter keeps its own */
  }
  advance(p);
  return node;
}

static ent_node *parse_name(parser *p) {
  token name = p->now;
  bool is_key = memchr(p->text + name.at, ':', name.length) != NULL;
  if (is_word(p, "and")) return fail(p, name.at, "\"and\" joins two comparisons", "write a comparison before it");
  advance(p);
  if (is_sign(p, '(') && !is_key) return parse_call(p, name);
  ent_node *node = make(p, is_key ? ENT_NODE_KEY : ENT_NODE_WORD, name.at);
  if (node) node->text = copy(p, name);
  return node && node->text ? node : NULL;
}

static ent_node *parse_group(parser *p) {
  size_t at = p->now.at;
  advance(p);
  ent_node *inside = parse_all(p);
  if (!inside) return NULL;
  if (!is_sign(p, ')')) return fail(p, at, "the parenthesis is not closed", "add )");
  advance(p);
  return inside;
}

static ent_node *parse_primary(parser *p) {
  ent_node *node;
  switch (p->now.kind) {
    case TOKEN_NUMBER: return parse_number(p);
    case TOKEN_NAME: return parse_name(p);
    case TOKEN_TEXT:
      node = make(p, ENT_NODE_TEXT, p->now.at - 1); /* the quote */
      if (node) node->text = copy(p, p->now);
      advance(p);
      return node && node->text ? node : NULL;
    case TOKEN_SIGN:
      if (is_sign(p, '(')) return parse_group(p);
      break;
    case TOKEN_BAD:
      if (p->now.sign == '"')
        return fail(p, p->now.at - 1, "the quotes are not closed", "add a quote at the text's end");
      break;
    case TOKEN_END: break;
  }
  return fail(p, p->now.at, ent_arena_print(p->arena, "%s stands where a figure should", quoted(p, p->now)),
              "write a number, a key such as observations:x, a function, or a text in quotes");
}

static ent_node *parse_unary(parser *p) {
  if (!is_sign(p, '-')) return parse_primary(p);
  ent_node *node = make(p, ENT_NODE_MINUS, p->now.at);
  advance(p);
  ent_node *part = node ? parse_primary(p) : NULL;
  if (!part) return NULL;
  append(node, part, ENT_JOINT_NONE);
  return node;
}

static ent_node *parse_product(parser *p) {
  return join(p, ENT_NODE_PRODUCT, ENT_JOINT_TIMES, ENT_JOINT_OVER, parse_unary);
}

static ent_node *parse_sum(parser *p) { return join(p, ENT_NODE_SUM, ENT_JOINT_PLUS, ENT_JOINT_MINUS, parse_product); }

static ent_node *parse_chain(parser *p) { return join(p, ENT_NODE_CHAIN, ENT_JOINT_LESS, ENT_JOINT_NEAR, parse_sum); }

static ent_node *parse_all(parser *p) {
  size_t at = p->now.at;
  if (++p->depth > ENT_EXPRESSION_DEEPEST)
    return fail(p, at, ent_arena_print(p->arena, "the expression is nested deeper than %d", ENT_EXPRESSION_DEEPEST),
                "write it as several statements");
  ent_node *first = parse_chain(p), *whole = NULL;
  while (first && is_word(p, "and")) {
    if (!whole) {
      if (!(whole = make(p, ENT_NODE_AND, at))) return NULL;
      append(whole, first, ENT_JOINT_NONE);
    }
    advance(p);
    ent_node *next = parse_chain(p);
    if (!next) return NULL;
    append(whole, next, ENT_JOINT_NONE);
  }
  p->depth--;
  return whole ? whole : first;
}

ent_outcome ent_expression_parse(ent_arena *arena, const char *text, const ent_node **out,
                                 ent_expression_error *error) {
  parser p = {.arena = arena, .text = text, .error = error, .outcome = ENT_OUTCOME_GOOD};
  *out = NULL;
  *error = (ent_expression_error){ENT_FAULT_FORM, 1, NULL, NULL};
  if (strlen(text) > ENT_EXPRESSION_LONGEST) {
    fail(&p, 0, ent_arena_print(arena, "the expression is longer than %d bytes", ENT_EXPRESSION_LONGEST),
         "write it as several statements");
    return p.outcome;
  }
  advance(&p);
  ent_node *root = parse_all(&p);
  if (root && p.now.kind != TOKEN_END)
    fail(&p, p.now.at, ent_arena_print(arena, "%s stands where the expression should end", quoted(&p, p.now)),
         p.now.kind == TOKEN_SIGN || p.now.kind == TOKEN_BAD
             ? "operators are + - * / < > <= >= = != ~ and the word and"
             : "put an operator between the two, with blanks around it");
  if (p.outcome == ENT_OUTCOME_GOOD) *out = root;
  return p.outcome;
}
