/* pages.h - what each kind of answer becomes: content for people (NAME.c) and JSON for programs (NAME_json.c).
 *
 * They arrange words and figures and compute nothing. Failures: content->failed, words->status, or NULL for JSON
 * when memory is short (the caller frees what is returned). */
#ifndef ENT_REPORT_PAGES_H
#define ENT_REPORT_PAGES_H

#include "base/json.h"
#include "report/content.h"
#include "report/words.h"
#include "study/result.h"

void ent_assess_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_explain_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_expect_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_compare_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_diff_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_reliability_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_cite_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_composite_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_sensitivity_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_gap_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_matrix_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_ledger_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_profile_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_stale_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_data_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_data_compare_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_timeline_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_check_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_load_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_store_info_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_store_check_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_store_copy_content(ent_content *content, ent_words *words, const ent_result *result);

/* The findings of one severity under a title; nothing where there are none. */
void ent_findings_content(ent_content *content, ent_words *words, const ent_findings *findings, ent_severity severity,
                          const char *title);

/* Why correlations and alpha are not shown, with the number of alliances. */
const char *ent_sensitivity_coherence(ent_words *words, const ent_sensitivity_answer *answer);

/* What a difference of scores is made of and what drives it. */
void ent_compare_parts(ent_content *content, ent_words *words, const ent_compared_alliance *alliance);
/* The alliance's name, or both names. */
const char *ent_compare_name(ent_words *words, const ent_compared_alliance *alliance);
/* "alliances" of a comparison. */
bool ent_compare_json_alliances(ent_json *object, ent_words *words, const ent_compare_answer *answer);

void ent_list_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_show_content(ent_content *content, ent_words *words, const ent_result *result);
void ent_remove_content(ent_content *content, ent_words *words, const ent_result *result);

/* "released 1 May 2021", or that it is a working copy. */
const char *ent_list_state(ent_words *words, const char *released);
/* "The alliance is resilient.", or why there is no verdict. */
const char *ent_assess_verdict(ent_words *words, const ent_alliance_answer *alliance);

ent_json *ent_assess_json(ent_words *words, const ent_result *result);
ent_json *ent_explain_json(ent_words *words, const ent_result *result);
ent_json *ent_expect_json(ent_words *words, const ent_result *result);
ent_json *ent_compare_json(ent_words *words, const ent_result *result);
ent_json *ent_diff_json(ent_words *words, const ent_result *result);
ent_json *ent_reliability_json(ent_words *words, const ent_result *result);
ent_json *ent_cite_json(ent_words *words, const ent_result *result);
ent_json *ent_composite_json(ent_words *words, const ent_result *result);
ent_json *ent_sensitivity_json(ent_words *words, const ent_result *result);
ent_json *ent_gap_json(ent_words *words, const ent_result *result);
ent_json *ent_matrix_json(ent_words *words, const ent_result *result);
ent_json *ent_ledger_json(ent_words *words, const ent_result *result);
ent_json *ent_profile_json(ent_words *words, const ent_result *result);
ent_json *ent_stale_json(ent_words *words, const ent_result *result);
ent_json *ent_data_json(ent_words *words, const ent_result *result);
ent_json *ent_data_compare_json(ent_words *words, const ent_result *result);
ent_json *ent_timeline_json(ent_words *words, const ent_result *result);
ent_json *ent_check_json(ent_words *words, const ent_result *result);
ent_json *ent_load_json(ent_words *words, const ent_result *result);
ent_json *ent_list_json(ent_words *words, const ent_result *result);
ent_json *ent_show_json(ent_words *words, const ent_result *result);
ent_json *ent_remove_json(ent_words *words, const ent_result *result);
ent_json *ent_store_info_json(ent_words *words, const ent_result *result);
ent_json *ent_store_check_json(ent_words *words, const ent_result *result);
ent_json *ent_store_copy_json(ent_words *words, const ent_result *result);

#endif
