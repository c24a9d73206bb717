/* cite.c - the operation cite: the package, the text that it encodes and its sources, for reference lists.
 *
 * Comes in: the register, the descriptor, the citations. Goes out: works as references, in their order. Must not write
 * one in a style. Confidential sources stay inside unless they were revealed. */
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/json.h"
#include "base/latin.h"
#include "base/text.h"
#include "evidence/csl.h"
#include "evidence/package.h"
#include "evidence/reference.h"
#include "study/study.h"

typedef struct lister {
  ent_study *study;
  ent_arena *arena;
  ent_cite_answer *out;
  const ent_table *sources, *citations;
  ent_index source_ids, citation_ids;
  size_t *source_of;    /* of each citation: the row of its source */
  size_t *rows;         /* of each source: rows that cite it */
  bool *encoded;        /* of each source: places in it are cited */
  const char **visited; /* of each source: the last day on which it was read, as written; or NULL */
  ent_span known;       /* the day of knowledge */
  size_t room;          /* of out->works */
} lister;

static ent_status fail_memory(const lister *l) { return ent_fail_memory(l->study->context); }

static const char *cell_of(const ent_table *table, size_t row, const char *column) {
  return ent_table_cell(table, row, ent_table_column(table, column));
}

static ent_status index_ids(lister *l, const ent_table *table, ent_index *out) {
  if (!ent_index_init(out, l->arena, table->rows)) return fail_memory(l);
  for (size_t row = 0; row < table->rows; row++) {
    const char *id = ent_table_cell(table, row, 0);
    if (!ent_index_add(out, id, strlen(id), row)) return fail_memory(l);
  }
  return ENT_OK;
}

/* The later of two dates as written; what is no date does not count. */
static const char *later(const char *a, const char *b) {
  ent_span x, y;
  if (!ent_date_parse(b, &y, NULL)) return a;
  return a && ent_date_parse(a, &x, NULL) && x.last >= y.last ? a : b;
}

static void read_citations(lister *l) {
  for (size_t row = 0; row < l->citations->rows; row++) {
    const char *source = cell_of(l->citations, row, "source");
    size_t at = l->sources->rows;
    if (ent_index_find(&l->source_ids, source, strlen(source), &at)) {
      l->encoded[at] |= strcmp(cell_of(l->citations, row, "anchor"), "place") == 0;
      l->visited[at] = later(l->visited[at], cell_of(l->citations, row, "accessed"));
    }
    l->source_of[row] = at;
  }
}

/* Counts a row at each source that one of its cells leads to; met: the last row that did. */
static void count_cell(lister *l, const char *cell, size_t row, size_t *met) {
  for (const char *word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
    size_t citation = 0;
    if (!ent_index_find(&l->citation_ids, word, strcspn(word, " :"), &citation)) continue;
    size_t source = l->source_of[citation];
    if (source == l->sources->rows || met[source] == row) continue;
    met[source] = row;
    l->rows[source]++;
  }
}

static ent_status count_rows(lister *l) {
  const ent_format *format = l->study->format;
  size_t *met = ent_arena_take(l->arena, l->sources->rows, sizeof *met), number = 0;
  if (!met) return fail_memory(l);
  for (size_t r = 0; r < format->resource_count; r++) {
    const ent_resource *resource = &format->resources[r];
    const ent_table *table = NULL;
    for (size_t f = 0; f < resource->field_count; f++) {
      if (resource->fields[f].kind != ENT_FIELD_CITATIONS) continue;
      ent_status status = ent_catalog_table(l->study->catalog, resource->name, &table);
      if (status) return status;
      int column = ent_table_column(table, resource->fields[f].name);
      for (size_t row = 0; row < table->rows; row++)
        count_cell(l, ent_table_cell(table, row, column), number + row + 1, met);
    }
    number += table ? table->rows : 0;
  }
  return ENT_OK;
}

