/* Tests of report/reference*: every type of work that occurs, in each style and format, against strings written by
 * hand; and texts that mean harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/latin.h"
#include "evidence/reference.h"
#include "report/reference.h"

typedef void writer(const ent_reference *reference, ent_text *out);

/* What a writer makes of a work in CSL-JSON; to be freed. */
static char *written(const char *csl, writer *write) {
  ent_context *context = NULL;
  ent_json *json = NULL;
  ent_reference reference;
  ent_text out = {0};
  assert_int_equal(ent_context_new(NULL, &context), ENT_OK);
  ent_arena *arena = ent_arena_new(0);
  assert_non_null(arena);
  assert_int_equal(ent_json_read(context, "test", csl, strlen(csl), &json), ENT_OK);
  assert_true(ent_reference_read(json, arena, &reference));
  write(&reference, &out);
  assert_false(out.failed);
  ent_json_free(json);
  ent_arena_free(arena);
  ent_context_free(context);
  return out.data;
}

static void expect(const char *csl, writer *write, const char *wanted) {
  char *got = written(csl, write);
  assert_string_equal(got, wanted);
  free(got);
}

static void styles(const char *csl, const char *swp, const char *apa, const char *chicago) {
  expect(csl, ent_reference_swp, swp);
  expect(csl, ent_reference_apa, apa);
  expect(csl, ent_reference_chicago, chicago);
}

static const char book[] =
    "{\"id\": \"b1\", \"type\": \"book\", \"title\": \"Bridges and Pacts\", \"author\": [{\"family\": \"Quill\", "
    "\"given\": \"Ada B.\"}], \"publisher\": \"River Press\", \"publisher-place\": \"Ithaca, NY\", "
    "\"collection-title\": \"Studies of Rivers\", \"issued\": {\"date-parts\": [[1997]]}, \"DOI\": \"10.1/a_b\"}";

static void a_book(void **state) {
  (void)state;
  styles(
      book, "Ada B. Quill, Bridges and Pacts, Ithaca, NY: River Press, 1997 (Studies of Rivers), doi: 10.1/a_b.",
      "Quill, A. B. (1997). Bridges and Pacts (Studies of Rivers). River Press. https://doi.org/10.1/a_b",
      "Quill, Ada B. 1997. Bridges and Pacts. Studies of Rivers. Ithaca, NY: River Press. https://doi.org/10.1/a_b.");
  expect(book, ent_reference_bibtex,
         "@book{b1,\n  author = {Quill, Ada B.},\n  title = {{Bridges and Pacts}},\n  series = {Studies of Rivers},\n"
         "  publisher = {River Press},\n  address = {Ithaca, NY},\n  year = {1997},\n  doi = {10.1/a_b}\n}\n");
  expect(book, ent_reference_ris,
         "TY  - BOOK\nID  - b1\nAU  - Quill, Ada B.\nTI  - Bridges and Pacts\nT3  - Studies of Rivers\n"
         "PB  - River Press\nCY  - Ithaca, NY\nPY  - 1997\nDA  - 1997///\nDO  - 10.1/a_b\nER  - \n");
}

