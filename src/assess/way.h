/* way.h - how blocks are computed on this machine: the same bits with vectors of any width (inside assess/ only). */
#ifndef ENT_ASSESS_WAY_H
#define ENT_ASSESS_WAY_H

#include "assess/program.h"

typedef struct ent_way {
  /* One operation for a block. at: where each column stands. */
  void (*operate)(const ent_operation *operation, double *const *at);
  /* Values for the uniform numbers of a block. */
  void (*points)(const ent_points *points, const double *uniform, double *out);
  void (*ranges)(const ent_range *ranges, size_t count, const double *uniform, double *out);
  /* In single precision. */
  void (*keep)(const double *from, float *to, size_t count);
} ent_way;

enum { ENT_MOST_WAYS = 3 };
/* The ways that this machine can go, the plain one first, the fastest last; how many. For tests. */
size_t ent_ways(const ent_way *out[ENT_MOST_WAYS]);
const ent_way *ent_way_best(void);

#endif
