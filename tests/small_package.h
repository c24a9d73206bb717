/* small_package.h - a tiny evidence package in a temporary folder, for tests.
 *
 * small_start writes a whole and good package; a test then replaces tables or files. Rows are given with the columns
 * that matter; small_table writes the others empty. Cells of these rows hold no commas and no quotes. */
#ifndef ENT_TESTS_SMALL_PACKAGE_H
#define ENT_TESTS_SMALL_PACKAGE_H

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence/format.h"

typedef struct small_package {
  char folder[256];
  ent_context *context;
  ent_arena *arena;
  const ent_format *format;
} small_package;

static const char *const small_tables[][2] = {
    {"actors",
     "id,label_en,label_de,kind,state,system\n"
     "AAA,Aland,Aland,state,,presidential\n"
     "BBB,Beland,Beland,state,,parliamentary\n"
     "aaa-gov,Government of A,Regierung von A,administration,AAA,\n"},
    {"offices", "id,label_en,label_de,state,weight_class\naaa-head,Head,Spitze,AAA,head\n"},
    {"holders", "id,office,actor,start,end,share\nh1,aaa-head,aaa-gov,2020-01-20,..,\n"},
    {"roles", "id,label_en,label_de,actor\nrival,Rival,Rivale,BBB\n"},
    {"alliances", "id,label_en,label_de,kind,reference,start\nab,Pact,Pakt,bilateral,false,1960\n"},
    {"members", "id,alliance,actor,role\nm1,ab,AAA,guarantor\nm2,ab,BBB,ally\n"},
    {"institutions",
     "id,label_en,label_de,function,kind,alliance,start,citations\n"
     "council,Council,Rat,consultation,body,ab,1961,fn1\n"},
    {"indicators",
     "id,label_en,label_de,description_en,description_de,unit,subjects,minimum,maximum\n"
     "forces,Forces,Kräfte,Soldiers,Soldaten,persons,actor,0,\n"
     "costs,Costs,Kosten,Money,Geld,currency,actor partner,,\n"},
    {"definitions", "id,label_en,label_de,accounting\nnat,National,National,national\n"},
    {"observations",
     "id,indicator,actor,partner,period,value,low,high,unit,currency,definition,parent,nesting,status,qualifier,"
     "data_year,citations\n"
     "o1,forces,AAA,,2020,55300,55000.5,,persons,,,,,reported,about,2018,fn1 fn2:definition\n"
     "o2,costs,AAA,BBB,2019,1e9,,,currency,USD,nat,,,reported,,,fn2\n"},
    {"scales",
     "id,label_en,label_de,minimum,maximum,measurement\n"
     "stance,Stance,Haltung,-2,2,ordinal\nsalience,Salience,Bedeutung,0,4,ordinal\n"
     "support,Support,Zustimmung,-2,2,ordinal\nlevel,Level,Ebene,0,4,ordinal\nuse,Use,Nutzung,0,4,interval\n"
     "severity,Severity,Schwere,0,4,ordinal\n"},
    {"issues",
     "id,label_en,label_de,kind,role,scale\nrival_policy,Approach,Umgang,position,rival_policy,stance\n"
     "rival_threat,Threat,Bedrohung,threat,rival_threat,severity\n"
     "alliance,The pact,Der Pakt,object,alliance,support\n"},
    {"positions",
     "id,issue,actor,start,end,label_en,label_de,citations\n"
     "p1,rival_policy,aaa-gov,2020,2021-03,Tough,Hart,fn1\n"},
    {"threats",
     "id,issue,actor,source,start,label_en,label_de,citations\n"
     "t1,rival_threat,AAA,BBB,2020,Grave,Schwer,fn2\n"},
    {"support", "id,issue,actor,alliance,label_en,label_de,citations\ns1,alliance,aaa-gov,ab,Backs,Trägt mit,fn1\n"},
    {"coders", "id,label_en,label_de,description_en,description_de\nx,X,X,First,Erste\ny,Y,Y,Second,Zweite\n"},
    {"codings",
     "id,item,aspect,coder,value,low,high,rationale_en,rationale_de,citations\n"
     "c1,positions:p1,stance,x,1,0,2,Says so,Sagt es,fn1\n"
     "c2,threats:t1,severity,x,3,,,Says so,Sagt es,fn2\n"
     "c3,support:s1,support,y,2,1,2,Says so,Sagt es,fn1\n"
     "c4,institutions:council,level,y,3,,,Says so,Sagt es,fn1\n"},
    {"citations",
     "id,source,anchor,footnote,page,kind,stance,accessed\n"
     "fn1,book,footnote,1,7,source,supports,\nfn2,site,footnote,2,8,source,supports,2021-04-03\n"},
};

static const char small_sources[] =
    "[{\"id\": \"book\", \"type\": \"book\", \"title\": \"On Pacts\", \"issued\": {\"date-parts\": [[2019, 2]]},\n"
    "  \"author\": [{\"family\": \"Doe\", \"given\": \"Ann\"}, {\"literal\": \"The Board\"}], \"DOI\": \"10.1/x\"},\n"
    " {\"id\": \"site\", \"type\": \"webpage\", \"title\": \"Home\", \"URL\": \"https://example.org/a\"}]\n";

