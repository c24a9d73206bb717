/* catalog.c - looks rows up in the tables of one edition, each read from the store once. */
#include "evidence/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "evidence/csl.h"
#include "evidence/edition.h"
#include "evidence/sound.h"
#include "base/index.h"

typedef struct catalog_shelf { /* one resource's table; NULL until it was asked for */
  ent_table *table;
  ent_index ids;
  ent_catalog_work *works; /* of sources: their one-line forms, made when first asked for */
  const char **handling;   /* of sources: NULL until it was asked for */
  bool *revealed;          /* of sources */
} catalog_shelf;

typedef struct key_place {
  ent_key key;
  size_t shelf, row;
} key_place;

struct ent_catalog {
  ent_context *context;
  ent_store *store;
  const ent_format *format;
  ent_arena *arena;
  const char *study;
  ent_edition edition;
  catalog_shelf *shelves;
  bool has_confidential; /* and not revealed: some source; known once `handling` of the sources is */
  key_place *keys;       /* sorted; NULL until a key was asked for */
  size_t key_count;
};

static ent_status open_shelf(ent_catalog *catalog, size_t r);
static ent_status find_shelf(ent_catalog *catalog, const char *table, size_t *out);
static ent_status take_row(ent_catalog *catalog, size_t r, size_t row, ent_catalog_row *out);
static ent_status read_handling(ent_catalog *catalog, catalog_shelf **sources);
static ent_status is_withheld(ent_catalog *catalog, const ent_catalog_row *row, bool *out);
static ent_status sort_keys(ent_catalog *catalog);
static int by_key(const void *a, const void *b);
static ent_status read_citation(ent_catalog *catalog, const char *word, size_t length, ent_catalog_citation *out);

ent_status ent_catalog_new(ent_context *context, ent_store *store, const ent_format *format, const char *study,
                           int edition, ent_catalog **out) {
  *out = NULL;
  ent_catalog *catalog = calloc(1, sizeof *catalog);
  if (!catalog) return ent_fail_memory(context);
  *catalog = (ent_catalog){.context = context, .store = store, .format = format, .arena = ent_arena_new(0)};
  if (catalog->arena) {
    catalog->study = ent_arena_copy(catalog->arena, study, strlen(study));
    catalog->shelves = ent_arena_take(catalog->arena, format->resource_count, sizeof *catalog->shelves);
  }
  ent_status status = catalog->study && catalog->shelves ? ENT_OK : ent_fail_memory(context);
  if (!status) status = ent_evidence_edition(context, catalog->arena, store, study, edition, &catalog->edition);
  if (status) {
    ent_catalog_free(catalog);
    return status;
  }
  *out = catalog;
  return ENT_OK;
}

void ent_catalog_free(ent_catalog *catalog) {
  if (!catalog) return;
  ent_arena_free(catalog->arena);
  free(catalog);
}

const char *ent_catalog_study(const ent_catalog *catalog) { return catalog->study; }

const ent_edition *ent_catalog_edition(const ent_catalog *catalog) { return &catalog->edition; }

ent_status ent_catalog_table(ent_catalog *catalog, const char *table, const ent_table **out) {
  size_t r = 0;
  *out = NULL;
  ent_status status = find_shelf(catalog, table, &r);
  if (!status) *out = catalog->shelves[r].table;
  return status;
}

ent_status ent_catalog_published(ent_catalog *catalog, const char *table, const char *const **dates) {
  size_t r = 0, count = 0;
  *dates = NULL;
  ent_status status = find_shelf(catalog, table, &r);
  if (status) return status;
  status = ent_store_published(catalog->store, catalog->arena, &catalog->format->kept[r], catalog->study,
                               catalog->edition.number, dates, &count);
  if (!status && count != catalog->shelves[r].table->rows)
    status = ent_fail(catalog->context, ENT_STORE, table, "try again", "the store changed while it was read");
  return status;
}

