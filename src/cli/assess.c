/* assess.c - the command assess. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  ent_assess_options options = ent_options_of_run(invocation, 0);
  options.draw_log = invocation->draw_log;
  options.draw_all = invocation->draw_all;
  return ent_assess_run(study, &options, out);
}

static int run(const ent_invocation *invocation) {
  if (invocation->draw_all && !invocation->draw_log) {
    fprintf(stderr, "entente: --draw-all says what goes into --draw-log FILE; name a file\n");
    return ENT_USAGE;
  }
  return ent_session_run(invocation, invocation->operands[0], ask);
}

static const ent_option *const tables[] = {ent_options_run, ent_options_draw_log, ent_options_study, ent_options_global,
                                           NULL};

const ent_command command_assess = {
    .name = "assess",
    .summary = "how well alliances hold: profile, score, strengths, fault lines",
    .usage = "entente assess [OPTION]... [STUDY]",
    .examples =
        "  entente assess\n"
        "  entente assess --lang de --as-of 2019-06\n"
        "  entente assess my-study --alliance my-alliance\n"
        "  entente assess --format json --draws 50000 --seed 7\n"
        "  entente assess --draw-log draws.csv --draw-all\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: bundled).\n"
        "  Scores run from 1 to 100, intervals from the 5th to the 95th percentile of the\n"
        "  draws. They are this project's reading of the text, not the authors'.\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
