/* share.h - where a program that runs from the source tree finds models, words and schemas. */
#ifndef ENT_CLI_SHARE_H
#define ENT_CLI_SHARE_H

#include <stddef.h>

/* The folder share beside the folder that the program runs from, or beside up to two folders above that
 * (build/entente, build/asan/entente), in buffer; NULL when ENTENTE_SHARE says another or there is none: then the
 * library knows. */
const char *ent_share_find(char *buffer, size_t size);

#endif