static void a_report(void **state) {
  static const char csl[] =
      "{\"id\": \"r1\", \"type\": \"report\", \"title\": \"The Pact\", \"author\": [{\"literal\": \"Pact Office\"}], "
      "\"publisher\": \"Pact Office\", \"publisher-place\": \"Landing\", \"number\": \"5/2030\", \"genre\": "
      "\"White Paper\", \"URL\": \"https://example.org/p\", \"issued\": {\"date-parts\": [[2030, 5]]}, \"accessed\": "
      "{\"date-parts\": [[2030, 6, 1]]}}";
  (void)state;
  styles(csl,
         "Pact Office, The Pact, White Paper, Landing, Mai 2030 (5/2030), <https://example.org/p> (eingesehen am "
         "1.6.2030).",
         "Pact Office. (2030, May). The Pact (5/2030) [White Paper]. https://example.org/p",
         "Pact Office. 2030. The Pact. White Paper. 5/2030. Landing. https://example.org/p.");
  expect(csl, ent_reference_bibtex,
         "@techreport{r1,\n  author = {{Pact Office}},\n  title = {{The Pact}},\n  number = {5/2030},\n"
         "  type = {White Paper},\n  institution = {Pact Office},\n  address = {Landing},\n  year = {2030},\n"
         "  month = may,\n  urldate = {2030-06-01},\n  url = {https://example.org/p}\n}\n");
  expect(csl, ent_reference_ris,
         "TY  - RPRT\nID  - r1\nAU  - Pact Office\nTI  - The Pact\nM1  - 5/2030\nM3  - White Paper\n"
         "PB  - Pact Office\nCY  - Landing\nPY  - 2030\nDA  - 2030/05//\nUR  - https://example.org/p\n"
         "Y2  - 2030/06/01/\nER  - \n");
}

static void a_chapter(void **state) {
  static const char csl[] =
      "{\"id\": \"c1\", \"type\": \"chapter\", \"title\": \"Ferries\", \"author\": [{\"family\": \"Weir\", \"given\": "
      "\"Cy\"}], \"editor\": [{\"family\": \"Bank\", \"given\": \"El\"}, {\"family\": \"Ford\", \"given\": \"Di\"}], "
      "\"container-title\": \"All Boats\", \"publisher\": \"River Press\", \"publisher-place\": \"Landing\", "
      "\"collection-title\": \"Papers\", \"collection-number\": \"18\", \"page\": \"25-29\", \"issued\": "
      "{\"date-parts\": [[2018, 9]]}}";
  (void)state;
  styles(csl,
         "Cy Weir, »Ferries«, in: El Bank/Di Ford (Hg.), All Boats, Landing: River Press, September 2018 (Papers 18), "
         "S. 25–29.",
         "Weir, C. (2018). Ferries. In E. Bank & D. Ford (Eds.), All Boats (Papers 18; pp. 25–29). River Press.",
         "Weir, Cy. 2018. “Ferries.” In All Boats, edited by El Bank and Di Ford, 25–29. Papers 18. Landing: River "
         "Press.");
  expect(csl, ent_reference_bibtex,
         "@incollection{c1,\n  author = {Weir, Cy},\n  editor = {Bank, El and Ford, Di},\n  title = {{Ferries}},\n"
         "  booktitle = {All Boats},\n  series = {Papers},\n  number = {18},\n  pages = {25--29},\n"
         "  publisher = {River Press},\n  address = {Landing},\n  year = {2018},\n  month = sep\n}\n");
  expect(csl, ent_reference_ris,
         "TY  - CHAP\nID  - c1\nAU  - Weir, Cy\nA2  - Bank, El\nA2  - Ford, Di\nTI  - Ferries\nT2  - All Boats\n"
         "T3  - Papers\nM1  - 18\nSP  - 25\nEP  - 29\nPB  - River Press\nCY  - Landing\nPY  - 2018\nDA  - 2018/09//\n"
         "ER  - \n");
}

static void an_article_in_a_journal(void **state) {
  static const char csl[] =
      "{\"id\": \"j1\", \"type\": \"article-journal\", \"title\": \"Who Pays?\", \"author\": [{\"family\": \"Ha\", "
      "\"given\": \"Seung-woo\"}, {\"family\": \"Berg\", \"given\": \"Uta\", \"non-dropping-particle\": \"van den\"}], "
      "\"container-title\": \"Rivers\", \"volume\": \"14\", \"issue\": 1, \"page\": \"70-73\", \"issued\": "
      "{\"date-parts\": [[2019]]}}";
  (void)state;
  styles(csl, "Seung-woo Ha/Uta van den Berg, »Who Pays?«, in: Rivers, 14 (2019) 1, S. 70–73.",
         "Ha, S.-w., & van den Berg, U. (2019). Who Pays? Rivers, 14(1), 70–73.",
         "Ha, Seung-woo, and Uta van den Berg. 2019. “Who Pays?” Rivers 14 (1): 70–73.");
  expect(csl, ent_reference_bibtex,
         "@article{j1,\n  author = {Ha, Seung-woo and van den Berg, Uta},\n  title = {{Who Pays?}},\n"
         "  journal = {Rivers},\n  volume = {14},\n  number = {1},\n  pages = {70--73},\n  year = {2019}\n}\n");
  expect(csl, ent_reference_ris,
         "TY  - JOUR\nID  - j1\nAU  - Ha, Seung-woo\nAU  - van den Berg, Uta\nTI  - Who Pays?\nT2  - Rivers\n"
         "VL  - 14\nIS  - 1\nSP  - 70\nEP  - 73\nPY  - 2019\nDA  - 2019///\nER  - \n");
}

