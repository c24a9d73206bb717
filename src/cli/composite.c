/* composite.c - the command composite. */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/session.h"

/* What is wrong with the files goes to stderr, as a table in any case. */
static void say_findings(const ent_result *findings, ent_language language) {
  ent_sink sink = ent_output_sink(stderr);
  if (ent_result_write(findings, ENT_TABLE, language, &sink) != ENT_OK)
    fputs("entente: the findings could not be shown\n", stderr);
}

static int run(const ent_invocation *invocation) {
  ent_result *result = NULL;
  ent_progress_bar bar;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_composite_options options = ent_options_of_composite(invocation);
  options.progress = ent_progress_tick;
  options.progress_user = &bar;
  ent_progress_begin(&bar);
  ent_status status = ent_composite_run(context, &options, &result);
  bool stopped = ent_progress_end(&bar);
  int exit_code = (int)status;
  if (stopped) exit_code = ENT_INTERRUPTED; /* perhaps when all was done but the writing of the answer */
  else if (status == ENT_OK || !result) exit_code = ent_session_end(context, status, result, invocation);
  else say_findings(result, invocation->language);
  ent_result_free(result);
  ent_context_free(context);
  return exit_code;
}

static const ent_option *const tables[] = {ent_options_composite, ent_options_global, NULL};

const ent_command command_composite = {
    .name = "composite",
    .summary = "a composite indicator of any units: scores and ranks, how sure",
    .usage = "entente composite [OPTION]... DATA META",
    .examples =
        "  entente composite data.csv meta.csv\n"
        "  entente composite data.csv meta.csv --treat as_needed --impute group_mean\n"
        "  entente composite data.csv meta.csv --from 1 --aggregate geometric,arithmetic\n"
        "  entente composite data.csv meta.csv --normalise min_max/percentile_rank\n"
        "  entente composite data.csv meta.csv --export calculation --format json\n",
    .more =
        "  DATA and META are CSV files as COINr's iData and iMeta: units with their\n"
        "  indicators, and what each column is. Each step is a choice with a name, and\n"
        "  what makes no sense for the data is refused with the reason:\n"
        "\n"
        "  --treat         none, winsorise, log, shifted_log, box_cox, as_needed,\n"
        "                  as_coin_tool\n"
        "  --impute        none, mean, median, group_mean, carry_forward, worst, best\n"
        "  --order         screen_treat_impute, screen_impute_treat,\n"
        "                  impute_screen_treat\n"
        "  --normalise     goalposts, min_max, z_score, rank, percentile_rank,\n"
        "                  reference, borda\n"
        "  --weights       given, equal, budget, principal, correlation\n"
        "  --aggregate     arithmetic, geometric, harmonic, power:P, weakest,\n"
        "                  copeland, condorcet\n"
        "  --distribution  triangular, pert, uniform\n"
        "\n"
        "  Methods with slashes between them (min_max/rank) are alternatives, of which\n"
        "  each draw takes one. docs/composite.md has formulas and columns.\n",
    .options = tables,
    .least_operands = 2,
    .most_operands = 2,
    .operand = "DATA or META, a CSV file,",
    .run = run};