static ent_status prepare(lister *l) {
  ent_status status = ent_catalog_table(l->study->catalog, "sources", &l->sources);
  if (!status) status = ent_catalog_table(l->study->catalog, "citations", &l->citations);
  if (!status) status = index_ids(l, l->sources, &l->source_ids);
  if (!status) status = index_ids(l, l->citations, &l->citation_ids);
  if (status) return status;
  l->source_of = ent_arena_take(l->arena, l->citations->rows, sizeof *l->source_of);
  l->rows = ent_arena_take(l->arena, l->sources->rows, sizeof *l->rows);
  l->encoded = ent_arena_take(l->arena, l->sources->rows, sizeof *l->encoded);
  l->visited = ent_arena_take(l->arena, l->sources->rows, sizeof *l->visited);
  l->room = l->sources->rows + 1;
  l->out->works = ent_arena_take(l->arena, l->room, sizeof *l->out->works);
  if (!l->source_of || !l->rows || !l->encoded || !l->visited || !l->out->works) return fail_memory(l);
  read_citations(l);
  return count_rows(l);
}

/* ---- the package itself ---- */

/* "CC-BY-4.0: own texts; ..." */
static const char *licences_of(lister *l, const ent_json *descriptor) {
  const ent_json *list = ent_json_get(descriptor, "licenses");
  const char *text = "";
  for (size_t i = 0; ent_json_is_array(list) && text && i < ent_json_count(list); i++) {
    const char *title = ent_json_get_text(ent_json_at(list, i), "title");
    if (!title) title = ent_json_get_text(ent_json_at(list, i), "name");
    if (title) text = ent_arena_print(l->arena, "%s%s%s", text, *text ? "; " : "", title);
  }
  return text && *text ? text : NULL;
}

/* CSL for the package: what the descriptor says of it. */
static ent_json *package_csl(lister *l, const ent_json *descriptor) {
  const ent_edition *edition = &l->study->edition;
  const ent_json *makers = ent_json_get(descriptor, "contributors");
  const char *homepage = ent_json_get_text(descriptor, "homepage"), *licence = licences_of(l, descriptor);
  const char *title = l->study->title.en, *german = l->study->title.de;
  ent_json *csl = ent_json_object(), *authors = ent_json_array(), *custom = ent_json_object();
  char *id = ent_arena_print(l->arena, "package:%s", l->out->basis.study);
  char *version =
      ent_arena_print(l->arena, *edition->released ? "Edition %d" : "Edition %d, working copy", edition->number);
  bool ok = id && version && ent_json_set_text(csl, "id", id) && ent_json_set_text(csl, "type", "dataset") &&
            ent_json_set_text(csl, "title", title) && ent_json_set_text(csl, "version", version);
  for (size_t i = 0; ok && ent_json_is_array(makers) && i < ent_json_count(makers); i++) {
    const char *name = ent_json_get_text(ent_json_at(makers, i), "title");
    ent_json *author = name ? ent_json_object() : NULL;
    if (name) ok = ent_json_set_text(author, "literal", name) && ent_json_add(authors, author);
  }
  if (ok && *edition->released) ok = ent_json_set_text(csl, "issued", edition->released);
  if (ok && homepage) ok = ent_json_set_text(csl, "URL", homepage);
  if (ok && licence) ok = ent_json_set_text(custom, "licence", licence);
  if (ok && !ent_text_same(title, german)) ok = ent_json_set_text(custom, "translated_title", german);
  ok = ent_json_set(csl, "author", authors) && ok;
  ok = ent_json_set(csl, "custom", custom) && ok;
  if (ok) return csl;
  ent_json_free(csl);
  return NULL;
}

static ent_status add_package(lister *l) {
  const char *text = l->study->edition.descriptor;
  ent_json *descriptor = NULL, *csl = NULL;
  ent_text printed = {0};
  ent_cited_work *work = &l->out->works[l->out->count];
  ent_status status = ent_json_read(l->study->context, ENT_DESCRIPTOR, text, strlen(text), &descriptor);
  if (status) return status;
  *work = (ent_cited_work){.role = "package", .handling = "public"};
  csl = package_csl(l, descriptor);
  if (csl && ent_json_print(csl, false, &printed) && ent_reference_read(csl, l->arena, &work->reference))
    work->csl = ent_arena_copy(l->arena, printed.data, printed.length);
  if (work->csl) l->out->count++;
  else status = fail_memory(l);
  ent_text_clear(&printed);
  ent_json_free(csl);
  ent_json_free(descriptor);
  return status;
}

