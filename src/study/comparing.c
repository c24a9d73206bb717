/* comparing.c - two figures side by side: gathers what stands above them and what is said about them, has them judged
 * (measures/comparability.h), and lays beside each point what the two rows say there and what they cite. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "measures/comparability.h"
#include "study/figures.h"

enum {
  MOST_ABOVE = 64, /* a check forbids circles */
  MOST_CITED = 32,
  MOST_FIGURES = 8 /* behind one result that are held against those of another */
};

static ent_status fail_memory(const ent_comparing *c) { return ent_fail_memory(c->study->context); }

/* ---- what holds for all pairs ---- */

static ent_key key_of_item(const char *item) { return *item ? ent_key_of(item, NULL) : 0; }
static ent_key key_in(const char *table, const char *id) { return *id ? ent_key_of(table, ":", id, NULL) : 0; }

static ent_status read_statements(ent_comparing *c) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(c->study, "comparability", &rows);
  if (status) return status;
  c->statements = ent_arena_take(c->arena, rows.table->rows, sizeof *c->statements);
  c->statement_rows = ent_arena_take(c->arena, rows.table->rows, sizeof *c->statement_rows);
  c->reach = ent_arena_take(c->arena, rows.table->rows, sizeof *c->reach);
  if (!c->statements || !c->statement_rows || !c->reach) return fail_memory(c);
  for (i = 0; i < rows.table->rows; i++) {
    ent_comparable_statement *s = &c->statements[c->statement_count];
    ent_catalog_row row;
    const char *word = ent_rows_cell(&rows, i, "comparable");
    if ((status = ent_rows_at(&rows, i, &row))) return status;
    if (row.withheld) continue;
    s->a = key_of_item(ent_rows_cell(&rows, i, "item_a"));
    s->b = key_of_item(ent_rows_cell(&rows, i, "item_b"));
    s->word = strcmp(word, "yes") == 0       ? ENT_COMPARABLE_YES
              : strcmp(word, "limited") == 0 ? ENT_COMPARABLE_LIMITED
                                             : ENT_COMPARABLE_NO;
    s->by_author = *ent_rows_cell(&rows, i, "stated_by") != '\0';
    c->statement_rows[c->statement_count++] = i;
  }
  return ENT_OK;
}

static ent_status read_rates(ent_comparing *c) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(c->study, "rates", &rows);
  if (status) return status;
  c->rates = ent_arena_take(c->arena, rows.table->rows, sizeof *c->rates);
  c->rate_ids = ent_arena_take(c->arena, rows.table->rows, sizeof *c->rate_ids);
  if (!c->rates || !c->rate_ids) return fail_memory(c);
  for (i = 0; i < rows.table->rows; i++) {
    ent_rate *r = &c->rates[c->rate_count];
    ent_catalog_row row;
    if ((status = ent_rows_at(&rows, i, &row))) return status;
    if (row.withheld || !ent_date_parse(ent_catalog_value(&row, "date"), &r->date, NULL)) continue;
    if (!ent_text_number(ent_catalog_value(&row, "value"), &r->value)) continue;
    r->key = key_in("rates", row.id);
    r->from = ent_catalog_value(&row, "from_currency");
    r->to = ent_catalog_value(&row, "to_currency");
    c->rate_ids[c->rate_count++] = row.id;
  }
  return ENT_OK;
}

ent_status ent_comparing_open(ent_study *study, ent_arena *arena, ent_comparing *out) {
  ent_status status;
  memset(out, 0, sizeof *out);
  out->study = study;
  out->arena = arena;
  status = read_statements(out);
  return status ? status : read_rates(out);
}

/* ---- what stands above a figure ---- */

typedef struct chain {
  ent_key keys[MOST_ABOVE];
  size_t count;
} chain;

/* A figure with the room for what stands above it. */
typedef struct placed {
  ent_comparable figure;
  chain places, definitions, wholes, whole_definitions;
  bool inferred[MOST_ABOVE];
  ent_key rates[MOST_CITED];
} placed;

