/* folder.c - see folder.h. A folder is filled beside its place and renamed into it. Must not: touch what stands there.
 */
#include "files/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_NAMES 100 /* tried before giving up; more than one is taken only after a crash */

static ent_status fail_by_errno(ent_context *context, const char *where, const char *remedy, const char *what,
                                int number) {
  return ent_fail(context, ENT_STORE, where, remedy, "%s: %s", what, strerror(number));
}

static bool is_dots(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

ent_status ent_folder_check_free(ent_context *context, const char *path) {
  struct stat about;
  bool empty = true;
  if (lstat(path, &about) != 0) {
    if (errno == ENOENT) return ENT_OK;
    return fail_by_errno(context, path, NULL, "can not be looked at", errno);
  }
  DIR *folder = S_ISDIR(about.st_mode) ? opendir(path) : NULL;
  if (!folder)
    return ent_fail(context, ENT_STORE, path, "name a folder that is not there yet", "is no folder that can be read");
  for (struct dirent *entry; empty && (entry = readdir(folder));) empty = is_dots(entry->d_name);
  closedir(folder);
  if (empty) return ENT_OK;
  return ent_fail(context, ENT_STORE, path, "name a folder that is not there yet, or remove this one",
                  "the folder is not empty");
}

ent_status ent_folder_make_beside(ent_context *context, const char *path, char **temporary) {
  size_t length = strlen(path), size = length + 64;
  while (length > 1 && path[length - 1] == '/') length--;
  *temporary = malloc(size);
  if (!*temporary) return ent_fail_memory(context);
  for (int i = 0; i < TEMPORARY_NAMES; i++) {
    snprintf(*temporary, size, "%.*s.%ld-%d.part", (int)length, path, (long)getpid(), i);
    if (mkdir(*temporary, 0777) == 0) return ENT_OK;
    if (errno != EEXIST) break;
  }
  int number = errno;
  free(*temporary);
  *temporary = NULL;
  return fail_by_errno(context, path, "see that the folder above it exists and can be written", "can not be made",
                       number);
}

static bool sync_folder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool synced = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL);
  if (folder >= 0) close(folder);
  return synced;
}

/* "." for a name without a slash. */
static bool sync_folder_of(const char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  while (length > 0 && path[length - 1] != '/') length--;
  while (length > 1 && path[length - 1] == '/') length--;
  char *above = length > 0 ? strndup(path, length) : strdup(".");
  bool synced = above && sync_folder(above);
  free(above);
  return synced;
}

ent_status ent_folder_move(ent_context *context, const char *folder, const char *path) {
  if (!sync_folder(folder)) return fail_by_errno(context, folder, NULL, "can not be synced to disk", errno);
  if (rename(folder, path) != 0)
    return fail_by_errno(context, path, "name a folder that is not there yet", "can not be made", errno);
  if (sync_folder_of(path)) return ENT_OK;
  return fail_by_errno(context, path, "see that the disk is sound, then try again",
                       "its folder can not be synced to disk", errno);
}

void ent_folder_remove(const char *path) {
  DIR *folder = opendir(path);
  if (folder) {
    int file = dirfd(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
      if (!is_dots(entry->d_name)) unlinkat(file, entry->d_name, 0);
    closedir(folder);
  }
  rmdir(path);
}
