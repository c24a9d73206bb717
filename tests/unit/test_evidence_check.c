/* Tests of evidence/check: each rule of the check, on a small package with one thing wrong in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/check.h"
#include "evidence/model.h"
#include "files/file.h"
#include "small_package.h"

static small_package small;
static ent_findings findings;
static ent_package *package;

static int start(void **state) {
  (void)state;
  small_start(&small);
  ent_findings_init(&findings, small.arena);
  package = NULL;
  return 0;
}

static int end(void **state) {
  (void)state;
  ent_package_close(package);
  small_end(&small);
  return 0;
}

static void check(void) {
  ent_package_close(package);
  ent_findings_init(&findings, small.arena);
  assert_int_equal(ent_package_open(small.context, small.arena, small.folder, &findings, &package), ENT_OK);
  assert_int_equal(ent_check_package(small.context, package, &findings), ENT_OK);
  ent_findings_sort(&findings);
}

static void print_findings(void) {
  for (size_t i = 0; i < findings.count; i++) {
    const ent_finding *f = &findings.list[i];
    print_message("%s %s %s:%ld %s id=%s: %s; %s\n", f->severity == ENT_ERROR ? "error" : "note", f->code, f->file,
                  f->line, f->column ? f->column : "-", f->id ? f->id : "-", f->what, f->remedy ? f->remedy : "-");
  }
}

/* The finding with this code, at this place (parts that are NULL or -1 are free). */
static const ent_finding *find(const char *code, const char *file, long line, const char *column) {
  for (size_t i = 0; i < findings.count; i++) {
    const ent_finding *f = &findings.list[i];
    if (strcmp(f->code, code) == 0 && (!file || strcmp(f->file, file) == 0) && (line < 0 || f->line == line) &&
        (!column || (f->column && strcmp(f->column, column) == 0)))
      return f;
  }
  return NULL;
}

static const ent_finding *expect(ent_severity severity, const char *code, const char *file, long line,
                                 const char *column, const char *words) {
  const ent_finding *f = find(code, file, line, column);
  if (!f || f->severity != severity || (words && !strstr(f->what, words) && !(f->remedy && strstr(f->remedy, words)))) {
    print_findings();
    fail_msg("no finding %s at %s:%ld %s with \"%s\"", code, file ? file : "?", line, column ? column : "?",
             words ? words : "");
  }
  return f;
}

/* A table with one row that breaks one rule, and what must be said about it. Line 2 is the row. */
typedef struct rule {
  const char *table, *rows;
  ent_severity severity;
  const char *code, *column, *words;
} rule;

static void expect_rules(const rule *rules, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char file[80];
    snprintf(file, sizeof file, "%s.csv", rules[i].table);
    small_table(&small, rules[i].table, rules[i].rows);
    check();
    const ent_finding *f = find(rules[i].code, file, 2, rules[i].column);
    if (!f || f->severity != rules[i].severity || !f->what ||
        (!strstr(f->what, rules[i].words) && !(f->remedy && strstr(f->remedy, rules[i].words)))) {
      print_findings();
      fail_msg("rule %zu: no finding %s at %s:2 %s with \"%s\"", i, rules[i].code, file, rules[i].column,
               rules[i].words);
    }
    /* The table as it was. */
    for (size_t t = 0; t < sizeof small_tables / sizeof *small_tables; t++)
      if (strcmp(small_tables[t][0], rules[i].table) == 0) small_table(&small, rules[i].table, small_tables[t][1]);
  }
}

static void finds_nothing_in_a_good_package(void **state) {
  (void)state;
  check();
  if (findings.count) print_findings();
  assert_int_equal(findings.count, 0);
}

#define OBS                                                                                               \
  "id,indicator,actor,partner,period,value,low,high,rank,rank_of,comparison,compared_with,unit,currency," \
  "definition,converted_value,converted_unit,converted_currency,status,grade,citations\n"

