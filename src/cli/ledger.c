/* ledger.c - the command ledger. */
#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_ledger_options options = {.as_of = invocation->as_of.value[0],
                                      .verdict = invocation->verdict,
                                      .kind = invocation->kinds,
                                      .conclusion = invocation->conclusion,
                                      .find = invocation->find};
  return ent_ledger_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run(invocation, invocation->operands[0], ask); }

static const ent_option *const tables[] = {ent_options_ledger, ent_options_study, ent_options_global, NULL};

const ent_command command_ledger = {
    .name = "ledger",
    .summary = "statements of the text, computed anew from its evidence",
    .usage = "entente ledger [OPTION]... [STUDY]",
    .examples =
        "  entente ledger --verdict differs\n"
        "  entente ledger --conclusion 4 --lang de\n"
        "  entente ledger --find forces --format json\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: the bundled\n"
        "  one). Each statement shows what is stated, what is computed and from what.\n"
        "  KIND: arithmetic, rate, rank, conversion, share, ordering, count, duration,\n"
        "  conclusion, consistency, external. VERDICT: reproduced, differs, no_data.\n",
    .options = tables,
    .most_operands = 1,
    .run = run};
