/* Tests of report/line and report/terminal: text is broken by the columns it takes, and blocks stand in line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/line.h"
#include "report/terminal.h"

/* All lines of a text, joined by '|'. */
static void assert_lines(const char *text, int width, const char *wanted) {
  ent_text joined = {0};
  ent_line line;
  for (const char *rest = text; ent_line_next(&rest, width, &line);) {
    if (joined.length > 0) ent_text_add(&joined, "|");
    ent_line_add(&joined, line.text, line.length);
  }
  assert_string_equal(joined.data ? joined.data : "", wanted);
  ent_text_clear(&joined);
}

static void lines_break_at_blanks(void **state) {
  (void)state;
  assert_lines("", 10, "");
  assert_lines(NULL, 10, "");
  assert_lines("  \n ", 10, "");
  assert_lines("one two three", 7, "one two|three");
  assert_lines("one two three", 100, "one two three");
  assert_lines("  one\ntwo\tthree ", 7, "one two|three");
  assert_lines("exactly", 7, "exactly");
}

static void lines_count_columns_not_bytes(void **state) {
  (void)state;
  assert_lines("Übergröße für Füße", 13, "Übergröße für|Füße"); /* 13 columns, 17 bytes */
  assert_lines("日本 韓国", 4, "日本|韓国");                    /* two columns each */
  assert_int_equal(ent_line_width("für日"), 5);
}

static void long_words_are_broken_addresses_not(void **state) {
  (void)state;
  assert_lines("abcdefghij", 4, "abcd|efgh|ij");
  assert_lines("x abcdefghij", 4, "x|abcd|efgh|ij");
  assert_lines("ää日本", 3, "ää|日|本");
  assert_lines("日", 1, "日"); /* one character at least, so that there is an end */
  assert_lines("see https://example.org/long", 8, "see|https://example.org/long");
}

static void no_break_space_holds_together(void **state) {
  (void)state;
  assert_lines("score 62\u00a0[55]", 10, "score|62\u00a0[55]");
}

static void control_characters_stay_out(void **state) {
  (void)state;
  assert_lines("red\033[31m", 80, "red?[31m");
  assert_lines(
      "csi\xc2\x9b"
      "31m",
      80, "csi?31m");
  assert_lines("\x7f", 80, "?");
}

typedef struct page {
  ent_arena *arena;
  ent_content content;
  ent_text text;
} page;

static void page_begin(page *p) {
  *p = (page){.arena = ent_arena_new(0)};
  ent_content_init(&p->content, p->arena);
}

static const char *page_write(page *p, int width, bool colour) {
  ent_text_clear(&p->text);
  ent_terminal_write(&p->content, width, colour, &p->text);
  assert_false(p->text.failed || p->content.failed);
  return p->text.data;
}

static void page_end(page *p) {
  ent_text_clear(&p->text);
  ent_arena_free(p->arena);
}

static void paragraphs_wrap_at_width(void **state) {
  (void)state;
  page p;
  page_begin(&p);
  ent_content_paragraph(&p.content, "Übereinstimmung, Beiträge, Rückhalt für das Bündnis über Jahre", ENT_STYLE_PLAIN);
  assert_string_equal(page_write(&p, 45, false),
                      "  Übereinstimmung, Beiträge, Rückhalt für das\n  Bündnis über Jahre\n");
  assert_string_equal(page_write(&p, 40, false),
                      "  Übereinstimmung, Beiträge, Rückhalt\n  für das Bündnis über Jahre\n");
  page_end(&p);
}

static void headings_and_colour(void **state) {
  (void)state;
  page p;
  page_begin(&p);
  ent_content_heading(&p.content, 3, "Titel");
  ent_content_paragraph(&p.content, "gut", ENT_STYLE_GOOD);
  assert_string_equal(page_write(&p, 40, false), "Titel\n  gut\n");
  assert_string_equal(page_write(&p, 40, true), "\033[1mTitel\033[0m\n  \033[32mgut\033[0m\n");
  page_end(&p);
}

