/* composite.c - the operation composite: reads DATA and META, computes scores and ranks with their spread, and writes
 * the whole calculation where that is asked for.
 *
 * Comes in: CSV files and names of methods. Goes out: an answer; the findings where a file can not be accepted. Must
 * not: choose another method than the one that was asked for. */
#include "study/composite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "files/file.h"
#include "files/folder.h"
#include "study/study.h"
#include "table/csv.h"

#define LONGEST_DATA ((size_t)512 << 20)
#define LONGEST_META ((size_t)16 << 20)
/* Matrices of units by units. */
enum { MOST_MATRIX = 500 };
/* Scores of all draws that an export keeps: a table of 50 MB. */
#define MOST_LOGGED 5000000

typedef ent_composite_work run;

static ent_status fail_memory(const run *r) { return ent_fail_memory(r->context); }

/* ---- reading ---- */

static ent_status read_table(run *r, const char *path, size_t limit, ent_findings *findings, const ent_table **out) {
  char *bytes;
  size_t length;
  ent_table *table = NULL;
  ent_arena *whole = ent_arena_new(0); /* the file is not needed once its cells are there */
  if (!whole) return fail_memory(r);
  const char *slash = strrchr(path, '/');
  const char *file = ent_arena_print(r->arena, "%s", slash ? slash + 1 : path);
  ent_status status = file ? ent_file_read(r->context, whole, path, path, limit, &bytes, &length) : fail_memory(r);
  if (!status) status = ent_csv_read(r->context, r->arena, "composite", file, bytes, length, findings, &table);
  ent_arena_free(whole);
  *out = table;
  return status;
}

static ent_status read_sheet(run *r, ent_findings *findings) {
  const ent_composite_options *o = r->options;
  ent_composite_reading reading = {r->context, r->arena, findings, &r->sheet, o->group};
  bool enough = true;
  ent_status status = read_table(r, o->meta, LONGEST_META, findings, &r->sheet.meta);
  if (!status) status = read_table(r, o->data, LONGEST_DATA, findings, &r->sheet.data);
  if (!status && o->experts) status = read_table(r, o->experts, LONGEST_META, findings, &r->sheet.experts);
  if (status) return status;
  if (!findings->errors) enough = ent_composite_read_meta(&reading);
  if (enough && !findings->errors) enough = ent_composite_read_data(&reading);
  if (enough && !findings->errors && o->experts) enough = ent_composite_read_experts(&reading);
  return enough && !findings->failed ? ENT_OK : fail_memory(r);
}

/* The result becomes the list of what is wrong with the files. */
static void turn_into_findings(run *r, ent_result *result, ent_findings *findings) {
  size_t rows = r->sheet.data ? r->sheet.data->rows : 0;
  ent_findings_sort(findings);
  result->kind = ENT_CHECK;
  result->check = (ent_check_answer){.folder = ent_arena_print(r->arena, "%s", r->options->data),
                                     .rows = rows + (r->sheet.meta ? r->sheet.meta->rows : 0),
                                     .resources = r->options->experts ? 3 : 2,
                                     .findings = findings};
}

/* Of what the files say, not of how they say it: an export that is read again has the same. */
static ent_status hash_inputs(run *r) {
  void (*const writers[])(const ent_composite_sheet *, ent_text *) = {
      ent_composite_write_meta, ent_composite_write_data, ent_composite_write_experts};
  ent_sha256 hash;
  char *hex = ent_arena_take(r->arena, 65, 1);
  if (!hex) return fail_memory(r);
  ent_sha256_init(&hash);
  for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
    ent_text text = {0};
    writers[i](&r->sheet, &text);
    bool failed = text.failed;
    if (!failed) ent_sha256_add(&hash, text.data, text.length);
    ent_text_clear(&text);
    if (failed) return fail_memory(r);
  }
  ent_sha256_end(&hash, hex);
  r->answer->inputs_sha256 = hex;
  return ENT_OK;
}