/* ---- sources ---- */

/* Whether a work had come out by the day of knowledge. */
static bool was_known(lister *l, const ent_json *csl) {
  ent_span day;
  if (!l->study->known_at) return true;
  if (!ent_csl_date(csl, "issued", &day, NULL) && !ent_csl_date(csl, "accessed", &day, NULL)) {
    l->out->basis.left_out_undated++;
    return false;
  }
  l->out->basis.left_out_later += day.last > l->known.last;
  return day.last <= l->known.last;
}

/* The day of the last visit: the register's own, or that of a citation where it is later. */
static void set_visit(const lister *l, size_t at, ent_reference *reference) {
  int year = 0, month = 0, day = 0;
  ent_span span;
  const char *text = l->visited[at];
  if (!text || reference->accessed.year || !ent_date_parse(text, &span, NULL)) return;
  ent_day_civil(span.last, &year, &month, &day);
  reference->accessed = (ent_reference_date){.year = year, .month = month, .day = day};
}

static ent_status add_source(lister *l, size_t at) {
  const char *id = ent_table_cell(l->sources, at, 0), *text = cell_of(l->sources, at, "csl");
  ent_catalog_row row;
  ent_json *csl = NULL;
  ent_cited_work *work = &l->out->works[l->out->count];
  ent_status status = ent_catalog_row_of(l->study->catalog, "sources", id, &row);
  if (status) return status;
  if (row.withheld) {
    l->out->withheld++;
    return ENT_OK;
  }
  status = ent_json_read(l->study->context, "sources.json", text, strlen(text), &csl);
  if (status) return status;
  const char *handling = ent_csl_handling(csl);
  *work = (ent_cited_work){.role = l->encoded[at] ? "study" : "source",
                           .csl = text,
                           .handling = handling ? handling : "confidential",
                           .rows = l->rows[at]};
  if (!ent_reference_read(csl, l->arena, &work->reference)) status = fail_memory(l);
  else if (was_known(l, csl)) l->out->count++;
  set_visit(l, at, &work->reference);
  ent_json_free(csl);
  return status;
}

/* ---- order ---- */

static const char *first_name(const ent_reference *r) {
  const ent_name *name = r->author_count ? r->authors : r->editor_count ? r->editors : NULL;
  if (!name) return r->title ? r->title : r->container ? r->container : "";
  return name->family ? name->family : name->literal;
}

static int date_number(ent_reference_date d) { return (d.year * 16 + d.month) * 32 + d.day; }

static int compare_works(const void *a, const void *b) {
  const ent_cited_work *x = a, *y = b;
  int order = (strcmp(y->role, "package") == 0) - (strcmp(x->role, "package") == 0);
  if (!order) order = (strcmp(y->role, "study") == 0) - (strcmp(x->role, "study") == 0);
  if (!order) order = ent_latin_compare(first_name(&x->reference), first_name(&y->reference));
  if (!order) order = date_number(x->reference.issued) - date_number(y->reference.issued);
  if (!order)
    order =
        ent_latin_compare(x->reference.title ? x->reference.title : "", y->reference.title ? y->reference.title : "");
  return order ? order : strcmp(x->reference.id, y->reference.id);
}

static ent_status add_all(lister *l) {
  ent_status status = add_package(l);
  for (size_t at = 0; at < l->sources->rows && !status; at++) status = add_source(l, at);
  if (!status) qsort(l->out->works, l->out->count, sizeof *l->out->works, compare_works);
  return status;
}

/* ---- what was chosen ---- */

