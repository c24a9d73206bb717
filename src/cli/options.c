/* options.c - see options.h. Knows the form of values; what they name is the library's to judge. */
#include "cli/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/nearest.h"
#include "cli/progress.h"

/* Seeds that JSON carries exactly end at 2^53. */
#define MOST_SEED ((UINT64_C(1) << 53) - 1)
#define MOST_DRAWS 1000000
#define MOST_COMPOSITE_DRAWS 10000000
#define MOST_THREADS 256
#define MOST_YEARS 1000
#define MOST_EDITION 1000000
#define MOST_PAGE 1000000
#define LEAST_POINTS 256
#define MOST_POINTS 1048576
#define MOST_TOP 1000
enum { MOST_NAMES = 64 };

/* A whole number from least to most in decimal digits; false for anything else. */
static bool whole_number(const char *text, uint64_t least, uint64_t most, uint64_t *out) {
  if (*text == '\0' || strspn(text, "0123456789") != strlen(text)) return false;
  errno = 0;
  uintmax_t number = strtoumax(text, NULL, 10);
  if (errno != 0 || number < least || number > most) return false;
  *out = number;
  return true;
}

static const char *take_help(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->help = true;
  return NULL;
}

static const char *take_store(ent_invocation *invocation, const char *value) {
  invocation->store = value;
  return NULL;
}

static const char *take_format(ent_invocation *invocation, const char *value) {
  if (strcmp(value, "table") == 0) invocation->output = ENT_TABLE;
  else if (strcmp(value, "json") == 0) invocation->output = ENT_JSON;
  else if (strcmp(value, "csv") == 0) invocation->output = ENT_CSV;
  else if (strcmp(value, "md") == 0) invocation->output = ENT_MARKDOWN;
  else if (strcmp(value, "bibtex") == 0) invocation->output = ENT_BIBTEX;
  else if (strcmp(value, "ris") == 0) invocation->output = ENT_RIS;
  else if (strcmp(value, "csl") == 0) invocation->output = ENT_CSL;
  else if (strcmp(value, "text") == 0) invocation->output = ENT_TEXT;
  else return "use table, json, csv or md; cite also has bibtex, ris, csl and text";
  return NULL;
}

static const char *take_language(ent_invocation *invocation, const char *value) {
  if (strcmp(value, "en") == 0) invocation->language = ENT_ENGLISH;
  else if (strcmp(value, "de") == 0) invocation->language = ENT_GERMAN;
  else return "use en or de";
  return NULL;
}

static const char *take_given(const ent_invocation *invocation, ent_given *given, const char *value) {
  if (given->count == invocation->sides) return given->count == 1 ? "give it once" : "give it twice at most";
  given->value[given->count++] = value;
  return NULL;
}

static const char *take_as_of(ent_invocation *invocation, const char *value) {
  return take_given(invocation, &invocation->as_of, value);
}

static const char *take_known_at(ent_invocation *invocation, const char *value) {
  return take_given(invocation, &invocation->known_at, value);
}

static const char *take_edition(ent_invocation *invocation, const char *value) {
  uint64_t edition;
  if (!whole_number(value, 1, MOST_EDITION, &edition)) return "use a whole number from 1";
  return take_given(invocation, &invocation->edition, value);
}

static const char *take_reveal(ent_invocation *invocation, const char *value) {
  if (invocation->reveal_count == sizeof invocation->reveal / sizeof *invocation->reveal) return "16 are the most";
  invocation->reveal[invocation->reveal_count++] = value;
  return NULL;
}

static const char *take_alliance(ent_invocation *invocation, const char *value) {
  return take_given(invocation, &invocation->alliance, value);
}

static const char *take_model(ent_invocation *invocation, const char *value) {
  return take_given(invocation, &invocation->model, value);
}

static const char *take_draws(ent_invocation *invocation, const char *value) {
  uint64_t draws;
  if (!whole_number(value, 1, MOST_DRAWS, &draws)) return "use a whole number from 1 to 1000000";
  invocation->draws = (uint32_t)draws;
  return NULL;
}

