/* stream.c - writing a long file piece by piece (see stream.h). */
#include "files/stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/file.h"

struct ent_stream {
  ent_context *context;
  char *path, *temporary;
  FILE *file;
  int number; /* errno of the first failure, 0: none */
};

static void clear(ent_stream *stream) {
  if (stream->file) fclose(stream->file);
  free(stream->path);
  free(stream->temporary);
  free(stream);
}

ent_status ent_stream_open(ent_context *context, const char *path, ent_stream **out) {
  ent_stream *stream = calloc(1, sizeof *stream);
  ent_status status;
  unsigned mode;
  *out = NULL;
  if (!stream || !(stream->path = strdup(path))) {
    free(stream);
    return ent_fail_memory(context);
  }
  stream->context = context;
  status = ent_file_replaceable(context, path, &mode);
  if (!status) status = ent_file_make_beside(context, path, mode, &stream->temporary);
  if (!status && !(stream->file = fopen(stream->temporary, "wb"))) {
    unlink(stream->temporary);
    status = ent_fail(context, ENT_STORE, path, "see that its folder exists and can be written", "can not be written");
  }
  if (status) clear(stream);
  else *out = stream;
  return status;
}

void ent_stream_print(ent_stream *stream, const char *format, ...) {
  va_list values;
  int put;
  if (stream->number) return;
  errno = 0;
  va_start(values, format);
  put = vfprintf(stream->file, format, values);
  va_end(values);
  if (put < 0) stream->number = errno ? errno : EIO;
}

bool ent_stream_good(const ent_stream *stream) { return !stream->number; }

ent_status ent_stream_end(ent_stream *stream) {
  ent_status status = ENT_OK;
  errno = 0;
  if (fflush(stream->file) != 0 && !stream->number) stream->number = errno ? errno : EIO;
  if (fclose(stream->file) != 0 && !stream->number) stream->number = errno ? errno : EIO;
  stream->file = NULL;
  if (stream->number)
    status = ent_fail(stream->context, ENT_STORE, stream->path, "make room, or choose another place",
                      "can not be written: %s", strerror(stream->number));
  else status = ent_file_move(stream->context, stream->temporary, stream->path);
  if (status) unlink(stream->temporary);
  clear(stream);
  return status;
}

void ent_stream_abandon(ent_stream *stream) {
  if (!stream) return;
  unlink(stream->temporary);
  clear(stream);
}
