/* session.h - what commands have in common: handles opened and closed in their order, results written, failures said.
 */
#ifndef ENT_CLI_SESSION_H
#define ENT_CLI_SESSION_H

#include <stdio.h>

#include "cli/options.h"
#include "entente/entente.h"

/* A context with the share folder of this program. NULL: said on stderr. */
ent_context *ent_session_context(void);
/* The end of a command: writes the result as the invocation asks or, where status is no ENT_OK, says on stderr why
 * there is none. Returns the exit code. */
int ent_session_end(ent_context *context, ent_status status, const ent_result *result,
                    const ent_invocation *invocation);

/* Asks one thing of a study. */
typedef ent_status (*ent_session_ask)(ent_study *study, const ent_invocation *invocation, ent_result **out);
/* Opens context, store and study (name: a folder or an id; NULL: the bundled one), asks, writes the answer, closes all.
 * Returns the exit code. */
int ent_session_run(const ent_invocation *invocation, const char *name, ent_session_ask ask);
/* The same of a command whose first operand may be a study or already what is asked for: it is a study where one of
 * this name can be opened. ask is given what is left of the operands. */
int ent_session_run_chosen(const ent_invocation *invocation, ent_session_ask ask);
/* The same of two studies: the operands, both the first operand where there is one, both the bundled study where there
 * is none; each in the state that the options of its side ask for. */
typedef ent_status (*ent_session_ask_two)(ent_study *from, ent_study *to, const ent_invocation *invocation,
                                          ent_result **out);
int ent_session_run_two(const ent_invocation *invocation, ent_session_ask_two ask);

#endif
