/* file.h - reading whole files and writing them whole or not at all. */
#ifndef ENT_FILES_FILE_H
#define ENT_FILES_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/context.h"

/* Reads a regular file of at most limit bytes into arena, with a NUL after the last byte. ENT_NOT_FOUND when it is
 * not there, ENT_STORE when it can not be read, is no regular file or is larger. name stands in messages (NULL:
 * path). */
ENT_MUST_CHECK ent_status ent_file_read(ent_context *context, ent_arena *arena, const char *path, const char *name,
                                        size_t limit, char **bytes, size_t *length);
/* Writes beside path, syncs, renames. Replaces only a regular file, keeping its permissions; a symbolic link is
 * replaced, not followed. */
ENT_MUST_CHECK ent_status ent_file_write(ent_context *context, const char *path, const char *bytes, size_t length);
/* Fails with ENT_STORE where something else than a regular file stands; *mode: its permissions, 0 where there is none.
 */
ENT_MUST_CHECK ent_status ent_file_replaceable(ent_context *context, const char *path, unsigned *mode);
/* The folder that holds path. */
ENT_MUST_CHECK ent_status ent_file_make_folder_of(ent_context *context, const char *path);
/* A new empty file beside path, for what will take path's name: *temporary is its name, to be freed by free. mode: its
 * permissions; 0: as the user's mask has them. */
ENT_MUST_CHECK ent_status ent_file_make_beside(ent_context *context, const char *path, unsigned mode, char **temporary);
/* Syncs a file, renames it, syncs the folder: after ENT_OK it stands under the name `path` whatever happens. */
ENT_MUST_CHECK ent_status ent_file_move(ent_context *context, const char *file, const char *path);
/* Permissions of a file, 0 where there is none; whether two names mean the same file; its length, 0 where there is
 * none. */
unsigned ent_file_mode(const char *path);
bool ent_file_same(const char *a, const char *b);
uint64_t ent_file_length(const char *path);
bool ent_file_is_folder(const char *path);
bool ent_file_exists(const char *path);
/* Makes a folder and its parents where they are missing. */
ENT_MUST_CHECK ent_status ent_file_make_folders(ent_context *context, const char *path);

#endif
