/* cite.h - works in a style, and as lists for reference managers. */
#ifndef ENT_REPORT_CITE_H
#define ENT_REPORT_CITE_H

#include "base/text.h"
#include "report/words.h"
#include "study/result.h"

/* A work in a style; "" when memory is short, which the words record. */
const char *ent_cite_entry(ent_words *words, ent_cite_style style, const ent_reference *reference);
/* All works as ENT_BIBTEX, ENT_RIS, ENT_CSL (as the register has them) or ENT_TEXT (in the style, with a line between).
 * Check out->failed and the words. */
void ent_cite_list(ent_words *words, const ent_cite_answer *answer, ent_output output, ent_text *out);

#endif
