/* effect.c - what each indicator does to the headline score: the score minus the score with the indicator at the
 * model's reference value, everything else as drawn.
 *
 * Only the path from the indicator up changes, so that an effect costs a few operations a draw: the criterion of its
 * slot moves by the indicator's share, the criterion over members and the score by shares of what that does. The
 * weakest link has no shares; there the least is taken anew. */
#include "assess/tree.h"

/* One slot's criterion with the indicator in it. */
typedef struct place {
  uint32_t inner, outer, value, criterion; /* share of the indicator, share of its dimension, score, criterion */
} place;

static bool find_place(const ent_tree *t, const ent_grid *g, size_t slot, size_t n, place *out) {
  size_t c = (size_t)t->nodes[n].criterion, base = slot * t->node_count;
  size_t dimension = (size_t)(t->nodes[c].first_child + t->nodes[n].dimension);
  *out = (place){g->share[base + n], g->share[base + dimension], ent_tree_column(t, g, slot, n),
                 ent_tree_column(t, g, slot, c)};
  return out->value != ENT_NO_COLUMN && out->criterion != ENT_NO_COLUMN &&
         ent_tree_column(t, g, slot, dimension) != ENT_NO_COLUMN;
}

static bool is_replaced(const ent_tree *t, size_t c, size_t effect_slot, size_t slot) {
  bool of_members = t->plan->model->criteria[c].of_members;
  if (!of_members) return slot == 0;
  return slot > 0 && (effect_slot == 0 || effect_slot == slot); /* effect slot 0: all members together */
}

/* The slots over which a criterion is aggregated. */
typedef struct slots {
  size_t from, to, with; /* with: how many have the criterion */
} slots;

static slots slots_of(const ent_tree *t, const ent_grid *g, size_t c) {
  slots s = {0, 0, 0};
  size_t slot;
  if (t->plan->model->criteria[c].of_members) s = (slots){1, g->alliance->out->member_count, 0};
  for (slot = s.from; slot <= s.to; slot++) s.with += ent_tree_column(t, g, slot, c) != ENT_NO_COLUMN;
  return s;
}

/* By shares: of the score's logarithm for the geometric mean, of the score for the arithmetic. */
static uint32_t by_shares(ent_tree *t, const ent_grid *g, ent_aggregation how, size_t effect_slot, size_t n) {
  bool geometric = how == ENT_GEOMETRIC;
  size_t c = (size_t)t->nodes[n].criterion, slot, count = 0;
  slots s = slots_of(t, g, c);
  uint32_t *columns = ent_plan_take(t->plan, 2 + 4 * (s.to - s.from + 1), sizeof *columns);
  const double constants[2] = {t->plan->model->reference, 1 / (double)s.with};
  if (!columns) return ENT_NO_COLUMN;
  columns[count++] = g->aggregated[how];
  columns[count++] = g->share[c];
  for (slot = s.from; slot <= s.to; slot++) {
    place at;
    if (!is_replaced(t, c, effect_slot, slot) || !find_place(t, g, slot, n, &at)) continue;
    columns[count++] = at.inner;
    columns[count++] = at.outer;
    columns[count++] = at.value;
    columns[count++] =
        geometric ? ent_program_add(&t->program, ENT_DO_INVERSE, &at.criterion, 1, NULL, 0, 1) : at.criterion;
  }
  if (t->plan->failed) return ENT_NO_COLUMN;
  return ent_program_add(&t->program, geometric ? ENT_DO_GAIN : ENT_DO_PULL, columns, count, constants, 2, 1);
}

/* The least with the indicator at the reference, taken anew. */
static uint32_t by_least(ent_tree *t, const ent_grid *g, size_t effect_slot, size_t n) {
  const ent_model *model = t->plan->model;
  size_t c = (size_t)t->nodes[n].criterion, slot, k, count = 0;
  slots s = slots_of(t, g, c);
  uint32_t *columns = ent_plan_take(t->plan, s.to - s.from + 1 + model->criterion_count, sizeof *columns), pair[2];
  for (slot = s.from; slot <= s.to && !t->plan->failed; slot++) {
    place at;
    if (ent_tree_column(t, g, slot, c) == ENT_NO_COLUMN) continue;
    columns[count] = ent_tree_column(t, g, slot, c);
    if (is_replaced(t, c, effect_slot, slot) && find_place(t, g, slot, n, &at)) {
      const uint32_t moved[4] = {at.criterion, at.inner, at.outer, at.value};
      columns[count] = ent_program_add(&t->program, ENT_DO_MOVE, moved, 4, &model->reference, 1, 1);
    }
    count++;
  }
  for (k = 0; k < model->criterion_count && !t->plan->failed; k++)
    if (k != c && g->over[ENT_WEAKEST][k] != ENT_NO_COLUMN && model->criteria[k].weight.value > 0)
      columns[count++] = g->over[ENT_WEAKEST][k];
  if (t->plan->failed) return ENT_NO_COLUMN;
  pair[0] = g->aggregated[ENT_WEAKEST];
  pair[1] = count == 1 ? columns[0] : ent_program_add(&t->program, ENT_DO_LEAST, columns, count, NULL, 0, 1);
  return t->plan->failed ? ENT_NO_COLUMN : ent_program_add(&t->program, ENT_DO_DIFFERENCE, pair, 2, NULL, 0, 1);
}

/* By each way to aggregate that a draw may take. */
static uint32_t mixed(ent_tree *t, const ent_grid *g, size_t slot, size_t n) {
  uint32_t columns[ENT_AGGREGATIONS] = {0};
  size_t i;
  for (i = 0; i < t->methods.count && !t->plan->failed; i++) {
    ent_aggregation how = t->methods.aggregations[i];
    columns[i] = how == ENT_WEAKEST ? by_least(t, g, slot, n) : by_shares(t, g, how, slot, n);
  }
  return t->plan->failed ? ENT_NO_COLUMN : ent_tree_mix(t, columns);
}

void ent_effect_make(ent_tree *t, ent_grid *g) {
  const ent_model *model = t->plan->model;
  size_t slot, n;
  for (slot = 0; slot <= g->alliance->out->member_count; slot++)
    for (n = 0; n < t->node_count && !t->plan->failed; n++) {
      ent_cell *effect = g->effect[slot * t->node_count + n];
      if (!effect) continue;
      if (g->headline == ENT_NO_COLUMN || !(model->criteria[effect->criterion].weight.value > 0))
        effect->column = ent_program_constant(&t->program, 0);
      else effect->column = mixed(t, g, slot, n);
    }
}
