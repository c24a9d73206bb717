/* basis.h - what the pages that list rows have in common: the study's title, and what the list rests on. */
#ifndef ENT_REPORT_BASIS_H
#define ENT_REPORT_BASIS_H

#include "base/json.h"
#include "report/content.h"
#include "report/words.h"
#include "study/result.h"

/* Title of the study; the day of it and of knowledge, where they were asked for. */
void ent_basis_heading(ent_content *content, ent_words *words, const ent_basis_answer *basis);
/* What was left out, and the line of study, edition, inputs and version. */
void ent_basis_line(ent_content *content, ent_words *words, const ent_basis_answer *basis, ent_block *notice);
/* "Alliance of A and B", else the names of the states; "" where the row concerns none. */
const char *ent_basis_where(ent_words *words, const ent_where_answer *where);
/* Citations as a list has room for them: of a place in the study its page alone. */
const char *ent_basis_citations(ent_words *words, const ent_citation_answer *citations, size_t count);

/* Sets "schema", "program", "study", ... on the object of a page. */
bool ent_basis_json(ent_json *object, ent_words *words, const char *schema, const ent_basis_answer *basis);
/* Sets "reveal" on the object of the options. */
bool ent_basis_json_reveal(ent_json *options, const ent_basis_answer *basis);
/* Sets "alliance" ({"id", "label"} or null) and "states". */
bool ent_basis_json_where(ent_json *object, ent_words *words, const ent_where_answer *where);

#endif
