/* composite_export.c - the whole calculation of a composite as CSV files, step by step, so that a spreadsheet can
 * follow it cell by cell; and the two tables as COINr reads them.
 *
 * Comes in: what a run computed. Goes out: a folder, whole or not at all. Must not: round; each number is the shortest
 * that is read as the same double. Missing cells are empty. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "files/folder.h"
#include "study/composite.h"

typedef struct exporter {
  ent_context *context;
  const ent_composite_work *computed;
  const ent_composite_sheet *sheet;
  const ent_composite_answer *answer;
  const char *folder; /* the one that is being filled */
  size_t written, files;
  char *path;
  size_t path_size;
} exporter;

/* Fills one file. */
typedef void (*writer)(const exporter *x, ent_text *text);

/* A spreadsheet takes text for a formula that begins so. */
static bool is_formula(const char *text) { return *text && strchr("=+-@\t\r", *text) != NULL; }

static void add_name(ent_text *text, const char *name) {
  const char *guard = is_formula(name) ? "'" : "";
  if (!strpbrk(name, ",\"\r\n")) {
    ent_text_add(text, guard);
    ent_text_add(text, name);
    return;
  }
  ent_text_add(text, "\"");
  ent_text_add(text, guard);
  for (const char *quote; (quote = strchr(name, '"')); name = quote + 1) {
    ent_text_add_bytes(text, name, (size_t)(quote - name));
    ent_text_add(text, "\"\"");
  }
  ent_text_add(text, name);
  ent_text_add(text, "\"");
}

static void add_next(ent_text *text, const char *name) {
  ent_text_add(text, ",");
  add_name(text, name);
}

static void add_number(ent_text *text, double number) {
  char buffer[40];
  ent_text_add(text, ",");
  if (!isnan(number)) ent_text_add(text, ent_composite_print(number, buffer));
}

static const char *code_of(const exporter *x, size_t node) { return x->sheet->entries[x->sheet->node[node]].code; }

static void add_unit_header(const exporter *x, ent_text *text) {
  ent_text_add(text, x->sheet->time ? "uCode,uName,Time" : "uCode,uName");
}

static void add_unit(const exporter *x, size_t unit, ent_text *text) {
  add_name(text, x->sheet->code[unit]);
  add_next(text, x->sheet->name[unit]);
  if (x->sheet->time) add_number(text, x->sheet->time_number[unit]);
}

/* ---- the steps ---- */

/* Units by nodes from first to last; stride: what stands in a row of the matrix. */
static void add_matrix(const exporter *x, const double *matrix, size_t first, size_t last, size_t stride,
                       ent_text *text) {
  add_unit_header(x, text);
  for (size_t n = first; n < last; n++) add_next(text, code_of(x, n));
  ent_text_add(text, "\n");
  for (size_t u = 0; u < x->sheet->unit_count && !text->failed; u++) {
    add_unit(x, u, text);
    for (size_t n = first; n < last; n++) add_number(text, matrix[u * stride + n]);
    ent_text_add(text, "\n");
  }
}

static void write_values(const exporter *x, ent_text *text) {
  add_matrix(x, x->sheet->values, 0, x->sheet->indicator_count, x->sheet->indicator_count, text);
}

static void write_treated(const exporter *x, ent_text *text) {
  add_matrix(x, x->computed->scores.treated, 0, x->sheet->indicator_count, x->sheet->indicator_count, text);
}

/* What a spreadsheet needs to go from values to treated ones, and from these to shares between goalposts. */
static void write_treatment(const exporter *x, ent_text *text) {
  ent_text_add(text, "iCode,treatment,origin,shift,lambda,goalpost_low,goalpost_high\n");
  for (size_t i = 0; i < x->sheet->indicator_count; i++) {
    const ent_composite_change *c = &x->computed->scores.change[i];
    bool is_log = c->treatment == ENT_TREAT_LOG || c->treatment == ENT_TREAT_SHIFTED_LOG;
    add_name(text, code_of(x, i));
    add_next(text, ent_composite_treatment_name(c->treatment));
    add_number(text, is_log ? c->origin : NAN);
    add_number(text, is_log ? c->shift : NAN);
    add_number(text, c->lambda);
    add_number(text, c->low);
    add_number(text, c->high);
    ent_text_add(text, "\n");
  }
}

