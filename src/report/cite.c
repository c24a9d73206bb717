/* cite.c - works as content: each in the style that was asked for, with who may see it, its terms and how many rows
 * cite it; and the reference lists that are no page (BibTeX, RIS, CSL-JSON, text). */
#include "report/cite.h"

#include <string.h>

#include "report/basis.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/reference.h"

const char *ent_cite_entry(ent_words *words, ent_cite_style style, const ent_reference *reference) {
  static void (*const styles[])(const ent_reference *reference, ent_text *out) = {
      [ENT_CITE_SWP] = ent_reference_swp,
      [ENT_CITE_APA] = ent_reference_apa,
      [ENT_CITE_CHICAGO] = ent_reference_chicago};
  ent_text text = {0};
  styles[style](reference, &text);
  const char *entry = text.failed ? NULL : ent_arena_copy(words->arena, text.data ? text.data : "", text.length);
  ent_text_clear(&text);
  if (!entry) ent_words_fail_memory(words);
  return entry ? entry : "";
}

/* "s10 · public · licence: CC BY 4.0 · 12 rows cite it" */
static const char *terms_of(ent_words *words, const ent_cited_work *work) {
  const ent_reference *reference = &work->reference;
  static const char *const handling[] = {"public", "interview", "confidential"};
  static const char *const access[] = {"cite.public", "cite.interview", "cite.confidential"};
  const char *text = reference->id;
  for (size_t i = 0; i < sizeof handling / sizeof *handling; i++)
    if (strcmp(work->handling, handling[i]) == 0)
      text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, access[i]));
  text = ent_words_join(words, text, ENT_WORDS_DOT,
                        reference->licence ? ent_words_fill(words, "cite.licence", "licence", reference->licence, NULL)
                                           : ent_words_get(words, "cite.no_licence"));
  if (reference->permission)
    text = ent_words_join(words, text, ENT_WORDS_DOT,
                          ent_words_fill(words, "cite.permission", "permission", reference->permission, NULL));
  if (reference->archived)
    text = ent_words_join(words, text, ENT_WORDS_DOT,
                          ent_words_fill(words, "cite.archived", "address", reference->archived, NULL));
  if (strcmp(work->role, "package") == 0) return text;
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_number_counted(words, "cite.rows", work->rows));
}

static void add_work(ent_content *content, ent_words *words, const ent_cite_answer *answer,
                     const ent_cited_work *work) {
  ent_content_paragraph(content, ent_cite_entry(words, answer->style, &work->reference), ENT_STYLE_PLAIN);
  ent_content_paragraph(content, terms_of(words, work), ENT_STYLE_FAINT);
}

void ent_cite_content(ent_content *content, ent_words *words, const ent_result *result) {
  static const char *const styles[] = {
      [ENT_CITE_SWP] = "cite.swp", [ENT_CITE_APA] = "cite.apa", [ENT_CITE_CHICAGO] = "cite.chicago"};
  static const char *const roles[] = {"package", "study", "source"};
  static const char *const titles[] = {"cite.package", "cite.study", "cite.sources"};
  const ent_cite_answer *answer = &result->cite;
  ent_basis_heading(content, words, &answer->basis);
  if (answer->count == 0) ent_content_paragraph(content, ent_words_get(words, "cite.none"), ENT_STYLE_PLAIN);
  for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
    bool begun = false;
    for (size_t i = 0; i < answer->count; i++) {
      if (strcmp(answer->works[i].role, roles[r]) != 0) continue;
      if (!begun) ent_content_heading(content, 2, ent_words_get(words, titles[r]));
      begun = true;
      add_work(content, words, answer, &answer->works[i]);
    }
  }
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "cite.notice"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, styles[answer->style]), ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "cite.terms"), ENT_STYLE_PLAIN));
  if (answer->withheld > 0)
    ent_content_item(content, notice,
                     ent_content_text(ent_number_counted(words, "cite.withheld", answer->withheld), ENT_STYLE_PLAIN));
  ent_basis_line(content, words, &answer->basis, notice);
}

/* ---- lists for reference managers ---- */

static void write_csl(const ent_cite_answer *answer, ent_text *out) {
  ent_text_add(out, "[");
  for (size_t i = 0; i < answer->count; i++)
    ent_text_print(out, "%s\n%.*s", i ? "," : "", (int)strcspn(answer->works[i].csl, "\n"), answer->works[i].csl);
  ent_text_add(out, answer->count ? "\n]\n" : "]\n");
}

void ent_cite_list(ent_words *words, const ent_cite_answer *answer, ent_output output, ent_text *out) {
  if (output == ENT_CSL) {
    write_csl(answer, out);
    return;
  }
  for (size_t i = 0; i < answer->count; i++) {
    const ent_reference *reference = &answer->works[i].reference;
    if (i && output != ENT_RIS) ent_text_add(out, "\n");
    if (output == ENT_BIBTEX) ent_reference_bibtex(reference, out);
    else if (output == ENT_RIS) ent_reference_ris(reference, out);
    else ent_text_print(out, "%s\n", ent_cite_entry(words, answer->style, reference));
  }
}