static void judges_cells(void **state) {
  (void)state;
  static const rule rules[] = {
      {"actors", "id,label_en,label_de,kind\n-x,X,X,state\n", ENT_ERROR, "id-form", "id", "-x"},
      {"actors", "id,label_en,label_de,kind\nAAA,X,,state\n", ENT_ERROR, "required", "label_de", "empty"},
      {"actors", "id,label_en,label_de,kind\nAAA,X,X,stat\n", ENT_ERROR, "unknown-code", "kind",
       "did you mean \"state\""},
      {"actors", "id,label_en,label_de,kind,start\nAAA,X,X,state,2021-02-31\n", ENT_ERROR, "date", "start",
       "2021-02-31"},
      {"actors", "id,label_en,label_de,kind,end\nAAA,X,X,state,yesterday\n", ENT_ERROR, "date", "end", "yesterday"},
      {"actors", "id,label_en,label_de,kind,start,end\nAAA,X,X,state,2021,2020\n", ENT_ERROR, "end-before-start", "end",
       "2020"},
      {"alliances", "id,label_en,label_de,kind,reference\nab,X,X,bilateral,maybe\n", ENT_ERROR, "boolean", "reference",
       "maybe"},
      {"places", "id,label_en,label_de,kind,latitude\np,X,X,base,91\n", ENT_ERROR, "out-of-bounds", "latitude", "90"},
      {"places", "id,label_en,label_de,kind,longitude\np,X,X,base,-180.5\n", ENT_ERROR, "out-of-bounds", "longitude",
       "-180"},
      {"ties", "id,label_en,label_de,a,b,kind,sign,citations\nt,X,X,AAA,BBB,trade,0.5,fn1\n", ENT_ERROR, "integer",
       "sign", "whole"},
      {"observations", OBS "o1,forces,AAA,,2020,NaN,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "number", "value",
       "not a finite decimal number"},
      {"observations", OBS "o1,forces,AAA,,2020,1e999,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "number", "value",
       "not a finite decimal number"},
      {"observations", OBS "o1,forces,AAA,,2020,inf,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "number", "value",
       "not a finite decimal number"},
      {"observations", OBS "o1,forces,AAA,,2020/2019,1,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "date", "period",
       "2020/2019"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,person,,,,,,reported,,fn1\n", ENT_ERROR, "unknown-unit", "unit",
       "did you mean \"persons\""},
      {"observations", OBS "o1,costs,AAA,BBB,2020,1,,,,,,,JPY bn,,,,,,reported,,fn1\n", ENT_ERROR, "unknown-unit",
       "unit", "the code in its own column"},
      {"observations", OBS "o1,costs,AAA,BBB,2020,1,,,,,,,currency,USX,nat,,,,reported,,fn1\n", ENT_ERROR,
       "unknown-currency", "currency", "USX"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,,,,,,reported,G7,fn1\n", ENT_ERROR, "grade", "grade",
       "G7"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,,,,,,reported,,\n", ENT_ERROR,
       "figure-without-citation", "citations", "no citation"},
      {"positions", "id,issue,actor,label_en,label_de\np1,rival_policy,aaa-gov,X,X\n", ENT_ERROR, "without-citation",
       "citations", "no citation"},
      {"codings", "id,item,aspect,coder,value,rationale_en,citations\nc1,positions:p1,stance,x,1,Says so,fn1\n",
       ENT_ERROR, "coding-without-rationale", "rationale_de", "rationale"},
      {"codings", "id,item,aspect,coder,value,rationale_de,citations\nc1,positions:p1,stance,x,1,Sagt es,fn1\n",
       ENT_ERROR, "coding-without-rationale", "rationale_en", "rationale"},
      {"models", "id,label_en,label_de,path\nm,M,M,none.json\n", ENT_ERROR, "missing-file", "path", "none.json"},
      {"scenarios", "id,label_en,label_de,path\ns,S,S,../actors.csv\n", ENT_ERROR, "missing-file", "path", "../actors"},
  };
  expect_rules(rules, sizeof rules / sizeof *rules);
  small_table(&small, "models", "id,label_en,label_de,path\nm,M,M,sources.json\n");
  check();
  assert_null(find("missing-file", "models.csv", -1, NULL));
}