/* Adds a row and what it is a part of, by its column parent. */
static ent_status climb(ent_comparing *c, const char *table, const char *id, chain *out) {
  ent_status status = ENT_OK;
  while (!status && *id && out->count < MOST_ABOVE) {
    ent_catalog_row row;
    out->keys[out->count++] = key_in(table, id);
    status = ent_catalog_row_of(c->study->catalog, table, id, &row);
    if (!status) id = ent_catalog_value(&row, "parent");
  }
  return status;
}

static ent_status climb_wholes(ent_comparing *c, const ent_catalog_row *row, placed *p) {
  ent_catalog_row at = *row;
  ent_status status = ENT_OK;
  while (!status && *ent_catalog_value(&at, "parent") && p->wholes.count < MOST_ABOVE) {
    const char *id = ent_catalog_value(&at, "parent");
    p->inferred[p->wholes.count] = strcmp(ent_catalog_value(&at, "nesting"), "stated") != 0;
    p->wholes.keys[p->wholes.count++] = key_in("observations", id);
    status = ent_catalog_row_of(c->study->catalog, "observations", id, &at);
    if (!status) status = climb(c, "definitions", ent_catalog_value(&at, "definition"), &p->whole_definitions);
  }
  return status;
}

static ent_status read_rules(ent_comparing *c, const ent_catalog_row *row, placed *p) {
  const ent_catalog_citation *cites;
  size_t i, count;
  ent_status status = ent_catalog_citations(c->study->catalog, row, &cites, &count);
  for (i = 0; !status && i < count && p->figure.rate_count < MOST_CITED; i++)
    if (strcmp(cites[i].role, "rate") == 0 && *cites[i].id)
      p->rates[p->figure.rate_count++] = key_in("citations", cites[i].id);
  return status;
}

static ent_status find_defined(ent_comparing *c) {
  const ent_table *table;
  ent_index *defined = ent_arena_take(c->arena, 1, sizeof *defined);
  int of_indicator, of_definition;
  size_t i;
  ent_status status = ent_catalog_table(c->study->catalog, "observations", &table);
  if (status) return status;
  if (!defined || !ent_index_init(defined, c->arena, 0)) return fail_memory(c);
  of_indicator = ent_table_column(table, "indicator");
  of_definition = ent_table_column(table, "definition");
  for (i = 0; i < table->rows; i++) {
    const char *indicator = ent_table_cell(table, i, of_indicator);
    if (!*ent_table_cell(table, i, of_definition)) continue;
    if (!ent_index_add(defined, indicator, strlen(indicator), i)) return fail_memory(c);
  }
  c->defined = defined;
  return ENT_OK;
}

/* Whether a definition is to be expected: of money, and where another figure of the indicator has one. */
static ent_status expects_definition(ent_comparing *c, const ent_catalog_row *row, bool *out) {
  const char *indicator = ent_catalog_value(row, "indicator");
  ent_status status = c->defined ? ENT_OK : find_defined(c);
  if (status) return status;
  *out = strcmp(ent_catalog_value(row, "unit"), "currency") == 0 ||
         ent_index_find(c->defined, indicator, strlen(indicator), NULL);
  return ENT_OK;
}

/* Whole calendar years around a span; an open end stays open. */
static ent_span years_of(ent_span span) {
  int year, month, day;
  if (span.first != ENT_DAY_OPEN_START) {
    ent_day_civil(span.first, &year, &month, &day);
    span.first = ent_day_from_civil(year, 1, 1);
  }
  if (span.last != ENT_DAY_OPEN_END) {
    ent_day_civil(span.last, &year, &month, &day);
    span.last = ent_day_from_civil(year, 12, 31);
  }
  return span;
}

