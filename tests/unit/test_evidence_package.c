/* Tests of evidence/package, descriptor, format and index: what is read from a folder, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/index.h"
#include "evidence/package.h"
#include "small_package.h"

static small_package small;
static ent_findings findings;
static ent_package *package;

static int start(void **state) {
  (void)state;
  small_start(&small);
  package = NULL;
  return 0;
}

static int end(void **state) {
  (void)state;
  ent_package_close(package);
  small_end(&small);
  return 0;
}

static void open_package(void) {
  ent_package_close(package);
  ent_findings_init(&findings, small.arena);
  assert_int_equal(ent_package_open(small.context, small.arena, small.folder, &findings, &package), ENT_OK);
}

static const ent_finding *find(const char *code, const char *column) {
  for (size_t i = 0; i < findings.count; i++)
    if (strcmp(findings.list[i].code, code) == 0 &&
        (!column || (findings.list[i].column && strcmp(findings.list[i].column, column) == 0)))
      return &findings.list[i];
  fail_msg("no finding %s %s among %zu; the first: %s", code, column ? column : "", findings.count,
           findings.count ? findings.list[0].what : "-");
  return NULL;
}

static void reads_a_package(void **state) {
  (void)state;
  open_package();
  assert_int_equal(findings.count, 0);
  assert_string_equal(package->study, "small");
  assert_string_equal(package->title.en, "A small one");
  assert_string_equal(package->title.de, "Ein kleines");
  assert_int_equal(package->edition, 1);
  assert_string_equal(package->released, "");
  assert_string_equal(package->date, "2021-05");
  assert_string_equal(package->model, "m");
  assert_int_equal(package->resources, small.format->resource_count);
  const ent_table *actors = ent_package_table(package, "actors");
  assert_int_equal(actors->rows, 3);
  assert_string_equal(actors->file, "actors.csv");
  const ent_table *sources = ent_package_table(package, "sources");
  assert_int_equal(sources->rows, 2);
  assert_string_equal(ent_table_cell(sources, 1, 0), "site");
  assert_string_equal(ent_table_cell(sources, 1, 1), "Home");
  assert_null(ent_package_table(package, "nonsense"));
}

static void hashes_all_that_it_reads(void **state) {
  (void)state;
  char before[65];
  ent_package_state look;
  open_package();
  memcpy(before, package->content_sha256, sizeof before);
  assert_int_equal(strlen(before), 64);
  assert_int_equal(ent_package_look(small.context, small.arena, small.format, small.folder, &look), ENT_OK);
  assert_string_equal(look.content_sha256, before);
  assert_string_equal(look.study, "small");
  assert_int_equal(look.edition, 1);
  small_text(&small, "unnamed.txt", "not part of the package");
  assert_int_equal(ent_package_look(small.context, small.arena, small.format, small.folder, &look), ENT_OK);
  assert_string_equal(look.content_sha256, before);
  static const char *const files[] = {"terms.csv", "sources.json", "datapackage.json"};
  for (size_t i = 0; i < 3; i++) {
    char path[400];
    snprintf(path, sizeof path, "%s/%s", small.folder, files[i]);
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    fputs("\n", file);
    fclose(file);
    assert_int_equal(ent_package_look(small.context, small.arena, small.format, small.folder, &look), ENT_OK);
    assert_string_not_equal(look.content_sha256, before);
    memcpy(before, look.content_sha256, sizeof before);
  }
  small_remove(&small, "terms.csv");
  assert_int_equal(ent_package_look(small.context, small.arena, small.format, small.folder, &look), ENT_OK);
  assert_string_not_equal(look.content_sha256, before);
  open_package();
  assert_string_equal(look.content_sha256, package->content_sha256);
}

static void tells_when_there_is_no_package(void **state) {
  (void)state;
  ent_package_state look;
  ent_findings_init(&findings, small.arena);
  assert_int_equal(ent_package_open(small.context, small.arena, "/no/such/folder", &findings, &package), ENT_NOT_FOUND);
  assert_null(package);
  ent_context_clear(small.context);
  assert_int_equal(ent_package_look(small.context, small.arena, small.format, "/no/such/folder", &look), ENT_NOT_FOUND);
  assert_non_null(strstr(ent_context_message(small.context), "/no/such/folder"));
  ent_context_clear(small.context);
  small_remove(&small, "datapackage.json");
  open_package();
  assert_string_equal(find("missing-file", NULL)->file, "datapackage.json");
  assert_int_equal(findings.count, 1);
  assert_null(package->study);
  assert_int_equal(ent_package_look(small.context, small.arena, small.format, small.folder, &look), ENT_OK);
  assert_null(look.study);
}

static void judges_the_descriptor(void **state) {
  (void)state;
  small_descriptor(&small, "\"format\": 2, \"edition\": 0.5, \"date\": \"2021-02-31\", \"relaesed\": \"2021\"");
  open_package();
  assert_non_null(strstr(find("format", "/entente/format")->what, "format 2"));
  find("descriptor", "/entente/edition");
  assert_non_null(strstr(find("date", "/entente/date")->what, "2021-02-31"));
  find("descriptor", "/entente/model");
  find("descriptor", "/entente/title_de");
  assert_non_null(strstr(find("unknown-key", "/entente")->remedy, "released"));
  small_text(&small, "datapackage.json", "{\"name\": \"no good\",\n \"title\": }");
  open_package();
  assert_int_equal(find("json-syntax", NULL)->line, 2);
  small_text(&small, "datapackage.json", "{\"name\": \"no good\"}");
  open_package();
  find("id-form", "/name");
  find("descriptor", "/title");
  find("descriptor", "/entente");
  find("descriptor", "/resources");
  small_text(&small, "datapackage.json", "[1]");
  open_package();
  find("json-type", NULL);
}

/* The descriptor with its resources replaced. */
static void write_resources(const char *resources) {
  ent_text text = {0};
  ent_text_print(&text, "{\"name\": \"small\", \"title\": \"S\", \"entente\": {%s}, \"resources\": [%s]}",
                 SMALL_OWN("1", ""), resources);
  small_text(&small, "datapackage.json", text.data);
  ent_text_clear(&text);
}

