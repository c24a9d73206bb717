/* machine.h - what the machine itself gives, measured in the run whose figures stand beside it.
 *
 * Multiply-adds: a product and a sum of doubles, in twelve independent chains of vectors of the instruction set that
 * the build is for (SSE2 on x86-64), two instructions each, since products and sums are not fused here. Reading: the
 * sum of a block of doubles, over and over; the size of the block says which memory it is. Copying: memcpy. The best of
 * several rounds in processor time, since other work on the machine only adds to it. */
#ifndef ENT_BENCH_MACHINE_H
#define ENT_BENCH_MACHINE_H

#include <stddef.h>

/* Multiply-adds a second, on one core. */
double machine_multiply_adds(void);
/* The same with vectors of 32 bytes, where the processor has AVX2; 0 elsewhere. */
double machine_multiply_adds_wide(void);
/* How much more arithmetic two threads at once do than one, in the same wall time: what a second thread can gain on this
 * machine, with what else runs on it. 1 where a second thread can not be had. */
double machine_second_thread(void);
/* Bytes a second that are read from a block of so many bytes; 0: memory is short. */
double machine_read(size_t bytes);
/* Bytes a second that are copied (each counted once) between two blocks of so many bytes; 0: memory is short. */
double machine_copy(size_t bytes);

#endif