static ent_status place_cells(ent_comparing *c, const ent_catalog_row *row, placed *p) {
  static const char *const subjects[ENT_SUBJECTS][2] = {{"actor", "actors"},
                                                        {"partner", "actors"},
                                                        {"alliance", "alliances"},
                                                        {"place", "places"},
                                                        {"institution", "institutions"}};
  ent_comparable *f = &p->figure;
  ent_catalog_row named;
  ent_status status;
  size_t i;
  f->key = key_in("observations", row->id);
  f->indicator = key_in("indicators", ent_catalog_value(row, "indicator"));
  for (i = 0; i < ENT_SUBJECTS; i++) f->subjects[i] = key_in(subjects[i][1], ent_catalog_value(row, subjects[i][0]));
  f->unit = ent_catalog_value(row, "unit");
  f->currency = ent_catalog_value(row, "currency");
  f->price_basis = ent_catalog_value(row, "price_basis");
  f->status = ent_catalog_value(row, "status");
  f->has_value = *ent_catalog_value(row, "value");
  f->has_low = *ent_catalog_value(row, "low");
  f->has_high = *ent_catalog_value(row, "high");
  f->has_rank = *ent_catalog_value(row, "rank");
  f->converted_currency = ent_catalog_value(row, "converted_currency");
  f->actor_kind = f->accounting = "";
  if (!ent_figure_days(ent_catalog_value(row, "period"), ent_catalog_value(row, "data_year"), &f->period))
    f->period = (ent_span){ENT_DAY_OPEN_START, ENT_DAY_OPEN_END};
  f->years = years_of(f->period);
  if (*ent_catalog_value(row, "actor")) {
    status = ent_catalog_row_of(c->study->catalog, "actors", ent_catalog_value(row, "actor"), &named);
    if (status) return status;
    f->actor_kind = ent_catalog_value(&named, "kind");
  }
  if (!*ent_catalog_value(row, "definition")) return ENT_OK;
  status = ent_catalog_row_of(c->study->catalog, "definitions", ent_catalog_value(row, "definition"), &named);
  if (!status) f->accounting = ent_catalog_value(&named, "accounting");
  return status;
}

static ent_status place_figure(ent_comparing *c, const ent_catalog_row *row, placed *p) {
  ent_comparable *f = &p->figure;
  ent_status status;
  memset(p, 0, sizeof *p);
  status = place_cells(c, row, p);
  if (!status) status = expects_definition(c, row, &f->definition_expected);
  if (!status) status = climb(c, "definitions", ent_catalog_value(row, "definition"), &p->definitions);
  if (!status) status = climb(c, "places", ent_catalog_value(row, "place"), &p->places);
  if (!status) status = climb_wholes(c, row, p);
  if (!status) status = read_rules(c, row, p);
  f->definitions = p->definitions.keys;
  f->definition_count = p->definitions.count;
  f->places = p->places.keys + 1; /* without the place itself */
  f->place_count = p->places.count ? p->places.count - 1 : 0;
  f->wholes = p->wholes.keys;
  f->whole_count = p->wholes.count;
  f->inferred = p->inferred;
  f->whole_definitions = p->whole_definitions.keys;
  f->whole_definition_count = p->whole_definitions.count;
  f->rates = p->rates;
  return status;
}

/* ---- the judgement ---- */

/* Whether stated rates bring both figures into a currency. */
static ent_status leads_to(ent_comparing *c, const ent_catalog_row *a, const ent_catalog_row *b, const char *currency,
                           bool *out) {
  ent_data_figure x, y;
  ent_status status = ent_figure_fill(c->study, c->arena, a, &x);
  if (!status) status = ent_figure_fill(c->study, c->arena, b, &y);
  if (!status) status = ent_figure_convert(c, currency, &x);
  if (!status) status = ent_figure_convert(c, currency, &y);
  *out = !status && !x.conversion.missing && !y.conversion.missing;
  return status;
}

/* A currency that stated rates bring both figures into, or NULL: the one that was asked for, else the one into which
 * the text converts both, else that of either. */
static ent_status find_currency(ent_comparing *c, const ent_catalog_row *a, const ent_catalog_row *b, const char *asked,
                                const char **out) {
  const char *choices[] = {asked, ent_catalog_value(a, "converted_currency"), ent_catalog_value(b, "currency"),
                           ent_catalog_value(a, "currency")};
  size_t i;
  *out = NULL;
  for (i = asked ? 0 : 1; i < (asked ? 1 : sizeof choices / sizeof *choices); i++) {
    bool leads = false;
    ent_status status;
    if (!*choices[i] || (i == 1 && strcmp(choices[i], ent_catalog_value(b, "converted_currency")) != 0)) continue;
    if ((status = leads_to(c, a, b, choices[i], &leads))) return status;
    if (leads) {
      *out = choices[i];
      return ENT_OK;
    }
  }
  return ENT_OK;
}

