/* assess.c - the command assess. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_assess_options options = ent_options_of_run(invocation, 0);
  return ent_assess_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_run, ent_options_study, ent_options_global, NULL};

const ent_command command_assess = {
    .name = "assess",
    .summary = "how well each alliance holds: profile, score, strengths, fault lines",
    .usage = "entente assess [OPTION]... [STUDY]",
    .examples =
        "  entente assess\n"
        "  entente assess --lang de --as-of 2019-06\n"
        "  entente assess my-study --alliance my-alliance\n"
        "  entente assess --format json --draws 50000 --seed 7\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Scores run from 1 to 100, intervals from the 5th to the 95th percentile of the\n"
        "  draws. They are this project's reading of the text, not the authors'.\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
