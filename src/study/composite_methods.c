/* composite_methods.c - names of methods into choices, and back: what the options of composite say, and which defaults
 * stand where they say nothing.
 *
 * "min_max/percentile_rank": the first is the method, the others are its alternatives, of which each draw takes one. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "study/composite.h"

/* The draws and the ranks of each unit are kept until the end: 800 MB. */
#define MOST_DRAWN 100000000u
#define USUALLY_DRAWN 20000000u /* where no number of draws is asked for: a few seconds */
#define MOST_VARIED (1u << 24)  /* units times indicators */
#define DEFAULT_DRAWS 10000u
#define MOST_DRAWS 10000000u
#define DEFAULT_CONCENTRATION 100.0
enum { MOST_METHODS = 16, MOST_STEPS = 8 + ENT_COMPOSITE_MOST_LEVELS };

static const char *const orders[ENT_ORDERS] = {"screen_treat_impute", "screen_impute_treat", "impute_screen_treat"};
static const char *const treatments[ENT_TREATMENTS] = {"none",    "winsorise", "log",         "shifted_log",
                                                       "box_cox", "as_needed", "as_coin_tool"};
static const char *const imputations[ENT_IMPUTATIONS] = {"none",          "mean",  "median", "group_mean",
                                                         "carry_forward", "worst", "best"};
static const char *const normalisations[ENT_NORMALISATIONS] = {"goalposts",       "min_max",   "z_score", "rank",
                                                               "percentile_rank", "reference", "borda"};
static const char *const weightings[ENT_WEIGHTINGS] = {"given", "equal", "budget", "principal", "correlation"};
static const char *const aggregations[ENT_AGGREGATIONS_OF_COMPOSITES] = {"arithmetic", "geometric", "harmonic", "power",
                                                                         "weakest",    "copeland",  "condorcet"};
static const char *const distributions[ENT_DISTRIBUTIONS] = {"triangular", "pert", "uniform"};
static const char *const varied[] = {"values", "weights", "methods"};

typedef struct reader {
  ent_context *context;
  ent_arena *arena;
  const ent_composite_options *options;
  const ent_composite_sheet *sheet;
  ent_composite_plans *out;
} reader;

/* The methods of one step: the one, and its alternatives. */
typedef struct choice {
  const char *option, *step; /* "--normalise", "normalise" */
  const char *const *names;
  size_t name_count;
  int method[MOST_METHODS];
  double power[MOST_METHODS]; /* NaN: not given */
  size_t count;
  bool given;
} choice;

enum { ORDER, TREATMENT, IMPUTATION, NORMALISATION, WEIGHTING, AGGREGATION, CHOICES };

const char *ent_composite_distribution_name(ent_composite_distribution distribution) {
  return distributions[distribution];
}

static ent_status fail_name(const reader *r, const char *option, const char *name, const char *const *names,
                            size_t count) {
  const char *near = ent_text_nearest(name, names, count), *remedy = NULL;
  if (near) remedy = ent_arena_print(r->arena, "did you mean \"%s\"?", near);
  for (size_t i = 0; i < count && !near; i++)
    remedy = ent_arena_print(r->arena, "%s%s%s", remedy ? remedy : "",
                             i == 0          ? "use "
                             : i + 1 < count ? ", "
                                             : " or ",
                             names[i]);
  return ent_fail(r->context, ENT_USAGE, option, remedy, "\"%s\" is unknown", name);
}

static ent_status find_name(const reader *r, const char *option, const char *name, const char *const *names,
                            size_t count, int *out) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) {
      *out = (int)i;
      return ENT_OK;
    }
  return fail_name(r, option, name, names, count);
}

/* The piece of *text before a mark, and *text behind it; NULL at the end. */
static char *next_piece(char **text, char mark) {
  char *piece = *text, *end = piece ? strchr(piece, mark) : NULL;
  if (!piece) return NULL;
  *text = end ? end + 1 : NULL;
  if (end) *end = '\0';
  return piece;
}

