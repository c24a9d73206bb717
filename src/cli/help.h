/* help.h - --help, from the descriptors that dispatch reads too. All goes to stdout. */
#ifndef ENT_CLI_HELP_H
#define ENT_CLI_HELP_H

#include "cli/command.h"

void ent_help_program(void);
/* parent: the command whose part it is, or NULL. */
void ent_help_command(const ent_command *parent, const ent_command *command);

#endif
