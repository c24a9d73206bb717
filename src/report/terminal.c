/* terminal.c - see terminal.h. Lays blocks out in columns of characters; chooses no word and no digit. */
#include "report/terminal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/line.h"

enum {
  LEAST_WIDTH = 40, /* below it nothing would be readable */
  INDENT = 2,       /* of all that is no heading */
  GAP = 2,          /* between columns */
  HANG = 4,         /* of the second line of an item of a list */
  LEVEL = 2,        /* of a cell's indent */
  LEAST_WIDE = 16,  /* of the column that wraps; a bar gives way to it */
  LEAST_BAR = 10,
  MOST_BAR = 26,
  MOST_COLUMNS = 12, /* of a table */
  GUIDE = 3,         /* of a level of a tree */
  MOST_DEPTH = 24    /* deeper nodes stand at this depth */
};

typedef struct ent_page {
  ent_text *out;
  int width;
  bool colour;
} ent_page;

/* Where the columns of a table begin and how wide they are; a column of width 0 is left out. */
typedef struct ent_layout {
  const ent_column *columns;
  size_t count, wide;
  int start[MOST_COLUMNS], width[MOST_COLUMNS];
} ent_layout;

/* What stands to the left of a node: whether each level above it goes on below. */
typedef struct ent_branch {
  bool more[MOST_DEPTH + 1];
  int depth;
} ent_branch;

static void write_rule(ent_page *page, const char *piece);
static void write_block(ent_page *page, const ent_block *block);

void ent_terminal_write(const ent_content *content, int width, bool colour, ent_text *out) {
  ent_page page = {.out = out, .width = width < LEAST_WIDTH ? LEAST_WIDTH : width, .colour = colour};
  const ent_block *before = NULL;
  for (const ent_block *block = content->first; block; before = block, block = block->next) {
    if (before && before->kind != ENT_BLOCK_HEADING) ent_text_add(out, "\n");
    if (before && block->kind == ENT_BLOCK_HEADING && block->level == 2) ent_text_add(out, "\n");
    if (before && block->kind == ENT_BLOCK_NOTICE && before->kind != ENT_BLOCK_NOTICE) write_rule(&page, "─");
    write_block(&page, block);
  }
}

/* Pieces of a line. */

static void add_times(ent_page *page, const char *piece, int count) {
  for (int i = 0; i < count; i++) ent_text_add(page->out, piece);
}

static void begin_style(ent_page *page, ent_style style) {
  static const char *const codes[] = {[ENT_STYLE_PLAIN] = "",
                                      [ENT_STYLE_STRONG] = "\033[1m",
                                      [ENT_STYLE_FAINT] = "\033[2m",
                                      [ENT_STYLE_GOOD] = "\033[32m",
                                      [ENT_STYLE_BAD] = "\033[31m"};
  if (page->colour) ent_text_add(page->out, codes[style]);
}

static void end_style(ent_page *page, ent_style style) {
  if (page->colour && style != ENT_STYLE_PLAIN) ent_text_add(page->out, "\033[0m");
}

static void add_line(ent_page *page, ent_line line, ent_style style) {
  begin_style(page, style);
  ent_line_add(page->out, line.text, line.length);
  end_style(page, style);
}

static void add_styled(ent_page *page, const char *text, ent_style style) {
  add_line(page, (ent_line){.text = text, .length = strlen(text)}, style);
}

/* The cursor stands in column `start`: text up to the right margin and a line end. Further lines begin with blanks up
 * to column `hang`. */
static void add_wrapped(ent_page *page, const char *text, ent_style style, int start, int hang) {
  ent_line line;
  bool any = ent_line_next(&text, page->width - start, &line);
  while (any) {
    add_line(page, line, style);
    any = ent_line_next(&text, page->width - hang, &line);
    if (any) {
      ent_text_add(page->out, "\n");
      add_times(page, " ", hang);
    }
  }
  ent_text_add(page->out, "\n");
}

/* Simple blocks. */

static void write_rule(ent_page *page, const char *piece) {
  begin_style(page, ENT_STYLE_FAINT);
  add_times(page, piece, page->width);
  end_style(page, ENT_STYLE_FAINT);
  ent_text_add(page->out, "\n");
}

static void write_heading(ent_page *page, const ent_block *block) {
  add_wrapped(page, block->text, ENT_STYLE_STRONG, 0, 0);
  if (block->level < 3) write_rule(page, block->level == 1 ? "═" : "─");
}