/* A name, of a power mean "power:0.5". */
static ent_status read_method(const reader *r, choice *c, char *name) {
  if (c->count == MOST_METHODS)
    return ent_fail(r->context, ENT_USAGE, c->option, "name fewer", "more than %d methods", MOST_METHODS);
  char *colon = c->names == aggregations ? strchr(name, ':') : NULL;
  if (colon) *colon = '\0';
  c->power[c->count] = NAN;
  ent_status status = find_name(r, c->option, name, c->names, c->name_count, &c->method[c->count]);
  if (status) return status;
  bool is_power = c->names == aggregations && c->method[c->count] == ENT_AGGREGATE_POWER;
  if (is_power != (colon != NULL) || (colon && !ent_text_number(colon + 1, &c->power[c->count])))
    return ent_fail(r->context, ENT_USAGE, c->option, "write power:P with a number, such as power:0.5",
                    is_power ? "the power of the mean is missing" : "this method has no power");
  c->count++;
  return ENT_OK;
}

static ent_status read_choice(const reader *r, choice *c, const char *text, int otherwise) {
  c->given = text != NULL;
  if (!text) {
    c->method[0] = otherwise;
    c->power[0] = NAN;
    c->count = 1;
    return ENT_OK;
  }
  char *left = ent_arena_copy(r->arena, text, strlen(text)), *piece;
  if (!left) return ent_fail_memory(r->context);
  ent_status status = ENT_OK;
  while (!status && (piece = next_piece(&left, '/'))) status = read_method(r, c, piece);
  for (size_t i = 0; i < c->count && !status; i++)
    for (size_t k = 0; k < i && !status; k++)
      if (c->method[i] == c->method[k])
        status =
            ent_fail(r->context, ENT_USAGE, c->option, "name each once", "\"%s\" stands twice", c->names[c->method[i]]);
  return status;
}

/* ---- steps ---- */

static void add_step(ent_composite_step_answer *list, size_t *count, const char *step, const char *name,
                     double parameter, bool chosen) {
  list[(*count)++] = (ent_composite_step_answer){step, name, parameter, chosen};
}

static void add_choice(reader *r, const choice *c) {
  add_step(r->out->steps, &r->out->step_count, c->step, c->names[c->method[0]], c->power[0], c->given);
  for (size_t i = 1; i < c->count; i++)
    add_step(r->out->alternatives, &r->out->alternative_count, c->step, c->names[c->method[i]], c->power[i], true);
}

/* What is in all of them, the first included, as a list of the type of the enumeration (an int in all of them). */
static ent_status keep_alternatives(const reader *r, const choice *c, const void **list, size_t *count) {
  int *kept = ent_arena_take(r->arena, c->count, sizeof *kept);
  if (!kept) return ent_fail_memory(r->context);
  memcpy(kept, c->method, c->count * sizeof *kept);
  *list = kept;
  *count = c->count;
  return ENT_OK;
}

/* Adds a method to the alternatives of a choice where it is not among them. */
static void add_default(choice *c, int method) {
  for (size_t i = 0; i < c->count; i++)
    if (c->method[i] == method) return;
  if (c->count < MOST_METHODS) {
    c->power[c->count] = NAN;
    c->method[c->count++] = method;
  }
}

/* ---- the options ---- */

static ent_status check_share(const reader *r, const char *option, double share) {
  if (share >= 0 && share <= 1) return ENT_OK;
  return ent_fail(r->context, ENT_USAGE, option, "use a share from 0 to 1", "%g is no share", share);
}

