/* text.h - strings: a growing buffer, numbers, nearest names. All text is UTF-8. */
#ifndef ENT_BASE_TEXT_H
#define ENT_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
/* Whether piece stands somewhere in text, without regard to the case of ASCII and Latin-1 letters. */
bool ent_text_holds(const char *text, const char *piece);
/* Whether length bytes are valid UTF-8; if not, *bad (if not NULL) is the offset of the first bad byte. */
bool ent_text_is_utf8(const char *text, size_t length, size_t *bad);

/* What a character may do to whoever reads it. Harmful: control characters but tab and line ends, which a terminal may
 * obey, and embeddings, overrides and isolates of direction (U+202A to U+202E, U+2066 to U+2069), which show other text
 * than is stored. Unseen: marks of direction, characters without width, tags. */
typedef enum ent_character { ENT_CHARACTER_PLAIN, ENT_CHARACTER_UNSEEN, ENT_CHARACTER_HARMFUL } ent_character;

ent_character ent_character_of(uint32_t character);
/* The worst that stands in length bytes of UTF-8; *character (if not plain) is the first of that kind, *offset (if not
 * NULL) where it begins. */
ent_character ent_text_worst(const char *text, size_t length, uint32_t *character, size_t *offset);
/* Adds text for a message: "?" in place of harmful characters, tabs and bytes that are no UTF-8. */
void ent_text_add_clean(ent_text *text, const char *piece, size_t length);

/* Columns that text takes on a terminal (double-width characters count two). */
int ent_text_width(const char *text);
bool ent_text_same(const char *a, const char *b); /* NULL equals NULL and nothing else */

#endif