/* ---- computing ---- */

static void make_arrays(run *r) {
  const ent_composite_sheet *s = &r->sheet;
  r->data = (ent_composite_data){.unit_count = s->unit_count,
                                 .indicator_count = s->indicator_count,
                                 .values = s->values,
                                 .group = s->group,
                                 .previous = s->previous};
  r->tree = (ent_composite_tree){.node_count = s->node_count,
                                 .parent = s->parent,
                                 .weight = s->weight,
                                 .direction = s->direction,
                                 .low = s->goalpost_low,
                                 .high = s->goalpost_high,
                                 .reference = s->reference};
}

/* What asks for values above 0, where it is one method alone: text and remedy are then of this one. */
static void name_cause(const run *r, const char **text, const char **remedy) {
  const ent_composite_methods *m = &r->plans.methods;
  bool of_logarithm =
      m->treatment == ENT_TREAT_LOG || m->treatment == ENT_TREAT_BOX_COX || m->treatment == ENT_TREAT_AS_NEEDED;
  bool of_reference = m->normalisation == ENT_NORMALISE_REFERENCE, of_mean = false;
  for (size_t k = 0; k < m->level_count; k++)
    of_mean |= m->aggregation[k] == ENT_AGGREGATE_GEOMETRIC || m->aggregation[k] == ENT_AGGREGATE_HARMONIC ||
               m->aggregation[k] == ENT_AGGREGATE_POWER;
  if (r->plans.alternative_count > 0 || of_logarithm + of_reference + of_mean != 1) return;
  if (of_logarithm) {
    *text = "a logarithm or Box-Cox power of 0 or less";
    *remedy = "use --treat shifted_log, as_coin_tool or winsorise";
  } else if (of_reference) {
    *text = "less is better of this indicator, so that its reference is divided by a value of 0 or less";
    *remedy = "use another normalisation";
  } else {
    *text = "a geometric, harmonic or power mean of 0 or less";
    *remedy = "use --aggregate arithmetic, or a scale above 0 such as --from 1";
  }
}

/* Where a fault lies: a row of DATA and a column, or a row of META. */
ent_status ent_composite_fail(const run *r, ent_composite_reason reason, const ent_composite_fault *fault) {
  const ent_composite_sheet *s = &r->sheet;
  const char *where = s->data->file;
  const ent_composite_entry *e =
      fault->node >= 0 && (size_t)fault->node < s->node_count ? &s->entries[s->node[fault->node]] : NULL;
  bool of_unit = fault->unit >= 0 && (size_t)fault->unit < s->unit_count;
  if (reason == ENT_COMPOSITE_MEMORY) return fail_memory(r);
  if (reason == ENT_COMPOSITE_STOPPED) return ent_fail(r->context, ENT_INTERRUPTED, NULL, NULL, "stopped by the user");
  if (of_unit && e)
    where = ent_arena_print(r->arena, "%s:%ld, unit %s, %s", s->data->file, s->data->line[fault->unit],
                            s->code[fault->unit], e->code);
  else if (of_unit)
    where =
        ent_arena_print(r->arena, "%s:%ld, unit %s", s->data->file, s->data->line[fault->unit], s->code[fault->unit]);
  else if (e) where = ent_arena_print(r->arena, "%s:%ld, %s", s->meta->file, e->line, e->code);
  bool is_usage = reason == ENT_COMPOSITE_PARAMETER || reason == ENT_COMPOSITE_METHOD;
  const char *text = ent_composite_reason_text(reason), *remedy = ent_composite_remedy_text(reason);
  if (reason == ENT_COMPOSITE_NOT_POSITIVE) name_cause(r, &text, &remedy);
  return ent_fail(r->context, is_usage ? ENT_USAGE : ENT_INVALID, where, remedy, "%s", text);
}

