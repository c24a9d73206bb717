/* faults - what may go wrong below a program, made to go wrong: a library for LD_PRELOAD.
 *
 * Counts the calls by which a program changes files: opening for writing, write and its kin, sync, truncate, rename,
 * link, unlink, mkdir. Standard output and error, pipes and devices are left alone. Memory is counted apart.
 *
 *   FAULTS_LOG=FILE       writes a line for each call: its name, path, offset and length; "json M N" where allocations
 * M to N are mostly jansson's; and "memory N", how many there were, at the end FAULTS_TRACE=FILE     the same with the
 * bytes that were written, so that the disk of each moment can be made again FAULTS_AT=N           the N-th call meets
 * FAULTS_HOW: kill                SIGKILL before it          torn    SIGKILL after half of its bytes ENOSPC EIO EDQUOT
 * it fails so                short   it writes half, and says so FAULTS_ON=1           and so does every later one
 *   FAULTS_MEMORY=N       the N-th allocation gives nothing; with FAULTS_ON, every later one too
 *   FAULTS_DENY=ENDING    files whose names end so can not be opened or made */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static long calls, allocations, fail_at, fail_memory_at;
static bool for_good, tracing;
static int record = -1;
static const char *how = "", *denied;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FAULTS_AT"), *memory = getenv("FAULTS_MEMORY"), *log = getenv("FAULTS_LOG");
  const char *trace = getenv("FAULTS_TRACE");
  tracing = trace != NULL;
  if (trace) log = trace;
  if (log) record = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (getenv("FAULTS_HOW")) how = getenv("FAULTS_HOW");
  denied = getenv("FAULTS_DENY");
  for_good = getenv("FAULTS_ON") != NULL;
  fail_at = at ? atol(at) : 0;
  allocations = 0; /* what came before is not the program's */
  fail_memory_at = memory ? atol(memory) : 0;
}

static void put(const void *bytes, size_t length) {
  if (record >= 0 && syscall(SYS_write, record, bytes, length) < 0) abort();
}

/* Where values of JSON are made: no more than NEAR other allocations between two of them. */
enum { NEAR = 100 };
static long json_first, json_last;

static void note_json(void) {
  char line[80];
  if (json_last) put(line, (size_t)snprintf(line, sizeof line, "json %ld %ld\n", json_first, json_last));
  json_last = 0;
}

/* jansson's reader, whose allocations may go by way of the program. Out of it jumps only who found memory short, and
 * such a run is not recorded. */
static bool reading;

void *json_loadb(const char *bytes, size_t length, size_t flags, void *error);
void *json_loadb(const char *bytes, size_t length, size_t flags, void *error) {
  void *(*next)(const char *, size_t, size_t, void *);
  *(void **)&next = dlsym(RTLD_NEXT, "json_loadb");
  reading = true;
  void *json = next(bytes, length, flags, error);
  reading = false;
  return json;
}

static bool is_jansson(const void *caller) {
  Dl_info about;
  return reading || (dladdr(caller, &about) && about.dli_fname && strstr(about.dli_fname, "libjansson"));
}

static void look_at_caller(const void *caller) {
  if (record < 0 || tracing || !is_jansson(caller)) return;
  if (json_last && allocations > json_last + NEAR) note_json();
  if (!json_last) json_first = allocations;
  json_last = allocations;
}

__attribute__((destructor)) static void end(void) {
  char line[80];
  fail_memory_at = 0;
  note_json();
  int length = snprintf(line, sizeof line, "memory %ld\n", allocations);
  put(line, (size_t)length);
}

static void note(const char *name, const char *path, const char *other, long offset, size_t length) {
  char line[2 * PATH_MAX + 100];
  if (record < 0) return;
  int size = snprintf(line, sizeof line, "%s\t%s\t%s\t%ld\t%zu\n", name, path, other ? other : "", offset, length);
  put(line, (size_t)size);
}

static bool is(const char *word) { return strcmp(how, word) == 0; }

/* Whether this call is the one; it does not come back from a kill. Otherwise errno is set, but for "short" and "torn".
 */
static bool meets(void) {
  calls++;
  if (!fail_at || calls < fail_at || (calls > fail_at && !for_good)) return false;
  if (is("kill")) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  errno = is("ENOSPC") ? ENOSPC : is("EDQUOT") ? EDQUOT : EIO;
  return true;
}

