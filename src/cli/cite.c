/* cite.c - the command cite. */
#include <string.h>

#include "cli/command.h"
#include "cli/session.h"

static ent_status ask(ent_study *study, const ent_invocation *invocation, ent_result **out) {
  const ent_cite_options options = {
      .style = invocation->style, .chosen = invocation->operands, .chosen_count = invocation->operand_count};
  return ent_cite_run(study, &options, out);
}

static int run(const ent_invocation *invocation) { return ent_session_run_chosen(invocation, ask); }

static const ent_option *const tables[] = {ent_options_cite, ent_options_study, ent_options_global, NULL};

const ent_command command_cite = {
    .name = "cite",
    .summary = "a study and its sources for reference lists, with their licences",
    .usage = "entente cite [OPTION]... [STUDY] [SOURCE|KEY]...",
    .examples =
        "  entente cite --format bibtex >sources.bib\n"
        "  entente cite --style apa --format text\n"
        "  entente cite observations:ID --format ris\n"
        "  entente cite my-study SOURCE SOURCE --format csl\n",
    .more =
        "  STUDY is a package folder or the id of a loaded study (default: the bundled\n"
        "  one). SOURCE is the id of a source; a KEY such as observations:ID stands for\n"
        "  all that the row cites, package:STUDY for the package itself. Without them\n"
        "  all are listed: the package, the text that it encodes, its sources.\n"
        "  Beside table, json, csv and md, FORMAT may be bibtex, ris, csl (CSL-JSON) or\n"
        "  text (the entries alone). STYLE: swp is that of the SWP's footnotes in German,\n"
        "  apa the 7th edition, chicago the 17th, author-date. Confidential sources are\n"
        "  left out unless --reveal names them.\n",
    .options = tables,
    .most_operands = ENT_MOST_OPERANDS,
    .references = true,
    .run = run};
