/* tree.c - the tree of a model as a list of operations: normalise, weight, aggregate.
 *
 * Inside a criterion the mean is arithmetic; over members and over criteria it is the aggregation. Weights are drawn
 * once for the model: gamma variates whose renormalisation over the children that have evidence is a Dirichlet draw
 * and spreads a missing indicator's weight inside its dimension. */
#include "assess/tree.h"

#include "assess/leaf.h"

enum { MOST_ROOT = 100 };

uint32_t ent_tree_column(const ent_tree *t, const ent_grid *g, size_t slot, size_t n) {
  const ent_cell *cell = g->score[slot * t->node_count + n];
  return cell ? cell->column : ENT_NO_COLUMN;
}

static bool is_there(const ent_cell *cell) { return cell && cell->coverage > 0; }

/* ---- means ---- */

static uint32_t log_of(ent_program *p, uint32_t column) {
  const ent_operation *writer = ent_program_writer(p, column);
  uint32_t *logs;
  size_t i, count;
  if (!writer || writer->kind != ENT_DO_ROOT) return ent_program_add(p, ENT_DO_LOG, &column, 1, NULL, 0, 1);
  count = writer->operand_count; /* of a root: the mean of the logarithms, which others need too */
  if (!(logs = ent_plan_take(p->plan, count, sizeof *logs))) return ENT_NO_COLUMN;
  for (i = 0; i < count; i++) {
    uint32_t operand = ent_program_writer(p, column)->operands[i];
    logs[i] = ent_program_add(p, ENT_DO_LOG, &operand, 1, NULL, 0, 1);
  }
  return p->plan->failed ? ENT_NO_COLUMN : ent_program_mean(p, logs, NULL, count);
}

/* columns: twice as many as count; the second half becomes scratch. */
static uint32_t weighted(ent_program *p, ent_aggregation how, uint32_t *columns, const uint32_t *shares, size_t count) {
  size_t i;
  uint32_t mean;
  if (count == 1) return columns[0];
  if (how == ENT_WEAKEST) return ent_program_add(p, ENT_DO_LEAST, columns, count, NULL, 0, 1);
  for (i = 0; i < count && !p->plan->failed; i++) {
    columns[count + i] = how == ENT_GEOMETRIC ? log_of(p, columns[i]) : columns[i];
    columns[i] = shares[i];
  }
  if (p->plan->failed) return ENT_NO_COLUMN;
  mean = ent_program_add(p, ENT_DO_DOT, columns, 2 * count, NULL, 0, 1);
  return how == ENT_GEOMETRIC && !p->plan->failed ? ent_program_add(p, ENT_DO_EXP, &mean, 1, NULL, 0, 1) : mean;
}

static uint32_t alike(ent_program *p, ent_aggregation how, uint32_t *columns, size_t count) {
  size_t i;
  uint32_t mean;
  if (count == 1) return columns[0];
  if (how == ENT_WEAKEST) return ent_program_add(p, ENT_DO_LEAST, columns, count, NULL, 0, 1);
  if (how == ENT_ARITHMETIC) return ent_program_mean(p, columns, NULL, count);
  if (count <= MOST_ROOT) return ent_program_add(p, ENT_DO_ROOT, columns, count, NULL, 0, 1);
  for (i = 0; i < count && !p->plan->failed; i++) columns[i] = log_of(p, columns[i]);
  mean = p->plan->failed ? ENT_NO_COLUMN : ent_program_mean(p, columns, NULL, count);
  return p->plan->failed ? ENT_NO_COLUMN : ent_program_add(p, ENT_DO_EXP, &mean, 1, NULL, 0, 1);
}

/* Where a draw takes equal weights, shares are of the drawn weights in units of the stated ones: equal on average, and
 * as far apart as the others. */