static const char *take_seed(ent_invocation *invocation, const char *value) {
  if (!whole_number(value, 0, MOST_SEED, &invocation->seed)) return "use a whole number from 0 to 9007199254740991";
  return NULL;
}

static const char *take_vary(ent_invocation *invocation, const char *value) {
  invocation->vary = value;
  return NULL;
}

static const char *take_threads(ent_invocation *invocation, const char *value) {
  uint64_t threads;
  if (!whole_number(value, 1, MOST_THREADS, &threads)) return "use a whole number from 1 to 256";
  invocation->threads = (unsigned)threads;
  return NULL;
}

static const char *take_draw_log(ent_invocation *invocation, const char *value) {
  if (!*value) return "name a file";
  invocation->draw_log = value;
  return NULL;
}

static const char *take_draw_all(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->draw_all = true;
  return NULL;
}

static const char *take_from(ent_invocation *invocation, const char *value) {
  invocation->from = value;
  return NULL;
}

static const char *take_to(ent_invocation *invocation, const char *value) {
  invocation->to = value;
  return NULL;
}

static const char *take_kinds(ent_invocation *invocation, const char *value) {
  invocation->kinds = value;
  return NULL;
}

static const char *take_at(ent_invocation *invocation, const char *value) {
  if (invocation->at_count == sizeof invocation->at / sizeof *invocation->at) return "8 are the most";
  invocation->at[invocation->at_count++] = value;
  return NULL;
}

static const char *take_issues(ent_invocation *invocation, const char *value) {
  invocation->issues = value;
  return NULL;
}

static const char *take_actors(ent_invocation *invocation, const char *value) {
  invocation->actors = value;
  return NULL;
}

static const char *take_verdict(ent_invocation *invocation, const char *value) {
  invocation->verdict = value;
  return NULL;
}

static const char *take_conclusion(ent_invocation *invocation, const char *value) {
  invocation->conclusion = value;
  return NULL;
}

static const char *take_find(ent_invocation *invocation, const char *value) {
  invocation->find = value;
  return NULL;
}

static const char *take_style(ent_invocation *invocation, const char *value) {
  invocation->style = value;
  return NULL;
}

static const char *take_years(ent_invocation *invocation, const char *value) {
  uint64_t years;
  if (!whole_number(value, 1, MOST_YEARS, &years)) return "use a whole number from 1 to 1000";
  invocation->years = (uint32_t)years;
  return NULL;
}

static const char *take_all(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->all = true;
  return NULL;
}

static const char *take_points(ent_invocation *invocation, const char *value) {
  uint64_t points;
  if (!whole_number(value, LEAST_POINTS, MOST_POINTS, &points) || (points & (points - 1)) != 0)
    return "use a power of two from 256 to 1048576";
  invocation->points = (uint32_t)points;
  return NULL;
}

static const char *take_top(ent_invocation *invocation, const char *value) {
  uint64_t top;
  if (!whole_number(value, 1, MOST_TOP, &top)) return "use a whole number from 1 to 1000";
  invocation->top = (uint32_t)top;
  return NULL;
}

static const char *take_indicator(ent_invocation *invocation, const char *value) {
  invocation->indicator = value;
  return NULL;
}

static const char *take_actor(ent_invocation *invocation, const char *value) {
  invocation->actor = value;
  return NULL;
}

static const char *take_partner(ent_invocation *invocation, const char *value) {
  invocation->partner = value;
  return NULL;
}

static const char *take_definition(ent_invocation *invocation, const char *value) {
  invocation->definition = value;
  return NULL;
}

static const char *take_status(ent_invocation *invocation, const char *value) {
  invocation->status = value;
  return NULL;
}

static const char *take_currency(ent_invocation *invocation, const char *value) {
  invocation->currency = value;
  return NULL;
}

static const char *take_table(ent_invocation *invocation, const char *value) {
  invocation->table = value;
  return NULL;
}

static const char *take_tree(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->tree = true;
  return NULL;
}

