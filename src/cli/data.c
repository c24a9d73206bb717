/* data.c - the command data. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/session.h"

enum { FIGURES = 2 }; /* that are compared: the last operands */

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  /* programs get all unless they ask for a page */
  const bool is_data = invocation->output == ENT_JSON || invocation->output == ENT_CSV;
  const bool all = invocation->all || (is_data && !invocation->page);
  const ent_data_options options = {.indicator = invocation->indicator,
                                    .actor = invocation->actor,
                                    .partner = invocation->partner,
                                    .definition = invocation->definition,
                                    .alliance = invocation->alliance.value[0],
                                    .status = invocation->status,
                                    .from = invocation->from,
                                    .to = invocation->to,
                                    .as_of = invocation->as_of.value[0],
                                    .find = invocation->find,
                                    .currency = invocation->currency,
                                    .tree = invocation->tree,
                                    .counts = invocation->count,
                                    .table = invocation->table,
                                    .all = all,
                                    .page = invocation->page};
  return ent_data_run(study, &options, out);
}

static ent_status compare(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const char *const *keys = invocation->operands + invocation->operand_count - FIGURES;
  return ent_data_compare_run(study, keys[0], keys[1], invocation->currency, out);
}

static bool chooses(const ent_invocation *i) {
  return i->indicator || i->actor || i->partner || i->definition || i->alliance.count || i->status || i->from ||
         i->to || i->as_of.count || i->find || i->tree || i->count || i->table || i->all || i->page;
}

static int run(const ent_invocation *invocation) {
  size_t study = invocation->compare ? FIGURES : 0;
  if (invocation->operand_count < study) {
    fprintf(stderr, "entente: --compare takes two figures: entente data [STUDY] --compare A B\n");
    return ENT_USAGE;
  }
  if (invocation->compare && chooses(invocation)) {
    fprintf(stderr, "entente: --compare takes two figures and chooses no others; leave out all but --in\n");
    return ENT_USAGE;
  }
  if (invocation->operand_count > study + 1) {
    fprintf(stderr, "entente: \"%s\" is one argument too many; only --compare takes figures\n",
            invocation->operands[1]);
    return ENT_USAGE;
  }
  return ent_session_run(invocation, invocation->operand_count > study ? invocation->operands[0] : NULL,
                         invocation->compare ? compare : ask);
}

static const ent_option *const tables[] = {ent_options_data, ent_options_study, ent_options_global, NULL};

const ent_command command_data = {
    .name = "data",
    .summary = "a study's figures and rows, and which of them can be compared",
    .usage = "entente data [OPTION]... [STUDY]\n       entente data [OPTION]... [STUDY] --compare A B",
    .examples =
        "  entente data --indicator ID --actor STATE\n"
        "  entente data --find budget --in USD\n"
        "  entente data --tree\n"
        "  entente data --table events --find exercise\n"
        "  entente data --compare FIGURE FIGURE\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: the bundled\n"
        "  one). Figures stand as the text has them, with definition, status and places.\n"
        "  A page has 50 entries, with --all and in JSON and CSV without --page 10000.\n"
        "  A and B are ids of observations: the answer says whether they can be compared\n"
        "  and, if not, in what they differ. Money is converted by the stated rate of its\n"
        "  year that is nearest to 1 July; without one it is not.\n",
    .options = tables,
    .most_operands = 3,
    .run = run};
