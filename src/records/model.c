/* model.c - the ids of what a model chooses among. */
#include "records/model.h"

const char *ent_aggregation_id(ent_aggregation how) {
  static const char *const ids[ENT_AGGREGATIONS] = {"arithmetic", "geometric", "weakest"};
  return ids[how];
}
