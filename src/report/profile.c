/* profile.c - an alliance's fact sheet as content: six fields, in each its groups; a row in a line with what it says,
 * its dates, the statuses of the day and its citations below it. */
#include <math.h>

#include "base/text.h"
#include "report/basis.h"
#include "report/figure.h"
#include "report/number.h"
#include "report/pages.h"
#include "report/quantity.h"

enum { MARK, TEXT, VALUE, COLUMNS };

/* As few digits as show the value, at most one. */
static int decimals_of(double value) { return fabs(value - round(value)) < 0.0005 ? 0 : 1; }

/* ---- what stands below a row ---- */

static const char *dates_of(ent_words *words, const char *start, const char *end) {
  if (start && end && !ent_text_same(start, end))
    return ent_words_fill(words, "matrix.from_to", "from", ent_words_date(words, start), "to",
                          ent_words_date(words, end), NULL);
  if (start && end) return ent_words_date(words, start);
  if (start) return ent_words_fill(words, "matrix.since", "from", ent_words_date(words, start), NULL);
  return end ? ent_words_fill(words, "matrix.until", "to", ent_words_date(words, end), NULL) : "";
}

static const char *stem_of(const ent_profile_item *item) {
  if (ent_text_same(item->table, "institutions")) return "code.institution";
  if (ent_text_same(item->table, "events")) return "code.event";
  if (ent_text_same(item->table, "members")) return "code.member";
  if (ent_text_same(item->table, "provisions")) return "code.provision";
  if (ent_text_same(item->table, "capabilities")) return "code.stage";
  return NULL;
}

static const char *code_of(ent_words *words, const ent_profile_item *item) {
  const char *stem = stem_of(item);
  return stem && item->code ? ent_words_of(words, stem, item->code) : "";
}

static const char *who_of(ent_words *words, const ent_profile_item *item) {
  const char *from = ent_words_label(words, item->from), *to = ent_words_label(words, item->to);
  if (*from && *to) return ent_words_fill(words, "directed.pair", "from", from, "to", to, NULL);
  return *from ? from : to;
}

static const char *coded_of(ent_words *words, const ent_profile_item *item) {
  const char *text = "";
  for (size_t i = 0; i < item->coded_count; i++) {
    const ent_coded_aspect *aspect = &item->coded[i];
    const char *value =
        ent_words_fill(words, "profile.coded", "aspect", ent_words_of(words, "profile.aspect", aspect->aspect), "value",
                       ent_number_plain(words, aspect->value, decimals_of(aspect->value)), "low",
                       ent_number_plain(words, aspect->low, 0), "high", ent_number_plain(words, aspect->high, 0), NULL);
    if (aspect->anchor.en && ent_text_same(item->table, "institutions"))
      value = ent_words_join(words, value, ", ", ent_words_label(words, aspect->anchor));
    text = ent_words_join(words, text, ENT_WORDS_DOT, value);
  }
  return text;
}

static const char *details_of(ent_words *words, const ent_profile_item *item) {
  const char *text = "";
  for (size_t i = 0; i < item->detail_count; i++) {
    const char *detail = ent_words_join(words, ent_words_of(words, "profile.detail", item->details[i].name), ": ",
                                        ent_words_label(words, item->details[i].text));
    text = ent_words_join(words, text, ENT_WORDS_DOT, detail);
  }
  return text;
}

static const char *figure_note(ent_words *words, const ent_data_figure *figure) {
  const char *text = figure->period;
  if (!ent_text_same(figure->status, "reported"))
    text = ent_words_join(words, ent_figure_status(words, figure->status), ENT_WORDS_DOT, text);
  if (figure->whole) text = ent_words_join(words, text, ENT_WORDS_DOT, ent_words_get(words, "profile.part"));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_words_label(words, figure->definition.label));
}

static const char *note_of(ent_words *words, const ent_profile_item *item) {
  const char *text = code_of(words, item);
  if (item->figure) text = figure_note(words, item->figure);
  text = ent_words_join(words, text, ENT_WORDS_DOT, who_of(words, item));
  text = ent_words_join(words, text, ENT_WORDS_DOT, dates_of(words, item->start, item->end));
  text = ent_words_join(words, text, ENT_WORDS_DOT, details_of(words, item));
  text = ent_words_join(words, text, ENT_WORDS_DOT, coded_of(words, item));
  return ent_words_join(words, text, ENT_WORDS_DOT, ent_basis_citations(words, item->citations, item->citation_count));
}

/* ---- rows ---- */

static void add_text(ent_content *content, ent_block *table, const char *text, ent_style style, int indent,
                     const char *value, const char *note) {
  ent_row *row = ent_content_row(content, table);
  ent_content_cell cell = ent_content_text(text, style);
  cell.indent = indent;
  ent_content_set(row, MARK, ent_content_text(indent ? "" : "•", ENT_STYLE_FAINT));
  ent_content_set(row, TEXT, cell);
  ent_content_set(row, VALUE, ent_content_text(value, ENT_STYLE_PLAIN));
  if (row) row->note = note;
}

static bool is_trouble(const char *status) {
  return !ent_text_same(status, "active") && !ent_text_same(status, "extended") && !ent_text_same(status, "planned");
}

