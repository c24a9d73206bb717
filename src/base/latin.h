/* latin.h - Latin letters without their marks, for keys and for the order of names. */
#ifndef ENT_BASE_LATIN_H
#define ENT_BASE_LATIN_H

#include <stddef.h>

/* The next letter of text in ASCII and how many bytes it took: "É" gives 'E' and 2; what is no Latin letter or ASCII
 * gives '\0'. Of a ligature the first letter. At the end of text *length is 0. */
char ent_latin_base(const char *text, size_t *length);
/* Compares without regard to marks and to the case of letters; texts that are the same so far are compared as they
 * are, so that the order is total. */
int ent_latin_compare(const char *a, const char *b);

#endif
