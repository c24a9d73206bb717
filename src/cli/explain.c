/* explain.c - the command explain. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_assess_options options = ent_options_of_run(invocation, 0);
  return ent_explain_run(study, &options, invocation->operands[invocation->operand_count - 1], out);
}

/* The key stands last; before it, a study. */
static int run(const ent_invocation *invocation) {
  return ent_session_run(invocation, invocation->operand_count > 1 ? invocation->operands[0] : NULL, ask);
}

static const ent_option *const tables[] = {ent_options_run, ent_options_study, ent_options_global, NULL};

const ent_command command_explain = {
    .name = "explain",
    .summary = "the way from a figure down to the footnotes that carry it",
    .usage = "entente explain [OPTION]... [STUDY] KEY",
    .examples =
        "  entente explain ALLIANCE\n"
        "  entente explain ALLIANCE/CRITERION\n"
        "  entente explain 'ALLIANCE:FROM>TO/CRITERION'\n"
        "  entente explain observations:ID --lang de\n"
        "  entente explain my-study ALLIANCE\n",
    .more =
        "  KEY is ALLIANCE[/CRITERION[/DIMENSION[/INDICATOR]]]. Before the first /,\n"
        "  ALLIANCE:MEMBER asks for the member's own figure (not for all criteria at\n"
        "  once), 'ALLIANCE:FROM>TO' for what one member can expect of another (quoted:\n"
        "  the shell reads > itself). TABLE:ID is a row of the study.\n"
        "  entente assess --format json gives the key of every figure.\n"
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n",
    .options = tables,
    .least_operands = 1,
    .most_operands = 2,
    .operand = "the key of a figure",
    .run = run};
