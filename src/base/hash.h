/* hash.h - SHA-256 (nettle), and the 64-bit keys made from it. */
#ifndef ENT_BASE_HASH_H
#define ENT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct ent_sha256 {
  uint64_t state[16]; /* holds nettle's struct sha256_ctx; its size is asserted in hash.c */
} ent_sha256;

void ent_sha256_init(ent_sha256 *hash);
void ent_sha256_add(ent_sha256 *hash, const void *bytes, size_t length);
void ent_sha256_end(ent_sha256 *hash, char hex[65]); /* 64 lower-case digits and NUL */

/* The first 64 bits of SHA-256 of the parts joined as they are ("observations", ":", "x"), never 0. What names
 * a random quantity and a row: the same on every machine. The list of parts ends with NULL. */
uint64_t ent_key_of(const char *part, ...) __attribute__((sentinel));

#endif
