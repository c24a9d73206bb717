/* file.h - reading whole files and writing them whole or not at all. */
#ifndef ENT_FILES_FILE_H
#define ENT_FILES_FILE_H

#include <stdbool.h>

#include "base/context.h"

/* Reads a regular file of at most limit bytes into arena, with a NUL after the last byte. ENT_NOT_FOUND when it is
 * not there, ENT_STORE when it can not be read, is no regular file or is larger. name stands in messages (NULL:
 * path). */
ENT_MUST_CHECK ent_status ent_file_read(ent_context *context, ent_arena *arena, const char *path, const char *name,
                                        size_t limit, char **bytes, size_t *length);
/* Writes beside path, syncs, renames. Replaces only a regular file, keeping its permissions; a symbolic link is
 * replaced, not followed. */
ENT_MUST_CHECK ent_status ent_file_write(ent_context *context, const char *path, const char *bytes, size_t length);
bool ent_file_is_folder(const char *path);
bool ent_file_exists(const char *path);
/* Makes a folder and its parents where they are missing. */
ENT_MUST_CHECK ent_status ent_file_make_folders(ent_context *context, const char *path);

#endif