ent_status ent_catalog_row_of(ent_catalog *catalog, const char *table, const char *id, ent_catalog_row *out) {
  size_t r = 0, row = 0;
  memset(out, 0, sizeof *out);
  ent_status status = find_shelf(catalog, table, &r);
  if (status) return status;
  const catalog_shelf *shelf = &catalog->shelves[r];
  if (ent_index_find(&shelf->ids, id, strlen(id), &row)) return take_row(catalog, r, row, out);
  const char **ids = ent_arena_take(catalog->arena, shelf->table->rows, sizeof *ids);
  if (!ids) return ent_fail_memory(catalog->context);
  for (size_t i = 0; i < shelf->table->rows; i++) ids[i] = ent_table_cell(shelf->table, i, 0);
  const char *nearest = ent_text_nearest(id, ids, shelf->table->rows);
  char *remedy = nearest ? ent_arena_print(catalog->arena, "did you mean \"%s:%s\"?", table, nearest) : NULL;
  return ent_fail(catalog->context, ENT_NOT_FOUND, NULL, remedy, "there is no row \"%s\" in %s", id, table);
}

ent_status ent_catalog_item(ent_catalog *catalog, const char *item, ent_catalog_row *out) {
  memset(out, 0, sizeof *out);
  const char *colon = strchr(item, ':');
  if (!colon)
    return ent_fail(catalog->context, ENT_NOT_FOUND, NULL, "write table:id, such as observations:x",
                    "\"%s\" names no row", item);
  char *table = ent_arena_copy(catalog->arena, item, (size_t)(colon - item));
  return table ? ent_catalog_row_of(catalog, table, colon + 1, out) : ent_fail_memory(catalog->context);
}

ent_status ent_catalog_key(ent_catalog *catalog, ent_key key, ent_catalog_row *out) {
  memset(out, 0, sizeof *out);
  ent_status status = sort_keys(catalog);
  if (status) return status;
  const key_place wanted = {.key = key};
  const key_place *found =
      catalog->key_count ? bsearch(&wanted, catalog->keys, catalog->key_count, sizeof wanted, by_key) : NULL;
  if (!found) return ent_fail(catalog->context, ENT_NOT_FOUND, NULL, NULL, "no row has this key");
  return take_row(catalog, found->shelf, found->row, out);
}

const char *ent_catalog_value(const ent_catalog_row *row, const char *column) {
  for (size_t i = 0; i < row->count; i++)
    if (strcmp(row->names[i], column) == 0) return row->values[i];
  return "";
}

ent_label ent_catalog_label(const ent_catalog_row *row) {
  ent_label label = {ent_catalog_value(row, "label_en"), ent_catalog_value(row, "label_de")};
  const char *title = ent_catalog_value(row, "title");
  if (!*title) title = row->id;
  if (!*label.en) label.en = *label.de ? label.de : title;
  if (!*label.de) label.de = label.en;
  return label;
}

static size_t count_words(const char *cell) {
  size_t count = 0;
  for (const char *word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) count++;
  return count;
}

ent_status ent_catalog_citations(ent_catalog *catalog, const ent_catalog_row *row, const ent_catalog_citation **out,
                                 size_t *count) {
  const char *cell = ent_catalog_value(row, "citations");
  *count = count_words(cell);
  ent_catalog_citation *list = ent_arena_take(catalog->arena, *count, sizeof *list);
  *out = list;
  if (!list) return ent_fail_memory(catalog->context);
  size_t i = 0;
  for (const char *word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
    ent_status status = read_citation(catalog, word, strcspn(word, " "), &list[i++]);
    if (status) return status;
  }
  return ENT_OK;
}

/* A copy of text in the arena; NULL stays NULL. */
static const char *keep(ent_catalog *catalog, const char *text, ent_status *status) {
  const char *copy = text ? ent_arena_copy(catalog->arena, text, strlen(text)) : NULL;
  if (text && !copy) *status = ent_fail_memory(catalog->context);
  return copy;
}

