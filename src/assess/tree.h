/* tree.h - the model's nodes and the cells of each alliance, by slot and node (inside assess/ only).
 *
 * A slot is whose tree it is: the alliance's (0), a member's (1 + member) or a pair's (after those). */
#ifndef ENT_ASSESS_TREE_H
#define ENT_ASSESS_TREE_H

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
  ent_cell **effect;  /* slots x nodes (indicators) */
  ent_cell **own;     /* members x nodes */
  ent_cell **total;   /* members x members: what one gives another, over criteria */
  ent_cell **reading; /* one for each of the plan's readings */
  double **over_criteria[ENT_AGGREGATIONS]; /* criteria x block */
  double *fresh, *over;     /* blocks: a criterion's value after a replacement, of its slot and over members */
  double *values, *weights; /* what is aggregated in one draw: as many as members or criteria */
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
size_t ent_grid_pair(const ent_assessed_alliance *alliance, int from, int to); /* slot of a pair */
size_t ent_grid_leaf(const ent_tree *tree, const ent_leaf *leaf);             /* node of a leaf */
const char *ent_grid_system(const ent_assessed_alliance *alliance, size_t slot); /* of the member whose slot it is */
double ent_grid_weight(const ent_weight *weight, const char *system);         /* as stated */

#endif