static void judges_the_resources(void **state) {
  (void)state;
  write_resources(
      "{\"name\": \"actors\", \"path\": \"../actors.csv\"}, {\"name\": \"place\", \"path\": \"p.csv\"},"
      "{\"name\": \"roles\", \"path\": \"roles.csv\"}, {\"name\": \"roles\", \"path\": \"roles.csv\"},"
      "{\"name\": \"terms\"}, {\"path\": \"x\"}");
  open_package();
  assert_non_null(strstr(find("path-outside", NULL)->what, "../actors.csv"));
  const ent_finding *unknown = find("unknown-resource", "/resources/1");
  assert_int_equal(unknown->severity, ENT_NOTE);
  assert_non_null(strstr(unknown->remedy, "places"));
  find("resource-twice", "/resources/3");
  find("descriptor", "/resources/4");
  assert_int_equal(find("unknown-resource", "/resources/5")->severity, ENT_ERROR);
  assert_non_null(strstr(find("missing-resource", "/resources")->remedy, ".csv"));
  assert_null(ent_package_table(package, "actors"));
  assert_non_null(ent_package_table(package, "roles"));
}

static void follows_no_path_out(void **state) {
  (void)state;
  static const char *const paths[] = {"/etc/passwd", "a/../../x", "..", "", "link.csv", "out/passwd"};
  char link[300];
  snprintf(link, sizeof link, "%s/link.csv", small.folder);
  assert_int_equal(symlink("/etc/passwd", link), 0);
  snprintf(link, sizeof link, "%s/out", small.folder);
  assert_int_equal(symlink("/etc", link), 0);
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    char resource[200];
    snprintf(resource, sizeof resource, "{\"name\": \"actors\", \"path\": \"%s\"}", paths[i]);
    write_resources(resource);
    open_package();
    find("path-outside", NULL);
    assert_null(ent_package_table(package, "actors"));
    assert_false(ent_package_has_file(small.folder, paths[i]));
  }
  /* A folder whose name only begins like the package's is another one. */
  char sibling[300], file[400];
  snprintf(sibling, sizeof sibling, "%s-next", small.folder);
  assert_int_equal(mkdir(sibling, 0700), 0);
  snprintf(file, sizeof file, "%s/x.csv", sibling);
  snprintf(link, sizeof link, "%s/sibling", small.folder);
  assert_int_equal(symlink(sibling, link), 0);
  FILE *made = fopen(file, "wb");
  assert_non_null(made);
  fclose(made);
  assert_false(ent_package_has_file(small.folder, "sibling/x.csv"));
  remove(file);
  remove(sibling);
  /* A link within the package is fine. */
  snprintf(link, sizeof link, "%s/inside.csv", small.folder);
  assert_int_equal(symlink("actors.csv", link), 0);
  write_resources("{\"name\": \"actors\", \"path\": \"inside.csv\"}");
  open_package();
  assert_non_null(ent_package_table(package, "actors"));
  assert_true(ent_package_has_file(small.folder, "inside.csv"));
  assert_false(ent_package_has_file(small.folder, "nothing.csv"));
}