static ent_status read_work(ent_catalog *catalog, const char *source, const char *csl, ent_catalog_work *out) {
  ent_json *json = NULL;
  ent_text text = {0};
  ent_status status = ent_json_read(catalog->context, "sources.json", csl, strlen(csl), &json);
  if (status) return status;
  const char *link = ent_json_get_text(json, "URL"), *doi = ent_json_get_text(json, "DOI");
  if (!link && doi) link = ent_arena_print(catalog->arena, "https://doi.org/%s", doi);
  ent_csl_line(json, &text);
  if (text.length == 0) ent_text_add(&text, source);
  if (text.failed) status = ent_fail_memory(catalog->context);
  ent_catalog_work work = {.url = keep(catalog, link, &status),
                           .licence = keep(catalog, ent_csl_licence(json), &status),
                           .permission = keep(catalog, ent_csl_permission(json), &status)};
  if (!status) work.line = keep(catalog, text.data, &status);
  if (!status) *out = work;
  ent_text_clear(&text);
  ent_json_free(json);
  return status;
}

ent_status ent_catalog_source(ent_catalog *catalog, const char *source, const ent_catalog_work **out) {
  size_t r = 0, row = 0;
  *out = NULL;
  ent_status status = find_shelf(catalog, "sources", &r);
  if (status) return status;
  catalog_shelf *shelf = &catalog->shelves[r];
  if (!shelf->works) shelf->works = ent_arena_take(catalog->arena, shelf->table->rows, sizeof *shelf->works);
  if (!shelf->works) return ent_fail_memory(catalog->context);
  if (!ent_index_find(&shelf->ids, source, strlen(source), &row))
    return ent_fail(catalog->context, ENT_NOT_FOUND, NULL, NULL, "there is no source \"%s\"", source);
  if (!shelf->works[row].line) {
    const char *csl = ent_table_cell(shelf->table, row, ent_table_column(shelf->table, "csl"));
    if ((status = read_work(catalog, source, csl, &shelf->works[row]))) return status;
  }
  *out = &shelf->works[row];
  return ENT_OK;
}

static ent_status open_shelf(ent_catalog *catalog, size_t r) {
  catalog_shelf *shelf = &catalog->shelves[r];
  if (shelf->table) return ENT_OK;
  ent_table *table = NULL;
  ent_status status = ent_store_rows(catalog->store, catalog->arena, &catalog->format->kept[r], catalog->study,
                                     catalog->edition.number, &table);
  if (!status) status = ent_sound_table(catalog->context, &catalog->format->resources[r], table);
  if (status) return status;
  if (!ent_index_init(&shelf->ids, catalog->arena, table->rows)) return ent_fail_memory(catalog->context);
  for (size_t row = 0; row < table->rows; row++) {
    const char *id = ent_table_cell(table, row, 0);
    if (!ent_index_add(&shelf->ids, id, strlen(id), row)) return ent_fail_memory(catalog->context);
  }
  shelf->table = table;
  return ENT_OK;
}

static ent_status find_shelf(ent_catalog *catalog, const char *table, size_t *out) {
  int r = ent_format_find(catalog->format, table);
  if (r >= 0) {
    *out = (size_t)r;
    return open_shelf(catalog, (size_t)r);
  }
  const char *const *names = ent_format_names(catalog->format, catalog->arena);
  if (!names) return ent_fail_memory(catalog->context);
  const char *nearest = ent_text_nearest(table, names, catalog->format->resource_count);
  char *remedy = nearest ? ent_arena_print(catalog->arena, "did you mean \"%s\"?", nearest) : NULL;
  return ent_fail(catalog->context, ENT_NOT_FOUND, NULL, remedy, "there is no table \"%s\"", table);
}

static ent_status take_row(ent_catalog *catalog, size_t r, size_t row, ent_catalog_row *out) {
  const ent_table *table = catalog->shelves[r].table;
  const char **values = ent_arena_take(catalog->arena, table->columns, sizeof *values);
  if (!values) return ent_fail_memory(catalog->context);
  for (size_t c = 0; c < table->columns; c++) values[c] = ent_table_cell(table, row, (int)c);
  *out = (ent_catalog_row){table->name, values[0], table->columns, table->column, values, false};
  ent_status status = is_withheld(catalog, out, &out->withheld);
  for (size_t c = 1; out->withheld && c < table->columns; c++) values[c] = "";
  return status;
}

/* ---- what is confidential ---- */

