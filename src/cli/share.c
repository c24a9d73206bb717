/* share.c - see share.h. */
#include "cli/share.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LEVELS = 3, MOST_PATH = 4096 };

const char *ent_share_find(char *buffer, size_t size) {
  const char *named = getenv("ENTENTE_SHARE");
  if (named && *named) return NULL;
  char folder[MOST_PATH], file[MOST_PATH + sizeof "/share/words/en.json"];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
  if (length <= 0 || (size_t)length >= sizeof folder - 1) /* no such link on this system, or cut off */
    return NULL;
  folder[length] = '\0';

  char *slash = strrchr(folder, '/');
  if (slash) *slash = '\0'; /* the program's name */
  for (int level = 0; level < MOST_LEVELS && (slash = strrchr(folder, '/')) != NULL; level++) {
    *slash = '\0';
    snprintf(file, sizeof file, "%s/share/words/en.json", folder);
    if (access(file, R_OK) == 0) return snprintf(buffer, size, "%s/share", folder) < (int)size ? buffer : NULL;
  }
  return NULL;
}