static void write_imputed(const exporter *x, ent_text *text) {
  add_matrix(x, x->computed->scores.imputed, 0, x->sheet->indicator_count, x->sheet->indicator_count, text);
}

static void write_normalised(const exporter *x, ent_text *text) {
  add_matrix(x, x->computed->scores.normalised, 0, x->sheet->indicator_count, x->sheet->indicator_count, text);
}

static void write_weights(const exporter *x, ent_text *text) {
  ent_text_add(text, "iCode,Parent,Level,given,used,of_whole\n");
  for (size_t n = 0; n < x->sheet->node_count; n++) {
    const ent_composite_node_answer *node = &x->answer->nodes[n];
    add_name(text, node->code);
    add_next(text, node->parent >= 0 ? code_of(x, (size_t)node->parent) : "");
    add_number(text, node->level);
    add_number(text, node->given);
    add_number(text, node->weight);
    add_number(text, node->through);
    ent_text_add(text, "\n");
  }
}

static void write_aggregates(const exporter *x, int height, ent_text *text) {
  const ent_composite_sheet *s = x->sheet;
  add_unit_header(x, text);
  for (size_t n = 0; n < s->node_count; n++)
    if (s->height[n] == height) add_next(text, code_of(x, n));
  ent_text_add(text, "\n");
  for (size_t u = 0; u < s->unit_count && !text->failed; u++) {
    add_unit(x, u, text);
    for (size_t n = 0; n < s->node_count; n++)
      if (s->height[n] == height) add_number(text, x->computed->scores.score[u * s->node_count + n]);
    ent_text_add(text, "\n");
  }
}

static void write_ranks(const exporter *x, ent_text *text) {
  const ent_composite_spread *d = &x->computed->spread;
  const ent_composite_scores *s = &x->computed->scores;
  static const char *const names[] = {"median",   "low",       "high",      "rank_median",
                                      "rank_low", "rank_high", "rank_mean", "confidence"};
  const double *const columns[] = {d->median,   d->low,       d->high,      d->rank_median,
                                   d->rank_low, d->rank_high, d->rank_mean, d->confidence};
  size_t count = sizeof columns / sizeof *columns;
  add_unit_header(x, text);
  ent_text_add(text, ",kept,coverage,score,rank");
  for (size_t k = 0; k < count; k++)
    if (columns[k]) add_next(text, names[k]);
  ent_text_add(text, "\n");
  for (size_t u = 0; u < x->sheet->unit_count && !text->failed; u++) {
    add_unit(x, u, text);
    add_number(text, s->kept[u]);
    add_number(text, s->coverage[u]);
    add_number(text, s->score[u * x->sheet->node_count + (size_t)x->sheet->top]);
    add_number(text, s->rank[u]);
    for (size_t k = 0; k < count; k++)
      if (columns[k]) add_number(text, columns[k][u]);
    ent_text_add(text, "\n");
  }
}

/* ---- the draws ---- */

static void write_acceptability(const exporter *x, ent_text *text) {
  size_t count = x->sheet->unit_count;
  add_unit_header(x, text);
  for (size_t r = 0; r < count; r++) ent_text_print(text, ",rank_%zu", r + 1);
  ent_text_add(text, "\n");
  for (size_t u = 0; u < count; u++) {
    add_unit(x, u, text);
    for (size_t r = 0; r < count; r++) add_number(text, x->computed->spread.acceptability[u * count + r]);
    ent_text_add(text, "\n");
  }
}

/* Codes of a panel stand more than once: then with their time. */
static void add_unit_column(const exporter *x, size_t unit, ent_text *text) {
  add_next(text, x->sheet->code[unit]);
  if (x->sheet->time) ent_text_print(text, " %s", x->sheet->time[unit]);
}

static void write_better(const exporter *x, ent_text *text) {
  size_t count = x->sheet->unit_count;
  add_unit_header(x, text);
  for (size_t u = 0; u < count; u++) add_unit_column(x, u, text);
  ent_text_add(text, "\n");
  for (size_t u = 0; u < count; u++) {
    add_unit(x, u, text);
    for (size_t k = 0; k < count; k++) add_number(text, x->computed->spread.better[u * count + k]);
    ent_text_add(text, "\n");
  }
}