static void judges_columns(void **state) {
  (void)state;
  small_text(&small, "roles.csv", "id,label_en,labl_de,actor,note\nr,R,R,AAA,\n");
  check();
  expect(ENT_ERROR, "unknown-column", "roles.csv", 1, "labl_de", "did you mean \"label_de\"");
  expect(ENT_ERROR, "missing-column", "roles.csv", 1, "label_de", NULL);
  small_text(&small, "roles.csv", "id,label_de,label_en,actor,note\nr,R,R,AAA,\n");
  check();
  expect(ENT_NOTE, "column-order", "roles.csv", 1, NULL, "order");
  assert_int_equal(findings.errors, 0);
}

static void judges_keys(void **state) {
  (void)state;
  static const rule rules[] = {
      {"members", "id,alliance,actor,role\nm1,ac,AAA,ally\n", ENT_ERROR, "unknown-reference", "alliance",
       "did you mean"},
      {"offices", "id,label_en,label_de,state,weight_class\naaa-head,H,H,ABA,head\n", ENT_ERROR, "unknown-reference",
       "state", "did you mean \"AAA\""},
      {"events", "id,label_en,label_de,kind,actors,citations\ne,E,E,visit,AAA CCCCCC,fn1\n", ENT_ERROR,
       "unknown-reference", "actors", "CCCCCC"},
      {"citations", "id,source,anchor,footnote,kind,stance\nfn1,bok,footnote,1,source,supports\n", ENT_ERROR,
       "unknown-reference", "source", "did you mean \"book\""},
      {"statuses", "id,item,status,citations\ns,institutions:cuncil,paused,fn1\n", ENT_ERROR, "unknown-item", "item",
       "did you mean \"council\""},
      {"statuses", "id,item,status,citations\ns,institution:council,paused,fn1\n", ENT_ERROR, "unknown-item", "item",
       "did you mean \"institutions\""},
      {"statuses", "id,item,status,citations\ns,council,paused,fn1\n", ENT_ERROR, "item-form", "item", "table:id"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,,,,,,reported,,fn1 fn9\n", ENT_ERROR,
       "unknown-citation", "citations", "fn9"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,,,,,,reported,,fn1 fn2:defintion\n", ENT_ERROR,
       "citation-role", "citations", "did you mean \"definition\""},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,,,,,,reported,,fn1:rate\n", ENT_ERROR,
       "figure-without-citation", "citations", "source"},
      {"definitions", "id,label_en,label_de,accounting,parent\nnat,N,N,national,nat\n", ENT_ERROR, "circle", "parent",
       "own parent"},
  };
  expect_rules(rules, sizeof rules / sizeof *rules);
  small_table(&small, "roles", "id,label_en,label_de\nr,R,R\nq,Q,Q\nr,S,S\n");
  check();
  expect(ENT_ERROR, "id-twice", "roles.csv", 4, "id", "line 2");
  small_table(&small, "places",
              "id,label_en,label_de,kind,parent\na,A,A,base,b\nb,B,B,base,c\nc,C,C,base,a\nd,D,D,base,a\n");
  check();
  expect(ENT_ERROR, "circle", "places.csv", -1, "parent", "circle");
  size_t circles = 0;
  for (size_t i = 0; i < findings.count; i++) circles += strcmp(findings.list[i].code, "circle") == 0;
  assert_int_equal(circles, 1);
}

#define ERR "id,indicator,actor,period,value,low,high,qualifier,unit,status,citations,standard_error\n"