static void holds_schemas_to_the_format(void **state) {
  (void)state;
  static const char fields[] =
      "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"label_en\", \"type\": \"string\"},"
      "{\"name\": \"label_de\", \"type\": \"string\"}, {\"name\": \"actor\", \"type\": ";
  static const struct {
    const char *type, *rest, *pointer, *words;
  } cases[] = {{"string", ", {\"name\": \"note\", \"type\": \"string\"}", NULL, NULL},
               {"integer", ", {\"name\": \"note\", \"type\": \"string\"}", "/resources/0/schema/fields/3", "string"},
               {"string", "", "/resources/0/schema/fields/4", "note"},
               {"string", ", {\"name\": \"nope\", \"type\": \"string\"}", "/resources/0/schema/fields/4", "note"},
               {"string", ", {\"name\": \"note\", \"type\": \"string\"}, 5", "/resources/0/schema/fields/5", "out"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ent_text text = {0};
    ent_text_add(&text, "{\"name\": \"roles\", \"path\": \"roles.csv\", \"schema\": {\"fields\": [");
    ent_text_print(&text, "%s\"%s\"}%s]}}", fields, cases[i].type, cases[i].rest);
    write_resources(text.data);
    ent_text_clear(&text);
    open_package();
    if (cases[i].pointer) assert_non_null(strstr(find("schema", cases[i].pointer)->remedy, cases[i].words));
    else
      for (size_t f = 0; f < findings.count; f++) assert_string_not_equal(findings.list[f].code, "schema");
  }
}

static void reports_broken_files(void **state) {
  (void)state;
  small_text(&small, "sources.json", "[\n {\"id\": \"a\", }]");
  small_file(&small, "terms.csv", "id\n\xff\xfe", 5);
  small_text(&small, "roles.csv", "id,label_en,label_de,actor,note\nr,\"R,R,AAA,\n");
  open_package();
  assert_string_equal(find("json-syntax", NULL)->file, "sources.json");
  assert_int_equal(find("json-syntax", NULL)->line, 2);
  assert_string_equal(find("encoding", NULL)->file, "terms.csv");
  assert_true(findings.errors >= 3);
  assert_null(ent_package_table(package, "sources"));
  small_text(&small, "sources.json", "{}");
  open_package();
  assert_string_equal(find("json-type", NULL)->file, "sources.json");
}

static void reads_the_format(void **state) {
  (void)state;
  int r = ent_format_find(small.format, "observations");
  assert_true(r > 0);
  const ent_resource *observations = &small.format->resources[r];
  const ent_field *status = &observations->fields[ent_resource_field(observations, "status")];
  assert_int_equal(status->kind, ENT_FIELD_CODE);
  assert_true(status->required && status->word_count == 7);
  const ent_field *actor = &observations->fields[ent_resource_field(observations, "actor")];
  assert_string_equal(actor->references, "actors");
  assert_int_equal(observations->kept.field_count, observations->field_count - 1);
  assert_int_equal(ent_resource_field(observations, "none"), -1);
  assert_int_equal(ent_format_find(small.format, "none"), -1);
  assert_true(small.format->resources[ent_format_find(small.format, "sources")].is_sources);
}

static void finds_texts_by_hash(void **state) {
  (void)state;
  static char words[5000][8];
  ent_index index;
  size_t position = 0;
  assert_true(ent_index_init(&index, small.arena, 3));
  assert_false(ent_index_find(&index, "x", 1, NULL));
  for (size_t i = 0; i < 5000; i++) {
    snprintf(words[i], sizeof words[i], "w%zu", i);
    assert_true(ent_index_add(&index, words[i], strlen(words[i]), i));
  }
  assert_true(ent_index_add(&index, "w7", 2, 9999)); /* the first stays */
  assert_int_equal(index.count, 5000);
  for (size_t i = 0; i < 5000; i++) {
    assert_true(ent_index_find(&index, words[i], strlen(words[i]), &position));
    assert_int_equal(position, i);
  }
  assert_false(ent_index_find(&index, "w5000", 5, &position));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
  const struct CMUnitTest tests[] = {
      TEST(reads_a_package),
      TEST(hashes_all_that_it_reads),
      TEST(tells_when_there_is_no_package),
      TEST(judges_the_descriptor),
      TEST(judges_the_resources),
      TEST(follows_no_path_out),
      TEST(holds_schemas_to_the_format),
      TEST(reports_broken_files),
      TEST(reads_the_format),
      TEST(finds_texts_by_hash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
