/* fuzz_date.c - any text as a date, a period and two cells: no span runs backwards, and a refusal has its reason. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold_to_contract(bool good, ent_span span, const char *why) {
  char buffer[12];
  if (!good && (!why || !*why)) abort();
  if (good && (span.first > span.last || !ent_span_holds(span, span.first))) abort();
  if (good && strlen(ent_day_write(span.first, buffer)) > 10) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  if (size) memcpy(text, data, size);
  text[size] = '\0';
  ent_span span = {0, 0};
  const char *why = NULL;
  bool date = ent_date_parse(text, &span, &why);
  hold_to_contract(date, span, why);
  bool period = ent_period_parse(text, &span, &why);
  hold_to_contract(period, span, why);
  if (date && !period) abort();
  char *half = strchr(text, ' ');
  if (half) *half++ = '\0';
  hold_to_contract(ent_span_parse(text, half, &span, &why), span, why);
  free(text);
  return 0;
}
