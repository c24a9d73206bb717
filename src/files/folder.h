/* folder.h - a folder of files that appears whole or not at all. */
#ifndef ENT_FILES_FOLDER_H
#define ENT_FILES_FOLDER_H

#include "base/context.h"

/* Whether files can be put under this name: nothing stands there, or an empty folder. ENT_STORE where something does.
 */
ENT_MUST_CHECK ent_status ent_folder_check_free(ent_context *context, const char *path);
/* A new empty folder beside path, for what will take path's name. NULL in *out when it can not be made. */
typedef struct ent_folder ent_folder;
ENT_MUST_CHECK ent_status ent_folder_make(ent_context *context, const char *path, ent_folder **out);
/* Its temporary name; as long as the folder is open. */
const char *ent_folder_name(const ent_folder *folder);
/* Gives it the name that it is for, if nothing or an empty folder stands there, and syncs. */
ENT_MUST_CHECK ent_status ent_folder_keep(ent_context *context, const ent_folder *folder);
/* Removes it and the files in it, not folders; needs no memory. */
void ent_folder_remove(ent_folder *folder);
void ent_folder_close(ent_folder *folder);

#endif
