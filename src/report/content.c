/* content.c - see content.h. Builds blocks in the arena; reads no words and lays nothing out. */
#include "report/content.h"

static ent_block *add_block(ent_content *content, ent_block_kind kind, size_t column_count);
static ent_row *new_row(ent_content *content, size_t cells);
static void *take(ent_content *content, size_t count, size_t size);

void ent_content_init(ent_content *content, ent_arena *arena) { *content = (ent_content){.arena = arena}; }

void ent_content_heading(ent_content *content, int level, const char *text) {
  ent_block *block = add_block(content, ENT_BLOCK_HEADING, 0);
  if (block) {
    block->level = level;
    block->text = text;
  }
}

void ent_content_paragraph(ent_content *content, const char *text, ent_style style) {
  ent_block *block = add_block(content, ENT_BLOCK_PARAGRAPH, 0);
  if (block) {
    block->text = text;
    block->style = style;
  }
}

ent_block *ent_content_pairs(ent_content *content) { return add_block(content, ENT_BLOCK_PAIRS, 2); }

ent_block *ent_content_list(ent_content *content) { return add_block(content, ENT_BLOCK_LIST, 1); }

ent_block *ent_content_notice(ent_content *content, const char *title) {
  ent_block *block = add_block(content, ENT_BLOCK_NOTICE, 1);
  if (block) block->text = title;
  return block;
}

ent_block *ent_content_table(ent_content *content, const ent_column *columns, size_t count) {
  ent_block *block = add_block(content, ENT_BLOCK_TABLE, count);
  if (block) block->columns = columns;
  return block;
}

ent_content_node *ent_content_tree(ent_content *content) {
  ent_block *block = add_block(content, ENT_BLOCK_TREE, 0);
  if (block) block->root = take(content, 1, sizeof *block->root);
  return block ? block->root : NULL;
}

ent_row *ent_content_row(ent_content *content, ent_block *block) {
  ent_row *row = block ? new_row(content, block->column_count) : NULL;
  if (!row) return NULL;
  if (block->last_row) block->last_row->next = row;
  else block->first_row = row;
  block->last_row = row;
  return row;
}

void ent_content_set(ent_row *row, size_t column, ent_content_cell cell) {
  if (row) row->cells[column] = cell;
}

void ent_content_pair(ent_content *content, ent_block *block, const char *term, ent_content_cell meaning) {
  ent_row *row = ent_content_row(content, block);
  ent_content_set(row, 0, ent_content_text(term, ENT_STYLE_FAINT));
  ent_content_set(row, 1, meaning);
}

void ent_content_item(ent_content *content, ent_block *block, ent_content_cell item) {
  ent_content_set(ent_content_row(content, block), 0, item);
}

ent_content_node *ent_content_leaf(ent_content *content, ent_content_node *parent) {
  ent_content_node *leaf = parent ? take(content, 1, sizeof *leaf) : NULL;
  if (!leaf) return NULL;
  if (parent->last) parent->last->next = leaf;
  else parent->first = leaf;
  parent->last = leaf;
  return leaf;
}

void ent_content_line(ent_content *content, ent_content_node *leaf, ent_content_cell line) {
  ent_row *row = leaf ? new_row(content, 1) : NULL;
  if (!row) return;
  row->cells[0] = line;
  if (leaf->last_line) leaf->last_line->next = row;
  else leaf->first_line = row;
  leaf->last_line = row;
}

ent_content_cell ent_content_text(const char *text, ent_style style) {
  return (ent_content_cell){.text = text, .style = style};
}

ent_content_cell ent_content_figure(const char *text, const char *key, ent_style style) {
  return (ent_content_cell){.text = text, .key = key, .style = style};
}

ent_content_cell ent_content_bar(const ent_figure *figure, const char *key, ent_style style) {
  return (ent_content_cell){.bar = figure, .key = key, .style = style};
}

static ent_block *add_block(ent_content *content, ent_block_kind kind, size_t column_count) {
  ent_block *block = take(content, 1, sizeof *block);
  if (!block) return NULL;
  block->kind = kind;
  block->column_count = column_count;
  if (content->last) content->last->next = block;
  else content->first = block;
  content->last = block;
  return block;
}

static ent_row *new_row(ent_content *content, size_t cells) {
  ent_row *row = take(content, 1, sizeof *row);
  if (row) row->cells = take(content, cells, sizeof *row->cells);
  return row && row->cells ? row : NULL;
}

static void *take(ent_content *content, size_t count, size_t size) {
  void *memory = content->failed ? NULL : ent_arena_take(content->arena, count, size);
  if (!memory) content->failed = true;
  return memory;
}
