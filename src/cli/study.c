/* study.c - the command study: a package folder checked and loaded; what the store holds listed, shown, removed. */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/session.h"

/* The findings are what was asked for, so they go to stdout, also where there are errors. */
static int run_check(const ent_invocation *invocation) {
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_status status = ent_study_check(context, invocation->operands[0], &result);
  int exit_code = ent_session_end(context, status, result, invocation);
  if (exit_code == ENT_OK && ent_result_errors(result) > 0) exit_code = ENT_INVALID;
  ent_result_free(result);
  ent_context_free(context);
  return exit_code;
}

/* Findings that stop a load are an error message: they go to stderr, as a table in any case. */
static void say_findings(const ent_result *findings, ent_language language) {
  ent_sink sink = ent_output_sink(stderr);
  if (ent_result_write(findings, ENT_TABLE, language, &sink) != ENT_OK)
    fputs("entente: the findings could not be shown\n", stderr);
}

static int run_load(const ent_invocation *invocation) {
  ent_store *store = NULL;
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_status status = ent_store_open(context, invocation->store, &store);
  if (status == ENT_OK) status = ent_study_load(context, store, invocation->operands[0], &result);
  int exit_code = (int)status;
  if (status == ENT_OK || !result) {
    exit_code = ent_session_end(context, status, result, invocation);
  } else {
    if (*ent_context_message(context)) ent_output_failure(context, status);
    say_findings(result, invocation->language);
  }
  ent_result_free(result);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}

static ent_status ask_diff(ent_study *from, ent_study *to, const ent_invocation *invocation, ent_result **out) {
  const ent_assess_options options = ent_options_of_run(invocation, 0);
  return ent_diff_run(from, to, &options, out);
}

/* Where --edition does not say it: the highest edition, and the one before that. */
static int run_diff(const ent_invocation *invocation) {
  ent_invocation sides = *invocation;
  if (sides.edition.count < 1) sides.edition.value[0] = "-1";
  if (sides.edition.count < 2) sides.edition.value[1] = "0";
  sides.edition.count = 2;
  return ent_session_run_two(&sides, ask_diff);
}

static ent_status ask_stale(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_stale_options options = {.as_of = invocation->as_of.value[0],
                                     .model = invocation->model.value[0],
                                     .years = invocation->years,
                                     .all = invocation->all};
  return ent_stale_run(study, &options, out);
}

static int run_stale(const ent_invocation *invocation) {
  return ent_session_run(invocation, invocation->operands[0], ask_stale);
}

static ent_status ask_reliability(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_reliability_options options = {.scale = invocation->scale, .all = invocation->all};
  return ent_reliability_run(study, &options, out);
}

static int run_reliability(const ent_invocation *invocation) {
  return ent_session_run(invocation, invocation->operands[0], ask_reliability);
}

static int run_list(const ent_invocation *invocation) {
  ent_store *store = NULL;
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_status status = ent_store_open(context, invocation->store, &store);
  if (status == ENT_OK) status = ent_study_list(context, store, &result);
  int exit_code = ent_session_end(context, status, result, invocation);
  ent_result_free(result);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}

static ent_status ask_show(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  (void)invocation;
  return ent_study_show(study, out);
}

static int run_show(const ent_invocation *invocation) {
  return ent_session_run(invocation, invocation->operands[0], ask_show);
}

/* Without --yes, what would be removed is the answer, and that nothing was removed is the error. */
static int run_remove(const ent_invocation *invocation) {
  ent_store *store = NULL;
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_status status = ent_store_open(context, invocation->store, &store);
  if (status == ENT_OK) status = ent_study_remove(context, store, invocation->operands[0], invocation->yes, &result);
  if (status == ENT_USAGE && result) ent_output_failure(context, status);
  int exit_code = ent_session_end(context, result ? ENT_OK : status, result, invocation);
  if (exit_code == ENT_OK) exit_code = (int)status;
  ent_result_free(result);
  ent_store_close(store);
  ent_context_free(context);
  return exit_code;
}

static const char *take_yes(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->yes = true;
  return NULL;
}

static const char *take_scale(ent_invocation *invocation, const char *value) {
  invocation->scale = value;
  return NULL;
}

static const char *take_every(ent_invocation *invocation, const char *value) {
  (void)value;
  invocation->all = true;
  return NULL;
}

static const ent_option options_reliability[] = {{"scale", "SCALE", "one scale (default: all)", take_scale},
                                                 {"all", NULL, "list every disagreement (default: 10)", take_every},
                                                 {NULL, NULL, NULL, NULL}};
static const ent_option options_remove[] = {
    {"yes", NULL, "remove it (default: only say what would be removed)", take_yes}, {NULL, NULL, NULL, NULL}};

static const ent_option *const options[] = {ent_options_global, NULL};
static const ent_option *const diff_options[] = {ent_options_study, ent_options_run, ent_options_global, NULL};
static const ent_option *const stale_options[] = {ent_options_stale, ent_options_study, ent_options_global, NULL};
static const ent_option *const options_of_show[] = {ent_options_study, ent_options_global, NULL};
static const ent_option *const options_of_reliability[] = {options_reliability, ent_options_study, ent_options_global,
                                                           NULL};
