/* output.c - see output.h. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Narrower than 60 no table would be readable; wider than 100 no text. */
enum { DEFAULT_WIDTH = 80, LEAST_WIDTH = 60, MOST_WIDTH = 100 };

/* Said where it happens, since errno is gone later. A reader who closed the pipe has read enough. */
static void say_failure(int reason) {
  if (reason != EPIPE) fprintf(stderr, "entente: the output could not be written: %s\n", strerror(reason));
}

static int write_stream(void *user, const char *text, size_t length) {
  FILE *stream = user;
  if (fwrite(text, 1, length, stream) == length && fflush(stream) == 0) return 0;
  say_failure(errno);
  return 1;
}

static int terminal_width(FILE *stream) {
  struct winsize size;
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return DEFAULT_WIDTH;
  int width = size.ws_col;
  return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

/* As https://no-color.org asks. */
static int colours_wanted(FILE *stream) {
  const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
  if (!isatty(fileno(stream)) || (no_colour && *no_colour)) return 0;
  return !terminal || strcmp(terminal, "dumb") != 0;
}

ent_sink ent_output_sink(FILE *stream) {
  ent_sink sink = {.write = write_stream, .user = stream, .width = DEFAULT_WIDTH};
  if (isatty(fileno(stream))) sink.width = terminal_width(stream);
  sink.colour = colours_wanted(stream);
  return sink;
}

int ent_output_end(int exit_code) {
  if (ferror(stdout)) return ENT_STORE;
  if (fflush(stdout) == 0) return exit_code;
  say_failure(errno);
  return ENT_STORE;
}

int ent_output_failure(const ent_context *context, ent_status status) {
  if (ferror(stdout)) return status;
  const char *message = context ? ent_context_message(context) : "";
  size_t length = strlen(message);
  if (length == 0) fputs("entente: out of memory\n", stderr);
  else fprintf(stderr, "entente: %s%s", message, message[length - 1] == '\n' ? "" : "\n");
  return status;
}
