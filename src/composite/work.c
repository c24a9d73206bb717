/* work.c - what one evaluation works on: choices and the tree checked before any value is looked at, defaults filled
 * in, memory taken once. */
#include "composite/composite.h"

#include <math.h>

static bool is_share(double x) { return x >= 0 && x <= 1; }

static ent_composite_reason check_numbers(const ent_composite_methods *m) {
  size_t k;
  if ((unsigned)m->order >= ENT_ORDERS || (unsigned)m->treatment >= ENT_TREATMENTS ||
      (unsigned)m->imputation >= ENT_IMPUTATIONS || (unsigned)m->normalisation >= ENT_NORMALISATIONS ||
      (unsigned)m->weighting >= ENT_WEIGHTINGS)
    return ENT_COMPOSITE_METHOD;
  if (m->level_count > ENT_COMPOSITE_MOST_LEVELS) return ENT_COMPOSITE_PARAMETER;
  for (k = 0; k < (m->level_count ? m->level_count : 1); k++) {
    if ((unsigned)m->aggregation[k] >= ENT_AGGREGATIONS_OF_COMPOSITES) return ENT_COMPOSITE_METHOD;
    if (!isfinite(m->power[k]) || !is_share(m->least_present[k])) return ENT_COMPOSITE_PARAMETER;
  }
  if (!(m->skewness_limit >= 0) || !(m->kurtosis_limit >= 0) || !is_share(m->least_coverage))
    return ENT_COMPOSITE_PARAMETER;
  if (!isfinite(m->from) || !isfinite(m->to) || !isfinite(m->to - m->from)) return ENT_COMPOSITE_PARAMETER;
  if (m->from < 0 || m->from > 0 || m->to < 0 || m->to > 0)
    if (!(m->from < m->to)) return ENT_COMPOSITE_PARAMETER;
  return ENT_COMPOSITE_FINE;
}

static bool has_logarithm(ent_composite_treatment treatment) {
  return treatment != ENT_TREAT_NONE && treatment != ENT_TREAT_WINSORISE;
}

static ent_composite_reason check_together(const ent_composite_methods *m, const ent_composite_data *data) {
  if (m->normalisation == ENT_NORMALISE_REFERENCE && has_logarithm(m->treatment)) return ENT_COMPOSITE_MISMATCH;
  if (m->weighting == ENT_WEIGHT_BUDGET && (!m->expert_count || !m->experts)) return ENT_COMPOSITE_NO_EXPERTS;
  if (m->imputation == ENT_IMPUTE_GROUP_MEAN && !data->group) return ENT_COMPOSITE_NO_GROUPS;
  if (m->imputation == ENT_IMPUTE_CARRY_FORWARD && !data->previous) return ENT_COMPOSITE_NO_PERIODS;
  return ENT_COMPOSITE_FINE;
}

static void fill_in(ent_composite_methods *m) {
  if (!m->most_winsorised) m->most_winsorised = 5;
  if (!(m->skewness_limit > 0)) m->skewness_limit = 2;
  if (!(m->kurtosis_limit > 0)) m->kurtosis_limit = 3.5;
  if (!(m->from < 0) && !(m->from > 0) && !(m->to < 0) && !(m->to > 0)) m->to = 100;
  if (!m->level_count) m->level_count = 1;
}

static ent_composite_reason check_indicators(const ent_composite_work *work, ent_composite_fault *fault) {
  const ent_composite_tree *tree = &work->tree;
  size_t i;
  for (i = 0; i < work->indicator_count; i++) {
    if (tree->direction && tree->direction[i] != 1 && tree->direction[i] != -1)
      return ent_composite_wrong(fault, ENT_COMPOSITE_DIRECTION, -1, (long)i);
    if (work->methods.normalisation == ENT_NORMALISE_GOALPOSTS &&
        !(tree->low && tree->high && tree->low[i] < tree->high[i] && isfinite(tree->high[i] - tree->low[i])))
      return ent_composite_wrong(fault, ENT_COMPOSITE_GOALPOSTS, -1, (long)i);
    if (work->methods.normalisation == ENT_NORMALISE_REFERENCE &&
        !(tree->reference && tree->reference[i] > 0 && isfinite(tree->reference[i])))
      return ent_composite_wrong(fault, ENT_COMPOSITE_NO_REFERENCE, -1, (long)i);
  }
  return ENT_COMPOSITE_FINE;
}