/* Who may see each source; most packages mark none, and then nothing is parsed. */
static ent_status read_handling(ent_catalog *catalog, catalog_shelf **sources) {
  size_t r = 0;
  ent_status status = find_shelf(catalog, "sources", &r);
  catalog_shelf *shelf = &catalog->shelves[r];
  if (sources) *sources = shelf;
  if (status || shelf->handling) return status;
  const char **handling = ent_arena_take(catalog->arena, shelf->table->rows, sizeof *handling);
  shelf->revealed = ent_arena_take(catalog->arena, shelf->table->rows, sizeof *shelf->revealed);
  if (!handling || !shelf->revealed) return ent_fail_memory(catalog->context);
  for (size_t row = 0; row < shelf->table->rows; row++) {
    const char *csl = ent_table_cell(shelf->table, row, ent_table_column(shelf->table, "csl"));
    ent_json *json = NULL;
    handling[row] = "public";
    if (!strstr(csl, "\"handling\"")) continue;
    if ((status = ent_json_read(catalog->context, "sources.json", csl, strlen(csl), &json))) return status;
    handling[row] = ent_csl_handling(json);
    if (!handling[row]) handling[row] = "confidential"; /* a word that nobody knows hides rather than shows */
    catalog->has_confidential |= strcmp(handling[row], "confidential") == 0;
    ent_json_free(json);
  }
  shelf->handling = handling;
  return ENT_OK;
}

static bool source_is_withheld(const catalog_shelf *sources, const char *id) {
  size_t row = 0;
  return ent_index_find(&sources->ids, id, strlen(id), &row) && strcmp(sources->handling[row], "confidential") == 0 &&
         !sources->revealed[row];
}

/* Of the citations in a cell: how many there are, and how many of them withheld. */
static ent_status count_withheld(ent_catalog *catalog, const catalog_shelf *sources, const char *cell, size_t *all,
                                 size_t *withheld) {
  size_t r = 0, row = 0;
  *all = *withheld = 0;
  ent_status status = find_shelf(catalog, "citations", &r);
  if (status) return status;
  const ent_table *table = catalog->shelves[r].table;
  int source = ent_table_column(table, "source");
  for (const char *word = cell; *(word += strspn(word, " ")) != '\0'; word += strcspn(word, " ")) {
    if (!ent_index_find(&catalog->shelves[r].ids, word, strcspn(word, " :"), &row)) continue;
    ++*all;
    *withheld += source_is_withheld(sources, ent_table_cell(table, row, source));
  }
  return ENT_OK;
}

/* row: with all its cells. */
static ent_status is_withheld(ent_catalog *catalog, const ent_catalog_row *row, bool *out) {
  catalog_shelf *sources = NULL;
  size_t all = 0, withheld = 0;
  *out = false;
  ent_status status = read_handling(catalog, &sources);
  if (status || !catalog->has_confidential) return status;
  if (strcmp(row->table, "sources") == 0) *out = source_is_withheld(sources, row->id);
  if (strcmp(row->table, "citations") == 0) *out = source_is_withheld(sources, ent_catalog_value(row, "source"));
  const char *item = strcmp(row->table, "codings") == 0 ? ent_catalog_value(row, "item") : "";
  if (*item) {
    ent_catalog_row coded;
    if ((status = ent_catalog_item(catalog, item, &coded))) return status;
    *out = coded.withheld;
  }
  if (*out) return ENT_OK;
  status = count_withheld(catalog, sources, ent_catalog_value(row, "citations"), &all, &withheld);
  *out = all && withheld == all;
  return status;
}

ent_status ent_catalog_reveal(ent_catalog *catalog, const char *const *ids, size_t count) {
  catalog_shelf *sources = NULL;
  ent_status status = read_handling(catalog, &sources);
  for (size_t i = 0; !status && i < count; i++) {
    ent_catalog_row row; /* says what is near where there is no such source */
    size_t at = 0;
    if (ent_index_find(&sources->ids, ids[i], strlen(ids[i]), &at)) sources->revealed[at] = true;
    else status = ent_catalog_row_of(catalog, "sources", ids[i], &row);
  }
  return status;
}