static void judges_figures(void **state) {
  (void)state;
  static const rule rules[] = {
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,years,,,,,,reported,,fn1\n", ENT_ERROR, "other-unit", "unit",
       "persons"},
      {"observations", OBS "o1,costs,AAA,BBB,2020,1,,,,,,,currency,,nat,,,,reported,,fn1\n", ENT_ERROR,
       "without-currency", "currency", "which one"},
      {"observations", OBS "o1,forces,AAA,,2020,1,,,,,,,persons,USD,,,,,reported,,fn1\n", ENT_ERROR,
       "currency-without-unit", "currency", "USD"},
      {"observations", OBS "o1,costs,AAA,BBB,2020,1,,,,,,,currency,USD,nat,2,currency,,reported,,fn1\n", ENT_ERROR,
       "without-currency", "converted_currency", "which one"},
      {"observations", OBS "o1,costs,AAA,BBB,2020,1,,,,,,,currency,USD,nat,2,,,reported,,fn1\n", ENT_ERROR, "required",
       "converted_unit", "unit"},
      {"observations", OBS "o1,forces,AAA,,2020,,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "figure-without-value",
       "value", "states no figure"},
      {"observations", OBS "o1,forces,AAA,,2020,,,,,,above,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "half-comparison",
       "compared_with", "missing"},
      {"observations", OBS "o1,forces,AAA,,2020,5,6,8,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR,
       "range-excludes-value", "value", "6 to 8"},
      {"observations", OBS "o1,forces,AAA,,2020,5,,4,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR,
       "range-excludes-value", "value", "open to 4"},
      {"observations", OBS "o1,forces,AAA,,2020,,9,8,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "low-above-high",
       "low", "swap"},
      {"observations", OBS "o1,forces,AAA,,2020,,,,4,3,,,persons,,,,,,reported,,fn1\n", ENT_ERROR,
       "range-excludes-value", "rank", "rank 4"},
      {"observations", OBS "o1,forces,AAA,,2020,-1,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "out-of-bounds",
       "value", "forces"},
      {"observations", OBS "o1,forces,,,2020,1,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "subject", "actor",
       "missing"},
      {"observations", OBS "o1,forces,AAA,BBB,2020,1,,,,,,,persons,,,,,,reported,,fn1\n", ENT_ERROR, "subject",
       "partner", "no subject"},
      {"observations", ERR "o1,forces,AAA,2020,5,,,,persons,reported,fn1,-1\n", ENT_ERROR, "out-of-bounds",
       "standard_error", "-1 is below"},
      {"observations", ERR "o1,forces,AAA,2020,,,9,,persons,reported,fn1,1\n", ENT_ERROR, "error-without-value",
       "standard_error", "no value"},
      {"observations", ERR "o1,forces,AAA,2020,5,4,,,persons,reported,fn1,1\n", ENT_ERROR, "error-and-range",
       "standard_error", "low or a high"},
      {"observations", ERR "o1,forces,AAA,2020,5,,,at_least,persons,reported,fn1,1\n", ENT_ERROR, "error-and-range",
       "standard_error", "at_least"},
      {"indicators", "id,label_en,label_de,description_en,description_de,unit,subjects\nforces,F,F,F,F,persons,acter\n",
       ENT_ERROR, "unknown-subject", "subjects", "did you mean \"actor\""},
      {"indicators",
       "id,label_en,label_de,description_en,description_de,unit,subjects,minimum,maximum\n"
       "forces,F,F,F,F,persons,actor,5,1\n",
       ENT_ERROR, "minimum-above-maximum", "minimum", "swap"},
  };
  expect_rules(rules, sizeof rules / sizeof *rules);
}

static void notes_odd_figures(void **state) {
  (void)state;
  small_table(&small, "observations",
              "id,indicator,actor,partner,period,value,high,unit,currency,definition,parent,nesting,status,qualifier,"
              "citations\n"
              "whole,costs,AAA,BBB,2020,100,,currency,USD,nat,,,reported,,fn1\n"
              "a,costs,AAA,BBB,2020,60.5,,currency,USD,nat,whole,stated,reported,,fn1\n"
              "b,costs,AAA,BBB,2020,40,,currency,USD,,whole,stated,reported,,fn2\n"
              "c,costs,AAA,BBB,2020,40,,currency,JPY,nat,whole,stated,reported,,fn2\n"
              "d,costs,AAA,BBB,2020,40,,currency,USD,nat,whole,stated,planned,,fn2\n"
              "x,forces,AAA,,2020,7,,persons,,,,,reported,about,fn1\n"
              "y,forces,AAA,,2020,7,,persons,,,,,reported,more_than,fn1\n"
              "z,forces,AAA,,2020,7,,persons,,,,,reported,about,fn1\n"
              "v,forces,BBB,,2020,7,,persons,,,,,reported,about,fn1\n");
  check();
  assert_int_equal(findings.errors, 0);
  expect(ENT_NOTE, "sum-above-whole", "observations.csv", 2, "value",
         "its 2 parts add up to 100.5, more than the whole, 100");
  expect(ENT_NOTE, "definition-missing", "observations.csv", 0, "definition", "no definition: b");
  expect(ENT_NOTE, "figures-disagree", "observations.csv", 8, NULL, "more_than 7");
  expect(ENT_NOTE, "figure-twice", "observations.csv", 9, NULL, "\"x\"");
  assert_null(find("figures-disagree", NULL, 10, NULL));
  /* Equal to the whole is no more than it, in decimal fractions too. */
  small_table(&small, "observations",
              "id,indicator,actor,partner,period,value,unit,currency,definition,parent,nesting,status,citations\n"
              "whole,costs,AAA,BBB,2020,0.3,currency,USD,nat,,,reported,fn1\n"
              "a,costs,AAA,BBB,2020,0.1,currency,USD,nat,whole,stated,reported,fn1\n"
              "b,costs,AAA,BBB,2020,0.2,currency,USD,nat,whole,stated,reported,fn2\n");
  check();
  assert_null(find("sum-above-whole", NULL, -1, NULL));
}

