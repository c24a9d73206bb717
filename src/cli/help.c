/* help.c - see help.h. Examples stand first: most readers need no more. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

static void print_exit_codes(void) {
  fputs(
      "Exit codes:\n"
      "  0    done\n"
      "  2    the command line makes no sense\n"
      "  3    not found: a study, alliance, figure or file\n"
      "  4    data that can not be accepted; nothing was changed\n"
      "  5    the store, a file or the output could not be read or written; memory\n"
      "  6    an optional program is not installed\n"
      "  130  stopped by the user\n",
      stdout);
}

static void print_commands(const ent_command *const *commands) {
  int width = 8; /* of "timeline": the list of the program and those of its commands stand alike */
  for (size_t i = 0; commands[i]; i++)
    if ((int)strlen(commands[i]->name) > width) width = (int)strlen(commands[i]->name);
  for (size_t i = 0; commands[i]; i++) printf("  %-*s  %s\n", width, commands[i]->name, commands[i]->summary);
}

void ent_help_program(void) {
  fputs(
      "entente measures how well a security alliance holds, and shows why.\n\n"
      "Examples:\n"
      "  entente assess                     the bundled study's alliances\n"
      "  entente assess --lang de           the same in German\n"
      "  entente explain KEY                from a figure to its footnotes\n"
      "  entente study check my-study       every finding in a package of evidence\n\n"
      "Commands:\n",
      stdout);
  print_commands(ent_commands);
  fputs(
      "  help      this help; with the name of a command, its help\n\n"
      "entente COMMAND --help shows a command's options; entente --version the version.\n\n",
      stdout);
  print_exit_codes();
}

void ent_help_command(const ent_command *parent, const ent_command *command) {
  if (parent) printf("%s ", parent->name);
  printf("%s: %s\n\nExamples:\n%s\nUsage: %s\n", command->name, command->summary, command->examples, command->usage);
  if (command->more) printf("\n%s", command->more);
  if (command->parts) {
    fputs("\nCommands:\n", stdout);
    print_commands(command->parts);
  }
  fputs("\nOptions:\n", stdout);
  for (size_t i = 0; command->options[i]; i++) ent_options_help(command->options[i]);
  fputs("\n", stdout);
  print_exit_codes();
}
