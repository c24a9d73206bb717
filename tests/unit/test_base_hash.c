/* Tests of base/hash: the examples of FIPS 180-2, and keys of parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static void agrees_with_fips_180(void **state) {
  (void)state;
  static const struct {
    const char *text, *hex;
  } known[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    ent_sha256 hash;
    char hex[65];
    ent_sha256_init(&hash);
    ent_sha256_add(&hash, known[i].text, strlen(known[i].text));
    ent_sha256_end(&hash, hex);
    assert_string_equal(hex, known[i].hex);
  }
}

static void pieces_hash_as_the_whole(void **state) {
  (void)state;
  char block[1000], hex[65];
  memset(block, 'a', sizeof block);
  ent_sha256 hash;
  ent_sha256_init(&hash);
  for (int i = 0; i < 1000; i++) { /* the million "a" of FIPS 180-2, in uneven pieces */
    ent_sha256_add(&hash, block, 1);
    ent_sha256_add(&hash, NULL, 0);
    ent_sha256_add(&hash, block, 332);
    ent_sha256_add(&hash, block, 667);
  }
  ent_sha256_end(&hash, hex);
  assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void keys_are_the_first_64_bits_of_the_joined_parts(void **state) {
  (void)state;
  assert_true(ent_key_of("abc", (char *)NULL) == UINT64_C(0xba7816bf8f01cfea));
  assert_true(ent_key_of("a", "b", "c", (char *)NULL) == UINT64_C(0xba7816bf8f01cfea));
  assert_true(ent_key_of("", "abc", "", (char *)NULL) == UINT64_C(0xba7816bf8f01cfea));
  assert_true(ent_key_of("observations", ":", "x", (char *)NULL) != ent_key_of("observations", ":", "y", (char *)NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(agrees_with_fips_180),
      cmocka_unit_test(pieces_hash_as_the_whole),
      cmocka_unit_test(keys_are_the_first_64_bits_of_the_joined_parts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
