/* assessment.h - what an assessment computes: draws of every figure, and the rows that each rests on.
 *
 * A cell is one figure: its address (scope, members, criterion, dimension, indicator), its draws, what share of its
 * weight has evidence. study/ turns cells into answers with words and footnotes. Everything lives in one arena. */
#ifndef ENT_RECORDS_ASSESSMENT_H
#define ENT_RECORDS_ASSESSMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "records/evidence.h"
#include "records/model.h"

typedef enum ent_scope { ENT_OF_ALLIANCE, ENT_OF_MEMBER, ENT_OF_PAIR } ent_scope;

typedef enum ent_figure_kind {
  ENT_SCORE,  /* 1 to 100 */
  ENT_EFFECT, /* headline score minus the score with this indicator at the reference; in score points */
  ENT_OWN,    /* a member's own value on an indicator of the alliance, 1 to 100 along the scale */
  ENT_READING /* a measure beside the score, in its own unit; indicator is the index of the reading */
} ent_figure_kind;

typedef struct ent_cell {
  ent_figure_kind kind;
  ent_scope scope;
  int from, to;                        /* members by index; -1 where the scope has none */
  int criterion, dimension, indicator; /* indices in the model; -1 above that height */
  float *draws;             /* NULL: missing; seven digits are kept of what was computed in double. Cells that
                               are the same share them */
  uint32_t column;          /* where they are computed, inside assess/ */
  const char *missing;      /* word key of the reason, or NULL */
  double coverage, carried; /* shares of the figure's stated weight: with evidence, and of it carried */
  size_t input_count;
  const ent_key *inputs; /* rows that an indicator rests on, rising, no doubles */
} ent_cell;

typedef struct ent_assessed_alliance {
  const ent_alliance *alliance;
  size_t member_count;
  const ent_actor **members; /* guarantors first, then by id */
  const char **roles;
  float *aggregated[ENT_AGGREGATIONS]; /* draws of the three scores; NULL: missing */
  double coverage, carried;
  size_t cell_count;
  ent_cell *cells;
  size_t place_room; /* a power of two, or 0 */
  uint32_t *places;  /* of cells by their addresses, from 1; a hash table, for ent_assess_find */
} ent_assessed_alliance;

typedef struct ent_assessment {
  const ent_model *model;
  int32_t day; /* as of */
  uint64_t seed;
  uint32_t draws;
  size_t alliance_count;
  ent_assessed_alliance *alliances;
} ent_assessment;

#endif