static void write_central_weights(const exporter *x, ent_text *text) {
  add_matrix(x, x->computed->spread.central_weight, 0, x->sheet->node_count, x->sheet->node_count, text);
}

static void write_correlations(const exporter *x, ent_text *text) {
  size_t count = x->sheet->node_count;
  ent_text_add(text, "iCode");
  for (size_t n = 0; n < count; n++) add_next(text, code_of(x, n));
  ent_text_add(text, "\n");
  for (size_t n = 0; n < count; n++) {
    add_name(text, code_of(x, n));
    for (size_t k = 0; k < count; k++) add_number(text, x->computed->correlation[n * count + k]);
    ent_text_add(text, "\n");
  }
}

/* A row for each input and output; the last output is how far ranks move. */
static void write_indices(const exporter *x, ent_text *text) {
  const ent_composite_indices *i = &x->computed->indices;
  size_t units = x->sheet->unit_count;
  ent_text_add(text, "input,iCode,output,first,first_low,first_high,total,total_low,total_high,low,high\n");
  for (size_t k = 0; k < x->computed->input_count && !text->failed; k++)
    for (size_t o = 0; o <= units; o++) {
      const ent_composite_input *input = &x->computed->inputs[k];
      size_t at = k * (units + 1) + o;
      const double row[] = {i->first[at],
                            i->first_low[at],
                            i->first_high[at],
                            i->total[at],
                            i->total_low[at],
                            i->total_high[at],
                            o < units ? x->computed->swing.low[k * units + o] : 0,
                            o < units ? x->computed->swing.high[k * units + o] : x->computed->swing.rank_change[k]};
      add_name(text, ent_composite_input_name(input->kind));
      add_next(text, input->node >= 0 ? code_of(x, (size_t)input->node) : "");
      if (o < units) add_unit_column(x, o, text);
      else ent_text_add(text, ",ranks");
      for (size_t c = 0; c < sizeof row / sizeof *row; c++) add_number(text, row[c]);
      ent_text_add(text, "\n");
    }
}

static void write_without(const exporter *x, ent_text *text) {
  ent_text_add(text, "iCode,rank_change\n");
  for (size_t n = 0; n < x->sheet->node_count; n++) {
    add_name(text, code_of(x, n));
    add_number(text, x->answer->nodes[n].without);
    ent_text_add(text, "\n");
  }
}

static void write_draws(const exporter *x, ent_text *text) {
  size_t count = x->sheet->unit_count;
  ent_text_add(text, "draw");
  for (size_t u = 0; u < count; u++) add_unit_column(x, u, text);
  ent_text_add(text, "\n");
  for (size_t d = 0; d < x->answer->draws && !text->failed; d++) {
    ent_text_print(text, "%zu", d + 1);
    for (size_t u = 0; u < count; u++) add_number(text, (double)x->computed->spread.draws[d * count + u]);
    ent_text_add(text, "\n");
  }
}

/* ---- what each file is ---- */

static void add_method(const ent_composite_answer *answer, const char *step, ent_text *text) {
  const char *between = ": ";
  for (size_t i = 0; i < answer->step_count; i++) {
    const ent_composite_step_answer *s = &answer->steps[i];
    if (strcmp(s->step, step) != 0) continue;
    ent_text_print(text, "%s%s", between, s->name);
    if (!isnan(s->parameter)) ent_text_print(text, " %g", s->parameter);
    between = ", ";
  }
}

/* The method of one level: the last that was named counts for the rest. */
static void add_level_method(const ent_composite_answer *answer, int height, ent_text *text) {
  const ent_composite_step_answer *found = NULL;
  int level = 0;
  for (size_t i = 0; i < answer->step_count; i++)
    if (strcmp(answer->steps[i].step, "aggregate") == 0 && level++ < height) found = &answer->steps[i];
  if (!found) return;
  ent_text_print(text, ": aggregate: %s", found->name);
  if (!isnan(found->parameter)) ent_text_print(text, " %g", found->parameter);
}