static void mix_weights(ent_tree *t, const size_t *nodes, const uint32_t *drawn, size_t count, uint32_t *shares) {
  double *factors = ent_plan_take(t->plan, count, sizeof *factors);
  uint32_t first;
  size_t i;
  if (!factors) return;
  for (i = 0; i < count; i++) {
    const ent_node *n = &t->nodes[nodes[i]];
    factors[i] = n->weight->value > 0 ? n->siblings / n->weight->value : 0;
  }
  first = ent_program_add(&t->program, ENT_DO_SHARES, drawn, count, factors, count, (uint32_t)count);
  for (i = 0; i < count && !t->plan->failed; i++) {
    const uint32_t columns[3] = {t->methods.weights, shares[i], first + (uint32_t)i};
    shares[i] = ent_program_add(&t->program, ENT_DO_CHOICE, columns, 3, NULL, 0, 1);
  }
}

/* Columns of shares of nodes with evidence: their drawn weights by factors, divided by their sum. */
static void share_out(ent_tree *t, const size_t *nodes, const double *factors, size_t count, uint32_t *out) {
  uint32_t *drawn = ent_plan_take(t->plan, count, sizeof *drawn), first;
  size_t i;
  if (!drawn) return;
  for (i = 0; i < count; i++) drawn[i] = t->nodes[nodes[i]].column;
  if (count == 1) {
    out[0] = ent_program_constant(&t->program, 1);
    return;
  }
  first = ent_program_add(&t->program, ENT_DO_SHARES, drawn, count, factors, count, (uint32_t)count);
  for (i = 0; i < count; i++) out[i] = first + (uint32_t)i;
  if (t->methods.weights != ENT_NO_COLUMN && !t->plan->failed) mix_weights(t, nodes, drawn, count, out);
}

/* ---- the tree ---- */

/* Puts leaves into their cells; a member's indicator is the mean over those it gives to. */
static void place_leaves(ent_tree *t, ent_grid *g) {
  const ent_assessed_alliance *a = g->alliance->out;
  uint32_t *columns = ent_plan_take(t->plan, a->member_count, sizeof *columns);
  size_t l, m, n, to, with;
  for (l = 0; l < g->alliance->leaf_count && !t->plan->failed; l++) {
    ent_leaf *leaf = &g->alliance->leaves[l];
    size_t slot = leaf->giver < 0 ? 0 : ent_grid_pair(a, leaf->giver, leaf->receiver);
    if (leaf->missing) continue;
    n = ent_grid_leaf(t, leaf);
    g->score[slot * t->node_count + n]->column = ent_leaf_score(&t->program, leaf, a->member_count);
    for (m = 0; m < a->member_count; m++)
      if (g->own[m * t->node_count + n]) g->own[m * t->node_count + n]->column = leaf->own[m].score;
  }
  for (m = 0; m < a->member_count; m++)
    for (n = 0; n < t->node_count && !t->plan->failed; n++) {
      ent_cell *cell = g->score[(1 + m) * t->node_count + n];
      if (!is_there(cell) || t->nodes[n].indicator < 0) continue;
      for (to = with = 0; to < a->member_count; to++) {
        uint32_t column = ent_tree_column(t, g, ent_grid_pair(a, (int)m, (int)to), n);
        if (column != ENT_NO_COLUMN) columns[with++] = column;
      }
      cell->column = ent_program_mean(&t->program, columns, NULL, with);
    }
}

static void make_parent(ent_tree *t, ent_grid *g, size_t slot, size_t n) {
  const ent_node *parent = &t->nodes[n];
  ent_cell *cell = g->score[slot * t->node_count + n];
  const char *system = ent_grid_system(g->alliance->out, slot);
  size_t room = (size_t)parent->child_count, with = 0, i;
  uint32_t *columns, *shares;
  double *factors;
  size_t *nodes;
  if (!is_there(cell)) return;
  columns = ent_plan_take(t->plan, 2 * room, sizeof *columns);
  shares = ent_plan_take(t->plan, room, sizeof *shares);
  factors = ent_plan_take(t->plan, room, sizeof *factors);
  nodes = ent_plan_take(t->plan, room, sizeof *nodes);
  for (i = 0; i < room && !t->plan->failed; i++) {
    size_t child = (size_t)parent->first_child + i;
    columns[with] = ent_tree_column(t, g, slot, child);
    if (columns[with] == ENT_NO_COLUMN) continue;
    factors[with] = ent_grid_factor(&t->nodes[child], system);
    nodes[with++] = child;
  }
  if (t->plan->failed) return;
  share_out(t, nodes, factors, with, shares);
  for (i = 0; i < with && !t->plan->failed; i++) g->share[slot * t->node_count + nodes[i]] = shares[i];
  if (!t->plan->failed) cell->column = weighted(&t->program, ENT_ARITHMETIC, columns, shares, with);
}