static ent_status judge(ent_comparing *c, const ent_catalog_row *a, const ent_catalog_row *b, const char *asked,
                        const char **currency, ent_comparison *out) {
  placed x, y;
  ent_status status = place_figure(c, a, &x);
  if (!status) status = place_figure(c, b, &y);
  *currency = NULL;
  if (!status && *x.figure.currency && *y.figure.currency && (asked || strcmp(x.figure.currency, y.figure.currency)))
    status = find_currency(c, a, b, asked, currency);
  if (status) return status;
  *out = ent_comparability_judge(&x.figure, &y.figure, c->statements, c->statement_count, *currency != NULL, c->reach);
  return ENT_OK;
}

ent_status ent_comparing_judge(ent_comparing *comparing, const ent_catalog_row *a, const ent_catalog_row *b,
                               ent_comparison *out) {
  const char *currency;
  return judge(comparing, a, b, NULL, &currency, out);
}

/* ---- what stands beside each point ---- */

static ent_label named_or_none(const ent_named_answer *named) {
  const ent_label none = {NULL, NULL};
  return named->id ? named->label : none;
}

/* "A → B, place" of the subjects in which the two differ, or of all where they do not. */
static ent_status subjects_of(ent_comparing *c, const ent_data_figure *figure, const ent_data_figure *other,
                              bool differ, ent_label *out) {
  size_t i;
  out->en = out->de = NULL;
  for (i = 0; i < ENT_SUBJECTS; i++) {
    const ent_named_answer *s = &figure->subjects[i];
    if (!s->id || (differ && ent_text_same(s->id, other->subjects[i].id))) continue;
    out->en = out->en ? ent_arena_print(c->arena, "%s, %s", out->en, s->label.en) : s->label.en;
    out->de = out->de ? ent_arena_print(c->arena, "%s, %s", out->de, s->label.de) : s->label.de;
    if (!out->en || !out->de) return fail_memory(c);
  }
  return ENT_OK;
}

static ent_status code_label(ent_comparing *c, const char *text, ent_label *out) {
  (void)c;
  *out = ent_label_both(*text ? text : NULL);
  return ENT_OK;
}

static ent_status days_label(ent_comparing *c, const ent_data_figure *figure, ent_label *out) {
  if (!*figure->data_year || strcmp(figure->data_year, figure->period) == 0) return code_label(c, figure->period, out);
  *out = ent_label_both(ent_arena_print(c->arena, "%s (%s)", figure->data_year, figure->period));
  return out->en ? ENT_OK : fail_memory(c);
}

/* The citations of a figure that bear a role; all of them where none does. */
static ent_status cites_of(ent_comparing *c, const ent_data_figure *figure, const char *role, ent_citation_answer **out,
                           size_t *count) {
  size_t i;
  *count = 0;
  *out = ent_arena_take(c->arena, figure->citation_count, sizeof **out);
  if (!*out) return fail_memory(c);
  for (i = 0; i < figure->citation_count; i++)
    if (role && strcmp(figure->citations[i].role, role) == 0) (*out)[(*count)++] = figure->citations[i];
  if (*count) return ENT_OK;
  *out = figure->citations;
  *count = figure->citation_count;
  return ENT_OK;
}

/* One side of a point: what the figure has there, and the places that say so. */
static ent_status fill_side(ent_comparing *c, ent_compared_aspect aspect, const ent_data_figure *figure,
                            const ent_data_figure *other, bool differs, ent_label *label, ent_citation_answer **cites,
                            size_t *count) {
  ent_status status = ENT_OK;
  label->en = label->de = NULL;
  *cites = figure->citations;
  *count = figure->citation_count;
  switch (aspect) {
    case ENT_ASPECT_INDICATOR: *label = named_or_none(&figure->indicator); break;
    case ENT_ASPECT_UNIT: return code_label(c, figure->quantity.unit, label);
    case ENT_ASPECT_COVERAGE: return subjects_of(c, figure, other, differs, label);
    case ENT_ASPECT_PERIOD:
      status = cites_of(c, figure, "base_year", cites, count);
      return status ? status : days_label(c, figure, label);
    case ENT_ASPECT_DEFINITION:
    case ENT_ASPECT_ACCOUNTING:
      if (aspect == ENT_ASPECT_ACCOUNTING) *label = ent_label_both(figure->definition.accounting);
      else if (figure->definition.id) *label = figure->definition.label;
      if (figure->definition.citation_count) {
        *cites = figure->definition.citations;
        *count = figure->definition.citation_count;
      }
      break;
    case ENT_ASPECT_STATUS: return code_label(c, figure->status, label);
    case ENT_ASPECT_PRICES: return code_label(c, figure->price_basis, label);
    case ENT_ASPECT_CURRENCY: return code_label(c, figure->quantity.currency, label);
    case ENT_ASPECT_CONVERSION:
      status = cites_of(c, figure, "rate", cites, count);
      return status ? status : code_label(c, figure->converted_currency, label);
    case ENT_ASPECT_NUMBER:
    case ENT_ASPECT_NESTING:
    case ENT_ASPECT_OBJECTION:
    case ENT_ASPECTS: break;
  }
  return ENT_OK;
}