static void tables_stand_in_line(void **state) {
  (void)state;
  static const ent_column columns[] = {{.title = "Name", .wide = true},
                                       {.bar = true, .from = 1, .to = 100},
                                       {.title = "Wert", .right = true, .least = 5}};
  static const ent_figure figure = {50.5, 1, 100};
  page p;
  page_begin(&p);
  ent_block *table = ent_content_table(&p.content, columns, 3);
  ent_row *row = ent_content_row(&p.content, table);
  ent_content_set(row, 0, ent_content_text("Rückhalt in der Bevölkerung", ENT_STYLE_PLAIN));
  ent_content_set(row, 1, ent_content_bar(&figure, NULL, ENT_STYLE_PLAIN));
  ent_content_set(row, 2, ent_content_figure("51", "a/b", ENT_STYLE_PLAIN));
  row->note = "Fn. 1";
  row = ent_content_row(&p.content, table);
  ent_content_set(row, 0, ent_content_text("Rest", ENT_STYLE_PLAIN));
  row->cells[0].indent = 1;
  ent_content_set(row, 1, ent_content_text("keine Angaben", ENT_STYLE_FAINT));
  assert_string_equal(page_write(&p, 45, false),
                      "  Name                   1         100   Wert\n"
                      "  Rückhalt in der        ━━━━━━●━━━━━━     51\n"
                      "  Bevölkerung\n"
                      "  Fn. 1\n"
                      "    Rest                 keine Angaben\n");
  page_end(&p);
}

/* Where a bar has no room, the text in its place moves below its row. */
static void narrow_tables_lose_bars_not_words(void **state) {
  (void)state;
  static const ent_column columns[] = {
      {.wide = true}, {.bar = true, .from = 1, .to = 100}, {.right = true, .least = 14}};
  page p;
  page_begin(&p);
  ent_row *row = ent_content_row(&p.content, ent_content_table(&p.content, columns, 3));
  ent_content_set(row, 0, ent_content_text("Missions", ENT_STYLE_PLAIN));
  ent_content_set(row, 1, ent_content_text("no data: evidence is too old", ENT_STYLE_FAINT));
  ent_content_set(row, 2, ent_content_text("50%", ENT_STYLE_FAINT));
  assert_string_equal(page_write(&p, 40, false),
                      "  Missions                           50%\n"
                      "  no data: evidence is too old\n");
  page_end(&p);
}

static void trees_have_guides(void **state) {
  (void)state;
  page p;
  page_begin(&p);
  ent_content_node *root = ent_content_tree(&p.content), *child;
  root->text = ent_content_text("Bündnis", ENT_STYLE_PLAIN);
  root->tag = "a-b";
  root->figure = ent_content_text("62", ENT_STYLE_PLAIN);
  child = ent_content_leaf(&p.content, root);
  child->text = ent_content_text("erstes", ENT_STYLE_PLAIN);
  ent_content_line(&p.content, child, ent_content_text("mit Text, der über die Zeile hinausgeht", ENT_STYLE_PLAIN));
  ent_content_leaf(&p.content, child)->text = ent_content_text("Enkel", ENT_STYLE_PLAIN);
  ent_content_leaf(&p.content, root)->text = ent_content_text("zweites", ENT_STYLE_PLAIN);
  assert_string_equal(page_write(&p, 40, false),
                      "  Bündnis  a-b                        62\n"
                      "  ├─ erstes\n"
                      "  │  │  mit Text, der über die Zeile\n"
                      "  │  │  hinausgeht\n"
                      "  │  └─ Enkel\n"
                      "  └─ zweites\n");
  page_end(&p);
}

static void findings_begin_at_the_margin(void **state) {
  (void)state;
  page p;
  page_begin(&p);
  ent_content_item(&p.content, ent_content_list(&p.content),
                   ent_content_text("a.csv:3: unit: \"JPY bn\" is unknown; did you mean JPY?", ENT_STYLE_PLAIN));
  assert_string_equal(page_write(&p, 40, false), "a.csv:3: unit: \"JPY bn\" is unknown; did\n    you mean JPY?\n");
  page_end(&p);
}

static void memory_failure_is_remembered(void **state) {
  (void)state;
  ent_arena *arena = ent_arena_new(64);
  ent_content content;
  ent_content_init(&content, arena);
  ent_content_heading(&content, 1, "one");
  ent_block *table = ent_content_pairs(&content);
  ent_content_pair(&content, table, "a", ent_content_text("b", ENT_STYLE_PLAIN));
  assert_null(ent_content_tree(&content));
  assert_true(content.failed);
  ent_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_break_at_blanks),
      cmocka_unit_test(lines_count_columns_not_bytes),
      cmocka_unit_test(long_words_are_broken_addresses_not),
      cmocka_unit_test(no_break_space_holds_together),
      cmocka_unit_test(control_characters_stay_out),
      cmocka_unit_test(paragraphs_wrap_at_width),
      cmocka_unit_test(headings_and_colour),
      cmocka_unit_test(tables_stand_in_line),
      cmocka_unit_test(narrow_tables_lose_bars_not_words),
      cmocka_unit_test(trees_have_guides),
      cmocka_unit_test(findings_begin_at_the_margin),
      cmocka_unit_test(memory_failure_is_remembered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