static void write_pairs(ent_page *page, const ent_block *block) {
  int widest = 0;
  for (const ent_row *row = block->first_row; row; row = row->next) {
    int width = ent_line_width(row->cells[0].text);
    widest = width > widest ? width : widest;
  }
  int hang = INDENT + widest + GAP;
  if (hang > page->width / 2) hang = page->width / 2;
  for (const ent_row *row = block->first_row; row; row = row->next) {
    const char *term = row->cells[0].text ? row->cells[0].text : "";
    int width = INDENT + ent_line_width(term) + GAP;
    add_times(page, " ", INDENT);
    add_styled(page, term, row->cells[0].style);
    if (width > hang) ent_text_add(page->out, "\n");
    add_times(page, " ", width > hang ? hang : hang - width + GAP);
    add_wrapped(page, row->cells[1].text, row->cells[1].style, hang, hang);
  }
}

/* Items begin at the margin: "file:line:" is what editors look for there. */
static void write_list(ent_page *page, const ent_block *block) {
  for (const ent_row *row = block->first_row; row; row = row->next)
    add_wrapped(page, row->cells[0].text, row->cells[0].style, 0, HANG);
}

static void write_notice(ent_page *page, const ent_block *block) {
  add_wrapped(page, block->text, ENT_STYLE_STRONG, 0, 0);
  for (const ent_row *row = block->first_row; row; row = row->next) {
    add_times(page, " ", INDENT);
    add_wrapped(page, row->cells[0].text, row->cells[0].style, INDENT, INDENT);
  }
}

/* Tables. */

static int natural_width(const ent_block *block, size_t column) {
  const ent_column *shape = &block->columns[column];
  int width = ent_line_width(shape->title);
  width = shape->least > width ? shape->least : width;
  for (const ent_row *row = block->first_row; row; row = row->next) {
    int cell = ent_line_width(row->cells[column].text);
    width = cell > width ? cell : width;
  }
  return width;
}

/* What the columns of fixed width leave goes to the wide one and, two parts in five, to the bars; where that is too
 * little for words, the bars are left out. */
static ent_layout lay_out(const ent_page *page, const ent_block *block) {
  ent_layout layout = {.columns = block->columns, .count = block->column_count, .wide = block->column_count};
  size_t bar = block->column_count;
  int rest = page->width - INDENT + GAP;
  for (size_t i = 0; i < layout.count; i++) {
    if (layout.columns[i].wide) layout.wide = i;
    else if (layout.columns[i].bar) bar = i;
    else layout.width[i] = natural_width(block, i);
    rest -= layout.width[i] + GAP;
  }
  if (bar < layout.count) {
    int width = rest * 2 / 5 > MOST_BAR ? MOST_BAR : rest * 2 / 5;
    bool fits = width >= LEAST_BAR && rest - width >= LEAST_WIDE;
    layout.width[bar] = fits ? width : 0;
    rest += fits ? -width : GAP;
  }
  if (layout.wide < layout.count) layout.width[layout.wide] = rest > LEAST_WIDE ? rest : LEAST_WIDE;

  int start = INDENT;
  for (size_t i = 0; i < layout.count; i++) {
    layout.start[i] = start;
    if (layout.width[i] > 0) start += layout.width[i] + GAP;
  }
  return layout;
}

/* Blanks up to `column` from the cursor, which is moved: blanks are written before a cell, never after it. */
static void go_to(ent_page *page, int *cursor, int column) {
  if (column > *cursor) {
    add_times(page, " ", column - *cursor);
    *cursor = column;
  }
}

static int scale_cell(double value, const ent_column *column, int width) {
  double share = (value - column->from) / (column->to - column->from);
  if (!(share > 0)) return 0;
  return share < 1 ? (int)lround(share * (width - 1)) : width - 1;
}

static void add_bar(ent_page *page, const ent_figure *figure, const ent_column *column, int width, ent_style style) {
  bool missing = !isfinite(figure->median) || !isfinite(figure->low) || !isfinite(figure->high);
  int low = missing ? width : scale_cell(figure->low, column, width);
  int high = missing ? width - 1 : scale_cell(figure->high, column, width);
  int median = missing ? width : scale_cell(figure->median, column, width);
  begin_style(page, ENT_STYLE_FAINT);
  add_times(page, "·", low);
  end_style(page, ENT_STYLE_FAINT);
  begin_style(page, style);
  for (int i = low; i <= high; i++) ent_text_add(page->out, i == median ? "●" : "━");
  end_style(page, style);
  begin_style(page, ENT_STYLE_FAINT);
  add_times(page, "·", width - 1 - high);
  end_style(page, ENT_STYLE_FAINT);
}