static ent_status fill_points(ent_comparing *c, const ent_comparison *judged, ent_pair_answer *out) {
  int i;
  out->points = ent_arena_take(c->arena, ENT_ASPECTS, sizeof *out->points);
  if (!out->points) return fail_memory(c);
  for (i = 0; i < ENT_ASPECTS; i++) {
    ent_compared_point *point = &out->points[out->point_count];
    const ent_comparison_point *found = &judged->points[i];
    const bool differs = strcmp(found->code ? found->code : "", "same") != 0;
    ent_status status;
    if (!found->asked) continue;
    point->aspect = (ent_compared_aspect)i;
    point->effect = found->effect;
    point->code = found->code;
    status = fill_side(c, point->aspect, &out->a, &out->b, differs, &point->a, &point->a_citations, &point->a_count);
    if (!status)
      status = fill_side(c, point->aspect, &out->b, &out->a, differs, &point->b, &point->b_citations, &point->b_count);
    if (status) return status;
    out->point_count++;
  }
  return ENT_OK;
}

static ent_status item_label(ent_comparing *c, const char *item, ent_label *out) {
  ent_catalog_row row;
  ent_status status = ent_catalog_item(c->study->catalog, item, &row);
  return status ? status : ent_row_label(c->study, c->arena, &row, out);
}

static ent_status fill_said(ent_comparing *c, const ent_rows *rows, size_t at, ent_said_answer *out) {
  const char *speaker;
  ent_catalog_row row, actor;
  ent_status status = ent_rows_at(rows, c->statement_rows[at], &row);
  if (status) return status;
  out->reach = c->reach[at];
  out->word = c->statements[at].word;
  out->reason.en = ent_catalog_value(&row, "reason_en");
  out->reason.de = ent_catalog_value(&row, "reason_de");
  speaker = ent_catalog_value(&row, "stated_by");
  if (*speaker) {
    if ((status = ent_catalog_row_of(c->study->catalog, "actors", speaker, &actor))) return status;
    out->stated_by.id = actor.id;
    out->stated_by.label = ent_catalog_label(&actor);
  }
  status = item_label(c, ent_catalog_value(&row, "item_a"), &out->a);
  if (!status) status = item_label(c, ent_catalog_value(&row, "item_b"), &out->b);
  if (!status) status = ent_row_citations(c->study, c->arena, &row, &out->citations, &out->citation_count);
  if (status) return status;
  out->key = ent_arena_print(c->arena, "comparability:%s", row.id);
  return out->key ? ENT_OK : fail_memory(c);
}

static ent_status fill_all_said(ent_comparing *c, ent_pair_answer *out) {
  ent_rows rows;
  size_t i;
  ent_status status = ent_rows_open(c->study, "comparability", &rows);
  if (status) return status;
  out->said = ent_arena_take(c->arena, c->statement_count, sizeof *out->said);
  if (!out->said) return fail_memory(c);
  for (i = 0; i < c->statement_count && !status; i++)
    if (c->reach[i]) status = fill_said(c, &rows, i, &out->said[out->said_count++]);
  return status;
}

