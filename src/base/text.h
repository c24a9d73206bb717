/* text.h - strings: a growing buffer, numbers, nearest names. All text is UTF-8. */
#ifndef ENT_BASE_TEXT_H
#define ENT_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A buffer that grows. Zero-initialise; free with ent_text_clear. After a failed addition `failed` is set and
 * further additions do nothing, so that a writer checks once at its end. data is NUL-terminated, or NULL when
 * nothing was added yet. */
typedef struct ent_text {
  char *data;
  size_t length, capacity;
  bool failed;
} ent_text;

void ent_text_add(ent_text *text, const char *piece);
void ent_text_add_bytes(ent_text *text, const char *piece, size_t length);
void ent_text_print(ent_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ent_text_vprint(ent_text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void ent_text_clear(ent_text *text);

/* As vsnprintf, but with a decimal point in every locale; negative when it fails. */
int ent_text_format(char *buffer, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/* Reads a whole decimal number ("-12", "3.5", "1e6") without regard to locale. False for anything else:
 * blanks, hexadecimal, nan, inf, a decimal comma, or a value too large for a double. */
bool ent_text_number(const char *text, double *out);
/* The name among count names that is nearest to word by edit distance, or NULL where none is near (more than
 * a third of the word's length, at least 2, away, or with nothing in common). Without regard to the case of ASCII
 * letters; two swapped neighbours count as one edit. Ties: the first. */
const char *ent_text_nearest(const char *word, const char *const *names, size_t count);
/* Whether length bytes are valid UTF-8; if not, *bad (if not NULL) is the offset of the first bad byte. */
bool ent_text_is_utf8(const char *text, size_t length, size_t *bad);
/* Columns that text takes on a terminal (double-width characters count two). */
int ent_text_width(const char *text);
bool ent_text_same(const char *a, const char *b); /* NULL equals NULL and nothing else */

#endif