double *ent_composite_take(const run *r, size_t count, size_t size) {
  if (count > SIZE_MAX / size) return NULL;
  return ent_arena_take(r->arena, count * size, sizeof(double));
}

static ent_status evaluate(run *r) {
  size_t units = r->sheet.unit_count, indicators = r->sheet.indicator_count, nodes = r->sheet.node_count;
  ent_composite_scores *s = &r->scores;
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  s->kept = ent_arena_take(r->arena, units, 1);
  s->treated = ent_composite_take(r, units, indicators);
  s->imputed = ent_composite_take(r, units, indicators);
  if (r->options->export_folder) {
    s->normalised = ent_composite_take(r, units, indicators);
    s->change = ent_arena_take(r->arena, indicators, sizeof *s->change);
    if (!s->normalised || !s->change) return fail_memory(r);
  }
  s->weight = ent_composite_take(r, nodes, 1);
  s->score = ent_composite_take(r, units, nodes);
  s->rank = ent_composite_take(r, units, 1);
  s->coverage = ent_composite_take(r, units, 1);
  if (!s->kept || !s->treated || !s->imputed || !s->weight || !s->score || !s->rank || !s->coverage)
    return fail_memory(r);
  ent_composite_reason reason = ent_composite_evaluate(&r->data, &r->tree, &r->plans.methods, s, &fault);
  return reason ? ent_composite_fail(r, reason, &fault) : ENT_OK;
}

int ent_composite_tell(void *user, double done) {
  const run *r = user;
  if (!r->options->progress) return 0;
  return r->options->progress(r->options->progress_user, r->progress_from + r->progress_span * done);
}

static ent_status vary(run *r) {
  size_t units = r->sheet.unit_count;
  ent_composite_spread *s = &r->spread;
  ent_composite_fault fault = {ENT_COMPOSITE_FINE, -1, -1};
  double **const columns[] = {&s->median,   &s->low,       &s->high,     &s->rank_median,
                              &s->rank_low, &s->rank_high, &s->rank_mean};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (!(*columns[i] = ent_composite_take(r, units, 1))) return fail_memory(r);
  if (units <= MOST_MATRIX) {
    s->acceptability = ent_composite_take(r, units, units);
    s->better = ent_composite_take(r, units, units);
    s->central_weight = ent_composite_take(r, units, r->sheet.node_count);
    s->confidence = ent_composite_take(r, units, 1);
    if (!s->acceptability || !s->better || !s->central_weight || !s->confidence) return fail_memory(r);
  }
  if (r->options->export_folder && r->plans.uncertainty.draws <= MOST_LOGGED / units &&
      !(s->draws = ent_arena_take(r->arena, r->plans.uncertainty.draws * units, sizeof *s->draws)))
    return fail_memory(r);
  r->plans.uncertainty.progress = ent_composite_tell;
  r->plans.uncertainty.progress_context = r;
  r->progress_span = r->options->indices ? 0.3 : 0.9; /* the rest is writing */
  ent_composite_reason reason =
      ent_composite_vary(&r->data, &r->tree, &r->plans.methods, &r->plans.uncertainty, s, &fault);
  return reason ? ent_composite_fail(r, reason, &fault) : ENT_OK;
}

/* ---- the answer ---- */

static void fill_node(const run *r, size_t n, ent_composite_node_answer *out) {
  const ent_composite_sheet *s = &r->sheet;
  const ent_composite_entry *e = &s->entries[s->node[n]];
  bool is_indicator = n < s->indicator_count;
  *out = (ent_composite_node_answer){.code = e->code,
                                     .name = *e->name ? e->name : e->code,
                                     .unit = *e->unit ? e->unit : NULL,
                                     .parent = e->parent_node,
                                     .level = s->height[n] + 1,
                                     .direction = is_indicator ? s->direction[n] : NAN,
                                     .given = s->weight[n],
                                     .weight = r->scores.weight[n]};
  for (size_t u = 0; is_indicator && u < s->unit_count; u++) {
    size_t at = u * s->indicator_count + n;
    double value = s->values[at], treated = r->scores.treated[at];
    out->missing += isnan(value);
    out->changed += !isnan(value) && !isnan(treated) && value != treated;
    out->filled += isnan(value) && !isnan(r->scores.imputed[at]);
  }
}