/* What a text gets inconsistent by itself; and what looks like it and is none. */
static void notes_inconsistencies(void **state) {
  (void)state;
  small_table(&small, "citations",
              "id,source,anchor,footnote,page,kind,stance,printed_target,resolved_target\n"
              "fn1,book,footnote,1,7,source,supports,,\n"
              "fn2,site,footnote,2,8,source,supports,,\n"
              "fn3,site,footnote,3,8,source,supports,,fn2\n"
              "fn4,book,footnote,4,8,source,supports,,fn1\n"
              "fn5,book,footnote,5,8,source,supports,1,fn1\n"
              "fn6,book,footnote,6,8,source,supports,2,fn1\n"
              "fn7,book,footnote,7,8,source,supports,9,fn1\n"
              "fn8,site,footnote,8,8,source,supports,1,fn1\n");
  check();
  expect(ENT_NOTE, "back-reference-elsewhere", "citations.csv", 5, "resolved_target",
         "\"fn3\"; what is meant is \"fn1\"");
  expect(ENT_NOTE, "back-reference-elsewhere", "citations.csv", 7, "printed_target", "footnote 2");
  expect(ENT_NOTE, "back-reference-elsewhere", "citations.csv", 8, "printed_target", "footnote 9");
  expect(ENT_NOTE, "back-reference-source", "citations.csv", 9, "source", "of \"site\", its target of \"book\"");
  for (long line = 2; line <= 6; line++)
    if (line != 5) assert_null(find("back-reference-elsewhere", NULL, line, NULL));
  small_table(&small, "observations",
              "id,indicator,actor,partner,period,value,unit,currency,definition,status,qualifier,comparison,"
              "compared_with,converted_value,converted_unit,converted_currency,citations\n"
              "a,forces,AAA,,2020,7,persons,,nat,reported,about,,,,,,fn1\n"
              "b,forces,AAA,,2020,7,persons,,,reported,more_than,,,,,,fn1\n"
              "c,forces,AAA,,2021,7,persons,,,reported,more_than,,,,,,fn1\n"
              "d,forces,BBB,,2020,9,persons,,nat,reported,,above,a,,,,fn1\n"
              "e,forces,BBB,,2021,9,persons,,nat,reported,,below,a,,,,fn1\n"
              "f,costs,AAA,BBB,2020,100,currency,JPY,nat,reported,,,,1,currency,USD,fn1\n"
              "g,costs,BBB,AAA,2020,200,currency,JPY,nat,reported,,,,2.05,currency,USD,fn1\n"
              "h,costs,AAA,BBB,2021,100,currency,JPY,nat,reported,,,,2,currency,USD,fn1\n"
              "i,costs,BBB,AAA,2021,100,currency,JPY,nat,reported,,,,1,currency,USD,fn1\n");
  check();
  expect(ENT_NOTE, "qualifiers-differ", "observations.csv", 3, "qualifier", "in \"a\" with about, here with more_than");
  assert_null(find("qualifiers-differ", NULL, 4, NULL));
  expect(ENT_NOTE, "comparison-contradicted", "observations.csv", 6, "comparison", "below \"a\"");
  assert_null(find("comparison-contradicted", NULL, 5, NULL));
  expect(ENT_NOTE, "conversions-differ", "observations.csv", 10, "converted_value", "JPY are turned into USD at 0.01");
  assert_null(find("conversions-differ", NULL, 8, NULL)); /* within a twentieth */
  assert_null(find("conversions-differ", NULL, 9, NULL)); /* another year */
}

