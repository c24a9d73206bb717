/* progress.c - see progress.h. A signal that waits is asked for with sigpending, so that no handler is needed, and no
 * variable that a handler would write. */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CELLS = 40 };
#define FIRST_SECONDS 1.0
#define BETWEEN_SECONDS 0.1

static double seconds_since(const struct timespec *began) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void listen_to_user(ent_progress_bar *bar) {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  bar->listening = sigprocmask(SIG_BLOCK, &interrupt, &bar->before) == 0;
}

static bool user_stops(const ent_progress_bar *bar) {
  sigset_t waiting;
  return bar->listening && sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}

static void draw(ent_progress_bar *bar, double done) {
  char cells[CELLS + 1];
  if (!(done > 0)) done = 0;
  if (done > 1) done = 1;
  int filled = (int)(done * CELLS);
  memset(cells, '.', CELLS);
  memset(cells, '#', (size_t)filled);
  cells[CELLS] = '\0';
  fprintf(stderr, "\r[%s] %3d %%", cells, (int)(done * 100));
  fflush(stderr);
  bar->shown = true;
}

void ent_progress_begin(ent_progress_bar *bar) {
  *bar = (ent_progress_bar){.terminal = isatty(STDERR_FILENO) == 1};
  if (clock_gettime(CLOCK_MONOTONIC, &bar->began) != 0) bar->terminal = false;
}

int ent_progress_tick(void *user, double done) {
  ent_progress_bar *bar = user;
  if (!bar->listening) listen_to_user(bar);
  if (bar->terminal) {
    double now = seconds_since(&bar->began);
    if (now >= FIRST_SECONDS && (!bar->shown || now - bar->drawn_at >= BETWEEN_SECONDS)) {
      draw(bar, done);
      bar->drawn_at = now;
    }
  }
  return user_stops(bar);
}

bool ent_progress_end(ent_progress_bar *bar) {
  bool stopped = user_stops(bar);
  if (bar->shown) fprintf(stderr, "\r%*s\r", CELLS + 9, "");
  bar->shown = false;
  if (stopped) { /* it was heard, and has done its work */
    sigset_t interrupt;
    int number;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigwait(&interrupt, &number);
  }
  if (bar->listening) sigprocmask(SIG_SETMASK, &bar->before, NULL);
  bar->listening = false;
  return stopped;
}
