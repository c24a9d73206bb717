/* agreement.h - the table of alphas, for the pages of a check and of the reliability of codings. */
#ifndef ENT_REPORT_AGREEMENT_H
#define ENT_REPORT_AGREEMENT_H

#include "base/json.h"
#include "report/content.h"
#include "report/words.h"

/* Heading and table; count is above 0. */
void ent_agreement_content(ent_content *content, ent_words *words, const ent_alpha_answer *alphas, size_t count);
/* Sets "agreement", a list. */
bool ent_agreement_json(ent_json *object, const ent_alpha_answer *alphas, size_t count);

#endif
