/* digest.c - the hash of rows: see digest.h. */
#include "store/digest.h"

#include <string.h>

#include "base/hash.h"

void ent_digest_add(ent_digest *sum, const ent_digest *other) {
  uint64_t carry = 0;
  for (size_t i = 0; i < 4; i++) {
    uint64_t part = sum->part[i] + carry;
    carry = part < carry;
    sum->part[i] = part + other->part[i];
    carry += sum->part[i] < part;
  }
}

void ent_digest_print(const ent_digest *digest, char hex[65]) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < 64; i++) hex[63 - i] = digits[digest->part[i / 16] >> (i % 16 * 4) & 15];
  hex[64] = '\0';
}

/* What ent_digest_print writes; the last digit is the lowest. */
static ent_digest read_hex(const char hex[65]) {
  ent_digest out = {{0}};
  for (size_t i = 0; i < 64; i++) {
    char c = hex[63 - i];
    out.part[i / 16] |= (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10) << (i % 16 * 4);
  }
  return out;
}

/* Numbers go in as eight bytes, the highest first, whatever the machine. */
static void add_integer(ent_text *row, uint64_t value) {
  char bytes[8];
  for (size_t i = 0; i < 8; i++) bytes[i] = (char)(value >> (56 - 8 * i));
  ent_text_add_bytes(row, bytes, sizeof bytes);
}

/* With its length before it, so that no two lists of texts look alike. */
static void add_text(ent_text *row, const char *text, size_t length) {
  add_integer(row, length);
  ent_text_add_bytes(row, text, length);
}

void ent_digest_begin(ent_text *row, const char *table, const char *id, const char *published) {
  row->length = 0;
  add_text(row, table, strlen(table));
  add_text(row, id, strlen(id));
  if (!published) published = "";
  add_text(row, published, strlen(published));
}

void ent_digest_text(ent_text *row, const char *name, const char *value, size_t length) {
  if (length == 0) return;
  add_text(row, name, strlen(name));
  ent_text_add_bytes(row, "t", 1);
  add_text(row, value, length);
}

void ent_digest_number(ent_text *row, const char *name, double value) {
  uint64_t bits = 0;
  add_text(row, name, strlen(name));
  ent_text_add_bytes(row, "n", 1);
  if (value != 0) memcpy(&bits, &value, sizeof bits); /* SQLite keeps no minus before a zero */
  add_integer(row, bits);
}

ent_digest ent_digest_of(ent_text *row, long line) {
  ent_digest digest = {{0}};
  ent_sha256 hash;
  char hex[65];
  size_t length = row->length;
  add_integer(row, (uint64_t)line);
  if (row->failed) return digest;
  ent_sha256_init(&hash);
  ent_sha256_add(&hash, row->data, row->length);
  ent_sha256_end(&hash, hex);
  row->length = length;
  return read_hex(hex);
}

ent_digest ent_digest_edition(ent_text *row, const char *study, const ent_edition *edition) {
  ent_digest_begin(row, "edition", study, edition->released);
  ent_digest_text(row, "date", edition->date, strlen(edition->date));
  ent_digest_text(row, "model", edition->model, strlen(edition->model));
  if (edition->model_text) ent_digest_text(row, "model_text", edition->model_text, strlen(edition->model_text));
  ent_digest_text(row, "content_sha256", edition->content_sha256, strlen(edition->content_sha256));
  ent_digest_text(row, "descriptor", edition->descriptor, strlen(edition->descriptor));
  return ent_digest_of(row, edition->number);
}