static const char *take_count(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->count = true;
  return NULL;
}

static const char *take_compare(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->compare = true;
  return NULL;
}

static const char *take_page(ent_invocation *invocation, const char *value) {
  uint64_t page;
  if (!whole_number(value, 1, MOST_PAGE, &page)) return "use a whole number from 1";
  invocation->page = (uint32_t)page;
  return NULL;
}

/* ---- composite ---- */

/* The program never leaves the C locale, so that strtod reads a decimal point. */
static const char *take_number(double *out, const char *value) {
  char *end;
  errno = 0;
  double number = strtod(value, &end);
  if (errno != 0 || end == value || *end || strspn(value, "+-.0123456789eE") != strlen(value))
    return "use a number such as 0.5";
  *out = number;
  return NULL;
}

static const char *take_scale_from(ent_invocation *invocation, const char *value) {
  return take_number(&invocation->composite.scale_from, value);
}

static const char *take_scale_to(ent_invocation *invocation, const char *value) {
  return take_number(&invocation->composite.scale_to, value);
}

static const char *take_screen(ent_invocation *invocation, const char *value) {
  return take_number(&invocation->composite.least_coverage, value);
}

static const char *take_present(ent_invocation *invocation, const char *value) {
  return take_number(&invocation->composite.least_present, value);
}

static const char *take_concentration(ent_invocation *invocation, const char *value) {
  const char *remedy = take_number(&invocation->composite.concentration, value);
  return remedy || invocation->composite.concentration > 0 ? remedy : "use a number above 0, such as 100";
}

static const char *take_order(ent_invocation *invocation, const char *value) {
  invocation->composite.order = value;
  return NULL;
}

static const char *take_treatment(ent_invocation *invocation, const char *value) {
  invocation->composite.treatment = value;
  return NULL;
}

static const char *take_imputation(ent_invocation *invocation, const char *value) {
  invocation->composite.imputation = value;
  return NULL;
}

static const char *take_group(ent_invocation *invocation, const char *value) {
  invocation->composite.group = value;
  return NULL;
}

static const char *take_normalisation(ent_invocation *invocation, const char *value) {
  invocation->composite.normalisation = value;
  return NULL;
}

static const char *take_weighting(ent_invocation *invocation, const char *value) {
  invocation->composite.weighting = value;
  return NULL;
}

static const char *take_experts(ent_invocation *invocation, const char *value) {
  invocation->composite.experts = value;
  return NULL;
}

static const char *take_aggregation(ent_invocation *invocation, const char *value) {
  invocation->composite.aggregation = value;
  return NULL;
}

static const char *take_composite_vary(ent_invocation *invocation, const char *value) {
  invocation->composite.vary = value;
  return NULL;
}

static const char *take_distribution(ent_invocation *invocation, const char *value) {
  invocation->composite.distribution = value;
  return NULL;
}

static const char *take_composite_draws(ent_invocation *invocation, const char *value) {
  uint64_t draws;
  if (!whole_number(value, 1, MOST_COMPOSITE_DRAWS, &draws)) return "use a whole number from 1 to 10000000";
  invocation->draws = (uint32_t)draws;
  return NULL;
}

static const char *take_indices(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->composite.indices = 1;
  return NULL;
}

static const char *take_export(ent_invocation *invocation, const char *value) {
  invocation->composite.export_folder = value;
  return NULL;
}

static const char *of_side(const ent_given *given, size_t side) {
  return given->count ? given->value[side < given->count ? side : given->count - 1] : NULL;
}

ent_study_options ent_options_of_study(const ent_invocation *invocation, size_t side) {
  const char *edition = of_side(&invocation->edition, side);
  return (ent_study_options){.edition = edition ? atoi(edition) : 0,
                             .known_at = of_side(&invocation->known_at, side),
                             .reveal = invocation->reveal,
                             .reveal_count = invocation->reveal_count};
}

unsigned ent_options_threads(const ent_invocation *invocation) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (invocation->threads) return invocation->threads;
  return processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (unsigned)processors;
}

