/* hash.c - SHA-256 by nettle.
 *
 * Comes in: bytes. Goes out: digests and keys, the same on every machine. Must not: show nettle's types to others;
 * its state is therefore copied in and out of a plain array, which also keeps to the aliasing rules. */
#include "base/hash.h"

#include <nettle/sha2.h>
#include <stdarg.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(ent_sha256), "ent_sha256 holds nettle's state");
_Static_assert(_Alignof(struct sha256_ctx) <= _Alignof(ent_sha256), "ent_sha256 is aligned for nettle's state");

static void digest_of(ent_sha256 *hash, uint8_t digest[SHA256_DIGEST_SIZE]);

void ent_sha256_init(ent_sha256 *hash) {
  struct sha256_ctx state;
  sha256_init(&state);
  *hash = (ent_sha256){{0}};
  memcpy(hash->state, &state, sizeof state);
}

void ent_sha256_add(ent_sha256 *hash, const void *bytes, size_t length) {
  if (length == 0) return;
  struct sha256_ctx state;
  memcpy(&state, hash->state, sizeof state);
  sha256_update(&state, length, bytes);
  memcpy(hash->state, &state, sizeof state);
}

void ent_sha256_end(ent_sha256 *hash, char hex[65]) {
  static const char digits[] = "0123456789abcdef";
  uint8_t digest[SHA256_DIGEST_SIZE];
  digest_of(hash, digest);
  for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
    hex[2 * i] = digits[digest[i] >> 4];
    hex[2 * i + 1] = digits[digest[i] & 15];
  }
  hex[64] = '\0';
}

uint64_t ent_key_of(const char *part, ...) {
  ent_sha256 hash;
  ent_sha256_init(&hash);
  va_list parts;
  va_start(parts, part);
  for (; part; part = va_arg(parts, const char *)) ent_sha256_add(&hash, part, strlen(part));
  va_end(parts);

  uint8_t digest[SHA256_DIGEST_SIZE];
  digest_of(&hash, digest);
  uint64_t key = 0;
  for (int i = 0; i < 8; i++) key = key << 8 | digest[i]; /* big-endian on every machine */
  return key ? key : 1;                                   /* 0 means "no reference" in records */
}

static void digest_of(ent_sha256 *hash, uint8_t digest[SHA256_DIGEST_SIZE]) {
  struct sha256_ctx state;
  memcpy(&state, hash->state, sizeof state);
  sha256_digest(&state, SHA256_DIGEST_SIZE, digest);
}