static ent_status choose_source(lister *l, const char *id, bool *taken) {
  size_t at = 0;
  ent_catalog_row row; /* says what is near where there is no such source */
  if (!ent_index_find(&l->source_ids, id, strlen(id), &at))
    return ent_catalog_row_of(l->study->catalog, "sources", id, &row);
  if (taken[at]) return ENT_OK;
  taken[at] = true;
  return add_source(l, at);
}

/* What a row cites; a source or a citation names its work itself. */
static ent_status choose_item(lister *l, const char *item, bool *taken) {
  ent_catalog_row row;
  const ent_catalog_citation *list = NULL;
  size_t count = 0;
  ent_status status = ent_catalog_item(l->study->catalog, item, &row);
  if (status) return status;
  if (strcmp(row.table, "sources") == 0) return choose_source(l, row.id, taken);
  if (row.withheld) {
    l->out->withheld++;
    return ENT_OK;
  }
  if (strcmp(row.table, "citations") == 0) return choose_source(l, ent_catalog_value(&row, "source"), taken);
  status = ent_catalog_citations(l->study->catalog, &row, &list, &count);
  for (size_t i = 0; i < count && !status; i++) {
    if (list[i].withheld) l->out->withheld++;
    else status = choose_source(l, list[i].source, taken);
  }
  return status;
}

static ent_status choose_package(lister *l, const char *study, bool *taken) {
  if (strcmp(study, l->out->basis.study) != 0)
    return ent_fail(l->study->context, ENT_NOT_FOUND, NULL,
                    ent_arena_print(l->arena, "this one is package:%s", l->out->basis.study),
                    "there is no package \"%s\" here", study);
  if (*taken) return ENT_OK;
  *taken = true;
  return add_package(l);
}

static ent_status add_chosen(lister *l, const ent_cite_options *options) {
  bool *taken = ent_arena_take(l->arena, l->sources->rows, sizeof *taken), package = false;
  static const char prefix[] = "package:";
  const char **chosen = ent_arena_take(l->arena, options->chosen_count, sizeof *chosen);
  ent_status status = taken && chosen ? ENT_OK : fail_memory(l);
  for (size_t i = 0; i < options->chosen_count && !status; i++) {
    const char *name = chosen[i] = ent_arena_print(l->arena, "%s", options->chosen[i]);
    if (!name) return fail_memory(l);
    if (strncmp(name, prefix, strlen(prefix)) == 0) status = choose_package(l, name + strlen(prefix), &package);
    else status = strchr(name, ':') ? choose_item(l, name, taken) : choose_source(l, name, taken);
  }
  l->out->chosen = chosen;
  l->out->chosen_count = options->chosen_count;
  return status;
}

static ent_status read_style(lister *l, const char *name) {
  static const char *const names[] = {[ENT_CITE_SWP] = "swp", [ENT_CITE_APA] = "apa", [ENT_CITE_CHICAGO] = "chicago"};
  if (!name) name = names[ENT_CITE_SWP];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(name, names[i]) != 0) continue;
    l->out->style = (ent_cite_style)i;
    l->out->style_name = names[i];
    return ENT_OK;
  }
  return ent_fail(l->study->context, ENT_USAGE, "--style", "use swp, apa or chicago", "there is no style \"%s\"", name);
}

static ent_status fill(lister *l, const ent_cite_options *options) {
  ent_status status = ent_basis_fill(l->study, l->arena, NULL, &l->out->basis);
  if (!status) status = read_style(l, options->style);
  if (!status) status = ent_study_date(l->study, "--known-at", l->study->known_at, &l->known);
  if (!status) status = prepare(l);
  if (status) return status;
  return options->chosen_count ? add_chosen(l, options) : add_all(l);
}

ent_status ent_cite_run(ent_study *study, const ent_cite_options *options, ent_result **out) {
  static const ent_cite_options defaults;
  *out = NULL;
  ent_context_clear(study->context);
  ent_result *result = ent_result_new(study->context, ENT_CITE);
  if (!result) return ent_fail_memory(study->context);
  lister l = {.study = study, .arena = result->arena, .out = &result->cite};
  ent_status status = fill(&l, options ? options : &defaults);
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
