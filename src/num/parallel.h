/* parallel.h - work in parts, shared among threads.
 *
 * The contract that keeps results free of the number of threads: the caller cuts the work into parts by its nature,
 * never by the number of threads; a part writes only what belongs to it, and to scratch of the worker that runs it,
 * whose content it does not read before it has written it; what is summed over parts is summed by the caller
 * afterwards, in the order of parts. Then any number of threads gives the same bytes.
 *
 * Parts are handed out in rising order to whoever is free, so they need not be of one length. A few hundred parts make
 * the progress smooth and the stop quick; a part costs a few dozen nanoseconds beside its own work. */
#ifndef ENT_NUM_PARALLEL_H
#define ENT_NUM_PARALLEL_H

#include <stddef.h>

enum { ENT_PARALLEL_MOST_THREADS = 256 };

/* Does one part. worker: 0 to ent_parallel_workers() - 1; two parts that run at the same time never share it. Anything
 * but 0 says what failed, and stops the rest. Called from several threads at a time: it may take no memory from an
 * arena that they share. */
typedef int ent_parallel_work(void *context, size_t part, unsigned worker);

/* Told the share of parts that are done, from 0 to 1, rising, by the calling thread only: after each part that it did
 * itself, and at the end. Anything but 0 stops the rest. */
typedef int ent_parallel_progress(void *context, double done);

/* How many workers ent_parallel_run takes at most: threads, but no more than there are parts or
 * ENT_PARALLEL_MOST_THREADS, and at least 1. For scratch: one for each. */
unsigned ent_parallel_workers(size_t parts, unsigned threads);

/* Runs work for each of 0 to parts - 1, each once, in up to threads threads (0 counts as 1), of which the calling one
 * is worker 0. Where a thread can not be had, fewer do the work. Returns when no thread is at work any more: 0, or what
 * the lowest part that failed returned, which does not depend on the number of threads, or else what progress (may be
 * NULL) returned. After a stop, parts that nobody had begun are not done. */
int ent_parallel_run(size_t parts, unsigned threads, ent_parallel_work *work, void *context,
                     ent_parallel_progress *progress, void *progress_context);

#endif
