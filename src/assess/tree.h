/* tree.h - the model's nodes and the cells of each alliance, by slot and node (inside assess/ only).
 *
 * A slot is whose tree it is: the alliance's (0), a member's (1 + member) or a pair's (after those). */
#ifndef ENT_ASSESS_TREE_H
#define ENT_ASSESS_TREE_H

#include <math.h>

#include "assess/plan.h"

typedef struct ent_node { /* of the model */
  int criterion, dimension, indicator;
  int first_child, child_count; /* children stand together */
  const ent_weight *weight;
  double siblings; /* sum of the stated weights of its group */
  double *drawn;   /* block: gamma variates */
  ent_key stream;
} ent_node;

typedef struct ent_grid { /* the cells of one alliance by slot and node */
  ent_alliance_plan *alliance;
  size_t slots;
  ent_cell **score;   /* slots x nodes; NULL: not applicable */
  double **sum;       /* slots x nodes: block of the summed weights of the children with evidence */
  ent_cell **effect;  /* (1 + members) x nodes (indicators); slot 0: of the alliance, or of all members together */
  ent_cell **own;     /* members x nodes */
  ent_cell **total;   /* members x members: what one gives another, over criteria */
  ent_cell **reading; /* one for each of the plan's readings */
  double *aggregated[ENT_AGGREGATIONS]; /* block: the three scores */
  double **over[ENT_AGGREGATIONS];      /* criteria x block: criteria over members */
  const double **columns, **weights;    /* what is aggregated: as many as members or criteria */
  double *bent;                         /* (1 + members) x criteria x block: effect.c */
} ent_grid;

typedef struct ent_tree {
  ent_plan *plan;
  ent_assessment *out;
  size_t node_count;
  ent_node *nodes; /* criteria first, then dimensions, then indicators */
  ent_grid *grids;
} ent_tree;

/* grid.c: lays out nodes and cells, with the coverage of each. */
void ent_grid_make_nodes(ent_tree *tree);
void ent_grid_make(ent_tree *tree, ent_grid *grid, ent_alliance_plan *alliance);
size_t ent_grid_pair(const ent_assessed_alliance *alliance, int from, int to);   /* slot of a pair */
size_t ent_grid_leaf(const ent_tree *tree, const ent_leaf *leaf);                /* node of a leaf */
const char *ent_grid_system(const ent_assessed_alliance *alliance, size_t slot); /* of the member whose slot it is */
double ent_grid_weight(const ent_weight *weight, const char *system);            /* as stated */
double ent_grid_factor(const ent_node *node, const char *system); /* by which the weight differs for a system */

/* effect.c: what each indicator does to the score, for the block that was computed. */
void ent_effect_block(ent_tree *tree, ent_grid *grid, size_t count);

/* A weighted mean is taken of bent values: of logarithms for the geometric mean, of the values for the arithmetic. */
static inline double ent_tree_bend(ent_aggregation how, double value) {
  return how == ENT_GEOMETRIC ? log(value) : value;
}
static inline double ent_tree_unbend(ent_aggregation how, double value) {
  return how == ENT_GEOMETRIC ? exp(value) : value;
}

#endif