static void add_command(const exporter *x, ent_text *text) {
  const ent_composite_options *o = x->computed->options;
  const struct {
    const char *name, *value;
  } texts[] = {
      {"treat", o->treatment},          {"impute", o->imputation}, {"group", o->group},           {"order", o->order},
      {"normalise", o->normalisation},  {"weights", o->weighting}, {"aggregate", o->aggregation}, {"vary", o->vary},
      {"distribution", o->distribution}};
  const struct {
    const char *name;
    double value;
  } numbers[] = {{"screen", o->least_coverage},
                 {"present", o->least_present},
                 {"from", o->scale_from},
                 {"to", o->scale_to},
                 {"concentration", o->concentration}};
  ent_text_add(text, "entente composite iData.csv iMeta.csv");
  if (o->experts) ent_text_add(text, " --experts experts.csv");
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (texts[i].value) ent_text_print(text, " --%s %s", texts[i].name, texts[i].value);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (numbers[i].value != 0) ent_text_print(text, " --%s %.15g", numbers[i].name, numbers[i].value);
  if (o->indices) ent_text_add(text, " --indices");
  if (o->draws) ent_text_print(text, " --draws %u", (unsigned)o->draws);
  ent_text_print(text, " --seed %llu\n", (unsigned long long)o->seed);
}

/* Which of the two is the last step before normalisation. */
static bool treats_last(const exporter *x) {
  ent_composite_order order = x->computed->plans.methods.order;
  return order == ENT_ORDER_SCREEN_IMPUTE_TREAT || order == ENT_ORDER_IMPUTE_SCREEN_TREAT;
}

static void write_readme(const exporter *x, ent_text *text) {
  const ent_composite_answer *a = x->answer;
  const ent_composite_spread *d = &x->computed->spread;
  ent_text_print(text, "%s, entente %s\n\n", a->nodes[a->top].name, ent_version());
  ent_text_add(text, "All methods and their formulas: docs/composite.md. Missing cells are empty. Made again by\n\n  ");
  add_command(x, text);
  ent_text_add(text, "\niMeta.csv, iData.csv: the two tables as COINr reads them\n");
  if (x->sheet->experts) ent_text_add(text, "experts.csv: budgets of experts\n");
  ent_text_add(text, "1_values.csv: values, divided by their denominators\n2_treated.csv: order");
  add_method(a, "order", text);
  ent_text_add(text, "; screen");
  add_method(a, "screen", text);
  ent_text_add(text, "; treat");
  add_method(a, "treat", text);
  ent_text_add(
      text,
      "\n2_treatment.csv: what each indicator got in the end: logarithms are ln(x - origin + shift), box_cox is "
      "(x^lambda - 1) / lambda; goalposts as they were transformed with it\n3_imputed.csv: impute");
  add_method(a, "impute", text);
  ent_text_print(text, "\n4_normalised.csv: of %s; normalise", treats_last(x) ? "2_treated.csv" : "3_imputed.csv");
  add_method(a, "normalise", text);
  if (!isnan(a->from)) ent_text_print(text, "; scale %g to %g", a->from, a->to);
  ent_text_add(text, "\n5_weights.csv: weights");
  add_method(a, "weights", text);
  ent_text_add(text, "; given, as used inside the group, of the whole\n");
  for (int height = 1; height <= x->sheet->height[x->sheet->top]; height++) {
    ent_text_print(text, "6_level_%d.csv", height + 1);
    add_level_method(a, height, text);
    ent_text_add(text, "\n");
  }
  ent_text_add(text, "7_ranks.csv: 1 is the best, ties share their mean");
  if (a->is_varied) ent_text_add(text, "; median, 5th and 95th percentile of the draws");
  ent_text_add(text, "\n");
  if (d->acceptability) ent_text_add(text, "8_acceptability.csv: share of draws in which a unit has a rank\n");
  if (d->better) ent_text_add(text, "8_better.csv: share of draws in which the row scores above the column\n");
  if (d->central_weight)
    ent_text_add(text, "8_central_weights.csv: mean weights of the draws in which the unit is first\n");
  if (x->computed->correlation) ent_text_add(text, "8_correlations.csv: Pearson's correlations of scores\n");
  ent_text_add(text, "8_without.csv: how far ranks move on average where a node is left out\n");
  if (x->computed->input_count > 0)
    ent_text_add(text,
                 "8_indices.csv: variance-based indices with 95 % intervals; the score with the input at its ends; in "
                 "the rows of ranks, high is how far ranks move at the ends\n");
  if (d->draws) ent_text_add(text, "9_draws.csv: the score of each unit in each draw\n");
}