/* A node of a members' criterion, over the members that have it. */
static uint32_t over_members(ent_tree *t, const ent_grid *g, size_t n, ent_aggregation how) {
  size_t m, with = 0, members = g->alliance->out->member_count;
  uint32_t *columns = ent_plan_take(t->plan, members, sizeof *columns);
  for (m = 0; columns && m < members; m++) {
    columns[with] = ent_tree_column(t, g, 1 + m, n);
    with += columns[with] != ENT_NO_COLUMN;
  }
  return columns ? alike(&t->program, how, columns, with) : ENT_NO_COLUMN;
}

/* Over the criteria of a slot; columns (if not NULL) stand for the cells' own. share: where the shares' columns go, or
 * NULL. */
static uint32_t over_criteria(ent_tree *t, const ent_grid *g, size_t slot, const uint32_t *of, ent_aggregation how,
                              uint32_t *share) {
  size_t c, with = 0, count = t->plan->model->criterion_count, i;
  uint32_t *columns = ent_plan_take(t->plan, 2 * count, sizeof *columns);
  uint32_t *shares = ent_plan_take(t->plan, count, sizeof *shares);
  double *factors = ent_plan_take(t->plan, count, sizeof *factors);
  size_t *nodes = ent_plan_take(t->plan, count, sizeof *nodes);
  for (c = 0; c < count && !t->plan->failed; c++) {
    uint32_t column = of ? of[c] : ent_tree_column(t, g, slot, c);
    if (column == ENT_NO_COLUMN || !(t->nodes[c].weight->value > 0)) continue;
    columns[with] = column;
    factors[with] = 1;
    nodes[with++] = c;
  }
  if (t->plan->failed) return ENT_NO_COLUMN;
  share_out(t, nodes, factors, with, shares);
  for (i = 0; share && i < with; i++) share[nodes[i]] = shares[i];
  return t->plan->failed ? ENT_NO_COLUMN : weighted(&t->program, how, columns, shares, with);
}

static uint32_t members_mixed(ent_tree *t, const ent_grid *g, size_t n) {
  uint32_t columns[ENT_AGGREGATIONS] = {0};
  size_t i;
  for (i = 0; i < t->methods.count && !t->plan->failed; i++)
    columns[i] = over_members(t, g, n, t->methods.aggregations[i]);
  return t->plan->failed ? ENT_NO_COLUMN : ent_tree_mix(t, columns);
}

uint32_t ent_tree_mix(ent_tree *t, const uint32_t *columns) {
  uint32_t list[1 + ENT_AGGREGATIONS] = {t->methods.aggregation};
  size_t i;
  if (t->methods.count == 1) return columns[0];
  for (i = 0; i < t->methods.count; i++) list[1 + i] = columns[i];
  return t->plan->failed ? ENT_NO_COLUMN
                         : ent_program_add(&t->program, ENT_DO_CHOICE, list, 1 + t->methods.count, NULL, 0, 1);
}