/* type, genre or "", place or "" */
static char *web_work(const char *type, const char *more) {
  ent_text text = {0};
  ent_text_print(&text,
                 "{\"id\": \"w1\", \"type\": \"%s\", \"title\": \"News of the Weir\", \"author\": [{\"family\": "
                 "\"Ford\", \"given\": \"Di\", \"suffix\": \"III\"}], \"URL\": \"https://example.org/n\", \"issued\": "
                 "{\"date-parts\": [[2021, 3, 14]]}, \"accessed\": {\"date-parts\": [[2021, 3, 16]]}%s}",
                 type, more);
  assert_false(text.failed);
  return text.data;
}

static void web(const char *type, const char *more, const char *swp, const char *apa, const char *chicago,
                const char *record) {
  char *csl = web_work(type, more), *ris = NULL;
  styles(csl, swp, apa, chicago);
  ris = written(csl, ent_reference_ris);
  assert_memory_equal(ris, record, strlen(record));
  free(ris);
  free(csl);
}

static void works_of_the_web(void **state) {
  (void)state;
  web("article-newspaper", ", \"container-title\": \"The Ferryman\"",
      "Di Ford III, »News of the Weir«, in: The Ferryman (online), 14.3.2021, <https://example.org/n> (eingesehen am "
      "16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir. The Ferryman. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” The Ferryman, March 14, 2021. https://example.org/n.", "TY  - NEWS\n");
  web("article-magazine", ", \"container-title\": \"The Ferryman\"",
      "Di Ford III, »News of the Weir«, in: The Ferryman (online), 14.3.2021, <https://example.org/n> (eingesehen am "
      "16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir. The Ferryman. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” The Ferryman, March 14, 2021. https://example.org/n.", "TY  - MGZN\n");
  web("webpage", ", \"publisher\": \"Pact Office\", \"publisher-place\": \"Landing\"",
      "Di Ford III, »News of the Weir«, Landing: Pact Office, 14.3.2021, <https://example.org/n> (eingesehen am "
      "16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir. Pact Office. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” Landing: Pact Office. March 14, 2021. https://example.org/n.",
      "TY  - ELEC\n");
  web("post-weblog", ", \"container-title\": \"Weir Blog\"",
      "Di Ford III, »News of the Weir«, in: Weir Blog, 14.3.2021, <https://example.org/n> (eingesehen am 16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir. Weir Blog. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” Weir Blog, March 14, 2021. https://example.org/n.", "TY  - BLOG\n");
  web("post", ", \"genre\": \"Tweet\", \"container-title\": \"Twitter\"",
      "Di Ford III, »News of the Weir«, Tweet, in: Twitter, 14.3.2021, <https://example.org/n> (eingesehen am "
      "16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir [Tweet]. Twitter. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” Tweet. Twitter, March 14, 2021. https://example.org/n.",
      "TY  - ELEC\n");
  web("speech", "", "Di Ford III, »News of the Weir«, 14.3.2021, <https://example.org/n> (eingesehen am 16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir [Speech]. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” March 14, 2021. https://example.org/n.", "TY  - GEN\n");
  web("hearing", ", \"publisher-place\": \"Landing\"",
      "Di Ford III, »News of the Weir«, Landing, 14.3.2021, <https://example.org/n> (eingesehen am 16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir [Hearing]. https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” Landing. March 14, 2021. https://example.org/n.", "TY  - HEAR\n");
  web("bill", ", \"number\": \"H. 7\"",
      "Di Ford III, News of the Weir, 14.3.2021 (H. 7), <https://example.org/n> (eingesehen am 16.3.2021).",
      "Ford, D., III. (2021, March 14). News of the Weir (H. 7). https://example.org/n",
      "Ford, Di, III. 2021. “News of the Weir.” H. 7. March 14, 2021. https://example.org/n.", "TY  - BILL\n");
}