static void add_status(ent_content *content, ent_words *words, ent_block *table, const ent_profile_status *status) {
  const char *text = ent_words_of(words, "code.status", status->code), *who = ent_words_label(words, status->stated_by);
  if (status->label.en) text = ent_words_join(words, text, ": ", ent_words_label(words, status->label));
  const char *note = ent_words_join(words, dates_of(words, status->start, status->end), ENT_WORDS_DOT, who);
  note =
      ent_words_join(words, note, ENT_WORDS_DOT, ent_basis_citations(words, status->citations, status->citation_count));
  add_text(content, table, text, is_trouble(status->code) ? ENT_STYLE_BAD : ENT_STYLE_GOOD, 1, "", note);
}

static void add_reading(ent_content *content, ent_words *words, ent_block *table, const ent_profile_item *reading) {
  const char *text = ent_words_fill(words, "profile.reading", "actor", ent_words_label(words, reading->from), "reading",
                                    ent_words_label(words, reading->label), NULL);
  const char *note = reading->start ? ent_words_date(words, reading->start) : "";
  if (reading->code) note = ent_words_join(words, note, ENT_WORDS_DOT, ent_words_of(words, "code.form", reading->code));
  note = ent_words_join(words, note, ENT_WORDS_DOT,
                        ent_basis_citations(words, reading->citations, reading->citation_count));
  add_text(content, table, text, ENT_STYLE_PLAIN, 1, "", note);
}

/* "Treaty, since 1960-01", and what it obliges to below. */
static void add_instrument(ent_content *content, ent_words *words, ent_block *table, const ent_profile_item *item) {
  const char *parts = "";
  for (size_t i = 0; i < item->child_count; i++)
    parts = ent_words_join(words, parts, "; ", ent_words_label(words, item->children[i].label));
  const char *text = ent_words_join(words, ent_words_of(words, "code.instrument", item->code), ", ",
                                    dates_of(words, item->start, item->end));
  parts =
      ent_words_join(words, parts, ENT_WORDS_DOT, ent_basis_citations(words, item->citations, item->citation_count));
  add_text(content, table, text, ENT_STYLE_PLAIN, 0, "", parts);
}

static void add_item(ent_content *content, ent_words *words, ent_block *table, const ent_profile_item *item) {
  const char *label = ent_words_label(words, item->label);
  bool is_over = !item->holds && !ent_text_same(item->table, "events") && !item->figure;
  if (is_over) label = ent_words_fill(words, "profile.over", "label", label, NULL);
  add_text(content, table, label, ENT_STYLE_PLAIN, 0,
           item->figure ? ent_quantity_text(words, &item->figure->quantity) : "", note_of(words, item));
  for (size_t i = 0; i < item->status_count; i++) add_status(content, words, table, &item->statuses[i]);
  for (size_t i = 0; i < item->child_count; i++) add_reading(content, words, table, &item->children[i]);
}

static void add_group(ent_content *content, ent_words *words, const ent_profile_group *group) {
  static const ent_column columns[COLUMNS] = {[TEXT] = {.wide = true}, [VALUE] = {.right = true}};
  ent_content_heading(content, 3, ent_words_of(words, "profile.group", group->id));
  if (!group->count) {
    ent_content_paragraph(content, ent_words_get(words, "profile.none"), ENT_STYLE_FAINT);
    return;
  }
  ent_block *table = ent_content_table(content, columns, COLUMNS);
  for (size_t i = 0; i < group->count; i++)
    if (ent_text_same(group->id, "instruments")) add_instrument(content, words, table, group->items[i]);
    else add_item(content, words, table, group->items[i]);
}

static void add_notice(ent_content *content, ent_words *words, const ent_profile_answer *answer) {
  ent_block *notice = ent_content_notice(content, ent_words_get(words, "profile.notice_title"));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "profile.notice"), ENT_STYLE_PLAIN));
  if (answer->older)
    ent_content_item(content, notice,
                     ent_content_text(ent_number_counted(words, "profile.older", answer->older), ENT_STYLE_PLAIN));
  if (answer->basis.after_study)
    ent_content_item(content, notice,
                     ent_content_text(ent_words_fill(words, "timeline.after_study", "date",
                                                     ent_words_date(words, answer->basis.study_date), NULL),
                                      ENT_STYLE_PLAIN));
  ent_content_item(content, notice, ent_content_text(ent_words_get(words, "profile.go_on"), ENT_STYLE_FAINT));
  ent_basis_line(content, words, &answer->basis, notice);
}

void ent_profile_content(ent_content *content, ent_words *words, const ent_result *result) {
  const ent_profile_answer *answer = &result->profile;
  ent_basis_heading(content, words, &answer->basis);
  ent_content_heading(content, 1, ent_words_label(words, answer->label));
  const char *line = dates_of(words, answer->start, answer->end);
  if (answer->is_reference)
    line = ent_words_join(words, line, ENT_WORDS_DOT, ent_words_get(words, "profile.reference"));
  if (!answer->holds) line = ent_words_join(words, line, ENT_WORDS_DOT, ent_words_get(words, "profile.not_there"));
  line =
      ent_words_join(words, line, ENT_WORDS_DOT, ent_basis_citations(words, answer->citations, answer->citation_count));
  if (*line) ent_content_paragraph(content, line, ENT_STYLE_FAINT);
  for (size_t f = 0; f < ENT_PROFILE_FIELDS; f++) {
    ent_content_heading(content, 2, ent_words_of(words, "profile.field", answer->fields[f].id));
    for (size_t g = 0; g < answer->fields[f].group_count; g++) add_group(content, words, &answer->fields[f].groups[g]);
  }
  add_notice(content, words, answer);
}
