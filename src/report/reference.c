/* reference.c - see reference.h: what the styles share. */
#include "report/reference.h"

#include <string.h>

bool ent_reference_is(const ent_reference *reference, const char *type) { return strcmp(reference->type, type) == 0; }

bool ent_reference_is_article(const ent_reference *reference) { return strncmp(reference->type, "article", 7) == 0; }

void ent_reference_name(const ent_name *name, ent_text *out) {
  if (!name->family) {
    ent_text_add(out, name->literal);
    return;
  }
  if (name->given) ent_text_print(out, "%s ", name->given);
  if (name->particle) ent_text_print(out, "%s ", name->particle);
  ent_text_add(out, name->family);
  if (name->suffix) ent_text_print(out, " %s", name->suffix);
}

void ent_reference_name_turned(const ent_name *name, ent_text *out) {
  if (!name->family) {
    ent_text_add(out, name->literal);
    return;
  }
  if (name->particle) ent_text_print(out, "%s ", name->particle);
  ent_text_add(out, name->family);
  if (name->given) ent_text_print(out, ", %s", name->given);
  if (name->suffix) ent_text_print(out, ", %s", name->suffix);
}

void ent_reference_year(ent_reference_date date, ent_text *out) {
  ent_text_print(out, "%d", date.year);
  if (date.last_year) ent_text_print(out, "–%d", date.last_year);
}

const char *ent_reference_month(int month) {
  static const char *const names[] = {"",     "January", "February",  "March",   "April",    "May",     "June",
                                      "July", "August",  "September", "October", "November", "December"};
  return names[month];
}

void ent_reference_pages(const char *pages, ent_text *out) {
  for (; *pages; pages++) {
    if (*pages == '-') ent_text_add(out, "–");
    else ent_text_add_bytes(out, pages, 1);
  }
}

void ent_reference_stop(ent_text *out, size_t start) {
  if (out->failed || out->length <= start) return;
  ent_text_add(out, strchr(".?!", out->data[out->length - 1]) ? " " : ". ");
}

const char *ent_reference_link(const ent_reference *reference, bool *doi) {
  *doi = reference->doi != NULL;
  return reference->doi ? reference->doi : reference->url;
}
