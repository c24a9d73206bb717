/* bench_machine - the machine's limits on one core, beside which the other figures stand. */
#include <stdio.h>

#include "machine.h"

static void print_rate(const char *what, double rate, const char *unit) {
  if (rate > 0) printf("%-52s %10.2f %s\n", what, rate / 1e9, unit);
}

int main(void) {
  static const struct {
    const char *what;
    size_t bytes;
  } blocks[] = {{"read, a block of 24 KB (first cache)", 24 << 10},
                {"read, a block of 1 MB (second cache)", 1 << 20},
                {"read, a block of 256 MB (beyond)", (size_t)256 << 20}};
  print_rate("multiply-adds of doubles, the build's instructions", machine_multiply_adds(), "billion/s");
  print_rate("multiply-adds of doubles, AVX2", machine_multiply_adds_wide(), "billion/s");
  for (size_t k = 0; k < sizeof blocks / sizeof *blocks; k++)
    print_rate(blocks[k].what, machine_read(blocks[k].bytes), "GB/s");
  print_rate("copy, a block of 256 MB", machine_copy((size_t)256 << 20), "GB/s");
  return 0;
}
