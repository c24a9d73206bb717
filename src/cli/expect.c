/* expect.c - the command expect. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_assess_options options = ent_options_of_run(invocation, 0);
  return ent_expect_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_run, ent_options_study, ent_options_global, NULL};

const ent_command command_expect = {
    .name = "expect",
    .summary = "what the study leads one to expect, and how often that holds",
    .usage = "entente expect [OPTION]... [STUDY]",
    .examples =
        "  entente expect\n"
        "  entente expect --lang de --seed 2\n"
        "  entente expect --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: the bundled\n"
        "  one). A share of draws speaks of our inputs; it is no likelihood.\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
