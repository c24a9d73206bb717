/* command.h - what a command is: its descriptor, which dispatch, --help and the manual read, and its function.
 *
 * A command is one file that ends in `const ent_command command_NAME = {`; tools/list-descriptors makes the table
 * ent_commands of them. A command with parts ("study check") has a table of commands in place of a function. */
#ifndef ENT_CLI_COMMAND_H
#define ENT_CLI_COMMAND_H

#include "cli/options.h"
#include "entente/entente.h"

typedef struct ent_command {
  const char *name, *summary;       /* summary: one line */
  const char *usage;                /* "entente explain [OPTION]... KEY" */
  const char *examples;             /* lines, each indented by two blanks and ended */
  const char *more;                 /* what else there is to know: lines as above, or NULL */
  const ent_option *const *options; /* tables of options, NULL at the end */
  bool compares;                    /* options of a side may be given twice */
  bool references;                  /* also writes reference lists: bibtex, ris, csl, text */
  size_t least_operands, most_operands;
  const char *operand;                          /* what is missing where there are too few: "the key of a figure" */
  int (*run)(const ent_invocation *invocation); /* returns the exit code */
  const struct ent_command *const *parts;       /* NULL at the end; NULL where there are none */
} ent_command;

/* The commands in the order of their names, NULL at the end. */
extern const ent_command *const ent_commands[];

#endif