static void what_bears_no_date(void **state) {
  static const char dataset[] =
      "{\"id\": \"d1\", \"type\": \"dataset\", \"title\": \"Boats\", \"version\": \"2.1\", \"author\": [{\"literal\": "
      "\"Pact Office\"}], \"URL\": \"https://example.org/d\", \"accessed\": {\"date-parts\": [[2030, 2, 3]]}, "
      "\"custom\": {\"licence\": \"CC BY 4.0\", \"archived\": \"https://archive.org/d\"}}";
  static const char interview[] =
      "{\"id\": \"i1\", \"type\": \"interview\", \"title\": \"Talk at the weir\", \"author\": [{\"family\": \"Ford\", "
      "\"given\": \"Di\"}]}";
  (void)state;
  styles(dataset, "Pact Office, »Boats«, 2.1, <https://example.org/d> (eingesehen am 3.2.2030).",
         "Pact Office. (n.d.). Boats (2.1) [Data set]. Retrieved February 3, 2030, from https://example.org/d",
         "Pact Office. n.d. Boats. 2.1. Accessed February 3, 2030. https://example.org/d.");
  expect(dataset, ent_reference_bibtex,
         "@misc{d1,\n  author = {{Pact Office}},\n  title = {{Boats}},\n  edition = {2.1},\n"
         "  howpublished = {Data set},\n  urldate = {2030-02-03},\n  url = {https://example.org/d},\n"
         "  note = {Licence: CC BY 4.0. Archived: https://archive.org/d}\n}\n");
  expect(dataset, ent_reference_ris,
         "TY  - DATA\nID  - d1\nAU  - Pact Office\nTI  - Boats\nET  - 2.1\nUR  - https://example.org/d\n"
         "Y2  - 2030/02/03/\nN1  - Licence: CC BY 4.0\nN1  - Archived: https://archive.org/d\nER  - \n");
  styles(interview, "Di Ford, »Talk at the weir«.", "Ford, D. (n.d.). Talk at the weir [Interview].",
         "Ford, Di. n.d. “Talk at the weir.”");
  expect(interview, ent_reference_ris, "TY  - PCOMM\nID  - i1\nAU  - Ford, Di\nTI  - Talk at the weir\nER  - \n");
}

static void without_author(void **state) {
  static const char csl[] =
      "{\"id\": \"n\", \"type\": \"article-newspaper\", \"title\": \"High Water\", "
      "\"container-title\": \"The Ferryman\", \"issued\": \"2020-04\"}";
  static const char edited[] =
      "{\"id\": \"e\", \"type\": \"book\", \"title\": \"All Boats\", \"editor\": [{\"family\": "
      "\"Bank\", \"given\": \"El\"}], \"issued\": {\"date-parts\": [[2018], [2020]]}}";
  static const char no_title[] = "{\"id\": \"m\", \"type\": \"webpage\", \"container-title\": \"The Ferryman\"}";
  (void)state;
  styles(csl, "»High Water«, in: The Ferryman, April 2020.", "High Water. (2020, April). The Ferryman.",
         "“High Water.” 2020. The Ferryman, April 2020.");
  styles(edited, "El Bank (Hg.), All Boats, 2018–2020.", "Bank, E. (Ed.). (2018–2020). All Boats.",
         "Bank, El, ed. 2018–2020. All Boats.");
  styles(no_title, "The Ferryman.", "The Ferryman. (n.d.).", "The Ferryman. n.d.");
}