#define COD "id,item,aspect,coder,value,low,high,rationale_en,rationale_de,citations\n"

static void judges_views(void **state) {
  (void)state;
  static const rule rules[] = {
      {"codings", COD "c1,positions:p1,stance,x,3,,,R,R,fn1\n", ENT_ERROR, "off-scale", "value", "-2 to 2"},
      {"codings", COD "c1,positions:p1,stance,x,0,-3,,R,R,fn1\n", ENT_ERROR, "off-scale", "low", "-2 to 2"},
      {"codings", COD "c1,positions:p1,stance,x,0,,2.5,R,R,fn1\n", ENT_ERROR, "off-scale", "high", "-2 to 2"},
      {"codings", COD "c1,positions:p1,stance,x,0.5,,,R,R,fn1\n", ENT_ERROR, "between-points", "value", "ordinal"},
      {"codings", COD "c1,positions:p1,stance,x,1,2,0,R,R,fn1\n", ENT_ERROR, "low-above-high", "low", "swap"},
      {"codings", COD "c1,positions:p1,stance,x,0,1,2,R,R,fn1\n", ENT_ERROR, "range-excludes-value", "value", "1 to 2"},
      {"codings", COD "c1,positions:p1,severity,x,1,,,R,R,fn1\n", ENT_ERROR, "aspect-of-other-table", "aspect",
       "stance, salience"},
      {"codings", COD "c1,actors:AAA,use,x,1,,,R,R,fn1\n", ENT_ERROR, "aspect-of-other-table", "aspect", "actors"},
      {"codings", COD "c1,institutions:council,integration,x,1,,,R,R,fn1\n", ENT_ERROR, "without-scale", "aspect",
       "integration"},
      {"positions", "id,issue,actor,label_en,label_de,citations\np1,alliance,aaa-gov,X,X,fn1\n", ENT_ERROR,
       "issue-kind", "issue", "object"},
      {"anchors", "id,scale,value,label_en,label_de,description_en,description_de\na,stance,3,X,X,X,X\n", ENT_ERROR,
       "off-scale", "value", "stance"},
      {"scales", "id,label_en,label_de,minimum,maximum,measurement\nstance,S,S,2,-2,ordinal\n", ENT_ERROR,
       "minimum-above-maximum", "minimum", "not below"},
      {"alliances", "id,label_en,label_de,kind\nlone,L,L,bilateral\n", ENT_NOTE, "alliance-without-members", NULL,
       "no members"},
  };
  expect_rules(rules, sizeof rules / sizeof *rules);
  /* A point between two is fine on an interval scale. */
  small_table(&small, "anchors", "id\n");
  small_table(&small, "codings",
              COD
              "c1,institutions:council,use,x,1.5,,,R,R,fn1\nc2,positions:p1,stance,x,1,,,R,R,fn1\n"
              "c3,positions:p1,stance,y,1,,,R,R,fn1\nc4,positions:p1,stance,x,2,,,R,R,fn1\n");
  check();
  assert_null(find("between-points", NULL, -1, NULL));
  assert_null(find("coded-twice", NULL, 4, NULL));
  expect(ENT_ERROR, "coded-twice", "codings.csv", 5, NULL, "\"c2\"");
  expect(ENT_NOTE, "view-without-coding", "threats.csv", 0, NULL, "1 row has no coding: t1");
}

static void notes_two_heads_at_once(void **state) {
  (void)state;
  small_table(&small, "holders",
              "id,office,actor,start,end,share\nh1,aaa-head,aaa-gov,2017-01-20,2021-01-20,\n"
              "h2,aaa-head,BBB,2021-01,2021-03,\nh3,aaa-head,AAA,2020-06,2020-07,\n");
  check();
  assert_null(find("two-heads", NULL, 3, NULL)); /* handed over in that month */
  expect(ENT_NOTE, "two-heads", "holders.csv", 4, "office", "\"h1\"");
  small_table(&small, "holders",
              "id,office,actor,start,end,share\nh2,aaa-head,BBB,2021-01,2021-03,\n"
              "h1,aaa-head,aaa-gov,2017-01-20,2021-01-20,\n");
  check();
  assert_null(find("two-heads", NULL, -1, NULL)); /* nor does the order of rows matter */
  small_table(&small, "holders",
              "id,office,actor,start,end,share\nh1,aaa-head,aaa-gov,2017,..,0.5\nh2,aaa-head,BBB,2018,..,0.5\n");
  check();
  assert_null(find("two-heads", NULL, -1, NULL));
}

