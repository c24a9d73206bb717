/* tree.h - the model's nodes and the cells of each alliance, by slot and node (inside assess/ only).
 *
 * A slot is whose tree it is: the alliance's (0), a member's (1 + member) or a pair's (after those). */
#ifndef ENT_ASSESS_TREE_H
#define ENT_ASSESS_TREE_H

#include "assess/evaluate.h"
#include "assess/program.h"
#include "num/quantile_table.h"

typedef struct ent_node { /* of the model */
  int criterion, dimension, indicator;
  int first_child, child_count; /* children stand together */
  const ent_weight *weight;
  double siblings; /* sum of the stated weights of its group */
  ent_key stream;
  bool varies;                     /* an input; else its weight is as stated */
  uint32_t column;                 /* of its drawn weights */
  const ent_quantile_table *table; /* of gamma variates of its shape; or NULL */
} ent_node;

typedef struct ent_grid { /* the cells of one alliance by slot and node */
  ent_alliance_plan *alliance;
  size_t slots;
  ent_cell **score;   /* slots x nodes; NULL: not applicable */
  ent_cell **effect;  /* (1 + members) x nodes (indicators); slot 0: of the alliance, or of all members together */
  ent_cell **own;     /* members x nodes */
  ent_cell **total;   /* members x members: what one gives another, over criteria */
  ent_cell **reading; /* one for each of the plan's readings */
  uint32_t *share;    /* slots x nodes: column of a node's share among its neighbours with evidence */
  uint32_t *over[ENT_AGGREGATIONS];      /* criteria: columns of the criteria over members */
  uint32_t aggregated[ENT_AGGREGATIONS]; /* columns of the three scores */
  uint32_t headline;                     /* of the headline score, which mixes them where methods vary */
} ent_grid;

/* Methods of which each draw takes one; of one alone that one. */
typedef struct ent_tree_methods {
  size_t count; /* of ways to aggregate */
  ent_aggregation aggregations[ENT_AGGREGATIONS];
  uint32_t aggregation; /* column of the number of the one that is taken; ENT_NO_COLUMN: there is but one */
  uint32_t weights;     /* the same: 0 stated, 1 equal */
} ent_tree_methods;

typedef struct ent_tree {
  ent_plan *plan;
  ent_assessment *out;
  size_t node_count;
  ent_node *nodes; /* criteria first, then dimensions, then indicators */
  ent_grid *grids;
  ent_program program;
  ent_tree_methods methods;
  size_t input_count;
  ent_assess_input *inputs; /* what varies, in the order of the first columns */
} ent_tree;

/* grid.c: lays out nodes and cells, with the coverage of each. */
void ent_grid_make_nodes(ent_tree *tree);
void ent_grid_make(ent_tree *tree, ent_grid *grid, ent_alliance_plan *alliance);
size_t ent_grid_pair(const ent_assessed_alliance *alliance, int from, int to);   /* slot of a pair */
size_t ent_grid_leaf(const ent_tree *tree, const ent_leaf *leaf);                /* node of a leaf */
const char *ent_grid_system(const ent_assessed_alliance *alliance, size_t slot); /* of the member whose slot it is */
double ent_grid_weight(const ent_weight *weight, const char *system);            /* as stated */
double ent_grid_factor(const ent_node *node, const char *system); /* by which the weight differs for a system */

/* tree.c: nodes, cells, and the operations that make each cell's column; *tree lives in the plan's arena. False when
 * memory is short. */
bool ent_tree_make(ent_tree *tree, ent_plan *plan, ent_assessment *out);
/* The column of a score cell; ENT_NO_COLUMN where it has none. */
uint32_t ent_tree_column(const ent_tree *tree, const ent_grid *grid, size_t slot, size_t node);

/* input.c: what varies becomes the first columns of the program, what does not becomes constants. */
void ent_tree_add_inputs(ent_tree *tree);
/* The values of an input for ENT_BLOCK uniform numbers: the quantiles of its distribution. */
void ent_tree_draw(const ent_tree *tree, size_t input, const double *uniform, double *out);
/* Its values in draws first to first + ENT_BLOCK - 1 of a run with a seed. uniform: scratch of ENT_BLOCK. */
void ent_tree_draw_run(const ent_tree *tree, size_t input, uint64_t seed, uint32_t first, double *uniform, double *out);
/* Fills in what each input rests on and which indicators it feeds. */
void ent_tree_describe_inputs(ent_tree *tree);

/* Of columns by each way to aggregate the one that a draw takes. */
uint32_t ent_tree_mix(ent_tree *tree, const uint32_t *columns);

/* effect.c: the operations for what each indicator does to the score. */
void ent_effect_make(ent_tree *tree, ent_grid *grid);

#endif
