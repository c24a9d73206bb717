/* file.c - reading whole files and writing them whole or not at all.
 *
 * Comes in: paths and bytes. Goes out: bytes and files. Must not: wait on a pipe or device that stands where a file
 * should be, replace anything but a regular file, or leave half a file under its own name. */
#include "files/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_NAMES 100 /* tried before giving up; more than one is taken only after a crash or between threads */

static ent_status check_readable(ent_context *context, int file, const char *name, size_t limit, size_t *size);
static ent_status read_bytes(ent_context *context, ent_arena *arena, int file, const char *name, size_t limit,
                             size_t expected, char **bytes, size_t *length);
static ent_status fail_too_large(ent_context *context, const char *name, size_t limit);
static int open_temporary(const char *path, char *temporary, size_t size);
static bool write_bytes(int file, const char *bytes, size_t length);
static bool sync_folder_of(const char *path);
static bool make_folder(const char *path);
static ent_status fail_by_errno(ent_context *context, ent_status status, const char *where, const char *remedy,
                                const char *what, int number);

ent_status ent_file_read(ent_context *context, ent_arena *arena, const char *path, const char *name, size_t limit,
                         char **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  if (!name) name = path;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return ent_fail(context, ENT_NOT_FOUND, name, NULL, "there is no such file");
    return fail_by_errno(context, ENT_STORE, name, NULL, "can not be opened", errno);
  }
  size_t size = 0;
  ent_status status = check_readable(context, file, name, limit, &size);
  if (status == ENT_OK) status = read_bytes(context, arena, file, name, limit, size, bytes, length);
  close(file);
  return status;
}

ent_status ent_file_write(ent_context *context, const char *path, const char *bytes, size_t length) {
  ent_status status = ENT_STORE;
  int file = -1;
  bool made = false;
  unsigned mode;
  size_t size = strlen(path) + 64;
  char *temporary = malloc(size);
  if (!temporary) return ent_fail_memory(context);

  status = ent_file_replaceable(context, path, &mode);
  if (status != ENT_OK) goto done;
  status = ENT_STORE;
  file = open_temporary(path, temporary, size);
  if (file < 0) {
    fail_by_errno(context, status, path, "see that its folder exists and can be written", "can not be written", errno);
    goto done;
  }
  made = true;
  if (!write_bytes(file, bytes, length) || (mode && fchmod(file, mode) != 0) || fsync(file) != 0) {
    fail_by_errno(context, status, path, NULL, "can not be written", errno);
    goto done;
  }
  int closed = close(file);
  file = -1;
  if (closed != 0 || rename(temporary, path) != 0) {
    fail_by_errno(context, status, path, NULL, "can not be written", errno);
    goto done;
  }
  made = false;
  if (sync_folder_of(path)) status = ENT_OK;
  else
    fail_by_errno(context, status, path, "see that the disk is sound, then try again",
                  "its folder can not be synced to disk", errno);

done:
  if (file >= 0) close(file);
  if (made) unlink(temporary);
  free(temporary);
  return status;
}

ent_status ent_file_make_folder_of(ent_context *context, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash || slash == path) return ENT_OK;
  char *folder = strndup(path, (size_t)(slash - path));
  if (!folder) return ent_fail_memory(context);
  ent_status status = ent_file_is_folder(folder) ? ENT_OK : ent_file_make_folders(context, folder);
  free(folder);
  return status;
}

ent_status ent_file_make_beside(ent_context *context, const char *path, unsigned mode, char **temporary) {
  size_t size = strlen(path) + 64;
  *temporary = malloc(size);
  if (!*temporary) return ent_fail_memory(context);
  int file = open_temporary(path, *temporary, size);
  ent_status status = ENT_OK;
  if (file < 0 || (mode && fchmod(file, mode) != 0))
    status = fail_by_errno(context, ENT_STORE, path, "see that its folder exists and can be written",
                           "can not be written", errno);
  if (file >= 0) close(file);
  if (status) {
    if (file >= 0) unlink(*temporary);
    free(*temporary);
    *temporary = NULL;
  }
  return status;
}

ent_status ent_file_move(ent_context *context, const char *file, const char *path) {
  int open_file = open(file, O_RDWR | O_CLOEXEC);
  bool synced = open_file >= 0 && fsync(open_file) == 0;
  int number = errno;
  if (open_file >= 0) close(open_file);
  if (synced && rename(file, path) == 0) {
    if (sync_folder_of(path)) return ENT_OK;
    return fail_by_errno(context, ENT_STORE, path, "see that the disk is sound, then try again",
                         "its folder can not be synced to disk", errno);
  }
  return fail_by_errno(context, ENT_STORE, path, "make room, or choose another place", "can not be written",
                       synced ? errno : number);
}

unsigned ent_file_mode(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 ? (unsigned)about.st_mode & 0777 : 0;
}

