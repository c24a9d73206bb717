/* check.c - the findings of a check as content: errors first, each with its place and what would be right; then the
 * sum, then how far coders agree. */
#include "report/agreement.h"
#include "report/number.h"
#include "report/pages.h"

static size_t count_of(const ent_findings *findings, ent_severity severity) {
  if (!findings) return 0;
  return severity == ENT_ERROR ? findings->errors : findings->notes;
}

/* "observations.csv:41: unit: what; remedy": the form in which editors find a place. */
static const char *finding_line(ent_words *words, const ent_finding *finding) {
  const char *place = ent_words_join(words, finding->file, "", ":");
  if (finding->line > 0) {
    place = ent_arena_print(words->arena, "%s%ld:", place, finding->line);
    if (!place) {
      ent_words_fail_memory(words);
      return "";
    }
  }
  if (finding->column && *finding->column)
    place = ent_words_join(words, place, " ", ent_words_join(words, finding->column, "", ":"));
  return ent_words_join(words, ent_words_join(words, place, " ", finding->what), "; ", finding->remedy);
}

void ent_findings_content(ent_content *content, ent_words *words, const ent_findings *findings, ent_severity severity,
                          const char *title) {
  if (count_of(findings, severity) == 0) return;
  ent_content_heading(content, 2, ent_words_get(words, title));
  ent_block *list = ent_content_list(content);
  for (size_t i = 0; i < findings->count; i++)
    if (findings->list[i].severity == severity)
      ent_content_item(content, list,
                       ent_content_text(finding_line(words, &findings->list[i]),
                                        severity == ENT_ERROR ? ENT_STYLE_BAD : ENT_STYLE_PLAIN));
}

static void add_summary(ent_content *content, ent_words *words, const ent_check_answer *check) {
  size_t errors = count_of(check->findings, ENT_ERROR), notes = count_of(check->findings, ENT_NOTE);
  const char *line = ent_words_fill(words, "check.summary", "study", check->study ? check->study : check->folder,
                                    "errors", ent_number_counted(words, "check.error_count", errors), "notes",
                                    ent_number_counted(words, "check.note_count", notes), "rows",
                                    ent_number_counted(words, "check.row_count", check->rows), "tables",
                                    ent_number_counted(words, "check.table_count", check->resources), NULL);
  ent_content_paragraph(content, line, errors > 0 ? ENT_STYLE_BAD : ENT_STYLE_STRONG);
  if (check->findings && check->findings->dropped > 0)
    ent_content_paragraph(content, ent_number_counted(words, "check.dropped", check->findings->dropped),
                          ENT_STYLE_FAINT);
}

void ent_check_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_check_answer *check = &result->check;
  ent_findings_content(content, words, check->findings, ENT_ERROR, "check.errors");
  ent_findings_content(content, words, check->findings, ENT_NOTE, "check.notes");
  add_summary(content, words, check);
  if (check->alpha_count > 0) ent_agreement_content(content, words, check->alphas, check->alpha_count);
}
