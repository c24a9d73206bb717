/* words.h - a mutator that knows words: it changes, copies and moves cells of CSV, strings and numbers of JSON, and
 * whole lines, so that most of what it makes can still be read and what lies behind a parser is reached. */
#ifndef ENT_FUZZ_WORDS_H
#define ENT_FUZZ_WORDS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* Some 64 bits from the last ones (splitmix64). */
static inline uint64_t fuzz_next(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static inline size_t fuzz_below(uint64_t *state, size_t count) { return count ? fuzz_next(state) % count : 0; }

/* Puts length bytes in the place of text[at .. end); returns the new size, or size where there is no room. */
static inline size_t fuzz_replace(uint8_t *text, size_t size, size_t max, size_t at, size_t end, const void *bytes,
                                  size_t length) {
  if (size - (end - at) + length > max) return size;
  uint8_t *kept = malloc(length + 1);
  if (!kept) return size;
  if (length) memcpy(kept, bytes, length); /* it may come from the text itself */
  memmove(text + at + length, text + end, size - end);
  if (length) memcpy(text + at, kept, length);
  free(kept);
  return size - (end - at) + length;
}

static inline int fuzz_is_edge(uint8_t c) { return c < 0x20 || strchr(",:{}[]\"()='", c) != NULL; }

/* The word, between two edges, at or after a place of the text that is chosen by chance. */
static inline void fuzz_word(const uint8_t *text, size_t size, uint64_t *state, size_t *at, size_t *end) {
  *at = fuzz_below(state, size + 1);
  while (*at > 0 && !fuzz_is_edge(text[*at - 1])) --*at;
  *end = *at;
  while (*end < size && !fuzz_is_edge(text[*end])) ++*end;
}

static inline void fuzz_line(const uint8_t *text, size_t size, uint64_t *state, size_t *at, size_t *end) {
  *at = fuzz_below(state, size + 1);
  while (*at > 0 && text[*at - 1] != '\n') --*at;
  *end = *at;
  while (*end < size && text[*end] != '\n') ++*end;
  if (*end < size) ++*end;
}

/* Changes one word or line of text; other: where words may be taken from. Returns the new size. */
static inline size_t fuzz_change(uint8_t *text, size_t size, size_t max, uint64_t *state, const void *other,
                                 size_t other_size) {
  static const char *const odd[] = {"",
                                    "..",
                                    "0",
                                    "1",
                                    "-1",
                                    "0.5",
                                    "100",
                                    "1e308",
                                    "-1e308",
                                    "4e-324",
                                    "NaN",
                                    "inf",
                                    "1e400",
                                    "1.5.2",
                                    "2147483648",
                                    "1,5",
                                    "true",
                                    "false",
                                    "2020",
                                    "2030-06",
                                    "-5",
                                    "2030-02",
                                    "2031/..",
                                    "9999",
                                    "2030-02-30",
                                    "2029-12-31",
                                    "../x",
                                    "x:y",
                                    "null",
                                    "[]",
                                    "{}",
                                    "unknown",
                                    ":",
                                    " ",
                                    "a b",
                                    "\xc3\xa4",
                                    "\"",
                                    "\"\"",
                                    "0000",
                                    "9223372036854775807",
                                    "/etc",
                                    "fn1",
                                    "fn1:x",
                                    "ALV",
                                    "river-pact",
                                    "reported",
                                    "positions:course-vasko"};
  size_t at, end, from, to;
  switch (fuzz_below(state, 8)) {
    case 0: /* a line again, elsewhere; its id gets one letter more, so that it differs */
      fuzz_line(text, size, state, &from, &to);
      fuzz_line(text, size, state, &at, &end);
      size = fuzz_replace(text, size, max, at, at, text + from, to - from);
      end = at;
      while (end < size && !fuzz_is_edge(text[end])) end++;
      return fuzz_below(state, 4) ? fuzz_replace(text, size, max, end, end, "z", 1) : size;
    case 1: fuzz_line(text, size, state, &at, &end); return fuzz_replace(text, size, max, at, end, "", 0);
    case 2:
      fuzz_word(text, size, state, &at, &end);
      fuzz_word(text, size, state, &from, &to);
      return fuzz_replace(text, size, max, at, end, text + from, to - from);
    case 3:
    case 4:
      fuzz_word(text, size, state, &at, &end);
      fuzz_word(other, other_size, state, &from, &to);
      return fuzz_replace(text, size, max, at, end, (const uint8_t *)other + from, to - from);
    case 5: { /* the bytes of one word */
      uint8_t word[256];
      fuzz_word(text, size, state, &at, &end);
      if (end - at > sizeof word / 2) end = at + sizeof word / 2;
      memcpy(word, text + at, end - at);
      return fuzz_replace(text, size, max, at, end, word, LLVMFuzzerMutate(word, end - at, sizeof word));
    }
    default:
      fuzz_word(text, size, state, &at, &end);
      from = fuzz_below(state, sizeof odd / sizeof *odd);
      return fuzz_replace(text, size, max, at, end, odd[from], strlen(odd[from]));
  }
}

/* A custom mutator for one text: words mostly, bytes now and then. */
static inline size_t fuzz_change_or_mutate(uint8_t *data, size_t size, size_t max, unsigned seed) {
  uint64_t state = seed;
  if (fuzz_below(&state, 4) == 0) return LLVMFuzzerMutate(data, size, max);
  return fuzz_change(data, size, max, &state, data, size);
}

#endif
