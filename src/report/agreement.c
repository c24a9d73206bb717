/* agreement.c - see agreement.h. */
#include "report/agreement.h"

#include "report/number.h"
#include "report/parts_json.h"

enum { COLUMNS = 5, FEW = 20 };

void ent_agreement_content(ent_content *content, ent_words *words, const ent_alpha_answer *alphas, size_t count) {
  ent_content_heading(content, 2, ent_words_get(words, "check.agreement"));
  ent_column *columns = ent_arena_take(content->arena, COLUMNS, sizeof *columns);
  if (!columns) {
    content->failed = true;
    return;
  }
  columns[0] = (ent_column){.title = ent_words_get(words, "column.scale"), .wide = true};
  columns[1] = (ent_column){.title = ent_words_get(words, "column.alpha"), .right = true};
  columns[2] = (ent_column){.title = ent_words_get(words, "column.range"), .right = true, .least = 11};
  columns[3] = (ent_column){.title = ent_words_get(words, "column.items"), .right = true};
  columns[4] = (ent_column){.title = ent_words_get(words, "column.equal"), .right = true};
  ent_block *table = ent_content_table(content, columns, COLUMNS);
  for (size_t i = 0; i < count; i++) {
    const ent_alpha_answer *alpha = &alphas[i];
    ent_figure figure = {.median = alpha->alpha, .low = alpha->low, .high = alpha->high};
    ent_row *row = ent_content_row(content, table);
    if (!row) return;
    row->cells[0] = ent_content_text(ent_words_label(words, alpha->label), ENT_STYLE_PLAIN);
    row->cells[1] = ent_content_text(ent_number_plain(words, alpha->alpha, 2), ENT_STYLE_STRONG);
    row->cells[2] = ent_content_text(ent_number_range(words, figure, 2, false), ENT_STYLE_PLAIN);
    row->cells[3] = ent_content_text(ent_number_count(words, alpha->items), ENT_STYLE_PLAIN);
    row->cells[4] = ent_content_text(ent_number_count(words, alpha->equal), ENT_STYLE_PLAIN);
    const char *note = ent_number_missing(figure) ? ent_words_get(words, "check.no_alpha") : "";
    if (alpha->items < FEW) note = ent_words_join(words, note, ENT_WORDS_DOT, ent_words_get(words, "agreement.few"));
    if (alpha->alone > 0)
      note = ent_words_join(words, note, ENT_WORDS_DOT, ent_number_counted(words, "agreement.alone", alpha->alone));
    row->note = *note ? note : NULL;
  }
}

static ent_json *alpha_json(const ent_alpha_answer *alpha) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "scale", alpha->scale) &&
            ent_json_set_text(json, "measurement", alpha->is_interval ? "interval" : "ordinal") &&
            ent_json_set_number(json, "alpha", alpha->alpha) && ent_json_set_number(json, "low", alpha->low) &&
            ent_json_set_number(json, "high", alpha->high) &&
            ent_json_set_integer(json, "items", (int64_t)alpha->items) &&
            ent_json_set_integer(json, "equal", (int64_t)alpha->equal) &&
            ent_json_set_integer(json, "alone", (int64_t)alpha->alone);
  return ent_parts_json_keep(json, ok);
}

bool ent_agreement_json(ent_json *object, const ent_alpha_answer *alphas, size_t count) {
  ent_json *list = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) ok = ent_json_add(list, alpha_json(&alphas[i]));
  return ent_json_set(object, "agreement", list) && ok;
}