/* ---- the folder ---- */

static ent_status put(exporter *x, const char *name, ent_text *text) {
  const ent_composite_options *o = x->computed->options;
  ent_status status = text->failed ? ent_fail_memory(x->context) : ENT_OK;
  snprintf(x->path, x->path_size, "%s/%s", x->folder, name);
  if (!status) status = ent_file_write(x->context, x->path, text->data ? text->data : "", text->length);
  ent_text_clear(text);
  x->written++;
  if (!status && o->progress && o->progress(o->progress_user, 0.9 + 0.1 * (double)x->written / (double)x->files))
    status = ent_fail(x->context, ENT_INTERRUPTED, NULL, NULL, "stopped by the user");
  return status;
}

static ent_status put_file(exporter *x, const char *name, writer write) {
  ent_text text = {0};
  write(x, &text);
  return put(x, name, &text);
}

static void write_meta(const exporter *x, ent_text *text) { ent_composite_write_meta(x->sheet, text); }
static void write_data(const exporter *x, ent_text *text) { ent_composite_write_data(x->sheet, text); }
static void write_experts(const exporter *x, ent_text *text) { ent_composite_write_experts(x->sheet, text); }

static ent_status put_all(exporter *x) {
  const ent_composite_spread *d = &x->computed->spread;
  const struct {
    const char *name;
    writer write;
    bool wanted;
  } files[] = {{"README.txt", write_readme, true},
               {"iMeta.csv", write_meta, true},
               {"iData.csv", write_data, true},
               {"experts.csv", write_experts, x->sheet->experts != NULL},
               {"1_values.csv", write_values, true},
               {"2_treated.csv", write_treated, true},
               {"2_treatment.csv", write_treatment, true},
               {"3_imputed.csv", write_imputed, true},
               {"4_normalised.csv", write_normalised, true},
               {"5_weights.csv", write_weights, true},
               {"7_ranks.csv", write_ranks, true},
               {"8_acceptability.csv", write_acceptability, d->acceptability != NULL},
               {"8_better.csv", write_better, d->better != NULL},
               {"8_central_weights.csv", write_central_weights, d->central_weight != NULL},
               {"8_correlations.csv", write_correlations, x->computed->correlation != NULL},
               {"8_without.csv", write_without, true},
               {"8_indices.csv", write_indices, x->computed->input_count > 0},
               {"9_draws.csv", write_draws, d->draws != NULL}};
  int heights = x->sheet->height[x->sheet->top];
  ent_status status = ENT_OK;
  x->files = sizeof files / sizeof *files + (size_t)heights;
  for (size_t i = 0; !status && i < sizeof files / sizeof *files; i++)
    if (files[i].wanted) status = put_file(x, files[i].name, files[i].write);
  for (int height = 1; !status && height <= heights; height++) {
    char name[40];
    ent_text text = {0};
    snprintf(name, sizeof name, "6_level_%d.csv", height + 1);
    write_aggregates(x, height, &text);
    status = put(x, name, &text);
  }
  return status;
}

ent_status ent_composite_export(const ent_composite_work *work) {
  ent_folder *folder = NULL;
  exporter x = {.context = work->context, .computed = work, .sheet = &work->sheet, .answer = work->answer};
  ent_status status = ent_folder_check_free(work->context, work->options->export_folder);
  if (!status) status = ent_folder_make(work->context, work->options->export_folder, &folder);
  if (status) return status;
  x.folder = ent_folder_name(folder);
  x.path_size = strlen(x.folder) + 64;
  x.path = malloc(x.path_size);
  status = x.path ? put_all(&x) : ent_fail_memory(work->context);
  if (!status) status = ent_folder_keep(work->context, folder);
  if (status) ent_folder_remove(folder);
  ent_folder_close(folder);
  free(x.path);
  return status;
}