static ent_status read_levels(const reader *r, choice *c) {
  ent_composite_methods *methods = &r->out->methods;
  const char *text = r->options->aggregation ? r->options->aggregation : "arithmetic";
  char *left = ent_arena_copy(r->arena, text, strlen(text)), *first, *piece;
  if (!left) return ent_fail_memory(r->context);
  c->given = r->options->aggregation != NULL;
  first = next_piece(&left, '/'); /* what is left are alternatives */
  ent_status status = ENT_OK;
  while (!status && (piece = next_piece(&first, ','))) {
    choice level = {.option = c->option, .step = c->step, .names = c->names, .name_count = c->name_count};
    status = read_method(r, &level, piece);
    if (status) break;
    if (methods->level_count == ENT_COMPOSITE_MOST_LEVELS)
      return ent_fail(r->context, ENT_USAGE, c->option, "name fewer", "more than %d levels", ENT_COMPOSITE_MOST_LEVELS);
    methods->aggregation[methods->level_count] = (ent_composite_aggregation)level.method[0];
    methods->power[methods->level_count++] = isnan(level.power[0]) ? 0 : level.power[0];
    if (methods->level_count == 1) {
      c->method[0] = level.method[0];
      c->power[0] = level.power[0];
      c->count = 1;
    }
    add_step(r->out->steps, &r->out->step_count, c->step, c->names[level.method[0]], level.power[0], c->given);
  }
  while (!status && (piece = next_piece(&left, '/'))) {
    status = read_method(r, c, piece);
    size_t last = c->count - 1;
    if (!status)
      add_step(r->out->alternatives, &r->out->alternative_count, c->step, c->names[c->method[last]], c->power[last],
               true);
    for (size_t k = 0; !status && k < ENT_COMPOSITE_MOST_LEVELS && !isnan(c->power[last]); k++)
      if (k >= methods->level_count || methods->aggregation[k] != ENT_AGGREGATE_POWER)
        methods->power[k] = c->power[last];
  }
  return status;
}

static ent_status read_varied(const reader *r) {
  ent_composite_plans *out = r->out;
  const char *text = r->options->vary;
  if (!text) {
    out->varies_values = r->sheet->uncertain > 0;
    out->varies_weights = true;
    out->varies_methods = out->alternative_count > 0;
    return ENT_OK;
  }
  char *left = ent_arena_copy(r->arena, text, strlen(text)), *piece;
  if (!left) return ent_fail_memory(r->context);
  if (strcmp(text, "none") == 0) left = NULL;
  while ((piece = next_piece(&left, ','))) {
    int which = 0;
    ent_status status = find_name(r, "--vary", piece, varied, sizeof varied / sizeof *varied, &which);
    if (status) return status;
    if (which == 0) out->varies_values = true;
    else if (which == 1) out->varies_weights = true;
    else out->varies_methods = true;
  }
  if (out->varies_values && r->sheet->uncertain == 0)
    return ent_fail(r->context, ENT_USAGE, "--vary",
                    "give columns such as X_low and X_high, X_se, or Uncertainty in META (see docs/composite.md)",
                    "no value of the data has a range or a standard error");
  if (out->alternative_count > 0 && !out->varies_methods)
    return ent_fail(r->context, ENT_USAGE, "--vary", "add methods to it, or name no alternatives",
                    "methods have alternatives, but do not vary");
  return ENT_OK;
}

static bool has_missing(const ent_composite_sheet *sheet) {
  for (size_t i = 0; i < sheet->unit_count * sheet->indicator_count; i++)
    if (isnan(sheet->values[i])) return true;
  return false;
}

static bool is_share(int normalisation) {
  return normalisation == ENT_NORMALISE_GOALPOSTS || normalisation == ENT_NORMALISE_MIN_MAX ||
         normalisation == ENT_NORMALISE_PERCENTILE_RANK;
}

/* Where methods vary and no alternatives are named: other ways to the same scale, equal weights, the two commonest ways
 * to fill in, and geometric means where no score can be 0. */
