/* stream.h - writing a long file piece by piece, whole or not at all. */
#ifndef ENT_FILES_STREAM_H
#define ENT_FILES_STREAM_H

#include <stdbool.h>

#include "base/context.h"

typedef struct ent_stream ent_stream;

/* Begins a file beside path, which is replaced only at the end and only where it is a regular file (or none). ENT_STORE
 * where it can not be written, ENT_OUT_OF_MEMORY. */
ENT_MUST_CHECK ent_status ent_stream_open(ent_context *context, const char *path, ent_stream **out);
/* Adds text, as printf does. What fails here is said by ent_stream_end. */
void ent_stream_print(ent_stream *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Whether everything could be written so far. */
bool ent_stream_good(const ent_stream *stream);
/* Syncs the file, puts it under its name, frees the stream. After a failure nothing stands under the name that did not
 * before. */
ENT_MUST_CHECK ent_status ent_stream_end(ent_stream *stream);
/* Takes the file away and frees the stream; NULL is allowed. */
void ent_stream_abandon(ent_stream *stream);

#endif
