/* latin.c - see latin.h. */
#include "base/latin.h"

#include <string.h>

/* U+00C0 to U+017F; '?' where it is no letter. */
static const char bases[] =
    "AAAAAAACEEEEIIII"
    "DNOOOOO?OUUUUYTs"
    "aaaaaaaceeeeiiii"
    "dnooooo?ouuuuyty"
    "AaAaAaCcCcCcCcDd"
    "DdEeEeEeEeEeGgGg"
    "GgGgHhHhIiIiIiIi"
    "IiIiJjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOo"
    "OoOoRrRrRrSsSsSs"
    "SsTtTtTtUuUuUuUu"
    "UuUuWwYyYZzZzZzs";

char ent_latin_base(const char *text, size_t *length) {
  const unsigned char *at = (const unsigned char *)text;
  *length = *at ? 1 : 0;
  if (*at < 0x80) return (char)*at;
  while ((at[*length] & 0xC0) == 0x80) ++*length;
  if (*length != 2 || at[0] < 0xC3 || at[0] > 0xC5) return '\0';
  char base = bases[((at[0] & 0x1FU) << 6 | (at[1] & 0x3FU)) - 0xC0];
  return base == '?' ? '\0' : base;
}

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c; }

int ent_latin_compare(const char *a, const char *b) {
  const char *x = a, *y = b;
  while (*x && *y) {
    size_t step_x = 0, step_y = 0;
    char base_x = ent_latin_base(x, &step_x), base_y = ent_latin_base(y, &step_y);
    int letter_x = base_x ? lower(base_x) : 256, letter_y = base_y ? lower(base_y) : 256;
    if (letter_x == 256 && letter_y == 256) {
      int raw = strncmp(x, y, step_x > step_y ? step_x : step_y);
      if (raw) return raw;
    }
    if (letter_x != letter_y) return letter_x - letter_y;
    x += step_x;
    y += step_y;
  }
  if (*x || *y) return *x ? 1 : -1;
  return strcmp(a, b);
}