ent_composite_options ent_options_of_composite(const ent_invocation *invocation) {
  ent_composite_options options = invocation->composite;
  options.data = invocation->operands[0];
  options.meta = invocation->operands[1];
  options.draws = invocation->draws;
  options.seed = invocation->seed;
  options.threads = ent_options_threads(invocation);
  return options;
}

ent_assess_options ent_options_of_run(const ent_invocation *invocation, size_t side) {
  return (ent_assess_options){.as_of = of_side(&invocation->as_of, side),
                              .alliance = of_side(&invocation->alliance, side),
                              .model = of_side(&invocation->model, side),
                              .draws = invocation->draws,
                              .seed = invocation->seed,
                              .vary = invocation->vary,
                              .threads = ent_options_threads(invocation),
                              .progress = invocation->bar ? ent_progress_tick : NULL,
                              .progress_user = invocation->bar};
}

static const ent_option *find(const ent_option *const *tables, const char *name, size_t length) {
  for (size_t t = 0; tables[t]; t++)
    for (const ent_option *option = tables[t]; option->name; option++)
      if (strlen(option->name) == length && memcmp(option->name, name, length) == 0) return option;
  return NULL;
}

static void say_unknown(const ent_option *const *tables, const char *argument, size_t length) {
  const char *names[MOST_NAMES];
  size_t count = 0;
  for (size_t t = 0; tables[t]; t++)
    for (const ent_option *option = tables[t]; option->name && count < MOST_NAMES; option++)
      names[count++] = option->name;
  const char *name = length > 2 && argument[1] == '-' ? argument + 2 : argument + 1;
  const char *near = ent_nearest(name, length - (size_t)(name - argument), names, count);
  if (near) fprintf(stderr, "entente: unknown option \"%.*s\"; did you mean --%s?\n", (int)length, argument, near);
  else fprintf(stderr, "entente: unknown option \"%.*s\"; --help lists those that there are\n", (int)length, argument);
}

/* Takes the option at arguments[0] and the value that may follow. Returns how many arguments were taken, 0 after an
 * error. */
static size_t read_option(char **arguments, const ent_option *const *tables, ent_invocation *invocation) {
  const char *argument = arguments[0], *equals = strchr(argument, '=');
  size_t length = equals ? (size_t)(equals - argument) : strlen(argument), taken = 1;
  const ent_option *option = NULL;
  if (strcmp(argument, "-h") == 0) option = find(tables, "help", strlen("help"));
  else if (argument[1] == '-') option = find(tables, argument + 2, length - 2);
  if (!option) {
    say_unknown(tables, argument, length);
    return 0;
  }

  const char *value = equals ? equals + 1 : NULL;
  if (!option->argument && value) {
    fprintf(stderr, "entente: --%s takes no value\n", option->name);
    return 0;
  }
  if (option->argument && !value) {
    value = arguments[1];
    if (value && strncmp(value, "--", 2) == 0) /* the next option, most likely: a value was forgotten */
      value = NULL;
    taken = 2;
  }
  if (option->argument && (!value || *value == '\0')) {
    fprintf(stderr, "entente: --%s needs a value: --%s %s\n", option->name, option->name, option->argument);
    return 0;
  }
  const char *wrong = option->take(invocation, value);
  if (wrong) {
    fprintf(stderr, "entente: --%s: \"%s\" can not be used; %s\n", option->name, value, wrong);
    return 0;
  }
  return taken;
}

bool ent_options_read(char **arguments, const ent_option *const *tables, ent_invocation *invocation) {
  bool only_operands = false;
  while (*arguments) {
    const char *argument = *arguments;
    if (!only_operands && strcmp(argument, "--") == 0) {
      only_operands = true;
      arguments++;
    } else if (!only_operands && argument[0] == '-' && argument[1] != '\0') {
      size_t taken = read_option(arguments, tables, invocation);
      if (taken == 0) return false;
      arguments += taken;
    } else if (invocation->operand_count < ENT_MOST_OPERANDS) {
      invocation->operands[invocation->operand_count++] = argument;
      arguments++;
    } else {
      fprintf(stderr, "entente: \"%s\" is one argument too many\n", argument);
      return false;
    }
  }
  return true;
}

