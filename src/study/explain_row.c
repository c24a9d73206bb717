/* explain_row.c - rows of evidence in an explanation: cells, codings, citations and sources, figures side by side, and
 * what others say of a row (see explain.h). */
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "study/explain.h"
#include "study/figures.h"

/* ---- rows, citations, sources ---- */

static void add_source(ent_tracer *t, ent_explain_node *parent, const char *id) {
  const ent_catalog_work *work = NULL;
  ent_explain_node *node = ent_explain_new_node(t, "source");
  if (!node || (t->status = ent_catalog_source(t->run->study->catalog, id, &work))) return;
  node->key = ent_arena_print(t->arena, "sources:%s", id);
  node->label = ent_label_both(work->line);
  node->url = work->url;
  ent_explain_add_field(t, node, "licence", work->licence);
  ent_explain_add_field(t, node, "permission", work->permission);
  ent_explain_add_child(t, parent, node);
}

static bool is_cited(const ent_catalog_citation *list, size_t count, const char *id) {
  size_t i;
  for (i = 0; i < count; i++)
    if (*id && strcmp(list[i].id, id) == 0) return true;
  return false;
}

/* What a row cites; a coding under the row that it codes (item) only what that row does not cite itself. */
static void add_citations(ent_tracer *t, ent_explain_node *parent, const ent_catalog_row *row,
                          const ent_catalog_row *item) {
  const ent_catalog_citation *list, *known = NULL;
  size_t i, count = 0, known_count = 0;
  if (t->status || (t->status = ent_catalog_citations(t->run->study->catalog, row, &list, &count))) return;
  if (item && (t->status = ent_catalog_citations(t->run->study->catalog, item, &known, &known_count))) return;
  for (i = 0; i < count && !t->status; i++) {
    ent_explain_node *node;
    ent_citation_answer *answer;
    if (is_cited(known, known_count, list[i].id)) continue;
    if (!(node = ent_explain_new_node(t, "citation"))) return;
    if (!(answer = ent_explain_take(t, 1, sizeof *answer))) return;
    *answer = ent_citation_answer_of(&list[i]);
    node->citation = answer;
    if ((node->withheld = list[i].withheld)) {
      ent_explain_add_child(t, parent, node);
      continue;
    }
    node->key = ent_arena_print(t->arena, "citations:%s", list[i].id);
    if (!ent_text_same(list[i].role, "source")) ent_explain_add_field(t, node, "role", list[i].role);
    if (!ent_text_same(list[i].stance, "supports")) ent_explain_add_field(t, node, "stance", list[i].stance);
    if (!ent_text_same(list[i].kind, "source")) ent_explain_add_field(t, node, "kind", list[i].kind);
    if (!ent_text_same(list[i].anchor, "outside")) ent_explain_add_field(t, node, "locator", list[i].locator);
    add_source(t, node, list[i].source);
    ent_explain_add_child(t, parent, node);
  }
}

static bool is_hidden(const char *column) {
  static const char *const hidden[] = {"id",   "label_en",     "label_de",     "citations", "note",
                                       "item", "rationale_en", "rationale_de", "csl",       "title"};
  size_t i;
  for (i = 0; i < sizeof hidden / sizeof *hidden; i++)
    if (strcmp(column, hidden[i]) == 0) return true;
  return false;
}

/* What a row without a label of its own is called: a figure by its indicator, a coding by its coder. */
static ent_label label_of(ent_tracer *t, const ent_catalog_row *row) {
  ent_label label = ent_catalog_label(row);
  ent_catalog_row named;
  const char *table = strcmp(row->table, "observations") == 0 ? "indicators"
                      : strcmp(row->table, "codings") == 0    ? "coders"
                                                              : NULL;
  if (!table || t->status || row->withheld) return label;
  if (ent_catalog_row_of(t->run->study->catalog, table,
                         ent_catalog_value(row, strcmp(table, "coders") == 0 ? "coder" : "indicator"), &named)) {
    ent_context_clear(t->run->study->context); /* its id will do */
    return label;
  }
  return ent_catalog_label(&named);
}

