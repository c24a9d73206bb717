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

struct ent_folder {
  char *path, *temporary, *above;
  DIR *files; /* open from the start: where memory is short the files must still be found */
};

/* "." for a name without a slash. NULL when memory is short. */
static char *folder_above(const char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  while (length > 0 && path[length - 1] != '/') length--;
  while (length > 1 && path[length - 1] == '/') length--;
  return length > 0 ? strndup(path, length) : strdup(".");
}

/* A name that is free; false with errno. */
static bool make_beside(ent_folder *folder, size_t size) {
  size_t length = strlen(folder->path);
  while (length > 1 && folder->path[length - 1] == '/') length--;
  for (int i = 0; i < TEMPORARY_NAMES; i++) {
    snprintf(folder->temporary, size, "%.*s.%ld-%d.part", (int)length, folder->path, (long)getpid(), i);
    if (mkdir(folder->temporary, 0777) == 0) return true;
    if (errno != EEXIST) return false;
  }
  return false;
}

ent_status ent_folder_make(ent_context *context, const char *path, ent_folder **out) {
  size_t size = strlen(path) + 64;
  *out = NULL;
  ent_folder *folder = calloc(1, sizeof *folder);
  if (!folder) return ent_fail_memory(context);
  folder->path = strdup(path);
  folder->temporary = malloc(size);
  folder->above = folder_above(path);
  if (!folder->path || !folder->temporary || !folder->above) {
    ent_folder_close(folder);
    return ent_fail_memory(context);
  }
  bool made = make_beside(folder, size);
  folder->files = made ? opendir(folder->temporary) : NULL;
  if (folder->files) {
    *out = folder;
    return ENT_OK;
  }
  int number = errno;
  if (made) rmdir(folder->temporary);
  ent_folder_close(folder);
  if (number == ENOMEM) return ent_fail_memory(context);
  return fail_by_errno(context, path, "see that the folder above it exists and can be written", "can not be made",
                       number);
}

const char *ent_folder_name(const ent_folder *folder) { return folder->temporary; }

void ent_folder_close(ent_folder *folder) {
  if (!folder) return;
  if (folder->files) closedir(folder->files);
  free(folder->path);
  free(folder->temporary);
  free(folder->above);
  free(folder);
}

static bool sync_folder(const char *path) {
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool synced = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL);
  if (folder >= 0) close(folder);
  return synced;
}

ent_status ent_folder_keep(ent_context *context, const ent_folder *folder) {
  if (!sync_folder(folder->temporary))
    return fail_by_errno(context, folder->path, NULL, "can not be synced to disk", errno);
  if (rename(folder->temporary, folder->path) != 0)
    return fail_by_errno(context, folder->path, "name a folder that is not there yet", "can not be made", errno);
  if (sync_folder(folder->above)) return ENT_OK;
  int number = errno;
  if (rename(folder->path, folder->temporary) != 0) number = errno; /* not at all, then */
  return fail_by_errno(context, folder->path, "see that the disk is sound, then try again",
                       "its folder can not be synced to disk", number);
}

void ent_folder_remove(ent_folder *folder) {
  int files = dirfd(folder->files);
  rewinddir(folder->files);
  for (struct dirent *entry; (entry = readdir(folder->files));)
    if (!is_dots(entry->d_name)) unlinkat(files, entry->d_name, 0);
  rmdir(folder->temporary);
}
