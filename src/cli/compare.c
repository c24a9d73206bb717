/* compare.c - the command compare. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *from, ent_study *to, const ent_invocation *invocation, ent_result **out) {
  const ent_assess_options from_options = ent_options_of_run(invocation, 0),
                           to_options = ent_options_of_run(invocation, 1);
  return ent_compare_run(from, &from_options, to, &to_options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run_two(invocation, ask); }

static const ent_option *const tables[] = {ent_options_run, ent_options_study, ent_options_global, NULL};

const ent_command command_compare = {
    .name = "compare",
    .summary = "two dates, editions, models, alliances, studies: what changed",
    .usage = "entente compare [OPTION]... [STUDY [STUDY]]",
    .examples =
        "  entente compare --as-of 2020-12-31 --as-of 2021-02-01\n"
        "  entente compare my-study --edition 1 --edition 2\n"
        "  entente compare --known-at 2019 --known-at 2021 --as-of 2019\n"
        "  entente compare --alliance ALLIANCE --alliance ALLIANCE\n"
        "  entente compare --model alliance-resilience --model my-model.json\n"
        "  entente compare my-study other-study\n",
    .more =
        "  --as-of, --edition, --known-at, --model and --alliance may be given twice, for\n"
        "  the side from and the side to; given once they hold for both. Figures are\n"
        "  compared on the evidence that both sides have; the rest is listed.\n"
        "  STUDY is a package folder or the id of a loaded study (default: bundled). A\n"
        "  second STUDY that is a folder is read into memory, not into the store.\n",
    .options = tables,
    .compares = true,
    .most_operands = 2,
    .run = run};
