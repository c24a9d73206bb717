/* timeline.c - the command timeline. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_timeline_options options = {.from = invocation->from,
                                        .to = invocation->to,
                                        .as_of = invocation->as_of.value[0],
                                        .alliance = invocation->alliance.value[0],
                                        .kinds = invocation->kinds};
  return ent_timeline_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_timeline, ent_options_study, ent_options_global, NULL};

const ent_command command_timeline = {
    .name = "timeline",
    .summary = "what happened, began and ended, in the order of time",
    .usage = "entente timeline [OPTION]... [STUDY]",
    .examples =
        "  entente timeline --from 2017\n"
        "  entente timeline --kind office,status --as-of 2019-06\n"
        "  entente timeline --lang de --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: the bundled\n"
        "  one). Dates stand as the evidence has them: 2018 is a year, not its first day.\n"
        "  A day on which nobody holds an office is marked. KINDS, with commas: event,\n"
        "  status, office, institution, provision, member.\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
