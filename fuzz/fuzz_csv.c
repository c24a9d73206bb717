/* fuzz_csv.c - any bytes as a CSV file: the table keeps its shape, and rows come in the order of their lines. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "table/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ent_arena *arena = ent_arena_new((size_t)64 << 20);
  ent_findings findings;
  ent_table *table;
  if (!arena) return 0;
  ent_findings_init(&findings, arena);
  if (ent_csv_read(NULL, arena, "fuzz", "fuzz.csv", (const char *)data, size, &findings, &table) == ENT_OK) {
    if (table->columns == 0 && findings.errors == 0) abort();
    for (size_t row = 0; row < table->rows; row++) {
      if (table->line[row] <= (row ? table->line[row - 1] : 1)) abort();
      for (size_t i = 0; i < table->columns; i++)
        if (strlen(ent_table_cell(table, row, (int)i)) > size) abort();
    }
    ent_findings_sort(&findings);
  }
  ent_arena_free(arena);
  return 0;
}
