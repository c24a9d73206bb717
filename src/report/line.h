/* line.h - text broken into lines by the columns that it takes on a terminal.
 *
 * Text comes from packages: control characters in it never reach a terminal. Blanks of any kind but the no-break space
 * are places to break. A word that is wider than a line is broken where the line ends; but an address ("https://...")
 * must stay whole to be followed. */
#ifndef ENT_REPORT_LINE_H
#define ENT_REPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef struct ent_line {
  const char *text;
  size_t length;
  int width; /* columns */
} ent_line;

/* Takes the next line of at most width columns from *rest and moves *rest behind it. False at the end of the text;
 * a text of blanks has no lines. NULL is an empty text. */
bool ent_line_next(const char **rest, int width, ent_line *line);
/* Columns of the text on one line. */
int ent_line_width(const char *text);
/* Adds the bytes, control characters replaced. */
void ent_line_add(ent_text *out, const char *text, size_t length);

#endif
