/* aspect.c - see aspect.h. */
#include "evidence/aspect.h"

#include <string.h>

static const ent_aspect aspects[] = {
    {"stance", "positions", true},          {"salience", "positions", false},
    {"severity", "threats", true},          {"support", "support", true},
    {"integration", "institutions", false}, {"level", "institutions", false},
    {"use", "institutions", false},         {"stake", "stakes", false},
};

const ent_aspect *ent_aspects(size_t *count) {
  *count = sizeof aspects / sizeof *aspects;
  return aspects;
}

const ent_aspect *ent_aspect_find(const char *name) {
  for (size_t a = 0; a < sizeof aspects / sizeof *aspects; a++)
    if (strcmp(aspects[a].name, name) == 0) return &aspects[a];
  return NULL;
}
