/* progress.h - what a long run tells whoever waits: a bar on the terminal, and an ear for Ctrl-C.
 *
 * begin; hand ent_progress_tick and the progress to an operation that takes a progress function; end before anything is
 * written. From the first tick on SIGINT waits until it is asked for, so that a run stops between two pieces of work
 * and never inside the writing of a file; before it, and after the end, SIGINT does what it always does. */
#ifndef ENT_CLI_PROGRESS_H
#define ENT_CLI_PROGRESS_H

#include <signal.h>
#include <stdbool.h>
#include <time.h>

typedef struct ent_progress_bar {
  struct timespec began;
  double drawn_at; /* seconds since then */
  bool terminal;   /* stderr is one, so that there is a bar */
  bool listening;  /* SIGINT waits */
  bool shown;
  sigset_t before; /* which signals waited before the first tick */
} ent_progress_bar;

/* Begins to count the seconds; no signal waits yet. bar: the caller's, until ent_progress_end. */
void ent_progress_begin(ent_progress_bar *bar);
/* An ent_progress of entente.h; bar: the ent_progress_bar. Draws the share that is done once a second is over, ten
 * times a second at most. Returns 1 where the user wants to stop. */
int ent_progress_tick(void *bar, double done);
/* Takes the bar off the terminal and lets signals through again. Returns whether the user wanted to stop; what is to be
 * done then is to exit with ENT_INTERRUPTED. */
bool ent_progress_end(ent_progress_bar *bar);

#endif
