/* basis.c - see basis.h. */
#include "report/basis.h"

#include "report/citation.h"
#include "report/number.h"
#include "report/run.h"

enum { SHORT_HASH = 8 };

void ent_basis_heading(ent_content *content, ent_words *words, const ent_basis_answer *basis) {
  const char *title = ent_words_label(words, basis->study_title), *days = "";
  ent_content_heading(content, 1, *title ? title : basis->study);
  if (basis->as_of) days = ent_words_fill(words, "run.as_of", "date", ent_words_date(words, basis->as_of), NULL);
  if (basis->known_at)
    days = ent_words_join(words, days, ENT_WORDS_DOT,
                          ent_words_fill(words, "run.known_at", "date", ent_words_date(words, basis->known_at), NULL));
  if (*days) ent_content_paragraph(content, days, ENT_STYLE_FAINT);
}

void ent_basis_line(ent_content *content, ent_words *words, const ent_basis_answer *basis, ent_block *notice) {
  const char *line, *hash = ent_arena_print(words->arena, "%.*s", SHORT_HASH, basis->inputs_sha256);
  if (!hash) {
    ent_words_fail_memory(words);
    return;
  }
  if (basis->known_at) {
    line = ent_words_fill(words, "run.left_out", "date", ent_words_date(words, basis->known_at), "later",
                          ent_number_count(words, basis->left_out_later), "undated",
                          ent_number_count(words, basis->left_out_undated), NULL);
    ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_PLAIN));
  }
  if (basis->withheld) {
    line = ent_words_fill(words, "run.withheld", "count", ent_number_count(words, basis->withheld), NULL);
    ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_PLAIN));
  }
  line = ent_words_fill(words, "basis.line", "study", basis->study, "edition",
                        ent_number_plain(words, basis->edition, 0), "inputs", hash, "version", ent_version(), NULL);
  ent_content_item(content, notice, ent_content_text(line, ENT_STYLE_FAINT));
}

const char *ent_basis_where(ent_words *words, const ent_where_answer *where) {
  const char *text = "";
  if (where->alliance) return ent_words_label(words, where->alliance_label);
  for (size_t i = 0; i < where->state_count; i++)
    text = ent_words_join(words, text, ", ", ent_words_label(words, where->state_labels[i]));
  return text;
}

const char *ent_basis_citations(ent_words *words, const ent_citation_answer *citations, size_t count) {
  ent_citation_answer *brief = ent_arena_take(words->arena, count, sizeof *brief);
  if (!brief) {
    ent_words_fail_memory(words);
    return "";
  }
  for (size_t i = 0; i < count; i++) {
    brief[i] = citations[i];
    if (*brief[i].page) brief[i].place = "";
  }
  return ent_citation_list(words, brief, count);
}

/* What known_at left out; null where all is in. */
static bool set_left_out(ent_json *object, const ent_basis_answer *basis) {
  if (!basis->known_at) return ent_json_set_text(object, "left_out", NULL);
  ent_json *left_out = ent_json_object();
  bool ok = ent_json_set_integer(left_out, "published_later", (int64_t)basis->left_out_later) &&
            ent_json_set_integer(left_out, "without_date", (int64_t)basis->left_out_undated);
  return ent_json_set(object, "left_out", left_out) && ok;
}

bool ent_basis_json(ent_json *object, ent_words *words, const char *schema, const ent_basis_answer *basis) {
  return ent_run_json_program(object, schema) && ent_json_set_text(object, "study", basis->study) &&
         ent_json_set_text(object, "title", ent_words_label(words, basis->study_title)) &&
         ent_json_set_integer(object, "edition", basis->edition) &&
         ent_json_set_text(object, "study_date", basis->study_date) &&
         ent_json_set_text(object, "as_of", basis->as_of) && ent_json_set_text(object, "known_at", basis->known_at) &&
         set_left_out(object, basis) && ent_json_set_integer(object, "withheld", (int64_t)basis->withheld) &&
         ent_json_set_text(object, "inputs_sha256", basis->inputs_sha256);
}

bool ent_basis_json_reveal(ent_json *options, const ent_basis_answer *basis) {
  ent_json *reveal = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < basis->revealed_count; i++) ok = ent_json_add_text(reveal, basis->revealed[i]);
  return ent_json_set(options, "reveal", reveal) && ok;
}

static ent_json *named(ent_words *words, const char *id, ent_label label) {
  ent_json *json = ent_json_object();
  bool ok = ent_json_set_text(json, "id", id) && ent_json_set_text(json, "label", ent_words_label(words, label));
  if (ok) return json;
  ent_json_free(json);
  return NULL;
}

bool ent_basis_json_where(ent_json *object, ent_words *words, const ent_where_answer *where) {
  ent_json *states = ent_json_array();
  bool ok = true;
  for (size_t i = 0; ok && i < where->state_count; i++)
    ok = ent_json_add(states, named(words, where->states[i], where->state_labels[i]));
  ok = ent_json_set(object, "states", states) && ok;
  if (!where->alliance) return ok && ent_json_set_text(object, "alliance", NULL);
  return ok && ent_json_set(object, "alliance", named(words, where->alliance, where->alliance_label));
}