static ent_status fill_nodes(run *r) {
  const ent_composite_sheet *s = &r->sheet;
  ent_composite_node_answer *nodes = ent_arena_take(r->arena, s->node_count, sizeof *nodes);
  if (!nodes) return fail_memory(r);
  for (size_t n = 0; n < s->node_count; n++) {
    fill_node(r, n, &nodes[n]);
    r->answer->missing += nodes[n].missing;
  }
  for (size_t n = 0; n < s->node_count; n++) {
    nodes[n].through = 1;
    for (int at = (int)n; s->parent[at] >= 0; at = s->parent[at]) nodes[n].through *= nodes[at].weight;
  }
  r->answer->nodes = nodes;
  return ENT_OK;
}

typedef struct place {
  double rank;
  size_t unit;
} place;

static int compare_places(const void *a, const void *b) {
  const place *x = a, *y = b;
  bool no_x = isnan(x->rank), no_y = isnan(y->rank);
  if (no_x != no_y) return no_x ? 1 : -1;
  if (!no_x && x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
  return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static ent_figure figure_of(const double *median, const double *low, const double *high, size_t unit) {
  if (!median) return (ent_figure){NAN, NAN, NAN};
  return (ent_figure){median[unit], low[unit], high[unit]};
}

static void fill_unit(run *r, size_t u, ent_composite_unit_answer *out) {
  const ent_composite_sheet *s = &r->sheet;
  const ent_composite_spread *d = &r->spread;
  *out =
      (ent_composite_unit_answer){.code = s->code[u],
                                  .name = s->name[u],
                                  .time = s->time ? s->time[u] : NULL,
                                  .kept = r->scores.kept[u] != 0,
                                  .score = r->scores.score[u * s->node_count + (size_t)s->top],
                                  .rank = r->scores.rank[u],
                                  .coverage = r->scores.coverage[u],
                                  .scores = r->scores.score + u * s->node_count,
                                  .spread = figure_of(d->median, d->low, d->high, u),
                                  .rank_spread = figure_of(d->rank_median, d->rank_low, d->rank_high, u),
                                  .rank_mean = d->rank_mean ? d->rank_mean[u] : NAN,
                                  .confidence = d->confidence ? d->confidence[u] : NAN,
                                  .central_weight = d->central_weight ? d->central_weight + u * s->node_count : NULL};
  for (size_t n = 0; n < s->indicator_count; n++) out->missing += isnan(s->values[u * s->indicator_count + n]);
  r->answer->left_out += !out->kept;
  r->answer->without_score += out->kept && isnan(out->score);
}

/* Units by units, in the order of places; of acceptability the columns are ranks and stay. */
static const double *ordered(const run *r, const double *matrix, const place *places, bool both) {
  size_t n = r->sheet.unit_count;
  double *out = matrix ? ent_composite_take(r, n, n) : NULL;
  for (size_t i = 0; out && i < n; i++)
    for (size_t k = 0; k < n; k++) out[i * n + k] = matrix[places[i].unit * n + (both ? places[k].unit : k)];
  return out;
}

static ent_status fill_units(run *r) {
  size_t count = r->sheet.unit_count;
  place *places = ent_arena_take(r->arena, count, sizeof *places);
  ent_composite_unit_answer *units = ent_arena_take(r->arena, count, sizeof *units);
  if (!places || !units) return fail_memory(r);
  for (size_t u = 0; u < count; u++) places[u] = (place){r->scores.rank[u], u};
  qsort(places, count, sizeof *places, compare_places);
  for (size_t k = 0; k < count; k++) fill_unit(r, places[k].unit, &units[k]);
  r->answer->units = units;
  r->answer->acceptability = ordered(r, r->spread.acceptability, places, false);
  r->answer->better = ordered(r, r->spread.better, places, true);
  bool failed = r->spread.better && (!r->answer->acceptability || !r->answer->better);
  return failed ? fail_memory(r) : ENT_OK;
}

static ent_status fill(run *r) {
  ent_composite_answer *out = r->answer;
  const ent_composite_plans *p = &r->plans;
  out->unit_count = r->sheet.unit_count;
  out->indicator_count = r->sheet.indicator_count;
  out->node_count = r->sheet.node_count;
  out->period_count = r->sheet.period_count;
  out->top = r->sheet.top;
  out->step_count = p->step_count;
  out->steps = p->steps;
  out->alternative_count = p->alternative_count;
  out->alternatives = p->alternatives;
  out->is_varied = p->is_varied;
  out->draws_fitted = p->draws_fitted;
  out->varies_values = p->varies_values;
  out->varies_weights = p->varies_weights;
  out->varies_methods = p->varies_methods;
  out->uncertain = r->sheet.uncertain;
  out->group = r->sheet.group_code;
  out->distribution = ent_composite_distribution_name(p->uncertainty.distribution);
  out->concentration = p->uncertainty.concentration;
  out->from = p->has_scale ? p->methods.from : NAN;
  out->to = p->has_scale ? p->methods.to : NAN;
  out->least_coverage = p->methods.least_coverage;
  out->least_present = p->methods.least_present[0];
  out->draws = p->uncertainty.draws;
  out->seed = p->uncertainty.seed;
  ent_status status = fill_nodes(r);
  return status ? status : fill_units(r);
}

static ent_status export_all(run *r) {
  if (!(r->answer->exported = ent_arena_print(r->arena, "%s", r->options->export_folder))) return fail_memory(r);
  return ent_composite_export(r);
}

static ent_status compute(run *r) {
  ent_status status = ent_composite_plan_read(r->context, r->arena, r->options, &r->sheet, &r->plans);
  if (!status && r->options->export_folder) status = ent_folder_check_free(r->context, r->options->export_folder);
  if (!status) status = hash_inputs(r);
  if (!status && r->options->progress && r->options->progress(r->options->progress_user, 0))
    return ent_fail(r->context, ENT_INTERRUPTED, NULL, NULL, "stopped by the user");
  if (status) return status;
  make_arrays(r);
  status = evaluate(r);
  if (!status && r->plans.is_varied) status = vary(r);
  if (!status) status = fill(r);
  if (!status) status = ent_composite_fill_drivers(r);
  if (!status && r->options->indices) status = ent_composite_fill_inputs(r);
  if (!status && r->options->export_folder) status = export_all(r);
  return status;
}

ent_status ent_composite_run(ent_context *context, const ent_composite_options *options, ent_result **out) {
  *out = NULL;
  ent_context_clear(context);
  if (!options || !options->data || !options->meta)
    return ent_fail(context, ENT_USAGE, NULL, "name two CSV files, DATA and META", "a file is missing");
  ent_result *result = ent_result_new(context, ENT_COMPOSITE);
  ent_findings *findings = result ? ent_arena_take(result->arena, 1, sizeof *findings) : NULL;
  if (!findings) {
    ent_result_free(result);
    return ent_fail_memory(context);
  }
  ent_findings_init(findings, result->arena);
  run r = {.context = context, .arena = result->arena, .options = options, .answer = &result->composite};
  ent_status status = read_sheet(&r, findings);
  if (!status && findings->errors) {
    turn_into_findings(&r, result, findings);
    *out = result;
    return ENT_INVALID;
  }
  if (!status) status = compute(&r);
  r.answer->notes = findings;
  if (status) ent_result_free(result);
  else *out = result;
  return status;
}