static ent_explain_node *row_node(ent_tracer *t, const ent_catalog_row *row, const ent_catalog_row *item) {
  ent_explain_node *node = ent_explain_new_node(t, "row");
  size_t i;
  if (!node) return NULL;
  node->key = ent_arena_print(t->arena, "%s:%s", row->table, row->id);
  node->label = label_of(t, row);
  if ((node->withheld = row->withheld)) return node;
  node->detail.en = ent_catalog_value(row, "rationale_en");
  node->detail.de = ent_catalog_value(row, "rationale_de");
  if (!*node->detail.en) node->detail = ent_label_both(ent_catalog_value(row, "note"));
  for (i = 0; i < row->count; i++)
    if (!is_hidden(row->names[i])) ent_explain_add_field(t, node, row->names[i], row->values[i]);
  add_citations(t, node, row, item);
  return node;
}

/* The codings of a row, as children of its node. */
static void add_codings(ent_tracer *t, ent_explain_node *node, const ent_catalog_row *item) {
  ent_key key = ent_key_of(item->table, ":", item->id, NULL);
  const ent_evidence *e = t->run->study->evidence;
  size_t i;
  for (i = 0; i < e->codings_count && !t->status; i++) {
    ent_catalog_row row;
    if (e->codings[i].item != key) continue;
    if (!(t->status = ent_catalog_key(t->run->study->catalog, e->codings[i].key, &row)))
      ent_explain_add_child(t, node, row_node(t, &row, item));
  }
}

void ent_explain_add_item(ent_tracer *t, ent_explain_node *parent, ent_key key) {
  ent_catalog_row row;
  ent_explain_node *node;
  if (t->status || (t->status = ent_catalog_key(t->run->study->catalog, key, &row))) return;
  if (strcmp(row.table, "codings") == 0) return; /* stands under the row that it codes */
  node = row_node(t, &row, NULL);
  add_codings(t, node, &row);
  ent_explain_add_child(t, parent, node);
}

/* ---- figures of the evidence side by side ---- */

enum { MOST_BESIDE = 10 };

/* Says of a figure whether it can be compared with another one; always, or only where something stands in the way. */
static void add_beside(ent_tracer *t, ent_comparing *comparing, ent_explain_node *parent, const ent_catalog_row *a,
                       const ent_catalog_row *b, bool always) {
  ent_judged_answer *judged = ent_explain_take(t, 1, sizeof *judged);
  ent_explain_node *node;
  if (!judged || a->withheld || b->withheld) return;
  if ((t->status = ent_comparing_judge(comparing, a, b, &judged->comparison))) return;
  if (!always && judged->comparison.verdict == ENT_HINDERS_NOT) return;
  if (!(node = ent_explain_new_node(t, "comparison"))) return;
  judged->is_judged = true;
  judged->a = ent_arena_print(t->arena, "observations:%s", a->id);
  judged->b = node->key = ent_arena_print(t->arena, "observations:%s", b->id);
  node->judged = judged;
  t->status = ent_row_label(t->run->study, t->arena, b, &node->label);
  if (!t->status && (!judged->a || !node->key)) t->status = ent_fail_memory(t->run->study->context);
  ent_explain_add_child(t, parent, node);
}

/* Rows of one indicator under a figure of the assessment: two that can not be compared without reserve. */
void ent_explain_add_besides(ent_tracer *t, ent_explain_node *parent, const ent_cell *cell) {
  ent_comparing comparing;
  ent_catalog_row rows[MOST_BESIDE];
  size_t i, k, count = 0;
  for (i = 0; i < cell->input_count && count < MOST_BESIDE && !t->status; i++) {
    t->status = ent_catalog_key(t->run->study->catalog, cell->inputs[i], &rows[count]);
    count += !t->status && strcmp(rows[count].table, "observations") == 0;
  }
  if (t->status || count < 2 || (t->status = ent_comparing_open(t->run->study, t->arena, &comparing))) return;
  for (i = 0; i < count; i++)
    for (k = i + 1; k < count && !t->status; k++)
      if (strcmp(ent_catalog_value(&rows[i], "indicator"), ent_catalog_value(&rows[k], "indicator")) == 0)
        add_beside(t, &comparing, parent, &rows[i], &rows[k], false);
}

/* The id of a figure that an item names, or "". */
static const char *figure_of(const char *item) {
  static const char table[] = "observations:";
  return strncmp(item, table, sizeof table - 1) == 0 ? item + sizeof table - 1 : "";
}

