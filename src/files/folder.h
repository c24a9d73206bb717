/* folder.h - a folder of files that appears whole or not at all. */
#ifndef ENT_FILES_FOLDER_H
#define ENT_FILES_FOLDER_H

#include "base/context.h"

/* Whether files can be put under this name: nothing stands there, or an empty folder. ENT_STORE where something does.
 */
ENT_MUST_CHECK ent_status ent_folder_check_free(ent_context *context, const char *path);
/* A new empty folder beside path, for what will take path's name: *temporary is its name, to be freed by free. */
ENT_MUST_CHECK ent_status ent_folder_make_beside(ent_context *context, const char *path, char **temporary);
/* Gives the folder the name `path`, if nothing or an empty folder stands there, and syncs. */
ENT_MUST_CHECK ent_status ent_folder_move(ent_context *context, const char *folder, const char *path);
/* Removes a folder and the files in it, not folders; what can not be removed stays. */
void ent_folder_remove(const char *folder);

#endif