static void add_defaults(const reader *r, choice c[CHOICES]) {
  bool shares = is_share(c[NORMALISATION].method[0]);
  if (has_missing(r->sheet)) {
    add_default(&c[IMPUTATION], ENT_IMPUTE_NONE);
    add_default(&c[IMPUTATION], ENT_IMPUTE_MEAN);
    add_default(&c[IMPUTATION], ENT_IMPUTE_MEDIAN);
  }
  if (shares && r->sheet->unit_count > 2) {
    add_default(&c[NORMALISATION], ENT_NORMALISE_MIN_MAX);
    add_default(&c[NORMALISATION], ENT_NORMALISE_PERCENTILE_RANK);
  }
  add_default(&c[WEIGHTING], ENT_WEIGHT_GIVEN);
  add_default(&c[WEIGHTING], ENT_WEIGHT_EQUAL);
  if (r->out->methods.from > 0 && shares) {
    add_default(&c[AGGREGATION], ENT_AGGREGATE_ARITHMETIC);
    add_default(&c[AGGREGATION], ENT_AGGREGATE_GEOMETRIC);
  }
}

static ent_status read_draws(const reader *r) {
  ent_composite_plans *out = r->out;
  ent_composite_uncertainty *u = &out->uncertainty;
  size_t units = r->sheet->unit_count;
  int distribution = ENT_TRIANGULAR;
  ent_status status = ENT_OK;
  if (r->options->distribution)
    status = find_name(r, "--distribution", r->options->distribution, distributions, ENT_DISTRIBUTIONS, &distribution);
  if (status) return status;
  if (!(r->options->concentration >= 0))
    return ent_fail(r->context, ENT_USAGE, "--concentration", "use a number above 0, such as 100",
                    "%g is no concentration", r->options->concentration);
  if (r->options->draws > MOST_DRAWS)
    return ent_fail(r->context, ENT_USAGE, "--draws", "use fewer", "more than 10,000,000 draws");
  u->distribution = (ent_composite_distribution)distribution;
  u->draws = r->options->draws ? r->options->draws : DEFAULT_DRAWS;
  u->seed = r->options->seed;
  u->threads = r->options->threads;
  if (out->varies_values) {
    u->low = r->sheet->low;
    u->high = r->sheet->high;
    u->standard_error = r->sheet->standard_error;
  }
  if (out->varies_weights)
    u->concentration = r->options->concentration > 0 ? r->options->concentration : DEFAULT_CONCENTRATION;
  out->is_varied = out->varies_values || out->varies_weights || out->varies_methods;
  if (!out->is_varied) return ENT_OK;
  if (r->sheet->indicator_count > MOST_VARIED / units) {
    if (r->options->draws || r->options->vary)
      return ent_fail(r->context, ENT_USAGE, "--vary", "use --vary none",
                      "%zu units with %zu indicators are more values than can be drawn", units,
                      r->sheet->indicator_count);
    out->is_varied = out->varies_values = out->varies_weights = out->varies_methods = false;
    return ENT_OK;
  }
  if (r->options->draws && u->draws > MOST_DRAWN / units)
    return ent_fail(r->context, ENT_USAGE, "--draws",
                    ent_arena_print(r->arena, "use --draws %zu or fewer, or --vary none", (size_t)MOST_DRAWN / units),
                    "%u draws of %zu units do not fit into memory", (unsigned)u->draws, units);
  if (r->options->draws || u->draws <= USUALLY_DRAWN / units) return ENT_OK;
  u->draws = units < USUALLY_DRAWN ? (uint32_t)(USUALLY_DRAWN / units) : 1;
  out->draws_fitted = true;
  return ENT_OK;
}

static ent_status read_scale(const reader *r) {
  ent_composite_methods *methods = &r->out->methods;
  methods->from = r->options->scale_from;
  methods->to = r->options->scale_to;
  if (methods->to == 0) methods->to = 100;
  if (methods->from < methods->to && isfinite(methods->from) && isfinite(methods->to)) return ENT_OK;
  return ent_fail(r->context, ENT_USAGE, "--from, --to", "let --from be less than --to, as in --from 1 --to 100",
                  "the scale from %g to %g is none", methods->from, methods->to);
}