static bool by_halves(void) { return is("short") || is("torn"); }

static bool counts(int file, char path[PATH_MAX]) {
  struct stat about;
  char link[40];
  if (file <= 2 || file == record || syscall(SYS_fstat, file, &about) != 0) return false;
  if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) return false;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
  return true;
}

/* offset -1: where the file stands. */
static ssize_t put_bytes(const char *name, int file, const void *bytes, size_t length, off_t offset) {
  char path[PATH_MAX];
  size_t wanted = length;
  bool torn = false;
  if (counts(file, path)) {
    off_t place = offset >= 0 ? offset : (off_t)syscall(SYS_lseek, file, 0, SEEK_CUR);
    note(name, path, NULL, (long)place, length);
    if (tracing) put(bytes, length);
    if (meets()) {
      if (!by_halves()) return -1;
      torn = is("torn");
      wanted = length > 1 ? length / 2 : length;
    }
  }
  ssize_t result =
      offset >= 0 ? syscall(SYS_pwrite64, file, bytes, wanted, offset) : syscall(SYS_write, file, bytes, wanted);
  if (torn) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  return result;
}

ssize_t write(int file, const void *bytes, size_t length) { return put_bytes("write", file, bytes, length, -1); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
  return put_bytes("write", file, bytes, length, offset);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
  return put_bytes("write", file, bytes, length, offset);
}
/* One piece after the other: fewer than were asked may be written. */
ssize_t writev(int file, const struct iovec *pieces, int count) {
  return count > 0 ? put_bytes("write", file, pieces[0].iov_base, pieces[0].iov_len, -1) : 0;
}

static int on_file(const char *name, int file, long length) {
  char path[PATH_MAX];
  if (!counts(file, path)) return 0;
  note(name, path, NULL, 0, (size_t)length);
  return meets() && !by_halves() ? -1 : 0;
}

int fsync(int file) { return on_file("sync", file, 0) ? -1 : (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { return on_file("sync", file, 0) ? -1 : (int)syscall(SYS_fdatasync, file); }
int ftruncate(int file, off_t length) {
  return on_file("truncate", file, length) ? -1 : (int)syscall(SYS_ftruncate, file, length);
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

static int on_path(const char *name, const char *path, const char *other) {
  char real[PATH_MAX];
  if (record >= 0 && !other && path[0] != '/' && realpath(path, real)) path = real;
  note(name, path, other, 0, 0);
  return meets() && !by_halves() ? -1 : 0;
}

int rename(const char *from, const char *to) {
  return on_path("rename", from, to) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
int link(const char *from, const char *to) {
  return on_path("link", from, to) ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}
int unlink(const char *path) {
  return on_path("unlink", path, NULL) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
int mkdir(const char *path, mode_t mode) {
  return on_path("mkdir", path, NULL) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

static bool ends(const char *text, const char *ending) {
  size_t length = strlen(text), tail = strlen(ending);
  return length >= tail && strcmp(text + length - tail, ending) == 0;
}

static bool is_device(const char *path) {
  return (strncmp(path, "/dev/", 5) == 0 && strncmp(path, "/dev/shm/", 9) != 0) || strncmp(path, "/proc/", 6) == 0;
}

static int open_any(const char *path, int flags, mode_t mode) {
  const char *name = flags & O_TRUNC ? "open-empty" : flags & O_CREAT ? "create" : "open";
  if (denied && ends(path, denied)) {
    errno = EACCES;
    return -1;
  }
  if ((flags & O_ACCMODE) != O_RDONLY && !is_device(path) && on_path(name, path, NULL)) return -1;
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static int open_with(const char *path, int flags, va_list more) {
  return open_any(path, flags, flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0);
}
int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int file = open_with(path, flags, more);
  va_end(more);
  return file;
}
int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int file = open_with(path, flags | O_LARGEFILE, more);
  va_end(more);
  return file;
}

/* ---- memory ---- */

static bool short_of_memory(const void *caller) {
  allocations++;
  look_at_caller(caller);
  if (!fail_memory_at || allocations < fail_memory_at || (allocations > fail_memory_at && !for_good)) return false;
  errno = ENOMEM;
  return true;
}

#define SHORT short_of_memory(__builtin_return_address(0))
void *malloc(size_t size) { return SHORT ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return SHORT ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return SHORT ? NULL : __libc_realloc(old, size); }
