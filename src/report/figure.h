/* figure.h - a figure of the evidence as a row of a page and as JSON, for every page that shows figures. */
#ifndef ENT_REPORT_FIGURE_H
#define ENT_REPORT_FIGURE_H

#include "base/json.h"
#include "report/content.h"
#include "report/words.h"
#include "study/result.h"

/* "A → B, place" */
const char *ent_figure_subjects(ent_words *words, const ent_data_figure *figure);
/* What stands under it: definition, status, who says so, data year, whole, conversions, id, citations. */
const char *ent_figure_note(ent_words *words, const ent_data_figure *figure);
/* "reported", "demanded", ... */
const char *ent_figure_status(ent_words *words, const char *status);
/* "USD 47.00 billion at 1 JPY = 0.00927 USD of 2020-07-01", and how far the text's own is from it. */
const char *ent_figure_way(ent_words *words, const ent_conversion_way *way, const ent_conversion_answer *conversion);
/* By the first rate and, where that is no check of the figure, by the first that is; or why not. "" for none. */
const char *ent_figure_conversion(ent_words *words, const ent_conversion_answer *conversion);

ent_json *ent_figure_json(ent_words *words, const ent_data_figure *figure);

#endif