static void write_titles(ent_page *page, const ent_layout *layout) {
  int cursor = 0;
  for (size_t i = 0; i < layout->count; i++) {
    const ent_column *column = &layout->columns[i];
    int width = layout->width[i];
    char ends[64];
    const char *title = column->title;
    if (column->bar && width > 0) { /* the scale's two ends */
      char last[16];
      snprintf(last, sizeof last, "%.0f", column->to);
      snprintf(ends, sizeof ends, "%-*.0f%s", width - (int)strlen(last), column->from, last);
      title = ends;
    }
    if (!title || ent_line_width(title) > width) /* a title that would run into the next is left out */
      continue;
    go_to(page, &cursor, layout->start[i] + (column->right ? width - ent_line_width(title) : 0));
    add_styled(page, title, ENT_STYLE_FAINT);
    cursor += ent_line_width(title);
  }
  if (cursor > 0) ent_text_add(page->out, "\n");
}

/* Where the text of a cell begins in its line. */
static int text_start(const ent_layout *layout, const ent_row *row, size_t i) {
  int spare = layout->width[i] - ent_line_width(row->cells[i].text);
  return layout->start[i] + (layout->columns[i].right && spare > 0 ? spare : 0);
}

/* Text in place of a bar may run on over empty cells; where it does not fit, it stands below the row. */
static bool fits_in_line(const ent_page *page, const ent_layout *layout, const ent_row *row, size_t i) {
  if (!layout->columns[i].bar || row->cells[i].bar) return true;
  int edge = page->width + GAP;
  for (size_t k = layout->count; k-- > i + 1;)
    if (layout->width[k] > 0 && row->cells[k].text && *row->cells[k].text) edge = text_start(layout, row, k);
  return layout->start[i] + ent_line_width(row->cells[i].text) + GAP <= edge;
}

/* Cells beside the wide column. */
static void write_cell(ent_page *page, const ent_layout *layout, const ent_row *row, size_t i, int *cursor) {
  const ent_content_cell *cell = &row->cells[i];
  const ent_column *column = &layout->columns[i];
  if (column->bar && cell->bar && layout->width[i] > 0) {
    go_to(page, cursor, layout->start[i]);
    add_bar(page, cell->bar, column, layout->width[i], cell->style);
    *cursor += layout->width[i];
  } else if (cell->text && *cell->text && fits_in_line(page, layout, row, i)) {
    go_to(page, cursor, text_start(layout, row, i));
    add_styled(page, cell->text, cell->style);
    *cursor += ent_line_width(cell->text);
  }
}

/* One line of a row: in the wide column what is left of its text, in the others their cells where `first`. False
 * when the wide column has no further line. */
static bool write_row_line(ent_page *page, const ent_layout *layout, const ent_row *row, const char **rest,
                           bool first) {
  bool has_wide = layout->wide < layout->count;
  int indent = has_wide ? row->cells[layout->wide].indent * LEVEL : 0;
  ent_line line = {0};
  bool any = has_wide && ent_line_next(rest, layout->width[layout->wide] - indent, &line);
  if (!any && !first) return false;
  int cursor = 0;
  for (size_t i = 0; i < layout->count; i++)
    if (i != layout->wide && first) {
      write_cell(page, layout, row, i, &cursor);
    } else if (i == layout->wide && any) {
      go_to(page, &cursor, layout->start[i] + indent);
      add_line(page, line, row->cells[i].style);
      cursor += line.width;
    }
  ent_text_add(page->out, "\n");
  return true;
}

static void write_row_note(ent_page *page, const ent_layout *layout, const ent_row *row, const char *note) {
  int start = INDENT;
  if (layout->wide < layout->count) start = layout->start[layout->wide] + row->cells[layout->wide].indent * LEVEL;
  add_times(page, " ", start);
  add_wrapped(page, note, ENT_STYLE_FAINT, start, start);
}

static void write_row(ent_page *page, const ent_layout *layout, const ent_row *row) {
  const char *rest = layout->wide < layout->count ? row->cells[layout->wide].text : NULL;
  for (bool first = true; write_row_line(page, layout, row, &rest, first);) first = false;
  for (size_t i = 0; i < layout->count; i++)
    if (!fits_in_line(page, layout, row, i)) write_row_note(page, layout, row, row->cells[i].text);
  if (row->note && *row->note) write_row_note(page, layout, row, row->note);
}