/* Writes a file of the package as it is. */
static inline void small_file(const small_package *small, const char *name, const void *bytes, size_t length) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", small->folder, name);
  FILE *file = fopen(path, "wb");
  assert(file);
  size_t written = fwrite(bytes, 1, length, file);
  assert(written == length);
  (void)written;
  int closed = fclose(file);
  assert(closed == 0);
  (void)closed;
}

static inline void small_text(const small_package *small, const char *name, const char *text) {
  small_file(small, name, text, strlen(text));
}

static inline void small_remove(const small_package *small, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", small->folder, name);
  remove(path);
}

/* Cells are found with memchr, whose length is known: under AddressSanitizer with strict_string_checks, strcspn looks
 * at all that follows, which is quadratic in a text of many rows. */
static inline const char *small_line_end(const char *line, const char *end) {
  const char *found = memchr(line, '\n', (size_t)(end - line));
  return found ? found : end;
}

/* The n-th cell of the line up to end, and its length; NULL where there is none. */
static inline const char *small_cell(const char *line, const char *end, int n, size_t *length) {
  for (;; n--) {
    const char *comma = memchr(line, ',', (size_t)(end - line));
    *length = (size_t)((comma ? comma : end) - line);
    if (n == 0) return line;
    if (!comma) return NULL;
    line = comma + 1;
  }
}

static inline int small_position(const char *header, const char *end, const char *name) {
  size_t length = 0;
  for (int n = 0;; n++) {
    const char *cell = small_cell(header, end, n, &length);
    if (!cell) return -1;
    if (length == strlen(name) && memcmp(cell, name, length) == 0) return n;
  }
}

enum { SMALL_FIELDS = 100 };

/* Writes a table: the whole header of the format, the given columns in their places. */
static inline void small_table(const small_package *small, const char *name, const char *text) {
  int r = ent_format_find(small->format, name);
  assert(r >= 0);
  const ent_resource *resource = &small->format->resources[r];
  ent_text out = {0};
  for (size_t f = 0; f < resource->field_count; f++)
    ent_text_print(&out, "%s%s", f ? "," : "", resource->fields[f].name);
  ent_text_add(&out, "\n");
  const char *end = text + strlen(text), *header_end = small_line_end(text, end);
  int positions[SMALL_FIELDS];
  assert(resource->field_count <= SMALL_FIELDS);
  for (size_t f = 0; f < resource->field_count; f++)
    positions[f] = small_position(text, header_end, resource->fields[f].name);
  for (const char *row = header_end, *row_end; end - row > 1; row = row_end) {
    row++;
    row_end = small_line_end(row, end);
    for (size_t f = 0; f < resource->field_count; f++) {
      size_t length = 0;
      const char *cell = positions[f] < 0 ? NULL : small_cell(row, row_end, positions[f], &length);
      if (f) ent_text_add(&out, ",");
      if (cell) ent_text_add_bytes(&out, cell, length);
    }
    ent_text_add(&out, "\n");
  }
  assert(!out.failed);
  small_file(small, resource->path, out.data, out.length);
  ent_text_clear(&out);
}

/* The descriptor; own: the members of the object "entente". */
static inline void small_descriptor(const small_package *small, const char *own) {
  ent_text out = {0};
  ent_text_print(&out, "{\"name\": \"small\", \"title\": \"A small one\", \"entente\": {%s},\n \"resources\": [", own);
  for (size_t r = 0; r < small->format->resource_count; r++)
    ent_text_print(&out, "%s\n  {\"name\": \"%s\", \"path\": \"%s\"}", r ? "," : "", small->format->resources[r].name,
                   small->format->resources[r].path);
  ent_text_add(&out, "]}\n");
  assert(!out.failed);
  small_file(small, "datapackage.json", out.data, out.length);
  ent_text_clear(&out);
}

#define SMALL_OWN(edition, released)                                   \
  "\"format\": 1, \"edition\": " edition ", \"released\": \"" released \
  "\", \"date\": \"2021-05\", "                                        \
  "\"model\": \"m\", \"title_de\": \"Ein kleines\""

static inline void small_start(small_package *small) {
  const char *temporary = getenv("TMPDIR");
  snprintf(small->folder, sizeof small->folder, "%s/entente-test-XXXXXX", temporary ? temporary : "/tmp");
  ent_status status = ent_context_new(NULL, &small->context);
  small->arena = ent_arena_new(0);
  assert(!status && small->arena);
  status = ent_format_read(small->context, small->arena, &small->format);
  if (status) fprintf(stderr, "%s\n", ent_context_message(small->context));
  char *made = mkdtemp(small->folder);
  assert(!status && made);
  (void)made;
  for (size_t r = 0; r < small->format->resource_count; r++)
    if (!small->format->resources[r].is_sources) small_table(small, small->format->resources[r].name, "id\n");
  for (size_t t = 0; t < sizeof small_tables / sizeof *small_tables; t++)
    small_table(small, small_tables[t][0], small_tables[t][1]);
  small_text(small, "sources.json", small_sources);
  small_descriptor(small, SMALL_OWN("1", ""));
}

static inline void small_end(small_package *small) {
  DIR *folder = opendir(small->folder);
  for (struct dirent *entry; folder && (entry = readdir(folder));)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) small_remove(small, entry->d_name);
  if (folder) closedir(folder);
  rmdir(small->folder);
  ent_arena_free(small->arena);
  ent_context_free(small->context);
}

#endif