static bool take_memory(ent_composite_work *work) {
  ent_arena *arena = work->arena;
  size_t units = work->unit_count, nodes = work->nodes.count;
  if (nodes && units > SIZE_MAX / nodes) return false;
  work->column = ent_arena_take(arena, units * nodes, sizeof *work->column);
  work->kept = ent_arena_take(arena, units, sizeof *work->kept);
  work->weight = ent_arena_take(arena, nodes, sizeof *work->weight);
  work->unit_scratch = ent_arena_take(arena, units, sizeof *work->unit_scratch);
  work->node_scratch = ent_arena_take(arena, nodes, 2 * sizeof *work->node_scratch);
  work->voice = ent_arena_take(arena, nodes, sizeof *work->voice);
  work->place = ent_arena_take(arena, units, 2 * sizeof *work->place);
  work->first = ent_arena_take(arena, units, sizeof *work->first);
  work->last = ent_arena_take(arena, units, sizeof *work->last);
  return work->column && work->kept && work->weight && work->unit_scratch && work->node_scratch && work->voice &&
         work->place && work->first && work->last;
}

/* Groups are counted in the order of their numbers: the rank at which a group begins, from 0, tells it. */
static ent_composite_reason count_groups(ent_composite_work *work, ent_composite_fault *fault) {
  size_t unit;
  work->group_of = ent_arena_take(work->arena, work->unit_count, sizeof *work->group_of);
  if (!work->group_of) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (unit = 0; unit < work->unit_count; unit++) work->unit_scratch[unit] = work->group[unit];
  ent_acceptability_rank(work->unit_scratch, work->unit_count, work->place, work->first, work->last);
  for (unit = 0; unit < work->unit_count; unit++) work->group_of[unit] = work->first[unit] - 1;
  return ENT_COMPOSITE_FINE;
}

/* Each row is followed back to one that is listed already; then its way is listed, the earliest first. */
static ent_composite_reason order_by_time(ent_composite_work *work, ent_composite_fault *fault) {
  enum { NOT_SEEN, ON_THE_WAY, LISTED };
  uint32_t *seen = work->first, *way = work->last;
  size_t unit, listed = 0, earlier = 0;
  work->by_time = ent_arena_take(work->arena, work->unit_count, sizeof *work->by_time);
  if (!work->by_time) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  for (unit = 0; unit < work->unit_count; unit++) {
    long previous = work->previous[unit];
    if (previous < -1 || (previous >= 0 && (size_t)previous >= work->unit_count))
      return ent_composite_wrong(fault, ENT_COMPOSITE_NO_PERIODS, (long)unit, -1);
    earlier += previous >= 0;
    seen[unit] = NOT_SEEN;
  }
  if (!earlier) return ent_composite_wrong(fault, ENT_COMPOSITE_NO_PERIODS, -1, -1);
  for (unit = 0; unit < work->unit_count; unit++) {
    size_t length = 0;
    long at = (long)unit;
    for (; at >= 0 && seen[at] == NOT_SEEN; at = work->previous[at]) {
      seen[at] = ON_THE_WAY;
      way[length++] = (uint32_t)at;
    }
    if (at >= 0 && seen[at] == ON_THE_WAY) return ent_composite_wrong(fault, ENT_COMPOSITE_NO_PERIODS, at, -1);
    while (length > 0) {
      seen[way[--length]] = LISTED;
      work->by_time[listed++] = way[length];
    }
  }
  return ENT_COMPOSITE_FINE;
}

ent_composite_reason ent_composite_work_init(ent_composite_work *work, ent_arena *arena, const ent_composite_data *data,
                                             const ent_composite_tree *tree, const ent_composite_methods *methods,
                                             ent_composite_fault *fault) {
  ent_composite_reason reason;
  *work = (ent_composite_work){.arena = arena,
                               .unit_count = data->unit_count,
                               .indicator_count = data->indicator_count,
                               .tree = *tree,
                               .methods = *methods,
                               .group = data->group,
                               .previous = data->previous};
  if (!work->unit_count || !work->indicator_count) return ent_composite_wrong(fault, ENT_COMPOSITE_NO_UNITS, -1, -1);
  if (work->unit_count >= UINT32_MAX) return ent_composite_wrong(fault, ENT_COMPOSITE_TOO_LARGE, -1, -1);
  if ((reason = check_numbers(methods)) || (reason = check_together(methods, data)))
    return ent_composite_wrong(fault, reason, -1, -1);
  fill_in(&work->methods);
  if ((reason = ent_composite_nodes_check(tree, work->indicator_count, arena, &work->nodes, fault)) ||
      (reason = check_indicators(work, fault)))
    return reason;
  if (!take_memory(work)) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  if (work->methods.normalisation == ENT_NORMALISE_GOALPOSTS) {
    work->low = ent_arena_take(arena, work->indicator_count, sizeof *work->low);
    work->high = ent_arena_take(arena, work->indicator_count, sizeof *work->high);
    if (!work->low || !work->high) return ent_composite_wrong(fault, ENT_COMPOSITE_MEMORY, -1, -1);
  }
  if (work->methods.imputation == ENT_IMPUTE_GROUP_MEAN) return count_groups(work, fault);
  if (work->methods.imputation == ENT_IMPUTE_CARRY_FORWARD) return order_by_time(work, fault);
  return ENT_COMPOSITE_FINE;
}