/* Rows that share one office and one actor: pairs of them would take minutes of processor time. */
static void takes_many_holders(void **state) {
  enum { ROWS = 100000 };
  static const char model_text[] = "share/models/alliance-resilience.json";
  ent_text text = {0};
  ent_model *model = NULL;
  char *bytes = NULL;
  size_t length = 0;
  (void)state;
  ent_text_add(&text, "id,office,actor,start,end,share\n");
  for (int i = 0; i < ROWS; i++) ent_text_print(&text, "h%d,aaa-head,aaa-gov,2017,..,0.5\n", i);
  small_table(&small, "holders", text.data);
  ent_text_clear(&text);
  check();
  assert_null(find("two-heads", NULL, -1, NULL));
  assert_int_equal(ent_file_read(small.context, small.arena, model_text, NULL, 1 << 20, &bytes, &length), ENT_OK);
  assert_int_equal(ent_model_read(small.context, small.arena, model_text, bytes, length, &model), ENT_OK);
  assert_int_equal(ent_check_model(small.context, package, model, &findings), ENT_OK);
}

static void judges_sources(void **state) {
  (void)state;
  small_text(
      &small, "sources.json",
      "[{\"id\": \"book\", \"type\": \"book\", \"title\": \"T\", \"issued\": {\"date-parts\": [[2021, 2, 31]]}},\n"
      " {\"id\": \"site\", \"title\": \"T\", \"type\": \"webpage\", \"URL\": \"example.org\"},\n"
      " {\"id\": \"site\", \"type\": \"book\"}, 7, {\"title\": \"T\"}, {\"id\": \"a b\"},\n"
      " {\"id\": \"spare\", \"type\": \"book\", \"title\": \"T\"}]");
  check();
  expect(ENT_ERROR, "date", "sources.json", 0, "/0/issued", NULL);
  expect(ENT_ERROR, "url", "sources.json", 0, "/1/URL", "https://");
  expect(ENT_ERROR, "id-twice", "sources.json", 0, "/2/id", "/1");
  expect(ENT_ERROR, "required", "sources.json", 0, "/2/title", NULL);
  expect(ENT_ERROR, "json-type", "sources.json", 0, "/3", NULL);
  expect(ENT_ERROR, "required", "sources.json", 0, "/4/id", NULL);
  expect(ENT_ERROR, "required", "sources.json", 0, "/5/type", NULL);
  expect(ENT_ERROR, "id-form", "sources.json", 0, "/5/id", "a b");
  const ent_finding *f = expect(ENT_NOTE, "source-never-cited", "sources.json", 0, NULL, "spare");
  assert_non_null(strstr(f->what, "of 7 sources"));
  small_text(&small, "sources.json", small_sources);
  small_table(&small, "citations",
              "id,source,anchor,footnote,page,kind,stance\nfn1,book,footnote,,,source,supports\n"
              "fn2,site,place,,,source,supports\nfn3,site,outside,,,source,supports\n");
  check();
  expect(ENT_ERROR, "required", "citations.csv", 2, "footnote", NULL);
  expect(ENT_ERROR, "required", "citations.csv", 3, "page", NULL);
  expect(ENT_NOTE, "citation-never-used", "citations.csv", 0, NULL, "1 of 3 citations are used by no row: fn3");
}