void ent_options_help(const ent_option *table) {
  enum { NAME_COLUMNS = 19 };
  for (const ent_option *option = table; option->name; option++) {
    int used = printf("  %s--%s", strcmp(option->name, "help") == 0 ? "-h, " : "", option->name);
    if (option->argument) used += printf(" %s", option->argument);
    printf("%*s%s\n", used < NAME_COLUMNS ? NAME_COLUMNS - used : 2, "", option->help);
  }
}

const ent_option ent_options_global[] = {
    {"store", "FILE", "store, or :memory: (default: one among your data)", take_store},
    {"format", "FORMAT", "table, json, csv or md (default: table)", take_format},
    {"lang", "LANGUAGE", "en or de (default: en)", take_language},
    {"help", NULL, "this help", take_help},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_study[] = {
    {"edition", "N", "what the package said in edition N (default: the highest)", take_edition},
    {"known-at", "DATE", "only evidence that was published by then (default: all)", take_known_at},
    {"reveal", "SOURCE", "show this confidential source; may be given again", take_reveal},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_run[] = {
    {"as-of", "DATE", "state of the world, 2021 or 2021-05-31 (default: the study's)", take_as_of},
    {"alliance", "ID", "one alliance (default: all but reference points)", take_alliance},
    {"model", "FILE", "model file, or a name in share/models (default: the study's)", take_model},
    {"draws", "N", "draws of the simulation, 1 to 1000000 (default: 10000)", take_draws},
    {"seed", "N", "seed of the draws, 0 to 9007199254740991 (default: 1)", take_seed},
    {"vary", "WHAT", "of values,coders,weights,methods, or none (default: first 3)", take_vary},
    {"threads", "N", "threads, 1 to 256, same bytes (default: all processors)", take_threads},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_draw_log[] = {
    {"draw-log", "FILE", "write a row for each draw, as CSV: its scores and criteria", take_draw_log},
    {"draw-all", NULL, "with --draw-log: also every score, value and weight", take_draw_all},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_timeline[] = {
    {"from", "DATE", "from its first day on, 2017 or 2017-05-10 (default: all)", take_from},
    {"to", "DATE", "to its last day (default: all)", take_to},
    {"as-of", "DATE", "only what held on this day (default: all)", take_as_of},
    {"alliance", "ID", "what belongs to one alliance and its members (default: all)", take_alliance},
    {"kind", "KINDS", "event,status,office,... as below (default: all)", take_kinds},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_ledger[] = {
    {"verdict", "VERDICT", "reproduced, differs or no_data (default: all)", take_verdict},
    {"kind", "KIND", "arithmetic, rate, rank, ... as below (default: all)", take_kinds},
    {"conclusion", "N", "statements of one conclusion of the study (default: all)", take_conclusion},
    {"find", "TEXT", "with this text in id, label, expression or finding", take_find},
    {"as-of", "DATE", "only from rows that had begun by then (default: all)", take_as_of},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_stale[] = {
    {"as-of", "DATE", "day from which ages count (default: the study's)", take_as_of},
    {"years", "N", "limit of age, 1 to 1000 (default: each indicator's own)", take_years},
    {"model", "FILE", "model file, or a name in share/models (default: the study's)", take_model},
    {"all", NULL, "show figures too that the model does not use", take_all},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_sensitivity[] = {
    {"points", "N", "points, a power of two from 256 (default: 4096)", take_points},
    {"top", "N", "rows of each table of the page, 1 to 1000 (default: 8)", take_top},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_gap[] = {
    {"at", "DATE", "a date of the course over time, or several: 2018,2021-05", take_at}, {NULL, NULL, NULL, NULL}};

const ent_option ent_options_cite[] = {{"style", "STYLE", "swp, apa or chicago (default: swp)", take_style},
                                       {NULL, NULL, NULL, NULL}};

const ent_option ent_options_matrix[] = {
    {"as-of", "DATE", "who held office on this day (default: the study's)", take_as_of},
    {"from", "DATE", "instead, all who held office from its first day on", take_from},
    {"to", "DATE", "and to its last day", take_to},
    {"issue", "ISSUES", "some issues, with commas (default: all positions and threats)", take_issues},
    {"actor", "ACTORS", "some states or actors, with commas (default: all)", take_actors},
    {"model", "FILE", "whose dimensions group the issues (default: the study's)", take_model},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_data[] = {
    {"indicator", "ID", "figures of one indicator (default: all)", take_indicator},
    {"actor", "ID", "figures of one actor (default: all)", take_actor},
    {"partner", "ID", "figures towards one partner (default: all)", take_partner},
    {"alliance", "ID", "what belongs to one alliance and its members (default: all)", take_alliance},
    {"status", "STATUS", "reported, planned, demanded, ... (default: all)", take_status},
    {"definition", "ID", "figures by one definition (default: all)", take_definition},
    {"from", "DATE", "about its first day or later, 2017 or 2017-05-10", take_from},
    {"to", "DATE", "about its last day or earlier (default: all)", take_to},
    {"as-of", "DATE", "about this day (default: all)", take_as_of},
    {"find", "TEXT", "with a text in id, label or note (default: all)", take_find},
    {"in", "CURRENCY", "convert money by stated rates, such as USD (default: no)", take_currency},
    {"tree", NULL, "wholes and their parts instead of a list", take_tree},
    {"table", "NAME", "rows of any table instead of figures", take_table},
    {"count", NULL, "rows by table instead of figures", take_count},
    {"compare", NULL, "whether the two figures A and B can be compared", take_compare},
    {"all", NULL, "pages of 10000 entries, so mostly all at once", take_all},
    {"page", "N", "page N (default: 1)", take_page},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_profile[] = {
    {"as-of", "DATE", "how it was then: 2018 or 2018-12-31 (default: the study's)", take_as_of},
    {NULL, NULL, NULL, NULL}};

const ent_option ent_options_composite[] = {
    {"treat", "METHOD", "what becomes of outliers (default: none)", take_treatment},
    {"screen", "SHARE", "leave out units with fewer of their values (default: 0)", take_screen},
    {"impute", "METHOD", "what is filled in for missing values (default: none)", take_imputation},
    {"group", "COLUMN", "whose means group_mean takes (default: the first of META)", take_group},
    {"order", "ORDER", "of these three (default: screen_treat_impute)", take_order},
    {"normalise", "METHOD", "default: goalposts where META has them, else min_max", take_normalisation},
    {"from", "NUMBER", "the lowest figure of the scale (default: 0)", take_scale_from},
    {"to", "NUMBER", "the highest figure of the scale (default: 100)", take_scale_to},
    {"weights", "METHOD", "where weights come from (default: given)", take_weighting},
    {"experts", "FILE", "budgets of experts, for --weights budget", take_experts},
    {"aggregate", "METHOD", "or one for each level, with commas (default: arithmetic)", take_aggregation},
    {"present", "SHARE", "no aggregate of fewer of its children (default: 0)", take_present},
    {"vary", "WHAT", "values,weights,methods or none (default: what is uncertain)", take_composite_vary},
    {"distribution", "NAME", "of ranges (default: triangular)", take_distribution},
    {"concentration", "K", "of weights: Dirichlet(K x shares) (default: 100)", take_concentration},
    {"draws", "N", "draws, 1 to 10000000 (default: 10000, fewer of many units)", take_composite_draws},
    {"seed", "N", "seed of the draws, 0 to 9007199254740991 (default: 1)", take_seed},
    {"threads", "N", "threads, 1 to 256, same bytes (default: all processors)", take_threads},
    {"indices", NULL, "what moves the ranks: variance-based indices", take_indices},
    {"export", "FOLDER", "write the whole calculation as CSV files", take_export},
    {NULL, NULL, NULL, NULL}};
