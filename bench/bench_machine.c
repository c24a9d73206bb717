/* bench_machine.c - the machine's limits on one core, beside which the other figures stand. */
#include "bench.h"
#include "machine.h"

static void tell(const char *name, double rate, const char *unit) {
  if (rate > 0) bench_line(name, 1 / rate, unit, 0, 0, "best of 9");
}

int main(void) {
  tell("machine: multiply-add", machine_multiply_adds(), "a multiply-add");
  tell("machine: multiply-add, AVX2", machine_multiply_adds_wide(), "a multiply-add");
  tell("machine: read from the first cache", machine_read(24 << 10), "a byte");
  tell("machine: read from the second cache", machine_read(1 << 20), "a byte");
  tell("machine: read beyond the caches", machine_read((size_t)256 << 20), "a byte");
  tell("machine: copied beyond the caches", machine_copy((size_t)256 << 20), "a byte");
  printf("note: two threads of mere arithmetic do %.2f times the work of one here\n", machine_second_thread());
  return 0;
}