static void make_criteria(ent_tree *t, ent_grid *g) {
  const ent_model *model = t->plan->model;
  const ent_assessed_alliance *a = g->alliance->out;
  size_t n, c;
  int how;
  for (n = 0; n < t->node_count && !t->plan->failed; n++)
    if (is_there(g->score[n]) && model->criteria[t->nodes[n].criterion].of_members)
      g->score[n]->column = members_mixed(t, g, n);
  for (how = 0; how < ENT_AGGREGATIONS; how++) {
    g->over[how] = ent_plan_take(t->plan, model->criterion_count, sizeof *g->over[how]);
    for (c = 0; c < model->criterion_count && !t->plan->failed; c++) {
      bool members = is_there(g->score[c]) && model->criteria[c].of_members;
      g->over[how][c] = members ? over_members(t, g, c, (ent_aggregation)how) : ent_tree_column(t, g, 0, c);
    }
    g->aggregated[how] = ENT_NO_COLUMN;
    if (a->coverage > 0 && !t->plan->failed)
      g->aggregated[how] = over_criteria(t, g, 0, g->over[how], (ent_aggregation)how, g->share);
  }
  g->headline = ENT_NO_COLUMN;
  if (a->coverage > 0 && !t->plan->failed) {
    uint32_t columns[ENT_AGGREGATIONS] = {0};
    for (c = 0; c < t->methods.count; c++) columns[c] = g->aggregated[t->methods.aggregations[c]];
    g->headline = ent_tree_mix(t, columns);
  }
}

static void make_totals(ent_tree *t, ent_grid *g) {
  size_t p, i, members = g->alliance->out->member_count;
  for (p = 0; p < members * members && !t->plan->failed; p++)
    if (is_there(g->total[p])) {
      uint32_t columns[ENT_AGGREGATIONS] = {0};
      for (i = 0; i < t->methods.count && !t->plan->failed; i++)
        columns[i] = over_criteria(t, g, 1 + members + p, NULL, t->methods.aggregations[i], NULL);
      if (!t->plan->failed) g->total[p]->column = ent_tree_mix(t, columns);
    }
}

static void make_readings(ent_tree *t, ent_grid *g) {
  size_t r, i;
  for (r = 0; r < g->alliance->reading_count && !t->plan->failed; r++) {
    const ent_reading_plan *reading = &g->alliance->readings[r];
    uint32_t *columns = ent_plan_take(t->plan, reading->actor_count, sizeof *columns);
    double *constants = ent_plan_take(t->plan, 1 + reading->actor_count, sizeof *constants);
    if (t->plan->failed || g->reading[r]->missing) continue;
    constants[0] = reading->half_range;
    for (i = 0; i < reading->actor_count; i++) {
      columns[i] = t->plan->quantities[reading->actors[i].quantity].column;
      constants[1 + i] = reading->actors[i].weight;
    }
    g->reading[r]->column = ent_program_add(&t->program, ENT_DO_SPLIT, columns, reading->actor_count, constants,
                                            1 + reading->actor_count, 1);
  }
}

static void make_alliance(ent_tree *t, ent_grid *g) {
  size_t slot, n;
  place_leaves(t, g);
  for (slot = 0; slot < g->slots; slot++)
    for (n = t->node_count; n-- > 0 && !t->plan->failed;) { /* bottom-up */
      const ent_model_criterion *criterion = &t->plan->model->criteria[t->nodes[n].criterion];
      if (t->nodes[n].indicator < 0 && (slot > 0) == criterion->of_members) make_parent(t, g, slot, n);
    }
  make_criteria(t, g);
  make_totals(t, g);
  ent_effect_make(t, g);
  make_readings(t, g);
}

bool ent_tree_make(ent_tree *t, ent_plan *plan, ent_assessment *out) {
  size_t a;
  *t = (ent_tree){.plan = plan, .out = out};
  ent_grid_make_nodes(t);
  if (!plan->failed) ent_tree_add_inputs(t);
  t->grids = ent_plan_take(plan, plan->alliance_count, sizeof *t->grids);
  for (a = 0; a < plan->alliance_count && !plan->failed; a++) {
    ent_grid_make(t, &t->grids[a], &plan->alliances[a]);
    if (!plan->failed) make_alliance(t, &t->grids[a]);
  }
  return !plan->failed;
}
