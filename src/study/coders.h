/* coders.h - agreement of coders (inside study/ only). */
#ifndef ENT_STUDY_CODERS_H
#define ENT_STUDY_CODERS_H

#include "study/result.h"
#include "table/table.h"

typedef struct ent_coders_tables { /* of a package or of a loaded study */
  const ent_table *scales, *codings, *coders;
  const bool *left_out; /* of each row of codings: it does not count; NULL: all count */
} ent_coders_tables;

typedef struct ent_coded_item { /* an item that coders see differently */
  const char *item, *scale;
  double apart; /* highest minus lowest point, as a share of the scale's range */
  size_t row_count;
  const size_t *rows; /* of codings, one for each coder, in the order of coders */
} ent_coded_item;

typedef struct ent_coders_agreement {
  size_t alpha_count, item_count;
  ent_alpha_answer *alphas; /* of scales that two coders or more used on the same item, in the order of scales */
  ent_coded_item *items;    /* the largest distance first, then by scale and item */
} ent_coders_agreement;

/* Krippendorff's alpha for each scale (aspect), with a 90 % bootstrap interval over items (1,000 resamples, seed 1),
 * and the items that coders see differently. Of two codings of one item by one coder the last counts. Nothing where
 * there are fewer than two coders or no table. */
ENT_MUST_CHECK ent_status ent_coders_agree(ent_context *context, ent_arena *arena, const ent_coders_tables *tables,
                                           ent_coders_agreement *out);

#endif