/* The share of the part in its whole, where both are numbers of one kind. */
static void fill_share(const ent_comparison *judged, ent_pair_answer *out) {
  const ent_quantity_answer *part = judged->part > 0 ? &out->a.quantity : &out->b.quantity;
  const ent_quantity_answer *whole = judged->part > 0 ? &out->b.quantity : &out->a.quantity;
  double low = isnan(part->low) ? part->value : part->low, high = isnan(part->high) ? part->value : part->high;
  double least = isnan(whole->low) ? whole->value : whole->low, most = isnan(whole->high) ? whole->value : whole->high;
  out->share_low = out->share_high = NAN;
  if (!judged->part || strcmp(part->unit, whole->unit) != 0 || strcmp(part->currency, whole->currency) != 0) return;
  if (judged->points[ENT_ASPECT_PERIOD].effect != ENT_HINDERS_NOT || !(least > 0)) return;
  out->share_low = low / most;
  out->share_high = high / least;
}

ent_status ent_comparing_pair(ent_comparing *comparing, const ent_catalog_row *a, const ent_catalog_row *b,
                              const char *currency, ent_pair_answer *out) {
  ent_comparison judged;
  ent_status status;
  memset(out, 0, sizeof *out);
  status = judge(comparing, a, b, currency, &out->currency, &judged);
  if (!status) status = ent_figure_fill(comparing->study, comparing->arena, a, &out->a);
  if (!status) status = ent_figure_fill(comparing->study, comparing->arena, b, &out->b);
  if (!status) status = ent_figure_convert(comparing, currency ? currency : out->currency, &out->a);
  if (!status) status = ent_figure_convert(comparing, currency ? currency : out->currency, &out->b);
  if (status) return status;
  out->verdict = judged.verdict;
  out->same_thing = judged.same_thing;
  out->part = judged.part;
  out->part_inferred = judged.part_inferred;
  out->part_links = judged.part_links;
  fill_share(&judged, out);
  status = fill_points(comparing, &judged, out);
  return status ? status : fill_all_said(comparing, out);
}

/* ---- figures behind two results ---- */

/* What two times of one thing have in common is no news beside two dates. */
static bool is_worth_saying(const ent_comparison *c) {
  int i;
  for (i = 0; i < ENT_ASPECTS; i++) {
    const ent_comparison_point *point = &c->points[i];
    if (point->effect == ENT_HINDERS_NOT) continue;
    if (strcmp(point->code, "change") != 0 && strcmp(point->code, "nominal") != 0) return true;
  }
  return false;
}

static ent_status judge_into(ent_comparing *c, const ent_catalog_row *a, const ent_catalog_row *b,
                             ent_judged_answer *out) {
  ent_comparison found;
  ent_status status = ent_comparing_judge(c, a, b, &found);
  if (status || !is_worth_saying(&found) || (out->is_judged && found.verdict <= out->comparison.verdict)) return status;
  out->is_judged = true;
  out->comparison = found;
  out->a = ent_arena_print(c->arena, "observations:%s", a->id);
  out->b = ent_arena_print(c->arena, "observations:%s", b->id);
  return out->a && out->b ? ENT_OK : fail_memory(c);
}

static ent_status read_figures(ent_comparing *c, const ent_key *keys, size_t count, ent_catalog_row *out,
                               size_t *found) {
  size_t i;
  *found = 0;
  for (i = 0; i < count && *found < MOST_FIGURES; i++) {
    ent_status status = ent_catalog_key(c->study->catalog, keys[i], &out[*found]);
    if (status) return status;
    if (strcmp(out[*found].table, "observations") == 0 && !out[*found].withheld) ++*found;
  }
  return ENT_OK;
}

ent_status ent_comparing_keys(ent_comparing *comparing, const ent_key *a, size_t a_count, const ent_key *b,
                              size_t b_count, ent_judged_answer *out) {
  ent_catalog_row x[MOST_FIGURES], y[MOST_FIGURES];
  size_t i, k, x_count, y_count;
  ent_status status = read_figures(comparing, a, a_count, x, &x_count);
  if (!status) status = read_figures(comparing, b, b_count, y, &y_count);
  memset(out, 0, sizeof *out);
  for (i = 0; i < x_count && !status; i++)
    for (k = 0; k < y_count && !status; k++)
      if (strcmp(x[i].id, y[k].id) != 0 &&
          strcmp(ent_catalog_value(&x[i], "indicator"), ent_catalog_value(&y[k], "indicator")) == 0)
        status = judge_into(comparing, &x[i], &y[k], out);
  return status;
}
