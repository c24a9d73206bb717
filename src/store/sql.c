/* sql.c - looks up an SQL text by its name. The table itself is made by tools/embed-sql. */
#include "store/sql.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

const char *ent_sql_find(const char *name) {
  for (const ent_sql_text *sql = ent_sql; sql->name; sql++)
    if (strcmp(sql->name, name) == 0) return sql->text;
  assert(!"an SQL file of this name");
  return "";
}

int ent_sql_migration(const char *name) {
  int number = 0;
  for (size_t i = 0; i < 3; i++) {
    if (name[i] < '0' || name[i] > '9') return 0;
    number = number * 10 + (name[i] - '0');
  }
  return name[3] == '_' ? number : 0;
}
