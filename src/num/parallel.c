/* parallel.c - see parallel.h. Comes in: a function and how many parts it has; goes out: that each was done. The only
 * file that knows of threads; must not keep one beyond a call. */
#include "num/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef struct crew { /* what the threads of one call share */
  size_t parts;
  ent_parallel_work *work;
  void *context;
  atomic_size_t next, done;
  atomic_bool stopped;
} crew;

typedef struct member {
  crew *crew;
  unsigned worker;
  size_t failed; /* the first part of its own that failed, or parts; it takes none after that */
  int failure;
} member;

unsigned ent_parallel_workers(size_t parts, unsigned threads) {
  unsigned most = threads < ENT_PARALLEL_MOST_THREADS ? threads : (unsigned)ENT_PARALLEL_MOST_THREADS;
  if (most > parts) most = (unsigned)parts;
  return most ? most : 1;
}

/* Takes the next part and does it; false when there is none to take. Parts are taken in rising order, so when one fails
 * all lower ones are done or at work: the lowest failure is always found. */
static bool do_next(member *m) {
  crew *c = m->crew;
  size_t part;
  if (atomic_load(&c->stopped)) return false;
  part = atomic_fetch_add(&c->next, 1);
  if (part >= c->parts) return false;
  m->failure = c->work(c->context, part, m->worker);
  atomic_fetch_add(&c->done, 1);
  if (!m->failure) return true;
  m->failed = part;
  atomic_store(&c->stopped, true);
  return false;
}

static void *run_member(void *argument) {
  member *m = argument;
  while (do_next(m)) continue;
  return NULL;
}

/* The calling thread works too, and is the only one that speaks of progress. */
static int run_first(member *m, ent_parallel_progress *progress, void *progress_context) {
  crew *c = m->crew;
  while (do_next(m)) {
    size_t done = atomic_load(&c->done);
    int said = progress && done < c->parts ? progress(progress_context, (double)done / (double)c->parts) : 0;
    if (said) {
      atomic_store(&c->stopped, true);
      return said;
    }
  }
  return 0;
}

int ent_parallel_run(size_t parts, unsigned threads, ent_parallel_work *work, void *context,
                     ent_parallel_progress *progress, void *progress_context) {
  const unsigned workers = ent_parallel_workers(parts, threads);
  crew c = {.parts = parts, .work = work, .context = context};
  member members[ENT_PARALLEL_MOST_THREADS];
  pthread_t ids[ENT_PARALLEL_MOST_THREADS];
  unsigned i, begun;
  int stopped;
  size_t lowest = parts;
  int failure = 0;
  atomic_init(&c.next, 0);
  atomic_init(&c.done, 0);
  atomic_init(&c.stopped, false);
  for (i = 0; i < workers; i++) members[i] = (member){&c, i, parts, 0};
  for (begun = 1; begun < workers && !pthread_create(&ids[begun], NULL, run_member, &members[begun]);) begun++;
  stopped = run_first(&members[0], progress, progress_context);
  for (i = 1; i < begun; i++) pthread_join(ids[i], NULL);
  for (i = 0; i < begun; i++) {
    if (members[i].failed >= lowest) continue;
    lowest = members[i].failed;
    failure = members[i].failure;
  }
  if (failure) return failure;
  if (stopped) return stopped;
  return progress ? progress(progress_context, 1) : 0;
}
