/* markdown.c - see markdown.h. Lays blocks out; chooses no word and no digit. */
#include "report/markdown.h"

#include <string.h>

enum { MOST_DEPTH = 24 }; /* of a list in a list; deeper nodes stand at this depth */

static bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* Whether a character would be a sign of Markdown where it stands: an underscore not inside a word, a bracket only
 * where it may end the text of a link. */
static bool is_sign(char before, const char *at) {
  if (*at == '_') return !is_word(before) || !is_word(at[1]);
  if (*at == ']') return at[1] == '(' || at[1] == ':' || at[1] == '[';
  return strchr("\\`*<>#|~", *at) != NULL;
}

/* Text of one line; a line break in it becomes a blank. */
static void add_text(ent_text *out, const char *text) {
  char before = '\0';
  for (; text && *text; before = *text++) {
    char c = *text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text;
    if (is_sign(before, text)) ent_text_add_bytes(out, "\\", 1);
    ent_text_add_bytes(out, &c, 1);
  }
}

/* At the beginning of a block a number or a dash would begin a list. */
static void add_first(ent_text *out, const char *text) {
  size_t digits = text ? strspn(text, "0123456789") : 0;
  if (digits > 0 && (text[digits] == '.' || text[digits] == ')')) {
    ent_text_add_bytes(out, text, digits);
    ent_text_add_bytes(out, "\\", 1);
    text += digits;
  } else if (text && (*text == '-' || *text == '+')) {
    ent_text_add_bytes(out, "\\", 1);
  }
  add_text(out, text);
}

static void add_styled(ent_text *out, const char *text, ent_style style) {
  bool strong = style == ENT_STYLE_STRONG || style == ENT_STYLE_BAD || style == ENT_STYLE_GOOD;
  if (!text || !*text) return;
  if (strong) ent_text_add(out, "**");
  add_text(out, text);
  if (strong) ent_text_add(out, "**");
}

static bool is_shown(const ent_column *column) { return !column->bar; }

static void write_row(ent_text *out, const ent_block *block, const ent_row *row) {
  ent_text_add(out, "|");
  for (size_t i = 0; i < block->column_count; i++) {
    const ent_content_cell *cell = &row->cells[i];
    bool note_here = block->columns[i].wide && row->note && *row->note;
    if (!is_shown(&block->columns[i])) continue;
    ent_text_add(out, " ");
    for (int level = 0; level < cell->indent; level++) ent_text_add(out, "&emsp;");
    add_styled(out, cell->text, cell->style);
    if (note_here) {
      ent_text_add(out, cell->text && *cell->text ? "<br>" : "");
      add_text(out, row->note);
    }
    ent_text_add(out, " |");
  }
  ent_text_add(out, "\n");
}

/* Text that stands in place of a bar is not lost: it goes to a row of its own. */
static void write_bar_text(ent_text *out, const ent_block *block, const ent_row *row) {
  for (size_t i = 0; i < block->column_count; i++) {
    const char *text = row->cells[i].text;
    if (!block->columns[i].bar || row->cells[i].bar || !text || !*text) continue;
    ent_text_add(out, "|");
    for (size_t k = 0; k < block->column_count; k++) {
      if (!is_shown(&block->columns[k])) continue;
      ent_text_add(out, " ");
      if (block->columns[k].wide) add_text(out, text);
      ent_text_add(out, " |");
    }
    ent_text_add(out, "\n");
  }
}

static void write_table(ent_text *out, const ent_block *block) {
  ent_text_add(out, "|");
  for (size_t i = 0; i < block->column_count; i++) {
    if (!is_shown(&block->columns[i])) continue;
    ent_text_add(out, " ");
    add_text(out, block->columns[i].title);
    ent_text_add(out, " |");
  }
  ent_text_add(out, "\n|");
  for (size_t i = 0; i < block->column_count; i++)
    if (is_shown(&block->columns[i])) ent_text_add(out, block->columns[i].right ? " ---: |" : " --- |");
  ent_text_add(out, "\n");
  for (const ent_row *row = block->first_row; row; row = row->next) {
    write_row(out, block, row);
    write_bar_text(out, block, row);
  }
}

static void write_leaf(ent_text *out, const ent_content_node *leaf, int depth) {
  int level = depth < MOST_DEPTH ? depth : MOST_DEPTH;
  for (int i = 0; i < level; i++) ent_text_add(out, "  ");
  ent_text_add(out, "- ");
  if (leaf->text.style == ENT_STYLE_PLAIN) add_first(out, leaf->text.text);
  else add_styled(out, leaf->text.text, leaf->text.style);
  if (leaf->figure.text && *leaf->figure.text) {
    ent_text_add(out, " · **");
    add_text(out, leaf->figure.text);
    ent_text_add(out, "**");
  }
  if (leaf->tag && *leaf->tag) {
    ent_text_add(out, " · ");
    add_text(out, leaf->tag);
  }
  for (const ent_row *line = leaf->first_line; line; line = line->next) {
    ent_text_add(out, "<br>");
    add_text(out, line->cells[0].text);
  }
  ent_text_add(out, "\n");
  for (const ent_content_node *child = leaf->first; child; child = child->next) write_leaf(out, child, depth + 1);
}

static void write_items(ent_text *out, const ent_block *block) {
  for (const ent_row *row = block->first_row; row; row = row->next) {
    ent_text_add(out, "- ");
    add_first(out, row->cells[0].text);
    ent_text_add(out, "\n");
  }
}

static void write_pairs(ent_text *out, const ent_block *block) {
  for (const ent_row *row = block->first_row; row; row = row->next) {
    ent_text_add(out, "- **");
    add_text(out, row->cells[0].text);
    ent_text_add(out, "**: ");
    add_text(out, row->cells[1].text);
    ent_text_add(out, "\n");
  }
}

static void write_block(ent_text *out, const ent_block *block) {
  switch (block->kind) {
    case ENT_BLOCK_HEADING:
      ent_text_add(out, block->level == 1 ? "# " : block->level == 2 ? "## " : "### ");
      add_text(out, block->text);
      ent_text_add(out, "\n");
      break;
    case ENT_BLOCK_PARAGRAPH:
      if (block->style == ENT_STYLE_PLAIN || block->style == ENT_STYLE_FAINT) add_first(out, block->text);
      else add_styled(out, block->text, block->style);
      ent_text_add(out, "\n");
      break;
    case ENT_BLOCK_PAIRS: write_pairs(out, block); break;
    case ENT_BLOCK_TABLE: write_table(out, block); break;
    case ENT_BLOCK_TREE:
      if (block->root) write_leaf(out, block->root, 0);
      break;
    case ENT_BLOCK_LIST: write_items(out, block); break;
    case ENT_BLOCK_NOTICE:
      ent_text_add(out, "**");
      add_text(out, block->text);
      ent_text_add(out, "**\n\n");
      write_items(out, block);
      break;
  }
}

void ent_markdown_write(const ent_content *content, ent_text *out) {
  for (const ent_block *block = content->first; block; block = block->next) {
    write_block(out, block);
    if (block->next) ent_text_add(out, "\n");
  }
}