bool ent_file_same(const char *a, const char *b) {
  struct stat one, other;
  return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

uint64_t ent_file_length(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && about.st_size > 0 ? (uint64_t)about.st_size : 0;
}

bool ent_file_is_folder(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool ent_file_exists(const char *path) {
  struct stat about;
  return stat(path, &about) == 0;
}

ent_status ent_file_make_folders(ent_context *context, const char *path) {
  char *part = strdup(path);
  if (!part) return ent_fail_memory(context);
  ent_status status = ENT_OK;
  for (char *end = part; status == ENT_OK && *end;) {
    end += strspn(end, "/");
    end += strcspn(end, "/");
    char kept = *end;
    *end = '\0';
    if (!make_folder(part))
      status = fail_by_errno(context, ENT_STORE, part, "choose another folder, or ask for the right to write there",
                             "the folder can not be made", errno);
    *end = kept;
  }
  free(part);
  return status;
}

static ent_status check_readable(ent_context *context, int file, const char *name, size_t limit, size_t *size) {
  struct stat about;
  if (fstat(file, &about) != 0) return fail_by_errno(context, ENT_STORE, name, NULL, "can not be read", errno);
  if (S_ISDIR(about.st_mode)) return ent_fail(context, ENT_STORE, name, "name a file in it", "is a folder, not a file");
  if (!S_ISREG(about.st_mode)) return ent_fail(context, ENT_STORE, name, "copy it to a file", "is no regular file");
  if (about.st_size < 0 || (uintmax_t)about.st_size > limit) return fail_too_large(context, name, limit);
  *size = (size_t)about.st_size;
  return ENT_OK;
}

/* Reads to the end, wherever that is by then: the size was only true when it was asked. */
static ent_status read_bytes(ent_context *context, ent_arena *arena, int file, const char *name, size_t limit,
                             size_t expected, char **bytes, size_t *length) {
  if (expected > SIZE_MAX / 4) return ent_fail_memory(context);
  size_t filled = 0, capacity = expected + 2; /* one byte to meet the end, one for the NUL */
  char *buffer = ent_arena_take(arena, capacity, 1);
  for (;;) {
    if (!buffer) return ent_fail_memory(context);
    ssize_t got = read(file, buffer + filled, capacity - 1 - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_by_errno(context, ENT_STORE, name, NULL, "can not be read", errno);
    if (got == 0) break;
    filled += (size_t)got;
    if (filled > limit) return fail_too_large(context, name, limit);
    if (filled == capacity - 1) {
      if (capacity > SIZE_MAX / 4) return ent_fail_memory(context);
      capacity = capacity * 2 + 4096;
      char *larger = ent_arena_take(arena, capacity, 1);
      if (larger) memcpy(larger, buffer, filled);
      buffer = larger;
    }
  }
  buffer[filled] = '\0';
  *bytes = buffer;
  *length = filled;
  return ENT_OK;
}

static ent_status fail_too_large(ent_context *context, const char *name, size_t limit) {
  return ent_fail(context, ENT_STORE, name, "split it", "is larger than %zu bytes", limit);
}

/* mode: of the file that will be replaced, 0 where there is none. A device would be lost if it were renamed over. */
ent_status ent_file_replaceable(ent_context *context, const char *path, unsigned *mode) {
  struct stat about;
  *mode = 0;
  if (stat(path, &about) != 0) return ENT_OK;
  if (!S_ISREG(about.st_mode))
    return ent_fail(context, ENT_STORE, path, "choose another name", "is no regular file and is not replaced");
  *mode = (unsigned)about.st_mode & 0777;
  return ENT_OK;
}

static int open_temporary(const char *path, char *temporary, size_t size) {
  int file = -1;
  for (int i = 0; i < TEMPORARY_NAMES; i++) {
    int length = i == 0 ? snprintf(temporary, size, "%s.part%ld", path, (long)getpid())
                        : snprintf(temporary, size, "%s.part%ld.%d", path, (long)getpid(), i);
    if (length < 0 || (size_t)length >= size) {
      errno = ENAMETOOLONG;
      return -1;
    }
    file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0 || errno != EEXIST) break;
  }
  return file;
}

static bool write_bytes(int file, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t put = write(file, bytes, length);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes += put;
    length -= (size_t)put;
  }
  return true;
}

/* So that the new name outlives a power cut. A folder that may be written but not read, or a file system that can not
 * sync folders, leaves this to the system. */
static bool sync_folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  char *name = slash ? strndup(path, length ? length : 1) : strdup(".");
  if (!name) return false;
  int folder = open(name, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  free(name);
  if (folder < 0) return true;
  bool synced = fsync(folder) == 0 || errno == EINVAL || errno == EBADF || errno == ENOTSUP;
  int number = errno;
  close(folder);
  errno = number;
  return synced;
}

/* True also when it stands already, perhaps made by another program a moment ago. */
static bool make_folder(const char *path) {
  if (mkdir(path, 0777) == 0) return true;
  int number = errno;
  if (ent_file_is_folder(path)) return true;
  errno = number == EEXIST ? ENOTDIR : number;
  return false;
}

static ent_status fail_by_errno(ent_context *context, ent_status status, const char *where, const char *remedy,
                                const char *what, int number) {
  char cause[200];
  if (strerror_r(number, cause, sizeof cause) != 0) snprintf(cause, sizeof cause, "error %d", number);
  return ent_fail(context, status, where, remedy, "%s (%s)", what, cause);
}
