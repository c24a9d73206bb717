/* content.h - the one model of everything that people read: a list of blocks.
 *
 * Builders (assess.c, check.c, ...) fill it with words and figures; writers (terminal.c) lay it out. It knows neither
 * widths nor escape codes nor markup. Everything lives in the arena; texts are borrowed. When memory is short,
 * `failed` is set and further additions do nothing, so that a builder checks once. */
#ifndef ENT_REPORT_CONTENT_H
#define ENT_REPORT_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "study/result.h"

typedef enum ent_style { ENT_STYLE_PLAIN, ENT_STYLE_STRONG, ENT_STYLE_FAINT, ENT_STYLE_GOOD, ENT_STYLE_BAD } ent_style;

typedef struct ent_content_cell {
  const char *text; /* NULL: empty */
  const char *key;  /* of the figure that it shows, as explain takes it; NULL where it shows none */
  ent_style style;
  int indent;            /* levels, in the first column of a table */
  const ent_figure *bar; /* in a column of bars: the interval to be drawn */
} ent_content_cell;

typedef struct ent_column {
  const char *title; /* NULL: none */
  bool right;        /* figures stand to the right */
  bool wide;         /* takes what the others leave, and wraps; one column of a table */
  bool bar;          /* draws intervals on a scale from `from` to `to` */
  double from, to;
  int least; /* columns of text at least, so that tables of one page stand in line */
} ent_column;

typedef struct ent_row {
  ent_content_cell *cells;
  const char *note; /* faint text under the row, or NULL */
  struct ent_row *next;
} ent_row;

typedef struct ent_content_node { /* a node of a tree */
  ent_content_cell text;
  const char *tag;                 /* faint, after the text: the key; or NULL */
  ent_content_cell figure;         /* at the right margin */
  ent_row *first_line, *last_line; /* further text, one cell each */
  struct ent_content_node *first, *last, *next;
} ent_content_node;

typedef enum ent_block_kind {
  ENT_BLOCK_HEADING,   /* level 1 to 3, text */
  ENT_BLOCK_PARAGRAPH, /* text, style */
  ENT_BLOCK_PAIRS,     /* rows of term and meaning */
  ENT_BLOCK_TABLE,     /* columns, rows */
  ENT_BLOCK_TREE,      /* root */
  ENT_BLOCK_LIST,      /* rows of one cell */
  ENT_BLOCK_NOTICE     /* text is its title; rows of one cell are its paragraphs */
} ent_block_kind;

typedef struct ent_block {
  ent_block_kind kind;
  int level;
  const char *text;
  ent_style style;
  const ent_column *columns;
  size_t column_count; /* cells of each row */
  ent_row *first_row, *last_row;
  ent_content_node *root;
  struct ent_block *next;
} ent_block;

typedef struct ent_content {
  ent_arena *arena;
  ent_block *first, *last;
  bool failed;
} ent_content;

void ent_content_init(ent_content *content, ent_arena *arena);

void ent_content_heading(ent_content *content, int level, const char *text);
void ent_content_paragraph(ent_content *content, const char *text, ent_style style);
/* The block, to be filled with rows; NULL when memory is short, which the calls below take. */
ent_block *ent_content_pairs(ent_content *content);
ent_block *ent_content_list(ent_content *content);
ent_block *ent_content_notice(ent_content *content, const char *title);
/* columns are borrowed: a constant, or in the arena. */
ent_block *ent_content_table(ent_content *content, const ent_column *columns, size_t count);
/* The root of a tree. */
ent_content_node *ent_content_tree(ent_content *content);

/* An empty row at the end of a block; NULL when memory is short. */
ent_row *ent_content_row(ent_content *content, ent_block *block);
/* Puts a cell into a row that is not NULL. */
void ent_content_set(ent_row *row, size_t column, ent_content_cell cell);
/* Rows of pairs, and of lists and notices. */
void ent_content_pair(ent_content *content, ent_block *block, const char *term, ent_content_cell meaning);
void ent_content_item(ent_content *content, ent_block *block, ent_content_cell item);
/* A child at the end of a leaf, and a further line of it. */
ent_content_node *ent_content_leaf(ent_content *content, ent_content_node *parent);
void ent_content_line(ent_content *content, ent_content_node *leaf, ent_content_cell line);

ent_content_cell ent_content_text(const char *text, ent_style style);
ent_content_cell ent_content_figure(const char *text, const char *key, ent_style style);
ent_content_cell ent_content_bar(const ent_figure *figure, const char *key, ent_style style);

#endif
