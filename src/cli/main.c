/* main.c - the program: finds the command, reads its options, runs it. A client of the public header like any other. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/output.h"

enum { MOST_COMMANDS = 64 };

static const ent_command *find(const ent_command *const *commands, const char *name) {
  for (size_t i = 0; commands[i]; i++)
    if (strcmp(commands[i]->name, name) == 0) return commands[i];
  return NULL;
}

/* parent: the command whose part it would be, or NULL. */
static int unknown_command(const ent_command *parent, const char *name) {
  const ent_command *const *commands = parent ? parent->parts : ent_commands;
  const char *before = parent ? parent->name : "", *blank = parent ? " " : "";
  const char *names[MOST_COMMANDS];
  size_t count = 0;
  for (; commands[count] && count < MOST_COMMANDS; count++) names[count] = commands[count]->name;
  const char *near = ent_nearest(name, strlen(name), names, count);
  if (near)
    fprintf(stderr, "entente: unknown command \"%s%s%s\"; did you mean %s%s%s?\n", before, blank, name, before, blank,
            near);
  else
    fprintf(stderr, "entente: unknown command \"%s%s%s\"; entente %s%s--help lists those that there are\n", before,
            blank, name, before, blank);
  return ENT_USAGE;
}

static bool asks_for_help(const char *argument) {
  return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

/* "help", "help assess", "help study check". */
static int run_help(char **arguments) {
  const ent_command *parent = NULL, *command = NULL;
  for (; *arguments && (!command || command->parts); arguments++) {
    const ent_command *next = find(command ? command->parts : ent_commands, *arguments);
    if (!next) return unknown_command(command, *arguments);
    parent = command;
    command = next;
  }
  if (command) ent_help_command(parent, command);
  else ent_help_program();
  return ENT_OK;
}

/* parent: the command whose part it is, or NULL. */
static int run_command(const ent_command *parent, const ent_command *command, char **arguments) {
  ent_invocation invocation = {
      .output = ENT_TABLE, .language = ENT_ENGLISH, .sides = command->compares ? 2 : 1, .seed = 1};
  if (!ent_options_read(arguments, command->options, &invocation)) return ENT_USAGE;
  if (invocation.help) {
    ent_help_command(parent, command);
    return ENT_OK;
  }
  if (invocation.output > ENT_MARKDOWN && !command->references) {
    fprintf(stderr, "entente: %s is no reference list; use --format table, json, csv or md (entente cite has others)\n",
            command->name);
    return ENT_USAGE;
  }
  if (invocation.operand_count < command->least_operands) {
    fprintf(stderr, "entente: %s is missing; usage: %s\n", command->operand, command->usage);
    return ENT_USAGE;
  }
  if (invocation.operand_count > command->most_operands) {
    fprintf(stderr, "entente: \"%s\" is one argument too many; usage: %s\n",
            invocation.operands[command->most_operands], command->usage);
    return ENT_USAGE;
  }
  return command->run(&invocation);
}

static int run_part(const ent_command *command, char **arguments) {
  if (!arguments[0]) {
    fprintf(stderr, "entente: what is to be done is missing; usage: %s\n", command->usage);
    return ENT_USAGE;
  }
  if (asks_for_help(arguments[0])) {
    ent_help_command(NULL, command);
    return ENT_OK;
  }
  const ent_command *part = find(command->parts, arguments[0]);
  return part ? run_command(command, part, arguments + 1) : unknown_command(command, arguments[0]);
}

static int dispatch(char **arguments) {
  const char *first = arguments[0];
  if (!first) {
    fputs("entente: no command; entente --help shows what there is\n", stderr);
    return ENT_USAGE;
  }
  if (strcmp(first, "--version") == 0) {
    printf("entente %s\n", ent_version());
    return ENT_OK;
  }
  if (asks_for_help(first) || strcmp(first, "help") == 0) return run_help(arguments + 1);
  if (first[0] == '-') {
    fprintf(stderr, "entente: \"%s\" stands before a command; options stand behind it, as in entente assess %s\n",
            first, first);
    return ENT_USAGE;
  }
  const ent_command *command = find(ent_commands, first);
  if (!command) return unknown_command(NULL, first);
  return command->parts ? run_part(command, arguments + 1) : run_command(NULL, command, arguments + 1);
}

int main(int count, char **arguments) {
  (void)count;
  /* A reader who closes the pipe is seen as a failed write; the page is written at once or in large pieces. */
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  return ent_output_end(dispatch(arguments[0] ? arguments + 1 : arguments));
}
