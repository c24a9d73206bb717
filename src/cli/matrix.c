/* matrix.c - the command matrix. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_matrix_options options = {.as_of = invocation->as_of.value[0],
                                      .from = invocation->from,
                                      .to = invocation->to,
                                      .issues = invocation->issues,
                                      .actors = invocation->actors,
                                      .model = invocation->model.value[0]};
  return ent_matrix_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_matrix, ent_options_study, ent_options_global, NULL};

const ent_command command_matrix = {
    .name = "matrix",
    .summary = "positions and threats by states: who sees what, and what changed",
    .usage = "entente matrix [OPTION]... [STUDY]",
    .examples =
        "  entente matrix\n"
        "  entente matrix --as-of 2019-06 --issue ISSUE,ISSUE\n"
        "  entente matrix --from 2009 --to 2021-05 --actor STATE\n"
        "  entente matrix --lang de --format json\n",
    .more =
        "  Each cell has the views of those in office on the day, with the mean and range\n"
        "  of what coders gave, what was before, and who in that state sees it otherwise.\n"
        "  --from and --to show all who held office in between. ISSUES are ids or roles;\n"
        "  support for objects is shown where it is named. ACTORS are states (their whole\n"
        "  column) or single actors. STUDY is a package folder or the id of a loaded\n"
        "  study (default: bundled).\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
