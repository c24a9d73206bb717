/* Tests of files/file, in a folder of its own under TMPDIR or /tmp. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "files/file.h"

typedef struct place {
  char folder[200];
  char path[300]; /* of the name asked for last */
  ent_context *context;
  ent_arena *arena;
} place;

static const char *in(place *here, const char *name) {
  snprintf(here->path, sizeof here->path, "%s/%s", here->folder, name);
  return here->path;
}

static int open_place(void **state) {
  place *here = calloc(1, sizeof *here);
  const char *temporary = getenv("TMPDIR");
  if (!here) return -1;
  snprintf(here->folder, sizeof here->folder, "%s/entente-file-XXXXXX", temporary ? temporary : "/tmp");
  here->arena = ent_arena_new(0);
  *state = here;
  if (!here->arena || !mkdtemp(here->folder)) return -1;
  return ent_context_new("share", &here->context) == ENT_OK ? 0 : -1;
}

static void remove_all(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) {
    unlink(path);
    return;
  }
  for (struct dirent *entry; (entry = readdir(folder));) {
    char inside[600];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
    remove_all(inside);
  }
  closedir(folder);
  rmdir(path);
}

static int close_place(void **state) {
  place *here = *state;
  remove_all(here->folder);
  ent_context_free(here->context);
  ent_arena_free(here->arena);
  free(here);
  return 0;
}

static size_t files_in(const char *path) {
  size_t count = 0;
  DIR *folder = opendir(path);
  assert_non_null(folder);
  for (struct dirent *entry; (entry = readdir(folder));) count += entry->d_name[0] != '.';
  closedir(folder);
  return count;
}

static void expect_content(place *here, const char *name, const char *content) {
  char *bytes;
  size_t length;
  assert_int_equal(ent_file_read(here->context, here->arena, in(here, name), NULL, 1000, &bytes, &length), ENT_OK);
  assert_string_equal(bytes, content);
  assert_int_equal(length, strlen(content));
}

static void writes_and_reads_back(void **state) {
  place *here = *state;
  assert_int_equal(ent_file_write(here->context, in(here, "a.txt"), "first\n", 6), ENT_OK);
  expect_content(here, "a.txt", "first\n");
  assert_int_equal(ent_file_write(here->context, in(here, "a.txt"), "", 0), ENT_OK);
  expect_content(here, "a.txt", "");
  assert_int_equal(files_in(here->folder), 1); /* no temporary file is left */
}

static void reads_bytes_as_they_are(void **state) {
  place *here = *state;
  enum { SIZE = 300000 };
  char *bytes = malloc(SIZE), *again;
  assert_non_null(bytes);
  for (size_t i = 0; i < SIZE; i++) bytes[i] = (char)(i * 7 % 256); /* NUL among them */
  size_t length;
  assert_int_equal(ent_file_write(here->context, in(here, "b"), bytes, SIZE), ENT_OK);
  assert_int_equal(ent_file_read(here->context, here->arena, in(here, "b"), NULL, SIZE, &again, &length), ENT_OK);
  assert_int_equal(length, SIZE);
  assert_memory_equal(again, bytes, SIZE);
  assert_int_equal(again[SIZE], '\0');
  assert_int_equal(ent_file_read(here->context, here->arena, in(here, "b"), "b.bin", SIZE - 1, &again, &length),
                   ENT_STORE);
  assert_string_equal(ent_context_message(here->context), "b.bin: is larger than 299999 bytes; split it");
  assert_null(again);
  free(bytes);
}

static void expect_refusal(place *here, const char *path, ent_status status, const char *message) {
  char *bytes;
  size_t length;
  assert_int_equal(ent_file_read(here->context, here->arena, path, "x", 1000, &bytes, &length), status);
  assert_string_equal(ent_context_message(here->context), message);
  assert_null(bytes);
  assert_int_equal(length, 0);
  ent_context_clear(here->context);
}

static void refuses_what_is_no_file(void **state) {
  place *here = *state;
  expect_refusal(here, in(here, "absent"), ENT_NOT_FOUND, "x: there is no such file");
  expect_refusal(here, here->folder, ENT_STORE, "x: is a folder, not a file; name a file in it");
  expect_refusal(here, "/dev/zero", ENT_STORE, "x: is no regular file; copy it to a file");
  assert_int_equal(mkfifo(in(here, "pipe"), 0600), 0); /* without a writer an open would wait for ever */
  expect_refusal(here, in(here, "pipe"), ENT_STORE, "x: is no regular file; copy it to a file");
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "a", 1), ENT_OK);
  expect_refusal(here, in(here, "a/b"), ENT_NOT_FOUND, "x: there is no such file");
}

/* Files of /proc say that they have no bytes, as a file does that grows after it was asked. */
static void reads_past_the_size_that_was_told(void **state) {
  place *here = *state;
  static const char path[] = "/proc/self/limits";
  char *bytes;
  size_t length;
  struct stat about;
  if (stat(path, &about) != 0 || about.st_size != 0) skip();
  assert_int_equal(ent_file_read(here->context, here->arena, path, NULL, 100000, &bytes, &length), ENT_OK);
  assert_true(length > 100);
  assert_int_equal(strlen(bytes), length);
  assert_int_equal(ent_file_read(here->context, here->arena, path, NULL, 100, &bytes, &length), ENT_STORE);
}