static void write_table(ent_page *page, const ent_block *block) {
  if (block->column_count > MOST_COLUMNS) return;
  ent_layout layout = lay_out(page, block);
  write_titles(page, &layout);
  for (const ent_row *row = block->first_row; row; row = row->next) write_row(page, &layout, row);
}

/* Trees. */

/* The guides of a node's first line or, not `first`, of its further lines. Returns the columns that they take. */
static int add_guides(ent_page *page, const ent_branch *branch, bool first, bool has_children) {
  add_times(page, " ", INDENT);
  begin_style(page, ENT_STYLE_FAINT);
  for (int i = 1; i <= branch->depth; i++) {
    bool at_node = first && i == branch->depth;
    if (at_node) ent_text_add(page->out, branch->more[i] ? "├─ " : "└─ ");
    else ent_text_add(page->out, branch->more[i] ? "│  " : "   ");
  }
  if (!first) ent_text_add(page->out, has_children ? "│  " : "   ");
  end_style(page, ENT_STYLE_FAINT);
  return INDENT + GUIDE * branch->depth + (first ? 0 : GUIDE);
}

/* Further text of a node, each line behind the guides. */
static void write_leaf_text(ent_page *page, const ent_branch *branch, const char *text, ent_style style,
                            bool has_children) {
  int taken = INDENT + GUIDE * (branch->depth + 1);
  int width = page->width - taken > LEAST_WIDE ? page->width - taken : LEAST_WIDE;
  ent_line line;
  while (ent_line_next(&text, width, &line)) {
    add_guides(page, branch, false, has_children);
    add_line(page, line, style);
    ent_text_add(page->out, "\n");
  }
}

/* The first line: text, tag, and the figure at the right margin. What does not fit goes on below. */
static void write_leaf_head(ent_page *page, const ent_branch *branch, const ent_content_node *leaf) {
  bool has_children = leaf->first != NULL;
  int cursor = add_guides(page, branch, true, has_children);
  int figure = ent_line_width(leaf->figure.text);
  int edge = page->width - (figure > 0 ? figure + GAP : 0);
  const char *rest = leaf->text.text;
  ent_line line = {0};
  if (ent_line_next(&rest, edge - cursor > LEAST_WIDE ? edge - cursor : LEAST_WIDE, &line))
    add_line(page, line, leaf->text.style);
  cursor += line.width;

  int tag = ent_line_width(leaf->tag);
  bool more = rest && rest[strspn(rest, " \t\r\n")] != '\0';
  bool tag_fits = tag > 0 && !more && cursor + GAP + tag <= edge;
  if (tag_fits) {
    go_to(page, &cursor, cursor + GAP);
    add_styled(page, leaf->tag, ENT_STYLE_FAINT);
    cursor += tag;
  }
  if (figure > 0) {
    go_to(page, &cursor, page->width - figure);
    add_styled(page, leaf->figure.text, leaf->figure.style);
  }
  ent_text_add(page->out, "\n");
  write_leaf_text(page, branch, rest, leaf->text.style, has_children);
  if (tag > 0 && !tag_fits) write_leaf_text(page, branch, leaf->tag, ENT_STYLE_FAINT, has_children);
}

static void write_leaf(ent_page *page, ent_branch branch, const ent_content_node *leaf) {
  write_leaf_head(page, &branch, leaf);
  for (const ent_row *line = leaf->first_line; line; line = line->next)
    write_leaf_text(page, &branch, line->cells[0].text, line->cells[0].style, leaf->first != NULL);
  if (branch.depth < MOST_DEPTH) branch.depth++;
  for (const ent_content_node *child = leaf->first; child; child = child->next) {
    branch.more[branch.depth] = child->next != NULL;
    write_leaf(page, branch, child);
  }
}

static void write_tree(ent_page *page, const ent_content_node *root) {
  ent_branch branch = {.depth = 0};
  if (root) write_leaf(page, branch, root);
}

static void write_block(ent_page *page, const ent_block *block) {
  switch (block->kind) {
    case ENT_BLOCK_HEADING: write_heading(page, block); break;
    case ENT_BLOCK_PARAGRAPH:
      add_times(page, " ", INDENT);
      add_wrapped(page, block->text, block->style, INDENT, INDENT);
      break;
    case ENT_BLOCK_PAIRS: write_pairs(page, block); break;
    case ENT_BLOCK_TABLE: write_table(page, block); break;
    case ENT_BLOCK_TREE: write_tree(page, block->root); break;
    case ENT_BLOCK_LIST: write_list(page, block); break;
    case ENT_BLOCK_NOTICE: write_notice(page, block); break;
  }
}
