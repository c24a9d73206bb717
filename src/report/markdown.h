/* markdown.h - content as Markdown. */
#ifndef ENT_REPORT_MARKDOWN_H
#define ENT_REPORT_MARKDOWN_H

#include "base/text.h"
#include "report/content.h"

/* Adds the page to out: GitHub's Markdown, with pipe tables; drawn intervals are left out, since the figures stand
 * beside them. What the texts hold of Markdown's own signs is escaped. Check out->failed. */
void ent_markdown_write(const ent_content *content, ent_text *out);

#endif
