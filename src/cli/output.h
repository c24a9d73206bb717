/* output.h - standard output: data and nothing else, and never lost in silence. */
#ifndef ENT_CLI_OUTPUT_H
#define ENT_CLI_OUTPUT_H

#include <stdio.h>

#include "entente/entente.h"

/* A sink for a stream, with the width and colours of the terminal that it may be. */
ent_sink ent_output_sink(FILE *stream);
/* Flushes stdout at the program's end. Returns exit_code, or ENT_STORE when something could not be written. That is
 * said on stderr, unless it was the reader who closed the pipe. */
int ent_output_end(int exit_code);
/* "entente: " and the context's message, on stderr; nothing when it is the output that failed, which the sink has
 * said already. Returns status. */
int ent_output_failure(const ent_context *context, ent_status status);

#endif