/* The figure that a row itself sets beside it, and those that somebody compares it with. */
static void add_compared(ent_tracer *t, ent_explain_node *parent, const ent_catalog_row *row) {
  const char *with = ent_catalog_value(row, "compared_with");
  ent_study *study = t->run->study;
  ent_comparing comparing;
  ent_catalog_row said, other;
  ent_rows rows;
  size_t i, found = 0;
  if (t->status || !parent || row->withheld || strcmp(row->table, "observations") != 0) return;
  t->status = ent_comparing_open(study, t->arena, &comparing);
  if (!t->status && *with) t->status = ent_catalog_row_of(study->catalog, "observations", with, &other);
  if (!t->status && *with) add_beside(t, &comparing, parent, row, &other, true);
  if (t->status || (t->status = ent_rows_open(study, "comparability", &rows))) return;
  for (i = 0; i < rows.table->rows && found < MOST_BESIDE && !t->status; i++) {
    const char *a, *b;
    if ((t->status = ent_rows_at(&rows, i, &said))) return;
    a = figure_of(ent_catalog_value(&said, "item_a")); /* "" of a row that is confidential */
    b = figure_of(ent_catalog_value(&said, "item_b"));
    if (strcmp(b, row->id) == 0) b = a, a = row->id;
    if (!*b || strcmp(a, row->id) != 0 || strcmp(b, with) == 0 || strcmp(a, b) == 0) continue;
    t->status = ent_catalog_row_of(study->catalog, "observations", b, &other);
    if (!t->status) add_beside(t, &comparing, parent, row, &other, true);
    found++;
  }
}

/* ---- what others say of a row ---- */

static bool names_item(const char *cell, const char *item) {
  size_t length = strlen(item);
  const char *word;
  for (word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " "))
    if (strcspn(word, " ") == length && strncmp(word, item, length) == 0) return true;
  return false;
}

/* A row under a word that says what it is to the one above; the word's node is made for the first. */
static void add_said(ent_tracer *t, ent_explain_node *parent, const char *kind, const char *word,
                     const ent_catalog_row *row) {
  ent_explain_node *group = parent->child_count ? parent->children[parent->child_count - 1] : NULL;
  if (!group || !ent_text_same(group->word, word)) {
    if (!(group = ent_explain_new_node(t, kind))) return;
    group->word = word;
    ent_explain_add_child(t, parent, group);
  }
  ent_explain_add_child(t, group, row_node(t, row, NULL));
}

/* Rows of a table that name the item in a column. */
static void add_naming(ent_tracer *t, ent_explain_node *parent, const char *table, const char *column, const char *kind,
                       const char *word, const char *item) {
  ent_catalog_row row;
  ent_rows rows;
  size_t i;
  if (t->status || (t->status = ent_rows_open(t->run->study, table, &rows))) return;
  for (i = 0; i < rows.table->rows && !t->status; i++) {
    if (!names_item(ent_rows_cell(&rows, i, column), item)) continue;
    if (!(t->status = ent_rows_at(&rows, i, &row)) && !row.withheld) add_said(t, parent, kind, word, &row);
  }
}

/* Contrary views of the row, what it contradicts itself, and the words of documents that it rests on. */
static void add_beside_row(ent_tracer *t, ent_explain_node *parent, const ent_catalog_row *row) {
  const char *cell = ent_catalog_value(row, "contradicts"), *word;
  if (t->status || !parent || row->withheld) return;
  for (word = cell; *(word += strspn(word, " ")) != '\0' && !t->status; word += strcspn(word, " ")) {
    char *item = ent_arena_copy(t->arena, word, strcspn(word, " "));
    ent_catalog_row other;
    t->status = item ? ent_catalog_item(t->run->study->catalog, item, &other) : ent_fail_memory(t->run->study->context);
    if (!t->status && !other.withheld) add_said(t, parent, "contradicted", "explain.contradicts", &other);
  }
  add_naming(t, parent, "claims", "contradicts", "contrary", "explain.contrary", parent->key);
  add_naming(t, parent, "quotations", "item", "quotation", "explain.quotations", parent->key);
}

ent_status ent_explain_row(ent_tracer *t, const char *key, ent_explain_node **out) {
  ent_catalog_row row;
  t->status = ent_catalog_item(t->run->study->catalog, key, &row);
  if (t->status) return t->status;
  *out = row_node(t, &row, NULL);
  if (*out) add_codings(t, *out, &row);
  add_compared(t, *out, &row);
  add_beside_row(t, *out, &row);
  if (*out && !row.withheld && (strcmp(row.table, "citations") == 0 || strcmp(row.table, "sources") == 0)) {
    add_source(t, *out, strcmp(row.table, "sources") == 0 ? row.id : ent_catalog_value(&row, "source"));
  }
  return t->status;
}
