/* reference.h - a work in the styles of reference lists and in the formats of reference managers.
 *
 * In: a reference. Out: text, on one line each in a style. Terms and dates are those of the style, whatever the
 * language of the output. Must not read a register. */
#ifndef ENT_REPORT_REFERENCE_H
#define ENT_REPORT_REFERENCE_H

#include <stdbool.h>

#include "base/text.h"
#include "records/reference.h"

/* As the SWP's footnotes in German give a work in full: Given Family/Given Family, »Title«, in: Container (online),
 * 16.3.2021, <address> (eingesehen am 17.3.2021). */
void ent_reference_swp(const ent_reference *reference, ent_text *out);
/* Publication Manual of the American Psychological Association, 7th edition. */
void ent_reference_apa(const ent_reference *reference, ent_text *out);
/* The Chicago Manual of Style, 17th edition, reference list of the author-date system. */
void ent_reference_chicago(const ent_reference *reference, ent_text *out);

/* An entry of BibTeX, with a line feed at its end. Keys are ids: they do not hang on what else is in a list. */
void ent_reference_bibtex(const ent_reference *reference, ent_text *out);
/* A record of RIS. */
void ent_reference_ris(const ent_reference *reference, ent_text *out);

/* ---- what the styles share ---- */

bool ent_reference_is(const ent_reference *reference, const char *type);
/* An article in a newspaper, magazine or journal. */
bool ent_reference_is_article(const ent_reference *reference);
/* "Given particle Family suffix", or the literal. */
void ent_reference_name(const ent_name *name, ent_text *out);
/* "particle Family, Given, suffix". */
void ent_reference_name_turned(const ent_name *name, ent_text *out);
/* "2021" or "2019–2021". */
void ent_reference_year(ent_reference_date date, ent_text *out);
const char *ent_reference_month(int month);
/* Pages with an en dash between first and last. */
void ent_reference_pages(const char *pages, ent_text *out);
/* Adds ". " to what stands there since start, and no second stop. */
void ent_reference_stop(ent_text *out, size_t start);
/* The address: that of the DOI where there is one; NULL where there is none. *doi: it is one. */
const char *ent_reference_link(const ent_reference *reference, bool *doi);

#endif