static const ent_option *const options_of_remove[] = {options_remove, ent_options_global, NULL};

static const ent_command part_check = {
    .name = "check",
    .summary = "every finding in a package, and how far its coders agree",
    .usage = "entente study check [OPTION]... [FOLDER]",
    .examples =
        "  entente study check my-study\n"
        "  entente study check --format json .\n",
    .more =
        "  FOLDER holds datapackage.json (default: the bundled study). Nothing is loaded.\n"
        "  Errors stop a load and make this command exit with 4; notes do not.\n",
    .options = options,
    .most_operands = 1,
    .run = run_check};

static const ent_command part_load = {
    .name = "load",
    .summary = "checks a package and loads it into the store, all or nothing",
    .usage = "entente study load [OPTION]... FOLDER",
    .examples =
        "  entente study load my-study\n"
        "  entente study load --store trial.sqlite my-study\n",
    .more =
        "  FOLDER holds datapackage.json. A released edition is never replaced by other\n"
        "  content: raise the edition's number.\n",
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .operand = "the folder of a package",
    .run = run_load};

static const ent_command part_diff = {
    .name = "diff",
    .summary = "what changed between two editions, and how that moves the scores",
    .usage = "entente study diff [OPTION]... [STUDY]",
    .examples =
        "  entente study diff my-study\n"
        "  entente study diff my-study --edition 1 --edition 3\n"
        "  entente study diff my-study --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Without --edition the highest edition is held against the one before it; with\n"
        "  one, the highest against that one. Scores are those of the later edition's\n"
        "  date on both sides, or of --as-of.\n",
    .options = diff_options,
    .compares = true,
    .most_operands = 1,
    .run = run_diff};

static const ent_command part_stale = {
    .name = "stale",
    .summary = "what an editor has to renew: old figures, reviews, plans, links",
    .usage = "entente study stale [OPTION]... [STUDY]",
    .examples =
        "  entente study stale --as-of 2024-06\n"
        "  entente study stale my-study --years 3 --all\n"
        "  entente study stale --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Figures, views and bodies are held against the age limits of the model;\n"
        "  addresses by when they were last read only against --years.\n",
    .options = stale_options,
    .most_operands = 1,
    .run = run_stale};

static const ent_command part_reliability = {
    .name = "reliability",
    .summary = "how far the coders of a study agree, and where they do not",
    .usage = "entente study reliability [OPTION]... [STUDY]",
    .examples =
        "  entente study reliability\n"
        "  entente study reliability my-study --scale stance --all\n"
        "  entente study reliability --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Krippendorff's alpha for each scale: 1 is agreement, 0 what chance would give.\n"
        "  An assessment draws over coders, so that disagreement widens its intervals.\n",
    .options = options_of_reliability,
    .most_operands = 1,
    .run = run_reliability};

static const ent_command part_list = {.name = "list",
                                      .summary = "the studies that the store holds, with their editions",
                                      .usage = "entente study list [OPTION]...",
                                      .examples =
                                          "  entente study list\n"
                                          "  entente study list --store trial.sqlite --format json\n",
                                      .options = options,
                                      .run = run_list};

static const ent_command part_show = {
    .name = "show",
    .summary = "what a study holds: editions and changes, rows, reviews, sources",
    .usage = "entente study show [OPTION]... [STUDY]",
    .examples =
        "  entente study show\n"
        "  entente study show my-study --edition 1\n"
        "  entente study show --format json my-study\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Rows are counted; entente explain TABLE:ID shows one.\n",
    .options = options_of_show,
    .most_operands = 1,
    .run = run_show};

static const ent_command part_remove = {
    .name = "remove",
    .summary = "takes a study with all its editions out of the store",
    .usage = "entente study remove [OPTION]... ID",
    .examples =
        "  entente study remove my-study          what would be removed\n"
        "  entente study remove my-study --yes    remove it\n",
    .more =
        "  ID is the id of a loaded study, as entente study list shows it. Its package\n"
        "  folder is not touched; editions that no folder holds any more are lost.\n",
    .options = options_of_remove,
    .least_operands = 1,
    .most_operands = 1,
    .operand = "the id of a study",
    .run = run_remove};

static const ent_command *const parts[] = {&part_check, &part_load,        &part_list,   &part_show, &part_diff,
                                           &part_stale, &part_reliability, &part_remove, NULL};

const ent_command command_study = {
    .name = "study",
    .summary = "packages: check, load, show, diff, remove; staleness; coders",
    .usage = "entente study check|load|list|show|diff|stale|reliability|remove ...",
    .examples =
        "  entente study check my-study\n"
        "  entente study load my-study\n"
        "  entente study show my-study\n"
        "  entente study diff my-study\n"
        "  entente study stale my-study\n",
    .options = options,
    .parts = parts};
