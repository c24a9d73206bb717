/* store.c - the command store: what it holds, whether it is sound, a backup, and back from one. */
#include "cli/command.h"
#include "cli/session.h"

typedef ent_status (*store_ask)(ent_context *context, const ent_invocation *invocation, ent_result **out);

static int run(const ent_invocation *invocation, store_ask ask) {
  ent_result *result = NULL;
  ent_context *context = ent_session_context();
  if (!context) return ENT_STORE;
  ent_status status = ask(context, invocation, &result);
  int exit_code = ent_session_end(context, status, result, invocation);
  if (exit_code == ENT_OK && ent_result_errors(result) > 0) exit_code = ENT_STORE;
  ent_result_free(result);
  ent_context_free(context);
  return exit_code;
}

static ent_status ask_info(ent_context *context, const ent_invocation *invocation, ent_result **out) {
  return ent_store_info(context, invocation->store, out);
}

static ent_status ask_check(ent_context *context, const ent_invocation *invocation, ent_result **out) {
  return ent_store_check(context, invocation->store, out);
}

static ent_status ask_backup(ent_context *context, const ent_invocation *invocation, ent_result **out) {
  return ent_store_backup(context, invocation->store, invocation->operands[0], out);
}

static ent_status ask_restore(ent_context *context, const ent_invocation *invocation, ent_result **out) {
  return ent_store_restore(context, invocation->store, invocation->operands[0], out);
}

static int run_info(const ent_invocation *invocation) { return run(invocation, ask_info); }
static int run_check(const ent_invocation *invocation) { return run(invocation, ask_check); }
static int run_backup(const ent_invocation *invocation) { return run(invocation, ask_backup); }
static int run_restore(const ent_invocation *invocation) { return run(invocation, ask_restore); }

static const ent_option *const options[] = {ent_options_global, NULL};

static const ent_command part_info = {.name = "info",
                                      .summary = "where the store is, how large, and which editions it holds",
                                      .usage = "entente store info [OPTION]...",
                                      .examples =
                                          "  entente store info\n"
                                          "  entente store info --store trial.sqlite\n",
                                      .options = options,
                                      .run = run_info};

static const ent_command part_check = {
    .name = "check",
    .summary = "looks for damage, down to the single cell",
    .usage = "entente store check [OPTION]...",
    .examples =
        "  entente store check\n"
        "  entente store check --format json --store backup.sqlite\n",
    .more =
        "  Nothing is changed. Each finding comes with what helps; where there is one,\n"
        "  this command exits with 5. Cells are compared with what was loaded.\n",
    .options = options,
    .run = run_check};

static const ent_command part_backup = {
    .name = "backup",
    .summary = "copies the store to a file, whole or not at all",
    .usage = "entente store backup [OPTION]... FILE",
    .examples =
        "  entente store backup ~/backups/entente.sqlite\n"
        "  entente store backup --store trial.sqlite trial-backup.sqlite\n",
    .more =
        "  FILE is the store of one moment; others may go on writing meanwhile. The copy\n"
        "  is checked before it gets its name: a damaged store is not copied. An older\n"
        "  backup of that name is replaced, but not a file that is no store, nor one with\n"
        "  an edition that the store lacks. When it is killed, FILE.partNUMBER may be\n"
        "  left: delete it.\n",
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .operand = "the file for the backup",
    .run = run_backup};

static const ent_command part_restore = {
    .name = "restore",
    .summary = "puts a backup into the place of the store",
    .usage = "entente store restore [OPTION]... FILE",
    .examples =
        "  entente store restore ~/backups/entente.sqlite\n"
        "  entente store restore --store trial.sqlite trial-backup.sqlite\n",
    .more =
        "  FILE is checked first, and stays. The store that was there is kept beside the\n"
        "  new one, as STORE.before-restore. While another program has the store open,\n"
        "  nothing is done.\n",
    .options = options,
    .least_operands = 1,
    .most_operands = 1,
    .operand = "the backup",
    .run = run_restore};

static const ent_command *const parts[] = {&part_info, &part_check, &part_backup, &part_restore, NULL};

const ent_command command_store = {.name = "store",
                                   .summary = "look at the store, check it, back it up, bring it back",
                                   .usage = "entente store info|check|backup|restore [OPTION]... [FILE]",
                                   .examples =
                                       "  entente store check\n"
                                       "  entente store backup ~/backups/entente.sqlite\n",
                                   .options = options,
                                   .parts = parts};
