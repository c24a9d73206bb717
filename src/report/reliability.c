/* reliability.c - agreement of coders as content: who coded, an alpha for each scale with its interval and the number
 * of items behind it, then the items on which coders part, each with what the coders gave and why. */
#include <math.h>

#include "report/agreement.h"
#include "report/basis.h"
#include "report/citation.h"
#include "report/number.h"
#include "report/pages.h"

enum { MOST_ITEMS = 10, COLUMNS = 3 };

static void add_coders(ent_content *content, ent_words *words, const ent_reliability_answer *answer) {
  ent_content_heading(content, 2, ent_words_get(words, "reliability.coders"));
  ent_block *pairs = ent_content_pairs(content);
  for (size_t i = 0; i < answer->coder_count; i++) {
    const ent_coder_answer *coder = &answer->coders[i];
    const char *text = ent_words_join(words, ent_words_label(words, coder->label), ENT_WORDS_DOT,
                                      ent_number_counted(words, "reliability.codings", coder->codings));
    ent_content_pair(content, pairs, coder->id, ent_content_text(text, ENT_STYLE_PLAIN));
  }
}

/* "b 1 [0–2]: why" */
static const char *value_line(ent_words *words, const ent_coded_value *value) {
  ent_figure figure = {.median = value->value, .low = value->low, .high = value->high};
  const char *text = isnan(value->value)        ? ent_words_get(words, "reliability.withheld_value")
                     : value->low < value->high ? ent_number_figure(words, figure, 0)
                                                : ent_number_plain(words, value->value, 0);
  text = ent_words_join(words, value->coder, "\u00a0", text);
  return ent_words_join(words, text, ": ", ent_words_label(words, value->rationale));
}

static void add_disagreement(ent_content *content, ent_words *words, ent_content_node *tree,
                             const ent_disagreement *item) {
  ent_content_node *leaf = ent_content_leaf(content, tree);
  if (!leaf) return;
  leaf->text = ent_content_text(ent_words_label(words, item->label), ENT_STYLE_PLAIN);
  leaf->tag = item->key;
  leaf->figure = ent_content_text(ent_number_percent(words, item->apart, 0), ENT_STYLE_STRONG);
  ent_content_line(content, leaf,
                   ent_content_text(ent_words_join(words, item->scale, ENT_WORDS_DOT,
                                                   ent_basis_citations(words, item->citations, item->citation_count)),
                                    ENT_STYLE_FAINT));
  for (size_t i = 0; i < item->value_count; i++)
    ent_content_line(content, leaf, ent_content_text(value_line(words, &item->values[i]), ENT_STYLE_PLAIN));
}

static void add_disagreements(ent_content *content, ent_words *words, const ent_reliability_answer *answer) {
  size_t shown = answer->all || answer->count < MOST_ITEMS ? answer->count : MOST_ITEMS;
  ent_content_heading(content, 2, ent_words_get(words, "reliability.apart"));
  if (answer->count == 0) ent_content_paragraph(content, ent_words_get(words, "reliability.none"), ENT_STYLE_PLAIN);
  if (shown > 0) {
    ent_content_node *tree = ent_content_tree(content);
    if (!tree) return;
    tree->text = ent_content_text(ent_number_counted(words, "reliability.items", answer->count), ENT_STYLE_PLAIN);
    for (size_t i = 0; i < shown; i++) add_disagreement(content, words, tree, &answer->disagreements[i]);
  }
  if (shown < answer->count)
    ent_content_paragraph(content, ent_number_counted(words, "force.more", answer->count - shown), ENT_STYLE_FAINT);
}

void ent_reliability_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_reliability_answer *answer = &result->reliability;
  ent_basis_heading(content, words, &answer->basis);
  add_coders(content, words, answer);
  if (answer->alpha_count > 0) ent_agreement_content(content, words, answer->alphas, answer->alpha_count);
  else ent_content_paragraph(content, ent_words_get(words, "reliability.no_scale"), ENT_STYLE_PLAIN);
  add_disagreements(content, words, answer);

  ent_block *notice = ent_content_notice(content, ent_words_get(words, "reliability.notice"));
  static const char *const lines[] = {"reliability.alpha", "reliability.interval", "reliability.used"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
    ent_content_item(content, notice, ent_content_text(ent_words_get(words, lines[i]), ENT_STYLE_PLAIN));
  if (answer->withheld > 0)
    ent_content_item(
        content, notice,
        ent_content_text(ent_number_counted(words, "reliability.withheld", answer->withheld), ENT_STYLE_PLAIN));
  ent_basis_line(content, words, &answer->basis, notice);
}
