/* sql.h - the SQL files of src/store/sql as strings; the table is made at build time by tools/embed-sql.
 *
 * Files whose names begin with three digits and a "_" are migrations; all others hold one statement each. */
#ifndef ENT_STORE_SQL_H
#define ENT_STORE_SQL_H

typedef struct ent_sql_text {
  const char *name, *text; /* name: of the file, without ".sql" */
} ent_sql_text;

/* In the order of the names; ends with {NULL, NULL}. */
extern const ent_sql_text ent_sql[];

/* The text of a file that is known to exist: a name that is not there is a mistake of ours (assert). */
const char *ent_sql_find(const char *name);
/* The number of a migration ("002_x": 2), or 0 for another file. */
int ent_sql_migration(const char *name);

#endif
