/* profile.c - the command profile. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_profile_options options = {.alliance = invocation->operands[invocation->operand_count - 1],
                                       .as_of = invocation->as_of.value[0]};
  return ent_profile_run(study, &options, out);
}

/* The alliance stands last; before it, a study. */
static int run(const ent_invocation *invocation) {
  return ent_session_run(invocation, invocation->operand_count > 1 ? invocation->operands[0] : NULL, ask);
}

static const ent_option *const tables[] = {ent_options_profile, ent_options_study, ent_options_global, NULL};

const ent_command command_profile = {
    .name = "profile",
    .summary = "an alliance's fact sheet: treaty, command, forces, nuclear",
    .usage = "entente profile [OPTION]... [STUDY] ALLIANCE",
    .examples =
        "  entente profile ALLIANCE\n"
        "  entente profile ALLIANCE --as-of 2018-12 --lang de\n"
        "  entente profile my-study ALLIANCE --format json\n",
    .more =
        "  Six fields, each with what the study has on it and its citations; what has no\n"
        "  evidence says so. Beside a row stand the statuses of the day: paused, called\n"
        "  off, contested. ALLIANCE may be a reference point too. STUDY is a package\n"
        "  folder or the id of a loaded study (default: bundled).\n",
    .options = tables,
    .least_operands = 1,
    .most_operands = 2,
    .operand = "an alliance",
    .run = run};
