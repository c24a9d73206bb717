/* run.h - what the pages of a run have in common: its title, what its figures are, and what they rest on. */
#ifndef ENT_REPORT_RUN_H
#define ENT_REPORT_RUN_H

#include "base/json.h"
#include "report/content.h"
#include "report/words.h"
#include "study/result.h"

enum { ENT_NOTICE_COUNT = 4 };

/* Title of the study and the day that the figures are for. */
void ent_run_heading(ent_content *content, ent_words *words, const ent_run_answer *run);
/* The run line: study, edition, model, seed, draws, inputs, version. */
void ent_run_line(ent_content *content, ent_words *words, const ent_run_answer *run, ent_block *notice);
/* What the figures are and are not, i from 0 to ENT_NOTICE_COUNT - 1; the same sentences on every page. */
const char *ent_run_notice(ent_words *words, int i);

/* Sets "program", "options", "study", ... on the object of a page. */
bool ent_run_json(ent_json *object, ent_words *words, const char *schema, const ent_run_answer *run);
/* What follows "program": all of it that is said of one side of a comparison. */
bool ent_run_json_fields(ent_json *object, ent_words *words, const ent_run_answer *run);
bool ent_run_json_program(ent_json *object, const char *schema);

#endif
