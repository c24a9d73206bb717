/* sensitivity.c - the command sensitivity. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_sensitivity_options options = {
      .run = ent_options_of_run(invocation, 0), .points = invocation->points, .top = invocation->top};
  return ent_sensitivity_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_sensitivity, ent_options_run, ent_options_study,
                                           ent_options_global, NULL};

const ent_command command_sensitivity = {
    .name = "sensitivity",
    .summary = "what drives a score, and what would change the verdict",
    .usage = "entente sensitivity [OPTION]... [STUDY]",
    .examples =
        "  entente sensitivity\n"
        "  entente sensitivity --alliance ALLIANCE --top 20\n"
        "  entente sensitivity --points 16384 --seed 7 --format json\n"
        "  entente sensitivity my-study --as-of 2019-06 --lang de\n",
    .more =
        "  An index is the share of a score's variance that an input has alone (first)\n"
        "  or alone and in combination (total), with a 95% interval over 16 scramblings\n"
        "  of a Sobol sequence of so many points. Then: where each input's ends take the\n"
        "  score, the smallest change of one input that changes the verdict, what leaving\n"
        "  out an indicator, source or coder does, and how robust the order is. The page\n"
        "  has the top rows, json and csv have all. docs/sensitivity.md says how to read\n"
        "  it. STUDY is a package folder or the id of a loaded study (default: bundled).\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