static void many_authors(void **state) {
  static const char csl[] =
      "{\"id\": \"m\", \"type\": \"book\", \"title\": \"B\", \"author\": [{\"family\": \"Aa\"}, "
      "{\"family\": \"Bb\"}, {\"family\": \"Cc\"}, {\"family\": \"Dd\"}]}";
  (void)state;
  styles(csl, "Aa u. a., B.", "Aa, Bb, Cc, & Dd. (n.d.). B.", "Aa, Bb, Cc, and Dd. n.d. B.");
}

/* Braces stay balanced, a line end begins no field, a percent sign no comment. */
static void hostile_texts(void **state) {
  static const char csl[] =
      "{\"id\": \"Evil\", \"type\": \"book\", \"title\": \"}\\n@book{x, {100% $a_b$ \\\\input{/etc} #1 & ~^\", "
      "\"author\": [{\"literal\": \"A and B\"}, {\"family\": \"X and Y, Z\", \"given\": \"others\"}], \"publisher\": "
      "\"P\\nER  - \\nTY  - BOOK\", \"URL\": \"https://example.org/{a}%20b_c\\\\d e\"}";
  (void)state;
  expect(csl, ent_reference_bibtex,
         "@book{Evil-6fc6dfe7,\n  author = {{A and B} and {X and Y, Z}, {others}},\n"
         "  title = {{\\textbraceright{} @book\\textbraceleft{}x, \\textbraceleft{}100\\% \\$a\\_b\\$ "
         "\\textbackslash{}input\\textbraceleft{}/etc\\textbraceright{} \\#1 \\& "
         "\\textasciitilde{}\\textasciicircum{}}},\n  publisher = {P ER - TY - BOOK},\n"
         "  url = {https://example.org/%7Ba%7D%20b_c%5Cd%20e}\n}\n");
  expect(csl, ent_reference_ris,
         "TY  - BOOK\nID  - Evil\nAU  - A and B\nAU  - X and Y, Z, others\n"
         "TI  - } @book{x, {100% $a_b$ \\input{/etc} #1 & ~^\nPB  - P ER - TY - BOOK\n"
         "UR  - https://example.org/{a}%20b_c\\d e\nER  - \n");
}

/* What is of another type than CSL gives it counts as not given. */
static void odd_types(void **state) {
  static const char csl[] =
      "{\"id\": \"o\", \"type\": \"book\", \"title\": \"T\", \"author\": {\"family\": \"X\"}, "
      "\"publisher\": [\"P\"], \"issued\": {\"date-parts\": [[\"2020\", 13, 40]]}, \"custom\": 3}";
  (void)state;
  styles(csl, "T, 2020.", "T. (2020).", "T. 2020.");
}

static void names_in_order(void **state) {
  static const char *const sorted[] = {"Abe",    "abel", "Ägren",   "Berg",  "Ōta",
                                       "Öztürk", "Pak",  "van Dam", "Žižek", "金"};
  (void)state;
  for (size_t i = 0; i + 1 < sizeof sorted / sizeof *sorted; i++) {
    assert_true(ent_latin_compare(sorted[i], sorted[i + 1]) < 0);
    assert_true(ent_latin_compare(sorted[i + 1], sorted[i]) > 0);
  }
  assert_int_equal(ent_latin_compare("Ōta", "Ōta"), 0);
  assert_true(ent_latin_compare("Ota", "Ōta") != 0); /* a total order */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_book),           cmocka_unit_test(a_report),
                                     cmocka_unit_test(a_chapter),        cmocka_unit_test(an_article_in_a_journal),
                                     cmocka_unit_test(works_of_the_web), cmocka_unit_test(what_bears_no_date),
                                     cmocka_unit_test(without_author),   cmocka_unit_test(many_authors),
                                     cmocka_unit_test(hostile_texts),    cmocka_unit_test(odd_types),
                                     cmocka_unit_test(names_in_order)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
