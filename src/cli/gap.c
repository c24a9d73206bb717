/* gap.c - the command gap. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_gap_options options = {
      .run = ent_options_of_run(invocation, 0), .at = invocation->at, .at_count = invocation->at_count};
  return ent_gap_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_gap, ent_options_run, ent_options_study, ent_options_global,
                                           NULL};

const ent_command command_gap = {.name = "gap",
                                 .summary = "what each ally can expect and gives, and who counts for how much",
                                 .usage = "entente gap [OPTION]... [STUDY]",
                                 .examples =
                                     "  entente gap\n"
                                     "  entente gap --alliance ALLIANCE --as-of 2019-06\n"
                                     "  entente gap --at 2018,2020 --at 2021-05\n"
                                     "  entente gap my-study --format json --lang de\n",
                                 .more =
                                     "  Differences are taken draw by draw and have intervals of their own. How one\n"
                                     "  ally stands against another in a capital is shown where a guarantor has\n"
                                     "  several. With --at the difference is followed over 2 to 8 dates, on the\n"
                                     "  evidence that all of them have; what is left out is listed.\n"
                                     "  STUDY is a package folder or the id of a loaded study (default: bundled).\n",
                                 .options = tables,
                                 .most_operands = 1,
                                 .run = run};
