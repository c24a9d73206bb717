/* terminal.h - content as text for a terminal. */
#ifndef ENT_REPORT_TERMINAL_H
#define ENT_REPORT_TERMINAL_H

#include <stdbool.h>

#include "base/text.h"
#include "report/content.h"

/* Adds the page to out, no line wider than width columns (at least 40 are assumed) but those of words that are wider.
 * Escape codes only with colour. Check out->failed. */
void ent_terminal_write(const ent_content *content, int width, bool colour, ent_text *out);

#endif