static void init_choices(choice c[CHOICES]) {
  static const struct {
    const char *option, *step;
    const char *const *names;
    size_t count;
  } about[CHOICES] = {[ORDER] = {"--order", "order", orders, ENT_ORDERS},
                      [TREATMENT] = {"--treat", "treat", treatments, ENT_TREATMENTS},
                      [IMPUTATION] = {"--impute", "impute", imputations, ENT_IMPUTATIONS},
                      [NORMALISATION] = {"--normalise", "normalise", normalisations, ENT_NORMALISATIONS},
                      [WEIGHTING] = {"--weights", "weights", weightings, ENT_WEIGHTINGS},
                      [AGGREGATION] = {"--aggregate", "aggregate", aggregations, ENT_AGGREGATIONS_OF_COMPOSITES}};
  for (int k = 0; k < CHOICES; k++)
    c[k] = (choice){
        .option = about[k].option, .step = about[k].step, .names = about[k].names, .name_count = about[k].count};
}

/* Z-scores, ranks and references have a scale of their own. */
static ent_status check_scale_used(const reader *r, const choice *normalisation) {
  bool used = false;
  for (size_t i = 0; i < normalisation->count; i++) used |= is_share(normalisation->method[i]);
  r->out->has_scale = is_share(normalisation->method[0]);
  if (used || (r->options->scale_from == 0 && r->options->scale_to == 0)) return ENT_OK;
  return ent_fail(r->context, ENT_USAGE, "--from, --to", "leave them out, or use goalposts, min_max or percentile_rank",
                  "%s has a scale of its own", normalisation->names[normalisation->method[0]]);
}

/* Budgets and --experts go together: one without the other would be a slip. */
static ent_status check_experts(const reader *r, const choice *weighting) {
  bool wanted = false;
  for (size_t i = 0; i < weighting->count; i++) wanted |= weighting->method[i] == ENT_WEIGHT_BUDGET;
  if (wanted && !r->options->experts)
    return ent_fail(r->context, ENT_USAGE, "--weights",
                    "give a file of budgets: --experts FILE (see docs/composite.md)",
                    "budget needs the budgets of experts");
  if (!wanted && r->options->experts)
    return ent_fail(r->context, ENT_USAGE, "--experts", "add --weights budget, or leave it out",
                    "no weights are made of the budgets");
  return ENT_OK;
}

/* All but the aggregation, whose option is one of levels. */
static ent_status read_choices(const reader *r, choice c[CHOICES]) {
  const ent_composite_options *o = r->options;
  const char *const texts[] = {o->order, o->treatment, o->imputation, o->normalisation, o->weighting};
  const int otherwise[] = {ENT_ORDER_SCREEN_TREAT_IMPUTE, ENT_TREAT_NONE, ENT_IMPUTE_NONE,
                           r->sheet->has_goalposts ? ENT_NORMALISE_GOALPOSTS : ENT_NORMALISE_MIN_MAX, ENT_WEIGHT_GIVEN};
  ent_status status = ENT_OK;
  for (int k = ORDER; !status && k < AGGREGATION; k++) status = read_choice(r, &c[k], texts[k], otherwise[k]);
  if (!status && c[ORDER].count > 1)
    status = ent_fail(r->context, ENT_USAGE, c[ORDER].option, "name one", "the order of steps does not vary");
  if (!status) status = check_scale_used(r, &c[NORMALISATION]);
  return status ? status : check_experts(r, &c[WEIGHTING]);
}

