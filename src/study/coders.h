/* coders.h - agreement of coders over a package (inside study/ only). */
#ifndef ENT_STUDY_CODERS_H
#define ENT_STUDY_CODERS_H

#include "evidence/package.h"
#include "study/result.h"

/* Krippendorff's alpha for each scale (aspect) that two or more coders used on the same items, with a 90 % bootstrap
 * interval over items (1,000 resamples, seed 1). */
ENT_MUST_CHECK ent_status ent_coders_agreement(ent_context *context, ent_arena *arena, const ent_package *package,
                                               struct ent_alpha_answer **out, size_t *count);

#endif