ent_status ent_catalog_count_withheld(ent_catalog *catalog, const char *table, size_t *count) {
  size_t r = 0;
  *count = 0;
  ent_status status = read_handling(catalog, NULL);
  if (status || !catalog->has_confidential) return status;
  status = find_shelf(catalog, table, &r);
  for (size_t row = 0; !status && row < catalog->shelves[r].table->rows; row++) {
    ent_catalog_row of;
    status = take_row(catalog, r, row, &of);
    if (!status) *count += of.withheld;
  }
  return status;
}

/* A total order, so that the answer does not hang on the sort. */
static int by_key(const void *a, const void *b) {
  const key_place *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

/* Tables whose rows a figure can rest on; to read the others for a key would cost more than all of these. */
static const char *const keyed[] = {"observations", "positions", "threats",      "support",
                                    "codings",      "stakes",    "institutions", "provisions"};

static ent_status sort_keys(ent_catalog *catalog) {
  enum { KEYED = sizeof keyed / sizeof *keyed };
  if (catalog->keys) return ENT_OK;
  size_t shelves[KEYED], count = 0, at = 0;
  for (size_t i = 0; i < KEYED; i++) {
    ent_status status = find_shelf(catalog, keyed[i], &shelves[i]);
    if (status) return status;
    count += catalog->shelves[shelves[i]].table->rows;
  }
  key_place *keys = ent_arena_take(catalog->arena, count, sizeof *keys);
  if (!keys) return ent_fail_memory(catalog->context);
  for (size_t i = 0; i < KEYED; i++) {
    const ent_table *table = catalog->shelves[shelves[i]].table;
    for (size_t row = 0; row < table->rows; row++)
      keys[at++] = (key_place){ent_key_of(table->name, ":", ent_table_cell(table, row, 0), NULL), shelves[i], row};
  }
  if (count > 1) qsort(keys, count, sizeof *keys, by_key);
  catalog->keys = keys;
  catalog->key_count = count;
  return ENT_OK;
}

static ent_status read_citation(ent_catalog *catalog, const char *word, size_t length, ent_catalog_citation *out) {
  const char *colon = memchr(word, ':', length);
  size_t id_length = colon ? (size_t)(colon - word) : length;
  char *id = ent_arena_copy(catalog->arena, word, id_length);
  char *role = colon ? ent_arena_copy(catalog->arena, colon + 1, length - id_length - 1) : NULL;
  if (!id || (colon && !role)) return ent_fail_memory(catalog->context);
  ent_catalog_row row;
  ent_status status = ent_catalog_row_of(catalog, "citations", id, &row);
  if (status) return status;
  catalog_shelf *sources = NULL;
  size_t at = 0;
  if (row.withheld) {
    *out = (ent_catalog_citation){.id = "",
                                  .role = role ? role : "source",
                                  .anchor = "",
                                  .footnote = "",
                                  .page = "",
                                  .section = "",
                                  .cell = "",
                                  .locator = "",
                                  .stance = "",
                                  .kind = "",
                                  .source = "",
                                  .line = "",
                                  .handling = "confidential",
                                  .withheld = true};
    return ENT_OK;
  }
  *out = (ent_catalog_citation){.id = row.id,
                                .role = role ? role : "source",
                                .anchor = ent_catalog_value(&row, "anchor"),
                                .footnote = ent_catalog_value(&row, "footnote"),
                                .page = ent_catalog_value(&row, "page"),
                                .section = ent_catalog_value(&row, "section"),
                                .cell = ent_catalog_value(&row, "cell"),
                                .locator = ent_catalog_value(&row, "locator"),
                                .stance = ent_catalog_value(&row, "stance"),
                                .kind = ent_catalog_value(&row, "kind"),
                                .source = ent_catalog_value(&row, "source"),
                                .handling = "public"};
  if ((status = read_handling(catalog, &sources))) return status;
  if (ent_index_find(&sources->ids, out->source, strlen(out->source), &at)) out->handling = sources->handling[at];
  const ent_catalog_work *work = NULL;
  if ((status = ent_catalog_source(catalog, out->source, &work))) return status;
  out->line = work->line;
  out->url = work->url;
  out->licence = work->licence;
  return ENT_OK;
}