static void memory_may_be_short(void **state) {
  place *here = *state;
  char *bytes;
  size_t length;
  ent_arena *small = ent_arena_new(4);
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "12345", 5), ENT_OK);
  assert_int_equal(ent_file_read(here->context, small, in(here, "a"), NULL, 1000, &bytes, &length), ENT_STORE);
  assert_null(bytes);
  ent_arena_free(small);
}

/* A disk that is full, acted by a limit on the size of files. */
static void a_write_that_fails_leaves_the_old_file(void **state) {
  place *here = *state;
  struct rlimit before, small;
  static char many[20000];
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "old", 3), ENT_OK);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  small = before;
  small.rlim_cur = 10000;
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  ent_status status = ent_file_write(here->context, in(here, "a"), many, sizeof many);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, handler);
  assert_int_equal(status, ENT_STORE);
  assert_non_null(strstr(ent_context_message(here->context), "can not be written"));
  expect_content(here, "a", "old");
  assert_int_equal(files_in(here->folder), 1);
}

static void replaces_only_regular_files(void **state) {
  place *here = *state;
  struct stat about;
  assert_int_equal(mkfifo(in(here, "pipe"), 0600), 0);
  assert_int_equal(ent_file_write(here->context, in(here, "pipe"), "a", 1), ENT_STORE);
  assert_int_equal(stat(in(here, "pipe"), &about), 0);
  assert_true(S_ISFIFO(about.st_mode));
  ent_context_clear(here->context);
  assert_int_equal(ent_file_write(here->context, here->folder, "a", 1), ENT_STORE);
  assert_int_equal(ent_file_write(here->context, in(here, "absent/a"), "a", 1), ENT_STORE);
  assert_int_equal(files_in(here->folder), 1);
}

static void a_private_file_stays_private(void **state) {
  place *here = *state;
  struct stat about;
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "1", 1), ENT_OK);
  assert_int_equal(chmod(in(here, "a"), 0600), 0);
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "2", 1), ENT_OK);
  assert_int_equal(stat(in(here, "a"), &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
}

static void a_left_over_temporary_file_is_no_hindrance(void **state) {
  place *here = *state;
  char name[100];
  snprintf(name, sizeof name, "a.part%ld", (long)getpid());
  assert_int_equal(ent_file_write(here->context, in(here, name), "left", 4), ENT_OK);
  assert_int_equal(ent_file_write(here->context, in(here, "a"), "new", 3), ENT_OK);
  expect_content(here, "a", "new");
  expect_content(here, name, "left");
  assert_int_equal(files_in(here->folder), 2);
}

static void writes_beside_a_bare_name(void **state) {
  place *here = *state;
  char before[4096];
  assert_non_null(getcwd(before, sizeof before));
  assert_int_equal(chdir(here->folder), 0);
  ent_status status = ent_file_write(here->context, "bare", "x", 1);
  assert_int_equal(chdir(before), 0);
  assert_int_equal(status, ENT_OK);
  expect_content(here, "bare", "x");
}

static void makes_folders_with_their_parents(void **state) {
  place *here = *state;
  assert_false(ent_file_is_folder(in(here, "x")));
  assert_int_equal(ent_file_make_folders(here->context, in(here, "x/y//z/")), ENT_OK);
  assert_true(ent_file_is_folder(in(here, "x/y/z")));
  assert_int_equal(ent_file_make_folders(here->context, in(here, "x/y/z")), ENT_OK);
  assert_int_equal(ent_file_make_folders(here->context, "/"), ENT_OK);
  assert_int_equal(ent_file_write(here->context, in(here, "x/file"), "", 0), ENT_OK);
  assert_true(ent_file_exists(in(here, "x/file")));
  assert_false(ent_file_is_folder(in(here, "x/file")));
  assert_false(ent_file_exists(in(here, "x/absent")));
  assert_int_equal(ent_file_make_folders(here->context, in(here, "x/file")), ENT_STORE);
  assert_non_null(strstr(ent_context_message(here->context), "/x/file: the folder can not be made"));
  assert_int_equal(ent_file_make_folders(here->context, in(here, "x/file/y")), ENT_STORE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(writes_and_reads_back, open_place, close_place),
      cmocka_unit_test_setup_teardown(reads_bytes_as_they_are, open_place, close_place),
      cmocka_unit_test_setup_teardown(refuses_what_is_no_file, open_place, close_place),
      cmocka_unit_test_setup_teardown(reads_past_the_size_that_was_told, open_place, close_place),
      cmocka_unit_test_setup_teardown(memory_may_be_short, open_place, close_place),
      cmocka_unit_test_setup_teardown(a_write_that_fails_leaves_the_old_file, open_place, close_place),
      cmocka_unit_test_setup_teardown(replaces_only_regular_files, open_place, close_place),
      cmocka_unit_test_setup_teardown(a_private_file_stays_private, open_place, close_place),
      cmocka_unit_test_setup_teardown(a_left_over_temporary_file_is_no_hindrance, open_place, close_place),
      cmocka_unit_test_setup_teardown(writes_beside_a_bare_name, open_place, close_place),
      cmocka_unit_test_setup_teardown(makes_folders_with_their_parents, open_place, close_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
