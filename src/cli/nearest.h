/* nearest.h - the name that a mistyped word most likely stands for. */
#ifndef ENT_CLI_NEAREST_H
#define ENT_CLI_NEAREST_H

#include <stddef.h>

/* The first of the names nearest to the word by edit distance; NULL where more than a third of the word, and more
 * than two letters, would have to change. */
const char *ent_nearest(const char *word, size_t length, const char *const *names, size_t count);

#endif