static void finds_everything_in_one_run(void **state) {
  (void)state;
  small_table(&small, "members", "id,alliance,actor,role\nm1,ab,AAB,guarantor\nm2,ab,BBB,alley\n");
  small_table(&small, "threats",
              "id,issue,actor,source,start,label_en,label_de,citations\nt1,rival_threat,AAA,BBB,2020-13,,X,fn7\n");
  small_text(&small, "roles.csv", "id,label_en,label_de,actor,note\nr,\"R,R,AAA,\n");
  small_remove(&small, "terms.csv");
  check();
  expect(ENT_ERROR, "unknown-reference", "members.csv", 2, "actor", NULL);
  expect(ENT_ERROR, "unknown-code", "members.csv", 3, "role", "did you mean \"ally\"");
  expect(ENT_ERROR, "date", "threats.csv", 2, "start", "2020-13");
  expect(ENT_ERROR, "required", "threats.csv", 2, "label_en", NULL);
  expect(ENT_ERROR, "unknown-citation", "threats.csv", 2, "citations", "fn7");
  expect(ENT_ERROR, "missing-file", "terms.csv", 0, NULL, NULL);
  assert_true(findings.errors >= 7);
  assert_int_equal(findings.list[0].severity, ENT_ERROR);
}

static void notes_what_feeds_two_indicators(void **state) {
  (void)state;
  small_table(&small, "offices",
              "id,label_en,label_de,state,weight_class\naaa-head,H,H,AAA,head\naaa-opp,O,O,AAA,opposition\n");
  ent_model_indicator indicators[5] = {
      {.id = "head", .source = {.kind = ENT_FROM_SUPPORT, .role = "alliance", .class_count = 1}},
      {.id = "opposition", .source = {.kind = ENT_FROM_SUPPORT, .role = "alliance", .class_count = 1}},
      {.id = "forces", .source = {.kind = ENT_FROM_OBSERVATION, .indicator = "forces", .per = "people"}},
      {.id = "share",
       .giver = "guarantor",
       .source = {.kind = ENT_FROM_OBSERVATION, .indicator = "costs", .per = "forces"}},
      {.id = "other", .giver = "ally", .source = {.kind = ENT_FROM_OBSERVATION, .indicator = "forces"}}};
  const char *head[] = {"head"}, *opposition[] = {"opposition"};
  indicators[0].source.classes = head;
  indicators[1].source.classes = opposition;
  ent_model_dimension dimension = {.indicator_count = 5, .indicators = indicators};
  ent_model_criterion criterion = {.dimension_count = 1, .dimensions = &dimension};
  const ent_model model = {.criterion_count = 1, .criteria = &criterion};
  small_table(&small, "holders",
              "id,office,actor,start,end\nh1,aaa-head,aaa-gov,2020,2020\nh2,aaa-opp,aaa-gov,2021,..\n");
  check();
  assert_int_equal(ent_check_model(small.context, package, &model, &findings), ENT_OK);
  const ent_finding *f = expect(ENT_NOTE, "feeds-two-indicators", "datapackage.json", 0, NULL, "forces and share");
  assert_non_null(strstr(f->what, "1 row feeds two indicators"));
  assert_non_null(strstr(f->what, "observations:o1"));
  expect(ENT_NOTE, "indicator-not-defined", "datapackage.json", 0, "/entente/model",
         "asks for the indicator \"people\"");
  assert_int_equal(findings.notes, 2); /* one office after the other is no double count; o1 is no ally's */
  small_table(&small, "holders",
              "id,office,actor,start,end\nh1,aaa-head,aaa-gov,2021,..\nh2,aaa-opp,aaa-gov,2020,2020\n");
  check();
  assert_int_equal(ent_check_model(small.context, package, &model, &findings), ENT_OK);
  assert_int_equal(findings.notes, 2);
  small_table(&small, "holders",
              "id,office,actor,start,end\nh1,aaa-head,aaa-gov,2020,2021\nh2,aaa-opp,aaa-gov,2021,..\n");
  check();
  assert_int_equal(ent_check_model(small.context, package, &model, &findings), ENT_OK);
  expect(ENT_NOTE, "feeds-two-indicators", NULL, -1, NULL, "head and opposition: support:s1");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
  const struct CMUnitTest tests[] = {
      TEST(finds_nothing_in_a_good_package),
      TEST(judges_cells),
      TEST(judges_columns),
      TEST(judges_keys),
      TEST(judges_figures),
      TEST(notes_odd_figures),
      TEST(notes_inconsistencies),
      TEST(judges_views),
      TEST(notes_two_heads_at_once),
      TEST(takes_many_holders),
      TEST(judges_sources),
      TEST(finds_everything_in_one_run),
      TEST(notes_what_feeds_two_indicators),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