/* What was read becomes the methods, and the steps as the answer names them. */
static void take_choices(reader *r, const choice c[CHOICES]) {
  ent_composite_methods *m = &r->out->methods;
  double coverage = r->options->least_coverage;
  m->order = (ent_composite_order)c[ORDER].method[0];
  m->treatment = (ent_composite_treatment)c[TREATMENT].method[0];
  m->imputation = (ent_composite_imputation)c[IMPUTATION].method[0];
  m->normalisation = (ent_composite_normalisation)c[NORMALISATION].method[0];
  m->weighting = (ent_composite_weighting)c[WEIGHTING].method[0];
  m->least_coverage = coverage;
  for (size_t i = 0; i < ENT_COMPOSITE_MOST_LEVELS; i++) m->least_present[i] = r->options->least_present;
  m->expert_count = r->sheet->expert_count;
  m->experts = r->sheet->expert;
  add_choice(r, &c[ORDER]);
  add_step(r->out->steps, &r->out->step_count, "screen", coverage > 0 ? "coverage" : "none",
           coverage > 0 ? coverage : NAN, coverage > 0);
  for (int k = TREATMENT; k < AGGREGATION; k++) add_choice(r, &c[k]);
}

static void add_default_alternatives(reader *r, choice c[CHOICES]) {
  if (!r->out->varies_methods || r->out->alternative_count > 0) return;
  add_defaults(r, c);
  for (int k = TREATMENT; k < CHOICES; k++)
    for (size_t i = 1; i < c[k].count; i++)
      add_step(r->out->alternatives, &r->out->alternative_count, c[k].step, c[k].names[c[k].method[i]], c[k].power[i],
               false);
}

static ent_status keep_choices(const reader *r, const choice c[CHOICES]) {
  ent_composite_uncertainty *u = &r->out->uncertainty;
  if (!r->out->varies_methods) return ENT_OK;
  const void *lists[CHOICES] = {NULL};
  size_t counts[CHOICES] = {0};
  for (int k = TREATMENT; k < CHOICES; k++) {
    ent_status status = c[k].count > 1 ? keep_alternatives(r, &c[k], &lists[k], &counts[k]) : ENT_OK;
    if (status) return status;
  }
  u->treatments = lists[TREATMENT];
  u->treatment_count = counts[TREATMENT];
  u->imputations = lists[IMPUTATION];
  u->imputation_count = counts[IMPUTATION];
  u->normalisations = lists[NORMALISATION];
  u->normalisation_count = counts[NORMALISATION];
  u->weightings = lists[WEIGHTING];
  u->weighting_count = counts[WEIGHTING];
  u->aggregations = lists[AGGREGATION];
  u->aggregation_count = counts[AGGREGATION];
  return ENT_OK;
}

ent_status ent_composite_plan_read(ent_context *context, ent_arena *arena, const ent_composite_options *options,
                                   const ent_composite_sheet *sheet, ent_composite_plans *out) {
  *out = (ent_composite_plans){0};
  reader r = {context, arena, options, sheet, out};
  choice choices[CHOICES];
  init_choices(choices);
  out->steps = ent_arena_take(arena, MOST_STEPS, sizeof *out->steps);
  out->alternatives = ent_arena_take(arena, (size_t)MOST_METHODS * CHOICES, sizeof *out->alternatives);
  if (!out->steps || !out->alternatives) return ent_fail_memory(context);
  ent_status status = read_scale(&r);
  if (!status) status = check_share(&r, "--screen", options->least_coverage);
  if (!status) status = check_share(&r, "--present", options->least_present);
  if (!status) status = read_choices(&r, choices);
  if (status) return status;
  take_choices(&r, choices);
  status = read_levels(&r, &choices[AGGREGATION]);
  if (!status) status = read_varied(&r);
  if (status) return status;
  add_default_alternatives(&r, choices);
  status = keep_choices(&r, choices);
  return status ? status : read_draws(&r);
}

const char *ent_composite_treatment_name(ent_composite_treatment treatment) {
  return (unsigned)treatment < ENT_TREATMENTS ? treatments[treatment] : "none";
}
